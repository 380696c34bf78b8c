"""The evidence report: what the build checked, what it found, what a careful reader should know."""

import re
from collections import Counter, defaultdict
from dataclasses import dataclass

from pincite.dates import html_datetime
from pincite.model import Citation
from pincite.plan.exhibits import Exhibit, SourceHead
from pincite.plan.heads import head
from pincite.plan.site import Site
from pincite.plan.urls import output_path
from pincite.plan.views import Dated, Finding, Link, ReportView, Row, Tally

_MOST = 500  # items of one kind on the page; the rest is counted
_MARKS = re.compile(r"(?<![^\s(“])`(?=\S)|(?<=\S)`(?![^\s,.;:)?!”’])")  # opening and closing
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
    """A finding of warning level, as readers may see it, and its place in the project."""

    code: str
    message: str
    place: str  # content/events/2025.yaml:9:14


def report_page(
    site: Site,
    exhibits: tuple[Exhibit, ...],
    sources: tuple[SourceHead, ...],
    told: tuple[Told, ...],
) -> ReportView:
    words = site.words
    citations = [c for e in exhibits for claim in e.event.claims for c in claim.citations]
    found = [c for c in citations if isinstance(c, Citation)]
    claims = [claim for e in exhibits for claim in e.event.claims]
    cited = sum(any(isinstance(c, Citation) for c in claim.citations) for claim in claims)
    exact = all(c.match == "exact" for c in found)
    snapshots = sum(bool(source.sha256) for source in sources)
    findings = (
        *(
            _finding(site, code, [t for t in told if t.code == code])
            for code in dict.fromkeys(t.code for t in told)
        ),
        *_voices(site, exhibits),
        _bases(site, exhibits),
    )
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
                number=_of(site, len(found), len(citations)),
                label=words("say_report_quotations_exact" if exact else "say_report_quotations"),
            ),
            Tally(number=_of(site, snapshots, len(sources)), label=words("say_report_snapshots")),
            Tally(number=_of(site, cited, len(claims)), label=words("say_report_claims")),
            Tally(number=words.number(0), label=words("say_report_faults")),
            Tally(
                number=words.number(len({t.code for t in told})), label=words("say_report_kinds")
            ),
        ),
        findings=findings,
        corrections=_corrections(site, exhibits),
        clear=tuple(
            (site.words(f"finding_{code}"), code)
            for code in _LOOKED_FOR
            if all(t.code != code for t in told)
        ),
    )


def _of(site: Site, part: int, whole: int) -> str:
    words = site.words
    return words("say_of", part=words.number(part), all=words.number(whole))


def _sentence(text: str) -> str:
    """Return a message as a sentence, without the marks around what it names.

    A mark amid a name is the author's and stays.
    """
    return _MARKS.sub("", text[:1].upper() + text[1:])


def _finding(site: Site, code: str, told: list[Told]) -> Finding:
    items = [Row(cells=(_sentence(t.message),), note=t.place) for t in told[:_MOST]]
    if len(told) > _MOST:
        more = site.words.count("say_and_more", len(told) - _MOST)
        items.append(Row(cells=(more,)))
    return Finding(
        id=f"r-{code}",
        heading=site.words(f"finding_{code}"),
        code=code,
        text=site.words(f"finding_{code}_text"),
        items=tuple(items),
    )


def _voices(site: Site, exhibits: tuple[Exhibit, ...]) -> tuple[Finding, ...]:
    """Who speaks in the sources, and where: attribution is as visible as the claim."""
    counts: Counter[str] = Counter()
    places: dict[str, dict[tuple[str, str], None]] = defaultdict(dict)
    for exhibit in exhibits:
        for claim in exhibit.event.claims:
            if claim.attributed_to:
                counts[claim.attributed_to] += 1
                for c in claim.citations:
                    if c.stance == "supports" and c.paragraph:
                        places[claim.attributed_to][c.source, c.paragraph] = None
    if not counts:
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
                for source, paragraph in list(places[voice])[:20]
            ),
        )
        for voice, n in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:_MOST]
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


def _bases(site: Site, exhibits: tuple[Exhibit, ...]) -> Finding:
    words = site.words
    counts = Counter(
        (e.event.date_basis or "stated") if e.event.date else "undated" for e in exhibits
    )
    return Finding(
        id="r-dates",
        heading=words("say_report_dates"),
        code="",
        text=words("say_report_dates_text"),
        items=tuple(
            Row(
                cells=(
                    words(f"say_basis_{b}"),
                    words.number(counts[b]),
                    words(f"say_basis_{b}_text"),
                )
            )
            for b in ("stated", "resolved", "editor", "undated")
            if counts[b]
        ),
        columns=(
            words("say_report_basis"),
            words("say_report_events"),
            words("say_report_meaning"),
        ),
    )


def _corrections(site: Site, exhibits: tuple[Exhibit, ...]) -> tuple[Dated, ...]:
    words = site.words
    rows = [
        (
            note.date,
            Dated(
                label=words.date(note.date),
                datetime=html_datetime(note.date),
                text=note.note,
                title=e.event.title,
                href=site.addresses.event(e.event.id),
            ),
        )
        for e in exhibits
        for note in (*e.event.corrections, *((e.event.withdrawn,) if e.event.withdrawn else ()))
    ]
    rows.sort(key=lambda row: row[0].sort_key, reverse=True)
    return tuple(dated for _, dated in rows)
