"""A text file that was read, and places in it.

Offsets count code points and travel with every value; they become line and column only when a
finding is printed.
"""

from array import array
from bisect import bisect_right
from collections.abc import Callable
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

from pincite.base.digest import digest_bytes


class Span(NamedTuple):
    """Code points [start, end) of the input file *path* (relative to the project, with ``/``)."""

    path: str
    start: int
    end: int


def digest_text(value: str) -> str:
    return digest_bytes(value.encode("utf-8", "surrogatepass"))


class Text:
    """The decoded content of one input file.

    One that can be had *again* may be let go of, and comes back when it is asked for.
    """

    def __init__(self, path: str, value: str, again: Callable[[str], str] | None = None) -> None:
        self.path = path
        self._value: str | None = value
        self._again = again
        self._digest = ""

    @property
    def value(self) -> str:
        """Return the content. Raises what *again*, which is given its digest, does."""
        if self._value is None:
            assert self._again is not None, "only then is it let go of"
            self._value = self._again(self._digest)
        return self._value

    @property
    def digest(self) -> str:
        """Return the digest of the content."""
        if not self._digest:
            self._digest = digest_text(self.value)
        return self._digest

    def let_go(self) -> None:
        """Hold no more than the digest, if the content can be had again."""
        if self._again is not None and self.digest:
            self._value = None
            vars(self).pop("_line_starts", None)

    @cached_property
    def _line_starts(self) -> "array[int]":
        """Offsets at which lines begin; CR LF, LF and a lone CR each end a line."""
        if "\r" not in self.value:
            lengths = map(len, self.value.split("\n"))
            return array("Q", accumulate((length + 1 for length in lengths), initial=0))[:-1]
        starts, value, at = array("Q", (0,)), self.value, 0
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
