"""Points in time written as EDTF, alone, in part, or as the bound of a stretch.

Thirds are a convention: days 1-10, 11-20 and 21 to the end of a month, four months of a year,
years 0-3, 4-6 and 7-9 of a decade, and likewise of a century.
"""

from pincite.dates.calendar import Day, day_from_number, day_number, edtf_year, month_length
from pincite.ingest.tagging.values import Point
from pincite.ingest.tagging.words import weekday_number

_PARTS = ("START", "MID", "END")
_DAYS = {"week": 7, "weekend": 2}


def write_point(point: Point) -> str:
    """Return the EDTF of *point*; a week or weekend is an interval of days."""
    if point.unit in _DAYS:
        first, last = ends_of(point)
        return f"{first.isoformat()}/{last.isoformat()}"
    if point.unit == "century":
        if point.year < 0:
            return f"[{edtf_year(point.year)}..{edtf_year(point.year + 99)}]"
        return f"{point.year // 100:02d}XX"
    if point.unit == "decade":
        return f"{point.year // 10:03d}X"
    if point.unit == "year":
        return edtf_year(point.year)
    if point.unit == "day":
        return Day(point.year, point.month, point.day).isoformat()
    return f"{edtf_year(point.year)}-{point.month:02d}"


def write_part(point: Point, part: str) -> str:
    """Return the EDTF of the START, MID or END of *point*: one day, month or year of that third."""
    third = _PARTS.index(part)
    if point.unit == "month":
        month = write_point(point)
        last = (10, 20, month_length(point.year, point.month))[third]
        return f"[{month}-{1 + 10 * third:02d}..{month}-{last:02d}]"
    if point.unit == "year":
        year = edtf_year(point.year)
        return f"[{year}-{1 + 4 * third:02d}..{year}-{4 + 4 * third:02d}]"
    if point.unit in ("decade", "century"):
        first, last = ((0, 3), (4, 6), (7, 9))[third]
        if point.unit == "century":
            first, last = ((0, 33), (34, 66), (67, 99))[third]
        return f"[{edtf_year(point.year + first)}..{edtf_year(point.year + last)}]"
    return write_point(point)


def write_piece(point: Point, piece: str) -> str:
    """Return the EDTF of a week of a month, as seven days of it, or of one day in a half of it.

    The fifth of a weekday is its last.
    """
    month, length = write_point(point), month_length(point.year, point.month)
    unit, _, number = piece.partition(" ")
    if unit not in ("half", "week"):
        first = day_number(Day(point.year, point.month, 1))
        day = 1 + (weekday_number(unit) - 1 - (first - 1)) % 7
        days = range(day, length + 1, 7)
        at = -1 if number == "-1" else min(int(number), len(days)) - 1
        return f"{month}-{days[at]:02d}"
    if unit == "half":
        return f"[{month}-01..{month}-15]" if number == "1" else f"[{month}-16..{month}-{length}]"
    first = length - 6 if number == "-1" else 7 * int(number) - 6
    return f"{month}-{first:02d}/{month}-{first + 6:02d}"


def write_first(point: Point) -> str:
    """Return what stands for *point* where a stretch begins with it."""
    if point.unit in _DAYS:
        return ends_of(point)[0].isoformat()
    return edtf_year(point.year) if point.unit in ("decade", "century") else write_point(point)


def write_last(point: Point) -> str:
    """Return what stands for *point* where a stretch ends with it."""
    if point.unit in _DAYS:
        return ends_of(point)[1].isoformat()
    if point.unit in ("decade", "century"):
        return edtf_year(point.year + (9 if point.unit == "decade" else 99))
    return write_point(point)


def ends_of(point: Point) -> tuple[Day, Day]:
    """Return the first and the last day of a week or weekend."""
    first = Day(point.year, point.month, point.day)
    return first, day_from_number(day_number(first) + _DAYS[point.unit] - 1)
