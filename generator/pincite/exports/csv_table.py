"""``data/events.csv``: a row for every event × claim × citation (RFC 4180, UTF-8).

An event without claims and a claim without citations have a row too. A cell that a spreadsheet
would take for a formula begins with an apostrophe.
"""

import csv
from collections.abc import Iterable, Iterator
from functools import partial
from typing import NamedTuple

from pincite.base.content import Bytes
from pincite.exports.index import Index, earliest, latest
from pincite.exports.pieces import Given, given
from pincite.model import Citation, Claim, Corpus, Event, Name, Pointer
from pincite.plan.fragments import live_address
from pincite.plan.urls import Addresses
from pincite.plan.words import Words

TABLE = "data/events.csv"
SEPARATOR = "; "  # between the names in one cell
_END = "\r\n"

_FORMULA = tuple("=+-@\t\r\n＝＋－＠")
_BEGINS = frozenset(_FORMULA)


class Column(NamedTuple):
    name: str
    type: str  # as Frictionless' Table Schema calls it
    description: str


COLUMNS = (
    Column("event_id", "string", "Permanent id of the event"),
    Column("event_url", "string", "Its page; relative where the site has no address"),
    Column("title", "string", "Title of the event"),
    Column("date_edtf", "string", "Its date in EDTF (ISO 8601-2:2019), or `unknown`"),
    Column("date_earliest", "string", "First day it may be; `..` is open, empty unknown"),
    Column("date_latest", "string", "Last day it may be; `..` is open, empty unknown"),
    Column("date_label", "string", "The date in words"),
    Column("date_text", "string", "The source's own words for the date"),
    Column("kind", "string", "Kind of the event"),
    Column("modality", "string", "occurred, ongoing, planned, predicted, hypothetical or denied"),
    Column("actors", "string", "Names, joined by `; `"),
    Column("recipients", "string", "Names, joined by `; `"),
    Column("places", "string", "Names, joined by `; `"),
    Column("lat", "number", "Degrees north of the first place that has them"),
    Column("lon", "number", "Degrees east of that place"),
    Column("tags", "string", "Names, joined by `; `"),
    Column("withdrawn", "string", "Date (EDTF) on which the event was withdrawn"),
    Column("media", "string", "Addresses of its pictures, sounds and films, joined by `; `"),
    Column("claim", "integer", "Number of the claim within its event, from 1"),
    Column("claim_text", "string", "What is claimed"),
    Column("attributed_to", "string", "Who says so"),
    Column("confidence", "string", "high, medium or low"),
    Column("uncited", "string", "Why the claim cites nothing"),
    Column("citation", "integer", "Number of the citation within its event, from 1"),
    Column("stance", "string", "supports, disputes or mentions"),
    Column("source_id", "string", "Permanent id of the source"),
    Column("source_title", "string", "Title of the source"),
    Column("publisher", "string", "Its publisher"),
    Column("published", "string", "When it was published, in EDTF"),
    Column("paragraph", "string", "Permanent id of the paragraph within its source"),
    Column("start", "integer", "First code point of the quote in the paragraph's text, from 0"),
    Column("end", "integer", "Code point after the last"),
    Column("quote", "string", "The quoted words, exactly as the source has them"),
    Column("match", "string", "exact or normalised"),
    Column("unverified", "string", "Why nothing was proven"),
    Column("citation_url", "string", "Where the words are marked"),
    Column("original_url", "string", "Address of the original"),
    Column("live_url", "string", "The same with a text fragment that finds the words"),
    Column("archive_url", "string", "First archived copy"),
    Column("snapshot_sha256", "string", "SHA-256 of the snapshot that the text was taken from"),
)  # fmt: skip
_CLAIM = [column.name for column in COLUMNS].index("claim")

Cell = str | int | float | None


def write_csv(
    corpus: Corpus, words: Words, addresses: Addresses, have: Given | None = None
) -> Bytes:
    """Return the table with a header row; lines end in CRLF."""
    have = have or given(corpus, words, addresses)
    places = {place.id: place for place in corpus.places}
    pieces = have.pieces(TABLE, corpus, words)
    pieces.add("".join(_lines([[column.name for column in COLUMNS]])).encode())
    for event in corpus.events:
        pieces.add_piece(event, partial(_event_lines, event, have.index, places))
    return pieces.whole()


def _event_lines(event: Event, index: Index, places: dict[str, Name]) -> bytes:
    (line,) = _lines([_guarded(_event(event, index, places))])
    head = line.removesuffix(_END)  # the same in all rows
    rows = [_guarded(row) for row in _rows(event, index)]
    return "".join([f"{head},{row}" for row in _lines(rows)]).encode()


class _Lines(list[str]):
    """What a writer of CSV writes, row by row."""

    write = list.append


def _lines(rows: Iterable[list[Cell]]) -> list[str]:
    lines = _Lines()
    csv.writer(lines, lineterminator=_END).writerows(rows)
    return lines


def _guarded(row: Iterable[Cell]) -> list[Cell]:
    return [guard(cell) if cell.__class__ is str and cell[:1] in _BEGINS else cell for cell in row]


def guard(cell: Cell) -> Cell:
    """Put an apostrophe before text that a spreadsheet would compute; numbers are let alone."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell


def _rows(event: Event, index: Index) -> Iterator[tuple[Cell, ...]]:
    """Yield what follows the event's own cells, for each of its citations."""
    if not event.claims:
        yield _filled(())
    for claim in event.claims:
        stem = _claim(claim)
        if not claim.citations:
            yield _filled(stem)
        for citation in claim.citations:
            yield (*stem, *_citation(event, citation, index))


def _filled(cells: tuple[Cell, ...]) -> tuple[Cell, ...]:
    return cells + ("",) * (len(COLUMNS) - _CLAIM - len(cells))


def _event(event: Event, index: Index, places: dict[str, Name]) -> tuple[Cell, ...]:
    date = event.date
    found = (places[name] for name in event.places)
    place = next((p for p in found if p.lat is not None and p.lon is not None), None)
    cells = (
        event.id,
        index.event_url(event.id),
        event.title,
        date.edtf if date else "unknown",
        earliest(date) if date else None,
        latest(date) if date else None,
        index.label(date),
        event.date_text,
        event.kind,
        event.modality,
        SEPARATOR.join(index.actors[name] for name in event.actors),
        SEPARATOR.join(index.actors[name] for name in event.recipients),
        SEPARATOR.join(index.places[name] for name in event.places),
        place.lat if place else None,
        place.lon if place else None,
        SEPARATOR.join(index.tags[name] for name in event.tags),
        event.withdrawn.date.edtf if event.withdrawn else "",
        SEPARATOR.join(index.media_url(media) for media in event.media if media.path),
    )
    assert len(cells) == _CLAIM
    return cells


def _claim(claim: Claim) -> tuple[Cell, ...]:
    return (claim.number, claim.text, claim.attributed_to, claim.confidence, claim.uncited)


def _citation(event: Event, citation: Citation | Pointer, index: Index) -> tuple[Cell, ...]:
    source = index.sources[citation.source]
    archive = source.archives[0].url if source.archives else ""
    if isinstance(citation, Citation):
        found: tuple[Cell, ...] = (
            citation.start,
            citation.end,
            citation.exact,
            citation.match,
            "",
            index.citation_url(source.id, event.id, citation.n),
        )
        live = live_address(source.url, citation.exact) if source.url else ""
    else:
        url = index.source_url(source.id, citation.paragraph)
        found = ("", "", "", "", citation.reason, url)
        live = ""
    return (
        citation.n,
        citation.stance,
        source.id,
        source.title,
        source.publisher,
        source.published.edtf if source.published else "",
        citation.paragraph,
        *found,
        source.url,
        live,
        archive,
        source.sha256,
    )
