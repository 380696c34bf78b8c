"""Where a number of four digits, or one in words, is a year and no count, title or law."""

import re

from pincite.ingest.tagging.traps import HAPPENING, NEAR, is_numbered
from pincite.ingest.tagging.words import COUNTED

_YEAR_AFTER = re.compile(
    r"(?:^|[^\w]|(?<=\w)(?='s))(?P<word>in|since|by|until|till|during|throughout|circa|late|early|mid"
    r"|back in|"
    r"year|fiscal|as early as|as late as|as recently as|through|before|after|end|of|from|to|between"
    r"|and|or|the|its|his|her|their|our|a|an|this|that|for|than|with|around|about|starting|summer|"
    r"spring|autumn|fall|winter|ending|ended|January|February|March|April|May|June|July|August"
    r"|September|October|November|December|versus|vs|over|on|'s)[ -]$",
    re.IGNORECASE,
)
_FIRM_YEAR = re.compile(
    r"in|since|by|until|till|during|throughout|circa|late|early|mid|back in|year|fiscal|through"
    r"|before|after|end|between|starting|summer|spring|autumn|fall|winter|ending|ended|as early as"
    r"|as late as|as recently as"
)
_QUANTITY = re.compile(
    r"(?:more than|less than|fewer than|nearly|almost|some|at least|up to|another|additional|"
    r"approximately|roughly|only|total of|top|over|nos?\.?|number|numbers|level|group of|"
    r"an estimated|those|these|first|other|all|below|above|under|exceed(?:ed|ing)?|worth) $",
    re.IGNORECASE,
)
_OWNERS = frozenset(("a", "an", "its", "his", "her", "their", "our"))
#: "rose from 1500 to 1700", "fell from 2000 to 1500": counts
_FROM_COUNT = re.compile(
    r"\b(?:rose|fell|grew|dropped|increased|decreased|declined|went|cut|up|down|raised|number \w+)"
    r" from (?:[0-9]{4} to )?[12][0-9]{3}\b"
)
_SPAN_BEFORE = re.compile(
    r"\bca?\. ?$|\b[Bb]etween [12][0-9]{3} and $|\b[Ff]rom [12][0-9]{3} (?:to|until) $"
)
_ENDS_AS_NAME = re.compile(r" (?:vision|hindsight)\b")
_AGREED = re.compile(
    r"\b(?:(?i:peace|treaty|battle|revolution|war|act|law|statute|charter|edict|siege|famine|plague"
    r"|census|rebellion|revolt|earthquake|constitution|comet|eclipse|supernova|book|map|code)"
    r"|[A-Z]\w+'s|that) of $"
)
_MADE = re.compile(
    r"(?i)\b(?:born|written|built|made|begun|drawn|cast|laid|sung|\w+ed) (?:in |from )?"
    r"(?:around|about) $"
)
_ENDS = re.compile(r"[,.;:)]|$| (?:and|but|when|by|in|at|or|to|until)\b")
_YEAR_BEFORE = re.compile(r"\b(?:19|20)[0-9]{2}(?:,|,? and|,? or) $")
_LINK_BEFORE = re.compile(
    r"\b(?:into|across|like|within|was|is|upon|towards?|versus|beyond|spanning|that|when|while|where"
    r"|if|because|as|then|now|both|either|calendar|season|planned|crewed|entire|whole|full|throughout"
    r"|think|also) $"
)
_CALLED = re.compile(r"(?:[A-Z][\w'-]*|&) $")
_COUNT_AFTER = re.compile(rf"[ -]{COUNTED}")
_PLURAL_AFTER = re.compile(
    rf" (?!{HAPPENING})(?!was |is |has |as |this |its |his |us |onwards\b)[a-z]+(?<![siu])s\b"
)
_CAPITAL_AFTER = re.compile(r" [A-Z]")


def is_bare_year(words: str, start: int, end: int) -> bool:
    """Say whether a number of four digits is a year."""
    before = words[max(0, start - NEAR) : start].rstrip("\"'")
    after = words[end : end + NEAR]
    year = int(words[start:end])
    cue = _YEAR_AFTER.search(before)
    word = cue["word"].casefold() if cue else ""
    if re.search(r"\b1[0-9]{3} ?- $|\b20[0-9]{2} ?- $", before):
        return True  # "from 2004 - 2014"
    if _COUNT_AFTER.match(after) or (before[-1:] == "-" and word not in ("mid", "late", "early")):
        return False
    if re.search(r"\b(?:since|from|until|till|by|to) at least $", before):
        return year >= 1000
    if words[start - 1 : start] in ('"', "'") and words[end : end + 1] == words[start - 1]:
        return False  # the book "1984"
    if _QUANTITY.search(before) and not re.search(r"\bover $", before):
        return False
    if is_numbered(words, start) or _FROM_COUNT.search(before + words[start:end] + after):
        return False
    if _SPAN_BEFORE.search(before):
        return year >= 1000
    if word == "in" and _ENDS_AS_NAME.match(after):
        return False
    if _FIRM_YEAR.fullmatch(word):
        return year >= 1000 and not (year < 1800 and _PLURAL_AFTER.match(after))
    if year >= 1000 and (_AGREED.search(before) or (_MADE.search(before) and _ENDS.match(after))):
        return True
    if year < 1800 and word == "from":
        return year >= 1000 and _ENDS.match(after) is not None
    if year < 1800:
        return (
            year >= 1400
            and word in ("'s", "its", "his", "her", "their", "the")
            and bool(re.match(rf" {HAPPENING}", after))
        )
    modern = 1900 <= year < 2050
    if word:
        if word in ("around", "about", "than", "for", "with", "to", "over", "on"):
            return not re.match(r" [a-z]+s\b(?<!is|as)|[ -]strong| [A-Z]", after)
        if word in ("the", "'s", "its", "this", "that"):
            return True
        named = _CAPITAL_AFTER.match(after) and not (modern and word in _OWNERS)
        return not _PLURAL_AFTER.match(after) and not named
    return _is_year_alone(before, after, modern=modern)


def _is_year_alone(before: str, after: str, *, modern: bool) -> bool:
    """Judge a year that no preposition or article stands before."""
    if re.search(r"(?:\u00a9|[Cc]opyright|\([Cc]\)) $", before):
        return True
    if not before.strip(" ([") or before.endswith(("(", "[", ". ", ": ", "; ")):
        return not _CAPITAL_AFTER.match(after) and not re.match(r" [a-z]+s\b(?<!is|as)", after)
    if modern and re.match(r"'s [a-z]", after) and re.search(r"(?:^|, )$", before):
        return True  # "2019's laureate"
    if modern and _YEAR_BEFORE.search(before) and re.match(r"[,.;:)]|$| and\b", after):
        return True  # "1998, 2003", "2021 and 2022"
    if modern and re.match(r",? (?:and|or|to) (?:19|20)[0-9]{2}\b(?![,.][0-9])", after):
        return _YEAR_AFTER.search(before) is not None or before[-2:-1].islower()
    if before.endswith(", "):
        if modern and re.match(r" (?:was|is|has|had|will|saw|brought|became)\b", after):
            return True
        return bool(re.match(r"[,.;:)]|$", after)) or after.startswith((" and ", " to "))
    if _CALLED.search(before):
        return False
    if modern and _LINK_BEFORE.search(before) and not _PLURAL_AFTER.match(after):
        return not _CAPITAL_AFTER.match(after)
    return bool(re.match(rf" (?:[a-z]+ )?{HAPPENING}", after))


def is_worded_year(words: str, start: int, end: int) -> bool:
    """Say whether "nineteen ninety-six" or "two thousand" is a year and no count."""
    before, after = words[max(0, start - NEAR) : start], words[end : end + NEAR]
    if _COUNT_AFTER.match(after) or _PLURAL_AFTER.match(after) or _QUANTITY.search(before):
        return False
    if words[start:end].casefold().startswith("tw"):
        return bool(re.search(r"\b(?:[Yy]ear|in|[Ss]ince|by|until|of|before|after) $", before))
    return True


def is_bare_decade(words: str, start: int, end: int) -> bool:
    """Say whether "the '60s" or "the late 80s" is a decade: no age, no temperature."""
    before, after = words[max(0, start - NEAR) : start], words[end : end + NEAR]
    weather = re.search(
        r"(?i)\b(?:degrees|temperatures?|highs?|lows?|mercury|thermometers?)\b", before + after
    )
    if weather or re.search(
        r"\b(?:his|her|their|my|our|your) (?:early |mid-|mid |late )?'?$", before
    ):
        return False
    if before.endswith("'"):
        return True
    return int(words[start : start + 2]) >= 30 and bool(
        re.search(r"\b[Tt]he (?:early |mid-|mid |late )?$", before)
    )


def is_span_of_years(words: str, start: int, end: int, first: int, last: int) -> bool:
    """Say whether "1914-18" is a span of years and no score, price or number of a law."""
    if not first < last <= first + 400 or first < 1000 or last > 2100:
        return False
    before = words[max(0, start - NEAR) : start]
    if _COUNT_AFTER.match(words, end) or re.search(r"[$£€#]$|\b(?:Nos?\.|pp?\.) ?$", before):
        return False
    slash = "/" in words[start:end]
    return not slash or last - first == 1
