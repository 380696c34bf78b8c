"""Dates as programs and people write them, read strictly: only what is plain is guessed at."""

import re
from typing import Final

from pincite.dates import Date, parse_date
from pincite.dates.english import find_english
from pincite.importers.moments import (
    UNKNOWN,
    Moment,
    Reading,
    Refusal,
    historical,
    make_moment,
    one_moment,
    read_time,
    stretch,
)

_MONTHS: Final = (
    "jan",
    "feb",
    "mar",
    "apr",
    "may",
    "jun",
    "jul",
    "aug",
    "sep",
    "oct",
    "nov",
    "dec",
)
_MONTH: Final = (
    r"(?P<name>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?"
    r"|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY: Final = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR: Final = r"(?P<year>\d{4,6}|\d{1,6}(?=\s*(?:b\.?c|a\.?d|c\.?e)))"
_ERA: Final = r"(?:\s*(?P<era>b\.?c\.?(?:e\.?)?|a\.?d\.?|c\.?e\.?)(?![a-z]))?"
_WEEKDAY: Final = (
    r"(?:(?:mon|tue(?:s)?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
)
_TAIL: Final = r"(?:(?:,?\s+(?:at\s+)?|T)(?P<time>\d{1,2}(?:[:.]\d|\s*[ap]\.?m).*))?"
_SIGNED: Final = r"(?P<sign>[-+]?)(?P<year>\d{4,6})"
_FORMS: Final = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_SIGNED}-(?P<month>\d{{2}})(?:-(?P<day>\d{{2}}){_TAIL})?",
        rf"(?P<sign>)(?P<year>\d{{4}})(?P<month>\d{{2}})(?P<day>\d{{2}}){_TAIL}",
        rf"(?P<sign>)(?P<year>\d{{4}})[/.](?P<month>\d{{1,2}})(?:[/.](?P<day>\d{{1,2}}){_TAIL})?",
        rf"{_WEEKDAY}{_MONTH}\s+{_DAY},?\s+{_YEAR}{_ERA}{_TAIL}",
        rf"{_WEEKDAY}{_DAY}(?:\s+of)?[\s-]+{_MONTH},?[\s-]+{_YEAR}{_ERA}{_TAIL}",
        rf"{_MONTH}(?:\s+of)?,?[\s-]+{_YEAR}{_ERA}",
        rf"(?:(?P<era_before>a\.?d\.?)\s*)?(?P<sign>[-+]?)(?P<year>\d{{1,18}}){_ERA}",
    )
)
_FIGURES: Final = re.compile(
    rf"(?:(?P<one>\d{{1,2}})[/.-])?(?P<two>\d{{1,2}})[/.-](?P<year>\d{{4}}){_TAIL}", re.IGNORECASE
)
_RANGE: Final = re.compile(r"(.{3,60}?)(?:\s+-\s+|\s+to\s+|\s*/\s*)(.{3,60})", re.IGNORECASE)
_DASHES: Final = str.maketrans(dict.fromkeys("‐‑‒–—−", "-"))
_NAMED_DAY: Final = re.compile(
    r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s+(\d{1,2})(?!\d)"
    r"|(?<!\d)(\d{1,2})(?:st|nd|rd|th)?\s+(?:of\s+)?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)",
    re.IGNORECASE,
)


def read_moment(
    text: str, *, day_first: bool = False, without_zero: bool = False
) -> Moment | Refusal:
    """Read one plain date of a program or a person.

    ``3/4/2025`` is 4 March, or with *day_first* 3 April. Of a year with a sign, ``-44`` is
    45 BCE (astronomical), or with *without_zero* 44 BCE.
    """
    text = " ".join(text.translate(_DASHES).split())
    figures = _FIGURES.fullmatch(text)
    if figures:
        one, two = figures["one"], figures["two"]
        if one is None:
            return _made(int(figures["year"]), int(two), 0, figures["time"], without_zero=False)
        month, day = (two, one) if day_first else (one, two)
        return _made(int(figures["year"]), int(month), int(day), figures["time"])
    for form in _FORMS:
        match = form.fullmatch(text)
        if match:
            return _of_form({k: v for k, v in match.groupdict().items() if v}, without_zero)
    return Refusal(f"`{text[:60]}` is not a date that can be read for certain", shape=True)


def is_either_way(text: str) -> bool:
    """Say whether *text* is a day in figures that may have its month first or its day."""
    found = _FIGURES.fullmatch(" ".join(text.translate(_DASHES).split()))
    if found is None or found["one"] is None:
        return False
    one, two = int(found["one"]), int(found["two"])
    return one != two and one <= 12 and two <= 12


def _of_form(found: dict[str, str], without_zero: bool) -> Moment | Refusal:
    for name in ("month", "day"):
        if found.get(name, "1").strip("0") == "":
            return Refusal(f"there is no {name} {found[name]}")
    year = int(found["year"])
    if found.get("era", "").lower().startswith("b"):
        if not year:
            return Refusal("there is no year 0 BCE")
        year = 1 - year
    elif found.get("sign") == "-":
        return _made(-year, *_rest(found), without_zero=without_zero)
    elif not year and (found.get("era") or found.get("era_before") or without_zero):
        return Refusal("there is no year 0")
    return _made(year, *_rest(found), without_zero=False)


def _rest(found: dict[str, str]) -> tuple[int, int, str | None]:
    month = int(found.get("month", 0))
    if "name" in found:
        month = 1 + _MONTHS.index(found["name"][:3].lower())
    return month, int(found.get("day", 0)), found.get("time")


def _made(
    year: int, month: int, day: int, time: str | None, *, without_zero: bool = False
) -> Moment | Refusal:
    if without_zero:
        shifted = historical(year)
        if isinstance(shifted, Refusal):
            return shifted
        year = shifted
    if not time:
        return make_moment(year, month, day)
    read = read_time(time)
    if isinstance(read, Refusal):
        return read
    return make_moment(year, month, day, *read)


def read_written(text: str, *, day_first: bool = False, without_zero: bool = False) -> Reading:
    """Read a date, a range or a hazy date in EDTF, in figures or in English words.

    What cannot be read for certain is ``unknown``, with a refusal that says why.
    """
    text = " ".join(text.translate(_DASHES).split())
    if not text:
        return Reading(UNKNOWN, refusals=("there is no date",))
    moment = read_moment(text, day_first=day_first, without_zero=without_zero)
    if isinstance(moment, Moment):
        return one_moment(moment)
    if isinstance(parse_date(text), Date):
        return Reading(text)
    parts = _RANGE.fullmatch(text)
    if parts:
        start = read_moment(parts[1], day_first=day_first, without_zero=without_zero)
        end = read_moment(parts[2], day_first=day_first, without_zero=without_zero)
        if isinstance(start, Moment) and isinstance(end, Moment):
            return stretch(start, end)
    hazy = find_hazy(text) if moment.shape else None
    if hazy is not None:
        return Reading(hazy, (f"`{text[:60]}` became {hazy}",))
    return Reading(UNKNOWN, refusals=(moment.message,), partial=True)


def find_hazy(text: str) -> str | None:
    """Return EDTF for English such as "circa 520", "early March 2020", "before 1500", or None."""
    text = " ".join(text.translate(_DASHES).split())
    if len(text) > 120 or re.search(r"\d\s*[/.]\s*\d", text):
        return None
    found = find_english(text)
    if found is None or not isinstance(parse_date(found), Date):
        return None
    for match in _NAMED_DAY.finditer(text):
        # The English reader offers the last day of a month for 30 February; here it is refused.
        days = [group for group in match.groups() if group and group.isdecimal()]
        if any(f"-{int(day):02d}" not in found for day in days):
            return None
    return found


def find_doubt(display: str, edtf: str) -> str | None:
    """Return the EDTF of a display date that says the same as *edtf* with a doubt or a bound."""
    shown = find_hazy(display)
    if shown is None or shown == edtf:
        return None
    if shown.strip("?~%") == edtf or shown in {f"[..{edtf}]", f"[{edtf}..]"}:
        return shown
    return None


def says_the_same(display: str, edtf: str) -> bool:
    """Say whether *display* is nothing but *edtf* in another form."""
    if read_written(display).edtf == edtf or read_written(display, day_first=True).edtf == edtf:
        return True
    day = edtf.partition("T")[0]
    return day != edtf and read_written(display).edtf == day
