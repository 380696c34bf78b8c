"""The steps a time axis can take, from one day to 10ⁿ years, and the days on which each begins.

Days are day numbers of any size; nothing here is bounded but how many starts are asked for.
"""

from collections.abc import Iterator
from typing import Literal, NamedTuple

from pincite.dates.calendar import Day, day_from_number, day_number

# Days of the month that a step of days falls on: every month looks the same, as in a calendar.
_DAYS: tuple[tuple[int, ...], ...] = (
    tuple(range(1, 32)),
    tuple(range(1, 31, 2)),
    (1, 6, 11, 16, 21, 26),
    (1, 11, 21),
    (1, 16),
)
_DAYS_IN_YEAR = 365.2425


class Step(NamedTuple):
    """*size* units between two starts: calendar months or years, or the *size*-th set of days."""

    unit: Literal["day", "month", "year"]
    size: int


_SHORT = (
    *(Step("day", size) for size in range(len(_DAYS))),
    *(Step("month", size) for size in (1, 2, 3, 6)),
)


def steps_from(shortest: int) -> Iterator[Step]:
    """Give the steps of about *shortest* days or more, from short to long, without end."""
    if shortest <= 2 * _DAYS_IN_YEAR:
        yield from (step for step in _SHORT if length(step) * 2 > shortest)
    power = max(0, len(_digits(shortest // 366)) - 2)
    while True:
        yield from (Step("year", size * 10**power) for size in (1, 2, 5))
        power += 1


def length(step: Step) -> int:
    """Return about how many days lie between two starts."""
    if step.unit == "day":
        return (1, 2, 5, 10, 15)[step.size]
    return step.size * (30 if step.unit == "month" else 365)


def starts(step: Step, first: int, last: int) -> tuple[int, ...]:
    """Return the days from *first* up to, not including, *last* on which the step begins."""
    if last <= first:
        return ()
    found = {"day": _day_starts, "month": _month_starts, "year": _year_starts}[step.unit]
    return tuple(day for day in found(step.size, first, last) if first <= day < last)


def _day_starts(size: int, first: int, last: int) -> Iterator[int]:
    for start in _month_starts(1, first, last):
        following = day_number(_following_month(day_from_number(start)))
        # A last step of one or two days would crowd the first of the next month.
        yield from (start + n - 1 for n in _DAYS[size] if start + n - 1 < following - (size > 0))


def _month_starts(size: int, first: int, last: int) -> Iterator[int]:
    day = day_from_number(first)
    day = Day(day.year, (day.month - 1) // size * size + 1, 1)
    while (number := day_number(day)) < last:
        yield number
        day = _following_month(day, size)


def _year_starts(size: int, first: int, last: int) -> Iterator[int]:
    count = day_from_number(first).year // size - 1
    while (number := day_number(Day(_round_year(count, size), 1, 1))) < last:
        yield number
        count += 1


def _round_year(count: int, size: int) -> int:
    """Return the year that people count as *count* times *size*.

    Year 0 is 1 BCE, so 500 BCE is the year -499; and there is no round year between the eras but 1.
    """
    return count if size == 1 else count * size + (count <= 0)


def _following_month(day: Day, size: int = 1) -> Day:
    months = day.month - 1 + size
    return Day(day.year + months // 12, months % 12 + 1, 1)


def _digits(number: int) -> str:
    # Python refuses to write out very long numbers; how many digits they have is near enough.
    if abs(number) < 10**18:
        return str(abs(number))
    return "0" * (abs(number).bit_length() * 30103 // 100000 + 1)
