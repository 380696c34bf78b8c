"""In which order files go to a place that takes one after another.

Marks come before the pages that lead to them and go after them: whenever sending ends, no citation
that a reader can see there leads nowhere.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from pincite.publishing.difference import Difference

_MARK = re.compile(rb'id="(c-[^"<>]*)"')
_LED_TO = ("sources/", "assets/", "media/")


@dataclass(frozen=True, slots=True, kw_only=True)
class Waves:
    """To be done in this order. *first* and *fewer* are contents, the others are paths.

    *first* is what pages lead to, with stand-ins for marks that will go; then come *pages*, then
    *gone* is removed, then sources are as they should be: *fewer*, and *gone_sources* removed.
    """

    first: Mapping[str, bytes]
    pages: tuple[str, ...]
    gone: tuple[str, ...]
    fewer: Mapping[str, bytes]
    gone_sources: tuple[str, ...]


def plan_waves(
    difference: Difference,
    read: Callable[[str], bytes],
    read_there: Callable[[Sequence[str]], Mapping[str, bytes]],
) -> Waves:
    """*read* gives a file as it will be, *read_there* files as they are at the place."""
    first = {path: read(path) for path in difference.added if path.startswith(_LED_TO)}
    changed = [path for path in difference.changed if path.startswith(_LED_TO)]
    there = read_there([p for p in changed if p.startswith("sources/") and p.endswith(".html")])
    fewer = {}
    for path in changed:
        first[path] = data = read(path)
        if lost := _lost_marks(there.get(path, b""), data):
            fewer[path] = data
            first[path] = data.replace(b"</body>", lost + b"</body>")
    return Waves(
        first=first,
        pages=tuple(
            path
            for path in (*difference.added, *difference.changed)
            if not path.startswith(_LED_TO)
        ),
        gone=tuple(path for path in difference.removed if not path.startswith("sources/")),
        fewer=fewer,
        gone_sources=tuple(path for path in difference.removed if path.startswith("sources/")),
    )


def _lost_marks(before: bytes, data: bytes) -> bytes:
    """Return empty stand-ins for the marks of *before* that *data* does not have."""
    now = set(_MARK.findall(data))
    lost = dict.fromkeys(mark for mark in _MARK.findall(before) if mark not in now)
    return b"".join(b'<span id="%b"></span>' % mark for mark in lost)
