"""Links of a page to files of its site, whatever folder or address the site lies under."""

import posixpath
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

_INDEX = "index.html"


class Target(NamedTuple):
    """A file of the site, relative to its root, and a place in it."""

    file: str
    anchor: str


def find_target(file: str, href: str) -> Target | None:
    """Return where *href*, on the page written in *file*, leads; None when out of the site."""
    try:
        parts = urlsplit(href)
    except ValueError:
        return None
    if parts.scheme or parts.netloc or parts.path.startswith("/"):
        return None
    anchor = unquote(parts.fragment.partition(":~:")[0])
    if not parts.path:
        return Target(file, anchor)
    path = unquote(parts.path)
    joined = posixpath.normpath(posixpath.join(posixpath.dirname(file), path))
    if joined == ".." or joined.startswith("../"):
        return None
    if path.endswith(("/", "/.", "/..")) or path in (".", ".."):
        joined = posixpath.join("" if joined == "." else joined, _INDEX)
    return Target(joined, anchor)


def file_of(url: str) -> str:
    """Return the file of an address that is relative to the site's root."""
    target = find_target(_INDEX, url)
    return target.file if target else ""
