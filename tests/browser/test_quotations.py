"""Quotations in several pieces, with and without scripts, and the ways on to live pages and copies."""

import functools
import http.server
import threading
from hashlib import sha256
from urllib.parse import unquote

import pytest
from playwright.sync_api import expect

from support import Site, article

pytestmark = pytest.mark.browser

TEXT = (
    "The bridge will close to lorries from 3 March, the council said, and buses will go round.",
    "Engineers found cracks in two of its twelve pillars, which were built in 1931, in late January.",
    "The repairs are expected to take about six months, and nobody has said what they will cost.",
)
PIECES = {
    "gap": ["The repairs are expected to take", "nobody has said what they will cost"],
    "across": ["close to lorries from 3 March", "found cracks in two of its twelve pillars"],
    "whole": ["which were built in 1931"],
}


@pytest.fixture(scope="module")
def url(tmp_path_factory):
    site = Site(tmp_path_factory.mktemp("pieces") / "project", bare=True)
    site.write(
        "content/site.yaml",
        "title: The bridge\nwarnings: {single-source: ignore}\n",
    )
    events = []
    for rule in ("full", "quotes"):
        site.write(f"seeds/{rule}.txt", article(*TEXT))
        front = (
            f"---\ntitle: The bridge closes\nurl: https://news.example/{rule}\npublisher: Gazette\n"
            "published: 2025-02-11\nretrieved_at: 2025-02-12T09:30:00Z\n"
            "archives: [{url: https://archive.example/1, at: 2025-02-12T09:31:00Z}]\n"
            f"republish: {rule}\nsnapshot: seeds/{rule}.txt\n"
            f"sha256: {sha256(article(*TEXT).encode()).hexdigest()}\n---\n\n"
        )
        blocks = "\n\n".join(f"[p{n}] {text}" for n, text in enumerate(TEXT, 1))
        site.write(f"content/sources/{rule}.md", front + blocks + "\n")
        for name, pieces in PIECES.items():
            events.append(
                f"- id: {rule}-{name}\n  date: 2025\n  title: The {name} of it\n"
                f"  cite: {{source: {rule}, quote: [{', '.join(map(repr, pieces))}]}}\n"
            )
    site.write("content/events/all.yaml", "".join(events)).build()
    assert site.published is not None, site.report

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *told):
            pass

    handler = functools.partial(Quiet, directory=str(site.out))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.fixture(params=[True, False], ids=["scripts", "plain"])
def page(browser, request):
    context = browser.new_context(java_script_enabled=request.param, reduced_motion="reduce")
    page = context.new_page()
    page.set_default_timeout(5000)
    yield page
    context.close()


def lit(page):
    """Return the words that stand out from those that are merely quoted."""
    return page.locator("mark").evaluate_all(
        """marks => {
          const probe = document.createElement("i");
          probe.style.color = "var(--marker-2)";
          document.body.append(probe);
          const colour = getComputedStyle(probe).color;
          probe.remove();
          return marks.filter((m) => getComputedStyle(m).backgroundColor === colour)
            .map((m) => m.textContent);
        }"""
    )


@pytest.mark.parametrize("rule", ["full", "quotes"])
@pytest.mark.parametrize("name", PIECES)
def test_all_words_of_a_quotation_light_up_and_no_others(page, url, rule, name):
    page.goto(f"{url}events/{rule}-{name}/")
    page.locator("a.cite").click()
    page.wait_for_url(f"**/sources/{rule}/#c-{rule}-{name}-1")
    assert lit(page) == PIECES[name]
    expect(page.locator(f"#c-{rule}-{name}-1")).to_be_in_viewport()


@pytest.mark.parametrize("rule", ["full", "quotes"])
def test_words_in_another_paragraph_can_be_reached_and_light_up_too(page, url, rule):
    page.goto(f"{url}sources/{rule}/#c-{rule}-across-1")
    there = page.locator(".block:has(#p1) .margin").get_by_role("link", name="¶ 2")
    there.click()
    page.wait_for_url(f"**#c-{rule}-across-1.2")
    assert lit(page) == PIECES["across"]
    expect(page.locator(f'[id="c-{rule}-across-1.2"]')).to_be_in_viewport()
    page.locator(".block:has(#p2) .margin").get_by_role("link", name="¶ 1").click()
    page.wait_for_url(f"**#c-{rule}-across-1")
    assert lit(page) == PIECES["across"]


def test_the_paragraph_on_an_events_page_marks_what_is_quoted_and_not_what_is_left_out(page, url):
    page.goto(f"{url}events/full-gap/")
    page.locator(".context summary").click()
    assert page.locator(".context p").inner_text() == TEXT[2]
    reach = page.locator(".context mark")
    first, last = PIECES["gap"]
    assert reach.inner_text().startswith(first)
    assert reach.inner_text().endswith(last)
    between = reach.inner_text()[len(first) : -len(last)]
    assert reach.locator(".left-out").all_inner_texts() == [between]
    assert page.evaluate(
        """() => getComputedStyle(document.querySelector(".left-out")).backgroundColor
          === getComputedStyle(document.documentElement).backgroundColor"""
    )


@pytest.mark.parametrize("rule", ["full", "quotes"])
def test_a_preview_has_every_paragraph_that_is_quoted_and_the_ways_on(browser, url, rule):
    page = browser.new_page(reduced_motion="reduce")
    page.goto(url)
    page.locator(f'a.cite[href$="#c-{rule}-across-1"]').hover()
    preview = page.locator(".preview:popover-open")
    expect(preview.locator(".paragraph")).to_have_count(2)
    assert preview.locator("mark").all_inner_texts() == PIECES["across"]
    live = preview.get_by_role("link", name="Live article").get_attribute("href")
    address, _, fragment = live.partition("#:~:text=")
    assert address == f"https://news.example/{rule}"
    assert unquote(fragment) == PIECES["across"][0]
    copy = preview.get_by_role("link", name="Archived copy")
    assert copy.get_attribute("href") == "https://archive.example/1"
    page.close()


def test_a_preview_marks_no_words_that_are_left_out(browser, url):
    page = browser.new_page(reduced_motion="reduce")
    page.goto(f"{url}events/full-gap/")
    page.locator("a.cite").hover()
    preview = page.locator(".preview:popover-open")
    expect(preview.locator(".paragraph")).to_have_text(TEXT[2])
    assert preview.locator("mark").all_inner_texts() == PIECES["gap"]
    page.close()


def test_the_live_article_opens_at_the_quoted_words(browser, url):
    """Text fragments need a navigation of the reader's own; the page that is met is ours."""
    page = browser.new_page(reduced_motion="reduce")
    filling = "<p>Other news.</p>" * 60
    page.context.route(
        "https://news.example/**",
        lambda route: route.fulfill(
            content_type="text/html; charset=utf-8",
            body="<!doctype html><title>News</title><style>p { margin: 3em }</style>"
            f"{filling}<p id=here>{TEXT[1]}</p>{filling}",
        ),
    )
    page.goto(f"{url}events/full-whole/")
    page.locator(".live a").first.click()
    page.wait_for_url("https://news.example/**")
    expect(page.locator("#here")).to_be_in_viewport()
    assert page.evaluate("scrollY") > 500
    page.close()
