"""Rules for calendar dates: days, months, seasons and quarters, with or without their year."""

import re
from collections.abc import Iterator

from pincite.ingest.tagging.holidays import HOLIDAY, feast_name, is_feast
from pincite.ingest.tagging.rules import Reader, core_of, find_cores
from pincite.ingest.tagging.traps import (
    is_bare_month,
    is_bare_quarter,
    is_bare_weekday,
    is_numbered,
)
from pincite.ingest.tagging.values import Core, Term
from pincite.ingest.tagging.worded import (
    PAIRED_YEAR,
    THOUSANDS_YEAR,
    WORDED_DAY,
    day_of_month,
    year_number,
)
from pincite.ingest.tagging.words import (
    COUNTED,
    COUNTED_OF_DAY,
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
    YEAR,
    month_number,
    ordinal_number,
    short_year,
    weekday_number,
)

_NO_COUNT = rf"(?! {COUNTED})"
_NO_COUNT_OF_DAY = rf"(?! {COUNTED_OF_DAY})"
_THEN_YEAR = (
    rf"(?:(?:,? (?:of )?|[-/])(?P<year>{YEAR}(?! ?{ERA}))"
    rf"|,? (?P<old>[0-9]{{1,4}}) ?(?P<era>{ERA})"
    rf"|,? (?P<worded>{PAIRED_YEAR}|{THOUSANDS_YEAR}))?"
)
_TO = r" ?(?:(?P<joint>-|/|and|or|to|through|until) ?(?:the )?)"
_LAST_DAY = rf"(?P<last>{DAY})"
_UNIT_OF_YEAR = (
    rf"(?:(?P<ordinal>{ORDINAL}|last)[ -](?P<unit>quarter|half|semester|trimester)"
    r"|(?P<code>Q[1-4]|H[12]))(?![\w])"
)


def find_absolute(words: str) -> Iterator[Core]:
    """Yield what calendar dates *words* (plain text) may have; they may overlap."""
    return find_cores(_RULES, words)


def _year(match: re.Match[str]) -> int | None:
    found = match.groupdict()
    if found.get("year"):
        return int(found["year"])
    if found.get("worded"):
        return year_number(found["worded"])
    if not found.get("old"):
        return None
    number = int(found["old"])
    return 1 - number if found["era"].startswith("B") else number


def _number(day: str) -> int:
    return int(day.rstrip("dhnrst")) if day[0].isdecimal() else day_of_month(day)


def _iso(match: re.Match[str]) -> Core:
    year, month, day = (int(match[name]) for name in ("year", "month", "day"))
    return core_of(match, "iso", Term("day", year, month, day))


def _figures(match: re.Match[str]) -> Core:
    first, second, year = int(match["first"]), int(match["second"]), int(match["year"])
    if first > 12 or match["mark"] == ".":
        return core_of(match, "figures", Term("day", year, second, first))
    core = core_of(match, "figures", Term("day", year, first, second))
    if second > 12 or first == second:
        return core
    return core._replace(problem="day and month could be either way round")


def _day(match: re.Match[str]) -> Core | None:
    if is_numbered(match.string, match.start()):
        return None  # "under Article 5 March was free"
    month = month_number(match["month"])
    weekday = weekday_number(match["on"]) if match["on"] else 0
    term = Term("day", _year(match), month, _number(match["day"]), weekday)
    return core_of(match, "day", term)


def _days(match: re.Match[str]) -> Core | None:
    month = month_number(match["month"])
    first = Term("day", _year(match), month, _number(match["day"]))
    last = first._replace(day=_number(match["last"]))
    if last.day <= first.day or match["joint"] == "or":
        return None
    joint = "and" if match["joint"] == "and" else "to"
    return core_of(match, "days", first, last=last, joint=joint)


def _month(match: re.Match[str]) -> Core:
    return core_of(match, "month", Term("month", _year(match), month_number(match["month"])))


def _months(match: re.Match[str]) -> Core:
    last = Term("month", _year(match), month_number(match["last"]))
    first = Term("month", None, month_number(match["month"]))
    return core_of(match, "months", first, last=last, joint="to")


def _bare_month(match: re.Match[str]) -> Core | None:
    if not is_bare_month(match.string, match.start(), match.end()):
        return None
    return core_of(match, "bare-month", Term("month", None, month_number(match[0])))


def _season(match: re.Match[str]) -> Core:
    season = SEASONS[match["season"].casefold()]
    year = int(match["year"]) if match["year"] else short_year(int(match["short"]))
    return core_of(match, "season", Term("season", year, season))


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
        return core_of(match, "part-of-year", Term("season", None, code, which=f"{which} year"))
    return core_of(match, "part-of-year", Term("season", year, code))


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


def _weekday(match: re.Match[str]) -> Core | None:
    if not is_bare_weekday(match.string, match.start(), match.end()):
        return None
    return core_of(match, "weekday", Term("day", weekday=weekday_number(match["weekday"])))


def _holiday(match: re.Match[str]) -> Core | None:
    name = feast_name(match["feast"])
    told = match["year"] or match["which"] or match["relative"]
    if not told and not is_feast(match.string, match.start(), match.end(), name):
        return None
    year = int(match["year"]) if match["year"] else None
    which = (match["which"] or match["relative"] or "").casefold()
    return core_of(match, "holiday", Term("day", year, which=which, feast=name))


def _known_day(match: re.Match[str]) -> Core:
    return core_of(match, "known-day", Term("day", 2001, 9, 11))


def _week_of_day(match: re.Match[str]) -> Core:
    day, month = match["first"] or match["last"], match["before"] or match["after"]
    term = Term("week", _year(match), month_number(month), _number(day))
    return core_of(match, "week-of-day", term)


def _week_of_month(match: re.Match[str]) -> Core | None:
    number = -1 if match["ordinal"] in ("last", "final") else ordinal_number(match["ordinal"])
    if match["unit"] == "half":
        number = 2 if number == -1 else number
        if number not in (1, 2):
            return None
    elif number == -1 or not 1 <= number <= 4:
        number = -1 if number in (-1, 5) else 0
    if not number:
        return None
    month = Term("month", _year(match), month_number(match["month"]))
    core = core_of(match, "week-of-month", month)
    return core._replace(piece=f"{match['unit']} {number}")


def _weekday_of_month(match: re.Match[str]) -> Core | None:
    number = -1 if match["ordinal"].casefold() == "last" else ordinal_number(match["ordinal"])
    if number > 5:
        return None
    month = Term("month", _year(match), month_number(match["month"]))
    core = core_of(match, "weekday-of-month", month)
    return core._replace(piece=f"{match['weekday']} {number}")


def _short_figures(match: re.Match[str]) -> Core:
    core = _figures(match)
    year = short_year(int(match["year"]))
    return core._replace(term=core.term._replace(year=year), rule="short-figures")


_ISO = (
    r"(?P<year>[0-9]{4})(?P<mark>[-/])(?P<month>0[1-9]|1[0-2]|[1-9](?![0-9]))(?P=mark)"
    r"(?P<day>[0-9]{1,2})(?![0-9/-])"
)
_FIGURES = (
    r"(?P<first>[0-9]{1,2})(?P<mark>[/.])(?P<second>[0-9]{1,2})(?P=mark)"
    r"(?P<year>[12][0-9]{3}(?![\w/-]))"
)
_MONTH_YEAR = (
    rf"(?P<month>{MONTH})(?:(?:,| of|[-/])? ?(?P<year>(?<=[ /-]){YEAR}){_NO_COUNT}"
    rf"|,? (?P<worded>{PAIRED_YEAR}|{THOUSANDS_YEAR})|,? (?P<old>[0-9]{{1,4}}) ?(?P<era>{ERA}))"
)
_MONTHS = (
    rf"(?P<month>{MONTH}) ?(?:-|to|through|until) ?(?P<last>{MONTH})(?! [0-9]{{1,2}}(?!\w))"
    rf"{_THEN_YEAR}{_NO_COUNT}"
)
_BARE_MONTH = rf"(?:{FULL_MONTH}(?![\w])|(?:Jan|Feb|Aug|Sept?|Oct|Nov|Dec)\.)"
_SEASON = (
    rf"(?P<season>{SEASON})(?: of|,)? (?:(?P<year>{YEAR}|[12][0-9]{{3}}(?=-[0-9]{{2}}\b))"
    r"(?:-[0-9]{2}(?![\w]))?|'(?P<short>[0-9]{2})(?![\w']))"
)
_OF_LAST_YEAR = r"(?P<relative>(?:[Ll]ast|[Tt]his|[Nn]ext|previous) year)"
_PART_THEN_YEAR = rf"(?:fiscal[ -])?{_UNIT_OF_YEAR}(?:,| of)? (?:fiscal )?(?P<year>{YEAR})"
_YEAR_THEN_PART = (
    rf"(?:(?P<year>{YEAR}) )?(?:fiscal[ -])?{_UNIT_OF_YEAR}(?:(?: of)?(?: the)? {_OF_LAST_YEAR})?"
)
_SHORT_FIGURES = (
    r"(?P<first>[0-9]{1,2})(?P<mark>/)(?P<second>[0-9]{1,2})/(?P<year>[0-9]{2})(?![\w/-])"
)
_WEEK_OF_MONTH = (
    rf"(?P<ordinal>{ORDINAL}|last|final) (?P<unit>week|half) (?:of|in) (?P<month>{MONTH})"
    rf"{_THEN_YEAR}"
)
_WEEKDAY_OF_MONTH = (
    rf"(?P<ordinal>{ORDINAL}|[Ll]ast) (?P<weekday>{WEEKDAY}) (?:of|in) (?P<month>{MONTH})"
    rf"{_THEN_YEAR}"
)
_WEEK_OF_DAY = (
    r"(?:[Tt]he )?week (?:of|beginning|starting|commencing)(?: on)? (?:Monday,? )?"
    rf"(?:(?P<before>{MONTH}) (?P<first>{DAY})|(?P<last>{DAY}) (?P<after>{MONTH})){_THEN_YEAR}"
)
_HOLIDAY = (
    rf"(?:(?P<which>[Ll]ast|[Tt]his|[Nn]ext) )?{HOLIDAY}"
    rf"(?:,? (?P<year>{YEAR})|,? (?:of )?(?P<relative>(?:last|this|next) year)(?![\w']))?"
)
#: a day that names what happened on it, and stands for that year's alone
_KNOWN_DAYS = (
    r"9/11(?![\w/])|(?:Sept(?:ember|\.)?) 11(?:th)?"
    r"(?= (?:terror(?:ist)? )?(?:attacks|hijack|[Cc]ommission))"
)
_ANY_DAY = rf"(?P<day>{DAY}|{WORDED_DAY}(?=[,.;:)]| [12][0-9]{{3}}| (?:and|at|in|to|the)\b|$))"
_DAY_MONTH = rf"{ON_WEEKDAY}(?P<day>{DAY}) ?(?:day )?(?:of )?-?(?P<month>{MONTH}){_THEN_YEAR}"
_WORDED_DAY_MONTH = rf"{ON_WEEKDAY}(?P<day>{WORDED_DAY}) (?:day )?of (?P<month>{MONTH}){_THEN_YEAR}"
_MONTH_DAY = rf"{ON_WEEKDAY}(?P<month>{MONTH}) (?:the )?{_ANY_DAY}{_THEN_YEAR}{_NO_COUNT_OF_DAY}"
_DAYS_MONTH = rf"(?P<day>{DAY}){_TO}{_LAST_DAY} (?:of )?(?P<month>{MONTH}){_THEN_YEAR}"
_MONTH_DAYS = rf"(?P<month>{MONTH}) (?P<day>{DAY}){_TO}{_LAST_DAY}{_THEN_YEAR}"

_RULES: tuple[tuple[re.Pattern[str], Reader], ...] = tuple(
    (re.compile(START + pattern), reader)
    for pattern, reader in (
        (_KNOWN_DAYS, _known_day),
        (_ISO, _iso),
        (_FIGURES, _figures),
        (_SHORT_FIGURES, _short_figures),
        (_WORDED_DAY_MONTH, _day),
        (_DAY_MONTH, _day),
        (_MONTH_DAY, _day),
        (_DAYS_MONTH, _days),
        (_MONTH_DAYS, _days),
        (_MONTH_YEAR, _month),
        (_MONTHS, _months),
        (_BARE_MONTH, _bare_month),
        (_SEASON, _season),
        (rf"{_OF_LAST_YEAR}'s {_UNIT_OF_YEAR}", _part_of_year),
        (_YEAR_THEN_PART, _part_of_year),
        (_PART_THEN_YEAR, _part_of_year),
        (_WEEK_OF_MONTH, _week_of_month),
        (_WEEKDAY_OF_MONTH, _weekday_of_month),
        (_WEEK_OF_DAY, _week_of_day),
        (rf"(?P<weekday>{WEEKDAY})", _weekday),
        (_HOLIDAY, _holiday),
    )
)
