"""Where figures for the same measure differ: the list of such measures, and a page for each.

Figures stand side by side, each with its speaker and its words; they are never added, averaged
or ranked, and what is not compared is shown with the reason.
"""

from collections.abc import Iterator
from itertools import islice

from pincite.model import Citation, Figure
from pincite.plan.cards import card, figure_number
from pincite.plan.chart import Chart, Given, draw_chart
from pincite.plan.disagreement_views import (
    DisagreementsView,
    DisagreementView,
    FigureRow,
    Panel,
    Statement,
)
from pincite.plan.heads import head
from pincite.plan.measures import GivenFigure, Measure, claim_of, figure_of, voice_of
from pincite.plan.page import Page
from pincite.plan.site import Site
from pincite.plan.urls import encode, output_path
from pincite.plan.views import ClaimView, Link
from pincite.plan.words import direction

_MOST_BARS = 100  # a longer chart is no picture any more: its table says the same
_MOST_PANELS = 12  # charts on the page that lists the measures
_MOST_IN_PANEL = 8  # figures of one of them


def disagreement_pages(site: Site, measures: tuple[Measure, ...], page_size: int) -> Iterator[Page]:
    """Yield the list of *measures*, where there are any, and a page for each."""
    if measures:
        yield Page(
            output_path("disagreements"), "disagreements.html", disagreements_page, (site, measures)
        )
    for measure in measures:
        yield Page(
            output_path("disagreements", measure.id),
            "disagreement.html",
            disagreement_page,
            (site, measure, page_size),
        )


def disagreements_page(site: Site, measures: tuple[Measure, ...]) -> DisagreementsView:
    words = site.words
    short = (measure for measure in measures if len(measure.figures) <= _MOST_IN_PANEL)
    drawn = tuple(islice(short, _MOST_PANELS))
    return DisagreementsView(
        head=head(
            site,
            output_path("disagreements"),
            title=words("say_disagreements"),
            description=words("say_disagreements_standfirst"),
            current="disagreements",
        ),
        heading=words("say_disagreements"),
        standfirst=words("say_disagreements_standfirst"),
        panels=tuple(
            Panel(
                id=f"m-{measure.id}",
                label=measure.label,
                href=site.addresses.page("disagreements", measure.id),
                note=_count(site, measure),
                chart=_chart(site, measure) if measure in drawn else None,
                rows=_rows(site, measure) if measure in drawn else (),
            )
            for measure in measures
        ),
    )


def disagreement_page(site: Site, measure: Measure, most_cards: int) -> DisagreementView:
    """Build the page of one measure; beyond *most_cards* the table alone says the rest."""
    words = site.words
    claims = tuple(dict.fromkeys((g.exhibit.event.id, g.claim) for g in measure.figures))
    first = {(g.exhibit.event.id, g.claim): g for g in reversed(measure.figures)}
    return DisagreementView(
        head=head(
            site,
            output_path("disagreements", measure.id),
            title=measure.label,
            description=_count(site, measure),
            current="disagreements",
        ),
        above=Link(label=words("say_disagreements"), href=site.addresses.page("disagreements")),
        heading=measure.label,
        standfirst=" ".join((_count(site, measure), words("say_none_preferred"))),
        caption=_caption(site, measure),
        chart=_chart(site, measure),
        rows=_rows(site, measure),
        statements=tuple(_statement(site, first[key], "") for key in islice(claims, most_cards)),
        more=words.count("say_and_more_figures", len(claims) - most_cards)
        if len(claims) > most_cards
        else "",
        aside=tuple(
            _statement(site, given, _why_aside(site, given))
            for given in islice(measure.aside, most_cards)
        ),
        differences=tuple(_differences(site, measure)),
    )


def _why_aside(site: Site, given: GivenFigure) -> str:
    withdrawn = given.exhibit.event.withdrawn
    if withdrawn is not None:
        return site.words(
            "say_withdrawn", date=site.words.date(withdrawn.date), note=withdrawn.note
        )
    return site.words("say_no_number")


def _who(site: Site, given: GivenFigure) -> str:
    """Name the speaker: whom the claim is attributed to, or else the sources that say so."""
    claim = claim_of(given)
    if claim.attributed_to:
        return claim.attributed_to
    cited = dict.fromkeys(c.source for c in claim.citations if c.stance == "supports")
    names = [given.exhibit.source(id).name for id in cited]
    return site.words.listed(list(dict.fromkeys(names))) or site.words("say_nobody_named")


def _speakers(site: Site, measure: Measure) -> list[str]:
    return list(dict.fromkeys(_who(site, given) for given in measure.figures))


def _count(site: Site, measure: Measure) -> str:
    words = site.words
    return words(
        "say_figures_of_voices",
        figures=words.count("say_figures", len(measure.figures)),
        voices=words.count("say_speakers", len(_speakers(site, measure))),
    )


def _said(site: Site, figure: Figure) -> str:
    """Say a figure with its qualifier, as shortly as it is true."""
    number = figure_number(figure, site.words)
    if figure.qualifier in ("approx", "at-least", "up-to"):
        return site.words(f"say_{figure.qualifier}_number", n=number)
    return number


def _day(site: Site, given: GivenFigure) -> str:
    date = given.exhibit.event.date
    return site.words.date(date) if date else site.words("say_no_day")


def _is_drawn(measure: Measure) -> bool:
    return len(measure.figures) <= _MOST_BARS


def _units(measure: Measure) -> list[str]:
    return list(dict.fromkeys(figure_of(given).unit for given in measure.figures))


def _chart(site: Site, measure: Measure) -> Chart | None:
    if not _is_drawn(measure):
        return None
    words = site.words
    same_unit = len(_units(measure)) == 1
    given = []
    for one in measure.figures:
        figure = figure_of(one)
        said = _said(site, figure)
        who, day = _who(site, one), _day(site, one)
        unit = figure.unit
        counted = words("say_with_unit", who=who, unit=unit) if unit and not same_unit else who
        given.append(
            Given(
                low=figure.low,
                high=figure.high,
                qualifier=figure.qualifier,
                who=counted,
                when=day,
                said=said,
                label=words("say_bar", who=who, figure=f"{said} {unit}".strip(), when=day),
                href=_proof_href(site, one),
            )
        )
    return draw_chart(
        given,
        words("say_chart", measure=measure.label),
        words.number,
        rtl=direction(site.language) == "rtl",
    )


def _proof_href(site: Site, given: GivenFigure) -> str:
    """Return where the words stand that the figure rests on, or else the event."""
    event = given.exhibit.event
    supporting = [c for c in claim_of(given).citations if c.stance == "supports"]
    for citation in supporting:
        if isinstance(citation, Citation):
            return site.addresses.citation(citation.source, event.id, citation.n)
    return f"{site.addresses.event(event.id)}#{encode(f'e-{event.id}')}"


def _rows(site: Site, measure: Measure) -> tuple[FigureRow, ...]:
    rows = []
    for given in measure.figures:
        event, claim, figure = given.exhibit.event, claim_of(given), figure_of(given)
        proof = next(
            (c for c in claim.citations if isinstance(c, Citation) and c.stance == "supports"),
            None,
        )
        place = ""
        if proof is not None:
            place = site.words(
                "say_place",
                source=given.exhibit.source(proof.source).name,
                paragraph=site.words("say_pilcrow", n=proof.paragraph.removeprefix("p")),
            )
        rows.append(
            FigureRow(
                who=_who(site, given),
                when=_day(site, given),
                event=site.addresses.event(event.id),
                place=place,
                href=_proof_href(site, given) if proof is not None else "",
                number=figure_number(figure, site.words),
                qualifier=site.words(f"say_qualifier_{figure.qualifier or 'none'}"),
                unit=figure.unit,
                modality=""
                if event.modality == "occurred"
                else site.words(f"say_{event.modality}"),
            )
        )
    return tuple(rows)


def _statement(site: Site, given: GivenFigure, why: str) -> Statement:
    shown = card(site, given.exhibit)
    claim: ClaimView = shown.claims[given.claim - 1]
    return Statement(
        href=shown.href,
        when=shown.when,
        modality=shown.modality,
        claim=claim,
        by=claim.by or _who(site, given),
        why=why,
    )


def _caption(site: Site, measure: Measure) -> str:
    words = site.words
    qualifiers = {figure_of(given).qualifier for given in measure.figures}
    said = []
    if not _is_drawn(measure):
        said.append(words("say_chart_too_long", n=words.number(_MOST_BARS)))
    else:
        if "approx" in qualifiers:
            said.append(words("say_chart_soft"))
        if qualifiers & {"at-least", "up-to"}:
            said.append(words("say_chart_open"))
        said.append(words("say_chart_links"))
    return " ".join(said)


def _differences(site: Site, measure: Measure) -> Iterator[tuple[str, str]]:
    """Say, from the data alone, in what else the figures differ but their numbers."""
    words = site.words
    days = [given.exhibit.event.date for given in measure.figures]
    undated = sum(day is None for day in days)
    if undated == len(days):
        yield words("say_differ_day"), words("say_differ_no_day")
    elif undated or len({day.edtf for day in days if day}) > 1:
        text = words("say_differ_days") if len({d.edtf for d in days if d}) > 1 else ""
        if undated:
            text = f"{text} {words.count('say_differ_undated', undated)}".strip()
        yield words("say_differ_day"), text
    units = [unit for unit in _units(measure) if unit]
    if len(_units(measure)) > 1:
        shown = words.listed([words("say_in_quotes", text=unit) for unit in units])
        yield words("say_differ_unit"), words("say_differ_units", units=shown)
    qualifiers = {figure_of(given).qualifier for given in measure.figures}
    if len(qualifiers) > 1:
        yield words("say_differ_exact"), words("say_differ_qualifiers")
    yield (
        words("say_differ_who"),
        words(
            "say_differ_speakers",
            speakers=words("mark_semicolon").join(_speakers(site, measure)[:20]),
        ),
    )
    sources = sorted({source for given in measure.figures for source in voice_of(given)[1]})
    if len(sources) == 1:
        name = measure.figures[0].exhibit.source(sources[0]).name
        yield words("say_differ_source"), words("say_differ_one_source", name=name)
