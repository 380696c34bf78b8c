"""Years, days and decades that are written out in words: "nineteen ninety-six", "twenty-first"."""

import re

_UNITS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TEENS = (
    *("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen"),
    *("eighteen", "nineteen"),
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_UNIT_ORDINALS = (
    *("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"),
    *("tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth"),
    *("seventeenth", "eighteenth", "nineteenth", "twentieth"),
)
_DECADES = (
    *("twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties"),
)
_CENTURIES = {"twenty": 2000, **{word: 100 * (10 + at) for at, word in enumerate(_TEENS)}}
_SMALL = {
    **{word: 1 + at for at, word in enumerate(_UNITS)},
    **{word: 10 + at for at, word in enumerate(_TEENS)},
}
_DAYS = {
    **{word: 1 + at for at, word in enumerate(_UNIT_ORDINALS)},
    **{f"twenty-{word}": 21 + at for at, word in enumerate(_UNIT_ORDINALS[:9])},
    "thirtieth": 30,
    "thirty-first": 31,
}


def _any(words: tuple[str, ...]) -> str:
    return "(?:" + "|".join(sorted(words, key=len, reverse=True)) + ")"


_TO_99 = rf"(?:{_any(_TENS)}(?:[ -]{_any(_UNITS)})?|{_any(_TEENS)}|oh[ -]{_any(_UNITS)}|hundred)"
#: A year of two pairs of figures: "nineteen ninety-six", "twenty nineteen"
PAIRED_YEAR = (
    rf"(?i:{_any(tuple(_CENTURIES)[7:])}|twenty)[ -](?i:{_TO_99})(?![\w]|[ -](?:year|odd|or)\b)"
)
#: "two thousand", "two thousand and eighteen"; a count as often as a year
THOUSANDS_YEAR = rf"(?i:two thousand(?:(?: and)? (?:{_TO_99}|{_any(_UNITS)}))?)(?![\w-])"
WORDED_DAY = "(?i:" + "|".join(sorted(_DAYS, key=len, reverse=True)) + ")(?![\\w-])"
WORDED_DECADE = _any((*_DECADES, "noughties"))
CENTURY_AND_DECADE = rf"(?P<century>(?i:eighteen|nineteen))[ -](?P<tens>{_any(_DECADES)})(?![\w])"


def year_number(words: str) -> int:
    """Return the year that :data:`PAIRED_YEAR` or :data:`THOUSANDS_YEAR` matched."""
    parts = re.split(r"[ -]+", words.casefold())
    if parts[1] == "thousand":
        return 2000 + sum(map(_value, parts[2:]))
    return _CENTURIES[parts[0]] + sum(map(_value, parts[1:]))


def _value(word: str) -> int:
    if word in _TENS:
        return 20 + 10 * _TENS.index(word)
    return _SMALL.get(word, 0)  # "hundred", "oh" and "and" add nothing


def day_of_month(words: str) -> int:
    """Return 1 to 31 for a day as :data:`WORDED_DAY` matched it."""
    return _DAYS[words.casefold()]


def decade_number(words: str) -> int:
    """Return 1990 for "nineties", 2000 for "noughties"."""
    return 2000 if words == "noughties" else 1920 + 10 * _DECADES.index(words)
