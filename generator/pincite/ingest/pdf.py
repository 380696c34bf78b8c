"""A PDF to an article: its text page by page, lines joined to paragraphs, page numbers kept."""

import re
from collections import Counter
from importlib.metadata import version

from pincite.base.diagnostics import Failure
from pincite.ingest.article import Article, Block, Kind
from pincite.ingest.furniture import ends_sentence, find_authors, is_prose
from pincite.ingest.ledger import one_line
from pincite.ingest.pdfpages import read_pages

_HYPHEN = re.compile(r"(?<=[^\W\d_])[-\u00ad\u2010]$")
_PAGE_NUMBER = re.compile(
    r"(?:page |p\. ?|[-–] ?)?\d{1,4}(?: ?[-–]| ?(?:of|/) ?\d{1,4})?", re.IGNORECASE
)
_NO_TITLE = re.compile(r"\.(?:docx?|indd|pdf|tex)$|^untitled|^microsoft word", re.IGNORECASE)
_ITEM = re.compile(r"(?:[•‣▪◦●■–-]|\(?\d{1,3}[.)])\s+")
_WIDTH_OF_TITLE = 200


def read_pdf(data: bytes) -> Article:
    """Return the text of a PDF. Raises Failure where it has none or cannot be read."""
    pages, meta = read_pages(data)
    doubts: list[str] = []
    running = _running_lines(pages)
    blocks: list[Block] = []
    for number, page in enumerate(pages, 1):
        lines = [line for line in page if line not in running and not _PAGE_NUMBER.fullmatch(line)]
        page_blocks = [Block(text=text, kind=kind, page=str(number)) for text, kind in _join(lines)]
        if (
            blocks
            and page_blocks
            and blocks[-1].kind == page_blocks[0].kind == "paragraph"
            and not ends_sentence(blocks[-1].text)
            and page_blocks[0].text[:1].islower()
        ):
            doubts.append(f"a paragraph runs on from page {number - 1} to page {number}")
        blocks += page_blocks
    if not any(is_prose(block.text) for block in blocks):
        raise Failure(
            "the PDF holds no text",
            help="it may be a scan: recognise its text first (OCR), and add the result",
        )
    empty = [str(n) for n, page in enumerate(pages, 1) if not page]
    if empty:
        doubts.append(f"no text on page {', '.join(empty[:10])}")
    title = one_line(str(meta.get("/Title") or ""))
    if not title or _NO_TITLE.search(title):
        title = next(
            (b.text for b in blocks[:5] if b.kind == "heading" or len(b.text) < _WIDTH_OF_TITLE), ""
        )
        doubts.append("the title is the first line of the text")
    if blocks and blocks[0].text == title and len(blocks) > 1:
        blocks = blocks[1:]
    author = one_line(str(meta.get("/Author") or ""))
    authors = (
        (author,) if author else next(filter(None, (find_authors(b.text) for b in blocks[:4])), ())
    )
    doubts.append(
        "line ends and columns of a PDF are guesses: compare the paragraphs with the pages"
    )
    return Article(
        title=title[:1_000],
        authors=authors,
        blocks=tuple(blocks),
        dropped=tuple(sorted(running)),
        doubts=tuple(dict.fromkeys(doubts)),
        tool=f"pypdf {version('pypdf')}",
    )


def _running_lines(pages: list[list[str]]) -> frozenset[str]:
    """Return the lines that stand at the edge of most pages: running heads and feet."""
    if len(pages) < 3:
        return frozenset()
    edges = Counter(line for page in pages for line in {*page[:2], *page[-2:]})
    return frozenset(line for line, times in edges.items() if times > len(pages) / 2)


def _join(lines: list[str]) -> list[tuple[str, Kind]]:
    """Join the lines of a page to paragraphs: a short line that ends a sentence ends one."""
    if not lines:
        return []
    full = sorted(map(len, lines))[int(len(lines) * 0.8)]
    found: list[tuple[str, Kind]] = []
    open_ = False
    for line in lines:
        item = _ITEM.match(line)
        if open_ and not item and found:
            text, kind = found[-1]
            found[-1] = (_glue(text, line), kind)
        elif item and line[item.end() :]:
            found.append((line[item.end() :], "item"))
        else:
            found.append((line, "paragraph"))
        text = found[-1][0]
        short = len(line) < 0.75 * full
        open_ = not (short and (ends_sentence(line) or len(text) == len(line))) and len(lines) != 1
        if short and text == line and not ends_sentence(line) and len(line.split()) <= 12:
            found[-1] = (line, "heading")
            open_ = False
    return [
        (text, "paragraph" if kind == "heading" and at == len(found) - 1 else kind)
        for at, (text, kind) in enumerate(found)
    ]


def _glue(text: str, line: str) -> str:
    if _HYPHEN.search(text):
        # A capital or a figure after it means that the hyphen is the word's own.
        return (text[:-1] if line[:1].islower() else text) + line
    return f"{text} {line}"
