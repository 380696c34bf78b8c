"""``feed.json``: the newest events and corrections as JSON Feed 1.1."""

from typing import Any

from pincite.exports.index import earliest, latest, without_empty
from pincite.exports.items import Item, feed_items
from pincite.exports.json_text import by_line, compact
from pincite.model import Corpus
from pincite.plan.urls import Addresses
from pincite.plan.words import Words

JSONFEED = "feed.json"
VERSION = "https://jsonfeed.org/version/1.1"
ABOUT = "Dates are EDTF (ISO 8601-2:2019) with their first and last day."


def write_jsonfeed(corpus: Corpus, words: Words, addresses: Addresses) -> bytes | None:
    """Return the feed, or None for a site without a canonical address."""
    config = corpus.config
    if not config.url:
        return None
    items = (compact(_item(item)) for item in feed_items(corpus, words, addresses))
    feed = without_empty(
        {
            "version": VERSION,
            "title": config.title,
            "home_page_url": config.url,
            "feed_url": config.url + JSONFEED,
            "description": config.description,
            "language": config.language,
            "authors": [{"name": config.author}] if config.author else [],
        }
    )
    return by_line(feed, {"items": items})


def _item(item: Item) -> dict[str, Any]:
    event = item.event
    return {
        "id": item.id,
        "url": item.url,
        "title": item.title,
        "content_html": item.html,
        "date_published": item.published,
        "date_modified": item.updated,
        "tags": item.tags,
        "_pincite": {
            "about": ABOUT,
            "edtf": event.date.edtf if event.date else "unknown",
            "earliest": earliest(event.date) if event.date else None,
            "latest": latest(event.date) if event.date else None,
            "kind": event.kind,
            "modality": event.modality,
        },
    }
