"""What has been rendered and not yet written: held in memory while it is little, then on the disk.

So a build of any size needs no more memory for its pages than one of them takes.
"""

import os
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

    *beside* is a folder on the disk that the bytes are for; it may not exist yet.
    """

    def __init__(self, beside: Path) -> None:
        self._beside = beside
        self._file: IO[bytes] = BytesIO()
        self._size = 0

    def add(self, data: bytes) -> Place:
        """Take *data*. Raises Failure where the disk does not."""
        place = Place(self._size, len(data))
        self._size += place.size
        try:
            if isinstance(self._file, BytesIO) and self._size > _HELD:
                self._move_to_disk()
            self._file.seek(0, os.SEEK_END)
            self._file.write(data)
        except OSError as problem:
            raise Failure(
                f"cannot write in {self._beside}: {problem.strerror}",
                help="every file on disk is whole; build again when this is mended",
            ) from None
        return place

    def read(self, start: int, size: int) -> bytes:
        self._file.seek(start)
        return self._file.read(size)

    def close(self) -> None:
        self._file.close()

    def _move_to_disk(self) -> None:
        from tempfile import TemporaryFile  # noqa: PLC0415 - most rebuilds write little

        folder = next(f for f in (self._beside, *self._beside.absolute().parents) if f.is_dir())
        held, self._file = self._file, TemporaryFile(dir=folder)  # noqa: SIM115 - it lives on
        held.seek(0)
        self._file.write(held.read())
