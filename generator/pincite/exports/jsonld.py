"""Linked data of an event's page (schema.org): event, claims, quotations and sources.

It says no more than the site does: no ``Event`` for what did not happen, no date that is not a
plain one, no organiser, no rating, and never a ``ClaimReview``.
"""

from pincite.base.recent import Recent
from pincite.dates import Date, Kind
from pincite.exports.index import earliest, latest
from pincite.exports.json_text import compact, listed, members, quoted, quoted_or_none
from pincite.model import Citation, Claim, Event, Name
from pincite.plan.exhibits import EventNames, Exhibit, SourceHead
from pincite.plan.urls import Addresses

_CANONICAL = Addresses()
_HAPPENS = ("occurred", "ongoing", "planned")
_PLAIN = {Kind.DAY: 10, Kind.DATETIME: 10, Kind.MONTH: 7, Kind.YEAR: 4}  # length of the day's text
# Sources that were written lately, by what leads to the site's root: many events cite the same.
_ARTICLES: Recent[str] = Recent(1024)


def event_json_ld(exhibit: Exhibit, names: EventNames, summary: str, url: str, root: str) -> str:
    """Return the text of a ``<script type="application/ld+json">``; empty for a withdrawn event.

    *url* is the canonical base of the site; without one addresses begin with *root*, the way from
    the page up to the root of the site. *summary* is the event's in plain words.
    """
    event = exhibit.event
    if event.withdrawn:
        return ""
    base = url or root
    page = base + _CANONICAL.event(event.id)
    places = _list_or_none([_place(place) for place in names.places])
    ids = [quoted(f"{page}#{_claim_anchor(event, claim)}") for claim in event.claims]
    graph = []
    if event.modality in _HAPPENS:
        graph.append(_event(event, names, page, summary, places, ids))
    coverage = _coverage(event.date)
    for id, claim in zip(ids, event.claims, strict=True):
        found = [
            (c, quoted(base + _CANONICAL.citation(c.source, event.id, c.n)))
            for c in claim.citations
            if isinstance(c, Citation)
        ]
        graph.append(_claim(id, claim, coverage, places, found))
        graph += [_quotation(c, at, exhibit.source(c.source), base) for c, at in found]
    graph += [_article(source, base) for source in exhibit.sources]
    text = members({"@context": '"https://schema.org"', "@graph": listed(graph)})
    # Inside <script> nothing may look like a tag or begin a comment.
    return text.replace("<", r"\u003c").replace(">", r"\u003e").replace("&", r"\u0026")


def _claim_anchor(event: Event, claim: Claim) -> str:
    return "claim" if event.title_is_claim else f"claim-{claim.number}"


def _event(
    event: Event, names: EventNames, page: str, summary: str, places: str, claims: list[str]
) -> str:
    start, end = _plain_dates(event.date)
    about = dict.fromkeys(n.label for n in (*names.actors, *names.recipients))
    return members(
        {
            "@id": quoted(f"{page}#event"),
            "@type": '"Event"',
            "about": _list_or_none([_thing(name) for name in about]),
            "description": quoted_or_none(summary),
            "endDate": quoted_or_none(end),
            "keywords": _list_or_none([quoted(tag.label) for tag in names.tags]),
            "location": places,
            "name": quoted_or_none(event.title),
            "startDate": quoted_or_none(start),
            "subjectOf": _list_or_none([f'{{"@id":{claim}}}' for claim in claims]),
            "url": quoted(page),
        }
    )


def _claim(
    id: str, claim: Claim, coverage: str, places: str, found: list[tuple[Citation, str]]
) -> str:
    # Words that dispute a claim are no appearance of it.
    supports = [f'{{"@id":{at}}}' for citation, at in found if citation.stance == "supports"]
    others = [f'{{"@id":{at}}}' for citation, at in found if citation.stance != "supports"]
    return members(
        {
            "@id": id,
            "@type": '"Claim"',
            "appearance": _list_or_none(supports),
            "citation": _list_or_none(others),
            "creditText": quoted_or_none(claim.attributed_to),
            "spatialCoverage": places,
            "temporalCoverage": quoted_or_none(coverage),
            "text": quoted_or_none(claim.text),
        }
    )


def _quotation(citation: Citation, at: str, source: SourceHead, base: str) -> str:
    return members(
        {
            "@id": at,
            "@type": '"Quotation"',
            "inLanguage": quoted_or_none(source.language),
            "isPartOf": f'{{"@id":{_source_id(source, base)}}}',
            "text": quoted_or_none(citation.exact),
            "url": at,
        }
    )


def _source_id(source: SourceHead, base: str) -> str:
    return quoted(base + _CANONICAL.source(source.id, "source"))


def _article(source: SourceHead, base: str) -> str:
    known = _ARTICLES.find(source, base)
    if known is not None:
        return known
    publisher = source.publisher and members(
        {"@type": '"Organization"', "name": quoted(source.publisher)}
    )
    article = members(
        {
            "@id": _source_id(source, base),
            "@type": '"NewsArticle"' if publisher else '"CreativeWork"',
            "archivedAt": _list_or_none([quoted(archive.url) for archive in source.archives]),
            "author": _list_or_none([_thing(author) for author in source.authors]),
            "datePublished": quoted_or_none(_plain_dates(source.published)[0]),
            "headline": quoted_or_none(source.title),
            "inLanguage": quoted_or_none(source.language),
            "publisher": publisher,
            "url": quoted_or_none(source.url),
        }
    )
    return _ARTICLES.keep(source, article, base)


def _thing(name: str) -> str:
    return members({"@type": '"Thing"', "name": quoted(name)})


def _place(place: Name) -> str:
    geo = ""
    if place.lat is not None and place.lon is not None:
        geo = compact({"@type": "GeoCoordinates", "latitude": place.lat, "longitude": place.lon})
    return members({"@type": '"Place"', "geo": geo, "name": quoted_or_none(place.label)})


def _list_or_none(texts: list[str]) -> str:
    return listed(texts) if texts else ""


def _plain_dates(date: Date | None) -> tuple[str, str]:
    """Return first and last date where each is one plain day, month or year, else nothing."""
    if date is None or (date.level and (date.uncertain or date.approximate)):
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
