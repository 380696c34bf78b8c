"""What a new edition of a source means for the citations that rest on it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from pincite.base.text import Span
from pincite.link.quotes import Found, Missed, SourceText, find_quote, quotable_text
from pincite.link.search import living_id
from pincite.model import CitationEntry, EventEntry, Source

Outcome = Literal["holds", "changed", "moved", "lost"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Affected:
    """One citation: where it is written, and how it fares."""

    event: str
    span: Span
    outcome: Outcome
    message: str = ""


def find_affected(events: Iterable[EventEntry], old: Source, new: Source) -> tuple[Affected, ...]:
    """Return how each citation of *old* that held fares in *new*, in order of writing."""
    before, after = quotable_text(old), quotable_text(new)
    return tuple(
        _judge(event.id, entry, (old, before), (new, after))
        for event in events
        for claim in event.claims
        for entry in claim.citations
        if entry.source == old.id and entry.segments
    )


def _judge(
    event: str,
    entry: CitationEntry,
    edition: tuple[Source, SourceText],
    newer: tuple[Source, SourceText],
) -> Affected:
    (old, before), (new, after) = edition, newer
    named, still = (living_id(source, entry.paragraph or "") or None for source in (old, new))
    was = find_quote(before, entry.segments, paragraph=named, occurrence=entry.occurrence)
    now = find_quote(after, entry.segments, paragraph=still, occurrence=entry.occurrence)
    span = entry.at.place("quote")
    match now:
        case Missed() if isinstance(was, Missed):
            return Affected(
                event=event, span=span, outcome="lost", message=f"{now.message}, as before"
            )
        case Missed():
            elsewhere = find_quote(after, entry.segments, paragraph=None, occurrence=None)
            if isinstance(elsewhere, Found):
                return Affected(
                    event=event,
                    span=span,
                    outcome="moved",
                    message=f"the words stand in {elsewhere.paragraph} now",
                )
            message = now.message + (f" — {now.note}" if now.note else "")
            return Affected(event=event, span=span, outcome="lost", message=message)
        case Found() if isinstance(was, Found) and was.paragraph != now.paragraph:
            return Affected(
                event=event,
                span=span,
                outcome="moved",
                message=f"the words stood in {was.paragraph} and stand in {now.paragraph} now",
            )
        case Found() if isinstance(was, Found) and _around(before, was) != _around(after, now):
            return Affected(
                event=event,
                span=span,
                outcome="changed",
                message=f"the words hold, but {now.paragraph} was edited around them",
            )
    return Affected(event=event, span=span, outcome="holds")


def _around(text: SourceText, found: Found) -> str:
    at = text.find_index(found.paragraph)
    return "" if at is None else text.form(at, 2).text
