"""What is kept of linked events: plain values, a row for each event, a part for each file."""

import marshal
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from typing import Any, NamedTuple

from pincite.base.diagnostics import Diagnostic
from pincite.base.digest import digest, digest_bytes
from pincite.base.text import Span, Text
from pincite.model import Event, Source
from pincite.store.codec import codec_of
from pincite.store.slices import Slice, cut, find_bounds, fit

_EVENTS = "content/events/"


class Row(NamedTuple):
    """One event, linked. Plain values; places are from where its slice begins."""

    slice: str  # digest of its text; empty where the file cannot be cut
    event: Any
    digests: tuple[str, ...]  # of the event, then of its citations in order
    found: tuple[Any, ...]
    used: tuple[
        tuple[str, ...], ...
    ]  # ids of actors, places, tags and sources, and what prose names
    ids: tuple[str, ...]  # its own, its aliases after it


class Part(NamedTuple):
    """One file of events."""

    text: str  # digest of the file
    rows: tuple[Row, ...]
    found: tuple[Any, ...]  # what is found of the file where it cannot be cut


class Closed(NamedTuple):
    """A part whose rows are still bytes.

    Of each there are the digest of its slice, its ids, what was found, and all of it.
    """

    text: str
    rows: tuple[tuple[str, tuple[str, ...], bytes, bytes], ...]
    found: tuple[Any, ...]


class Whole(NamedTuple):
    context: str
    sources: Mapping[str, bytes]  # id → a source, in order of ids
    names: tuple[tuple[Any, ...], ...]  # actors, places, tags
    found: tuple[Any, ...]  # what is found outside the files of events
    parts: Mapping[str, bytes]  # path → a part


def part_of(text: Text, events: Sequence[Event], found: Iterable[Diagnostic]) -> Part:
    """Return what is kept of a file that was read and linked as a whole."""
    found = tuple(found)
    rows = rows_of(cut(text.value), events, found)
    if rows is None:
        rows = tuple(_row("", event, ()) for event in events)
        return Part(digest_text(text), rows, tuple(map(encode_finding, found)))
    return Part(digest_text(text), rows, ())


def rows_of(
    slices: Sequence[Slice], events: Sequence[Event], found: Iterable[Diagnostic]
) -> tuple[Row, ...] | None:
    """Return what is kept of the events in *slices*; None where each has not one of its own."""
    own = _share_findings(found, slices)
    if own is None or not fit(slices, [event.at.span.start for event in events]):
        return None
    made = zip(slices, events, own, strict=True)
    return tuple(_row(piece.digest, event, some) for piece, event, some in made)


def part_among(
    text: Text,
    slices: Sequence[Slice],
    kept: Mapping[str, Row],
    events: Sequence[Event],
    found: Iterable[Diagnostic],
) -> Part | None:
    """Return what is kept of a file of which only *events* and *found* are new.

    *kept* has the other rows by the digests of their slices. None where what was found reaches
    beyond its own event.
    """
    new = [piece for piece in slices if piece.digest not in kept]
    some = rows_of(new, events, found)
    if some is None:
        return None
    made = iter(some)
    rows = tuple(kept[p.digest] if p.digest in kept else next(made) for p in slices)
    return Part(digest_text(text), rows, ())


def digest_text(text: Text) -> str:
    return digest_bytes(text.value.encode("utf-8", "surrogatepass"))


def _share_findings(
    found: Iterable[Diagnostic], slices: Sequence[Slice]
) -> list[list[Diagnostic]] | None:
    """Return what is found in each slice, moved to where the slice begins; None for more."""
    shares: list[list[Diagnostic]] = [[] for _ in slices]
    starts = [piece.start for piece in slices]
    for d in found:
        at = bisect_right(starts, d.span.start) - 1
        if at < 0 or any(not _is_within(s, d.span.path, slices[at]) for s in _spans(d)):
            return None
        shares[at].append(_moved(d, -starts[at], d.span.path))
    return shares


def _spans(d: Diagnostic) -> Iterable[Span]:
    return chain((d.span,), (label.span for label in d.labels))


def _is_within(span: Span, path: str, piece: Slice) -> bool:
    """Whether a place is in the slice, or where no change of an event moves it."""
    if span.path != path:
        return not span.path.startswith(_EVENTS)
    return piece.start <= span.start and span.end <= piece.end


def _moved(d: Diagnostic, by: int, path: str) -> Diagnostic:
    def move(span: Span) -> Span:
        return Span(path, span.start + by, span.end + by) if span.path == path else span

    return Diagnostic(
        code=d.code,
        severity=d.severity,
        message=d.message,
        span=move(d.span),
        labels=tuple(replace(label, span=move(label.span)) for label in d.labels),
        help=d.help,
        note=d.note,
    )


def _row(slice: str, event: Event, found: Iterable[Diagnostic]) -> Row:
    citations = [c for claim in event.claims for c in claim.citations]
    return Row(
        slice=slice,
        event=codec_of(Event).encode(event),
        digests=tuple(map(digest, (event, *citations))),
        found=tuple(map(encode_finding, found)),
        used=(
            _sorted((*event.actors, *event.recipients)),
            _sorted(event.places),
            _sorted(event.tags),
            _sorted(c.source for c in citations),
            _sorted(r.target for r in event.summary.references) if event.summary else (),
        ),
        ids=(event.id, *event.aliases),
    )


def findings_of(text: Text, part: Part) -> Iterable[Diagnostic]:
    yield from map(decode_finding, part.found)
    yield from _findings_in(text, [row.found for row in part.rows])


def closed_findings(text: Text, closed: Closed) -> Iterable[Diagnostic]:
    """Return the same of a part whose rows are not read for it."""
    yield from map(decode_finding, closed.found)
    yield from _findings_in(
        text, [_plain(found) if found else () for _, _, found, _ in closed.rows]
    )


def _findings_in(text: Text, rows: Sequence[tuple[Any, ...]]) -> Iterable[Diagnostic]:
    if any(rows):
        for (start, _), some in zip(find_bounds(text.value), rows, strict=True):
            for found in some:
                yield _moved(decode_finding(found), start, text.path)


def digests_of(events: Iterable[Event], part: Part) -> Iterable[tuple[object, str]]:
    for event, row in zip(events, part.rows, strict=True):
        citations = (c for claim in event.claims for c in claim.citations)
        yield from zip((event, *citations), row.digests, strict=True)


def shown_of(source: Source) -> tuple[object, ...]:
    return (source, *source.paragraphs)


def dump_source(row: Any, digests: tuple[str, ...]) -> bytes:
    """Return what is kept of a source: its row, and the digests of what `shown_of` gives."""
    return marshal.dumps((marshal.dumps(row, 2), digests), 2)


def load_source(data: bytes) -> Source:
    source: Source = codec_of(Source).decode(_plain(_plain(data)[0]))
    return source


def source_digests_of(source: Source, data: bytes) -> Iterable[tuple[object, str]]:
    return zip(shown_of(source), _plain(data)[1], strict=True)


def encode_finding(d: Diagnostic) -> tuple[Any, ...]:
    row: tuple[Any, ...] = codec_of(Diagnostic).encode(d)
    return row


def encode_findings(found: Iterable[Diagnostic]) -> tuple[Any, ...]:
    """Return what is kept of what is found outside the files of events, in one order always."""
    return tuple(map(encode_finding, sorted(found, key=lambda d: (d.span, d.code))))


def decode_finding(row: Any) -> Diagnostic:
    d: Diagnostic = codec_of(Diagnostic).decode(row)
    return d


def dump_part(part: Part) -> bytes:
    """Return a part as bytes, whose rows can be read one by one."""
    return marshal.dumps((part.text, tuple(map(_close, part.rows)), part.found), 2)


def _close(row: Row) -> tuple[str, tuple[str, ...], bytes, bytes]:
    found = marshal.dumps(row.found, 2) if row.found else b""
    return row.slice, row.ids, found, marshal.dumps(tuple(row), 2)


def load_part(data: bytes) -> Part:
    text, rows, found = _plain(data)
    return Part(text, tuple(load_row(row) for *_, row in rows), found)


def close_part(data: bytes) -> Closed:
    return Closed(*_plain(data))


def amended(closed: Closed, text: Text, rows: Mapping[int, Row]) -> bytes:
    """Return what is kept of a file after *rows*, by their numbers, have taken others' places."""
    every = list(closed.rows)
    for number, row in rows.items():
        every[number] = _close(row)
    return marshal.dumps((digest_text(text), tuple(every), closed.found), 2)


def load_row(data: bytes) -> Row:
    return Row._make(_plain(data))


def _plain(data: bytes) -> Any:
    return marshal.loads(data)  # noqa: S302 - nobody else wrote it: see `keep_linked`


def _sorted(ids: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(ids)))
