"""Rules for dates that count from the day of writing, or from the date mentioned before."""

import re
from collections.abc import Iterator

from pincite.ingest.tagging.rules import Reader, core_of, find_cores
from pincite.ingest.tagging.traps import is_today
from pincite.ingest.tagging.values import Core, Term
from pincite.ingest.tagging.words import (
    COUNT,
    DAY,
    FULL_MONTH,
    MONTH,
    SEASON,
    SEASONS,
    START,
    WEEKDAY,
    count_number,
    month_number,
    weekday_number,
)

_UNIT = r"(?P<unit>day|week|weekend|month|quarter|year|decade|century)(?![\w]|-(?:old|long))"
_UNITS = r"(?P<unit>days?|weeks?|fortnights?|months?|years?|decades?|centuries|century)(?![\w])"
_HALVES = r"(?: morning| afternoon| evening| night| lunchtime| midnight| noon)?(?![\w])"
_WHICH = {
    **dict.fromkeys(("last", "previous", "past", "preceding", "this past"), "last"),
    **dict.fromkeys(("this", "current", "same"), "this"),
    **dict.fromkeys(("next", "coming", "upcoming", "following", "this coming"), "next"),
}
_HOW_LONG = re.compile(r"\b(?:over|in|for|during|within|through|into|of|to) the $")
_OF_STORY = ("same", "that same", "that", "following", "previous")
_OFFSET = {"last": -1, "this": 0, "next": 1}
_UNIT_OF = {"d": "day", "w": "week", "m": "month", "y": "year"}
_PARTS = {"beg": "START", "sta": "START", "ear": "START", "mid": "MID", "end": "END", "clo": "END"}
_NAMED_DAYS = {
    "yesterday": -1,
    "today": 0,
    "tonight": 0,
    "tomorrow": 1,
    "last night": -1,
    "this morning": 0,
    "this afternoon": 0,
    "this evening": 0,
    "the day before yesterday": -2,
    "the day after tomorrow": 2,
}


def find_relative(words: str) -> Iterator[Core]:
    """Yield what relative dates *words* (plain text) may have; they may overlap."""
    return find_cores(_RULES, words)


def _named_day(match: re.Match[str]) -> Core | None:
    if not is_today(match.string, match.start("name"), match.end("name")):
        return None
    offset = _NAMED_DAYS[match["name"].casefold()]
    return core_of(match, "named-day", Term("day", which="count", offset=offset))


def _which_unit(match: re.Match[str]) -> Core | None:
    which = _WHICH[match["which"].casefold()]
    unit = "season" if match["unit"] == "quarter" else match["unit"]
    the = match.string[max(0, match.start() - 4) : match.start()].casefold() == "the "
    if unit == "day":
        return None
    if the and match["which"] == "next" and unit in ("week", "month", "year"):
        before = match.string[max(0, match.start() - 12) : match.start()]
        opening = re.search(r"(?:^|[.;,] )[Tt]he $", before)
        if opening and re.match(r",? [a-z]|,", match.string[match.end() : match.end() + 3]):
            return core_of(match, "counted-on", Term(unit, which="after", offset=1))
        ends = re.match(r"[;,.)]|$| (?:and|but)\b", match.string[match.end() : match.end() + 5])
        if ends and not _HOW_LONG.search(before):
            return core_of(match, "same", Term(unit, which="after", offset=1))
    if the and match["which"] in ("last", "past", "next", "coming"):
        return None  # "over the last year", "the next week": how long, not when
    if match["which"] in ("past", "coming", "upcoming", "same", "preceding"):
        return None
    if match["which"] in ("previous", "following"):
        return core_of(match, "counted-on", Term(unit, which="after", offset=_OFFSET[which]))
    return core_of(match, "which-unit", Term(unit, which="count", offset=_OFFSET[which]))


def _which_named(match: re.Match[str]) -> Core:
    which = _WHICH[match["which"].casefold()]
    if match["weekday"]:
        return core_of(match, "which-weekday", _weekday(match, which))
    if match["month"]:
        month = month_number(match["month"])
        return core_of(match, "which-month", Term("month", None, month, which=which))
    season = SEASONS[match["season"].casefold()]
    return core_of(match, "which-season", Term("season", None, season, which=which))


def _weekday(match: re.Match[str], which: str) -> Term:
    return Term("day", weekday=weekday_number(match["weekday"]), which=which)


def _season(match: re.Match[str]) -> Core | None:
    return core_of(match, "bare-season", Term("season", None, SEASONS[match["season"].casefold()]))


def _of_week(match: re.Match[str]) -> Core:
    term = _weekday(match, "")
    offset = _OFFSET[_WHICH[match["which"].casefold()]] or 2  # 2: this week
    return core_of(match, "weekday-of-week", term._replace(offset=offset))


def _of_year(match: re.Match[str]) -> Core:
    which = (match["which"] if match["which"] in _OF_STORY else _WHICH[match["which"]]) + " year"
    month = month_number(match["month"])
    written = match["day"] or match["after"]
    if written:
        day = int(written.rstrip("dhnrst"))
        return core_of(match, "of-which-year", Term("day", None, month, day, which=which))
    return core_of(match, "of-which-year", Term("month", None, month, which=which))


def _ago(match: re.Match[str]) -> Core:
    couple = "couple" in match["count"]
    number = 2 if couple else count_number(match["count"])
    ahead = match["way"] in ("later", "after", "from now", "from today", "on", "hence")
    anchored = match["way"] in ("later", "earlier", "before", "after", "previously", "on")
    unit = _UNIT_OF.get(match["unit"][0], "century")
    if match["unit"].startswith("dec"):
        unit, number = "year", 10 * number
    elif match["unit"].startswith("fort"):
        unit, number = "week", 2 * number
    elif unit == "century":
        unit, number = "year", 100 * number
    if match["half"]:
        unit, number = "month", 12 * number + 6
    offset = number if ahead else -number
    rough = bool(match["rough"] or match["so"]) or couple or match["unit"].startswith("dec")
    which = "after" if anchored else "count"
    core = core_of(match, "ago", Term(unit, which=which, offset=offset))
    return core._replace(approximate=rough and unit != "week")


def _year_ago(match: re.Match[str]) -> Core:
    return core_of(match, "year-ago", Term("year", which="count", offset=-1))


def _same(match: re.Match[str]) -> Core:
    return core_of(match, "same", Term(match["unit"], which="after"))


def _the_year_before(match: re.Match[str]) -> Core:
    offset = -1 if match["way"] in ("before", "earlier") else 1
    return core_of(match, "same", Term(match["unit"], which="after", offset=offset))


def _which_day(match: re.Match[str]) -> Core:
    which = _WHICH[match["which"].casefold()]
    day = int(match["day"].rstrip("dhnrst"))
    month = month_number(match["month"])
    return core_of(match, "which-day", Term("day", None, month, day, which=which))


def _latest(match: re.Match[str]) -> Core:
    return core_of(match, "latest-quarter", Term("season", which="count", offset=-1))


def _part(match: re.Match[str]) -> Core:
    unit = "season" if match["unit"] == "quarter" else match["unit"]
    core = core_of(match, "part-of-unit", Term(unit, which="count", offset=0))
    return core._replace(part=_PARTS[match["part"][:3].casefold()])


def _year_end(match: re.Match[str]) -> Core:
    term = Term("year", int(match["year"])) if match["year"] else Term("year", which="count")
    return core_of(match, "year-end", term)._replace(part="END")


def _weekend(match: re.Match[str]) -> Core:
    return core_of(match, "weekend", Term("weekend"))


def _next_weekday(match: re.Match[str]) -> Core:
    before = (match["which"] or match["way"]) in ("previous", "before")
    weekday = weekday_number(match["first"] or match["last"])
    term = Term("day", weekday=weekday, which="after", offset=-1 if before else 1)
    return core_of(match, "counted-on", term)


def _next_day(match: re.Match[str]) -> Core:
    offset = -1 if match["which"] == "previous" else 1
    return core_of(match, "counted-on", Term("day", which="after", offset=offset))


_ROUGH = (
    r"(?P<rough>(?:about|around|nearly|almost|roughly|some|over|more than|approximately"
    r"|just over) )?"
)
_LATE = r"(?:(?:late|later|early|earlier) )?"
_NAMED_DAY = (
    r"(?P<name>the day before yesterday|the day after tomorrow|[Yy]esterday|[Tt]oday|[Tt]onight"
    rf"|[Tt]omorrow|[Ll]ast night|[Tt]his (?:morning|afternoon|evening)){_HALVES}"
)
_WHICH_UNIT = (
    r"(?P<which>[Ll]ast|[Nn]ext|[Tt]his|[Cc]urrent|past|coming|[Pp]revious|[Ff]ollowing) "
    rf"(?:fiscal |financial |calendar |school |academic )?{_UNIT}"
)
_WHICH_NAMED = (
    r"(?P<which>[Ll]ast|[Nn]ext|[Tt]his past|[Tt]his coming|[Tt]his|[Pp]ast|coming) "
    rf"(?:(?P<weekday>{WEEKDAY})|(?P<month>{FULL_MONTH}(?![\w]))(?! [0-9]{{1,2}}(?!\w))"
    rf"|(?P<season>{SEASON}))"
)
_OF_WEEK = rf"(?P<weekday>{WEEKDAY}){_HALVES}(?: of)? (?P<which>last|this|next) week(?![\w])"
_OF_YEAR = (
    rf"(?:(?P<day>{DAY}) )?(?P<month>{MONTH})(?: (?P<after>{DAY}))?(?: of|,| in)?"
    r" (?:the )?(?P<which>last|this|next|same|that same|that|following|previous) year(?![\w])"
)
_AGO = (
    rf"{_ROUGH}(?:exactly |just )?(?P<count>[Aa] couple(?: of)?|{COUNT})"
    rf"(?P<half> and a half)?[ -]{_UNITS}(?P<so> or so| or more)? "
    r"(?P<way>ago|earlier|later|before(?= \w+ed|[,.])|from now|from today|previously|hence)"
    r"(?![\w])"
)
_PART = (
    r"(?:the )?(?P<part>[Ee]nd|[Bb]eginning|[Ss]tart|[Mm]iddle|[Cc]lose) of (?:the|this) "
    r"(?:current )?(?P<unit>week|month|quarter|year|decade|century)(?![\w])"
)
_YEAR_END = r"(?:(?P<year>[12][0-9]{3}) )?[Yy]ear(?:-| |'s )end(?![\w])"
_NEXT_DAY = (
    r"[Tt]he (?P<which>next|following|previous) (?:day|morning|afternoon|evening|night)(?![\w])"
)
_NEXT_WEEKDAY = (
    rf"[Tt]he (?:(?P<which>following|previous) (?P<first>{WEEKDAY})"
    rf"|(?P<last>{WEEKDAY}) (?P<way>before|after)(?=[,.;:)]|$))"
)
#: "that month" where it stands for a date, and is no beginning of "that month-long strike"
_THAT = (
    r"(?:(?<=, )|(?<=; )|(?<=\()|(?<=and )|(?<=but )|(?<=of )|(?<=[Bb]y )|(?<=on )|(?<=[Ii]n )"
    r"|(?<=[Uu]ntil )|(?<=[Ss]ince )|(?<=[Ff]rom )|(?<=[Ll]ater )|(?<=[Ee]arlier )|^|(?<=[.!?] ))"
    r"[Tt]hat (?P<unit>day|week|month|year)(?![\w'-])"
)
_THE_YEAR_BEFORE = (
    r"[Tt]he (?P<unit>day|week|month|year) (?P<way>before|after|earlier|later)(?=[,.;:)]|$)"
)
_WHICH_DAY = (
    rf"(?P<which>[Ll]ast|[Nn]ext|[Tt]his) (?P<month>{MONTH}) (?P<day>{DAY})(?!,? [12][0-9]{{3}})"
)
#: "in the fall" is one of the year; "the fall" may be that of a wall
_IN_THE = "|".join(
    rf"(?<=[{word[0].upper()}{word[0]}]{word[1:]} the )"
    for word in ("in", "by", "since", "until", "during", "throughout", "late in", "early in")
)
_RULES: tuple[tuple[re.Pattern[str], Reader], ...] = tuple(
    (re.compile(START + pattern), reader)
    for pattern, reader in (
        (_NAMED_DAY, _named_day),
        (_WHICH_UNIT, _which_unit),
        (_WHICH_NAMED, _which_named),
        (r"(?<=[Tt]he )(?P<season>summer|autumn|winter)(?! of|[\w-]| [A-Z])", _season),
        (rf"(?:{_IN_THE})(?P<season>spring|fall)(?! of|[\w-]| [A-Z])", _season),
        (_OF_WEEK, _of_week),
        (_OF_YEAR, _of_year),
        (_AGO, _ago),
        (r"[Yy]ear-(?:ago|earlier)(?![\w])", _year_ago),
        (r"(?<=[Tt]he )latest quarter(?![\w])", _latest),
        (_PART, _part),
        (_YEAR_END, _year_end),
        (r"(?:[Tt]he|[Tt]hat) same (?P<unit>day|week|month|year)(?![\w])", _same),
        (_THAT, _same),
        (r"[Tt]hat (?P<unit>day|week|month|year)(?=[,.;:)]|$)", _same),
        (_THE_YEAR_BEFORE, _the_year_before),
        (_WHICH_DAY, _which_day),
        (r"[Tt]he weekend(?![\w])", _weekend),
        (_NEXT_DAY, _next_day),
        (_NEXT_WEEKDAY, _next_weekday),
    )
)
