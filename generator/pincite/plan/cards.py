"""An event as a card: when, what, and beside each claim its proof."""

from collections.abc import Mapping

from pincite.dates import Date, html_datetime
from pincite.model import Citation, Claim, Figure, Paragraph, Pointer
from pincite.plan.drawing.shapes import CIRCLE, ONGOING
from pincite.plan.exhibits import Exhibit, SourceHead
from pincite.plan.fragments import live_address
from pincite.plan.site import Site
from pincite.plan.urls import citation_key
from pincite.plan.views import (
    Card,
    ClaimView,
    Context,
    FigureView,
    Proof,
    Tag,
    Translated,
    When,
)
from pincite.plan.words import Words, bind_date, direction

_LINE = 90  # code points of context on either side where only quotes are republished


def card(site: Site, exhibit: Exhibit) -> Card:
    """Return the event as it stands in a list: without what only its own page shows."""
    known = site.cards.find(exhibit)
    return site.cards.keep(exhibit, build_card(site, exhibit)) if known is None else known


def build_card(
    site: Site,
    exhibit: Exhibit,
    paragraphs: Mapping[tuple[str, str], Paragraph] | None = None,
    measures: Mapping[str, str] | None = None,
) -> Card:
    """Build the card; with *paragraphs*, as its own page shows it, *measures* being linked."""
    event, words = exhibit.event, site.words
    return Card(
        id=event.id,
        href=site.addresses.event(event.id),
        when=when(site, exhibit),
        kind=Tag(id=event.kind, label=exhibit.kind.label, shape=exhibit.shape),
        modality=None if event.modality == "occurred" else modality_tag(event.modality, words),
        title=event.title,
        claims=tuple(_claim(site, exhibit, claim, paragraphs, measures) for claim in event.claims),
        withdrawn=words(
            "say_withdrawn", date=words.date(event.withdrawn.date), note=event.withdrawn.note
        )
        if event.withdrawn
        else "",
    )


def modality_tag(modality: str, words: Words) -> Tag:
    return Tag(
        id=modality,
        label=words(f"say_{modality}"),
        shape=ONGOING if modality == "ongoing" else CIRCLE,
    )


def when(site: Site, exhibit: Exhibit) -> When:
    event, words = exhibit.event, site.words
    language = exhibit.sources[0].language if exhibit.sources else site.language
    return When(
        label=bind_date(words.date(event.date)),
        datetime=html_datetime(event.date) if event.date else "",
        said=event.date_text,
        said_lang=language if language != site.language else "",
        basis=_basis(event.date, event.date_basis, event.date_text, words),
        edtf=event.date.edtf if event.date else "",
    )


def _basis(date: Date | None, basis: str, said: str, words: Words) -> str:
    if date is None or basis in ("", "stated"):
        return ""
    if basis == "resolved":
        return words("say_resolved")
    return words("say_editor" if said else "say_editor_undated")


def _claim(
    site: Site,
    exhibit: Exhibit,
    claim: Claim,
    paragraphs: Mapping[tuple[str, str], Paragraph] | None,
    measures: Mapping[str, str] | None,
) -> ClaimView:
    event, words = exhibit.event, site.words
    whole = paragraphs is not None
    return ClaimView(
        number=claim.number,
        name=words("say_claim", n=words.number(claim.number)),
        text=claim.text,
        by=claim.attributed_to,
        is_title=len(event.claims) == 1 and claim.text == event.title,
        proofs=tuple(
            _proof(site, event.id, exhibit.source(c.source), c, paragraphs)
            if isinstance(c, Citation)
            else _pointer(site, event.id, exhibit.source(c.source), c)
            for c in claim.citations
        ),
        uncited=claim.uncited,
        figures=tuple(_figure(f, words, measures or {}) for f in claim.figures) if whole else (),
        confidence=words(f"say_confidence_{claim.confidence}")
        if whole and claim.confidence
        else "",
        confidence_why=claim.confidence_why if whole else "",
    )


def _proof(
    site: Site,
    event: str,
    source: SourceHead,
    citation: Citation,
    paragraphs: Mapping[tuple[str, str], Paragraph] | None,
) -> Proof:
    words = site.words
    said = citation.translation
    whole = paragraphs is not None
    paragraph = paragraphs.get((source.id, citation.paragraph)) if paragraphs else None
    archive = source.archives[-1] if source.archives and whole else None
    return Proof(
        key=citation_key(event, citation.n),
        href=site.addresses.citation(source.id, event, citation.n),
        origin=source.name + words("mark_comma"),
        paragraph=_pilcrow([part[0] for part in citation.parts], words),
        quote=_shown(citation, paragraphs or {}),
        lang=source.language if source.language != site.language else "",
        dir=direction(source.language)
        if direction(source.language) != direction(site.language)
        else "",
        stance=citation.stance,
        stance_words="" if citation.stance == "supports" else words(f"say_{citation.stance}"),
        note=citation.note,
        translation=Translated(
            lang=said.lang,
            dir=direction(said.lang),
            text=said.text,
            by=words("mark_brackets", text=said.by) if said.by else "",
        )
        if said
        else None,
        match=words(
            f"say_match_{citation.match}",
            start=words.number(citation.start),
            end=words.number(citation.end),
        )
        if whole
        else "",
        context=_context(citation, paragraph, source.republish) if paragraph else None,
        live=live_address(source.url, citation.exact) if whole and source.url else "",
        original=source.url if whole else "",
        version=archive.url if archive else "",
        version_date=((archive.at if archive else "") or source.retrieved_at) if whole else "",
        unverified="",
    )


def _shown(citation: Citation, paragraphs: Mapping[tuple[str, str], Paragraph]) -> str:
    """Return the source's own characters; omissions of a quotation in segments are marked."""
    if len(citation.parts) == 1:
        return citation.exact
    pieces = []
    for id, start, end in citation.parts:
        paragraph = paragraphs.get((citation.source, id))
        if id == citation.paragraph:
            pieces.append(citation.exact[start - citation.start : end - citation.start])
        elif paragraph:
            pieces.append(paragraph.text[start:end])
        else:  # a card has no text of other paragraphs; what was written was verified
            return citation.quote
    return " […] ".join(pieces)


def _pilcrow(ids: list[str], words: Words) -> str:
    first = ids[0].removeprefix("p")
    if len(ids) > 1:
        several = list(dict.fromkeys(ids))
        if len(several) > 1:
            first = f"{first}–{several[-1].removeprefix('p')}"
    return words("say_pilcrow", n=first)


def _context(citation: Citation, paragraph: Paragraph, republish: str) -> Context | None:
    if republish == "none":
        return None
    before, after = paragraph.text[: citation.start], paragraph.text[citation.end :]
    if not before and not after:
        return None
    cut = republish == "quotes"
    if cut:
        before = before[-_LINE:].partition(" ")[2] if len(before) > _LINE else before
        after = after[:_LINE].rpartition(" ")[0] if len(after) > _LINE else after
    if len(citation.parts) == 1:  # nearly all
        return Context(before=before, pieces=((citation.exact, True),), after=after, cut=cut)
    pieces, last = list[tuple[str, bool]](), citation.start
    for id, start, end in sorted(citation.parts, key=lambda part: part[1]):
        if id == citation.paragraph and end > last:
            at = max(start, last)
            pieces += [(paragraph.text[last:at], False), (paragraph.text[at:end], True)]
            last = end
    some = tuple(piece for piece in pieces if piece[0])
    return Context(before=before, pieces=some, after=after, cut=cut)


def _pointer(site: Site, event: str, source: SourceHead, pointer: Pointer) -> Proof:
    words = site.words
    return Proof(
        key=citation_key(event, pointer.n),
        href=site.addresses.source(source.id, pointer.paragraph),
        origin=source.name + (words("mark_comma") if pointer.paragraph else ""),
        paragraph=_pilcrow([pointer.paragraph], words) if pointer.paragraph else "",
        quote="",
        lang="",
        dir="",
        stance=pointer.stance,
        stance_words="" if pointer.stance == "supports" else words(f"say_{pointer.stance}"),
        note=pointer.note,
        translation=None,
        match="",
        context=None,
        live="",
        original=source.url,
        version="",
        version_date="",
        unverified=pointer.reason,
    )


def _figure(figure: Figure, words: Words, measures: Mapping[str, str]) -> FigureView:
    return FigureView(
        number=figure_number(figure, words),
        qualifier=figure.qualifier,
        qualifier_words=words(f"say_qualifier_{figure.qualifier or 'none'}"),
        measure=figure.measure,
        unit=figure.unit,
        href=measures.get(figure.measure, ""),
    )


def figure_number(figure: Figure, words: Words) -> str:
    """Say a figure's number or range; a point, unless both ends are given."""
    ends = [words.number(n) for n in (figure.low, figure.high) if n is not None]
    return words("mark_range").join(dict.fromkeys(ends)) or "?"
