"""Framed entries and disagreements in a real browser: links, width, barriers."""

import functools
import http.server
import sys
import threading
from pathlib import Path

import pytest

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
        assert axe(page) == [], path
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
