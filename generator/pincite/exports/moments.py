"""When a thing was last known to change, from the content alone: no clock is ever asked.

A moment is RFC 3339 in UTC with whole seconds, so moments order as text.
"""

from datetime import UTC, datetime
from functools import lru_cache

from pincite.dates import Date, Day
from pincite.exports.index import Index
from pincite.model import Event, Source

EPOCH = "1970-01-01T00:00:00Z"  # stands where the content says nothing of when


def moment_of_day(day: Day | None) -> str | None:
    """Return the first second of *day*; None where RFC 3339 has no such year."""
    if day is None or not 1 <= day.year <= 9999:
        return None
    return f"{day.isoformat()}T00:00:00Z"


def moment_of_date(date: Date | None) -> str | None:
    """Return the last day *date* may be, or the first where its end is open or unknown."""
    return moment_of_day(date.latest or date.earliest) if date is not None else None


@lru_cache(maxsize=4096)
def moment_of_timestamp(timestamp: str) -> str | None:
    """Read what a source's ``retrieved_at`` may hold; without a zone it is taken as UTC."""
    try:
        moment = datetime.fromisoformat(timestamp.upper())
        if moment.tzinfo is not None:
            moment = moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return moment.replace(microsecond=0, tzinfo=None).isoformat() + "Z"


def known_since(source: Source) -> str | None:
    """Return when *source* was retrieved, or else published; None where neither is known."""
    return moment_of_timestamp(source.retrieved_at) or moment_of_date(source.published)


def appeared(event: Event, index: Index) -> str:
    """Return the latest moment at which a source of *event* was retrieved, or else published."""
    moments = (
        known_since(index.sources[citation.source])
        for claim in event.claims
        for citation in claim.citations
    )
    return max(filter(None, moments), default=EPOCH)


def changed(event: Event, index: Index) -> str:
    """Return the moment of the last correction or withdrawal, or else of its appearance."""
    notes = (*event.corrections, *((event.withdrawn,) if event.withdrawn else ()))
    moments = (moment_of_date(note.date) for note in notes)
    return max(filter(None, moments), default=appeared(event, index))
