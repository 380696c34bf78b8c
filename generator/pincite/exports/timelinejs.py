"""``data/timelinejs.json`` for TimelineJS 3, and beside it what that format cannot say.

TimelineJS knows plain dates only and no year 0: -1 is 1 BCE. The date in words goes along, so that
nothing is shown as more certain than it is; whatever is left out is listed, event by event.
"""

from functools import partial
from html import escape
from typing import Any

from pincite.base.content import Bytes
from pincite.dates import Date, Day, Kind
from pincite.exports.event_html import event_html
from pincite.exports.index import Index, without_empty
from pincite.exports.json_text import add_by_line, by_line, compact
from pincite.exports.pieces import Given, given
from pincite.model import Corpus, Event, Media
from pincite.plan.urls import Addresses
from pincite.plan.words import Words

TIMELINEJS = "data/timelinejs.json"
LOSSES = "data/timelinejs.losses.json"

# What TimelineJS takes for a picture, a sound or a film, by how its address ends.
_SHOWN = (".jpg", ".png", ".mp3", ".m4a", ".wav", ".mp4")
_FURTHEST = 271_820  # years from 1970 that a date of JavaScript reaches
# Why something is lost, by the word that stands for it in the report.
REASONS = {
    "undated": "TimelineJS shows nothing without a date: the event is left out",
    "far-year": "the year is beyond the dates of JavaScript: the event is left out",
    "withdrawn": "the event was withdrawn and is left out",
    "open-date": "an open or unknown end of the date is said in words only",
    "uncertain-date": "that the date is uncertain or approximate is said in words only",
    "unclear-date": "one day somewhere between two is drawn as reaching from the one to the other",
    "modality": "that the event did not (or not yet) occur is not told",
    "names": "actors, recipients, places and tags are left out",
    "figures": "figures are left out",
    "confidence": "confidence and its reason are left out",
    "media": "a picture, sound or film is left out",
    "corrections": "corrections are left out",
}


def write_timelinejs(
    corpus: Corpus, words: Words, addresses: Addresses, have: Given | None = None
) -> Bytes:
    """Return a timeline for TimelineJS, its events in order of time."""
    config = corpus.config
    have = have or given(corpus, words, addresses)
    index = have.index
    kinds = {kind.id: kind.label for kind in config.kinds}
    eras = (
        {
            "start_date": _date(era.start.earliest, 3),
            "end_date": _date(era.end.latest, 3),
            "text": {"headline": escape(era.label)},
        }
        for era in config.eras
        if _is_near(era.start.earliest) and _is_near(era.end.latest)
    )
    title = without_empty({"headline": escape(config.title), "text": escape(config.description)})
    slides = (
        (event, partial(_slide_line, event, kinds.get(event.kind, event.kind), index, words), "")
        for event in corpus.events
        if not _why_left_out(event)
    )
    pieces = have.pieces(TIMELINEJS, corpus, words)
    add_by_line(
        pieces,
        {"scale": "human", "title": {"text": title}, "eras": list(eras)},
        {"events": slides},
    )
    return pieces.whole()


def write_losses(corpus: Corpus, words: Words, addresses: Addresses) -> bytes:  # noqa: ARG001
    """Return what each event loses, by the keys of ``reasons``; who loses nothing is absent."""
    whys = [(event, _why_left_out(event)) for event in corpus.events]
    losses = [
        (event.id, bool(why), _losses(event, why, placed=bool(corpus.config.url)))
        for event, why in whys
    ]
    used = {reason for _, _, lost in losses for reason in lost}
    left_out = sum(is_left_out for _, is_left_out, _ in losses)
    return by_line(
        {
            "format": "timelinejs",
            "reasons": {key: text for key, text in REASONS.items() if key in used},
            "written": len(losses) - left_out,
            "left_out": left_out,
        },
        {
            "events": (
                compact({"id": name, "left_out": is_left_out, "lost": lost})
                for name, is_left_out, lost in losses
                if lost
            )
        },
    )


def _slide_line(event: Event, group: str, index: Index, words: Words) -> bytes:
    return compact(_slide(event, group, index, words)).encode()


def _slide(event: Event, group: str, index: Index, words: Words) -> dict[str, Any]:
    assert event.date is not None, "what has no date is left out"
    start, end = _span(event.date)
    slide = {
        "unique_id": event.id,
        "start_date": start,
        "end_date": end,
        "display_date": escape(index.label(event.date)),
        "group": escape(group),
        "text": {"headline": escape(event.title), "text": event_html(event, index, words)},
        "media": _media(event, index),
    }
    return {**without_empty(slide), "autolink": False}


def _shown(event: Event) -> Media | None:
    """Return the one that TimelineJS can show of the event's media; nothing lies under a veil."""
    if event.sensitive or not event.media:
        return None
    first = event.media[0]
    return first if first.path.lower().endswith(_SHOWN) else None


def _media(event: Event, index: Index) -> dict[str, str] | None:
    media = _shown(event)
    if media is None or not index.url:  # it would be looked for beside the page that shows it
        return None
    return without_empty(
        {
            "url": index.media_url(media),
            "alt": media.alt,
            "caption": escape(media.caption),
            "credit": escape(media.credit),
        }
    )


def _span(date: Date) -> tuple[dict[str, int], dict[str, int] | None]:
    """Return start and end; one day, month or year has no end of its own."""
    first, last = date.earliest, date.latest
    if first is None or last is None:
        known = first or last or _known(date)
        return _date(known, 3), None
    sizes = {Kind.YEAR: 1, Kind.MONTH: 2}
    if date.kind in sizes or first == last:
        return _date(first, sizes.get(date.kind, 3)), None
    return _date(first, 3), _date(last, 3)


def _date(day: Day | None, parts: int) -> dict[str, int]:
    assert day is not None, "what has no day is left out"
    year = day.year if day.year > 0 else day.year - 1
    numbers = (("year", year), ("month", day.month), ("day", day.day))
    return dict(numbers[:parts])


def _known(date: Date) -> Day | None:
    """Return the first day that is known of a date whose ends are both open or unknown."""
    return next((part.earliest for part in date.parts if part.earliest is not None), None)


def _is_near(day: Day | None) -> bool:
    return day is not None and abs(day.year) <= _FURTHEST


def _why_left_out(event: Event) -> str:
    if event.withdrawn:
        return "withdrawn"
    if event.date is None:
        return "undated"
    known = [day for day in (event.date.earliest, event.date.latest, _known(event.date)) if day]
    if not known:
        return "undated"
    return "" if all(map(_is_near, known)) else "far-year"


def _losses(event: Event, why: str, *, placed: bool) -> list[str]:
    """Return the keys of ``REASONS`` that apply, in their order; *why* it is left out, or not."""
    if why:
        return [why]
    date = event.date
    lost = {
        "open-date": date is not None and (date.earliest is None or date.latest is None),
        "uncertain-date": date is not None and (date.uncertain or date.approximate),
        "unclear-date": date is not None
        and date.kind not in (Kind.DAY, Kind.DATETIME, Kind.MONTH, Kind.YEAR)
        and not date.lasts,
        "modality": event.modality not in ("occurred", "ongoing"),
        "names": bool(event.actors or event.recipients or event.places or event.tags),
        "figures": any(claim.figures for claim in event.claims),
        "confidence": any(claim.confidence for claim in event.claims),
        "media": len(event.media) > (placed and _shown(event) is not None),
        "corrections": bool(event.corrections),
    }
    return [key for key in REASONS if lost.get(key)]
