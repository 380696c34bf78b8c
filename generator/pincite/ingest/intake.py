"""What was received to an article whose every paragraph the build's proof will find.

Readers may differ from the proof about a space; the snapshot's own characters win. What it does
not hold at all is left out, and said.
"""

import re
from dataclasses import dataclass, replace

from pincite.base.decoding import decode
from pincite.base.diagnostics import Failure
from pincite.base.scalars import parse_timestamp, parse_url
from pincite.base.schema import Problem, Url
from pincite.base.shown import shortened
from pincite.ingest.article import Article, Block
from pincite.ingest.formats import Form, advise, refuse_mistaken
from pincite.ingest.ledger import one_line, written_kind
from pincite.ingest.leftovers import find_leftovers
from pincite.ingest.plaintext import read_plaintext
from pincite.link.normalise import fold_for_snapshot
from pincite.link.proof import snapshot_blocks
from pincite.load.project import MAX_BYTES

MOST_BYTES = MAX_BYTES  # of larger snapshots the proof reads nothing
_FORMS: dict[str, Form] = {
    ".txt": "text",
    ".text": "text",
    ".md": "markdown",
    ".html": "page",
    ".htm": "page",
    ".xhtml": "page",
    ".pdf": "pdf",
    ".warc": "archive",
    ".warc.gz": "archive",
    ".wacz": "archive",
}
_MEDIA = {
    "text/html": ".html",
    "application/xhtml+xml": ".xhtml",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "application/pdf": ".pdf",
    "application/warc": ".warc",
    "application/wacz": ".wacz",
}
_PAGE = re.compile(
    rb"\s*(?:<!--.{0,2000}?-->\s*)*<(?:!doctype html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """A file or an answer, byte by byte. *ending* tells its format: ``.html``."""

    data: bytes
    ending: str
    url: str = ""  # where it came from in the end
    charset: str = ""  # as the server said
    record: str = ""  # the page wanted of a web archive


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """An article, and what of the snapshot is left out of it, by first words."""

    article: Article
    dropped: tuple[str, ...]
    received_at: str = ""  # as a web archive says


def find_ending(name: str, data: bytes, media_type: str = "") -> str:
    """Return the ending that says how *data* is read; raises Failure for what is not read."""
    lower = name.lower()
    ending = next((e for e in sorted(_FORMS, key=len, reverse=True) if lower.endswith(e)), "")
    if data.startswith(b"%PDF-"):
        return ".pdf"
    if media_type:
        if media_type in _MEDIA:
            return (
                ending if _FORMS.get(ending) == _FORMS[_MEDIA[media_type]] else _MEDIA[media_type]
            )
        if media_type not in {"application/octet-stream", "application/gzip"}:
            raise Failure(
                f"{name} is {media_type}, which is not read",
                help="text, HTML, PDF and web archives are",
            )
    if not ending and _PAGE.match(data):
        return ".html"
    if not ending:
        raise Failure(
            f"{name} has a format that is not read",
            help=advise(lower) or f"these are: {' '.join(_FORMS)}",
        )
    return ending


def take_in(received: Received) -> Intake:
    """Read what was received. Raises Failure where no article can be had from it."""
    data = received.data
    if not data.strip():
        raise Failure("there is nothing in it", help="save the page again, once it is shown whole")
    if len(data) > MOST_BYTES:
        raise Failure(
            f"it has more than {MOST_BYTES >> 20} MB",
            help="save the article alone, without its pictures",
        )
    form = _FORMS[received.ending]
    refuse_mistaken(data, form)
    if form == "pdf":
        from pincite.ingest.pdf import read_pdf  # noqa: PLC0415 - a format pays for itself

        return _finish(read_pdf(data), None)
    if form == "archive":
        from pincite.ingest.webarchive import find_page  # noqa: PLC0415

        page, _ = find_page(data, received.record)
        article = _read_page(page.body, page.charset, page.url)
        article = _at_address(article, page.url)
        taken = _finish(article, snapshot_blocks("page.html", page.body))
        known = not isinstance(parse_timestamp(page.at), Problem)
        return replace(taken, received_at=page.at if known else "")
    if form == "page":
        article = _read_page(data, received.charset, received.url)
    else:
        decoded = decode(data, received.charset)
        article = read_plaintext(decoded.text, markdown=form == "markdown")
        article = _doubting(article, decoded.doubt)
    return _finish(article, snapshot_blocks(f"snapshot{received.ending}", data))


def _read_page(data: bytes, charset: str, url: str) -> Article:
    from pincite.ingest.webpage import read_webpage  # noqa: PLC0415 - bs4 is for pages alone

    decoded = decode(data, charset)
    return _doubting(read_webpage(decoded.text, url), decoded.doubt)


def _at_address(article: Article, url: str) -> Article:
    """Give *article* the address under which an archive holds it, if it is one."""
    if not isinstance(parse_url(url, Url(schemes=("http", "https"))), Problem):
        return replace(article, url=url)
    doubt = f"the archive holds it under `{shortened(url)}`, which is no address"
    return _doubting(replace(article, url=""), doubt)


def _doubting(article: Article, doubt: str) -> Article:
    return replace(article, doubts=(doubt, *article.doubts)) if doubt else article


def _finish(article: Article, snapshot: tuple[str, ...] | None) -> Intake:
    """Give the blocks the snapshot's own characters, and find what is in none of them."""
    blocks = [replace(b, text=text) for b in article.blocks if (text := one_line(b.text))]
    blocks = [replace(b, kind=written_kind(b.kind, b.text)) for b in blocks]
    lost: list[str] = []
    if snapshot is not None:
        blocks, lost = _prove(blocks, snapshot)
    if len(lost) > len(blocks):
        raise Failure(
            "the build could not read this file’s characters, so nothing in it can be proven",
            help="save it anew as UTF-8, or save the text alone as .txt",
        )
    if not blocks:
        raise Failure("no text was found in it", help="is it the right file?")
    doubts = article.doubts
    if lost:
        doubts += (
            f"{len(lost)} left out because the snapshot’s bytes do not show them: “{lost[0][:60]}”",
        )
    dropped = find_leftovers(snapshot, [b.text for b in blocks]) if snapshot else ()
    return Intake(
        article=replace(article, blocks=tuple(blocks), doubts=doubts),
        dropped=(*article.dropped, *dropped),
    )


def _prove(blocks: list[Block], snapshot: tuple[str, ...]) -> tuple[list[Block], list[str]]:
    whole = " ".join(filter(None, map(fold_for_snapshot, snapshot)))
    proven: list[Block] = []
    lost: list[str] = []
    last = 0
    dense: tuple[str, list[int]] | None = None
    for block in blocks:
        folded = fold_for_snapshot(block.text)
        # They mostly follow one another, so each is looked for where the last one ended.
        at = whole.find(folded, last) if folded else -1
        if at >= 0 or (folded and folded in whole):
            last = at + len(folded) if at >= 0 else last
            proven.append(block)
            continue
        dense = dense or _without_spaces(whole)
        letters = _SPACES.sub("", folded)
        at = dense[0].find(letters) if letters else -1
        if at < 0:
            lost.append(block.text)
        else:
            start, end = dense[1][at], dense[1][at + len(letters) - 1] + 1
            proven.append(replace(block, text=whole[start:end]))
    return proven, lost


def _without_spaces(text: str) -> tuple[str, list[int]]:
    places = [at for at, character in enumerate(text) if not character.isspace()]
    return "".join(text[at] for at in places), places
