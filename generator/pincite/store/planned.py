"""What is kept of a plan, so that the next build can make a few of its pages without planning.

It comes in two: what stays while the facts of events do, and what changes with their words.
"""

import marshal
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from pincite.base.digest import Digests, digest_bytes
from pincite.exports.items import feed_items
from pincite.link.entries import Entries
from pincite.model import Config, Event
from pincite.plan.pages import Plan
from pincite.store.home import Home
from pincite.store.skeletons import Skeletons, decode

FORMAT = "pincite-planned/1"
PLANNED, PASSING = "planned", "passing"  # under which its two parts are kept


class Lasting(NamedTuple):
    """What stays the same while events keep their facts. Plain values."""

    context: str  # of the linked corpus: all inputs but the files of events, the program, options
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
    digests: Mapping[str, str]
    said: Mapping[str, Mapping[int, str]]  # where something was found: line:column, by offset


def keep_plan(
    home: Home,
    plan: Plan,
    entries: Entries,
    context: str,
    files: Mapping[str, Sequence[Event]],
    digests: Digests,
    inputs: str,
    said: Mapping[str, Mapping[int, str]],
) -> Planned:
    """Keep *plan* in *home*. *files* have events by path, in order of writing."""
    corpus, site = plan.corpus, plan.site
    skeletons = Skeletons(corpus)
    pages: list[tuple[str, bytes | None]] = []
    showing: dict[str, list[int]] = defaultdict(list)
    whole, told = [], []
    for page in plan.pages:
        taken = skeletons.take(page)
        if taken is None:
            continue
        number = len(pages)
        pages.append((taken.path, taken.data))
        for event in taken.events:
            showing[event].append(number)
        whole += [number] if taken.whole else []
        told += [number] if taken.told else []
    told_of = (
        {item.event.id for item in feed_items(corpus, site.words, site.addresses)}
        if corpus.config.url
        else set()
    )
    lasting = Lasting(
        context=context,
        site=skeletons.code(site),
        config=skeletons.code(corpus.config),
        media=tuple(map(skeletons.code, plan.media)),
        declared=(
            tuple(name.id for name in entries.actors),
            tuple(name.id for name in entries.places),
        ),
        pages=tuple(pages),
        showing={event: tuple(numbers) for event, numbers in showing.items()},
        whole=tuple(whole),
        told=tuple(told),
        places={
            event.id: (path, number)
            for path, events in files.items()
            for number, event in enumerate(events)
        },
        sources=tuple(map(digests.of, corpus.sources)),
        prose=tuple(map(digests.of, corpus.pages)),
        feed=tuple(event.id for event in corpus.events if event.id in told_of),
    )
    data = _dump((FORMAT, *lasting))
    planned = Planned(
        key=digest_bytes(data),
        lasting=lasting,
        inputs=inputs,
        digests={event.id: digests.of(event) for event in corpus.events},
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
            dict(planned.digests),
            {path: dict(own) for path, own in planned.said.items()},
        )
    )


def load_planned(lasting: bytes | None, passing: bytes | None) -> Planned | None:
    """Return what was kept; None where the two do not belong together, or one is lost."""
    if lasting is None or passing is None:
        return None
    try:
        key, inputs, digests, said = _plain(passing)
        format, *members = _plain(lasting)
        if format != FORMAT or key != digest_bytes(lasting):
            return None
        return Planned(
            key=key, lasting=Lasting(*members), inputs=inputs, digests=digests, said=said
        )
    except (ValueError, TypeError, EOFError):
        return None


def _plain(data: bytes) -> Any:
    return marshal.loads(data)  # noqa: S302 - nobody else wrote it: `Home.find_ours` looks


def _dump(value: Any) -> bytes:
    return marshal.dumps(value, 2)
