"""What the front matter of a Markdown file says of its article, as web clippers and sites write it.

It is no YAML of ours: lines `key: value` and lists below a key are read, all else is passed over.
"""

import re
from typing import NamedTuple

_FRONT = re.compile(r"\A\ufeff?---[ \t]*\n(?P<lines>.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_PAIR = re.compile(r"(?P<key>[A-Za-z][\w -]{0,40}?)\s*:(?:\s+(?P<value>.*))?")
_ITEM = re.compile(r"\s*-\s+(?P<value>.+)")
_LINK = re.compile(r"\[\[(?:[^\]|]*\|)?([^\]]*)\]\]")
_KEYS = {
    **dict.fromkeys(("title", "headline"), "title"),
    **dict.fromkeys(("author", "authors", "by", "byline"), "authors"),
    **dict.fromkeys(("date", "published", "pubdate", "publishdate", "date published"), "published"),
    **dict.fromkeys(("url", "source", "link", "canonical", "canonical url"), "url"),
    **dict.fromkeys(("lang", "language"), "language"),
    **dict.fromkeys(("publisher", "site", "publication"), "publisher"),
}
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")


class Front(NamedTuple):
    """What was said, and the text below it. *published* is as it was written."""

    rest: str
    title: str = ""
    authors: tuple[str, ...] = ()
    published: str = ""
    url: str = ""
    language: str = ""
    publisher: str = ""


def read_front(text: str) -> Front:
    """Part *text*, whose lines end in line feeds, into its front matter and the rest."""
    front = _FRONT.match(text)
    if front is None:
        return Front(text)
    said: dict[str, list[str]] = {}
    key = ""
    for line in front["lines"].split("\n"):
        if (item := _ITEM.fullmatch(line)) and key:
            said.setdefault(key, []).append(_plain(item["value"]))
        elif pair := _PAIR.fullmatch(line):
            key = _KEYS.get(pair["key"].casefold().replace("_", " "), "")
            if key and pair["value"]:
                said.setdefault(key, []).extend(_values(pair["value"], many=key == "authors"))
    found = {key: [value for value in values if value] for key, values in said.items()}
    first = {key: values[0] for key, values in found.items() if values}
    url = first.get("url", "")
    language = first.get("language", "")
    return Front(
        text[front.end() :],
        title=first.get("title", ""),
        authors=tuple(dict.fromkeys(found.get("authors", ()))),
        published=first.get("published", ""),
        url=url if re.match(r"https?://\S+\Z", url) else "",
        language=language if _LANGUAGE.fullmatch(language) else "",
        publisher=first.get("publisher", ""),
    )


def _values(value: str, *, many: bool) -> list[str]:
    value = value.strip()
    if many and value.startswith("[") and value.endswith("]") and not value.startswith("[["):
        return [_plain(one) for one in value[1:-1].split(",")]
    return [_plain(value)]


def _plain(value: str) -> str:
    words = value.strip()
    if len(words) > 1 and words[0] == words[-1] and words[0] in "\"'":
        words = words[1:-1]
    return " ".join(_LINK.sub(r"\1", words).split())
