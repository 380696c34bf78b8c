"""Stretches of calendar time: what a list is divided by, and which pages hold which events."""

from dataclasses import dataclass
from typing import Protocol, TypeVar

from pincite.dates import Date, Day, parse_date
from pincite.plan.words import Words

# How many years a stretch is; a month is 0, a day -1.
DAY, MONTH, YEAR, DECADE, CENTURY = -1, 0, 1, 10, 100
UNDATED = "undated"
_MOST = 40  # stretches that a list is divided into


class Dated(Protocol):
    """An event, or what stands for one."""

    @property
    def date(self) -> Date | None: ...


D = TypeVar("D", bound=Dated)


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Period:
    """A day, month, year, decade, century, or a larger power of ten of years."""

    size: int
    year: int  # first year
    month: int = 0
    day: int = 0

    @property
    def id(self) -> str:
        """Its part of an address: ``2025``, ``2025-02``, ``2010s``, ``-0499``, ``y-13800000``."""
        sign, digits = ("-" if self.year < 0 else ""), f"{abs(self.year):04d}"
        if self.size > CENTURY or len(digits) > 4:
            return f"y{sign}{digits}" + (f"-{self.size}" if self.size > YEAR else "")
        if self.size == CENTURY:
            return f"{sign}{digits}-{self.year + 99 if self.year >= 0 else abs(self.year) - 99:04d}"
        if self.size == DECADE:
            return f"{sign}{digits}s"
        month = f"-{self.month:02d}" if self.size <= MONTH else ""
        return sign + digits + month + (f"-{self.day:02d}" if self.size == DAY else "")

    def label(self, words: Words) -> str:
        if self.size <= YEAR and abs(self.year) <= 9999:
            parts = [f"{'-' if self.year < 0 else ''}{abs(self.year):04d}"]
            parts += [f"{n:02d}" for n in (self.month, self.day) if n]
            date = parse_date("-".join(parts))
            return words.date(date) if isinstance(date, Date) else self.id
        if self.size <= YEAR:
            date = parse_date(f"Y{self.year}")
            return words.date(date) if isinstance(date, Date) else self.id
        last = self.year + self.size - 1
        first, end = (Period(size=YEAR, year=year) for year in (self.year, last))
        return words("say_years", first=first.label(words), last=end.label(words))


def anchor_day(event: Dated) -> Day | None:
    """Return the day under which an event is filed: the first it may have been."""
    if event.date is None:
        return None
    return event.date.earliest or event.date.latest


def period_of(day: Day, size: int) -> Period:
    """Return the period of *size* in which *day* lies."""
    if size == DAY:
        return Period(size=DAY, year=day.year, month=day.month, day=day.day)
    if size == MONTH:
        return Period(size=MONTH, year=day.year, month=day.month)
    return Period(size=size, year=day.year - day.year % size)


def fitting_size(days: list[Day]) -> int:
    """Return the size that divides *days* into a few dozen stretches of calendar time at most.

    Months for up to three years, then years, decades, centuries and larger powers of ten.
    """
    if not days:
        return YEAR
    span = max(days).year - min(days).year + 1
    if span <= 3:
        return MONTH
    size = YEAR
    while span / size > _MOST:
        size *= 10
    return size


def divide(events: tuple[D, ...], size: int) -> tuple[tuple[Period | None, tuple[D, ...]], ...]:
    """Group *events*, which are in order, by period; None holds the undated and comes last."""
    groups: dict[Period | None, list[D]] = {}
    for event in events:
        day = anchor_day(event)
        groups.setdefault(period_of(day, size) if day else None, []).append(event)
    ordered = sorted((p for p in groups if p is not None), key=lambda p: (p.year, p.month, p.day))
    pairs = [(period, tuple(groups[period])) for period in ordered]
    if None in groups:
        pairs.append((None, tuple(groups[None])))  # type: ignore[arg-type]
    return tuple(pairs)
