"""Framed entries and disagreements in a real browser: links, width, barriers."""

import functools
import http.server
import sys
import threading
from pathlib import Path

import pytest
from playwright.sync_api import expect

sys.path.insert(0, str(Path(__file__).parents[1]))
from support import ROOT, Site

pytestmark = pytest.mark.browser
PAGES = (
    "disagreements/",
    "disagreements/north-korean-soldiers-killed/",
    "embed/",
    "embed/events/losses-western-officials/",
    "embed/tags/weapons/",
)


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    site = Site(tmp_path_factory.mktemp("embedding") / "project").copy_from(ROOT).build()
    frame = '<iframe src="../embed/events/losses-western-officials/" title="x" width="640" height="700"></iframe>'
    (site.out / "elsewhere").mkdir()
    (site.out / "elsewhere/index.html").write_text(
        f"<!doctype html><title>Elsewhere</title>{frame}"
    )
    handler = functools.partial(Quiet, directory=str(site.out))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_no_barriers_and_no_sideways_scrolling(browser, axe, served, width, scheme):
    context = browser.new_context(
        viewport={"width": width, "height": 800}, color_scheme=scheme, java_script_enabled=True
    )
    page = context.new_page()
    for path in PAGES:
        page.goto(served + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        assert axe(page, colours=scheme == "dark") == [], path
    context.close()


def test_a_link_in_a_frame_leads_the_whole_window_to_the_marked_words(browser, served):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(served + "elsewhere/")
    page.frame_locator("iframe").locator("a.cite").first.click()
    page.wait_for_url("**/sources/eu-today/#c-losses-western-officials-1")
    assert page.locator("mark:target, :target").count() == 1
    context.close()


def test_every_bar_can_be_reached_by_keyboard(browser, served):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(served + PAGES[1])
    bars = page.locator("svg.drawing a")
    assert bars.count() == 2
    bars.first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/sources/eu-today/#c-losses-*")
    context.close()


# ---- a selection -------------------------------------------------------------------------------

SELECTION = "?kind=casualties&tag=losses"


@pytest.fixture
def framed(browser, served, request):
    """Return ``framed(query)``: a page of another site, and the selection in its frame."""
    contexts = []

    def make(query, **options):
        context = browser.new_context(**options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(5000)
        page.route(
            "**/else/where/",
            lambda route: route.fulfill(
                content_type="text/html",
                body="<!doctype html><title>Else</title>"
                f'<iframe src="{served}embed/{query}" width="640" height="600" title="x"></iframe>',
            ),
        )
        page.goto(served + "else/where/")
        return page, page.frame_locator("iframe")

    yield make
    for context in contexts:
        context.close()


def test_a_frame_shows_the_events_of_its_selection_with_their_proofs(framed, served):
    page, frame = framed(SELECTION)
    expect(frame.locator("article.event")).to_have_count(2)
    ids = [a.get_attribute("id") for a in frame.locator("article.event").all()]
    assert ids == ["e-losses-western-officials", "e-losses-seoul"]
    assert frame.locator("blockquote.quote:visible").count() > 3
    expect(frame.get_by_role("heading", level=1)).to_have_text("Casualties, losses")
    for hidden in (".masthead", ".colophon", "#seek", "#list"):
        expect(frame.locator(hidden)).to_be_hidden()
    whole = frame.get_by_role("link", name="The whole list")
    assert whole.get_attribute("href") == served + SELECTION
    whole.click()
    page.wait_for_url(served + SELECTION)
    expect(page.locator("#list article.event:visible")).to_have_count(2)


def test_a_citation_in_a_selection_leads_the_whole_window_to_its_words(framed, served):
    page, frame = framed(SELECTION)
    frame.locator('a.cite[href$="#c-losses-seoul-1"]').first.click()
    page.wait_for_url(served + "sources/eu-today/#c-losses-seoul-1")


def test_a_frame_of_everything_has_a_row_for_each_event(framed, served, axe):
    page, frame = framed("", viewport={"width": 700, "height": 800})
    rows = frame.locator("#results article.event, #results .rows a")
    expect(rows).to_have_count(17)
    page.goto(served + "embed/?kind=statement")
    expect(page.locator("article.event").first).to_be_visible()
    assert axe(page) == []


def test_without_its_frames_events_are_rows_that_lead_to_them(browser, served):
    context = browser.new_context()
    page = context.new_page()
    page.route("**/embed/events/**", lambda route: route.abort())
    page.goto(served + "embed/?kind=test")
    row = page.locator("#results .rows a")
    expect(row).to_have_count(1)
    row.click()
    page.wait_for_url("**/events/missile-tests/")
    context.close()


@pytest.mark.parametrize("scripts", [True, False], ids=["no index", "plain"])
def test_without_scripts_or_index_the_page_of_embedding_is_whole(browser, served, scripts):
    context = browser.new_context(java_script_enabled=scripts)
    page = context.new_page()
    page.route("**/data/search/**", lambda route: route.abort())
    page.goto(served + "embed/?kind=test")
    expect(page.get_by_role("heading", level=1)).to_have_text("Embed")
    expect(page.get_by_role("link", name="weapons")).to_be_visible()
    expect(page.locator(".masthead")).to_be_visible()
    context.close()


def test_the_page_of_searching_gives_a_frame_for_what_is_chosen(browser, served):
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(served + "search/")
    offer = page.locator("#embed-view")
    expect(offer).to_be_hidden()
    page.locator("#seek-words").fill("zelensky")
    expect(offer).to_be_visible()
    offer.locator("summary").click()
    offer.locator(".copier").click()
    expect(page.locator("main > [role=status]")).to_have_text("Copied")
    html = page.evaluate("navigator.clipboard.readText()")
    assert html == (
        '<iframe src="https://example.org/embed/?q=zelensky" title="“zelensky”"'
        ' width="640" height="600" loading="lazy"></iframe>'
    )
    page.locator("#seek-clear").click()
    expect(offer).to_be_hidden()
    context.close()


def test_hostile_words_stay_words_in_the_code_and_in_the_frame(browser, served):
    context = browser.new_context()
    page = context.new_page()
    alerts = []
    page.on("dialog", lambda dialog: (alerts.append(dialog.message), dialog.dismiss()))
    query = "?q=%22%3E%3Cimg+src%3Dx+onerror%3Dalert(1)%3E"
    page.goto(served + "search/" + query)
    expect(page.locator("#embed-view")).to_be_visible()
    code = page.locator("#embed-view code").text_content()
    frame = page.evaluate(
        "html => [...new DOMParser().parseFromString(html, 'text/html').body.children]"
        ".map(e => [e.localName, e.title])",
        code,
    )
    assert frame == [["iframe", '“"><img src=x onerror=alert(1)>”']]
    page.goto(served + "embed/" + query)
    expect(page.get_by_role("heading", level=1)).to_contain_text("<img src=x")
    assert alerts == []
    context.close()
