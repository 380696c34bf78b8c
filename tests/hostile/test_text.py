"""Five thousand payloads in every field that is text: shown as typed, on pages that stay the same."""

import csv
import io
import json
import re
import xml.etree.ElementTree as ET

import bibtexparser
import icalendar
import pytest

from hostile.audit import audit, parse, skeleton, words
from hostile.payloads import INVISIBLE, texts
from hostile.sites import write_site
from support import ARTICLE, Site, article, event, source

PAYLOADS = texts()


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    """Return the payloads with their pages, and the files of the site that holds them."""
    site = Site(tmp_path_factory.mktemp("hostile") / "p", bare=True)
    placed = write_site(site, PAYLOADS)
    site.build()
    assert site.published is not None, site.report
    return placed, site.output()


@pytest.fixture(scope="module")
def trees(hostile):
    return {path: parse(data) for path, data in hostile[1].items() if path.endswith(".html")}


@pytest.fixture(scope="module")
def harmless(tmp_path_factory):
    """Return the pages of the same site with words that do no harm."""
    site = Site(tmp_path_factory.mktemp("harmless") / "p", bare=True)
    write_site(site, [f"Word{n}" for n in range(len(PAYLOADS))])
    files = site.build().output()
    events = {path: data for path, data in files.items() if path.startswith("events/")}
    return {path: parse(data) for path, data in events.items() if path.endswith(".html")}


def test_there_are_five_thousand():
    assert len(set(PAYLOADS)) >= 5_000


def test_nothing_of_a_page_can_run_or_load(trees):
    for path, root in trees.items():
        audit(path, root)


def test_every_text_is_shown_as_it_was_typed(hostile, trees):
    placed, _ = hostile
    assert len({p.text for p in placed} & set(PAYLOADS)) >= 5_000
    shown = {path: words(root) for path, root in trees.items()}
    lost = [p for p in placed if " ".join(p.text.split()) not in shown[p.page]]
    assert lost == []


def test_pages_have_the_elements_that_harmless_words_give_them(trees, harmless):
    compared = 0
    for path, root in harmless.items():
        assert list(skeleton(root)) == list(skeleton(trees[path])), path
        compared += 1
    assert compared > 20


def test_feeds_and_data_keep_their_form(hostile):
    _, files = hostile
    for path, data in files.items():
        if path.endswith((".xml", ".svg")):
            ET.fromstring(data)
        if path.endswith((".json", ".jsonld")):
            json.loads(data)
    titles = {e["title"] for e in json.loads(files["data/timeline.json"])["events"]}
    assert titles <= set(PAYLOADS) | {"spent"}
    atom = ET.fromstring(files["feed.xml"])
    heads = {e.text for e in atom.iter("{http://www.w3.org/2005/Atom}title")}
    assert any(title in head for head in heads for title in titles)


def test_no_cell_is_a_formula(hostile):
    rows = list(csv.reader(io.StringIO(hostile[1]["data/events.csv"].decode("utf-8-sig"))))
    assert len({len(row) for row in rows}) == 1
    for row in rows:
        for cell in row:
            assert not re.match(r"[=+@\t\r]|-[^0-9]", cell), cell


def test_calendars_and_bibliographies_keep_their_form(hostile):
    _, files = hostile
    [path] = [path for path in files if path.endswith(".ics")]
    calendar = icalendar.Calendar.from_ical(files[path])
    events = json.loads(files["data/timeline.json"])["events"]
    assert {c.name for c in calendar.walk()} == {"VCALENDAR", "VEVENT"}
    assert len(calendar.walk("VEVENT")) == len(events)
    library = bibtexparser.parse_string(files["data/references.bib"].decode())
    assert library.failed_blocks == []
    assert len(library.entries) == 1


# ---- what cannot be seen ---------------------------------------------------------------------

PLACES: dict[str, tuple[str, str]] = {
    "title": ("content/events/a.yaml", event("a", title='"a{}b"')),
    "claim": ("content/events/a.yaml", event("a", more='  date_text: "{}"\n')),
    "name": ("content/events/a.yaml", event("a", more='  actors: ["a{}b"]\n')),
    "summary": ("content/events/a.yaml", event("a", more='  summary: "a{}b"\n')),
    "id": ("content/events/a.yaml", event('"a{}b"')),
    "site": ("content/site.yaml", 'title: "a{}b"\n'),
    "front matter": ("content/sources/s.md", source(*ARTICLE, title='"a{}b"')),
    "key": ("content/site.yaml", 'title: T\n"a{}b": x\n'),
    "page": ("content/pages/x.md", "---\ntitle: T\n---\n\na{}b\n"),
    "paragraph": ("content/sources/s.md", source("a{}b is in a paragraph", snapshot="seeds/s.txt")),
}


@pytest.mark.parametrize("place", PLACES)
def test_what_cannot_be_seen_is_told_or_taken_out(tmp_path, place):
    path, text = PLACES[place]
    for number, character in enumerate(INVISIBLE):
        site = Site(tmp_path / str(number))
        escaped = f"\\U{ord(character):08X}"
        raw = not ('"' in text and "{}" in text and place != "paragraph")
        written = character.encode("utf-8", "surrogatepass") if raw else escaped.encode()
        data = text.encode().replace(b"{}", written)
        site.write(path, data)
        if place == "paragraph":
            paragraph = f"a{character}b is in a paragraph"
            site.write("seeds/s.txt", article(paragraph).encode("utf-8", "surrogatepass"))
        site.build() if number % 8 == 0 else site.check()
        told = {d.code for d in site.checked.found}
        if site.checked.ok and site.published:
            pages = [d for path, d in site.output().items() if path.endswith((".html", ".json"))]
            shown = b"".join(pages).decode()
            assert character not in shown or told & TOLD, (place, hex(ord(character)))
        elif not site.checked.ok:
            assert told & TOLD, (place, hex(ord(character)), told)


TOLD = {
    *("bad-character", "yaml-syntax", "file-encoding", "bad-id", "unknown-key", "bad-value"),
    *(
        "hidden-character",
        "paragraph-not-in-snapshot",
        "snapshot-changed",
        "stray-text",
        "front-matter",
    ),
}
