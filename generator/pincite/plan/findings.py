"""What the evidence report says of each kind of finding, as words that a language may replace.

The English words are those of the terminal, so they are written once, beside their codes.
"""

from pincite.base.codes import CODES
from pincite.base.diagnostics import Severity


def finding_words() -> dict[str, str]:
    """Return the name (``finding_<code>``) and the meaning (``…_text``) of all that may be told.

    Errors are not among them: where there is one, nothing is published.
    """
    table = {}
    for code, about in CODES.items():
        if about.severity is not Severity.ERROR:
            table[f"finding_{code}"] = _sentence(about.summary)
            table[f"finding_{code}_text"] = _sentence(" ".join(about.explanation.split()))
    return table


def _sentence(text: str) -> str:
    return (text[:1].upper() + text[1:]).replace("`", "")
