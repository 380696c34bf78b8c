"""``data/annotations.jsonld``: each citation as a W3C Web Annotation.

Words around a quotation are given only where the site may reprint their paragraph.
"""

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from pincite.base.content import Bytes
from pincite.exports.index import Index, cited_paragraphs, without_empty
from pincite.exports.json_text import add_by_line, compact
from pincite.exports.moments import changed, known_since, moment_of_timestamp
from pincite.exports.pieces import Given, given
from pincite.model import Citation, Claim, Corpus, Event, Paragraph
from pincite.plan.sources import is_held
from pincite.plan.urls import Addresses, citation_key
from pincite.plan.words import Words

ANNOTATIONS = "data/annotations.jsonld"
CONTEXT = "http://www.w3.org/ns/anno.jsonld"
FRAGMENTS = "http://tools.ietf.org/rfc/rfc3236"  # the kind of fragment: an id in (X)HTML

_AROUND = 32  # code points of context on either side

# (source, paragraph) → the paragraph, and whether the site reprints it whole
_Texts = Mapping[tuple[str, str], tuple[Paragraph, bool]]


def write_annotations(
    corpus: Corpus, words: Words, addresses: Addresses, have: Given | None = None
) -> Bytes | None:
    """Return one page with all annotations, one a line; None without a canonical address."""
    config = corpus.config
    if not config.url:
        return None
    have = have or given(corpus, words, addresses)
    index = have.index
    cited = cited_paragraphs(corpus)
    texts = {
        (source.id, paragraph.id): (
            paragraph,
            is_held(source, paragraph, paragraph.id in cited.get(source.id, ())),
        )
        for source in corpus.sources
        for paragraph in source.paragraphs
    }
    page = config.url + ANNOTATIONS
    creator = {"name": config.author} if config.author else None
    counts = [(event, sum(1 for _ in _citations(event))) for event in corpus.events]
    pieces = have.pieces(ANNOTATIONS, corpus, words)
    collection = without_empty(
        {
            "id": f"{page}#all",
            "type": "AnnotationCollection",
            "label": config.title,
            "creator": creator,
            "total": sum(count for _, count in counts),
            "first": page,
            "last": page,
        }
    )
    add_by_line(
        pieces,
        {
            "@context": CONTEXT,
            "id": page,
            "type": "AnnotationPage",
            "partOf": collection,
            "startIndex": 0,
        },
        {
            # A paragraph that an event quotes is reprinted wherever any may be: what is said of
            # the event's own does not depend on what others quote.
            "items": (
                (event, partial(_lines, page, creator, event, index, texts), "")
                for event, count in counts
                if count
            )
        },
    )
    return pieces.whole()


def _lines(
    page: str, creator: dict[str, str] | None, event: Event, index: Index, texts: _Texts
) -> bytes:
    return b",\n".join(
        compact(_annotation(page, creator, event, claim, citation, index, texts)).encode()
        for claim, citation in _citations(event)
    )


def _citations(event: Event) -> Iterator[tuple[Claim, Citation]]:
    for claim in event.claims:
        for citation in claim.citations:
            if isinstance(citation, Citation):
                yield claim, citation


def _annotation(
    page: str,
    creator: dict[str, str] | None,
    event: Event,
    claim: Claim,
    citation: Citation,
    index: Index,
    texts: _Texts,
) -> dict[str, Any]:
    source = index.sources[citation.source]
    targets = [_local(part, citation, index, texts) for part in citation.parts]
    if source.url:
        targets.append(_live(citation, index, texts))
    since = known_since(source)
    last = changed(event, index) if event.corrections or event.withdrawn else ""
    return without_empty(
        {
            "id": f"{page}#{citation_key(event.id, citation.n)}",
            "type": "Annotation",
            "motivation": "linking",
            "creator": creator,
            "created": since,
            "modified": last if since and last > since else "",
            "body": index.claim_url(event, claim.number),
            "target": targets,
        }
    )


def _local(
    part: tuple[str, int, int], citation: Citation, index: Index, texts: _Texts
) -> dict[str, Any]:
    """Return the words in the site's own page: the paragraph, and where in it they stand."""
    paragraph, start, end = part
    selector: dict[str, Any] = {
        "type": "FragmentSelector",
        "conformsTo": FRAGMENTS,
        "value": paragraph,
    }
    if texts[citation.source, paragraph][1]:
        selector["refinedBy"] = [
            _quote(part, citation, texts),
            {"type": "TextPositionSelector", "start": start, "end": end},
        ]
    return {"source": index.source_url(citation.source), "selector": selector}


def _live(citation: Citation, index: Index, texts: _Texts) -> dict[str, Any]:
    """Return the words in the original, as it was when it was retrieved."""
    source = index.sources[citation.source]
    reach = (citation.paragraph, citation.start, citation.end)
    target: dict[str, Any] = {
        "source": source.url,
        "selector": _quote(reach, citation, texts),
    }
    if moment := moment_of_timestamp(source.retrieved_at):
        copies = [index.source_url(source.id), *(archive.url for archive in source.archives)]
        target["state"] = {"type": "TimeState", "sourceDate": moment, "cached": copies}
    return target


def _quote(part: tuple[str, int, int], citation: Citation, texts: _Texts) -> dict[str, str]:
    name, start, end = part
    paragraph, held = texts[citation.source, name]
    text = paragraph.text
    selector = {"type": "TextQuoteSelector", "exact": text[start:end]}
    if held:
        selector["prefix"] = text[max(0, start - _AROUND) : start]
        selector["suffix"] = text[end : end + _AROUND]
    return selector
