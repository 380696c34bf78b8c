"""Brings a site up to date in which only words of events changed."""

from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from pincite.amend.events import Changed, amend_file
from pincite.amend.things import KeptThings, Read
from pincite.base.codes import set_severities
from pincite.base.content import Bytes
from pincite.base.diagnostics import Diagnostic, Severity
from pincite.base.text import Text
from pincite.exports.table import Amended as AmendedEvents
from pincite.exports.table import AmendmentLostError, Written, amend_exports
from pincite.manifest import Records, Row
from pincite.model import Config
from pincite.plan.page import Page
from pincite.plan.report import Places, tell
from pincite.plan.words import Words
from pincite.publish import Past, Published, Seen, publish
from pincite.render.engine import Renderer
from pincite.store.home import Home
from pincite.store.parts import Whole, load_part
from pincite.store.planned import Planned
from pincite.store.skeletons import paths_of, put_together


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
    read: Read = field(default_factory=Read)


@dataclass(frozen=True, slots=True, kw_only=True)
class Amended:
    """What became of it: the next build may begin with *planned*, and with the *files* as kept."""

    found: tuple[Diagnostic, ...]
    texts: Mapping[str, Text]
    published: Published
    planned: Planned
    files: tuple[Changed, ...]


def amend_site(
    standing: Standing,
    texts: Sequence[Text],
    every: Mapping[str, Text],
    *,
    postpone: bool,
) -> Amended | None:
    """Bring the pages up to date that show what changed in *texts*, files of events.

    *every* has all texts of the project. None where more than words changed: then nothing has been
    done. With *postpone* files that can wait are left as they are. Raises what `publish` does.
    """
    planned = standing.planned
    changed = _amend_files(standing, texts)
    found = _found(standing, changed) if changed is not None else None
    if changed is None or found is None:
        return None
    paths = {one.path for one in changed}
    known = {path: own for path, own in planned.said.items() if path not in paths}
    places = Places(every, known)
    after = {id: (event, one.digests[id]) for one in changed for id, event in one.after.items()}
    digests = standing.read.digests
    things = KeptThings(
        planned,
        standing.whole,
        standing.words,
        after,
        tell(found, places),
        standing.home.past(digests),
        standing.read,
    )
    shows = {number for event in after for number in planned.lasting.showing.get(event, ())}
    shown = _kept(planned, shows.union(planned.lasting.told))
    whole = _kept(planned, planned.lasting.whole)
    if shown is None or whole is None:
        return None
    if postpone:
        whole += [page for page in shown if paths_of(page)[1]]
        shown = [page for page in shown if not paths_of(page)[1]]
    try:
        files = _put_off(standing, whole) if postpone else _files(standing, changed, whole, things)
    except AmendmentLostError:
        return None
    pages = [put_together(page, things) for page in shown] + files.pages
    written = {path for page in pages for path in page.paths}
    rest = {**standing.records.rows, **files.rows}
    published = publish(
        pages,
        standing.renderer,
        things.site.frame,
        standing.home.out,
        past=Past(
            stamps=standing.stamps,
            digests=digests,
            seen={**standing.seen, **files.seen},
            records=standing.records,
        ),
        postpone=postpone,
        rest={path: row for path, row in rest.items() if path not in written},
    )
    return Amended(
        found=found,
        texts=every,
        published=published,
        planned=replace(
            planned,
            digests={**planned.digests, **{id: things.digest(id) for id in after}},
            said=places.said,
        ),
        files=tuple(changed),
    )


def _found(standing: Standing, changed: Sequence[Changed]) -> tuple[Diagnostic, ...] | None:
    """Return what is found now; None where any of it is an error."""
    paths = {one.path for one in changed}
    fresh = set_severities(
        tuple(d for one in changed for d in one.found),
        overrides=standing.config.warnings,
        strict=standing.strict,
    )
    if any(d.severity is Severity.ERROR for d in fresh):
        return None
    return (*(d for d in standing.found if d.span.path not in paths), *fresh)


def _kept(planned: Planned, numbers: Iterable[int]) -> list[bytes] | None:
    """Return pages as they were kept; None where one of them was not."""
    pages = []
    for number in sorted(numbers):
        _, page = planned.lasting.pages[number]
        if page is None:
            return None
        pages.append(page)
    return pages


def _amend_files(standing: Standing, texts: Sequence[Text]) -> list[Changed] | None:
    whole, declared = standing.whole, standing.planned.lasting.declared
    changed = []
    for text in texts:
        if text.path not in whole.parts:
            return None
        if load_part(whole.parts[text.path]).text == text.digest:
            continue
        one = amend_file(text, whole, standing.config, declared)
        if one is None:
            return None
        changed.append(one)
    return changed


class _Files(NamedTuple):
    """The files that are made of all events."""

    rows: dict[str, Row]  # of all, as the manifest will have them
    pages: list[Page]  # of those that have to be written
    seen: dict[str, tuple[Page, str]]  # these, with the digests of what they are made from


def _put_off(standing: Standing, whole: Sequence[bytes]) -> _Files:
    """Leave them for the next build, which is told that it is not known what they are made from."""
    old = standing.records.rows
    paths = [path for page in whole for path in paths_of(page)[0]]
    return _Files({path: old[path]._replace(view="") for path in paths}, [], {})


def _files(
    standing: Standing, changed: Sequence[Changed], whole: Sequence[bytes], things: KeptThings
) -> _Files:
    """Make those files anew that tell of what changed.

    All of them are made from all events, so the digest of that is another for each.
    """
    before = {id: event for one in changed for id, event in one.before.items()}
    made: tuple[Written, ...] = ()
    if before:
        feed = standing.planned.lasting.feed
        after = things.corpus_of(before)
        newest = things.corpus_of(feed) if before.keys() & set(feed) else None
        told = AmendedEvents(things.corpus_with(after, before.values()), after, newest)
        # Copying and digesting large files is work that threads share.
        with ThreadPoolExecutor() as pool:
            made = amend_exports(told, things.words, things.site.addresses, things.past, pool.map)
    contents = {file.path: file.content for file in made}
    files = _Files({}, [], {})
    for page in (put_together(page, things) for page in whole):
        view = things.view(page)
        for path in page.paths:
            files.rows[path] = standing.records.rows[path]._replace(view=view)
            if path in contents:
                own = Page(path, "", _same, (contents[path],))
                files.pages.append(own)
                files.seen[path] = (own, view)
    return files


def _same(data: Bytes) -> Bytes:
    return data
