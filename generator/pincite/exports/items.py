"""What the feeds tell of: every event, and every correction of one, newest change first.

Ids are canonical addresses: an event's own, and ``#correction-<n>`` or ``#withdrawn`` after it.
"""

from dataclasses import dataclass
from html import escape

from pincite.exports.event_html import event_html, withdrawal_html
from pincite.exports.index import Index, index_of
from pincite.exports.moments import appeared, changed, moment_of_date
from pincite.model import Corpus, Event
from pincite.plan.urls import Addresses
from pincite.plan.words import Words

LIMIT = 200  # readers ask for a feed again and again; the rest is in data/timeline.json


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One entry of a feed. *html* is safe and has absolute links only."""

    id: str
    url: str
    title: str
    html: str
    published: str
    updated: str
    tags: tuple[str, ...]
    event: Event


def feed_items(corpus: Corpus, words: Words, addresses: Addresses) -> tuple[Item, ...]:
    """Return at most ``LIMIT`` items, by last change; of one moment, latest event first."""
    index = index_of(corpus, words, addresses)
    newest = sorted(
        (
            (moment, event.date is not None, place, number)
            for place, event in enumerate(corpus.events)
            for number, moment in enumerate(_moments(event, index))
        ),
        reverse=True,
    )[:LIMIT]
    return tuple(_item(corpus.events[place], number, index, words) for *_, place, number in newest)


def _moments(event: Event, index: Index) -> tuple[str, ...]:
    """Return the event's own moment, then those of its corrections and its withdrawal."""
    since = changed(event, index)
    notes = (*event.corrections, *((event.withdrawn,) if event.withdrawn else ()))
    return (since, *(moment_of_date(note.date) or since for note in notes))


def _item(event: Event, number: int, index: Index, words: Words) -> Item:
    url = index.event_url(event.id)
    tags = (event.kind, *(index.tags[name] for name in event.tags))
    if number == 0:
        return Item(
            id=url,
            url=url,
            title=event.title,
            html=event_html(event, index, words),
            published=min(appeared(event, index), changed(event, index)),
            updated=changed(event, index),
            tags=tags,
            event=event,
        )
    moment = _moments(event, index)[number]
    heading = words("corrections")
    if number <= len(event.corrections):
        correction = event.corrections[number - 1]
        html = f"<p>{escape(words.date(correction.date))}: {escape(correction.note)}</p>"
        permanent = f"{url}#correction-{number}"
    else:
        html = f"<p>{withdrawal_html(event, words)}</p>"
        permanent = f"{url}#withdrawn"
    return Item(
        id=permanent,
        url=url,
        title=f"{heading}: {event.title}",
        html=html,
        published=moment,
        updated=moment,
        tags=tags,
        event=event,
    )
