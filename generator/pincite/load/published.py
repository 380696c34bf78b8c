"""``content/published.txt``: addresses that were published once, a line each.

Written by ``pincite publish`` and read by the build, which warns of those that would lead nowhere.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from pincite.base.diagnostics import Diagnostic, error
from pincite.base.text import Span, Text

_LINE = re.compile(r"[^\n]+")
_ADDRESS = re.compile(r"(?:(events|sources)/)?([^/\s]+)/")
_HEADER = """\
# Addresses that were published once, and should never lead nowhere.
# Written by `pincite publish`; keep it with your content.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedAddress:
    """A page was published, says the line at *place*."""

    folder: str  # events | sources; empty for a page of prose
    id: str
    place: Span

    @property
    def address(self) -> str:
        return f"{self.folder}/{self.id}/" if self.folder else f"{self.id}/"


def parse_published(
    text: Text,
) -> tuple[tuple[PublishedAddress, ...], tuple[Diagnostic, ...]]:
    """Return the addresses, in order of writing; comments and empty lines are none."""
    addresses: list[PublishedAddress] = []
    found: list[Diagnostic] = []
    for match in _LINE.finditer(text.value):
        line = match[0].strip()
        if not line or line.startswith("#"):
            continue
        start = match.start() + match[0].index(line)
        place = Span(text.path, start, start + len(line))
        if address := _ADDRESS.fullmatch(line):
            addresses.append(PublishedAddress(folder=address[1] or "", id=address[2], place=place))
        else:
            found.append(
                error(
                    "bad-value",
                    place,
                    "this is not the address of an event, a source or a page",
                    help="write `events/cracks-found/`, or delete the line",
                )
            )
    return tuple(addresses), tuple(found)


def published_text(addresses: Iterable[str]) -> str:
    """Return the file that holds *addresses*."""
    return _HEADER + "".join(f"{address}\n" for address in sorted(set(addresses)))
