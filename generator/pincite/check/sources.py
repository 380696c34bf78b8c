"""Rules about sources: what is missing of their record."""

from collections.abc import Iterator

from pincite.base.diagnostics import Diagnostic, warning
from pincite.model import Corpus


def unused(corpus: Corpus) -> Iterator[Diagnostic]:
    cited = {c.source for event in corpus.events for claim in event.claims for c in claim.citations}
    cited |= {
        reference.target
        for event in corpus.events
        if event.summary
        for reference in event.summary.references
    }
    for source in corpus.sources:
        if source.id not in cited:
            yield warning(
                "source-unused",
                source.at.place("title"),
                f"no event cites `{source.id}`",
                help="cite it, or remove it",
            )


def not_archived(corpus: Corpus) -> Iterator[Diagnostic]:
    for source in corpus.sources:
        if not source.archives:
            yield warning(
                "source-not-archived",
                source.at.place("archives" if "archives" in source.at else "title"),
                "no independent copy of this source is recorded",
                help="save it with a public archive and add the address to `archives:`",
            )


def not_retrieved(corpus: Corpus) -> Iterator[Diagnostic]:
    for source in corpus.sources:
        if not source.retrieved_at:
            yield warning(
                "source-not-retrieved",
                source.at.place("title"),
                "when this source was retrieved is not recorded",
                help="add `retrieved_at: 2025-02-12T09:30:00Z`",
            )


def url_not_set(corpus: Corpus) -> Iterator[Diagnostic]:
    config = corpus.config
    if not config.url and config.at is not None:
        yield warning(
            "url-not-set",
            config.at.place("title"),
            "the site has no `url`, so feed, sitemap and sharing cards are left out",
            help="add `url: https://…` once you know where it will stand",
        )
