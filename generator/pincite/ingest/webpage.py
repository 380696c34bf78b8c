"""A web page to an article: trafilatura and the page's own markup, each where it is right."""

import re
from importlib.metadata import version
from typing import Any, Literal

from bs4 import BeautifulSoup

from pincite.base.diagnostics import Failure
from pincite.base.shown import counted
from pincite.ingest.article import Article
from pincite.ingest.dom import read_blocks
from pincite.ingest.metadata import find_day, read_metadata
from pincite.ingest.selection import select

MOST_CHARACTERS = 8_000_000
_FEWEST = 120  # letters of running text that make an article
_NOT_CHARACTERS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
# A picture written into its tag, or thousands of attributes: the parsers below are slow on both.
_SHORT_PAGE = 200_000  # characters
_LONG_TAG = re.compile(r"<([a-zA-Z][\w-]*)[^<>]{8000,}>")
_CLOSED = re.compile(r"<(?:html|body|p|div)\b", re.IGNORECASE)
_FRAME = re.compile(r"""<frame\s[^>]{0,400}?src\s*=\s*["']?([^"'\s>]+)""", re.IGNORECASE)
_LITTLE = 300  # letters
_WALL = re.compile(
    r"subscribe to (?:continue|read)|(?:sign|log) in to (?:continue|read)|enable javascript"
    r"|verify (?:that )?you are (?:a )?human|access denied|are you a robot|checking your browser",
    re.IGNORECASE,
)


def read_webpage(text: str, address: str = "") -> Article:
    """Return the article in the page *text*. Raises Failure where there is none to be found."""
    if len(text) > MOST_CHARACTERS:
        raise Failure(
            f"the page has {len(text) / 1e6:.0f} million characters, "
            f"more than the {MOST_CHARACTERS / 1e6:.0f} million that are read",
            help="pictures inside the page make it large; save it as HTML only, or as text",
        )
    text = _LONG_TAG.sub(r"<\1>", text)
    soup = _parse(text)
    said = read_metadata(soup, address)
    dom = read_blocks(soup)
    taken, guess = _extract(text, address, guessing=not (said.published and said.title))
    selection = select(dom, taken, said.title)
    if selection.running < _FEWEST:
        raise Failure("no article was found in the page", help=_explain(text, dom))
    doubts = list(said.doubts)
    if not taken:
        doubts.append("trafilatura found no article; the densest running text was taken")
    if selection.restored:
        number = len(selection.restored)
        doubts.append(
            f"{counted(number, 'paragraph')} {'was' if number == 1 else 'were'} put back amid the "
            f"article that the extraction had left out: “{selection.restored[0][:60]}” …"
        )
    if wall := _WALL.search(" ".join(block.text for block in dom)[:200_000]):
        doubts.append(f"the page says “{wall[0]}”: the text may be cut off")
    published, note = said.published, ""
    basis: Literal["stated", "inferred"] = "stated"
    guessed = find_day(guess.get("date")) if not published else ""
    if guessed:
        published, basis = guessed, "inferred"
        note = (
            "Found in the page’s text or address by htmldate; the page does not state it as such."
        )
        doubts.append(f"it was published on {published}? That was found in its words or address")
    title = said.title or guess.get("title") or ""
    if not title:
        doubts.append("no title was found")
    authors = said.authors
    if not authors:
        doubts.append("no author was found")
    if not said.language:
        doubts.append("the page does not say its language")
    return Article(
        title=title,
        publisher=said.publisher,
        authors=authors,
        published=published,
        published_basis=basis if published else "unknown",
        published_note=note,
        language=said.language,
        url=said.url,
        blocks=selection.blocks,
        doubts=tuple(doubts),
        tool=f"trafilatura {version('trafilatura')}",
    )


def _parse(text: str) -> BeautifulSoup:
    try:
        return BeautifulSoup(text, "html.parser")
    except (AssertionError, RecursionError, ValueError):  # the parser gave up on broken markup
        return BeautifulSoup(re.sub(r"<!\[[^>]*>|<\?[^>]*>", " ", text), "html.parser")


def _extract(text: str, address: str, *, guessing: bool) -> tuple[str, dict[str, str]]:
    """Return trafilatura's text, a block a line, and with *guessing* its title and date.

    A date is sought in the words of short pages only: in a book it would be anybody's.
    """
    try:
        from trafilatura import bare_extraction  # noqa: PLC0415 - it is an extra, and heavy
    except ImportError:
        raise Failure(
            "reading web pages needs trafilatura",
            help="install it with: pip install 'pincite[ingest]'",
        ) from None
    try:
        document: Any = bare_extraction(
            _NOT_CHARACTERS.sub(" ", text),
            url=address or None,
            favor_precision=True,
            include_comments=False,
            with_metadata=guessing,
            date_extraction_params={
                "extensive_search": len(text) <= _SHORT_PAGE,
                "original_date": True,
            },
        )
    except Exception:  # noqa: BLE001 - whatever it stumbles over, our own reading still stands
        return "", {}
    if document is None:
        return "", {}
    found = {"title": document.title or "", "date": document.date or ""} if guessing else {}
    return document.text or "", found


def _explain(text: str, dom: tuple[Any, ...]) -> str:
    visible = " ".join(block.text for block in dom)[:200_000]
    if frames := _FRAME.findall(text):
        return f"it only frames other pages ({', '.join(frames)[:200]}): save the one with the text"
    if wall := _WALL.search(visible):
        return f"the page says “{wall[0]}”: save it from your own browser and add the file"
    if not _CLOSED.search(text):
        return "this does not look like HTML; for plain text name the file .txt"
    if len(visible) < 400 and "<script" in text.lower():
        return "the text comes by script: save the page from a browser once it is shown"
    if not visible.strip():
        return "it shows no text at all: save the page again, once it is shown whole"
    if len(visible) < _LITTLE:
        return f"all it shows is “{visible[:120]}”: if that is the article, save it as .txt"
    return (
        "it may be a list of links; save the text alone as .txt, paragraphs parted by blank lines"
    )
