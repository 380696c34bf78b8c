"""What searching needs: its page, its index, and the words that scripts say.

The page is complete without a script: it offers every way to narrow the timeline as a link.
"""

from collections.abc import Iterator

from pincite.exports.json_text import compact
from pincite.exports.search_index import (
    FOLDER,
    divide_shards,
    shard_paths,
    write_directory,
    write_facts,
    write_texts,
)
from pincite.plan.cards import modality_tag
from pincite.plan.exhibits import Exhibit, SourceHead
from pincite.plan.heads import head
from pincite.plan.lists import Offer
from pincite.plan.page import Page
from pincite.plan.site import Site
from pincite.plan.urls import output_path
from pincite.plan.views import Filter, IndexView, Link
from pincite.plan.words import Words

WORDS = "assets/words.js"
_OFFERED = 60  # values of a sort on the page of searching; the rest have an index of their own
_SPOKEN = "js_"  # keys of what scripts say
_SHARED = ("say_published",)  # by which a script finds its way in a page


def search_pages(
    site: Site,
    exhibits: tuple[Exhibit, ...],
    heads: tuple[SourceHead, ...],
    offers: tuple[Offer, ...],
) -> Iterator[Page]:
    """Yield the page of searching, the index in shards, and the words of the scripts."""
    sources = _source_offers(exhibits, heads)
    yield Page(
        output_path("search"),
        "search.html",
        search_page,
        (site, (*offers, *sources), len(exhibits)),
    )
    shards = divide_shards(tuple(exhibit.event for exhibit in exhibits))
    names = tuple(
        (sort, id, _label(site, sort, id, label), shape)
        for sort, id, label, shape, _ in (*offers, *sources)
    )
    yield Page(
        f"{FOLDER}/directory.js",
        "",
        write_directory,
        (tuple(map(len, shards)), names, site.addresses.index_links),
    )
    for number, (shard, (facts, texts)) in enumerate(
        zip(shards, shard_paths(len(shards)), strict=True)
    ):
        yield Page(facts, "", write_facts, (number, site.words, shard), can_wait=True)
        yield Page(texts, "", write_texts, (number, shard), can_wait=True)
    yield Page(WORDS, "", words_script, (site.words,))


def search_page(site: Site, offers: tuple[Offer, ...], total: int) -> IndexView:
    """Return all ways to narrow the timeline, the commonest first where there are many."""
    words = site.words
    groups = []
    for sort in dict.fromkeys(offer[0] for offer in offers):
        rows = [offer for offer in offers if offer[0] == sort]
        links = [_link(site, offer) for offer in sorted(rows, key=_rank)[:_OFFERED]]
        if len(rows) > _OFFERED:
            href = site.addresses.page(sort)
            links.append(Link(label=words("say_all_of", n=words.number(len(rows))), href=href))
        groups.append(Filter(id=sort, label=words(f"say_one_of_{sort}"), links=tuple(links)))
    return IndexView(
        head=head(
            site,
            output_path("search"),
            title=words("say_search"),
            description=words("say_search_description"),
            current="search",
        ),
        heading=words("say_search"),
        standfirst=words.count("say_search_standfirst", total),
        groups=tuple(groups),
        embedding=site.addresses.page("embed"),
    )


def words_script(words: Words) -> bytes:
    """Return the file that tells scripts their words."""
    table = {
        key.removeprefix(_SPOKEN): text
        for key, text in words.table.items()
        if key.startswith(_SPOKEN) or key in _SHARED
    }
    return f'pincite("words",{compact(table)});\n'.encode()


def _rank(offer: Offer) -> int:
    # Kinds and status keep the order in which the site gives them.
    return 0 if offer[0] in ("kinds", "status") else -offer[4]


def _label(site: Site, sort: str, id: str, label: str) -> str:
    return site.words(f"say_{id}") if sort == "status" else label


def _source_offers(
    exhibits: tuple[Exhibit, ...], heads: tuple[SourceHead, ...]
) -> tuple[Offer, ...]:
    """Return the sources that events cite, each with the number of those events."""
    citing: dict[str, int] = {}
    for exhibit in exhibits:
        for source in exhibit.sources:
            citing[source.id] = citing.get(source.id, 0) + 1
    return tuple(
        ("sources", source.id, source.title, "", citing[source.id])
        for source in heads
        if source.id in citing
    )


def _link(site: Site, offer: Offer) -> Link:
    sort, id, label, shape, n = offer
    modality = ""
    if sort == "status":
        tag = modality_tag(id, site.words)
        label, shape, modality = tag.label, tag.shape, id
    return Link(
        label=label,
        href=site.addresses.page(sort, id),
        count=site.words.number(n),
        shape=shape,
        modality=modality,
    )
