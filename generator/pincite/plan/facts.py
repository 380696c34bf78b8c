"""What planning looks at of an event, and what it leaves to the pages that show it.

As long as an event's facts stay the same, the plan does: the same pages of the same things, of
which only the ones that show this event have to be made again (`pincite.amend`). A field is a fact
until it is named here as one that is not, so a new one needs nothing to be safe.
"""

from dataclasses import replace

from pincite.model import Citation, Claim, Event, Pointer
from pincite.prose import Prose


def facts_of(event: Event) -> object:
    """Return a value that is equal for two states of an event of which the plan is the same.

    Left out are the words of its summary, its date in the source's words, the words of claims,
    and where exactly in its paragraph a quotation stands.
    """
    return (
        replace(event, summary=None, claims=(), date_text=""),
        _references(event.summary),
        tuple(map(_claim, event.claims)),
    )


def _references(prose: Prose | None) -> object:
    if prose is None:
        return None
    return tuple((r.kind, r.target, r.paragraph) for r in prose.references)


def _claim(claim: Claim) -> object:
    return (
        replace(claim, text="", citations=()),
        tuple(map(_citation, claim.citations)),
    )


def _citation(citation: Citation | Pointer) -> object:
    if isinstance(citation, Pointer):
        return citation
    paragraphs = tuple(paragraph for paragraph, _, _ in citation.parts)
    return (
        *(citation.n, citation.source, citation.paragraph, paragraphs),
        *(citation.match, citation.stance),
    )
