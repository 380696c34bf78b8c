"""A file of events as one piece of text for each, so that a change reads only what it touched.

Cutting at lines that begin with ``- `` is a guess at what YAML says. It is trusted where reading
the whole file found an event in each slice, and where what is read in place of some slices is
again an event for each: then each slice stands in the list as it would alone.
"""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from pincite.base.digest import digest_bytes

# Nothing that libyaml refuses, nor what it takes for the end of a line, may stand in a comment.
_SEEN = "\t\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff"
_BLANK = re.compile(f"(?:[ \t]*(?:#[{_SEEN}]*)?\r?\n)*")
# What ends the document, or begins another: then a slice says more than its own event.
_MARKS = ("---", "...", "%", "\ufeff")
_RARE_ENDS = "\r\x85\u2028\u2029"  # of lines, for YAML
_MARKED = re.compile(rf"[{_RARE_ENDS}](?:---|\.\.\.|%|\ufeff)")


class Slice(NamedTuple):
    start: int
    end: int
    digest: str


def find_bounds(text: str) -> list[tuple[int, int]]:
    """Return where the slices of *text* begin and end; together they reach to its end. Or none."""
    starts = [0] if text.startswith("- ") else []
    at = text.find("\n- ")
    while at >= 0:
        starts.append(at + 1)
        at = text.find("\n- ", at + 1)
    if not starts or _says_more(text) or not _BLANK.fullmatch(text, 0, starts[0]):
        return []
    return list(zip(starts, [*starts[1:], len(text)], strict=True))


def cut(text: str) -> tuple[Slice, ...]:
    """Return the slices of *text*, which together reach from the first item to the end; or none."""
    return tuple(slice_of(text, start, end) for start, end in find_bounds(text))


def slice_of(text: str, start: int, end: int) -> Slice:
    return Slice(start, end, digest_bytes(text[start:end].encode("utf-8", "surrogatepass")))


def _says_more(text: str) -> bool:
    return (
        text.startswith(_MARKS)
        or any(f"\n{mark}" in text for mark in _MARKS)
        or (any(end in text for end in _RARE_ENDS) and _MARKED.search(text) is not None)
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
