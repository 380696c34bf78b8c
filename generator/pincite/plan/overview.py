"""The overview drawing of a list of events, from outlines to marks."""

from collections.abc import Callable

from pincite.dates import Date, Kind, day_from_number, day_number
from pincite.model import Era
from pincite.plan import drawing
from pincite.plan.exhibits import Outline, SourceHead
from pincite.plan.periods import DAY, MONTH, UNDATED, YEAR, Period, period_of
from pincite.plan.site import Site
from pincite.plan.words import direction, month_names


def overview(
    site: Site,
    outlines: tuple[Outline, ...],
    sources: tuple[SourceHead, ...],
    eras: tuple[Era, ...],
    *,
    in_list: bool,
) -> drawing.Drawing | None:
    """Draw *outlines*; marks lead into the list below (*in_list*) or to the events' own pages."""
    if not outlines:
        return None
    words = site.words
    lanes = {
        e.kind.id: drawing.Lane(id=e.kind.id, label=e.kind.label, path=e.shape) for e in outlines
    }
    order = {kind: number for number, kind in enumerate(site.kinds)}
    dated = [e.date for e in outlines if e.date]
    title = words.count("say_drawing", len(outlines))
    if dated:
        title += " " + words(
            "say_drawing_span", first=words.date(dated[0]), last=words.date(dated[-1])
        )
    return drawing.draw(
        [_mark(site, outline, in_list) for outline in outlines],
        sorted(lanes.values(), key=lambda lane: order.get(lane.id, len(order))),
        title=title,
        speech=drawing.Speech(
            words=words.table,
            months=month_names(site.language),
            say_span=_say_span(site),
            say_count=lambda n: words.count("say_events", n),
            find_page=_find_page(site),
            rtl=direction(site.language) == "rtl",
        ),
        publications=[
            drawing.Publication(
                href=site.addresses.source(source.id),
                label=words(
                    "say_published_on", name=source.name, date=words.date(source.published)
                ),
                first=_number(source.published, first=True),
                last=_number(source.published, first=False),
            )
            for source in sources
            if source.published
        ],
        eras=[
            drawing.Era(
                label=era.label,
                first=_number(era.start, first=True),
                last=_number(era.end, first=False),
            )
            for era in eras
        ],
    )


def _mark(site: Site, event: Outline, in_list: bool) -> drawing.Mark:
    date = event.date
    shape = None
    if date and date.kind is Kind.INTERVAL:
        shape = "interval" if date.earliest and date.latest else None
        if date.end_open and event.modality in ("occurred", "ongoing"):
            shape = "ongoing"
    return drawing.Mark(
        id=event.id,
        href=f"#e-{event.id}" if in_list else site.addresses.event(event.id),
        label=site.words.joined(event.title, site.words.date(date)),
        lane=event.kind.id,
        first=_number(date, first=True),
        last=_number(date, first=False),
        shape=shape,  # type: ignore[arg-type]
        modality=event.modality,
        about=bool(date and date.approximate),
    )


def _number(date: Date | None, *, first: bool) -> int | None:
    day = (date.earliest if first else date.latest) if date else None
    return day_number(day) if day else None


def _say_span(site: Site) -> Callable[[int, int], str]:
    def say(first: int, last: int) -> str:
        start, end = day_from_number(first), day_from_number(last)
        for size in (DAY, MONTH, YEAR):
            period = period_of(start, size)
            if period == period_of(end, size):
                return period.label(site.words)
        return site.words(
            "say_years",
            first=period_of(start, YEAR).label(site.words),
            last=period_of(end, YEAR).label(site.words),
        )

    return say


def _find_page(site: Site) -> Callable[[int | None], str]:
    def find(day: int | None) -> str:
        if day is None:
            return site.addresses.page("timeline", UNDATED)
        return site.addresses.page("timeline", year_page(day_from_number(day).year).id)

    return find


def year_page(year: int) -> Period:
    """Return the period whose page holds *year*: the year itself, or, far away, a larger one."""
    size = YEAR
    while abs(year) // size > 9999:
        size *= 10
    return Period(size=size, year=year - year % size)
