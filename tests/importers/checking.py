"""What every import has to be: readable by the loader, complete, and the same when done twice."""

from pincite.base.text import Text
from pincite.importers.values import Import
from pincite.importers.write import Existing, Written, read_existing, write_import
from pincite.load.events import parse_events
from pincite.load.sources import parse_source


def load(written: Written):
    """Return the events and sources of what was written; there is no finding about them."""
    events, sources, findings = [], [], []
    for path, text in written.files:
        if path.startswith("content/events/"):
            found, problems = parse_events(Text(path, text))
            events += found
        else:
            source, problems = parse_source(Text(path, text))
            sources.append(source)
        findings += problems
    assert findings == []
    return events, sources


def settle(imported: Import, existing: Existing | None = None) -> tuple[Written, list, list]:
    """Write *imported*, check what everything written must be, and return it with what is read."""
    written = write_import(imported, existing)
    events, sources = load(written)
    if existing is None:
        assert len(events) == len(imported.events)
        assert len({event.id.casefold() for event in events}) == len(events)
        known = {source.id for source in sources}
        cited = {c.source for event in events for claim in event.claims for c in claim.citations}
        assert cited <= known
        again = write_import(imported, read_existing(dict(written.files)))
        assert again.files == ()
        assert again.conflicts == ()
        assert set(again.unchanged) == {path for path, _ in written.files}
    for event in events:
        assert event.claims
        for claim in event.claims:
            assert claim.uncited or all(c.unverified for c in claim.citations)
    return written, events, sources
