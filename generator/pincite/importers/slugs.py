"""Titles to permanent ids: the same titles in the same order always give the same ids."""

import re
import unicodedata
from typing import Final

from pincite.base.scalars import parse_slug
from pincite.base.schema import Problem

LONGEST: Final = 60  # characters; an address is read, so a few words are enough

_APOSTROPHES: Final = re.compile("['’ʼ`]")
_NOT_ASCII_SLUG: Final = re.compile("[^a-z0-9]+")


def slug_of(text: str) -> str:
    """Return *text* as an id, or nothing when it has no letter and no digit."""
    text = _APOSTROPHES.sub("", unicodedata.normalize("NFC", text[:1_000]).lower())
    if text.isascii():
        slug = _NOT_ASCII_SLUG.sub("-", text).strip("-")
    else:
        text = unicodedata.normalize("NFC", text)
        spaced = "".join(c if _may_stand(c) else " " for c in text)
        words = ["".join(_begin(word)) for word in spaced.split()]
        slug = "-".join(word for word in words if word)
    if len(slug) > LONGEST:
        cut = slug.rfind("-", LONGEST // 2, LONGEST + 1)
        slug = slug[: cut if cut > 0 else LONGEST].rstrip("-")
    if slug and isinstance(parse_slug(slug), Problem):  # the name of a device
        slug = f"{slug}-1"
        if isinstance(parse_slug(slug), Problem):
            return ""
    return slug


def unique_slug(wishes: tuple[str, ...], taken: set[str], otherwise: str) -> str:
    """Return the first of *wishes* that is not *taken*, else the last with a number; take it.

    Wishes may be empty; *otherwise* stands for them when all are. *taken* holds case-folded ids.
    """
    wishes = tuple(filter(None, wishes)) or (otherwise,)
    found = next((wish for wish in wishes if wish.casefold() not in taken), None)
    number = 2
    while found is None:
        numbered = f"{wishes[-1]}-{number}"
        found = None if numbered.casefold() in taken else numbered
        number += 1
    taken.add(found.casefold())
    return found


def _may_stand(character: str) -> bool:
    category = unicodedata.category(character)
    return category[0] in "LM" or category == "Nd"


def _begin(word: str) -> str:
    """Leave out the combining marks that begin a word: they belong to what was left out."""
    at = 0
    while at < len(word) and unicodedata.category(word[at])[0] == "M":
        at += 1
    return word[at:]
