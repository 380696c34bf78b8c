"""Citations as written to citations that were found, each in its paragraph."""

from collections.abc import Mapping
from dataclasses import replace

from pincite.base.diagnostics import Diagnostic, Label, error, warning
from pincite.base.near import did_you_mean
from pincite.base.text import Span
from pincite.link.quotes import Found, Missed, SourceText, find_quote, quotable_text
from pincite.link.search import living_id
from pincite.model import Citation, CitationEntry, ClaimEntry, Paragraph, Pointer, Source

_MOST_SOUGHT = 50  # findings after which words are no longer sought in other sources


class Linker:
    """Finds quotations in sources; a source's text is normalised once, when first needed."""

    def __init__(
        self, sources: Mapping[str, Source], spoiled: frozenset[str] = frozenset()
    ) -> None:
        """Words missing from *spoiled* sources are not missed: why they are has been told."""
        self._sources = sources
        self._spoiled = spoiled
        self._texts: dict[str, SourceText] = {}
        self.found: list[Diagnostic] = []

    def link_citations(self, claim: ClaimEntry, first: int) -> tuple[Citation | Pointer, ...]:
        """Link the citations of *claim*, numbered from *first*; what is not found is left out."""
        if not claim.citations and not claim.uncited and not claim.at.holds("cite"):
            self.found.append(
                error(
                    "uncited-claim",
                    claim.at.place("text"),
                    "this claim cites nothing",
                    help="add `cite:` with a source and a quote, or say why not in `uncited:`",
                )
            )
        linked = (self._link(entry, first + i) for i, entry in enumerate(claim.citations))
        return tuple(citation for citation in linked if citation is not None)

    def _link(self, entry: CitationEntry, n: int) -> Citation | Pointer | None:
        source = self._sources.get(entry.source)
        if source is None and (not entry.source or entry.source in self._spoiled):
            return None  # what is written there could not be read, which has been told
        if source is None:
            self.found.append(
                error(
                    "unknown-source",
                    entry.at.place("source"),
                    f"there is no source `{entry.source}`",
                    help=did_you_mean(entry.source, self._sources)
                    or "a source is a file in content/sources",
                )
            )
            return None
        if entry.unverified and not entry.segments:
            return self._point(entry, n, source)
        if not entry.segments:
            if "quote" in entry.at:
                return None  # told already
            self.found.append(
                error(
                    "quote-missing",
                    entry.at.place("source"),
                    f"no words of `{source.id}` are quoted",
                    help="add `quote:` with the exact words, or say why not in `unverified:`",
                )
            )
            return None
        if source.id in self._spoiled and not source.paragraphs:
            return None
        if not any(not p.retired for p in source.paragraphs):
            self.found.append(
                error(
                    "source-without-text",
                    entry.at.place("quote"),
                    f"`{source.id}` has no text to find these words in",
                    labels=(Label(span=source.at.span, text="a record without paragraphs"),),
                    help="archive its text below the front matter, or use `unverified:`",
                )
            )
            return None
        return self._find(entry, n, source)

    def _point(self, entry: CitationEntry, n: int, source: Source) -> Pointer | None:
        paragraph = living_id(source, entry.paragraph or "")
        if paragraph and self._paragraph(entry, source) is None:
            return None
        return Pointer(
            n=n,
            source=source.id,
            paragraph=paragraph,
            reason=entry.unverified,
            stance=entry.stance,
            note=entry.note,
            at=entry.at,
        )

    def _paragraph(self, entry: CitationEntry, source: Source) -> Paragraph | None:
        """Return the paragraph that *entry* names, or report that it cannot be cited."""
        named = living_id(source, entry.paragraph or "")
        for paragraph in source.paragraphs:
            if paragraph.id == named:
                if not paragraph.retired:
                    return paragraph
                self.found.append(
                    error(
                        "retired-paragraph-cited",
                        entry.at.place("paragraph"),
                        f"`{paragraph.id}` of `{source.id}` has vanished from the newer snapshot",
                        labels=(Label(span=_in_source(source, paragraph, 0, 1), text="retired"),),
                        help="cite the snapshot that still has it, or other words",
                    )
                )
                return None
        if source.id in self._spoiled:
            return None
        self.found.append(
            error(
                "unknown-paragraph",
                entry.at.place("paragraph"),
                f"`{source.id}` has no paragraph `{entry.paragraph}`",
                help=f"it has `{source.paragraphs[0].id}` to `{source.paragraphs[-1].id}`"
                if source.paragraphs
                else None,
            )
        )
        return None

    def _find(self, entry: CitationEntry, n: int, source: Source) -> Citation | None:
        if entry.paragraph and self._paragraph(entry, source) is None:
            return None
        text = self._texts.get(source.id)
        if text is None:
            text = self._texts[source.id] = quotable_text(source)
        match find_quote(
            text,
            entry.segments,
            paragraph=living_id(source, entry.paragraph or "") or None,
            occurrence=entry.occurrence,
        ):
            case Missed() if source.id in self._spoiled:
                return None
            case Missed() as missed:
                if not missed.places and missed.help is None and len(self.found) < _MOST_SOUGHT:
                    missed = replace(missed, help=self._elsewhere(entry, source))
                self.found.append(_report(entry, source, missed))
                return None
            case Found() as hit:
                self.found += [
                    warning(c.code, entry.at.place("quote"), c.message, help=c.help)
                    for c in hit.cautions
                ]
                return _citation(entry, n, source, hit, text)

    def _elsewhere(self, entry: CitationEntry, source: Source) -> str | None:
        """Say in which other source the words of *entry* stand, letter by letter."""
        words = max((" ".join(segment.split()) for segment in entry.segments), key=len)
        for other in self._sources.values():
            for paragraph in other.paragraphs:
                if words in paragraph.text and not paragraph.retired and other is not source:
                    return f"they stand in `{other.id}`, {paragraph.id}: write `source: {other.id}`"
        return None


def _citation(
    entry: CitationEntry, n: int, source: Source, hit: Found, text: SourceText
) -> Citation:
    return Citation(
        n=n,
        source=source.id,
        paragraph=hit.paragraph,
        start=hit.start,
        end=hit.end,
        parts=tuple((place.paragraph, place.start, place.end) for place in hit.parts),
        quote=" … ".join(entry.segments),
        exact=text.of(hit.paragraph)[hit.start : hit.end],
        match=hit.match,
        stance=entry.stance,
        note=entry.note,
        translation=entry.translation,
        at=entry.at,
    )


def _report(entry: CitationEntry, source: Source, missed: Missed) -> Diagnostic:
    """Turn a miss into a finding that shows the places in the article it speaks of."""
    key = "paragraph" if missed.code in ("quote-moved", "unknown-paragraph") else "quote"
    paragraphs = {p.id: p for p in source.paragraphs}
    what = "nearest words" if missed.code == "quote-not-found" else "here"
    labels = tuple(
        Label(
            span=_in_source(source, paragraphs[place.paragraph], place.start, place.end),
            text=f"{what} ({place.paragraph})",
        )
        for place in missed.places[:5]
    )
    return error(
        missed.code,
        entry.at.place(key),
        missed.message.replace("the source", f"`{source.id}`", 1),
        labels=labels,
        help=missed.help,
        note=missed.note,
    )


def _in_source(source: Source, paragraph: Paragraph, start: int, end: int) -> Span:
    """Return where code points [start, end) of a paragraph's text stand in the source's file."""
    if not paragraph.straight:
        return Span(source.path, paragraph.offset, paragraph.offset + 1)
    return Span(source.path, paragraph.offset + start, paragraph.offset + end)
