"""What readers of a long timeline wait for, in a real Chromium, against the bars that we hold.

    python bench/reading.py [EVENTS] [--site FOLDER]

Builds a site of EVENTS made-up events (10,000; `contested.py`), serves it compressed on loopback,
and prints what the front page costs before anything is touched, what moves, the tasks that hold up
the page, and how soon a keystroke shows a result. Tasks are measured in processor time, which other
work on the machine does not lengthen as it does a clock's. `--site` takes a site that is built
already. Ends with 1 if a bar is missed.
"""

import argparse
import functools
import gzip
import http.server
import json
import re
import shutil
import statistics
import sys
import tempfile
import threading
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from contested import write_project
from lighthouse import Host
from playwright.sync_api import Browser, Page, Request, sync_playwright

from pincite.build import build
from pincite.memo import Memo
from pincite.options import Options

ROOT = Path(__file__).resolve().parents[1]
SCRIPTS = ROOT / "templates" / "assets"
KILOBYTE = 1000
TRACED = ("toplevel", "devtools.timeline", "blink.user_timing")
STEP = "step "
WORDS = ("rigade kelmark", "grain", "hadra hospital", '"two sides" met', "zzz", "a", "砲撃", "bri")

# Keeps what moves, by step, and how long each keystroke takes to show something.
WATCH = """() => {
  window.seen = {shifts: [], step: "load", keys: []};
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      if (entry.hadRecentInput) continue;
      const moved = entry.sources.map(({node}) => node?.id || node?.className || node?.nodeName);
      seen.shifts.push([seen.step, entry.value, moved.join(" ")]);
    }
  }).observe({type: "layout-shift", buffered: true});
  let pressed = 0;
  const look = () => {
    if (!pressed || !document.querySelector("#results .rows a, #seek-found:not(:empty)")) return;
    const at = pressed;
    pressed = 0;
    // What was put there is seen with the next frame.
    requestAnimationFrame(() => setTimeout(() => seen.keys.push(performance.now() - at)));
  };
  addEventListener("input", (event) => (pressed = event.timeStamp), true);
  addEventListener("DOMContentLoaded", () => {
    new MutationObserver(look).observe(document.body, {childList: true, subtree: true});
  });
}"""


class Bars:
    """What was found, a line each, beside what it may be."""

    def __init__(self) -> None:
        """Begin with nothing missed."""
        self.missed = 0

    def say(self, what: str, value: float, most: float, unit: str, note: str = "") -> None:
        """Print one figure, and remember whether it is too much."""
        fine = value <= most
        self.missed += not fine
        mark = "  " if fine else "NO"
        print(f"{mark} {what:48} {value:8.4g} {unit} (at most {most:g}) {note}", flush=True)


def weigh(site: Path, bars: Bars) -> None:
    """Say what the drawing and the scripts weigh; *site* is a folder."""
    drawing = re.search(
        rb'<svg class="drawing".*</svg>', (site / "index.html").read_bytes(), re.DOTALL
    )
    weight = len(drawing[0]) / KILOBYTE if drawing else 0
    bars.say("overview drawing", weight, 60, "kB")
    own = sorted(path for path in SCRIPTS.rglob("*.js") if path.parent.name != "verify")
    packed = sum(len(gzip.compress(path.read_bytes(), 9)) for path in own)
    bars.say("all scripts of a reader, gzipped", packed / KILOBYTE, 25, "kB")


def watch(browser: Browser, width: int, address: str, bars: Bars) -> None:
    """Load the front page, touch it in every way, and say what was seen."""
    page = browser.new_page(viewport={"width": width, "height": 900})
    finished: list[Request] = []
    page.on("requestfinished", lambda request: finished.append(request))  # noqa: PLW0108
    page.add_init_script(f"({WATCH})()")
    with tempfile.NamedTemporaryFile(suffix=".json") as kept:
        browser.start_tracing(page=page, path=kept.name, categories=list(TRACED))
        page.goto(address, wait_until="networkidle")
        page.wait_for_timeout(500)
        sent = [request.sizes()["responseBodySize"] for request in tuple(finished)]
        paint = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
        touch(page)
        seen = page.evaluate("seen")
        browser.stop_tracing()
        trace = json.loads(Path(kept.name).read_bytes())["traceEvents"]
    page.close()
    bars.say("front page before it is touched, gzipped", sum(sent) / KILOBYTE, 100, "kB")
    bars.say("first paint", round(paint), 1000, "ms")
    for step, longest in longest_tasks(trace):
        bars.say(f"longest task: {step}", longest, 50, "ms")
    moved = sorted({f"{step}: {names}" for step, _, names in seen["shifts"]})
    shifts = sum(value for _, value, _ in seen["shifts"])
    bars.say("layout shift", shifts, 0, "", "; ".join(moved))
    keys = seen["keys"]
    bars.say(f"keystroke to result, median of {len(keys)}", statistics.median(keys), 100, "ms")
    bars.say("keystroke to result, longest", max(keys), 100, "ms", "by the clock")


def touch(page: Page) -> None:
    """Search, narrow, ask for more, draw a stretch of time out, zoom, and go by keys."""

    def step(name: str) -> None:
        page.wait_for_timeout(700)
        page.evaluate(
            "([name, mark]) => { seen.step = name; performance.mark(mark + name) }", [name, STEP]
        )

    step("wake")
    page.locator("#seek-words").focus()
    wait_until(page, "document.querySelectorAll('#seek-from option').length > 1")
    step("first words")
    page.keyboard.type("b")
    wait_until(page, "/ of /.test(document.querySelector('#seek-found').textContent)")
    step("words")
    page.evaluate("seen.keys = []")
    for at, words in enumerate(WORDS):
        if at:
            page.locator("#seek-words").fill("")
        page.keyboard.type(words, delay=120)
        step(f"words {words}")
    step("clear")
    page.locator("#seek-clear").click()
    for name, link in (
        ("filter", '.filters a[href*="kinds/"]'),
        ("filter of another line", '.filters a[href*="voices/"]'),
        ("filter taken back", '.filters a[href*="voices/"]'),
    ):
        step(name)
        page.locator(link).first.click()
    step("more")
    page.locator(".more").click()
    step("dates")
    page.locator("#seek-from").focus()
    page.keyboard.press("ArrowDown")
    step("all again")
    page.locator("#seek-clear").click()
    page.locator(".drawing").scroll_into_view_if_needed()
    step("drawing out")
    box = page.locator(".drawing .plot").first.bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] / 3, box["y"] + 40)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 60, steps=4)
    page.mouse.up()
    for name in ("zoom", "zoom out"):
        step(name)
        page.locator("#seek-zoom").click()
    step("keys in the drawing")
    page.locator(".drawing a").first.focus()
    for _ in range(6):
        page.keyboard.press("ArrowRight")
    step("end")


def longest_tasks(trace: list[dict[str, Any]]) -> Iterator[tuple[str, float]]:
    """Yield the processor time, in milliseconds, of the longest task of each step."""
    marks = sorted((e["ts"], e) for e in trace if e["name"].startswith(STEP))
    thread = marks[0][1]["pid"], marks[0][1]["tid"]
    found: dict[str, float] = defaultdict(float)
    for event in trace:
        if (event["pid"], event["tid"]) != thread or not event["name"].endswith("::RunTask"):
            continue
        before = [mark["name"] for at, mark in marks if at <= event["ts"]]
        step = before[-1].removeprefix(STEP) if before else "load"
        found[step] = max(found[step], event.get("tdur", 0) / 1000)
    yield from found.items()


def wait_until(page: Page, expression: str) -> None:
    """Wait for *expression* to hold; the page's own policy lets nothing be evaluated in it."""
    for _ in range(200):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(50)
    raise TimeoutError(expression)


def main() -> int:
    """Build, serve, look, say."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("events", nargs="?", type=int, default=10_000)
    parser.add_argument("--site", type=Path)
    asked = parser.parse_args()
    bars = Bars()
    with tempfile.TemporaryDirectory() as work:
        site = asked.site
        if site is None:
            write_project(asked.events, Path(work))
            site = Path(work) / "site"
            build(Path(work), Options(out=site), Memo())
        server = http.server.ThreadingHTTPServer(
            ("127.0.0.1", 0), functools.partial(Host, directory=str(site))
        )
        threading.Thread(target=server.serve_forever, daemon=True).start()
        weigh(site, bars)
        with sync_playwright() as playwright:
            chromium = shutil.which("chromium") or shutil.which("chromium-browser")
            browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
            for width in (1300, 390):
                print(f"{width} pixels wide")
                watch(browser, width, f"http://127.0.0.1:{server.server_port}/", bars)
            browser.close()
        server.shutdown()
    print(f"{bars.missed} bars missed")
    return 1 if bars.missed else 0


if __name__ == "__main__":
    sys.exit(main())
