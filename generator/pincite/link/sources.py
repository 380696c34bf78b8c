"""Sources as written to sources of a site: what it sets for all, and what their snapshots prove."""

from dataclasses import replace

from pincite.base.diagnostics import Diagnostic, error
from pincite.link.entries import Entries
from pincite.link.proof import prove_source
from pincite.load.project import Snapshot
from pincite.model import Source


def link_source(
    source: Source, entries: Entries, snapshot: Snapshot | None, found: list[Diagnostic]
) -> Source:
    """Link one source; *entries* need not have the others, nor any events."""
    urls = {source.url, *(archive.url for archive in source.archives)}
    found += (
        d
        for d in prove_source(source, snapshot)
        if source.id not in entries.spoiled or d.code != "snapshot-block-lost"
    )
    republish = source.republish or entries.config.republish
    whole = republish == "full"  # a snapshot would give away what is withheld
    if source.publish_snapshot and not whole:
        found.append(
            error(
                "bad-value",
                source.at.place("publish_snapshot"),
                f"the snapshot holds what `republish: {republish}` withholds",
                help="only of a source with `republish: full` can the snapshot be published",
            )
        )
    wanted = source.publish_snapshot
    publish = entries.config.publish_snapshots if wanted is None else wanted
    return replace(
        source,
        republish=republish,
        publish_snapshot=bool(publish and whole and snapshot and source.sha256),
        language=source.language or entries.config.language,
        links=tuple(link for link in entries.links.get(source.id, ()) if link.url in urls),
        snapshot_bytes=snapshot.size if snapshot else 0,
    )
