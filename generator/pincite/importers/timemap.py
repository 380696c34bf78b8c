"""TimeMap of Forensic Architecture: one JSON file, or its sheets of events and sources as CSV."""

import re
from collections.abc import Mapping
from typing import Any, Final

from pincite.importers.decode import decode
from pincite.importers.gathering import Fields, Gathering
from pincite.importers.jsontree import list_of, object_of, read_json, text_of
from pincite.importers.markup import find_url
from pincite.importers.moments import (
    UNKNOWN,
    Moment,
    Reading,
    Refusal,
    make_moment,
    one_moment,
    read_time,
)
from pincite.importers.timemap_sheet import read_sheet
from pincite.importers.values import Import, What
from pincite.importers.written import read_moment, read_written

FORMAT: Final = "timemap"

_BEGINNING: Final = 1_000  # bytes that tell JSON from a table
_HOME: Final = frozenset(
    (
        *("description", "title", "date", "time", "time_display", "location", "type", "category"),
        *("associations", "sources", "filters"),
    )
)


def read_timemap(data: bytes | str, name: str, *, day_first: bool = False) -> Import:
    """Read JSON or a sheet as CSV whose dates are MM/DD/YYYY, or with *day_first* DD/MM/YYYY."""
    gathering = Gathering(FORMAT, name, data)
    if not decode(data[:_BEGINNING]).text.lstrip().startswith(("{", "[")):
        sheet = read_sheet(data)
        gathering.losses += sheet.losses
        for id, source in sheet.sources.items():
            _add_source(gathering, id, source)
        for row in sheet.events:
            _add_event(gathering, row, {}, {}, day_first=day_first)
        return gathering.finish()
    document = read_json(data)
    gathering.losses += document.losses
    root = document.root
    events = root if isinstance(root, list) else list_of(object_of(root).get("events"))
    sources = _by_id(object_of(root).get("sources"))
    associations = _by_id(object_of(root).get("associations"))
    for key, value in object_of(root).items():
        if key not in {"events", "sources", "associations"}:
            message = f"`{key[:60]}` was left out: {text_of(value)[:200]}"
            gathering.lose(None, "", What.NOTED, message)
    for id, source in sources.items():
        _add_source(gathering, id, source)
    for association in associations.values():
        described = {k: text_of(v) for k, v in association.items() if k not in {"id", "title"}}
        about = ", ".join(f"{key} {value}" for key, value in described.items() if value)
        title = text_of(association.get("title"))
        message = f"of the association `{title[:60]}` only the name is kept: {about[:300]}"
        gathering.lose(getattr(association, "line", None), "", What.NOTED, message)
    for event in events:
        if isinstance(event, dict):
            _add_event(gathering, event, associations, sources, day_first=day_first)
        else:
            gathering.lose(None, "", What.REFUSED, f"`{text_of(event)[:60]}` is no event")
    return gathering.finish()


def _by_id(value: Any) -> dict[str, dict[str, Any]]:
    """Return objects by id, whether they are a list or keyed by it already."""
    if isinstance(value, dict):
        return {key: object_of(item) for key, item in value.items()}
    items = [item for item in list_of(value) if isinstance(item, dict)]
    return {text_of(item.get("id") or item.get("title")): item for item in items}


def _add_source(gathering: Gathering, id: str, source: Mapping[str, Any]) -> None:
    paths = [text_of(path) for path in list_of(source.get("paths")) if text_of(path)]
    addresses = [text_of(source.get("url")), *paths]
    urls = [url for url in map(find_url, addresses) if url]
    url = urls[0] if urls else ""
    lines = [f"{key}: {text_of(value)}" for key, value in source.items() if text_of(value)]
    used = ("title: ", "id: ", "author: ", "url: ")
    notes = [line for line in lines if not line.startswith((*used, "date: ", "paths: "))]
    notes += [f"path: {path}" for path in addresses if path and find_url(path) != url]
    author = text_of(source.get("author"))
    date = text_of(source.get("date"))
    published = read_written(date).edtf if date else ""
    if date and (published == UNKNOWN or "T" in published):
        notes.append(f"date: {date}")
        published = ""
    title = text_of(source.get("title")) or id
    gathering.add_source(
        f"#{id}",
        title,
        url=url,
        authors=(author,) if author else (),
        published=published,
        note="\n".join(notes),
    )
    message = "description, type, thumbnail and further paths of the source stand in its `note`"
    gathering.lose(getattr(source, "line", None), title, What.KEPT, message)


def _add_event(
    gathering: Gathering,
    event: dict[str, Any],
    associations: Mapping[str, Mapping[str, Any]],
    sources: Mapping[str, object],
    *,
    day_first: bool,
) -> None:
    line = getattr(event, "line", None)
    tags: list[str] = []
    narratives: list[str] = []
    keys: list[str] = []
    links: list[tuple[str, str]] = []
    for id in map(text_of, list_of(event.get("associations"))):
        found = associations.get(id, {})
        title = text_of(found.get("title")) or id
        (narratives if found.get("mode") == "NARRATIVE" else tags).append(title.replace("_", " "))
    filters = list_of(event.get("filters"))
    tags += [text_of(object_of(given).get("value")) or text_of(given) for given in filters]
    missing = []
    for source in list_of(event.get("sources")):
        id = text_of(object_of(source).get("id") or source)
        path = text_of(object_of(source).get("path")) or id
        if id in sources:
            keys.append(f"#{id}")
        elif find_url(path):
            links.append((path, text_of(object_of(source).get("description"))))
        elif id:
            missing.append(id)
            message = f"its source `{id[:80]}` is not in the file: kept under `imported:`"
            gathering.lose(line, text_of(event.get("description")), What.KEPT, message)
    rest = {key: value for key, value in event.items() if key not in _HOME}
    rest |= {"narratives": ", ".join(narratives), "sources": ", ".join(missing)}
    location = text_of(event.get("location"))
    gathering.add(
        Fields(
            line=line,
            date=_date(text_of(event.get("date")), text_of(event.get("time")), day_first=day_first),
            written={key: text_of(event.get(key)) for key in ("date", "time")},
            display=text_of(event.get("time_display")),
            title=text_of(event.get("title")),
            text=text_of(event.get("description")),
            groups=[text_of(event.get(key)) for key in ("type", "category")],
            tags=tags,
            places=[location] if location else [],
            sources=keys,
            links=links,
            rest=rest,
        )
    )


def _date(date: str, time: str, *, day_first: bool) -> Reading:
    if not date:
        message = f"the time {time} without a day" if time else "there is no date"
        return Reading(UNKNOWN, refusals=(message,), partial=bool(time))
    moment = read_moment(date, day_first=day_first)
    if isinstance(moment, Refusal):
        swapped = read_moment(date, day_first=not day_first)
        order = "--day-first" if not day_first else "the month first"
        hint = f" (with {order} it would be {swapped.date})" if isinstance(swapped, Moment) else ""
        return Reading(UNKNOWN, refusals=(moment.message + hint,), partial=True)
    if not time:
        return one_moment(moment)
    read = read_time(time)
    if isinstance(read, Refusal):
        return Reading(moment.date, (f"{read.message}: only the day is used",), partial=True)
    timed = make_moment(moment.year, moment.month, moment.day, *read)
    if isinstance(timed, Refusal):
        return Reading(UNKNOWN, refusals=(timed.message,), partial=True)
    odd = not re.fullmatch(r"\d{1,2}:\d{2}(?::\d{2})?", time)
    return Reading(timed.edtf, (f"the time `{time}` was read as {read[0]}",) if odd else ())
