"""Text made comparable, with the way back: what a normalised character was in the source.

Level 1 undoes layout (NFC, white space, invisible characters); level 2 also typography (quotation
marks, dashes, ellipses, NFKC). Neither ever changes which letters or which number a text holds.
"""

import re
import unicodedata
from functools import lru_cache

# Layout only. Soft hyphen, zero-width space, word joiner, byte order mark, and the marks that steer
# the direction of writing: none of them is part of what was said.
INVISIBLE = dict.fromkeys(
    (
        0xAD,
        0x200B,
        0x2060,
        0xFEFF,
        0x61C,
        0x200E,
        0x200F,
        *range(0x202A, 0x202F),
        *range(0x2066, 0x206A),
    )
)
# In Persian, in Indic scripts and in emoji these two are spelling (with and without them are two
# words, two pictures), so they stay there; among Latin, Greek and Cyrillic letters they are debris.
JOINERS = "\u200c\u200d"

_FOLDED = {
    **dict.fromkeys("‘’‚‛‹›`´′ʼ『』﹃﹄", "'"),
    **dict.fromkeys("“”„‟«»″〝〞〟「」﹁﹂", '"'),
    **dict.fromkeys("‐‑‒–—―−⸺⸻", "-"),
}
_FOLD = str.maketrans(_FOLDED)
_FOLDS = re.compile(f"[{''.join(_FOLDED)}]")
# Runs in which characters may compose, vanish or grow; between them every character is itself.
_RUN = re.compile(r"[ -~]?[^ -~]+(?: [^ -~]+)*| {2,}|`")


class Normalised:
    """*text* and, for each of its code points, where in the source it comes from."""

    __slots__ = ("_ends", "_starts", "text")

    def __init__(
        self, text: str, starts: list[int] | None = None, ends: list[int] | None = None
    ) -> None:
        """Without a map the text is its source, character by character."""
        self.text = text
        self._starts = starts
        self._ends = ends

    def find_span(self, start: int, end: int) -> tuple[int, int] | None:
        """Return the source's [start, end) behind *text*'s non-empty [start, end).

        None when an edge falls inside what is one character, or one combining sequence, there.
        """
        starts, ends = self._starts, self._ends
        if starts is None or ends is None:
            return start, end
        if start and ends[start - 1] > starts[start]:
            return None
        if end < len(starts) and ends[end - 1] > starts[end]:
            return None
        return starts[start], ends[end - 1]


def normalise(text: str, level: int) -> Normalised:
    """Return *text* at *level* 1 or 2, trimmed; most prose at level 1 is itself already."""
    if (
        text.isprintable()  # no white space but the space, nothing invisible
        and "  " not in text
        and text[:1] != " "
        and text[-1:] != " "
    ):
        if level == 1:
            if text.isascii() or unicodedata.is_normalized("NFC", text):
                return Normalised(text)
        elif text.isascii() or unicodedata.is_normalized("NFKC", text):
            folded = _fold(text)
            if folded.isascii() or unicodedata.is_normalized("NFKC", folded):
                return Normalised(folded)
    return _rewrite(text, level)


def _fold(text: str) -> str:
    """Do as `str.translate` with `_FOLD` does, of which prose has little: so in less time."""
    if text.isascii():
        return text.replace("`", "'")
    return _FOLDS.sub(lambda match: _FOLDED[match[0]], text)


def fold_for_snapshot(text: str) -> str:
    """Return *text* as it is compared with a snapshot: level 2, without the way back."""
    return normalise(text, 2).text


def _rewrite(text: str, level: int) -> Normalised:
    out: list[str] = []
    starts: list[int] = []
    ends: list[int] = []

    def put(made: str, start: int, end: int) -> None:
        for character in made:
            if character.isspace():
                if not out:
                    continue
                if out[-1] == " ":
                    ends[-1] = end
                    continue
                character = " "  # noqa: PLW2901 - every kind of space is one space
            out.append(character)
            starts.append(start)
            ends.append(end)

    at = 0
    for run in _RUN.finditer(text):
        start, end = run.span()
        if at < start:
            if text[at] == " " and (not out or out[-1] == " "):
                put(" ", at, at + 1)
                at += 1
            out.extend(text[at:start])
            starts.extend(range(at, start))
            ends.extend(range(at + 1, start + 1))
        for first, last, piece in _sequences(text, start, end):
            put(_normal_form(piece, level), first, last)
        at = end
    if at < len(text):
        put(text[at], at, at + 1)
        out.extend(text[at + 1 :])
        starts.extend(range(at + 1, len(text)))
        ends.extend(range(at + 2, len(text) + 1))
    if out and out[-1] == " ":
        del out[-1], starts[-1], ends[-1]
    return Normalised("".join(out), starts, ends)


def _sequences(text: str, start: int, end: int) -> list[tuple[int, int, str]]:
    """Return (first, last, characters) of each base and its marks, invisible ones left out."""
    found: list[tuple[int, int, str]] = []
    first, last, piece = start, start, ""
    for at in range(start, end):
        character = text[at]
        if ord(character) in INVISIBLE:
            continue
        if character in JOINERS and not _spells(piece):
            continue
        if piece and not piece.isspace() and (character in JOINERS or _continues(character)):
            piece += character
        else:
            if piece:
                found.append((first, last, piece))
            first, piece = at, character
        last = at + 1
    if piece:
        found.append((first, last, piece))
    return found


def _spells(piece: str) -> bool:
    """Say whether a joiner after *piece* is part of the spelling."""
    before = unicodedata.normalize("NFKC", piece)[-1:]
    return before >= "\u0590" and not "\u2000" <= before <= "\u206f" and not before.isspace()


@lru_cache(maxsize=4096)
def _continues(character: str) -> bool:
    """Say whether *character* (a mark, a Hangul vowel or tail) may join the one before it."""
    head = unicodedata.normalize("NFKD", character)[0]
    if character < "\u0300":
        return False
    return unicodedata.category(head)[0] == "M" or "\u1160" <= head <= "\u11ff"


@lru_cache(maxsize=4096)
def _normal_form(piece: str, level: int) -> str:
    if level == 1:
        return unicodedata.normalize("NFC", piece)
    piece = piece.translate(_FOLD)
    if any(map(_counts, piece)):
        return unicodedata.normalize("NFC", piece)
    return unicodedata.normalize("NFKC", piece).translate(_FOLD)


def _counts(character: str) -> bool:
    """Say whether NFKC would make other figures of it: 10⁶ is not 106, 1½ is not 11⁄2."""
    if unicodedata.category(character) == "Nd":
        return False
    kind = unicodedata.decomposition(character).partition(" ")[0]
    return kind in {"<super>", "<sub>", "<circle>", "<fraction>"} or (
        kind.startswith("<")
        and any(letter.isdigit() for letter in unicodedata.normalize("NFKC", character))
    )
