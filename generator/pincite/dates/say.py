"""Dates in words, in any language, saying no more than is known.

"About" is said of ``~``, "perhaps" of ``?``; what is known only between bounds is said so.
"""

import re
from collections.abc import Mapping

from pincite.dates.calendar import Day
from pincite.dates.joints import join_parts
from pincite.dates.locales import Patterns, join_words, patterns_of
from pincite.dates.phrases import PHRASES_EN, phrases_of
from pincite.dates.values import Date, Kind, Member, Part

_PLACE = re.compile(r"\{([a-z]+)\}")
_DOUBTS = {"?": "uncertain", "~": "approximate", "%": "uncertain_approximate"}
_COMPONENTS = ("year", "month", "day")
_SEASON_NAMES = ("spring", "summer", "autumn", "winter")


def say_date(date: Date, language: str, phrases: Mapping[str, str] | None = None) -> str:
    """Say *date* in the BCP 47 *language*: "7 February 2025", "since about December 2024".

    *phrases* has the connecting words (the keys of ``PHRASES_EN``, which fills in what is missing);
    without it they come from the table of the language, or the English one.
    """
    if phrases is None:
        phrases = phrases_of(language)
    return _Speaker(patterns_of(language), phrases).date(date)


class _Speaker:
    """One language: its patterns and its phrases. Every method is a pure function of them."""

    __slots__ = ("patterns", "phrases")

    def __init__(self, patterns: Patterns, phrases: Mapping[str, str]) -> None:
        self.patterns = patterns
        self.phrases = phrases

    def phrase(self, key: str, **values: str) -> str:
        template = self.phrases.get(key) or PHRASES_EN[key]
        said = _PLACE.sub(lambda match: values.get(match[1], match[0]), template)
        return join_parts(said, self.patterns.locale.split("_")[0])

    def date(self, date: Date) -> str:
        match date.kind:
            case Kind.INTERVAL:
                return self.interval(date.members[0])
            case Kind.ONE_OF | Kind.ALL_OF:
                return self.set(date)
            case _:
                return self.part(date.members[0].first, alone=True)

    def interval(self, member: Member) -> str:
        first, last = member
        match first.kind, last.kind:
            case Kind.OPEN, Kind.OPEN:
                return self.phrase("always")
            case Kind.OPEN, Kind.UNKNOWN:
                return self.phrase("until_unknown")
            case Kind.UNKNOWN, Kind.OPEN:
                return self.phrase("since_unknown")
            case Kind.OPEN, _:
                return self.phrase("until", date=self.end(last, "or_later"))
            case _, Kind.OPEN:
                return self.phrase("since", date=self.end(first, "or_earlier"))
            case Kind.UNKNOWN, _:
                return self.phrase("start_unknown", date=self.end(last, "or_later"))
            case _, Kind.UNKNOWN:
                return self.phrase("end_unknown", date=self.end(first, "or_earlier"))
            case _ if first.beyond or last.beyond:
                start, end = self.end(first, "or_earlier"), self.end(last, "or_later")
                return self.phrase("from_to", start=start, end=end)
            case _:
                start, end = self.ends(first, last)
                return self.phrase("from_to", start=start, end=end)

    def end(self, part: Part, beyond: str) -> str:
        said = self.part(part)
        return self.phrase(beyond, date=said) if part.beyond else said

    def set(self, date: Date) -> str:
        every = date.kind is Kind.ALL_OF
        if len(date.members) > 1:
            said = [self.member(member, alone=True) for member in date.members]
            return join_words(self.patterns, said, "and" if every else "or")
        first, last = date.members[0]
        if not every or first is last:
            return self.member(date.members[0], key="between", alone=True)
        if first.kind is Kind.OPEN:
            return self.phrase("all_until", date=self.part(last))
        if last.kind is Kind.OPEN:
            return self.phrase("all_since", date=self.part(first))
        start, end = self.ends(first, last)
        return self.phrase("all_between", start=start, end=end)

    def member(self, member: Member, *, key: str = "span", alone: bool = False) -> str:
        first, last = member
        if first.kind is Kind.OPEN:
            return self.phrase("or_earlier", date=self.part(last))
        if last.kind is Kind.OPEN:
            return self.phrase("or_later", date=self.part(first))
        if first is last:
            return self.part(first, alone=alone)
        start, end = self.ends(first, last)
        return self.phrase(key, start=start, end=end)

    def ends(self, first: Part, last: Part) -> tuple[str, str]:
        """Say two dates, a shared year or month only once: "21", "31 January 2025"."""
        start, end = self.part(first), self.part(last)
        plain = (Kind.DAY, Kind.MONTH)
        if (
            first.year != last.year
            or first.kind not in plain
            or last.kind not in plain
            or any(first.qualifiers)
            or any(last.qualifiers)
            or (self.patterns.year_last and "N" in dict(self.patterns.day).values())
        ):
            return start, end
        same_month = first.kind is last.kind is Kind.DAY and first.month == last.month
        if not self.patterns.year_last:
            return start, self.monthless(last) if same_month else self.yearless(last)
        ending = self.patterns.day_alone
        if same_month and ending is not None:
            alone = f"{self.patterns.numeral(first.day)}{ending}"
            return self.phrase("day_inside", date=alone), end
        return self.yearless(first), end

    def yearless(self, part: Part, *, alone: bool = False) -> str:
        if part.kind is Kind.MONTH:
            tokens = tuple(token for token in self.patterns.month_day if token[1] in "MN")
            tokens = tokens if self.patterns.year_last else self.after_year()
            return self.patterns.fill(tokens, "", part.month, 0, alone=False)
        tokens = self.patterns.month_day
        said = self.patterns.fill(tokens, "", part.month, part.day, alone=False)
        return said if alone else self.phrase("day_inside", date=said)

    def monthless(self, part: Part) -> str:
        """Say the day of a *part* whose month was said just before: "9日" of "2025年2月9日"."""
        tokens = self.patterns.month_day
        start = tokens.index(("field", "d"))
        return self.patterns.fill(tokens[start:], "", part.month, part.day, alone=False)

    def after_year(self) -> tuple[tuple[str, str], ...]:
        """Return the pattern of a month from its month on: "3月" of "2025年3月"."""
        fields = [value for _, value in self.patterns.month]
        start = next((at for at, value in enumerate(fields) if value in ("M", "N")), 0)
        return self.patterns.month[start:]

    def part(self, part: Part, *, alone: bool = False) -> str:
        """Say one date with its doubts. Only a date that is the whole text stands *alone*."""
        plain = not any(part.qualifiers)
        if (shared := part.qualifier) in _DOUBTS:
            said = self.unqualified(part, alone=alone and part.kind is not Kind.DAY)
            return self.phrase(_DOUBTS[shared], date=said)
        said = self.unqualified(part, alone=alone)
        if plain:
            return said
        doubts = []
        for mark, doubt in _DOUBTS.items():
            doubtful = [
                self.phrase(component)
                for component, found in zip(_COMPONENTS, part.qualifiers, strict=True)
                if found == mark
            ]
            if doubtful:
                parts = join_words(self.patterns, doubtful, "and")
                doubts.append(self.phrase(f"{doubt}_parts", parts=parts))
        while len(doubts) > 1:
            doubts[:2] = [self.phrase("doubts", start=doubts[0], end=doubts[1])]
        return self.phrase("doubtful", date=said, doubts=doubts[0])

    def unqualified(self, part: Part, *, alone: bool) -> str:
        match part.kind:
            case Kind.DAY | Kind.MONTH | Kind.YEAR:
                assert part.year is not None
                return self.calendar(part.year, part.month, part.day, alone=alone)
            case Kind.DATETIME:
                assert part.year is not None
                date = self.calendar(part.year, part.month, part.day, alone=alone)
                return self.phrase("with_time", date=date, time=_clock(part.time))
            case Kind.ESTIMATE:
                assert part.year is not None
                start, end = self.bounds(part)
                date = self.calendar(part.year, 0, 0, alone=alone or start != end)
                if start == end:
                    return date
                return self.phrase("estimate", start=start, end=end, date=date)
            case Kind.SEASON:
                return self.season(part)
            case Kind.DECADE:
                return self.decade(part, alone=alone)
            case Kind.UNSPECIFIED if (known := self.known(part)) is not None:
                return known
            case Kind.OPEN | Kind.UNKNOWN:
                return self.phrase("undated")
            case _:
                return self.span(part, alone=alone)

    def span(self, part: Part, *, alone: bool) -> str:
        start, end = self.bounds(part)
        if start == end:
            return self.cut(part.earliest, part, alone=alone)
        return self.phrase("between" if alone else "span", start=start, end=end)

    def bounds(self, part: Part) -> tuple[str, str]:
        return self.cut(part.earliest, part), self.cut(part.latest, part)

    def cut(self, bound: Day | None, part: Part, *, alone: bool = False) -> str:
        """Say a *bound* of *part* no more exactly than that was written."""
        assert bound is not None
        _, month, day = part.masks
        return self.calendar(
            bound.year, bound.month if month else 0, bound.day if day else 0, alone=alone
        )

    def known(self, part: Part) -> str | None:
        """Say which components are not known, where each is either known or not."""
        missing = [set(mask.lstrip("-")) == {"X"} for mask in part.masks]
        if any("X" in mask and not gone for mask, gone in zip(part.masks, missing, strict=True)):
            return None
        if part.year is not None:
            month = part.month
            if month == 0 and part.day:
                return None
            date = self.calendar(part.year, month, part.day, alone=True)
        elif part.masks[0].startswith("-") or part.season or (part.day and not part.month):
            return None
        elif part.month and part.day:
            date = self.yearless(part._replace(kind=Kind.DAY), alone=True)
        elif part.month:
            date = self.yearless(part._replace(kind=Kind.MONTH))
            if self.patterns.year_last:
                date = self.patterns.names_alone[part.month - 1]
        else:
            return self.phrase("undated")
        names = [
            self.phrase(component)
            for component, gone in zip(_COMPONENTS, missing, strict=True)
            if gone
        ]
        return self.phrase("unspecified", date=date, parts=join_words(self.patterns, names, "and"))

    def decade(self, part: Part, *, alone: bool) -> str:
        assert part.earliest is not None
        year = part.earliest.year
        # "the 1900s" can be ten years or a hundred, and decades before Christ are counted in ways.
        if year % 100 == 0 or year < 100:
            return self.span(part, alone=alone)
        return self.phrase("decade", date=str(year))

    def season(self, part: Part) -> str:
        assert part.earliest is not None
        assert part.latest is not None
        start, end = part.earliest.year, part.latest.year
        if part.year is None or (start <= 0 < end):
            return self.span(part, alone=False)
        shown = self.year(start) if start == end else f"{self.year(start)}–{self.year(end)}"
        year = self.patterns.fill(self.patterns.year, shown, 1, 1, alone=True)
        code = part.season
        if code <= 32:
            name = self.phrase(_SEASON_NAMES[(code - 21) % 4])
            said = self.phrase("season", season=name, year=year)
            if code >= 25:
                said = self.phrase("northern" if code < 29 else "southern", date=said)
        elif code <= 36:
            said = self.phrase(f"quarter_{code - 32}", year=year)
        elif code <= 39:
            said = self.phrase(f"term_{code - 36}", year=year)
        else:
            said = self.phrase(f"half_{code - 39}", year=year)
        return self.era(said, start)

    def calendar(self, year: int, month: int, day: int, *, alone: bool) -> str:
        """Say a year, a month (*day* 0) or a day; *month* and *day* are 0 in a year."""
        shown = self.year(year)
        if day:
            said = self.patterns.fill(self.patterns.day, shown, month, day, alone=False)
            said = said if alone else self.phrase("day_inside", date=said)
        elif month:
            said = self.patterns.fill(self.patterns.month, shown, month, 0, alone=alone)
        else:
            said = self.patterns.fill(self.patterns.year, shown, 1, 1, alone=alone)
            if year > 9_999:
                said = self.phrase("long_year", date=said)
            elif not alone or year < 100:
                said = self.phrase("year_inside", date=said)
        return self.era(said, year)

    def year(self, year: int) -> str:
        shown = 1 - year if year <= 0 else year  # there is no year 0 in words: it is 1 BCE
        return f"{shown:,}".replace(",", self.patterns.group) if shown > 9_999 else str(shown)

    def era(self, said: str, year: int) -> str:
        if year <= 0:
            return self.phrase("bce", date=said)
        return self.phrase("ce", date=said) if year < 100 else said


def _clock(time: str) -> str:
    """Write ``23:20:30+04:30`` as "23:20:30 UTC+04:30", and leave out seconds that are 00."""
    clock, zone = time[:8], time[8:]
    clock = clock.removesuffix(":00") if clock.count(":") == 2 else clock
    if not zone:
        return clock
    return f"{clock} UTC" if zone == "Z" else f"{clock} UTC{zone}"
