"""Finds what turns or hides the words of a text without being seen in it (compare Unicode TR 36).

A right-to-left override can make a page read otherwise than its letters say.
"""

import re
import unicodedata

from pincite.base.diagnostics import Diagnostic, error, warning
from pincite.base.text import Span, Text

# Embeddings, overrides, deprecated format characters, annotations, and controls. Isolates and
# marks (U+2066 to U+2069, U+200E, U+200F) are how right-to-left text is written well.
_TURNS = re.compile(
    "[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u206a-\u206f\ufff9-\ufffb]"
)
_MOST = 20  # of one file; there are files in which every word is wrapped in such marks


def find_in_page(text: Text, body: int) -> tuple[Diagnostic, ...]:
    """Refuse them in what authors write themselves."""
    return tuple(
        error(
            "bad-character",
            span,
            f"{name} cannot stand in text",
            help="delete it; it is usually invisible and came along with a copy",
        )
        for span, name in _find(text, body)
    )


def find_in_source(text: Text, body: int) -> tuple[Diagnostic, ...]:
    """Tell them in a source, which is kept as it was received."""
    return tuple(
        warning(
            "hidden-character",
            span,
            f"{name} stands in this paragraph and is not seen",
            help="look at the letters one by one before you quote it",
        )
        for span, name in _find(text, body)
    )


def _find(text: Text, body: int) -> list[tuple[Span, str]]:
    if text.value.replace("\n", "").isprintable():  # by far most are, and need no second look
        return []
    found = []
    for match in _TURNS.finditer(text.value, body):
        name = unicodedata.name(match[0], "").lower() or "a control character"
        place = Span(text.path, match.start(), match.end())
        found.append((place, f"U+{ord(match[0]):04X} ({name})"))
        if len(found) == _MOST:
            break
    return found
