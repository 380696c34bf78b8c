"""Points in time and stretches of it, put into EDTF; what cannot exist is refused, not rolled over.

Years are astronomical here: 0 is 1 BCE. Only ``historical`` knows years that skip it.
"""

import re
from typing import Final, NamedTuple

from pincite.dates import DateProblem, Day, day_number, parse_date
from pincite.dates.calendar import edtf_year, month_length
from pincite.load import records

UNKNOWN: Final = records.UNKNOWN


class Moment(NamedTuple):
    """A year, a month, a day or a time of it; 0 and "" stand for what is not known."""

    year: int
    month: int = 0
    day: int = 0
    time: str = ""  # HH:MM:SS
    zone: str = ""  # Z or +02:00

    @property
    def date(self) -> str:
        """EDTF without the time of day."""
        text = edtf_year(self.year)
        if self.month:
            text += f"-{self.month:02d}"
        if self.day:
            text += f"-{self.day:02d}"
        return text

    @property
    def edtf(self) -> str:
        return f"{self.date}T{self.time}{self.zone}" if self.time else self.date


class Refusal(NamedTuple):
    """Why something is no date; *shape* where not even its form is that of one."""

    message: str
    shape: bool = False


class Reading(NamedTuple):
    """EDTF, or ``unknown``; *changes* and *refusals* say what was done to get it.

    *partial* tells that it says less than the input, which then has to be kept beside it.
    """

    edtf: str
    changes: tuple[str, ...] = ()
    refusals: tuple[str, ...] = ()
    partial: bool = False


def historical(year: int) -> int | Refusal:
    """Turn a year of a calendar without year 0, where -44 is 44 BCE, into an astronomical one.

    Rounded numbers of the deep past (whole thousands beyond 10,000) are left as they are.
    """
    if year == 0:
        return Refusal("there is no year 0 in this format")
    if year > 0 or (year <= -10_000 and year % 1_000 == 0):
        return year
    return year + 1


def make_moment(
    year: int, month: int = 0, day: int = 0, time: str = "", zone: str = ""
) -> Moment | Refusal:
    """Check that there is such a day and such a time."""
    if len(str(abs(year))) > 18:
        return Refusal("a year of more than 18 digits")
    if (month or day or time) and abs(year) > 9_999:
        return Refusal("EDTF has no months and days in years of more than four digits")
    if month and not 1 <= month <= 12:
        return Refusal(f"there is no month {month}")
    if day and not month:
        return Refusal(f"day {day} without a month")
    if day and not 1 <= day <= month_length(year, month):
        return Refusal(f"there is no day {day} in {edtf_year(year)}-{month:02d}")
    if time and not day:
        return Refusal(f"the time {time} without a day")
    moment = Moment(year, month, day, time, zone)
    problem = parse_date(moment.edtf)
    return Refusal(problem.message) if isinstance(problem, DateProblem) else moment


_TIME: Final = re.compile(
    r"(\d{1,2})(?:[:.h](\d{2})(?::(\d{2})(?:[.,]\d+)?)?)?\s*([ap])?(?:\.?m\.?)?", re.IGNORECASE
)
_ZONE: Final = re.compile(
    r"\s*(?:(?:GMT|UTC?|Z)?\s*([+-])(\d{1,2}):?(\d{2})?|(GMT|UTC?|Z)|(?:([ECMP])([SD])T))?"
    r"(?:\s*\([^()]{0,60}\))?",
    re.IGNORECASE,
)
_AMERICAN: Final = {"E": 5, "C": 6, "M": 7, "P": 8}  # hours behind UTC in winter, RFC 822


def read_time(text: str) -> tuple[str, str] | Refusal:
    """Read ``9:30``, ``9:30:15 pm``, ``13:00:00 GMT-0600`` as (HH:MM:SS, zone)."""
    text = text.strip()
    match = _TIME.match(text)
    if match is None or (match[2] is None and match[4] is None):
        return Refusal(f"`{text[:40]}` is no time of day")
    zone_match = _ZONE.fullmatch(text, match.end())
    zone = None if zone_match is None else _zone(zone_match)
    if zone is None:
        return Refusal(f"`{text[match.end() :].strip()[:40]}` is no time zone")
    hour, minute, second = int(match[1]), int(match[2] or 0), int(match[3] or 0)
    if match[4]:
        if not 1 <= hour <= 12:
            return Refusal(f"`{text[:40]}` is no time of day")
        hour = hour % 12 + (12 if match[4] in "pP" else 0)
    if hour > 23 or minute > 59 or second > 59:
        return Refusal(f"`{text[:40]}` is no time of day")
    return f"{hour:02d}:{minute:02d}:{second:02d}", zone


def _zone(match: re.Match[str]) -> str | None:
    sign, hours, minutes, universal, american, season = match.groups()
    if universal:
        return "Z"
    if american:
        return f"-{_AMERICAN[american.upper()] - (season in 'dD'):02d}:00"
    if sign is None:
        return ""
    shift = f"{int(hours):02d}:{int(minutes or 0):02d}"
    return "Z" if shift == "00:00" else f"{sign}{shift}"


def one_moment(moment: Moment) -> Reading:
    """Write a moment. Midnight to the second is how programs write a whole day."""
    if moment.time == "00:00:00":
        zone = f" in the zone {moment.zone}" if moment.zone else ""
        change = f"midnight{zone} was read as the whole day"
        return Reading(moment.date, (change,), partial=bool(moment.zone))
    return Reading(moment.edtf)


def stretch(start: Moment, end: Moment) -> Reading:
    """Write what lasts from *start* to *end*."""
    if first_day(start) > last_day(end) or (
        start.date == end.date and start.time > end.time != "" and start.zone == end.zone
    ):
        message = f"it ends ({end.edtf}) before it begins ({start.edtf})"
        return Reading(UNKNOWN, refusals=(message,), partial=True)
    if start.date == end.date:
        if not start.time or start.edtf == end.edtf:
            return one_moment(start)
        change = "EDTF has no stretches within a day: the date is its beginning"
        return Reading(start.edtf, (change,), partial=True)
    timed = {start.time, end.time} - {"", "00:00:00"} or {start.zone, end.zone} != {""}
    changes = ("EDTF has no times of day in an interval: they are kept apart",) if timed else ()
    return Reading(f"{start.date}/{end.date}", changes, partial=bool(timed))


def sometime(start: Moment, end: Moment) -> Reading:
    """Write what happened once, no earlier than *start* and no later than *end*."""
    if first_day(start) > last_day(end):
        message = f"its latest day ({end.edtf}) is before its earliest ({start.edtf})"
        return Reading(UNKNOWN, refusals=(message,), partial=True)
    if start.date == end.date:
        if start.edtf == end.edtf:
            return one_moment(start)
        return Reading(start.date, ("its time is not known exactly: only the day",), partial=True)
    timed = bool(start.time or end.time)
    change = f"it happened some time between {start.date} and {end.date}"
    return Reading(f"[{start.date}..{end.date}]", (change,), partial=timed)


def hazy_stretch(
    start: Moment, latest_start: Moment | None, earliest_end: Moment | None, end: Moment
) -> Reading:
    """Write what lasts, with a beginning or an end that is known to lie between two days."""
    plain = stretch(start, end)
    if plain.edtf == UNKNOWN or "/" not in plain.edtf:
        return plain
    first = start.date + ("~" if latest_start and latest_start.date != start.date else "")
    last = end.date + ("~" if earliest_end and earliest_end.date != end.date else "")
    if not first.endswith("~") and not last.endswith("~"):
        return plain
    change = "EDTF has no interval with bounds for an end: such an end is marked `~`"
    return Reading(f"{first}/{last}", (*plain.changes, change), partial=True)


def first_day(moment: Moment) -> int:
    return day_number(Day(moment.year, moment.month or 1, moment.day or 1))


def last_day(moment: Moment) -> int:
    month = moment.month or 12
    return day_number(Day(moment.year, month, moment.day or month_length(moment.year, month)))
