"""Stage 1, seen from the pipeline: every file that was read to its entries, each on its own."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from pincite.base.diagnostics import Diagnostic
from pincite.base.text import Text
from pincite.link.entries import Entries
from pincite.load.changes import parse_changes
from pincite.load.config import EMPTY, parse_config
from pincite.load.events import parse_events
from pincite.load.front import read_id
from pincite.load.links import parse_links
from pincite.load.names import parse_names
from pincite.load.pages import parse_page
from pincite.load.project import (
    CHANGES,
    EVENTS,
    LINKS,
    NAMES,
    PAGES,
    PUBLISHED,
    SITE,
    SOURCES,
    Inputs,
)
from pincite.load.published import parse_published
from pincite.load.sources import SPOILING, parse_source
from pincite.model import Config, EventEntry, LinkState

T = TypeVar("T")

#: Findings after which a file's events, or the rest of them, are not known.
_LOSING = frozenset(
    (
        "file-encoding",
        "file-too-large",
        "file-unreadable",
        "yaml-depth",
        "yaml-refused",
        "yaml-syntax",
    )
)
_ID = re.compile(
    r"""^[ \t]*(?:-[ \t]+)?["']?id["']?[ \t]*:[ \t]*["']?([^\s"'#,}]+)""", re.MULTILINE
)

#: Gives what a parser makes of a text, made now or before.
Memoised = Callable[[Callable[[Text], Any], Text], Any]


def load(inputs: Inputs, url: str | None, memo: Memoised) -> tuple[Entries, tuple[Diagnostic, ...]]:
    """Parse every file; each is parsed on its own, and only when its text is new."""
    found: list[Diagnostic] = []

    def read(parse: Callable[[Text], tuple[T, tuple[Diagnostic, ...]]], path: str) -> T:
        value: T
        value, problems = memo(parse, inputs.texts[path])
        found.extend(problems)
        return value

    def paths(place: tuple[str, tuple[str, ...]]) -> list[str]:
        folder, endings = place
        return [p for p in inputs.texts if p.startswith(folder) and p.endswith(endings)]

    config = read(parse_config, SITE) if SITE in inputs.texts else EMPTY
    if url is not None:
        config = _with_url(config, url)
    names = {
        sort: read(parse_names, path) if path in inputs.texts else ()
        for path, sort in NAMES.items()
    }
    links: Mapping[str, tuple[LinkState, ...]] = (
        read(parse_links, LINKS) if LINKS in inputs.texts else {}
    )
    sources = {path: read(parse_source, path) for path in paths(SOURCES)}
    events = {path: read(parse_events, path) for path in paths(EVENTS)}
    lost = {d.span.path for d in (*inputs.found, *found) if d.code in SPOILING}
    lost |= {path for path, source in sources.items() if source is None}
    return Entries(
        config=config,
        links=links,
        spoiled=frozenset(read_id(inputs.texts[path])[0] for path in lost & sources.keys()),
        unread=_unread(events, inputs.texts, (*inputs.found, *found)),
        events=tuple(e for entries in events.values() for e in entries),
        sources=tuple(filter(None, sources.values())),
        pages=tuple(p for path in paths(PAGES) if (p := read(parse_page, path))),
        actors=names["actors"],
        places=names["places"],
        published=read(parse_published, PUBLISHED) if PUBLISHED in inputs.texts else (),
        editions=read(parse_changes, CHANGES) if CHANGES in inputs.texts else (),
    ), tuple(found)


def _unread(
    events: Mapping[str, tuple[EventEntry, ...]],
    texts: Mapping[str, Text],
    found: Iterable[Diagnostic],
) -> frozenset[str] | None:
    """Return the ids of the events that stand in files of *events* of which not all was read.

    None where such a file gives no text to find them in.
    """
    ids: set[str] = set()
    for path in {d.span.path for d in found if d.code in _LOSING and d.span.path in events}:
        written = set(_ID.findall(texts[path].value))
        if not written:
            return None
        ids |= written - {event.id for event in events[path]}
    return frozenset(ids)


def _with_url(config: Config, url: str) -> Config:
    return replace(config, url=url if not url or url.endswith("/") else url + "/")
