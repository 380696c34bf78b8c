"""Following every citation of the example to its words, and back; with scripts and without."""

import functools
import http.server
import json
import threading

import pytest

from support import ROOT, Site

pytestmark = pytest.mark.browser

# What a reader sees on arrival: the words of the citation, where they stand, how they look.
ARRIVAL = """name => {
  const marks = [...document.querySelectorAll(`mark[data-cites~="${CSS.escape(name)}"]`)];
  const accent = getComputedStyle(document.querySelector("a.pilcrow")).color;
  const boxes = marks.map((mark) => mark.getBoundingClientRect());
  return {
    text: marks.map((mark) => mark.textContent).join(""),
    seen: boxes.every((box) => box.top >= 0 && box.bottom <= innerHeight && box.width > 0),
    styled: marks.every((mark) => {
      const style = getComputedStyle(mark);
      return style.borderBottomColor === accent && style.borderBottomWidth === "2px";
    }),
    others: [...document.querySelectorAll("mark")].filter(
      (mark) => !marks.includes(mark) && getComputedStyle(mark).borderBottomColor === accent,
    ).length,
  };
}"""


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *told):
        pass


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    return Site(tmp_path_factory.mktemp("cited")).copy_from(ROOT).build()


@pytest.fixture(scope="module")
def url(site):
    handler = functools.partial(Quiet, directory=str(site.out))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def citations(site):
    data = json.loads((site.out / "data/timeline.json").read_bytes())
    return {
        f"{event['id']}-{citation['n']}": citation
        for event in data["events"]
        for claim in event["claims"]
        for citation in claim["citations"]
    }


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "plain"])
def test_every_citation_leads_to_its_words_and_back(browser, url, citations, scripts):
    context = browser.new_context(
        java_script_enabled=scripts,
        reduced_motion="reduce",
        viewport={"width": 1300, "height": 900},
    )
    page = context.new_page()
    page.goto(url)
    links = page.locator("article.event a.cite")
    names = [link.get_attribute("href").rpartition("#c-")[2] for link in links.all()]
    assert sorted(names) == sorted(citations)
    for place, name in enumerate(names):
        quote = page.locator("figure.proof blockquote").nth(place).inner_text()
        links.nth(place).click()
        page.wait_for_url(f"**/sources/*/#c-{name}")
        met = page.evaluate(ARRIVAL, name)
        assert met == {"text": citations[name]["exact"], "seen": True, "styled": True, "others": 0}
        assert quote.strip("“”") == citations[name]["quote"], name
        page.go_back()
        page.wait_for_url(url)
        box = links.nth(place).bounding_box()
        assert 0 <= box["y"] <= 900, f"{name}: the reader is not where they left"
    context.close()


def test_links_can_be_followed_from_a_disk(browser, site):
    page = browser.new_page()
    page.goto((site.out / "index.html").as_uri())
    page.locator("article.event a.cite").first.click()
    page.wait_for_url("file:///**/sources/*/index.html#c-*")
    assert page.evaluate(ARRIVAL, page.url.rpartition("#c-")[2])["seen"]
    page.locator("a.cited-by").first.click()
    page.wait_for_url("file:///**/events/*/index.html**")
    page.locator("nav a").first.click()
    page.wait_for_url((site.out / "index.html").as_uri())
    page.close()


def test_the_link_beside_a_paragraph_leads_back_to_the_claim(browser, url, citations):
    page = browser.new_page(java_script_enabled=False)
    for source in sorted({citation["source"] for citation in citations.values()}):
        page.goto(f"{url}sources/{source}/")
        hrefs = [link.get_attribute("href") for link in page.locator("a.cited-by").all()]
        events = {name.rpartition("-")[0] for name, c in citations.items() if c["source"] == source}
        assert {href.rstrip("/").rpartition("/")[2] for href in hrefs} == events
        page.locator("a.cited-by").first.click()
        page.wait_for_url("**/events/**")
        assert page.locator(f'a.cite[href*="sources/{source}/#c-"]').count() > 0
    page.close()
