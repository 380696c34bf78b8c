"""``content/published.txt``: event addresses that were published once, a line each.

Written by ``pincite publish`` and read by the build, which warns of those that would lead nowhere.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from pincite.base.diagnostics import Diagnostic, error
from pincite.base.text import Span, Text

_LINE = re.compile(r"[^\n]+")
_ADDRESS = re.compile(r"events/([^/\s]+)/")
_HEADER = """\
# Addresses of events that were published once, and should never lead nowhere.
# Written by `pincite publish`; keep it with your content.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedAddress:
    """``events/<id>/`` was published, says the line at *place*."""

    id: str
    place: Span


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
            addresses.append(PublishedAddress(id=address[1], place=place))
        else:
            found.append(
                error(
                    "bad-value",
                    place,
                    "this is not the address of an event",
                    help="write `events/cracks-found/`, or delete the line",
                )
            )
    return tuple(addresses), tuple(found)


def published_text(addresses: Iterable[str]) -> str:
    """Return the file that holds *addresses*, ``events/<id>/`` each."""
    return _HEADER + "".join(f"{address}\n" for address in sorted(set(addresses)))
