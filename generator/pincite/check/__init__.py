"""Stage 3: rules over a corpus that links without an error; each is a function that warns."""

from collections.abc import Callable, Iterable

from pincite.base.diagnostics import Diagnostic
from pincite.check import addresses, claims, dates, sources
from pincite.load.published import PublishedAddress
from pincite.model import Corpus

Rule = Callable[[Corpus], Iterable[Diagnostic]]

#: What these find of an event follows from the event and from the sources alone.
EVENT_RULES: tuple[Rule, ...] = (
    claims.single_source,
    claims.number_not_quoted,
    claims.unproven,
    dates.date_text_not_quoted,
    dates.future_event,
)
RULES: tuple[Rule, ...] = (
    *EVENT_RULES,
    sources.unused,
    sources.not_archived,
    sources.not_retrieved,
    sources.url_not_set,
)


def check(corpus: Corpus, published: tuple[PublishedAddress, ...] = ()) -> tuple[Diagnostic, ...]:
    """Return what all rules find; *published* are the addresses that must not be lost."""
    return (
        *(finding for rule in RULES for finding in rule(corpus)),
        *addresses.lost(corpus, published),
    )


def check_events(corpus: Corpus) -> tuple[Diagnostic, ...]:
    """Return what is found of the events of *corpus* alone, be they all of a site's or some."""
    return tuple(finding for rule in EVENT_RULES for finding in rule(corpus))
