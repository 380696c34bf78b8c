"""A month or day without its year in a story of another year: "In 1989 … In December …".

The date told before it gives the year where it is stated, precise and in the past; a sentence
that looks ahead, or one of the words "last", "this" and "next", starts from the day of writing.
"""

import re
from typing import NamedTuple

from pincite.dates.calendar import Day
from pincite.ingest.sentences import Sentence
from pincite.ingest.tagging.modifiers import NOUN, Modifiers
from pincite.ingest.tagging.values import Core, Point, Term

_HALF = 6  # months on: "September 2015 … in January" is the January after it
_OPENING = 24  # letters in which a year opens its sentence
_ASIDE = re.compile(r"\b(?:born|died|founded|established|elected|since|b\.|d\.)[^.;]{0,24}$|\($")
_ARTICLE = re.compile(r"\b(?:the|an?|its|his|her|their) $", re.IGNORECASE)
_IN = re.compile(r"in |during ", re.IGNORECASE)
_FROM_NOW = ("as-of", "since", "at-least")  # "has been closed since the summer"
_DIRECTLY = re.compile(r", (?:first |again |both |once )?(?:in|on) ")
_CARRIES_ON = re.compile(r"\b(?:and|then|but|until|before)\b|;|\(")


class Told(NamedTuple):
    """A date that carries a story: where it stands, and what it came to."""

    point: Point
    modifiers: Modifiers
    sentence: Sentence
    follows: bool  # another date of the story


def read_on(
    words: str,
    sentence: Sentence,
    core: Core,
    modifiers: Modifiers,
    before: Told | None,
    days: tuple[Day, ...],
    ahead: int,
) -> tuple[Core, bool]:
    """Return *core*, with the year of the story if it belongs to one, and whether it carries one.

    *days* are those of publication, of which a story is never later.
    """
    term = core.term
    bare = term.year is None and not term.which and not term.feast
    if not bare or not term.month or core.last is not None:
        return core, _carries(words, sentence, core, modifiers)
    if before is None or ahead > 0 or modifiers.bound in _FROM_NOW:
        return core, False
    if not _belongs(words, sentence, core, before):
        return core, False
    year = _next_year(term, before.point)
    told = term._replace(year=year)
    if days and (year, term.month) > (days[-1].year, days[-1].month):
        return core, False
    return core._replace(term=told, rule=f"{core.rule}-of-story"), True


def _carries(words: str, sentence: Sentence, core: Core, modifiers: Modifiers) -> bool:
    """Say whether a story may go on from here: a stated day or month, or "In 1989 …"."""
    term = core.last or core.term
    if not term.stated or term.feast or modifiers.bound == "since":
        return False
    if _ASIDE.search(words, max(sentence.start, modifiers.start - 40), modifiers.start):
        return False
    article = _ARTICLE.search(words, max(sentence.start, core.start - 8), core.start)
    if article and term.unit != "season" and NOUN.match(words, core.end):
        return False  # "the August 1988 cease-fire"
    if term.unit == "year":
        opens = core.start - sentence.start <= _OPENING
        return opens and _IN.fullmatch(words, modifiers.start, core.start) is not None
    return term.unit in ("day", "month", "season")


def _belongs(words: str, sentence: Sentence, core: Core, before: Told) -> bool:
    if before.sentence != sentence:
        return "\n" not in words[before.modifiers.end : core.start]
    if before.follows:
        return True
    if before.point.unit == "year" and _DIRECTLY.match(words, before.modifiers.end):
        return True
    return _CARRIES_ON.search(words, before.modifiers.end, core.start) is not None


def _next_year(term: Term, point: Point) -> int:
    """Return the year in which *term* follows *point*, if that is not too far on."""
    if point.unit == "year" or term.month > 12 or point.month > 12:
        return point.year
    first = (term.month, term.day or 31) >= (point.month, point.day)
    months = (term.month - point.month) % 12
    return point.year if first or months > _HALF else point.year + 1
