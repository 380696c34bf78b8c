"""Dates as TimelineJS has them: a year that skips 0, then month, day and time, each by itself."""

import re
from collections.abc import Mapping

from pincite.importers.moments import (
    UNKNOWN,
    Moment,
    Reading,
    Refusal,
    historical,
    make_moment,
    one_moment,
    read_time,
    stretch,
)


def read_parts(parts: Mapping[str, str]) -> Moment | Refusal | None:
    """Read ``{year, month, day, time}`` of text; None where nothing is written."""
    if not any(value.strip() for value in parts.values()):
        return None
    numbers: dict[str, int] = {}
    for name in ("year", "month", "day"):
        text = re.sub(r"[\s,]+", "", parts.get(name, ""))
        if not text:
            continue
        if not re.fullmatch(r"[-+−]?\d{1,18}(?:\.0+)?", text):
            return Refusal(f"`{parts[name][:40]}` is no {name}")
        numbers[name] = int(text.replace("−", "-").partition(".")[0])
        if name != "year" and numbers[name] < 1:
            return Refusal(f"there is no {name} {numbers[name]}")
    if "year" not in numbers:
        return Refusal("there is no year")
    year = historical(numbers["year"])
    if isinstance(year, Refusal):
        return year
    time, zone = "", ""
    if parts.get("time", "").strip():
        read = read_time(parts["time"])
        if isinstance(read, Refusal):
            return read
        time, zone = read
    return make_moment(year, numbers.get("month", 0), numbers.get("day", 0), time, zone)


def read_slide_dates(start: Moment | Refusal | None, end: Moment | Refusal | None) -> Reading:
    """Put a beginning and an end into one date; what is wrong with either makes it unknown."""
    for moment, name in ((start, "start"), (end, "end")):
        if isinstance(moment, Refusal):
            return Reading(UNKNOWN, refusals=(f"{name}: {moment.message}",), partial=True)
    if isinstance(start, Moment) and isinstance(end, Moment):
        return _with_note(stretch(start, end), start)
    if isinstance(start, Moment):
        if start.time:  # here a time is written on purpose, midnight too
            return _with_note(Reading(start.edtf), start)
        return _with_note(one_moment(start), start)
    if isinstance(end, Moment):
        message = "it has an end and no beginning"
        return Reading(UNKNOWN, refusals=(message,), partial=True)
    return Reading(UNKNOWN, refusals=("there is no date",))


def _with_note(reading: Reading, start: Moment) -> Reading:
    if start.year > 0 or start.year <= -10_000:
        return reading
    note = f"year {start.year - 1} of TimelineJS is {1 - start.year} BCE, in EDTF {start.date[:5]}"
    return reading._replace(changes=(note, *reading.changes))
