"""Pages that lead to other pages: all kinds, actors, places, tags, periods, sources."""

from pincite.plan.exhibits import SourceHead
from pincite.plan.heads import head
from pincite.plan.lists import Counted, Offer
from pincite.plan.periods import CENTURY, DECADE, UNDATED, YEAR, Period
from pincite.plan.site import Site
from pincite.plan.urls import output_path
from pincite.plan.views import Filter, IndexView, Link


def names_page(site: Site, sort: str, offers: tuple[Offer, ...]) -> IndexView:
    """All values of one sort, with their numbers of events."""
    words = site.words
    links = tuple(
        Link(
            label=words(f"say_{id}") if sort == "status" else label,
            href=site.addresses.page(sort, id),
            count=words.number(n),
            shape=shape if sort == "kinds" else "",
        )
        for _, id, label, shape, n in offers
    )
    return _index(
        site,
        sort,
        words(f"say_{sort}"),
        words("say_index_standfirst"),
        (Filter(id=sort, label="", links=links),),
        current="timeline",
    )


def periods_page(site: Site, periods: tuple[Counted, ...]) -> IndexView:
    """All periods that have a page, gathered by decade or century where they are many."""
    words = site.words
    dated = [period for period, _ in periods if period]
    span = dated[-1].year - dated[0].year if dated else 0
    size = CENTURY if span > 300 else DECADE if span > 30 else 0
    groups: dict[str, list[Link]] = {}
    for period, n in periods:
        label = ""
        if size and period and period.size == YEAR:
            first = period.year - period.year % size
            label = Period(size=size, year=first).label(words)
        groups.setdefault(label, []).append(
            Link(
                label=period.label(words) if period else words("say_undated"),
                href=site.addresses.page("timeline", period.id if period else UNDATED),
                count=words.number(n),
            )
        )
    filters = tuple(
        Filter(id=f"g{number}", label=label, links=tuple(links))
        for number, (label, links) in enumerate(groups.items(), 1)
    )
    return _index(site, "timeline", words("say_periods"), words("say_index_standfirst"), filters)


def data_page(site: Site, downloads: tuple[tuple[str, str, str], ...]) -> IndexView:
    """All data files: (key of the word, href, media type)."""
    words = site.words
    links = tuple(
        Link(label=words(key), href=href, note=media_type) for key, href, media_type in downloads
    )
    filters = (Filter(id="data", label="", links=links),)
    said = words("say_data_standfirst")
    return _index(site, "data", words("say_data"), said, filters, description=said)


def sources_page(site: Site, sources: tuple[tuple[SourceHead, int], ...]) -> IndexView:
    """All sources, with the number of events that cite each."""
    words = site.words
    links = tuple(
        Link(
            label=source.title,
            href=site.addresses.source(source.id),
            count=words.count("say_events", n),
            note=words.joined(
                source.publisher,
                words.date(source.published) if source.published else "",
            ),
        )
        for source, n in sources
    )
    return _index(
        site,
        "sources",
        words("say_sources"),
        words.count("say_sources_standfirst", len(sources)),
        (Filter(id="sources", label="", links=links),),
    )


def _index(
    site: Site,
    folder: str,
    heading: str,
    standfirst: str,
    groups: tuple[Filter, ...],
    current: str = "",
    description: str = "",
) -> IndexView:
    """Return the page at *folder*; *current* is the word of the masthead that leads to it.

    Where the standfirst says by itself what the page is, it is the *description*.
    """
    description = description or heading + site.words("mark_colon") + standfirst
    return IndexView(
        head=head(
            site,
            output_path(folder),
            title=heading,
            description=description,
            current=current or folder,
        ),
        heading=heading,
        standfirst=standfirst,
        groups=groups,
    )
