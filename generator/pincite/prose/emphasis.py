"""Emphasis that takes no letters: what Python-Markdown makes is compared with what was typed.

Since 3.11 it may close emphasis with more marks than there are, as in ``*a**b*cd``, or at a place
that has moved, and drops what stands there: a letter, or the beginning of a citation.
"""

import re
from typing import Any

from markdown import Markdown, inlinepatterns

_PROCESSOR: Any = getattr(inlinepatterns, "DelimiterProcessor", object)  # older ones have another
_MARKS = str.maketrans("", "", "*_")
_Match = tuple[Any, int | None, int | None]


class _Emphasis(_PROCESSOR):  # type: ignore[misc]
    def handleMatch(self, m: re.Match[str], data: str) -> _Match:  # noqa: N802 - its name for it
        made: _Match = super().handleMatch(m, data)
        if made[0] is None or _is_faithful(made[0], data[made[1] : made[2]]):
            return made
        self.reset()
        return None, m.start(), m.end()  # this mark stays as it was typed


def _is_faithful(element: Any, typed: str) -> bool:
    """Whether *element* holds what was *typed*, but for two marks each, or four where strong."""
    text = "".join(element.itertext())
    marks = sum(4 if part.tag == "strong" else 2 for part in element.iter())
    return len(text) + marks == len(typed) and text.translate(_MARKS) == typed.translate(_MARKS)


def mend_emphasis(markdown: Markdown) -> None:
    if _PROCESSOR is not object:
        emphasis = _Emphasis("*", "strong,em", markdown)
        emphasis.add("_", "strong,em", smart=True)
        markdown.inlinePatterns.register(emphasis, "em_strong", 60)
