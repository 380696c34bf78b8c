"""The end of the chain: published snapshots have their SHA-256 and hold the paragraphs."""

from collections.abc import Iterator
from hashlib import sha256

from pincite.link.normalise import fold_for_snapshot
from pincite.link.proof import snapshot_blocks
from pincite.verify.addresses import file_of
from pincite.verify.fault import Fault
from pincite.verify.places import Place
from pincite.verify.timeline import Source


def check_snapshot(source: Source, place: Place) -> Iterator[Fault]:
    """Check the snapshot of *source*, which is published."""
    file = file_of(source.snapshot_url or "")
    where = f"source {source.id}"
    data = place.read(file) if file else None
    if data is None:
        message = "the snapshot is not there"
        yield Fault(file=file or source.snapshot_url or "", where=where, message=message)
        return
    found = sha256(data).hexdigest()
    if found != source.snapshot_sha256:
        yield Fault(
            file=file,
            where=where,
            message="the snapshot does not have the recorded SHA-256",
            expected=source.snapshot_sha256 or "",
            found=found,
        )
    blocks = snapshot_blocks(_own_name(file), data)
    if blocks is None:
        return
    whole = " ".join(map(fold_for_snapshot, blocks))
    for paragraph in source.paragraphs.values():
        if paragraph.retired or paragraph.text is None:
            continue
        if fold_for_snapshot(paragraph.text) not in whole:
            yield Fault(
                file=file,
                where=f"{where}, paragraph {paragraph.id}",
                message="the paragraph does not stand in the snapshot",
                expected=paragraph.text,
            )


def _own_name(file: str) -> str:
    """Return the name it was received under: what browsers could run has ``.txt`` after it."""
    name = file.removesuffix(".txt")
    return name if "." in name.rpartition("/")[2] else file
