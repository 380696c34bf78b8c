"""What is kept of a plan, so that the next build can make a few of its pages without planning.

It comes in two: what stays while the facts of events do, and what changes with their words.
"""

import marshal
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from pincite.base.content import digest_content
from pincite.base.digest import Digests, digest_bytes
from pincite.disk import MANIFEST, digest_file
from pincite.exports.items import feed_items
from pincite.manifest import read_manifest
from pincite.model import Config, Event
from pincite.store.home import Home
from pincite.store.skeletons import Skeleton, Skeletons, decode, paths_of

if TYPE_CHECKING:  # what makes plans is not needed where one that was kept is used
    from pincite.link.entries import Entries
    from pincite.plan.pages import Plan

FORMAT = "pincite-planned/2"
PLANNED, PASSING = "planned", "passing"  # under which its two parts are kept


class Lasting(NamedTuple):
    """What stays the same while events keep their facts. Plain values."""

    context: str  # of the linked corpus: all inputs but the files of events, the program, options
    around: str  # digest of all that names in pages stand for, but for events
    site: Any
    config: Any
    media: tuple[Any, ...]
    declared: tuple[tuple[str, ...], tuple[str, ...]]  # ids of actors and places
    pages: tuple[tuple[str, bytes | None], ...]  # path, and the page by reference
    showing: Mapping[str, tuple[int, ...]]  # event → numbers of the pages that show it
    whole: tuple[int, ...]  # pages that are made of all events
    told: tuple[int, ...]  # pages that show what was found
    places: Mapping[str, tuple[str, int]]  # event → its file, and its number there
    sources: tuple[str, ...]  # digests, in order
    prose: tuple[str, ...]  # digests of the author's pages, in order
    feed: tuple[str, ...]  # events that the feeds tell of, in order of the corpus


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """A plan by reference. *digests* are those of events, in order of the corpus."""

    key: str  # digest of what lasts
    lasting: Lasting
    inputs: str  # digest of all inputs of the site as it stands
    manifest: str  # digest of its manifest
    digests: Mapping[str, str]
    said: Mapping[str, Mapping[int, str]]  # where something was found: line:column, by offset


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A plan whose pages were taken apart. *around*, *site* and the rest as in `Lasting`."""

    pages: tuple[Skeleton, ...]
    around: str
    site: Any
    config: Any
    media: tuple[Any, ...]
    sources: tuple[str, ...]
    digests: Mapping[str, str]  # of events, in order of the corpus


def take_plan(plan: "Plan", digests: Digests) -> Taken:
    """Take *plan* apart. *digests* are those of what it is made of."""
    corpus, words = plan.corpus, plan.site.words
    skeletons = Skeletons(corpus)
    site, config = skeletons.code(plan.site), skeletons.code(corpus.config)
    media = tuple(map(skeletons.code, plan.media))
    sources = tuple(map(digests.of, corpus.sources))
    names = tuple(map(digests.of, (corpus.actors, corpus.places, corpus.tags)))
    around = (words.language, words.version, site, config, media, sources, names)
    return Taken(
        pages=tuple(filter(None, map(skeletons.take, plan.pages))),
        around=digest_bytes(_dump(around)),
        site=site,
        config=config,
        media=media,
        sources=sources,
        digests={event.id: digests.of(event) for event in corpus.events},
    )


def known_views(taken: Taken, before: Planned | None, out: Path) -> dict[str, str]:
    """Return what pages are made from, by path, where it is what they were made from *before*.

    The manifest of *out* says what that was; it is asked only if it is the one of that build.
    """
    if before is None or before.lasting.around != taken.around:
        return {}
    if before.manifest != digest_file(out / MANIFEST):
        return {}
    was = before.digests
    changed = {id for id, digest in taken.digests.items() if was.get(id) != digest}
    kept = dict(before.lasting.pages)
    rows = read_manifest(out)
    views = {}
    for page in taken.pages:
        if page.whole or page.told or page.data is None or kept.get(page.path) != page.data:
            continue
        if changed.isdisjoint(page.events) and changed.isdisjoint(page.outlined):
            row = rows.get(paths_of(page.data)[0][0])
            if row is not None and row.view:
                views[page.path] = row.view
    return views


def keep_plan(
    home: Home,
    plan: "Plan",
    taken: Taken,
    entries: "Entries",
    context: str,
    files: Mapping[str, Sequence[Event]],
    inputs: str,
    digests: Digests,
    said: Mapping[str, Mapping[int, str]],
) -> Planned:
    """Keep *plan* in *home*, once it is published.

    *files* have events by path, in order of writing.
    """
    corpus, site = plan.corpus, plan.site
    showing: dict[str, list[int]] = defaultdict(list)
    for number, page in enumerate(taken.pages):
        for event in page.events:
            showing[event].append(number)
    told_of = (
        {item.event.id for item in feed_items(corpus, site.words, site.addresses)}
        if corpus.config.url
        else set()
    )
    lasting = Lasting(
        context=context,
        around=taken.around,
        site=taken.site,
        config=taken.config,
        media=taken.media,
        declared=(
            tuple(name.id for name in entries.actors),
            tuple(name.id for name in entries.places),
        ),
        pages=tuple((page.path, page.data) for page in taken.pages),
        showing={event: tuple(numbers) for event, numbers in showing.items()},
        whole=tuple(number for number, page in enumerate(taken.pages) if page.whole),
        told=tuple(number for number, page in enumerate(taken.pages) if page.told),
        places={
            event.id: (path, number)
            for path, events in files.items()
            for number, event in enumerate(events)
        },
        sources=taken.sources,
        prose=tuple(map(digests.of, corpus.pages)),
        feed=tuple(event.id for event in corpus.events if event.id in told_of),
    )
    data = _dump((FORMAT, *lasting))
    planned = Planned(
        key=digest_content(data),
        lasting=lasting,
        inputs=inputs,
        manifest=digest_file(home.out / MANIFEST),
        digests=taken.digests,
        said=said,
    )
    home.keep_ours(PLANNED, data)
    home.keep_ours(PASSING, dump_passing(planned))
    return planned


def find_planned(home: Home) -> Planned | None:
    """Return what was kept; None where the two parts do not belong together, or one is lost."""
    return load_planned(home.find_ours(PLANNED), home.find_ours(PASSING))


def config_of(planned: Planned) -> Config:
    config: Config = decode(planned.lasting.config, None)  # it names nothing
    return config


def dump_passing(planned: Planned) -> bytes:
    """Return what changes with the words of events."""
    return _dump(
        (
            planned.key,
            planned.inputs,
            planned.manifest,
            dict(planned.digests),
            {path: dict(own) for path, own in planned.said.items()},
        )
    )


def load_planned(lasting: bytes | None, passing: bytes | None) -> Planned | None:
    """Return what was kept; None where the two do not belong together, or one is lost."""
    if lasting is None or passing is None:
        return None
    try:
        key, inputs, manifest, digests, said = _plain(passing)
        format, *members = _plain(lasting)
        if format != FORMAT or key != digest_content(lasting):
            return None
        return Planned(
            key=key,
            lasting=Lasting(*members),
            inputs=inputs,
            manifest=manifest,
            digests=digests,
            said=said,
        )
    except (ValueError, TypeError, EOFError):
        return None


def _plain(data: bytes) -> Any:
    return marshal.loads(data)  # noqa: S302 - nobody else wrote it: `Home.find_ours` looks


def _dump(value: Any) -> bytes:
    return marshal.dumps(value, 2)
