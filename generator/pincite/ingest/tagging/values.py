"""What the tagger speaks of: a term as the words have it, a point in time, an expression found."""

from dataclasses import dataclass
from typing import NamedTuple


@dataclass(frozen=True, slots=True, kw_only=True)
class Expression:
    """A date expression: code points [start, end) of the text it was found in.

    *edtf* is None where the date cannot be told, and *problem* says why. *date_mod* has what EDTF
    cannot say, joined by "+": BEFORE AFTER ON_OR_BEFORE ON_OR_AFTER START MID END APPROX. *basis*
    is "stated" where the words alone give the date and "resolved" where the publication date or
    the expression before it was needed. *rule* names what matched.
    """

    start: int
    end: int
    text: str
    edtf: str | None
    date_mod: str
    basis: str
    rule: str
    problem: str


class Term(NamedTuple):
    """What the words say, before a year or a day is supplied from elsewhere.

    *unit* is what it is precise to: day, week, weekend, month, season, year, decade or century.
    *month* may be an EDTF season, 21 to 41. *which* is "last", "this" or "next" where the words
    say so; "count" means *offset* units from the day of reference; "after" means *offset* units
    from the date that was mentioned before it. *feast* names a day that each year has once.
    """

    unit: str
    year: int | None = None
    month: int = 0
    day: int = 0
    weekday: int = 0
    which: str = ""
    offset: int = 0
    feast: str = ""

    @property
    def stated(self) -> bool:
        """Say whether the words alone give the date."""
        return self.year is not None and not self.which


class Point(NamedTuple):
    """A date that is settled. *day* is that of the Monday or Saturday for a week or weekend."""

    unit: str
    year: int
    month: int = 0
    day: int = 0


class Core(NamedTuple):
    """The words [start, end) that name a date, without the prepositions before them.

    *last* is the other end of a range, *joint* the word between: "and" or "to". *part* is START,
    MID or END of it, *piece* a week, half or weekday of a month: "week 1" to "week 4", "week -1",
    "half 1", "half 2", "Friday 3", "Friday -1". *problem*, where there is one, says why these words
    give no date.
    """

    start: int
    end: int
    rule: str
    term: Term
    last: Term | None = None
    joint: str = ""
    part: str = ""
    piece: str = ""
    approximate: bool = False
    problem: str = ""
