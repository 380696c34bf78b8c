"""What a page says of itself: JSON-LD first, then Open Graph, ``<meta>``, ``<time>`` and the title.

Each value is one that the page states; nothing is guessed here.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

from bs4 import BeautifulSoup
from bs4.element import Tag

from pincite.base.scalars import parse_language, parse_url
from pincite.base.schema import Problem, Url
from pincite.dates import DateProblem, parse_date
from pincite.ingest.furniture import find_authors, split_names
from pincite.ingest.ledger import one_line

_ARTICLE = re.compile(r"(?:article|posting|report|review|story|webpage)$", re.IGNORECASE)
_DAY = re.compile(r"(\d{4}-\d\d-\d\d)(?:[T ].*)?\Z|(\d{4})(\d\d)(\d\d)(?:T?\d{4,6}.*)?\Z")
_MOST_JSON = 2_000_000  # characters of one script
_DEEPEST = 12
_TITLES = (
    "og:title",
    "citation_title",
    "dc.title",
    "dcterms.title",
    "twitter:title",
    "parsely-title",
)
_PUBLISHERS = ("og:site_name", "citation_journal_title", "dc.publisher", "application-name")
# fmt: off
_AUTHORS = (
    "citation_author", "author", "article:author", "dc.creator", "dcterms.creator",
    "parsely-author", "sailthru.author", "byl",
)
_DAYS = (
    "article:published_time", "og:published_time", "citation_publication_date", "datepublished",
    "dc.date.issued", "dcterms.issued", "dcterms.created", "dc.date", "date", "pubdate",
    "publishdate", "publish-date", "parsely-pub-date", "sailthru.date", "citation_date",
)
# fmt: on
_PARTS_OF_TITLE = re.compile(r"\s+[|–—»·:-]\s+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    title: str = ""
    publisher: str = ""
    authors: tuple[str, ...] = ()
    published: str = ""  # a day, EDTF
    language: str = ""
    url: str = ""
    doubts: tuple[str, ...] = ()


def read_metadata(soup: BeautifulSoup, address: str = "") -> Metadata:
    """Return what *soup* says of itself; *address* completes relative links."""
    linked = _find_article(soup)
    meta = _read_meta(soup)
    days = _days(linked, meta, soup)
    doubts = []
    distinct = list(dict.fromkeys(day for day, _ in days))
    if len(distinct) > 1:
        said = ", ".join(f"{day} ({where})" for day, where in days if day in distinct[:3])
        doubts.append(f"the page gives several days of publication: {said}")
    publisher = _name(linked.get("publisher")) or _first(meta, _PUBLISHERS)
    return Metadata(
        title=_title(linked, meta, soup, publisher),
        publisher=publisher[:200],
        authors=_authors(linked, meta, soup),
        published=distinct[0] if distinct else "",
        language=_language(linked, meta, soup),
        url=_url(linked, meta, soup, address),
        doubts=tuple(doubts),
    )


# --- JSON-LD ---------------------------------------------------------------------------------


def _find_article(soup: BeautifulSoup) -> Mapping[str, Any]:
    """Return the JSON-LD object that is the article; an empty one where none is."""
    best: tuple[int, Mapping[str, Any]] = (0, {})
    for script in soup.find_all("script", type=re.compile(r"ld\+json", re.IGNORECASE)):
        text = script.string or script.get_text()
        if len(text) > _MOST_JSON:
            continue
        try:
            data = json.loads(re.sub(r"[\x00-\x1f]", " ", text).strip().rstrip(";"))
        except (ValueError, RecursionError):
            continue
        for entry in _objects(data):
            rank = _rank(entry)
            if rank > best[0]:
                best = rank, entry
    return best[1]


def _objects(data: Any, depth: int = 0) -> Iterator[Mapping[str, Any]]:
    if depth > _DEEPEST:
        return
    if isinstance(data, list):
        for item in data:
            yield from _objects(item, depth + 1)
    elif isinstance(data, dict):
        yield data
        for key in ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement"):
            if isinstance(data.get(key), (list, dict)):
                yield from _objects(data[key], depth + 1)


def _rank(entry: Mapping[str, Any]) -> int:
    kinds = entry.get("@type")
    names = [kinds] if isinstance(kinds, str) else kinds if isinstance(kinds, list) else []
    found = [name for name in names if isinstance(name, str) and _ARTICLE.search(name)]
    if not found:
        return 0
    page = all(name.lower().endswith("webpage") for name in found)
    return 1 + 2 * (not page) + ("datePublished" in entry) + ("headline" in entry)


def _names(value: Any) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return [name for one in values[:100] if (name := _name(one))]


def _name(value: Any) -> str:
    if isinstance(value, list):
        value = value[0] if value else ""
    if isinstance(value, dict):
        value = value.get("name")
    if isinstance(value, list):
        value = value[0] if value else ""
    return _plain(value)


def _plain(value: Any) -> str:
    """Return *value* as one line of text without markup; empty unless it is text."""
    if not isinstance(value, str) or len(value) > 5_000:
        return ""
    if "<" in value or "&" in value:
        value = BeautifulSoup(value.replace("<", " <"), "html.parser").get_text()
    return one_line(value)


# --- the rest of the head --------------------------------------------------------------------


def _read_meta(soup: BeautifulSoup) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for tag in soup.find_all("meta"):
        key = tag.get("property") or tag.get("name") or tag.get("itemprop")
        value = tag.get("content")
        if isinstance(key, str) and isinstance(value, str) and value.strip():
            found.setdefault(key.strip().lower(), []).append(one_line(value))
    return found


def _first(meta: Mapping[str, list[str]], keys: tuple[str, ...]) -> str:
    return next((_plain(meta[key][0]) for key in keys if key in meta), "")


def _title(
    linked: Mapping[str, Any], meta: Mapping[str, list[str]], soup: BeautifulSoup, publisher: str
) -> str:
    said = _plain(linked.get("headline")) or _first(meta, _TITLES)
    heads = [one_line(h.get_text(" ")) for h in soup.find_all("h1", limit=5)]
    heads = [h for h in heads if 3 <= len(h) <= 300]
    whole = one_line(soup.title.get_text()) if soup.title else ""
    # The headline on the page is the title; what the head says may be cut or meant for searches.
    for head in heads:
        if _is_like(head, said) or (len(head.split()) > 2 and head.lower() in whole.lower()):
            return head
    if said:
        return _without_site(said, publisher)[:1_000]
    return (_without_site(whole, publisher) or (heads[0] if heads else ""))[:1_000]


def _is_like(head: str, said: str) -> bool:
    a, b = set(head.lower().split()), set(said.lower().split())
    return bool(a and b) and len(a & b) / min(len(a), len(b)) >= 0.7


def _without_site(title: str, publisher: str) -> str:
    """Return *title* without the site's name before or after it."""
    parts = _PARTS_OF_TITLE.split(title)
    if len(parts) < 2:
        return title
    if publisher:
        kept = [part for part in parts if part.lower() != publisher.lower()]
        if kept and len(kept) < len(parts):
            if title.lower().endswith(publisher.lower()):
                return (
                    _PARTS_OF_TITLE.split(title[: -len(publisher)].rstrip(" |–—»·:-"))[0]
                    if (len(kept) == 1)
                    else title[: -len(publisher)].rstrip(" |–—»·:-")
                )
            return title
    longest = max(parts, key=len)
    return longest if re.search(r"\s[|»]\s", title) and len(longest.split()) > 3 else title


def _authors(
    linked: Mapping[str, Any], meta: Mapping[str, list[str]], soup: BeautifulSoup
) -> tuple[str, ...]:
    names = _names(linked.get("author"))
    for key in _AUTHORS:
        if names:
            break
        names = [_plain(value) for value in meta.get(key, ())]
        names = [name for name in names if "://" not in name and not name.startswith("@")]
    if not names:
        for tag in soup.find_all(rel="author", limit=5) or soup.find_all(
            class_=re.compile(r"(?:^|[-_])(?:byline|author)(?:$|[-_])", re.IGNORECASE), limit=3
        ):
            text = one_line(tag.get_text(" "))
            names += find_authors(text) or (split_names(text) if len(text) < 80 else ())
    cleaned = [re.sub(r"^by:?\s+", "", name, flags=re.IGNORECASE) for name in names]
    parted = [
        part
        for name in cleaned
        for part in ((split_names(name) if re.search(r",|;|\band\b|&", name) else ()) or (name,))
    ]
    return tuple(dict.fromkeys(name[:200] for name in parted if name))[:50]


def _days(
    linked: Mapping[str, Any], meta: Mapping[str, list[str]], soup: BeautifulSoup
) -> list[tuple[str, str]]:
    found = []
    if day := find_day(linked.get("datePublished")):
        found.append((day, "JSON-LD"))
    found += [
        (day, f"meta {key}") for key in _DAYS if (day := find_day((meta.get(key) or [""])[0]))
    ]
    if not found:
        for tag in soup.find_all("time", limit=50):
            marked = tag.has_attr("pubdate") or "datePublished" in str(tag.get("itemprop") or "")
            if (day := find_day(tag.get("datetime"))) and (marked or not found):
                found = [(day, "<time>")]
                if marked:
                    break
    return found


def find_day(value: Any) -> str:
    """Return the day in an ISO date or moment, on the clock it was written by."""
    if not isinstance(value, str):
        return ""
    found = _DAY.match(value.strip().replace("/", "-"))
    if not found:
        return ""
    day = found[1] or f"{found[2]}-{found[3]}-{found[4]}"
    return "" if isinstance(parse_date(day), DateProblem) else day


def _language(linked: Mapping[str, Any], meta: Mapping[str, list[str]], soup: BeautifulSoup) -> str:
    root = soup.find("html")
    said = [root.get("lang") or root.get("xml:lang") if isinstance(root, Tag) else ""]
    said += [
        linked.get("inLanguage"),
        _first(meta, ("og:locale", "dc.language", "content-language")),
    ]
    for value in said:
        tag = value.replace("_", "-").strip() if isinstance(value, str) else ""
        if tag and not isinstance(parse_language(tag), Problem):
            return tag
    return ""


def _url(
    linked: Mapping[str, Any], meta: Mapping[str, list[str]], soup: BeautifulSoup, address: str
) -> str:
    canonical = soup.find("link", rel=lambda rel: bool(rel) and "canonical" in str(rel).lower())
    said = [canonical.get("href") if isinstance(canonical, Tag) else ""]
    said += [_first(meta, ("og:url",)), linked.get("url")]
    for value in said:
        if isinstance(value, str) and value.strip():
            try:
                url = urljoin(address, value.strip())
            except ValueError:
                continue
            if not isinstance(parse_url(url, Url(schemes=("http", "https"))), Problem):
                return url
    return ""
