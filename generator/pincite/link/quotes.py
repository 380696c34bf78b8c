"""Finds a quotation's words in a source, and proves them: character by character, whole words only.

Nothing similar is ever taken for the words themselves; `pincite.link.nearest` only helps to repair.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, NamedTuple

from pincite.link.cautions import Caution, find_cautions
from pincite.link.edges import stands_alone
from pincite.link.hedges import is_hedge, is_negation
from pincite.link.nearest import find_nearest
from pincite.link.normalise import Normalised, normalise
from pincite.link.readings import Reading, normal_pieces, read_quote

INSERT_REACH = 40  # characters of the source that an editorial insert may stand for
MOST_PLACES = 1_000  # of one quotation in one paragraph; more are not told apart

Level = Literal[1, 2]
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


class SourceText:
    """The paragraphs a quotation may stand in, each normalised at most once a level."""

    __slots__ = ("_forms", "_index", "ids", "texts")

    def __init__(self, paragraphs: Sequence[tuple[str, str]]) -> None:
        """Take (id, plain text) pairs in reading order; retired paragraphs are left out."""
        self.ids = tuple(name for name, _ in paragraphs)
        self.texts = tuple(text for _, text in paragraphs)
        self._index = {name: at for at, name in enumerate(self.ids)}
        count = len(self.ids)
        self._forms: dict[Level, list[Normalised | None]] = {1: [None] * count, 2: [None] * count}

    def find_index(self, paragraph: str) -> int | None:
        return self._index.get(paragraph)

    def form(self, index: int, level: Level) -> Normalised:
        known = self._forms[level][index]
        if known is None:
            known = self._forms[level][index] = normalise(self.texts[index], level)
        return known


class _Hit(NamedTuple):
    """[start, end) of the paragraph with this number."""

    number: int
    start: int
    end: int


_Chain = tuple[_Hit, ...]  # one hit a segment


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
    if not any(normalise(text, 1).text for text in segments):
        return Missed(code="quote-empty", message="the quotation has no words")
    named = None if paragraph is None else source.find_index(paragraph)
    if paragraph is not None and named is None:
        return Missed(
            code="unknown-paragraph",
            message=f"the source has no paragraph `{paragraph}`",
            help=f"it has `{source.ids[0]}` to `{source.ids[-1]}`" if source.ids else None,
        )
    everywhere = range(len(source.ids))
    for scope in (everywhere,) if named is None else (range(named, named + 1), everywhere):
        for reading in read_quote(segments):
            for level in _LEVELS:
                chains = _find_chains(source, scope, normal_pieces(reading, level), level)
                if chains:
                    return _choose(source, chains, reading, level, named, occurrence)
    return explain_miss(source, segments)


_LEVELS: tuple[Level, ...] = (1, 2)


def _find_chains(
    source: SourceText, scope: range, segments: tuple[tuple[str, ...], ...], level: Level
) -> list[_Chain]:
    """Return every way to find all *segments* in order in one paragraph, else in two neighbours."""
    if not all(segments):
        return []
    found: list[_Chain] = []
    per_paragraph: list[list[list[_Hit]]] = []
    for index in scope:
        hits = [_find_segment(source, index, pieces, level) for pieces in segments]
        per_paragraph.append(hits)
        if all(hits):
            found.extend(_order(hits))
    if found or len(segments) == 1:
        return found
    for here, there in pairwise(per_paragraph):
        found.extend(_order([one + other for one, other in zip(here, there, strict=True)]))
    return found


def _order(hits: list[list[_Hit]]) -> list[_Chain]:
    """Return the chains of one hit a segment that follow one another, in reading order."""
    chains: list[_Chain] = [(hit,) for hit in hits[0]]
    for following in hits[1:]:
        chains = [
            (*chain, hit)
            for chain in chains
            for hit in following
            if (hit.number, hit.start) >= (chain[-1].number, chain[-1].end)
        ][:MOST_PLACES]
    return chains


def _find_segment(
    source: SourceText, index: int, pieces: tuple[str, ...], level: Level
) -> list[_Hit]:
    """Return where *pieces* stand one after the other, at most an insert's length apart."""
    form, text = source.form(index, level), source.texts[index]
    spans = find_spans(form, text, pieces[0], level)
    for piece in pieces[1:]:
        if not spans:
            return []
        following = find_spans(form, text, piece, level)
        spans = [
            (start, later_end)
            for start, end in spans
            for later_start, later_end in following
            if end <= later_start <= end + INSERT_REACH and _may_stand_for(text[end:later_start])
        ][:MOST_PLACES]
    return [_Hit(index, start, end) for start, end in spans]


def _may_stand_for(words: str) -> bool:
    """Say whether an editorial insert may replace *words*: never a figure, a "not" or a "may"."""
    return not any(
        any(map(str.isnumeric, word)) or is_negation(word) or is_hedge(word)
        for word in (word.strip('.,;:!?()“”"') for word in words.split())
    )


def find_spans(
    form: Normalised, text: str, piece: str, level: Level, *, whole: bool = True
) -> list[tuple[int, int]]:
    """Return the source's [start, end) of each *piece*; *whole* ones cut no word or figure."""
    spans: list[tuple[int, int]] = []
    for wanted in (piece,) if level == 1 else _cases(piece):
        at = form.text.find(wanted)
        while at >= 0 and len(spans) < MOST_PLACES:
            span = form.find_span(at, at + len(wanted))
            if span is not None and (not whole or stands_alone(text, *span)):
                spans.append(span)
            at = form.text.find(wanted, at + 1)
    if len(spans) > 1:
        spans.sort()
    return spans


def _cases(piece: str) -> tuple[str, ...]:
    """Return *piece* with its first letter as it is, and in the other case."""
    for at, character in enumerate(piece[:4]):
        if character.isalnum():
            other = character.swapcase()
            if len(other) == 1 and other != character and other.swapcase() == character:
                return piece, piece[:at] + other + piece[at + 1 :]
            break
    return (piece,)


def _choose(
    source: SourceText,
    chains: list[_Chain],
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
            places=_list_places(source, chains),
        )
    where = "in the source" if named is None else f"in `{source.ids[named]}`"
    if occurrence is not None and not 1 <= occurrence <= len(here):
        times = "once" if len(here) == 1 else f"{len(here)} times"
        return Missed(
            code="quote-occurrence",
            message=f"there is no occurrence {occurrence}: the quotation stands {times} {where}",
            help="occurrences are counted from 1",
            places=_list_places(source, here),
        )
    if occurrence is None and len(here) > 1:
        several = len({chain[0].number for chain in here}) > 1
        return Missed(
            code="quote-ambiguous",
            message=f"the quotation stands {len(here)} times {where}",
            help="quote more words, or say which with "
            + ("`paragraph`" if several else "`occurrence`"),
            places=_list_places(source, here),
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
    cut: list[_Hit] = []
    scattered: list[_Hit] = []
    absent: list[str] = []
    for piece in pieces:
        hits = _find_anywhere(source, piece, whole=True)
        scattered.extend(hits[:1])
        if not hits:
            absent.append(piece)
            cut.extend(_find_anywhere(source, piece, whole=False))
    if len(pieces) > 1 and not absent:
        return Missed(
            code="quote-out-of-order",
            message="the segments of the quotation do not follow one another in a paragraph",
            help="give them in the source's order; what stands apart makes a citation of its own",
            places=_list_places(source, (scattered,)),
        )
    if cut:
        return Missed(
            code="quote-not-found",
            message="the quotation begins or ends inside a word or a figure of the source",
            help="quote whole words, and figures with their unit",
            places=_list_places(source, (cut,)),
        )
    forms = [source.form(index, 2) for index in range(len(source.ids))]
    near = find_nearest(forms, absent[0] if absent else " ".join(pieces))
    message = "these words are not in the source"
    if near is None:
        return Missed(code="quote-not-found", message=message)
    hit = _Hit(near.index, near.start, near.end)
    return Missed(
        code="quote-not-found",
        message=message,
        help="copy the words from the source",
        places=_list_places(source, ((hit,),)),
        note=near.difference,
        flags=near.flags,
    )


def _find_anywhere(source: SourceText, piece: str, *, whole: bool) -> list[_Hit]:
    return [
        _Hit(index, start, end)
        for index, text in enumerate(source.texts)
        for start, end in find_spans(source.form(index, 2), text, piece, 2, whole=whole)
    ]


def _list_places(source: SourceText, chains: Iterable[Sequence[_Hit]]) -> tuple[Place, ...]:
    return tuple(
        Place(source.ids[hit.number], hit.start, hit.end) for chain in chains for hit in chain
    )


def _name(source: SourceText, chains: Iterable[_Chain]) -> list[str]:
    """Return the ids of the paragraphs in which *chains* begin, in reading order."""
    return [source.ids[index] for index in sorted({chain[0].number for chain in chains})]
