"""What is kept of linked events: plain values, a row for each event, a part for each file."""

import marshal
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from typing import Any, NamedTuple

from pincite.base.diagnostics import Diagnostic
from pincite.base.digest import digest
from pincite.base.text import Span, Text
from pincite.model import Citation, Event, Pointer, Source
from pincite.store.codec import codec_of
from pincite.store.slices import Slice, cut, find_bounds, fit

_EVENTS = "content/events/"


class Row(NamedTuple):
    """One event, linked; what is asked of all of them can be read without the rest."""

    slice: str  # digest of its text; empty where the file cannot be cut
    ids: tuple[str, ...]  # its own, its aliases after it
    used: tuple[
        tuple[str, ...], ...
    ]  # ids of actors, places, tags and sources, and what prose names
    found: bytes  # places are from where its slice begins; empty where nothing is found
    linked: bytes  # the event, and the digests of it and of its citations in order


class Part(NamedTuple):
    """One file of events."""

    text: str  # digest of the file
    rows: tuple[Row, ...]
    found: tuple[Any, ...]  # what is found of the file where it cannot be cut


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
        return Part(text.digest, rows, tuple(map(encode_finding, found)))
    return Part(text.digest, rows, ())


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
    return Part(text.digest, rows, ())


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
    citations = citations_of(event)
    rows = tuple(map(encode_finding, found))
    return Row(
        slice=slice,
        ids=(event.id, *event.aliases),
        used=(
            _sorted((*event.actors, *event.recipients)),
            _sorted(event.places),
            _sorted(event.tags),
            _sorted(c.source for c in citations),
            _sorted(r.target for r in event.summary.references) if event.summary else (),
        ),
        found=marshal.dumps(rows, 2) if rows else b"",
        linked=marshal.dumps(
            (codec_of(Event).encode(event), tuple(map(digest, (event, *citations)))), 2
        ),
    )


def citations_of(event: Event) -> list[Citation | Pointer]:
    return [c for claim in event.claims for c in claim.citations]


def load_event(row: Row) -> tuple[Event, tuple[str, ...]]:
    """Return the event, and the digests of it and of its citations in order."""
    event, digests = _plain(row.linked)
    return codec_of(Event).decode(event), digests


def load_events(
    part: Part, known: Sequence[Event] | None = None
) -> tuple[tuple[Event, ...], tuple[tuple[object, str], ...]]:
    """Return all events of a part, and what pages show of them with their digests.

    *known* are these events, where they are at hand.
    """
    events: list[Event] = []
    digests: list[tuple[object, str]] = []
    for number, row in enumerate(part.rows):
        linked, own = _plain(row.linked)
        event: Event = known[number] if known else codec_of(Event).decode(linked)
        events.append(event)
        digests += zip((event, *citations_of(event)), own, strict=True)
    return tuple(events), tuple(digests)


def findings_of(text: Text, part: Part) -> Iterable[Diagnostic]:
    yield from map(decode_finding, part.found)
    if any(row.found for row in part.rows):
        for (start, _), row in zip(find_bounds(text.value), part.rows, strict=True):
            for found in _plain(row.found) if row.found else ():
                yield _moved(decode_finding(found), start, text.path)


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
    return marshal.dumps((part.text, tuple(map(tuple, part.rows)), part.found), 2)


def load_part(data: bytes) -> Part:
    text, rows, found = _plain(data)
    return Part(text, tuple(map(Row._make, rows)), found)


def _plain(data: bytes) -> Any:
    return marshal.loads(data)  # noqa: S302 - nobody else wrote it: see `keep_linked`


def _sorted(ids: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(ids)))
