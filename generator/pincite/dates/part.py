"""One plain date: its shape, its level and the first and last day it can mean.

Everything here follows ISO 8601-2:2019 and the Library of Congress text of 2019-02-04; a date that
has the right shape but names no day at all (30 February) is a fault like any other.
"""

import re
from typing import NamedTuple

from pincite.dates.bounds import bounds_of, matching
from pincite.dates.calendar import MONTHS, Day, month_length
from pincite.dates.values import Kind, Part

LONGEST_YEAR = 100  # digits; far beyond any use, and no arithmetic explodes

_DATE = re.compile(
    r"([?~%]?)(-?)([0-9X]{4})([?~%]?)"
    r"(?:-([?~%]?)([0-9X]{2})([?~%]?)(?:-([?~%]?)([0-9X]{2})([?~%]?))?)?"
)
_YEAR = re.compile(
    r"([?~%]?)(?:(-?)([0-9]{4})|Y(-?)([0-9]+)(?:E([1-9][0-9]*))?)(?:S([1-9][0-9]*))?([?~%]?)"
)
_DATETIME = re.compile(
    r"(-?[0-9]{4}-[0-9]{2}-[0-9]{2})"
    r"T(([0-9]{2}):([0-9]{2}):([0-9]{2})(?:Z|([+-])([0-9]{2})(?::([0-9]{2}))?)?)"
)
# The only places of X at level 1: the rightmost digits of a year, whole months and days.
_RIGHTMOST = re.compile(r"[0-9]{2}(?:[0-9]X|XX)|[0-9]{4}-(?:XX|XX-XX|[0-9]{2}-XX)")


class Fault(NamedTuple):
    """Why a text is not a date: code points [start, end) of it, and a whole text to offer."""

    message: str
    start: int
    end: int
    fix: str = ""


def parse_part(text: str) -> Part | Fault:
    """Read a date without a time: ``1985-04``, ``156X-12-25``, ``2004?-06``, ``Y17E8``."""
    match = _DATE.fullmatch(text)
    if match is not None:
        return _calendar_part(text, match)
    match = _YEAR.fullmatch(text)
    if match is not None:
        return _year_part(text, match)
    return Fault("this is not a date in EDTF", 0, len(text))


def parse_datetime(text: str) -> Part | Fault:
    """Read a day with a time of day: ``1985-04-12T23:20:30+04:30``; its bounds are that day."""
    match = _DATETIME.fullmatch(text)
    if match is None:
        return Fault("this is not a date with a time in EDTF", 0, len(text))
    date = parse_part(match[1])
    if isinstance(date, Fault):
        fix = date.fix + text[match.end(1) :] if len(date.fix) >= len("2025-02-07") else date.fix
        return date._replace(fix=fix)
    hour, minute, second = int(match[3]), int(match[4]), int(match[5])
    midnight = (hour, minute, second) == (24, 0, 0)
    leap_second = (minute, second) == (59, 60)
    for group, value, limit, name in ((3, hour, 23, "hour"), (4, minute, 59, "minute")):
        if value > limit and not midnight:
            return Fault(f"there is no {name} `{match[group]}`", *match.span(group), match[1])
    if second > 59 and not leap_second:
        return Fault(f"there is no second `{match[5]}`", *match.span(5), match[1])
    if match[6] is not None:
        shift = int(match[7]) * 60 + int(match[8] or 0)
        wrong = int(match[8] or 0) > 59 or shift > (14 * 60 if match[6] == "+" else 12 * 60)
        if wrong or (shift == 0 and match[6] == "-"):
            return Fault(
                f"there is no time zone `{text[match.start(6) :]}`",
                match.start(6),
                len(text),
                text[: match.start(6)] + ("" if wrong else "Z"),
            )
    level = 1 if text.startswith("-") else 0
    return date._replace(kind=Kind.DATETIME, level=level, time=match[2])


def _calendar_part(text: str, match: re.Match[str]) -> Part | Fault:
    before, sign, year, after, m_before, month, m_after, d_before, day, d_after = match.groups("")
    if sign and year == "0000":
        start = match.start(2)
        return Fault("year 0 has no sign", start, start + 5, text.replace("-0000", "0000", 1))
    if (before and after) or (m_before and m_after) or (d_before and d_after):
        return _qualified_twice(text, match)
    season = int(month) if month.isdecimal() and 21 <= int(month) <= 41 else 0
    if season and day:
        start, end = match.start(9) - 1 - len(d_before), match.end(9) + len(d_after)
        return Fault("a season has no days", start, end, text[:start] + text[end:])
    bounds = bounds_of(sign, year, month, day, season)
    if bounds is None:
        return _impossible(match)
    masked = "X" in text
    kind = Kind.SEASON if season else Kind.DAY if day else Kind.MONTH if month else Kind.YEAR
    level = 1 if sign else 0
    if season:
        level = 1 if season < 25 else 2
    if masked:
        rightmost = _RIGHTMOST.fullmatch(f"{year}-{month}-{day}".rstrip("-"))
        kind = Kind.UNSPECIFIED
        if rightmost and not month:
            kind = Kind.DECADE if year[2] != "X" else Kind.CENTURY
        level = max(level, 1) if rightmost else 2
    qualifiers = ("", "", "")
    if before or after or m_before or m_after or d_before or d_after:
        of_day = d_before or d_after
        # A mark on the right reaches back over everything to its left.
        of_month = _both(m_before or m_after, d_after)
        of_year = _both(before or after, _both(m_after, d_after))
        qualifiers = (of_year, of_month if month else "", of_day)
        last = d_after if day else m_after if month else after
        alone = last and not (
            before or m_before or d_before or (after and month) or (m_after and day)
        )
        level = max(level, 1) if alone else 2
    return Part(
        kind,
        level,
        *bounds,
        None if "X" in year else int(sign + year),
        int(month) if month.isdecimal() and not season else 0,
        int(day) if day.isdecimal() else 0,
        season,
        "",
        (sign + year, month, day),
        qualifiers,
    )


def _both(one: str, other: str) -> str:
    """Merge two qualifiers on one component: uncertain and approximate make ``%``."""
    return one if one == other or not other else other if not one else "%"


def _qualified_twice(text: str, match: re.Match[str]) -> Fault:
    for left, right in ((1, 4), (5, 7), (8, 10)):
        if match[left] and match[right]:
            fix = text[: match.start(left)] + text[match.end(left) : match.start(right)]
            fix += _both(match[left], match[right]) + text[match.end(right) :]
            return Fault(
                "this is qualified on both sides", match.start(left), match.end(right), fix
            )
    return Fault("this is qualified twice", 0, len(text))


def _impossible(match: re.Match[str]) -> Fault:
    year, month, day = match[2] + match[3], match[6], match[9] or ""
    if not matching(month, 1, 12):
        fix = year
        if day.isdecimal() and month.isdecimal() and int(month) <= 31 and 1 <= int(day) <= 12:
            fix = f"{year}-{day}-{month}"  # day and month exchanged
        elif f"{year}{month}{day}".isdecimal() and not day and month > year[2:]:
            fix = f"{year}/{year[:2]}{month}"  # 1914-18
        return Fault(f"there is no month `{month}`", *match.span(6), fix)
    start, end = match.span(9)
    if not matching(day, 1, 31):
        zero = f"{year}-{month}"
        longest = zero if day == "00" else f"{zero}-{_longest(year, month):02d}"
        return Fault(f"there is no day `{day}`", start, end, longest)
    if "X" in year or "X" in month:
        return Fault("no year has such a day", start, end, f"{year}-{month}-XX")
    length = _longest(year, month)
    name = f"{MONTHS[int(month) - 1]} {year}"
    fix = f"{year}-{month}-{'XX' if 'X' in day else length}"
    return Fault(f"{name} has {length} days", start, end, fix)


def _longest(year: str, month: str) -> int:
    known = int(year) if "X" not in year else 2000
    return max(month_length(known, number) for number in matching(month, 1, 12))


def _year_part(text: str, match: re.Match[str]) -> Part | Fault:
    before, sign, short, long_sign, digits, exponent, significant, after = match.groups("")
    if before and after:
        fix = text[1:-1] + _both(before, after)
        return Fault("this is qualified on both sides", 0, len(text), fix)
    sign, digits = sign or long_sign, short or digits
    if len(digits) > LONGEST_YEAR or len(exponent) > 3:
        return _too_far(match)
    shown = digits.lstrip("0") or "0"
    if not short and shown != digits:
        fix = text[: match.start(5)] + shown + text[match.end(5) :]
        if not exponent and len(shown) < 5:
            fix = f"{before}{sign}{shown:0>4}{text[match.end(5) :]}"
        return Fault("a year after `Y` has no zeros in front", *match.span(5), fix)
    if not short and not exponent and len(digits) < 5:
        fix = f"{before}{sign}{digits:0>4}{text[match.end(5) :]}"
        return Fault("`Y` is only for years of more than four digits", *match.span(5), fix)
    if short and sign and shown == "0":
        return Fault("year 0 has no sign", *match.span(2), text.replace("-", "", 1))
    size = len(digits) + int(exponent or 0)
    if size > LONGEST_YEAR:
        return _too_far(match)
    kept = int(significant[:4] or size)
    if kept > size:
        fix = text[: match.start(7) - 1] + after
        return Fault(f"the year has only {size} digits", match.start(7), match.end(7), fix)
    year = int(shown) * 10 ** int(exponent or 0)
    low = high = year
    if significant:
        unit = 10 ** max(0, len(str(year)) - kept)
        low = year // unit * unit
        high = low + unit - 1
    if sign:
        year, low, high = -year, -high, -low
    level = 2 if exponent or significant or before else 1
    return Part(
        Kind.ESTIMATE if significant else Kind.YEAR,
        level,
        Day(low, 1, 1),
        Day(high, 12, 31),
        year,
        masks=(str(year) if digits != short else sign + short, "", ""),
        qualifiers=(before or after, "", ""),
    )


def _too_far(match: re.Match[str]) -> Fault:
    group = 6 if match[6] else 5
    return Fault(f"a year of more than {LONGEST_YEAR} digits", *match.span(group))
