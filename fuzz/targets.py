"""What is fuzzed: each target takes any bytes, and an exception but Failure is a defect.

A target checks more than that nothing is raised, where there is more that must hold.
"""

import html
import re
from collections.abc import Callable, Mapping

from pincite.base.diagnostics import Failure
from pincite.base.text import Text
from pincite.base.yamltext import yaml_text
from pincite.base.yamltree import Scalar, parse_yaml
from pincite.dates import DateProblem, parse_date
from pincite.importers.formats import READERS, read_format
from pincite.importers.sniff import sniff
from pincite.ingest.intake import Received, take_in
from pincite.link.quotes import Found, find_quote
from pincite.link.search import SourceText
from pincite.load.config import parse_config
from pincite.load.events import parse_events
from pincite.load.names import parse_names
from pincite.load.pages import parse_page
from pincite.load.sources import parse_source
from pincite.prose import PAGE_LIMIT, parse_prose

_TAGS = re.compile(r"<\s*/?\s*([a-zA-Z!?][^\s>/]*)([^>]*)>")
_ALLOWED = frozenset(
    (
        "p",
        "strong",
        "em",
        "code",
        "pre",
        "blockquote",
        "ul",
        "ol",
        "li",
        "hr",
        "br",
        "a",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
    )
)
_ATTRIBUTES = re.compile(r'(?:\s+(?:href|title|rel|id|start)="[^"<>]*")*\s*')
_HREF = re.compile(r'href="([^"]*)"')


def _text(data: bytes) -> str:
    # With halves of surrogate pairs, which a name of a file or an escape may bring along.
    return data.decode("utf-8", "surrogateescape")


def yaml(data: bytes) -> None:
    text = Text("content/events/a.yaml", _text(data))
    tree, found = parse_yaml(text)
    for d in found:
        assert 0 <= d.span.start <= d.span.end <= len(text.value)
        text.locate(d.span.start)
    value = _text(data).encode("utf-8", "replace").decode()[:2_000]
    back, _ = parse_yaml(Text("x", yaml_text({"k": value})))
    assert back is not None
    again = back.entries["k"]  # type: ignore[union-attr]
    assert isinstance(again, Scalar)
    assert again.value == value, (again.value, value)
    del tree


def records(data: bytes) -> None:
    """Read the same bytes as each file of YAML that a project may have."""
    text = _text(data)
    parse_events(Text("content/events/a.yaml", text))
    parse_config(Text("content/site.yaml", text))
    parse_names(Text("content/actors.yaml", text))


def source(data: bytes) -> None:
    text = Text("content/sources/a.md", _text(data))
    value, found = parse_source(text)
    assert value is not None or found
    if value is not None:
        ids = [p.id for p in value.paragraphs]
        assert len(ids) == len(set(ids))


def markdown(data: bytes) -> None:
    text = _text(data)
    parse_page(Text("content/pages/a.md", text))
    for page in (False, True):
        prose, _ = parse_prose(text, limit=PAGE_LIMIT, is_page=page)
        for name, attributes in _TAGS.findall(prose.html):
            assert name in _ALLOWED, name
            assert _ATTRIBUTES.fullmatch(attributes), attributes
        inside = " ".join(attributes for _, attributes in _TAGS.findall(prose.html))
        for address in _HREF.findall(inside):
            plain = re.sub(r"[\x00-\x20]", "", html.unescape(address)).lower()
            scheme = re.match(r"([^/?#:]*):", plain)
            assert not scheme or scheme[1] in ("http", "https", "mailto"), address
        # Marks of the library's and of ours stand for what must come back whole.
        assert not re.search("[\x00-\x08\ud800-\udfff\ufdd1-\ufdef]", prose.html), prose.html


def edtf(data: bytes) -> None:
    text = _text(data)
    value = parse_date(text)
    if isinstance(value, DateProblem):
        assert value.message
        if value.suggestion:
            assert not isinstance(parse_date(value.suggestion), DateProblem), value.suggestion
        return
    earliest, latest = value.earliest, value.latest
    if earliest is not None and latest is not None:
        assert not earliest > latest, text


def quotes(data: bytes) -> None:
    """Look for each part of the text in all of it, and for all of it in each part."""
    paragraphs = _text(data).split("\n\n")[:20]
    texts = SourceText([(f"p{n}", text) for n, text in enumerate(paragraphs, 1)])
    for wanted in paragraphs:
        found = find_quote(texts, (wanted[3:40],), paragraph=None, occurrence=1)
        if isinstance(found, Found):
            for place in found.parts:
                text = paragraphs[int(place.paragraph[1:]) - 1]
                assert 0 <= place.start < place.end <= len(text)
        find_quote(texts, tuple(wanted.split("…")), paragraph="p1", occurrence=None)


def importers(data: bytes) -> None:
    names = sorted(READERS)
    if not data:
        return
    sniff("a.csv", data[1:])
    try:
        read_format(names[data[0] % len(names)], data[1:], "a.csv")
    except Failure:
        return


def webpage(data: bytes) -> None:
    for ending in (".html", ".txt"):
        try:
            taken = take_in(Received(data=data, ending=ending, url="https://example.org/a"))
        except Failure:
            continue
        assert taken.article.blocks


TARGETS: Mapping[str, Callable[[bytes], None]] = {
    target.__name__: target
    for target in (yaml, records, source, markdown, edtf, quotes, importers, webpage)
}
