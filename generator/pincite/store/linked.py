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
from pincite.store.chunks import put
from pincite.store.codec import codec_of
from pincite.store.parts import (
    Part,
    Row,
    Whole,
    decode_finding,
    dump_part,
    dump_source,
    encode_findings,
    findings_of,
    load_events,
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


class File(NamedTuple):
    """A file of events, linked."""

    text: str  # digest of the file
    events: tuple[Event, ...]
    digests: tuple[tuple[object, str], ...]
    found: tuple[Diagnostic, ...]


@dataclass(slots=True)
class Memory:
    """The values that were linked or recalled last, to be given out again as they are.

    It cannot be seen in what is recalled, but that what was equal is the same.
    """

    whole: Whole | None = None
    kept: Whole | None = None  # what is on the disk
    corpus: Corpus | None = None  # all but its events
    files: dict[str, File] = field(default_factory=dict)


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
    memory.files = {}
    for path, text in paths.items():
        part = part_of(text, own[path], inside[path])
        parts[path] = dump_part(part)
        memory.files[path] = file = _file_of(text, part, tuple(own[path]))
        digests += file.digests
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
        parts=parts,
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
    texts = tuple(texts)
    if not whole.parts.keys() <= {text.path for text in texts}:
        return None
    changed = []
    others = _Others()
    for text in texts:
        part = load_part(whole.parts[text.path]) if text.path in whole.parts else None
        if part is None or part.text != text.digest:
            changed.append((text, part))
            continue
        others.note(part)
        held = memory.files.get(text.path)
        if held is None or held.text != part.text:
            memory.files[text.path] = _file_of(text, part)
            text.let_go()
    if changed:
        linked = _link_changed(changed, others, before, around, parse, memory)
        if linked is None:
            return None
        memory.files.update((path, file) for path, (_, file) in linked.items())
        fresh = {path: dump_part(part) for path, (part, _) in linked.items()}
        whole = whole._replace(parts=put(whole.parts, fresh))
    files = [memory.files[text.path] for text in texts]
    digests = [pair for file in files for pair in file.digests]
    for source in before.sources:
        digests += source_digests_of(source, whole.sources[source.id])
    memory.whole = whole
    return Linked(
        corpus=replace(before, events=in_order([e for file in files for e in file.events])),
        found=(*map(decode_finding, whole.found), *(d for file in files for d in file.found)),
        digests=tuple(digests),
        whole=whole,
    )


def _file_of(text: Text, part: Part, events: tuple[Event, ...] | None = None) -> File:
    """Return what is kept of a file; *events*, if they are at hand, are those."""
    own, digests = load_events(part, events)
    return File(part.text, own, digests, tuple(findings_of(text, part)))


def _stage(whole: Whole, around: Around, memory: Memory) -> Corpus:
    """Return the corpus but for its events."""
    if memory.whole is None or memory.whole.context != whole.context or memory.corpus is None:
        name = codec_of(Name).decode
        actors, places, tags = (tuple(map(name, some)) for some in whole.names)
        memory.files = {}
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


class _Others:
    """What is asked of the files that have not changed."""

    def __init__(self) -> None:
        self.ids: list[tuple[str, ...]] = []
        self.used: tuple[set[str], ...] = (set(), set(), set(), set(), set())

    def note(self, part: Part) -> None:
        self.ids += (row.ids for row in part.rows)
        for row in part.rows:
            for some, ids in zip(self.used, row.used, strict=True):
                some.update(ids)

    def used_with(self, parts: Iterable[Part]) -> tuple[set[str], ...]:
        """Return what is used by any event: actors, places, tags, sources cited or mentioned."""
        both = _Others()
        for part in parts:
            both.note(part)
        return tuple(one | other for one, other in zip(self.used, both.used, strict=True))


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
        held = memory.files.get(text.path)
        same = held is not None and held.text == old.text
        events = held.events if held and same else load_events(old)[0]
        rows = {row.slice: (row, event) for row, event in zip(old.rows, events, strict=True)}
        new = [piece for piece in slices if piece.digest not in rows]
        entries, found = parse(Text(text.path, blank_others(text.value, new))) if new else ((), ())
        if fit(new, [entry.at.span.start for entry in entries]) and not _has_error(found):
            return _Changed(text, slices, rows, entries, found)
    entries, found = parse(text)
    return _Changed(text, (), {}, entries, found)


def _link_changed(
    changed: Iterable[tuple[Text, Part | None]],
    others: _Others,
    before: Corpus,
    around: Around,
    parse: Parse,
    memory: Memory,
) -> dict[str, tuple[Part, File]] | None:
    """Read and link files, each with what was kept of it.

    None where that could change what stands elsewhere.
    """
    read = [_read_changed(text, part, parse, memory) for text, part in changed]
    old = [part for _, part in changed if part is not None]
    entries = [entry for change in read for entry in change.read]
    ids = [*others.ids, *((entry.id, *entry.aliases) for entry in entries)]
    ids += [
        change.kept[piece.digest][0].ids
        for change in read
        for piece in change.slices
        if piece.digest in change.kept
    ]
    known = {*others.ids, *(row.ids for part in old for row in part.rows)}
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
    linked: dict[str, tuple[Part, File]] = {}
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
        part, events = merged
        linked[change.text.path] = (part, _file_of(change.text, part, events))
    now = (part for part, _ in linked.values())
    return linked if others.used_with(old) == others.used_with(now) else None


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


def is_told_at_once(found: Iterable[Diagnostic]) -> bool:
    """Whether something is found that all of the site together decides."""
    return any(d.severity is Severity.ERROR or d.code == "near-duplicate-name" for d in found)


def _has_error(found: Iterable[Diagnostic]) -> bool:
    return any(d.severity is Severity.ERROR for d in found)
