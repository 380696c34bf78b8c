"""Brings a site up to date in which only words of events changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pincite.amend.events import Changed, amend_file
from pincite.amend.things import KeptThings
from pincite.base.codes import set_severities
from pincite.base.diagnostics import Diagnostic
from pincite.base.digest import Digests
from pincite.base.text import Text
from pincite.build import told_of
from pincite.exports.table import Amended as AmendedEvents
from pincite.exports.table import Written, amend_exports
from pincite.load.project import read_some
from pincite.manifest import Records
from pincite.model import Config
from pincite.plan.page import Page
from pincite.plan.words import Words
from pincite.publish import Past, Published, Seen, publish, view_of
from pincite.render.engine import Renderer
from pincite.store.home import Home
from pincite.store.parts import Whole, close_part, digest_text
from pincite.store.planned import Planned
from pincite.store.skeletons import put_together


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A site as the last build left it, and what it was made from."""

    home: Home
    planned: Planned
    whole: Whole
    records: Records
    found: tuple[Diagnostic, ...]  # as it was told
    renderer: Renderer
    words: Words
    config: Config
    strict: bool
    stamps: Mapping[str, Sequence[Any]]
    seen: Seen = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Amended:
    """What became of it: *planned* and *whole* are what the next build may begin with."""

    found: tuple[Diagnostic, ...]
    texts: Mapping[str, Text]
    published: Published
    planned: Planned
    files: tuple[Changed, ...]


def amend_site(standing: Standing, texts: Sequence[Text], *, postpone: bool) -> Amended | None:
    """Bring the pages up to date that show what changed in *texts*, files of events.

    None where more than words changed: then nothing has been done. With *postpone* the files that
    are made of all events are left as they are. Raises what `publish` does.
    """
    planned, whole, home = standing.planned, standing.whole, standing.home
    changed = []
    for text in texts:
        if text.path not in whole.parts:
            return None
        if close_part(whole.parts[text.path]).text == digest_text(text):
            continue
        one = amend_file(text, whole, standing.config, planned.lasting.declared)
        if one is None:
            return None
        changed.append(one)
    paths = {one.path for one in changed}
    found = (
        *(d for d in standing.found if d.span.path not in paths),
        *set_severities(
            tuple(d for one in changed for d in one.found),
            overrides=standing.config.warnings,
            strict=standing.strict,
        ),
    )
    shown = read_some(home.root, sorted({d.span.path for d in found} - paths))
    shown |= {text.path: text for text in texts}
    digests = Digests()
    past = home.past(digests)
    after = {id: (event, one.digests[id]) for one in changed for id, event in one.after.items()}
    things = KeptThings(planned, whole, standing.words, after, told_of(found, shown), past, digests)
    pages = _pages(planned, after, things)
    if pages is None:
        return None
    data, others = _apart(pages, planned)
    rest = dict(standing.records.rows)
    seen: dict[str, tuple[Page, str]] = dict(standing.seen)
    if postpone:
        rest.update((path, rest[path]._replace(view="")) for page in data for path in page.paths)
    else:
        files = _files(changed, things, past, planned)
        if files is None:
            return None
        for page in data:
            view = view_of(page, digests)
            rest.update((path, rest[path]._replace(view=view)) for path in page.paths)
            for file in files:
                if file.path in page.paths:
                    own = Page(file.path, "", _same, (file.content,))
                    others.append(own)
                    seen[file.path] = (own, view)
    published = publish(
        others,
        standing.renderer,
        things.site.frame,
        home.out,
        past=Past(stamps=standing.stamps, digests=digests, seen=seen, records=standing.records),
        postpone=postpone,
        rest={path: row for path, row in rest.items() if path not in {p.path for p in others}},
    )
    return Amended(
        found=found,
        texts=shown,
        published=published,
        planned=_after(planned, things, after),
        files=tuple(changed),
    )


def _pages(planned: Planned, after: Mapping[str, Any], things: KeptThings) -> list[Page] | None:
    """Return the pages that show any of the events *after*, or what was found."""
    lasting = planned.lasting
    numbers = {number for event in after for number in lasting.showing.get(event, ())}
    numbers.update(lasting.whole, lasting.told)
    pages = []
    for number in sorted(numbers):
        _, data = lasting.pages[number]
        if data is None:
            return None
        pages.append(put_together(data, things))
    return pages


def _apart(pages: Sequence[Page], planned: Planned) -> tuple[list[Page], list[Page]]:
    """Return the pages that are made of all events, and the others."""
    whole = {planned.lasting.pages[number][0] for number in planned.lasting.whole}
    return (
        [page for page in pages if page.path in whole],
        [page for page in pages if page.path not in whole],
    )


def _files(
    changed: Sequence[Changed], things: KeptThings, past: Any, planned: Planned
) -> tuple[Written, ...] | None:
    """Return the data files that tell of what changed."""
    before = {id: event for one in changed for id, event in one.before.items()}
    if not before:
        return ()
    feed = planned.lasting.feed
    after = things.corpus_of(before)
    newest = things.corpus_of(feed) if before.keys() & set(feed) else None
    old = things.corpus_with(after, before.values())
    return amend_exports(
        AmendedEvents(old, after, newest), things.words, things.site.addresses, past
    )


def _same(data: bytes) -> bytes:
    return data


def _after(planned: Planned, things: KeptThings, after: Mapping[str, Any]) -> Planned:
    fresh = {id: things.digest(id) for id in after}
    return Planned(
        key=planned.key,
        lasting=planned.lasting,
        inputs=planned.inputs,
        digests={**planned.digests, **fresh},
    )
