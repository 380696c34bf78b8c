"""Rules about dates: their words, and whether they can have passed."""

from collections.abc import Iterator, Mapping, Sequence

from pincite.base.diagnostics import Diagnostic, warning
from pincite.dates import Date, Day, parse_date
from pincite.link.normalise import fold_for_snapshot
from pincite.model import Citation, Event, Source


def date_text_not_quoted(
    events: Sequence[Event], sources: Mapping[str, Source]
) -> Iterator[Diagnostic]:
    """The source's own words for a date must stand in a paragraph that the event cites."""
    for event in events:
        if not event.date_text:
            continue
        cited = _cited_texts(event, sources)
        if cited and fold(event.date_text) not in fold(" ".join(cited)):
            yield warning(
                "date-text-not-quoted",
                event.at.place("date_text"),
                f"`{event.date_text}` stands in no paragraph that this event cites",
                help="copy the source's words, or leave `date_text` out",
            )


def fold(text: str) -> str:
    return fold_for_snapshot(text).casefold()


def _cited_texts(event: Event, sources: Mapping[str, Source]) -> list[str]:
    wanted = {
        (c.source, part[0])
        for claim in event.claims
        for c in claim.citations
        if isinstance(c, Citation)
        for part in c.parts
    }
    return [
        paragraph.text
        for id in sorted({id for id, _ in wanted})
        for paragraph in sources[id].paragraphs
        if (id, paragraph.id) in wanted
    ]


def future_event(events: Sequence[Event], sources: Mapping[str, Source]) -> Iterator[Diagnostic]:
    """What has occurred cannot be dated after all its sources were retrieved or published."""
    days: dict[str, Day | None] = {}
    for event in events:
        first = event.date.earliest if event.date else None
        if first is None or event.modality not in ("occurred", "ongoing"):
            continue
        cited = [c.source for claim in event.claims for c in claim.citations]
        for id in cited:
            if id not in days:
                days[id] = _known_by(sources[id])
        known = [days[id] for id in cited]
        if known and all(day is not None and day < first for day in known):
            yield warning(
                "future-event",
                event.at.place("date"),
                "this is said to have happened, but its sources are older",
                help="correct the date, or write `modality: predicted`",
            )


def _known_by(source: Source) -> Day | None:
    """Return the last day on which *source* can have been written, if one is known."""
    if source.retrieved_at:
        date = parse_date(source.retrieved_at.partition("T")[0])
        return date.latest if isinstance(date, Date) else None
    return source.published.latest if source.published else None
