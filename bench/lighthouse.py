"""Lighthouse's four scores, on its mobile settings, for pages of the example.

    python bench/lighthouse.py LIGHTHOUSE [PATH …]

LIGHTHOUSE is `node_modules/.bin/lighthouse` after `npm install lighthouse` in a folder outside the
repository; Chromium is looked for on the path. Whatever costs a page points is printed with it.
"""

import functools
import gzip
import http.server
import io
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

from pincite.build import Options, build
from pincite.memo import Memo

ROOT = Path(__file__).resolve().parents[1]
PATHS = ("", "events/losses-seoul/", "search/", "report/", "sources/eu-today/")


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


def look(program: str, address: str) -> str:
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
        return ran.stderr
    told = json.loads(ran.stdout)
    lines = []
    for category in told["categories"].values():
        lines.append(f"  {round(100 * (category['score'] or 0)):3} {category['title']}")
        for reference in category["auditRefs"]:
            audit = told["audits"][reference["id"]]
            if reference["weight"] and audit["score"] is not None and audit["score"] < 0.9:
                lines.append(f"        {audit['title']} {audit.get('displayValue', '')}")
    return "\n".join(lines)


def main(program: str, paths: tuple[str, ...]) -> None:
    """Build the example with an address, serve it on loopback, and look at each of *paths*."""
    with tempfile.TemporaryDirectory() as work:
        project = Path(work)
        for part in ("content", "seeds"):
            shutil.copytree(ROOT / part, project / part)
        server = http.server.ThreadingHTTPServer(
            ("127.0.0.1", 0), functools.partial(Host, directory=str(project / "site"))
        )
        address = f"http://127.0.0.1:{server.server_port}/"
        build(project, Options(out=project / "site", url=address), Memo())
        threading.Thread(target=server.serve_forever, daemon=True).start()
        for path in paths:
            print(f"/{path}\n{look(program, address + path)}", flush=True)
        server.shutdown()


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main(sys.argv[1], tuple(sys.argv[2:]) or PATHS)
