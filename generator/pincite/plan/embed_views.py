"""What the templates of embedding are told: strings ready to show, lists in order."""

from dataclasses import dataclass

from markupsafe import Markup

from pincite.plan.views import Card, Head, Link


@dataclass(frozen=True, slots=True, kw_only=True)
class EmbeddingView:
    """How to embed what the site has; in a frame, what a selection leaves of its events."""

    head: Head
    title: str
    body: Markup
    whole: str  # what the link to the same selection on the site itself says


@dataclass(frozen=True, slots=True, kw_only=True)
class EmbedView:
    """An event, or a short list of them, in a frame on another site."""

    head: Head
    heading: str  # of a list; empty where the event's title is the heading
    cards: tuple[Card, ...]
    whole: Link  # what this is a part of
    origin: Link  # the site
