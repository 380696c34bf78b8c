"""Event files to entries. Pure; each file is read on its own, names are not resolved here."""

from collections.abc import Iterator
from typing import Any

from pincite.base.diagnostics import Diagnostic, error
from pincite.base.reading import read_record
from pincite.base.text import Span, Text
from pincite.base.values import Values
from pincite.base.yamltree import Sequence, parse_yaml
from pincite.load.records import EVENT
from pincite.model import (
    CitationEntry,
    ClaimEntry,
    Correction,
    EventEntry,
    Figure,
    Media,
    Translation,
)
from pincite.prose import parse_prose


def parse_events(
    text: Text, start: int = 0, end: int | None = None
) -> tuple[tuple[EventEntry, ...], tuple[Diagnostic, ...]]:
    """Read one file of ``content/events``, or code points [start, end) of it: a list of events."""
    root, found = parse_yaml(text, start, end)
    if root is None:
        return (), found
    if not isinstance(root, Sequence):
        at = root.start
        return (), (
            *found,
            error(
                "wrong-type",
                Span(text.path, at, min(at + 1, root.end)),
                "a file of events is a list",
                help="begin each event with `- id: …`",
            ),
        )
    entries: list[EventEntry] = []
    findings = list(found)
    for item in root.items:
        values, problems = read_record(item, EVENT, text.path)
        findings += problems
        # What lacks something required is linked all the same, so that one run tells all that is
        # wrong with it; only without an id it cannot be spoken of.
        if values is not None and values["id"]:
            entry, problems = _event(values)
            findings += problems
            entries.append(entry)
    return tuple(entries), tuple(findings)


def _event(values: Values) -> tuple[EventEntry, tuple[Diagnostic, ...]]:
    found: list[Diagnostic] = []
    summary = None
    if values["summary"]:
        summary, problems = parse_prose(values["summary"], heading_level=3)
        found += [
            error(p.code, values.inside("summary", p.start, p.end), p.message, help=p.help)
            for p in problems
        ]
    return EventEntry(
        id=values["id"],
        date=values["date"],
        date_text=values["date_text"] or "",
        date_basis=values["date_basis"] or "",
        title=values["title"] or values["id"],
        kind=values["kind"] or "other",
        modality=values["modality"] or "occurred",
        actors=values["actors"],
        recipients=values["recipients"],
        places=values["places"],
        tags=values["tags"],
        summary=summary,
        claims=_claims(values, found),
        title_is_claim=bool(values["cite"]),
        media=tuple(map(_medium, values["media"])),
        related=values["related"],
        aliases=values["aliases"],
        corrections=tuple(map(_correction, values["corrections"])),
        withdrawn=_correction(values["withdrawn"]) if values["withdrawn"] else None,
        sensitive=values["sensitive"] or "",
        at=values,
    ), tuple(found)


def _claims(values: Values, found: list[Diagnostic]) -> tuple[ClaimEntry, ...]:
    """Return the claims; an event's own ``cite`` is one claim whose text is the title."""
    own: tuple[ClaimEntry, ...] = ()
    if values["cite"]:
        own = (
            ClaimEntry(
                text=values["title"] or values["id"],
                citations=tuple(map(_citation, values["cite"])),
                at=values,
            ),
        )
    claims = own + tuple(map(_claim, values["claims"]))
    for claim in values["claims"]:
        found += (d for figure in claim["figures"] for d in _check_figure(figure))
    for citation in (c for record in (values, *values["claims"]) for c in record["cite"]):
        found += _check_citation(citation)
    if not claims and not values.holds("claims") and not values.holds("cite"):
        found.append(
            error(
                "event-without-claim",
                values.place("id"),
                f"`{values['id']}` claims nothing",
                help="add `cite:` with a source and a quote, or a list of `claims:`",
            )
        )
    return claims


def _check_citation(citation: Values) -> Iterator[Diagnostic]:
    if citation["unverified"] and citation["quote"]:
        yield error(
            "bad-value",
            citation.place("unverified"),
            "a citation has either a `quote`, which is proven, or `unverified`",
            help="remove one of the two; a remark is a `note`",
        )


def _check_figure(figure: Values) -> Iterator[Diagnostic]:
    low, high = figure["low"], figure["high"]
    if "low" not in figure and "high" not in figure:
        yield error(
            "missing-key",
            figure.place("measure"),
            "this figure has no number",
            help="add `low: …`, `high: …`, or both for a range",
        )
    elif low is not None and high is not None and high < low:
        yield error(
            "bad-value",
            figure.place("high"),
            f"this range ends at {high}, before it begins at {low}",
            help="`low` is its lower end, `high` its upper",
        )


def _claim(values: Values) -> ClaimEntry:
    return ClaimEntry(
        text=values["text"] or "",
        attributed_to=values["attributed_to"] or "",
        confidence=values["confidence"] or "",
        confidence_why=values["confidence_why"] or "",
        figures=tuple(map(_figure, values["figures"])),
        citations=tuple(map(_citation, values["cite"])),
        uncited=values["uncited"] or "",
        at=values,
    )


def _citation(values: Values) -> CitationEntry:
    said: Any = values["translation"]
    return CitationEntry(
        source=values["source"] or "",
        segments=values["quote"],
        paragraph=values["paragraph"],
        occurrence=values["occurrence"],
        stance=values["stance"] or "supports",
        note=values["note"] or "",
        translation=said and Translation(lang=said["lang"], text=said["text"], by=said["by"] or ""),
        unverified=values["unverified"] or "",
        at=values,
    )


def _figure(values: Values) -> Figure:
    return Figure(
        measure=values["measure"],
        low=values["low"],
        high=values["high"],
        unit=values["unit"] or "",
        qualifier=values["qualifier"] or "",
    )


def _medium(values: Values) -> Media:
    return Media(
        file=values["file"],
        alt=values["alt"],
        caption=values["caption"] or "",
        credit=values["credit"] or "",
        license=values["license"] or "",
        source=values["source"] or "",
    )


def _correction(values: Values) -> Correction:
    return Correction(date=values["date"], note=values["note"])
