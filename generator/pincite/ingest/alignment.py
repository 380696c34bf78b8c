"""Which paragraph of a newer edition is which of the old: ids follow the words.

Order decides first, likeness only between neighbours that kept their place. An id is given to one
paragraph at most; where two could claim it and neither clearly does, it goes to none.
"""

from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Final

from pincite.link.normalise import fold_for_snapshot

ALIKE: Final = 80.0  # of 100, between paragraphs in the same gap
_MOST_CELLS: Final = 250_000  # of one gap's table of likeness; beyond it only sameness counts
_SHORTEST_PART: Final = 20  # characters of a paragraph that is looked for inside a merged one
_PART: Final = 0.35  # of the merged paragraph that must be the old one's words


def align(old: Sequence[str], new: Sequence[str]) -> tuple[int | None, ...]:
    """Return for each text of *new* the index in *old* whose id it bears, or None."""
    before = [fold_for_snapshot(text) for text in old]
    after = [fold_for_snapshot(text) for text in new]
    found: dict[int, int] = {}
    gaps: list[tuple[range, range]] = []
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            found.update(zip(range(c, d), range(a, b), strict=True))
        elif tag == "replace":
            gaps.append((range(a, b), range(c, d)))
    for rows, columns in gaps:
        found.update(_match_gap(before, after, rows, columns))
    found.update(_find_moved(before, after, found))
    return tuple(found.get(at) for at in range(len(after)))


def _match_gap(before: list[str], after: list[str], rows: range, columns: range) -> dict[int, int]:
    """Match in order what is alike, so that the likeness of all pairs together is greatest."""
    from rapidfuzz import fuzz  # noqa: PLC0415 - only an edited article pays for it

    if len(rows) * len(columns) > _MOST_CELLS:
        return {}
    score = [
        [
            _likeness(fuzz.ratio(before[a], after[c], score_cutoff=ALIKE), before[a], after[c])
            for c in columns
        ]
        for a in rows
    ]
    best = [[0.0] * (len(columns) + 1) for _ in range(len(rows) + 1)]
    for i in range(len(rows) - 1, -1, -1):
        for j in range(len(columns) - 1, -1, -1):
            here = score[i][j] + best[i + 1][j + 1] if score[i][j] else 0.0
            best[i][j] = max(best[i + 1][j], best[i][j + 1], here)
    found: dict[int, int] = {}
    i = j = 0
    while i < len(rows) and j < len(columns):
        if score[i][j] and best[i][j] == score[i][j] + best[i + 1][j + 1]:
            found[columns[j]] = rows[i]
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return found


def _likeness(ratio: float, old: str, new: str) -> float:
    """Return how well *new* continues *old*, 0 where it does not; merged text counts less."""
    if ratio >= ALIKE:
        return ratio
    large = len(old) >= _SHORTEST_PART and _PART * len(new) <= len(old) < len(new)
    if large and (new.startswith(old) or new.endswith(old)):
        return ALIKE * len(old) / len(new)
    return 0.0


def _find_moved(before: list[str], after: list[str], found: dict[int, int]) -> dict[int, int]:
    """Match what is the same elsewhere, provided that it stands once in either edition."""
    taken = set(found.values())
    old_times, new_times = Counter(before), Counter(after)
    places = {text: at for at, text in enumerate(before) if at not in taken}
    return {
        at: places[text]
        for at, text in enumerate(after)
        if at not in found and text in places and old_times[text] == new_times[text] == 1
    }
