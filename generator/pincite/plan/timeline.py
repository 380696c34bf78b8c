"""The pages of the timeline: the front page, the index of periods, and a page or more for each."""

from collections import defaultdict
from collections.abc import Iterator

from pincite.model import Corpus
from pincite.plan.exhibits import Exhibit, Outline, SourceHead
from pincite.plan.indexes import periods_page
from pincite.plan.lists import Counted, Offer, front_page, page_folder, period_page, totals_of
from pincite.plan.overview import year_page
from pincite.plan.page import Page
from pincite.plan.periods import DAY, MONTH, UNDATED, YEAR, Period, anchor_day, divide
from pincite.plan.site import Site
from pincite.plan.urls import output_path


def timeline_pages(
    corpus: Corpus,
    site: Site,
    exhibits: tuple[Exhibit, ...],
    outlines: tuple[Outline, ...],
    heads: tuple[SourceHead, ...],
    offers: tuple[Offer, ...],
) -> Iterator[Page]:
    size = corpus.config.page_size
    by_id = {exhibit.event.id: exhibit for exhibit in exhibits}
    periods = _by_period(exhibits)
    counted: tuple[Counted, ...] = tuple((period, len(own)) for period, own in periods)
    whole = len(exhibits) <= size
    featured = tuple(by_id[id] for id in corpus.config.featured if id in by_id)
    yield Page(
        output_path(),
        "list.html",
        front_page,
        (
            site,
            corpus.config,
            outlines,
            totals_of(exhibits),
            heads,
            offers,
            () if whole else counted,
            exhibits if whole else featured,
        ),
    )
    yield Page(output_path("timeline"), "names.html", periods_page, (site, counted))
    dated = [period for period, _ in periods if period]
    for period, own in periods:
        at = dated.index(period) if period else -1
        before = dated[at - 1] if at > 0 else None
        after = dated[at + 1] if 0 <= at < len(dated) - 1 else None
        yield from _period(site, period, own, (before, after), size)


def _by_period(
    exhibits: tuple[Exhibit, ...],
) -> list[tuple[Period | None, tuple[Exhibit, ...]]]:
    """Group by the period whose page holds an event: its year, or far away a larger one."""
    groups: dict[Period | None, list[Exhibit]] = defaultdict(list)
    for exhibit in exhibits:
        day = anchor_day(exhibit.event)
        groups[year_page(day.year) if day else None].append(exhibit)
    periods = sorted((p for p in groups if p), key=lambda p: p.year)
    ordered = [(period, tuple(groups[period])) for period in periods]
    return ordered + ([(None, tuple(groups[None]))] if None in groups else [])


def _period(
    site: Site,
    period: Period | None,
    exhibits: tuple[Exhibit, ...],
    neighbours: tuple[Period | None, Period | None],
    size: int,
) -> Iterator[Page]:
    """Yield the pages of a period: one, or its index and those of its months, or numbered ones."""
    id = period.id if period else UNDATED
    shorter = {YEAR: MONTH, MONTH: DAY}.get(period.size) if period else None
    if len(exhibits) > size and shorter is not None:
        by_id = {e.event.id: e for e in exhibits}
        parts = divide(tuple(e.event for e in exhibits), shorter)
        counted = tuple((part, len(events)) for part, events in parts)
        yield Page(
            output_path("timeline", id),
            "list.html",
            period_page,
            (site, period, (), counted, neighbours, 1, 1),
        )
        inner = [part for part, _ in parts]
        for at, (part, events) in enumerate(parts):
            near = (inner[at - 1] if at else None, inner[at + 1] if at + 1 < len(inner) else None)
            yield from _period(site, part, tuple(by_id[e.id] for e in events), near, size)
        return
    pages = max(1, -(-len(exhibits) // size))
    for number in range(1, pages + 1):
        some = exhibits[(number - 1) * size : number * size]
        yield Page(
            output_path(*page_folder(("timeline", id), number)),
            "list.html",
            period_page,
            (site, period, some, (), neighbours, number, pages),
        )
