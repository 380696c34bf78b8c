"""What to offer someone whose date is not EDTF: old drafts, other notations, plain English.

Every suggestion is parsed before it is made, so what is offered is always valid.
"""

import re
import unicodedata

from pincite.dates.english import find_english
from pincite.dates.grammar import parse_expression
from pincite.dates.part import Fault
from pincite.dates.values import Date, DateProblem

_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−", "-"))
_AMBIGUOUS = re.compile(r"0?([1-9]|1[0-2])[/.-]0?([1-9]|1[0-2])[/.-]([0-9]{4})")
_LONG_YEAR = re.compile(r"\+?(-?)0*([1-9][0-9]{4,99}[?~%]?)")
LONGEST_GUESS = 120  # code points; what people write for a date is short


def explain(text: str, fault: Fault) -> DateProblem:
    """Turn *fault* into words, and find the valid EDTF that was probably meant."""
    message, start, end = fault.message, fault.start, fault.end
    if not text.strip():
        return DateProblem(message="there is no date here", start=0, end=len(text))
    if fault.fix and _is_valid(fault.fix):
        return _problem(message, start, end, fault.fix)
    if len(text) <= LONGEST_GUESS:
        repaired = _repair(text)
        if repaired is not None:
            suggestion, why, first, last = repaired
            return _problem(why, first, last, suggestion)
        plain = _plain(text)
        if (ambiguous := _AMBIGUOUS.fullmatch(plain)) and ambiguous[1] != ambiguous[2]:
            return _ambiguous(text, ambiguous)
        meant = find_english(plain)
        if meant is not None and _is_valid(meant):
            why = f"`{text.strip()}` is not written as EDTF"
            return _problem(why, 0, len(text), meant)
        if long_year := _LONG_YEAR.fullmatch(plain):
            why = "a year of more than four digits begins with `Y`"
            return _problem(why, 0, len(text), f"Y{long_year[1]}{long_year[2]}")
        if plain.casefold() in ("unknown", "open", "undated", "n.d.", "s.d."):
            message = "EDTF has no way to write a date of which nothing is known"
    return _problem(message, start, end, None)


def _is_valid(text: str) -> bool:
    return isinstance(parse_expression(text), Date)


def _problem(message: str, start: int, end: int, suggestion: str | None) -> DateProblem:
    return DateProblem(message=message, start=start, end=end, suggestion=suggestion)


def _plain(text: str) -> str:
    """Fold typographic dashes, wide digits and white space; what is left is easier to guess at."""
    return " ".join(unicodedata.normalize("NFKC", text.translate(_DASHES)).split())


def _ambiguous(text: str, match: re.Match[str]) -> DateProblem:
    day, month, year = int(match[1]), int(match[2]), match[3]
    day_first, month_first = f"{year}-{month:02d}-{day:02d}", f"{year}-{day:02d}-{month:02d}"
    return _problem(
        f"`{text.strip()}` can be {day_first} or, read the American way, {month_first}",
        0,
        len(text),
        day_first,
    )


def _repair(text: str) -> tuple[str, str, int, int] | None:
    """Try the small repairs in turn, and together: (EDTF, what was wrong, start, end)."""
    repaired = text
    found: tuple[str, int, int] | None = None
    for pattern, replacement, why in _REPAIRS:
        match = pattern.search(repaired)
        if match is None:
            continue
        if found is None:
            found = (why, *match.span())
        repaired = pattern.sub(replacement, repaired)
        if _is_valid(repaired):
            return repaired, *found
    # A repair can leave an impossible date, for which there is an offer too.
    fault = parse_expression(repaired)
    if found is not None and isinstance(fault, Fault) and fault.fix and _is_valid(fault.fix):
        return fault.fix, *found
    return None


# Repairs of the notation; each alone, or one after the other, makes valid EDTF of a near miss.
_REPAIRS: tuple[tuple[re.Pattern[str], str, str], ...] = tuple(
    (re.compile(pattern), replacement, why)
    for pattern, replacement, why in (
        (r"^\s+|\s+$", "", "white space around the date"),
        (r"[‐‑‒–—−]", "-", "the sign between the parts of a date is a plain hyphen"),
        (r"(?<=/)(?i:open|present|now)$|^(?i:open)(?=/)", "..", "an open end is written `..`"),
        (r"(?<=/)(?i:unknown|\*)$|^(?i:unknown|\*)(?=/)", "", "an unknown end is left empty"),
        (
            r"(?<=[0-9uUxX-])[ux]|(?<![A-Za-z])[ux](?=[0-9uxX-])|(?<=X)U",
            "X",
            "an unspecified digit is a capital `X`",
        ),
        (r"(?<![A-Za-z])[ux]{4}", "XXXX", "an unspecified digit is a capital `X`"),
        (r"y(?=-?[0-9])", "Y", "a long year begins with a capital `Y`"),
        (r"(?<=[0-9])e(?=[0-9])", "E", "an exponent follows a capital `E`"),
        (r"(?<=[0-9])[ps](?=[0-9]+$)", "S", "significant digits follow a capital `S`"),
        (r"(?<=[0-9X])(?:\?~|~\?)", "%", "uncertain and approximate together is `%`"),
        (r"\^[^/\]},]*", "", "a season's qualifier in words is no longer part of EDTF"),
        (
            r"^([0-9X]{4})([?~%]?)-\(([0-9X]{2})-([0-9X]{2})\)([?~%])$",
            r"\1\2-\5\3-\5\4",
            "groups in round brackets are no longer part of EDTF",
        ),
        (
            r"^([0-9X]{4})([?~%]?)-\(([0-9X]{2})\)([?~%])",
            r"\1\2-\4\3",
            "groups in round brackets are no longer part of EDTF",
        ),
        (
            r"^\(([0-9X]{4}(?:-[0-9X]{2}){0,2}[?~%]?)\)",
            r"\1",
            "groups in round brackets are no longer part of EDTF",
        ),
        (
            r"^([0-9]{4}-[0-9]{2}-[0-9]{2})[ t](?=[0-9]{2}:)",
            r"\1T",
            "day and time are joined by a capital `T`",
        ),
        (r"(?<=[0-9])[.,][0-9]+(?=Z|[+-][0-9:]+$|$)(?<!T)", "", "a time has no parts of a second"),
        (r"(T[0-9]{2}:[0-9]{2})(?=Z|[+-]|$)", r"\1:00", "a time has hour, minute and second"),
        (
            r"(?<=[0-9])([+-][0-9]{2})([0-9]{2})$(?<=:..:.......)",
            r"\1:\2",
            "hours and minutes of a time zone are separated by a colon",
        ),
        (r"(?<=[0-9])z$", "Z", "universal time is a capital `Z`"),
        (r"^([0-9]{4}-[0-9]{2}-[0-9]{2})T.*[?~%]$", r"\1~", "a time of day cannot be qualified"),
        (r"^\+(?=[0-9]{4}(?:-|$))", "", "a year has no plus sign"),
        (r"^\.\.(?=[0-9-])", "../", "an open beginning is written `../`"),
        (r"(?<=[0-9])\.\.$", "/..", "an open end is written `/..`"),
        (r"^([^/.\[{]*[0-9X?~%])\.\.([^/.\]}]+)$", r"\1/\2", "an interval is written with `/`"),
        (r"//|--(?=[0-9]{4})", "/", "an interval is written with one `/`"),
        (r"(?<=[0-9]{4})--(?=[0-9]{4})", "/", "an interval is written with `/`"),
    )
)
