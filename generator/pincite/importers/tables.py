"""CSV as records with the lines they begin on; broken tables are mended where it is plain."""

import csv
import io
from typing import Final, NamedTuple

from pincite.importers.decode import decode
from pincite.importers.values import Loss, What

LONGEST_FIELD: Final = 1_000_000  # characters
_DELIMITERS: Final = (",", ";", "\t")


class Row(NamedTuple):
    """*cells* by the header's words as they are normalised: lower case, single spaces."""

    line: int
    cells: dict[str, str]


class Table(NamedTuple):
    header: tuple[str, ...]
    rows: tuple[Row, ...]
    losses: tuple[Loss, ...] = ()


def header_name(text: str) -> str:
    return " ".join(text.replace("_", " ").split()).lower()


def read_table(data: bytes | str) -> Table:
    """Read CSV with a header. The separator is a comma, a semicolon or a tab."""
    text, notes = decode(data)
    losses = [Loss(None, "", What.CHANGED, note) for note in notes]
    first = text.partition("\n")[0]
    delimiter = max(_DELIMITERS, key=first.count)
    if delimiter != ",":
        name = "tab" if delimiter == "\t" else delimiter
        losses.append(Loss(1, "", What.NOTED, f"the cells are separated by `{name}`"))
    raw = _read_raw(text, delimiter, losses)
    if not raw:
        losses.append(Loss(None, "", What.REFUSED, "the table is empty"))
        return Table((), (), tuple(losses))
    header = _unique([header_name(cell) for cell in raw[0][1]], losses)
    body = [(line, cells) for line, cells in raw[1:] if any(map(str.strip, cells))]
    if len(body) < len(raw) - 1:
        count = len(raw) - 1 - len(body)
        losses.append(Loss(None, "", What.NOTED, f"{count} empty rows skipped"))
    body = _realign(header, body, losses)
    rows = [Row(line, _cells(header, line, cells, losses)) for line, cells in body]
    return Table(tuple(header), tuple(rows), tuple(losses))


def _read_raw(text: str, delimiter: str, losses: list[Loss]) -> list[tuple[int, list[str]]]:
    raw: list[tuple[int, list[str]]] = []
    limit = csv.field_size_limit(LONGEST_FIELD)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        at = 0
        for cells in reader:
            if cells:
                raw.append((at + 1, cells))
            at = reader.line_num
    except csv.Error as fault:
        message = f"the table breaks off here: {fault}"
        losses.append(Loss(reader.line_num, "", What.REFUSED, message))
    finally:
        csv.field_size_limit(limit)
    return raw


def _unique(names: list[str], losses: list[Loss]) -> list[str]:
    while names and not names[-1]:
        names.pop()
    seen: dict[str, int] = {}
    unique = []
    for at, given in enumerate(names, 1):
        name = given or f"column {at}"
        seen[name] = seen.get(name, 0) + 1
        if seen[name] > 1:
            losses.append(Loss(1, "", What.CHANGED, f"two columns are called `{name}`"))
            name = f"{name} {seen[name]}"
        unique.append(name)
    return unique


def _realign(
    header: list[str], body: list[tuple[int, list[str]]], losses: list[Loss]
) -> list[tuple[int, list[str]]]:
    """Leave out the one column that is empty in every row, where each row has one cell too many."""
    width = len(header)
    if not body or any(len(cells) != width + 1 for _, cells in body):
        return [(line, _without_empty_end(cells, width)) for line, cells in body]
    empty = [at for at in range(width + 1) if not any(cells[at].strip() for _, cells in body)]
    if width in empty:
        return [(line, cells[:width]) for line, cells in body]
    if len(empty) != 1:
        return body
    at = empty[0]
    message = (
        f"the header has {width} names and every row {width + 1} cells; column {at + 1} is empty"
        " everywhere and was left out"
    )
    losses.append(Loss(1, "", What.CHANGED, message))
    return [(line, cells[:at] + cells[at + 1 :]) for line, cells in body]


def _without_empty_end(cells: list[str], width: int) -> list[str]:
    end = len(cells)
    while end > width and not cells[end - 1].strip():
        end -= 1
    return cells[:end]


def _cells(header: list[str], line: int, cells: list[str], losses: list[Loss]) -> dict[str, str]:
    named = {name: cell.strip() for name, cell in zip(header, cells, strict=False) if cell.strip()}
    if len(cells) > len(header):
        message = f"this row has {len(cells)} cells, the header {len(header)} names"
        losses.append(Loss(line, "", What.KEPT, f"{message}: the others are kept as `column N`"))
        for at in range(len(header), len(cells)):
            if cells[at].strip():
                named[f"column {at + 1}"] = cells[at].strip()
    elif len(cells) < len(header):
        missing = ", ".join(header[len(cells) :])
        losses.append(Loss(line, "", What.NOTED, f"this row breaks off before: {missing}"))
    return named
