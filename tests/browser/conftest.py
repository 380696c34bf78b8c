"""A real Chromium for the tests in this folder, and axe-core to look for barriers in its pages."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

AXE = Path(__file__).parent / "vendor" / "axe.min.js"
AXE_TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
EVERYTHING = {"type": "tag", "values": AXE_TAGS}
# What a page in the dark is asked that was asked everything in the light: nothing else differs.
COLOURS = {"type": "rule", "values": ("color-contrast", "link-in-text-block")}


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """Return where Chromium is. Without one these tests are skipped, but never in CI."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        if os.environ.get("CI"):
            pytest.fail("CI is set, and there is no Chromium")
        pytest.skip("there is no Chromium here")
    return path


@pytest.fixture(scope="session")
def browser(chromium_path: str) -> Iterator[Browser]:
    """Yield one browser for the whole run; take ``browser.new_context()`` or ``new_page`` of it."""
    with sync_playwright() as playwright:
        # Without a graphics card one would be simulated, which costs more than to draw without.
        args = ["--no-sandbox", "--disable-gpu"]
        browser = playwright.chromium.launch(executable_path=chromium_path, args=args)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def axe() -> Callable[..., list[dict[str, Any]]]:
    """Return ``axe(page)``: axe-core's violations, each with its id and the markup it is about.

    With ``colours=True`` it is asked about these alone.

    axe is evaluated through the debugger, so a page's Content-Security-Policy may stay as it is.
    """
    script = AXE.read_text(encoding="utf-8")

    def run(page: Page, *, colours: bool = False) -> list[dict[str, Any]]:
        if not page.evaluate("typeof axe === 'object'"):
            page.evaluate(script)
        found = page.evaluate(
            "runOnly => axe.run(document, {runOnly, resultTypes: ['violations']})",
            COLOURS if colours else EVERYTHING,
        )
        return [
            {
                "id": violation["id"],
                "impact": violation["impact"],
                "help": violation["help"],
                "nodes": [node["html"] for node in violation["nodes"]],
            }
            for violation in found["violations"]
        ]

    return run
