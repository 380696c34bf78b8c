"""``feed.xml``: the newest events and corrections as Atom (RFC 4287)."""

from pincite.exports.items import Item, feed_items
from pincite.exports.moments import EPOCH
from pincite.exports.xml_text import attribute, text
from pincite.model import Corpus
from pincite.plan.urls import Addresses
from pincite.plan.words import Words

ATOM = "feed.xml"


def write_atom(corpus: Corpus, words: Words, addresses: Addresses) -> bytes | None:
    """Return the feed, or None for a site without a canonical address: ids must be permanent."""
    config = corpus.config
    if not config.url:
        return None
    items = feed_items(corpus, words, addresses)
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang={attribute(config.language)}>',
        f"<id>{text(config.url)}</id>",
        f"<title>{text(config.title)}</title>",
        *((f"<subtitle>{text(config.description)}</subtitle>",) if config.description else ()),
        f"<updated>{max((item.updated for item in items), default=EPOCH)}</updated>",
        f"<author><name>{text(config.author or config.title)}</name></author>",
        f'<link rel="self" type="application/atom+xml" href={attribute(config.url + ATOM)}/>',
        f'<link rel="alternate" type="text/html" href={attribute(config.url)}/>',
        *((f"<rights>{text(config.license)}</rights>",) if config.license else ()),
        *map(_entry, items),
        "</feed>\n",
    ]
    return "\n".join(lines).encode()


def _entry(item: Item) -> str:
    lines = [
        "<entry>",
        f"<id>{text(item.id)}</id>",
        f"<title>{text(item.title)}</title>",
        f'<link rel="alternate" type="text/html" href={attribute(item.url)}/>',
        f"<published>{item.published}</published>",
        f"<updated>{item.updated}</updated>",
        *(f"<category term={attribute(tag)}/>" for tag in item.tags),
        f'<content type="html">{text(item.html)}</content>',
        "</entry>",
    ]
    return "\n".join(lines)
