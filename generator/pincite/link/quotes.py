"""Finds a quotation's words in a source, and proves them: character by character, whole words only.

Nothing similar is ever taken for the words themselves; `pincite.link.nearest` only helps to repair.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, NamedTuple

from pincite.link.cautions import Caution, find_cautions
from pincite.link.edges import name_cut_words
from pincite.link.nearest import find_nearest
from pincite.link.normalise import Normalised, normalise
from pincite.link.readings import MOST_SEGMENTS, Reading, normal_pieces, read_quote
from pincite.link.search import (
    INSERT_REACH,
    LEVELS,
    Chain,
    Hit,
    Level,
    SourceText,
    find_anywhere,
    find_chains,
    quotable_text,
)

__all__ = ["Caution", "Found", "Missed", "Place", "SourceText", "find_quote", "quotable_text"]

MOST_CHARACTERS = 200_000  # of one quotation
MOST_LISTED = 10
_SHOWN = 120  # characters of the source in a message
_NOT_EMPTY = re.compile(r"\w")

Code = Literal[
    "quote-not-found",
    "quote-ambiguous",
    "quote-moved",
    "quote-out-of-order",
    "quote-empty",
    "quote-occurrence",
    "unknown-paragraph",
]


class Place(NamedTuple):
    """Code points [start, end) of the plain text of *paragraph* (its id)."""

    paragraph: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A verified quotation: where each of its segments stands, in order."""

    parts: tuple[Place, ...]
    match: Literal["exact", "normalised"]
    cautions: tuple[Caution, ...] = ()

    @property
    def paragraph(self) -> str:
        return self.parts[0].paragraph

    @property
    def start(self) -> int:
        return self.parts[0].start

    @property
    def end(self) -> int:
        """The end of the last segment that stands in the first one's paragraph."""
        return max(part.end for part in self.parts if part.paragraph == self.paragraph)


@dataclass(frozen=True, slots=True, kw_only=True)
class Missed:
    """A quotation that is not verified, and what would help to repair it."""

    code: Code
    message: str
    help: str | None = None
    places: tuple[Place, ...] = ()
    note: str = ""
    flags: tuple[str, ...] = ()


def find_quote(
    source: SourceText,
    segments: tuple[str, ...],
    *,
    paragraph: str | None,
    occurrence: int | None,
) -> Found | Missed:
    """Return where *segments* (the texts of one quotation, in order) stand in *source*.

    *occurrence* counts from 1, within *paragraph* if that is named, else in reading order.
    """
    if sum(map(len, segments)) > MOST_CHARACTERS or len(segments) > MOST_SEGMENTS:
        return Missed(code="quote-not-found", message="the quotation is too long to be compared")
    literal = tuple((normalise(text, 1).text,) for text in segments)
    if not literal or not all(_NOT_EMPTY.search(text) for (text,) in literal):
        return Missed(
            code="quote-empty",
            message="the quotation has no words"
            if len(segments) < 2
            else "a segment of the quotation has no words",
            help="copy from the source the words that prove the claim",
        )
    named = None if paragraph is None else source.find_index(paragraph)
    if paragraph is not None and named is None:
        return Missed(
            code="unknown-paragraph",
            message=f"the source has no paragraph `{paragraph}`",
            help=f"it has `{source.ids[0]}` to `{source.ids[-1]}`" if source.ids else None,
        )
    everywhere = range(len(source.ids))
    scopes = (everywhere,) if named is None else (range(named, named + 1), everywhere)
    chains = find_chains(source, scopes[0], literal, 1)
    if chains:  # nearly always, so the other readings are not even made
        reading = Reading(segments=literal)
        return _choose(source, chains, reading, 1, named, occurrence)
    for scope in scopes:
        for reading in read_quote(segments):
            for level in LEVELS:
                chains = find_chains(source, scope, normal_pieces(reading, level), level)
                if chains:
                    return _choose(source, chains, reading, level, named, occurrence)
    return explain_miss(source, segments)


def _choose(
    source: SourceText,
    chains: list[Chain],
    reading: Reading,
    level: Level,
    named: int | None,
    occurrence: int | None,
) -> Found | Missed:
    here = chains if named is None else [chain for chain in chains if chain[0].number == named]
    if named is not None and not here:
        stands = ", ".join(f"`{name}`" for name in _name(source, chains))
        return Missed(
            code="quote-moved",
            message=f"the quotation stands in {stands}, not in `{source.ids[named]}`",
            help=f"write `paragraph: {source.ids[chains[0][0].number]}`",
            places=_list_places(source, chains[:MOST_LISTED]),
        )
    where = "in the source" if named is None else f"in `{source.ids[named]}`"
    if occurrence is not None and not 1 <= occurrence <= len(here):
        times = "once" if len(here) == 1 else f"{len(here)} times"
        return Missed(
            code="quote-occurrence",
            message=f"there is no occurrence {occurrence}: the quotation stands {times} {where}",
            help="occurrences are counted from 1",
            places=_list_places(source, here[:MOST_LISTED]),
        )
    if occurrence is None and len(here) > 1:
        several = len({chain[0].number for chain in here}) > 1
        return Missed(
            code="quote-ambiguous",
            message=f"the quotation stands {len(here)} times {where}",
            help="quote more words, or say which with "
            + ("`paragraph`" if several else "`occurrence`"),
            places=_list_places(source, here[:MOST_LISTED]),
        )
    chain = here[(occurrence or 1) - 1]
    stretches = [(source.ids[at], source.texts[at], start, end) for at, start, end in chain]
    return Found(
        parts=_list_places(source, (chain,)),
        match="exact" if level == 1 else "normalised",
        cautions=tuple(find_cautions(reading, stretches)),
    )


def explain_miss(source: SourceText, segments: tuple[str, ...]) -> Missed:
    """Return why *segments* were not found: cut words, another order, or words like them."""
    *_, reading = read_quote(segments)
    pieces = [piece for pieces in normal_pieces(reading, 2) for piece in pieces]
    cut: list[Hit] = []
    scattered: list[Hit] = []
    absent: list[str] = []
    for piece in pieces:
        hits = find_anywhere(source, piece, whole=True)
        scattered.extend(hits[:1])
        if not hits:
            absent.append(piece)
            cut.extend(find_anywhere(source, piece, whole=False))
    if reading.inserted and not absent and len(reading.segments) == 1:
        return Missed(
            code="quote-not-found",
            message="the source has other words where the brackets stand",
            help=f"an insert stands for {INSERT_REACH} characters at most, "
            "and never for a figure, a negation or a hedge",
            places=_list_places(source, (scattered,)),
        )
    if len(pieces) > 1 and not absent:
        return Missed(
            code="quote-out-of-order",
            message="the segments of the quotation do not follow one another in a paragraph",
            help="give them in the source's order; what stands apart makes a citation of its own",
            places=_list_places(source, (scattered,)),
        )
    if cut:
        number, start, end = cut[0]
        whole = name_cut_words(source.texts[number], start, end)
        return Missed(
            code="quote-not-found",
            message="the quotation cuts through a word or a figure of the source",
            help=f"the source says `{whole}`" if len(whole) <= _SHOWN else "quote whole words",
            places=_list_places(source, (cut[:MOST_LISTED],)),
        )
    forms = [source.form(index, 2) for index in range(len(source.ids))]
    if len(pieces) == 1 and (over := _runs_over(forms, pieces[0])) is not None:
        number, start, end = over
        return Missed(
            code="quote-not-found",
            message="the quotation runs over the end of a paragraph of the source",
            help=f"put `…` where `{source.ids[number]}` ends, or cite each paragraph by itself",
            places=_list_places(source, ((Hit(number, start, end),),)),
        )
    near = find_nearest(forms, absent[0] if absent else " ".join(pieces))
    message = "these words are not in the source"
    if near is None:
        return Missed(code="quote-not-found", message=message)
    hit = Hit(near.index, near.start, near.end)
    return Missed(
        code="quote-not-found",
        message=message,
        help="copy the words from the source",
        places=_list_places(source, ((hit,),)),
        note=" — ".join((near.difference, *near.flags)),
        flags=near.flags,
    )


def _runs_over(forms: Sequence[Normalised], piece: str) -> Hit | None:
    """Return the end of a paragraph with which *piece* begins, if the next one has the rest."""
    for number, (here, there) in enumerate(pairwise(forms)):
        at = f"{here.text} {there.text}".find(piece)
        if 0 <= at < len(here.text) < at + len(piece) - 1:
            span = here.find_span(at, len(here.text))
            return Hit(number, *span) if span else None
    return None


def _list_places(source: SourceText, chains: Iterable[Sequence[Hit]]) -> tuple[Place, ...]:
    return tuple(
        Place(source.ids[hit.number], hit.start, hit.end) for chain in chains for hit in chain
    )


def _name(source: SourceText, chains: Iterable[Chain]) -> list[str]:
    """Return the ids of the paragraphs in which *chains* begin, in reading order."""
    return [source.ids[index] for index in sorted({chain[0].number for chain in chains})]
