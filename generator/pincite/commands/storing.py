"""Where what came in is put: a raw file under a name of its own, a source that was proven first."""

from pathlib import Path

from pincite import __version__
from pincite.base.diagnostics import Failure, Severity
from pincite.base.text import Text
from pincite.commands.arrival import Arrival
from pincite.ingest.intake import Intake
from pincite.ingest.newsource import NewSource
from pincite.link.proof import prove_source
from pincite.load.project import Snapshot
from pincite.load.sources import parse_source
from pincite.model import Source


def place_snapshot(root: Path, made: NewSource, arrival: Arrival) -> NewSource:
    """Find the raw file a name under which no other bytes stand."""
    if arrival.inside:
        return made
    stem = made.snapshot.removesuffix(arrival.received.ending)[: -len("-12345678")]
    for digits in (8, 12, 20, 64):
        path = f"{stem}-{arrival.sha256[:digits]}{arrival.received.ending}"
        if _is_free(root / path, arrival.received.data):
            return NewSource(
                id=made.id,
                path=made.path,
                snapshot=path,
                text=made.text.replace(
                    f"\nsnapshot: {made.snapshot}\n", f"\nsnapshot: {path}\n", 1
                ),
            )
    raise Failure(f"{made.snapshot} and its likes are taken", help="look into seeds/")


def prove_text(path: str, text: str, arrival: Arrival) -> Source:
    """Read back what will be written, as the build does. What it refuses is a bug of ours."""
    source, found = parse_source(Text(path, text))
    data = arrival.received.data
    if source is not None:
        kept = Snapshot(sha256=arrival.sha256, size=len(data), data=data)
        found += prove_source(source, kept)
    errors = [d for d in found if d.severity is Severity.ERROR]
    if source is None or errors:
        raise Failure(
            f"what was read does not hold: {errors[0].message if errors else 'no source'}",
            help="save the text alone as .txt and add that",
        )
    return source


def name_tool(taken: Intake) -> str:
    return "; ".join(filter(None, (f"pincite {__version__}", taken.article.tool)))


def _is_free(path: Path, data: bytes) -> bool:
    try:
        return not path.exists() or path.read_bytes() == data
    except OSError:
        return False
