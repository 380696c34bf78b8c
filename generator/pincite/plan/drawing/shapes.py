"""The shapes that stand for kinds, and the marks of the drawing made from them.

A shape is the data of an SVG path about the point 0 0, within a square of 14 pixels.
"""

from collections.abc import Sequence
from types import MappingProxyType
from typing import Final, NamedTuple

CIRCLE: Final = "M-5 0a5 5 0 1 0 10 0A5 5 0 1 0-5 0z"
ONGOING: Final = "M-6-4h8l4 4-4 4h-8z"

SHAPES: Final = MappingProxyType(
    {
        "deployment": "M-5-5h4.5L5 0-.5 5H-5L-.5 0z",
        "shipment": "M-4.5-4.5h9v9h-9z",
        "statement": CIRCLE,
        "assessment": "M0-6 6 0 0 6-6 0z",
        "meeting": "M-5.5-5 5.5 5V-5L-5.5 5z",
        "test": "M0-5.5 5.5 4.5h-11z",
        "casualties": "M-5-3-3-5 0-2 3-5 5-3 2 0 5 3 3 5 0 2-3 5-5 3-2 0z",
        "other": "M-5.5-1.75h11v3.5h-11z",
    }
)
_FURTHER = (
    "M0 5.5-5.5-4.5h11z",  # triangle on its point
    "M-1.75-5.5h3.5v3.75h3.75v3.5H1.75V5.5h-3.5V1.75H-5.5v-3.5h3.75z",  # cross
    "M-5.5 5V-1L0-5.5 5.5-1V5z",  # house
    "M-5-5.5 0 0 5-5.5v11L0 0-5 5.5z",  # sail and sail
    "M-1.75-5.5h3.5v11h-3.5z",  # upright
    "M-3-5.5h6L6 0 3 5.5h-6L-6 0z",  # hexagon
    "M-5.5-3h11l-2.5 7h-6z",  # bowl
    "M-5.5 2.5a5.5 5.5 0 0 1 11 0z",  # half moon
)

FADE: Final = (0.11, 0.2, 0.29, 0.38, 0.47)  # of the ink, from the edge inwards
SOLID: Final = 0.56


class Rect(NamedTuple):
    """A bar; lengths are ready text, per cent or pixels."""

    opacity: str
    x: str
    y: str
    width: str
    height: str


def choose_shapes(kinds: Sequence[str]) -> tuple[str, ...]:
    """Return a shape for each kind: its own where it has one, else one that no other kind has.

    With more kinds than shapes they come round again; the lane's name still tells them apart.
    """
    taken = {SHAPES[kind] for kind in kinds if kind in SHAPES}
    spare = [shape for shape in (*_FURTHER, *SHAPES.values()) if shape not in taken] or [CIRCLE]
    chosen = []
    count = 0
    for kind in kinds:
        if kind in SHAPES:
            chosen.append(SHAPES[kind])
        else:
            chosen.append(spare[count % len(spare)])
            count += 1
    return tuple(chosen)


def number(value: float) -> str:
    """Say a length with at most two decimals: ``54.77``, ``51.5``, ``4``."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def soft_bar(*, half: int, core: int) -> tuple[Rect, ...]:
    """Return a bar of pixels about 0, *half* to each side, fading outside of *core*."""
    bars = [_pixels(SOLID, -core, 2 * core)]
    width = (half - core) // len(FADE)
    for index, opacity in enumerate(reversed(FADE)):
        offset = core + index * width
        bars += [_pixels(opacity, -offset - width, width), _pixels(opacity, offset, width)]
    return tuple(bars)


def sharp_bar(half: int) -> tuple[Rect, ...]:
    """Return a bar of pixels about 0 whose ends are known."""
    return (_pixels(SOLID, -half, 2 * half),)


def fading_bar(
    start: float, end: float, y: str, *, fades: tuple[float, float], steps: int, rtl: bool
) -> tuple[Rect, ...]:
    """Return a bar from *start* to *end* per cent that fades over *fades* per cent at its ends.

    A fade of 0 is a sharp end. With fewer *steps* than five every second opacity is left out.
    """
    tones = FADE if steps >= len(FADE) else FADE[::2]
    before = fades[0] / len(tones)
    after = fades[1] / len(tones)
    pieces = [(start + i * before, before, tone) for i, tone in enumerate(tones) if before]
    inner = end - fades[1]
    pieces.append((start + fades[0], inner - start - fades[0], SOLID))
    pieces += [(inner + i * after, after, tone) for i, tone in enumerate(reversed(tones)) if after]
    return tuple(
        Rect(
            opacity=str(tone),
            x=number(100 - x - width if rtl else x) + "%",
            y=y,
            width=number(width) + "%",
            height="8",
        )
        for x, width, tone in pieces
        if width > 0
    )


def _pixels(opacity: float, x: int, width: int) -> Rect:
    # The full tone is written as the style sheet's own figures are, without the nought.
    text = ".56" if opacity == SOLID else str(opacity)
    return Rect(text, str(x), "-4", str(width), "8")
