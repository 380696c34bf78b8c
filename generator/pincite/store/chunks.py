"""What is kept of a linked corpus, in chunks: a build that needs a few rows reads only theirs.

A chunk's name is the digest of what it holds, so chunks that stay are not written again, and what
is read is what the head speaks of.
"""

import marshal
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, TypeAlias

from pincite.base.digest import digest_bytes
from pincite.store.parts import Whole

FORMAT = "pincite-linked/3"
_LEAST = 1 << 18  # bytes in a chunk; the last may have fewer

Read: TypeAlias = Callable[[str], bytes | None]  # from a chunk's digest to what it holds
Layout: TypeAlias = tuple[tuple[str, tuple[str, ...]], ...]  # of each chunk its digest and keys


class ChunkLostError(LookupError):
    """A chunk that the head speaks of is not there any more."""


class Chunked(Mapping[str, bytes]):
    """Bytes by key, read a chunk at a time when they are asked for."""

    def __init__(self, layout: Layout, read: Read) -> None:
        self.layout = layout
        self._read = read
        self._chunks = {key: digest for digest, keys in layout for key in keys}
        self._values: dict[str, bytes] = {}

    def __getitem__(self, key: str) -> bytes:
        if key not in self._values:
            digest = self._chunks[key]
            data = self._read(digest)
            if data is None:
                raise ChunkLostError(digest)
            self._values.update(_plain(data))
        return self._values[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._chunks)

    def __len__(self) -> int:
        return len(self._chunks)

    def replace(self, key: str, value: bytes) -> tuple["Chunked", dict[str, bytes]]:
        """Return the same with another *value*, and the chunk that is new by its digest."""
        old = self._chunks[key]
        layout, fresh = [], {}
        for digest, keys in self.layout:
            if digest != old:
                layout.append((digest, keys))
                continue
            data = _dump({name: value if name == key else self[name] for name in keys})
            name = digest_bytes(data)
            fresh[name] = data
            layout.append((name, keys))

        def read(digest: str) -> bytes | None:
            return fresh[digest] if digest in fresh else self._read(digest)

        return Chunked(tuple(layout), read), fresh


def dump(whole: Whole) -> tuple[bytes, dict[str, bytes]]:
    """Return the head, and the chunks it speaks of by their digests."""
    sources, chunks = _divide(whole.sources)
    parts, more = _divide(whole.parts)
    return dump_head(whole, sources, parts), {**chunks, **more}


def dump_head(whole: Whole, sources: Layout, parts: Layout) -> bytes:
    return marshal.dumps((FORMAT, whole.context, whole.names, whole.found, sources, parts), 2)


def layout_of(whole: Whole) -> Iterator[str]:
    """Return the digests of the chunks of *whole*, which was opened."""
    for some in (whole.sources, whole.parts):
        assert isinstance(some, Chunked)
        yield from (digest for digest, _ in some.layout)


def load(head: bytes | None, read: Read) -> Whole | None:
    """Return what `dump` was given, all of it read; None where any of it is lost.

    *head* was given by it, and has not been changed since.
    """
    whole = open_chunks(head, read)
    try:
        if whole is not None:
            return whole._replace(sources=dict(whole.sources), parts=dict(whole.parts))
    except ChunkLostError:
        pass
    return None


def open_chunks(head: bytes | None, read: Read) -> Whole | None:
    """Return the same, whose chunks are read when they are asked for: see `ChunkLostError`."""
    try:
        format, context, names, found, sources, parts = _plain(head or b"")
        if format != FORMAT:
            return None
        return Whole(context, Chunked(sources, read), names, found, Chunked(parts, read))
    except (ValueError, TypeError, EOFError):
        return None


def _divide(values: Mapping[str, bytes]) -> tuple[Layout, dict[str, bytes]]:
    layout, chunks = [], {}
    for some in _gather(values.items()):
        data = _dump(some)
        digest = digest_bytes(data)
        chunks[digest] = data
        layout.append((digest, tuple(some)))
    return tuple(layout), chunks


def _gather(items: Iterable[tuple[str, bytes]]) -> Iterator[dict[str, bytes]]:
    some: dict[str, bytes] = {}
    size = 0
    for key, value in items:
        some[key] = value
        size += len(value)
        if size >= _LEAST:
            yield some
            some, size = {}, 0
    if some:
        yield some


def _dump(some: dict[str, bytes]) -> bytes:
    return marshal.dumps(some, 2)


def _plain(data: bytes) -> Any:
    return marshal.loads(data)  # noqa: S302 - nobody else wrote it: see `keep_linked`
