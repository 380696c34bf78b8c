"""Lighting up all words of a quotation in several pieces, without a script.

Marks that follow each other light up by the theme's own rules. Pieces in several paragraphs or
excerpts need rules that name them: a small style sheet beside the one page that has them.
"""

from collections.abc import Iterable

from pincite.plan.exhibits import Citing
from pincite.plan.urls import citation_anchor, citation_key

SHEET = "marks.css"  # beside the page of its source
_LIT = "background:var(--marker-2);border-block-end:2px solid var(--accent)"


def scattered(citings: Iterable[Citing]) -> tuple[tuple[str, int], ...]:
    """Return (event, number) of each citation whose quotation has several pieces."""
    return tuple((c.event, c.citation.n) for c in citings if len(c.citation.parts) > 1)


def marks_sheet(citations: tuple[tuple[str, int], ...]) -> bytes:
    """Return the rules for *citations*; ids need no escape in a string of CSS."""
    rules = []
    for event, n in citations:
        anchor = citation_anchor(event, n)
        arrived = f':is([id="{anchor}"],[id^="{anchor}."]):target'
        rules.append(
            f':root:has({arrived}) mark[data-cites~="{citation_key(event, n)}"]{{{_LIT}}}\n'
        )
    return "".join(rules).encode()
