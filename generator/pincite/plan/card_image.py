"""The image that stands for a page where its address is shared: title, date, name of the site.

It is set in the one typeface that comes with Pillow, which knows few letters beyond ASCII: a text
that it cannot set has no image, rather than one with gaps.
"""

from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageFont import FreeTypeFont

WIDTH, HEIGHT = 1200, 630  # pixels, as the sites that show such images ask for
_MARGIN = 72
_TONES = 16  # of grey: four bits a pixel
_PAPER, _INK, _PALE = 252, 26, 82
_SIZES = ((76, 4), (60, 5), (46, 6))  # (pixels, lines): the largest in which the title fits
_SMALL = 32
_FOLDED = str.maketrans({"–": "-", "—": "-", "\u2011": "-", "−": "-"})
_LETTERS = frozenset(map(chr, range(0x20, 0x7F))) | frozenset("©«°±´·»‘’“”…‹›™")


def can_draw(*texts: str) -> bool:
    """Whether the typeface has every letter of *texts*."""
    return all(set(_fold(text)) <= _LETTERS for text in texts)


def card_image(title: str, above: str, below: str, pillow: str) -> bytes:  # noqa: ARG001
    """Draw the image, as PNG; *pillow* is the version that draws it."""
    from PIL import Image as images  # noqa: N813, PLC0415 - only where one is drawn
    from PIL import ImageDraw  # noqa: PLC0415

    image = images.new("L", (WIDTH, HEIGHT), _PAPER)
    draw = ImageDraw.Draw(image)
    small = _typeface(_SMALL)
    draw.rectangle((0, 0, WIDTH, 11), fill=_INK)
    draw.text((_MARGIN, 64), _one_line(_fold(above), small), font=small, fill=_PALE)
    font, lines = _fit(_fold(title))
    step = round(font.size * 1.16)
    for at, line in enumerate(lines):
        draw.text(
            (_MARGIN, 124 + at * step), line, font=font, fill=_INK, stroke_width=1, stroke_fill=_INK
        )
    draw.rectangle((_MARGIN, 536, WIDTH - _MARGIN, 537), fill=200)
    draw.text((_MARGIN, 556), _one_line(_fold(below), small), font=small, fill=_PALE)
    return _png(image)


def pillow_version() -> str:
    from PIL import __version__  # noqa: PLC0415

    return __version__


def _png(image: "Image") -> bytes:
    """Write the greys with four bits a pixel."""
    from PIL.Image import frombytes  # noqa: PLC0415

    last = _TONES - 1
    tones = image.point([round(value * last / 255) for value in range(256)])
    plain = frombytes("P", image.size, tones.tobytes())
    plain.putpalette([tone * 255 // last for tone in range(_TONES) for _ in "rgb"])
    out = BytesIO()
    plain.save(out, "PNG", bits=4, compress_level=4)
    return out.getvalue()


def _fold(text: str) -> str:
    return " ".join(text.translate(_FOLDED).split())


def _fit(title: str) -> "tuple[FreeTypeFont, list[str]]":
    """Return the largest type in which *title* has few enough lines; in the last it is cut."""
    for size, most in _SIZES[:-1]:
        font = _typeface(size)
        lines = _wrap(title, font)
        if len(lines) <= most:
            return font, lines
    size, most = _SIZES[-1]
    font = _typeface(size)
    lines = _wrap(title, font)
    if len(lines) > most:
        lines = [*lines[: most - 1], _one_line(" ".join(lines[most - 1 :]), font)]
    return font, lines


def _typeface(size: int) -> "FreeTypeFont":
    from PIL import ImageFont  # noqa: PLC0415

    font = ImageFont.load_default(size)
    assert isinstance(font, ImageFont.FreeTypeFont)  # Pillow's own packages have FreeType
    return font


def _wrap(text: str, font: "FreeTypeFont") -> list[str]:
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and font.getlength(longer) <= WIDTH - 2 * _MARGIN:
            lines[-1] = longer
        else:
            lines.append(_one_line(word, font))
    return lines


def _one_line(text: str, font: "FreeTypeFont") -> str:
    """Return *text*, cut where it is too long for a line."""
    room = WIDTH - 2 * _MARGIN
    if font.getlength(text[:500]) <= room:
        return text
    low, high = 0, min(len(text), 500)
    while low < high:
        middle = (low + high + 1) // 2
        if font.getlength(text[:middle] + "…") <= room:
            low = middle
        else:
            high = middle - 1
    return text[:low].rstrip() + "…"
