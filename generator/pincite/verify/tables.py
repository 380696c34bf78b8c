"""Other files that repeat what the data says: the table, and the data package's hashes."""

import csv
import io
import json
from collections.abc import Iterator
from hashlib import sha256

from pincite.verify.fault import Fault
from pincite.verify.places import Place
from pincite.verify.timeline import Timeline

TABLE = "data/events.csv"
PACKAGE = "data/datapackage.json"
_FORMULA = tuple("=+-@\t\r\n＝＋－＠")
_ROW = dict[str, str]


def check_table(data: bytes, timeline: Timeline) -> Iterator[Fault]:
    """Compare ``events.csv``, row by row, with what the data makes of it."""
    try:
        rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True))
    except (UnicodeDecodeError, csv.Error) as problem:
        yield Fault(file=TABLE, where="the file", message=f"it is not a table: {problem}")
        return
    expected = list(_rows(timeline))
    for number, (row, wanted) in enumerate(zip(rows, expected, strict=False), 2):
        for column, value in wanted.items():
            if row.get(column) is None:
                message = f"the column {column} is missing"
                yield Fault(file=TABLE, where=f"row {number}", message=message)
                return
            if _guard(value) != row[column]:
                yield Fault(
                    file=TABLE,
                    where=f"row {number}, column {column}",
                    message=f"it is not what the data says of {wanted['event_id']}",
                    expected=_guard(value),
                    found=row[column],
                )
    if len(rows) != len(expected):
        yield Fault(
            file=TABLE,
            where="the file",
            message="it does not have as many rows as the data has citations",
            expected=str(len(expected)),
            found=str(len(rows)),
        )


def check_package(data: bytes, place: Place) -> Iterator[Fault]:
    """Compare the hashes of ``datapackage.json`` with the files it describes."""
    try:
        resources = json.loads(data.decode("utf-8"))["resources"]
        described = [(str(one["path"]), str(one.get("hash") or "")) for one in resources]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        yield Fault(file=PACKAGE, where="the file", message="it is not a data package")
        return
    for path, hash_ in described:
        if not hash_.startswith("sha256:"):
            continue
        content = place.read(f"data/{path}" if ".." not in path.split("/") else path)
        found = "sha256:" + sha256(content).hexdigest() if content is not None else "no such file"
        if found != hash_:
            yield Fault(
                file=f"data/{path}",
                where="the file",
                message=f"it does not have the SHA-256 that {PACKAGE} gives",
                expected=hash_,
                found=found,
            )


def _rows(timeline: Timeline) -> Iterator[_ROW]:
    for event in timeline.events.values():
        head = {
            "event_id": event.id,
            "title": event.title,
            "date_edtf": event.edtf,
            "date_earliest": event.earliest or "",
            "date_latest": event.latest or "",
            "kind": event.kind,
            "modality": event.modality,
        }
        if not event.claims:
            yield head
        for claim in event.claims:
            stem = {**head, "claim_text": claim.text, "attributed_to": claim.attributed_to}
            if not claim.citations:
                yield stem
            for citation in claim.citations:
                source = timeline.sources.get(citation.source)
                proven = not citation.unverified
                yield {
                    **stem,
                    "citation": str(citation.n),
                    "stance": citation.stance,
                    "source_id": citation.source,
                    "paragraph": citation.paragraph,
                    "start": str(citation.start) if proven else "",
                    "end": str(citation.end) if proven else "",
                    "quote": citation.exact,
                    "unverified": citation.unverified,
                    "snapshot_sha256": (source.snapshot_sha256 or "") if source else "",
                }


def _guard(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
