"""What the data says of a quotation's words: as the editor wrote them, and in the live page."""

import re
from typing import Literal
from urllib.parse import unquote

from pincite.link.normalise import normalise

# What editors put into a quotation that is not in the source (docs/formats.md): where words were
# left out, words of their own in brackets, a letter made large or small, marks around it all.
_DOTS = r"(?:…|\.{3,}|\.(?:\s\.){2,})"
_LEFT_OUT = re.compile(
    rf"\[\s?{_DOTS}\s?\]|\(\s?{_DOTS}\s?\)|{_DOTS}|\n[ \t\r]*\n|\[[^\[\]]{{0,80}}\]"
)
_CHANGED_LETTER = re.compile(r"\[([^\W\d_])\](?=[^\W\d_])")
_AROUND = " .,;:!?‽。、，；：！？।؟،؛\"'‘’“”„‚‛‟«»‹›「」『』"
_LETTER = re.compile(r"[^\W\d_]")
_DIRECTIVE = "#:~:text="
Level = Literal[1, 2]


def find_match(quote: str, words: str, said: str) -> str:
    """Return how *quote*, as it was written, is in the source's *words*; "" where it is not.

    With what editors put in, it is as close as is *said* of it, if its pieces are.
    """
    if _comparable(quote, 1) == _comparable(words, 1):
        return "exact"
    if _comparable(words, 2) in _cases(_comparable(quote, 2)):
        return "normalised"
    if said == "exact" and _stands(quote, words, 1):
        return said
    return "normalised" if _stands(quote, words, 2) else ""


def leads_to(live: str, url: str, exact: str) -> bool:
    """Say whether *live* is *url* with a text fragment that finds the words *exact*."""
    base, directive, said = live.partition(_DIRECTIVE)
    if base != url.partition("#")[0] or not directive:
        return False
    terms = said.split(",")  # [before-,]first[,last][,-after]
    if terms[0].endswith("-"):
        terms = terms[1:]
    if terms and terms[-1].startswith("-"):
        terms = terms[:-1]
    words, found = " ".join(exact.split()), [unquote(term) for term in terms]
    if len(found) == 1:
        return found[0] == words
    return len(found) == 2 and words.startswith(found[0]) and words.endswith(found[1])


def _stands(quote: str, words: str, level: Level) -> bool:
    """Say whether the pieces of *quote* stand in *words* in order, from beginning to end."""
    own, at = _comparable(words, level).strip(_AROUND), 0
    parts = _LEFT_OUT.split(_CHANGED_LETTER.sub(r"\1", quote))
    pieces = [piece for part in parts if (piece := _comparable(part, level).strip(_AROUND))]
    for number, piece in enumerate(pieces):
        places = [place for form in _cases(piece) if (place := own.find(form, at)) >= 0]
        if not places or (number == 0 and min(places)):
            return False
        at = min(places) + len(piece)
    return bool(pieces) and own.endswith(_cases(pieces[-1]))


def _comparable(text: str, level: Level) -> str:
    return normalise(text, level).text


def _cases(text: str) -> tuple[str, str]:
    """Return *text* as it is, and with its first letter large in place of small or so."""
    found = _LETTER.search(text)
    at = found.start() if found else 0
    return text, text[:at] + text[at : at + 1].swapcase() + text[at + 1 :]
