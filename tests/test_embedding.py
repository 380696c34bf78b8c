"""Pages for frames, oEmbed, and the images that stand for shared addresses."""

import json
import re
from io import BytesIO

import pytest
from bs4 import BeautifulSoup
from PIL import Image

from pincite.plan import embedding, oembed
from pincite.plan.card_image import _LETTERS, _fold, _typeface, can_draw, card_image
from support import ROOT, SITE, Site, event, resolve

BASE = "https://example.org/harbour/"


@pytest.fixture
def site(tmp_path):
    site = Site(tmp_path / "project")
    site.write("content/site.yaml", SITE + "featured: [cracks]\n")
    return site.write(
        "content/events/a.yaml",
        event("cracks")
        + event("repairs", "expected to take about six months", more="  tags: [x]\n"),
    )


def test_a_framed_event_leads_out_of_the_frame(site):
    site.build()
    page = site.page("embed/events/cracks/index.html")
    assert page.base.attrs == {"target": "_top"}
    assert not page.find("script")
    assert page.find("link", rel="canonical")["href"] == BASE + "events/cracks/"
    assert page.find("meta", attrs={"name": "robots"})["content"] == "noindex"
    output = site.output()
    links = [a["href"] for a in page.select("a[href]")]
    assert links
    for href in links:
        path, anchor = resolve("embed/events/cracks/index.html", href)
        assert path in output
        if anchor:
            assert f'id="{anchor}"'.encode() in output[path]
    assert page.select_one("blockquote.quote").get_text()
    assert [h.name for h in page.select("h1, h2, h3")] == ["h1"]


def test_oembed_gives_the_html_that_the_event_s_page_gives(site):
    site.build()
    page = site.page("events/cracks/index.html")
    discovery = page.find("link", type="application/json+oembed")
    assert discovery["href"] == BASE + "events/cracks/oembed.json"
    answer = json.loads((site.out / "events/cracks/oembed.json").read_bytes())
    assert (answer["version"], answer["type"]) == ("1.0", "rich")
    assert answer["html"] in [code.get_text() for code in page.select(".copy code")]
    frame = BeautifulSoup(answer["html"], "html.parser").iframe
    assert frame["src"] == BASE + "embed/events/cracks/"
    assert frame["title"] == "Cracks are found"
    assert (int(frame["width"]), int(frame["height"])) == (answer["width"], answer["height"])
    assert answer["thumbnail_url"] == BASE + "events/cracks/card.png"


def frame_of(site, folder):
    """The frame that the oEmbed file of a list gives, found from the list's page."""
    page = site.page(f"{folder}/index.html")
    discovery = page.find("link", type="application/json+oembed")
    assert discovery["href"] == BASE + f"{folder}/oembed.json"
    answer = json.loads((site.out / folder / "oembed.json").read_bytes())
    assert answer["title"] == discovery["title"] == page.h1.get_text()
    frame = BeautifulSoup(answer["html"], "html.parser").iframe
    assert (int(frame["width"]), int(frame["height"])) == (answer["width"], answer["height"])
    return frame


def test_oembed_of_a_short_list_gives_its_page_for_frames(site):
    frame = frame_of(site.build(), "tags/x")
    assert frame["src"] == BASE + "embed/tags/x/"
    assert (frame["title"], (site.out / "embed/tags/x/index.html").is_file()) == ("x", True)


@pytest.mark.parametrize(
    ("folder", "query"), [("tags/x", "tag=x"), ("status/occurred", "modality=occurred")]
)
def test_oembed_of_another_list_gives_a_selection(site, monkeypatch, folder, query):
    monkeypatch.setattr(embedding, "_MOST_IN_LIST", 0)
    assert frame_of(site.build(), folder)["src"] == BASE + f"embed/?{query}"


def test_a_selection_is_asked_for_as_scripts_read_it():
    script = (ROOT / "templates/assets/reading/narrowing.js").read_text("utf-8")
    sorts, keys = (
        json.loads(re.search(rf"const {name} = (\[.*?\]);", script)[1])
        for name in ("SORTS", "KEYS")
    )
    assert dict(zip(sorts, keys, strict=True)) == {**oembed._KEYS, "sources": "source"}


def test_the_second_page_of_a_list_is_not_a_list_of_its_own(site):
    site.edit("content/site.yaml", "featured", "page_size: 10\nfeatured")
    site.write("content/events/a.yaml", "".join(event(f"cracks-{n}") for n in range(51)))
    site.edit("content/site.yaml", "featured: [cracks]\n", "").build()
    first, second = (site.page(f"status/occurred/{n}index.html") for n in ("", "2/"))
    assert first.find("link", type="application/json+oembed")
    assert not second.find("link", type="application/json+oembed")


def test_without_an_address_there_is_nothing_to_copy(site):
    site.write("content/site.yaml", SITE.replace("url: https://example.org/harbour/\n", "")).build()
    output = site.output()
    assert not [path for path in output if path.endswith(("oembed.json", "card.png"))]
    assert b"<iframe" not in output["events/cracks/index.html"]
    assert b"&lt;iframe" not in output["embed/index.html"]
    assert "embed/events/cracks/index.html" in output


def test_a_large_site_has_frames_for_featured_events_only(site, monkeypatch):
    monkeypatch.setattr(embedding, "MOST_EVENTS", 1)
    output = site.build().output()
    assert "embed/events/cracks/index.html" in output
    assert not [path for path in output if path.startswith(("embed/events/repairs", "embed/tags"))]
    assert "events/repairs/oembed.json" not in output
    assert b"iframe" not in output["events/repairs/index.html"]


def test_selections_can_be_framed_however_large_the_site_is(site, monkeypatch):
    monkeypatch.setattr(embedding, "MOST_EVENTS", 0)
    site.edit("content/site.yaml", "featured: [cracks]\n", "").build()
    page = site.page("embed/index.html")
    assert page.base.attrs == {"target": "_top"}
    assert page.select_one(".embed-page #seek")
    assert not page.select(".embed-page #list .copy")  # no entry has a frame of its own
    search = site.page("search/index.html")
    assert search.select_one("#embed-view[hidden] .copy code").get_text() == ""
    assert search.select_one("#embed-view a[href]")["href"] == "../embed/"


def test_a_short_list_can_be_framed(site):
    site.build()
    page = site.page("embed/tags/x/index.html")
    assert [a["id"] for a in page.select("article.event")] == ["e-repairs"]
    assert [h.name for h in page.select("h1, h2, h3")] == ["h1", "h2"]
    listed = [a["href"] for a in site.page("embed/index.html").select("main a")]
    assert "../embed/tags/x/" in listed


def test_hostile_titles_stay_text(site):
    site.edit("content/events/a.yaml", "Cracks are found", "'<script>\"&</script>'").build()
    html = json.loads((site.out / "events/cracks/oembed.json").read_bytes())["html"]
    frame = BeautifulSoup(html, "html.parser").iframe
    assert frame["title"] == '<script>"&</script>'
    assert "<script" not in html


# ---- images ---------------------------------------------------------------------------------


def graph(page):
    return {m["property"]: m["content"] for m in page.select("meta[property]")}


def test_pages_name_their_image(site):
    site.build()
    own = graph(site.page("events/cracks/index.html"))
    assert own["og:image"] == BASE + "events/cracks/card.png"
    assert own["og:image:alt"] == "Cracks are found"
    assert graph(site.page("events/repairs/index.html"))["og:image"] == BASE + "card.png"
    for path in ("card.png", "events/cracks/card.png"):
        data = (site.out / path).read_bytes()
        assert len(data) <= 60_000
        assert Image.open(BytesIO(data)).size == (1200, 630)


@pytest.mark.parametrize("title", ["Łódź bridge", "橋", "الجسر", "Été"])
def test_a_title_in_other_letters_has_no_image(site, title):
    site.edit("content/events/a.yaml", "Cracks are found", title).build()
    assert not (site.out / "events/cracks/card.png").exists()
    assert graph(site.page("events/cracks/index.html"))["og:image"] == BASE + "card.png"


def test_the_typeface_has_the_letters_that_we_say_it_has():
    font = _typeface(40)
    missing = font.getmask("\U000f0000"), font.getmask("é")
    assert bytes(missing[0]) == bytes(missing[1])
    for letter in _LETTERS - {" "}:
        assert bytes(font.getmask(letter)) != bytes(missing[0]), letter


def test_any_length_of_title_fits_and_gives_the_same_bytes():
    for title in ("A", "word " * 200, "x" * 900, ""):
        data = card_image(title, "about 2025", "site", "1")
        assert data == card_image(title, "about 2025", "site", "1")
        assert len(data) <= 60_000
    assert _fold("1–2 a  b") == "1-2 a b"
    assert can_draw("1–2 “a” it’s")


def test_the_example_s_images_are_small(tmp_path):
    site = Site(tmp_path / "project").copy_from(ROOT).build()
    cards = [data for path, data in site.output().items() if path.endswith("card.png")]
    assert len(cards) > 3
    assert max(map(len, cards)) <= 60_000
