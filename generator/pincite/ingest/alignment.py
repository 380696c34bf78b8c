"""Which paragraph of a newer edition is which of the old: ids follow the words.

Order decides first, likeness only between neighbours that kept their place. An id is given to one
paragraph at most; where two could claim it and neither clearly does, it goes to none.
"""

from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Final

from pincite.link.normalise import fold_for_snapshot

ALIKE: Final = 80.0  # of 100, between paragraphs in the same gap
_MOST_CELLS: Final = 250_000  # of one gap's table of likeness; beyond it only sameness counts
_SHORTEST_PART: Final = 20  # characters of a paragraph that is looked for inside a merged one
_PART: Final = 0.35  # of the merged paragraph that must be the old one's words
_FIRST_PART: Final = 0.99
_MERGED: Final = 90.0  # of 100, between two paragraphs in a row and the one they became


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


def find_merged(
    old: Sequence[str], new: Sequence[str], ids: Sequence[int | None]
) -> dict[int, int]:
    """Return which texts of *old* that bear no id any more became part of which of *new*.

    *ids* are those of :func:`align`. Such a text stands at the edge of a paragraph that bears a
    neighbour's id and holds both in order, and nothing new stands beside it that it may be.
    """
    place = {number: at for at, number in enumerate(ids) if number is not None}
    if len(place) == len(old):
        return {}
    before = [fold_for_snapshot(text) for text in old]
    after = [fold_for_snapshot(text) for text in new]
    found: dict[int, int] = {}
    for first, last in _runs(len(old), place):
        for keeper, gone in (
            (first - 1, range(first, last)),
            (last, range(last - 1, first - 1, -1)),
        ):
            at = place.get(keeper)
            beside = -1 if at is None else at + (1 if gone.step > 0 else -1)
            if at is None or (0 <= beside < len(after) and ids[beside] is None):
                continue
            held = before[keeper]
            for number in gone:
                if number in found or not before[number]:
                    break
                held = f"{held} {before[number]}" if gone.step > 0 else f"{before[number]} {held}"
                if not _holds(after[at], held, before[number], at_end=gone.step > 0):
                    break
                found[number] = at
    return found


def _holds(merged: str, both: str, part: str, *, at_end: bool) -> bool:
    """Say whether *merged* begins or ends with *part*, and is, or begins as, *both* joined."""
    from rapidfuzz import fuzz  # noqa: PLC0415 - only an edited article pays for it

    like = merged[: len(both)] if at_end else merged[-len(both) :]
    if len(part) < _SHORTEST_PART:
        return like == both
    if len(merged) < len(both) - len(part) // 2:
        return False  # the keeper's own words end, or begin, as *part* does
    edge = like[-len(part) :] if at_end else like[: len(part)]
    return fuzz.ratio(like, both) >= _MERGED and fuzz.ratio(edge, part) >= _MERGED


def _runs(count: int, place: dict[int, int]) -> list[tuple[int, int]]:
    """Return the runs [first, last) of numbers below *count* that have no place."""
    edges = [-1, *sorted(place), count]
    return [(a + 1, b) for a, b in pairwise(edges) if b - a > 1]


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
    """Return how well *new* continues *old*, 0 where it does not; merged and parted count less.

    Of two parts of an old paragraph the first is rather the one that goes on.
    """
    if ratio >= ALIKE:
        return ratio
    large = len(old) >= _SHORTEST_PART and _PART * len(new) <= len(old) < len(new)
    if large and (new.startswith(old) or new.endswith(old)):
        return ALIKE * len(old) / len(new)
    part = len(new) >= _SHORTEST_PART and _PART * len(old) <= len(new) < len(old)
    if part and old.startswith(new):
        return _FIRST_PART * ALIKE
    return ALIKE * len(new) / len(old) if part and old.endswith(new) else 0.0


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
