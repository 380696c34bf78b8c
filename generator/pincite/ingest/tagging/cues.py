"""Whether the words around a date look ahead or back: the verb nearest to it decides."""

import re

from pincite.ingest.sentences import Sentence
from pincite.ingest.tagging.values import Core

_NOT_A_NOUN = "".join(
    rf"(?<!\b{word}\ )"
    for word in ("the", "a", "an", "its", "his", "her", "our", "their", "of", "new", "no", "any")
)
_VERB = re.compile(
    rf"""\b(?:
    (?P<perfect>(?:could|would|might|may|should|must|cannot|can)(?:n't|\ not)?\ have)
    |(?P<ahead>will|shall|would|could|might|may|should|must|won't|wouldn't|cannot|can
        |expect(?:s|ed|ing)?|due|scheduled?|slated|set\ for|intends?
        |plann(?:ed|ing)(?=\ (?:for|in|on|to|by|at)\b)
        |hoping|going\ to|likely|upcoming|forthcoming|to\ be|deadline
        |(?:is|are|was|were|been|be)\ (?:projected|predicted|forecast|promised|pledged|proposed)
        |(?:is|are|set|about)\ to|wants?|seeks?|expires?|takes|comes|(?:is|are)\ coming
        |{_NOT_A_NOUN}(?:projects|predicts?|begins|starts|ends|opens)
        |{_NOT_A_NOUN}(?:plans?|aims?|hopes?|vows|pledges|promises|proposes)(?=\ (?:to|for|that)\b)
        |postponed|delayed|rescheduled|adjourned
        |until|ahead\ of|no\ later\ than|as\ soon\ as|payable|tomorrow|next(?!\ to\b))
    |(?P<neither>said|says|told|announced|announces|added|(?<!according\ )(?<!due\ )
        to\ (?!(?:the|an?|his|her|its|their|our|this|that|these|those|all|some)\b)[a-z]+)
    |(?P<behind>was|were|had|did|took|held|met|began|came|went|made|became|fell|rose|won
        |lost|left|got|gave|saw|found|ran|struck|shot|wrote|spoke|sent|fled|flew|led|broke|grew
        |brought|built|bought|sold|caught|knew|kept|heard|paid|drew|sank|stood|thought|taken|begun
        |seen|known|given|gone|done|written|fallen|risen|driven|yesterday|ago|last
        |bid|beat|hit|cut|put|let|shut|quit|hurt|split|spread|cost|swore|wore|tore|bore|chose|froze|stole|drove|rode|rang|sang|swam|threw|hid|fought|taught
        |sought|dealt|felt|meant|slept|spent|lent|bent|lay|blew|ate|forgot|forgave|withdrew|overthrew
        |(?!hundred|indeed|speed|exceed|proceed|succeed|need|seed|feed|breed)[a-z]{{2,}}ed)
    )\b""",
    re.VERBOSE,
)
#: present tense right before a date: "play Saturday", "goes on sale in the summer"
_TIMETABLE = re.compile(
    r"(?<!to )(?<!the )(?<!'s )(?<!not )(?<!n't )(?<!our )(?<!its )(?<!his )(?<!her )(?<!any )"
    r"(?<!their )\b(?:begins?|starts?|ends|opens?|reopens?|plays?|meets?|votes?|faces|hosts|holds"
    r"|resumes?|returns?|launch(?:es)?|expires?|closes|arrives?|airs|premieres|kicks? off"
    r"|go(?:es)? back|goes on sale|go on sale|on sale|takes? place|takes? effect"
    r"|comes? into force|turns [0-9]+)"
    r"(?: again)?(?: to [A-Z]\w+)?"
    r"(?:(?<=hosts)(?: [a-z]+){1,3}|(?<=holds)(?: [a-z]+){1,3})?"
    r" (?:(?:on|in|from|at) )?(?:the )?(?:end of |start of |early |late |mid-)?(?:the )?$"
)
#: what is agreed or asked for "to happen on Friday" lies ahead
_INTENT = re.compile(
    r"\b(?:agree[sd]?|asked|asks|ordered|orders|urged|urges|invited|invites|offered|offers"
    r"|promised|pledged|vowed|have|needs?|ready|willing)\b"
)
#: after "said" or "announced": when or by whom, before what
_SAID = re.compile(r" (?:on|in|at|by|during|back|late|early|earlier|last)\b|,? ?$")
_PUT_TO = re.compile(
    r"\b(?:moved|switched|changed|brought forward|pushed back|put off|extended|adjourned|deferred)"
    r"\b.{0,40} to (?:the )?$"
)
_FIXTURE = re.compile(r"(?:[A-Z]\w+: )?(?:Host|Visit|Face|Play|Meet)\b")
#: what opens a sentence and tells of its subject: "Found in late November, he …"
_PARTICIPLE = re.compile(
    r"(?:Found|Born|Built|Made|Held|Taken|Seen|Given|Written|Sent|Shot|Sold|Set up"
    r"|(?!United|Allied|Limited|Indeed|Armed)[A-Z][a-z]{2,}ed)"
    r" (?:in|on|at|by|from|near|under|off|[a-z]+ing)\b"
)
_WAS_DUE = re.compile(
    r"\b(?:was|were) (?:due|scheduled|expected|set|slated|planned|supposed)\b[^.;]*$"
)
_BACK = re.compile(r"(?<!\bgo )(?<!\bgoes )\bback (?:on|in|at) (?:the )?$")
_APPOINTED = re.compile(r"\b(?:is|are) (?:on |for |due |due on )?$|(?<!\w)for $")
_BOUND_AHEAD = ("by", "until", "ahead")
_BOUND_BEHIND = ("since", "at-least", "as-of")
_AUXILIARIES = re.compile(r"(?:\s+(?:not|be|to|have|been|also|only|\w+ly))*\s*")
_ARTICLE = re.compile(r"\b(?:the|an?|its|his|her|their) $", re.IGNORECASE)
_FIGURES = re.compile(r" (?:results?|earnings|figures|numbers|accounts|report)\b")
_REPORTS = re.compile(r"\b(?:report|release|publish|announce|post|unveil|present|due|out on)")
_NEW_CLAUSE = re.compile(
    r"[,;:]|\b(?:and|that|who|which|when|where|after|because|as|while|if|but|before|than)\b"
)
_FAR = 400  # characters
_CLAUSE = 40


def look(words: str, sentence: Sentence, core: Core, bound: str) -> int:
    """Return 1 if *sentence* looks ahead at its date *core*, -1 if back, 0 if nothing tells.

    *bound* is what stands before the date: since, by, until …, or "".
    """
    if bound in _BOUND_BEHIND:
        return -1
    start, end = core.start, core.end
    low = max(sentence.start, start - 48)
    if _names_a_thing(words, core):
        return 0
    if (
        _BACK.search(words, low, start)
        or _attributive(words, core)
        or _reported(words, sentence, core)
    ):
        return -1
    if core.term.unit == "day" and _APPOINTED.search(words, max(sentence.start, start - 12), start):
        return 1  # "the vote is on Friday", "set for 7 March"
    if _TIMETABLE.search(words, low, start) or _PUT_TO.search(words, low, start):
        return 1
    clause = words.rfind("; ", sentence.start, start) + 1
    opening = max(sentence.start, clause, start - _FAR)
    before = tuple(_VERB.finditer(words, opening, start))
    from_now = words[sentence.start : start] == "From "
    after = _VERB.search(words, end, min(sentence.end, end + _FAR))
    if from_now and (after is None or not after["behind"]):
        ahead = 1  # "From Monday, visitors need no test"
    elif before:
        ahead = _last_says(words, before, start, alone=after is None)
        if ahead > 0 and not core.term.weekday and _WAS_DUE.search(words, before[0].start(), start):
            ahead = 0  # "was due to be released in September": it may be over by now
    elif _PARTICIPLE.match(words, sentence.start) and not clause:
        ahead = -1
    elif _FIXTURE.match(words, sentence.start):
        ahead = 1
    elif after is None or after["neither"] or after[0] == "would":
        ahead = 0
    else:
        ahead = 1 if after["ahead"] else -1
    if bound in _BOUND_AHEAD and ahead <= 0:
        near = words[max(sentence.start, start - 120) : start], words[end : end + 60]
        return -1 if ahead < 0 and _completed(" ".join(near)) else 1
    return ahead


def _last_says(words: str, verbs: tuple[re.Match[str], ...], start: int, *, alone: bool) -> int:
    """Follow a participle to its auxiliary: "will be held", "is expected to have ended"."""
    for index in range(len(verbs) - 1, -1, -1):
        verb = verbs[index]
        if verb["ahead"]:
            return 1
        if verb["neither"]:
            if verb[0].startswith("to "):
                return _intended(words, verbs, index, alone=alone)
            said = _SAID.match(words, verb.end(), start)
            return -1 if said else 0
        if index and verbs[index - 1]["ahead"] and _is_adjective(words, verbs[index - 1], verb):
            continue
        between = words[verbs[index - 1].end() : verb.start()] if index else "-"
        if verb["perfect"] or not _AUXILIARIES.fullmatch(between):
            return -1
    return -1


def _is_adjective(words: str, ahead: re.Match[str], verb: re.Match[str]) -> bool:
    """Say whether *verb* is none in the clause of *ahead*: "will redeem preferred shares"."""
    between = words[ahead.end() : verb.start()]
    noun = re.match(r" [a-z]+s\b(?! of)", words[verb.end() : verb.end() + 24])
    return verb[0].endswith("ed") and noun is not None and not _NEW_CLAUSE.search(between)


def _names_a_thing(words: str, core: Core) -> bool:
    """Say whether a day only says which thing is meant, and is the nearest: "the Aug. 7 blasts"."""
    if core.rule != "day" or core.last is not None or not words[core.start].isalpha():
        return False
    article = _ARTICLE.search(words, max(0, core.start - 6), core.start)
    return article is not None and re.match(r" [a-z]", words[core.end : core.end + 2]) is not None


def _reported(words: str, sentence: Sentence, core: Core) -> bool:
    """Say whether a quarter's figures are told or yet to be told: it is over by then."""
    if not 33 <= core.term.month <= 36:
        return False
    reports = _REPORTS.search(words, sentence.start, sentence.end)
    return reports is not None and _FIGURES.match(words, core.end) is not None


def _attributive(words: str, core: Core) -> bool:
    """Say whether the date only says which thing is meant: "within weeks of an October visit"."""
    article = words[max(0, core.start - 3) : core.start].casefold()
    return article in (" a ", " an") or article.endswith(("an ", " a "))


def _intended(words: str, verbs: tuple[re.Match[str], ...], index: int, *, alone: bool) -> int:
    """Say where "to meet" points to: "agreed to meet", "Leaders to meet", but "came to meet"."""
    infinitive = verbs[index]
    if index == 0:
        return 1 if alone else 0
    before = verbs[index - 1]
    if infinitive.start() - before.end() > _CLAUSE:
        return 0
    if before["neither"] and before[0].startswith("to "):
        return _intended(words, verbs, index - 1, alone=alone)
    near = words[before.start() : infinitive.start()]
    return 1 if before["ahead"] or _INTENT.search(near) else 0


def _completed(near: str) -> bool:
    """Say whether the clause tells what was over by then: "had left by 7 March"."""
    return re.search(r"\b(?:had|was|were)\b", near) is not None and not re.search(
        r"\b(?:will|would|expected|could|should|must|due|plan(?:s|ned)?|to be|set to|deadline)\b",
        near,
    )
