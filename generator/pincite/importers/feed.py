"""Atom and RSS (0.9x, 1.0, 2.0): each entry is an event on the day it was published."""

from typing import Final

from pincite.importers.gathering import Fields, Gathering
from pincite.importers.markup import markdown_of, plain_of
from pincite.importers.moments import UNKNOWN
from pincite.importers.values import Import, What
from pincite.importers.written import read_written
from pincite.importers.xmltree import Element, read_xml

FORMAT: Final = "feed"

_DATES: Final = ("published", "pubdate", "issued", "date", "created", "updated", "modified")
_TEXTS: Final = ("content", "encoded", "summary", "description")
_HOME: Final = frozenset((*_DATES[:5], *_TEXTS, "title", "link", "category", "subject", "author"))


def read_feed(data: bytes | str, name: str) -> Import:
    """Read a feed. The day of an entry is that of its publication, which the losses say."""
    gathering = Gathering(FORMAT, name, data)
    document = read_xml(data)
    gathering.losses += document.losses
    root = document.root
    if root is None:
        return gathering.finish()
    channel = next(iter(root.find_all("channel")), root)
    about = channel.first_text("subtitle", "description", "tagline")
    gathering.describe_site(channel.first_text("title"), about, channel.line)
    publisher = plain_of(channel.first_text("title")).text[:200]
    for key in dict.fromkeys(child.name for child in channel.children):
        if key not in {"title", "subtitle", "description", "tagline", "item", "entry"}:
            gathering.lose(channel.line, "", What.NOTED, f"<{key[:40]}> of the feed was left out")
    entries = [*channel.find_all("item", "entry"), *root.find_all("item", "entry")]
    for entry in dict.fromkeys(entries):
        _add_entry(gathering, entry, publisher)
    if not entries:
        gathering.lose(root.line, "", What.REFUSED, f"<{root.name[:40]}> is no feed with entries")
    return gathering.finish()


def _add_entry(gathering: Gathering, entry: Element, publisher: str) -> None:
    dates = {child.name: child.text for child in entry.find_all(*_DATES) if child.text}
    written = next((name for name in _DATES if name in dates), "")
    date = read_written(dates.get(written, ""))
    if date.edtf != UNKNOWN:
        change = (
            f"the date is when the entry was {'changed' if written in _DATES[5:] else 'published'}"
        )
        date = date._replace(changes=(*date.changes, change))
    title = _html_of(next(iter(entry.find_all("title")), None))
    bodies = {child.name: _html_of(child) for child in entry.find_all(*_TEXTS)}
    used = next((name for name in _TEXTS if bodies.get(name)), "")
    rest = {name: markdown_of(text).text for name, text in bodies.items() if name != used}
    rest = {name: text for name, text in rest.items() if text != markdown_of(bodies[used]).text}
    rest |= {name: text for name, text in dates.items() if name != written}
    authors = [_author(child) for child in entry.find_all("author", "creator")]
    media = []
    for child in entry.children:
        if child.name in {"enclosure", "content", "thumbnail"} and child.attributes.get("url"):
            media.append(child.attributes["url"])
        elif child.name not in _HOME | {"creator", "updated", "modified"}:
            attributes = ", ".join(f"{k} {v}" for k, v in child.attributes.items())
            rest.setdefault(child.name, child.inner_html() or attributes)
    link, others = _links(entry)
    key = gathering.source_of(
        link,
        plain_of(title).text,
        publisher=publisher,
        authors=tuple(dict.fromkeys(a[:200] for a in authors if a)),
        published=date.edtf.partition("T")[0] if date.edtf != UNKNOWN else "",
    )
    rest["link"] = "\n".join([*others, *([link] if link and key is None else [])])
    tags = [
        child.attributes.get("label") or child.attributes.get("term") or child.text
        for child in entry.find_all("category", "subject")
    ]
    gathering.add(
        Fields(
            line=entry.line,
            date=date,
            written={written: dates[written]} if written else {},
            basis="editor" if date.edtf != UNKNOWN else "",
            title=title,
            text=bodies.get(used, ""),
            tags=tags,
            sources=[key] if key else [],
            media=media,
            rest=rest | {"author": "" if key else ", ".join(authors)},
        )
    )


def _html_of(element: Element | None) -> str:
    """Return the words of a text construct as HTML, whatever way they are written."""
    if element is None:
        return ""
    kind = element.attributes.get("type", "html")
    if kind in {"text", "text/plain"}:
        return element.text.replace("&", "&amp;").replace("<", "&lt;")
    return element.inner_html()


def _author(element: Element) -> str:
    return element.first_text("name", "email") or element.text


def _links(entry: Element) -> tuple[str, list[str]]:
    """Return the address of the entry itself, and the other addresses it gives."""
    found: list[tuple[str, str]] = []
    for child in entry.find_all("link"):
        address = child.attributes.get("href") or child.text
        if address:
            found.append((child.attributes.get("rel", "alternate"), address))
    own = next((address for rel, address in found if rel == "alternate"), "")
    if not own:
        guid = next(iter(entry.find_all("guid")), None)
        if guid is not None and guid.attributes.get("isPermaLink", "true") != "false":
            own = guid.text
    return own, [address for _, address in found if address != own]
