"""One line of a file, cut to a width around the place that matters, with a cell for each character.

The cost depends on the width, never on the length of the line: lines of many megabytes exist.
"""

from typing import NamedTuple

from pincite.base.text import Text
from pincite.report.cells import glyph

_TAB = 4
_REACH = 4  # characters looked at for each cell there is: accents take no cell of their own
_MARK = "…"


class Excerpt(NamedTuple):
    """What is printed of a line. ``edges[i]`` is the cell where character ``begin + i`` starts."""

    line: int
    shown: str
    begin: int
    edges: tuple[int, ...]
    clipped: bool  # the line goes on to the right of what is shown

    def cell(self, offset: int) -> int:
        """Return the cell of *offset*, or the nearest one that is shown."""
        return self.edges[max(0, min(offset - self.begin, len(self.edges) - 1))]

    def shows(self, offset: int) -> bool:
        """Say whether *offset* is in view; past the end of the line is as good as the end."""
        return self.begin <= offset and not (
            self.clipped and offset - self.begin >= len(self.edges)
        )


def cut_line(text: Text, start: int, end: int, width: int) -> Excerpt:
    """Return the line of *start* in at most *width* cells, with [start, end) in view.

    Where the line is too long, ``…`` stands for what is left out; where the range itself is too
    long, or goes on in the next line, its beginning is shown.
    """
    start = max(0, min(start, len(text.value)))
    line, column = text.locate(start)
    first = start - column + 1
    before_from = max(first, start - width * _REACH)
    before = text.value[before_from:start]
    if text.value.startswith("\n", start):
        before = before.removesuffix("\r")  # start is the second half of a line break
    after, whole_after = _until_break(text.value, start, start + width * _REACH)

    left, right = [_size(c) for c in before], [_size(c) for c in after]
    marked = sum(right[: max(0, end - start)])
    if before_from > first or not whole_after or sum(left) + sum(right) > width:
        context = width - marked - 1 if sum(left) + marked < width else 0
        to_the_end = width - sum(right) if whole_after else 0
        context = max(context, width // 4, (width - marked) // 2, to_the_end)
        before_from, before = _keep_end(before, left, start, context, complete=before_from == first)
        used = sum(_size(c) for c in before) + (before_from > first)
        whole_after = whole_after and sum(right) <= width - used
        kept = len(after) if whole_after else _fitting(right, width - used - 1)
        after = after[:kept]
    return _lay_out(
        before + after,
        line=line,
        begin=before_from,
        head=_MARK if before_from > first else "",
        tail="" if whole_after else _MARK,
    )


def _until_break(value: str, start: int, stop: int) -> tuple[str, bool]:
    """Return what follows *start* in its line up to *stop*, and whether the line ends there."""
    piece = value[start:stop]
    breaks = [at for at in (piece.find("\n"), piece.find("\r")) if at >= 0]
    if breaks:
        return piece[: min(breaks)], True
    return piece, stop >= len(value)


def _size(character: str) -> int:
    return _TAB if character == "\t" else glyph(character)[1]


def _keep_end(
    before: str, sizes: list[int], start: int, width: int, *, complete: bool
) -> tuple[int, str]:
    """Keep as much of the end of *before* as fits; return its offset and it."""
    if complete and sum(sizes) <= width:
        return start - len(before), before
    kept = _fitting(sizes[::-1], width - 1)
    return start - kept, before[len(before) - kept :]


def _fitting(sizes: list[int], width: int) -> int:
    """Return how many of *sizes*, from the first, fit into *width*."""
    used = 0
    for number, size in enumerate(sizes):
        used += size
        if used > width:
            return number
    return len(sizes)


def _lay_out(characters: str, *, line: int, begin: int, head: str, tail: str) -> Excerpt:
    shown, edges, at = [head], [len(head)], len(head)
    for character in characters:
        if character == "\t":
            size = _TAB - at % _TAB
            piece = " " * size
        else:
            piece, size = glyph(character)
        shown.append(piece)
        at += size
        edges.append(at)
    shown.append(tail)
    return Excerpt(line, "".join(shown), begin, tuple(edges), bool(tail))
