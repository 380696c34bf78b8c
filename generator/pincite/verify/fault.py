"""One thing that a published site states and that does not hold, told to the character."""

import unicodedata
from dataclasses import dataclass

_CONTEXT = 24  # characters before and after the first that differs


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """*file* is relative to the site's root; *where* names the place in it for people."""

    file: str
    where: str
    message: str
    expected: str = ""
    found: str = ""

    @property
    def difference(self) -> str:
        """Say where *found* leaves *expected*; empty when the fault is not about two texts."""
        return describe_difference(self.expected, self.found)


def find_difference(expected: str, found: str) -> int | None:
    """Return the offset, in code points, of the first that differs; None when all are the same."""
    if expected == found:
        return None
    shorter = min(len(expected), len(found))
    return next((at for at in range(shorter) if expected[at] != found[at]), shorter)


def describe_difference(expected: str, found: str) -> str:
    """Return "character 13: expected “0” (U+0030), found “1” (U+0031) in “…”", counted from 1."""
    at = find_difference(expected, found)
    if at is None or not (expected and found):
        return ""
    start = max(0, at - _CONTEXT)
    around = found[start : at + _CONTEXT]
    return (
        f"character {at + 1}: expected {_name(expected, at)}, found {_name(found, at)} "
        f"in “{'…' if start else ''}{around}{'…' if at + _CONTEXT < len(found) else ''}”"
    )


def _name(text: str, at: int) -> str:
    if at >= len(text):
        return "the end"
    character = text[at]
    code = f"U+{ord(character):04X}"
    if character.isprintable() and not unicodedata.combining(character) and character != " ":
        return f"“{character}” ({code})"
    return f"{code} {unicodedata.name(character, 'control character')}"
