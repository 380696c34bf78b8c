"""What all pages share, as one argument: words, addresses, the frame, and the site's settings."""

from dataclasses import dataclass, field

from pincite.base.recent import Recent
from pincite.model import Config
from pincite.plan.urls import Addresses
from pincite.plan.views import Card, Frame
from pincite.plan.words import Words

_CARDS = 4096  # with cards of 3 kB some 25 MB at most


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    frame: Frame
    words: Words
    addresses: Addresses
    title: str
    url: str  # canonical base with a closing slash, or ""
    description: str
    language: str
    kinds: tuple[str, ...]  # ids, in the order of their lanes
    # Cards that were built, by identity of their exhibit: one stands in several lists. It cannot
    # be seen in any result.
    cards: Recent[Card] = field(default_factory=lambda: Recent(_CARDS), compare=False, repr=False)


def site_of(config: Config, words: Words, addresses: Addresses, frame: Frame) -> Site:
    return Site(
        frame=frame,
        words=words,
        addresses=addresses,
        title=config.title,
        url=config.url,
        description=config.description,
        language=config.language,
        kinds=tuple(kind.id for kind in config.kinds),
    )
