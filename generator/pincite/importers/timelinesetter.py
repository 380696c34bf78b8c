"""TimelineSetter of ProPublica: a CSV of date, display date, description, link, series and HTML."""

from typing import Final

from pincite.importers.gathering import Fields, Gathering
from pincite.importers.tables import read_table
from pincite.importers.values import Import
from pincite.importers.written import read_written

FORMAT: Final = "timelinesetter"

_HOME: Final = frozenset(("date", "display date", "description", "link", "series", "html"))


def read_timelinesetter(data: bytes | str, name: str) -> Import:
    """Read a table whose dates are English or figures, month first."""
    gathering = Gathering(FORMAT, name, data)
    table = read_table(data)
    gathering.losses += table.losses
    for line, cells in table.rows:
        date = cells.get("date", "")
        parts = (cells.get("description", ""), cells.get("html", ""))
        gathering.add(
            Fields(
                line=line,
                date=read_written(date),
                written={"date": date},
                display=cells.get("display date", ""),
                text="\n\n".join(part for part in parts if part)
                if not parts[1]
                else f"<p>{parts[0]}</p>\n{parts[1]}",
                title="",
                groups=[cells["series"]] if "series" in cells else [],
                links=[(cells["link"], "")] if "link" in cells else [],
                rest={key: value for key, value in cells.items() if key not in _HOME},
            )
        )
    return gathering.finish()
