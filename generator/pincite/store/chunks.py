"""What is kept of a linked corpus, in chunks: a build that needs a few rows reads only theirs.

A chunk's name is the digest of what it holds, so chunks that stay are not written again, and what
is read is what the head speaks of.
"""

import marshal
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any, TypeAlias

from pincite.base.digest import digest_bytes
from pincite.store.parts import Whole

FORMAT = "pincite-linked/4"
_LEAST = 1 << 18  # bytes in a chunk; the last may have fewer
_HELD = 8  # chunks in memory

Read: TypeAlias = Callable[[str], bytes | None]  # from a chunk's digest to what it holds
Layout: TypeAlias = tuple[tuple[str, tuple[str, ...]], ...]  # of each chunk its digest and keys


class ChunkLostError(LookupError):
    """A chunk that the head speaks of is not there any more."""


class Chunked(Mapping[str, bytes]):
    """Bytes by key, read a chunk at a time when they are asked for. *fresh* are not on disk yet."""

    def __init__(
        self, layout: Layout, read: Read, fresh: Mapping[str, bytes] | None = None
    ) -> None:
        self.layout = layout
        self.fresh = fresh or {}
        self._read = read
        self._chunks = {key: digest for digest, keys in layout for key in keys}
        # A few are held: who asks for one value of a chunk often asks for the next.
        self._load = lru_cache(maxsize=_HELD)(self._load_chunk)

    def __getitem__(self, key: str) -> bytes:
        return self._load(self._chunks[key])[key]

    def __contains__(self, key: object) -> bool:
        return key in self._chunks  # without reading any

    def __iter__(self) -> Iterator[str]:
        return iter(self._chunks)

    def __len__(self) -> int:
        return len(self._chunks)

    def _load_chunk(self, digest: str) -> dict[str, bytes]:
        data = self.fresh[digest] if digest in self.fresh else self._read(digest)
        if data is None or digest_bytes(data) != digest:  # whole, and that of another name
            raise ChunkLostError(digest)
        values: dict[str, bytes] = _plain(data)
        return values

    def put(self, values: Mapping[str, bytes]) -> "Chunked":
        """Return the same with *values* in the place of others, or after all."""
        layout: list[tuple[str, tuple[str, ...]]] = []
        fresh = dict(self.fresh)

        def add(some: dict[str, bytes]) -> None:
            data = _dump(some)
            digest = digest_bytes(data)
            fresh[digest] = data
            layout.append((digest, tuple(some)))

        for digest, keys in self.layout:
            if values.keys().isdisjoint(keys):
                layout.append((digest, keys))
            else:
                add({key: values[key] if key in values else self[key] for key in keys})
        for some in _gather((key, values[key]) for key in values if key not in self):
            add(some)
        fresh = {digest: fresh[digest] for digest, _ in layout if digest in fresh}
        return Chunked(tuple(layout), self._read, fresh)


def put(parts: Mapping[str, bytes], values: Mapping[str, bytes]) -> Mapping[str, bytes]:
    """Return *parts* with some in the place of others; what is on the disk stays there."""
    return parts.put(values) if isinstance(parts, Chunked) else {**parts, **values}


def dump(whole: Whole, keep: Callable[[str, bytes], None]) -> tuple[bytes, frozenset[str]]:
    """Give chunks to *keep*, by their digests; return the head, and the digests it speaks of."""
    sources, parts = (_dump_some(some, keep) for some in (whole.sources, whole.parts))
    head = marshal.dumps((FORMAT, whole.context, whole.names, whole.found, sources, parts), 2)
    return head, frozenset(digest for digest, _ in (*sources, *parts))


def open_chunks(head: bytes | None, read: Read) -> Whole | None:
    """Return what `dump` was given; chunks are read when they are asked for: `ChunkLostError`.

    *head* was given by it, and has not been changed since.
    """
    try:
        format, context, names, found, sources, parts = _plain(head or b"")
        if format != FORMAT:
            return None
        return Whole(context, Chunked(sources, read), names, found, Chunked(parts, read))
    except (ValueError, TypeError, EOFError):
        return None


def _dump_some(values: Mapping[str, bytes], keep: Callable[[str, bytes], None]) -> Layout:
    if isinstance(values, Chunked):
        for digest, data in values.fresh.items():
            keep(digest, data)
        return values.layout
    layout = []
    for some in _gather(values.items()):
        data = _dump(some)
        digest = digest_bytes(data)
        keep(digest, data)
        layout.append((digest, tuple(some)))
    return tuple(layout)


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
