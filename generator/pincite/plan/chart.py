"""Figures of one measure as a chart: bars on one axis from zero, each as exact as its source.

Along the axis lengths are per cent, all others pixels, so that type never scales. A soft bar is
"approximately", a tick a bare number, a solid bar a range, a point the open end of one. Nothing
is added up, averaged or taken for the truth.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from unicodedata import east_asian_width

Number = int | float

_REACH = 82  # per cent of the width at which the largest figure stands; its text needs the rest
_NARROW = 288  # pixels that the chart has on the narrowest of telephones
_LETTER = 8  # pixels a letter of a figure takes, with something to spare
_LINE = 40  # letters of thirteen-pixel type that fit in the narrowest chart
_TOP = 44  # baseline of the first label
_OPEN = 36  # pixels of what has no end, and of a soft bar
_FADE = (0.47, 0.38, 0.29, 0.2, 0.11)


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A figure to draw. *who* and *when* label it, *said* stands beside it."""

    low: Number | None
    high: Number | None
    qualifier: str
    who: str
    when: str
    said: str
    label: str  # its accessible name
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A rectangle beside a place on the axis, in pixels; without an opacity it is solid."""

    x: str
    width: str
    opacity: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Glyph:
    x: str  # per cent
    bars: tuple[Bar, ...] = ()
    path: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    text: str
    y: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartRow:
    href: str
    label: str
    who: tuple[Line, ...]
    y: str  # of the bar's middle
    lead: str  # per cent: where the line from zero ends
    start: str  # per cent: where it begins
    span: tuple[str, str]  # (x, width) of a range, per cent; width empty: it is none
    glyphs: tuple[Glyph, ...]
    hit: tuple[str, str]  # (x, width) of what can be pressed
    hit_at: str
    said: str
    said_x: str
    said_dx: str
    said_y: str
    said_anchor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    x: str
    text: str
    anchor: str  # start | middle


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    label: str
    height: str
    ticks: tuple[Tick, ...]
    rows: tuple[ChartRow, ...]
    edge: str  # x of the labels: the side on which reading begins


def draw_chart(
    given: Sequence[Given], label: str, say: Callable[[Number], str], *, rtl: bool
) -> Chart:
    """Draw *given* from top to bottom; each has at least one end, and all ends are finite."""
    ends = [Fraction(n) for g in given for n in (g.low, g.high) if n is not None]
    zero = Fraction(0)
    axis = _Axis(min((zero, *ends)), max((zero, *ends)), rtl)
    rows = []
    y = _TOP
    for g in given:
        row, y = _row(g, axis, y)
        rows.append(row)
    return Chart(
        label=label,
        height=str(y - 24),
        ticks=_ticks(axis, say),
        rows=tuple(rows),
        edge="100%" if rtl else "0",
    )


class _Axis:
    def __init__(self, low: Fraction, high: Fraction, rtl: bool) -> None:
        self.low = low
        self.high = high if high > low else low + 1
        self.sign = -1 if rtl else 1

    def share(self, n: Number | Fraction) -> float:
        """Return how far from the start *n* is, in per cent of the width."""
        return float((Fraction(n) - self.low) / (self.high - self.low) * _REACH)

    def place(self, n: Number | Fraction) -> str:
        share = self.share(n)
        return _percent(100 - share if self.sign < 0 else share)


def _percent(share: float) -> str:
    return f"{share:.2f}".rstrip("0").rstrip(".") + "%"


def _row(given: Given, axis: _Axis, y: int) -> tuple[ChartRow, int]:
    """Return the row whose first label has its baseline at *y*, and the baseline of the next."""
    ends = [n for n in (given.low, given.high) if n is not None]
    first, last = min(ends), max(ends)
    who = [*_wrap(given.who), *_wrap(given.when)]
    lines = [Line(text=text, y=str(y + 16 * at)) for at, text in enumerate(who)]
    x, dx, anchor, own_line = _beside(given, first, last, axis)
    middle = y + 16 * len(who) + (16 if own_line else 0)
    opens = given.qualifier if given.qualifier in ("at-least", "up-to") else ""
    span = ("", "")
    if first != last:
        begin = axis.place(last if axis.sign < 0 else first)
        span = (begin, _percent(axis.share(last) - axis.share(first)))
    return (
        ChartRow(
            href=given.href,
            label=given.label,
            who=tuple(lines),
            y=str(middle),
            start=axis.place(0),
            lead=axis.place(first if first > 0 or last > 0 else last),
            span=span,
            glyphs=_glyphs(given.qualifier, opens, first, last, axis),
            hit=("-18", "36") if first == last else span,
            hit_at=axis.place(first) if first == last else "",
            said=given.said,
            said_x=x,
            said_dx=dx,
            said_y=str(middle + 5 if not own_line else middle - 16),
            said_anchor=anchor,
        ),
        middle + 36,
    )


def _glyphs(
    qualifier: str, opens: str, first: Number, last: Number, axis: _Axis
) -> tuple[Glyph, ...]:
    soft = qualifier == "approx"
    found = []
    if first == last:
        if soft:
            bars = (Bar(x="-8", width="16", opacity="0.56"), *_fade(8, 1), *_fade(8, -1))
            found.append(Glyph(x=axis.place(first), bars=bars))
        else:
            found.append(Glyph(x=axis.place(first), bars=(Bar(x="-2", width="4"),)))
    else:
        found += [
            Glyph(
                x=axis.place(n),
                bars=_fade(0, side * axis.sign) if soft else (Bar(x="-1", width="2"),),
            )
            for n, side in ((first, -1), (last, 1))
        ]
    if opens:
        at, side = (last, 1) if opens == "at-least" else (first, -1)
        # What is open towards less must not leave the drawing where zero is near.
        room = _OPEN if side > 0 else max(8, min(_OPEN, int(axis.share(at) * _NARROW / 100)))
        found.append(Glyph(x=axis.place(at), path=_arrow(room, side * axis.sign)))
    return tuple(found)


def _fade(inner: int, side: int) -> tuple[Bar, ...]:
    """Return five steps of two pixels from *inner* outwards."""
    return tuple(
        Bar(
            x=str(inner + 2 * step if side > 0 else -inner - 2 * step - 2),
            width="2",
            opacity=str(tone),
        )
        for step, tone in enumerate(_FADE)
    )


def _arrow(length: int, side: int) -> str:
    return f"M0-6H{side * (length - 8)}L{side * length} 0 {side * (length - 8)} 6H0z"


def _beside(given: Given, first: Number, last: Number, axis: _Axis) -> tuple[str, str, str, bool]:
    """Return where a figure's text stands (x, dx, anchor), and whether it needs its own line."""
    width = _wide(given.said) * _LETTER
    gap = {"approx": 26, "at-least": 44}.get(given.qualifier, 10)
    if axis.share(last) * _NARROW / 100 + gap + width <= _NARROW:
        return axis.place(last), str(axis.sign * gap), "start", False
    gap = {"approx": 26, "up-to": 44}.get(given.qualifier, 10)
    if axis.share(first) * _NARROW / 100 >= gap + width:
        return axis.place(first), str(-axis.sign * gap), "end", False
    return "100%" if axis.sign < 0 else "0", "0", "start", True


def _ticks(axis: _Axis, say: Callable[[Number], str]) -> tuple[Tick, ...]:
    """Return round numbers, so few that their labels stand clear of each other."""
    span = axis.high - axis.low
    for parts in (4, 3, 2, 1):
        step = _round_step(span / parts)
        first = -((-axis.low) // step) if axis.low else 0  # towards zero
        count = int((axis.high - first * step) // step) + 1
        values = [(first + at) * step for at in range(count)]
        texts = [say(int(v) if v.denominator == 1 else float(v)) for v in values]
        widest = max(_wide(text) for text in texts) * 7 + 8
        gaps = [axis.share(b) - axis.share(a) for a, b in pairwise(values)]
        if parts == 1 or not gaps or min(gaps) * _NARROW / 100 >= widest:
            return tuple(
                Tick(
                    x=axis.place(value),
                    text=text,
                    anchor="start" if value == axis.low else "middle",
                )
                for value, text in zip(values, texts, strict=True)
            )
    raise AssertionError("one part is always returned")


def _round_step(least: Fraction) -> Fraction:
    """Return the smallest of 1, 2 and 5 times a power of ten that is not below *least*."""
    power = Fraction(1)
    while power > least:
        power /= 10
    while power * 10 <= least:
        power *= 10
    return next(power * size for size in (1, 2, 5, 10) if power * size >= least)


def _wrap(text: str) -> list[str]:
    """Cut *text* at spaces into lines that fit; a longer word is cut where it must be."""
    lines = [""]
    for word in text.split():
        rest = word
        if lines[-1] and _wide(f"{lines[-1]} {rest}") > _LINE:
            lines.append("")
        while _wide(rest) > _LINE:
            end = next(n for n in range(1, len(rest) + 1) if _wide(rest[: n + 1]) > _LINE)
            lines[-1] = rest[:end]
            rest = rest[end:]
            lines.append("")
        lines[-1] = f"{lines[-1]} {rest}".strip()
    return [line for line in lines if line] or [""]


def _wide(text: str) -> int:
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)
