r"""Text as a terminal shows it: what is safe to print, and how many cells it takes.

Nothing that a terminal would obey (control characters, marks that turn the writing direction,
line separators) leaves this module as it came in: it is written as an escape such as ``\u{202e}``.
"""

import re
import unicodedata

_JOINERS = "\u200c\u200d"  # spelling in Persian and Indic scripts, and emoji, need them
_NAMED = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}
_JAMO_VOWELS_AND_FINALS = range(0x1160, 0x1200)  # join the consonant before them in one cell pair


def visible(text: str) -> str:
    """Return *text* on one line, with every character that could fool a terminal escaped."""
    if text.isprintable():
        return text
    return "".join(_visible_character(character) for character in text)


def glyph(character: str) -> tuple[str, int]:
    """Return how one character that is not a tab is printed, and its width in cells."""
    shown = _visible_character(character)
    return shown, len(shown) if shown != character else _width(character)


def cells(text: str) -> int:
    """Return the width of *text*, as printed by ``visible``, in terminal cells."""
    return len(text) if text.isascii() else sum(_width(character) for character in text)


def split_lines(text: str) -> list[str]:
    """Return the lines of *text*, at least one; the same line breaks count as in a file."""
    return re.split(r"\r\n|\n|\r", text.rstrip("\r\n"))


def wrap(text: str, width: int) -> list[str]:
    """Break *text* at spaces into lines of at most *width* cells; a longer word stays whole.

    Line breaks in *text* are kept, and a line that fits keeps its spaces, so that words aligned
    one above the other stay so.
    """
    lines = []
    for paragraph in split_lines(text):
        line = visible(paragraph)
        if cells(line) <= width:
            lines.append(line)
            continue
        words = line.split(" ")
        current, taken = words[0], cells(words[0])
        for word in words[1:]:
            size = cells(word)
            if taken + 1 + size > width:
                lines.append(current)
                current, taken = word, size
            else:
                current, taken = f"{current} {word}", taken + 1 + size
        lines.append(current)
    return lines


def _visible_character(character: str) -> str:
    if character in _NAMED:
        return _NAMED[character]
    category = unicodedata.category(character)
    if category in {"Cc", "Cf", "Cs", "Zl", "Zp"} and character not in _JOINERS:
        return f"\\u{{{ord(character):x}}}"
    return character


def _width(character: str) -> int:
    if character in _JOINERS or unicodedata.category(character) in {"Mn", "Me"}:
        return 0
    if ord(character) in _JAMO_VOWELS_AND_FINALS:
        return 0
    return 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1
