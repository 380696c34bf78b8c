"""What crawlers and hosts read: sitemap, robots.txt, _headers; and the table of all exports."""

import re
import subprocess
import sys
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree as ET

import pytest
from bs4 import BeautifulSoup

from pincite.exports.headers import POLICY, write_headers
from pincite.exports.robots import write_robots
from pincite.exports.sitemap import sitemap_files, write_sitemap
from pincite.exports.table import EXPORTS, write_exports
from support import built

ROOT = Path(__file__).parents[2]
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def locations(data):
    return [place.text for place in ET.fromstring(data).iter(f"{MAP}loc")]


def test_sitemap(site):
    files = write_sitemap(*site, others=("timeline/2025/", "events/guns/index.html"))
    assert list(files) == ["sitemap.xml"]
    places = locations(files["sitemap.xml"])
    assert places[0] == "https://example.org/sub/"
    assert len(set(places)) == len(places)
    for address in ("events/%C3%A9t%C3%A9-2/", "timeline/2025/", "kinds/shipment/", "places/kyiv/"):
        assert f"https://example.org/sub/{address}" in places
    assert not [place for place in places if "/sources/ledger" in place]  # it says noindex
    days = {
        url.findtext(f"{MAP}loc"): url.findtext(f"{MAP}lastmod")
        for url in ET.fromstring(files["sitemap.xml"])
    }
    assert days["https://example.org/sub/events/guns/"] == "2025-03-02"
    assert days["https://example.org/sub/events/salamis/"] is None


def test_many_addresses_take_several_files():
    places = [(f"events/e{n}/", "") for n in range(5)]
    files = sitemap_files("https://example.org/", places, limit=2)
    assert list(files) == ["sitemap.xml", "sitemap-1.xml", "sitemap-2.xml", "sitemap-3.xml"]
    index = ET.fromstring(files["sitemap.xml"])
    assert index.tag == f"{MAP}sitemapindex"
    assert locations(files["sitemap.xml"]) == [
        f"https://example.org/sitemap-{n}.xml" for n in (1, 2, 3)
    ]
    listed = [place for name in list(files)[1:] for place in locations(files[name])]
    assert listed == [f"https://example.org/events/e{n}/" for n in range(5)]
    assert list(sitemap_files("https://example.org/", places[:2], limit=2)) == ["sitemap.xml"]


def test_robots(site, unplaced):
    parser = RobotFileParser()
    parser.parse(write_robots(*site).decode().splitlines())
    assert parser.can_fetch("any", "https://example.org/sub/events/guns/")
    assert parser.site_maps() == ["https://example.org/sub/sitemap.xml"]
    assert b"Sitemap" not in write_robots(*unplaced)


def test_headers(site):
    rules: dict[str, dict[str, str]] = {}
    path = ""
    for line in write_headers(*site).decode().splitlines():
        if line.startswith("/"):
            path = line
            assert path not in rules
            rules[path] = {}
        else:
            name, _, value = line.strip().partition(": ")
            rules[path][name] = value
    assert rules["/*"]["X-Content-Type-Options"] == "nosniff"
    assert rules["/*"]["Referrer-Policy"] == "no-referrer"
    assert "unsafe" not in rules["/*"]["Content-Security-Policy"]
    assert "frame-ancestors" not in rules["/*"]["Content-Security-Policy"]
    assert rules["/events/*"]["Content-Security-Policy"] == "frame-ancestors 'none'"
    own = {"/" + path.partition("/")[0] + "/*" for path in built("everything") if "/" in path}
    unframed = {path for path in rules if "frame-ancestors" in str(rules[path])}
    # Elsewhere there is no page that a reader would press anything on, and an author's own pages.
    assert own - unframed == {
        *("/assets/*", "/data/*", "/embed/*", "/media/*", "/method/*", "/snapshots/*"),
    }
    assert not [path for path in rules if path.startswith("/embed")]
    paths = {f"/{export.path}" for export in EXPORTS}
    assert {path for path in rules if "*" not in path} <= paths | {"/"}


def test_the_header_allows_what_the_pages_policy_allows():
    metas = []
    for template in (ROOT / "templates").rglob("*.html"):
        text = re.sub(r"{%.*?%}", "", template.read_text("utf-8"))
        page = BeautifulSoup(text, "html.parser")
        metas += page.find_all("meta", attrs={"http-equiv": "Content-Security-Policy"})
    assert metas
    for meta in metas:
        assert set(meta["content"].split("; ")) <= set(POLICY)


def test_every_export_can_be_written(site, unplaced):
    placed = {file.path: file.content for file in write_exports(*site)}
    bare = {file.path for file in write_exports(*unplaced)}
    assert set(placed) == {export.path for export in EXPORTS} | {"data/datapackage.json"}
    assert set(placed) - bare == {export.path for export in EXPORTS if export.needs_url}
    for content in placed.values():
        content.decode("utf-8")
        assert content.endswith(b"\n")


def test_an_empty_site_has_its_exports_too(site):
    corpus, *rest = site
    empty = replace(corpus, events=(), sources=(), actors=(), places=(), tags=())
    paths = {file.path for file in write_exports(*site)}
    assert {file.path for file in write_exports(empty, *rest)} == paths - {"timeline.ics"}


PRINT = """
import sys; sys.path[:0] = [{tests!r}]
from conftest import read_site
from hashlib import sha256
from pincite.exports.table import write_exports
from pincite.exports.sitemap import write_sitemap
site = read_site()
files = {{file.path: file.content for file in write_exports(*site)}}
files.update(write_sitemap(*site))
for path in sorted(files): print(path, sha256(files[path]).hexdigest())
"""


@pytest.mark.parametrize("seed", ["0", "4242"])
def test_bytes_depend_on_nothing_else(site, seed):
    files = {file.path: file.content for file in write_exports(*site)}
    files.update(write_sitemap(*site))
    expected = "".join(
        f"{path} {sha256(content).hexdigest()}\n" for path, content in sorted(files.items())
    )
    environment = {
        "PYTHONHASHSEED": seed,
        "PYTHONPATH": str(ROOT / "generator"),
        "LC_ALL": "tr_TR.UTF-8",
        "TZ": "Asia/Tokyo",
        "PATH": "",
    }
    script = PRINT.format(tests=str(Path(__file__).parent))
    done = subprocess.run(
        [sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=False
    )
    assert (done.stdout, done.stderr) == (expected, "")
