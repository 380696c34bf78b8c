"""Large files are made of a piece for each event; a piece that is in the last file is not made.

What was not made anew is the same bytes: a piece is known by the digest of what it is made from,
and all else that goes into it is the context of the file.
"""

import marshal
from array import array
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from hashlib import sha256
from itertools import accumulate
from typing import Any, NamedTuple, Protocol

from pincite.base.content import Bytes, Content, Read, Stretch, content_of
from pincite.exports.index import Index, index_of
from pincite.model import Corpus, Event
from pincite.plan.urls import Addresses
from pincite.plan.words import Words

_FORMAT = "pincite-pieces/2"
_BLOCK = 1 << 18  # bytes that are put together before they wait


class Room(Protocol):
    """Where bytes wait to be written, in the order they came."""

    def add(self, data: bytes) -> object: ...
    def read(self, start: int, size: int) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Past:
    """What the last build made, and how this one's is kept for the next.

    It takes no part in equality or digests: whatever it gives, the bytes are the same.
    """

    digest: Callable[[object], str] = field(compare=False, repr=False)
    look: Callable[[str], str] = field(compare=False, repr=False)  # path → digest of the last file
    read: Callable[[str, int, int], bytes] = field(compare=False, repr=False)  # path, start, size
    find: Callable[[str], bytes | None] = field(compare=False, repr=False)
    keep: Callable[[str, bytes], None] = field(compare=False, repr=False)
    room: Callable[[], Room] = field(compare=False, repr=False)


class _Places(NamedTuple):
    """Where the pieces of a file are: of each its key, its size, and what is before it."""

    context: str
    digest: str  # of the file
    size: int  # of the file
    keys: str  # a line each
    gaps: bytes
    sizes: bytes

    def spans(self) -> Mapping[str, tuple[int, int]]:
        """Return where each piece is: its key, (start, end)."""
        sizes = _numbers(self.sizes)
        ends = accumulate(map(sum, zip(_numbers(self.gaps), sizes, strict=True)))
        spans = ((end - size, end) for end, size in zip(ends, sizes, strict=True))
        return dict(zip(self.keys.split("\n"), spans, strict=False))  # the last line is empty


class _Window:
    """A file that is read some at a time, from its beginning to its end for the most part."""

    def __init__(self, read: Read) -> None:
        self._read = read
        self._start = 0
        self._data = b""

    def read(self, start: int, end: int) -> bytes | None:
        """Return bytes [start, end); None where the file has them no more."""
        if start < self._start or end > self._start + len(self._data):
            try:
                self._start, self._data = start, self._read(start, max(_BLOCK, end - start))
            except OSError:
                return None
        data = self._data[start - self._start : end - self._start]
        return data if len(data) == end - start else None


def _numbers(data: bytes = b"") -> "array[int]":
    return array("I", data)


class Pieces:
    """One file while it is made, piece by piece."""

    def __init__(self, past: Past | None, path: str, context: tuple[object, ...]) -> None:
        self._past = past
        self._path = path
        self._context = past.digest(context) if past else ""
        self._old = self._find(past) if past else {}
        self._last = _Window(partial(past.read, path)) if past else None
        self._room = past.room() if past else None
        self._held: list[bytes] = []
        self._hash = sha256()
        self._size = self._waiting = 0
        self._end = 0  # of the last piece
        self._keys: list[str] = []
        self._gaps, self._sizes = _numbers(), _numbers()

    def add(self, data: bytes) -> None:
        self._held.append(data)
        self._size += len(data)
        if self._room is not None and self._size - self._waiting >= _BLOCK:
            self._wait(self._room)

    def add_piece(self, made_from: object, make: Callable[[], bytes], more: str = "") -> None:
        """Add what *make* makes of *made_from* and *more*, or the same from the last file."""
        if self._past is None or self._last is None:
            self.add(make())
            return
        key = self._past.digest(made_from) + more
        span = self._old.get(key)
        data = self._last.read(*span) if span else None
        if data is None:
            data = make()
        self._keys.append(key)
        self._gaps.append(self._size - self._end)
        self._sizes.append(len(data))
        self.add(data)
        self._end = self._size

    def add_list(
        self,
        before: bytes,
        between: bytes,
        after: bytes,
        items: Iterable[tuple[object, Callable[[], bytes], str]],
    ) -> bool:
        """Add the pieces of *items* with *between* between them; say whether there are any."""
        lead = before
        for made_from, make, more in items:
            self.add(lead)
            self.add_piece(made_from, make, more)
            lead = between
        if lead is before:
            return False
        self.add(after)
        return True

    def whole(self) -> Bytes:
        """Return the file, and keep where its pieces are."""
        if self._past is None or self._room is None:
            return b"".join(self._held)
        self._wait(self._room)
        content = Content(
            (Stretch(self._room.read, 0, self._size),), self._size, self._hash.hexdigest()
        )
        lines = "".join([f"{key}\n" for key in self._keys])
        gaps, sizes = self._gaps.tobytes(), self._sizes.tobytes()
        places = _Places(self._context, content.digest, content.size, lines, gaps, sizes)
        self._past.keep(_name(self._path), _dump(places))
        return content

    def _wait(self, room: Room) -> None:
        data = b"".join(self._held)
        self._hash.update(data)
        room.add(data)
        self._held.clear()
        self._waiting = self._size

    def _find(self, past: Past) -> Mapping[str, tuple[int, int]]:
        """Return where the pieces of the last file are, if they are those of this context."""
        places = _load(past.find(_name(self._path)))
        if places is None or places.context != self._context:
            return {}
        return places.spans() if past.look(self._path) == places.digest else {}


class Caught(Pieces):
    """Takes down the pieces of events, and makes no file."""

    def __init__(self, past: Past) -> None:
        super().__init__(None, "", ())
        self._digest = past.digest
        self.pieces: dict[str, Callable[[], bytes]] = {}

    def add(self, data: bytes) -> None:
        """What is not of an event is not taken down."""

    def add_piece(self, made_from: object, make: Callable[[], bytes], more: str = "") -> None:
        if isinstance(made_from, Event):
            self.pieces[self._digest(made_from) + more] = make


def amend_pieces(past: Past, path: str, before: Caught, after: Caught) -> Content | None:
    """Return the last file with pieces *after* in the places of those *before*.

    None where that cannot be: the file is not as it was left, or there are more pieces or fewer.
    """
    places = _load(past.find(_name(path)))
    if places is None or len(before.pieces) != len(after.pieces):
        return None
    if past.look(path) != places.digest:
        return None
    gaps, was, sizes = map(_numbers, (places.gaps, places.sizes, places.sizes))
    keys = f"\n{places.keys}"
    fresh: dict[int, bytes] = {}
    for old, (new, make) in zip(before.pieces, after.pieces.items(), strict=True):
        at = keys.find(f"\n{old}\n")
        if at < 0:
            return None
        fresh[keys.count("\n", 0, at)] = make()
        keys = f"{keys[:at]}\n{new}\n{keys[at + len(old) + 2 :]}"
    read = partial(past.read, path)
    parts: list[bytes | Stretch] = []
    done = 0
    for number in sorted(fresh):
        start = sum(gaps[: number + 1]) + sum(was[:number])
        parts += (Stretch(read, done, start), fresh[number])
        done = start + was[number]
        sizes[number] = len(fresh[number])
    try:
        content = content_of((*parts, Stretch(read, done, places.size)))
    except OSError:
        return None
    now = (places.context, content.digest, content.size, keys[1:], places.gaps, sizes.tobytes())
    past.keep(_name(path), _dump(_Places(*now)))
    return content


def _load(kept: bytes | None) -> _Places | None:
    """Return what was kept by this version."""
    format, *row = _plain(kept) if kept else ("",)
    return _Places(*row) if format == _FORMAT else None


def _dump(places: _Places) -> bytes:
    return marshal.dumps((_FORMAT, *places), 2)


def _plain(data: bytes) -> Any:
    return marshal.loads(data)  # noqa: S302 - the context is one that we alone know


def _name(path: str) -> str:
    return "pieces-" + path.replace("/", "-")


@dataclass(frozen=True, slots=True)
class Given:
    """What all exports of one build are made from."""

    index: Index
    past: Past | None
    caught: Caught | None = None  # takes down pieces in place of a file

    def pieces(self, path: str, corpus: Corpus, words: Words) -> Pieces:
        """Begin the file at *path*. All that is not of its events is its context."""
        if self.caught is not None:
            return self.caught
        context = (
            *(words, self.index.addresses, corpus.config, corpus.sources),
            *(corpus.actors, corpus.places, corpus.tags),
        )
        return Pieces(self.past, path, context)


def given(corpus: Corpus, words: Words, addresses: Addresses, past: Past | None = None) -> Given:
    return Given(index_of(corpus, words, addresses), past)
