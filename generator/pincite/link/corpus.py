"""Stage 2: names to things. After this no citation, kind, actor or related event is unresolved."""

import unicodedata
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import TypeAlias, TypeVar

from pincite.base.diagnostics import Diagnostic, Label, error
from pincite.base.near import did_you_mean
from pincite.base.text import Span
from pincite.link.citations import Linker
from pincite.link.entries import Entries
from pincite.link.names import Register, Settled
from pincite.link.sources import link_source
from pincite.load.project import Snapshot
from pincite.model import (
    Claim,
    Config,
    Corpus,
    Event,
    EventEntry,
    PageEntry,
    Source,
)
from pincite.prose import Prose

Item = TypeVar("Item", EventEntry, Source)
#: Of actors, places and tags.
Names: TypeAlias = tuple[Register | Settled, Register | Settled, Register | Settled]


def link(
    entries: Entries, snapshots: Mapping[str, Snapshot | None], media: Mapping[str, int]
) -> tuple[Corpus, tuple[Diagnostic, ...]]:
    """Resolve every name. What cannot be resolved is left out and reported."""
    found: list[Diagnostic] = []
    sources = tuple(
        link_source(source, entries, snapshots.get(source.snapshot), found)
        for source in _unique(entries.sources, "source", found)
    )
    written = _unique(entries.events, "event", found)
    targets = _Targets(
        events=dict.fromkeys(event.id for event in written),
        sources={source.id: source for source in sources},
        pages={page.id: page for page in entries.pages},
        spoiled=entries.spoiled,
        unread=entries.unread,
        aliases={alias: event.id for event in written for alias in event.aliases},
    )
    _check_aliases(written, found)
    registers = registers_of(entries)
    linker = Linker(targets.sources, entries.spoiled)
    events = tuple(
        _link_event(entry, targets, linker, registers, entries.config, media, found)
        for entry in written
    )
    for page in entries.pages:
        _check_prose(page.body, targets, page.place, found)
    # What is not used in what was read may be used in what was not.
    names = tuple(register.close(all_used=entries.unread != frozenset()) for register in registers)
    for register in registers:
        found += register.found
    _check_featured(entries.config, targets, found)
    return Corpus(
        config=entries.config,
        events=in_order(events),
        sources=tuple(sorted(sources, key=lambda source: source.id)),
        actors=names[0],
        places=names[1],
        tags=names[2],
        pages=entries.pages,
    ), (*found, *linker.found)


class EventLinker:
    """Links events of a site all else of which is linked: *corpus*, whose own events do not count.

    *ids* are those of all events, *names* those of actors, places and tags. A source's text is
    prepared once for all that it is asked to link.
    """

    def __init__(
        self, corpus: Corpus, ids: Collection[str], media: Collection[str], names: Names
    ) -> None:
        self._config = corpus.config
        self._media = media
        self._names = names
        self._targets = _Targets(
            events=ids,
            sources={source.id: source for source in corpus.sources},
            pages={page.id: page for page in corpus.pages},
        )
        self._linker = Linker(self._targets.sources)

    def link(
        self, entries: Iterable[EventEntry]
    ) -> tuple[tuple[Event, ...], tuple[Diagnostic, ...]]:
        """Link *entries*, in order as they are given."""
        found: list[Diagnostic] = []
        events = tuple(
            _link_event(
                entry, self._targets, self._linker, self._names, self._config, self._media, found
            )
            for entry in entries
        )
        found += self._linker.found
        self._linker.found = []
        return events, tuple(found)


def find_lost_ways(corpus: Corpus, ids: Collection[str]) -> tuple[Diagnostic, ...]:
    """Return what is found of the ways that pages and settings of *corpus* name.

    *ids* are those of its events, which it need not have.
    """
    found: list[Diagnostic] = []
    targets = _Targets(
        events=ids,
        sources={source.id: source for source in corpus.sources},
        pages={page.id: page for page in corpus.pages},
    )
    for page in corpus.pages:
        _check_prose(page.body, targets, page.place, found)
    _check_featured(corpus.config, targets, found)
    return tuple(found)


def registers_of(entries: Entries) -> tuple[Register, Register, Register]:
    """Return the names of actors, places and tags before any event has named one."""
    return (
        Register("actor", entries.actors),
        Register("place", entries.places),
        Register("tag", ()),
    )


def in_order(events: Iterable[Event]) -> tuple[Event, ...]:
    """Put *events*, which are in order of paths and of writing, in order of time."""
    return tuple(sorted(events, key=_order))


def _order(event: Event) -> tuple[bool, object]:
    """Earliest day, then latest; the undated last. Sorting is stable: then as written."""
    return (event.date is None, event.date.sort_key if event.date else ())


@dataclass(frozen=True, slots=True, kw_only=True)
class _Targets:
    events: Collection[str]
    sources: Mapping[str, Source]
    pages: Mapping[str, PageEntry]
    spoiled: frozenset[str] = frozenset()  # sources that are there, though they cannot be read
    unread: frozenset[str] | None = frozenset()  # events likewise; None: any may be one
    aliases: Mapping[str, str] = field(default_factory=dict)  # → the id of the event now

    def may_be_event(self, id: str) -> bool:
        """Say whether *id* is an event's, or that of one which could not be read: that was told."""
        return id in self.events or self.unread is None or id in self.unread

    def hint(self, id: str) -> str | None:
        """Return what to write in place of *id*, which is no event's."""
        if id in self.aliases:
            return f"this is an alias: write `{self.aliases[id]}`"
        return did_you_mean(id, self.events)


def fold_id(id: str) -> str:
    """Return *id* as file systems may confuse it: neither case nor composition counts."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", id).casefold())


def _unique(items: Iterable[Item], what: str, found: list[Diagnostic]) -> tuple[Item, ...]:
    """Leave out what bears an id that an earlier one bears, as a file system would see it."""
    first: dict[str, Item] = {}
    for item in items:
        kept = first.setdefault(fold_id(item.id), item)
        if kept is not item:
            same = (
                "" if kept.id == item.id else f", which a file system may confuse with `{item.id}`"
            )
            found.append(
                error(
                    "duplicate-id",
                    item.at.place("id"),
                    f"there is already {'an' if what == 'event' else 'a'} {what} `{kept.id}`{same}",
                    labels=(Label(span=kept.at.place("id"), text="first here"),),
                    help="an id is an address: give this one another",
                )
            )
    return tuple(first.values())


def _check_prose(
    prose: Prose, targets: _Targets, place: Callable[[int, int], Span], found: list[Diagnostic]
) -> None:
    """Report references of prose to what is not there; *place* finds them in their file."""
    for reference in prose.references:
        known: Collection[str] = {
            "citation": targets.sources,
            "source": targets.sources,
            "event": targets.events,
            "page": targets.pages,
        }[reference.kind]
        span = place(reference.start, reference.end)
        what = "source" if reference.kind == "citation" else reference.kind
        if what == "source" and reference.target in targets.spoiled:
            continue  # why it cannot be read has been told
        if what == "event" and targets.may_be_event(reference.target):
            continue
        if reference.target not in known:
            found.append(
                error(
                    f"unknown-{what}",
                    span,
                    f"there is no {what} `{reference.target}`",
                    help=targets.hint(reference.target)
                    if what == "event"
                    else did_you_mean(reference.target, known),
                )
            )
        elif reference.paragraph and reference.paragraph not in {
            p.id for p in targets.sources[reference.target].paragraphs
        }:
            found.append(
                error(
                    "unknown-paragraph",
                    span,
                    f"`{reference.target}` has no paragraph `{reference.paragraph}`",
                )
            )


def _check_aliases(events: Iterable[EventEntry], found: list[Diagnostic]) -> None:
    taken = {fold_id(event.id): event for event in events}
    for event in taken.copy().values():
        for number, alias in enumerate(event.aliases):
            free = fold_id(alias) not in taken
            other = taken.setdefault(fold_id(alias), event)
            if not free:
                found.append(
                    error(
                        "alias-taken",
                        event.at.place("aliases", number),
                        f"the alias `{alias}` is already the address of `{other.id}`",
                        labels=(Label(span=other.at.place("id"), text="this event"),),
                        help="an alias is an id that this event had before, and no other has",
                    )
                )


def _link_event(
    entry: EventEntry,
    targets: _Targets,
    linker: Linker,
    registers: Names,
    config: Config,
    media: Collection[str],
    found: list[Diagnostic],
) -> Event:
    at = entry.at
    kinds = [kind.id for kind in config.kinds]
    kind = entry.kind
    if kind not in kinds:
        found.append(
            error(
                "unknown-kind",
                at.place("kind"),
                f"site.yaml has no kind `{kind}`",
                help=did_you_mean(kind, kinds) or f"it has {', '.join(f'`{k}`' for k in kinds)}",
            )
        )
        kind = kinds[-1]
    actors, places, tags = registers
    n = 0
    claims = []
    for number, claim in enumerate(entry.claims, 1):
        citations = linker.link_citations(claim, n + 1)
        n += len(claim.citations)
        claims.append(
            Claim(
                number=number,
                text=claim.text,
                attributed_to=claim.attributed_to,
                confidence=claim.confidence,
                confidence_why=claim.confidence_why,
                figures=claim.figures,
                citations=citations,
                uncited=claim.uncited,
                at=claim.at,
            )
        )
    if entry.summary:
        _check_prose(entry.summary, targets, partial(at.inside, "summary"), found)
    for number, medium in enumerate(entry.media):
        if medium.file not in media:
            found.append(
                error(
                    "media-missing",
                    at.place("media", number),
                    f"there is no file `content/media/{medium.file}`",
                    help=did_you_mean(medium.file, media) or "put the file there",
                )
            )
    return Event(
        id=entry.id,
        date=entry.date,
        date_text=entry.date_text,
        date_basis=entry.date_basis,
        title=entry.title,
        kind=kind,
        modality=entry.modality,
        actors=_ids(entry.actors, "actors", actors, entry),
        recipients=_ids(entry.recipients, "recipients", actors, entry),
        places=_ids(entry.places, "places", places, entry),
        tags=_ids(entry.tags, "tags", tags, entry),
        summary=entry.summary,
        claims=tuple(claims),
        title_is_claim=entry.title_is_claim,
        media=entry.media,
        related=_related(entry, targets, found),
        aliases=entry.aliases,
        corrections=entry.corrections,
        withdrawn=entry.withdrawn,
        sensitive=entry.sensitive,
        at=at,
    )


def _ids(
    labels: tuple[str, ...], key: str, register: Register | Settled, entry: EventEntry
) -> tuple[str, ...]:
    ids = (register.find_id(label, entry.at.place(key, i)) for i, label in enumerate(labels))
    return tuple(dict.fromkeys(ids))


def _related(entry: EventEntry, targets: _Targets, found: list[Diagnostic]) -> tuple[str, ...]:
    known = []
    for number, id in enumerate(entry.related):
        if id == entry.id:
            found.append(
                error(
                    "bad-value",
                    entry.at.place("related", number),
                    "an event is not related to itself",
                    help="remove it, or name the event that was meant",
                )
            )
        elif id in targets.events:
            known.append(id)
        elif not targets.may_be_event(id):
            found.append(
                error(
                    "unknown-event",
                    entry.at.place("related", number),
                    f"there is no event `{id}`",
                    help=targets.hint(id),
                )
            )
    return tuple(dict.fromkeys(known))


def _check_featured(config: Config, targets: _Targets, found: list[Diagnostic]) -> None:
    for number, id in enumerate(config.featured):
        if not targets.may_be_event(id) and config.at is not None:
            found.append(
                error(
                    "unknown-event",
                    config.at.place("featured", number),
                    f"there is no event `{id}`",
                    help=targets.hint(id),
                )
            )
