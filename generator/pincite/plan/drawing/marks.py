"""How one event is marked: what its dates and modality let it claim of the axis, and no more.

A mark is first sketched (how far it reaches, so that rows can be packed) and then drawn in its row.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from heapq import heappop, heappush
from typing import Final, Literal, NamedTuple

from pincite.plan.drawing.figures import Dash, Glyph, Hit, Link, Mark
from pincite.plan.drawing.scale import Scale, place
from pincite.plan.drawing.shapes import Rect, fading_bar, number, sharp_bar, soft_bar
from pincite.plan.drawing.ticks import NARROW

ROW: Final = 24  # pixels, the size a target must have
UNDATED_AT: Final = 4.0  # per cent

EXPECTED: Final = frozenset(("planned", "predicted", "hypothetical"))
_FADE = 2.0  # per cent
_ABOUT = 3.0  # per cent by which a bar begins before an approximate start, or ends after
_OPEN = 6.0  # per cent over which a bar fades whose end nobody gives
_SHORT = 2.6  # per cent: a bar less wide is drawn in pixels, or it could not be seen
_BEYOND = 2.72  # per cent that the target of an expected event reaches beyond its shape


class Sketch(NamedTuple):
    """What a mark takes: *left* to *right* per cent, and *hang* pixels beyond both."""

    form: Literal["undated", "point", "about", "short", "span", "ongoing", "expected"]
    left: float
    right: float
    fades: tuple[float, float] = (0.0, 0.0)
    hang: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What all marks of a drawing share; *seen* are the days on which sources were published."""

    scale: Scale | None
    seen: tuple[int, ...] = ()
    until: int | None = None
    rtl: bool = False
    steps: int = 5


def sketch_mark(mark: Mark, frame: Frame) -> Sketch:
    """Say what the mark claims of the axis; any integers will do, in any order."""
    days = [day for day in (mark.first, mark.last) if day is not None]
    scale = frame.scale
    if not days or scale is None:
        return Sketch("undated", UNDATED_AT, UNDATED_AT, hang=12)
    left, right = place(scale, min(days)), place(scale, max(days))
    ongoing = "ongoing" in {mark.modality, mark.shape} and mark.first is not None
    if mark.modality in EXPECTED:
        return _sketch_expected(min(days), left, right, frame)
    if ongoing:
        end = max(right, place(scale, frame.until) if frame.until is not None else 98.0)
        begins_between = mark.last is not None and right > left
        if mark.about:
            return Sketch("ongoing", max(left - _ABOUT, 0), end, (_FADE, 0), 8)
        return _sketch_bar("ongoing", left, end, (_FADE if begins_between else 0, 0))
    if mark.about and right - left < 2 * _ABOUT and len(days) == 2:
        middle = (left + right) / 2
        return Sketch("about", middle, middle, hang=18)
    if mark.about:
        left, right = max(left - _ABOUT, 0), min(right + _ABOUT, 100)
    fades = (0.0, 0.0) if mark.shape == "interval" else (_FADE, _FADE)
    if mark.first is None:
        left, fades = max(left - _OPEN - _FADE, 0), (_OPEN, fades[1])
    if mark.last is None:
        right, fades = min(right + _OPEN + _FADE, 100), (fades[0], _OPEN)
    if len(days) == 2 and days[0] == days[1]:
        return Sketch("point", left, left, hang=12)
    return _sketch_bar("span", left, right, fades)


def pack_rows(sketches: Sequence[Sketch]) -> tuple[int, ...]:
    """Return a row for each sketch: the first that is free, counting from 0, in O(n log n).

    Two sketches of a row never touch, even where the plot is narrow.
    """
    reach = [
        (s.left - s.hang * 100 / NARROW, s.right + s.hang * 100 / NARROW, index)
        for index, s in enumerate(sketches)
    ]
    rows = [0] * len(sketches)
    taken: list[tuple[float, int]] = []
    free: list[int] = []
    count = 0
    for start, end, index in sorted(reach, key=lambda item: item[0]):
        while taken and taken[0][0] <= start:
            heappush(free, heappop(taken)[1])
        if free:
            row = heappop(free)
        else:
            row, count = count, count + 1
        rows[index] = row
        heappush(taken, (end, row))
    return tuple(rows)


def draw_mark(mark: Mark, sketch: Sketch, path: str, y: int, frame: Frame) -> Link:
    """Draw the mark in the row whose middle is *y*; *path* is its kind's shape."""
    struck = mark.modality == "denied"
    dotted = mark.modality == "hypothetical"
    hollow = struck or mark.modality in EXPECTED
    classes = "point" + " hollow" * hollow + " dotted" * dotted
    middle = _say((sketch.left + sketch.right) / 2, frame)
    link = Link(href=mark.href, label=mark.label)
    glyph = Glyph(middle, str(y), path=path, classes=classes, struck=struck)
    if sketch.form in {"undated", "point"}:
        return replace(link, glyph=glyph._replace(hit=_hit(12)))
    if sketch.form == "about":
        return replace(link, glyph=glyph._replace(hit=_hit(18), bars=soft_bar(half=18, core=8)))
    if sketch.form == "short":
        bars = soft_bar(half=14, core=4) if any(sketch.fades) else sharp_bar(5)
        glyph = Glyph(middle, str(y), hit=_hit(14), bars=bars, struck=struck)
        return replace(link, glyph=glyph)
    end = _say(sketch.right, frame)
    if sketch.form == "expected":
        return replace(
            link,
            hit=wide_hit(sketch.left, min(sketch.right + _BEYOND, 100), y - ROW // 2, frame.rtl),
            dash=Dash(_say(sketch.left, frame), end, str(y), dotted),
            glyph=glyph._replace(x=end),
        )
    arrow: Glyph | None = None
    if sketch.form == "ongoing":
        points = "M0-4H-4L-8 0-4 4H0z" if frame.rtl else "M0-4H4L8 0 4 4H0z"
        arrow = Glyph(end, str(y), path=points, classes="bar", struck=struck)
    elif struck:
        arrow = Glyph(middle, str(y), struck=True)
    return replace(
        link,
        hit=wide_hit(sketch.left, sketch.right, y - ROW // 2, frame.rtl),
        bars=draw_bar(sketch, y, frame),
        glyph=arrow,
    )


def draw_bar(sketch: Sketch, y: int, frame: Frame) -> tuple[Rect, ...]:
    return fading_bar(
        sketch.left,
        sketch.right,
        str(y - 4),
        fades=sketch.fades,
        steps=frame.steps,
        rtl=frame.rtl,
    )


def wide_hit(left: float, right: float, y: int, rtl: bool, height: int = ROW) -> Hit:
    """Return what can be pressed from *left* to *right* per cent, below *y*."""
    start = 100 - right if rtl else left
    return Hit(number(start) + "%", str(y), number(right - left) + "%", str(height))


def _sketch_expected(day: int, left: float, right: float, frame: Frame) -> Sketch:
    assert frame.scale is not None
    if right - left < _SHORT:
        # What is expected is drawn from the latest publication that came before it.
        before = [seen for seen in frame.seen if seen < day]
        if not before:
            return Sketch("point", left, left, hang=12)
        right, left = left, place(frame.scale, max(before))
    if right - left < _SHORT:
        return Sketch("point", right, right, hang=12)
    return Sketch("expected", left, right, hang=8)


def _sketch_bar(
    form: Literal["span", "ongoing"], left: float, right: float, fades: tuple[float, float]
) -> Sketch:
    if right - left < _SHORT and form == "span":
        return Sketch("short", left, right, fades, 14)
    whole = (right - left) * 10 / 11
    if sum(fades) > whole:
        fades = (fades[0] * whole / sum(fades), fades[1] * whole / sum(fades))
    return Sketch(form, left, right, fades, 8 if form == "ongoing" else 0)


def _hit(half: int) -> Hit:
    return Hit(str(-half), "-12", str(2 * half), "24")


def _say(x: float, frame: Frame) -> str:
    return number(100 - x if frame.rtl else x) + "%"
