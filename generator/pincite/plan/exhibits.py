"""Events and citing words, each with exactly what a page may show of other things beside it.

These are the arguments of pages: whatever is in them takes part in a page's digest, and nothing
else can reach the page.
"""

from dataclasses import dataclass

from pincite.base.derived import Derived
from pincite.dates import Date
from pincite.model import Archive, Citation, Corpus, Event, Kind, Name, Paragraph, Pointer, Source
from pincite.plan.drawing.shapes import choose_shapes


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceHead:
    """What a citation shows of its source: all but the text and the snapshot."""

    id: str
    title: str
    name: str  # the publisher, or else the title
    publisher: str
    published: Date | None
    authors: tuple[str, ...]
    language: str
    url: str
    archives: tuple[Archive, ...]
    retrieved_at: str
    republish: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Exhibit:
    """An event with the heads of the sources that it cites, and its kind."""

    event: Event
    kind: Kind
    shape: str  # path data of the kind's shape
    sources: tuple[SourceHead, ...]

    @property
    def digest_parts(self) -> tuple[object, ...]:
        """The event, which other pages show too, and what is shown beside it."""
        return (self.event, self.kind, self.shape, self.sources)

    def source(self, id: str) -> SourceHead:
        return next(source for source in self.sources if source.id == id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """What is shown of an event where it is but one of many: a mark, a row.

    A page of outlines stays as it is when anything else of an event changes.
    """

    id: str
    title: str
    date: Date | None
    kind: Kind
    shape: str
    modality: str

    @property
    def digest_parts(self) -> tuple[object, ...]:
        return (self.id, self.title, self.date, self.kind, self.shape, self.modality)


@dataclass(frozen=True, slots=True, kw_only=True)
class EventNames:
    """The names an event bears, with their labels."""

    actors: tuple[Name, ...]
    recipients: tuple[Name, ...]
    places: tuple[Name, ...]
    tags: tuple[Name, ...]

    @property
    def digest_parts(self) -> tuple[object, ...]:
        """The names, which other events bear too."""
        return (self.actors, self.recipients, self.places, self.tags)


@dataclass(frozen=True, slots=True, kw_only=True)
class Citing:
    """One citation as the cited source's page shows it."""

    event: str
    title: str
    claim: int
    claims: int  # how many the event has
    citation: Citation

    @property
    def digest_parts(self) -> tuple[object, ...]:
        """The citation, which is digested with its event, and what is shown beside it."""
        return (self.event, self.title, self.claim, self.claims, self.citation)


def citings_of(event: Event) -> tuple[tuple[Citing, ...], tuple[str, ...]]:
    """Return what cites with words, and the sources that are only pointed at, as often as that."""
    every = [(claim, c) for claim in event.claims for c in claim.citations]
    return tuple(
        Citing(
            event=event.id,
            title=event.title,
            claim=claim.number,
            claims=len(event.claims),
            citation=citation,
        )
        for claim, citation in every
        if isinstance(citation, Citation)
    ), tuple(c.source for _, c in every if isinstance(c, Pointer))


def head_of(source: Source) -> SourceHead:
    return SourceHead(
        id=source.id,
        title=source.title,
        name=source.name,
        publisher=source.publisher,
        published=source.published,
        authors=source.authors,
        language=source.language,
        url=source.url,
        archives=source.archives,
        retrieved_at=source.retrieved_at,
        republish=source.republish,
        sha256=source.sha256,
    )


def exhibits_of(corpus: Corpus, derived: Derived | None = None) -> tuple[Exhibit, ...]:
    """Return the corpus' events, each with the heads of its sources in order of their ids."""
    derived = derived or Derived()
    heads = {source.id: derived.of(head_of, source) for source in corpus.sources}
    kinds = {kind.id: kind for kind in corpus.config.kinds}
    shapes = dict(zip(kinds, choose_shapes(tuple(kinds)), strict=True))
    return tuple(
        derived.of(
            exhibit_of,
            event,
            kinds[event.kind],
            shapes[event.kind],
            *[heads[id] for id in sorted({c.source for cl in event.claims for c in cl.citations})],
        )
        for event in corpus.events
    )


def outline_of(exhibit: Exhibit) -> Outline:
    event = exhibit.event
    return Outline(
        id=event.id,
        title=event.title,
        date=event.date,
        kind=exhibit.kind,
        shape=exhibit.shape,
        modality=event.modality,
    )


def exhibit_of(event: Event, kind: Kind, shape: str, *sources: SourceHead) -> Exhibit:
    return Exhibit(event=event, kind=kind, shape=shape, sources=sources)


def cited_paragraphs(event: Event, sources: dict[str, Source]) -> tuple[tuple[str, Paragraph], ...]:
    """Return (source id, paragraph) for each paragraph that *event* quotes from."""
    wanted = {
        (c.source, part[0])
        for claim in event.claims
        for c in claim.citations
        if isinstance(c, Citation)
        for part in c.parts
    }
    return tuple(
        (id, paragraph)
        for id in sorted({id for id, _ in wanted})
        for paragraph in sources[id].paragraphs
        if (id, paragraph.id) in wanted
    )
