"""Lighthouse's four scores, on its mobile settings, for pages of the example or of a built site.

    python bench/lighthouse.py LIGHTHOUSE [PATH …]
    python bench/lighthouse.py LIGHTHOUSE --site FOLDER [--rounds 3] [PATH …]

LIGHTHOUSE is `node_modules/.bin/lighthouse` after `npm install lighthouse` in a folder outside the
repository; Chromium is looked for on the path. Without a PATH, one page of each kind is looked at.
Of several rounds the median is printed, with all of them where they differ, since what else the
machine does costs a page points. What the last round found short of full marks is printed too.
A site that is built with `--url` has all that search engines want.
"""

import argparse
import functools
import gzip
import http.server
import io
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

from pincite.build import build
from pincite.memo import Memo
from pincite.options import Options

ROOT = Path(__file__).resolve().parents[1]
PATHS = ("", "events/losses-seoul/", "search/", "report/", "sources/eu-today/")
# Folders below which pages of one kind stand; the longest page of each is looked at.
KINDS = (
    *("timeline", "events", "sources", "kinds", "voices", "actors", "places", "tags"),
    *("disagreements", "embed/events"),
)
SINGLE = ("", "sources/", "disagreements/", "report/", "search/", "verify/", "embed/", "data/")


class Host(http.server.SimpleHTTPRequestHandler):
    """Serve a folder as static hosts do: compressed, and to be kept for a while."""

    def log_message(self, *_told: object) -> None:
        """Say nothing."""

    def send_head(self) -> io.BytesIO | None:
        """Send what comes before a file, and return the file, compressed where that helps."""
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.send_error(404)
            return None
        body = path.read_bytes()
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        if path.suffix in (".html", ".css", ".js", ".svg", ".json", ".txt", ".xml"):
            body = gzip.compress(body)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Cache-Control", "max-age=31536000")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        return io.BytesIO(body)


def look(program: str, address: str) -> tuple[dict[str, int], list[str]]:
    """Return the four scores of the page at *address*, and what is short of full marks."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or ""
    flags = "--chrome-flags=--headless=new --no-sandbox"
    command = [program, address, "--output=json", "--quiet", flags]
    ran = subprocess.run(
        command,
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"CHROME_PATH": os.environ.get("CHROME_PATH", chromium)},
    )
    if not ran.stdout:
        sys.exit(ran.stderr)
    told = json.loads(ran.stdout)
    scores, short = {}, []
    for category in told["categories"].values():
        scores[category["title"]] = round(100 * (category["score"] or 0))
        for reference in category["auditRefs"]:
            audit = told["audits"][reference["id"]]
            if reference["weight"] and audit["score"] is not None and audit["score"] < 0.9:
                short.append(f"{audit['title']} {audit.get('displayValue', '')}")
    return scores, short


def say(program: str, address: str, rounds: int) -> None:
    """Print what *rounds* of looking at the page at *address* gave."""
    seen = [look(program, address) for _ in range(rounds)]
    for title in seen[0][0]:
        all_scores = [scores[title] for scores, _ in seen]
        each = "" if len(set(all_scores)) == 1 else " ".join(map(str, all_scores))
        print(f"  {round(statistics.median(all_scores)):3} {title:15} {each}".rstrip())
    for line in seen[-1][1]:
        print(f"        {line}")
    sys.stdout.flush()


def pages_of_each_kind(site: Path) -> list[str]:
    """Return the paths of the single pages of *site*, and of the longest page of each kind."""
    paths = [path for path in SINGLE if (site / path / "index.html").is_file()]
    for folder in KINDS:
        pages = [p for p in (site / folder).glob("*/**/index.html") if p.parent != site / folder]
        if pages:
            longest = max(pages, key=lambda page: (page.stat().st_size, page))
            paths.append(longest.parent.relative_to(site).as_posix() + "/")
    return paths


def build_example(project: Path, address: str) -> None:
    """Build the example below *project*, as if it were published at *address*."""
    for part in ("content", "seeds"):
        shutil.copytree(ROOT / part, project / part)
    build(project, Options(out=project / "site", url=address), Memo())


def main() -> None:
    """Serve a site on loopback, and look at its pages."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("lighthouse")
    parser.add_argument("paths", nargs="*")
    parser.add_argument("--site", type=Path)
    parser.add_argument("--rounds", type=int, default=1)
    asked = parser.parse_intermixed_args()
    with tempfile.TemporaryDirectory() as work:
        site = asked.site or Path(work) / "site"
        server = http.server.ThreadingHTTPServer(
            ("127.0.0.1", 0), functools.partial(Host, directory=str(site))
        )
        address = f"http://127.0.0.1:{server.server_port}/"
        if not asked.site:
            build_example(Path(work), address)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        for path in asked.paths or (pages_of_each_kind(site) if asked.site else PATHS):
            print(f"/{path}", flush=True)
            say(asked.lighthouse, address + path, asked.rounds)
        server.shutdown()


if __name__ == "__main__":
    main()
