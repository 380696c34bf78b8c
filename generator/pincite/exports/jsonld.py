"""Linked data of an event's page (schema.org): event, claims, quotations and sources.

It says no more than the site does: no ``Event`` for what did not happen, no date that is not a
plain one, no organiser, no rating, and never a ``ClaimReview``.
"""

import json
from typing import Any

from pincite.dates import Date, Kind
from pincite.exports.index import earliest, latest, without_empty
from pincite.model import Citation, Claim, Event, Name
from pincite.plan.exhibits import EventNames, Exhibit, SourceHead
from pincite.plan.urls import Addresses, citation_anchor

_CANONICAL = Addresses()
_HAPPENS = ("occurred", "ongoing", "planned")
_PLAIN = {Kind.DAY: 10, Kind.DATETIME: 10, Kind.MONTH: 7, Kind.YEAR: 4}  # length of the day's text
_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def event_json_ld(exhibit: Exhibit, names: EventNames, url: str, root: str = "") -> str:
    """Return the text of a ``<script type="application/ld+json">``; empty for a withdrawn event.

    *url* is the canonical base of the site; without one addresses begin with *root*, the way from
    the page up to the root of the site.
    """
    event = exhibit.event
    if event.withdrawn:
        return ""
    base = url or root
    page = base + _CANONICAL.event(event.id)
    claims = [(f"{page}#{_claim_anchor(event, claim)}", claim) for claim in event.claims]
    graph: list[dict[str, Any]] = []
    if event.modality in _HAPPENS:
        graph.append(_event(event, names, page, [at for at, _ in claims]))
    for at, claim in claims:
        graph.append(_claim(at, claim, event, names, base))
        graph += [
            _quotation(citation, event, exhibit.source(citation.source), base)
            for citation in claim.citations
            if isinstance(citation, Citation)
        ]
    graph += [_article(source, base) for source in exhibit.sources]
    document = {"@context": "https://schema.org", "@graph": graph}
    text = _ENCODER.encode(document)
    # Inside <script> nothing may look like a tag or begin a comment.
    return text.replace("<", r"\u003c").replace(">", r"\u003e").replace("&", r"\u0026")


def _claim_anchor(event: Event, claim: Claim) -> str:
    return "claim" if event.title_is_claim else f"claim-{claim.number}"


def _event(event: Event, names: EventNames, page: str, claims: list[str]) -> dict[str, Any]:
    start, end = _plain_dates(event.date)
    return without_empty(
        {
            "@type": "Event",
            "@id": f"{page}#event",
            "url": page,
            "name": event.title,
            "description": event.summary.plain if event.summary else "",
            "startDate": start,
            "endDate": end,
            "location": [_place(place) for place in names.places],
            "about": [
                {"@type": "Thing", "name": name}
                for name in dict.fromkeys(n.label for n in (*names.actors, *names.recipients))
            ],
            "keywords": [tag.label for tag in names.tags],
            "subjectOf": [{"@id": claim} for claim in claims],
        }
    )


def _claim(id: str, claim: Claim, event: Event, names: EventNames, base: str) -> dict[str, Any]:
    found = [c for c in claim.citations if isinstance(c, Citation)]
    return without_empty(
        {
            "@type": "Claim",
            "@id": id,
            "text": claim.text,
            "creditText": claim.attributed_to,
            "temporalCoverage": _coverage(event.date),
            "spatialCoverage": [_place(place) for place in names.places],
            # Words that dispute a claim are no appearance of it.
            "appearance": [_reference(c, event, base) for c in found if c.stance == "supports"],
            "citation": [_reference(c, event, base) for c in found if c.stance != "supports"],
        }
    )


def _reference(citation: Citation, event: Event, base: str) -> dict[str, str]:
    anchor = citation_anchor(event.id, citation.n)
    return {"@id": base + _CANONICAL.source(citation.source, anchor)}


def _quotation(citation: Citation, event: Event, source: SourceHead, base: str) -> dict[str, Any]:
    reference = _reference(citation, event, base)["@id"]
    return without_empty(
        {
            "@type": "Quotation",
            "@id": reference,
            "url": reference,
            "text": citation.exact,
            "inLanguage": source.language,
            "isPartOf": {"@id": _source_id(source, base)},
        }
    )


def _source_id(source: SourceHead, base: str) -> str:
    return base + _CANONICAL.source(source.id, "source")


def _article(source: SourceHead, base: str) -> dict[str, Any]:
    return without_empty(
        {
            "@type": "NewsArticle" if source.publisher else "CreativeWork",
            "@id": _source_id(source, base),
            "headline": source.title,
            "url": source.url,
            "author": [{"@type": "Thing", "name": author} for author in source.authors],
            "publisher": {"@type": "Organization", "name": source.publisher}
            if source.publisher
            else None,
            "datePublished": _plain_dates(source.published)[0],
            "inLanguage": source.language,
            "archivedAt": [archive.url for archive in source.archives],
        }
    )


def _place(place: Name) -> dict[str, Any]:
    geo = None
    if place.lat is not None and place.lon is not None:
        geo = {"@type": "GeoCoordinates", "latitude": place.lat, "longitude": place.lon}
    return without_empty({"@type": "Place", "name": place.label, "geo": geo})


def _plain_dates(date: Date | None) -> tuple[str, str]:
    """Return first and last date where each is one plain day, month or year, else nothing."""
    if date is None or date.uncertain or date.approximate:
        return "", ""
    if date.kind not in _PLAIN and date.kind is not Kind.INTERVAL:
        return "", ""
    first, last = date.members[0]
    texts = [
        part.earliest.isoformat()[: _PLAIN[part.kind]]
        if part.earliest
        and part.kind in _PLAIN
        and not part.beyond
        and 1 <= part.earliest.year <= 9999
        else ""
        for part in (first, last)
    ]
    if not texts[0]:
        return "", ""
    return texts[0], texts[1] if date.kind is Kind.INTERVAL else ""


def _coverage(date: Date | None) -> str:
    """Return the days a claim may be about, as ISO 8601 has intervals; an open end is ``..``."""
    if date is None:
        return ""
    first, last = earliest(date), latest(date)
    if first is None or last is None or (first, last) == ("..", ".."):
        return ""
    return first if first == last else f"{first}/{last}"
