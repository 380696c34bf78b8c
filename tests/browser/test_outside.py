"""What a site gives away is read by other people's programs, as they come from the registry of npm.

TimelineJS loads its own configuration in Chromium, html-validate reads every page, Citation.js the
references. Their versions are named here; only without npm are these tests skipped.
"""

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser

from support import SITES, built

pytestmark = pytest.mark.browser

PACKAGES = (
    "@knight-lab/timelinejs@3.9.11",
    "html-validate@10.17.0",
    "@citation-js/core@0.7.21",
    "@citation-js/plugin-bibtex@0.7.21",
    "@citation-js/plugin-csl@0.7.22",
)
HOST = """<!doctype html><meta charset="utf-8"><title>t</title>
<link rel="stylesheet" href="timelinejs/css/timeline.css">
<div id="timeline" style="width: 100%; height: 600px"></div>
<script src="timelinejs/js/timeline.js"></script>"""
LOAD = """file => new Promise((resolve, reject) => {
    const timeline = new TL.Timeline("timeline", file, {});
    setTimeout(() => reject(timeline.config?.getErrors(", ") || "it never loaded"), 20000);
    timeline.on("loaded", () => resolve({
        errors: timeline.config.getErrors(),
        events: timeline.config.events.map((event) => ({
            id: event.unique_id, year: event.start_date.data.year, headline: event.text.headline,
            media: event.media?.url ?? null,
        })),
        eras: timeline.config.eras.length,
    }));
})"""
CITE = """
const { Cite } = require("@citation-js/core");
require("@citation-js/plugin-bibtex");
require("@citation-js/plugin-csl");
const [csl, bib] = process.argv.slice(2).map((file) => new Cite(require("fs").readFileSync(file, "utf8")));
const item = ({ id, type, title, URL, issued }) => ({ id, type, title, URL, issued });
console.log(JSON.stringify({
    csl: csl.data.map(item), bib: bib.data.map(item),
    text: csl.format("bibliography", { format: "text", template: "apa" }),
}));
"""


@pytest.fixture(scope="session")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder in which the packages are installed; nothing of theirs is run for that."""
    if shutil.which("npm") is None:
        pytest.skip("there is no npm here, so nothing can be checked by its packages")
    folder = tmp_path_factory.mktemp("packages")
    (folder / "package.json").write_text('{"private": true}')
    command = ["npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", *PACKAGES]
    done = subprocess.run(
        command, check=False, cwd=folder, capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="session")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("served") / "sites"
    for name in SITES:
        for path, data in built(name).items():
            (root / name / path).parent.mkdir(parents=True, exist_ok=True)
            (root / name / path).write_bytes(data)
    return root


@pytest.fixture(scope="session")
def address(packages: Path, sites: Path) -> Iterator[str]:
    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *args: object) -> None:
            pass

    shutil.copytree(
        packages / "node_modules/@knight-lab/timelinejs/dist", sites.parent / "timelinejs"
    )
    (sites.parent / "host.html").write_text(HOST)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(sites.parent)))
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize("name", ["everything", "example"])
def test_timelinejs_loads_what_we_write_for_it(browser: Browser, address: str, name: str) -> None:
    written = json.loads(built(name)["data/timelinejs.json"])
    page = browser.new_page()
    problems: list[str] = []
    page.on("pageerror", lambda problem: problems.append(str(problem)))
    # Of its fonts, which it would fetch from afar, nothing here depends.
    page.route("**/*", lambda r: r.continue_() if r.request.url.startswith(address) else r.abort())
    page.goto(f"{address}host.html")
    loaded = page.evaluate(LOAD, f"sites/{name}/data/timelinejs.json")
    assert loaded["errors"] == problems == []
    assert sorted((e["id"], e["year"]) for e in loaded["events"]) == sorted(
        (e["unique_id"], e["start_date"]["year"]) for e in written["events"]
    )
    shown = {e["id"]: e["media"] for e in loaded["events"] if e["media"]}
    assert shown == {e["unique_id"]: e["media"]["url"] for e in written["events"] if "media" in e}
    assert bool(shown) == (name == "everything")
    assert loaded["eras"] == len(written["eras"])
    assert page.locator(".tl-timemarker").count() == len(written["events"])
    page.close()


def test_html_validate_finds_nothing_on_any_page(packages: Path, sites: Path) -> None:
    config = packages / ".htmlvalidate.json"
    config.write_text('{"root": true, "extends": ["html-validate:standard"]}')
    bad = packages / "bad.html"
    bad.write_text("<!doctype html><p><div></p>")

    def validate(what: str) -> list[dict]:
        command = [
            "npx",
            "--no-install",
            "html-validate",
            "--config",
            str(config),
            "-f",
            "json",
            what,
        ]
        done = subprocess.run(
            command, check=False, cwd=packages, capture_output=True, text=True, timeout=300
        )
        return json.loads(done.stdout)

    assert validate(str(bad))  # it does look
    assert len(list(sites.glob("*/**/*.html"))) > 300
    found = validate(f"{sites}/*/**/*.html")
    told = [
        (one["filePath"], m["line"], m["ruleId"], m["message"])
        for one in found
        for m in one["messages"]
    ]
    assert told == []


@pytest.mark.parametrize("name", SITES)
def test_citation_js_reads_both_kinds_of_references(
    packages: Path, sites: Path, tmp_path: Path, name: str
) -> None:
    script = packages / "cite.cjs"
    script.write_text(CITE)
    files = [str(sites / name / f"data/references.{ending}") for ending in ("json", "bib")]
    command = ["node", str(script), *files]
    environment = {**os.environ, "TZ": "UTC"}
    done = subprocess.run(command, check=False, cwd=packages, env=environment, capture_output=True, text=True, timeout=120)  # fmt: skip
    assert done.returncode == 0, done.stderr
    read = json.loads(done.stdout)
    written = json.loads(built(name)["data/references.json"])
    assert [one["id"] for one in read["csl"]] == [one["id"] for one in written]
    for ours, csl, bib in zip(written, read["csl"], read["bib"], strict=True):
        assert csl["type"] == ours["type"]
        assert csl.get("issued") == ours.get("issued")
        assert csl.get("URL") == bib.get("URL") == ours.get("URL")
    assert len(read["text"].strip().splitlines()) == len(written)
