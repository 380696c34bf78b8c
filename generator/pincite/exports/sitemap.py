"""``sitemap.xml`` (sitemaps.org 0.9), and an index of several where one may not hold them all.

Pages that say ``noindex`` (sources, whose canonical address is the original's) are not in it.
"""

from collections.abc import Iterable, Mapping, Sequence

from pincite.exports.index import CANONICAL, Index, index_of
from pincite.exports.moments import EPOCH, changed
from pincite.exports.xml_text import text
from pincite.model import Corpus, Event
from pincite.plan.urls import Addresses
from pincite.plan.words import Words

SITEMAP = "sitemap.xml"
LIMIT = 50_000  # addresses in one file; at some 200 bytes each well below the 50 MB

_HEAD = '<?xml version="1.0" encoding="utf-8"?>'
_NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def write_sitemap(
    corpus: Corpus, words: Words, addresses: Addresses, others: Iterable[str] = ()
) -> Mapping[str, bytes] | None:
    """Return path → content, or None for a site without a canonical address.

    *others* are addresses (relative to the root) of pages that do not follow from the corpus
    alone, such as periods; one that is listed already is not listed twice.
    """
    if not corpus.config.url:
        return None
    return sitemap_files(corpus.config.url, _places(corpus, words, addresses, others))


def sitemap_pages(
    corpus: Corpus, words: Words, addresses: Addresses, others: Iterable[str]
) -> Iterable[tuple[str, bytes]]:
    return (write_sitemap(corpus, words, addresses, others) or {}).items()


def sitemap_paths(corpus: Corpus, others: Sequence[str]) -> tuple[str, ...]:
    """Return the paths of all files there may be for so many addresses."""
    most = len(corpus.events) + len(others) + len(corpus.pages) + len(corpus.config.kinds)
    most += len(corpus.actors) + len(corpus.places) + len(corpus.tags) + 3
    parts = -(-most // LIMIT) if most > LIMIT else 0
    return (SITEMAP, *(f"sitemap-{number}.xml" for number in range(1, parts + 1)))


def _places(
    corpus: Corpus, words: Words, addresses: Addresses, others: Iterable[str]
) -> tuple[tuple[str, str], ...]:
    """Return each address with the day of its last change, or empty."""
    index = index_of(corpus, words, addresses)
    places = {CANONICAL.page(): ""}
    for event in corpus.events:
        places[CANONICAL.event(event.id)] = _day(event, index)
    places.update(dict.fromkeys((CANONICAL.page("sources"), CANONICAL.page("report")), ""))
    for folder, names in (
        ("actors", corpus.actors),
        ("places", corpus.places),
        ("tags", corpus.tags),
    ):
        places.update((CANONICAL.page(folder, name.id), "") for name in names)
    used = {event.kind for event in corpus.events}
    places.update((CANONICAL.page("kinds", k.id), "") for k in corpus.config.kinds if k.id in used)
    places.update((CANONICAL.page(page.id), "") for page in corpus.pages)
    for address in others:
        places.setdefault(address.removesuffix("index.html"), "")
    return tuple(places.items())


def sitemap_files(
    url: str, places: Sequence[tuple[str, str]], limit: int = LIMIT
) -> dict[str, bytes]:
    """Return path → content for *places*: (address, day of the last change or empty)."""
    if len(places) <= limit:
        return {SITEMAP: _file("urlset", "url", ((url + address, day) for address, day in places))}
    parts = [places[start : start + limit] for start in range(0, len(places), limit)]
    files = {
        f"sitemap-{number}.xml": _file("urlset", "url", ((url + at, day) for at, day in part))
        for number, part in enumerate(parts, 1)
    }
    return {
        SITEMAP: _file("sitemapindex", "sitemap", ((url + path, "") for path in files)),
        **files,
    }


def _file(root: str, element: str, places: Iterable[tuple[str, str]]) -> bytes:
    lines = (
        f"<{element}><loc>{text(address)}</loc>"
        + (f"<lastmod>{day}</lastmod>" if day else "")
        + f"</{element}>"
        for address, day in places
    )
    return "\n".join((_HEAD, f"<{root} {_NAMESPACE}>", *lines, f"</{root}>\n")).encode()


def _day(event: Event, index: Index) -> str:
    moment = changed(event, index)
    return "" if moment == EPOCH else moment[:10]
