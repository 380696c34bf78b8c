"""What a snapshot holds beside the paragraphs, by its first words, so that it is named as dropped.

It compares as the build's proof does, and so leaves nothing for the proof to report.
"""

import re
from collections.abc import Iterable, Sequence

from pincite.link.normalise import fold_for_snapshot
from pincite.link.proof import what_is_left

MOST = 5_000  # entries that a source may have
_WORDS = 10
_CHARACTERS = 72
_WORD = re.compile(r"\w")


def find_leftovers(
    blocks: Sequence[str], paragraphs: Iterable[str], known: Iterable[str] = ()
) -> tuple[str, ...]:
    """Return the first words of each block neither in *paragraphs* nor begun as *known*."""
    kept = [folded for text in paragraphs if (folded := fold_for_snapshot(text))]
    whole = " ".join(kept)
    own = frozenset(kept)
    longest = sorted(own, key=len, reverse=True)
    left: list[tuple[str, str]] = []
    for block in blocks:
        text = fold_for_snapshot(block)
        if not text or text in own or text in whole:
            continue
        rest = what_is_left(block, text, own, longest)
        if _WORD.search(rest):
            left.append((block if rest == text else rest, rest))
    begun = [fold_for_snapshot(entry) for entry in known]
    found = _first_words(left, begun, _WORDS)
    for words in (4, 2, 1):
        if len(found) > MOST:
            found = _first_words(left, begun, words)
    return found[:MOST]


def _first_words(left: list[tuple[str, str]], known: list[str], words: int) -> tuple[str, ...]:
    prefixes = tuple(known)
    found: list[str] = []
    for block, text in left:
        if text.startswith(prefixes):
            continue
        entry = _brief(block, words)
        folded = fold_for_snapshot(entry)
        if not folded or not text.startswith(folded):
            entry = folded = _brief(text, words)
        found.append(entry)
        prefixes = (*prefixes, folded)
    return tuple(found)


def _brief(text: str, words: int) -> str:
    pieces = text.split()
    brief = " ".join(pieces[:words])
    while len(brief) > _CHARACTERS and " " in brief:
        brief = brief.rpartition(" ")[0]
    return brief[: 10 * _CHARACTERS]
