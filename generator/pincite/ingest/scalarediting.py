"""A YAML scalar's text changed within the writing it has: its quotes, folds and indentation stay.

The letters of the value are found in the writing one by one, so only those that differ are
touched. What cannot be followed so (an escape that is not a plain one) is not touched at all.
"""

import re
from difflib import SequenceMatcher

_BLOCK_HEAD = re.compile(r"[|>][^\n]*\n")
_BREAK = re.compile(r"[ \t]*(?:\r?\n[ \t]*)+|[ ]")


def edit_scalar(raw: str, value: str, style: str, new: str) -> str | None:
    """Return *raw*, which says *value* in *style* (as in ``Scalar``), saying *new* instead.

    None where the writing does not allow it. The caller reads the result back to be sure.
    """
    places = _find_letters(raw, value, style)
    if places is None:
        return None
    pieces: list[str] = []
    last = 0
    for tag, a, b, c, d in SequenceMatcher(None, value, new, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        start = places[a][0] if a < len(places) else (places[-1][1] if places else len(raw))
        if tag == "insert" and a:
            start = places[a - 1][1]
        end = places[b - 1][1] if b > a else start
        if "\n" in raw[start:end] or "\n" in new[c:d]:
            return None
        pieces += [raw[last:start], _written(new[c:d], style)]
        last = end
    return "".join(pieces) + raw[last:]


def _written(text: str, style: str) -> str:
    if style == "'":
        return text.replace("'", "''")
    if style == '"':
        return text.replace("\\", "\\\\").replace('"', '\\"')
    return text


def _find_letters(raw: str, value: str, style: str) -> list[tuple[int, int]] | None:
    """Return for each letter of *value* where it stands in *raw*, as [start, end)."""
    at, end = 0, len(raw)
    if style in {"'", '"'} and style:
        at, end = 1, len(raw) - 1
    elif style in {"|", ">"}:
        head = _BLOCK_HEAD.match(raw)
        if head is None:
            return None
        at = head.end() + len(raw[head.end() :]) - len(raw[head.end() :].lstrip(" "))
    places: list[tuple[int, int]] = []
    for letter in value.rstrip("\n") if style in {"|", ">"} else value:
        if letter in " \n":
            found = _BREAK.match(raw, at, end)
            if found is None:
                return None
            stop = found.end() if "\n" in found.group() else at + 1
            places.append((at, stop))
            at = stop
            continue
        pair = raw[at : at + 2]
        if style == "'" and letter == "'":
            width = 2 if pair == "''" else 0
        elif style == '"' and raw[at : at + 1] == "\\":
            width = 2 if pair in {'\\"', "\\\\", "\\/"} and pair[1] == letter else 0
        else:
            width = 1 if raw[at : at + 1] == letter else 0
        if not width or at + width > end:
            return None
        places.append((at, at + width))
        at += width
    if raw[at:end].strip():
        return None
    # The line break that ends a block's value is the writing's, not a letter.
    return places
