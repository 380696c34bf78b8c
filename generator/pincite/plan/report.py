"""The evidence report: what the build checked, what it found, what a careful reader should know."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pincite.base.diagnostics import Diagnostic
from pincite.base.text import Span, Text
from pincite.dates import Date, html_datetime
from pincite.model import Citation, Event
from pincite.plan.heads import head
from pincite.plan.site import Site
from pincite.plan.urls import output_path
from pincite.plan.views import Dated, Finding, Link, ReportView, Row, Tally

_MOST = 500  # items of one kind on the page; the rest is counted
_MARKS = re.compile(r"(?<![^\s(“])`(?=\S)|(?<=\S)`(?![^\s,.;:)?!”’])")  # opening and closing
_BASES = ("stated", "resolved", "editor", "undated")
_LOOKED_FOR = (
    "uncited-with-reason",
    "unverified-citation",
    "unproven-source",
    "source-unused",
    "single-source",
    "source-not-archived",
    "source-not-retrieved",
    "number-not-quoted",
    "hedge-outside-quote",
    "quote-edge",
    "date-text-not-quoted",
    "snapshot-block-lost",
    "future-event",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What is found of one code, as readers may see it."""

    code: str
    total: int
    items: tuple[tuple[str, str], ...]  # message and place, content/events/2025.yaml:9:14


def tell(found: Iterable[Diagnostic], places: "Places") -> tuple[Told, ...]:
    """Return what readers may see of what is *found*, by code and place."""
    groups: dict[str, list[Diagnostic]] = defaultdict(list)
    for d in sorted(found, key=lambda d: (d.code, d.span)):
        groups[d.code].append(d)
    return tuple(
        Told(
            code=code,
            total=len(group),
            items=tuple((d.message, places(d.span)) for d in group[:_MOST]),
        )
        for code, group in groups.items()
    )


class Places:
    """Says where something was found: content/events/2025.yaml:9:14.

    *known* are lines and columns by path and offset: a file in which nothing moved is not looked
    into again. What was asked for is in *said*.
    """

    def __init__(
        self, texts: Mapping[str, Text], known: Mapping[str, Mapping[int, str]] | None = None
    ) -> None:
        self._texts = texts
        self._known = known or {}
        self.said: dict[str, dict[int, str]] = defaultdict(dict)

    def __call__(self, span: Span) -> str:
        place = self._known.get(span.path, {}).get(span.start)
        if place is None:
            if span.path not in self._texts:
                return span.path
            line, column = self._texts[span.path].locate(span.start)
            place = f"{line}:{column}"
        self.said[span.path][span.start] = place
        return f"{span.path}:{place}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What the report says of all events together: it is the same while their facts are."""

    citations: int
    found: int  # of them, those that were
    exact: bool  # whether all of these are word for word
    claims: int
    cited: int
    voices: tuple[tuple[str, int, tuple[tuple[str, str], ...]], ...]  # who, claims, paragraphs
    bases: tuple[tuple[str, int], ...]  # of dates
    corrections: tuple[tuple[Date, str, str, str], ...]  # when, note, title and id of the event


def evidence_of(events: Iterable[Event]) -> Evidence:
    citations = found = claims = cited = 0
    exact = True
    voices: Counter[str] = Counter()
    places: dict[str, dict[tuple[str, str], None]] = defaultdict(dict)
    bases: Counter[str] = Counter()
    corrections: list[tuple[Date, str, str, str]] = []
    for event in events:
        bases[(event.date_basis or "stated") if event.date else "undated"] += 1
        claims += len(event.claims)
        for claim in event.claims:
            proven = [c for c in claim.citations if isinstance(c, Citation)]
            citations += len(claim.citations)
            found += len(proven)
            cited += bool(proven)
            exact = exact and all(c.match == "exact" for c in proven)
            if claim.attributed_to:
                voices[claim.attributed_to] += 1
                for c in claim.citations:
                    if c.stance == "supports" and c.paragraph:
                        places[claim.attributed_to][c.source, c.paragraph] = None
        notes = (*event.corrections, *((event.withdrawn,) if event.withdrawn else ()))
        corrections += ((note.date, note.note, event.title, event.id) for note in notes)
    often = sorted(voices.items(), key=lambda pair: (-pair[1], pair[0]))[:_MOST]
    return Evidence(
        citations=citations,
        found=found,
        exact=exact,
        claims=claims,
        cited=cited,
        voices=tuple((voice, n, tuple(list(places[voice])[:20])) for voice, n in often),
        bases=tuple((b, bases[b]) for b in _BASES if bases[b]),
        corrections=tuple(sorted(corrections, key=lambda row: row[0].sort_key, reverse=True)),
    )


def report_page(
    site: Site, evidence: Evidence, sources: tuple[int, int], told: tuple[Told, ...]
) -> ReportView:
    """*sources* are how many there are with a snapshot, and in all."""
    words = site.words
    findings = (
        *(_finding(site, one) for one in told),
        *_voices(site, evidence),
        _bases(site, evidence),
    )
    codes = {one.code for one in told}
    exact = evidence.exact
    return ReportView(
        head=head(
            site,
            output_path("report"),
            title=words("say_report"),
            description=words("say_report_description"),
            current="report",
        ),
        standfirst=words("say_report_standfirst"),
        tally=(
            Tally(
                number=_of(site, evidence.found, evidence.citations),
                label=words("say_report_quotations_exact" if exact else "say_report_quotations"),
            ),
            Tally(number=_of(site, *sources), label=words("say_report_snapshots")),
            Tally(
                number=_of(site, evidence.cited, evidence.claims), label=words("say_report_claims")
            ),
            Tally(number=words.number(0), label=words("say_report_faults")),
            Tally(number=words.number(len(codes)), label=words("say_report_kinds")),
        ),
        findings=findings,
        corrections=_corrections(site, evidence),
        clear=tuple((words(f"finding_{code}"), code) for code in _LOOKED_FOR if code not in codes),
    )


def _of(site: Site, part: int, whole: int) -> str:
    words = site.words
    return words("say_of", part=words.number(part), all=words.number(whole))


def _sentence(text: str) -> str:
    """Return a message as a sentence, without the marks around what it names.

    A mark amid a name is the author's and stays.
    """
    return _MARKS.sub("", text[:1].upper() + text[1:])


def _finding(site: Site, told: Told) -> Finding:
    items = [Row(cells=(_sentence(message),), note=place) for message, place in told.items]
    if told.total > len(items):
        more = site.words.count("say_and_more", told.total - len(items))
        items.append(Row(cells=(more,)))
    return Finding(
        id=f"r-{told.code}",
        heading=site.words(f"finding_{told.code}"),
        code=told.code,
        text=site.words(f"finding_{told.code}_text"),
        items=tuple(items),
    )


def _voices(site: Site, evidence: Evidence) -> tuple[Finding, ...]:
    """Who speaks in the sources, and where: attribution is as visible as the claim."""
    if not evidence.voices:
        return ()
    words = site.words
    rows = tuple(
        Row(
            cells=(voice, words.number(n)),
            links=tuple(
                Link(
                    label=words("say_pilcrow", n=paragraph.removeprefix("p")),
                    href=site.addresses.source(source, paragraph),
                )
                for source, paragraph in paragraphs
            ),
        )
        for voice, n, paragraphs in evidence.voices
    )
    return (
        Finding(
            id="r-voices",
            heading=words("say_report_voices"),
            code="",
            text=words("say_report_voices_text"),
            items=rows,
            columns=(
                words("say_report_who"),
                words("say_report_claims_column"),
                words("say_report_paragraphs"),
            ),
        ),
    )


def _bases(site: Site, evidence: Evidence) -> Finding:
    words = site.words
    return Finding(
        id="r-dates",
        heading=words("say_report_dates"),
        code="",
        text=words("say_report_dates_text"),
        items=tuple(
            Row(cells=(words(f"say_basis_{b}"), words.number(n), words(f"say_basis_{b}_text")))
            for b, n in evidence.bases
        ),
        columns=(
            words("say_report_basis"),
            words("say_report_events"),
            words("say_report_meaning"),
        ),
    )


def _corrections(site: Site, evidence: Evidence) -> tuple[Dated, ...]:
    words = site.words
    return tuple(
        Dated(
            label=words.date(date),
            datetime=html_datetime(date),
            text=note,
            title=title,
            href=site.addresses.event(id),
        )
        for date, note, title, id in evidence.corrections
    )
