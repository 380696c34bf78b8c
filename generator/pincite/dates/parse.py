"""Text to date: the one way in. Any text whatever gives a date or a problem, never an exception."""

import re

from pincite.dates.calendar import Day, month_length
from pincite.dates.grammar import parse_expression
from pincite.dates.values import Date, DateProblem, Kind, Member, Part

LONGEST_TEXT = 1_000  # code points; a long set fits, a chapter does not

_PLAIN_DAY = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])")


def parse_date(text: str) -> Date | DateProblem:
    """Read *text* as EDTF (ISO 8601-2:2019, levels 0 to 2)."""
    match = _PLAIN_DAY.fullmatch(text)  # what nearly every date is, so it goes first
    if match is not None:
        masks = (text[:4], text[5:7], text[8:])
        year, month, day = int(masks[0]), int(masks[1]), int(masks[2])
        if day <= 28 or day <= month_length(year, month):
            bound = Day(year, month, day)
            part = Part(Kind.DAY, 0, bound, bound, year, month, day, 0, "", masks)
            return Date(
                edtf=text,
                level=0,
                kind=Kind.DAY,
                earliest=bound,
                latest=bound,
                members=(Member(part, part),),
            )
    if len(text) > LONGEST_TEXT:
        message = f"a date of more than {LONGEST_TEXT} characters"
        return DateProblem(message=message, start=LONGEST_TEXT, end=len(text))
    result = parse_expression(text)
    if isinstance(result, Date):
        return result
    # Its patterns take 20 ms to compile, which nobody pays whose dates are all right.
    from pincite.dates.problem import explain  # noqa: PLC0415

    return explain(text, result)
