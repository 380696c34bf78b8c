"""Which figures are given for the same measure, by whom, and where they disagree."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite

from pincite.link.names import slug
from pincite.model import Claim, Event, Figure
from pincite.plan.exhibits import Exhibit
from pincite.plan.site import Site


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenFigure:
    """One figure as a claim of an event gives it."""

    exhibit: Exhibit
    claim: int  # counts from 1
    figure: int  # counts from 0

    @property
    def digest_parts(self) -> tuple[object, ...]:
        return (self.exhibit, self.claim, self.figure)


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """All figures given for one measure. *figures* are compared, *aside* are not."""

    id: str
    label: str  # as it is written first
    spellings: tuple[str, ...]
    figures: tuple[GivenFigure, ...]
    aside: tuple[GivenFigure, ...]

    @property
    def digest_parts(self) -> tuple[object, ...]:
        return (self.id, self.label, self.spellings, self.figures, self.aside)


def find_disagreements(exhibits: tuple[Exhibit, ...]) -> tuple[Measure, ...]:
    """Return the measures for which two voices give two figures, in order of their labels.

    Measures are the same whose words are; capitals and punctuation do not count. What a withdrawn
    event says, and a figure without a number, is put aside.
    """
    groups: dict[str, list[GivenFigure]] = {}
    for exhibit in exhibits:
        for claim in exhibit.event.claims:
            for at, figure in enumerate(claim.figures):
                given = GivenFigure(exhibit=exhibit, claim=claim.number, figure=at)
                groups.setdefault(slug(figure.measure), []).append(given)
    found = []
    for id, group in groups.items():
        compared = tuple(given for given in group if _is_compared(given))
        voices = {voice_of(given) for given in compared}
        if len(voices) < 2 or len({_value(figure_of(given)) for given in compared}) < 2:
            continue
        spellings = tuple(dict.fromkeys(figure_of(given).measure for given in group))
        found.append(
            Measure(
                id=id,
                label=spellings[0],
                spellings=spellings,
                figures=compared,
                aside=tuple(given for given in group if not _is_compared(given)),
            )
        )
    return tuple(sorted(found, key=lambda measure: (measure.label.casefold(), measure.id)))


def claim_of(given: GivenFigure) -> Claim:
    return given.exhibit.event.claims[given.claim - 1]


def figure_of(given: GivenFigure) -> Figure:
    return claim_of(given).figures[given.figure]


def measure_links(site: Site, measures: tuple[Measure, ...]) -> dict[str, str]:
    """Return where each spelling of a measure leads."""
    return {
        spelling: site.addresses.page("disagreements", measure.id)
        for measure in measures
        for spelling in measure.spellings
    }


def measures_of(event: Event, links: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Return (measure, address) for each measure of *event* on which figures disagree."""
    own = dict.fromkeys(figure.measure for claim in event.claims for figure in claim.figures)
    return tuple((measure, links[measure]) for measure in own if measure in links)


def _is_compared(given: GivenFigure) -> bool:
    figure = figure_of(given)
    ends = [n for n in (figure.low, figure.high) if n is not None]
    return bool(ends) and all(map(isfinite, ends)) and given.exhibit.event.withdrawn is None


def _value(figure: Figure) -> tuple[object, ...]:
    """Return what two figures must share to be no disagreement."""
    low, high = figure.low, figure.high
    if low is None or high is None:
        low = high = high if low is None else low
    return low, high, figure.qualifier if figure.qualifier in ("at-least", "up-to") else ""


def voice_of(given: GivenFigure) -> tuple[str, tuple[str, ...]]:
    """Return who speaks, and where."""
    claim = claim_of(given)
    sources = sorted({c.source for c in claim.citations if c.stance == "supports"})
    return slug(claim.attributed_to) if claim.attributed_to else "", tuple(sources)
