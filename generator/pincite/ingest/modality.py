"""Whether a statement tells of what happened, goes on, is planned, predicted, possible or denied.

The first verb of the statement decides; what is said later in it hangs on that.
"""

import re

_CUES = re.compile(
    r"""\b(?:
    (?P<denied>(?:(?:has|have|had)\ (?:also\ |[a-z]+ly\ )?)?den(?:y|ies|ied)|never\ happened
        |rejected?\ (?:claims|reports|allegations)
        |dismissed?\ (?:claims|reports|allegations)|no\ evidence)
    |(?P<planned>(?:is|are|was|were)?\ ?(?:scheduled|due|slated|set)\ (?:to|for)|plans?\ to|planned
        |planning\ to|intends?\ to|agreed\ to|pledged\ to|vowed\ to|aims?\ to|prepares?\ to
        |(?:is|are)\ to\ (?!blame\b)[a-z]+|(?:must|has\ to|have\ to)\ (?!have\b)
        |will\ be\ (?:held|signed|opened|launched))
    |(?P<predicted>(?:is|are|was|were)?\ ?expected|expects?(?=\ )
        |(?:is|are)\ likely|likely\ to|will|forecast
        |predict(?:s|ed)?|projected|shall|is\ going\ to|are\ going\ to)
    |(?P<hypothetical>could(?!\ (?:\w+\ )?(?:only|not|hardly|never|barely|scarcely)\b)|might|may
        |would|should|ought\ to|if|possibly|whether)
    |(?P<ongoing>(?:has|have)\ been\ \w+ing|(?:is|are)\ (?:now\ |still\ |currently\ )?\w+ing
        |continues?\ to|remains?|undergo(?:es)?|ongoing|has\ escalated|have\ escalated)
    |(?P<occurred>(?:[Nn]o|[Nn]either|[Nn]obody|[Nn]one)(?:\ (?!doubt)\w+){0,3}?\ could|could\ \w+
        |(?:has|have|had)\ (?!been\ \w+ing)(?:also\ |already\ |previously\ )?\w+
        |was|were|took|held|met|began|struck|shot|sent|fell|rose|won|lost|left|said|told|launched
        |(?!(?:hundred|indeed|speed|need|seed|feed|united)\b)[a-z]{2,}ed)
    )\b""",
    re.VERBOSE,
)
_NO_VERB = re.compile(r"\b(?:long|short|nuclear|solid|infantry|so|high|front)-[a-z]+ed\b")


def has_verb(words: str) -> bool:
    """Say whether *words* tell something, and do not only name it."""
    return _CUES.search(words) is not None


def read_modality(statement: str) -> str:
    """Return one of the modalities of an event; "occurred" where nothing tells."""
    plain = _NO_VERB.sub(lambda match: "-" * len(match[0]), statement)
    found = _CUES.search(plain)
    if found is None:
        return "occurred"
    return found.lastgroup or "occurred"
