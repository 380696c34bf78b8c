"""Which known word was probably meant."""

import unicodedata
from collections.abc import Iterable

_LIKE_ENOUGH = 70.0  # of 100; one slip in a four-letter word is 75


def find_near(word: str, candidates: Iterable[str]) -> str | None:
    """Return the candidate nearest to *word*, or None when none is near; ties go to the first."""
    words = tuple(candidates)
    plain = _plain(word)
    if not plain or len(plain) > 100:
        return None
    for candidate in words:
        if _plain(candidate) == plain:
            return candidate
    from rapidfuzz import fuzz, process  # noqa: PLC0415 - only a slip pays for loading it

    found = process.extractOne(
        plain, words, scorer=fuzz.ratio, processor=_plain, score_cutoff=_LIKE_ENOUGH
    )
    return found[0] if found else None


def did_you_mean(word: str, candidates: Iterable[str]) -> str | None:
    """Return the sentence that offers the nearest candidate, or None."""
    near = find_near(word, candidates)
    return None if near is None else f"did you mean `{near}`?"


def _plain(word: str) -> str:
    word = unicodedata.normalize("NFKC", word).casefold()
    return " ".join(word.replace("_", " ").replace("-", " ").split())
