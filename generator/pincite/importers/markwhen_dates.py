"""The dates of Markwhen: EDTF, figures, English, durations, and places in other events.

Nothing is taken from a clock: what counts from now, or from no known day, is refused.
"""

import re
from collections.abc import Mapping
from typing import Final, NamedTuple

from pincite.dates import day_from_number, day_number
from pincite.dates.calendar import Day, month_length
from pincite.importers.moments import (
    UNKNOWN,
    Moment,
    Reading,
    Refusal,
    one_moment,
    stretch,
)
from pincite.importers.written import read_moment, read_written


class Stretch(NamedTuple):
    """The first and the last moment of an event, as others may refer to them."""

    start: Moment
    end: Moment


class Found(NamedTuple):
    """What a date part says: its reading, the stretch others refer to, and its repetition."""

    reading: Reading
    stretch: Stretch | None = None
    repeats: str = ""


class Context(NamedTuple):
    day_first: bool
    previous: Stretch | None
    by_id: Mapping[str, Stretch]


_UNITS: Final = (
    r"(?:milliseconds?|ms|seconds?|secs?|s|minutes?|mins?|hours?|hrs?|h|days?|d|weekdays?"
    r"|work ?days?|business days?|weeks?|wks?|w|months?|mos?|quarters?|years?|yrs?|y|decades?"
    r"|century|centuries)"
)
_DURATION: Final = re.compile(
    rf"(?P<count>\d{{1,5}}|an?|one|half a)\s*(?P<unit>{_UNITS})", re.IGNORECASE
)
_MONTHS: Final = {
    **dict.fromkeys(("month", "mo"), 1),
    "quarter": 3,
    **dict.fromkeys(("year", "yr", "y"), 12),
    "decade": 120,
    "century": 1_200,
}
_DAYS: Final = {"day": 1, "d": 1, "week": 7, "wk": 7, "w": 7}
_WORKING_DAYS: Final = frozenset(("weekday", "workday", "businessday"))
_FRIDAY: Final = 4  # counted from Monday, 0
_FARTHEST: Final = 9_999  # years
_REPEATS: Final = re.compile(r"\s+((?:every|each)\s.+|x\s*\d+)$", re.IGNORECASE)
_REFERENCE: Final = re.compile(
    rf"(?P<word>after|before|by)?\s*!?(?P<id>[\w-]+)(?:\.(?P<end>start|end))?"
    rf"(?:\s+(?P<duration>(?:\d{{1,5}}|an?|one)\s*{_UNITS}))?",
    re.IGNORECASE,
)
_SPLIT: Final = re.compile(
    r"\s+[-–—]\s+|\s*/\s*(?=[^\d]|\d{4}|\d+\s+[a-z])|(?<=\d{4})-(?=\d{1,2}/)"
)


def read_dates(text: str, context: Context) -> Found | None:
    """Read the part before the colon; None where it is none, so that the line is other text."""
    text = " ".join(text.split())
    repeats = _REPEATS.search(text)
    if repeats:
        inner = read_dates(text[: repeats.start()], context)
        return inner._replace(repeats=repeats[1]) if inner else None
    relative = _relative(text, context)
    if relative is not None:
        return relative
    single = _side(text, context)
    if isinstance(single, Moment):
        return Found(one_moment(single), Stretch(single, single))
    for match in _SPLIT.finditer(text):
        found = _range(text[: match.start()].strip(), text[match.end() :].strip(), context)
        if found is not None:
            return found
    if isinstance(single, Refusal):
        return Found(Reading(UNKNOWN, refusals=(single.message,), partial=True))
    duration = _DURATION.fullmatch(text)
    if duration:
        return _from_previous(duration, context, text)
    hazy = read_written(text, day_first=context.day_first)
    if hazy.edtf != UNKNOWN and any(c.isdigit() for c in text):
        return Found(hazy)
    return None


def _range(first: str, last: str, context: Context) -> Found | None:
    start = _side(first, context)
    if start is None:
        return None
    if isinstance(start, Refusal):
        end = _side(last, context)
        known = end is not None or _DURATION.fullmatch(last)
        message = start.message
        return Found(Reading(UNKNOWN, refusals=(message,), partial=True)) if known else None
    duration = _DURATION.fullmatch(last)
    if duration:
        return _lasting(start, duration, f"{first} for {last}")
    end = _side(last, context)
    if end is None:
        return None
    if isinstance(end, Refusal):
        return Found(Reading(UNKNOWN, refusals=(end.message,), partial=True))
    reading = stretch(start, end)
    return Found(reading, Stretch(start, end) if reading.edtf != UNKNOWN else None)


def _side(text: str, context: Context) -> Moment | Refusal | None:
    """Read one end; None where it has not even the form of one."""
    if text.casefold() in {"now", "today", "present"}:
        return Refusal(f"`{text}` is another day each time it is read; write the day that is meant")
    moment = read_moment(text.removesuffix("."), day_first=context.day_first)
    if isinstance(moment, Moment) or not moment.shape:
        return moment
    if text.startswith("!") or re.match(r"(?:after|before|by)\s+!?[\w-]+", text, re.IGNORECASE):
        return _referred(text, context)
    if re.fullmatch(r"[a-z]{3,9}\.? \d{1,2}(?:st|nd|rd|th)?(?:,? \d{1,2}.*)?", text, re.IGNORECASE):
        return Refusal(f"`{text}` has no year")
    return None


def _referred(text: str, context: Context) -> Moment | Refusal | None:
    match = _REFERENCE.fullmatch(text)
    if match is None:
        return None
    other = context.by_id.get(match["id"])
    if other is None:
        return Refusal(f"`{text}` refers to an event without a known date")
    backwards = (match["word"] or "").lower() in {"before", "by"}
    if not match["duration"]:
        end = match["end"] or ("end" if match["word"] and not backwards else "start")
        return other.end if end == "end" else other.start
    duration = _DURATION.fullmatch(match["duration"])
    if duration is None:
        return None
    from_end = (match["end"] or ("start" if backwards else "end")) == "end"
    start = (other.end if from_end else other.start)._replace(time="", zone="")
    return _add(start, duration, backwards=backwards)


def _relative(text: str, context: Context) -> Found | None:
    """Read "after !id 3 weeks" alone: what begins, or with "before" ends, there and lasts so."""
    match = _REFERENCE.fullmatch(text)
    if match is None or not match["duration"] or not (match["word"] or "!" in text):
        return None
    point = _side(text, context)
    if not isinstance(point, Moment):
        message = point.message if point else f"`{text}` refers to no event"
        return Found(Reading(UNKNOWN, refusals=(message,), partial=True))
    other = context.by_id[match["id"]]
    backwards = (match["word"] or "").lower() in {"before", "by"}
    from_end = (match["end"] or ("start" if backwards else "end")) == "end"
    there = (other.end if from_end else other.start)._replace(time="", zone="")
    start, end = (point, there) if backwards else (there, point)
    if start.day == 0 and end.day:
        start = start._replace(month=start.month or 1, day=1)
    reading = stretch(start, end)
    changes = (f"`{text}` became {reading.edtf}", *reading.changes)
    return Found(reading._replace(changes=changes, partial=True), Stretch(start, end))


def _lasting(start: Moment, duration: re.Match[str], written: str) -> Found:
    end = _add(start, duration)
    if isinstance(end, Refusal):
        reading = Reading(start.edtf, (f"{end.message}: only the beginning is used",), partial=True)
        return Found(reading, Stretch(start, start))
    if start.month == 0 and end.month:  # 2018 for 6 months begins in its January
        start = start._replace(month=1, day=1 if end.day else 0)
    elif start.day == 0 and end.day:
        start = start._replace(day=1)
    reading = stretch(start._replace(time="", zone=""), end)
    changes = (f"`{written}` became {reading.edtf}", *reading.changes)
    return Found(reading._replace(changes=changes), Stretch(start, end))


def _from_previous(duration: re.Match[str], context: Context, text: str) -> Found:
    previous = context.previous
    if previous is None:
        message = f"`{text}` counts from the event before, which has no date"
        return Found(Reading(UNKNOWN, refusals=(message,), partial=True))
    found = _lasting(previous.end._replace(time="", zone=""), duration, text)
    changes = tuple(
        f"`{text}` counts from the end of the event before: {found.reading.edtf}"
        if change.startswith("`")
        else change
        for change in found.reading.changes
    )
    return found._replace(reading=found.reading._replace(changes=changes, partial=True))


def _add(start: Moment, duration: re.Match[str], *, backwards: bool = False) -> Moment | Refusal:
    """Return the last moment of what begins at *start* and lasts so long.

    A stretch that is counted in whole units of what is known ends with the last of them: two
    months from April are April and May. With *backwards* the first moment of what ends there.
    """
    unit = duration["unit"].lower().replace(" ", "").rstrip("s").replace("ie", "y")
    count = int(duration["count"]) if duration["count"].isdecimal() else 1
    if duration["count"].lower() == "half a" or count == 0:
        return Refusal(f"`{duration[0]}` is no whole number of days")
    sign = -1 if backwards else 1
    if unit in _MONTHS:
        return _add_months(start, sign * count, _MONTHS[unit], duration[0])
    if unit not in _DAYS and unit not in _WORKING_DAYS:
        return Refusal(f"`{duration[0]}` is shorter than a day")
    first = day_number(Day(start.year, start.month or 1, start.day or 1))
    if unit in _WORKING_DAYS:
        number = _work(first - (not start.day), sign * count)
    else:
        number = first + sign * count * _DAYS[unit] - (0 if start.day or backwards else 1)
    last = day_from_number(number)
    return Moment(last.year, last.month, last.day)


def _add_months(start: Moment, count: int, size: int, written: str) -> Moment | Refusal:
    back = count < 0
    if start.month == 0 and size % 12 == 0:
        year = start.year + count * size // 12 + (1 if back else -1)
        return Moment(year) if abs(year) <= _FARTHEST else Refusal(f"`{written}` reaches too far")
    total = start.year * 12 + (start.month or 1) - 1 + count * size
    if start.day == 0:
        total += 1 if back else -1
    year, month = divmod(total, 12)
    if abs(year) > _FARTHEST:
        return Refusal(f"`{written}` reaches too far")
    day = min(start.day, month_length(year, month + 1)) if start.day else 0
    return Moment(year, month + 1, day)


def _work(number: int, count: int) -> int:
    """Return the day that is *count* working days, Monday to Friday, from day *number*."""
    step = 1 if count > 0 else -1
    while (number - 1) % 7 > _FRIDAY:
        number -= step  # from a weekend as from the working day on its other side
    weeks, days = divmod(abs(count), 5)
    number += 7 * weeks * step
    while days:
        number += step
        days -= days > 0 and (number - 1) % 7 <= _FRIDAY
    return number
