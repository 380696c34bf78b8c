"""Stage 3: rules over a corpus that links without an error; each is a function that warns."""

from collections.abc import Callable, Iterable

from pincite.base.diagnostics import Diagnostic
from pincite.check import addresses, claims, dates, sources
from pincite.load.published import PublishedAddress
from pincite.model import Corpus

Rule = Callable[[Corpus], Iterable[Diagnostic]]

RULES: tuple[Rule, ...] = (
    claims.single_source,
    claims.number_not_quoted,
    claims.unproven,
    dates.date_text_not_quoted,
    dates.future_event,
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
