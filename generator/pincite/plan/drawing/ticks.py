"""What stands above the axis: the finest round steps whose labels fit, said in two rows.

No two labels of a row overlap where the plot is ``MEDIUM`` pixels wide or more, nor, leaving out
those marked minor, where it is ``NARROW``. Widths are estimates: the page's own font is unknown.
"""

from collections.abc import Mapping, Sequence
from itertools import islice, pairwise
from typing import NamedTuple

from pincite.dates.calendar import day_from_number
from pincite.plan.drawing.scale import Scale, Zone, place
from pincite.plan.drawing.steps import Step, length, starts, steps_from

NARROW = 240  # pixels that the plot has on the narrowest of telephones
MEDIUM = 384  # pixels it has where minor labels come back: three quarters of 32rem
WIDE = 780  # pixels from where the page has three columns
_LETTER = 7  # pixels a letter takes, of twelve-pixel type, with something to spare
_GAP = 6  # pixels between two labels
_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_UNITS = ((9, "billion"), (6, "million"), (3, "thousand"))


class Label(NamedTuple):
    """A text that begins at *x* per cent in one of two rows; a *minor* one is not for narrow."""

    x: float
    text: str
    upper: bool
    minor: bool


class Tick(NamedTuple):
    x: float
    lower: str
    upper: str
    kept: bool = False


def make_ticks(
    scale: Scale, months: Sequence[str], words: Mapping[str, str]
) -> tuple[tuple[float, ...], tuple[Label, ...]]:
    """Return the per cents at which lines stand, and the labels.

    *months* are twelve short names; of *words*, ``bce``, ``ce``, ``years_ago_<unit>``,
    ``years_<unit>`` and ``unit_<unit>`` are said, the unit being none, thousand, million, billion
    or power (where ``{power}`` stands for the figure).
    """
    if scale.unit:
        ticks = _logarithmic_ticks(scale, words)
    else:
        ticks = tuple(
            tick for zone in scale.zones for tick in _zone_ticks(scale, zone, months, words)
        )
    return tuple(tick.x for tick in ticks), (
        *_lower_labels(ticks, scale),
        *_upper_labels(ticks),
    )


def say_year(year: int, words: Mapping[str, str]) -> str:
    """Say one year in full, as in ``500 BCE``."""
    lower, upper = _say_year(year, _rounding(year), abs(year), words, eras=year <= 0)
    return f"{lower}\N{NO-BREAK SPACE}{upper}".strip()


def _zone_ticks(
    scale: Scale, zone: Zone, months: Sequence[str], words: Mapping[str, str]
) -> Sequence[Tick]:
    if zone.brief:
        return [_opening(scale, zone, words)]
    width = (zone.right - zone.left) * MEDIUM / 100
    span = zone.last - zone.first
    largest = max(abs(day_from_number(day).year) for day in (zone.first, zone.last))
    shortest = int(span * 14 // max(1, int(width)))
    for step in islice(steps_from(shortest), 24):
        if span // length(step) * 9 > width:
            continue
        days = starts(step, zone.first + 1, zone.last)
        ticks = [
            Tick(place(scale, day), *_say(day, step, largest, months, words, eras=_has_eras(scale)))
            for day in days
        ]
        changes = _changes(ticks)
        # The first name above may be of a mere remainder, and is left out where it has no room.
        if all(_fits(a, a.lower, b, MEDIUM) for a, b in pairwise(ticks)) and all(
            _fits(a, a.upper, b, MEDIUM) for a, b in pairwise(changes[1:])
        ):
            break
    else:
        ticks = []
    if any(_ends_within(tick, zone) for tick in ticks):
        return ticks
    # A zone too short for any step says when it is where its one event, or the first, stands.
    return [_opening(scale, zone, words)]


def _opening(scale: Scale, zone: Zone, words: Mapping[str, str]) -> Tick:
    year = day_from_number(zone.opens).year
    # The unit goes with the figure: the row above may have to speak of the zone that follows.
    figure = abs(year - (year <= 0))
    for power, name in _UNITS[:2]:
        if 10**power <= figure < 10**15:
            short = _decimal(figure, 10**power, 10 ** (power - 2), words)
            era = words["bce"] if year <= 0 else words["ce"]
            return Tick(
                place(scale, zone.opens), words["short_" + name].format(n=short), era, kept=True
            )
    lower, upper = _say_year(year, _rounding(year), figure, words, eras=_has_eras(scale))
    return Tick(place(scale, zone.opens), lower, upper, kept=True)


def _has_eras(scale: Scale) -> bool:
    return day_from_number(scale.zones[0].opens).year <= 0


def _rounding(year: int) -> int:
    """Return the step to which a year far away is said: three digits of it."""
    if abs(year) < 10**6:
        return 1
    return int(10 ** (abs(year).bit_length() * 30103 // 100000 - 2))


def _say(
    day: int,
    step: Step,
    largest: int,
    months: Sequence[str],
    words: Mapping[str, str],
    *,
    eras: bool,
) -> tuple[str, str]:
    date = day_from_number(day)
    if step.unit == "day":
        return str(date.day), f"{months[date.month - 1]} {say_year(date.year, words)}"
    if step.unit == "month":
        return months[date.month - 1], say_year(date.year, words)
    return _say_year(date.year, step.size, largest, words, eras=eras)


def _say_year(
    year: int, step: int, largest: int, words: Mapping[str, str], *, eras: bool
) -> tuple[str, str]:
    """Return the figure and its unit; the unit is empty for plain years of the common era.

    All years up to *largest* that go by the same *step* have the same unit.
    """
    count = 1 - year if year <= 0 else year
    when = "years_ago_" if year <= 0 else "years_"
    if step >= 10**13:
        power = (step.bit_length() * 30103 // 100000) // 3 * 3
        figure = _decimal(count, 10**power, step, words)
        return figure, words[when + "power"].format(power=str(power).translate(_SUPERSCRIPT))
    for power, name in _UNITS:
        if step >= 10 ** (power - 2) and largest >= 10 ** max(power, 5):
            # The turn of the eras, between them and the present, is no time ago at this scale.
            if count == 1:
                return "0", ""
            return _decimal(count, 10**power, step, words), words[when + name]
    if count >= 10**15:
        return "", ""
    figure = str(count) if count < 10_000 else f"{count:,}".replace(",", words["group_mark"])
    return figure, words["bce"] if year <= 0 else words["ce"] if eras else ""


def _decimal(count: int, unit: int, step: int, words: Mapping[str, str]) -> str:
    hundredths = (count * 100 + unit // 2) // unit
    if step >= unit:
        return f"{(hundredths + 50) // 100:,}".replace(",", words["group_mark"])
    text = f"{hundredths // 100}.{hundredths % 100:02d}".rstrip("0").rstrip(".")
    return text.replace(".", words["decimal_mark"])


def _logarithmic_ticks(scale: Scale, words: Mapping[str, str]) -> tuple[Tick, ...]:
    latest, oldest = scale.latest, scale.latest - scale.zones[0].first
    ticks = []
    power = 0
    while (age := 36525 * 10**power // 100) <= oldest:
        if age >= scale.unit:
            rank = min(power // 3, 3)
            name = ("none", "thousand", "million", "billion")[rank]
            figure = f"{10 ** (power - 3 * rank):,}".replace(",", words["group_mark"])
            ticks.append(Tick(place(scale, latest - age), figure, words["unit_" + name]))
        power += 1
    return tuple(reversed(ticks))


def _lower_labels(ticks: Sequence[Tick], scale: Scale) -> list[Label]:
    kept = [tick for tick in ticks if tick.lower and _ends_by(tick, tick.lower, MEDIUM)]
    changes = _changes(ticks)
    if len(changes) > 1 and not _ends_by(changes[-1], changes[-1].upper, MEDIUM):
        # What nothing above explains would be taken for what came before.
        kept = [tick for tick in kept if tick.x < changes[-1].x]
    kept = _thin(kept, [tick.lower for tick in kept], MEDIUM)
    # A year, or whatever is named above, keeps its first label; from there every second or third.
    start = next(
        (i for i in range(1, len(kept)) if kept[i].upper != kept[i - 1].upper),
        0,
    )
    units = {label.text for label in _upper_labels(ticks) if not label.minor}
    shown: set[int] = set()
    for stride in (1, 2, 3, 4, 6, 12, 24):
        indices = [
            i
            for i in range(start % stride, len(kept), stride)
            if _ends_by(kept[i], kept[i].lower, NARROW)
            and kept[i].x * NARROW / 100 >= _reserved(scale)
            and (not scale.unit or kept[i].upper in units)
        ]
        if all(_fits(kept[a], kept[a].lower, kept[b], NARROW) for a, b in pairwise(indices)):
            shown = set(indices)
            break
    return [Label(tick.x, tick.lower, False, i not in shown) for i, tick in enumerate(kept)]


def _upper_labels(ticks: Sequence[Tick]) -> list[Label]:
    changes = _changes(ticks)
    kept = [tick for tick in changes if _ends_by(tick, tick.upper, MEDIUM)] or changes[-1:]
    kept = _thin(kept, [tick.upper for tick in kept], MEDIUM)
    narrow = _thin(
        [tick for tick in kept if _ends_by(tick, tick.upper, NARROW)],
        [tick.upper for tick in kept if _ends_by(tick, tick.upper, NARROW)],
        NARROW,
    )
    return [Label(tick.x, tick.upper, True, tick not in narrow) for tick in kept]


def _changes(ticks: Sequence[Tick]) -> list[Tick]:
    """Return the ticks above which something new has to be said."""
    befores = ["", *(tick.upper for tick in ticks)]
    return [
        tick
        for before, tick in zip(befores, ticks, strict=False)
        if tick.upper and tick.upper != before
    ]


def _thin(ticks: Sequence[Tick], texts: Sequence[str], width: int) -> list[Tick]:
    """Leave out each tick whose text would run into one that stays: a zone's only one, or later."""
    said = dict(zip(ticks, texts, strict=True))
    kept: list[Tick] = []
    for tick in sorted(said, key=lambda tick: (tick.kept, tick.x), reverse=True):
        if all(
            _fits(
                *((tick, said[tick], other) if tick.x < other.x else (other, said[other], tick)),
                width,
            )
            for other in kept
        ):
            kept.append(tick)
    return sorted(kept, key=lambda tick: tick.x)


def _reserved(scale: Scale) -> float:
    """Return how many pixels the words above the undated take, where there is a place for them."""
    return 42.0 if scale.zones[0].left > 5 else 0.0


def _fits(before: Tick, text: str, after: Tick, width: int) -> bool:
    return (after.x - before.x) * width / 100 >= len(text) * _LETTER + _GAP


def _ends_by(tick: Tick, text: str, width: int) -> bool:
    return tick.x * width / 100 + len(text) * _LETTER <= width + _GAP


def _ends_within(tick: Tick, zone: Zone) -> bool:
    return bool(tick.lower) and (
        tick.x * MEDIUM / 100 + len(tick.lower) * _LETTER <= zone.right * MEDIUM / 100 + _GAP
    )
