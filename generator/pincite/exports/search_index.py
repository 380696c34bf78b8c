"""The index behind narrowing and searching: script files, because a page on a disk may fetch none.

Each file calls ``pincite(name, value)``. An event is in one shard of facts and in one of texts, and
shards are cut after events that their ids choose, so an event more changes no other shard.
"""

from collections.abc import Iterable, Iterator
from typing import Any, Final
from zlib import crc32

from pincite.dates import Date, Day
from pincite.exports.json_text import compact
from pincite.link.names import slug
from pincite.model import Citation, Event
from pincite.plan.words import Words, bind_date

FOLDER: Final = "data/search"
# The sorts in the order in which a row gives an event's values.
SORTS: Final = ("kinds", "status", "voices", "actors", "places", "tags", "sources")
_LEAST, _MOST = 256, 1024  # events in a shard; the last may have fewer
_CUT = 255  # one id in 256 ends a shard


def divide_shards(events: tuple[Event, ...]) -> tuple[tuple[Event, ...], ...]:
    """Cut *events*, keeping their order, into shards that an insertion elsewhere leaves alone."""
    shards: list[tuple[Event, ...]] = []
    start = 0
    for end, event in enumerate(events, 1):
        size = end - start
        if size == _MOST or (size >= _LEAST and not crc32(event.id.encode()) & _CUT):
            shards.append(events[start:end])
            start = end
    if start < len(events):
        shards.append(events[start:])
    return tuple(shards)


def write_directory(
    sizes: tuple[int, ...],
    names: tuple[tuple[str, str, str, str], ...],
    index_links: bool,
) -> bytes:
    """Return what is loaded first: how many events each shard has, and (sort, id, label, shape)."""
    table: dict[str, list[list[str]]] = {sort: [] for sort in SORTS}
    for sort, id, label, shape in names:
        table[sort].append([id, label, shape] if shape else [id, label])
    return _call("directory", {"index": index_links, "names": table, "sizes": sizes})


def write_facts(number: int, words: Words, events: tuple[Event, ...]) -> bytes:
    """Return a shard of rows: id, title, date said, first and last month, then values by sort.

    Months count from January of the year 0; null is open, and for both ends undated. A value is a
    number into the shard's own names of its sort.
    """
    tables: tuple[dict[str, int], ...] = tuple({} for _ in SORTS)
    rows = []
    for event in events:
        said = bind_date(words.date(event.date))
        row: list[Any] = [event.id, event.title, said, *_months(event.date)]
        for table, values in zip(tables, _values(event), strict=True):
            row.append([table.setdefault(value, len(table)) for value in dict.fromkeys(values)])
        rows.append(row)
    return _call(f"facts-{number}", {"names": [list(table) for table in tables], "rows": rows})


def write_texts(number: int, events: tuple[Event, ...]) -> bytes:
    """Return a shard of texts: the words of an event's claims, voices and quotations, by line."""
    return _call(f"texts-{number}", ["\n".join(_lines(event)) for event in events])


def month_number(day: Day) -> int:
    """Return the month of *day*, counted from January of the year 0."""
    return day.year * 12 + day.month - 1


def _call(name: str, value: object) -> bytes:
    return f"pincite({compact(name)},{compact(value)});\n".encode("utf-8", "surrogatepass")


def _months(date: Date | None) -> tuple[int | None, int | None]:
    if date is None:
        return None, None
    return (
        month_number(date.earliest) if date.earliest else None,
        month_number(date.latest) if date.latest else None,
    )


def _values(event: Event) -> tuple[Iterable[str], ...]:
    return (
        (event.kind,),
        (event.modality,),
        (slug(claim.attributed_to) for claim in event.claims if claim.attributed_to),
        (*event.actors, *event.recipients),
        event.places,
        event.tags,
        (citation.source for claim in event.claims for citation in claim.citations),
    )


def _lines(event: Event) -> Iterator[str]:
    seen = {event.title}
    for line in _said(event):
        text = " ".join(line.split())
        if text and text not in seen:
            seen.add(text)
            yield text


def _said(event: Event) -> Iterator[str]:
    yield event.date_text
    for claim in event.claims:
        yield claim.text
        yield claim.attributed_to
        for citation in claim.citations:
            if isinstance(citation, Citation):
                yield citation.exact
                if citation.translation:
                    yield citation.translation.text


def shard_paths(shards: int) -> Iterator[tuple[str, str]]:
    """Yield, for each of *shards*, where its facts and its texts are written."""
    for number in range(shards):
        yield f"{FOLDER}/facts-{number}.js", f"{FOLDER}/texts-{number}.js"
