"""The pages by keyboard, on narrow screens, enlarged, in forced colours, at rest, and on paper."""

import functools
import http.server
import json
import threading
from io import BytesIO
from unicodedata import normalize

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from support import ROOT, Site

pytestmark = pytest.mark.browser

PAGES = (
    "",
    "events/losses-seoul/",
    "sources/eu-today/",
    "report/",
    "search/",
    "disagreements/north-korean-soldiers-killed/",
    "method/",
    "embed/",
)

# The element that has the focus: what it is, whether one sees it, and that one sees that it has it.
FOCUS = """() => {
  const element = document.activeElement;
  if (!element || element === document.body) return null;
  const style = getComputedStyle(element);
  const box = element.getBoundingClientRect();
  const name = element.getAttribute("href") ?? element.id ?? "";
  return {
    name: `${element.localName} ${name}`,
    outlined: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    seen: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
    again: element.dataset.met !== undefined,
    moving: element.matches(".copier"), // one button, which goes where the focus goes
    met: (element.dataset.met = "yes"),
  };
}"""

# WCAG 2.2, 1.4.12: text keeps its room when readers space it.
SPACED = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: .12em !important;
    word-spacing: .16em !important; } p { margin-block-end: 2em !important; }`);
  document.adoptedStyleSheets = [sheet];
}"""
LARGE = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync("html { font-size: 200% !important; }");
  document.adoptedStyleSheets = [sheet];
}"""

# Texts that are cut off: wider than a box that hides what does not fit.
CUT = """() => [...document.querySelectorAll("body *")].filter((element) => {
  const style = getComputedStyle(element);
  return style.overflowX !== "visible" && element.scrollWidth > element.clientWidth + 1
    && !element.closest(".unseen, svg, select, input") && element.checkVisibility();
}).map((element) => element.outerHTML.slice(0, 120))"""

# Every text that is seen, with its contrast to what it stands on.
CONTRAST = """() => {
  const parse = (colour) => {
    const [r, g, b, a = 1] = colour.match(/[\\d.]+/g).map(Number);
    return { rgb: [r, g, b], a };
  };
  const light = ([r, g, b]) => {
    const [x, y, z] = [r, g, b].map((c) => {
      const s = c / 255;
      return s <= 0.04045 ? s / 12.92 : ((s + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const ground = (element) => {
    for (let e = element; e; e = e.parentElement) {
      const { rgb, a } = parse(getComputedStyle(e).backgroundColor);
      if (a > 0.99) return rgb;
    }
    return [255, 255, 255];
  };
  const faint = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || element.closest("svg, .unseen, script")) continue;
    if (!element.checkVisibility()) continue;
    const [a, b] = [light(parse(getComputedStyle(element).color).rgb), light(ground(element))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) faint.push(`${ratio.toFixed(1)} ${element.outerHTML.slice(0, 100)}`);
  }
  return faint;
}"""


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *told):
        pass


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    return Site(tmp_path_factory.mktemp("devices")).copy_from(ROOT).build()


@pytest.fixture(scope="module")
def url(site):
    handler = functools.partial(Quiet, directory=str(site.out))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.fixture
def opening(browser):
    """Return ``opening(**context)``: a page in a context of its own."""
    contexts = []

    def make(**options):
        context = browser.new_context(**({"reduced_motion": "reduce"} | options))
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(5000)
        return page

    yield make
    for context in contexts:
        context.close()


# ---- by keyboard -------------------------------------------------------------------------------


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "plain"])
@pytest.mark.parametrize("path", PAGES)
def test_the_tab_key_goes_through_the_page_and_out_of_it(opening, url, path, scripts):
    page = opening(java_script_enabled=scripts, viewport={"width": 1000, "height": 800})
    page.goto(url + path)
    page.keyboard.press("Tab")
    skip = page.evaluate(FOCUS)
    assert skip["name"] == "a #main"
    assert page.locator(".skip").bounding_box()["height"] > 20
    met = [skip]
    for _ in range(400):
        page.keyboard.press("Tab")
        focus = page.evaluate(FOCUS)
        if focus is None or (focus["again"] and not focus["moving"]):
            break
        met.append(focus)
    else:
        pytest.fail("there is no end to it")
    assert [f["name"] for f in met if not f["outlined"]] == []
    assert [f["name"] for f in met if not f["seen"]] == []
    reached = page.locator("[data-met]").count()
    wanted = page.evaluate(
        """() => [...document.querySelectorAll(
          "a[href], button, input, select, textarea, summary, [tabindex='0']",
        )].filter((e) => e.checkVisibility() && !e.closest("[inert], .preview, .copier")
          && !e.matches(".copier")).length"""
    )
    assert reached >= wanted


def test_the_skip_link_leads_past_the_masthead(opening, url):
    page = opening()
    page.goto(url)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


# ---- narrow, enlarged, spaced ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("width", "change"), [(320, SPACED), (640, LARGE)], ids=["spaced", "large"]
)
def test_nothing_is_lost_when_text_needs_more_room(opening, url, width, change):
    page = opening(viewport={"width": width, "height": 800})
    for path in PAGES:
        page.goto(url + path)
        page.evaluate(change)
        over = page.evaluate(
            """() => document.documentElement.scrollWidth > innerWidth
              ? [...document.querySelectorAll("body *")].filter(
                  (e) => !e.closest("svg, .unseen") && e.getBoundingClientRect().right > innerWidth + 1,
                ).map((e) => e.outerHTML.slice(0, 100)) : []"""
        )
        assert over == [], path
        assert page.evaluate(CUT) == [], path


def test_the_proof_is_under_its_claim_on_narrow_screens_and_beside_it_on_wide_ones(opening, url):
    page = opening(java_script_enabled=False)
    for width, beside in ((320, False), (1300, True)):
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(url)
        for claim in page.locator(".claim").all():
            said = claim.locator(".assertion").bounding_box()
            proof = claim.locator(".proofs").bounding_box()
            assert proof["height"] > 20
            if beside:
                assert proof["x"] >= said["x"] + said["width"]
                assert abs(proof["y"] - said["y"]) < 10
            else:
                assert proof["y"] >= said["y"] + said["height"]


# ---- colours and motion ------------------------------------------------------------------------


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_forced_colours_can_be_read(opening, url, scheme):
    page = opening(forced_colors="active", color_scheme=scheme)
    for path in PAGES:
        page.goto(url + path)
        assert page.evaluate(CONTRAST) == [], path
    page.goto(url + "sources/eu-today/#c-losses-seoul-1")
    assert page.evaluate(
        "getComputedStyle(document.querySelector('mark')).backgroundColor !=="
        " getComputedStyle(document.body).backgroundColor"
    )
    page.goto(url)
    line = "getComputedStyle(document.querySelector('.quote > p')).textDecorationLine"
    assert page.evaluate(line) == "underline"
    fill, paper = page.evaluate(
        "[getComputedStyle(document.querySelector('main .shape')).fill,"
        " getComputedStyle(document.documentElement).backgroundColor]"
    )
    assert fill != paper


def test_what_moves_rests_for_those_who_ask(opening, url):
    moving = (
        "document.getAnimations().length +"
        " [...document.querySelectorAll('*')].filter((e) =>"
        " getComputedStyle(e).animationName !== 'none').length"
    )
    page = opening(reduced_motion="reduce")
    page.goto(url + "sources/eu-today/#c-losses-seoul-1")
    assert page.evaluate(moving) == 0
    page = opening(reduced_motion="no-preference")
    page.goto(url + "sources/eu-today/#c-losses-seoul-1")
    assert page.evaluate(moving) > 0


# ---- on paper ----------------------------------------------------------------------------------


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "plain"])
def test_paper_has_every_event_with_its_proof(opening, url, site, scripts):
    page = opening(java_script_enabled=scripts, viewport={"width": 680, "height": 960})
    page.emulate_media(media="print")
    page.goto(url)
    titles = [h.get_text() for h in site.page("index.html").select("article.event .title")]
    assert len(titles) == 17
    assert page.locator("article.event .title").all_inner_texts() == titles
    for event in page.locator("article.event").all():
        assert event.is_visible()
    for claim in page.locator(".claim").all():
        said = claim.locator(".assertion").bounding_box()
        proof = claim.locator(".proofs").bounding_box()
        assert proof["x"] >= said["x"] + said["width"]
        assert abs(proof["y"] - said["y"]) < 10
        for quote in claim.locator("blockquote").all():
            assert quote.inner_text().strip()
    for hidden in (".filters", ".seek", "nav", ".skip"):
        for element in page.locator(hidden).all():
            assert not element.is_visible(), hidden


def printed(page):
    """Return the words on the paper, without white space, and the addresses that lead from it."""
    paper = PdfReader(BytesIO(page.pdf(format="A4")))
    words = "".join(leaf.extract_text() for leaf in paper.pages)
    links = {
        mark["/A"]["/URI"]
        for leaf in paper.pages
        for mark in (note.get_object() for note in leaf.get("/Annots", ()))
        if "/URI" in mark.get("/A", {})
    }
    return squeezed(words), links


def squeezed(text):
    """Paper breaks lines, and joins some letters; what was said is the letters themselves."""
    return "".join(normalize("NFKC", text).replace("\u00ad", "").split())


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "plain"])
def test_the_paper_itself_has_every_event_every_quotation_and_the_links(
    opening, url, site, scripts
):
    page = opening(java_script_enabled=scripts)
    page.goto(url)
    words, links = printed(page)
    events = json.loads((site.out / "data/timeline.json").read_bytes())["events"]
    assert len(events) == 17
    for event in events:
        assert squeezed(event["title"]) in words, event["id"]
        assert squeezed(event["date"]["label"]) in words, event["id"]
        assert f"{url}events/{event['id']}/" in links
        for claim in event["claims"]:
            assert squeezed(claim["text"]) in words, event["id"]
            assert squeezed(claim["attributed_to"] or "") in words, event["id"]
            for citation in claim["citations"]:
                assert squeezed(citation["quote"]) in words, event["id"]
                assert url + citation["url"] in links


def test_paper_has_no_more_than_what_is_narrowed_to_and_says_so(opening, url):
    page = opening()
    page.goto(url + "?kind=test")
    expect(page.locator("#seek-found")).to_have_text("1 event of 17")
    words, _ = printed(page)
    assert "1eventof17" in words
    assert squeezed("Pyongyang escalates its shows of force") in words
    assert squeezed("Western officials put the dead") not in words


@pytest.mark.parametrize("path", ["events/losses-seoul/", "sources/eu-today/"])
def test_events_and_sources_are_whole_on_paper(opening, url, path):
    page = opening()
    page.goto(url + path)
    texts = page.locator("blockquote.quote, .block > p[id], .assertion, .copy").all_inner_texts()
    assert len(texts) > 3
    words, _ = printed(page)
    for text in texts:
        if not text.startswith("<iframe"):  # of no use on paper
            assert squeezed(text) in words
    # By this the entry is found again.
    assert "https://example.org/events/losses-seoul/" in words or path.startswith("sources")
