"""The golden sites in Arabic and in Japanese, in a browser: directions, faces, keys, and barriers."""

import functools
import http.server
import re
import threading

import pytest
from playwright.sync_api import expect

from support import ROOT, Site

pytestmark = pytest.mark.browser

# Each kind of page; the names of measures are in the language of the site.
PAGES = {
    "arabic": (
        *("", "timeline/undated/", "events/cracks/", "events/closure/", "events/withdrawn-one/"),
        *("sources/", "sources/gazette/", "sources/sahifa/", "sources/hebrew/", "sources/notes/"),
        *("kinds/", "kinds/count/", "actors/hauliers/", "places/", "tags/", "voices/", "status/"),
        *("disagreements/", "disagreements/الشاحنات-في-اليوم/", "report/", "method/", "search/"),
        *("data/", "verify/", "embed/", "embed/events/closure/"),
    ),
    "japanese": (
        *("", "timeline/undated/", "events/cracks/", "events/closure/", "sources/"),
        *("sources/shimbun/", "sources/gazette/", "sources/zh/", "kinds/", "actors/council/"),
        *("disagreements/", "disagreements/一日のトラックの数/", "report/", "method/", "search/"),
        *("data/", "verify/", "embed/", "embed/events/closure/"),
    ),
}


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *told):
        pass


@pytest.fixture(scope="module")
def sites(tmp_path_factory):
    made = {}
    for name in PAGES:
        site = Site(tmp_path_factory.mktemp(name) / "project", bare=True)
        made[name] = site.copy_from(ROOT / "tests" / "golden" / name).build()
    return made


@pytest.fixture
def open_page(browser, sites):
    """Return ``open_page(name, path, …)``: a page of a site, with the options of a context."""
    contexts = []

    def open_it(name, path, width=1300, **options):
        context = browser.new_context(
            viewport={"width": width, "height": 900}, reduced_motion="reduce", **options
        )
        contexts.append(context)
        page = context.new_page()
        page.goto(address(sites[name], path))
        return page

    yield open_it
    for context in contexts:
        context.close()


@pytest.fixture(scope="module")
def serving(sites):
    """The address of the Arabic site from a server: from a disk no page may read another."""
    handler = functools.partial(Quiet, directory=str(sites["arabic"].out))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def address(site, path):
    return (site.out / path / "index.html").as_uri()


def left_of(page, selector, text):
    """How far from the left the first *text* within *selector* stands."""
    return page.evaluate(
        """([selector, text]) => {
            const walker = document.createTreeWalker(document.querySelector(selector), 4);
            while (walker.nextNode()) {
                const at = walker.currentNode.data.indexOf(text);
                if (at < 0) continue;
                const range = document.createRange();
                range.setStart(walker.currentNode, at);
                range.setEnd(walker.currentNode, at + text.length);
                return range.getBoundingClientRect().left;
            }
            throw new Error(`no ${text} in ${selector}`);
        }""",
        [selector, text],
    )


# ---- every kind of page ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "width", "scheme"),
    [
        *(("arabic", width, scheme) for width in (1300, 360) for scheme in ("light", "dark")),
        ("japanese", 360, "dark"),
    ],
)
def test_no_page_has_a_barrier(open_page, axe, sites, name, width, scheme):
    page = open_page(name, "", width, color_scheme=scheme)
    colours = (name, scheme) == ("arabic", "dark")  # which is looked at in the light as well
    # One of each template; test_pages.py looks at all kinds of pages in English.
    for path in ("", "events/cracks/", "sources/gazette/", "report/", "method/", "verify/"):
        page.goto(address(sites[name], path))
        assert axe(page, colours=colours) == [], path


@pytest.mark.parametrize("name", list(PAGES))
def test_no_page_is_wider_than_the_screen(open_page, sites, name):
    width = 320
    page = open_page(name, "", width)
    for path in PAGES[name]:
        page.goto(address(sites[name], path))
        # What is cut off at the start of a page from right to left would not scroll into sight.
        beyond = page.evaluate(
            """() => [...document.querySelectorAll("main *, header *, footer *")].filter((one) => {
                if (one.closest(".unseen, svg, [hidden]") || !one.checkVisibility()) return false;
                const { left, right, width } = one.getBoundingClientRect();
                return width && (left < -1 || right > innerWidth + 1);
            }).map((one) => one.outerHTML.slice(0, 120))"""
        )
        assert beyond == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


# ---- from right to left ------------------------------------------------------------------------


@pytest.mark.parametrize(("key", "sign"), [("ArrowLeft", -1), ("ArrowRight", 1)])
def test_an_arrow_key_goes_the_way_it_points(open_page, key, sign):
    page = open_page("arabic", "")
    mark = page.locator('.drawing a[href="#e-lorries-hauliers"]')
    mark.focus()
    middle = (
        "(({ left, right }) => (left + right) / 2)(document.activeElement.getBoundingClientRect())"
    )
    places = [page.evaluate(middle)]
    for _ in range(3):
        page.keyboard.press(key)
        places.append(page.evaluate(middle))
    assert places == sorted(places, reverse=sign < 0)
    assert abs(places[-1] - places[0]) > 5


def test_home_is_the_earliest_mark_at_the_right(open_page):
    page = open_page("arabic", "")
    page.locator('.drawing a[href="#e-closure"]').focus()
    page.keyboard.press("Home")
    first = page.evaluate("document.activeElement.getBoundingClientRect().right")
    page.keyboard.press("End")
    last = page.evaluate("document.activeElement.getBoundingClientRect().left")
    assert last < first


def test_a_search_in_arabic_is_counted_in_arabic(open_page):
    page = open_page("arabic", "")
    page.locator("#seek-words").fill("شاحنة")
    expect(page.locator("#seek-found")).to_have_text("3 أحداث من 10")
    page.locator("#seek-words").fill("عبّارة")
    expect(page.locator("#seek-found")).to_have_text("حدث واحد من 10")
    page.locator("#seek-words").fill("عبارة")  # the sign of doubling need not be typed
    expect(page.locator("#seek-found")).to_have_text("حدث واحد من 10")
    page.locator("#seek-clear").click()
    expect(page.locator("#seek-found")).to_be_empty()


def test_a_search_in_japanese_is_counted_in_japanese(open_page):
    page = open_page("japanese", "")
    page.locator("#seek-words").fill("渡し船")
    expect(page.locator("#seek-found")).to_have_text("10件中1件の出来事")
    page.locator("#seek-words").fill("トラック")
    expect(page.locator("#seek-found")).to_contain_text("10件中")


def test_a_preview_speaks_two_languages_and_stays_in_sight(open_page, serving):
    page = open_page("arabic", "", 1300)
    page.goto(serving)
    link = page.locator("#e-closure a.cite").first
    link.hover()
    preview = page.locator(".preview:popover-open")
    expect(preview.locator(".paragraph mark")).to_have_text(
        "The harbour bridge will close to lorries from 3 March 2025"
    )
    # It may be filled once more, when the source's page has come: what is asked is asked again.
    expect(preview.locator(".paragraph")).to_have_css("direction", "ltr")
    expect(preview).to_have_css("direction", "rtl")
    expect(preview.locator(".from")).to_contain_text("The Gazette، ")
    box = preview.bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 1300
    page.keyboard.press("Escape")
    expect(preview).to_have_count(0)


def test_what_is_latin_moves_nothing_beside_it(open_page):
    page = open_page("arabic", "sources/gazette/")
    # Read from the right: the archive's kind, a comma, the day; never the day's number first.
    fact = ".provenance div:has(a[href*='archive.example']) dd"
    assert (
        left_of(page, fact, "فبراير") < left_of(page, fact, "12") < left_of(page, fact, "wayback")
    )
    byline = ".standfirst"
    assert left_of(page, byline, "B. Writer") < left_of(page, byline, "A. Person")
    assert left_of(page, byline, "A. Person") < left_of(page, byline, "The Gazette")
    assert left_of(page, "#p1 ~ a.pilcrow, .pilcrow", "1") < left_of(page, ".pilcrow", "¶")
    page = open_page("arabic", "events/closure/")
    assert left_of(page, ".copy", "example.org") > left_of(page, ".copy", "https:")
    assert left_of(page, ".copy", "SHA-256") < left_of(page, ".copy", "fcf0492c")


def test_an_english_finding_stands_in_english_within_an_arabic_report(open_page):
    page = open_page("arabic", "report/")
    finding = page.locator(".finding:has(#r-r-single-source)")
    assert finding.locator("h2").inner_text().startswith("قول يقوم على مصدر واحد")
    assert finding.locator("p").inner_text().startswith("قد يخطئ المصدر الواحد")
    item = finding.locator("li").first
    assert (item.get_attribute("lang"), item.get_attribute("dir")) == ("en", "ltr")
    code, heading = finding.locator("h2 code").bounding_box(), finding.locator("h2").bounding_box()
    assert code["x"] + code["width"] > heading["x"] + heading["width"] / 2


# ---- faces and marks ---------------------------------------------------------------------------


@pytest.mark.parametrize("name", list(PAGES))
def test_letters_without_italics_are_never_slanted_nor_set_apart(open_page, sites, name):
    page = open_page(name, "")
    for path in ("", "events/closure/", "events/reopening/", "method/"):
        page.goto(address(sites[name], path))
        styles = page.evaluate(
            """() => [...document.querySelectorAll("h1, em, i, .title, .summary, .drawing text")]
                .map((one) => getComputedStyle(one))
                .map((style) => [style.fontStyle, style.letterSpacing])"""
        )
        assert styles, path
        assert {slant for slant, _ in styles} == {"normal"}, path
        assert {space for _, space in styles} <= {"normal", "0px"}, path


def test_stress_is_shown_in_each_way_of_writing(open_page):
    page = open_page("arabic", "method/")
    assert page.locator("main em").evaluate("one => getComputedStyle(one).fontWeight") == "700"
    page = open_page("japanese", "method/")
    points = page.locator("main em").evaluate("one => getComputedStyle(one).textEmphasisStyle")
    assert "sesame" in points


def test_a_quotation_has_the_marks_and_the_faces_of_its_own_language(open_page):
    page = open_page("japanese", "events/cracks/")
    marks = page.evaluate(
        "() => [...document.querySelectorAll('.quote')].map((one) => getComputedStyle(one).quotes)"
    )
    assert marks[0].startswith('"“" "”"')
    assert marks[1].startswith('"「" "」"')
    page = open_page("japanese", "events/ferry/")
    face = page.locator(".quote").evaluate("one => getComputedStyle(one).fontFamily")
    assert "CJK SC" in face
    assert "CJK JP" not in face
    page = open_page("arabic", "events/ferry/")
    assert page.locator(".quote").evaluate("one => getComputedStyle(one).quotes").startswith('"”"')
    faces = page.locator(".quote").evaluate("one => getComputedStyle(one).fontFamily")
    assert re.search("Hebrew", faces)


@pytest.mark.parametrize("name", ["arabic", "japanese"])
def test_a_long_code_stays_in_the_column_of_dates(open_page, name):
    page = open_page(name, "events/cracks/")
    assert page.locator(".when code").inner_text().replace("\n", "") == "[2025-01-21..2025-01-31]"
    over = page.evaluate(
        """() => {
            const column = document.querySelector(".when").getBoundingClientRect();
            const range = document.createRange();
            range.selectNodeContents(document.querySelector(".when code"));
            return [...range.getClientRects()].filter(
                (r) => r.left < column.left - 1 || r.right > column.right + 1).length;
        }"""
    )
    assert over == 0
