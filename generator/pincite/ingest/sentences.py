"""Where English sentences begin and end, as places in the text; every letter stays where it was.

A sentence ends at a full stop, question or exclamation mark before white space and something that
can begin one; never after an abbreviation or an initial.
"""

import re
from itertools import pairwise
from typing import NamedTuple

_END = re.compile(r"[.!?…][\"'”’)\]]*(?=\s)")
_BREAK = re.compile(r"\n\s*\n")
_OPENS = re.compile(r"\s+[\"'“‘(\[]*(?:[^\W\d_a-zß-öø-ÿ]|[0-9])")
_ABBREVIATION = re.compile(
    r"adm|approx|apr|aug|ave|brig|ca|capt|cf|co|col|comdr|corp|cpl|dec|dept|dr|drs|est|et|"
    r"etc|feb|ft|gen|gov|hon|inc|jan|jr|jul|jun|lt|ltd|maj|mar|messrs|mr|mrs|ms|mt|nov|oct|"
    r"pres|prof|pvt|rep|reps|rev|sen|sens|sep|sept|sgt|sr|st|ste|supt|univ|vs",
    re.IGNORECASE,
)
# These are abbreviations in front of a number only: "No. 10", but "He said no. Then …"
_NUMBERED = re.compile(r"nos?|figs?|arts?|op|pp?|sec|vols?|ch|eds?|pt", re.IGNORECASE)
# These end a sentence as often as not; they do when what follows is a word sentences begin with.
_OPENERS = re.compile(
    r"\s+[\"'“‘(\[]*(?:The|A|An|In|On|At|It|He|She|They|We|But|And|This|That|These|Those|His|Her|"
    r"Their|Its|I|By|For|After|Before|As|When|While|However|Officials|According)\b"
)
_LETTERS = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]\Z|\b[^\W\d_]\Z")
_DIGIT = re.compile(r"\s+[0-9]")
_WORD_BEFORE = 24


class Sentence(NamedTuple):
    """A sentence without the white space around it: code points [start, end) of the text."""

    start: int
    end: int


def split_sentences(text: str) -> tuple[Sentence, ...]:
    """Return the sentences of *text*, in order; all but white space belongs to one of them."""
    cuts = [0]
    cuts.extend(match.end() for match in _BREAK.finditer(text))
    cuts.extend(match.end() for match in _END.finditer(text) if _ends(text, match))
    cuts.append(len(text))
    cuts.sort()
    found = []
    for start, end in pairwise(cuts):
        stripped = text[start:end].strip()
        if stripped:
            first = start + text[start:end].index(stripped[0])
            found.append(Sentence(first, first + len(stripped)))
    return tuple(found)


def _ends(text: str, match: re.Match[str]) -> bool:
    if _OPENS.match(text, match.end()) is None:
        return False
    if text[match.start()] != ".":
        return True
    before = text[max(0, match.start() - _WORD_BEFORE) : match.start()]
    word = re.split(r"[\s(\[\"'“‘]", before)[-1]
    if _LETTERS.search(word):
        return len(word) > 1 and _OPENERS.match(text, match.end()) is not None
    if _NUMBERED.fullmatch(word) and _DIGIT.match(text, match.end()):
        return False
    return _ABBREVIATION.fullmatch(word) is None
