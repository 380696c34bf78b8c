"""Where a word or number that could be a date is none: names, counts, verbs, titles.

Each function looks at the plain text around [start, end) and says whether a date stands there.
"""

import re

from pincite.ingest.tagging.words import COUNTED, FULL_MONTH, SHORT_MONTH

_NEAR = 40
_ARTICLE = 2_000  # letters either way in which a name or a sport is looked for
_DOUBTFUL_MONTHS = frozenset(("March", "April", "May", "June", "August"))
_MONTH_BEFORE = re.compile(
    r"(?:^|[^\w'])(?P<word>in|since|by|until|till|of|last|next|this|past|coming|each|every|during"
    r"|as early as|as late as|as soon as|as recently as"
    r"|from|to|through|throughout|between|and|or|before|after|for|late|early|mid|middle|end|start"
    r"|beginning|around|about|as of|due|earlier|ending|ended|a|the|its|their|his|her|our|previous"
    r"|following)[ -]$",
    re.IGNORECASE,
)
_FIRM_BEFORE = re.compile(
    r"in|since|until|till|last|next|this|during|late|early|mid|through|throughout|due|as|of"
)
_HAPPENING = (
    r"(?:election|vote|ballot|poll|referendum|summit|meeting|report|issue|edition|figure|data|sale"
    r"|deadline|session|conference|deal|agreement|ceasefire|attack|bombing|coup|protest|uprising"
    r"|quarter|bond|high|low|peak|analysis|appearance|mission|trip|album|movie|interview|decision|ruling|paper|memo|letter|article|speech"
    r"|debate|win|loss|victory|defeat|indictment|conviction|raid|strike|shooting|murder|killing"
    r"|merger|takeover|peace|settlement|recession|collapse|draft|primary|caucus|disaster|accident"
    r"|local|general|presidential|parliamentary|jobs|result|visit|trial|hearing|launch|budget"
    r"|earthquake|war|invasion|season|game|campaign|census|survey|study|film|book|law|act|treaty"
    r"|crisis|crash|contract|delivery|offensive|outbreak|flood|storm|tour|final|race|convention)s?\b"
)
_NOT_MAY_IN = re.compile(
    r"(?:confidence|trust|faith|belief|believes?|believed|interest) in $", re.IGNORECASE
)
_MRS_MAY = re.compile(
    r"\b(?:Theresa|Mrs|Mr|Ms|Lady|Baroness|Brian|James|Elaine|Minister|Secretary|PM|Imelda|Rollo)"
    r"\.? May\b"
)
_ACTS = re.compile(
    r"(?:,? who\b| (?:said|says|told|took|won|lost|made|became|resign|is|was|has|had|will|would"
    r"|could|went|came|left|met|did|does|and her|and his|himself|herself|[a-z]+ed\b|[a-z]+s\b"
    r"(?!sales|figures|polls|elections|results)))"
)
_WEEKDAY_NAMES_BEFORE = re.compile(
    r"(?:Bloody|Black|Good|Cyber|Super|Palm|Easter|Ash|Holy|Shrove|Maundy|Whit|Fat|Sheffield|Man"
    r"|Giving|Ruby|Freaky|Casual|Low|Mail on|any|every|Every|each|Each|alternate|most|Most) $"
)
_A_WEEKDAY = re.compile(r"(?:^|[ (])[Aa]n? $")
_NO_NOUN = re.compile(r"[,.?!;:)]|$| (?:in|at|and|or|by|to|night|morning|afternoon|evening)\b")
_BETWEEN_WEEKDAYS = re.compile(r"[MTWFS][a-z]+day(?: to | through | till |-)$")
_HABIT_AFTER = re.compile(
    r" (?:roast|lunch|brunch|dinner|prayers?|service|sermon|supplement|papers|Night Live)\b"
)
_TO_WEEKDAY = re.compile(
    r"(?: to | through | till |-)[MTWFS][a-z]+day(?P<week> (?:last|this|next) week)?"
)
_PUT_OFF = re.compile(
    r"\b(?:postponed|delayed|moved|changed|shifted|rescheduled|brought forward|pushed back"
    r"|put off|ran|lasted|held)\b[^.]*$"
)
_WEEKDAY_NAMES_AFTER = re.compile(
    r" (?:the 13th|Times|Telegraph|Express|Mirror|People|Mail|Post|Herald|Independent|Business"
    r"|World|Sport|Night|Night's|Island|Addams|League|Club|Agreement|Massacre|School|schools?"
    r"|nights|mornings|afternoons|evenings)\b"
)
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
_NUMBERED_BEFORE = re.compile(
    r"(?:\b(?:paragraphs?|paras?|articles?|sections?|rules?|pages?|pp?\.|case no\.|items?|lines?"
    r"|rooms?|flights?|route|channel|model|version|lot|verse|clause|n =|N =)|§)"
    r" (?:[0-9]+ (?:to|and) )?$",
    re.IGNORECASE,
)
#: "rose from 1500 to 1700", "fell from 2000 to 1500": counts
_FROM_COUNT = re.compile(
    r"\b(?:rose|fell|grew|dropped|increased|decreased|declined|went|cut|up|down|raised|number \w+)"
    r" from (?:[0-9]{4} to )?[12][0-9]{3}\b"
)
_SPAN_BEFORE = re.compile(
    r"\bca?\. ?$|\bbetween [12][0-9]{3} and $|\bfrom [12][0-9]{3} (?:to|until) $"
)
_ENDS_AS_NAME = re.compile(r" (?:vision|hindsight)\b")
_AGREED = re.compile(r"\b(?:Peace|Treaty|Battle|Revolution|War|Act|Law|Statute|Charter|Edict) of $")
_YEAR_BEFORE = re.compile(r"\b(?:19|20)[0-9]{2}(?:,|,? and|,? or) $")
_LINK_BEFORE = re.compile(
    r"\b(?:into|across|like|within|was|is|upon|towards?|versus|beyond|spanning|that|when|while|where"
    r"|if|because|as|then|now|both|either|calendar|season|planned|crewed|entire|whole|full|throughout"
    r"|think|also) $"
)
_CALLED = re.compile(r"(?:[A-Z][\w'-]*|&) $")
_COUNT_AFTER = re.compile(rf"[ -]{COUNTED}")
_PLURAL_AFTER = re.compile(
    rf" (?!{_HAPPENING})(?!was |is |has |as |this |its |his |us |onwards\b)[a-z]+(?<![siu])s\b"
)
_CAPITAL_AFTER = re.compile(r" [A-Z]")
_SPORT = re.compile(
    r"\b(?:touchdown|yards?|scored|scoring|halftime|half-time|rebounds|quarterback|goal|goals|"
    r"field goal|coach|free throw|basket|interception|overtime|inning|shootout|semifinal|NBA|NFL)\b"
)


def is_bare_month(words: str, start: int, end: int) -> bool:
    """Say whether the capitalised name of a month, alone, is a month and nobody's name."""
    name = words[start:end]
    before = words[max(0, start - _NEAR) : start]
    after = words[end : end + _NEAR]
    if name.isupper() and name.upper() in ("MAY", "MARCH"):
        return False
    if re.match(r"[-'][A-Za-z](?<!'s)|-a-", after) and not after.startswith("'s"):
        return False
    cue = _MONTH_BEFORE.search(before)
    word = cue["word"].casefold() if cue else ""
    neighbour = re.search(rf"(?:{FULL_MONTH}|{SHORT_MONTH})(?:,| and| or| to| through) $", before)
    capital = bool(re.match(r" [A-Z](?!\.)", after)) and not re.match(rf" {FULL_MONTH}", after)
    alone = not before.strip() and not after.strip()
    if name not in _DOUBTFUL_MONTHS:
        return (
            not capital or bool(_FIRM_BEFORE.fullmatch(word)) or word in ("by", "before", "after")
        )
    if alone or (neighbour and not capital):
        return True
    if not cue or (capital and not _FIRM_BEFORE.fullmatch(word)):
        return False
    if word in ("each", "every"):
        return False
    if name == "May":
        return _is_may(words, start, word, before, after)
    if word in ("a", "the", "its", "their", "his", "her", "our"):
        return bool(re.match(rf" {_HAPPENING}", after))
    if word in ("and", "or", "to", "for", "before", "after", "from", "by"):
        return not _ACTS.match(after)
    return True


def _is_may(words: str, at: int, word: str, before: str, after: str) -> bool:
    """Say whether "May" with a preposition before it is the month: never at the risk of a name."""
    if _MRS_MAY.search(words, max(0, at - _ARTICLE), at + _ARTICLE) or _NOT_MAY_IN.search(before):
        return False
    if word in ("a", "the", "its", "their", "our", "last", "next", "this", "past"):
        return word in ("last", "next", "this", "past") or bool(re.match(rf" {_HAPPENING}", after))
    if after.startswith("'s") and not re.match(rf"'s {_HAPPENING}", after):
        return False
    if word in ("and", "or", "for", "his", "her", "before", "after", "from", "to", "of", "about"):
        return word == "of" and bool(
            re.search(r"\b(?:end|start|beginning|middle|month) of $", before)
        )
    if re.match(r" [A-Z]", after) and not re.match(
        rf" (?:{FULL_MONTH}|[A-Z]\w+ (?:said|told))", after
    ):
        return False  # "in May Gardens"
    if word == "by":
        return not re.search(r"(?:ed|en|led|made|put|set|sent|won|lost|told) by $", before)
    return word == "in" or not _ACTS.match(after)


def is_bare_weekday(words: str, start: int, end: int) -> bool:
    """Say whether the name of a weekday is a day and no title, feast or habit."""
    before = words[max(0, start - 2 * _NEAR) : start]
    to = _TO_WEEKDAY.match(words, end)
    if to is not None and not to["week"] and not _PUT_OFF.search(before):
        return False  # "open from Tuesday to Friday"
    if _BETWEEN_WEEKDAYS.search(before):
        week = re.match(r" (?:last|this|next) week\b", words[end : end + _NEAR])
        return bool(week or _PUT_OFF.search(before))
    if _A_WEEKDAY.search(before) and _NO_NOUN.match(words, end):
        return False  # "on a Monday"
    return not (
        _WEEKDAY_NAMES_BEFORE.search(before)
        or re.search(r"\b[Mm]an $", before)
        or _HABIT_AFTER.match(words, end)
        or (to is None and _WEEKDAY_NAMES_AFTER.match(words, end))
    )


def is_bare_year(words: str, start: int, end: int) -> bool:
    """Say whether a number of four digits is a year."""
    before = words[max(0, start - _NEAR) : start].rstrip("\"'")
    after = words[end : end + _NEAR]
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
    if _NUMBERED_BEFORE.search(before) or _FROM_COUNT.search(before + words[start:end] + after):
        return False
    if _SPAN_BEFORE.search(before):
        return year >= 1000
    if word == "in" and _ENDS_AS_NAME.match(after):
        return False
    if _FIRM_YEAR.fullmatch(word):
        return year >= 1000 and not (year < 1800 and _PLURAL_AFTER.match(after))
    if _AGREED.search(before) and year >= 1000:
        return True
    if year < 1800:
        return False
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
    return bool(re.match(rf" (?:[a-z]+ )?{_HAPPENING}", after))


def is_worded_year(words: str, start: int, end: int) -> bool:
    """Say whether "nineteen ninety-six" or "two thousand" is a year and no count."""
    before, after = words[max(0, start - _NEAR) : start], words[end : end + _NEAR]
    if _COUNT_AFTER.match(after) or _PLURAL_AFTER.match(after) or _QUANTITY.search(before):
        return False
    if words[start:end].casefold().startswith("tw"):
        return bool(re.search(r"\b(?:[Yy]ear|in|[Ss]ince|by|until|of|before|after) $", before))
    return True


def is_bare_decade(words: str, start: int, end: int) -> bool:
    """Say whether "the '60s" or "the late 80s" is a decade: no age, no temperature."""
    before, after = words[max(0, start - _NEAR) : start], words[end : end + _NEAR]
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
    before = words[max(0, start - _NEAR) : start]
    if _COUNT_AFTER.match(words, end) or re.search(r"[$£€#]$|\b(?:Nos?\.|pp?\.) ?$", before):
        return False
    slash = "/" in words[start:end]
    return not slash or last - first == 1


def is_bare_quarter(words: str, start: int, end: int) -> bool:
    """Say whether a quarter without its year is one of the calendar's and not of a game."""
    found = words[start:end].casefold()
    nearby = _SPORT.search(words, max(0, start - _ARTICLE), end + _ARTICLE)
    before = words[max(0, start - _NEAR) : start]
    if re.match(r"Q[1-4]", words[start:end]):
        return (
            not nearby and re.search(r"\b(?:in|for|of|during|since|by|from) $", before) is not None
        )
    if re.match(r" of (?!(?:the|this|last|next) (?:\w+ )?year\b)", words[end : end + _NEAR]):
        return False  # "the first quarter of the game"
    than = re.search(r"\bthan (?:the |in )*$", before)
    return "quarter" in found and not nearby and not than


def is_today(words: str, start: int, end: int) -> bool:
    """Say whether "Today" with a capital opens a sentence and is no newspaper or programme."""
    if words[start].islower():
        return True
    before = words[max(0, start - _NEAR) : start].rstrip()
    if before and before[-1] not in ".!?:;\"'([-\u2014\u2026":
        return False
    return not re.match(
        r" (?:[Ss]how|FM|[Pp]rogramme|[Pp]rogram|[A-Z]\w+ (?:and|&))\b", words[end : end + 30]
    )
