"""A new source's file: the article that was read, beside what the author says of it."""

import re
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from pincite.base.scalars import parse_slug
from pincite.base.schema import Problem
from pincite.base.yamltext import Value
from pincite.ingest.article import Article, Block
from pincite.ingest.intake import Intake
from pincite.ingest.ledger import Row, source_text
from pincite.link.corpus import fold_id

_SLUG_LENGTH = 60
_WAYBACK = re.compile(r"/web/(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)")
_ARCHIVES = {
    "web.archive.org": "wayback",
    "perma.cc": "perma",
    "ghostarchive.org": "ghostarchive",
    "archive.today": "archive.today",
    "archive.ph": "archive.today",
    "archive.is": "archive.today",
    "archive.li": "archive.today",
    "archive.md": "archive.today",
    "archive.vn": "archive.today",
    "archive.fo": "archive.today",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What the author says on the command line; it wins over what the page says."""

    id: str = ""
    title: str = ""
    publisher: str = ""
    authors: tuple[str, ...] = ()
    published: str = ""  # EDTF
    published_note: str = ""  # how the day was inferred; empty: the source states it
    language: str = ""
    url: str = ""
    archives: tuple[str, ...] = ()
    retrieved_at: str = ""
    retrieved_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSource:
    id: str
    path: str  # of the source's file
    snapshot: str  # path of the raw file
    text: str  # of the source's file


def make_source(
    taken: Intake,
    said: Said,
    *,
    sha256: str,
    ending: str,
    tool: str,
    taken_ids: Collection[str],
    snapshot: str = "",
) -> NewSource:
    """Return the file of a new source; *snapshot* is the raw file's path where it has one."""
    article = taken.article
    title = said.title or article.title or _first_words(article.blocks)
    name = make_slug(title)
    id = said.id or _free_id(name, taken_ids)
    snapshot = snapshot or f"seeds/{name}-{sha256[:8]}{ending}"
    front = _front(taken, said, title, snapshot, sha256, tool)
    return NewSource(
        id=id,
        path=f"content/sources/{id}.md",
        snapshot=snapshot,
        text=source_text(front, number_rows(article.blocks)),
    )


def number_rows(blocks: Sequence[Block]) -> list[Row]:
    """Return the ledger of a first edition: numbered from 1, headings no higher than ``##``."""
    return [
        Row(f"p{n}", b.kind, b.text, page=b.page, level=max(2, b.level))
        for n, b in enumerate(blocks, 1)
    ]


def make_slug(title: str) -> str:
    """Return the first words of *title* as a part of an address."""
    words = "".join(
        c if unicodedata.category(c)[0] in "LM" or c.isdecimal() else "" if c in "'’" else " "
        for c in unicodedata.normalize("NFC", title.lower())
    ).split()
    slug = ""
    for word in words:
        if slug and len(slug) + 1 + len(word) > _SLUG_LENGTH:
            break
        slug = f"{slug}-{word}" if slug else word[:_SLUG_LENGTH]
    return slug if slug and not isinstance(parse_slug(slug), Problem) else "source"


def _free_id(name: str, taken: Collection[str]) -> str:
    folded = set(map(fold_id, taken))
    id, number = name, 1
    while fold_id(id) in folded:
        number += 1
        id = f"{name}-{number}"
    return id


def _first_words(blocks: Sequence[Block]) -> str:
    words = blocks[0].text.split() if blocks else ["Untitled"]
    return " ".join(words[:10])[:200] + (" …" if len(words) > 10 else "")


def _front(
    taken: Intake, said: Said, title: str, snapshot: str, sha256: str, tool: str
) -> dict[str, Value]:
    article = taken.article
    front: dict[str, Value] = {"title": title[:1_000]}
    if publisher := said.publisher or article.publisher:
        front["publisher"] = publisher
    if authors := said.authors or article.authors:
        front["authors"] = list(authors)
    front |= _published(article, said)
    if url := said.url or article.url:
        front["url"] = url
    else:
        front |= {"url": None, "url_note": "The file came without its address."}
    if language := said.language or article.language:
        front["language"] = language
    if retrieved_at := said.retrieved_at or taken.received_at:
        front["retrieved_at"] = retrieved_at
    if said.retrieved_by:
        front["retrieved_by"] = said.retrieved_by
    front["tool"] = tool
    if said.archives:
        front["archives"] = [_archive(address) for address in said.archives]
    front["snapshot"] = snapshot
    front["sha256"] = sha256
    if taken.dropped:
        front["dropped"] = list(taken.dropped)
    return front


def _published(article: Article, said: Said) -> dict[str, Value]:
    if said.published:
        basis = "inferred" if said.published_note else "stated"
        front: dict[str, Value] = {"published": said.published, "published_basis": basis}
        return front | ({"published_note": said.published_note} if said.published_note else {})
    if article.published:
        front = {"published": article.published, "published_basis": article.published_basis}
        if article.published_note:
            front["published_note"] = article.published_note
        return front
    return {"published": None, "published_basis": "unknown"}


def _archive(address: str) -> dict[str, Value]:
    """Return a copy kept elsewhere; the Wayback Machine's addresses tell their moment."""
    found: dict[str, Value] = {"url": address}
    if moment := _WAYBACK.search(address):
        found["at"] = "{}-{}-{}T{}:{}:{}Z".format(*moment.groups())
    kind = _ARCHIVES.get((urlsplit(address).hostname or "").removeprefix("www."))
    if kind:
        found["kind"] = kind
    return found
