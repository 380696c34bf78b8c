"""What the templates of disagreements are told; see ``plan.views``."""

from dataclasses import dataclass

from pincite.plan.chart import Chart
from pincite.plan.views import ClaimView, Head, Link, Tag, When


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureRow:
    """A figure in the table of its measure."""

    who: str
    when: str
    event: str  # href
    place: str  # "EU Today, ¶ 3"; empty where nothing is proven
    href: str  # of the words it rests on, or ""
    number: str
    qualifier: str
    unit: str
    modality: str  # "Predicted", or ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A claim that gives a figure, beside its proof; *why* says why it is not compared."""

    href: str  # of the event
    when: When
    modality: Tag | None
    claim: ClaimView
    by: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DisagreementView:
    """The figures that are given for one measure."""

    head: Head
    above: Link
    heading: str
    standfirst: str
    caption: str
    chart: Chart | None
    rows: tuple[FigureRow, ...]
    statements: tuple[Statement, ...]
    more: str  # how many statements the table alone has, or ""
    aside: tuple[Statement, ...]
    differences: tuple[tuple[str, str], ...]  # (in what, a sentence)


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """One measure in the list of all: its chart, and the same figures as rows."""

    id: str
    label: str
    href: str
    note: str  # "2 figures, from 2 speakers."
    chart: Chart | None
    rows: tuple[FigureRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DisagreementsView:
    head: Head
    heading: str
    standfirst: str
    panels: tuple[Panel, ...]
