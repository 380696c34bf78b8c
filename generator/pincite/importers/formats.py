"""The formats that can be imported, by the names the command knows them by."""

from collections.abc import Callable, Mapping
from typing import Final

from pincite.importers.csv_mapped import read_csv_mapped
from pincite.importers.feed import read_feed
from pincite.importers.markwhen import read_markwhen
from pincite.importers.records import read_records
from pincite.importers.simile import read_simile
from pincite.importers.timelinejs_csv import read_timelinejs_csv
from pincite.importers.timelinejs_json import read_timelinejs_json
from pincite.importers.timelinesetter import read_timelinesetter
from pincite.importers.timemap import read_timemap
from pincite.importers.values import Import

READERS: Final[Mapping[str, Callable[[bytes | str, str], Import]]] = {
    "timelinejs-csv": read_timelinejs_csv,
    "timelinejs-json": read_timelinejs_json,
    "simile": read_simile,
    "markwhen": read_markwhen,
    "timemap": read_timemap,
    "timelinesetter": read_timelinesetter,
    "csv": read_csv_mapped,
    "feed": read_feed,
    "records": read_records,
}


def read_format(
    format: str,
    data: bytes | str,
    name: str,
    *,
    columns: Mapping[str, str] | None = None,
    day_first: bool = False,
) -> Import:
    """Read *data* as *format*, a key of READERS. *columns* is for ``csv`` only.

    *day_first* says how figures such as 3/4/2025 are meant in ``csv`` and ``timemap``.
    """
    if format == "csv":
        return read_csv_mapped(data, name, columns, day_first=day_first)
    if format == "timemap":
        return read_timemap(data, name, day_first=day_first)
    return READERS[format](data, name)
