"""Numbers of something in an English sentence, with how exact the words say they are."""

import re
from collections.abc import Iterable
from typing import NamedTuple

_QUALIFIERS = {
    "approx": (
        "approximately|around|about|roughly|some|nearly|almost|an estimated|estimated|circa"
        "|close to"
    ),
    "at-least": (
        "more than|at least|over|no fewer than|no less than|upwards of|in excess of|exceeding"
    ),
    "up-to": "up to|as many as|as much as|at most|fewer than|less than|no more than|under",
}
_WORDS = "|".join(f"(?P<{name.replace('-', '_')}>{words})" for name, words in _QUALIFIERS.items())
_NUMBER = r"(?P<number>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?P<fraction>\.[0-9]+)?"
_LOWER = (
    r"(?:(?P<range>between |from )?(?P<lower>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?P<part>\.[0-9]+)?"
    r"(?(range)(?: and | to |[-–])|(?: to |[-–]))(?=[0-9$€£¥]))?"
)
_SCALES = {
    "thousand": 1_000,
    "million": 1_000_000,
    "billion": 1_000_000_000,
    "trillion": 1_000_000_000_000,
    "k": 1_000,
    "m": 1_000_000,
    "mn": 1_000_000,
    "bn": 1_000_000_000,
    "tn": 1_000_000_000_000,
}
_SCALE = r"(?: (?P<scale>thousand|million|billion|trillion)|(?P<short>(?:k|mn?|bn|tn)\b))?"
_LENGTH = r"(?:(?:kilo|centi|milli)?met(?:re|er)s?|km|cm|miles?|feet|foot|yards?|inch(?:es)?)"
#: units of more than one word, or with words after them that are no part of the unit
_UNIT = re.compile(
    rf"(?:(?:square|cubic|nautical) {_LENGTH}|{_LENGTH}|degrees (?:Celsius|Fahrenheit|centigrade)"
    r"|light[- ]years|(?:US|Australian|Canadian|Hong Kong) dollars|(?:metric )?ton(?:ne)?s"
    r"|(?:milli|kilo|mega|giga)?(?:grams?|litres?|liters?|watts?|tons?)|kg|hectares?|acres?"
    r"|barrels?|gallons?|(?:kilo|mega|giga)?watt[- ]hours|hours?|minutes?|seconds?|knots?)\b"
    r"(?: (?:per|an?) (?:second|minute|hour|day|week|month|year|person|head)\b)?",
    re.IGNORECASE,
)
_CLAUSE_END = re.compile(r"[,;] |[0-9]")
_FAR = 90  # characters
_SCORE = re.compile(r"(?:vote|win|victory|defeat|loss|lead|draw|decision|majority)\b")
_AGE = re.compile(r"years?[- ]old\b|years of age\b", re.IGNORECASE)
_CURRENCY = {"$": "dollars", "€": "euros", "£": "pounds", "¥": "yen"}
_FIGURE = re.compile(
    rf"(?<![\w.,:/-])(?:(?:{_WORDS}) )?(?P<another>another |an additional |additional )?"
    rf"(?P<currency>[$€£¥])?{_LOWER}(?:[$€£¥])?{_NUMBER}{_SCALE}(?P<percent> ?(?:%|per ?cent\b))?"
    r"(?![\w-]|[.,:/][0-9])(?: (?P<noun>[^\W\d][\w'’-]*(?: [^\W\d][\w'’-]*){0,6}))?",
    re.IGNORECASE,
)
_STOP = re.compile(
    r"\b(?:to|in|on|at|by|from|for|with|and|or|who|which|that|as|after|before|since|into|over"
    r"|have|has|had|are|is|was|were|been|being|will|would|could|may|might|than|while|during|across|between"
    r"|against|near|under|until|per|a|an|were|died|fled|left|fell|took|said|came|went|made|rose|tall|hurt"
    r"|long(?!-)|wide(?!-)|high(?!-)|deep(?!-)|away|each|arrive[sd]?|hit|struck"
    r"|(?<=\w )(?!armed|wounded|injured|unmanned|united)[a-z]{2,}ed)\b",
    re.IGNORECASE,
)
_FATE = re.compile(
    r"\b(killed|wounded|injured|missing|dead|captured|arrested|displaced|detained|injuries|deaths)\b"
)


#: before the number of a rule, a room or a round
_NUMBERED = re.compile(
    r"\b(?:sections?|articles?|rules?|paragraphs?|chapter|pages?|part|phase|stage|level|round|nos?\."
    r"|number|resolution|protocol|annex|regulation|class|type|block|gate|flight|route|room|version"
    r"|day|week|apollo)"
    r" (?:[0-9]+ (?:to|and) )?$",
    re.IGNORECASE,
)
_OF_THEM = re.compile(r"of\b(?: (?:the|those|these|them|whom|which|its|their)\b)? ?", re.IGNORECASE)
_OF_WHAT = re.compile(
    r" of (?:the )?(?P<first>[a-z-]+ )?(?P<rest>[^\W\d][\w'’-]*(?: [\w'’-]+){0,3})"
)


class Reading(NamedTuple):
    """A figure as the words have it. *qualifier* is "" where there is none.

    Of a range *value* is the upper end, and *lower* the other; None where there is no range.
    """

    start: int
    end: int
    value: int | float
    qualifier: str
    unit: str
    measure: str
    lower: int | float | None = None


def find_figures(sentence: str, dates: Iterable[tuple[int, int]]) -> tuple[Reading, ...]:
    """Return the figures of *sentence*, leaving out what is part of one of its *dates*.

    "Hundreds of" is no figure, and a number without anything counted is none either.
    """
    taken = tuple(dates)
    found = []
    for match in _FIGURE.finditer(sentence):
        place = match.start("number")
        if any(start <= place < end for start, end in taken):
            continue
        if _NUMBERED.search(sentence, max(0, match.start() - 16), match.start()):
            continue
        reading = _read(sentence, match)
        if reading is not None:
            found.append(reading)
    return tuple(found)


def _read(sentence: str, match: re.Match[str]) -> Reading | None:
    if (match["short"] or "").casefold() in ("k", "m") and not match["currency"]:
        return None  # "5 m" is a length, "10k" a race
    scale = _SCALES.get((match["scale"] or match["short"] or "").casefold(), 1)
    value = _value(match["number"], match["fraction"], scale)
    lower = _value(match["lower"], match["part"], scale) if match["lower"] else None
    if _AGE.match(match["noun"] or ""):
        return None
    known = _UNIT.match(sentence, match.start("noun")) if match["noun"] else None
    noun = _noun(match["noun"] or "")
    noun = _OF_THEM.sub("", noun, count=1) if noun.casefold().startswith("of") else noun
    fate = _FATE.search(
        sentence, match.end("number"), _end_of_clause(sentence, match.end("number"))
    )
    if match["percent"]:
        unit = "per cent"
    elif match["currency"]:
        unit = _CURRENCY[match["currency"]]
    elif known:
        unit = known[0]
    else:
        unit = noun.split(" of ")[0].rsplit(" ", 1)[-1]
    if fate and not unit:
        unit = fate[1]
    if not unit:
        return None
    words = noun if len(noun) >= len(unit) else unit
    if known and (what := _OF_WHAT.match(sentence, known.end())):
        words = f"{what['first'] or ''}{_noun(what['rest'])}".strip() or known[0]
    measure = f"{words}, {fate[1]}" if fate and fate[1] not in words else words
    if lower is not None and (not lower < value or _SCORE.match(match["noun"] or "")):
        return None
    qualifier = next((name for name in _QUALIFIERS if match[name.replace("-", "_")]), "")
    return Reading(match.start(), match.end("number"), value, qualifier, unit, measure, lower)


def _end_of_clause(sentence: str, place: int) -> int:
    """Return how far from *place* what befell those counted may stand."""
    end = _CLAUSE_END.search(sentence, place)
    return min(place + _FAR, end.start() if end else len(sentence))


def _value(number: str, fraction: str | None, scale: int) -> int | float:
    value: int | float = int(number.replace(",", ""))
    if fraction:
        value = float(f"{value}{fraction}")
    value = value * scale
    return int(value) if value == int(value) else round(value, 6)


def _noun(words: str) -> str:
    stop = _STOP.search(words)
    return (words[: stop.start()] if stop else words).strip()
