"""Stage 4: the corpus to every page there will be. Decides all, renders nothing."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from pincite.base.content import Bytes
from pincite.base.derived import Derived
from pincite.base.diagnostics import Diagnostic, error
from pincite.base.digest import digest
from pincite.base.text import Span
from pincite.exports.datapackage import DATAPACKAGE
from pincite.exports.icalendar_file import CALENDAR, has_days
from pincite.exports.pieces import Past
from pincite.exports.sitemap import SITEMAP, sitemap_pages, sitemap_paths
from pincite.exports.table import DATAPACKAGE_TITLE, EXPORTS, Export, write_exports
from pincite.images.survey import Medium, Shelf
from pincite.link.corpus import fold_id
from pincite.model import Corpus, Edition
from pincite.plan.assets import accent_sheet
from pincite.plan.changing import change_pages
from pincite.plan.disagreements import disagreement_pages
from pincite.plan.embedding import sharing_of, sharing_pages
from pincite.plan.event_pages import Tables, brief, event_pages, prose_links
from pincite.plan.exhibits import (
    Citing,
    Exhibit,
    Outline,
    SourceHead,
    citings_of,
    exhibits_of,
    head_of,
    outline_of,
)
from pincite.plan.frame import ACCENT, SHEET, frame_of, name_kinds
from pincite.plan.indexes import data_page, names_page, sources_page
from pincite.plan.lighting import SHEET as MARKS
from pincite.plan.lighting import marks_sheet, scattered
from pincite.plan.lists import Offer, narrowed_page, page_folder
from pincite.plan.measures import (
    Measure,
    find_disagreements,
    measure_links,
)
from pincite.plan.media import media_pages, place_media
from pincite.plan.narrowing import Narrowed, narrow
from pincite.plan.page import Page
from pincite.plan.prose import missing_page, prose_page
from pincite.plan.report import Told, evidence_of, report_page
from pincite.plan.searching import search_pages
from pincite.plan.site import Site, site_of
from pincite.plan.snapshots import snapshot_pages
from pincite.plan.sources import source_page
from pincite.plan.timeline import timeline_pages
from pincite.plan.urls import Addresses, address_of, output_path
from pincite.plan.verifying import verifying_page
from pincite.plan.words import Words

FOLDERS = frozenset(
    (
        *("timeline", "events", "sources", "kinds", "status", "voices", "actors", "places"),
        *("tags", "report", "disagreements", "search", "data", "assets", "embed", "verify"),
        *("changes", "media", "snapshots"),
    )
)


# Data files that every page offers; the others are on the page of data.
_OFFERED = frozenset(("data/timeline.json", "data/events.csv", "feed.xml", CALENDAR))


_IN_SITEMAP = frozenset(
    (
        *("list.html", "names.html", "page.html", "report.html", "embedding.html"),
        *("disagreements.html", "disagreement.html", "changes.html"),
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    site: Site
    pages: tuple[Page, ...]
    corpus: Corpus  # as pages show it
    media: tuple[Medium, ...]


def plan(
    corpus: Corpus,
    words: Words,
    addresses: Addresses,
    assets: Mapping[str, bytes],
    told: tuple[Told, ...],
    version: str,
    media: Mapping[str, Medium],
    shelf: Shelf,
    past: Past | None = None,
    derived: Derived | None = None,
    before: Site | None = None,
    editions: tuple[Edition, ...] = (),
) -> tuple[Plan, tuple[Diagnostic, ...]]:
    """Plan the site. *assets* are files copied as they are, by path below the site's root.

    *media* are the files of content/media that events show, *shelf* where their bytes are;
    *past* is what the last build made of the data files, *derived* and *before*,
    the last plan's site, what a preview keeps.
    """
    derived = derived or Derived()
    corpus = replace(corpus, config=derived.of(name_kinds, corpus.config, words))
    corpus = place_media(corpus, media)
    exports = tuple(
        e
        for e in EXPORTS
        if (corpus.config.url or not e.needs_url) and (e.path != CALENDAR or has_days(corpus))
    )
    # The theme's own sheet comes first, so that others can add to it.
    styles = sorted((p for p in assets if p.endswith(".css")), key=lambda p: (p != SHEET, p))
    if corpus.config.theme:
        styles.append(ACCENT)
    exhibits = exhibits_of(corpus, derived)
    measures = find_disagreements(exhibits)
    frame = frame_of(
        corpus,
        words,
        addresses,
        tuple(styles),
        version,
        tuple((e.title_key, e.path) for e in exports if e.path in _OFFERED),
        # What lies deeper is loaded by those that need it.
        tuple(p for p in sorted(assets) if p.endswith(".js") and p.count("/") == 1),
        disagreements=bool(measures),
        changes=bool(editions),
    )
    site = site_of(corpus.config, words, addresses, frame)
    if before is not None and digest(before) == digest(site):
        site = before  # what is made of it is then known to be the same
    downloads = tuple((e.title_key, e.path, e.media_type) for e in exports if e.title_key)
    downloads += ((DATAPACKAGE_TITLE, DATAPACKAGE, "application/json"),)
    shown = (
        *_pages(corpus, site, told, exhibits, measures, media, derived),
        *media_pages(shelf, media),
        Page(output_path("data"), "names.html", data_page, (site, downloads)),
        *change_pages(corpus, site, editions),
        *snapshot_pages(corpus, shelf),
    )
    pages = (
        *shown,
        *_sitemap(corpus, words, addresses, shown),
        *_files(corpus, words, addresses, exports, past),
        *(Page(path, "", _same, (data,)) for path, data in sorted(assets.items())),
        *(
            (Page(ACCENT, "", accent_sheet, (tuple(sorted(corpus.config.theme.items())),)),)
            if corpus.config.theme
            else ()
        ),
    )
    planned = Plan(site=site, pages=pages, corpus=corpus, media=tuple(media.values()))
    return planned, _collisions(pages, corpus)


def _sitemap(
    corpus: Corpus, words: Words, addresses: Addresses, shown: tuple[Page, ...]
) -> Iterator[Page]:
    if corpus.config.url:
        others = tuple(address_of(page.path) for page in shown if page.template in _IN_SITEMAP)
        arguments = (corpus, words, addresses, others)
        paths = sitemap_paths(corpus, others)
        yield Page(SITEMAP, "", sitemap_pages, arguments, paths, can_wait=True)


def _same(data: bytes) -> bytes:
    return data


def _pages(
    corpus: Corpus,
    site: Site,
    told: tuple[Told, ...],
    exhibits: tuple[Exhibit, ...],
    measures: tuple[Measure, ...],
    media: Mapping[str, Medium],
    derived: Derived,
) -> Iterator[Page]:
    heads = tuple(derived.of(head_of, source) for source in corpus.sources)
    narrowed = narrow(corpus, exhibits)
    offers = tuple((n.sort, n.name.id, n.name.label, n.shape, len(n.exhibits)) for n in narrowed)
    outlines = {e.event.id: derived.of(outline_of, e) for e in exhibits}
    yield from timeline_pages(
        corpus,
        site,
        exhibits,
        tuple(outlines.values()),
        heads,
        offers + _source_offers(heads, exhibits),
    )
    sharing = sharing_of(corpus.config, exhibits)
    tables = derived.of(Tables, corpus.actors, corpus.places, corpus.tags, corpus.sources)
    linked = measure_links(site, measures)
    yield from event_pages(site, exhibits, tables, linked, media, sharing, derived)
    yield from sharing_pages(site, exhibits, narrowed, sharing)
    yield from _sources(corpus, site, heads, derived)
    yield from _narrowed(corpus, site, narrowed, offers, outlines)
    yield from disagreement_pages(site, measures, corpus.config.page_size)
    yield from search_pages(site, exhibits, heads, offers)
    evidence = evidence_of(corpus.events)
    counted = (sum(bool(head.sha256) for head in heads), len(heads))
    yield Page("report/index.html", "report.html", report_page, (site, evidence, counted, told))
    for page in corpus.pages:
        links = prose_links(page.body, site, tables)
        yield Page(output_path(page.id), "page.html", prose_page, (site, page, links))
    yield Page(output_path("verify"), "verify.html", verifying_page, (site,))
    yield Page("404.html", "404.html", missing_page, (site,))


def _source_offers(
    heads: tuple[SourceHead, ...], exhibits: tuple[Exhibit, ...]
) -> tuple[Offer, ...]:
    """Offer the sources as ways to narrow the list; with one only there is nothing to narrow."""
    if len(heads) < 2:
        return ()
    cited = Counter(source.id for exhibit in exhibits for source in exhibit.sources)
    return tuple(("sources", h.id, h.title, "", cited[h.id]) for h in heads if cited[h.id])


def _sources(
    corpus: Corpus, site: Site, heads: tuple[SourceHead, ...], derived: Derived
) -> Iterator[Page]:
    citings: dict[str, list[Citing]] = defaultdict(list)
    pointers: dict[str, list[tuple[str, str]]] = defaultdict(list)
    citers: Counter[str] = Counter()
    for event in corpus.events:
        own, pointed = derived.of(citings_of, event)
        citers.update({citing.citation.source for citing in own} | set(pointed))
        for citing in own:
            citings[citing.citation.source].append(citing)
        for id in pointed:
            pointers[id].append(brief(event))
    yield Page(
        output_path("sources"),
        "names.html",
        sources_page,
        (site, tuple((head, citers[head.id]) for head in heads)),
    )
    for source in corpus.sources:
        yield Page(
            output_path("sources", source.id),
            "source.html",
            source_page,
            (site, source, tuple(citings[source.id]), tuple(pointers[source.id])),
        )
        if several := scattered(citings[source.id]):
            yield Page(f"sources/{source.id}/{MARKS}", "", marks_sheet, (several,))


def _narrowed(
    corpus: Corpus,
    site: Site,
    narrowed: tuple[Narrowed, ...],
    offers: tuple[Offer, ...],
    outlines: Mapping[str, Outline],
) -> Iterator[Page]:
    size = corpus.config.page_size
    for sort in dict.fromkeys(n.sort for n in narrowed):
        own = tuple(offer for offer in offers if offer[0] == sort)
        yield Page(output_path(sort), "names.html", names_page, (site, sort, own))
    for n in narrowed:
        # Long lists have a row for an event: cards of all of them, on a page for each value they
        # have, would make most of the site's bytes.
        long = len(n.exhibits) > size
        pages = -(-len(n.exhibits) // size)
        for number in range(1, pages + 1):
            some = n.exhibits[(number - 1) * size : number * size]
            yield Page(
                output_path(*page_folder((n.sort, n.name.id), number)),
                "list.html",
                narrowed_page,
                (
                    site,
                    n.sort,
                    n.name,
                    () if long else some,
                    tuple(outlines[e.event.id] for e in some) if long else (),
                    len(n.exhibits),
                    number,
                    pages,
                ),
            )


def _files(
    corpus: Corpus,
    words: Words,
    addresses: Addresses,
    exports: Iterable[Export],
    past: Past | None,
) -> Iterator[Page]:
    """Yield the data files as one page: the package that lists them has the hashes of all."""
    paths = (*(export.path for export in exports), DATAPACKAGE)
    yield Page("data", "", _export, (corpus, words, addresses, past), paths, can_wait=True)
    yield Page(".nojekyll", "", _same, (b"",))


def _export(
    corpus: Corpus, words: Words, addresses: Addresses, past: Past | None
) -> Iterator[tuple[str, Bytes]]:
    for written in write_exports(corpus, words, addresses, past):
        yield written.path, written.content


def _collisions(pages: tuple[Page, ...], corpus: Corpus) -> tuple[Diagnostic, ...]:
    """Report pages that want the same address, as a file system that ignores case would see it."""
    found = []
    first: dict[str, str] = {}
    own: dict[str, tuple[str, Span]] = {
        output_path(page.id): (page.id, page.at.span) for page in corpus.pages
    }
    for page in pages:
        other = first.setdefault(fold_id(page.path), page.path)
        if other is page.path:
            continue
        id, span = own.get(page.path, ("", Span("content/site.yaml", 0, 0)))
        if fold_id(id) not in FOLDERS:
            found.append(
                error(
                    "address-taken",
                    span,
                    f"two pages want the address `{page.path.removesuffix('index.html')}`",
                    help="give one of them another name or id",
                )
            )
    found += [
        error(
            "address-taken",
            span,
            f"the address `{id}/` belongs to Pincite's own pages",
            help="give the file another name",
        )
        for id, span in own.values()
        if fold_id(id) in FOLDERS
    ]
    return tuple(found)
