"""How long it takes in ``pincite serve`` from saving an event to its page, loaded anew, showing it.

``python saving.py PROJECT PROGRAM TIMES`` prints a line of milliseconds for each save. PROGRAM is
the folder that has the package. The page is open in Chromium (Playwright); the clock starts before
the file is written, and stops when the page tells that the new words are in it.
"""

import os
import re
import shutil
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import sync_playwright

EVENT = "content/events/e000001.yaml"
PAGE = "events/e000001/"
TELLS = """addEventListener('DOMContentLoaded', () => {
  const tell = () => {
    const found = document.body.textContent.match(/Saved for the (\\d+)\\. time/)
    if (found) tellSaved(+found[1])
  }
  tell()
  new MutationObserver(tell).observe(document.body, {subtree: true, childList: true})
})"""


@contextmanager
def previewing(project: Path, program: Path):
    """Yield the address of a preview."""
    command = [sys.executable, "-m", "pincite", "serve", "--port", "0"]
    env = {**os.environ, "PYTHONPATH": str(program), "NO_COLOR": "1", "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(
        command, cwd=project, env=env, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True
    ) as preview:
        try:
            address = ""
            for line in preview.stderr:
                if found := re.search(r"http://\S+?(?=[,.]?\s|$)", line):
                    address = found[0].rstrip("/") + "/"
                    break
            if not address:
                sys.exit("the preview did not start")
            # What it says is read on, so that it never waits for a reader.
            threading.Thread(target=preview.stderr.read, daemon=True).start()
            yield address
        finally:
            preview.terminate()


def save(path: Path, number: int) -> None:
    text = path.read_text("utf-8")
    text = re.sub(r"\n    Saved for the \d+\. time\.\n", "", text)
    said = f"\n    Saved for the {number}. time.\n  claims:"
    path.write_text(text.replace("\n  claims:", "\n" + said, 1), "utf-8")


def measure_saves(project: Path, program: Path, times: int):
    """Yield milliseconds for each of *times* saves, the first of which warms everything."""
    with previewing(project, program) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium") or shutil.which("chromium-browser"),
            args=["--no-sandbox"],
        )
        page = browser.new_page()
        seen: dict[int, float] = {}
        page.expose_function("tellSaved", lambda n: seen.setdefault(n, time.monotonic()))
        page.add_init_script(TELLS)
        page.goto(address + PAGE)
        page.wait_for_timeout(1500)  # the preview has built, and the page listens for reloads
        for number in range(times + 1):
            start = time.monotonic()
            save(project / EVENT, number)
            while number not in seen:
                page.wait_for_timeout(5)
                if time.monotonic() > start + 120:
                    sys.exit("the page was not loaded anew within two minutes")
            if number:
                yield 1000 * (seen[number] - start)
            page.wait_for_timeout(600)  # as long as a writer needs, at least, for the next letter
        browser.close()


if __name__ == "__main__":
    for spent in measure_saves(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])):
        print(f"{spent:.0f}")
