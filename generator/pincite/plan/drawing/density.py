"""Counts where events are too many to be marked one by one: a bar for a period of a lane.

Periods are those of the calendar wherever the scale is even, and every mark is counted once.
"""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import islice, pairwise
from typing import Final, NamedTuple

from pincite.plan.drawing.figures import Mark
from pincite.plan.drawing.scale import Scale, Zone, place
from pincite.plan.drawing.steps import length, starts, steps_from

_MOST_COLUMNS: Final = 36  # at 24 pixels each they fill the plot of a wide page
_MOST_CELLS: Final = 200  # some 240 bytes each: well under 60 kB together


class Cell(NamedTuple):
    """The *marks* of one lane from the day *first* to the day *last*, between two per cents.

    The days are None for the marks that have no date.
    """

    lane: str
    first: int | None
    last: int | None
    left: float
    right: float
    marks: tuple[Mark, ...]


def count_cells(
    marks: Sequence[Mark], scale: Scale | None, undated: tuple[float, float]
) -> tuple[Cell, ...]:
    """Return the cells that hold any mark, in the order of their lanes' first marks, then time.

    The finest periods are taken that keep within some 200 cells; *undated* is where marks without
    a date stand, from and to per cent.
    """
    lanes = dict.fromkeys(mark.lane for mark in marks)
    for columns in (_MOST_COLUMNS, 30, 24, 18, 12, 8, 5, 3, 1):
        edges = _edges(scale, columns) if scale else ()
        found = _sort_into_cells(marks, edges)
        if len(found) <= _MOST_CELLS:
            break
    else:
        edges, found = (), _sort_into_cells(marks, ())
    cells = []
    for lane in lanes:
        for column in range(-1, max(len(edges), 1)):
            if not (held := found.get((lane, column))):
                continue
            if column < 0 or scale is None:
                cells.append(Cell(lane, None, None, *undated, tuple(held)))
                continue
            first, last = edges[column], edges[column + 1] - 1
            left, right = place(scale, first), place(scale, last + 1)
            cells.append(Cell(lane, first, last, left, right, tuple(held)))
    return tuple(cells)


def start_of(mark: Mark) -> int | None:
    """Return the day by which a mark is counted: its earliest, or its latest if that is open."""
    return mark.first if mark.first is not None else mark.last


def _sort_into_cells(
    marks: Sequence[Mark], edges: Sequence[int]
) -> dict[tuple[str, int], list[Mark]]:
    found: dict[tuple[str, int], list[Mark]] = {}
    for mark in marks:
        day = start_of(mark)
        column = -1
        if day is not None and len(edges) > 1:
            column = min(max(bisect_right(edges, day) - 1, 0), len(edges) - 2)
        found.setdefault((mark.lane, column), []).append(mark)
    return found


def _edges(scale: Scale, columns: int) -> tuple[int, ...]:
    """Return the days on which periods begin, and the day after the last one ends."""
    if scale.unit:
        return _logarithmic_edges(scale)
    whole = scale.zones[-1].right - scale.zones[0].left
    edges: list[int] = []
    for zone in scale.zones:
        share = max(1, int(columns * (zone.right - zone.left) / whole))
        edges += [day for day in _zone_edges(zone, share) if not edges or day > edges[-1]]
    return tuple(edges)


def _zone_edges(zone: Zone, share: int) -> tuple[int, ...]:
    """Return the starts of whole periods, from the one that holds the zone's first day."""
    span = zone.last - zone.first
    for step in islice(steps_from(span // share), 24):
        if span // length(step) > 2 * share:
            continue
        around = 2 * length(step) + 2
        found = starts(step, zone.first - around, zone.last + around)
        start = bisect_right(found, zone.first) - 1
        end = bisect_right(found, zone.last)
        if start >= 0 and end < len(found) and end - start <= share:
            return found[start : end + 1]
    return (zone.first, zone.last + 1)


def _logarithmic_edges(scale: Scale) -> tuple[int, ...]:
    oldest = scale.latest - scale.zones[0].first
    ages = [0]
    power = 0
    while (age := 36525 * 10**power // 100) < oldest:
        if age >= scale.unit:
            # Three columns to a power of ten: they are 1, 2 and 5 of its units.
            ages += [factor * age for factor in (1, 2, 5) if factor * age < oldest]
        power += 1
    ages.append(oldest)
    distinct = sorted({scale.latest - age for age in ages})
    assert all(a < b for a, b in pairwise(distinct))
    return (*distinct, scale.latest + 1)
