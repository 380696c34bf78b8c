"""Who says so: the speaker of an English sentence, found by its reporting verb, and what is said.

The speaker is given in the source's own words. A pronoun is given as it stands; whoever reads the
draft knows whom it means, and the draft says which name came before.
"""

import re
from typing import NamedTuple

from pincite.ingest.tagging.words import FULL_MONTH, WEEKDAY

_VERBS = (
    r"(?:said|says|say|told|reported|reports|report|stated|states|announced|announces|claimed"
    r"|claims|claim|warned|warns|warn|estimated|estimates|estimate|assessed|assesses|noted|notes"
    r"|added|confirmed|confirms|believe|believes|believed|acknowledged|acknowledges|alleged"
    r"|alleges|argued|argues|suggest|suggests|suggested|indicated|indicates|insisted|revealed"
    r"|reveals|denied|denies|deny|predicted|predicts|declared|declares|explained|outlined"
    r"|concluded|concludes|pointed|raised concerns|underlined|stressed|wrote|testified|admitted"
    r"|documented|(?:found|ruled|established|determined)(?= that\b))"
)
_AUXILIARY = (
    r"(?:(?:has|have|had|also|previously|recently|later|earlier|repeatedly|since|[a-z]+ly) )*"
)
_ACCORDING = re.compile(
    r",? ?\b(?P<according>[Aa]ccording to) (?P<who>.{2,160}?)(?=[,;.]? *$|, |; )", re.DOTALL
)
_FIRST = re.compile(
    rf"^(?P<who>.{{2,240}}?) {_AUXILIARY}(?P<verb>{_VERBS})(?! by\b)"
    r"(?: (?:to|on|in) [^,]{2,40}?)?"
    r"(?P<that>,? that\b,?|:)? ",
    re.DOTALL,
)
_RELATIVE = re.compile(
    rf"(?:\bby|\bfrom|\bof) (?P<who>[^,;]{{3,100}}), (?:which|who) {_AUXILIARY}(?P<verb>{_VERBS})"
    r"(?P<that> that)? "
)
_AFTERWARDS = re.compile(
    rf"[,”\"] (?:(?P<who>[^,”\"]{{2,100}}?) {_AUXILIARY}(?:{_VERBS})"
    rf"|(?:{_VERBS}) (?!that\b|to\b|in\b|on\b)(?P<inverted>[^,”\"]{{2,100}}?))"
    r"(?: (?:on|in|to) [^,]{2,40})?[.]?$"
)
_REPORTED_BY = re.compile(
    r"\b(?:reported|confirmed|announced|denied|released|published|cited|quoted) by "
    r"(?P<who>(?:the )?[^,;.]{2,80}?)(?= (?:in|on|at|last|this|as|that|which|and|to)\b|[,;.]|$)"
)
_LEADING = re.compile(
    r"^(?:(?:Furthermore|Moreover|However|Meanwhile|Instead|Also|Earlier|Later|Separately"
    r"|In addition|But|And|Still|Yet|Then)\b,? ?"
    r"|(?:On|In|By|As of|During|At|After|Since|While|When) [^,]{2,80}, "
    r"|(?:Giving|Speaking|Addressing|Writing|Testifying|Answering|Announcing|Presenting|Opening"
    r"|Citing|Quoting|Responding|Visiting|Delivering|Sentencing|Summing|Commenting|Referring)"
    r" [^,]{2,80}, "
    rf"|(?:In|On|By) (?:early |late |mid-)?(?:[0-9]{{1,2}} )?(?:{FULL_MONTH} )?(?:[0-9]{{1,2}},? )?"
    r"(?:[12][0-9]{3},? )?(?=[A-Z]|the ))+"
)
#: what may stand between the speaker and the verb, and is no part of the name
_ADVERBS = re.compile(
    r"(?: (?:first|also|later|earlier|then|again|now|once|previously|recently|reportedly|initially"
    rf"|publicly|formally|repeatedly|yesterday|today|on {WEEKDAY}|in [12][0-9]{{3}}))+$"
)
_PRONOUN = re.compile(r"(?:he|she|they|it|who)\Z", re.IGNORECASE)
_NO_SPEAKER = re.compile(r"(?:it|this|that|there|which|what|reports?|the report)\Z", re.IGNORECASE)


class Attribution(NamedTuple):
    """*who* says *statement*; the statement stands at [start, end) of the sentence."""

    who: str
    start: int
    end: int

    @property
    def is_pronoun(self) -> bool:
        return _PRONOUN.fullmatch(self.who) is not None


def find_attribution(sentence: str) -> Attribution | None:
    """Return who says what *sentence* says, or None where it speaks in the article's own voice."""
    end = len(sentence.rstrip(" .!?"))
    if match := _ACCORDING.search(sentence):
        who = _name(match["who"])
        if match.end() >= end:
            return Attribution(who, 0, match.start())
        if not match.start():
            return Attribution(who, _skip(sentence, match.end()), end)
        return Attribution(who, 0, end)
    if match := _RELATIVE.search(sentence):
        return Attribution(_name(match["who"]), match.end(), end)
    if (match := _AFTERWARDS.search(sentence)) and match.start() > 10:
        said = sentence[: match.start()].rstrip(' ,.”"')
        start = len(said) - len(said.lstrip('“"'))
        return Attribution(_name(match["who"] or match["inverted"]), start, len(said))
    lead = _LEADING.match(sentence)
    shift = lead.end() if lead else 0
    match = _FIRST.match(sentence[shift:])
    if match and _is_subject(match["who"]):
        denied = match["verb"].startswith("den")  # what is denied is not what is said
        start = shift + match.end() if match["that"] and not denied else 0
        return Attribution(_name(match["who"]), _skip(sentence, start), end)
    if match := _REPORTED_BY.search(sentence):
        return Attribution(_name(match["who"]), 0, end)
    return None


def _is_subject(words: str) -> bool:
    """Say whether what stands before the verb can speak: one noun phrase and no second verb."""
    if _NO_SPEAKER.fullmatch(words) and words.casefold() != "reports":
        return False
    plain = re.sub(r", [^,]+,$|\([^)]*\)", "", words)
    return not re.search(
        r"\b(?:has|have|had|was|were|is|are|will|would|could|may|might|that|which|who|been|and then"
        r"|follows|following)\b|[.;:]",
        plain,
    )


def _name(words: str) -> str:
    """Shorten a noun phrase to the name: no bracket, no article of its own sentence's start."""
    plain = _ADVERBS.sub("", re.sub(r" \([^)]*\)", "", words).strip(" ,"))
    parts = [part.strip() for part in plain.split(",")]
    if len(parts) > 1 and re.match(r"(?:[A-Z][\w.'’-]* ?){1,4}\Z", parts[1]):
        return f"{parts[1]}, {parts[0]}"  # "the US ambassador, Julianne Smith"
    return parts[0]


def _skip(sentence: str, place: int) -> int:
    while place < len(sentence) and sentence[place] in " ,":
        place += 1
    return place
