"""The ways a written quotation may be read: letter by letter, then with its typing conventions.

A *reading* is a tuple of segments (an ellipsis between them), a segment a tuple of pieces (an
editorial insert between them). The letter comes first: what stands in the source so is never taken
for a convention.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pincite.link.normalise import normalise

_DOTS = r"(?:…|\.{3,}|\.(?:\s\.){2,})"
# The white space around is left to the pieces' normalisation, or these would be quadratic in it. A
# blank line is a break between paragraphs, which a quotation may run over.
_ELLIPSIS = re.compile(rf"\[\s?{_DOTS}\s?\]|\(\s?{_DOTS}\s?\)|{_DOTS}|\n[ \t\r]*\n")
_INSERT = re.compile(r"\[[^\[\]]{0,80}\]")
_CHANGED_LETTER = re.compile(r"\[([^\W\d_])\](?=[^\W\d_])")
_EDGE_MARKS = " .,;:!?…‽。、，；：！？।؟،؛"
MOST_SEGMENTS = 100  # of one quotation; with more it is only read by the letter
_QUOTATION_MARKS = "\"'‘’“”„‚‛‟«»‹›「」『』"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    segments: tuple[tuple[str, ...], ...]
    trimmed: bool = False  # final punctuation, quotation marks around it, or an ellipsis at an end
    inserted: bool = False  # an editorial insert stands for words of the source


def read_quote(texts: tuple[str, ...]) -> Iterator[Reading]:
    """Yield the readings of *texts* (not all blank), the most literal first, none twice."""
    literal: tuple[tuple[str, ...], ...] = tuple((text,) for text in texts if text.strip())
    yield Reading(segments=literal)
    seen = {literal}
    split, trimmed = _split(texts)
    if len(split) > MOST_SEGMENTS:
        return
    for cut in (False, True):
        for inserted in (False, True):
            segments: tuple[tuple[str, ...], ...] = tuple((text,) for text in split)
            if inserted:
                segments = tuple(map(_part, split))
                if sum(map(len, segments)) > MOST_SEGMENTS:
                    continue
            if cut:
                segments = tuple(_trim(pieces) for pieces in segments)
            segments = tuple(pieces for pieces in segments if pieces)
            if segments and segments not in seen:
                seen.add(segments)
                yield Reading(segments=segments, trimmed=trimmed or cut, inserted=inserted)


def _split(texts: tuple[str, ...]) -> tuple[tuple[str, ...], bool]:
    """Return the segments between the ellipses, and whether one stood at an end."""
    found: list[str] = []
    at_end = False
    for text in texts:
        parts = _ELLIPSIS.split(text)
        at_end |= len(parts) > 1 and not (parts[0].strip() and parts[-1].strip())
        found.extend(part for part in parts if part.strip())
    return tuple(found), at_end


def _part(text: str) -> tuple[str, ...]:
    """Return the pieces between the editorial inserts; “[T]he” is “The”."""
    parts = _INSERT.split(_CHANGED_LETTER.sub(r"\1", text))
    return tuple(part for part in parts if part.strip())


def _trim(pieces: tuple[str, ...]) -> tuple[str, ...]:
    """Return *pieces* without the marks around them."""
    around = _EDGE_MARKS + _QUOTATION_MARKS
    first = pieces[0].lstrip(_QUOTATION_MARKS + " ") if pieces else ""
    if not pieces:
        return ()
    if len(pieces) == 1:
        return tuple(filter(None, (first.rstrip(around),)))
    return tuple(filter(None, (first, *pieces[1:-1], pieces[-1].rstrip(around))))


def normal_pieces(reading: Reading, level: int) -> tuple[tuple[str, ...], ...]:
    """Return the reading's pieces as they are searched for at *level*."""
    return tuple(
        tuple(text for piece in pieces if (text := normalise(piece, level).text))
        for pieces in reading.segments
    )
