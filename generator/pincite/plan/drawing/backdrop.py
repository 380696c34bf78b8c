"""What lies behind the marks: eras as bands, breaks in the scale, and what has to be said of it."""

from collections.abc import Sequence
from itertools import pairwise

from pincite.dates.calendar import day_from_number
from pincite.plan.drawing.figures import Band, Era, Speech
from pincite.plan.drawing.marks import Frame
from pincite.plan.drawing.scale import BREAK, Scale, place
from pincite.plan.drawing.shapes import number
from pincite.plan.drawing.ticks import MEDIUM, NARROW, WIDE, say_year


def draw_eras(eras: Sequence[Era], frame: Frame) -> tuple[Band, ...]:
    """Return a band for each era, named wherever the name fits without touching another."""
    if not frame.scale:
        return ()
    left, right = frame.scale.zones[0].left, frame.scale.zones[-1].right
    bands = []
    taken = dict.fromkeys((WIDE, MEDIUM, NARROW), 0.0)
    for era in sorted(eras, key=lambda era: (era.first is not None, era.first or 0)):
        start = place(frame.scale, era.first) if era.first is not None else left
        end = max(place(frame.scale, era.last) if era.last is not None else right, start)
        room = {}
        for width in taken:
            begin, needed = start * width / 100 + 4, len(era.label) * 7
            room[width] = begin >= taken[width] and needed <= (end - start) * width / 100
            if room[width]:
                taken[width] = begin + needed + 6
        x = _mirror(end if frame.rtl else start, frame.rtl)
        label_x = _mirror(start + 0.6, frame.rtl)
        label = era.label if room[WIDE] else ""
        until = "" if room[NARROW] else "minor" if room[MEDIUM] else "wide"
        width_of = number(end - start) + "%"
        bands.append(Band(x, width_of, era.label, label, label_x, until))
    return tuple(bands)


def draw_breaks(frame: Frame) -> tuple[str, ...]:
    """Return where each break begins, from the left."""
    zones = frame.scale.zones if frame.scale else ()
    return tuple(
        _mirror(zone.right + (BREAK if frame.rtl else 0), frame.rtl) for zone in zones[:-1]
    )


def say_scale(scale: Scale | None, days: Sequence[int], speech: Speech) -> str:
    """Say in a sentence what is not even about the scale; *days* are those that are drawn."""
    if scale is None or scale.kind == "linear":
        return ""
    if scale.kind == "logarithmic":
        year = say_year(day_from_number(scale.latest).year, speech.words)
        return speech.words["note_logarithmic"].format(year=year)
    gaps = []
    for before, after in pairwise(scale.zones):
        ends = (
            max(day for day in days if day <= before.last),
            min(day for day in days if day >= after.first),
        )
        years = [say_year(day_from_number(day).year, speech.words) for day in ends]
        said = years if years[0] != years[1] else [speech.say_span(day, day) for day in ends]
        gaps.append(speech.words["gap"].format(start=said[0], end=said[1]))
    return speech.words["note_broken"].format(gaps=speech.words["mark_comma"].join(gaps))


def _mirror(x: float, rtl: bool) -> str:
    return number(100 - x if rtl else x) + "%"
