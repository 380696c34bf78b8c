import asyncio
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import closing
from http.client import RemoteDisconnected
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tornado.httpclient import HTTPClientError, HTTPRequest
from tornado.websocket import websocket_connect

from pincite.base.diagnostics import Failure
from pincite.serve import Rebuilt
from pincite.serve.addresses import is_own_host, is_same_origin, parse_address
from pincite.serve.handlers import find_file
from pincite.serve.overlay import STATUS, prepare_page, relax_policy
from pincite.serve.server import find_reloads, serve
from pincite.serve.watch import is_input
from serving import FINE, ask, previewing, run_apart, wait_for

pytestmark = [
    # livereload 2.7 sets asyncio's policy on import on Windows, which Python 3.14 deprecates.
    pytest.mark.filterwarnings("ignore:.*set_event_loop_policy:DeprecationWarning"),
    pytest.mark.filterwarnings("ignore:.*WindowsSelectorEventLoopPolicy:DeprecationWarning"),
]

POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'"
PAGE = f"""<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{POLICY}">
<title>Front</title></head><body><h1>Front</h1></body></html>
"""
BROKEN = Rebuilt(ok=False, changed=(), report="error[x]: <b>no</b>\n", summary="1 error")


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """Serve a small site with traps in it, for tests that only ask."""
    project = tmp_path_factory.mktemp("project")
    out = project / "site"
    for path, text in {
        "index.html": PAGE,
        "404.html": PAGE.replace("Front", "Nothing here"),
        "events/é/index.html": PAGE,
        "empty/readme.txt": "no index",
        ".manifest.json": "secret",
        ".lock": "secret",
        ".git/config": "secret",
        "style.css": "a{}",
        "feed.xml": "<feed/>",
        "feed.json": "{}",
        "sitemap.xml": "<urlset/>",
        "timeline.ics": "BEGIN",
        "data/annotations.jsonld": "{}",
        "data/events.csv": "a,b",
        "data/timeline.json": "{}",
        "_headers": "/*",
        "a.mp4": "0123456789",
        "large.html": PAGE.replace("</head>", "<!--" + "x" * 70_000 + "--></head>"),
    }.items():
        file = out / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    (project / "secret.txt").write_text("secret", encoding="utf-8")
    (project / "private").mkdir()
    (project / "private" / "index.html").write_text("secret", encoding="utf-8")
    (out / "out.txt").symlink_to(project / "secret.txt")
    (out / "private").symlink_to(project / "private")
    (out / "shown.json").symlink_to(out / ".manifest.json")
    (out / "circle").symlink_to(out / "circle")
    (out / "within.css").symlink_to(out / "style.css")
    os.mkfifo(out / "pipe.txt")
    with previewing(project, out, lambda _: FINE, (project / "content",)) as (preview, _):
        yield preview


# ---------- what is served ----------


@pytest.mark.parametrize(
    ("path", "media_type"),
    [
        ("/", "text/html; charset=utf-8"),
        ("/index.html", "text/html; charset=utf-8"),
        ("/events/%C3%A9/", "text/html; charset=utf-8"),
        ("/style.css", "text/css; charset=utf-8"),
        ("/within.css?livereload=1", "text/css; charset=utf-8"),
        ("/feed.xml", "application/atom+xml; charset=utf-8"),
        ("/feed.json", "application/feed+json"),
        ("/sitemap.xml", "application/xml; charset=utf-8"),
        ("/timeline.ics", "text/calendar; charset=utf-8"),
        ("/data/annotations.jsonld", "application/ld+json"),
        ("/data/events.csv", "text/csv; charset=utf-8"),
        ("/data/timeline.json", "application/json"),
        ("/_headers", "application/octet-stream"),
        ("/livereload.js?port=1", "text/javascript; charset=utf-8"),
        ("/__pincite/overlay.js", "text/javascript; charset=utf-8"),
        ("/__pincite/overlay.css", "text/css; charset=utf-8"),
        (STATUS, "application/json"),
    ],
)
def test_a_file_comes_with_its_type_and_is_never_cached(site, path, media_type):
    answer = ask(site.port, path)
    assert answer.status == 200
    assert answer.headers["content-type"] == media_type
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert int(answer.headers["content-length"]) == len(answer.body) > 0
    head = ask(site.port, path, "HEAD")
    assert (head.status, head.body) == (200, b"")
    assert head.headers["content-length"] == answer.headers["content-length"]


def test_a_folder_is_redirected_to_its_address_and_has_no_listing(site):
    answer = ask(site.port, "/events/%C3%A9?a=b")
    assert (answer.status, answer.headers["location"]) == (302, "/events/%C3%A9/?a=b")
    assert ask(site.port, "/empty/").status == 404
    assert ask(site.port, "/empty").status == 404


def test_what_is_missing_gets_the_sites_own_page(site):
    for path in ("/no/such/", "/style.css/", "/index.html/x"):
        answer = ask(site.port, path)
        assert answer.status == 404
        assert b"Nothing here" in answer.body
        assert b"/livereload.js" in answer.body


def test_a_site_without_a_404_page_is_told_apart_from_a_fault(tmp_path):
    (tmp_path / "index.html").write_text(PAGE, encoding="utf-8")
    with previewing(tmp_path, tmp_path, lambda _: FINE, ()) as (preview, _):
        answer = ask(preview.port, "/%3Cscript%3E/")
    assert answer.status == 404
    assert b"No such page" in answer.body
    assert b"<script>" not in answer.body


def test_part_of_a_film_can_be_asked_for(site):
    answer = ask(site.port, "/a.mp4", Range="bytes=2-4")
    assert (answer.status, answer.body) == (206, b"234")


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.txt",
        "/events/../../secret.txt",
        "/%2e%2e/secret.txt",
        "/%2E%2E%2Fsecret.txt",
        "/..%2fsecret.txt",
        "/%252e%252e/secret.txt",
        "/%c0%ae%c0%ae/secret.txt",
        "/..%5csecret.txt",
        "/..\\secret.txt",
        "/%5c..%5csecret.txt",
        "/secret.txt%00.html",
        "/%00",
        "/.manifest.json",
        "/%2emanifest.json",
        "/./.manifest.json",
        "/.lock",
        "/.git/config",
        "/events/.hidden",
        "//etc/passwd",
        "/%2fetc/passwd",
        "/C:/secret.txt",
        "/index.html::$DATA",
        "/index.html%0d%0aX: y",
        "/out.txt",
        "/private/",
        "/private/index.html",
        "/shown.json",
        "/circle",
        "/pipe.txt",
        "/" + "a" * 5000,
        "/" + "a/" * 3000,
    ],
)
def test_nothing_outside_or_hidden_is_served(site, path):
    if " " in path:
        path = path.replace(" ", "%20")
    answer = ask_raw(site.port, path)
    assert answer.startswith(b"HTTP/1.1 404 ")
    assert b"secret" not in answer
    assert b"root:" not in answer


def ask_raw(port, path):
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        request = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n"
        connection.sendall(request.encode("latin-1"))
        return b"".join(iter(lambda: connection.recv(65536), b""))


@given(st.text(alphabet="/.%2eEfF5cC0\\:abé\x00", max_size=24))
def test_an_address_never_climbs_or_hides(raw):
    segments = parse_address(raw)
    if segments is not None:
        assert not any(segment.startswith(".") for segment in segments)
        assert all(segments[:-1])
        assert not set("".join(segments)) & set("\\:/\x00")


@given(st.lists(st.sampled_from(["..", ".", "a", "link", ".x", "", "secret"]), max_size=5))
def test_no_segments_lead_out(segments):
    root = trap()
    found = find_file(root, tuple(segments))
    assert found is None or found == root or root in found.parents


def trap(made=[]):  # noqa: B006 - one folder for all of hypothesis's examples
    if not made:
        import tempfile

        base = Path(tempfile.mkdtemp()).resolve()
        (base / "root" / "a").mkdir(parents=True)
        (base / "secret").mkdir()
        (base / "root" / "link").symlink_to(base)
        (base / "root" / ".x").mkdir()
        made.append(base / "root")
    return made[0]


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "BREW"])
@pytest.mark.parametrize("path", ["/", "/no", STATUS, "/livereload.js", "/forcereload"])
def test_other_methods_are_refused(site, method, path):
    answer = ask(site.port, path, method)
    assert answer.status == 405
    if method != "BREW":
        assert answer.headers["allow"] == "GET, HEAD"


@pytest.mark.parametrize(
    "path", ["/", "/no", STATUS, "/livereload.js", "/forcereload", "/livereload"]
)
@pytest.mark.parametrize("host", ["evil.example", "evil.example:{}", "127.0.0.1:1", "localhost"])
def test_a_rebound_name_gets_nothing(site, path, host):
    answer = ask(site.port, path, host=host.format(site.port))
    assert answer.status == 403
    assert len(answer.body) < 100


@pytest.mark.parametrize("host", ["localhost:{}", "LOCALHOST:{}", "127.0.0.1:{}", "[::1]:{}"])
def test_the_loopback_names_are_its_own(site, host):
    assert ask(site.port, "/", host=host.format(site.port)).status == 200


@pytest.mark.parametrize(
    ("host", "anywhere", "expected"),
    [
        ("localhost:80", False, True),
        ("localhost", False, True),
        ("localhost:81", False, False),
        ("localhost.evil.example", False, False),
        ("127.0.0.1.evil.example:80", False, False),
        ("192.168.1.7", False, False),
        ("192.168.1.7:9000", True, True),
        ("[fe80::1]:9000", True, True),
        ("evil.example", True, False),
        ("localhost@evil.example", True, False),
        ("", True, False),
        ("localhost:80:80", False, False),
        ("localhost:99999999", True, False),
    ],
)
def test_whose_host_it_is(host, anywhere, expected):
    names = frozenset({"localhost", "127.0.0.1"})
    assert is_own_host(host, names=names, port=80, anywhere=anywhere) is expected


@pytest.mark.parametrize(
    ("origin", "fetch_site", "expected"),
    [
        (None, None, True),
        (None, "same-origin", True),
        (None, "none", True),
        (None, "cross-site", False),
        (None, "same-site", False),
        ("http://localhost:8000", "cross-site", True),
        ("http://localhost:8001", None, False),
        ("http://evil.example", None, False),
        ("null", None, False),
    ],
)
def test_whose_page_asks(origin, fetch_site, expected):
    assert is_same_origin(origin, fetch_site, "localhost:8000") is expected


@pytest.mark.parametrize("path", ["/forcereload", STATUS])
def test_another_sites_page_may_not_ask(site, path):
    assert ask(site.port, path).status == 200
    assert ask(site.port, path, Origin="http://evil.example").status == 403
    assert ask(site.port, path, Sec_Fetch_Site="cross-site").status == 403


def test_requests_are_bounded(site):
    with pytest.raises((ConnectionError, RemoteDisconnected)):
        ask(site.port, "/", X="y" * 40_000)
    with socket.create_connection(("127.0.0.1", site.port), timeout=10) as connection:
        head = (
            f"GET / HTTP/1.1\r\nHost: 127.0.0.1:{site.port}\r\nContent-Length: 9\r\n\r\n123456789"
        )
        connection.sendall(head.encode())
        assert connection.recv(100).startswith(b"HTTP/1.1 4")
    assert ask(site.port, "/").status == 200


# ---------- what a page gets on its way ----------


def test_a_page_gets_the_scripts_and_no_more_rights_than_they_need(site):
    body = ask(site.port, "/").body.decode()
    assert (
        body.index("/__pincite/overlay.js") < body.index("/livereload.js") < body.index("</head>")
    )
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', body)
    assert policy is not None
    assert policy[1].replace("&#x27;", "'") == (
        f"{POLICY}; script-src 'self'; connect-src 'self' ws://127.0.0.1:{site.port}"
    )
    assert (site.out / "index.html").read_text(encoding="utf-8") == PAGE


def test_a_long_head_gets_them_too(site):
    assert b"/livereload.js" in ask(site.port, "/large.html").body


@pytest.mark.parametrize(
    ("policy", "relaxed"),
    [
        ("", ""),
        ("img-src 'self'", "img-src 'self'"),
        ("Script-Src 'none'", "script-src 'self'"),
        (
            "default-src 'self'",
            "default-src 'self'; script-src 'self'; style-src 'self'; connect-src 'self' ws://h:1",
        ),
        (
            "script-src-elem https://a.example; connect-src 'none'; script-src 'none'",
            "script-src-elem https://a.example 'self'; connect-src 'self' ws://h:1; script-src 'none'",
        ),
    ],
)
def test_a_policy_is_widened_where_it_restrains(policy, relaxed):
    assert relax_policy(policy, "h:1") == relaxed


@pytest.mark.parametrize(
    "page",
    [
        b"",
        b"<p>no head",
        b"<!doctype html><html><body>x",
        b"<HTML><HEAD></HEAD>x",
        b"\xff\xfe</head>",
        b"<meta http-equiv=content-security-policy content='default-src \"a' x></head>",
    ],
)
def test_any_page_can_be_prepared(page):
    prepared = prepare_page(page, generation="g", host="h:1")
    assert prepared.count(b"/livereload.js?port=1") == 1
    assert re.sub(rb"<script defer.*></script>", b"", prepared) == page or b"content" in page


# ---------- rebuilding ----------


class Fake:
    """A build that copies content/*.txt into one page and keeps what it was told."""

    def __init__(self, project):
        self.project, self.out = project, project / "site"
        self.content = project / "content"
        self.content.mkdir()
        self.calls = []
        self.outcome = None
        self.gate = threading.Event()
        self.gate.set()

    def __call__(self, changed):
        self.calls.append(changed)
        text = "|".join(path.read_text() for path in sorted(self.content.glob("*.txt")))
        assert self.gate.wait(20)
        if self.outcome is not None:
            if isinstance(self.outcome, Exception):
                raise self.outcome
            return self.outcome
        self.out.mkdir(exist_ok=True)
        page = PAGE.replace("Front", text)
        old = self.out / "index.html"
        if old.exists() and old.read_text() == page:
            return FINE
        old.write_text(page)
        return Rebuilt(ok=True, changed=("index.html",), report="", summary="1 file written")

    def shows(self, port, text):
        return text.encode() in ask(port, "/").body


@pytest.fixture
def fake(tmp_path):
    return Fake(tmp_path)


def running(fake, *watched):
    return previewing(fake.project, fake.out, fake, watched or (fake.content,))


def test_a_save_is_named_and_rebuilt(fake):
    with running(fake) as (preview, announced):
        (fake.content / "a.txt").write_text("alpha")
        wait_for(lambda: fake.shows(preview.port, "alpha"))
    assert fake.calls[0] is None
    assert set().union(*fake.calls[1:]) == {"content/a.txt"}
    assert announced[0] == "1 file written"
    assert announced[1].startswith("Serving at http://127.0.0.1:")
    assert announced[2] == "1 file written"


def test_a_burst_is_one_rebuild(fake):
    with running(fake) as (preview, _):
        (fake.content / "first.txt").write_text("first")
        fake.gate.clear()
        wait_for(lambda: len(fake.calls) == 2)
        for number in range(50):
            (fake.content / f"{number}.txt").write_text("x")
        fake.gate.set()
        wait_for(lambda: len(fake.calls) == 3)
        wait_for(lambda: fake.shows(preview.port, "x|" * 50))
        time.sleep(0.2)
        assert len(fake.calls) == 3
        assert fake.calls[2] == {f"content/{number}.txt" for number in range(50)}


def test_a_change_during_a_rebuild_is_not_lost(fake):
    with running(fake) as (preview, _):
        fake.gate.clear()
        (fake.content / "a.txt").write_text("alpha")
        wait_for(lambda: len(fake.calls) == 2)  # it has read "alpha" and waits at the gate
        (fake.content / "a.txt").write_text("beta")
        time.sleep(0.1)
        fake.gate.set()
        wait_for(lambda: fake.shows(preview.port, "beta"))


def test_a_change_during_the_first_build_is_not_lost(fake):
    (fake.content / "a.txt").write_text("alpha")

    def build(changed):
        outcome = fake(changed)
        if changed is None:
            (fake.content / "a.txt").write_text("beta")
        return outcome

    with previewing(fake.project, fake.out, build, (fake.content,)) as (preview, _):
        wait_for(lambda: fake.shows(preview.port, "beta"))


def test_quick_edits_all_arrive(fake):
    with running(fake) as (preview, _):
        for number in range(8):
            (fake.content / "a.txt").write_text(f"edit-{number}")
            wait_for(lambda number=number: fake.shows(preview.port, f"edit-{number}"))
            time.sleep(0.02)


def test_a_replaced_file_and_a_replaced_folder_are_still_watched(fake):
    settings = fake.project / "site.yaml"
    settings.write_text("x")
    with running(fake, fake.content, settings, fake.project / "templates") as (preview, _):
        for text in ("alpha", "beta"):  # as editors save: a new file under the old name
            (fake.project / "new.yaml").write_text(text)
            (fake.project / "new.yaml").replace(settings)
            wait_for(lambda: "site.yaml" in (fake.calls[-1] or ()))
            fake.calls.append(frozenset())
        fake.content.rename(fake.project / "old")
        fake.content.mkdir()
        wait_for(lambda: "content" in (fake.calls[-1] or ()))
        (fake.content / "b.txt").write_text("new folder")
        wait_for(lambda: fake.shows(preview.port, "new folder"))
        (fake.project / "templates").mkdir()
        wait_for(lambda: "templates" in (fake.calls[-1] or ()))
        (fake.project / "templates" / "base.html").write_text("x")
        wait_for(lambda: "templates/base.html" in (fake.calls[-1] or ()))


def test_its_own_output_and_scratch_files_start_no_build(fake):
    (fake.content / "a.txt").write_text("alpha")
    with running(fake, fake.project) as (preview, _):
        for name in ("site/more.html", "content/.a.txt.swp", "content/a.txt~", "content/4913"):
            (fake.project / name).write_text("x")
        time.sleep(0.2)
        assert fake.calls == [None]
        (fake.content / "a.txt").write_text("beta")
        wait_for(lambda: fake.shows(preview.port, "beta"))
    assert fake.calls[1:] == [{"content/a.txt"}]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("content/events/a.yaml", True),
        ("content", True),
        ("../shared/a.css", True),
        ("content/.hidden", False),
        (".git/index", False),
        ("content/#a.yaml#", False),
        ("content/.#a.yaml", False),
        ("templates/__pycache__/x.pyc", False),
        ("content/a.yaml~", False),
    ],
)
def test_which_names_are_inputs(name, expected):
    assert is_input(name) is expected


def test_a_failed_build_keeps_the_site_and_tells_why(fake):
    (fake.content / "a.txt").write_text("good")
    with running(fake) as (preview, announced):
        fake.outcome = BROKEN
        (fake.content / "a.txt").write_text("bad")
        wait_for(lambda: not json.loads(ask(preview.port, STATUS).body)["ok"])
        assert json.loads(ask(preview.port, STATUS).body) == {
            "ok": False,
            "summary": "1 error",
            "report": BROKEN.report,
        }
        assert fake.shows(preview.port, "good")
        assert BROKEN.report.strip() in announced
        for fault, said in (
            (Failure("disk full", help="make room"), "disk full"),
            (ZeroDivisionError("oh"), "ZeroDivisionError"),
        ):
            fake.outcome = fault
            (fake.content / "a.txt").write_text(said)
            wait_for(lambda said=said: said in json.loads(ask(preview.port, STATUS).body)["report"])
        fake.outcome = None
        (fake.content / "a.txt").write_text("mended")
        wait_for(lambda: fake.shows(preview.port, "mended"))
        assert json.loads(ask(preview.port, STATUS).body)["ok"]


def test_without_a_site_every_address_shows_the_findings(fake):
    fake.outcome = BROKEN
    with running(fake) as (preview, _):
        for path in ("/", "/events/a/", "/../x"):
            answer = ask(preview.port, path)
            assert answer.status == 503
            assert b"error[x]: &lt;b&gt;no&lt;/b&gt;" in answer.body
            assert b"/livereload.js" in answer.body
        fake.outcome = None
        (fake.content / "a.txt").write_text("at last")
        wait_for(lambda: fake.shows(preview.port, "at last"))


@pytest.mark.parametrize(
    ("before", "now", "had_site", "expected"),
    [
        (FINE, FINE, True, ()),
        (FINE, FINE._replace(changed=("index.html",)), True, ("*",)),
        (FINE, FINE._replace(changed=("a.css", "x/b.css")), True, ("a.css", "x/b.css")),
        (FINE, FINE._replace(changed=("a.css", ".manifest.json")), True, ("a.css",)),
        (FINE, FINE._replace(changed=("a.css", "index.html")), True, ("*",)),
        (FINE, FINE._replace(changed=(".manifest.json", "data/.x")), True, ()),
        (FINE, BROKEN, True, (STATUS,)),
        (BROKEN, BROKEN, True, (STATUS,)),
        (BROKEN, FINE, True, ("*",)),
        (BROKEN, FINE._replace(changed=("a.css",)), True, ("*",)),
        (BROKEN, BROKEN, False, ("*",)),
        (BROKEN, FINE, False, ("*",)),
    ],
)
def test_what_open_pages_are_told(before, now, had_site, expected):
    assert find_reloads(before, now, had_site=had_site) == expected


# ---------- the socket ----------


async def connect(port, generation=None, **headers):
    request = HTTPRequest(f"ws://127.0.0.1:{port}/livereload", headers=headers)
    page = await websocket_connect(request)
    await page.write_message(
        json.dumps(
            {"command": "hello", "protocols": ["http://livereload.com/protocols/official-7"]}
        )
    )
    assert json.loads(await page.read_message())["command"] == "hello"
    plugins = {} if generation is None else {"pincite": {"generation": generation}}
    await page.write_message(json.dumps({"command": "info", "plugins": plugins, "url": "x"}))
    return page


async def leave(page):
    """Close the page's end, which takes a moment, before its event loop ends."""
    stream = page.protocol.stream if page.protocol else None
    page.close()
    while stream is not None and not stream.closed():  # noqa: ASYNC110
        await asyncio.sleep(0.005)


async def read(page):
    return json.loads(await asyncio.wait_for(page.read_message(), 20))


def test_pages_are_told_to_reload_even_those_that_missed_it(fake):
    async def check(preview):
        current = preview.generation
        page = await connect(preview.port, current)
        (fake.content / "a.txt").write_text("alpha")
        assert (await read(page))["path"] == "*"
        late = await connect(preview.port, current)  # it was loaded before, and connects after
        assert (await read(late))["path"] == "*"
        fake.outcome = BROKEN
        (fake.content / "a.txt").write_text("beta")
        assert (await read(page))["path"] == STATUS
        fresh = await connect(preview.port, preview.generation)
        assert (await read(fresh))["path"] == STATUS
        for open_page in (page, late, fresh):
            await leave(open_page)
        for _ in range(400):
            if not preview.listener.waiters:
                break
            await asyncio.sleep(0.01)
        assert not preview.listener.waiters

    with running(fake) as (preview, _):
        run_apart(check(preview))


def test_a_socket_is_only_for_its_own_pages(site):
    async def check():
        for origin in ("http://evil.example", "null", f"http://localhost:{site.port}"):
            with pytest.raises(HTTPClientError, match="403"):
                await connect(site.port, Origin=origin)
        with pytest.raises(HTTPClientError, match="403"):
            await connect(site.port, Host="evil.example")
        await leave(await connect(site.port, Origin=f"http://127.0.0.1:{site.port}"))

    run_apart(check())


@pytest.mark.parametrize(
    "message", ["", "[]", "{}", "1", '{"command": {}}', b"\xff", "[" * 9000, "x" * 99_999]
)
def test_nonsense_ends_the_connection_and_nothing_else(site, message):
    async def check():
        page = await websocket_connect(f"ws://127.0.0.1:{site.port}/livereload")
        await page.write_message(message, binary=isinstance(message, bytes))
        if message != '{"command": {}}':
            assert await asyncio.wait_for(page.read_message(), 20) is None
        await leave(page)

    run_apart(check())
    assert ask(site.port, "/").status == 200


# ---------- starting and ending ----------


def test_a_taken_port_is_a_failure_with_help(fake):
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(Failure, match=f"port {port} on 127.0.0.1 is taken") as caught:
            start(fake, port=port)
    assert "--port" in caught.value.help
    assert fake.calls == []


@pytest.mark.parametrize(("host", "port"), [("256.1.1.1", 0), ("127.0.0.1", 99_999), ("a" * 99, 0)])
def test_a_bad_address_is_a_failure(fake, host, port):
    with pytest.raises(Failure, match="cannot listen"):
        start(fake, host=host, port=port)


def test_a_fault_of_the_world_in_the_first_build_ends_the_command_and_frees_the_port(fake):
    with closing(socket.create_server(("127.0.0.1", 0))) as probe:
        port = probe.getsockname()[1]
    fake.outcome = Failure("no project here")
    for _ in range(2):
        with pytest.raises(Failure, match="no project here"):
            start(fake, port=port)


def start(fake, host="127.0.0.1", port=0):
    serve(
        fake.project, fake.out, fake, (fake.content,),
        host=host, port=port, open_browser=False, announce=lambda _: None,
    )  # fmt: skip


def test_listening_to_the_network_is_warned_about(fake):
    with previewing(fake.project, fake.out, fake, (fake.content,), host="0.0.0.0") as (
        preview,
        said,
    ):
        assert any(line.startswith("Warning: everyone on this network") for line in said)
        assert ask(preview.port, "/", host="10.1.2.3:99").status == 200
        assert ask(preview.port, "/", host="evil.example").status == 403


def test_nothing_is_left_open(fake):
    before = threading.active_count()
    handles = Path("/proc/self/fd")
    if not handles.exists():
        pytest.skip("no /proc here")
    for _ in range(3):
        with running(fake) as (preview, _):
            ask(preview.port, "/")
        opened = len(list(handles.iterdir()))
    with running(fake) as (preview, _):
        for _ in range(30):
            ask(preview.port, "/")
            ask(preview.port, "/no")
    assert threading.active_count() == before
    # The system's watch ends in a thread of its own, a little later.
    wait_for(lambda: len(list(handles.iterdir())) <= opened)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_stops_when_asked(tmp_path, number):
    (tmp_path / "index.html").write_text(PAGE)
    # What a shell starts in the background is deaf to SIGINT, and so is all that it starts.
    code = f"""
import signal
from pathlib import Path
from pincite.serve import Rebuilt
from pincite.serve.server import serve
signal.signal(signal.SIGINT, signal.default_int_handler)
serve(Path({str(tmp_path)!r}), Path({str(tmp_path)!r}), lambda _: Rebuilt(True, (), "", ""), (),
      host="127.0.0.1", port=0, open_browser=False, announce=lambda line: print(line, flush=True))
print("after")
"""
    process = subprocess.Popen(
        [sys.executable, "-c", code],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    with process:
        try:
            assert "Serving at" in process.stdout.readline()
            process.send_signal(number)
            output, errors = process.communicate(timeout=20)
        finally:
            process.kill()  # or leaving waits for it, for ever
    assert (output, errors, process.returncode) == ("Stopped.\nafter\n", "", 0)


def teardown_module():
    if trap.__defaults__[0]:
        shutil.rmtree(trap.__defaults__[0][0].parent)
