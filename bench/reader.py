"""What a reader's browser loads: bytes and requests by kind of page, and the time to first results.

    python bench/reader.py 1000 10000          # makes and builds sites of so many events
    python bench/reader.py --site FOLDER       # one that is built already

Pages come over the loopback, compressed by gzip as hosts do, to Chromium with an empty cache. What
is counted goes over the wire, heads of answers too, until nothing more is asked for. A search is
timed on its page from typing a word to the first result, then for another word; both once as
quickly as this machine can, and once as Lighthouse's mobile does: 1.6 Mbit/s, answers after 150 ms,
and a processor four times slower.
"""

import argparse
import functools
import gzip
import http.server
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from lighthouse import Host
from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
WORDS = ("convoy", "harbour")  # one of the commoner ones, then another
SEEK = """word => new Promise(tell => {
  const field = document.getElementById('seek-words')
  const start = performance.now()
  document.querySelector('#results')?.remove()
  const watch = new MutationObserver(() => {
    if (document.querySelector('#results .rows a')) {
      watch.disconnect()
      requestAnimationFrame(() => tell(performance.now() - start))
    }
  })
  watch.observe(document.body, {subtree: true, childList: true})
  field.focus()
  field.value = word
  field.dispatchEvent(new Event('input', {bubbles: true}))
})"""


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_told: object) -> None:
        """Say nothing: a browser that is closed leaves its connections."""


@contextmanager
def serving(site: Path) -> Iterator[str]:
    handler = functools.partial(Host, directory=str(site))
    server = Server(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()


class Wire:
    """Counts what a page loads."""

    def __init__(self, browser: Browser, *, slow: bool = False) -> None:
        self.page = browser.new_context().new_page()
        self.asked = self.received = self.document = 0
        self._first = ""
        session = self.page.context.new_cdp_session(self.page)
        session.on("Network.requestWillBeSent", self._ask)
        session.on("Network.loadingFinished", self._finish)
        session.send("Network.enable")
        session.send("Network.setCacheDisabled", {"cacheDisabled": True})
        if slow:
            rate = 1_600_000 / 8
            line = {"latency": 150, "downloadThroughput": rate, "uploadThroughput": rate / 2}
            session.send("Network.emulateNetworkConditions", {"offline": False, **line})
            session.send("Emulation.setCPUThrottlingRate", {"rate": 4})

    def open(self, address: str) -> None:
        self.page.goto(address)
        self.page.wait_for_load_state("networkidle")

    def close(self) -> None:
        self.page.context.close()

    def _ask(self, event: dict) -> None:
        self.asked += 1
        self._first = self._first or event["requestId"]

    def _finish(self, event: dict) -> None:
        self.received += int(event["encodedDataLength"])
        if event["requestId"] == self._first:
            self.document = int(event["encodedDataLength"])


def kinds_of(site: Path) -> Iterator[tuple[str, str]]:
    """Yield kinds of pages, each with the largest page there is of it."""
    yield "front page", ""
    for name, pattern in (
        ("an event", "events/*/index.html"),
        ("a source", "sources/*/index.html"),
        ("a period", "timeline/*/**/index.html"),
        ("a kind", "kinds/*/**/index.html"),
        ("an actor", "actors/*/**/index.html"),
        ("a voice", "voices/*/**/index.html"),
        ("a disagreement", "disagreements/*/index.html"),
        ("all disagreements", "disagreements/index.html"),
        ("all sources", "sources/index.html"),
        ("the report", "report/index.html"),
        ("search", "search/index.html"),
        ("the data", "data/index.html"),
        ("an embedded event", "embed/events/*/index.html"),
    ):
        pages = [(path.stat().st_size, path) for path in site.glob(pattern)]
        if pages:
            folder = max(pages)[1].parent.relative_to(site).as_posix()
            yield name, f"{folder}/"


def weigh_pages(site: Path, address: str, browser: Browser) -> Iterator[str]:
    yield "| the largest page of its kind | kB of the page | kB in all | requests | kB unpacked |"
    yield "|---|---|---|---|---|"
    for name, path in kinds_of(site):
        wire = Wire(browser)
        wire.open(address + path)
        unpacked = (site / path / "index.html").stat().st_size
        yield (
            f"| {name} | {wire.document / 1000:.1f} | {wire.received / 1000:.1f} "
            f"| {wire.asked} | {unpacked / 1000:.0f} |"
        )
        wire.close()


def weigh_index(site: Path) -> str:
    files = [path.read_bytes() for path in sorted((site / "data/search").glob("*"))]
    packed = sum(len(gzip.compress(data, 6)) for data in files)
    whole = sum(map(len, files))
    return (
        f"Search index: {len(files):,} files of {whole / 1e6:.2f} MB, {packed / 1e6:.2f} MB "
        "compressed, of which a reader loads what a search needs:"
    )


def time_searches(address: str, browser: Browser, *, slow: bool) -> str:
    wire = Wire(browser, slow=slow)
    wire.open(f"{address}search/")
    wire.page.wait_for_selector("#seek:not([inert])")
    before = wire.received, wire.asked
    spent = [wire.page.evaluate(SEEK, word) for word in WORDS]
    wire.page.wait_for_load_state("networkidle")
    wire.page.wait_for_timeout(500)
    loaded, asked = wire.received - before[0], wire.asked - before[1]
    wire.close()
    how = "as on a phone" if slow else "on this machine"
    return (
        f"- {how}: first result {spent[0]:,.0f} ms after typing the first word, {spent[1]:,.0f} ms "
        f"after the second; {loaded / 1000:,.0f} kB in {asked} requests for both."
    )


def look(site: Path, browser: Browser) -> Iterator[str]:
    with serving(site) as address:
        yield from weigh_pages(site, address, browser)
        yield ""
        yield weigh_index(site)
        yield ""
        yield time_searches(address, browser, slow=False)
        yield time_searches(address, browser, slow=True)


def make(count: int, folder: Path) -> Path:
    forms = [sys.executable, str(ROOT / "bench/speed/forms.py"), "pincite", str(count)]
    subprocess.run([*forms, str(folder)], check=True)
    env = {**os.environ, "PYTHONPATH": str(ROOT / "generator")}
    build = [sys.executable, "-m", "pincite", "build", "--quiet"]
    subprocess.run(build, cwd=folder, env=env, check=True)
    return folder / "site"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("sizes", type=int, nargs="*", help="events")
    parser.add_argument("--site", type=Path, action="append", default=[], help="built already")
    parser.add_argument("--work", type=Path, help="where sites are built (default: temporary)")
    told = parser.parse_args()
    git = ["git", "describe", "--always", "--dirty", "--exclude=*"]
    commit = subprocess.run(git, cwd=ROOT, capture_output=True, text=True, check=False).stdout
    print(f"## {time.strftime('%Y-%m-%d')}, {commit.strip() or 'no commit'}: what readers load")
    with tempfile.TemporaryDirectory(dir=told.work) as work, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium") or shutil.which("chromium-browser"),
            args=["--no-sandbox"],
        )
        sites = [(site.name, site) for site in told.site]
        sites += [(f"{n:,} events", make(n, Path(work) / str(n))) for n in told.sizes]
        for name, site in sites:
            print(f"\n{name}:\n")
            for line in look(site, browser):
                print(line, flush=True)
        browser.close()


if __name__ == "__main__":
    main()
