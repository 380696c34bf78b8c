"""Lists of events: the front page, a period, and the timeline narrowed to a kind, actor, place."""

from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from pincite.model import Citation, Config, Name
from pincite.plan.cards import card, modality_tag
from pincite.plan.exhibits import Exhibit, Outline, SourceHead
from pincite.plan.heads import head
from pincite.plan.oembed import list_links
from pincite.plan.overview import overview
from pincite.plan.periods import UNDATED, D, Period, anchor_day, divide, fitting_size
from pincite.plan.site import Site
from pincite.plan.urls import output_path
from pincite.plan.views import Card, Filter, Group, Link, ListView, Tally
from pincite.plan.words import Words, bind_date

# How many values of a sort the front page offers before it leaves the rest to their index.
_OFFERED = 12
# (sort, id, label, shape, number of events): all that a filter says of a narrowed list.
Offer = tuple[str, str, str, str, int]
# (period or None for the undated, number of events)
Counted = tuple[Period | None, int]


class Totals(NamedTuple):
    """How much there is on the whole site."""

    events: int
    claims: int
    citations: int
    proven: int  # citations
    single: int  # events that rest on one source, or on none


def totals_of(exhibits: tuple[Exhibit, ...]) -> Totals:
    claims = [claim for e in exhibits for claim in e.event.claims]
    citations = [c for claim in claims for c in claim.citations]
    return Totals(
        events=len(exhibits),
        claims=len(claims),
        citations=len(citations),
        proven=sum(isinstance(c, Citation) for c in citations),
        single=sum(len(e.sources) < 2 for e in exhibits),
    )


def front_page(
    site: Site,
    config: Config,
    outlines: tuple[Outline, ...],
    totals: Totals,
    sources: tuple[SourceHead, ...],
    offers: tuple[Offer, ...],
    periods: tuple[Counted, ...],
    shown: tuple[Exhibit, ...],
) -> ListView:
    """*shown* are the events that the page holds: all, or with *periods* those that are featured.

    *outlines* are those of all.
    """
    words = site.words
    whole = not periods
    tally = _tally(words, totals, sources)
    counted = words("mark_semicolon").join(f"{item.number} {item.label}" for item in tally)
    return ListView(
        head=head(
            site,
            output_path(),
            title=site.title,
            description=config.description or counted,
            current="timeline",
        ),
        is_front=True,
        above=None,
        eyebrow="",
        heading=site.title,
        standfirst=config.description,
        tally=tally,
        drawing=overview(site, outlines, sources, config.eras, in_list=whole),
        filters=_filters(site, offers, totals.events),
        periods=_index(site, periods),
        featured=() if whole else tuple(card(site, exhibit) for exhibit in shown),
        groups=_groups(site, shown) if whole else (),
        facts=(),
        pager=(),
        before=None,
        after=None,
    )


def period_page(
    site: Site,
    period: Period | None,
    exhibits: tuple[Exhibit, ...],
    parts: tuple[Counted, ...],
    neighbours: tuple[Period | None, Period | None],
    number: int,
    pages: int,
) -> ListView:
    """*parts* are the shorter periods that hold the events where one page cannot."""
    words = site.words
    label = _period_label(words, period)
    folder = page_folder(("timeline", period.id if period else UNDATED), number)
    n = sum(count for _, count in parts) if parts else len(exhibits)
    before, after = neighbours
    standfirst = words.count("say_events", n) if period else words("say_undated_note")
    return ListView(
        head=head(
            site,
            output_path(*folder),
            title=label,
            description=label + words("mark_colon") + standfirst,
            current="timeline",
        ),
        is_front=False,
        above=Link(label=words("say_all_periods"), href=site.addresses.page("timeline")),
        eyebrow=words("say_period"),
        heading=label,
        standfirst=standfirst,
        tally=(),
        drawing=None,
        filters=(),
        periods=_index(site, parts),
        featured=(),
        groups=() if parts else _groups(site, exhibits),
        facts=(),
        pager=_pager(site, ("timeline", period.id if period else UNDATED), number, pages),
        before=_period_link(site, before) if before else None,
        after=_period_link(site, after) if after else None,
    )


def narrowed_page(
    site: Site,
    sort: str,
    name: Name,
    exhibits: tuple[Exhibit, ...],
    outlines: tuple[Outline, ...],
    total: int,
    number: int,
    pages: int,
) -> ListView:
    """One page of the list narrowed to *name*: of *exhibits*, or of *outlines* where it is long."""
    words = site.words
    label = words(f"say_{name.id}") if sort == "status" else name.label
    facts = []
    if name.wikidata:
        facts.append(Link(label="Wikidata", href=f"https://www.wikidata.org/wiki/{name.wikidata}"))
    if name.lat is not None and name.lon is not None:
        note = words(f"say_precision_{name.precision}") if name.precision else ""
        facts.append(Link(label=f"{name.lat}, {name.lon}", href="", note=note))
    note = words("say_also_called", names=words.listed(list(name.aliases))) if name.aliases else ""
    return ListView(
        head=head(
            site,
            output_path(*page_folder((sort, name.id), number)),
            title=label,
            description=name.description or words.count("say_events", total),
            current="timeline",
            alternates=list_links(site, label, sort, name.id) if number == 1 else (),
        ),
        is_front=False,
        above=Link(label=words(f"say_{sort}"), href=site.addresses.page(sort)),
        eyebrow=words(f"say_one_of_{sort}"),
        heading=label,
        standfirst=" ".join(filter(None, (name.description, note))),
        tally=(Tally(number=words.number(total), label=words.count("say_of_events", total)),),
        drawing=None,
        filters=(),
        periods=(),
        featured=(),
        groups=_groups(site, exhibits) or _groups_of_rows(site, outlines),
        facts=tuple(facts),
        pager=_pager(site, (sort, name.id), number, pages),
        before=None,
        after=None,
    )


def page_folder(folder: tuple[str, ...], number: int) -> tuple[str, ...]:
    """Return where the page *number* of a list is; the first has the list's own address."""
    return folder if number == 1 else (*folder, str(number))


def _tally(words: Words, totals: Totals, sources: tuple[SourceHead, ...]) -> tuple[Tally, ...]:
    n, claims = totals.events, words.count("say_claims", totals.claims)
    rows = [
        Tally(
            number=words.number(n),
            label=words.count("say_tally_events", n, claims=claims),
        )
    ]
    if totals.citations:
        rows.append(
            Tally(
                number=words(
                    "say_of",
                    part=words.number(totals.proven),
                    all=words.number(totals.citations),
                ),
                label=words("say_tally_quotations"),
            )
        )
    note = "say_tally_no_second" if n and totals.single == n else "say_tally_sources"
    rows.append(
        Tally(
            number=words.number(len(sources)),
            label=words.count(note, len(sources), single=words.number(totals.single)),
        )
    )
    return tuple(rows)


def _filters(site: Site, offers: tuple[Offer, ...], total: int) -> tuple[Filter, ...]:
    words = site.words
    found = []
    for sort in dict.fromkeys(offer[0] for offer in offers):
        rows = [offer for offer in offers if offer[0] == sort]
        if sort in ("voices", "actors", "places", "tags", "sources"):
            rows.sort(key=lambda offer: -offer[4])
        links = [_offer_link(site, offer) for offer in rows[:_OFFERED]]
        if sort == "kinds":
            links.insert(
                0,
                Link(
                    label=words("say_all"),
                    href=site.addresses.page(),
                    count=words.number(total),
                    current=True,
                ),
            )
        if len(rows) > _OFFERED:
            links.append(
                Link(
                    label=words("say_all_of", n=words.number(len(rows))),
                    href=site.addresses.page(sort),
                )
            )
        found.append(Filter(id=sort, label=words(f"say_one_of_{sort}"), links=tuple(links)))
    return tuple(found)


def _offer_link(site: Site, offer: Offer) -> Link:
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


def _index(site: Site, periods: tuple[Counted, ...]) -> tuple[Filter, ...]:
    """Return links to periods, gathered under the longer period they belong to."""
    if not periods:
        return ()
    words = site.words
    links = tuple(
        Link(
            label=_period_label(words, period),
            href=site.addresses.page("timeline", period.id if period else UNDATED),
            count=words.number(count),
        )
        for period, count in periods
    )
    return (Filter(id="periods", label=words("say_periods"), links=links),)


def _period_link(site: Site, period: Period) -> Link:
    label = _period_label(site.words, period)
    return Link(label=label, href=site.addresses.page("timeline", period.id))


@lru_cache(maxsize=2048)  # the same stretches of time divide many lists
def _period_label(words: Words, period: Period | None) -> str:
    return period.label(words) if period else words("say_undated")


def _groups(site: Site, exhibits: tuple[Exhibit, ...]) -> tuple[Group, ...]:
    by_id = {exhibit.event.id: exhibit for exhibit in exhibits}
    events = tuple(exhibit.event for exhibit in exhibits)
    return tuple(
        _group(site, period, len(own), cards=tuple(card(site, by_id[event.id]) for event in own))
        for period, own in _divide(events)
    )


def _groups_of_rows(site: Site, outlines: tuple[Outline, ...]) -> tuple[Group, ...]:
    return tuple(
        _group(
            site,
            period,
            len(own),
            rows=tuple(
                Link(
                    label=outline.title,
                    href=site.addresses.event(outline.id),
                    note=bind_date(site.words.date(outline.date)),
                    shape=outline.shape,
                    modality=outline.modality,
                )
                for outline in own
            ),
        )
        for period, own in _divide(outlines)
    )


def _divide(events: tuple[D, ...]) -> tuple[tuple[Period | None, tuple[D, ...]], ...]:
    return divide(events, fitting_size([day for day in map(anchor_day, events) if day]))


def _group(
    site: Site,
    period: Period | None,
    count: int,
    *,
    cards: tuple[Card, ...] = (),
    rows: tuple[Link, ...] = (),
) -> Group:
    words = site.words
    return Group(
        id=f"t-{period.id if period else UNDATED}",
        label=_period_label(words, period),
        count=words.count("say_events", count),
        note="" if period else words("say_undated_note"),
        cards=cards,
        rows=rows,
    )


def _pager(site: Site, folder: tuple[str, ...], number: int, pages: int) -> tuple[Link, ...]:
    if pages < 2:
        return ()
    near = {1, pages, *range(number - 2, number + 3)}
    shown = [n for n in range(1, pages + 1) if n in near]
    links = []
    for previous, n in pairwise([0, *shown]):
        if previous and n > previous + 1:
            links.append(Link(label="…", href=""))
        links.append(
            Link(
                label=site.words.number(n),
                href=site.addresses.page(*page_folder(folder, n)),
                current=n == number,
            )
        )
    return tuple(links)
