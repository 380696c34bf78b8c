"""Whether the words around a date look ahead or back: the verb nearest to it decides."""

import re

from pincite.ingest.sentences import Sentence
from pincite.ingest.tagging.values import Core

_VERB = re.compile(
    r"""\b(?:
    (?P<ahead>will|shall|would|could|might|may|should|must|won't|wouldn't|cannot|can
        |expect(?:s|ed|ing)?|due|scheduled?|slated|plans?|planned|planning|intends?|aims?
        |hopes?|hoping|going\ to|likely|upcoming|forthcoming|to\ be|deadline|forecasts?|projected
        |projects|predicts?|predicted|vows|pledges|promises|proposes|(?:is|are|set|about)\ to
        |wants?|seeks?|begins?|starts?|ends?|expires?|opens?|takes|comes
        |postponed|delayed|rescheduled|adjourned
        |until|ahead\ of|no\ later\ than|tomorrow|next)
    |(?P<neither>said|says|told|announced|announces|added|(?<!according\ )(?<!due\ )to\ [a-z]+)
    |(?P<behind>was|were|had|did|took|held|met|began|came|went|made|became|fell|rose|won
        |lost|left|got|gave|saw|found|ran|struck|shot|wrote|spoke|sent|fled|flew|led|broke|grew
        |brought|built|bought|sold|caught|knew|kept|heard|paid|drew|sank|stood|thought|taken|begun
        |seen|known|given|gone|done|written|fallen|risen|driven|yesterday|ago|last
        |(?!hundred|indeed|speed|exceed|proceed|succeed|need|seed|feed|breed)[a-z]{2,}ed)
    )\b""",
    re.VERBOSE,
)
_APPOINTED = re.compile(r"\b(?:is|are) (?:on |for |due |due on )?$|(?<!\w)for $")
_BOUND_AHEAD = ("by", "until", "ahead")
_BOUND_BEHIND = ("since", "at-least", "as-of")
_AUXILIARIES = re.compile(r"(?:\s+(?:not|be|to|have|been|also|only|\w+ly))*\s*")
_FAR = 400  # characters


def look(words: str, sentence: Sentence, core: Core, bound: str) -> int:
    """Return 1 if *sentence* looks ahead at its date *core*, -1 if back, 0 if nothing tells.

    *bound* is what stands before the date: since, by, until …, or "".
    """
    if bound in _BOUND_BEHIND:
        return -1
    start, end = core.start, core.end
    if core.term.unit == "day" and _APPOINTED.search(words, max(sentence.start, start - 12), start):
        return 1  # "the vote is on Friday", "set for 7 March"
    before = tuple(_VERB.finditer(words, max(sentence.start, start - _FAR), start))
    if before:
        ahead = _last_says(words, before)
    else:
        after = _VERB.search(words, end, min(sentence.end, end + _FAR))
        ahead = 0 if after is None or after["neither"] else 1 if after["ahead"] else -1
    if bound in _BOUND_AHEAD and ahead <= 0:
        near = words[max(sentence.start, start - 120) : start], words[end : end + 60]
        return -1 if ahead < 0 and _completed(" ".join(near)) else 1
    return ahead


def _last_says(words: str, verbs: tuple[re.Match[str], ...]) -> int:
    """Follow a participle to its auxiliary: "will be held", "is expected to have ended"."""
    for index in range(len(verbs) - 1, -1, -1):
        verb = verbs[index]
        if verb["ahead"]:
            return 1
        if verb["neither"]:
            return 0
        between = words[verbs[index - 1].end() : verb.start()] if index else "-"
        if not _AUXILIARIES.fullmatch(between):
            return -1
    return -1


def _completed(near: str) -> bool:
    """Say whether the clause tells what was over by then: "had left by 7 March"."""
    return re.search(r"\b(?:had|was|were)\b", near) is not None and not re.search(
        r"\b(?:will|would|expected|could|should|must|due|plan(?:s|ned)?|to be|set to|deadline)\b",
        near,
    )
