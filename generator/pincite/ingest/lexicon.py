"""Which kind of event a sentence tells of, by a short list of words anyone can read and amend.

The kinds are those a new site begins with. Where words of several kinds stand in a sentence the
kind earlier in the table has it, since the table goes from the narrow to the wide.
"""

import re

_WORDS = {
    "casualties": (
        "killed|dead|deaths?|died|wounded|injured|injuries|casualties|fatalities|eliminated"
        "|death toll|massacred?"
    ),
    "test": (
        "(?:missile|nuclear|rocket|weapons?) tests?|test-fired|tested|drills?|exercises?"
        "|demonstrations|test launch|launched a (?:missile|satellite|rocket)"
    ),
    "meeting": (
        "briefing|briefed|met with|meeting|met|summit|talks|conference|negotiations|delegation"
        "|hosted|consultations|hearing"
    ),
    "assessment": (
        r"(?<!who )could(?! (?:only|not|hardly|never)\b)|might|assess(?:ed|es|ment)"
        "|forecasts?|predicts?|predicted|warned|believe|believes"
        "|concluded|raised concerns|analysis|outlook|risk"
    ),
    "shipment": (
        "suppl(?:y|ied|ies)|shipped|shipments?|deliver(?:ed|y|ies)|containers|transfer(?:red|s)?"
        "|exported|munitions|ammunition|equipment|cargo|arms sales|convoy"
    ),
    "deployment": (
        "deploy(?:ed|s|ment)?|redeployed|dispatched|troops|soldiers|reinforcements?|contingent"
        "|personnel|withdrew|withdrawn|mobilis(?:ed|ation)|mobiliz(?:ed|ation)|brigades?"
    ),
    "statement": (
        "said|says|stated|announced|reported|acknowledged|declared|noted|confirmed|denied|told"
        "|responded|called on|condemned|statement|speech|signed"
    ),
}
_KINDS = tuple(
    (kind, re.compile(rf"\b(?:{words})\b", re.IGNORECASE)) for kind, words in _WORDS.items()
)


def find_kind(sentence: str) -> tuple[str, str]:
    """Return the kind and the word that decided, or ("other", "")."""
    for kind, pattern in _KINDS:
        match = pattern.search(sentence)
        if match is not None:
            return kind, match[0]
    return "other", ""
