"""The Google sheet of TimelineJS, saved as CSV: of version 3 (Year, Month …) or 1 (Start Date)."""

from typing import Final

from pincite.importers.gathering import Fields, Gathering
from pincite.importers.moments import UNKNOWN, Moment, Reading, stretch
from pincite.importers.tables import Row, read_table
from pincite.importers.timelinejs import read_parts, read_slide_dates
from pincite.importers.values import Import, What
from pincite.importers.written import read_moment, read_written

FORMAT: Final = "timelinejs-csv"

_HOME: Final = frozenset(
    (
        *("year", "month", "day", "time", "end year", "end month", "end day", "end time"),
        *("start date", "end date", "display date", "headline", "text", "media", "media credit"),
        *("media caption", "type", "group", "tag"),
    )
)


def read_timelinejs_csv(data: bytes | str, name: str) -> Import:
    """Read a sheet. Year -44 is 44 BCE there, which EDTF calls -0043."""
    gathering = Gathering(FORMAT, name, data)
    table = read_table(data)
    gathering.losses += table.losses
    titled = False
    for row in table.rows:
        kind = row.cells.get("type", "").lower()
        if kind == "title" and not titled:
            titled = True
            cells = row.cells
            gathering.describe_site(cells.get("headline", ""), cells.get("text", ""), row.line)
            _note_rest(gathering, row)
        elif kind == "era":
            label = row.cells.get("headline") or row.cells.get("text", "")
            gathering.add_era(label, _date(row), row.line)
        else:
            _add_event(gathering, row)
    return gathering.finish()


def _add_event(gathering: Gathering, row: Row) -> None:
    cells = row.cells
    kind = cells.get("type", "")
    if kind:
        message = f"a row of type `{kind[:40]}` was read as an event"
        gathering.lose(row.line, cells.get("headline", ""), What.CHANGED, message)
    gathering.add(
        Fields(
            line=row.line,
            date=_date(row),
            written={
                key: cells[key]
                for key in cells
                if key in _HOME
                and key.rsplit(" ")[-1] in {"year", "month", "day", "time", "date"}
                and key != "display date"
            },
            display=cells.get("display date", ""),
            title=cells.get("headline", ""),
            text=cells.get("text", ""),
            groups=[cells[key] for key in ("group", "tag") if key in cells],
            media=[cells["media"]] if "media" in cells else [],
            credits={key: cells[key] for key in ("media credit", "media caption") if key in cells},
            rest={key: value for key, value in cells.items() if key not in _HOME},
        )
    )


def _date(row: Row) -> Reading:
    cells = row.cells
    if "start date" in cells or "end date" in cells:
        start = read_written(cells.get("start date", ""), without_zero=True)
        return _until(start, cells.get("end date", ""))
    names = ("year", "month", "day", "time")
    begins = {part: cells.get(part, "") for part in names}
    ends = {part: cells.get(f"end {part}", "") for part in names}
    return read_slide_dates(read_parts(begins), read_parts(ends))


def _until(start: Reading, end_text: str) -> Reading:
    if not end_text or start.edtf == UNKNOWN:
        return start
    end = read_moment(end_text, without_zero=True)
    first = read_moment(start.edtf)
    if isinstance(end, Moment) and isinstance(first, Moment):
        return stretch(first, end)
    message = "the end cannot be read" if not isinstance(end, Moment) else "the start is hazy"
    return Reading(UNKNOWN, refusals=(message,), partial=True)


def _note_rest(gathering: Gathering, row: Row) -> None:
    rest = [key for key in row.cells if key not in {"type", "headline", "text"}]
    if rest:
        message = f"the title's {', '.join(rest)} have no place in a site and were left out"
        gathering.lose(row.line, row.cells.get("headline", ""), What.NOTED, message)
