"""All that was parsed: what linking begins with."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from pincite.load.published import PublishedAddress
from pincite.model import Config, Edition, EventEntry, LinkState, Name, PageEntry, Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Entries:
    """All that was parsed, in order of paths and of writing."""

    config: Config
    events: tuple[EventEntry, ...]
    sources: tuple[Source, ...]
    pages: tuple[PageEntry, ...]
    actors: tuple[Name, ...] = ()
    places: tuple[Name, ...] = ()
    links: Mapping[str, tuple[LinkState, ...]] = field(default_factory=dict)
    published: tuple[PublishedAddress, ...] = ()
    editions: tuple[Edition, ...] = ()
    spoiled: frozenset[str] = frozenset()  # ids of sources whose files could not be read in full
    # Of events that stand in files of which the rest could not be read; None: nobody knows which.
    unread: frozenset[str] | None = frozenset()
