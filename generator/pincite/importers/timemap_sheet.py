"""Sheets of TimeMap as CSV, a row an event or a source: columns that are numbered become lists."""

import re
from typing import Any, Final, NamedTuple

from pincite.importers.jsontree import Placed
from pincite.importers.tables import Row, read_table
from pincite.importers.values import Loss, What

_NUMBERED: Final = re.compile(r"(source|association|filter|path)s? ?\d+")


class Sheet(NamedTuple):
    """What a sheet holds, in the form of the JSON that datasheet-server makes of it."""

    events: list[dict[str, Any]]
    sources: dict[str, dict[str, Any]]
    losses: tuple[Loss, ...]


def is_sheet_of_timemap(header: set[str]) -> bool:
    """Say whether the names of columns (lower case, spaces) are those of a sheet of TimeMap."""
    numbered = any(_NUMBERED.fullmatch(name) for name in header)
    return _has_events(header) and (numbered or {"latitude", "longitude"} <= header)


def read_sheet(data: bytes | str) -> Sheet:
    """Read a sheet of events, or one of sources; another is refused."""
    table = read_table(data)
    header = set(table.header)
    rows = [_record(row) for row in table.rows]
    if _has_events(header):
        return Sheet([*rows], {}, table.losses)
    if "title" in header and {"id", "url", "path1", "paths"} & header:
        return Sheet([], {row.get("id") or f"row-{row.line}": row for row in rows}, table.losses)
    names = ", ".join(table.header[:8])
    message = f"it is no sheet of events or of sources; its columns are {names}"
    return Sheet([], {}, (*table.losses, Loss(1, "", What.REFUSED, message)))


def _has_events(header: set[str]) -> bool:
    return "description" in header and bool({"date", "latitude"} & header)


def _record(row: Row) -> Placed:
    record = Placed()
    record.line = row.line
    for name, cell in row.cells.items():
        if numbered := _NUMBERED.fullmatch(name):
            record.setdefault(f"{numbered[1]}s", []).append(cell)
        elif name in {"sources", "associations", "filters", "paths"}:
            record.setdefault(name, []).extend(filter(None, map(str.strip, cell.split(","))))
        else:
            record[name.replace(" ", "_")] = cell
    return record
