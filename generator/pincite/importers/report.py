"""The loss report: what was read, kept, changed and refused; nothing is dropped without a word."""

from collections import Counter
from typing import Any, Final

from pincite.base.shown import counted
from pincite.importers.moments import UNKNOWN
from pincite.importers.values import Import, Loss, What
from pincite.importers.write import LABELS, Written

_ORDER: Final = (What.REFUSED, What.CHANGED, What.KEPT, What.NOTED)
_MEANING: Final = {
    What.REFUSED: "made no sense and counts as not written",
    What.CHANGED: "stands there in another form",
    What.KEPT: "stands under another name or under `imported:`",
    What.NOTED: "stands only in this report",
}
SHOWN: Final = 8  # losses of one kind that are listed in the short report


def loss_report(imported: Import, written: Written, *, full: bool = False) -> str:
    """Say what became of *imported*, in words. Without *full* what repeats itself is counted."""
    losses = (*imported.losses, *written.losses)
    lines = [_headline(imported)]
    lines += [f"  to write: {path}" for path, _ in written.files[: None if full else 12]]
    if len(written.files) > 12 and not full:
        lines.append(f"  … and {counted(len(written.files) - 12, 'more file')}")
    if written.unchanged:
        lines.append(f"  {counted(len(written.unchanged), 'file')} already there, unchanged")
    lines += [f"  left alone: {path}" for path in written.conflicts]
    for what in _ORDER:
        found = [loss for loss in losses if loss.what is what]
        if not found:
            continue
        lines += ["", f"{what.value} ({len(found)}): {_MEANING[what]}"]
        lines += _listed(found, full=full)
    if imported.site:
        lines += ["", "for content/site.yaml, if you like:", ""]
        lines += [f"    {line}" for line in imported.site.splitlines()]
    return "\n".join(lines) + "\n"


def loss_document(imported: Import, written: Written) -> dict[str, Any]:
    """Return the whole report as a value for JSON."""
    losses = (*imported.losses, *written.losses)
    counts = Counter(loss.what.value for loss in losses)
    return {
        "format": imported.format,
        "file": imported.name,
        "sha256": imported.sha256,
        "events": len(imported.events),
        "undated": sum(event.date == UNKNOWN for event in imported.events),
        "sources": len(imported.sources),
        "files": [path for path, _ in written.files],
        "unchanged": list(written.unchanged),
        "conflicts": list(written.conflicts),
        "counts": {what.value: counts[what.value] for what in What},
        "losses": [
            {"line": loss.line, "record": loss.record, "what": loss.what.value} | _message(loss)
            for loss in losses
        ],
        "site": imported.site,
    }


def _message(loss: Loss) -> dict[str, str]:
    return {"message": loss.message}


def _headline(imported: Import) -> str:
    undated = sum(event.date == UNKNOWN for event in imported.events)
    label = LABELS.get(imported.format, imported.format)
    events, sources = len(imported.events), len(imported.sources)
    tail = f", {undated} of them undated" if undated else ""
    return (
        f"{imported.name} ({label}): {counted(events, 'event')}{tail}, {counted(sources, 'source')}"
    )


def _listed(losses: list[Loss], *, full: bool) -> list[str]:
    if full:
        return [_line(loss) for loss in losses]
    groups: dict[str, list[Loss]] = {}
    for loss in losses:
        groups.setdefault(loss.message, []).append(loss)
    lines: list[str] = []
    single = [group[0] for group in groups.values() if len(group) == 1]
    for message, group in groups.items():
        if len(group) > 1:
            places = ", ".join(str(loss.line) for loss in group[:6] if loss.line)
            more = ", …" if len(group) > 6 else ""
            at = f" (lines {places}{more})" if places else ""
            lines.append(f"  {len(group)} times: {message}{at}")
    lines += [_line(loss) for loss in single[:SHOWN]]
    if len(single) > SHOWN:
        lines.append(f"  … and {len(single) - SHOWN} more; the full report has them all")
    return lines


def _line(loss: Loss) -> str:
    place = f"line {loss.line}: " if loss.line else ""
    record = f"{loss.record}: " if loss.record else ""
    return f"  {place}{record}{loss.message}"
