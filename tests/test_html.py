"""Every page of every golden site: whole, safe, alike for everybody, and leading nowhere in vain."""

import json
import re
import xml.etree.ElementTree as ET
from itertools import pairwise
from urllib.parse import urlsplit

import html5lib
import pytest

from support import ROOT, SITES, built, ids_of, pages_of, parsed, resolve

LOADED = ("script[src]", "img[src]", "link[rel~=stylesheet]", "link[rel~=icon]", "iframe", "object")


def authored(name):
    """Return what the authors of a site wrote by hand; their own links stay as they are."""
    folder = ROOT if name == "example" else ROOT / "tests" / "golden" / name
    return "".join(p.read_text("utf-8-sig") for p in sorted((folder / "content").rglob("*.md")))


def is_redirect(page):
    return page.find("meta", attrs={"http-equiv": "refresh"}) is not None


@pytest.mark.parametrize("name", SITES)
def test_pages_are_parsed_without_an_error(name):
    for path, data in built(name).items():
        if path.endswith(".html"):
            parser = html5lib.HTMLParser()
            parser.parse(data)
            errors = [(place, code, told) for place, code, told in parser.errors]
            assert errors == [], path


@pytest.mark.parametrize("name", SITES)
def test_a_page_has_what_every_page_has(name):
    for path, page in parsed(name).items():
        assert built(name)[path].startswith(b"<!doctype html>\n")
        assert page.html["lang"]
        assert page.html["dir"] in ("ltr", "rtl")
        assert page.title.get_text().strip()
        kept_out = page.find("meta", attrs={"name": "robots"}) or is_redirect(page)
        assert kept_out or page.find("meta", attrs={"name": "description"})["content"], path
        assert len(page.find_all("main")) == len(page.find_all("h1")) == 1
        assert page.find("meta", charset="utf-8")
        levels = [int(h.name[1]) for h in page.find_all(re.compile("^h[1-6]$"))]
        assert all(b <= a + 1 for a, b in pairwise(levels)), (path, levels)


@pytest.mark.parametrize("name", SITES)
def test_ids_are_unique(name):
    for path, page in parsed(name).items():
        ids = ids_of(page)
        assert sorted({id for id in ids if ids.count(id) > 1}) == [], path
        assert not [id for id in ids if re.search(r"\s", id) or not id], path


@pytest.mark.parametrize("name", SITES)
def test_names_that_elements_refer_to_exist(name):
    for path, page in parsed(name).items():
        ids = set(ids_of(page))
        for attribute in ("aria-labelledby", "aria-describedby", "aria-controls", "for", "list"):
            for element in page.find_all(attrs={attribute: True}):
                assert set(element[attribute].split()) <= ids, path


@pytest.mark.parametrize("index_links", [False, True])
@pytest.mark.parametrize("name", SITES)
def test_every_link_leads_somewhere(name, index_links):
    files, pages = built(name, index_links=index_links), parsed(name, index_links=index_links)
    ids = {path: set(ids_of(page)) for path, page in pages.items()}
    base = urlsplit(json.loads(files["data/timeline.json"])["site"]["url"] or "").path
    written = authored(name)
    checked = 0
    for path, page in pages.items():
        links = [(e, e["href"]) for e in page.find_all(href=True)]
        links += [(e, e["src"]) for e in page.find_all(src=True)]
        links += [
            (e, e["content"].partition("url=")[2])
            for e in page.find_all("meta", attrs={"http-equiv": "refresh"})
        ]
        for element, written_href in links:
            href = written_href
            if urlsplit(href).scheme:
                assert re.match("https?://[^/]", href), (path, href)
                continue
            if path == "404.html" and base:  # shown at any depth, it names the site's own place
                assert href.startswith((base, "#")), href
                href = href.removeprefix(base) or "./"
            assert not href.startswith("/"), (path, href)
            target, fragment = resolve(path, href)
            assert target in files, (path, str(element)[:200])
            if index_links and element.name == "a":
                assert not href.partition("#")[0].endswith("/") or href in written, (path, href)
            if fragment and target.endswith(".html"):
                assert fragment in ids[target], (path, href)
            checked += 1
    assert checked > 50


@pytest.mark.parametrize("name", SITES)
def test_nothing_runs_and_nothing_is_fetched_from_elsewhere(name):
    for path, page in parsed(name).items():
        for script in page.find_all("script"):
            if script.get("type") == "application/ld+json":
                json.loads(script.string)
                assert "</" not in script.string
            else:
                assert script["src"]
                assert not script.string
        assert page.find_all("style") == [], path
        for element in page.find_all(True):
            assert "style" not in element.attrs, element
            assert not [a for a in element.attrs if a.startswith("on") or a in ("srcdoc", "ping")]
        for element in page.select(", ".join(LOADED)):
            href = element.get("src") or element.get("href")
            assert not urlsplit(href).scheme, path
            assert not urlsplit(href).netloc


@pytest.mark.parametrize("name", SITES)
def test_the_policy_comes_before_anything_that_is_loaded(name):
    for path, page in parsed(name).items():
        [policy] = page.find_all("meta", attrs={"http-equiv": "Content-Security-Policy"})
        rules = dict(rule.strip().partition(" ")[::2] for rule in policy["content"].split(";"))
        assert rules["default-src"] == "'none'"
        assert rules["base-uri"] == "'none'"
        assert not re.search(r"unsafe|https?:|\*|data:", policy["content"])
        later = [e.name for e in policy.find_all_previous(["link", "script", "style", "img"])]
        assert later == [], path


@pytest.mark.parametrize("name", SITES)
def test_the_markup_contract_of_an_event(name):
    for path, page in parsed(name).items():
        if is_redirect(page) or not path.startswith("events/"):
            continue
        id = path.split("/")[1]
        [event] = page.select("article.event")
        assert event["id"] == f"e-{id}"
        assert event["data-kind"]
        assert event["data-modality"] in (
            ("occurred", "ongoing", "planned", "predicted", "hypothetical", "denied")
        )
        for element in page.find_all("time"):
            assert element["datetime"]
        for quote in page.select("blockquote.quote"):
            assert [child.name for child in quote.find_all(True, recursive=False)] == ["p"]


@pytest.mark.parametrize("name", SITES)
def test_every_event_stands_in_the_list(name):
    ids = {e["id"] for e in json.loads(built(name)["data/timeline.json"])["events"]}
    listed = {
        article["id"].removeprefix("e-")
        for path, page in parsed(name).items()
        if path == "index.html" or path.startswith("timeline/")
        for article in page.select("article.event")
    }
    assert listed == ids


@pytest.mark.parametrize("name", SITES)
def test_marks_do_not_nest_and_say_whose_they_are(name):
    for path, page in parsed(name).items():
        for mark in page.find_all("mark"):
            assert mark.find_parent("mark") is None, path
            assert mark.get_text(), path
            if mark.find_parent("p", id=True):
                assert mark["data-cites"].split()


@pytest.mark.parametrize("name", SITES)
def test_runs_of_marks_say_how_many_follow(name):
    for page in parsed(name).values():
        for first in page.find_all(class_=re.compile(r"^run-\d+$")):
            [count] = [int(c[4:]) for c in first["class"] if c.startswith("run-")]
            ids = set(ids_of(page))
            assert {f"{first['id']}.{k}" for k in range(2, count + 1)} <= ids
            [paragraph] = first.find_parents("p")
            assert len(paragraph.find_all(id=re.compile(re.escape(first["id"]) + r"\.\d+$"))) == (
                count - 1
            )


def test_no_markup_of_an_author_comes_through():
    for path, page in parsed("hostile").items():
        for script in page.find_all("script"):
            assert "alert(1)" not in script.get_text() or script["type"] == "application/ld+json"
        for element in page.find_all(["img", "iframe", "svg"]):
            assert "alert" not in str(element.attrs), path
            assert element.get("src", "") not in ("x", "//evil.example")
        for link in page.find_all("a", href=True):
            assert not link["href"].lower().startswith(("javascript:", "data:", "vbscript:"))


def test_templates_in_texts_are_not_run():
    page = parsed("hostile")["sources/evil/index.html"]
    assert "{{ page }}{% raw %}" in page.find(id="p4").get_text()


@pytest.mark.parametrize("name", ["everything", "hostile"])
def test_files_for_machines_are_well_formed(name):
    files = built(name)
    url = json.loads(files["data/timeline.json"])["site"]["url"]
    atom = ET.fromstring(files["feed.xml"])
    assert atom.tag == "{http://www.w3.org/2005/Atom}feed"
    sitemap = ET.fromstring(files["sitemap.xml"])
    places = [e.text for e in sitemap.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]
    assert len(places) == len(set(places)) > 10
    for place in places:
        assert place.startswith(url)
        assert resolve("index.html", place.removeprefix(url) or "./")[0] in files
    for path, data in files.items():
        if path.endswith((".json", ".jsonld")):
            json.loads(data)


def test_a_site_without_an_address_has_no_feed():
    files = built("minimal")
    assert not {"feed.xml", "feed.json", "sitemap.xml"} & set(files)
    for page in pages_of(files).values():
        assert not page.find("meta", property=True)
        assert not page.find("link", rel="alternate")


def test_a_page_of_a_republished_source_leaves_the_fame_to_the_original():
    page = parsed("everything")["sources/agency/index.html"]
    assert page.find("link", rel="canonical")["href"] == "https://news.example/ferry?a=1&b=2"
    for path, page in parsed("everything").items():
        if path.startswith("sources/") and path != "sources/index.html":
            assert "noindex" in page.find("meta", attrs={"name": "robots"})["content"]


def test_languages_and_directions_are_said():
    pages = parsed("everything")
    arabic = pages["sources/صحيفة/index.html"].find(id="p1")
    assert (arabic["lang"], arabic["dir"]) == ("ar", "rtl")
    assert pages["sources/日报/index.html"].find(id="p1")["lang"] == "zh-Hans"
    quotes = pages["events/ferry-starts/index.html"].select("blockquote.quote[lang]")
    assert {q["lang"] for q in quotes} >= {"ar", "zh-Hans"}


def test_what_is_not_proven_is_said_plainly():
    page = parsed("everything")["events/ferry-starts/index.html"]
    unproven = [e.get_text() for e in page.select(".unproven")]
    assert any("Only its record is here." in text for text in unproven)
    assert any("We were there." in text for text in unproven)


def test_what_was_withdrawn_or_corrected_says_so():
    pages = parsed("everything")
    assert "It never happened." in pages["events/withdrawn-one/index.html"].main.get_text()
    started = pages["events/ferry-starts/index.html"].main.get_text()
    assert "The date was a day late." in started
    assert "A name was wrong." in started


def test_a_former_address_leads_to_the_present_one():
    page = parsed("everything")["events/ferry-begins/index.html"]
    assert is_redirect(page)
    assert page.find("link", rel="canonical")["href"] == (
        "https://example.org/everything/events/ferry-starts/"
    )
