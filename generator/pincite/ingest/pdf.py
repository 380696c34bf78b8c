"""A PDF to an article: its text page by page, lines joined to paragraphs, page numbers kept."""

import re
from collections import Counter
from importlib.metadata import version

from pincite.base.diagnostics import Failure
from pincite.ingest.article import Article, Block, Kind
from pincite.ingest.furniture import ends_sentence, find_authors, is_prose
from pincite.ingest.ledger import one_line
from pincite.ingest.pdflayout import Line
from pincite.ingest.pdfpages import read_pages

_HYPHEN = re.compile(r"(?<=[^\W\d_])[-\u00ad\u2010]$")
_PAGE_NUMBER = re.compile(
    r"(?:page |p\. ?|[-–] ?)?\d{1,4}(?: ?[-–]| ?(?:of|/) ?\d{1,4})?", re.IGNORECASE
)
_NO_TITLE = re.compile(r"\.(?:docx?|indd|pdf|tex)$|^untitled|^microsoft word", re.IGNORECASE)
_ITEM = re.compile(r"(?:[•‣▪◦●■–-]|\(?\d{1,3}[.)])\s+")
#: what a browser prints above and below a page
_PRINTED = re.compile(
    r"\d{1,2}[/.]\d{1,2}[/.]\d{2,4}, \d{1,2}:\d\d(?: [AP]M)?(?: .{0,200})?"
    r"|(?:https?|file|\ufb01le)://\S+(?: \d{1,4}/\d{1,4})?"
)
_NOBODY = re.compile(
    r"\W*(?:anonymous|unspecified|unknown|author|user|admin|root)\W*", re.IGNORECASE
)
_WIDTH_OF_TITLE = 200


def read_pdf(data: bytes) -> Article:
    """Return the text of a PDF. Raises Failure where it has none or cannot be read."""
    pages, meta = read_pages(data)
    doubts: list[str] = []
    running = _running_lines(pages)
    printed = {one.text for page in pages for one in page if _PRINTED.fullmatch(one.text)}
    blocks: list[Block] = []
    for number, page in enumerate(pages, 1):
        lines = [
            line
            for line in page
            if line.text not in running
            and not _PAGE_NUMBER.fullmatch(line.text)
            and line.text not in printed
        ]
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
        short = (b.text for b in blocks[:5] if b.kind == "heading" or len(b.text) < _WIDTH_OF_TITLE)
        title = _first_large(pages[0]) or next(short, "")
        doubts.append("the title is the first line of the text")
    if len(blocks) > 1:
        head = [at for at, b in enumerate(blocks[:5]) if b.text == title]
        blocks = [b for at, b in enumerate(blocks) if at not in head[:1]]
    author = one_line(str(meta.get("/Author") or ""))
    author = "" if _NOBODY.fullmatch(author) else author
    authors = (
        (author,) if author else next(filter(None, (find_authors(b.text) for b in blocks[:4])), ())
    )
    doubts.append(
        "line ends and columns of a PDF are guesses, and a build proves its bytes alone: "
        "compare the paragraphs with the pages"
    )
    return Article(
        title=title[:1_000],
        authors=authors,
        blocks=tuple(blocks),
        dropped=tuple(sorted(running | printed)),
        doubts=tuple(dict.fromkeys(doubts)),
        tool=f"pypdf {version('pypdf')}",
    )


def _running_lines(pages: list[list[Line]]) -> frozenset[str]:
    """Return the lines that stand at the edge of most pages: running heads and feet."""
    if len(pages) < 3:
        return frozenset()
    edges = Counter(text for page in pages for text in {one.text for one in page[:2] + page[-2:]})
    return frozenset(line for line, times in edges.items() if times > len(pages) / 2)


def _first_large(page: list[Line]) -> str:
    """Return what the page says first in large letters."""
    title = ""
    for line in page:
        if title and (line.new or not line.big):
            break
        if line.big:
            title = _glue(title, line.text) if title else line.text
    return title


def _join(lines: list[Line]) -> list[tuple[str, Kind]]:
    """Join the lines of a page to paragraphs: a gap, or a short line that ends a sentence."""
    if not lines:
        return []
    full = sorted(len(line.text) for line in lines)[int(len(lines) * 0.8)]
    found: list[tuple[str, Kind]] = []
    open_ = titled = False
    for line, new, big in lines:
        if big:
            goes_on = titled and not new
            found[-1:] = (
                [(_glue(found[-1][0], line), "heading")]
                if goes_on
                else [*found[-1:], (line, "heading")]
            )
            open_, titled = False, True
            continue
        titled = False
        item = _ITEM.match(line)
        if new and found and (ends_sentence(found[-1][0]) or not line[:1].islower()):
            open_ = False
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
