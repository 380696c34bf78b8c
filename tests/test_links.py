"""Originals and archives are looked at politely; what was found is kept, and read back as it was."""

import gzip
import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socketserver import StreamRequestHandler, ThreadingTCPServer
from threading import Thread

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from pincite.base.text import Text
from pincite.commands.links import links
from pincite.links.look import World, look_at_sources, quotes_of
from pincite.links.record import write_links
from pincite.links.robots import Robots
from pincite.links.words import find_standing
from pincite.load.links import parse_links
from pincite.load.project import LINKS
from pincite.model import Archive, LinkState, Source
from pincite.net.fetch import Fetched, Hop, Limits, Unfetchable
from support import ARTICLE, Site, article, event, source

URL = "https://news.example/bridge"
COPY = "https://archive.example/1"
PAGE = (
    "<html><body><h1>Bridge to close</h1><p>The Gazette, the harbour’s daily paper since 1902</p>"
    + "".join(f"<p>{p}</p>" for p in ARTICLE)
    + "</body></html>"
)
QUOTES = {"cracks-1": (("cracks in two of its twelve pillars",),)}
NOW = "2025-03-01T12:00:00Z"

Answer = Fetched | Unfetchable


def answer(
    body: str = PAGE,
    status: int = 200,
    media: str = "text/html; charset=utf-8",
    hops=(),
    url: str = URL,
) -> Fetched:
    return Fetched(
        url=url, status=status, headers=(("content-type", media),), body=body.encode(), hops=hops
    )


class Net:
    """A net and a clock that remember what was asked of them."""

    def __init__(self, **answers: Answer | dict[str, Answer]) -> None:
        self.answers = answers
        self.asked: list[tuple[str, str]] = []
        self.time = 0.0
        self.slept: list[float] = []

    def world(self, delay: float = 2.0) -> World:
        return World(
            fetch=self.fetch,
            now=lambda: NOW,
            clock=lambda: self.time,
            sleep=self.sleep,
            delay=delay,
        )

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.time += seconds

    def fetch(self, method: str, url: str) -> Fetched:
        self.asked.append((method, url))
        if url.endswith("/robots.txt"):
            found = self.answers.get("robots", answer("", 404))
        else:
            found = self.answers.get("copy" if "archive" in url else "page", answer())
        if isinstance(found, dict):
            found = found[method]
        if isinstance(found, Unfetchable):
            raise found
        assert isinstance(found, Fetched)
        return found


def a_source(url: str = URL, *archives: str, id: str = "bridge") -> Source:
    return Source(
        id=id,
        path=f"content/sources/{id}.md",
        title="Bridge to close",
        url=url,
        archives=tuple(Archive(url=one) for one in archives),
        at=None,
    )


def look(net: Net, quotes=QUOTES, known=(), since: str = "", one: Source | None = None):
    found = list(
        look_at_sources(
            (one or a_source(),),
            {"bridge": quotes},
            {"bridge": tuple(known)} if known else {},
            net.world(),
            since=since,
        )
    )
    (_, states) = found[0]
    return states


# --- what an answer means --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given_answer", "state", "reason"),
    [
        (answer(), "alive", ""),
        (answer(status=404), "gone", "it answers 404"),
        (answer(status=410), "gone", "it answers 410"),
        (answer(status=403), "closed", "it answers 403"),
        (answer(status=451), "closed", "it answers 451"),
        (answer(status=429), "closed", "it answers 429"),
        (answer(status=500), "failing", "it answers 500"),
        (answer(status=304), "failing", "it answers 304"),
        (Unfetchable("unresolved", "unknown"), "failing", "unknown"),
        (Unfetchable("tls", "expired"), "failing", "expired"),
        (Unfetchable("timeout", "too long"), "failing", "too long"),
        (Unfetchable("refused", "not public"), "closed", "not public"),
        (Unfetchable("too-large", "…"), "alive", "it is too large to be looked through"),
    ],
)
def test_what_an_answer_means(given_answer: Answer, state: str, reason: str) -> None:
    (link,) = look(Net(page=given_answer))
    assert (link.state, link.reason) == (state, reason)


@pytest.mark.parametrize(
    ("statuses", "state", "to"),
    [
        ((301,), "moved", "https://news.example/new"),
        ((308, 302), "moved", "https://news.example/new"),
        ((302,), "alive", ""),
        ((302, 301), "alive", ""),
    ],
)
def test_only_what_moved_for_good_has_moved(statuses: tuple[int, ...], state: str, to: str) -> None:
    new = "https://news.example/new"
    (link,) = look(Net(page=answer(hops=tuple(Hop(s, new) for s in statuses), url=new)))
    assert (link.state, link.moved_to, link.held) == (state, to, 1)


def test_a_head_that_is_answered_wrongly_is_not_believed() -> None:
    net = Net(page={"HEAD": answer(status=404), "GET": answer()})
    (link,) = look(net)
    assert (link.state, link.held) == ("alive", 1)
    net = Net(page={"HEAD": Unfetchable("protocol", "no HTTP"), "GET": answer()})
    assert look(net)[0].state == "alive"


def test_without_quotations_nothing_but_the_head_is_asked_for() -> None:
    net = Net()
    (link,) = look(net, quotes={})
    assert [method for method, url in net.asked if url == URL] == ["HEAD"]
    assert link.held is None


# --- the words -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "held"),
    [
        ("", "", 1),
        ("two of its", "two of&nbsp;its", 1),
        ("cracks in", "<b>cracks</b> in", 1),
        ("of its twelve", "of its</p><figure>An advertisement</figure><p>twelve", 0),
        ("of its twelve", "of its</p><p>twelve", 1),
        ("two of its", "three of its", 0),
        ("Engineers found cracks", "Engineers found no cracks", 1),
        ("</body>", "<p>Again: cracks in two of its twelve pillars.</p></body>", 1),
        ("cracks in two", "<script>cracks in two</script>", 0),
    ],
)
def test_words_are_matched_as_in_the_build(old: str, new: str, held: int) -> None:
    standing = find_standing(answer(PAGE.replace(old, new, 1) if old else PAGE), QUOTES)
    assert standing is not None
    assert (standing.held, standing.lost) == (held, () if held else ("cracks-1",))


@pytest.mark.parametrize(
    "given_answer",
    [
        answer("<html><body><div id=app></div><script>…</script></body></html>"),
        answer("%PDF-1.7", media="application/pdf"),
        answer(media=""),
    ],
)
def test_of_what_cannot_be_read_nothing_is_said(given_answer: Fetched) -> None:
    assert find_standing(given_answer, QUOTES) is None


@pytest.mark.parametrize(
    ("media", "head", "encoding"),
    [
        ("text/html; charset=windows-1251", "", "cp1251"),
        ("text/html", '<meta charset="koi8-r">', "koi8-r"),
        (
            "text/html",
            '<meta http-equiv=Content-Type content="text/html; charset=utf-16le">',
            "utf-8",
        ),
        ("text/html; charset=nonsense", "", "utf-8"),
        ("text/plain", "", "utf-8"),
    ],
)
def test_pages_are_read_in_their_own_encoding(media: str, head: str, encoding: str) -> None:
    words = "Инженеры нашли трещины в двух из двенадцати опор моста. " * 5
    page = Fetched(
        url=URL,
        status=200,
        headers=(("content-type", media),),
        body=(head + words).encode(encoding),
    )
    standing = find_standing(page, {"a-1": (("нашли трещины в двух из двенадцати опор",),)})
    assert standing == (1, ())


# --- politeness ------------------------------------------------------------------------------------


def test_a_host_is_left_in_peace_between_two_requests() -> None:
    net = Net()
    look(net, one=a_source(URL, COPY))
    assert net.slept == [2.0] * 4  # robots, HEAD and GET of two hosts: the first of each at once


def test_robots_are_asked_once_and_obeyed() -> None:
    rules = "User-agent: *\nAllow: /\n\nUser-agent: pincite\nCrawl-delay: 7\nDisallow: /bridge\n"
    net = Net(robots=answer(rules, media="text/plain"))
    (link,) = look(net)
    assert (link.state, link.reason) == ("closed", "the site’s robots.txt does not allow it")
    assert net.asked == [("GET", "https://news.example/robots.txt")]
    net = Net(robots=answer("User-agent: *\nCrawl-delay: 9\n", media="text/plain"))
    look(net)
    assert net.slept == [9.0, 9.0]


@pytest.mark.parametrize(
    ("found", "allowed"),
    [
        (answer("", 404), True),
        (answer("", 403), True),
        (answer("", 503), False),
        (Unfetchable("timeout", "x"), True),
        (answer("\x00\xff nonsense"), True),
        (answer("User-agent: *\nDisallow: /"), False),
    ],
)
def test_what_is_not_forbidden_is_allowed(found: Answer, allowed: bool) -> None:
    robots = Robots(Net(robots=found).fetch)
    assert robots.allows(URL) is allowed


def test_no_delay_stops_the_run() -> None:
    robots = Robots(Net(robots=answer("User-agent: *\nCrawl-delay: 99999\n")).fetch)
    assert robots.delay(URL) == 30.0


# --- what is kept ----------------------------------------------------------------------------------


def kept(state: str, checked: str = "2025-02-01T00:00:00Z") -> LinkState:
    return LinkState(
        url=URL, role="original", state=state, since="2025-01-01T00:00:00Z", checked=checked
    )


def test_a_state_keeps_the_day_on_which_it_began() -> None:
    (link,) = look(Net(page=answer(status=404)), known=(kept("gone"),))
    assert (link.since, link.checked) == ("2025-01-01T00:00:00Z", NOW)
    (link,) = look(Net(page=answer(status=404)), known=(kept("alive"),))
    assert link.since == NOW


def test_what_was_looked_at_since_is_left() -> None:
    net = Net()
    assert look(net, known=(kept("gone"),), since="2025-02-01") == (kept("gone"),)
    assert net.asked == []
    assert look(net, known=(kept("gone"),), since="2025-02-02")[0].state == "alive"


timestamps = st.datetimes().map(lambda d: d.strftime("%Y-%m-%dT%H:%M:%SZ").rjust(20, "0"))
states = st.builds(
    LinkState,
    url=st.sampled_from((URL, COPY, "https://example.org/?q=%20#yes:no")),
    role=st.sampled_from(("original", "archive")),
    state=st.sampled_from(("alive", "moved", "gone", "failing", "closed")),
    since=timestamps,
    checked=timestamps,
    code=st.none() | st.integers(100, 999),
    reason=st.sampled_from(("", "it answers 404", "yes", "null", "a: b # c", "“x”")),
    moved_to=st.sampled_from(("", URL)),
    held=st.none() | st.integers(0, 1000),
    lost=st.lists(st.sampled_from(("a-1", "yes-2", "2025-1")), max_size=3, unique=True).map(tuple),
)


@given(
    st.dictionaries(
        st.sampled_from(("no", "eu-today", "2025-02", "ä")),
        st.lists(states, min_size=1, max_size=3).map(tuple),
    )
)
def test_what_is_written_is_read_back(links: dict[str, tuple[LinkState, ...]]) -> None:
    data = write_links(links)
    assert parse_links(Text(LINKS, data.decode())) == (links, ())
    assert write_links(dict(reversed(links.items()))) == data


@pytest.mark.parametrize(
    "text", ["[]", "a: {}", "a: [{url: x}]", "a: [", "a:\n- {url: 'https://x/', state: dead}"]
)
def test_a_file_of_somebody_elses_is_reported(text: str) -> None:
    _, found = parse_links(Text(LINKS, text))
    assert found


# --- the command -----------------------------------------------------------------------------------


@pytest.fixture
def web() -> Iterator[tuple[str, dict[str, tuple[int, str]]]]:
    """Serve pages that a test may change: path → (status, body)."""
    pages: dict[str, tuple[int, str]] = {}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, body = pages.get(self.path, (404, ""))
            self.send_response(status)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            if self.command == "GET":
                self.wfile.write(body.encode())

        def do_HEAD(self) -> None:
            self.do_GET()

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/", pages
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def project(tmp_path: Path, web) -> Site:
    base, pages = web
    pages["/bridge"] = (200, PAGE)
    pages["/ferry"] = (410, "")
    site = Site(tmp_path)
    site.write(
        "content/sources/bridge.md",
        source(*ARTICLE, snapshot="seeds/bridge.txt", more=f"url: {base}bridge\n").replace(
            "https://archive.example/1", f"{base}copy"
        ),
    )
    site.write(
        "content/sources/ferry.md",
        source(
            "A ferry will run from the old pier.",
            snapshot="seeds/f.txt",
            more=f"url: {base}ferry\n",
        ).replace("archives: [{url: https://archive.example/1}]\n", ""),
    )
    site.write("seeds/f.txt", article("A ferry will run from the old pier."))
    return site.write("content/events/e.yaml", event("cracks"))


def run(site: Site, *arguments: str):
    return CliRunner().invoke(
        links, ["--project", str(site.root), "--delay", "0", "--allow-private", *arguments]
    )


def test_the_command_looks_keeps_and_says(project: Site, web) -> None:
    base, pages = web
    result = run(project)
    assert result.exit_code == 1, result.output
    assert f"alive   original {base}bridge; 1 of 1 quotations stand" in result.output
    assert f"gone    archive {base}copy (it answers 404)" in result.output
    assert f"gone    original {base}ferry (it answers 410)" in result.output
    assert "no archived copy is recorded" in result.output
    assert "3 addresses: 1 alive, 2 gone." in result.output
    known, found = parse_links(Text(LINKS, (project.root / LINKS).read_text("utf-8")))
    assert not found
    assert [link.state for link in known["bridge"]] == ["alive", "gone"]
    pages["/bridge"] = (200, PAGE.replace("twelve", "twenty"))
    pages["/copy"] = (200, PAGE)
    document = json.loads(run(project, "--only", "bridge", "--json").stdout)
    (only,) = document["sources"]
    assert [link["lost"] for link in only["links"]] == [["cracks-1"], []]
    again, _ = parse_links(Text(LINKS, (project.root / LINKS).read_text("utf-8")))
    assert again["ferry"] == known["ferry"]  # what was not asked for is kept


def test_a_run_goes_on_where_it_was_broken_off(project: Site, web) -> None:
    run(project)
    before = (project.root / LINKS).read_bytes()
    web[1]["/bridge"] = (404, "")
    run(project, "--since", "1")
    assert (project.root / LINKS).read_bytes() == before
    run(project)
    assert (project.root / LINKS).read_bytes() != before


def test_private_addresses_need_a_word(project: Site) -> None:
    result = CliRunner().invoke(links, ["--project", str(project.root), "--delay", "0"])
    assert result.exit_code == 0
    assert "not on the public internet" in result.output


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        (["--since", "yesterday"], "neither a day nor a number of days"),
        (["--only", "brigde"], "there is no source `brigde`"),
    ],
)
def test_what_cannot_be_done_is_said(project: Site, arguments: list[str], text: str) -> None:
    result = run(project, *arguments)
    assert text in str(result.exception)


def test_quotations_are_looked_for_in_the_sources_own_words(project: Site) -> None:
    quotes: Callable = quotes_of
    corpus = project.check().checked.corpus
    assert quotes(corpus) == {"bridge": QUOTES}


# --- servers that mean no good ---------------------------------------------------------------------

HTML = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"
BOMB = gzip.compress(b"a" * 5_000_000)
# What is sent for a path; None: nothing, and the line is kept open.
HOSTILE: dict[str, bytes | None] = {
    "/silent": None,
    "/closes": b"",
    "/garbage": b"\x00\xff no such thing\r\n\r\n" * 20,
    "/loop": b"HTTP/1.1 302 Found\r\nLocation: /loop\r\nContent-Length: 0\r\n\r\n",
    "/file": b"HTTP/1.1 302 Found\r\nLocation: file:///etc/passwd\r\nContent-Length: 0\r\n\r\n",
    "/bomb": HTML + b"Content-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(BOMB) + BOMB,
    "/headers": HTML + b"X-A: b\r\n" * 100_000,
    "/short": HTML + b"Content-Length: 5000\r\n\r\n<p>cut",
    "/terminal": b"HTTP/1.1 500 \x1b[2J\r\nContent-Type: text/html\r\nContent-Length: 0\r\n\r\n",
    "/negative": HTML + b"Content-Length: -1\r\n\r\n<p>x",
}


@pytest.fixture
def hostile() -> Iterator[str]:
    class Handler(StreamRequestHandler):
        def handle(self) -> None:
            path = self.rfile.readline().split()[1].decode()
            while self.rfile.readline().strip():
                pass
            answer = HOSTILE.get(path, b"HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n")
            with suppress(OSError):
                if answer is None:
                    self.rfile.read()  # until the other side has had enough
                else:
                    self.wfile.write(answer)

    server = ThreadingTCPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_no_server_can_stop_the_run_or_reach_the_terminal(
    tmp_path: Path, hostile: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    limits = Limits(bytes=100_000, seconds=3.0, idle_seconds=0.3, redirects=3)
    monkeypatch.setattr("pincite.links.look.LIMITS", limits)
    site = Site(tmp_path)
    for path in HOSTILE:
        name = path.strip("/")
        text = source(
            *ARTICLE, title=name, snapshot="seeds/bridge.txt", more=f"url: {hostile}{path}\n"
        )
        site.write(
            f"content/sources/{name}.md",
            text.replace("archives: [{url: https://archive.example/1}]\n", ""),
        )
    site.remove("content/sources/bridge.md")
    site.write(
        "content/events/e.yaml",
        "".join(event(path.strip("/"), source=path.strip("/")) for path in HOSTILE),
    )
    result = run(site)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert "\x1b" not in result.output
    known, found = parse_links(Text(LINKS, (site.root / LINKS).read_text("utf-8")))
    assert not found
    states = {name: state.state for name, (state,) in known.items()}
    assert states.keys() == {path.strip("/") for path in HOSTILE}
    # Only what the server itself says is gone is gone; of no answer nothing follows.
    assert "gone" not in states.values()
    unread = {
        name: known[name][0].held
        for name in ("silent", "closes", "garbage", "loop", "file", "bomb")
    }
    assert set(unread.values()) == {None}
    assert {states[name] for name in ("silent", "closes", "garbage", "loop")} == {"failing"}
