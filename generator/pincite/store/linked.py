"""A corpus that was linked without an error, and the same again after files of events changed.

What is kept holds for one *context*: the program, the options, and all inputs but the files of
events. Of these each event is kept by itself, so that only those that changed are read and linked.
Where a change could reach beyond its own event (a name or an id comes or goes), there is nothing to
recall, and everything is linked anew: so what is recalled is what linking would have given.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from pincite.base.diagnostics import Diagnostic, Severity
from pincite.base.digest import digest
from pincite.base.text import Text
from pincite.check import check_events
from pincite.link.corpus import EventLinker, fold_id, in_order
from pincite.link.entries import Entries
from pincite.link.names import Settled
from pincite.model import Corpus, Event, EventEntry, Name, Source
from pincite.store.codec import codec_of
from pincite.store.parts import (
    Part,
    Row,
    Whole,
    decode_finding,
    digest_text,
    digests_of,
    dump_part,
    dump_source,
    encode_findings,
    findings_of,
    load_part,
    load_source,
    part_among,
    part_of,
    shown_of,
    source_digests_of,
)
from pincite.store.slices import Slice, blank_others, cut, fit

Parse = Callable[[Text], tuple[tuple[EventEntry, ...], tuple[Diagnostic, ...]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What the events of a site stand in; it is read anew by every build."""

    entries: Entries  # but those of events and sources
    media: Mapping[str, int]

    def settle(self, corpus: Corpus) -> tuple[Settled, Settled, Settled]:
        """Return what the actors, places and tags of *corpus* are called."""
        return (
            Settled(corpus.actors, {name.id for name in self.entries.actors}),
            Settled(corpus.places, {name.id for name in self.entries.places}),
            Settled(corpus.tags, ()),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """*found* is in no order; *digests* are those of the values that pages show one by one.

    *whole* is to be kept: see `dump`.
    """

    corpus: Corpus
    found: tuple[Diagnostic, ...]
    digests: tuple[tuple[object, str], ...] = ()
    whole: Whole | None = None


@dataclass(slots=True)
class Memory:
    """The values that were linked or recalled last, to be given out again as they are.

    It cannot be seen in what is recalled, but that what was equal is the same.
    """

    whole: Whole | None = None
    kept: Whole | None = None  # what is on the disk
    corpus: Corpus | None = None  # all but its events
    parts: dict[str, tuple[Part, tuple[Event, ...]]] = field(default_factory=dict)
    found: dict[str, tuple[Part, tuple[Diagnostic, ...]]] = field(default_factory=dict)


def keep_linked(
    context: str, texts: Iterable[Text], entries: Entries, linked: Linked, memory: Memory
) -> Linked:
    """Return *linked* with what it will be recalled from; without where that would not be it.

    *texts* are those of the files of events, the findings those before severities are set.
    *context* must be such that nobody else can have written what `recall` is given for it.
    """
    paths = {text.path: text for text in texts}
    outside: list[Diagnostic] = []
    inside: dict[str, list[Diagnostic]] = defaultdict(list)
    for d in linked.found:
        if is_told_at_once((d,)):
            return linked
        (inside[d.span.path] if d.span.path in paths else outside).append(d)
    corpus = linked.corpus
    names = Around(entries=entries, media={}).settle(corpus)
    if not all(knows(names, entry) for entry in entries.events):
        return linked
    own: dict[str, list[Event]] = defaultdict(list)
    for event in sorted(corpus.events, key=lambda event: event.at.span):
        own[event.at.span.path].append(event)
    digests: list[tuple[object, str]] = []
    parts = {}
    for path, text in paths.items():
        events = tuple(own[path])
        parts[path] = part = part_of(text, events, inside[path])
        memory.parts[path] = (part, events)
        digests += digests_of(events, part)
    encode = codec_of(Source).encode
    sources = {}
    for source in corpus.sources:
        some = tuple(map(digest, shown_of(source)))
        digests += zip(shown_of(source), some, strict=True)
        sources[source.id] = dump_source(encode(source), some)
    name = codec_of(Name).encode
    whole = Whole(
        context=context,
        sources=sources,
        names=tuple(tuple(map(name, some)) for some in (corpus.actors, corpus.places, corpus.tags)),
        found=encode_findings(outside),
        parts={path: dump_part(part) for path, part in parts.items()},
    )
    memory.whole, memory.corpus = whole, replace(corpus, events=())
    return replace(linked, digests=tuple(digests), whole=whole)


def recall(
    whole: Whole, context: str, texts: Iterable[Text], around: Around, parse: Parse, memory: Memory
) -> Linked | None:
    """Return the corpus that linking *texts* would give, or None where only linking can tell."""
    if whole.context != context:
        return None
    before = _stage(whole, around, memory)
    old = {
        path: memory.parts[path][0] if path in memory.parts else load_part(part)
        for path, part in whole.parts.items()
    }
    texts = tuple(texts)
    now = {text.path: digest_text(text) for text in texts}
    changed = [t for t in texts if t.path not in old or old[t.path].text != now[t.path]]
    if any(path not in now for path in old):
        return None
    parts, dumped = dict(old), dict(whole.parts)
    fresh: dict[str, tuple[Event, ...]] = {}
    if changed:
        linked = _link_changed(changed, before, old, around, parse, memory)
        if linked is None:
            return None
        for path, (part, some) in linked.items():
            fresh[path] = some
            parts[path], dumped[path] = part, dump_part(part)
        if _used(old.values()) != _used(parts.values()):
            return None
        whole = whole._replace(parts=dumped)
    events: list[Event] = []
    digests: list[tuple[object, str]] = []
    findings = [decode_finding(row) for row in whole.found]
    for text in texts:
        part = parts[text.path]
        some = fresh.get(text.path) or _events_of(text.path, part, memory)
        memory.parts[text.path] = (part, some)
        events += some
        digests += digests_of(some, part)
        held = memory.found.get(text.path)
        if held is None or held[0] is not part:
            held = memory.found[text.path] = (part, tuple(findings_of(text, part)))
        findings += held[1]
    for source in before.sources:
        digests += source_digests_of(source, whole.sources[source.id])
    memory.whole = whole
    return Linked(
        corpus=replace(before, events=in_order(events)),
        found=tuple(findings),
        digests=tuple(digests),
        whole=whole,
    )


def _stage(whole: Whole, around: Around, memory: Memory) -> Corpus:
    """Return the corpus but for its events."""
    if memory.whole is None or memory.whole.context != whole.context or memory.corpus is None:
        name = codec_of(Name).decode
        actors, places, tags = (tuple(map(name, some)) for some in whole.names)
        memory.parts, memory.found = {}, {}
        memory.corpus = Corpus(
            config=around.entries.config,
            events=(),
            sources=tuple(map(load_source, whole.sources.values())),
            actors=actors,
            places=places,
            tags=tags,
            pages=around.entries.pages,
        )
    return replace(memory.corpus, config=around.entries.config, pages=around.entries.pages)


def _events_of(path: str, part: Part, memory: Memory) -> tuple[Event, ...]:
    """Return the events of a file that has not changed."""
    if path in memory.parts and memory.parts[path][0] is part:
        return memory.parts[path][1]
    return tuple(map(codec_of(Event).decode, (row.event for row in part.rows)))


class _Changed(NamedTuple):
    """A file of events that changed: what is read anew of it, and what stays."""

    text: Text
    slices: tuple[Slice, ...]
    kept: dict[str, tuple[Row, Event]]  # by the slice's digest
    read: tuple[EventEntry, ...]
    found: tuple[Diagnostic, ...]


def _read_changed(text: Text, old: Part | None, parse: Parse, memory: Memory) -> _Changed:
    slices = cut(text.value) if old and all(row.slice for row in old.rows) else ()
    if old and slices:
        events = _events_of(text.path, old, memory)
        rows = {row.slice: (row, event) for row, event in zip(old.rows, events, strict=True)}
        new = [piece for piece in slices if piece.digest not in rows]
        entries, found = parse(Text(text.path, blank_others(text.value, new))) if new else ((), ())
        if fit(new, [entry.at.span.start for entry in entries]) and not _has_error(found):
            return _Changed(text, slices, rows, entries, found)
    entries, found = parse(text)
    return _Changed(text, (), {}, entries, found)


def _link_changed(
    texts: Iterable[Text],
    before: Corpus,
    old: Mapping[str, Part],
    around: Around,
    parse: Parse,
    memory: Memory,
) -> dict[str, tuple[Part, tuple[Event, ...]]] | None:
    """Read and link *texts*; None where that could change what stands elsewhere."""
    read = [_read_changed(text, old.get(text.path), parse, memory) for text in texts]
    paths = {change.text.path for change in read}
    ids = [row.ids for path, part in old.items() if path not in paths for row in part.rows]
    entries = [entry for change in read for entry in change.read]
    ids += [(entry.id, *entry.aliases) for entry in entries]
    ids += [
        change.kept[piece.digest][0].ids
        for change in read
        for piece in change.slices
        if piece.digest in change.kept
    ]
    known = {row.ids for part in old.values() for row in part.rows}
    if not {id[0] for id in known} <= {id[0] for id in ids}:
        return None  # something may lead to what is gone
    if around.entries.published and known != set(ids):
        return None
    taken = [fold_id(id) for some in ids for id in some]
    if len(taken) != len(set(taken)):
        return None
    names = around.settle(before)
    if not all(knows(names, entry) for entry in entries):
        return None
    every = frozenset(id[0] for id in ids)
    linked = {}
    linker = EventLinker(before, every, around.media, names)
    sources = {source.id: source for source in before.sources}
    for change in read:
        some, more = linker.link(change.read)
        found = (*change.found, *more, *check_events(in_order(some), sources))
        if _has_error(found):
            return None  # everything is told at once, and by what is nearest
        merged = _merge(change, some, found)
        if merged is None:
            return None
        linked[change.text.path] = merged
    return linked


def _merge(
    change: _Changed, some: tuple[Event, ...], found: Sequence[Diagnostic]
) -> tuple[Part, tuple[Event, ...]] | None:
    """Put events that were linked anew among those that stay; None where they do not go apart."""
    if not change.slices:
        return part_of(change.text, some, found), some
    kept = {digest: row for digest, (row, _) in change.kept.items()}
    part = part_among(change.text, change.slices, kept, some, found)
    if part is None:
        return None
    fresh = iter(some)
    return part, tuple(
        change.kept[piece.digest][1] if piece.digest in change.kept else next(fresh)
        for piece in change.slices
    )


def knows(names: tuple[Settled, Settled, Settled], entry: EventEntry) -> bool:
    """Whether all that *entry* names bears the name that it has on the site."""
    actors, places, tags = names
    return (
        all(label in actors for label in (*entry.actors, *entry.recipients))
        and all(label in places for label in entry.places)
        and all(label in tags for label in entry.tags)
    )


def _used(parts: Iterable[Part]) -> tuple[set[str], ...]:
    """Return what is used by any event: actors, places, tags, sources cited or else mentioned."""
    sets: tuple[set[str], ...] = (set(), set(), set(), set(), set())
    for part in parts:
        for row in part.rows:
            for some, ids in zip(sets, row.used, strict=True):
                some.update(ids)
    return sets


def is_told_at_once(found: Iterable[Diagnostic]) -> bool:
    """Whether something is found that all of the site together decides."""
    return any(d.severity is Severity.ERROR or d.code == "near-duplicate-name" for d in found)


def _has_error(found: Iterable[Diagnostic]) -> bool:
    return any(d.severity is Severity.ERROR for d in found)
