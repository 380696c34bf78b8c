"""What `keep_linked` keeps, made in shares, so that no process holds all events as they were read.

A share is some sources, or some events of a file: they are parsed, linked, checked and turned into
plain values by one process, and let go. What they say of others is gathered and looked at when all
are there. Where anything at all would be said of the whole (an error, two spellings of a name, a
way that leads nowhere), nothing is said here: then everything has to be linked at once.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import chain, groupby
from pathlib import Path
from typing import Any, NamedTuple

from pincite.base.diagnostics import Diagnostic
from pincite.base.digest import digest
from pincite.base.text import Span, Text
from pincite.check import check_events, check_only_source, check_site, check_sources
from pincite.disk import STATE
from pincite.link.corpus import EventLinker, find_lost_ways, fold_id, in_order, registers_of
from pincite.link.entries import Entries
from pincite.link.names import Register
from pincite.link.sources import link_source
from pincite.load.events import parse_events
from pincite.load.project import Inputs, read_snapshot
from pincite.load.sources import parse_source
from pincite.model import Corpus, EventEntry, Name, Source
from pincite.store.codec import PlaceLost, codec_of
from pincite.store.home import is_of_sources, texts_of_events
from pincite.store.linked import Around, is_told_at_once
from pincite.store.parts import (
    Part,
    Row,
    Whole,
    decode_finding,
    dump_part,
    dump_source,
    encode_finding,
    encode_findings,
    load_source,
    part_of,
    rows_of,
    shown_of,
)
from pincite.store.slices import find_bounds, slice_of
from pincite.store.waiting import Waiting, make_in_shares
from pincite.workers import default_jobs

_EVENTS_AT_ONCE = 50
_SOURCES_AT_ONCE = 25
_NOWHERE = Span("", 0, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shares:
    """What is to be linked: *entries* are all but events and sources, *found* is found of them."""

    root: Path
    inputs: Inputs
    entries: Entries
    found: tuple[Diagnostic, ...]
    jobs: int | None = None  # processes; None: as many as are worth it
    at_once: int = _EVENTS_AT_ONCE
    advance: Callable[[str], None] = lambda _: None

    @property
    def beside(self) -> Path:
        """Where on the disk what was made waits."""
        return self.root / STATE


def link_in_shares(context: str, given: Shares) -> tuple[Whole, Corpus] | None:
    """Return what `keep_linked` would keep, and the corpus but for its events, without places.

    None where only linking everything at once can tell.
    """
    inputs, entries = given.inputs, given.entries
    if is_told_at_once((*inputs.found, *given.found)):
        return None
    pieces = tuple(_pieces(tuple(texts_of_events(inputs)), given.at_once))
    jobs = given.jobs or default_jobs(sum(len(piece.bounds) for piece in pieces))
    linked = _link_sources(given, jobs)
    if linked is None:
        return None
    told, sources = linked
    given.advance("parse and link sources")
    corpus = Corpus(
        config=entries.config,
        events=(),
        sources=tuple(map(load_source, sources.values())),
        actors=(),
        places=(),
        tags=(),
        pages=entries.pages,
    )
    gathered = _link_events(given, corpus, pieces, jobs)
    given.advance("parse and link events")
    if gathered is None:
        return None
    joined = _join(given, corpus, told, gathered)
    if joined is None:
        return None
    settled, found = joined
    name = codec_of(Name).encode
    return Whole(
        context=context,
        sources=sources,
        names=tuple(
            tuple(map(name, some)) for some in (settled.actors, settled.places, settled.tags)
        ),
        found=encode_findings(found),
        parts=gathered.parts,
    ), settled


# ---- sources ------------------------------------------------------------------------------------


class _Told(NamedTuple):
    """What is found of a source: always, if no event cites it, and if only it is cited."""

    id: str
    found: tuple[Any, ...]
    unused: tuple[Any, ...]
    alone: tuple[Any, ...]


def _link_sources(given: Shares, jobs: int) -> tuple[list[_Told], Waiting] | None:
    """Return all sources in order of their ids."""
    texts = [text for path, text in given.inputs.texts.items() if is_of_sources(path)]
    some = [texts[at : at + _SOURCES_AT_ONCE] for at in range(0, len(texts), _SOURCES_AT_ONCE)]
    begin = partial(partial, _link_some, given, given.root.resolve())
    made = make_in_shares(some, begin, jobs, given.beside)
    if made is None:
        return None
    sources, told = Waiting(given.beside), []
    for id, data, *found in chain.from_iterable(made):
        sources.add(id, data)
        told.append(_Told(id, *found))
    sources.sort()
    told.sort(key=lambda one: one.id)
    return None if _have_clashes(one.id for one in told) else (told, sources)


def _link_some(given: Shares, home: Path, texts: Sequence[Text]) -> tuple[Any, ...] | None:
    """Link some sources. Each step is taken with all of them, which takes a quarter less time."""
    read = [parse_source(text) for text in texts]
    found = [list(some) for _, some in read]
    sources = [source for source, _ in read if source is not None]
    if len(sources) < len(texts) or is_told_at_once(chain.from_iterable(found)):
        return None
    snapshots = [
        read_snapshot(given.root / source.snapshot, home) if source.snapshot else None
        for source in sources
    ]
    linked = [
        link_source(source, given.entries, snapshot, some)
        for source, snapshot, some in zip(sources, snapshots, found, strict=True)
    ]
    if is_told_at_once(chain.from_iterable(found)):
        return None
    for text in texts:
        text.let_go()
    return tuple(
        (source.id, _dump(source), *_findings_of(source, some))
        for source, some in zip(linked, found, strict=True)
    )


def _dump(source: Source) -> bytes:
    return dump_source(codec_of(Source).encode(source), tuple(map(digest, shown_of(source))))


def _findings_of(source: Source, found: list[Diagnostic]) -> tuple[tuple[Any, ...], ...]:
    """Return what is found of a source: always, if no event cites it, and if it is the only one."""
    cited = check_sources((source,), {source.id})
    uncited = (d for d in check_sources((source,), ()) if d not in cited)
    alone = check_only_source((source,))
    return tuple(tuple(map(encode_finding, some)) for some in ((*found, *cited), uncited, alone))


# ---- events -------------------------------------------------------------------------------------


class Piece(NamedTuple):
    """Some events of a file, or all of one that cannot be cut: then it has no bounds."""

    text: Text
    bounds: tuple[tuple[int, int], ...] = ()
    start: int = 0


def _pieces(texts: Sequence[Text], at_once: int) -> Iterator[Piece]:
    for text in texts:
        bounds, start = find_bounds(text.value), 0
        if not bounds:
            yield Piece(text)
        for at in range(0, len(bounds), at_once):
            some = tuple(bounds[at : at + at_once])
            yield Piece(text, some, start)  # the first has what stands before its events, too
            start = some[-1][1]
        text.let_go()


class _Noted(Collection[str]):
    """Ids that nobody knows yet: any may be there, and those that were asked for are noted."""

    def __init__(self) -> None:
        self.asked: set[str] = set()

    def __contains__(self, id: object) -> bool:
        self.asked.add(str(id))
        return True

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0


class _Linking:
    """Links pieces, one after the other, in one process."""

    def __init__(self, given: Shares, corpus: Corpus) -> None:
        self._ids = _Noted()
        self._last: Text | None = None
        self._names = registers_of(given.entries)
        self._sources = {source.id: source for source in corpus.sources}
        self._linker = EventLinker(corpus, self._ids, given.inputs.media, self._names)

    def link(self, piece: Piece) -> tuple[Any, ...] | None:
        """Return rows, what is found beside them, labels of names, and ids that are asked for."""
        text, bounds, start = piece
        if self._last is not None and self._last is not text:
            self._last.let_go()  # the next piece is often of the same file
        self._last = text
        entries, found = parse_events(text, start, bounds[-1][1] if bounds else None)
        if is_told_at_once(found):
            return None
        try:
            events, more = self._linker.link(entries)
            found = (*found, *more, *check_events(in_order(events), self._sources))
        except PlaceLost:  # it would be told with a place in a source
            return None
        said = any(register.found for register in self._names)
        if said or is_told_at_once(found) or any(d.span.path != text.path for d in found):
            return None
        asked, self._ids.asked = tuple(self._ids.asked), set()
        if not bounds:
            _, rows, beside = part_of(text, events, found)
        else:
            made = rows_of([slice_of(text.value, *one) for one in bounds], events, found)
            if made is None:
                return None
            rows, beside = made, ()
        return tuple(map(tuple, rows)), beside, _labels(entries), asked


def _labels(entries: Sequence[EventEntry]) -> tuple[tuple[str, ...], ...]:
    """Return what the names of actors, places and tags are called in *entries*."""
    actors = dict.fromkeys(label for e in entries for label in (*e.actors, *e.recipients))
    places = dict.fromkeys(label for e in entries for label in e.places)
    tags = dict.fromkeys(label for e in entries for label in e.tags)
    return tuple(actors), tuple(places), tuple(tags)


@dataclass(slots=True)
class _Gathered:
    """All events: what is kept of them, and what they say of others."""

    parts: Mapping[str, bytes]
    ids: list[tuple[str, ...]] = field(default_factory=list)  # of each its own, then its aliases
    cited: set[str] = field(default_factory=set)  # by claims
    named: set[str] = field(default_factory=set)  # by prose
    asked: set[str] = field(default_factory=set)
    labels: tuple[dict[str, None], ...] = field(default_factory=lambda: ({}, {}, {}))


def _link_events(
    given: Shares, corpus: Corpus, pieces: Sequence[Piece], jobs: int
) -> _Gathered | None:
    made = make_in_shares(pieces, lambda: _Linking(given, corpus).link, jobs, given.beside)
    if made is None:
        return None
    parts = Waiting(given.beside)
    gathered = _Gathered(parts)
    for path, some in groupby(zip(pieces, made, strict=True), lambda one: one[0].text.path):
        rows: list[Row] = []
        beside: tuple[Any, ...] = ()
        for _, (own, found, labels, asked) in some:
            rows += map(Row._make, own)
            beside += found
            gathered.asked.update(asked)
            for all_labels, more in zip(gathered.labels, labels, strict=True):
                all_labels.update(dict.fromkeys(more))
        for row in rows:
            gathered.ids.append(row.ids)
            *_, cited, named = row.used
            gathered.cited.update(cited)
            gathered.named.update(named)
        part = Part(given.inputs.texts[path].digest, tuple(rows), beside)
        parts.add(path, dump_part(part))
    return gathered


# ---- the whole ----------------------------------------------------------------------------------


def _join(
    given: Shares, corpus: Corpus, sources: Sequence[_Told], events: _Gathered
) -> tuple[Corpus, list[Diagnostic]] | None:
    """Return *corpus* with its names, and all that is found; None where it does not go together."""
    ids = {id for id, *_ in events.ids}
    if _have_clashes(id for some in events.ids for id in some) or not events.asked <= ids:
        return None
    registers = registers_of(given.entries)
    settled = _settle(given, corpus, registers, events)
    if settled is None:
        return None
    found = [
        *given.found,
        *find_lost_ways(settled, ids),
        *(d for register in registers for d in register.found),
        *check_site(settled.config, events.ids, given.entries.published),
    ]
    for told in sources:
        rows = [*told.found]
        if told.id not in events.cited and told.id not in events.named:
            rows += told.unused
        if len(sources) == 1 and events.cited:
            rows += told.alone
        found += map(decode_finding, rows)
    return None if is_told_at_once(found) else (settled, found)


def _settle(
    given: Shares, corpus: Corpus, registers: tuple[Register, Register, Register], events: _Gathered
) -> Corpus | None:
    """Return *corpus* with its names; None where events were linked to others than these."""
    for register, labels in zip(registers, events.labels, strict=True):
        for label in labels:
            register.find_id(label, _NOWHERE)
    actors, places, tags = (register.close() for register in registers)
    settled = Corpus(
        config=corpus.config,
        events=(),
        sources=corpus.sources,
        actors=actors,
        places=places,
        tags=tags,
        pages=corpus.pages,
    )
    names = Around(entries=given.entries, media={}).settle(settled)
    for known, register, labels in zip(names, registers, events.labels, strict=True):
        for label in labels:
            if label not in known or known.find_id(label, _NOWHERE) != register.find_id(
                label, _NOWHERE
            ):
                return None
    return settled


def _have_clashes(ids: Iterator[str]) -> bool:
    folded = list(map(fold_id, ids))
    return len(folded) != len(set(folded))
