"""What no page of any site may hold, whatever its authors wrote."""

import json
import re
from collections.abc import Iterator
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

import html5lib

SCHEMES = ("", "http", "https", "mailto")
ADDRESSES = ("href", "src", "action", "formaction", "poster", "data", "cite", "background")
NEVER = ("object", "embed", "style", "applet", "frame", "frameset", "math", "portal")
DATA_BLOCKS = ("application/ld+json", "application/json")


def parse(data: bytes) -> Element:
    """Return the tree that browsers make of *data*; the parser must find no error in it."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    root: Element = parser.parse(data)
    assert parser.errors == [], parser.errors[:3]
    return root


def audit(path: str, root: Element) -> None:
    """Raise AssertionError where something of *root* could run, load or lead away."""
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue  # a comment
        assert element.tag not in NEVER, (path, element.tag)
        for name, value in element.attrib.items():
            assert not name.startswith("on"), (path, name)
            assert name not in ("style", "srcdoc", "ping", "nonce"), (path, name)
            if name in ADDRESSES:
                plain = re.sub(r"[\x00-\x20\u200b\ufeff]", "", value)
                assert urlsplit(plain).scheme.lower() in SCHEMES, (path, value)
                if element.tag != "a" and element.get("rel") not in ("canonical", "alternate"):
                    assert not urlsplit(plain).netloc, (path, element.tag, value)
        if element.tag == "base":
            assert dict(element.attrib) == {"target": "_top"}, (path, element.attrib)
        if element.tag == "script":
            if element.get("type") in DATA_BLOCKS:
                json.loads(element.text or "")
                assert "<" not in (element.text or ""), path
            else:
                assert element.get("src"), path
                assert not (element.text or "").strip(), path
        if element.tag == "meta" and element.get("http-equiv", "").lower() == "refresh":
            assert re.fullmatch(r"0; url=[^:/\\][^:\\]*", element.get("content", "")), path


def skeleton(root: Element) -> Iterator[str]:
    """Yield the elements of a page in order, each with the names of its attributes."""
    for element in root.iter():
        if isinstance(element.tag, str):
            yield f"{element.tag} {' '.join(sorted(element.attrib))}"


def words(root: Element) -> str:
    """Return all text of a page on one line, its title and its fields' values included."""
    return " ".join("".join(root.itertext()).split())
