"""Dates for machines: the value of ``<time datetime>``, and what ``pincite date --json`` prints."""

from pincite.dates.calendar import Day
from pincite.dates.parse import parse_date
from pincite.dates.say import say_date
from pincite.dates.values import Date, DateProblem, Kind


def html_datetime(date: Date) -> str:
    """Return a valid HTML date string for *date*, or "" where HTML has none.

    It is the most exact of day, month and year that earliest and latest share. Where one end is
    open or unknown, the other end alone counts. HTML knows no year before 1.
    """
    part = date.members[0].first
    if date.kind is Kind.DATETIME and part.time and part.earliest is not None:
        return _moment(part.earliest, part.time)
    if date.earliest is None or date.latest is None:
        known = [
            part
            for part in date.parts
            if part.earliest is not None and part.latest is not None and not part.beyond
        ]
        if not known:
            return ""
        end = known[0] if date.latest is None else known[-1]
        return _shared(end.earliest, end.latest)
    return _shared(date.earliest, date.latest)


def _moment(day: Day, time: str) -> str:
    if day.year < 1:
        return ""
    clock, zone = time[:8], time[8:]
    if clock.startswith("24") or clock.endswith("60"):  # neither exists in HTML
        return day.isoformat()
    return f"{day.isoformat()}T{clock}{zone}{':00' if len(zone) == 3 else ''}"


def _shared(earliest: Day | None, latest: Day | None) -> str:
    if earliest is None or latest is None or earliest.year < 1 or earliest.year != latest.year:
        return ""
    text = earliest.isoformat()
    if earliest.month != latest.month:
        return text[:-6]
    return text if earliest.day == latest.day else text[:-3]


def describe_date(text: str, language: str = "en") -> dict[str, object]:
    """Return what ``pincite date --json`` prints about *text*, valid or not.

    Bounds are "2025-02-07", ".." when open and None when unknown or when *text* is no date.
    """
    date = parse_date(text)
    if isinstance(date, DateProblem):
        return {
            "input": text,
            "valid": False,
            "level": None,
            "earliest": None,
            "latest": None,
            "text": None,
        }
    return {
        "input": text,
        "valid": True,
        "level": date.level,
        "earliest": _bound(date.earliest, is_open=date.start_open),
        "latest": _bound(date.latest, is_open=date.end_open),
        "text": say_date(date, language),
    }


def _bound(bound: Day | None, *, is_open: bool) -> str | None:
    if bound is not None:
        return bound.isoformat()
    return ".." if is_open else None
