"""From a term to a point in time, given a day of reference and whether the sentence looks ahead.

A date without a year is the nearest such date: in the past, unless something points ahead.
"""

from pincite.dates.calendar import Day, day_from_number, day_number, month_length
from pincite.ingest.tagging.holidays import feast_day
from pincite.ingest.tagging.values import Point, Term

_SOON = 130  # days: nothing in the sentence tells, and the next such date is nearer than the last
_WHICH = {"last": -1, "this": 0, "next": 1}
_NEAR = (0, -1, 1)  # years from now, the likeliest first
_SEASON_STARTS = {21: 3, 22: 6, 23: 9, 24: 12, 33: 1, 34: 4, 35: 7, 36: 10, 40: 1, 41: 7}


def resolve(term: Term, today: Day, ahead: int) -> Point | None:
    """Return the point *term* means on the day *today*, or None if there is no such day.

    *ahead* is 1 where the sentence looks ahead, -1 where it looks back, 0 where nothing tells.
    """
    if term.which in ("count", "after"):
        return _counted(term, today)
    if term.unit == "week" and term.month:
        day = resolve(term._replace(unit="day"), today, ahead)
        return None if day is None else _counted(Term("week"), Day(day.year, day.month, day.day))
    if term.feast:
        return _feast(term, today, ahead)
    if term.unit == "day" and term.weekday and not term.month:
        return _weekday(term, today, ahead)
    if term.year is not None:
        year = term.year
        return _point(term, year)
    if term.which and not term.month:
        return _counted(term._replace(offset=_WHICH[term.which]), today)
    if term.unit in ("week", "weekend"):
        return _counted(term._replace(offset=_weekend_offset(today, ahead)), today)
    return _point(term, _year_of(term, today, ahead))


def _point(term: Term, year: int) -> Point | None:
    if term.unit == "day" and not (
        1 <= term.month <= 12 and 1 <= term.day <= month_length(year, term.month)
    ):
        return None
    if term.unit in ("decade", "century", "year"):
        return Point(term.unit, year)
    return Point(term.unit, year, term.month, term.day)


def _feast(term: Term, today: Day, ahead: int) -> Point:
    """Return the day of the feast in its year, or the nearest one as for any day of a month."""
    if term.year is not None:
        return Point("day", *feast_day(term.feast, term.year))
    now = day_number(today)
    days = [feast_day(term.feast, today.year + years) for years in (-1, 0, 1)]
    behind = max(day for day in days if day_number(day) <= now)
    following = min(day for day in days if day_number(day) > now)
    if term.which == "last" and behind == today:
        behind = days[0]
    if term.which == "this":
        return Point("day", *days[1])
    if term.which or behind == today:
        return Point("day", *(following if term.which == "next" else behind))
    until, since = day_number(following) - now, now - day_number(behind)
    soon = ahead == 0 and until < since and until <= _SOON
    return Point("day", *(following if ahead > 0 or soon else behind))


def _counted(term: Term, today: Day) -> Point:
    """Return the unit that lies *offset* units from the one *today* is in."""
    if term.unit == "day" and term.weekday:  # "the following Monday"
        since = ((day_number(today) - 1) % 7 + 1 - term.weekday) % 7
        days = -(since or 7) if term.offset < 0 else -since % 7 or 7
        return Point("day", *day_from_number(day_number(today) + days))
    if term.unit == "day":
        return Point("day", *day_from_number(day_number(today) + term.offset))
    if term.unit in ("week", "weekend"):
        monday = day_number(today) - (day_number(today) - 1) % 7 + 7 * term.offset
        return Point(term.unit, *day_from_number(monday + (5 if term.unit == "weekend" else 0)))
    if term.unit == "month":
        years, month = divmod(today.year * 12 + today.month - 1 + term.offset, 12)
        return Point("month", years, month + 1)
    if term.unit == "season":  # a quarter, or a season without its name
        years, quarter = divmod(today.year * 4 + (today.month - 1) // 3 + term.offset, 4)
        return Point("season", years, 33 + quarter)
    size = {"year": 1, "decade": 10, "century": 100}[term.unit]
    return Point(term.unit, today.year // size * size + term.offset * size)


def _weekday(term: Term, today: Day, ahead: int) -> Point:
    number = day_number(today)
    since = ((number - 1) % 7 + 1 - term.weekday) % 7  # days since that weekday was
    if term.which == "last":
        number -= since or 7
    elif term.which == "next" or (term.which == "this" and ahead >= 0) or ahead > 0:
        until = -since % 7
        number += (until or 7) if term.which == "next" else until
    else:
        number -= since
    if term.offset:  # "Friday last week": the weekday of a week
        monday = day_number(today) - (day_number(today) - 1) % 7
        number = monday + 7 * (term.offset if abs(term.offset) == 1 else 0) + term.weekday - 1
    return Point("day", *day_from_number(number))


def _weekend_offset(today: Day, ahead: int) -> int:
    weekday = (day_number(today) - 1) % 7 + 1
    return 0 if ahead > 0 or weekday > 5 else -1


def _year_of(term: Term, today: Day, ahead: int) -> int:
    """Return the year of a month, season or day of a month that came without one."""
    if term.unit == "season":
        return _year_of_season(term, today, ahead)
    now = day_number(today)
    if term.weekday:
        years = [year for year in _NEAR if _is_weekday(term, today.year + year)]
        if years:
            return today.year + years[0]
    day = term.day or (today.day if term.month == today.month else 1 if ahead > 0 else 15)
    behind = _latest_year(term.month, day, today, now)
    if term.unit == "month" and term.month == today.month:
        return today.year + _WHICH.get(term.which, 0)
    if term.which == "this":
        return today.year
    if term.which == "last":
        same = term.unit == "day" and (behind, term.month, day) == today
        return behind - same
    if term.which == "next":
        return behind + 1
    if ahead < 0:
        return behind
    then = Day(behind, term.month, min(day, month_length(behind, term.month)))
    if term.unit == "day" and day_number(then) == now:
        return behind
    if ahead > 0:
        return behind + 1
    following = Day(behind + 1, term.month, min(day, month_length(behind + 1, term.month)))
    until, since = day_number(following) - now, now - day_number(then)
    return behind + 1 if until < since and until <= _SOON else behind


def _is_weekday(term: Term, year: int) -> bool:
    """Say whether the day falls on its weekday in *year*: "Monday, Oct. 26"."""
    if term.day > month_length(year, term.month):
        return False
    return (day_number(Day(year, term.month, term.day)) - 1) % 7 + 1 == term.weekday


def _latest_year(month: int, day: int, today: Day, now: int) -> int:
    """Return the year of the latest such day that is not after today."""
    for year in range(today.year, today.year - 9, -1):
        if day <= month_length(year, month) and day_number(Day(year, month, day)) <= now:
            return year
    return today.year - (month > today.month)


def _year_of_season(term: Term, today: Day, ahead: int) -> int:
    start = _SEASON_STARTS[term.month]
    year = today.year - (start > today.month)  # of the latest one that has begun
    months = today.year * 12 + today.month - (year * 12 + start)
    length = 6 if term.month >= 40 else 3
    running = months < length
    if term.which == "this":
        if running:
            return year
        return today.year if term.month != 24 or ahead >= 0 else year
    if term.which == "last":
        return year - 1 if running else year
    if term.which == "next":
        return year + 1
    return year + 1 if ahead > 0 and not running else year
