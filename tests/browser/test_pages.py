"""Every kind of page has no barrier: on wide and narrow screens, light and dark, scripts on and off."""

import functools
import http.server
import re
import threading
from pathlib import Path

import pytest

from pincite.plan.words import direction
from support import ROOT, Site

pytestmark = pytest.mark.browser

GOLDEN = ROOT / "tests" / "golden"
SCREENS = [(1300, "light"), (320, "light"), (320, "dark"), (1300, "dark")]


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
    """The example: all events on the front page."""
    return Site(tmp_path_factory.mktemp("example")).copy_from(ROOT).build()


@pytest.fixture(scope="module")
def everything(tmp_path_factory):
    """The golden site that has every key and each way to reprint, on pages of ten events."""
    return Site(tmp_path_factory.mktemp("all")).copy_from(GOLDEN / "everything").build()


def kinds_of_page(site):
    """Return kind → address of its longest page; a kind is what makes a page, and of what.

    The plan tells them, so that no kind is forgotten. Sources differ by how much of them may be
    reprinted and by their direction, lists by what they are lists of.
    """
    longest = {}
    output = site.output()
    for page in site.checked.plan.pages:
        if not page.template or page.template == "redirect.html":  # browsers leave it at once
            continue
        kind = page.template, page.build.__name__, variant_of(page)
        if kind not in longest or len(output[page.path]) > len(output[longest[kind]]):
            longest[kind] = page.path
    return {kind: path.removesuffix("index.html") for kind, path in longest.items()}


def variant_of(page):
    match page.build.__name__:
        case "source_page":
            source = page.arguments[1]
            return source.republish, direction(source.language), bool(source.paragraphs)
        case "narrowed_page" | "names_page":
            return page.path.partition("/")[0] == "kinds"  # shapes stand beside these
        case "period_page":
            return "undated" in page.path
        case "event_page":
            return bool(page.arguments[1].event.media)
    return ""


def test_every_template_has_a_page_that_is_looked_at(example, everything):
    looked_at = {kind[0] for site in (example, everything) for kind in kinds_of_page(site)}
    ours = {path.name for path in (ROOT / "templates").glob("*.html")}
    assert ours - looked_at == {"base.html", "redirect.html"}


def test_the_dark_differs_in_colours_alone():
    """So axe, which was asked everything in the light, need be asked no more than these."""
    dark = re.compile(r"@media \(prefers-color-scheme: dark\) \{\s*:root \{([^{}]*)\}\s*\}")
    said = []
    for path in (ROOT / "templates").rglob("*"):
        if path.suffix in (".css", ".html", ".js"):
            text = path.read_text("utf-8")
            said += "".join(dark.findall(text)).split(";")
            assert "prefers-color-scheme" not in dark.sub("", text), path
    colours = [line.strip() for line in said if line.strip()]
    assert len(colours) > 5
    assert [c for c in colours if not re.fullmatch(r"--[\w-]+: #[0-9a-f]{3,8}", c)] == []


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "plain"])
def test_no_kind_of_page_has_a_barrier(browser, axe, serving, example, everything, scripts):
    """One page looks at all of them; colours and widths change without loading anew."""
    context = browser.new_context(reduced_motion="reduce")
    page = context.new_page()
    if not scripts:  # axe itself is one, so the page's own are kept away instead of all
        page.route("**/*.js", lambda route: route.abort())
    problems, troubles = [], []
    page.on("pageerror", lambda error: troubles.append(str(error)))
    first, second = kinds_of_page(example), kinds_of_page(everything)
    # Of what both have, the second differs where it has more: periods, and all that can be cited.
    again = {"front_page", "event_page", "disagreement_page", "report_page"}
    others = {kind: path for kind, path in second.items() if kind not in first or kind[1] in again}
    # Its address says that the example stands at the root, and so does its page for lost readers.
    addresses = [serving(example) + path for path in (*first.values(), "nothing/at/all/")]
    addresses += [serving(everything) + path for path in others.values()]
    for address in addresses:
        page.goto(address)
        for width, scheme in SCREENS if scripts else SCREENS[1:2]:
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            found = axe(page, colours=scheme == "dark")
            problems += [(address, width, scheme, one) for one in found]
            over = page.evaluate("document.documentElement.scrollWidth - innerWidth")
            assert over <= 0, (address, width)
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
