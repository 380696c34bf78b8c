"""Files read before: while a file's stamp is the same, what was made of it is given again.

A stamp is trusted only where the file had rested for a while when it was read: what is written
within one tick of the clock, twice, would have one stamp and two contents.
"""

import time
from collections.abc import Callable, Mapping
from os import stat_result
from typing import Any, TypeVar

T = TypeVar("T")

Stamp = tuple[int, int, int, int]

_NEVER = (-1, -1, -1, -1)  # the stamp of no file
_RESTED = 2_000_000_000  # nanoseconds; some file systems' clocks tick every two seconds


class Again:
    """What was made of files, by a name, each with the stamp that the file then had."""

    def __init__(self, kept: Mapping[str, tuple[Stamp, Any]] | None = None) -> None:
        self._old = dict(kept or {})
        self._new: dict[str, tuple[Stamp, Any]] = {}

    def of(self, name: str, status: stat_result, read: Callable[[], T]) -> T:
        """Return what *read* gives. *status* is the file's, taken before it is read."""
        stamp = (status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)
        kept = self._old.get(name)
        if kept is not None and kept[0] == stamp:
            self._new[name] = kept
            known: T = kept[1]
            return known
        rested = time.time_ns() - max(stamp[1], stamp[2]) > _RESTED
        value = read()
        self._new[name] = (stamp if rested else _NEVER, value)
        return value

    def forget_unused(self) -> None:
        """Let go of what was not asked for since this was called last."""
        self._old, self._new = self._new, {}

    def kept(self) -> dict[str, tuple[Stamp, Any]]:
        """Return what can be given to another; a name that was not asked for is left out.

        What was made of a file that had not rested is among it, and is never given again.
        """
        return dict(self._new)
