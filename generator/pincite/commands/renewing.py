"""``pincite add --update``: a newer edition comes in, and what it does to the citations is told."""

from collections.abc import Sequence
from pathlib import Path

import click

from pincite.authored import write_authored
from pincite.base.diagnostics import Failure
from pincite.base.shown import counted, printable
from pincite.commands.arrival import Arrival
from pincite.commands.storing import (
    name_tool,
    place_snapshot,
    prove_text,
)
from pincite.entries import load
from pincite.ingest.affected import Affected, find_affected
from pincite.ingest.intake import take_in
from pincite.ingest.leftovers import find_leftovers
from pincite.ingest.newsource import NewSource, Said, make_slug
from pincite.ingest.renewal import renew_ledger, renewed_text
from pincite.link.proof import snapshot_blocks
from pincite.load.project import Inputs, read_project
from pincite.memo import Memo

_SHOWN = 12


def renew(root: Path, id: str, arrival: Arrival, said: Said, *, dry_run: bool) -> None:
    inputs = read_project(root)
    entries, _ = load(inputs, None, Memo())
    old = next((source for source in entries.sources if source.id == id), None)
    if old is None:
        raise Failure(
            f"there is no source `{id}`",
            help=f"sources: {', '.join(s.id for s in entries.sources[:_SHOWN]) or 'none'}",
        )
    if old.sha256 == arrival.sha256:
        raise Failure(f"these bytes are the snapshot of `{id}` already: nothing has changed")
    taken = take_in(arrival.received)
    renewal = renew_ledger(old, taken.article.blocks)
    blocks = snapshot_blocks(f"x{arrival.received.ending}", arrival.received.data, old.url)
    living = [row.text for row in renewal.rows if not row.retired]
    dropped = (
        find_leftovers(blocks, living, old.dropped)
        if blocks is not None
        else tuple(words for words in taken.dropped if words not in old.dropped)
    )
    ending = arrival.received.ending
    name = arrival.inside or f"seeds/{make_slug(old.title)}-{arrival.sha256[:8]}{ending}"
    made = NewSource(id=id, path=old.path, snapshot=name, text="")
    name = place_snapshot(root, made, arrival).snapshot
    text = renewed_text(
        inputs.texts[old.path],
        renewal.rows,
        {
            "retrieved_at": said.retrieved_at or taken.received_at or None,
            "retrieved_by": said.retrieved_by or None,
            "tool": name_tool(taken),
            "snapshot": name,
            "sha256": arrival.sha256,
        },
        dropped,
    )
    new = prove_text(old.path, text, arrival)
    if [p.id for p in new.paragraphs] != [row.id for row in renewal.rows]:
        raise Failure(f"{old.path} cannot be carried over", help="does `pincite check` accept it?")
    if not dry_run:
        if not arrival.inside:
            write_authored(root, name, arrival.received.data, before=None)
        before = inputs.texts[old.path].value
        write_authored(root, old.path, text.encode(), before=before)
    affected = find_affected(entries.events, old, new)
    lines = [
        f"{'Would renew' if dry_run else 'Renewed'} {old.path} from {name}.",
        (
            f"  {counted(len(renewal.same), 'paragraph')} unchanged, "
            f"{_ids('edited', renewal.edited)}, {_ids('new', renewal.added)}, "
            f"{_ids('retired', renewal.retired)}."
        ),
    ]
    if renewal.merged:
        pairs = ", ".join(f"{id} in {keeper}" for id, keeper in renewal.merged[:_SHOWN])
        lines.append(f"  {len(renewal.merged)} became part of another ({pairs}).")
    if renewal.moved:
        lines.append(f"  {_ids('in another place', renewal.moved)}.")
    if old.snapshot:
        lines.append(f"  The snapshot before stays: {old.snapshot}.")
    lines += [f"  - {doubt}" for doubt in taken.article.doubts]
    lines += _told(affected, inputs)
    click.echo("\n".join(map(printable, lines)))


def _told(affected: Sequence[Affected], inputs: Inputs) -> list[str]:
    broken = [one for one in affected if one.outcome != "holds"]
    if not affected:
        return ["No event cites it."]
    lines = [f"{counted(len(affected), 'citation')}: {len(affected) - len(broken)} as before."]
    for one in broken:
        line, column = inputs.texts[one.span.path].locate(one.span.start)
        lines.append(
            f"  {one.span.path}:{line}:{column}: {one.event}: {one.outcome}: {one.message}"
        )
    return lines


def _ids(what: str, ids: tuple[str, ...]) -> str:
    shown = ", ".join(ids[:_SHOWN]) + (" …" if len(ids) > _SHOWN else "")
    return f"{len(ids)} {what}" + (f" ({shown})" if ids else "")
