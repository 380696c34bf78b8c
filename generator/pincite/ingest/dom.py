"""A page's markup to its visible blocks in order, each with where it stands in the page.

Nothing is judged here. Depth costs no recursion, so no nesting is too deep.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bs4 import BeautifulSoup
from bs4.element import Comment, NavigableString, PreformattedString, Tag

from pincite.ingest.article import Kind
from pincite.ingest.furniture import is_wrapped
from pincite.ingest.ledger import one_line

# fmt: off
_SILENT = frozenset((
    "script", "style", "template", "noscript", "head", "svg", "iframe", "object", "canvas", "video",
    "audio", "select", "textarea", "button", "math", "datalist", "map",
))
_BLOCK = frozenset((
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details",
    "dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1",
    "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "input", "label", "legend", "li", "main",
    "menu", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "tfoot", "thead", "tr",
    "ul",
))
# fmt: on
_TELLING = ("id", "role", "itemprop", "data-component", "data-gu-name", "data-testid")
_CELLS = frozenset(("td", "th", "img", "picture", "source", "wbr"))
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_UNSEEN = re.compile(
    r"(?:^|\s)(?:sr-only|visually-?hidden|screen-reader-(?:text|only)|u-hidden)(?:\s|$)",
    re.IGNORECASE,
)
_CAPTION = re.compile(
    r"(?:^|[\s_-])(?:wp-caption-text|caption|photo-credit|credit)(?:$|[\s_-])", re.IGNORECASE
)
_ADDRESS = re.compile(r"https?://|www\.")
_OPENING = "“\"‘'«„([<「『—–-•*"
_SHORT_LINE = 24  # characters of a label, which may stand over anything
_NEAR = 4  # ancestors whose names count


@dataclass(frozen=True, slots=True, kw_only=True)
class DomBlock:
    """One visible block. *parent* and *around* are numbers of elements in document order."""

    text: str
    kind: Kind
    level: int = 2
    element: str = ""  # the name of the element that makes it a block
    parent: int = 0
    around: tuple[int, ...] = ()  # the elements it stands in, outermost first
    inside: frozenset[str] = frozenset()  # their names
    names: str = ""  # classes and ids of the block and of the elements next around it
    linked: float = 0.0  # share of the text that is links, 0 to 1


@dataclass(slots=True)
class _Open:
    """An element that has been entered."""

    tag: Tag
    number: int
    children: Iterator[object]
    block: bool


def read_blocks(soup: BeautifulSoup) -> tuple[DomBlock, ...]:
    """Return the visible blocks of *soup* in reading order."""
    return tuple(_Walk().run(soup))


class _Walk:
    def __init__(self) -> None:
        self._stack: list[_Open] = []
        self._pieces: list[str] = []
        self._linked = 0
        self._links = 0
        self._number = 0
        self._items: set[int] = set()  # list items whose first block is out

    def run(self, soup: BeautifulSoup) -> Iterator[DomBlock]:
        self._stack = [_Open(soup, 0, iter(soup.contents), True)]
        while self._stack:
            top = self._stack[-1]
            child = next(top.children, None)
            if child is None:
                if top.block:
                    yield from self._flush()
                self._links -= top.tag.name == "a"
                if top.tag.name in _CELLS:
                    self._pieces.append(" ")
                self._stack.pop()
            elif isinstance(child, Tag):
                yield from self._enter(child)
            elif isinstance(child, NavigableString) and not isinstance(
                child, (Comment, PreformattedString)
            ):
                text = str(child).replace("\n", " ")
                self._pieces.append(text)
                if text.strip():
                    self._linked += len(text.strip()) * (self._links > 0)

    def _enter(self, tag: Tag) -> Iterator[DomBlock]:
        name = tag.name.lower()
        if name in _SILENT or _is_hidden(tag):
            return
        if name == "br":
            self._pieces.append("\n")
            return
        block = name in _BLOCK
        if block:
            yield from self._flush()
        elif name in _CELLS:
            self._pieces.append(" ")
        self._links += name == "a"
        self._number += 1
        self._stack.append(_Open(tag, self._number, iter(tag.contents), block))

    def _flush(self) -> Iterator[DomBlock]:
        """Give what was gathered: a block, or several where line breaks part it."""
        if not self._pieces:
            return
        lines = [one_line(line) for line in _part_lines("".join(self._pieces))]
        length = sum(map(len, lines))
        linked = min(1.0, self._linked / length) if length else 0.0
        self._pieces, self._linked = [], 0
        blocks = [entry for entry in self._stack if entry.block]
        own = blocks[-1]
        for text in lines:
            if not any(map(str.isalnum, text)):
                continue
            inside = frozenset(entry.tag.name.lower() for entry in self._stack[1:])
            kind, level = self._kind(blocks, inside)
            yield DomBlock(
                text=text,
                kind=kind,
                level=level,
                element=own.tag.name.lower(),
                parent=blocks[-2].number if len(blocks) > 1 else 0,
                around=tuple(entry.number for entry in blocks[:-1]),
                inside=inside,
                names=" ".join(_names(entry.tag) for entry in blocks[-_NEAR:]),
                linked=linked,
            )

    def _kind(self, blocks: list[_Open], inside: frozenset[str]) -> tuple[Kind, int]:
        for entry in reversed(blocks):
            name = entry.tag.name.lower()
            if name in _HEADINGS:
                return "heading", _HEADINGS[name]
            if name == "figcaption" or _CAPTION.search(_names(entry.tag)):
                return "caption", 2
            if name in {"li", "dd", "dt"} and entry.number not in self._items:
                self._items.add(entry.number)
                return "item", 2
            if name == "blockquote":
                return "quotation", 2
            if name in {"article", "main", "section", "body", "table"}:
                break
        return ("caption", 2) if "figcaption" in inside else ("paragraph", 2)


def _part_lines(text: str) -> list[str]:
    """Part *text* at its line breaks, but not where they fall within sentences."""
    parts: list[str] = []
    for group in re.split(r"\n\s*\n", text):
        lines = [line.strip() for line in group.split("\n") if line.strip()]
        if is_wrapped(lines):
            parts.append(" ".join(lines))
            continue
        first = len(parts)
        for line in lines:
            goes_on = line[0].islower() and _ADDRESS.match(line) is None
            within = goes_on and bool(parts) and len(parts[-1]) > _SHORT_LINE
            if len(parts) > first and (within or not _opens(line)):
                parts[-1] += " " + line
            else:
                parts.append(line)
    return parts


def _opens(line: str) -> bool:
    return line[0].isalnum() or line[0] in _OPENING


def _names(tag: Tag) -> str:
    classes = tag.get("class") or ()
    said = [classes] if isinstance(classes, str) else list(classes)
    said += [str(tag.get(name) or "") for name in _TELLING]
    return " ".join(said)


def _is_hidden(tag: Tag) -> bool:
    if not tag.attrs or tag.name in {"html", "body", "article", "main"}:
        return False
    style = tag.get("style")
    return (
        tag.has_attr("hidden")
        or (isinstance(style, str) and _HIDDEN.search(style) is not None)
        or _UNSEEN.search(_names(tag)) is not None
    )
