"""Numbers of a text, in digits or in English words, in a form in which equal ones are alike."""

import re
from collections.abc import Iterator
from decimal import Decimal

_SCALES = {
    "dozen": 12,
    "hundred": 100,
    "thousand": 1_000,
    "million": 10**6,
    "mln": 10**6,
    "billion": 10**9,
    "bn": 10**9,
    "trillion": 10**12,
    "tn": 10**12,
}
#: written right behind the digits: "£1.2m"
_GLUED = {"k": 1_000, "m": 10**6, "mn": 10**6, "bn": 10**9, "tn": 10**12}
_UNITS = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen"),
    "nineteen",
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_VALUES = {word: value for value, word in enumerate(_UNITS)} | {
    word: 20 + 10 * place for place, word in enumerate(_TENS)
}
_SCALE = rf"(?:[\s-](?P<scale>{'|'.join(_SCALES)})\b)?"
# As people write it: digits, with separators between groups and decimals.
_NUMBER = re.compile(
    r"(?P<whole>\d{1,3}(?:[,’'\u00a0\u202f ]\d{3})+(?!\d)|\d+)"
    rf"(?P<fraction>\.\d+|,\d{{1,2}}(?!\d))?(?:(?P<glued>{'|'.join(_GLUED)})\b|{_SCALE})",
    re.IGNORECASE,
)
_WORDED = re.compile(
    rf"\b(?:(?P<tens>{'|'.join(_TENS)})(?:[\s-](?P<unit>{'|'.join(_UNITS)})\b)?"
    rf"|(?P<alone>{'|'.join(_UNITS)}))\b{_SCALE}",
    re.IGNORECASE,
)
_NOT_DIGITS = re.compile(r"\D")


def find_numbers(text: str) -> list[tuple[str, ...]]:
    """Return the numbers in digits, bare of separators; of "5 million" both 5 and 5000000."""
    found: list[tuple[str, ...]] = []
    for match in _NUMBER.finditer(text):
        number = _NOT_DIGITS.sub("", match["whole"]) + (match["fraction"] or "")
        scale = (match["scale"] or match["glued"] or "").lower()
        if not scale:
            found.append((number,))
        else:
            value = Decimal(number.replace(",", ".")) * (_SCALES | _GLUED)[scale]
            found.append((number, f"{value.normalize():f}"))
    return found


def find_worded(text: str) -> Iterator[str]:
    """Yield the numbers in words: of "two hundred" both 2 and 200."""
    for match in _WORDED.finditer(text):
        words = match.group("tens", "unit", "alone")
        value = sum(_VALUES[word.lower()] for word in words if word)
        yield str(value)
        if match["scale"]:
            yield str(value * _SCALES[match["scale"].lower()])
