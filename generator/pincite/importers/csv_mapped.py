"""Any other CSV: its author says which column is what, or their names say it."""

import re
from collections.abc import Mapping
from typing import Final

from pincite.importers.gathering import Fields, Gathering
from pincite.importers.moments import UNKNOWN, Moment, Reading, stretch
from pincite.importers.tables import header_name, read_table
from pincite.importers.values import Import, What
from pincite.importers.written import is_either_way, read_moment, read_written

FORMAT: Final = "csv"

#: What a column may be, and the names by which it is known without being told.
COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "id": ("id", "slug"),
    "date": ("date", "start date", "start", "when", "year"),
    "end": ("end date", "end", "until", "to"),
    "date_text": ("display date", "date text", "date as written"),
    "title": ("title", "headline", "event", "name", "label"),
    "text": ("text", "description", "summary", "body", "notes", "content"),
    "url": ("url", "link", "source url", "source", "sources", "reference", "links"),
    "kind": ("kind", "type", "category", "group", "series"),
    "tags": ("tags", "tag", "keywords"),
    "places": ("places", "place", "location"),
    "actors": ("actors", "actor", "who"),
    "media": ("media", "image", "photo", "video"),
}


def read_csv_mapped(
    data: bytes | str,
    name: str,
    columns: Mapping[str, str] | None = None,
    *,
    day_first: bool = False,
) -> Import:
    """Read a table. *columns* maps keys of COLUMNS to names in the header.

    Figures such as 3/4/2025 have the month first, or with *day_first* the day. Tags, places,
    actors and addresses in one cell are separated by ``;`` or ``|``.
    """
    gathering = Gathering(FORMAT, name, data)
    table = read_table(data)
    gathering.losses += table.losses
    found = _assign(table.header, columns or {}, gathering)
    if table.header and "date" not in found and "title" not in found and "text" not in found:
        known = ", ".join(f"`{column}`" for column in table.header[:30])
        message = f"no column is known to be the date, the title or the text; there are: {known}"
        gathering.lose(1, "", What.REFUSED, message)
        return gathering.finish()
    for line, cells in table.rows:
        given = {what: cells.get(column, "") for what, column in found.items()}
        gathering.add(
            Fields(
                line=line,
                date=_date(given.get("date", ""), given.get("end", ""), day_first=day_first),
                written={key: given.get(key, "") for key in ("date", "end")},
                display=given.get("date_text", ""),
                wish=given.get("id", ""),
                title=given.get("title", ""),
                text=given.get("text", ""),
                groups=[given.get("kind", "")],
                tags=_several(given.get("tags", ""), commas=True),
                places=_several(given.get("places", "")),
                actors=_several(given.get("actors", "")),
                links=[(url, "") for url in _addresses(given.get("url", ""))],
                media=_several(given.get("media", "")),
                rest={k: v for k, v in cells.items() if k not in found.values()},
            )
        )
    return gathering.finish()


def _assign(
    header: tuple[str, ...], columns: Mapping[str, str], gathering: Gathering
) -> dict[str, str]:
    found: dict[str, str] = {}
    for what, column in columns.items():
        if what not in COLUMNS:
            listed = ", ".join(COLUMNS)
            gathering.lose(None, "", What.REFUSED, f"`{what}` is none of: {listed}")
        elif header_name(column) not in header:
            message = f"there is no column `{column}`; there are: {', '.join(header[:30])}"
            gathering.lose(1, "", What.REFUSED, message)
        else:
            found[what] = header_name(column)
    for what, names in COLUMNS.items():
        free = [n for n in names if n in header and n not in found.values()]
        if what not in found and what not in columns and free:
            found[what] = free[0]
            gathering.lose(1, "", What.NOTED, f"the column `{free[0]}` was taken for `{what}`")
    return found


def _date(start: str, end: str, *, day_first: bool) -> Reading:
    reading = _stretch(start, end, day_first=day_first)
    taken = tuple(
        f"in `{text}` the month was taken to come first (--day-first takes the day)"
        for text in (start, end)
        if not day_first and is_either_way(text)
    )
    return reading._replace(changes=(*reading.changes, *taken))


def _stretch(start: str, end: str, *, day_first: bool) -> Reading:
    first = read_written(start, day_first=day_first)
    if not end or first.edtf == UNKNOWN:
        return first
    begins = read_moment(start, day_first=day_first)
    ends = read_moment(end, day_first=day_first)
    if isinstance(begins, Moment) and isinstance(ends, Moment):
        return stretch(begins, ends)
    reason = "the start is hazy" if isinstance(ends, Moment) else ends.message
    return Reading(UNKNOWN, refusals=(f"end: {reason}",), partial=True)


def _several(cell: str, *, commas: bool = False) -> list[str]:
    pattern = r"\s*[;|,\n]\s*" if commas and not re.search("[;|]", cell) else r"\s*[;|\n]\s*"
    return [part for part in re.split(pattern, cell) if part]


def _addresses(cell: str) -> list[str]:
    """Split a cell of addresses; a space separates them too, for no address has one."""
    return [part for part in re.split(r"\s*[;|]\s*(?=https?://)|\s+(?=https?://)", cell) if part]
