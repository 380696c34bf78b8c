"""Bytes of files that need not be in memory as a whole."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from errno import EIO
from hashlib import sha256
from typing import TypeAlias

_BLOCK = 1 << 20  # bytes that are in memory at once

#: Gives so many bytes from a place on, fewer where there are no more: (start, size).
Read: TypeAlias = Callable[[int, int], bytes]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Bytes [start, end) of what *read* reads."""

    read: Read
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Content:
    """A file made of new bytes and of stretches of others; *digest* is its SHA-256."""

    parts: tuple[bytes | Stretch, ...]
    size: int
    digest: str

    def blocks(self) -> Iterator[bytes]:
        """Return the bytes, some at a time. Raises OSError where they cannot be read any more."""
        return _blocks(self.parts)


#: A file, as it is before it is written.
Bytes: TypeAlias = bytes | Content


def content_of(parts: Iterable[bytes | Stretch]) -> Content:
    """Return a file of *parts*, all of which are read once. Raises OSError where one cannot be."""
    parts = tuple(parts)
    digest, size = sha256(), 0
    for block in _blocks(parts):
        digest.update(block)
        size += len(block)
    return Content(parts, size, digest.hexdigest())


def digest_content(data: Bytes) -> str:
    """Return the SHA-256 of a file, 64 hex digits."""
    return data.digest if isinstance(data, Content) else sha256(data).hexdigest()


def blocks_of(data: Bytes | tuple[bytes, ...]) -> Iterator[bytes]:
    if isinstance(data, Content):
        return data.blocks()
    return iter((data,) if isinstance(data, bytes) else data)


def _blocks(parts: Iterable[bytes | Stretch]) -> Iterator[bytes]:
    for part in parts:
        if isinstance(part, bytes):
            yield part
            continue
        for at in range(part.start, part.end, _BLOCK):
            block = part.read(at, min(_BLOCK, part.end - at))
            if len(block) != min(_BLOCK, part.end - at):
                raise OSError(EIO, "it was cut off while it was read")
            yield block
