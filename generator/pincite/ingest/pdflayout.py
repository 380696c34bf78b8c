"""Where the lines of a PDF's page stand, and so which begin a paragraph and which are headings.

Fed with the pieces of a page as they are drawn. Where they cannot be told to be the page's lines,
nothing is said of them.
"""

import re
from collections import Counter
from itertools import pairwise
from typing import Any, NamedTuple

_SPACES = re.compile(r"\s+")
_GAP = 1.25  # times the usual distance between lines
_BIG = 1.12  # times the usual size of letters


class Line(NamedTuple):
    """A line of a page. *new*: it is set apart from the line above; *big*: in larger letters."""

    text: str
    new: bool = False
    big: bool = False


class _Piece(NamedTuple):
    text: str  # without white space
    height: float
    size: float


class Layout:
    """What a page draws, piece by piece; pass :meth:`draw` to the reader."""

    def __init__(self) -> None:
        self._pieces: list[_Piece] = []

    def draw(self, text: str, page: Any, place: Any, _font: Any, size: float) -> None:
        letters = _SPACES.sub("", text)
        if letters:
            height = place[5] * page[3] + page[5]
            self._pieces.append(_Piece(letters, height, size * abs(place[3] * page[3])))

    def lines(self, texts: list[str]) -> list[Line]:
        """Return the lines of the page, as the reader gave them, with how they stand."""
        placed = self._place(texts)
        if placed is None:
            return [Line(text) for text in texts]
        usual = Counter[float]()
        for text, (_, size) in zip(texts, placed, strict=True):
            usual[round(size, 1)] += len(text)
        body = usual.most_common(1)[0][0] if usual else 0.0
        steps = Counter(
            round(above - below, 1)
            for (above, one), (below, other) in pairwise(placed)
            if above > below and abs(one - other) < 0.1 and abs(one - body) < 0.1
        )
        step = min((gap for gap, n in steps.items() if n * 4 >= max(steps.values())), default=0.0)
        found = []
        before: tuple[float, float] | None = None
        for text, (height, size) in zip(texts, placed, strict=True):
            new = False
            if before is not None:
                other = abs(size - before[1]) > 0.06 * max(size, before[1])
                wide = step > 0 and before[0] - height > _GAP * step * max(
                    1.0, size / (body or 1.0)
                )
                new = other or wide
            found.append(Line(text, new, body > 0 and size > _BIG * body))
            before = height, size
        return found

    def _place(self, texts: list[str]) -> list[tuple[float, float]] | None:
        """Return the height and size of each line, or None where the pieces do not make them."""
        placed = []
        at = 0
        for text in texts:
            rest = _SPACES.sub("", text)
            first = at
            while rest and at < len(self._pieces) and rest.startswith(self._pieces[at].text):
                rest = rest[len(self._pieces[at].text) :]
                at += 1
            if rest or at == first:
                return None
            own = self._pieces[first:at]
            placed.append((own[0].height, max(own, key=lambda piece: len(piece.text)).size))
        return placed
