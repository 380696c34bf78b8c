"""Events whose words changed: read and linked by themselves, from what is kept of the rest."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pincite.base.diagnostics import Diagnostic, Severity
from pincite.base.text import Text
from pincite.check import check_events
from pincite.link.corpus import EventLinker
from pincite.link.names import Settled
from pincite.load.events import parse_events
from pincite.model import Config, Corpus, Event, Name, PageEntry
from pincite.plan.facts import facts_of
from pincite.prose import Prose
from pincite.store.codec import NoPlace, PlaceLost, codec_of
from pincite.store.linked import is_told_at_once, knows
from pincite.store.parts import (
    Part,
    Row,
    Whole,
    dump_part,
    findings_of,
    load_event,
    load_part,
    load_source,
    rows_of,
)
from pincite.store.slices import Slice, blank_others, cut, fit

_MOST = 50  # events that are amended at once


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """A file of events of which some say something else; *before* and *after* by ids."""

    path: str
    part: bytes  # what is kept of it from now on
    before: Mapping[str, Event]
    after: Mapping[str, Event]
    digests: Mapping[str, tuple[str, ...]]  # of each and its citations, as a row has them
    found: tuple[Diagnostic, ...]  # of the whole file


def amend_file(
    text: Text, whole: Whole, config: Config, declared: tuple[tuple[str, ...], tuple[str, ...]]
) -> Changed | None:
    """Read and link what changed in a file; None where more than words did."""
    kept = load_part(whole.parts[text.path])
    slices = cut(text.value)
    if kept.found or len(slices) != len(kept.rows):
        return None
    numbers = [
        number
        for number, (piece, row) in enumerate(zip(slices, kept.rows, strict=True))
        if piece.digest != row.slice
    ]
    new = [slices[number] for number in numbers]
    if len(new) > _MOST or not all(row.slice for row in kept.rows):
        return None
    old = [kept.rows[number] for number in numbers]
    before = [load_event(row)[0] for row in old]
    linked = _link(text, new, old, before, _Beside(whole, config, declared))
    if linked is None:
        return None
    after, found = linked
    rows = rows_of(new, after, found)
    if rows is None or any(
        facts_of(was) != facts_of(now) for was, now in zip(before, after, strict=True)
    ):
        return None
    if any(was.used != now.used or was.ids != now.ids for was, now in zip(old, rows, strict=True)):
        return None
    every = {**dict(enumerate(kept.rows)), **dict(zip(numbers, rows, strict=True))}
    part = Part(text.digest, tuple(every.values()), ())
    return Changed(
        path=text.path,
        part=dump_part(part),
        before={event.id: event for event in before},
        after={event.id: event for event in after},
        digests={event.id: load_event(row)[1] for event, row in zip(after, rows, strict=True)},
        found=tuple(findings_of(text, part)),
    )


@dataclass(frozen=True, slots=True)
class _Beside:
    """What events are linked to."""

    whole: Whole
    config: Config
    declared: tuple[tuple[str, ...], tuple[str, ...]]  # ids of actors and places

    def corpus(self, old: Iterable[Row], before: Iterable[Event]) -> Corpus:
        """Return as much of the corpus as these events named when they were linked."""
        name = codec_of(Name).decode
        actors, places, tags = (tuple(map(name, some)) for some in self.whole.names)
        ids = {id for row in old for some in row.used[3:] for id in some}
        sources = [id for id in self.whole.sources if id in ids]
        pages = _named(before, "page")
        return Corpus(
            config=self.config,
            events=(),
            sources=tuple(load_source(self.whole.sources[id]) for id in sources),
            actors=actors,
            places=places,
            tags=tags,
            pages=tuple(map(_page, sorted(pages))),
        )


def _page(id: str) -> PageEntry:
    """Stand for a page that is there: more is not asked of it."""
    return PageEntry(id=id, title="", description="", body=Prose(), body_start=0, at=NoPlace())


def _named(events: Iterable[Event], kind: str) -> set[str]:
    return {
        reference.target
        for event in events
        if event.summary
        for reference in event.summary.references
        if reference.kind == kind
    }


def _link(
    text: Text, new: list[Slice], old: list[Row], before: list[Event], beside: _Beside
) -> tuple[tuple[Event, ...], tuple[Diagnostic, ...]] | None:
    entries, found = parse_events(Text(text.path, blank_others(text.value, new)))
    if not fit(new, [entry.at.span.start for entry in entries]) or is_told_at_once(found):
        return None
    corpus = beside.corpus(old, before)
    names = (
        Settled(corpus.actors, set(beside.declared[0])),
        Settled(corpus.places, set(beside.declared[1])),
        Settled(corpus.tags, ()),
    )
    if not all(knows(names, entry) for entry in entries):
        return None
    ids = _named(before, "event") | {id for event in before for id in (event.id, *event.related)}
    media = {entry.file for event in before for entry in event.media}
    linker = EventLinker(corpus, ids, media, names)
    try:
        events, more = linker.link(entries)
        sources = {source.id: source for source in corpus.sources}
        found = (*found, *more, *check_events(events, sources))
    except PlaceLost:  # something would be told with a place in a source
        return None
    if is_told_at_once(found) or any(d.severity is Severity.ERROR for d in found):
        return None
    return events, found
