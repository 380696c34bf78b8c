"""The English words dates are made of, as pieces of patterns, and what each of them stands for.

Patterns run on plain text (see :func:`plain`) and keep to its letter case: a month has a capital.
"""

import re

from pincite.dates.calendar import MONTHS

_WEEKDAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_NUMBERS = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen"),
    *("nineteen", "twenty"),
)
_ORDINALS = (
    *("", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"),
    *("tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth"),
    *("seventeenth", "eighteenth", "nineteenth", "twentieth", "twenty-first"),
)
SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
_UNALIKE = str.maketrans(
    {
        **dict.fromkeys("\t\n\r\v\f\u00a0\u2002\u2003\u2007\u2009\u200a\u202f\u3000", " "),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2212", "-"),
        **dict.fromkeys("\u2018\u2019\u02bc\u2032", "'"),
        **dict.fromkeys("\u201c\u201d", '"'),
    }
)

_NOT_IN_WORD = r"(?<![\w'@#])"
FULL_MONTH = "(?:" + "|".join((*MONTHS, *(name.upper() for name in MONTHS))) + ")"
SHORT_MONTH = r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)(?![A-Za-z'])\.?"
MONTH = rf"(?:{FULL_MONTH}(?![\w])|{SHORT_MONTH})"
WEEKDAY = "(?:" + "|".join(_WEEKDAY_NAMES) + r")(?![\w])"
_SHORT_WEEKDAY = r"(?:Mon|Tues?|Wed|Thurs?|Thu|Fri|Sat|Sun)(?![\w])\.?"
DAY = r"(?:0?[1-9]|[12][0-9]|3[01])(?:st|nd|rd|th)?(?![\w%]|[.,:][0-9])"
YEAR = r"(?:1[0-9]{3}|20[0-9]{2}|2100)(?![\w%/]|[.,:][0-9]|-[0-9])"
ERA = r"(?:BCE|BC|B\.C\.E\.|B\.C\.|CE|C\.E\.|AD|A\.D\.)(?![\w])"
#: "Friday, " in front of a date
ON_WEEKDAY = rf"(?:(?P<on>{WEEKDAY}|{_SHORT_WEEKDAY})(?:,? (?:the )?| \())?"
START = _NOT_IN_WORD + r"(?<![0-9][.,/:-])(?<![$£€¥])"
SEASON = r"(?:[Ss]pring|[Ss]ummer|[Aa]utumn|[Ff]all|[Ww]inter)(?![\w])"
ORDINAL = (
    "(?:(?i:" + "|".join(reversed(_ORDINALS[1:])) + r")|[0-9]{1,2}(?:st|nd|rd|th))(?![A-Za-z])"
)
COUNT = "(?:(?i:an?|" + "|".join(reversed(_NUMBERS[1:])) + r")|(?<![0-9][.,])[1-9][0-9]{0,3})"

#: what was done to those who were counted, or by whom, after a day: "on May 7 killed 12"
_DONE = r"killed|injured|wounded"
#: what is counted, where a number of four digits might be taken for a year
COUNTED = (
    r"(?:people|persons?|troops|soldiers|men|women|children|fighters|rebels|militants|civilians|"
    r"police|officers|personnel|pieces|containers|shells|rounds|tanks|drones|missiles|vehicles|"
    rf"aircraft|planes|ships|boats|guns|rifles|bombs|mines|dead|{_DONE}|others|more|"
    r"times|seconds|minutes|hours?|hrs|days?|weeks|months|years|miles|kilomet(?:re|er)s|km|kg|"
    r"met(?:re|er)s|feet|ft|mm?|cm|tonnes|tons|acres|hectares|square|cubic|dollars|euros|pounds|"
    r"yuan|won|roubles|rubles|yen|cents|points|votes|seats|shares|jobs|workers|staff|employees|"
    r"students|pupils|pages|words|per|percent|homes|houses|GMT|UTC|calories|units|copies|cases|"
    r"deaths|casualties|barrels|litres|liters|gallons|patients|victims|members|delegates|families|"
    r"refugees|migrants|prisoners|companies|flights|books|animals|protesters|demonstrators|"
    r"activists|residents|inhabitants|households|visitors|passengers|tickets|guests|experts|"
    r"million|billion|thousand|hundred|or so|or more)(?![\w])"
)
#: the same after a day of a month, where "killed" is as likely what happened on it
COUNTED_OF_DAY = rf"(?!(?:{_DONE})(?![\w])){COUNTED}"


def plain(text: str) -> str:
    """Return *text* with spaces, dashes and quotation marks made alike, letter for letter."""
    return text.translate(_UNALIKE)


def month_number(name: str) -> int:
    """Return 1 to 12 for "Sept.", "March", "MARCH"."""
    wanted = name[:3].casefold()
    return 1 + next(i for i, month in enumerate(MONTHS) if month[:3].casefold() == wanted)


def weekday_number(name: str) -> int:
    """Return 1 (Monday) to 7 (Sunday) for "Monday", "Tues."."""
    return 1 + next(i for i, day in enumerate(_WEEKDAY_NAMES) if day[:3] == name[:3])


def count_number(words: str) -> int:
    """Return the number that :data:`COUNT` matched."""
    if words.casefold() in ("a", "an"):
        return 1
    return int(words) if words.isdecimal() else _NUMBERS.index(words.casefold())


def ordinal_number(words: str) -> int:
    """Return the number that :data:`ORDINAL` matched."""
    digits = re.match(r"[0-9]+", words)
    return int(digits[0]) if digits else _ORDINALS.index(words.casefold())


def short_year(number: int) -> int:
    """Return the year that two figures stand for: those to 29 are of this century."""
    return number + (2000 if number < 30 else 1900)
