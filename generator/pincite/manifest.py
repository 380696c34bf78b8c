"""The manifest: what was published, by which key each file was made, and what it holds.

It may be deleted at any time, which costs time. Files that it does not name are not ours.
"""

import json
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from pincite.disk import MANIFEST, Stamp, stamp_of, stamps_of


class Row(NamedTuple):
    """What is remembered of one published file: the parts of its key, and its content."""

    engine: str
    template: str
    view: str
    content: str


class Records(NamedTuple):
    """What the manifest says, or will say."""

    rows: Mapping[str, Row]
    stamp: Stamp | None  # of the manifest
    written: bool  # the manifest says so already


def read_manifest(out: Path) -> dict[str, Row]:
    """Return what was published; a manifest that cannot be read is none at all."""
    try:
        data: Any = json.loads((out / MANIFEST).read_bytes())
        return {
            path: Row(*row)
            for path, row in data["pages"].items()
            if is_inside(path) and len(row) == len(Row._fields) and all(map(is_text, row))
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {}


def is_text(value: object) -> bool:
    return isinstance(value, str)


def is_inside(path: str) -> bool:
    parts = path.split("/")
    # Every part has a letter: this refuses a leading slash and an empty path, too.
    return all(parts) and not {".", ".."} & set(parts) and not set("\\:\0") & set(path)


def manifest_text(rows: dict[str, Row]) -> bytes:
    lines = ",\n".join(
        f"{_quoted(path)}: [{', '.join(map(_quoted, rows[path]))}]" for path in sorted(rows)
    )
    return f'{{"format": "pincite-manifest/1", "pages": {{\n{lines}\n}}}}\n'.encode()


def find_records(out: Path, known: Records | None) -> tuple[dict[str, Row], bool]:
    """Return what was published before, and whether the manifest says the same.

    *known* is what the last build of this process published.
    """
    if known is None or known.stamp is None or known.stamp != stamp_of(str(out / MANIFEST)):
        return read_manifest(out), True
    return dict(known.rows), known.written


def stamps_after(
    out: Path,
    contents: Mapping[str, str],
    touched: Collection[str],
    before: Mapping[str, Sequence[Any]],
) -> dict[str, Sequence[Any]]:
    """Return the stamps of the files with *contents*, each with the digest of what it holds.

    Those of files that were not *touched* are known from *before*.
    """
    fresh = [path for path in contents if path in touched or path not in before]
    stamps = {path: before[path] for path in contents if path in before}
    for path, stamp in stamps_of(out, fresh).items():
        stamps[path] = (*(stamp or (0, 0, 0)), contents[path])
    return stamps


_quoted = json.encoder.encode_basestring_ascii  # many small texts: as `json.dumps` would have them
