"""Days of the proleptic Gregorian calendar with astronomical years, as far out as anyone writes.

Year 0 is 1 BCE. Unlike ``datetime`` nothing here stops at the years 1 and 9999.
"""

from typing import NamedTuple

#: In English, for what is read and for messages; on pages they are those of the site's language.
MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_DAYS_IN_MONTH = (0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_DAYS_IN_ERA = 146_097  # 400 years, after which the calendar repeats
_BEFORE_YEAR_ONE = 306  # days from 0000-03-01 to 0001-01-01


class Day(NamedTuple):
    """One calendar day; *year* is any integer, 0 being 1 BCE."""

    year: int
    month: int
    day: int

    def isoformat(self) -> str:
        """Return ``2025-02-07``, ``-0044-03-15`` or ``170000002-01-01``."""
        year = f"-{-self.year:04d}" if self.year < 0 else f"{self.year:04d}"
        return f"{year}-{self.month:02d}-{self.day:02d}"


def edtf_year(year: int) -> str:
    """Return *year* as EDTF writes it: ``2025``, ``-0044``, ``Y170000002``."""
    sign = "-" if year < 0 else ""
    return f"{sign}{abs(year):04d}" if abs(year) < 10_000 else f"Y{year}"


def is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def month_length(year: int, month: int) -> int:
    return 29 if month == 2 and is_leap(year) else _DAYS_IN_MONTH[month]


def day_number(day: Day) -> int:
    """Return how many days after 0000-12-31 *day* is: 0001-01-01 is 1, the day before it 0."""
    # Years are counted from March, so that the leap day is the last of its year.
    year = day.year - (day.month < 3)
    era, year_of_era = divmod(year, 400)
    day_of_year = (153 * ((day.month - 3) % 12) + 2) // 5 + day.day - 1
    day_of_era = year_of_era * 365 + year_of_era // 4 - year_of_era // 100 + day_of_year
    return era * _DAYS_IN_ERA + day_of_era - _BEFORE_YEAR_ONE + 1


def day_from_number(number: int) -> Day:
    """Return the day of which :func:`day_number` is *number*."""
    era, day_of_era = divmod(number + _BEFORE_YEAR_ONE - 1, _DAYS_IN_ERA)
    year_of_era = (
        day_of_era - day_of_era // 1_460 + day_of_era // 36_524 - day_of_era // 146_096
    ) // 365
    day_of_year = day_of_era - (365 * year_of_era + year_of_era // 4 - year_of_era // 100)
    month_from_march = (5 * day_of_year + 2) // 153
    month = (month_from_march + 2) % 12 + 1
    return Day(
        era * 400 + year_of_era + (month < 3),
        month,
        day_of_year - (153 * month_from_march + 2) // 5 + 1,
    )
