"""Stage 3: rules over a corpus that links without an error; each is a function that warns."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from pincite.base.diagnostics import Diagnostic
from pincite.check import addresses, claims, dates, sources
from pincite.load.published import PublishedAddress
from pincite.model import Config, Corpus, Event, Source

Rule = Callable[[Sequence[Event], Mapping[str, Source]], Iterable[Diagnostic]]

#: What these find of an event follows from the event and from the sources alone.
EVENT_RULES: tuple[Rule, ...] = (
    claims.single_source,
    claims.number_not_quoted,
    claims.unproven,
    dates.date_text_not_quoted,
    dates.future_event,
)


def check(corpus: Corpus, published: tuple[PublishedAddress, ...] = ()) -> tuple[Diagnostic, ...]:
    """Return what all rules find; *published* are the addresses that must not be lost."""
    return (
        *check_events(corpus.events, {source.id: source for source in corpus.sources}),
        *check_sources(corpus.sources, sources.cited(corpus.events)),
        *(check_only_source(corpus.sources) if _cites(corpus.events) else ()),
        *check_site(corpus.config, ((e.id, *e.aliases) for e in corpus.events), published),
    )


def check_events(events: Sequence[Event], sources: Mapping[str, Source]) -> tuple[Diagnostic, ...]:
    """Return what is found of *events* alone, be they all of a site's or some.

    *sources* are all of the site's, by their ids.
    """
    return tuple(finding for rule in EVENT_RULES for finding in rule(events, sources))


def check_sources(some: Iterable[Source], cited: Collection[str]) -> tuple[Diagnostic, ...]:
    """Return what is found of *some* sources; *cited* are the ids of those that events cite."""
    some = tuple(some)
    return (
        *sources.unused(some, cited),
        *sources.not_archived(some),
        *sources.not_retrieved(some),
    )


def check_only_source(some: Sequence[Source]) -> tuple[Diagnostic, ...]:
    """Return what is found of all sources where any claim cites one."""
    return tuple(sources.only_one(some))


def _cites(events: Iterable[Event]) -> bool:
    return any(claim.citations for event in events for claim in event.claims)


def check_pages(corpus: Corpus, published: tuple[PublishedAddress, ...]) -> tuple[Diagnostic, ...]:
    """Return which of the *published* sources and pages would lead nowhere."""
    of_sources = (source.id for source in corpus.sources)
    of_pages = (page.id for page in corpus.pages)
    return tuple(addresses.lost_pages(of_sources, of_pages, published))


def check_site(
    config: Config,
    events: Iterable[tuple[str, ...]],
    published: tuple[PublishedAddress, ...],
) -> tuple[Diagnostic, ...]:
    """Return what is found of the site as a whole; of each event its id and aliases are given."""
    return (*sources.url_not_set(config), *addresses.lost(events, published))
