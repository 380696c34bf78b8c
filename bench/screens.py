"""Make a picture of each kind of page, as screens and paper show it, to be looked at by people.

    python bench/screens.py FOLDER [PART …]

FOLDER must lie outside the repository; a PART of a picture's name ("event", "print", "rtl") keeps
the run to the pictures that have one. Needs the extra `test` and a Chromium on the path.
"""

import functools
import http.server
import shutil
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from pincite.build import build
from pincite.memo import Memo
from pincite.options import Options

ROOT = Path(__file__).resolve().parents[1]

# Site, then kind of page and its address.
PAGES = {
    "example": {
        "front": "",
        "event": "events/losses-seoul/",
        "event-plain": "events/troops-sent/",
        "source": "sources/eu-today/",
        "landing": "sources/eu-today/#c-losses-western-officials-2",
        "period": "timeline/2025/",
        "undated": "timeline/undated/",
        "kinds": "kinds/",
        "kind": "kinds/statement/",
        "voices": "voices/",
        "actor": "actors/north-korea/",
        "sources": "sources/",
        "report": "report/",
        "method": "method/",
        "data": "data/",
        "search": "search/",
        "disagreements": "disagreements/",
        "disagreement": "disagreements/north-korean-soldiers-killed/",
        "embed": "embed/",
        "embedded": "embed/events/losses-seoul/",
        "selected": "embed/?kind=casualties&tag=losses",
        "verify": "verify/",
        "missing": "404.html",
    },
    "everything": {
        "everything-front": "",
        "everything-event": "events/counted-twice/",
        "everything-full": "sources/gazette/",
        "everything-quotes": "sources/letters/",
        "everything-none": "sources/closed/",
        "everything-record": "sources/record/",
        "everything-rtl-source": "sources/صحيفة/",
        "everything-place": "places/",
        "everything-report": "report/",
    },
    "arabic": {
        "rtl-front": "",
        "rtl-event": "events/cracks/",
        "rtl-event-plain": "events/closure/",
        "rtl-source": "sources/gazette/",
        "rtl-source-own": "sources/sahifa/",
        "rtl-undated": "timeline/undated/",
        "rtl-sources": "sources/",
        "rtl-actor": "actors/council/",
        "rtl-places": "places/",
        "rtl-report": "report/",
        "rtl-method": "method/",
        "rtl-search": "search/",
        "rtl-disagreements": "disagreements/",
        "rtl-disagreement": "disagreements/الشاحنات-في-اليوم/",
        "rtl-embedded": "embed/events/closure/",
        "rtl-verify": "verify/",
    },
    "japanese": {
        "ja-front": "",
        "ja-event": "events/cracks/",
        "ja-event-plain": "events/closure/",
        "ja-source": "sources/shimbun/",
        "ja-source-foreign": "sources/gazette/",
        "ja-sources": "sources/",
        "ja-actor": "actors/council/",
        "ja-report": "report/",
        "ja-method": "method/",
        "ja-search": "search/",
        "ja-disagreement": "disagreements/一日のトラックの数/",
        "ja-embedded": "embed/events/closure/",
        "ja-verify": "verify/",
    },
}

SCREENS = {
    "wide-light": {"viewport": {"width": 1300, "height": 900}, "color_scheme": "light"},
    "wide-dark": {"viewport": {"width": 1300, "height": 900}, "color_scheme": "dark"},
    "narrow-light": {"viewport": {"width": 390, "height": 844}, "color_scheme": "light"},
    "narrow-dark": {"viewport": {"width": 390, "height": 844}, "color_scheme": "dark"},
    "print": {"viewport": {"width": 718, "height": 1000}, "color_scheme": "light"},
}


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serve a folder and say nothing about it."""

    def log_message(self, *_told: object) -> None:
        """Say nothing."""


def build_site(name: str, folder: Path) -> Path:
    """Build the example, or a site of the tests, below *folder*; return where its pages are."""
    inputs = {
        "example": ROOT,
        "everything": ROOT / "tests/golden/everything",
        "arabic": ROOT / "tests/golden/arabic",
        "japanese": ROOT / "tests/golden/japanese",
    }[name]
    project = folder / name
    for part in ("content", "seeds"):
        if (inputs / part).is_dir():
            shutil.copytree(inputs / part, project / part)
    build(project, Options(out=project / "site"), Memo())
    return project / "site"


def take(browser: Browser, address: str, pages: dict[str, str]) -> Iterator[tuple[str, bytes]]:
    """Yield the name and the bytes of a picture for each of *pages* on each of `SCREENS`."""
    for screen, options in SCREENS.items():
        context = browser.new_context(**options, reduced_motion="reduce")
        page = context.new_page()
        if screen == "print":
            page.emulate_media(media="print")
        for name, path in pages.items():
            page.goto("about:blank")
            page.goto(address + path, wait_until="networkidle")
            yield f"{name}.{screen}", page.screenshot(full_page="#" not in path)
        context.close()


def main(folder: Path, parts: list[str]) -> None:
    """Build each site, serve it on loopback, and write its pictures into *folder*."""
    if ROOT in (folder.resolve(), *folder.resolve().parents):
        sys.exit("screens.py: the pictures belong outside the repository")
    folder.mkdir(parents=True, exist_ok=True)
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    with tempfile.TemporaryDirectory() as work, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for site, all_pages in PAGES.items():
            pages = {
                name: path
                for name, path in all_pages.items()
                if not parts or any(part in name or part in SCREENS for part in parts)
            }
            if not pages:
                continue
            handler = functools.partial(Quiet, directory=str(build_site(site, Path(work))))
            server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
            threading.Thread(target=server.serve_forever, daemon=True).start()
            address = f"http://127.0.0.1:{server.server_port}/"
            for name, picture in take(browser, address, pages):
                if not parts or any(part in name for part in parts):
                    (folder / f"{name}.png").write_bytes(picture)
                    print(folder / f"{name}.png")
            server.shutdown()
        browser.close()


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]), sys.argv[2:])
