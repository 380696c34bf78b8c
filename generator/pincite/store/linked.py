"""A corpus that was linked without an error, and the same again after files of events changed.

What is kept holds for one *context*: the program, the options, and all inputs but the files of
events. Of these each is kept by itself, so that only those that changed are read and linked. Where
a change could reach beyond its own file (a name or an id comes or goes), there is nothing to
recall, and everything is linked anew: so what is recalled is what linking would have given.
"""

import marshal
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from pincite.base.diagnostics import Diagnostic, Severity
from pincite.base.digest import digest, digest_bytes
from pincite.base.text import Text
from pincite.check import check_events
from pincite.link.corpus import Entries, fold_id, in_order, link_events
from pincite.link.names import Settled
from pincite.model import Corpus, Event, EventEntry, Name, Source
from pincite.store.codec import codec_of

FORMAT = "pincite-linked/1"

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
    """*found* is in no order; *digests* are those of the events and sources, *data* to be kept."""

    corpus: Corpus
    found: tuple[Diagnostic, ...]
    digests: tuple[tuple[object, str], ...] = ()
    data: bytes = b""


class _Part(NamedTuple):
    """One file of events, linked. Tuples of plain values, but for the findings' spans."""

    text: str  # digest of the file
    events: tuple[Any, ...]
    digests: tuple[str, ...]  # of the events, then of their citations in order
    found: tuple[Any, ...]
    used: tuple[tuple[str, ...], ...]  # ids of actors, places, tags and sources
    ids: tuple[tuple[str, ...], ...]  # of each event, its aliases after it


class _Whole(NamedTuple):
    context: str
    sources: tuple[Any, ...]
    source_digests: tuple[str, ...]
    names: tuple[tuple[Any, ...], ...]  # actors, places, tags
    found: tuple[Any, ...]  # what is found outside the files of events
    parts: dict[str, bytes]  # path → a part


def keep_linked(
    context: str,
    texts: Iterable[Text],
    entries: Entries,
    linked: Linked,
) -> Linked:
    """Return *linked* with what it will be recalled from; without where that would not be it.

    *texts* are those of the files of events, the findings those before severities are set.
    *context* must be such that nobody else can have written what `recall` is given for it.
    """
    paths = {text.path: text for text in texts}
    outside: list[Diagnostic] = []
    inside: dict[str, list[Diagnostic]] = defaultdict(list)
    for d in linked.found:
        if d.severity is Severity.ERROR or d.code == "near-duplicate-name":
            return linked
        (inside[d.span.path] if d.span.path in paths else outside).append(d)
    corpus = linked.corpus
    names = Around(entries=entries, media={}).settle(corpus)
    if not all(_knows(names, entry) for entry in entries.events):
        return linked
    own: dict[str, list[Event]] = defaultdict(list)
    for event in sorted(corpus.events, key=lambda event: event.at.span):
        own[event.at.span.path].append(event)
    event_digests: list[tuple[object, str]] = []
    parts = {}
    for path, text in paths.items():
        values = _digested(own[path])
        digests = tuple(map(digest, values))
        event_digests += zip(values, digests, strict=True)
        parts[path] = _part(text, own[path], digests, inside[path])
    source_digests = tuple(map(digest, corpus.sources))
    encode = codec_of(Source).encode
    name = codec_of(Name).encode
    whole = _Whole(
        context=context,
        sources=tuple(map(encode, corpus.sources)),
        source_digests=source_digests,
        names=tuple(tuple(map(name, some)) for some in (corpus.actors, corpus.places, corpus.tags)),
        found=tuple(map(_finding, outside)),
        parts={path: marshal.dumps(tuple(part), 2) for path, part in parts.items()},
    )
    return replace(
        linked,
        digests=(*event_digests, *zip(corpus.sources, source_digests, strict=True)),
        data=_dumped(whole),
    )


def recall(
    data: bytes, context: str, texts: Iterable[Text], around: Around, parse: Parse
) -> Linked | None:
    """Return the corpus that linking *texts* would give, or None where only linking can tell.

    *data* was given by `keep_linked` or by this, and has not been changed since.
    """
    whole = _loaded(data)
    if whole is None or whole.context != context:
        return None
    codec = codec_of(Source)
    sources = tuple(map(codec.decode, whole.sources))
    name = codec_of(Name).decode
    actors, places, tags = (tuple(map(name, some)) for some in whole.names)
    before = Corpus(
        config=around.entries.config,
        events=(),
        sources=sources,
        actors=actors,
        places=places,
        tags=tags,
        pages=around.entries.pages,
    )
    old = {path: _Part(*_plain(part)) for path, part in whole.parts.items()}
    texts = tuple(texts)
    now = {text.path: digest_bytes(text.value.encode("utf-8", "surrogatepass")) for text in texts}
    changed = [t for t in texts if t.path not in old or old[t.path].text != now[t.path]]
    if any(path not in now for path in old):
        return None
    parts, dumped = dict(old), dict(whole.parts)
    fresh: dict[str, list[Event]] = {}
    if changed:
        linked = _link_changed(changed, before, old, around, parse)
        if linked is None:
            return None
        for text, some, found in linked:
            fresh[text.path] = some
            part = _part(text, some, tuple(map(digest, _digested(some))), found)
            parts[text.path], dumped[text.path] = part, marshal.dumps(tuple(part), 2)
        if _used(old.values()) != _used(parts.values()):
            return None
    decode = codec_of(Event).decode
    events: list[Event] = []
    digests: list[tuple[object, str]] = []
    findings = [_diagnostic(row) for row in whole.found]
    for text in texts:
        part = parts[text.path]
        some = fresh.get(text.path) or list(map(decode, part.events))
        events += some
        digests += zip(_digested(some), part.digests, strict=True)
        findings += map(_diagnostic, part.found)
    digests += zip(sources, whole.source_digests, strict=True)
    return Linked(
        corpus=replace(before, events=in_order(events)),
        found=tuple(findings),
        digests=tuple(digests),
        data=_dumped(whole._replace(parts=dumped)) if changed else data,
    )


def _link_changed(
    texts: Iterable[Text],
    before: Corpus,
    old: Mapping[str, _Part],
    around: Around,
    parse: Parse,
) -> list[tuple[Text, list[Event], list[Diagnostic]]] | None:
    """Read and link *texts*; None where that could change what stands in other files."""
    read = [(text, *parse(text)) for text in texts]
    paths = {text.path for text, _, _ in read}
    ids = [id for path, part in old.items() if path not in paths for id in part.ids]
    entries = [entry for _, some, _ in read for entry in some]
    ids += [(entry.id, *entry.aliases) for entry in entries]
    known = {id for part in old.values() for id in part.ids}
    if not {id[0] for id in known} <= {id[0] for id in ids}:
        return None  # something may lead to what is gone
    if around.entries.published and known != set(ids):
        return None
    taken = [fold_id(id) for some in ids for id in some]
    if len(taken) != len(set(taken)):
        return None
    names = around.settle(before)
    if not all(_knows(names, entry) for entry in entries):
        return None
    linked = []
    for text, some, found in read:
        events, more = link_events(
            some, before, frozenset(id[0] for id in ids), around.media, names
        )
        all_found = (*found, *more)
        if any(d.severity is Severity.ERROR for d in all_found):
            return None  # everything is told at once, and by what is nearest
        linked.append((text, list(events), all_found))
    corpus = replace(before, events=tuple(e for _, events, _ in linked for e in events))
    checked: dict[str, list[Diagnostic]] = defaultdict(list)
    for d in check_events(corpus):
        checked[d.span.path].append(d)
    return [(text, events, [*found, *checked[text.path]]) for text, events, found in linked]


def _knows(names: tuple[Settled, Settled, Settled], entry: EventEntry) -> bool:
    """Whether all that *entry* names bears the name that it has on the site."""
    actors, places, tags = names
    return (
        all(label in actors for label in (*entry.actors, *entry.recipients))
        and all(label in places for label in entry.places)
        and all(label in tags for label in entry.tags)
    )


def _part(
    text: Text, events: Iterable[Event], digests: tuple[str, ...], found: Iterable[Diagnostic]
) -> _Part:
    events = tuple(events)
    return _Part(
        text=digest_bytes(text.value.encode("utf-8", "surrogatepass")),
        events=tuple(map(codec_of(Event).encode, events)),
        digests=digests,
        found=tuple(map(_finding, found)),
        used=(
            _sorted(id for e in events for id in (*e.actors, *e.recipients)),
            _sorted(id for e in events for id in e.places),
            _sorted(id for e in events for id in e.tags),
            _sorted(c.source for e in events for claim in e.claims for c in claim.citations),
            _sorted(r.target for e in events if e.summary for r in e.summary.references),
        ),
        ids=tuple((event.id, *event.aliases) for event in events),
    )


def _digested(events: Iterable[Event]) -> list[object]:
    """Return what of *events* pages show one by one."""
    events = tuple(events)
    citations = (c for event in events for claim in event.claims for c in claim.citations)
    return [*events, *citations]


def _sorted(ids: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(ids)))


def _used(parts: Iterable[_Part]) -> tuple[set[str], ...]:
    """Return what is used by any event: actors, places, tags, sources cited or else mentioned."""
    sets: tuple[set[str], ...] = (set(), set(), set(), set(), set())
    for part in parts:
        for some, ids in zip(sets, part.used, strict=True):
            some.update(ids)
    return sets


def _finding(d: Diagnostic) -> tuple[Any, ...]:
    row: tuple[Any, ...] = codec_of(Diagnostic).encode(d)
    return row


def _diagnostic(row: Any) -> Diagnostic:
    d: Diagnostic = codec_of(Diagnostic).decode(row)
    return d


def _dumped(whole: _Whole) -> bytes:
    return marshal.dumps((FORMAT, *whole), 2)


def _plain(data: bytes) -> Any:
    return marshal.loads(data)  # noqa: S302 - nobody else wrote it: see `keep_linked`


def _loaded(data: bytes) -> _Whole | None:
    try:
        format, *members = _plain(data)
        return _Whole(*members) if format == FORMAT else None
    except (ValueError, TypeError, EOFError):
        return None
