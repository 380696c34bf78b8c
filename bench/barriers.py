"""What axe-core finds on each kind of page of a long site: wide and narrow, light and dark.

    python bench/barriers.py [EVENTS] [--site FOLDER]

Builds a site of EVENTS made-up events (1,000; `contested.py`), or takes one that is built, and asks
axe-core about the longest page of each kind, by the rules that the tests ask for: WCAG 2.2 AA and
best practices. It also says where a page can be pushed sideways. Ends with 1 if anything is found.
"""

import argparse
import functools
import http.server
import re
import shutil
import sys
import tempfile
import threading
from pathlib import Path

from contested import write_project
from lighthouse import Host, pages_of_each_kind
from playwright.sync_api import Page, sync_playwright

from pincite.build import build
from pincite.memo import Memo
from pincite.options import Options

TESTS = Path(__file__).resolve().parents[1] / "tests" / "browser"
TAGS = re.findall(
    r'"([^"]+)"', re.findall(r"AXE_TAGS = (.*)", (TESTS / "conftest.py").read_text())[0]
)
SCREENS = [(width, scheme) for width in (1300, 320) for scheme in ("light", "dark")]


def look(page: Page, script: str) -> list[str]:
    """Return what is wrong with *page* on each of `SCREENS`, a line each."""
    page.evaluate(script)
    found = []
    for width, scheme in SCREENS:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        told = page.evaluate(
            "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']})",
            TAGS,
        )
        for violation in told["violations"]:
            where = violation["nodes"][0]["html"]
            found.append(f"{width} {scheme} {violation['id']}: {violation['help']}: {where}")
        if page.evaluate("document.documentElement.scrollWidth - innerWidth") > 0:
            found.append(f"{width} {scheme} can be pushed sideways")
    return found


def main() -> int:
    """Build, serve, look, say."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("events", nargs="?", type=int, default=1_000)
    parser.add_argument("--site", type=Path)
    asked = parser.parse_args()
    script = (TESTS / "vendor" / "axe.min.js").read_text(encoding="utf-8")
    faults = pages = 0
    with tempfile.TemporaryDirectory() as work, sync_playwright() as playwright:
        site = asked.site
        if site is None:
            write_project(asked.events, Path(work))
            site = Path(work) / "site"
            build(Path(work), Options(out=site), Memo())
        server = http.server.ThreadingHTTPServer(
            ("127.0.0.1", 0), functools.partial(Host, directory=str(site))
        )
        threading.Thread(target=server.serve_forever, daemon=True).start()
        chromium = shutil.which("chromium") or shutil.which("chromium-browser")
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page()
        for path in (*pages_of_each_kind(site), "404.html"):
            page.goto(f"http://127.0.0.1:{server.server_port}/{path}", wait_until="load")
            found = look(page, script)
            print("\n".join((f"{len(found)} /{path}", *found)), flush=True)
            faults += len(found)
            pages += 1
        browser.close()
        server.shutdown()
    print(f"{pages} pages on {len(SCREENS)} screens: {faults} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
