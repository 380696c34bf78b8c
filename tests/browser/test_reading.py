"""Reading with and without scripts: narrowing, previews of citations, landing, the drawing."""

import functools
import http.server
import json
import re
import threading
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from support import ROOT, Site

pytestmark = pytest.mark.browser

COUNT = 17  # events of the example


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *told):
        pass


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """The example, all of whose events stand on the front page."""
    return Site(tmp_path_factory.mktemp("whole")).copy_from(ROOT).build()


@pytest.fixture(scope="module")
def divided(tmp_path_factory):
    """The example with so few events on a page that the front page is an index of periods."""
    site = Site(tmp_path_factory.mktemp("divided")).copy_from(ROOT)
    settings = (site.root / "content/site.yaml").read_text("utf-8")
    site.write(
        "content/site.yaml", re.sub(r"(?m)^page_size:.*\n", "", settings) + "\npage_size: 10\n"
    )
    return site.build()


@pytest.fixture(scope="module")
def serving():
    """Return ``serving(site)``: the address at which it can be read."""
    servers = []

    def serve(site):
        handler = functools.partial(Quiet, directory=str(site.out))
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_port}/"

    yield serve
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="module")
def url(whole, serving):
    return serving(whole)


@pytest.fixture(scope="module")
def divided_url(divided, serving):
    return serving(divided)


@pytest.fixture
def faults():
    return []


@pytest.fixture
def opening(browser, faults):
    """Return ``opening(**context)``: a page that notes every error, and breach of the policy."""
    contexts = []

    def make(**options):
        options = {"viewport": {"width": 1300, "height": 900}, "reduced_motion": "reduce"} | options
        context = browser.new_context(**options)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on(
            "console",
            lambda told: faults.append(told.text) if told.type in ("error", "warning") else None,
        )
        page.set_default_timeout(5000)
        return page

    yield make
    for context in contexts:
        context.close()
    assert faults == []


@pytest.fixture
def page(opening):
    return opening()


def shown(page):
    """Return what is shown once no more comes: what fills a screen is there before the rest."""
    last, now = None, _shown(page)
    while now != last:
        page.wait_for_timeout(150)
        last, now = now, _shown(page)
    return now


def _shown(page):
    return [
        article.get_attribute("id").removeprefix("e-")
        for article in page.locator("#list article.event").all()
        if article.is_visible()
    ]


def look_for(page, words):
    page.locator("#seek-words").fill(words)


def link_of(page, sort, id):
    return page.locator(f'.filters a[href$="{sort}/{id}/"]')


def query(page):
    return parse_qs(urlsplit(page.url).query)


# ---- narrowing ---------------------------------------------------------------------------------


def test_a_filter_narrows_in_place_and_back(page, url, whole):
    page.goto(url)
    link_of(page, "kinds", "statement").click()
    expect(page.locator("#seek-found")).to_contain_text(f"of {COUNT}")
    kept = [
        a["id"].removeprefix("e-")
        for a in whole.page("kinds/statement/index.html").select("article")
    ]
    assert shown(page) == kept
    assert query(page) == {"kind": ["statement"]}
    assert page.locator("#seek-found").inner_text() == f"{len(kept)} events of {COUNT}"
    assert link_of(page, "kinds", "statement").get_attribute("aria-current") == "true"
    link_of(page, "kinds", "statement").click()
    expect(page.locator("#seek-found")).to_be_empty()
    assert len(shown(page)) == COUNT
    assert query(page) == {}


def test_counts_are_those_of_the_events_shown(page, url, whole):
    page.goto(url)
    link_of(page, "actors", "russia").click()
    expect(page.locator("#seek-found")).to_contain_text("of")
    russia = {a["id"] for a in whole.page("actors/russia/index.html").select("article")}
    for link in page.locator('.filters a[href^="kinds/"], .filters a[href^="tags/"]').all():
        path = link.get_attribute("href") + "index.html"
        both = russia & {a["id"] for a in whole.page(path).select("article")}
        assert link.locator(".count").inner_text() == str(len(both)), path
    for period in page.locator("#list .period:visible").all():
        n = period.locator("article.event:visible").count()
        assert n
        assert period.locator(".period-name .count").inner_text().split()[0] == str(n)


def test_lines_narrow_together_and_values_of_a_line_widen(page, url):
    page.goto(url)
    link_of(page, "kinds", "statement").click()
    expect(page.locator("#seek-found")).to_contain_text("of")
    statements = set(shown(page))
    link_of(page, "kinds", "casualties").click()
    both = set(shown(page))
    assert statements < both
    assert query(page) == {"kind": ["statement", "casualties"]}
    link_of(page, "tags", "losses").click()
    assert set(shown(page)) < both


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("zelensky", {"kursk-redeployment", "zelensky-acknowledgement"}),
        ("ZÉLENSK", {"kursk-redeployment", "zelensky-acknowledgement"}),
        ('"renewed assaults"', {"kursk-redeployment"}),
        ('"assaults renewed"', set()),
        ("assaults renewed", {"kursk-redeployment"}),
        ("enewed assaults", set()),
        ("smith nato containers", {"ammunition-containers"}),
    ],
)
def test_words_are_found_in_titles_claims_voices_and_quotations(page, url, words, found):
    page.goto(url)
    look_for(page, words)
    said = re.compile(rf"^({len(found)} events?|No event) of {COUNT}$")
    expect(page.locator("#seek-found")).to_have_text(said)
    assert set(shown(page)) == found
    assert query(page) == {"q": [words]}


def test_the_address_says_what_is_chosen(opening, url):
    first = opening()
    first.goto(url)
    link_of(first, "kinds", "statement").click()
    expect(first.locator("#seek-found")).to_contain_text("of")
    look_for(first, "trump")
    first.locator("#seek-from").select_option(index=1)
    kept = shown(first)
    assert kept
    second = opening()
    second.goto(first.url)
    expect(second.locator("#seek-found")).to_have_text(first.locator("#seek-found").inner_text())
    assert shown(second) == kept
    assert second.locator("#seek-words").input_value() == "trump"
    assert second.locator("#seek-from").input_value() == first.locator("#seek-from").input_value()


def test_the_back_button_undoes_a_choice(page, url):
    page.goto(url)
    link_of(page, "kinds", "statement").click()
    expect(page.locator("#seek-found")).to_contain_text("of")
    kept = shown(page)
    link_of(page, "tags", "nuclear").click()
    assert shown(page) != kept
    page.go_back()
    assert shown(page) == kept
    page.go_back()
    expect(page.locator("#seek-found")).to_be_empty()
    assert len(shown(page)) == COUNT
    page.go_forward()
    assert shown(page) == kept


def test_dates_leave_out_what_certainly_lies_elsewhere(page, url):
    page.goto(url + "?from=2025-03&to=2025-03")
    expect(page.locator("#seek-found")).to_contain_text("of")
    kept = shown(page)
    assert "reinforcements" in kept
    assert "long-range-artillery" in kept  # on 14 March or earlier
    assert "equipment-in-preparation" in kept  # and still going on
    assert "kim-nuclear-site" not in kept  # in January
    assert "losses-seoul" not in kept  # undated
    assert page.locator("#seek-from option:checked").inner_text() == "March 2025"


def test_the_way_back_is_clear(page, url):
    page.goto(url + "?kind=test&q=missile")
    clear = page.locator("#seek-clear")
    expect(clear).to_be_visible()
    clear.click()
    assert len(shown(page)) == COUNT
    assert query(page) == {}
    expect(clear).to_be_hidden()
    assert page.evaluate("document.activeElement.id") == "seek-words"


def test_nonsense_in_the_address_finds_nothing_and_breaks_nothing(page, url):
    page.goto(url + "?kind=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E&from=x&to=9&q=%22")
    expect(page.locator("#seek-found")).to_have_text(f"No event of {COUNT}")
    chip = page.locator('.filters a[aria-current="true"]').first
    assert chip.inner_text().startswith("<img src=x onerror=alert(1)>")
    page.locator("#seek-clear").click()
    assert len(shown(page)) == COUNT


def test_keys_alone_are_enough(page, url):
    page.goto(url)
    page.locator("#seek-words").focus()
    page.keyboard.type("missile")
    expect(page.locator("#seek-found")).to_contain_text("of")
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "seek-clear":
            break
    page.keyboard.press("Enter")
    assert len(shown(page)) == COUNT
    link_of(page, "kinds", "test").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#seek-found")).to_contain_text("of")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "kinds/test/"


def test_a_click_that_wants_another_tab_gets_it(page, url):
    page.goto(url)
    link_of(page, "kinds", "test").hover()
    with page.context.expect_page() as opened:
        link_of(page, "kinds", "test").click(modifiers=["Control"])
    assert opened.value.url == url + "kinds/test/"
    assert len(shown(page)) == COUNT


def test_rows_stand_in_for_events_that_are_elsewhere(page, divided_url, divided):
    page.goto(divided_url)
    link_of(page, "kinds", "statement").click()
    expect(page.locator("#seek-found")).to_contain_text(f"of {COUNT}")
    expect(page.locator("#list")).to_be_hidden()
    rows = page.locator("#results .rows a")
    files = divided.output()
    events = json.loads(files["data/timeline.json"])["events"]
    wanted = [e for e in events if e["kind"] == "statement"]
    assert rows.all_inner_texts() == [e["title"] for e in wanted]
    assert [row.get_attribute("href") for row in rows.all()] == [
        divided_url + e["url"] for e in wanted
    ]
    page.locator("#seek-clear").click()
    expect(page.locator("#list")).to_be_visible()
    assert page.locator("#results").count() == 0


def test_titles_come_before_other_words(page, divided_url):
    page.goto(divided_url + "search/")
    look_for(page, "kursk")
    expect(page.locator("#results h2")).to_have_count(2)
    assert page.locator("#results h2").first.inner_text().startswith("In the title")
    page.locator("#results .rows a").first.click()
    expect(page.locator("article.whole")).to_be_visible()


def test_nothing_is_loaded_before_it_is_used(page, url):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(url, wait_until="networkidle")
    assert not [one for one in asked if "/data/" in one]
    look_for(page, "zelensky")
    expect(page.locator("#seek-found")).to_contain_text("of")
    assert [one for one in asked if "/data/search/texts-0.js" in one]


def test_without_an_index_the_links_lead_to_their_pages(page, url, faults):
    page.route("**/data/search/**", lambda route: route.abort())
    page.goto(url)
    link_of(page, "kinds", "test").click()
    page.wait_for_url(url + "kinds/test/")
    faults.clear()  # Chromium reports the refusal itself


# ---- previews ----------------------------------------------------------------------------------


def preview_of(page):
    return page.locator(".preview:popover-open")


def test_a_preview_shows_the_paragraph_with_its_words_marked(page, url):
    page.goto(url)
    link = page.locator('a.cite[href$="#c-losses-western-officials-3"]')
    link.hover()
    expect(preview_of(page).locator(".paragraph mark")).to_have_text(
        "approximately 1,000 North Korean troops have been killed in action, "
        "with another 3,000 wounded or missing"
    )
    said = preview_of(page).inner_text()
    assert "While it remains unclear whether these forces" in said
    assert "Word for word" in said
    assert "North Korea Increases Military Support to Russia Amid Ukraine War" in said
    assert "EU Today, some time between 7 February" in said  # as a sentence goes on
    way = preview_of(page).get_by_role("link", name="In context")
    assert way.get_attribute("href") == url + "sources/eu-today/#c-losses-western-officials-3"
    page.mouse.move(5, 5)
    expect(preview_of(page)).to_have_count(0)


def test_words_that_other_citations_share_are_marked_in_one_piece(page, url, faults):
    """Where the paragraph comes from the source's own page, in which marks never nest."""
    page.goto(url)
    page.route("**/events/**", lambda route: route.abort())
    page.locator('a.cite[href$="#c-losses-western-officials-3"]').hover()
    expect(preview_of(page).locator(".paragraph mark")).to_have_text(
        "approximately 1,000 North Korean troops have been killed in action, "
        "with another 3,000 wounded or missing"
    )
    faults.clear()  # Chromium reports what was kept away


def test_a_preview_stays_while_it_is_pointed_at(page, url):
    page.goto(url)
    page.locator("a.cite").first.hover()
    expect(preview_of(page)).to_be_visible()
    preview_of(page).locator(".paragraph").hover()
    page.wait_for_timeout(600)
    expect(preview_of(page)).to_be_visible()


def test_a_preview_by_keys_opens_is_entered_closes_and_gives_the_focus_back(page, url):
    page.goto(url)
    first = page.locator("article.event .title a").first
    first.focus()
    page.keyboard.press("Tab")
    href = page.evaluate("document.activeElement.href")
    assert "#c-" in href
    expect(preview_of(page)).to_be_visible()
    expect(preview_of(page).locator(".keys")).to_be_visible()
    expect(preview_of(page).locator(".paragraph")).to_be_visible()
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.textContent") == "In context"
    page.keyboard.press("Escape")
    expect(preview_of(page)).to_have_count(0)
    assert page.evaluate("document.activeElement.href") == href
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.href") != href
    page.keyboard.press("Shift+Tab")  # met anew, it opens again
    assert page.evaluate("document.activeElement.href") == href
    expect(preview_of(page)).to_be_visible()


def test_a_small_screen_shows_the_quoted_words_and_who_says_them(opening, url):
    """However long the paragraph is, and wherever in it the words stand."""
    page = opening(has_touch=True, viewport={"width": 360, "height": 640})
    page.goto(url + "events/losses-seoul/")
    link = page.locator('a.cite[href$="#c-losses-seoul-1"]')
    link.evaluate("e => scrollTo(0, scrollY + e.getBoundingClientRect().top - 330)")
    link.tap()
    expect(preview_of(page).locator("cite")).to_be_visible()
    seen = """() => {
        const box = document.querySelector(".preview").getBoundingClientRect();
        const edge = document.querySelector(".preview .onward").getBoundingClientRect().top;
        const last = [...document.querySelectorAll(".preview mark")].at(-1).getBoundingClientRect();
        const from = document.querySelector(".preview .from").getBoundingClientRect();
        return [last.bottom <= edge, last.top > box.top, from.bottom < box.bottom];
    }"""
    page.wait_for_timeout(300)
    assert page.evaluate(seen) == [True, True, True]


def test_leaving_a_preview_goes_on_to_the_next_link(page, url):
    page.goto(url)
    page.locator("article.event .title a").first.focus()
    page.keyboard.press("Tab")
    href = page.evaluate("document.activeElement.href")
    expect(preview_of(page).locator(".paragraph")).to_be_visible()
    page.keyboard.press("ArrowDown")
    for _ in range(4):
        page.keyboard.press("Tab")
    expect(preview_of(page)).to_have_count(
        1 if page.evaluate("document.activeElement.matches('a.cite')") else 0
    )
    assert page.evaluate("document.activeElement.closest('.preview')") is None
    assert page.evaluate("document.activeElement.href") != href
    assert page.evaluate("document.activeElement.tagName") == "A"


def test_citations_are_copied_in_three_forms(opening, url):
    page = opening(permissions=["clipboard-read", "clipboard-write"])
    page.goto(url)
    page.locator('a.cite[href$="#c-kim-nuclear-site-1"]').hover()
    expect(preview_of(page).locator("cite")).to_be_visible()
    copied = {}
    for name in ("Plain", "BibTeX", "CSL-JSON"):
        preview_of(page).get_by_role("button", name=name).click()
        expect(preview_of(page).get_by_role("status")).to_have_text("Copied")
        copied[name] = page.evaluate("navigator.clipboard.readText()")
        page.wait_for_timeout(60)
    address = url + "sources/eu-today/#c-kim-nuclear-site-1"
    assert copied["Plain"].startswith("“North Korean leader Kim Jong-un’s recent visit")
    assert copied["Plain"].endswith(address)
    assert copied["BibTeX"].startswith("@misc{eu-today,\n  title = {{North Korea Increases")
    assert f"url = {{{address}}}" in copied["BibTeX"]
    (item,) = json.loads(copied["CSL-JSON"])
    assert item["URL"] == address
    assert item["issued"] == {"date-parts": [[2025]]}
    assert item["locator"] == "¶ 15"


def test_a_finger_sees_the_words_first_and_goes_there_next(opening, url):
    page = opening(has_touch=True, viewport={"width": 390, "height": 800})
    page.goto(url)
    link = page.locator("a.cite").first
    link.tap()
    expect(preview_of(page).locator(".paragraph")).to_be_visible()
    assert page.url == url
    box = preview_of(page).bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    preview_of(page).get_by_role("link", name="In context").tap()
    page.wait_for_url("**/sources/eu-today/#c-*")


def test_a_link_to_a_paragraph_is_previewed_too(page, url):
    page.goto(url + "events/losses-seoul/")
    page.locator('.summary a[href$="#p10"]').hover()
    expect(preview_of(page).locator(".paragraph")).to_contain_text("While it remains unclear")


# ---- landing -----------------------------------------------------------------------------------


def test_landing_centres_the_words_and_leads_back(page, url):
    page.goto(url + "?kind=casualties")
    expect(page.locator("#seek-found")).to_contain_text("of")
    page.locator('a.cite[href$="#c-losses-western-officials-1"]').click()
    page.wait_for_url("**/sources/**")
    back = page.locator(".back a")
    expect(back).to_be_visible()
    assert back.get_attribute("href") == url + "?kind=casualties#e-losses-western-officials"
    assert page.locator("p[id] .back").count() == 0
    box = page.locator("#c-losses-western-officials-1").bounding_box()
    assert 150 < box["y"] < 700
    back.click()
    expect(page.locator("#seek-found")).to_contain_text("of")
    expect(page.locator("#e-losses-western-officials")).to_be_in_viewport()


def test_landing_from_elsewhere_leads_to_the_event(page, url):
    page.goto(url + "sources/eu-today/#c-losses-seoul-1")
    assert page.locator(".back a").get_attribute("href").endswith("events/losses-seoul/")
    page.goto(url + "sources/eu-today/#p5")
    expect(page.locator(".back")).to_have_count(0)


def test_the_words_of_a_paragraph_stay_its_own(page, url, whole):
    page.goto(url + "sources/eu-today/#c-losses-seoul-1")
    page.locator("#p3").hover()
    expect(page.locator(".copier")).to_be_visible()
    for paragraph in whole.page("sources/eu-today/index.html").select("p[id]"):
        assert page.locator(f"#{paragraph['id']}").evaluate("p => p.textContent") == paragraph.text


def test_addresses_and_citations_are_copied(opening, url):
    page = opening(permissions=["clipboard-read", "clipboard-write"])
    page.goto(url + "sources/eu-today/")
    page.locator('a.pilcrow[href="#p5"]').focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("main > [role=status]")).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == url + "sources/eu-today/#p5"
    page.goto(url + "events/losses-seoul/")
    page.get_by_role("region", name="Cite this entry").locator(".copier").click()
    expect(page.locator("main > [role=status]")).to_have_text("Copied")
    assert "losses-seoul" in page.evaluate("navigator.clipboard.readText()")


# ---- the drawing -------------------------------------------------------------------------------


def test_arrow_keys_go_from_mark_to_mark(page, url):
    page.goto(url, wait_until="networkidle")
    page.locator('.drawing a[href="#e-losses-western-officials"]').focus()
    page.keyboard.press("ArrowRight")
    met = page.evaluate("document.activeElement.getAttribute('href')")
    assert met not in ("#e-losses-western-officials", None)
    page.keyboard.press("ArrowLeft")
    assert (
        page.evaluate("document.activeElement.getAttribute('href')")
        == "#e-losses-western-officials"
    )
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.closest('.drawing') !== null")
    expect(page.locator(".tip")).to_be_visible()
    told = page.evaluate("document.activeElement.getAttribute('aria-label')")
    assert page.locator(".tip").inner_text() == told
    page.keyboard.press("Escape")
    expect(page.locator(".tip")).to_be_hidden()


def draw_out(page, first, last):
    """Draw a stretch of the plot with the pointer, from the mark of one event to another's."""
    page.locator(".drawing").scroll_into_view_if_needed()
    start = page.locator(f'.drawing a[href="#e-{first}"]').bounding_box()
    end = page.locator(f'.drawing a[href="#e-{last}"]').bounding_box()
    left, right = start["x"] - 2, end["x"] + end["width"] + 2
    page.mouse.move(left, start["y"] + 2)
    page.mouse.down()
    page.mouse.move((left + right) / 2, start["y"] + 5, steps=3)
    page.mouse.move(right, end["y"], steps=3)
    page.mouse.up()


def test_a_stretch_becomes_the_dates_of_the_filters(page, url):
    page.goto(url, wait_until="networkidle")
    draw_out(page, "losses-western-officials", "kim-nuclear-site")
    expect(page.locator("#seek-found")).to_contain_text("of")
    assert query(page)["from"] == ["2025-01"]
    assert query(page)["to"] == ["2025-01"]
    assert set(shown(page)) == {
        "losses-western-officials",
        "kim-nuclear-site",
        "equipment-in-preparation",
        "long-range-artillery",  # of which only the last day is known
        "committee-briefing",
    }
    out = page.locator(".drawing a.out").count()
    assert out == COUNT - 5
    height = page.locator(".drawing").bounding_box()["height"]
    page.locator("#seek-zoom").click()
    assert page.locator("#seek-zoom").get_attribute("aria-pressed") == "true"
    assert page.locator(".drawing").bounding_box()["height"] == height
    page.locator("#seek-zoom").click()
    assert page.locator(".drawing .plot .plot").count() == 0


def test_nothing_moves_while_the_page_wakes(opening, url):
    page = opening()
    page.add_init_script(
        "window.moved = 0; new PerformanceObserver(list => { for (const entry of list.getEntries())"
        " moved += entry.value }).observe({type: 'layout-shift', buffered: true})"
    )
    page.goto(url, wait_until="networkidle")
    page.wait_for_timeout(200)
    assert page.evaluate("moved") == 0


# ---- other ways to read ------------------------------------------------------------------------


def test_without_scripts_the_page_is_whole(opening, url):
    page = opening(java_script_enabled=False)
    page.goto(url)
    assert page.locator("article.event").count() == COUNT
    expect(page.locator("#seek")).to_be_hidden()
    link_of(page, "kinds", "test").click()
    page.wait_for_url(url + "kinds/test/")
    page.goto(url + "search/")
    expect(page.locator(".filters a").first).to_be_visible()
    expect(page.locator("#seek")).to_be_hidden()


def test_a_site_on_a_disk_is_narrowed_and_previewed(opening, tmp_path):
    site = Site(tmp_path).copy_from(ROOT).build(index_links=True)
    page = opening()
    page.goto((site.out / "index.html").as_uri())
    page.locator('.filters a[href="kinds/statement/index.html"]').click()
    expect(page.locator("#seek-found")).to_contain_text(f"of {COUNT}")
    look_for(page, "zelensky")
    expect(page.locator("#seek-found")).to_have_text(f"2 events of {COUNT}")
    page.locator("a.cite:visible").first.hover()
    expect(preview_of(page).locator("blockquote")).to_be_visible()
    expect(preview_of(page).get_by_role("link", name="In context")).to_be_visible()
    page.goto((site.out / "events/losses-seoul/index.html").as_uri())
    page.locator('a.cite[href$="#c-losses-seoul-1"]').hover()
    expect(preview_of(page).locator(".paragraph mark")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1300])
def test_no_state_has_a_barrier(opening, url, divided_url, axe, scheme, width):
    page = opening(viewport={"width": width, "height": 900}, color_scheme=scheme)

    def check():
        assert axe(page, colours=scheme == "dark") == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

    page.goto(url + "?kind=statement&q=kursk&tag=unknown")
    expect(page.locator("#seek-found")).to_contain_text("of")
    check()
    page.goto(divided_url + "?q=zelensky")
    expect(page.locator("#results .rows a").first).to_be_visible()
    check()
    page.goto(url + "search/")
    check()
    page.goto(url)
    page.locator("a.cite").first.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    expect(preview_of(page).locator(".paragraph")).to_be_visible()
    check()
    page.goto(url + "sources/eu-today/#c-losses-seoul-1")
    page.locator('a.pilcrow[href="#p3"]').focus()
    expect(page.locator(".copier")).to_be_visible()
    check()
