"""Rules for calendar dates: days, months, seasons, years and longer, with or without their year."""

import re
from collections.abc import Callable, Iterator

from pincite.ingest.tagging.traps import (
    is_bare_month,
    is_bare_quarter,
    is_bare_weekday,
    is_bare_year,
    is_span_of_years,
)
from pincite.ingest.tagging.values import Core, Term
from pincite.ingest.tagging.words import (
    COUNTED,
    DAY,
    ERA,
    FULL_MONTH,
    MONTH,
    ON_WEEKDAY,
    ORDINAL,
    SEASON,
    SEASONS,
    START,
    WEEKDAY,
    WORDED_DECADE,
    YEAR,
    decade_number,
    month_number,
    ordinal_number,
    weekday_number,
)

Reader = Callable[[re.Match[str]], Core | None]
_NO_COUNT = rf"(?! {COUNTED})"
_THEN_YEAR = (
    rf"(?:,? (?:of )?(?P<year>{YEAR}(?! ?{ERA}))|,? (?P<old>[0-9]{{1,4}}) ?(?P<era>{ERA}))?"
)
_TO = r" ?(?:(?P<joint>-|and|or|to|through|until) ?(?:the )?)"
_LAST_DAY = rf"(?P<last>{DAY})"
_UNIT_OF_YEAR = (
    rf"(?:(?P<ordinal>{ORDINAL}|last)[ -](?P<unit>quarter|half|semester|trimester)"
    r"|(?P<code>Q[1-4]|H[12]))(?![\w])"
)


def find_absolute(words: str) -> Iterator[Core]:
    """Yield what calendar dates *words* (plain text) may have; they may overlap."""
    for pattern, reader in _RULES:
        for match in pattern.finditer(words):
            core = reader(match)
            if core is not None:
                yield core


def _core(
    match: re.Match[str], rule: str, term: Term, last: Term | None = None, joint: str = ""
) -> Core:
    return Core(match.start(), match.end(), rule, term, last, joint)


def _year(match: re.Match[str]) -> int | None:
    found = match.groupdict()
    if found.get("year"):
        return int(found["year"])
    if not found.get("old"):
        return None
    number = int(found["old"])
    return 1 - number if found["era"].startswith("B") else number


def _number(day: str) -> int:
    return int(day.rstrip("dhnrst"))


def _iso(match: re.Match[str]) -> Core:
    year, month, day = (int(match[name]) for name in ("year", "month", "day"))
    return _core(match, "iso", Term("day", year, month, day))


def _figures(match: re.Match[str]) -> Core:
    first, second, year = int(match["first"]), int(match["second"]), int(match["year"])
    if first > 12 or match["mark"] == ".":
        return _core(match, "figures", Term("day", year, second, first))
    core = _core(match, "figures", Term("day", year, first, second))
    if second > 12 or first == second:
        return core
    return core._replace(problem="day and month could be either way round")


def _day(match: re.Match[str]) -> Core:
    month = month_number(match["month"])
    term = Term("day", _year(match), month, _number(match["day"]))
    return _core(match, "day", term)


def _days(match: re.Match[str]) -> Core | None:
    month = month_number(match["month"])
    first = Term("day", _year(match), month, _number(match["day"]))
    last = first._replace(day=_number(match["last"]))
    if last.day <= first.day or match["joint"] == "or":
        return None
    joint = "and" if match["joint"] == "and" else "to"
    return _core(match, "days", first, last=last, joint=joint)


def _month(match: re.Match[str]) -> Core:
    return _core(match, "month", Term("month", _year(match), month_number(match["month"])))


def _months(match: re.Match[str]) -> Core:
    last = Term("month", _year(match), month_number(match["last"]))
    first = Term("month", None, month_number(match["month"]))
    return _core(match, "months", first, last=last, joint="to")


def _bare_month(match: re.Match[str]) -> Core | None:
    if not is_bare_month(match.string, match.start(), match.end()):
        return None
    return _core(match, "bare-month", Term("month", None, month_number(match[0])))


def _season(match: re.Match[str]) -> Core:
    season = SEASONS[match["season"].casefold()]
    return _core(match, "season", Term("season", int(match["year"]), season))


def _part_of_year(match: re.Match[str]) -> Core | None:
    code = _code(match)
    found = match.groupdict()
    year = int(found["year"]) if found.get("year") else None
    offset = found.get("relative")
    if not code or (
        year is None
        and not offset
        and not is_bare_quarter(match.string, match.start(), match.end())
    ):
        return None
    if offset and year is None:
        which = {"l": "last", "p": "last", "t": "this", "n": "next"}[offset[0].casefold()]
        return _core(match, "part-of-year", Term("season", None, code, which=f"{which} year"))
    return _core(match, "part-of-year", Term("season", year, code))


def _code(match: re.Match[str]) -> int:
    """Return the EDTF season of a quarter (33 to 36) or half (40, 41), or 0 if there is none."""
    if match["code"]:
        return {"Q": 32, "H": 39}[match["code"][0]] + int(match["code"][1])
    if match["unit"] in ("half", "semester"):
        number = 2 if match["ordinal"] == "last" else ordinal_number(match["ordinal"])
        return 39 + number if number in (1, 2) else 0
    if match["unit"] == "quarter":
        number = 4 if match["ordinal"] == "last" else ordinal_number(match["ordinal"])
        return 32 + number if 1 <= number <= 4 else 0
    return 0


def _decade(match: re.Match[str]) -> Core:
    if match["words"]:
        year = decade_number(match["words"].casefold())
    else:
        year = int(match["year"] or "19" + match["short"])
    return _core(match, "decade", Term("decade", year))


def _century(match: re.Match[str]) -> Core | None:
    number = ordinal_number(match["ordinal"])
    if not 1 <= number <= 30:
        return None
    before = (match["era"] or "").startswith("B")
    return _core(
        match, "century", Term("century", 1 - 100 * number if before else number * 100 - 100)
    )


def _years(match: re.Match[str]) -> Core | None:
    first, last = match["first"], match["last"]
    term = Term("year", int(first))
    end = Term("year", int(first[: 4 - len(last)] + last))
    if not is_span_of_years(match.string, match.start(), match.end(), int(first), end.year or 0):
        return None
    return _core(match, "years", term, last=end, joint="to")


def _era_year(match: re.Match[str]) -> Core | None:
    number = int(match["old"] or match["after"])
    if not number:
        return None
    before = (match["era"] or "").startswith("B")
    return _core(match, "era-year", Term("year", 1 - number if before else number))


def _bare_year(match: re.Match[str]) -> Core | None:
    if not is_bare_year(match.string, match.start("year"), match.end("year")):
        return None
    return _core(match, "year", Term("year", int(match["year"])))


def _weekday(match: re.Match[str]) -> Core | None:
    if not is_bare_weekday(match.string, match.start(), match.end()):
        return None
    return _core(match, "weekday", Term("day", weekday=weekday_number(match["weekday"])))


def _holiday(match: re.Match[str]) -> Core:
    month, day = _HOLIDAYS[match[0]]
    return _core(match, "holiday", Term("day", None, month, day))


_HOLIDAYS = {
    "Christmas Day": (12, 25),
    "Christmas Eve": (12, 24),
    "Boxing Day": (12, 26),
    "New Year's Day": (1, 1),
    "New Year's Eve": (12, 31),
    "Valentine's Day": (2, 14),
    "Fourth of July": (7, 4),
}
_ISO = r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})(?![0-9-])"
_FIGURES = (
    r"(?P<first>[0-9]{1,2})(?P<mark>[/.])(?P<second>[0-9]{1,2})(?P=mark)"
    r"(?P<year>[12][0-9]{3}(?![\w/-]))"
)
_MONTHS = (
    rf"(?P<month>{MONTH}) ?(?:-|to|through|until) ?(?P<last>{MONTH})(?! [0-9]{{1,2}}(?!\w))"
    rf"{_THEN_YEAR}{_NO_COUNT}"
)
_BARE_MONTH = rf"(?:{FULL_MONTH}(?![\w])|(?:Jan|Feb|Aug|Sept?|Oct|Nov|Dec)\.)"
_SEASON = (
    rf"(?P<season>{SEASON})(?: of|,)? (?P<year>{YEAR}|[12][0-9]{{3}}(?=-[0-9]{{2}}\b))"
    r"(?:-[0-9]{2}(?![\w]))?"
)
_OF_LAST_YEAR = r"(?P<relative>(?:[Ll]ast|[Tt]his|[Nn]ext|previous) year)"
_PART_THEN_YEAR = rf"(?:fiscal[ -])?{_UNIT_OF_YEAR}(?:,| of)? (?:fiscal )?(?P<year>{YEAR})"
_YEAR_THEN_PART = (
    rf"(?:(?P<year>{YEAR}) )?(?:fiscal[ -])?{_UNIT_OF_YEAR}(?: of)?(?: (?:the )?{_OF_LAST_YEAR})?"
)
_DECADE = (
    rf"(?:(?P<year>[12][0-9]{{2}}0)'?s(?![\w])|(?<=the )(?P<words>{WORDED_DECADE})\b"
    r"|'(?P<short>[2-9]0)s(?![\w]))"
)
_YEARS = (
    r"(?P<first>1[0-9]{3}|20[0-9]{2})[-/](?P<last>[12][0-9]{3}|[0-9]{2})"
    r"(?![\w%/-]|[.,:][0-9])"
)
_ERA_YEAR = (
    rf"(?:(?P<old>[0-9]{{1,4}}) ?(?P<era>{ERA})|(?:AD|A\.D\.) ?(?P<after>[0-9]{{1,4}})(?!\w))"
)
_YEAR = (
    r"(?:(?:the )?(?:fiscal|financial|school|academic|tax) year |fiscal |the year )?"
    rf"(?P<year>{YEAR})"
)
_DAY_MONTH = rf"{ON_WEEKDAY}(?P<day>{DAY}) ?(?:day )?(?:of )?-?(?P<month>{MONTH}){_THEN_YEAR}"
_MONTH_DAY = rf"{ON_WEEKDAY}(?P<month>{MONTH}) (?:the )?(?P<day>{DAY}){_THEN_YEAR}{_NO_COUNT}"
_DAYS_MONTH = rf"(?P<day>{DAY}){_TO}{_LAST_DAY} (?:of )?(?P<month>{MONTH}){_THEN_YEAR}"
_MONTH_DAYS = rf"(?P<month>{MONTH}) (?P<day>{DAY}){_TO}{_LAST_DAY}{_THEN_YEAR}{_NO_COUNT}"

_RULES: tuple[tuple[re.Pattern[str], Reader], ...] = tuple(
    (re.compile(START + pattern), reader)
    for pattern, reader in (
        (_ISO, _iso),
        (_FIGURES, _figures),
        (_DAY_MONTH, _day),
        (_MONTH_DAY, _day),
        (_DAYS_MONTH, _days),
        (_MONTH_DAYS, _days),
        (rf"(?P<month>{MONTH})(?:,| of|-)? ?(?P<year>(?<=[ -]){YEAR}){_NO_COUNT}", _month),
        (_MONTHS, _months),
        (_BARE_MONTH, _bare_month),
        (_SEASON, _season),
        (rf"{_OF_LAST_YEAR}'s {_UNIT_OF_YEAR}", _part_of_year),
        (_YEAR_THEN_PART, _part_of_year),
        (_PART_THEN_YEAR, _part_of_year),
        (_DECADE, _decade),
        (rf"(?P<ordinal>{ORDINAL})[ -]century(?![\w])(?: (?P<era>{ERA}))?", _century),
        (_YEARS, _years),
        (_ERA_YEAR, _era_year),
        (_YEAR, _bare_year),
        (rf"(?P<weekday>{WEEKDAY})", _weekday),
        ("(?:" + "|".join(_HOLIDAYS) + r")(?![\w])", _holiday),
    )
)
