"""What a date is once it is understood: values that later stages order, say and draw.

A :class:`Date` keeps what was written and what follows from it; two dates are equal when they were
written alike. Dates have no ``<`` of their own: sort by ``sort_key``.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from pincite.dates.calendar import Day, day_number


class Kind(StrEnum):
    """What sort of expression a date, or one part of it, is."""

    DATETIME = "datetime"
    DAY = "day"
    MONTH = "month"
    SEASON = "season"  # also quarters, four-month terms and halves
    YEAR = "year"
    DECADE = "decade"  # 201X
    CENTURY = "century"  # 20XX
    ESTIMATE = "estimate"  # 1950S2: a year, and how many of its digits count
    UNSPECIFIED = "unspecified"  # X in any other place: 2004-XX, 156X-12-25
    INTERVAL = "interval"
    ONE_OF = "set-one"  # […]
    ALL_OF = "set-all"  # {…}
    OPEN = "open"  # an end of an interval or set: ..
    UNKNOWN = "unknown"  # an end of an interval: nothing


class Part(NamedTuple):
    """One plain date, alone or inside an interval or a set, or an open or unknown end of one.

    *year* is None where digits of it are unspecified; *month*, *day* and *season* (21 to 41) are 0
    where there is none or digits are unspecified. *masks* has the components as written ("156X",
    "12", "XX"), with "" for what is not there. *qualifiers* are those of year, month (or season)
    and day, each "", "?", "~" or "%". *earliest* and *latest* are None for OPEN and UNKNOWN only.
    *beyond* is true of an end of an interval that may lie further out: ``..1985/`` and ``/1985..``.
    """

    kind: Kind
    level: int
    earliest: Day | None
    latest: Day | None
    year: int | None = None
    month: int = 0
    day: int = 0
    season: int = 0
    time: str = ""
    masks: tuple[str, str, str] = ("", "", "")
    qualifiers: tuple[str, str, str] = ("", "", "")
    beyond: bool = False

    @property
    def qualifier(self) -> str:
        """The one qualifier all written components share, or "" when they differ."""
        written = {mark for mark, mask in zip(self.qualifiers, self.masks, strict=True) if mask}
        return written.pop() if len(written) == 1 else ""


class Member(NamedTuple):
    """One member of a date. *first* is *last* unless the member is a range."""

    first: Part
    last: Part


@dataclass(frozen=True, slots=True, kw_only=True)
class Date:
    """An EDTF expression that was understood.

    *earliest* and *latest* are its strict bounds: a qualifier widens nothing. A bound is None when
    that end is open (``..``; *start_open*, *end_open* tell) or else unknown. *members* has one
    member for a plain date or an interval and any number for a set.
    """

    edtf: str
    level: int
    kind: Kind
    earliest: Day | None
    latest: Day | None
    members: tuple[Member, ...]
    start_open: bool = False
    end_open: bool = False

    @property
    def digest_parts(self) -> tuple[str]:
        """What two dates are equal by."""
        return (self.edtf,)

    @property
    def parts(self) -> tuple[Part, ...]:
        """Return every part in written order; the two ends of a range are two parts."""
        return tuple(
            part
            for first, last in self.members
            for part in ((first,) if first is last else (first, last))
        )

    @property
    def uncertain(self) -> bool:
        """Say whether anything in it carries ``?`` or ``%``."""
        return any(mark in ("?", "%") for part in self.parts for mark in part.qualifiers)

    @property
    def approximate(self) -> bool:
        """Say whether anything in it carries ``~`` or ``%``."""
        return any(mark in ("~", "%") for part in self.parts for mark in part.qualifiers)

    @property
    def lasts(self) -> bool:
        """Say whether earliest to latest is a stretch that was meant, or one date's haziness.

        True for an interval and for "all of" a set: it reaches from the one day to the other.
        False otherwise: it is one day, month, year … somewhere in between.
        """
        return self.kind in (Kind.INTERVAL, Kind.ALL_OF)

    @property
    def sort_key(self) -> tuple[int, int, int, int]:
        """Order by earliest day, then latest.

        An open start is before everything, an open end after everything. An unknown end takes the
        place of the nearest day that is known, and comes last where none is.
        """
        if self.earliest is not None and self.latest is not None:  # nearly all
            return 0, day_number(self.earliest), 0, day_number(self.latest)
        known = [
            bound
            for part in self.parts
            for bound in (part.earliest, part.latest)
            if bound is not None
        ]
        return (
            *_rank(self.earliest, -1 if self.start_open else None, min(known, default=None)),
            *_rank(self.latest, 1 if self.end_open else None, max(known, default=None)),
        )


def _rank(bound: Day | None, open_rank: int | None, known: Day | None) -> tuple[int, int]:
    if bound is not None:
        return 0, day_number(bound)
    if open_rank is not None:
        return open_rank, 0
    return (0, day_number(known)) if known is not None else (2, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class DateProblem:
    """Why a text is not a date, the smallest part of it that is to blame, and what to offer.

    *start* and *end* are code points of the text; *suggestion*, where there is one, is valid EDTF.
    """

    message: str
    start: int
    end: int
    suggestion: str | None = None
