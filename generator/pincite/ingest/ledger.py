"""The paragraph ledger as text: what is written here, ``parse_source`` reads back as it was."""

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from pincite.base.yamltext import Value, yaml_text
from pincite.ingest.article import Kind

_MARK = re.compile(r"#{1,6}[ \t]|(?:[-*+]|\d{1,9}[.)])[ \t]|>|\\(?=[-#>*+\d\[\\])")
_SPACE = re.compile(r"[ \t\n\r\f\v\x1c-\x1f\x85\u2028\u2029]+")


class Row(NamedTuple):
    """One paragraph of the ledger."""

    id: str
    kind: str
    text: str
    page: str = ""
    retired: bool = False
    level: int = 2  # of a heading
    merged: str = ""  # the id that its words bear now, if it is retired and part of another


def source_text(front: Mapping[str, Value], rows: Iterable[Row]) -> str:
    """Return a whole file of ``content/sources``."""
    blocks = "\n\n".join(map(row_text, rows))
    return f"---\n{yaml_text(front)}---\n" + (f"\n{blocks}\n" if blocks else "")


def row_text(row: Row) -> str:
    """Return *row* as the block of the file that it is."""
    mark = row.id
    for word in (
        "retired" * row.retired + (f" in {row.merged}" if row.merged else ""),
        "caption" * (row.kind == "caption"),
        f"page {row.page}" if row.page else "",
    ):
        mark += f" {word}" if word else ""
    return f"[{mark}] {_marked(row.kind, row.text, row.level)}"


def one_line(text: str) -> str:
    """Return *text* on one line; no-break and thin spaces are the source's and stay."""
    return _SPACE.sub(" ", text).strip()


def written_kind(kind: Kind, text: str) -> Kind:
    """Return *kind*, or the plain one where the text cannot be written with its mark."""
    return "paragraph" if kind == "quotation" and text.startswith(">") else kind


def _marked(kind: str, text: str, level: int) -> str:
    match kind:
        case "heading":
            return "#" * min(max(level, 1), 6) + f" {text}"
        case "item":
            return f"- {text}"
        case "quotation":
            return f"> {text}"
        case _:
            return f"\\{text}" if _MARK.match(text) else text
