"""``check --fix``: what can be put right without a judgement, as edits of letters in place.

Quotations get the source's own characters, citations the paragraph they stand in, an event without
an id one from its title, and a source without ids gets them. Each edited file is read again: if
anything but what was meant has changed, the edit is not made, and that is said.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

from pincite.base.text import Span, Text
from pincite.base.yamltree import Mapping as MappingNode
from pincite.base.yamltree import Node, Scalar, parse_yaml
from pincite.base.yamltree import Sequence as SequenceNode
from pincite.ingest.eventids import find_ids, find_missing
from pincite.ingest.scalarediting import edit_scalar
from pincite.link.quotes import Found, SourceText, find_quote, quotable_text
from pincite.load.front import split_front_matter
from pincite.load.project import EVENTS
from pincite.load.sources import BLOCK, parse_source
from pincite.model import Citation, Corpus, Source

_ELLIPSIS = re.compile(r"(\s*(?:\[\s?(?:…|\.{3,})\s?\]|…|\.{3,})\s*)")
_SPACE = re.compile(r"[ \n]+")
_MARKED = re.compile(r"\[p\d+")


class Checked(Protocol):
    """What of a checked project is looked at."""

    @property
    def corpus(self) -> Corpus: ...
    @property
    def texts(self) -> Mapping[str, Text]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Fixes:
    """New texts by path, what was done in words by place, and what was left as it is, and why."""

    texts: Mapping[str, str]
    done: tuple[tuple[Span, str], ...] = ()
    left: tuple[tuple[Span, str], ...] = ()


class _Edit(NamedTuple):
    """Put *words* in place of [start, end); *path* leads to the value that becomes *value*."""

    start: int
    end: int
    words: str
    path: tuple[str | int, ...]
    value: str
    what: str


class _Unfit(NamedTuple):
    """A quotation or citation that has to be mended by hand."""

    start: int
    why: str


def find_fixes(checked: Checked) -> Fixes:
    """Return all that can be put right in *checked*, which may hold errors too."""
    texts: dict[str, str] = {}
    done: list[tuple[Span, str]] = []
    left: list[tuple[Span, str]] = []
    by_path: dict[str, dict[int, Citation]] = {}
    for citation in _citations(checked.corpus):
        place = citation.at.place("source")
        by_path.setdefault(place.path, {})[place.start] = citation
    readings = _Readings({source.id: source for source in checked.corpus.sources})
    roots = {path: parse_yaml(text)[0] for path, text in checked.texts.items() if _has_events(path)}
    used = {id for root in roots.values() for id in find_ids(root)}
    for path, root in sorted(roots.items()):
        text, wanted = checked.texts[path], by_path.get(path, {})
        found = list(_find_edits(text, root, wanted, readings)) if root is not None else []
        found += [
            _Edit(
                one.place,
                one.place,
                one.words,
                (one.event, "id"),
                one.id,
                f"`id: {one.id}` was added",
            )
            for one in find_missing(text.value, root, used)
        ]
        left += [
            (Span(path, one.start, one.start), one.why) for one in found if isinstance(one, _Unfit)
        ]
        edits = [one for one in found if isinstance(one, _Edit)]
        made, refused = _apply(text, root, edits)
        left += [(Span(path, e.start, e.end), f"not done: {e.what}") for e in refused]
        if made is not None:
            texts[path] = made
            done += [(Span(path, e.start, e.end), e.what) for e in edits if e not in refused]
    for source in checked.corpus.sources:
        numbered = number_paragraphs(checked.texts[source.path])
        if numbered is not None:
            texts[source.path] = numbered
            done.append((Span(source.path, 0, 0), f"{len(source.paragraphs)} paragraphs got ids"))
    return Fixes(texts=texts, done=tuple(done), left=tuple(left))


def _has_events(path: str) -> bool:
    folder, endings = EVENTS
    return path.startswith(folder) and path.endswith(endings)


def number_paragraphs(text: Text) -> str | None:
    """Return the source's file with an id before each paragraph; None where it needs none."""
    _, body, found = split_front_matter(text)
    if found or not body:
        return None
    blocks = list(BLOCK.finditer(text.value, body))
    if not blocks or any(_MARKED.match(block.group()) for block in blocks):
        return None
    pieces, last = [], 0
    for number, block in enumerate(blocks, 1):
        pieces += [text.value[last : block.start()], f"[p{number}] "]
        last = block.start()
    made = "".join(pieces) + text.value[last:]
    before, _ = parse_source(text)
    after, _ = parse_source(Text(text.path, made))
    if before is None or after is None or before.paragraphs != after.paragraphs:
        return None
    return made


# --- finding ---------------------------------------------------------------------------------


def _citations(corpus: Corpus) -> Iterator[Citation]:
    for event in corpus.events:
        for claim in event.claims:
            yield from (c for c in claim.citations if isinstance(c, Citation))


class _Readings:
    """Sources as texts that are searched, each made once."""

    def __init__(self, sources: Mapping[str, Source]) -> None:
        self._sources = sources
        self._texts: dict[str, SourceText] = {}

    def text(self, id: str) -> SourceText:
        if id not in self._texts:
            self._texts[id] = quotable_text(self._sources[id])
        return self._texts[id]


def _find_edits(
    text: Text, root: Node, wanted: Mapping[int, Citation], readings: _Readings
) -> Iterator[_Edit | _Unfit]:
    for path, node in _mappings(root):
        source = node.entries.get("source")
        citation = wanted.get(source.start) if isinstance(source, Scalar) else None
        if citation is not None and "quote" in node.entries:
            yield from _mend_quote(text, path, node, citation, readings)
            yield from _add_paragraph(text, path, node, citation, readings)


def _mappings(root: Node) -> Iterator[tuple[tuple[str | int, ...], MappingNode]]:
    """Yield every mapping below *root* with the way that leads to it."""
    waiting: list[tuple[tuple[str | int, ...], Node]] = [((), root)]
    while waiting:
        path, node = waiting.pop()
        if isinstance(node, MappingNode):
            yield path, node
            waiting += [((*path, key), value) for key, value in node.entries.items()]
        elif isinstance(node, SequenceNode):
            waiting += [((*path, at), item) for at, item in enumerate(node.items)]


def _mend_quote(
    text: Text,
    path: tuple[str | int, ...],
    node: MappingNode,
    citation: Citation,
    readings: _Readings,
) -> Iterator[_Edit | _Unfit]:
    if citation.match != "normalised":
        return
    source = readings.text(citation.source)
    exact = [
        source.texts[at][start:end]
        for paragraph, start, end in citation.parts
        if (at := source.find_index(paragraph)) is not None
    ]
    quote = node.entries["quote"]
    scalars: list[tuple[tuple[str | int, ...], Node]] = [((*path, "quote"), quote)]
    if isinstance(quote, SequenceNode):
        scalars = [((*path, "quote", at), item) for at, item in enumerate(quote.items)]
    written = _segments([scalar for _, scalar in scalars])
    if written is None or sum(map(len, written)) != len(exact):
        yield _Unfit(quote.start, "the quotation is not the source’s letters, and cannot be paired")
        return
    parts = iter(exact)
    for way, scalar in scalars:
        assert isinstance(scalar, Scalar)
        value = _fill(scalar.value, parts)
        if value == scalar.value:
            continue
        raw = edit_scalar(text.value[scalar.start : scalar.end], scalar.value, scalar.style, value)
        if raw is None:
            yield _Unfit(scalar.start, "the quotation is written in a way that is left alone")
        else:
            words = f"the quotation now has the source’s letters: {value[:60]}"
            yield _Edit(scalar.start, scalar.end, raw, way, value, words)


def _segments(scalars: Sequence[Node]) -> list[list[str]] | None:
    """Return the segments of each scalar; None where an editor’s insert stands in one."""
    found = []
    for scalar in scalars:
        if not isinstance(scalar, Scalar) or re.search(r"\[(?!\s?(?:…|\.{3,}))", scalar.value):
            return None
        found.append([part for part in _ELLIPSIS.split(scalar.value)[::2] if part.strip()])
    return found


def _fill(value: str, exact: Iterator[str]) -> str:
    """Return *value* with the source's words for its segments; ellipses and layout stay."""
    return "".join(
        _laid_out(piece, next(exact)) if at % 2 == 0 and piece.strip() else piece
        for at, piece in enumerate(_ELLIPSIS.split(value))
    )


def _laid_out(written: str, exact: str) -> str:
    """Return *exact* with the white space of *written*, where they have the same words."""
    words, spaces = exact.split(" "), _SPACE.findall(written.strip(" \n"))
    head = written[: len(written) - len(written.lstrip(" \n"))]
    tail = written[len(written.rstrip(" \n")) :]
    if len(words) != len(spaces) + 1:
        return head + exact + tail
    return head + words[0] + "".join(map(str.__add__, spaces, words[1:])) + tail


def _add_paragraph(
    text: Text,
    path: tuple[str | int, ...],
    node: MappingNode,
    citation: Citation,
    readings: _Readings,
) -> Iterator[_Edit | _Unfit]:
    named = node.entries.get("paragraph")
    if isinstance(named, Scalar) and _led_on(named.value, citation.at["paragraph"], citation):
        words = f"`{named.value}` became part of `{citation.paragraph}`, which is named now"
        raw = edit_scalar(
            text.value[named.start : named.end], named.value, named.style, citation.paragraph
        )
        if raw is not None:
            way = (*path, "paragraph")
            yield _Edit(named.start, named.end, raw, way, citation.paragraph, words)
    if named is not None:
        return
    segments = _written(node.entries["quote"])
    again = find_quote(
        readings.text(citation.source),
        segments,
        paragraph=citation.paragraph,
        occurrence=citation.at["occurrence"],
    )
    if not isinstance(again, Found) or tuple(again.parts) != tuple(citation.parts):
        yield _Unfit(node.start, "`occurrence` counts over the whole source: name the paragraph")
        return
    source, id = node.entries["source"], citation.paragraph
    flow = text.value[node.start : node.start + 1] == "{"
    if flow:
        at, words = source.end, f", paragraph: {id}"
    else:
        key = node.keys["source"]
        line = text.value.rfind("\n", 0, key.start) + 1
        end = text.value.find("\n", source.end)
        at = len(text.value) if end < 0 else end
        broken = "\r\n" if at and text.value[at - 1] == "\r" else "\n"
        at -= broken == "\r\n"
        words = f"{broken}{' ' * (key.start - line)}paragraph: {id}"
    yield _Edit(at, at, words, (*path, "paragraph"), id, f"`paragraph: {id}` was added")


def _led_on(written: str, id: str | None, citation: Citation) -> bool:
    """Say whether the paragraph that is named was retired, and led on to the citation's own."""
    return id == written and id != citation.paragraph


def _written(quote: Node) -> tuple[str, ...]:
    items = quote.items if isinstance(quote, SequenceNode) else [quote]
    return tuple(item.value for item in items if isinstance(item, Scalar))


# --- making, and looking again ---------------------------------------------------------------


def _apply(
    text: Text, root: Node | None, edits: Sequence[_Edit]
) -> tuple[str | None, tuple[_Edit, ...]]:
    """Return the new text, if anything was done, and the edits that could not be made."""
    if not edits or root is None:
        return None, ()
    made = _edited(text.value, edits)
    if _holds(text.path, made, root, edits):
        return made, ()
    if len(edits) == 1:
        return None, tuple(edits)
    # One of them disturbs more than it should: halve until it is found.
    middle = len(edits) // 2
    refused = tuple(
        edit for half in (edits[:middle], edits[middle:]) for edit in _apply(text, root, half)[1]
    )
    kept = [edit for edit in edits if edit not in refused]
    made = _edited(text.value, kept)
    if not kept or not _holds(text.path, made, root, kept):
        return None, tuple(edits)
    return made, refused


def _edited(value: str, edits: Iterable[_Edit]) -> str:
    for edit in sorted(edits, key=lambda e: (e.start, e.end), reverse=True):
        value = value[: edit.start] + edit.words + value[edit.end :]
    return value


def _holds(path: str, made: str, root: Node, edits: Iterable[_Edit]) -> bool:
    """Say whether *made* says what *root* said, but for *edits*."""
    after, found = parse_yaml(Text(path, made))
    if after is None or found:
        return False
    wanted = dict(_leaves(root))
    wanted.update({edit.path: edit.value for edit in edits})
    return wanted == dict(_leaves(after))


def _leaves(root: Node) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    waiting: list[tuple[tuple[str | int, ...], Node]] = [((), root)]
    while waiting:
        path, node = waiting.pop()
        if isinstance(node, Scalar):
            yield path, node.value
        elif isinstance(node, MappingNode):
            yield (*path, "{}"), None
            waiting += [((*path, key), value) for key, value in node.entries.items()]
        else:
            yield (*path, "[]"), len(node.items)
            waiting += [((*path, at), item) for at, item in enumerate(node.items)]
