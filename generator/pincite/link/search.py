"""Where the pieces of a quotation stand in a source's paragraphs, at one level of normalisation.

A place counts only if it cuts through no word and no figure.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import islice, pairwise
from typing import Literal, NamedTuple

from pincite.link.edges import NUMBER_WORDS, stands_alone
from pincite.link.hedges import is_hedge, may_negate
from pincite.link.normalise import Normalised, normalise
from pincite.model import Source

INSERT_REACH = 40  # characters of the source that an editorial insert may stand for
MOST_PLACES = 200  # of one quotation; more are not told apart
MOST_TRIES = 100_000  # to find one piece in one paragraph

Level = Literal[1, 2]
LEVELS: tuple[Level, ...] = (1, 2)


class SourceText:
    """The paragraphs a quotation may stand in, each normalised at most once a level."""

    __slots__ = ("_forms", "_index", "ids", "texts")

    def __init__(self, paragraphs: Sequence[tuple[str, str]]) -> None:
        """Take (id, plain text) pairs in reading order."""
        self.ids = tuple(name for name, _ in paragraphs)
        self.texts = tuple(text for _, text in paragraphs)
        self._index = {name: at for at, name in enumerate(self.ids)}
        count = len(self.ids)
        self._forms: dict[Level, list[Normalised | None]] = {1: [None] * count, 2: [None] * count}

    def find_index(self, paragraph: str) -> int | None:
        return self._index.get(paragraph)

    def of(self, paragraph: str) -> str:
        return self.texts[self._index[paragraph]]

    def form(self, index: int, level: Level) -> Normalised:
        known = self._forms[level][index]
        if known is None:
            known = self._forms[level][index] = normalise(self.texts[index], level)
        return known


def quotable_text(source: Source) -> SourceText:
    """Return what may be quoted of *source*: all but the paragraphs that are retired."""
    return SourceText([(p.id, p.text) for p in source.paragraphs if not p.retired])


def living_id(source: Source, id: str) -> str:
    """Return the id of the paragraph that holds the words of paragraph *id* now: its own mostly.

    Of a retired paragraph that became part of another, that other; of any other, *id*.
    """
    into = {p.id: p.merged for p in source.paragraphs if p.merged}
    known = {p.id for p in source.paragraphs} if id in into else frozenset[str]()
    while id in into and into[id] in known:
        id = into.pop(id)  # popped, so that a ring of marks ends
    return id


class Hit(NamedTuple):
    """[start, end) of the paragraph with this number."""

    number: int
    start: int
    end: int


Chain = tuple[Hit, ...]  # one hit a segment


def find_chains(
    source: SourceText, scope: range, segments: tuple[tuple[str, ...], ...], level: Level
) -> list[Chain]:
    """Return every way to find all *segments* in order in one paragraph, else in two neighbours."""
    if not all(segments):
        return []
    if len(segments) == 1:
        pieces = segments[0]
        likely: Iterable[int] = scope
        if level == 1:  # most paragraphs are ruled out without a call
            likely = [at for at in scope if pieces[0] in source.form(at, 1).text]
        return [(hit,) for at in likely for hit in _find_segment(source, at, pieces, level)]
    found: list[Chain] = []
    per_paragraph: list[list[list[Hit]]] = []
    for index in scope:
        hits = [_find_segment(source, index, pieces, level) for pieces in segments]
        per_paragraph.append(hits)
        if all(hits):
            found.extend(_order(hits))
    if found:
        return found
    for here, there in pairwise(per_paragraph):
        found.extend(_order([one + other for one, other in zip(here, there, strict=True)]))
    return found


def _order(hits: list[list[Hit]]) -> list[Chain]:
    """Return the chains of one hit a segment that follow one another, in reading order."""
    chains: list[Chain] = [(hit,) for hit in hits[0]]
    for following in hits[1:]:
        longer = (
            (*chain, hit)
            for chain in chains
            for hit in following[bisect_left(following, (chain[-1].number, chain[-1].end)) :]
        )
        chains = list(islice(longer, MOST_PLACES))
    return chains


def _find_segment(
    source: SourceText, index: int, pieces: tuple[str, ...], level: Level
) -> list[Hit]:
    """Return where *pieces* stand one after the other, at most an insert's length apart."""
    form, text = source.form(index, level), source.texts[index]
    spans = _find_spans(form, text, pieces[0], level)
    for piece in pieces[1:]:
        if not spans:
            break
        following = _find_spans(form, text, piece, level)
        spans = [
            (start, later_end)
            for start, end in spans
            for later_start, later_end in following
            if end <= later_start <= end + INSERT_REACH and _may_stand_for(text[end:later_start])
        ][:MOST_PLACES]
    return [Hit(index, start, end) for start, end in spans]


def _may_stand_for(words: str) -> bool:
    """Say whether an editorial insert may replace *words*: never a figure, a "not" or a "may"."""
    return not any(
        any(map(str.isnumeric, word))
        or may_negate(word)
        or is_hedge(word)
        or word.lower() in NUMBER_WORDS
        for word in (word.strip('.,;:!?()“”"') for word in words.split())
    )


def _find_spans(
    form: Normalised, text: str, piece: str, level: Level, *, whole: bool = True
) -> list[tuple[int, int]]:
    """Return the source's [start, end) of each *piece*; *whole* ones cut no word or figure."""
    spans: list[tuple[int, int]] = []
    for wanted in (piece,) if level == 1 else _cases(piece):
        at, tries = form.text.find(wanted), 0
        while at >= 0 and tries < MOST_TRIES and len(spans) < MOST_PLACES:
            tries += 1
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


def find_anywhere(source: SourceText, piece: str, *, whole: bool) -> list[Hit]:
    return [
        Hit(index, start, end)
        for index, text in enumerate(source.texts)
        for start, end in _find_spans(source.form(index, 2), text, piece, 2, whole=whole)
    ]
