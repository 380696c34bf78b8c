"""Where the name of a month or a day is none: names of people and papers, verbs, habits, titles.

Each function looks at the plain text around [start, end) and says whether a date stands there.
"""

import re

from pincite.ingest.tagging.words import FULL_MONTH, ORDINAL, SHORT_MONTH

NEAR = 40
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
HAPPENING = (
    r"(?:election|vote|ballot|poll|referendum|summit|meeting|report|issue|edition|figure|data|sale"
    r"|deadline|session|conference|deal|agreement|ceasefire|attack|bombing|coup|protest|uprising"
    r"|quarter|bond|high|low|peak|analysis|appearance|mission|trip|album|movie|interview|decision|ruling|paper|memo|letter|article|speech"
    r"|debate|win|loss|victory|defeat|indictment|conviction|raid|strike|shooting|murder|killing"
    r"|merger|acquisition|takeover|peace|settlement|recession|collapse|draft|primary|caucus|disaster|accident"
    r"|local|general|presidential|parliamentary|jobs|result|visit|trial|hearing|launch|budget"
    r"|earthquake|war|invasion|season|game|campaign|census|survey|study|film|book|law|act|treaty"
    r"|crisis|crash|contract|delivery|offensive|outbreak|flood|storm|tour|final|race|convention)s?\b"
)
#: "the August heat": a noun, and nothing that a person of that name does or is
_A_THING = re.compile(
    r" (?!(?:and|or|but|of|in|on|at|to|for|from|with|by|who|whom|whose|family|sisters?|brothers?"
    r"|girls?|boys?|twins|household|is|was|has|had|will|would|said|says)\b)[a-z]+(?![\w'])"
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
    r"|could|may|might|can|shall|should|must|went|came|left|met|did|does|and her|and his|himself"
    r"|herself|[a-z]+ed\b|[a-z]+s\b"
    r"(?!sales|figures|polls|elections|results)))"
)
_WEEKDAY_NAMES_BEFORE = re.compile(
    r"(?:Bloody|Black|Good|Cyber|Super|Palm|Easter|Ash|Holy|Shrove|Maundy|Whit|Fat|Sheffield|Man"
    r"|Giving|Ruby|Freaky|Casual|Low|Mail on|any|every|Every|each|Each|alternate|most|Most) $"
)
_A_WEEKDAY = re.compile(r"(?:^|[ (])(?:[Aa]n?|[Tt]he) $")
_NTH_WEEKDAY = re.compile(rf"\b(?:{ORDINAL}|last) $")
_OF = re.compile(r" (?:of|in|after) ")
_NO_NOUN = re.compile(
    r"[,.?!;:)]|$| (?:in|at|and|or|by|to)\b"
    r"| (?:night|morning|afternoon|evening)(?: (?:in|at|and|or|by|to|when|he|she|they|it)\b|[^ ]|$)"
)
_BETWEEN_WEEKDAYS = re.compile(r"[MTWFS][a-z]+day(?: to | through | till |-)$")
_HABIT_AFTER = re.compile(
    r" (?:roast|lunch|brunch|dinner|prayers?|service|sermon|supplement|papers?|newspapers?|edition"
    r"|market|mass|matinee|schools?|column|Night Live)\b"
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
    r"|(?:,| and| or) (?:[MTWFS][a-z]+day )(?:nights|mornings|afternoons|evenings)\b"
)
_NUMBERED_BEFORE = re.compile(
    r"(?:\b(?:paragraphs?|paras?|articles?|sections?|rules?|pages?|pp?\.|case no\.|items?|lines?"
    r"|rooms?|flights?|route|channel|model|version|lot|verse|clause|n =|N =)|§)"
    r" (?:[0-9]+ (?:to|and) )?$",
    re.IGNORECASE,
)
_NOWADAYS = re.compile(
    r"'s (?:(?:young|modern|digital|global) )?(?:world|youth|society|generation|standards|terms"
    r"|economy|culture|money|prices|children|people|consumers|technology|climate|language|borders"
    r"|(?:\w+ )?computers|(?:\w+ )?phones)\b"
)
_OF_NOWADAYS = re.compile(
    r"\b(?:world|people|youth|leaders|children|generation|society|technology|cities|homes|jobs"
    r"|Europe|Russia|America|China|Germany|Ukraine|Turkey|Israel|Iran|Iraq|Poland) of $"
)
_SPORT = re.compile(
    r"\b(?:touchdown|yards?|scored|scoring|halftime|half-time|rebounds|quarterback|goal|goals|"
    r"field goal|coach|free throw|basket|interception|overtime|inning|shootout|semifinal|NBA|NFL)\b"
)


def is_bare_month(words: str, start: int, end: int) -> bool:
    """Say whether the capitalised name of a month, alone, is a month and nobody's name."""
    name = words[start:end]
    before = words[max(0, start - NEAR) : start]
    after = words[end : end + NEAR]
    if name.isupper() and name.upper() in ("MAY", "MARCH"):
        return False
    if re.search(r"\b(?:each|every) $", before, re.IGNORECASE):
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
    if name == "May":
        return _is_may(words, start, word, before, after)
    if word in ("a", "the", "its", "their", "his", "her", "our"):
        thing = name in ("April", "June", "August") and _A_THING.match(after)
        return bool(thing or re.match(rf" {HAPPENING}", after))
    if word in ("and", "or", "to", "for", "before", "after", "from", "by"):
        return not _ACTS.match(after)
    return True


def _is_may(words: str, at: int, word: str, before: str, after: str) -> bool:
    """Say whether "May" with a preposition before it is the month: never at the risk of a name."""
    if _MRS_MAY.search(words, max(0, at - _ARTICLE), at + _ARTICLE) or _NOT_MAY_IN.search(before):
        return False
    if word in ("a", "the", "its", "their", "our", "last", "next", "this", "past"):
        return word in ("last", "next", "this", "past") or bool(re.match(rf" {HAPPENING}", after))
    if after.startswith("'s") and not re.match(rf"'s {HAPPENING}", after):
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


def is_numbered(words: str, start: int) -> bool:
    """Say whether the number at *start* is that of an article, a page or a rule."""
    return _NUMBERED_BEFORE.search(words[max(0, start - NEAR) : start]) is not None


def is_bare_weekday(words: str, start: int, end: int) -> bool:
    """Say whether the name of a weekday is a day and no title, feast or habit."""
    before = words[max(0, start - 2 * NEAR) : start]
    to = _TO_WEEKDAY.match(words, end)
    if to is not None and not to["week"] and not _PUT_OFF.search(before):
        return False  # "open from Tuesday to Friday"
    if _BETWEEN_WEEKDAYS.search(before):
        week = re.match(r" (?:last|this|next) week\b", words[end : end + NEAR])
        return bool(week or _PUT_OFF.search(before))
    if _A_WEEKDAY.search(before) and _NO_NOUN.match(words, end):
        return False  # "on a Monday", "on the Friday"
    if _NTH_WEEKDAY.search(before) and _OF.match(words, end):
        return False  # "the first Sunday of Lent"
    return not (
        _WEEKDAY_NAMES_BEFORE.search(before)
        or re.search(r"\b[Mm]an $", before)
        or _HABIT_AFTER.match(words, end)
        or (to is None and _WEEKDAY_NAMES_AFTER.match(words, end))
    )


def is_bare_quarter(words: str, start: int, end: int) -> bool:
    """Say whether a quarter without its year is one of the calendar's and not of a game."""
    found = words[start:end].casefold()
    nearby = _SPORT.search(words, max(0, start - _ARTICLE), end + _ARTICLE)
    before = words[max(0, start - NEAR) : start]
    if re.match(r"Q[1-4]", words[start:end]):
        return (
            not nearby and re.search(r"\b(?:in|for|of|during|since|by|from) $", before) is not None
        )
    if re.match(r" of (?!(?:the|this|last|next) (?:\w+ )?year\b)", words[end : end + NEAR]):
        return False  # "the first quarter of the game"
    than = re.search(r"\bthan (?:the |in )*$", before)
    return "quarter" in found and not nearby and not than


def is_today(words: str, start: int, end: int) -> bool:
    """Say whether "today" is a day: no newspaper, no programme, not "nowadays"."""
    if _NOWADAYS.match(words, end) or _OF_NOWADAYS.search(words, max(0, start - NEAR), start):
        return False
    if words[start].islower():
        return True
    before = words[max(0, start - NEAR) : start].rstrip()
    if before and before[-1] not in ".!?:;\"'`([-\u2014\u2026":
        return False
    return not re.match(
        r" (?:[Ss]how|FM|[Pp]rogramme|[Pp]rogram|[A-Z]\w+ (?:and|&))\b", words[end : end + 30]
    )
