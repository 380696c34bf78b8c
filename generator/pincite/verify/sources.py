"""The lower half of the chain: paragraphs to their hashes, citations to paragraphs and to marks."""

from collections import defaultdict
from collections.abc import Iterator
from hashlib import sha256
from urllib.parse import quote

from pincite.verify.fault import Fault
from pincite.verify.page import PageText, Passage, on_one_line
from pincite.verify.timeline import FILE, Citation, Event, Paragraph, Part, Source, Timeline
from pincite.verify.wording import find_match, leads_to

_SAFE = "-._~!$&'()*+,;=:@"
_NO_WORDS = "none"  # how a source says that it reprints nothing


def check_data(timeline: Timeline) -> Iterator[Fault]:
    """Check what the data says of itself: hashes, and where each quotation stands."""
    cited: dict[str, set[str]] = defaultdict(set)
    for event in timeline.events.values():
        for citation in event.citations:
            cited[citation.source].update(part.paragraph for part in citation.parts)
    for source in timeline.sources.values():
        yield from _check_hashes(source, frozenset(cited[source.id]))
    for event in timeline.events.values():
        numbers = [citation.n for citation in event.citations]
        if numbers != list(range(1, len(numbers) + 1)):
            yield Fault(
                file=FILE,
                where=f"event {event.id}",
                message="its citations are not numbered from 1 in order",
            )
        for citation in event.citations:
            yield from _check_citation(event, citation, timeline)


def check_source_page(
    file: str, page: PageText, source: Source, citings: list[tuple[Event, Citation]]
) -> Iterator[Fault]:
    """Check the page of *source*: paragraphs, hashes, anchors, marks. *citings* quote it."""
    yield from _check_head(file, page, source)
    for paragraph in source.paragraphs.values():
        where = f"paragraph {paragraph.id}"
        if paragraph.id not in page.ids:
            yield Fault(file=file, where=where, message="there is no such anchor on the page")
        elif paragraph.text is not None:
            passage = page.passages.get(paragraph.id)
            if passage is None:
                yield Fault(file=file, where=where, message="it is not a paragraph of text")
                continue
            if passage.text != paragraph.text:
                yield Fault(
                    file=file,
                    where=where,
                    message="the paragraph is not the one in the data",
                    expected=paragraph.text,
                    found=passage.text,
                )
            elif _hash(passage.text) != paragraph.sha256:
                yield Fault(
                    file=file,
                    where=where,
                    message="the paragraph does not have the recorded SHA-256",
                    expected=paragraph.sha256,
                    found=_hash(passage.text),
                )
    known = {event.key(citation) for event, citation in citings}
    for id, passage in page.passages.items():
        yield from _check_keys(file, id, passage, known)
    for event, citation in citings:
        yield from _check_marks(file, page, source, event, citation)


def _check_head(file: str, page: PageText, source: Source) -> Iterator[Fault]:
    """Check what the page says of the source itself: its title, its hash, where it can be read."""
    where = f"source {source.id}"
    if on_one_line(source.title) not in page.titles:
        yield Fault(
            file=file,
            where=where,
            message="its title is not the one in the data",
            expected=on_one_line(source.title),
            found=" ".join(page.titles),
        )
    for found in page.hashes:
        if found != source.snapshot_sha256:
            yield Fault(
                file=file,
                where=where,
                message="the SHA-256 shown of its snapshot is not the one in the data",
                expected=source.snapshot_sha256 or "",
                found=found,
            )
    for url in (source.original_url, *source.archives):
        if url and url not in page.links:
            message = "no link leads to the original or copy that the data names"
            yield Fault(file=file, where=where, message=message, expected=url)


def expected_words(citation: Citation, source: Source | None) -> list[tuple[Part, str | None]]:
    """Return each segment of *citation* with its words; None where they are not published."""
    words: list[tuple[Part, str | None]] = []
    for part in citation.parts:
        paragraph = source.paragraphs.get(part.paragraph) if source else None
        if part.paragraph == citation.paragraph:
            base = citation.start
            words.append((part, citation.exact[part.start - base : part.end - base]))
        elif paragraph and paragraph.text is not None:
            words.append((part, paragraph.text[part.start : part.end]))
        else:
            words.append((part, None))
    return words


def _is_given(source: Source, paragraph: Paragraph, cited: frozenset[str]) -> bool:
    """Say whether the text of *paragraph* is to be given; *cited* are the ids of those quoted."""
    if source.republish == "cited":
        return not paragraph.retired and (paragraph.id in cited or paragraph.kind == "heading")
    return not paragraph.retired and source.republish == "full"


def _check_hashes(source: Source, cited: frozenset[str]) -> Iterator[Fault]:
    where = f"source {source.id}"
    for paragraph in source.paragraphs.values():
        if paragraph.text is not None and _hash(paragraph.text) != paragraph.sha256:
            yield Fault(
                file=FILE,
                where=f"{where}, paragraph {paragraph.id}",
                message="its text does not have the SHA-256 that is recorded beside it",
                expected=paragraph.sha256,
                found=_hash(paragraph.text),
            )
        if (paragraph.text is None) == _is_given(source, paragraph, cited):
            message = (
                f"its text is missing, though the source is reprinted: {source.republish}"
                if paragraph.text is None
                else f"its text is given, though the source is reprinted: {source.republish}"
            )
            yield Fault(file=FILE, where=f"{where}, paragraph {paragraph.id}", message=message)
    texts = [p.text for p in source.paragraphs.values() if not p.retired]
    if texts and None not in texts:
        whole = _hash("\n\n".join(text or "" for text in texts))
        if whole != source.text_sha256:
            yield Fault(
                file=FILE,
                where=where,
                message="its whole text does not have the recorded SHA-256 (text_sha256)",
                expected=source.text_sha256 or "",
                found=whole,
            )


def _check_citation(event: Event, citation: Citation, timeline: Timeline) -> Iterator[Fault]:
    where = f"event {event.id}, citation {citation.n}"
    source = timeline.sources.get(citation.source)
    if source is None:
        message = f"there is no source {citation.source}"
        yield Fault(file=FILE, where=where, message=message)
        return
    if citation.unverified:
        return
    address = f"{source.url}#{quote('c-' + event.key(citation), safe=_SAFE)}"
    if citation.url != address:
        yield Fault(
            file=FILE,
            where=where,
            message="its address is not that of its words",
            expected=address,
            found=citation.url,
        )
    for id in (citation.paragraph, *(part.paragraph for part in citation.parts)):
        if id not in source.paragraphs:
            message = f"the source {source.id} has no paragraph {id}"
            yield Fault(file=FILE, where=where, message=message)
            return
    if not all(0 <= part.start < part.end for part in citation.parts) or not citation.exact:
        yield Fault(file=FILE, where=where, message="`start` and `end` hold no words")
        return
    text = source.paragraphs[citation.paragraph].text
    if text is None:
        if citation.end - citation.start != len(citation.exact):
            message = "`exact` is not as long as `start` and `end` say"
            yield Fault(file=FILE, where=where, message=message)
    elif text[citation.start : citation.end] != citation.exact or citation.start < 0:
        yield Fault(
            file=FILE,
            where=where,
            message=f"`exact` is not what stands in {source.id}, {citation.paragraph}",
            expected=text[max(0, citation.start) : citation.end],
            found=citation.exact,
        )
    yield from _check_wording(where, citation, source)


def _check_wording(where: str, citation: Citation, source: Source) -> Iterator[Fault]:
    """Check what is derived from the words: `quote`, `match`, and the link to the original."""
    words = [text for _, text in expected_words(citation, source)]
    if None not in words:
        own = " ".join(text or "" for text in words)
        match = find_match(citation.quote, own, citation.match)
        if match != citation.match:
            yield Fault(
                file=FILE,
                where=where,
                message="`match` is not how the words match" if match else "`quote` is not `exact`",
                expected=match or own,
                found=citation.match if match else citation.quote,
            )
    url = source.original_url
    if not leads_to(citation.live_url, url, citation.exact) if url else citation.live_url:
        yield Fault(
            file=FILE,
            where=where,
            message="`live_url` does not lead to these words in the original",
            found=citation.live_url,
        )


def _check_keys(file: str, id: str, passage: Passage, known: set[str]) -> Iterator[Fault]:
    for mark in passage.marks:
        where = f"paragraph {id}"
        if not mark.keys:
            words = passage.text[mark.start : mark.end]
            yield Fault(file=file, where=where, message=f"“{words}” is marked for no citation")
        for key in mark.keys:
            if key not in known:
                message = f"words are marked for {key}, which is no citation of this source"
                yield Fault(file=file, where=where, message=message)


def _check_marks(
    file: str, page: PageText, source: Source, event: Event, citation: Citation
) -> Iterator[Fault]:
    key = event.key(citation)
    where = f"citation {key}"
    anchor = f"c-{key}"
    if citation.unverified:
        return
    if anchor not in page.ids:
        yield Fault(file=file, where=where, message=f"the anchor #{anchor} is missing")
        return
    if source.republish == _NO_WORDS:
        return
    words = expected_words(citation, source)
    for id in dict.fromkeys(part.paragraph for part in citation.parts):
        own = [(part, text) for part, text in words if part.paragraph == id]
        passage = page.passages.get(id)
        if passage is None:
            yield Fault(file=file, where=where, message=f"the paragraph {id} is not shown")
            continue
        marks = [mark for mark in passage.marks if key in mark.keys]
        found = "".join(passage.text[mark.start : mark.end] for mark in marks)
        expected = _join(own)
        if expected is not None and found != expected:
            yield Fault(
                file=file,
                where=where,
                message=f"the words marked in {id} are not the quotation",
                expected=expected,
                found=found,
            )
        elif (
            id in source.paragraphs
            and source.paragraphs[id].text is not None
            and _places((mark.start, mark.end) for mark in marks)
            != _places((part.start, part.end) for part, _ in own)
        ):
            message = f"the marks in {id} do not stand where the data says"
            yield Fault(file=file, where=where, message=message)
    yield from _check_anchors(file, where, anchor, page, key)


def _check_anchors(file: str, where: str, anchor: str, page: PageText, key: str) -> Iterator[Fault]:
    """Each fragment bears the anchor of its turn: ``c-<key>``, then ``.2`` and so on."""
    turn = 0
    for passage in page.passages.values():
        for mark in passage.marks:
            if key in mark.keys:
                turn += 1
                if (anchor if turn == 1 else f"{anchor}.{turn}") not in mark.ids:
                    message = f"its marked words no. {turn} do not bear its anchor"
                    yield Fault(file=file, where=where, message=message)
                    return


def _join(parts: list[tuple[Part, str | None]]) -> str | None:
    """Join the words of one paragraph's segments as marks do: what overlaps stands once."""
    pieces: list[str] = []
    end = 0
    for part, text in sorted(parts, key=lambda one: one[0].start):
        if text is None:
            return None
        if part.end > end:
            pieces.append(text[max(0, end - part.start) :])
            end = part.end
    return "".join(pieces)


def _places(ranges: Iterator[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return *ranges* in order, those that touch or overlap as one."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(ranges):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _hash(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
