"""What all pages share, as one argument: words, addresses, the frame, and the site's settings."""

from dataclasses import dataclass

from pincite.model import Config
from pincite.plan.urls import Addresses
from pincite.plan.views import Frame
from pincite.plan.words import Words


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
