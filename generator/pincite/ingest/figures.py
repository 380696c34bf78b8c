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
_SCALES = {"thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
_SCALE = r"(?: (?P<scale>thousand|million|billion))?"
_CURRENCY = {"$": "dollars", "€": "euros", "£": "pounds", "¥": "yen"}
_FIGURE = re.compile(
    rf"(?<![\w.,/-])(?:(?:{_WORDS}) )?(?P<another>another |an additional |additional )?"
    rf"(?P<currency>[$€£¥])?{_NUMBER}{_SCALE}(?P<percent> ?(?:%|per ?cent\b))?"
    r"(?![\w-]|[.,:/][0-9])(?: (?P<noun>[^\W\d][\w'’-]*(?: [^\W\d][\w'’-]*){0,6}))?",
    re.IGNORECASE,
)
_STOP = re.compile(
    r"\b(?:to|in|on|at|by|from|for|with|and|or|who|which|that|as|after|before|since|into|over"
    r"|have|has|had|are|is|was|were|been|being|will|would|could|may|might|than|while|during|across"
    r"|against|near|under|until|per|a|an|were)\b",
    re.IGNORECASE,
)
_FATE = re.compile(
    r"\b(killed|wounded|injured|missing|dead|captured|arrested|displaced|detained|injuries|deaths)\b"
)


class Reading(NamedTuple):
    """A figure as the words have it. *qualifier* is "" where there is none."""

    start: int
    end: int
    value: int | float
    qualifier: str
    unit: str
    measure: str


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
        reading = _read(sentence, match)
        if reading is not None:
            found.append(reading)
    return tuple(found)


def _read(sentence: str, match: re.Match[str]) -> Reading | None:
    value: int | float = int(match["number"].replace(",", ""))
    if match["fraction"]:
        value = float(f"{value}{match['fraction']}")
    if match["scale"]:
        value = value * _SCALES[match["scale"].casefold()]
        value = int(value) if value == int(value) else value
    noun = _noun(match["noun"] or "")
    fate = _FATE.search(sentence, match.end("number"), match.end("number") + 90)
    if match["percent"]:
        unit = "per cent"
    elif match["currency"]:
        unit = _CURRENCY[match["currency"]]
    else:
        unit = noun.split(" of ")[0].rsplit(" ", 1)[-1]
    if fate and not unit:
        unit = fate[1]
    if not unit:
        return None
    words = noun or unit
    measure = f"{words}, {fate[1]}" if fate and fate[1] not in words else words
    qualifier = next((name for name in _QUALIFIERS if match[name.replace("-", "_")]), "")
    return Reading(match.start(), match.end("number"), value, qualifier, unit, measure)


def _noun(words: str) -> str:
    stop = _STOP.search(words)
    return (words[: stop.start()] if stop else words).strip()
