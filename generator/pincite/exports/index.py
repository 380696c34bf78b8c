"""What ids stand for, once for all exports: names, sources, dates in words, addresses.

Addresses never depend on how the pages link to each other: they are canonical.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pincite.dates import Date, Day
from pincite.model import Citation, Corpus, Event, Media, Source
from pincite.plan.urls import Addresses, address_of, citation_anchor
from pincite.plan.words import Words

CANONICAL = Addresses()


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """*addresses* are relative to the root of the site; *url* is its base, or empty."""

    url: str
    addresses: Addresses
    actors: Mapping[str, str]  # id → label
    places: Mapping[str, str]
    tags: Mapping[str, str]
    sources: Mapping[str, Source]
    words: Words

    def label(self, date: Date | None) -> str:
        """Return the date in words."""
        return self.words.date(date)

    def event_url(self, id: str) -> str:
        """Return the absolute address of an event; without a base it is relative."""
        return self.url + CANONICAL.event(id)

    def claim_url(self, event: Event, number: int) -> str:
        """Return where a claim stands; one that is its event's title stands for the event."""
        url = self.event_url(event.id)
        return url if event.title_is_claim else f"{url}#claim-{number}"

    def source_url(self, id: str, anchor: str = "") -> str:
        return self.url + CANONICAL.source(id, anchor)

    def media_url(self, media: Media) -> str:
        """Return where the whole file is published."""
        return self.url + address_of(media.path)

    def citation_url(self, source: str, event: str, n: int) -> str:
        return self.source_url(source, citation_anchor(event, n))


def index_of(corpus: Corpus, words: Words, addresses: Addresses) -> Index:  # noqa: ARG001
    """Return the index. No data depend on *addresses*, on how the pages link to each other."""
    return Index(
        url=corpus.config.url,
        addresses=CANONICAL,
        actors={name.id: name.label for name in corpus.actors},
        places={name.id: name.label for name in corpus.places},
        tags={name.id: name.label for name in corpus.tags},
        sources={source.id: source for source in corpus.sources},
        words=words,
    )


def citations_of(event: Event) -> tuple[Citation, ...]:
    """Return the proven citations of *event*, in order of their numbers."""
    return tuple(c for claim in event.claims for c in claim.citations if isinstance(c, Citation))


def cited_paragraphs(corpus: Corpus) -> dict[str, set[str]]:
    """Return, for each source that is quoted, the ids of the paragraphs that are."""
    cited: dict[str, set[str]] = {}
    for event in corpus.events:
        for claim in event.claims:
            for citation in claim.citations:
                if isinstance(citation, Citation):
                    for paragraph, _, _ in citation.parts:
                        cited.setdefault(citation.source, set()).add(paragraph)
    return cited


def bound(day: Day | None, *, is_open: bool) -> str | None:
    """Return a day as ``pincite date`` prints it: ``..`` when open, None when unknown."""
    if day is not None:
        return day.isoformat()
    return ".." if is_open else None


def earliest(date: Date) -> str | None:
    return bound(date.earliest, is_open=date.start_open)


def latest(date: Date) -> str | None:
    return bound(date.latest, is_open=date.end_open)


def without_empty(pairs: Mapping[str, Any]) -> dict[str, Any]:
    """Leave out what is empty: empty text, empty lists, None. Zero and False stay."""
    return {key: value for key, value in pairs.items() if value not in ("", None, [], {}, ())}
