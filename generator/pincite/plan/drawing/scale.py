"""Where a day stands on the axis: evenly, in zones with breaks between, or logarithmically.

A scale is monotone over all integers, and what lies outside it stands at its nearer end.
"""

import math
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, Literal, NamedTuple

BREAK: Final = 3.0  # per cent of the plot that a break takes
_RIGHT = 100.0  # per cent
_CELLS = 48  # how finely it is judged whether days can be told apart
_MOST_BREAKS = 3
_LOGARITHMIC_FROM = 365_250  # days: below a thousand years powers of ten say nothing


class Zone(NamedTuple):
    """The days *first* to *last*, evenly from *left* to *right* per cent.

    The first event is on the day it *opens*; a zone is *brief* that holds but one or two days.
    """

    first: int
    last: int
    left: float
    right: float
    opens: int
    brief: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """One zone is the common case; *unit* (days) is not 0 where the scale is logarithmic.

    A logarithmic scale counts back from *latest*, one unit of age being where it becomes even.
    """

    kind: Literal["linear", "broken", "logarithmic"] = "linear"
    zones: tuple[Zone, ...]
    latest: int = 0
    unit: int = 0


def make_scale(days: Iterable[int], starts: Iterable[int], left: float) -> Scale | None:
    """Return the plainest scale of all *days* on which the *starts*, some of them, stand apart.

    Without any day there is none.
    """
    distinct, apart = sorted(set(days)), sorted(set(starts))
    if not distinct:
        return None
    best = Scale(zones=(_make_zone(distinct, left, _RIGHT),))
    if len(apart) < 3 or (reached := _spread(best, apart)) >= 0.6:
        return best
    needed = 1.3 * reached
    for count in range(1, _MOST_BREAKS + 1):
        broken = _break_scale(distinct, count, left, _RIGHT)
        if broken and (spread := _spread(broken, apart)) >= max(needed, 1.15 * reached):
            best, reached = broken, spread
    logarithmic = _make_logarithmic(distinct, left, _RIGHT)
    # Several breaks are no easier to read than powers of ten.
    better = 1.0 if len(best.zones) > 2 else 1.15
    if logarithmic and _spread(logarithmic, apart) >= max(needed, better * reached):
        return logarithmic
    return best


def place(scale: Scale, day: int) -> float:
    """Return the per cent of the plot at which *day* stands."""
    zones = scale.zones
    if day <= zones[0].first:
        return zones[0].left
    if day >= zones[-1].last:
        return zones[-1].right
    if scale.unit:
        return _place_logarithmic(scale, day)
    index = bisect_right(zones, day, key=lambda zone: zone.first) - 1
    zone = zones[index]
    if day <= zone.last:
        return _between(day, zone.first, zone.last, zone.left, zone.right)
    following = zones[index + 1]
    return _between(day, zone.last, following.first, zone.right, following.left)


def _between(day: int, first: int, last: int, left: float, right: float) -> float:
    # Integers divide exactly at any size, where a float would overflow.
    return left + (day - first) / (last - first) * (right - left)


def _make_zone(days: Sequence[int], left: float, right: float) -> Zone:
    span = days[-1] - days[0]
    # Room for what hangs over a mark's place, and never less than a week for the whole.
    pad = max(span * 12 // 100, (8 - span) // 2, 1)
    return Zone(days[0] - pad, days[-1] + pad, left, right, days[0])


def _break_scale(days: Sequence[int], count: int, left: float, right: float) -> Scale | None:
    """Cut the *count* widest gaps, or return None when one is not wide beside its neighbours."""
    gaps = sorted(range(1, len(days)), key=lambda index: days[index - 1] - days[index])
    if len(gaps) < count:
        return None
    cuts = (0, *sorted(gaps[:count]), len(days))
    parts = [days[start:end] for start, end in pairwise(cuts)]
    spans = [part[-1] - part[0] for part in parts]
    for index, (before, after) in enumerate(pairwise(parts)):
        if after[0] - before[-1] < 3 * max(1, spans[index], spans[index + 1]):
            return None
    weights = [1 + math.log2(len(part)) for part in parts]
    share = (right - left - BREAK * count) / sum(weights)
    zones: list[Zone] = []
    for part, weight in zip(parts, weights, strict=True):
        zone = _make_zone(part, left, left + weight * share)
        if len(part) <= 2:
            # One event in a zone of its own: it shall not look as if it filled the time around it.
            pad = part[-1] - part[0] + 3
            zone = zone._replace(first=part[0] - pad, last=part[-1] + pad, brief=True)
        zones.append(zone)
        left += weight * share + BREAK
    zones[-1] = zones[-1]._replace(right=right)  # not a rounding error beyond it
    if any(before.last >= after.first for before, after in pairwise(zones)):
        return None
    return Scale(kind="broken", zones=tuple(zones))


def _make_logarithmic(days: Sequence[int], left: float, right: float) -> Scale | None:
    latest = days[-1]
    oldest, youngest = latest - days[0], latest - days[-2]
    if oldest < _LOGARITHMIC_FROM or oldest < 1000 * youngest:
        return None
    unit = 365
    while unit * 10 <= youngest:
        unit *= 10
    # Most of a step before the oldest, so that its mark has room.
    return Scale(
        kind="logarithmic",
        zones=(Zone(latest - 6 * oldest, latest, left, right - 5, days[0]),),
        latest=latest,
        unit=unit,
    )


def _place_logarithmic(scale: Scale, day: int) -> float:
    zone = scale.zones[0]
    whole = _steps(scale, zone.first)
    return zone.right - _steps(scale, day) / whole * (zone.right - zone.left)


def _steps(scale: Scale, day: int) -> float:
    return math.log10(scale.latest - day + scale.unit) - math.log10(scale.unit)


def _spread(scale: Scale, days: Sequence[int]) -> float:
    """Return the share of the days (of the cells, when there are more days) that stand apart."""
    width = (scale.zones[-1].right - scale.zones[0].left) / _CELLS
    cells = {int(place(scale, day) / width) for day in days}
    return len(cells) / min(_CELLS, len(days))
