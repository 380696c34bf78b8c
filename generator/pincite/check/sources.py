"""Rules about sources: what is missing of their record."""

from collections.abc import Collection, Iterable, Iterator, Sequence

from pincite.base.diagnostics import Diagnostic, warning
from pincite.model import Config, Event, Source


def cited(events: Iterable[Event]) -> set[str]:
    """Return the ids of all that *events* cite, and of all that their prose names."""
    ids: set[str] = set()
    for event in events:
        ids.update(c.source for claim in event.claims for c in claim.citations)
        if event.summary:
            ids.update(reference.target for reference in event.summary.references)
    return ids


def only_one(sources: Sequence[Source]) -> Iterator[Diagnostic]:
    """Of the only source of a site in which any claim is cited."""
    if len(sources) == 1:
        yield warning(
            "single-source",
            sources[0].at.place("title"),
            "every claim of the site rests on this one source",
            help="where it errs, so does the timeline; look for a second",
        )


def unused(sources: Iterable[Source], cited: Collection[str]) -> Iterator[Diagnostic]:
    for source in sources:
        if source.id not in cited:
            yield warning(
                "source-unused",
                source.at.place("title"),
                f"no event cites `{source.id}`",
                help="cite it, or remove it",
            )


def not_archived(sources: Iterable[Source]) -> Iterator[Diagnostic]:
    for source in sources:
        if not source.archives:
            yield warning(
                "source-not-archived",
                source.at.place("archives" if "archives" in source.at else "title"),
                "no independent copy of this source is recorded",
                help="save it with a public archive and add the address to `archives:`",
            )


def not_retrieved(sources: Iterable[Source]) -> Iterator[Diagnostic]:
    for source in sources:
        if not source.retrieved_at:
            yield warning(
                "source-not-retrieved",
                source.at.place("title"),
                "when this source was retrieved is not recorded",
                help="add `retrieved_at: 2025-02-12T09:30:00Z`",
            )


def url_not_set(config: Config) -> Iterator[Diagnostic]:
    if not config.url and config.at is not None:
        yield warning(
            "url-not-set",
            config.at.place("title"),
            "the site has no `url`, so feed, sitemap and sharing cards are left out",
            help="add `url: https://…` once you know where it will stand",
        )
