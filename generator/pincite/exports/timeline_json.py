"""``data/timeline.json``: everything the site states, with what is needed to check it.

The contract that other tools read (``docs/schema/timeline.schema.json``). Each event is a function
of the event and of what its ids stand for, so that its line can be kept from one build to the next.
"""

from collections.abc import Collection
from functools import partial
from hashlib import sha256
from typing import Any

from pincite.base.content import Bytes
from pincite.exports.index import Index, cited_paragraphs, earliest, latest
from pincite.exports.json_text import add_by_line, compact
from pincite.exports.pieces import Given, given
from pincite.model import Citation, Claim, Corpus, Correction, Event, Media, Pointer, Source
from pincite.plan.fragments import live_address
from pincite.plan.snapshots import snapshot_path
from pincite.plan.sources import is_held
from pincite.plan.urls import Addresses, address_of
from pincite.plan.words import Words

FORMAT = "pincite/1"
TIMELINE = "data/timeline.json"


def write_timeline(
    corpus: Corpus, words: Words, addresses: Addresses, have: Given | None = None
) -> Bytes:
    """Return the whole file: UTF-8, keys sorted, an event or a source a line."""
    have = have or given(corpus, words, addresses)
    index = have.index
    cited = cited_paragraphs(corpus)
    pieces = have.pieces(TIMELINE, corpus, words)
    config = corpus.config
    add_by_line(
        pieces,
        {
            "format": FORMAT,
            "site": {
                "title": config.title,
                "description": config.description,
                "url": config.url or None,
                "language": config.language,
            },
        },
        {
            "events": ((event, partial(_event_line, event, index), "") for event in corpus.events),
            "sources": (
                (source, partial(_source_line, source, index, ids), " ".join(sorted(ids)))
                for source in corpus.sources
                for ids in (cited.get(source.id, ()),)
            ),
        },
    )
    return pieces.whole()


def _event_line(event: Event, index: Index) -> bytes:
    return event_json(event, index).encode()


def _source_line(source: Source, index: Index, cited: Collection[str]) -> bytes:
    return source_json(source, index, cited).encode()


def event_json(event: Event, index: Index) -> str:
    """Return one event as a line of JSON."""
    date = event.date
    entry: dict[str, Any] = {
        "id": event.id,
        "url": index.addresses.event(event.id),
        "title": event.title,
        "date": {
            "edtf": date.edtf if date else "unknown",
            "earliest": earliest(date) if date else None,
            "latest": latest(date) if date else None,
            "text": event.date_text or None,
            "label": index.label(date),
        },
        "kind": event.kind,
        "modality": event.modality,
        "actors": [index.actors[name] for name in event.actors],
        "recipients": [index.actors[name] for name in event.recipients],
        "places": [index.places[name] for name in event.places],
        "tags": [index.tags[name] for name in event.tags],
        "claims": [_claim(claim, event.id, index) for claim in event.claims],
        "corrections": [_correction(correction) for correction in event.corrections],
    }
    if event.date_basis:
        entry["date"]["basis"] = event.date_basis
    if event.summary is not None:
        entry["summary"] = event.summary.plain
    if event.related:
        entry["related"] = event.related
    if event.aliases:
        entry["aliases"] = event.aliases
    if event.media:
        entry["media"] = [_media(media) for media in event.media]
    if event.sensitive:
        entry["sensitive"] = event.sensitive
    if event.withdrawn is not None:
        entry["withdrawn"] = _correction(event.withdrawn)
    return compact(entry)


def source_json(source: Source, index: Index, cited: Collection[str]) -> str:
    """Return one source as a line of JSON; *cited* are the ids of its quoted paragraphs."""
    entry: dict[str, Any] = {
        "id": source.id,
        "url": index.addresses.source(source.id),
        "title": source.title,
        "publisher": source.publisher or None,
        "authors": source.authors,
        "published": source.published.edtf if source.published else None,
        "published_basis": source.published_basis,
        "language": source.language or None,
        "original_url": source.url or None,
        "archives": [
            {"url": archive.url, "at": archive.at or None, "kind": archive.kind or None}
            for archive in source.archives
        ],
        "retrieved_at": source.retrieved_at or None,
        "snapshot_sha256": source.sha256 or None,
        "text_sha256": text_sha256(source),
        "republish": source.republish,
        "paragraphs": [
            {
                "id": paragraph.id,
                "kind": paragraph.kind,
                "text": paragraph.text
                if is_held(source, paragraph, paragraph.id in cited)
                else None,
                "sha256": _hex(paragraph.text),
                **({"retired": True} if paragraph.retired else {}),
            }
            for paragraph in source.paragraphs
        ],
    }
    if source.publish_snapshot:
        entry["snapshot_url"] = address_of(snapshot_path(source))
    return compact(entry)


def text_sha256(source: Source) -> str | None:
    """Hash the paragraphs that are not retired, joined by one empty line; None without any."""
    texts = [paragraph.text for paragraph in source.paragraphs if not paragraph.retired]
    return _hex("\n\n".join(texts)) if texts else None


def _hex(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _correction(correction: Correction) -> dict[str, str]:
    return {"date": correction.date.edtf, "note": correction.note}


def _media(media: Media) -> dict[str, str | None]:
    return {
        "file": media.file,
        "url": address_of(media.path) if media.path else None,
        "alt": media.alt,
        "caption": media.caption or None,
        "credit": media.credit or None,
        "license": media.license or None,
        "source": media.source or None,
    }


def _claim(claim: Claim, event: str, index: Index) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "text": claim.text,
        "attributed_to": claim.attributed_to or None,
        "confidence": claim.confidence or None,
        "figures": [
            {
                "measure": figure.measure,
                "low": figure.low,
                "high": figure.high,
                "unit": figure.unit or None,
                "qualifier": figure.qualifier or None,
            }
            for figure in claim.figures
        ],
        "citations": [
            _citation(c, event, index) if isinstance(c, Citation) else _pointer(c, index)
            for c in claim.citations
        ],
    }
    if claim.confidence_why:
        entry["confidence_why"] = claim.confidence_why
    if claim.uncited:
        entry["uncited"] = claim.uncited
    return entry


def _citation(citation: Citation, event: str, index: Index) -> dict[str, Any]:
    original = index.sources[citation.source].url
    entry: dict[str, Any] = {
        "n": citation.n,
        "source": citation.source,
        "paragraph": citation.paragraph,
        "start": citation.start,
        "end": citation.end,
        "quote": citation.quote,
        "exact": citation.exact,
        "match": citation.match,
        "stance": citation.stance,
        "url": index.addresses.citation(citation.source, event, citation.n),
        "live_url": live_address(original, citation.exact) if original else None,
    }
    if len(citation.parts) > 1:
        entry["parts"] = [
            {"paragraph": paragraph, "start": start, "end": end}
            for paragraph, start, end in citation.parts
        ]
    if citation.note:
        entry["note"] = citation.note
    if citation.translation is not None:
        translation = citation.translation
        entry["translation"] = {
            "lang": translation.lang,
            "text": translation.text,
            "by": translation.by or None,
        }
    return entry


def _pointer(pointer: Pointer, index: Index) -> dict[str, Any]:
    """Give a reference that proves nothing the same keys, null, and the reason for it."""
    return {
        "n": pointer.n,
        "source": pointer.source,
        "paragraph": pointer.paragraph or None,
        "start": None,
        "end": None,
        "quote": None,
        "exact": None,
        "match": None,
        "stance": pointer.stance,
        "url": index.addresses.source(pointer.source, pointer.paragraph),
        "live_url": None,
        "unverified": pointer.reason,
        **({"note": pointer.note} if pointer.note else {}),
    }
