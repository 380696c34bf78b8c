"""Dates: reading, ordering and saying EDTF (ISO 8601-2:2019, levels 0 to 2), for any year."""

from pincite.dates.calendar import Day, day_from_number, day_number
from pincite.dates.describe import describe_date, html_datetime
from pincite.dates.parse import parse_date
from pincite.dates.phrases import PHRASES, PHRASES_EN
from pincite.dates.say import say_date
from pincite.dates.values import Date, DateProblem, Kind, Member, Part

__all__ = [
    "PHRASES",
    "PHRASES_EN",
    "Date",
    "DateProblem",
    "Day",
    "Kind",
    "Member",
    "Part",
    "day_from_number",
    "day_number",
    "describe_date",
    "html_datetime",
    "parse_date",
    "say_date",
]
