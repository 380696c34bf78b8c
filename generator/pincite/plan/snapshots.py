"""Snapshots that readers can download, under names that make no browser run what is in them."""

from collections.abc import Iterator
from hashlib import sha256

from pincite.base.diagnostics import Failure
from pincite.images.survey import Shelf
from pincite.model import Corpus, Source
from pincite.plan.page import Page

FOLDER = "snapshots"
# Everything else has an ending that hosts send as plain text: what was received may hold scripts,
# and would run them in the site's own name.
_HARMLESS = frozenset(("txt", "text", "pdf", "gz", "warc", "wacz", "zip", "csv", "json"))


def snapshot_path(source: Source) -> str:
    """Return where the snapshot of *source* is published, below the site's root."""
    name = source.snapshot.rpartition("/")[2].lower()
    ending = "".join(c for c in name.rpartition(".")[2] if c.isascii() and c.isalnum())[:10]
    if ending not in _HARMLESS:
        ending = f"{ending}.txt" if ending and "." in name else "txt"
    return f"{FOLDER}/{source.sha256}.{ending}"


def snapshot_pages(corpus: Corpus, shelf: Shelf) -> Iterator[Page]:
    """Yield each snapshot that is published, once."""
    told = {snapshot_path(s): s for s in corpus.sources if s.publish_snapshot}
    for path, source in told.items():
        yield Page(path, "", snapshot_file, (shelf, source.snapshot, source.sha256))


def snapshot_file(shelf: Shelf, path: str, recorded: str) -> bytes:
    """Return the bytes as they were received. Raises Failure where they are others by now."""
    try:
        data = shelf.read_seed(path)
    except OSError as problem:
        raise Failure(f"cannot read {path}: {problem.strerror}") from None
    if sha256(data).hexdigest() != recorded:
        raise Failure(f"{path} changed while the site was built", help="build again")
    return data
