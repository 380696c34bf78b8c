import hashlib
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from pincite.serve import Rebuilt
from serving import FINE, previewing, wait_for

pytestmark = pytest.mark.browser

POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; "
    "base-uri 'none'; form-action 'none'"
)
PAGE = f"""<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>A timeline</title><link rel="stylesheet" href="/style.css"></head>
<body><main><h1>TEXT</h1><p><label>Search <input></label> <a href="/next/">Next</a></p></main></body></html>
"""
BROKEN = Rebuilt(
    ok=False,
    changed=(),
    report="error[quote-not-found]: the words <b>stand</b> nowhere\n --> content/a.yaml:3:9\n",
    summary="1 error",
)


class Build:
    """Writes text.txt into every page and style.css beside them; fails while *broken* is true."""

    def __init__(self, project):
        self.content, self.out = project / "content", project / "site"
        self.content.mkdir()
        self.broken = False
        self.calls = 0
        self.save("first")
        (self.content / "style.css").write_text("h1 { color: rgb(1, 2, 3) }")

    def save(self, text, name="text.txt"):
        (self.content / name).write_text(text)

    def __call__(self, changed):
        self.calls += 1
        if self.broken:
            return BROKEN
        (self.out / "next").mkdir(parents=True, exist_ok=True)
        page = PAGE.replace("TEXT", (self.content / "text.txt").read_text())
        written = []
        for path, text in {
            "index.html": page,
            "next/index.html": page,
            "style.css": (self.content / "style.css").read_text(),
        }.items():
            file = self.out / path
            if not file.exists() or file.read_text() != text:
                file.write_text(text)
                written.append(path)
        return FINE._replace(changed=tuple(written))


@pytest.fixture
def build(tmp_path):
    return Build(tmp_path)


@pytest.fixture
def preview(build, tmp_path):
    with previewing(tmp_path, build.out, build, (build.content,)) as (preview, _):
        yield preview


@pytest.fixture
def faults():
    return []


@pytest.fixture
def barriers(axe, faults):
    """Return axe's findings; what the page's policy refuses to axe itself is no fault of ours."""

    def run(page):
        known = len(faults)
        found = axe(page)
        page.wait_for_timeout(50)
        del faults[known:]
        return found

    return run


@pytest.fixture
def page(browser, faults):
    """Yield a page that fails the test when anything is refused by policy or throws."""
    context = browser.new_context()
    page = context.new_page()
    page.set_default_timeout(10_000)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on(
        "console",
        lambda message: faults.append(message.text) if "Content Security" in message.text else None,
    )
    yield page
    context.close()
    assert faults == []


def connected(page, preview, address=""):
    """Open a page and wait until it listens."""
    before = len(preview.listener.waiters)
    page.goto(preview.url + address)
    wait_for(lambda: len(preview.listener.waiters) > before)


def test_a_save_reloads_the_page(page, preview, build):
    connected(page, preview)
    expect(page.locator("h1")).to_have_text("first")
    for text in ("second", "third", "fourth"):
        build.save(text)
        expect(page.locator("h1")).to_have_text(text)


def test_quick_saves_end_at_the_last_one(page, preview, build):
    connected(page, preview)
    for number in range(12):
        build.save(f"save {number}")
        page.wait_for_timeout(37)
    expect(page.locator("h1")).to_have_text("save 11")


def test_a_style_sheet_is_swapped_and_the_page_keeps_its_state(page, preview, build):
    connected(page, preview)
    page.locator("input").fill("half a sentence")
    page.evaluate("window.kept = 1")
    build.save("h1 { color: rgb(4, 5, 6) }", "style.css")
    expect(page.locator("h1")).to_have_css("color", "rgb(4, 5, 6)")
    assert page.evaluate("window.kept") == 1
    expect(page.locator("input")).to_have_value("half a sentence")


def test_findings_lie_over_the_last_good_page_until_it_is_mended(page, preview, build, barriers):
    connected(page, preview)
    page.evaluate("window.kept = 1")
    page.locator("input").focus()
    build.broken = True
    build.save("bad")
    panel = page.get_by_role("region", name="The site could not be built: 1 error")
    expect(panel).to_be_visible()
    expect(panel.locator("pre")).to_have_text(re.compile("the words <b>stand</b> nowhere"))
    expect(page.locator("h1")).to_have_text("first")
    expect(page.locator("input")).to_be_focused()  # it takes nobody's focus
    expect(page.get_by_role("status")).to_have_text("The site could not be built: 1 error")
    assert page.evaluate("window.kept") == 1
    assert barriers(page) == []

    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    reopen = page.get_by_role("button", name="1 error")
    reopen.click()
    expect(panel).to_be_visible()
    hide = page.get_by_role("button", name="Hide")
    expect(hide).to_be_focused()
    page.keyboard.press("Enter")
    expect(reopen).to_be_focused()
    assert barriers(page) == []

    page.get_by_role("link", name="Next").click()  # a page loaded while broken shows it as well
    expect(page).to_have_url(preview.url + "next/")
    expect(panel).to_be_visible()
    page.emulate_media(color_scheme="dark")
    assert [found["id"] for found in barriers(page)] == []

    build.broken = False
    build.save("mended")
    expect(page.locator("h1")).to_have_text("mended")
    expect(page.locator("pincite-findings")).to_have_count(0)


def test_mended_by_going_back_to_the_same_bytes(page, preview, build):
    connected(page, preview)
    build.broken = True
    build.save("bad")
    expect(page.locator("pincite-findings")).to_have_count(1)
    build.broken = False
    build.save("first")
    expect(page.locator("pincite-findings")).to_have_count(0)
    expect(page.locator("h1")).to_have_text("first")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_without_a_site_the_findings_are_the_page(browser, page, build, tmp_path, barriers, scheme):
    build.broken = True
    page.emulate_media(color_scheme=scheme)
    with previewing(tmp_path, build.out, build, (build.content,)) as (preview, _):
        connected(page, preview, "events/any/")
        expect(page.locator("h1")).to_have_text("The site could not be built: 1 error")
        expect(page.locator("pre")).to_have_text(re.compile("the words <b>stand</b> nowhere"))
        assert barriers(page) == []
        build.broken = False
        build.save("at last")
        expect(page.locator("h1")).to_have_text("No such page")
        assert barriers(page) == []
        page.get_by_role("link", name="front page").click()
        expect(page.locator("h1")).to_have_text("at last")


def test_a_page_finds_a_preview_that_was_started_again(page, build, tmp_path):
    with previewing(tmp_path, build.out, build, (build.content,)) as (preview, _):
        connected(page, preview)
        port = preview.port
    build.save("meanwhile")
    with previewing(tmp_path, build.out, build, (build.content,), port=port):
        expect(page.locator("h1")).to_have_text("meanwhile", timeout=20_000)


def test_another_sites_page_cannot_listen_or_read(browser, preview, tmp_path):
    other = Build(tmp_path_of(tmp_path))
    context = browser.new_context()
    with previewing(other.content.parent, other.out, other, (other.content,)) as (stranger, _):
        page = context.new_page()
        page.goto(stranger.url + "style.css")  # a page without a policy of its own
        ended = page.evaluate(
            """url => new Promise(done => {
                const socket = new WebSocket(url.replace("http", "ws") + "livereload");
                socket.onopen = () => done("open");
                socket.onerror = () => done("refused");
            })""",
            preview.url,
        )
        read = page.evaluate(
            """url => fetch(url + "__pincite/status.json").then(() => "read", () => "refused")""",
            preview.url,
        )
    context.close()
    assert (ended, read) == ("refused", "refused")


def tmp_path_of(parent):
    path = parent / "other"
    path.mkdir()
    return path


def test_the_vendored_files_are_those_the_table_names():
    vendor = Path(__file__).parent / "vendor"
    digest = hashlib.sha256((vendor / "axe.min.js").read_bytes()).hexdigest()
    assert f"`{digest}`" in (vendor / "README.md").read_text(encoding="utf-8")
