"""Fields that take more than words: a payload there is refused, or stays what it must be.

Words in every field are looked at in Chromium: tests/browser/test_fields.py.
"""

import csv
import importlib
import io
import json
import pkgutil
import re
import unicodedata
from itertools import cycle, islice
from urllib.parse import urlsplit
from xml.sax.saxutils import escape, quoteattr

import pytest

import pincite.load
from hostile.fields import (
    FILES,
    NAMES_OF_THINGS,
    URLS,
    all_leaves,
    takes_words,
)
from hostile.payloads import IDS, INVISIBLE, disguises, families, texts
from importers.checking import settle
from pincite.base.reading import read_value
from pincite.base.schema import ListOf, MapOf, Nested, Nullable, Path, Record, Slug, Url
from pincite.base.yamltree import Scalar
from pincite.importers.formats import READERS, read_format
from support import Site

STRICT = {path: kind for path, kind in all_leaves().items() if not takes_words(path)}
STRICT = {path: kind for path, kind in STRICT.items() if path not in NAMES_OF_THINGS}
PER_FIELD = 600


def test_no_record_of_the_schema_is_forgotten():
    declared = {}
    for module in pkgutil.iter_modules(pincite.load.__path__, "pincite.load."):
        for name, value in vars(importlib.import_module(module.name)).items():
            if isinstance(value, Record):
                declared[id(value)] = name
    reached = set()

    def walk(kind):
        match kind:
            case Nested():
                reached.add(id(kind.record))
                for field in kind.record.fields:
                    walk(field.type)
            case ListOf():
                walk(kind.item)
            case MapOf():
                walk(kind.value)
            case Nullable():
                walk(kind.type)

    for root in FILES.values():
        walk(root)
    assert {name for at, name in declared.items() if at not in reached} == set()
    assert len(declared) > 15


def read(path, text):
    value, found = read_value(Scalar(text, 0, len(text)), STRICT[path], "content/x.yaml")
    return value, [problem.code for problem in found]


def test_what_is_not_words_is_refused_or_harmless():
    """Each field meets some payloads of every family, and all that hides or is no name."""
    some = cycle(texts())
    for path, kind in STRICT.items():
        tried = [text for family in families().values() for text in family[:3]]
        tried += [*islice(some, PER_FIELD), *IDS, *(f"2025{mark}" for mark in INVISIBLE)]
        for text in tried:
            value, codes = read(path, text)
            if value is None:
                assert codes or text in ("null", ""), (path, text)
            elif isinstance(kind, Url):
                assert is_address(value), (path, text)
            elif isinstance(kind, Path):
                assert re.fullmatch(r'[^<>:"|?*\\\x00-\x1f]+', value), (path, text)
                assert not {"", ".", ".."} & set(value.split("/")), (path, text)
            elif isinstance(kind, Slug):
                letters = {unicodedata.category(letter)[0] for letter in value if letter != "-"}
                assert letters <= set("LMN"), (path, text)
            else:  # a date, a number, a choice, a colour, …
                assert len(text) < 12, (path, text)


def is_address(url):
    parts = urlsplit(url)
    clean = not re.search(r"[\s<>\"\\^`{|}\x00-\x20\x7f]", url)
    return clean and parts.scheme in ("http", "https") and bool(parts.hostname)


@pytest.mark.parametrize("path", [path for path, kind in STRICT.items() if isinstance(kind, Url)])
def test_no_disguise_is_an_address(path):
    for word in ("javascript", "data", "vbscript", "file"):
        for text in disguises(word):
            value, codes = read(path, text)
            assert codes or is_address(value), (path, text)
            assert codes or not value.lower().startswith(word), (path, text)
    for text in URLS:
        value, codes = read(path, text)
        if path == "site.url" and set("?#") & set(text):  # nothing can be joined to that
            assert (value, codes) == (None, ["bad-url"]), text
        else:
            assert (value, codes) == (text, []), path


NAMED = {
    "events.kind": "kind: {}",
    "events.related": "related: [{}]",
    "events.cite.source": "cite: {{source: {}, unverified: U}}",
    "events.claims.cite.source": "claims: [{{text: T, cite: {{source: {}, unverified: U}}}}]",
    "site.featured": "featured: [{}]",
}


def test_what_names_a_thing_names_one_that_is_there(tmp_path):
    assert NAMED.keys() | {"links.(value).lost"} == NAMES_OF_THINGS  # of the latter only the number
    for path, form in NAMED.items():
        site = Site(tmp_path / path)
        lines = [form.format(json.dumps(f[7])) for f in families().values() if len(f[7]) < 100]
        if path == "site.featured":
            site.write("content/site.yaml", f"title: T\n{lines[0]}\n")
            lines = ["tags: x"]
        events = [
            f"- id: e{n}\n  date: 2025\n  title: T\n  {line}\n" for n, line in enumerate(lines)
        ]
        site.write("content/events/a.yaml", "".join(events))
        site.check()
        assert len(site.errors) >= len(lines), (path, site.report)


# ---- what other tools wrote ------------------------------------------------------------------


def _table(head, rows, deal):
    file = io.StringIO()
    csv.writer(file).writerows([head, *([deal() if c is None else c for c in row] for row in rows)])
    return file.getvalue()


def _timelinejs_csv(deal):
    head = [
        "Year",
        "Month",
        "Day",
        "Time",
        "End Year",
        "End Month",
        "End Day",
        "End Time",
        "Display Date",
        "Headline",
        "Text",
        "Media",
        "Media Credit",
        "Media Caption",
        "Media Thumbnail",
        "Type",
        "Group",
        "Background",
        "Odd",
    ]
    return _table(head, [["2025", "1", "2", *[None] * (len(head) - 3)]] * 30, deal)


def _timelinesetter(deal):
    head = ["date", "display_date", "description", "link", "series", "html", "odd"]
    return _table(head, [["January 2, 2025", *[None] * (len(head) - 1)]] * 30, deal)


def _timelinejs_json(deal):
    def slide():
        media = {key: deal() for key in ("url", "caption", "credit", "thumbnail", "alt", "title")}
        text = {"headline": deal(), "text": deal()}
        background = {"url": deal(), "color": deal()}
        date = {"year": "2025", "display_date": deal(), "format": deal()}
        return {
            "start_date": date, "end_date": {"year": deal()}, "text": text, "media": media,
            "group": deal(), "display_date": deal(), "background": background,
            "unique_id": deal(), "autolink": deal(), deal(): deal(),
        }  # fmt: skip

    eras = [{"start_date": {"year": "2020"}, "end_date": {"year": "2025"}, "text": slide()["text"]}]
    return json.dumps({"title": slide(), "eras": eras, "events": [slide() for _ in range(30)]})


def _timemap(deal):
    keys = ("description", "title", "time", "time_display", "location", "type", "category", "odd")

    def event():
        lists = {key: [deal(), deal()] for key in ("associations", "sources", "filters")}
        return {"id": deal(), "date": "1/2/2025", **{key: deal() for key in keys}, **lists}

    sources = [
        {"id": f"s{n}", "title": deal(), "url": deal(), "author": deal(), "paths": [deal()],
         "description": deal(), "type": deal(), "date": deal(), "thumbnail": deal()}
        for n in range(9)
    ]  # fmt: skip
    linked = [event() | {"sources": [f"s{n}"]} for n in range(9)]
    return json.dumps({"events": [*linked, *(event() for _ in range(20))], "sources": sources,
                       "associations": [{"id": deal(), "title": deal(), "mode": deal()}]})  # fmt: skip


def _simile(deal):
    names = [
        "title",
        "start",
        "end",
        "link",
        "image",
        "icon",
        "color",
        "caption",
        "classname",
        "tapeImage",
        "description",
    ]
    events = "".join(
        "<event " + "".join(f" {n}={quoteattr('2025' if n == 'start' else deal())}" for n in names)
        + f">{escape(deal())}</event>"
        for _ in range(30)
    )  # fmt: skip
    return f"<data wiki-url={quoteattr(deal())} wiki-section={quoteattr(deal())}>{events}</data>"


def _feed(deal):
    tags = [
        "title",
        "link",
        "description",
        "guid",
        "author",
        "category",
        "comments",
        "source",
        "odd",
    ]
    items = "".join(
        "<item><pubDate>Thu, 02 Jan 2025 10:00:00 GMT</pubDate>"
        + "".join(f"<{tag} url={quoteattr(deal())}>{escape(deal())}</{tag}>" for tag in tags)
        + "</item>"
        for _ in range(30)
    )
    return f"<rss version='2.0'><channel><title>{escape(deal())}</title>{items}</channel></rss>"


def _markwhen(deal):
    head = f"---\ntitle: {json.dumps(deal())}\n---\n\nsection {deal()} #{deal()}\n"
    return head + "".join(f"\n2025-01-02: {deal()}\n{deal()}\n- [ ] {deal()}\n" for _ in range(40))


def _records(deal):
    keys = ["title", "text", "description", "url", "source", "author", "place", "tags", "id"]
    return json.dumps([{"date": "2025-01-02", **{k: deal() for k in keys}} for _ in range(40)])


def _csv(deal):
    head = ["date", "title", "summary", "odd"]
    return _table(head, [["2025-01-02", None, None, None]] * 60, deal)


WRITERS = {
    "timelinejs-csv": _timelinejs_csv,
    "timelinejs-json": _timelinejs_json,
    "timelinesetter": _timelinesetter,
    "timemap": _timemap,
    "simile": _simile,
    "feed": _feed,
    "markwhen": _markwhen,
    "records": _records,
    "csv": _csv,
}


def test_every_format_is_written():
    assert WRITERS.keys() == READERS.keys()


@pytest.mark.parametrize("format", WRITERS)
def test_payloads_in_every_field_of_another_tool(format):
    """What is imported is loaded again as it was, and holds neither scripts nor their addresses."""
    some = cycle(text for turn in zip(*map(cycle, families().values())) for text in turn)  # noqa: B905 - they have no end
    dealt = []

    def deal():
        dealt.append(next(some))
        return dealt[-1]

    written = WRITERS[format](deal)
    columns = {name: name for name in ("date", "title", "summary")} if format == "csv" else None
    imported = read_format(format, written, "x", columns=columns)
    _, events, sources = settle(imported)
    assert len(events) > 20
    assert len(dealt) > 100
    for url in [s.url for s in sources if s.url] + [
        m.source for e in events for m in e.media if m.source
    ]:
        assert is_address(url), url
    for event in events:
        assert re.fullmatch(r"[\w\u0300-\u036f-]+", event.id), ascii(event.id)
