"""One plain date: its shape, its level and the first and last day it can mean.

Everything here follows ISO 8601-2:2019 and the Library of Congress text of 2019-02-04; a date that
has the right shape but names no day at all (30 February) is a fault like any other.
"""

import re
from collections.abc import Iterator
from itertools import product
from typing import NamedTuple

from pincite.dates.calendar import Day, is_leap, month_length
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
_SEASONS = {  # first month and number of months
    **{21: (3, 3), 22: (6, 3), 23: (9, 3), 24: (12, 3)},  # anywhere: read as the northern ones
    **{25: (3, 3), 26: (6, 3), 27: (9, 3), 28: (12, 3)},  # northern
    **{29: (9, 3), 30: (12, 3), 31: (3, 3), 32: (6, 3)},  # southern
    **{33: (1, 3), 34: (4, 3), 35: (7, 3), 36: (10, 3)},  # quarters
    **{37: (1, 4), 38: (5, 4), 39: (9, 4)},
    **{40: (1, 6), 41: (7, 6)},
}
_MONTHS = (
    *("", "January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)


class Fault(NamedTuple):
    """Why a text is not a date: code points [start, end) of it, and a whole text to offer.

    *shape* is true when nothing was recognised, so that a guess at what was meant may say more.
    """

    message: str
    start: int
    end: int
    fix: str = ""
    shape: bool = False


def parse_part(text: str) -> Part | Fault:
    """Read a date without a time: ``1985-04``, ``156X-12-25``, ``2004?-06``, ``Y17E8``."""
    match = _DATE.fullmatch(text)
    if match is not None:
        return _calendar_part(text, match)
    match = _YEAR.fullmatch(text)
    if match is not None:
        return _year_part(text, match)
    return Fault("this is not a date in EDTF", 0, len(text), shape=True)


def parse_datetime(text: str) -> Part | Fault:
    """Read a day with a time of day: ``1985-04-12T23:20:30+04:30``; its bounds are that day."""
    match = _DATETIME.fullmatch(text)
    if match is None:
        return Fault("this is not a date with a time in EDTF", 0, len(text), shape=True)
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
    bounds = _bounds(sign, year, month, day, season)
    if bounds is None:
        return _impossible(text, match)
    masked = "X" in text
    written = ((year, "month")[bool(month)], "day")[bool(day)]
    kind = Kind.SEASON if season else Kind.DAY if day else Kind.MONTH if month else Kind.YEAR
    level = 1 if sign else 0
    if season:
        level = 1 if season < 25 else 2
    if masked:
        digits = year.rstrip("X")
        rightmost = (
            "X" not in digits
            and (
                len(digits) >= 2
                if not month
                else len(digits) == 4 and (day in ("", "XX") if month == "XX" else day == "XX")
            )
            and "X" not in month.replace("XX", "")
        )
        kind = Kind.UNSPECIFIED
        if rightmost and not month:
            kind = Kind.DECADE if len(digits) == 3 else Kind.CENTURY
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


def _numbers(mask: str, low: int, high: int) -> list[int]:
    """Return the numbers from *low* to *high* that two digits or ``X`` can stand for."""
    if not mask:
        return list(range(low, high + 1))
    if mask.isdecimal():
        return [int(mask)] if low <= int(mask) <= high else []
    return [
        number
        for number in range(low, high + 1)
        if all(m in ("X", d) for m, d in zip(mask, f"{number:02d}", strict=True))
    ]


def _years(sign: str, mask: str, *, descending: bool) -> Iterator[int]:
    digits = "9876543210" if descending != bool(sign) else "0123456789"
    for choice in product(*(digits if letter == "X" else letter for letter in mask)):
        year = int("".join(choice))
        if year or not sign:
            yield -year if sign else year


def _bounds(sign: str, year: str, month: str, day: str, season: int) -> tuple[Day, Day] | None:
    """Return the first and the last day the components allow, or None if they allow none."""
    if season:
        low = next(_years(sign, year, descending=False))
        high = next(_years(sign, year, descending=True))
        start, count = _SEASONS[season]
        further, end = divmod(start + count - 2, 12)
        last_year, last_month = high + further, end + 1
        last = Day(last_year, last_month, month_length(last_year, last_month))
        return Day(low, start, 1), last
    months, days = _numbers(month, 1, 12), _numbers(day, 1, 31)
    if not months or not days:
        return None
    first = _first_day(_years(sign, year, descending=False), months, days)
    last_day = _first_day(_years(sign, year, descending=True), months[::-1], days[::-1])
    return None if first is None or last_day is None else (first, last_day)


def _first_day(years: Iterator[int], months: list[int], days: list[int]) -> Day | None:
    # Years differ only in whether they are leap years, so two of them settle whether there is one.
    settled: set[bool] = set()
    for year in years:
        leap = is_leap(year)
        if leap in settled:
            continue
        for month in months:
            length = month_length(year, month)
            for day in days:
                if day <= length:
                    return Day(year, month, day)
        settled.add(leap)
        if len(settled) == 2:
            break
    return None


def _impossible(text: str, match: re.Match[str]) -> Fault:
    year, month, day = match[2] + match[3], match[6], match[9] or ""
    if not _numbers(month, 1, 12):
        fix = year
        if day.isdecimal() and month.isdecimal() and int(month) <= 31 and 1 <= int(day) <= 12:
            fix = f"{year}-{day}-{month}"  # day and month exchanged
        elif not day and month > year[2:] and not match[2] and year.isdecimal():
            fix = f"{year}/{year[:2]}{month}"  # 1914-18
        return Fault(f"there is no month `{month}`", *match.span(6), fix)
    start, end = match.span(9)
    if not _numbers(day, 1, 31):
        zero = f"{year}-{month}"
        longest = zero if day == "00" else f"{zero}-{_longest(year, month):02d}"
        return Fault(f"there is no day `{day}`", start, end, longest)
    if "X" in year or "X" in month:
        return Fault("no year has such a day", start, end, f"{year}-{month}-XX")
    length = _longest(year, month)
    name = f"{_MONTHS[int(month)]} {year}"
    fix = f"{year}-{month}-{'XX' if 'X' in day else length}"
    return Fault(f"{name} has {length} days", start, end, fix)


def _longest(year: str, month: str) -> int:
    known = int(year) if "X" not in year else 2000
    return max(month_length(known, number) for number in _numbers(month, 1, 12))


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
