"""Which format a file has, by its content and, where that is not enough, by its name."""

import re
from typing import Any

from pincite.importers.csv_mapped import COLUMNS
from pincite.importers.decode import decode
from pincite.importers.jsontree import list_of, object_of, read_json
from pincite.importers.tables import header_name
from pincite.importers.timemap_sheet import is_sheet_of_timemap
from pincite.importers.values import What
from pincite.importers.xmltree import read_xml

_DATE = (
    r"(?:\d{4}(?:-\d\d){0,2}|\d{1,2}/\d{4}|\d{1,2}/\d{1,2}/\d{4}|now"
    r"|[A-Z][a-z]{2,8}\.? (?:\d{1,2},? )?\d{4})"
)
_MARKWHEN = re.compile(
    r"^(?:#{1,6} |(?:group|section) |title: |dateFormat: |"
    rf"\s*{_DATE}(?:\s*[-/][^:\n]{{1,40}})?: ?\S)",
    re.MULTILINE,
)


def sniff(name: str, data: bytes | str) -> str | None:
    """Return the name of the format of *data*, a file called *name*, or None."""
    text = decode(data[:200_000]).text.lstrip()
    lower = name.lower()
    if text.startswith(("{", "[")):
        return _sniff_json(read_json(data).root)
    if text.startswith("<"):
        return _sniff_xml(data)
    header = {header_name(cell.strip(' "')) for cell in re.split("[,;\t]", text.partition("\n")[0])}
    if "headline" in header and header & {"year", "start date"}:
        return "timelinejs-csv"
    if {"date", "display date", "description"} <= header and header & {"series", "html"}:
        return "timelinesetter"
    if is_sheet_of_timemap(header):
        return "timemap"
    if lower.endswith((".mw", ".markwhen")):
        return "markwhen"
    known = {column for columns in COLUMNS.values() for column in columns}
    if lower.endswith((".csv", ".tsv")) or (len(header) > 2 and len(header & known) > 1):
        dates = set(COLUMNS["date"])
        return "csv" if header & dates else None
    return "markwhen" if len(_MARKWHEN.findall(text[:20_000])) > 1 else None


def find_fault(data: bytes | str) -> str:
    """Return why *data*, which is in no known format, cannot be read; "" where it can."""
    text = decode(data).text.lstrip()
    if not text:
        return "there is nothing in it"
    if text.startswith(("{", "[")):
        losses = read_json(data).losses if read_json(data).root is None else ()
    else:
        document = read_xml(data) if text.startswith("<") else None
        losses = document.losses if document is not None and document.root is None else ()
    refused = [loss for loss in losses if loss.what is What.REFUSED]
    if not refused:
        return ""
    return (
        f"line {refused[0].line}: {refused[0].message}" if refused[0].line else refused[0].message
    )


def _sniff_json(root: Any) -> str | None:
    timeline = object_of(root).get("timeline")
    if isinstance(timeline, dict) and ("date" in timeline or "headline" in timeline):
        return "timelinejs-json"
    events = root if isinstance(root, list) else object_of(root).get("events")
    records = [item for item in list_of(events) if isinstance(item, dict)][:50]
    keys = {key for record in records for key in record}
    if keys & {"start_date", "unique_id"} or (object_of(root).get("eras") and not records):
        return "timelinejs-json"
    if "dateTimeFormat" in object_of(root) or (keys & {"start", "s"} and keys & {"title", "t"}):
        return "simile"
    if "description" in keys and keys & {"associations", "sources", "latitude", "filters"}:
        return "timemap"
    if "date" in keys or not records:
        return "records" if records or _has_records(root) else None
    return None


def _has_records(root: Any) -> bool:
    below = [*object_of(root).values()]
    below += [item for value in below for item in object_of(value).values()]
    return any(
        isinstance(item, dict) and "date" in item
        for value in below
        for item in (value if isinstance(value, list) else [])[:5]
    )


def _sniff_xml(data: bytes | str) -> str | None:
    root = read_xml(data).root
    if root is None:
        return None
    if root.name in {"rss", "feed", "rdf"}:
        return "feed"
    if root.name == "data" or any(child.name == "event" for child in root.children[:20]):
        return "simile"
    return None
