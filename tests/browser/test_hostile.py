"""Hostile texts in a real Chromium: no dialog, no request to elsewhere, and no script of theirs."""

import functools
import http.server
import threading

import pytest

from hostile.payloads import texts
from hostile.sites import write_site
from support import Site

pytestmark = pytest.mark.browser

TRAP = """
window.sprung = [];
window.trap = (...what) => window.sprung.push(String(what));
new MutationObserver(changes => {
  for (const change of changes) for (const node of change.addedNodes) {
    if (node.nodeName === 'SCRIPT' && !node.src) window.trap(node.textContent);
  }
}).observe(document, {childList: true, subtree: true});
"""
DATA_BLOCK = "application/ld+json"


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """Serve a site that holds a thousand payloads, as any host would."""
    site = Site(tmp_path_factory.mktemp("hostile") / "p", bare=True)
    everything = texts()
    write_site(site, everything[:: len(everything) // 1_000])
    site.build()
    assert site.published, site.report
    handler = functools.partial(Quiet, directory=str(site.out))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


PAGES = ("", "events/h1/", "events/h2/", "sources/evil/", "actors/", "report/", "search/")


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_nothing_is_sprung(browser, address, scripts):
    context = browser.new_context(java_script_enabled=scripts)
    asked, dialogs, faults = [], [], []
    page = context.new_page()
    page.on("request", lambda request: asked.append(request.url))
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    if scripts:
        page.add_init_script(TRAP)
    for path in PAGES:
        page.goto(address + path)
        page.wait_for_load_state("load")
        assert page.url == address + path
        if scripts:
            _touch(page)
            sprung = page.evaluate("window.sprung")
            blocks = page.locator(f"script[type='{DATA_BLOCK}']").all_text_contents()
            assert [text for text in sprung if text not in blocks] == [], path
        assert page.locator("main [onerror], main [onload], main script:not([type])").count() == 0
    context.close()
    assert dialogs == []
    assert faults == []
    assert [url for url in asked if not url.startswith(address)] == []


def test_the_trap_springs(browser):
    """Else the test above would find nothing in any page."""
    page = browser.new_page()
    page.add_init_script(TRAP)
    page.goto("about:blank")
    page.set_content("<main><script>trap(1)</script><img src=x onerror=trap(2)></main>")
    page.wait_for_function("window.sprung.length >= 2")
    page.close()


def _touch(page):
    """Do what readers do: move, focus, scroll, open what can be opened."""
    page.evaluate(
        """() => {
          for (const element of document.querySelectorAll('main *')) {
            for (const type of ['mouseover', 'focus', 'pointerenter', 'toggle', 'animationstart'])
              element.dispatchEvent(new Event(type));
            if (element.tagName === 'DETAILS') element.open = true;
          }
          window.scrollTo(0, document.body.scrollHeight);
        }"""
    )
