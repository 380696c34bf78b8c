"""Feasts that name a day: which words are one, and which day of a year each falls on."""

import re

from pincite.dates.calendar import Day, day_from_number, day_number

_FIXED = {
    "christmas": (12, 25),
    "christmas day": (12, 25),
    "christmas eve": (12, 24),
    "boxing day": (12, 26),
    "new year's day": (1, 1),
    "new year's eve": (12, 31),
    "valentine's day": (2, 14),
    "st patrick's day": (3, 17),
    "april fools' day": (4, 1),
    "may day": (5, 1),
    "fourth of july": (7, 4),
    "bastille day": (7, 14),
    "halloween": (10, 31),
    "guy fawkes night": (11, 5),
    "armistice day": (11, 11),
    "veterans day": (11, 11),
}
_FROM_EASTER = {
    "ash wednesday": -46,
    "palm sunday": -7,
    "maundy thursday": -3,
    "good friday": -2,
    "easter": 0,
    "easter sunday": 0,
    "easter monday": 1,
}
#: month, weekday (1 is Monday), which of the month; -1 is the last
_NTH = {
    "martin luther king day": (1, 1, 3),
    "presidents day": (2, 1, 3),
    "memorial day": (5, 1, -1),
    "labor day": (9, 1, 1),
    "columbus day": (10, 1, 2),
    "thanksgiving": (11, 4, 4),
    "thanksgiving day": (11, 4, 4),
}
_BARE = frozenset(("christmas", "easter", "thanksgiving", "halloween", "may day"))
_WRITTEN = (
    r"Christmas(?: Day| Eve)?|Boxing Day|New Year'?s(?:'|) (?:Day|Eve)|(?:St\.? )?Valentine's Day"
    r"|St\.? Patrick's Day|April Fools?'?s?'? Day|May Day|(?:the )?Fourth of July|Bastille Day"
    r"|Hallowe'?en|Guy Fawkes Night|Armistice Day|Veterans'? Day|Ash Wednesday|Palm Sunday"
    r"|Maundy Thursday|Good Friday|Easter(?: Sunday| Monday)?|Martin Luther King(?:,? Jr\.?)? Day"
    r"|Presidents'? Day|Memorial Day|Labor Day|Columbus Day|Thanksgiving(?: Day)?"
)
HOLIDAY = rf"(?P<feast>{_WRITTEN})(?![\w'-])"
_AT = re.compile(
    r"\b(?:on|at|by|before|after|since|until|till|last|next|this|around|over|past|of) $",
    re.IGNORECASE,
)


def feast_name(written: str) -> str:
    """Return the name in the tables for what :data:`HOLIDAY` matched."""
    name = written.casefold().removeprefix("the ").replace("st. ", "st ")
    name = name.removeprefix("st ") if "valentine" in name else name
    for pattern, plain in (
        (r"^new year.*(day|eve)$", r"new year's \1"),
        (r"^april fool.*$", "april fools' day"),
        (r"^hallow.*$", "halloween"),
        (r"^veterans.*$", "veterans day"),
        (r"^presidents.*$", "presidents day"),
        (r"^martin luther king.*$", "martin luther king day"),
    ):
        name = re.sub(pattern, plain, name)
    return name


def is_feast(words: str, start: int, end: int, name: str) -> bool:
    """Say whether the words [start, end) are a day and no "Christmas tree" or "Easter Island"."""
    if name not in _BARE:
        return True
    before, after = words[max(0, start - 12) : start], words[end : end + 24]
    if after.startswith("'s") or re.match(r" [A-Z]", after):
        return False
    noun = re.match(
        r" (?!(?:and|but|or|in|at|on|to|when|with|for|was|is|the|he|she|it|they)\b)[a-z]", after
    )
    return _AT.search(before) is not None and noun is None


def feast_day(name: str, year: int) -> Day:
    """Return the day of the feast in *year*, by the Gregorian calendar."""
    if name in _FIXED:
        return Day(year, *_FIXED[name])
    if name in _FROM_EASTER:
        return Day(*day_from_number(day_number(_easter(year)) + _FROM_EASTER[name]))
    month, weekday, which = _NTH[name]
    first = day_number(Day(year, month, 1))
    at = first + (weekday - ((first - 1) % 7 + 1)) % 7
    if which > 0:
        return Day(*day_from_number(at + 7 * (which - 1)))
    days = [Day(*day_from_number(at + 7 * weeks)) for weeks in range(5)]
    return max(day for day in days if day.month == month)


def _easter(year: int) -> Day:
    """Return Easter Sunday by the computus of the Gregorian calendar (Meeus, Jones, Butcher)."""
    golden = year % 19
    century, rest = divmod(year, 100)
    skipped, leap = divmod(century, 4)
    correction = (8 * century + 13) // 25
    epact = (19 * golden + century - skipped - correction + 15) % 30
    fours, odd = divmod(rest, 4)
    weekday = (32 + 2 * leap + 2 * fours - epact - odd) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return Day(year, month, day + 1)
