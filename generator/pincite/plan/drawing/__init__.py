"""The overview of a timeline: every event at its time, in the lane of its kind, as ready figures.

Nothing is dropped: a mark is a link of its own or is counted in one, and what has no date stands
in a place for it.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from pincite.plan.drawing.backdrop import draw_breaks, draw_eras, say_scale
from pincite.plan.drawing.density import Cell, count_cells, start_of
from pincite.plan.drawing.figures import (
    Drawing,
    Era,
    Glyph,
    Hit,
    Key,
    Lane,
    Link,
    Mark,
    Name,
    Publication,
    Speech,
    Text,
)
from pincite.plan.drawing.marks import (
    EXPECTED,
    ROW,
    UNDATED_AT,
    Frame,
    Sketch,
    draw_mark,
    pack_rows,
    sketch_mark,
    wide_hit,
)
from pincite.plan.drawing.scale import BREAK, make_scale, place
from pincite.plan.drawing.shapes import CIRCLE, Rect, number, sharp_bar
from pincite.plan.drawing.ticks import Label, make_ticks

__all__ = ["Drawing", "Era", "Lane", "Mark", "Publication", "Speech", "draw"]

_MOST_MARKS: Final = 150
_MOST_ROWS: Final = 48
_MOST_UNDATED: Final = 6  # in a lane, before one mark stands for all of them
_MOST_PUBLICATIONS: Final = 3
_MANY_MARKS: Final = 40  # from here fades have fewer steps: no eye tells, and pages stay light
_COUNT_ROW: Final = 36
_UNDATED: Final = (1.0, 7.0)  # per cent
_TOP: Final = 42  # below the two rows of labels
_ERA_ROW: Final = 18
_NAME: Final = 14  # letters that fit beside the narrowest plot
_SIGNS: Final = ("day", "fading", "interval", "ongoing", "expected", "denied", "publication")


def draw(
    marks: Sequence[Mark],
    lanes: Sequence[Lane],
    *,
    title: str,
    speech: Speech,
    publications: Sequence[Publication] = (),
    eras: Sequence[Era] = (),
) -> Drawing:
    """Draw the marks in the lanes that hold any; those of no known lane go to the last one.

    More than three *publications* are left out: so many bounds would tell the reader nothing.
    """
    lanes = lanes or (Lane(id="", label=""),)
    known = {lane.id for lane in lanes}
    marks = [mark if mark.lane in known else replace(mark, lane=lanes[-1].id) for mark in marks]
    seen = [p for p in publications if p.first is not None or p.last is not None]
    seen = seen if len(seen) <= _MOST_PUBLICATIONS else []
    frame = _make_frame(marks, seen, speech)
    top = _TOP + (_ERA_ROW if eras and frame.scale else 0)

    red = _draw_publications(seen, top, frame, speech)
    rows = [] if len(marks) > _MOST_MARKS else _place_marks(marks, lanes, frame)
    dense = len(marks) > _MOST_MARKS or sum(lane.height for lane in rows) > _MOST_ROWS
    body = (
        _draw_counts(marks, lanes, red.bottom, frame, speech)
        if dense
        else _draw_lanes(rows, red.bottom, frame, speech)
    )
    signs = red.signs | body.signs
    ticks, labels = (
        make_ticks(frame.scale, speech.months, speech.words) if frame.scale else ((), ())
    )
    texts = [_say_label(label, speech.rtl) for label in labels]
    if any(start_of(mark) is None for mark in marks):
        place_of = _say(UNDATED_AT, speech.rtl)
        texts.append(Text(place_of, speech.words["no_date"], middle=True))
    return Drawing(
        height=str(body.bottom),
        label=speech.words["overview"],
        skip=speech.words["skip_drawing"],
        title=title,
        rtl=speech.rtl,
        scale=frame.scale.kind if frame.scale else "linear",
        dense=dense,
        lines=body.lines,
        names=(*red.names, *body.names),
        ticks=tuple(_say(x, speech.rtl) for x in ticks),
        texts=tuple(texts),
        bands=draw_eras(eras, frame),
        breaks=draw_breaks(frame),
        break_width=number(BREAK) + "%",
        bounds=_find_bounds(seen, frame),
        bounds_from=str(top + ROW),
        links=(*red.links, *body.links),
        key=tuple(Key(sign, speech.words["key_" + sign]) for sign in _SIGNS if sign in signs),
        note=" ".join(
            filter(None, (say_scale(frame.scale, _find_days(marks, seen), speech), body.note))
        ),
    )


class _Block(NamedTuple):
    """Part of a drawing, from wherever it began down to *bottom*."""

    bottom: int
    lines: tuple[str, ...] = ()
    names: tuple[Name, ...] = ()
    links: tuple[Link, ...] = ()
    signs: frozenset[str] = frozenset()
    note: str = ""


class _Row(NamedTuple):
    """A lane with its marks, each with the row it has been given."""

    lane: Lane
    height: int
    marks: tuple[tuple[int, Mark, Sketch], ...]
    undated: tuple[Mark, ...]


def _make_frame(marks: Sequence[Mark], seen: Sequence[Publication], speech: Speech) -> Frame:
    days = _find_days(marks, seen)
    starts = [day for mark in marks if (day := start_of(mark)) is not None]
    left = 9.0 if any(start_of(mark) is None for mark in marks) else 1.0
    bounds = [day for p in seen for day in (p.first, p.last) if day is not None]
    return Frame(
        scale=make_scale(days, starts, left),
        seen=tuple(p.first if p.first is not None else p.last or 0 for p in seen),
        until=max(bounds, default=None),
        rtl=speech.rtl,
        steps=5 if len(marks) <= _MANY_MARKS else 2,
    )


def _find_days(marks: Sequence[Mark], seen: Sequence[Publication]) -> list[int]:
    bounds = [(mark.first, mark.last) for mark in marks] + [(p.first, p.last) for p in seen]
    return [day for pair in bounds for day in pair if day is not None]


def _draw_publications(
    seen: Sequence[Publication], top: int, frame: Frame, speech: Speech
) -> _Block:
    if not seen:
        return _Block(top + 2)
    marks = [
        Mark(id="", href=p.href, label=p.label, lane="", first=p.first, last=p.last) for p in seen
    ]
    sketches = [sketch_mark(mark, frame) for mark in marks]
    rows = pack_rows(sketches)
    links = []
    for mark, sketch, row in zip(marks, sketches, rows, strict=True):
        y = top + ROW * row + ROW // 2
        link = draw_mark(mark, sketch, CIRCLE, y, frame)
        if sketch.form == "point" and link.glyph:
            # A bar takes the red of its row, which a shape would not.
            link = replace(link, glyph=link.glyph._replace(bars=sharp_bar(4), path="", classes=""))
        links.append(replace(link, now=True))
    name = _name(speech.words["published"], top + ROW // 2, now=True)
    bottom = top + ROW * (max(rows) + 1) + 6
    return _Block(bottom, names=(name,), links=tuple(links), signs=frozenset(("publication",)))


def _find_bounds(seen: Sequence[Publication], frame: Frame) -> tuple[str, ...]:
    days = dict.fromkeys(day for p in seen for day in (p.first, p.last) if day is not None)
    return tuple(_say(place(frame.scale, day), frame.rtl) for day in days if frame.scale)


def _place_marks(marks: Sequence[Mark], lanes: Sequence[Lane], frame: Frame) -> list[_Row]:
    by_lane: dict[str, list[Mark]] = {}
    for mark in marks:
        by_lane.setdefault(mark.lane, []).append(mark)
    return [
        _place_lane(lane, held, frame) for lane in lanes if (held := by_lane.pop(lane.id, None))
    ]


def _place_lane(lane: Lane, marks: Sequence[Mark], frame: Frame) -> _Row:
    dated = [mark for mark in marks if start_of(mark) is not None]
    undated = [mark for mark in marks if start_of(mark) is None]
    sketches = [sketch_mark(mark, frame) for mark in dated]
    placed = list(zip(pack_rows(sketches), dated, sketches, strict=True))
    counted = len(undated) > _MOST_UNDATED
    if not counted:
        placed += [(row, mark, sketch_mark(mark, frame)) for row, mark in enumerate(undated)]
    placed.sort(key=lambda item: item[0])
    height = max((row for row, _, _ in placed), default=0) + 1
    return _Row(lane, height, tuple(placed), tuple(undated) if counted else ())


def _draw_lanes(rows: Sequence[_Row], top: int, frame: Frame, speech: Speech) -> _Block:
    lines, names, links = [], [], []
    signs: set[str] = set()
    for lane, height, placed, undated in rows:
        lines.append(f"{top - 2}.5")
        names.append(_name(lane.label, top + ROW // 2))
        for row, mark, sketch in placed:
            y = top + ROW * row + ROW // 2
            links.append(draw_mark(mark, sketch, lane.path, y, frame))
            signs |= _find_signs(mark, sketch)
        if undated:
            y = top + ROW // 2
            glyph = Glyph(
                _say(UNDATED_AT, frame.rtl),
                str(y),
                hit=Hit("-12", "-12", "24", "24"),
                path=lane.path,
                classes="point",
                many=str(len(undated)),
            )
            label = _say_cell(Cell(lane.id, None, None, 0, 0, undated), lane, speech)
            links.append(Link(href=speech.find_page(None), label=label, glyph=glyph))
        top += ROW * height + 4
    return _Block(top - 1, tuple(lines), tuple(names), tuple(links), frozenset(signs))


def _find_signs(mark: Mark, sketch: Sketch) -> set[str]:
    signs = {"denied"} if mark.modality == "denied" else set()
    if sketch.form == "point" and mark.modality == "occurred":
        signs.add("day")
    if sketch.form == "about" or any(sketch.fades):
        signs.add("fading")
    elif sketch.form in {"span", "short"}:
        signs.add("interval")
    if sketch.form == "ongoing":
        signs.add("ongoing")
    if mark.modality in EXPECTED:
        signs.add("expected")
    return signs


def _draw_counts(
    marks: Sequence[Mark], lanes: Sequence[Lane], top: int, frame: Frame, speech: Speech
) -> _Block:
    cells = count_cells(marks, frame.scale, _UNDATED)
    most = max(len(cell.marks) for cell in cells)
    lines, names, links = [], [], []
    for lane in lanes:
        held = [cell for cell in cells if cell.lane == lane.id]
        if not held:
            continue
        lines.append(f"{top - 2}.5")
        names.append(_name(lane.label, top + _COUNT_ROW - 8))
        links += [_draw_cell(cell, lane, top, most, frame, speech) for cell in held]
        top += _COUNT_ROW + 4
    note = speech.words["note_counts"].format(events=speech.say_count(most))
    return _Block(top + 2, tuple(lines), tuple(names), tuple(links), frozenset(), note)


def _draw_cell(cell: Cell, lane: Lane, top: int, most: int, frame: Frame, speech: Speech) -> Link:
    count = len(cell.marks)
    height = max(3, round((_COUNT_ROW - 4) * count / most))
    # A hair of paper between bars keeps periods apart.
    inset = min(0.15, (cell.right - cell.left) / 8)
    hit = wide_hit(cell.left + inset, cell.right - inset, top, frame.rtl, _COUNT_ROW)
    bar = Rect("", hit.x, str(top + _COUNT_ROW - height), hit.width, str(height))
    alone = cell.marks[0]
    return Link(
        href=alone.href if count == 1 else speech.find_page(start_of(alone)),
        label=alone.label if count == 1 else _say_cell(cell, lane, speech),
        hit=hit,
        bars=(bar,),
    )


def _say_cell(cell: Cell, lane: Lane, speech: Speech) -> str:
    if cell.first is None or cell.last is None:
        period = speech.words["no_date"]
    else:
        period = speech.say_span(cell.first, cell.last)
    events = speech.say_count(len(cell.marks))
    return speech.words["counted"].format(kind=lane.label, period=period, events=events)


def _name(label: str, middle: int, *, now: bool = False) -> Name:
    """Cut a name into two lines of some fourteen letters, and say whether anything was lost."""
    first, rest = _cut(label)
    if not rest:
        return Name(((str(middle + 4), first),), now, "")
    second, lost = _cut(rest)
    second = second[: _NAME - 1].rstrip() + "…" if lost else second
    whole = label if lost or first + " " + second != label else ""
    return Name(((str(middle - 3), first), (str(middle + 9), second)), now, whole)


def _cut(text: str) -> tuple[str, str]:
    if len(text) <= _NAME:
        return text, ""
    space = text.rfind(" ", 0, _NAME + 1)
    return (text[:space], text[space + 1 :]) if space > 0 else (text[:_NAME], text[_NAME:])


def _say_label(label: Label, rtl: bool) -> Text:
    return Text(_say(label.x, rtl), label.text, label.upper, label.minor)


def _say(x: float, rtl: bool) -> str:
    return number(100 - x if rtl else x) + "%"
