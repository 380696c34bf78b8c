"""Plain JSON records: ``[{date, text, url}]``, alone or in an object, as Wikipedia lists give."""

from typing import Any, Final

from pincite.importers.gathering import Fields, Gathering
from pincite.importers.jsontree import list_of, object_of, read_json, text_of
from pincite.importers.moments import UNKNOWN, Moment, Reading, stretch
from pincite.importers.values import Import, What
from pincite.importers.written import read_moment, read_written

FORMAT: Final = "records"

_TITLE: Final = ("title", "headline", "name")
_TEXT: Final = ("text", "description", "summary", "event", "body", "content")
_LINK: Final = ("url", "link", "source", "links", "sources", "urls", "references")
_TAGS: Final = ("tags", "tag", "topics", "category", "categories", "type")
_HOME: Final = frozenset(
    (
        *("id", "date", "year", "start", "end", "end_date", "date_text", "location", "place"),
        *("places", "actors"),
    )
)


def read_records(data: bytes | str, name: str) -> Import:
    """Read records. A year such as -44 is 44 BCE; one of four digits, -0043, is EDTF."""
    gathering = Gathering(FORMAT, name, data)
    document = read_json(data)
    gathering.losses += document.losses
    if document.root is not None:
        records = _find_records(document.root)
        if not records:
            gathering.lose(1, "", What.REFUSED, "there is no list of records in this file")
        _note_other(gathering, document.root, records)
        for record in records:
            if isinstance(record, dict):
                _add(gathering, record)
            else:
                message = f"`{text_of(record)[:60]}` is no record"
                gathering.lose(None, "", What.REFUSED, message)
    return gathering.finish()


def _find_records(root: Any) -> list[Any]:
    if isinstance(root, list):
        return root
    for value in object_of(root).values():
        if isinstance(value, list) and any(isinstance(item, dict) for item in value):
            return value
    for value in object_of(root).values():
        if isinstance(value, dict) and (found := _find_records(value)):
            return found
    return []


def _note_other(gathering: Gathering, root: Any, records: list[Any]) -> None:
    for key, value in object_of(root).items():
        if value is not records and not (isinstance(value, dict) and _find_records(value)):
            message = f"`{key[:60]}: {text_of(value)[:120]}` beside the records was left out"
            gathering.lose(1, "", What.NOTED, message)


def _add(gathering: Gathering, record: dict[str, Any]) -> None:
    used: set[str] = set()

    def first(names: tuple[str, ...]) -> str:
        name = next((n for n in names if text_of(record.get(n))), "")
        used.add(name)
        return text_of(record.get(name))

    title, text = first(_TITLE), first(_TEXT)
    links: list[tuple[str, str]] = []
    kept: list[str] = []
    for name in _LINK:
        used.add(name)
        for item in list_of(record.get(name)):
            link = object_of(item)
            address = text_of(link.get("url") or link.get("href")) if link else text_of(item)
            words = text_of(link.get("title") or link.get("text") or link.get("publisher"))
            if address:
                links.append((address, words))
            others = {k: v for k, v in link.items() if k not in {"url", "href", "title", "text"}}
            kept += [f"{key}: {text_of(value)}" for key, value in others.items() if text_of(value)]
    start = first(("date", "start", "year"))
    end = first(("end", "end_date"))
    tags = [text_of(item) for name in _TAGS for item in list_of(record.get(name))]
    places = [n for name in ("location", "place", "places") for n in list_of(record.get(name))]
    rest = {k: v for k, v in record.items() if k not in _HOME | used | set(_TAGS)}
    spare = [k for k in ("start", "year", "end_date") if k in record and k not in used]
    gathering.add(
        Fields(
            line=getattr(record, "line", None),
            date=_date(start, end),
            written={"date": start, "end": end},
            display=text_of(record.get("date_text")),
            wish=text_of(record.get("id")),
            title=title,
            text=text,
            tags=tags,
            places=map(text_of, places),
            actors=map(text_of, list_of(record.get("actors"))),
            links=links,
            rest=rest | {k: record[k] for k in spare} | {"source-details": "\n".join(kept)},
        )
    )


def _date(start: str, end: str) -> Reading:
    historical = not start.startswith("-0") and len(start.partition("-")[2].split("-")[0]) < 5
    first = read_written(start, without_zero=historical)
    if start.startswith("-") and historical and first.edtf != UNKNOWN:
        change = f"the year of `{start[:40]}` was read as BCE: {first.edtf}"
        first = first._replace(changes=(*first.changes, change))
    if not end or first.edtf == UNKNOWN:
        return first
    begins = read_moment(start, without_zero=historical)
    ends = read_moment(end, without_zero=not end.startswith("-0"))
    if isinstance(begins, Moment) and isinstance(ends, Moment):
        return stretch(begins, ends)
    reason = "the start is hazy" if isinstance(ends, Moment) else ends.message
    return Reading(UNKNOWN, refusals=(f"end: {reason}",), partial=True)
