"""Large files are made of a piece for each event; a piece that is in the last file is not made.

What was not made anew is the same bytes: a piece is known by the digest of what it is made from,
and all else that goes into it is the context of the file.
"""

import marshal
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from pincite.base.digest import digest_bytes
from pincite.exports.index import Index, index_of
from pincite.model import Corpus, Event
from pincite.plan.urls import Addresses
from pincite.plan.words import Words

_FORMAT = "pincite-pieces/1"


@dataclass(frozen=True, slots=True)
class Past:
    """What the last build made, and how this one's is kept for the next.

    It takes no part in equality or digests: whatever it gives, the bytes are the same.
    """

    digest: Callable[[object], str] = field(compare=False, repr=False)
    read: Callable[[str], tuple[str, bytes]] = field(compare=False, repr=False)  # digest, content
    find: Callable[[str], bytes | None] = field(compare=False, repr=False)
    keep: Callable[[str, bytes], None] = field(compare=False, repr=False)


class Pieces:
    """One file while it is made, piece by piece."""

    def __init__(self, past: Past | None, path: str, context: tuple[object, ...]) -> None:
        self._past = past
        self._path = path
        self._context = past.digest(context) if past else ""
        self._old, self._places = self._find() if past else (memoryview(b""), {})
        self._made = BytesIO()  # which gives what it holds without a copy
        self._kept: dict[str, tuple[int, int]] = {}

    def add(self, data: bytes) -> None:
        self._made.write(data)

    def add_piece(self, made_from: object, make: Callable[[], bytes], more: str = "") -> None:
        """Add what *make* makes of *made_from* and *more*, or the same from the last file."""
        past = self._past
        if past is None:
            self.add(make())
            return
        key = past.digest(made_from) + more
        place = self._places.get(key)
        start = self._made.tell()
        size = self._made.write(self._old[place[0] : place[1]] if place else make())
        self._kept[key] = (start, start + size)

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

    def whole(self) -> bytes:
        """Return the file, and keep where its pieces are."""
        data = self._made.getvalue()
        if self._past is not None:
            row = (_FORMAT, self._context, digest_bytes(data), self._kept)
            self._past.keep(_name(self._path), marshal.dumps(row, 2))
        return data

    def _find(self) -> tuple[memoryview, Mapping[str, tuple[int, int]]]:
        """Return the last file and where its pieces are, if they are those of this context."""
        nothing: tuple[memoryview, Mapping[str, tuple[int, int]]] = (memoryview(b""), {})
        assert self._past is not None
        kept = self._past.find(_name(self._path))
        if kept is None:
            return nothing
        row = _plain(kept)
        if row[:2] != (_FORMAT, self._context):
            return nothing
        digest, data = self._past.read(self._path)
        return (memoryview(data), row[3]) if digest == row[2] else nothing


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


def amend_pieces(past: Past, path: str, before: Caught, after: Caught) -> tuple[bytes, str] | None:
    """Return the last file with pieces *after* in the places of those *before*, and its digest.

    None where that cannot be: the file is not as it was left, or there are more pieces or fewer.
    """
    kept = past.find(_name(path))
    if kept is None or len(before.pieces) != len(after.pieces):
        return None
    format, context, digest, places = _plain(kept)
    now, data = past.read(path)
    if format != _FORMAT or now != digest or not before.pieces.keys() <= places.keys():
        return None
    fresh = dict(zip(before.pieces, after.pieces.items(), strict=True))
    view, made, at, shift = memoryview(data), BytesIO(), 0, 0
    moved: dict[str, tuple[int, int]] = {}
    for key, (start, end) in places.items():
        if key not in fresh:
            moved[key] = (start + shift, end + shift)
            continue
        made.write(view[at:start])
        name, make = fresh[key]
        size = made.write(make())
        moved[name] = (start + shift, start + shift + size)
        at, shift = end, shift + size - (end - start)
    made.write(view[at:])
    data = made.getvalue()
    digest = digest_bytes(data)
    past.keep(_name(path), marshal.dumps((_FORMAT, context, digest, moved), 2))
    return data, digest


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
