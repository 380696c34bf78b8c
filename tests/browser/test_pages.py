"""Every kind of page has no barrier: on wide and narrow screens, light and dark, scripts on and off."""

import functools
import http.server
import re
import threading
from pathlib import Path

import pytest

from support import ROOT, Site

pytestmark = pytest.mark.browser

GOLDEN = ROOT / "tests" / "golden"
SCREENS = [(1300, "light"), (320, "dark"), (1300, "dark"), (320, "light")]
# The pages that differ most are looked at on all screens; of the others, colours do not depend on
# the width nor widths on the colour, so that the first two screens show what there is to see.
MAIN = ("", "events/losses-seoul/", "sources/eu-today/", "disagreements/", "report/")


class Published(http.server.SimpleHTTPRequestHandler):
    """What a static host does: files, folders by their index, and the site's own 404."""

    def log_message(self, *told):
        pass

    def send_error(self, code, message=None, explain=None):
        body = (Path(self.directory) / "404.html").read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture(scope="module")
def serving():
    """Return ``serving(site)``: the address at which it can be read."""
    servers = []

    def serve(site):
        handler = functools.partial(Published, directory=str(site.out))
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_port}/"

    yield serve
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="module")
def example(tmp_path_factory):
    """The example, with so few events on a page that it has an index of periods."""
    site = Site(tmp_path_factory.mktemp("example")).copy_from(ROOT)
    settings = (site.root / "content/site.yaml").read_text("utf-8")
    settings = re.sub(r"(?m)^(page_size|url):.*\n", "", settings)
    site.write("content/site.yaml", settings + "\npage_size: 10\n")
    return site.build()


@pytest.fixture(scope="module")
def everything(tmp_path_factory):
    """The golden site that has every key and each way to reprint, on pages of ten events."""
    return Site(tmp_path_factory.mktemp("all")).copy_from(GOLDEN / "everything").build()


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """The example as it is: all events on the front page."""
    return Site(tmp_path_factory.mktemp("whole")).copy_from(ROOT).build()


def kinds_of_page(site):
    """Return a page of each kind, by its address: the longest of those that are alike."""
    longest = {}
    for path, data in site.output().items():
        if not path.endswith(".html") or b'http-equiv="refresh"' in data:
            continue
        parts = path.split("/")
        kind = "/".join(parts[:-2]), parts[-1] == "404.html"
        if parts[0] == "sources" or len(parts) == 2 or "undated" in parts:
            kind = path, False  # each of these is a kind of its own
        if kind not in longest or len(data) > len(longest[kind][1]):
            longest[kind] = path, data
    return sorted(path.removesuffix("index.html") for path, _ in longest.values())


def test_the_kinds_of_page_are_all_there(whole, example, everything):
    found = {page for site in (whole, example, everything) for page in kinds_of_page(site)}
    for wanted in (
        r"404\.html",
        r"kinds/",
        r"kinds/.+/",
        r"actors/",
        r"actors/.+/",
        r"places/.+/",
        r"tags/.+/",
        r"status/.+/",
        r"voices/.+/",
        r"events/.+/",
        r"sources/",
        r"sources/gazette/",
        r"sources/letters/",
        r"sources/closed/",
        r"sources/record/",
        r"report/",
        r"method/",
        r"data/",
        r"search/",
        r"disagreements/.+/",
        r"embed/events/.+/",
        r"timeline/undated/",
        r"timeline/2025/",
    ):
        assert any(re.fullmatch(wanted, page) for page in found), wanted
    assert "" in found


@pytest.mark.parametrize(
    ("name", "scripts"),
    [("whole", True), ("example", True), ("everything", True), ("whole", False)],
)
def test_no_page_has_a_barrier(browser, axe, serving, request, name, scripts):
    """One context looks at all pages of a site; colours and widths change without loading anew."""
    site = request.getfixturevalue(name)
    url = serving(site)
    context = browser.new_context(reduced_motion="reduce")
    page = context.new_page()
    if not scripts:  # axe itself is one, so the page's own are kept away instead of all
        page.route("**/*.js", lambda route: route.abort())
    problems, troubles = [], []
    page.on("pageerror", lambda error: troubles.append(str(error)))
    pages = kinds_of_page(site)
    if name == "example":  # where it differs from the whole one
        pages = [path for path in pages if path.startswith("timeline/") or path == ""]
    if name == "everything":
        pages = [p for p in pages if p.startswith(("events/", "sources/", "places/")) or p == ""]
    if name == "whole":  # its address says that it stands at the root
        pages.append("nothing/at/this/address/")
    for path in pages:
        page.goto(url + path)
        screens = SCREENS if path in MAIN else SCREENS[:2]
        for width, scheme in screens if scripts else SCREENS[1:2]:
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            problems += [(path, width, scheme, found) for found in axe(page)]
            over = page.evaluate("document.documentElement.scrollWidth - innerWidth")
            assert over <= 0, (path, width)
    context.close()
    assert problems == []
    assert troubles == []


def test_a_missing_page_is_the_sites_own_at_any_depth(browser, serving, everything, tmp_path):
    """Its links name the site's own place, so it is served where its address says."""
    nested = tmp_path / "out" / "everything"
    nested.parent.mkdir()
    nested.symlink_to(everything.out)

    class Below(Site):
        def __init__(self):
            self.out = tmp_path / "out"

    (tmp_path / "out" / "404.html").write_bytes((everything.out / "404.html").read_bytes())
    url = serving(Below())
    page = browser.new_page()
    answer = page.goto(url + "everything/a/b/c/")
    assert answer.status == 404
    assert page.evaluate("getComputedStyle(document.querySelector('.frame')).maxWidth") != "none"
    page.locator("nav a").first.click()
    assert page.locator("h1").inner_text() == "Everything at once"
    page.close()
