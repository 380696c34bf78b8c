"""A file of events as one piece of text for each, so that a change reads only what it touched.

Cutting at lines that begin with ``- `` is a guess at what YAML says. It is trusted where reading
the whole file found an event in each slice, and where what is read in place of some slices is
again an event for each: then each slice stands in the list as it would alone.
"""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from pincite.base.digest import digest_bytes

_ITEM = re.compile("^- ", re.MULTILINE)
_BLANK = re.compile(r"(?:[ \t]*(?:#[^\r\n]*)?\r?\n)*")
# Ends the document, or begins another: then a slice says more than its own event.
_DOCUMENT = re.compile(r"^(?:---|\.\.\.|%|\ufeff)", re.MULTILINE)


class Slice(NamedTuple):
    start: int
    end: int
    digest: str


def cut(text: str) -> tuple[Slice, ...]:
    """Return the slices of *text*, which together reach from the first item to the end; or none."""
    starts = [found.start() for found in _ITEM.finditer(text)]
    if not starts or _DOCUMENT.search(text) or not _BLANK.fullmatch(text, 0, starts[0]):
        return ()
    ends = [*starts[1:], len(text)]
    return tuple(
        Slice(start, end, digest_bytes(text[start:end].encode("utf-8", "surrogatepass")))
        for start, end in zip(starts, ends, strict=True)
    )


def blank_others(text: str, kept: Iterable[Slice]) -> str:
    """Return *text* with line ends in place of all but the slices *kept*: places stay the same."""
    parts, at = [], 0
    for start, end, _ in kept:
        parts += ["\n" * (start - at), text[start:end]]
        at = end
    return "".join([*parts, "\n" * (len(text) - at)])


def fit(slices: Sequence[Slice], places: Sequence[int]) -> bool:
    """Whether there is one of *places*, where events begin, in each of *slices*, in order."""
    return len(slices) == len(places) and all(
        piece.start < place < piece.end for piece, place in zip(slices, places, strict=True)
    )
