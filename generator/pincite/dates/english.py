"""Dates as people write them in English and in figures, turned into EDTF to be offered.

It only ever guesses at a whole text, and only where the guess is plain; nothing is read silently.
"""

import re

from pincite.dates.calendar import (
    MONTHS,
    Day,
    day_from_number,
    day_number,
    edtf_year,
    month_length,
)

_SHORT_MONTHS = tuple(name[:3].lower() for name in MONTHS)
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?"
    r"|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_YEAR = r"(?P<year>[0-9]{3,4}(?= *$)|[0-9]{4}|[0-9]{1,5}(?= *(?:bce?|b\.c|ce|c\.e|a\.?d)))"
_ERA = r"(?: *(?P<era>bce?|b\.c\.(?:e\.)?|ce|c\.e\.|ad|a\.d\.))?"
_DAY = r"(?P<day>0?[1-9]|[12][0-9]|3[01])(?:st|nd|rd|th)?"
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,? )?(?:the )?"
_SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
_THIRDS = {"early": 0, "beginning": 0, "start": 0, "mid": 1, "middle": 1, "late": 2, "end": 2}
_PART = r"(?P<part>early|beginning|start|mid|middle|late|end)(?:-| of | in | )"

_ABOUT = re.compile(
    r"(?:circa|ca?\.?|about|around|approx(?:imately)?\.?|roughly|near) ?(?P<rest>.+)"
)
_PERHAPS = re.compile(
    r"(?:perhaps|possibly|probably|maybe|uncertain:?|allegedly|reportedly) (?P<rest>.+)"
)
_DOUBT_AFTER = re.compile(r"(?P<rest>.*[^ ?]) ?(?:\?|\(\?\)|\[\?\])")
_RANGE = re.compile(
    r"(?:(?P<word>between|from) )?(?P<first>.+?)(?: (?:and|to|until|till|through) | ?-{1,2} | ?/ ?)"
    r"(?P<last>.+)"
)
_SINCE = re.compile(r"(?:since|from|starting)(?: at least)? (?P<rest>.+)|(?P<onwards>.+) onwards?")
_UNTIL = re.compile(r"(?:until|till|up to|by|as of|no later than|at the latest) (?P<rest>.+)")
_BEFORE = re.compile(r"(?:before|prior to|pre-) ?(?P<rest>.+)")
_AFTER = re.compile(r"(?:after|post-|later than|no earlier than) ?(?P<rest>.+)")
_SIMPLE: tuple[re.Pattern[str], ...] = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_WEEKDAY}{_DAY}(?: of)?[ -]?{_MONTH},?[ -]?{_YEAR}{_ERA}",
        rf"{_WEEKDAY}{_MONTH} ?{_DAY},? {_YEAR}{_ERA}",
        rf"{_YEAR},? {_MONTH} {_DAY}",
        rf"{_PART}{_MONTH},? {_YEAR}{_ERA}",
        rf"{_PART}(?P<year>[0-9]{{4}})",
        rf"{_MONTH}(?: of)?,?[ -]?{_YEAR}{_ERA}",
        rf"(?:the )?(?P<season>spring|summer|autumn|fall|winter)(?: of)?,? {_YEAR}{_ERA}",
        r"(?P<year>[0-9]{4})[ -](?P<season>spring|summer|autumn|fall|winter)",
        r"q(?P<quarter>[1-4])[ /-]?(?P<year>[0-9]{4})",
        r"(?P<year>[0-9]{4})[ /-]?q(?P<quarter>[1-4])",
        r"(?:the )?(?P<decade>[0-9]{3}0)'?s",
        rf"(?:the )?(?P<century>[0-9]{{1,2}})(?:st|nd|rd|th) (?:century|c\.?){_ERA}",
        r"(?:ad|a\.d\.) ?(?P<year>[0-9]{1,4})",
        r"(?P<year>[0-9]{1,5}) ?(?P<era>bce?|b\.c\.(?:e\.)?|ce|c\.e\.|ad|a\.d\.)",
        r"(?P<year>[0-9]{3})",
        r"(?P<year>[0-9]{4})[-/. ](?P<number>1[0-2]|0?[1-9])(?:[-/. ](?P<day>[0-9]{1,2}))?",
        r"(?P<year>[0-9]{4})(?P<number>1[0-2]|0[1-9])(?P<day>0[1-9]|[12][0-9]|3[01])",
        r"(?P<year>1[0-9]{3}|20[0-9]{2})(?P<number>1[0-2]|0[1-9])",
        r"(?P<day>0?[1-9]|[12][0-9]|3[01])[-/. ](?P<number>1[0-2]|0?[1-9])[-/. ](?P<year>[0-9]{4})",
        r"(?P<number>1[0-2]|0?[1-9])[-/. ](?P<day>[12][0-9]|3[01])[-/. ](?P<year>[0-9]{4})",
        r"(?P<number>1[0-2]|0?[1-9])[-/. ](?P<year>[0-9]{4})",
        r"(?P<year>[0-9]{4})-(?P<ordinal>[0-9]{3})",
        r"(?P<year>[0-9]{4})-?w(?P<week>0[1-9]|[1-4][0-9]|5[0-3])(?:-?(?P<weekday>[1-7]))?",
        r"(?P<year>-?[0-9]{4})",
    )
)


def find_english(text: str) -> str | None:
    """Return EDTF for a date in words or figures (single spaces, plain hyphens), or None."""
    words = text.casefold().rstrip(".").strip()
    return _find(words.removeprefix("on ").removeprefix("in "), depth=0)


def _find(words: str, depth: int) -> str | None:
    simple = _simple(words)
    if simple is not None or depth == 3:
        return simple
    for pattern, mark in ((_ABOUT, "~"), (_PERHAPS, "?"), (_DOUBT_AFTER, "?")):
        if match := pattern.fullmatch(words):
            return _qualified(_find(match["rest"], depth + 1), mark)
    for pattern, before, after in (
        (_SINCE, "", "/.."),
        (_UNTIL, "../", ""),
        (_BEFORE, "[..", "]"),
        (_AFTER, "[", "..]"),
    ):
        if pattern is _SINCE and (span := _range(words, depth)) is not None:
            return span
        if match := pattern.fullmatch(words):
            inner = _find(match["rest"] or match[match.lastgroup or 0], depth + 1)
            if inner is not None and inner.startswith("[") and inner[1:8] == inner[13:20]:
                inner = inner[1:8]  # "by mid-March" says no more than "by March"
            plain = inner is not None and not set(inner) & set("/[{")
            return f"{before}{inner}{after}" if plain else None
    return None


def _range(words: str, depth: int) -> str | None:
    match = _RANGE.fullmatch(words)
    if match is None:
        years = re.fullmatch(r"([0-9]{4})-([0-9]{4}|[0-9]{2})", words)
        return f"{years[1]}/{years[1][: 4 - len(years[2])]}{years[2]}" if years else None
    first, last = match["first"], match["last"]
    if (end := _find(last, depth + 1)) is None or set(end) & set("/[{"):
        return None
    start = _find(first, depth + 1)
    if start is None:  # "7 to 9 March 2025", "January to March 2025": the rest stands at the end
        pieces = last.split(" ")
        for cut in range(1, len(pieces)):
            if (start := _simple(" ".join((first, *pieces[cut:])))) is not None:
                break
    if start is None or set(start) & set("/[{"):
        return None
    return f"[{start}..{end}]" if match["word"] == "between" else f"{start}/{end}"


def _qualified(date: str | None, mark: str) -> str | None:
    if date is None or set(date) & set("/[{"):
        return date  # a range says already that it is not exact
    return date[:-1] + "%" if date[-1] in "?~%" and date[-1] != mark else date.rstrip(mark) + mark


def _simple(words: str) -> str | None:
    for pattern in _SIMPLE:
        if match := pattern.fullmatch(words):
            return _written({k: v for k, v in match.groupdict().items() if v})
    return None


def _written(found: dict[str, str]) -> str | None:
    before_christ = found.get("era", "").startswith("b")
    if "decade" in found:
        return f"{found['decade'][:3]}X"
    if "century" in found:
        last = int(found["century"]) * 100
        if not last:
            return None
        span = (-last + 1, -last + 100) if before_christ else (last - 99, last)
        return f"[{edtf_year(span[0])}..{edtf_year(span[1])}]"
    number = int(found["year"])
    if before_christ and not number:
        return None
    number = 1 - number if before_christ else number
    year = edtf_year(number)
    if "week" in found:
        return _week(number, int(found["week"]), int(found.get("weekday", "0")))
    if "ordinal" in found:
        day = day_from_number(day_number(Day(number, 1, 1)) + int(found["ordinal"]) - 1)
        return day.isoformat() if day.year == number else None
    if "season" in found:
        return f"{year}-{_SEASONS[found['season']]}"
    if "quarter" in found:
        return f"{year}-{32 + int(found['quarter'])}"
    if "part" in found and "month" not in found:
        start = 1 + 4 * _THIRDS[found["part"]]
        return f"[{year}-{start:02d}..{year}-{start + 3:02d}]"
    month = int(found["number"]) if "number" in found else 0
    if "month" in found:
        month = 1 + _SHORT_MONTHS.index(found["month"][:3])
    if "part" in found:
        # Thirds of a month, by convention: 1-10, 11-20, 21 to the end.
        third = _THIRDS[found["part"]]
        last = (10, 20, month_length(number, month))[third]
        return f"[{year}-{month:02d}-{1 + 10 * third:02d}..{year}-{month:02d}-{last:02d}]"
    if not month:
        return year
    if "day" not in found:
        return f"{year}-{month:02d}"
    return f"{year}-{month:02d}-{min(int(found['day']), month_length(number, month)):02d}"


def _week(year: int, week: int, weekday: int) -> str | None:
    """Return an ISO 8601 week as an interval of days, or one day of it."""
    fourth = day_number(Day(year, 1, 4))  # always in week 1
    monday = fourth - (fourth - 1) % 7 + 7 * (week - 1)  # day 1 was a Monday
    if day_from_number(monday + 3).year != year:
        return None
    if weekday:
        return day_from_number(monday + weekday - 1).isoformat()
    return f"{day_from_number(monday).isoformat()}/{day_from_number(monday + 6).isoformat()}"
