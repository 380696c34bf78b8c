"""``pincite serve`` as an author meets it: the real pipeline, real saves, a real browser."""

import shutil
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import expect

from pincite.preview import rebuild_with_memo
from serving import previewing

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[2]
EVENTS = "content/events/2025.yaml"
TITLE = "Western officials put the dead at about 1,000"


@pytest.fixture
def project(tmp_path):
    root = tmp_path / "project"
    for folder in ("content", "seeds"):
        shutil.copytree(ROOT / folder, root / folder)
    return root


@contextmanager
def serving(project):
    out = project / "site"
    rebuild = rebuild_with_memo(project, out)
    watched = tuple(project / name for name in ("content", "templates", "seeds"))
    with previewing(project, out, rebuild, watched) as (preview, _):
        yield preview.url


def edit(project, old, new):
    file = project / EVENTS
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")


def test_a_save_reloads_the_page_and_a_misquote_is_told_in_it(project, browser):
    with serving(project) as url:
        page = browser.new_page()
        page.goto(f"{url}events/losses-western-officials/")
        expect(page.locator("h1")).to_have_text(TITLE)

        edit(project, TITLE, "Officials count a thousand dead")
        expect(page.locator("h1")).to_have_text("Officials count a thousand dead")

        edit(project, "approximately 300 are", "approximately 400 are")
        overlay = page.get_by_text("error[quote-not-found]")
        expect(overlay).to_be_visible()
        expect(page.get_by_text("a digit")).to_be_visible()
        expect(page.locator("h1")).to_have_text("Officials count a thousand dead")

        edit(project, "approximately 400 are", "approximately 300 are")
        expect(overlay).to_have_count(0)
        page.close()


def test_a_citation_leads_to_its_words_in_the_preview(project, browser):
    with serving(project) as url:
        page = browser.new_page()
        page.goto(f"{url}events/losses-western-officials/")
        page.locator("a.cite").first.click()
        page.wait_for_url("**/sources/eu-today/#c-losses-western-officials-1")
        mark = page.locator("#c-losses-western-officials-1")
        expect(mark).to_be_in_viewport()
        page.close()
