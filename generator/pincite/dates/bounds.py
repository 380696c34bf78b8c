"""The first and the last day that the components of one date allow.

Unspecified digits are tried out, so a bound is always a day that exists: ``XXXX-02-29`` begins and
ends in a leap year, ``2004-XX-31`` ends in December.
"""

from collections.abc import Iterator
from itertools import product

from pincite.dates.calendar import Day, is_leap, month_length

_QUARTER, _TERM, _HALF = 3, 4, 6  # months
_SEASONS = {  # code to first month and number of months
    # 21 to 24 leave the hemisphere open and are read as the northern ones, 25 to 28.
    **dict(zip(range(21, 25), ((3, 3), (6, 3), (9, 3), (12, 3)), strict=True)),
    **dict(zip(range(25, 29), ((3, 3), (6, 3), (9, 3), (12, 3)), strict=True)),
    **dict(zip(range(29, 33), ((9, 3), (12, 3), (3, 3), (6, 3)), strict=True)),
    **{33 + index: (1 + index * _QUARTER, _QUARTER) for index in range(4)},
    **{37 + index: (1 + index * _TERM, _TERM) for index in range(3)},
    **{40 + index: (1 + index * _HALF, _HALF) for index in range(2)},
}


def bounds_of(sign: str, year: str, month: str, day: str, season: int) -> tuple[Day, Day] | None:
    """Return the first and the last day the components allow, or None if they allow none.

    *year* has four digits or ``X``; *month* and *day* have two, or are "" where not written;
    *season* is 0 or a code from 21 to 41.
    """
    if season:
        low = next(_years(sign, year, descending=False))
        high = next(_years(sign, year, descending=True))
        start, count = _SEASONS[season]
        further, end = divmod(start + count - 2, 12)
        last_year, last_month = high + further, end + 1
        last = Day(last_year, last_month, month_length(last_year, last_month))
        return Day(low, start, 1), last
    if year.isdecimal() and month.isdecimal() and (not day or day.isdecimal()):
        return _plain_bounds(int(sign + year), int(month), int(day or 0), whole=not day)
    months, days = matching(month, 1, 12), matching(day, 1, 31)
    if not months or not days:
        return None
    first = _first_day(_years(sign, year, descending=False), months, days)
    last_day = _first_day(_years(sign, year, descending=True), months[::-1], days[::-1])
    return None if first is None or last_day is None else (first, last_day)


def matching(mask: str, low: int, high: int) -> list[int]:
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


def _plain_bounds(year: int, month: int, day: int, *, whole: bool) -> tuple[Day, Day] | None:
    if not 1 <= month <= 12:
        return None
    length = month_length(year, month)
    if whole:
        return Day(year, month, 1), Day(year, month, length)
    return (Day(year, month, day), Day(year, month, day)) if 1 <= day <= length else None


def _years(sign: str, mask: str, *, descending: bool) -> Iterator[int]:
    digits = "9876543210" if descending != bool(sign) else "0123456789"
    for choice in product(*(digits if letter == "X" else letter for letter in mask)):
        year = int("".join(choice))
        if year or not sign:
            yield -year if sign else year


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
