"""What names in kept pages stand for, as it is now."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, cast

from pincite.base.digest import Digests, digest
from pincite.exports.pieces import Past
from pincite.images.survey import Medium
from pincite.model import Corpus, Event, Name, Paragraph, Source
from pincite.plan.drawing.shapes import choose_shapes
from pincite.plan.exhibits import (
    Citing,
    Exhibit,
    Outline,
    SourceHead,
    citings_of,
    exhibit_of,
    head_of,
    outline_of,
)
from pincite.plan.media import place_media
from pincite.plan.page import Page
from pincite.plan.report import Told
from pincite.plan.site import Site
from pincite.plan.words import Words
from pincite.publish import view_of
from pincite.store.codec import codec_of
from pincite.store.parts import (
    Part,
    Row,
    Whole,
    citations_of,
    load_event,
    load_part,
    load_source,
    source_digests_of,
)
from pincite.store.planned import Planned, config_of
from pincite.store.skeletons import decode


@dataclass(slots=True)
class Read:
    """What has been read of a site. A preview keeps it, and with it what was made of it."""

    site: Site | None = None
    sources: dict[str, Source] = field(default_factory=dict)
    heads: dict[str, SourceHead] = field(default_factory=dict)
    events: dict[str, Event] = field(default_factory=dict)
    exhibits: dict[str, Exhibit] = field(default_factory=dict)
    digests: Digests = field(default_factory=Digests)

    def forget(self, events: Iterable[str]) -> None:
        for id in events:
            self.events.pop(id, None)
            self.exhibits.pop(id, None)


class KeptThings:
    """Events, sources and the rest, read when a page asks for them.

    *fresh* are events that changed, with the digests of each and of its citations; *told* is what
    was found. What was *read* before is not read again, unless it changed.
    """

    def __init__(
        self,
        planned: Planned,
        whole: Whole,
        words: Words,
        fresh: Mapping[str, tuple[Event, tuple[str, ...]]],
        told: tuple[Told, ...],
        past: Past,
        read: Read,
    ) -> None:
        self.words = words
        self.told = told
        self.past = past
        self._planned = planned
        self._whole = whole
        self._fresh = fresh
        self._read = read
        read.forget(fresh)
        lasting = planned.lasting
        self.config = config_of(planned)
        if read.site is None:
            read.site = decode(lasting.site, self)
        self.site: Site = read.site
        media: Iterable[Medium] = (decode(row, self) for row in lasting.media)
        self._media = {medium.file: medium for medium in media}
        self._kinds = {kind.id: kind for kind in self.config.kinds}
        self._shapes = dict(zip(self._kinds, choose_shapes(tuple(self._kinds)), strict=True))
        self._parts: dict[str, Part] = {}
        name = codec_of(Name).decode
        self._names: tuple[tuple[Name, ...], ...] = tuple(
            tuple(map(name, some)) for some in whole.names
        )

    def event(self, id: str) -> Event:
        """Return an event as pages show it."""
        if id not in self._read.events:
            self._read.events[id] = self._read_event(id)
        return self._read.events[id]

    def _read_event(self, id: str) -> Event:
        if id in self._fresh:
            event, digests = self._fresh[id]
        else:
            event, digests = load_event(self._row(id))
        self._read.digests.know(zip((event, *citations_of(event)), digests, strict=True))
        if event.media:
            (event,) = place_media(replace(self._empty(), events=(event,)), self._media).events
        return event

    def outline(self, event: str) -> Outline:
        return outline_of(self.exhibit(event))

    def name(self, sort: int, number: int) -> Name:
        return self._names[sort][number]

    def exhibit(self, id: str) -> Exhibit:
        if id not in self._read.exhibits:
            event = self.event(id)
            cited = sorted({c.source for claim in event.claims for c in claim.citations})
            self._read.exhibits[id] = exhibit_of(
                event,
                self._kinds[event.kind],
                self._shapes[event.kind],
                *map(self.head, cited),
            )
        return self._read.exhibits[id]

    def citing(self, event: str, n: int) -> Citing:
        own, _ = citings_of(self.exhibit(event).event)
        return next(citing for citing in own if citing.citation.n == n)

    def source(self, id: str) -> Source:
        if id not in self._read.sources:
            data = self._whole.sources[id]
            source = self._read.sources[id] = load_source(data)
            self._read.digests.know(source_digests_of(source, data))
        return self._read.sources[id]

    def head(self, source: str) -> SourceHead:
        if source not in self._read.heads:
            self._read.heads[source] = head_of(self.source(source))
        return self._read.heads[source]

    def paragraph(self, source: str, id: str) -> Paragraph:
        return next(p for p in self.source(source).paragraphs if p.id == id)

    @cached_property
    def corpus(self) -> Corpus:
        """Return what stands for the whole corpus: its digest is right, its events are not there.

        Who looks into it finds nothing; it is for telling whether a page of all events changed.
        """
        lasting = self._planned.lasting
        digests = {**self._planned.digests, **{id: self.digest(id) for id in self._fresh}}
        return replace(
            self._empty(),
            events=cast("Any", self._stand_ins(digests.values())),
            sources=cast("Any", self._stand_ins(lasting.sources)),
            pages=cast("Any", self._stand_ins(lasting.prose)),
        )

    def corpus_of(self, ids: Iterable[str]) -> Corpus:
        """Return a corpus of some events, and of the sources they cite."""
        exhibits = [self.exhibit(id) for id in ids]
        sources = sorted({head.id for exhibit in exhibits for head in exhibit.sources})
        return replace(
            self._empty(),
            events=tuple(exhibit.event for exhibit in exhibits),
            sources=tuple(map(self.source, sources)),
        )

    def corpus_with(self, corpus: Corpus, events: Iterable[Event]) -> Corpus:
        """Return *corpus* with what *events* said before they changed."""
        placed = place_media(replace(corpus, events=tuple(events)), self._media)
        for event in placed.events:
            self._read.digests.know(((event, digest(event)),))
        return placed

    def digest(self, id: str) -> str:
        """Return the digest of an event as pages show it."""
        return self._read.digests.of(self.event(id))

    def view(self, page: Page) -> str:
        """Return the digest of what *page* is made from."""
        return view_of(page, self._read.digests)

    def _empty(self) -> Corpus:
        actors, places, tags = self._names
        return Corpus(
            config=self.config,
            events=(),
            sources=(),
            actors=actors,
            places=places,
            tags=tags,
            pages=(),
        )

    def _stand_ins(self, digests: Iterable[str]) -> tuple[object, ...]:
        pairs = [(_StandIn(), digest) for digest in digests]
        self._read.digests.know(pairs)
        return tuple(stand_in for stand_in, _ in pairs)

    def _row(self, id: str) -> Row:
        path, number = self._planned.lasting.places[id]
        if path not in self._parts:
            self._parts[path] = load_part(self._whole.parts[path])
        return self._parts[path].rows[number]


class _StandIn:
    """Has the digest of something, and nothing else."""

    __slots__ = ()
