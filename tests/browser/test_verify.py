"""The page /verify/ proves a site in a real browser, on the web and from a disk, and names tampering."""

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from hashlib import sha256
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser, Page, expect

from pincite.build import engine_digest
from pincite.plan.verifying import verifying_page
from pincite.render.engine import Renderer, Theme
from support import ROOT, Site

pytestmark = pytest.mark.browser

ADDRESS = "verify/index.html"
QUOTE = "approximately 300 are believed to have been killed"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    site = Site(tmp_path_factory.mktemp("verify"), bare=True).copy_from(ROOT).build()
    assert site.published is not None, site.report
    plan, theme = site.checked.plan, site.checked.inputs.theme
    assert plan is not None
    if not (site.out / ADDRESS).exists():  # until the plan has it
        table = {**plan.site.words.table, **json.loads(theme["i18n/en-verify.json"])}
        view = verifying_page(replace(plan.site, words=replace(plan.site.words, table=table)))
        renderer = Renderer(Theme(files=theme), engine_digest())
        (site.out / "verify").mkdir()
        (site.out / ADDRESS).write_bytes(renderer.render("verify.html", view, plan.site.frame))
    return site.out


@pytest.fixture
def copy(built: Path, tmp_path: Path) -> Path:
    return shutil.copytree(built, tmp_path / "site")


@pytest.fixture
def url(copy: Path) -> Iterator[str]:
    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(copy.parent)))
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/site/verify/"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    problems: list[str] = []
    page.on("pageerror", lambda problem: problems.append(str(problem)))
    yield page
    page.close()
    assert problems == []


def change(root: Path, file: str, old: str, new: str) -> None:
    text = (root / file).read_text("utf-8")
    assert old in text
    (root / file).write_text(text.replace(old, new, 1), "utf-8")


def test_a_whole_site_holds_and_the_chain_is_shown(page: Page, url: str) -> None:
    page.goto(url)
    page.get_by_role("button", name="Check this site now").click()
    expect(page.get_by_role("status")).to_contain_text("The proof holds.")
    page.get_by_label("Event and number").fill("losses-seoul-1")
    page.get_by_role("button", name="Show the chain").click()
    rows = page.locator("#verify ol li")
    expect(rows).to_have_count(6)
    recorded, computed = (rows.nth(n).locator("code").inner_text() for n in (3, 4))
    assert recorded == computed
    assert len(recorded) == 64
    snapshot = (ROOT / "seeds").glob("*.txt")
    assert rows.nth(5).locator("code").inner_text() in {
        sha256(path.read_bytes()).hexdigest() for path in snapshot
    }


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("sources/eu-today/index.html", QUOTE, QUOTE.replace("300", "800"), "The paragraph is not the one in the data. Character"),
        ("sources/eu-today/index.html", QUOTE, QUOTE.replace("300", "800"), "expected “3” (U+0033), found “8” (U+0038)"),
        ("events/losses-seoul/index.html", "</h1>", "!</h1>", "The title is not the one in the data"),
        ("index.html", "#c-losses-seoul-1", "#c-losses-seoul-2", "The link does not lead to its words"),
        ("data/timeline.json", QUOTE, QUOTE.replace("300", "301"), "The quotation shown is not the one in the data"),
    ],
)  # fmt: skip
def test_tampering_is_named(
    page: Page, url: str, copy: Path, file: str, old: str, new: str, said: str
) -> None:
    change(copy, file, old, new)
    page.goto(url)
    page.get_by_role("button", name="Check this site now").click()
    expect(page.get_by_role("status")).to_contain_text("does not hold")
    assert said in page.locator("#verify > ul").inner_text()


@pytest.mark.parametrize("safe", [True, False])
def test_from_a_disk_the_folder_is_chosen(page: Page, copy: Path, safe: bool) -> None:
    if not safe:  # as on a page without a safe connection: our own SHA-256 is used
        page.add_init_script("Object.defineProperty(globalThis, 'crypto', {value: undefined})")
    page.goto((copy / ADDRESS).as_uri())
    assert page.get_by_role("button", name="Check this site now").count() == 0
    page.locator("#verify-folder").set_input_files(str(copy))
    expect(page.get_by_role("status")).to_contain_text("The proof holds.")
    change(
        copy, "sources/eu-today/index.html", "dispatched around 11,000", "dispatched around 12,000"
    )
    page.reload()
    page.locator("#verify-folder").set_input_files(str(copy))
    expect(page.get_by_role("status")).to_contain_text("does not hold")
    assert "recorded SHA-256" in page.locator("#verify > ul").inner_text()


def test_without_a_script_the_page_says_what_it_is_for(browser: Browser, url: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(url)
    expect(page.locator("#verify")).to_contain_text("needs a script")
    expect(page.locator("main")).to_contain_text("letter by letter")
    assert page.locator("main a[href$='data/timeline.json']").count() == 1
    context.close()


def test_nobody_is_shut_out(page: Page, url: str, axe) -> None:
    page.goto(url)
    assert axe(page) == []
    page.get_by_role("button", name="Check this site now").click()
    expect(page.get_by_role("status")).to_contain_text("The proof holds.")
    assert axe(page) == []
