"""What a page shows of events and sources: the markup contract of docs/theming.md, read back."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from pincite.verify.markup import Node, parse_markup

_SPACE = re.compile(r"[ \t\n\r\f]+")
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))


class Mark(NamedTuple):
    """Code points [start, end) of a paragraph's text that are marked for the citations *keys*."""

    ids: tuple[str, ...]
    keys: tuple[str, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A ``<p id>`` of a source's page."""

    text: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A quotation as it is shown: its words, where it leads, and the context beside it."""

    href: str
    quote: str
    stance: str
    context: str | None
    context_mark: str
    # Editor's words and the live page, where they are shown.
    note: str | None
    translation: str | None
    live: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An ``article.event``."""

    id: str
    kind: str
    modality: str
    headings: tuple[str, ...]
    assertions: tuple[str, ...]  # the paragraphs of claims, those of "by whom" left out
    by: tuple[str, ...]
    date: str  # its label
    datetime: str
    said: str | None
    edtf: str | None
    quotes: tuple[Shown, ...]
    unproven: tuple[str, ...]  # reasons
    figures: tuple[tuple[str, ...], ...]  # measure, number, unit, qualifier; on its own page
    notice: str  # that it was withdrawn, and why
    loose: tuple[str, ...]  # addresses of citations in prose


@dataclass(frozen=True, slots=True, kw_only=True)
class PageText:
    ids: frozenset[str]
    repeated: tuple[str, ...]  # ids that stand more than once
    passages: dict[str, Passage]
    entries: tuple[Entry, ...]
    cites: tuple[str, ...]  # addresses of all a.cite
    cited_by: tuple[str, ...]
    notes: frozenset[str]  # texts of dd: corrections and names are among them
    titles: tuple[str, ...]  # h1
    hashes: tuple[str, ...]  # code.hash: of the snapshot
    links: tuple[str, ...]  # addresses of all a[href]


def on_one_line(text: str) -> str:
    """Collapse white space as a page does: only that of ASCII, so that no other is lost."""
    return _SPACE.sub(" ", text).strip(" ")


def read_page(html: str) -> PageText:
    """Read one page. Raises ``markup.Unreadable``."""
    root = parse_markup(html)
    counted: Counter[str] = Counter()
    passages: dict[str, Passage] = {}
    entries, cites, cited_by, notes, links = [], [], [], [], []
    titles, hashes = [], []
    for node in root.walk():
        if node.id:
            counted[node.id] += 1
            if node.tag == "p":
                passages.setdefault(node.id, _passage(node))
        if node.tag == "a":
            href = node.attributes.get("href", "")
            links.append(href)
            if "cite" in node.classes:
                cites.append(href)
            elif "cited-by" in node.classes:
                cited_by.append(href)
        elif node.tag == "article" and "event" in node.classes:
            entries.append(_entry(node))
        elif node.tag == "dd":
            notes.append(_line(node))
        elif node.tag == "h1":
            titles.append(_line(node))
        elif node.tag == "code" and "hash" in node.classes:
            hashes.append(_line(node))
    return PageText(
        ids=frozenset(counted),
        repeated=tuple(id for id, count in counted.items() if count > 1),
        passages=passages,
        entries=tuple(entries),
        cites=tuple(cites),
        cited_by=tuple(cited_by),
        notes=frozenset(notes),
        titles=tuple(titles),
        hashes=tuple(hashes),
        links=tuple(links),
    )


def _passage(paragraph: Node) -> Passage:
    pieces: list[str] = []
    marks: list[Mark] = []

    def read(node: Node, length: int) -> int:
        start = length
        for child in node.children:
            if isinstance(child, str):
                pieces.append(child)
                length += len(child)
            else:
                length = read(child, length)
        if node.tag == "mark":
            ids = tuple(one.id for one in node.walk() if one.id)
            keys = tuple(node.attributes.get("data-cites", "").split())
            marks.append(Mark(ids, keys, start, length))
        return length

    read(paragraph, 0)
    return Passage(text="".join(pieces), marks=tuple(marks))


def _entry(article: Node) -> Entry:
    headings: list[str] = []
    assertions: list[str] = []
    by: list[str] = []
    unproven: list[str] = []
    loose: list[str] = []
    quotes: list[Shown] = []
    figures: list[tuple[str, ...]] = []
    date = datetime = notice = ""
    said: str | None = None
    edtf: str | None = None
    for node, above in _walk_with_parents(article):
        classes = node.classes
        if node.tag in _HEADINGS and "claim-name" not in classes:
            headings.append(_line(node))
        elif node.tag == "p" and above and "assertion" in above[-1].classes:
            (by if "by" in classes else assertions).append(_line(node))
        elif node.tag == "p" and "notice" in classes:
            notice = _line(node)
        elif node.tag == "p" and "reason" in classes:
            unproven.append(_line(node))
        elif "data-qualifier" in node.attributes:
            figures.append(_figure(node))
        elif node.tag == "figure" and "proof" in classes:
            if (shown := _shown(node)) is not None:
                quotes.append(shown)
        elif node.tag == "a" and "cite" in classes:
            if not any(one.tag == "figure" for one in above):
                loose.append(node.attributes.get("href", ""))
        elif above and "when" in above[-1].classes:
            if not date and (node.tag == "time" or "undated" in classes):
                date, datetime = _line(node), node.attributes.get("datetime", "")
            elif "said" in classes:
                said = _line(node)
            elif edtf is None:
                edtf = next((_line(one) for one in node.walk() if one.tag == "code"), None)
    return Entry(
        id=article.id.removeprefix("e-"),
        kind=article.attributes.get("data-kind", ""),
        modality=article.attributes.get("data-modality", ""),
        headings=tuple(headings),
        assertions=tuple(assertions),
        by=tuple(by),
        date=date,
        datetime=datetime,
        said=said,
        edtf=edtf,
        quotes=tuple(quotes),
        unproven=tuple(unproven),
        figures=tuple(figures),
        notice=notice,
        loose=tuple(loose),
    )


def _figure(row: Node) -> tuple[str, ...]:
    inside = list(row.walk())
    measure = next((_line(one) for one in inside if one.tag == "dt"), "")
    unit = next((_line(one) for one in inside if "unit" in one.classes), "")
    value = next((one.children for one in inside if one.tag == "dd"), [])
    number = "".join(child for child in value if isinstance(child, str))
    return measure, on_one_line(number), unit, row.attributes["data-qualifier"]


def _shown(figure: Node) -> Shown | None:
    """Read a figure with a citation; None for one that says why it proves nothing."""
    inside = list(figure.walk())
    cite = next((one for one in inside if one.tag == "a" and "cite" in one.classes), None)
    block = next(
        (one for one in inside if one.tag == "blockquote" and "quote" in one.classes), None
    )
    if cite is None and block is None:
        return None
    context = next((one for one in inside if one.tag == "details"), None)
    inner = list(context.walk()) if context is not None else []
    paragraph = next((one for one in inner if one.tag == "p"), None)
    mark = next((one for one in inner if one.tag == "mark"), None)
    note = next((one for one in inside if one.tag == "span" and "note" in one.classes), None)
    translated = next((one for one in inside if "translation" in one.classes), None)
    said = [one for one in translated.walk() if one.tag == "span"] if translated else []
    links = [one.attributes.get("href", "") for one in inside if one.tag == "a"]
    return Shown(
        href=cite.attributes.get("href", "") if cite is not None else "",
        quote=block.text.strip() if block is not None else "",
        stance=figure.attributes.get("data-stance", "supports"),
        context=None if paragraph is None else paragraph.text,
        context_mark="" if mark is None else mark.text,
        note=None if note is None else _line(note),
        translation=_line(said[-1]) if said else None,
        live=next((href for href in links if ":~:text=" in href), None),
    )


def _walk_with_parents(node: Node) -> Iterator[tuple[Node, tuple[Node, ...]]]:
    todo: list[tuple[Node, tuple[Node, ...]]] = [(node, ())]
    while todo:
        one, above = todo.pop()
        yield one, above
        path = (*above, one)
        todo += [(child, path) for child in reversed(one.children) if isinstance(child, Node)]


def _line(node: Node) -> str:
    return on_one_line(node.text)
