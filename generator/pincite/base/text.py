"""A text file that was read, and places in it.

Offsets count code points and travel with every value; they become line and column only when a
finding is printed.
"""

from bisect import bisect_right
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple


class Span(NamedTuple):
    """Code points [start, end) of the input file *path* (relative to the project, with ``/``)."""

    path: str
    start: int
    end: int


class Text:
    """The decoded content of one input file."""

    def __init__(self, path: str, value: str) -> None:
        self.path = path
        self.value = value

    @cached_property
    def _line_starts(self) -> list[int]:
        """Offsets at which lines begin; CR LF, LF and a lone CR each end a line."""
        if "\r" not in self.value:
            lengths = map(len, self.value.split("\n"))
            return [*accumulate((length + 1 for length in lengths), initial=0)][:-1]
        starts, value, at = [0], self.value, 0
        lf = cr = -2  # not looked for yet; -1 once there is no more
        while True:
            if lf != -1 and lf < at:
                lf = value.find("\n", at)
            if cr != -1 and cr < at:
                cr = value.find("\r", at)
            if lf < 0 and cr < 0:
                return starts
            if cr < 0 or 0 <= lf < cr:
                at = lf + 1
            else:
                at = cr + 2 if value.startswith("\n", cr + 1) else cr + 1
            starts.append(at)

    def locate(self, offset: int) -> tuple[int, int]:
        """Return 1-based line and column (in code points) of *offset*; past the end is the end."""
        offset = max(0, min(offset, len(self.value)))
        line = bisect_right(self._line_starts, offset)
        return line, offset - self._line_starts[line - 1] + 1

    def line(self, number: int) -> str:
        """Return line *number* (1-based) without its line break."""
        starts = self._line_starts
        end = starts[number] if number < len(starts) else len(self.value)
        return self.value[starts[number - 1] : end].rstrip("\r\n")
