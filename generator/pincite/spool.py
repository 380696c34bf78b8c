"""What has been rendered and not yet written: held in memory while it is little, then on the disk.

So a build of any size needs no more memory for its pages than one of them takes.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import IO, NamedTuple

from pincite.base.diagnostics import Failure

_HELD = 8 << 20  # bytes in memory, before a nameless file takes them


class Place(NamedTuple):
    start: int
    size: int


class Spool:
    """Bytes in the order they came. Its file has no name, and ends with the process.

    *beside* is a folder on the disk that the bytes are for; it may not exist yet. What is
    *on_disk* from the beginning can be read by the process that it was begun in, whichever of its
    helpers adds to it, once that has been flushed.
    """

    def __init__(self, beside: Path, *, on_disk: bool = False) -> None:
        self._beside = beside
        self._file: IO[bytes] = BytesIO()
        self._size = 0
        if on_disk:
            with self._told():
                self._move_to_disk()

    def add(self, data: bytes) -> Place:
        """Take *data*. Raises Failure where the disk does not."""
        place = Place(self._size, len(data))
        self._size += place.size
        with self._told():
            if isinstance(self._file, BytesIO) and self._size > _HELD:
                self._move_to_disk()
            self._file.seek(0, os.SEEK_END)
            self._file.write(data)
        return place

    def flush(self) -> None:
        """See that others can read what was added. Raises Failure where the disk is full."""
        with self._told():
            self._file.flush()

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except OSError as problem:
            raise Failure(
                f"cannot write in {self._beside}: {problem.strerror}",
                help="every file on disk is whole; build again when this is mended",
            ) from None

    def read(self, start: int, size: int) -> bytes:
        self._file.seek(start)
        return self._file.read(size)

    def close(self) -> None:
        self._file.close()

    __del__ = close

    def _move_to_disk(self) -> None:
        from tempfile import TemporaryFile  # noqa: PLC0415 - most rebuilds write little

        folder = next(f for f in (self._beside, *self._beside.absolute().parents) if f.is_dir())
        held, self._file = self._file, TemporaryFile(dir=folder)  # noqa: SIM115 - it lives on
        held.seek(0)
        self._file.write(held.read())
