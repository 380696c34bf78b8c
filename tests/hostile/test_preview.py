"""``pincite serve`` as a target: requests byte for byte, floods, and those who leave half-way."""

import os
import re
import socket
import struct
import time
from contextlib import ExitStack, suppress

import pytest

from serving import FINE, ask, previewing, wait_for

PAGE = "<!doctype html><html lang=en><head><title>T</title></head><body>Front</body></html>"
SOCKET = (
    "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
    "Sec-WebSocket-Key: x3JJHMbDL1EzLkh9GBhXDw==\r\n"
)


@pytest.fixture(scope="module")
def port(tmp_path_factory):
    project = tmp_path_factory.mktemp("project")
    out = project / "site"
    (out / "events" / "a").mkdir(parents=True)
    for path in ("index.html", "events/a/index.html"):
        (out / path).write_text(PAGE)
    (out / "large.json").write_bytes(b"x" * 5_000_000)
    (out / ".manifest.json").write_text("secret")
    (project / "secret.txt").write_text("secret")
    with previewing(project, out, lambda _: FINE, ()) as (preview, _):
        yield preview.port


def send(port, text, *, wait=10.0):
    """Return what is answered until the connection ends; ``{}`` in *text* is the own host."""
    own = f"127.0.0.1:{port}"
    with socket.create_connection(("127.0.0.1", port), timeout=wait) as connection:
        answer = b""
        with suppress(ConnectionError, TimeoutError):
            connection.sendall(
                text.replace("{}", own).replace("{port}", str(port)).encode("latin-1")
            )
            while block := connection.recv(65536):
                answer += block
    return answer


def statuses(answer):
    return [int(status) for status in re.findall(rb"HTTP/1\.1 (\d+) ", answer)]


def with_host(*hosts, path="/", more="", method="GET", close=True):
    heads = "".join(f"Host: {host}\r\n" for host in hosts)
    return f"{method} {path} HTTP/1.1\r\n{heads}{more}{'Connection: close' if close else 'X: y'}\r\n\r\n"


@pytest.mark.parametrize(
    "hosts",
    [
        *[(), ("",), ("evil.example",), ("{}", "evil.example"), ("evil.example", "{}"), ("{}", "{}")],
        *[("127.0.0.1",), ("localhost.:{port}",), ("[::1%25lo]:{port}",), ("evil@{}",), ("{},evil",)],
        *[("[::ffff:127.0.0.1]:{port}",), ("2130706433:{port}",), ("127.1:{port}",), ("{}\tevil",)],
        *[("0x7f.0.0.1:{port}",), ("0.0.0.0:{port}",), ("{}.evil.example",), ("evil.example\r\n {}",)],
        *[("127.0.0.1:1{port}",), ("127.0.0.1:\xb2",), ("localhost.evil.example:{port}",), ("{}/",)],
    ],
    ids=ascii,
)  # fmt: skip
def test_whoever_is_asked_for_in_another_way_does_not_answer(port, hosts):
    answer = send(port, with_host(*hosts))
    assert statuses(answer) in ([400], [403])
    assert b"Front" not in answer


def test_a_forwarded_host_counts_for_nothing(port):
    more = "X-Forwarded-Host: {}\r\nForwarded: host={}\r\nX-Forwarded-For: 127.0.0.1\r\n"
    assert statuses(send(port, with_host("evil.example", more=more))) == [403]
    absolute = with_host("evil.example", path="http://{}/")
    assert statuses(send(port, absolute)) == [403]
    assert b"Front" not in send(port, with_host("{}", path="http://evil.example/"))


@pytest.mark.parametrize(
    "origin",
    [
        *["http://evil.example", "null", "file://", "http://127.0.0.1:1", "http://x.{}", ""],
        *["http://{}@evil.example", "http://{}.evil.example", "chrome-extension://abc", "//{}"],
        *["http://evil.example\r\nOrigin: http://{}", "http://{}\r\nOrigin: http://evil.example"],
        *[
            "http://{}/ http://evil.example",
            "http://evil.example:{port}",
            "http://localhost:{port}",
        ],
    ],
    ids=ascii,
)
def test_no_other_page_gets_a_socket_or_a_reload(port, origin):
    more = f"Origin: {origin}\r\n"
    head = with_host("{}", path="/livereload", more=SOCKET + more, close=False)
    # It keeps the connection; that is no answer to wait for.
    assert statuses(send(port, head, wait=0.3)) == [403]
    assert statuses(send(port, with_host("{}", path="/forcereload", more=more))) == [403]


BODIES = {
    "a length": "Content-Length: 5\r\n\r\nhello",
    "a huge length": "Content-Length: 99999999999\r\n\r\n",
    "less than nothing": "Content-Length: -1\r\n\r\n",
    "two lengths": "Content-Length: 0\r\nContent-Length: 5\r\n\r\nhello",
    "a signed length": "Content-Length: +0\r\n\r\n",
    "an underscore": "Content-Length: 1_0\r\n\r\n0123456789",
    "chunks": "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
    "both": "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\nGET /x HTTP/1.1\r\nHost: {}\r\n\r\n",
    "strange chunks": "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
    "two codings": "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
    "a huge chunk": "Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFF\r\nx",
    "a second request inside": "Content-Length: 3\r\n\r\nabcGET / HTTP/1.1\r\nHost: {}\r\n\r\n",
    "a folded line": "X: a\r\n b\r\n\tContent-Length: 5\r\n\r\nhello",
    "a space before the colon": "Content-Length : 5\r\n\r\nhello",
    "NUL": "X: a\0b\r\n\r\n",
    "no colon": "nothing\r\n\r\n",
}


@pytest.mark.parametrize("what", BODIES)
def test_a_request_with_a_body_or_two_readings_ends_the_connection(port, what):
    answer = send(port, "GET / HTTP/1.1\r\nHost: {}\r\n" + BODIES[what])
    assert statuses(answer) in ([400], [413])
    assert b"Front" not in answer


@pytest.mark.parametrize(
    "text",
    [
        "GET /" + "a" * 100_000 + " HTTP/1.1\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: {}\r\nX: " + "y" * 100_000 + "\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: {}\r\n" + "X: y\r\n" * 9_000 + "\r\n",
        "GET /\r\n\r\n",
        "GET / HTTP/3.0\r\nHost: {}\r\n\r\n",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        "\0\0\0\r\n\r\n",
        "\r\n" * 50 + "GET / HTTP/1.1\r\nHost: {}\r\n\r\n",
    ],
    ids=range(8),
)
def test_what_is_too_much_or_no_request_is_not_answered(port, text):
    answer = send(port, text)
    assert statuses(answer) in ([], [400], [431])
    assert ask(port, "/").status == 200


def test_a_slash_in_disguise_is_none(port):
    for path in ("/events%2fa/", "/events%2Fa", "/%2f%2fevil.example", "/events/a%2findex.html"):
        assert ask(port, path).status == 404
    assert ask(port, "/events/a").headers["location"] == "/events/a/"


# ---- many, and those who leave ---------------------------------------------------------------


def open_files():
    return sorted(
        os.readlink(f"/proc/self/fd/{name}")  # noqa: PTH115
        for name in os.listdir("/proc/self/fd")  # noqa: PTH208
        if os.path.exists(f"/proc/self/fd/{name}")  # noqa: PTH110
    )


needs_proc = pytest.mark.skipif(not os.path.exists("/proc/self/fd"), reason="there is no /proc")  # noqa: PTH110


def test_a_flood_leaves_room_for_the_newest(port):
    """Without a bound the system's handles would be gone, and nobody answered."""
    with ExitStack() as stack:
        idle = [
            stack.enter_context(socket.create_connection(("127.0.0.1", port), timeout=10))
            for _ in range(330)
        ]
        for slow in idle[::2]:
            with suppress(ConnectionError):  # it had to go already
                slow.sendall(b"GET / HTTP/1.1\r\nX: ")
        assert ask(port, "/").status == 200
        with suppress(ConnectionError):
            assert idle[0].recv(1) == b""  # the oldest had to go
        idle[-1].setblocking(False)
        with pytest.raises(BlockingIOError):
            idle[-1].recv(1)


@needs_proc
def test_who_leaves_in_the_middle_leaves_no_file_open(port):
    for _ in range(60):
        with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
            request = f"GET /large.json HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n"
            connection.sendall(request.encode() * 3)
            # An end without a good-bye.
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    assert ask(port, "/").status == 200
    wait_for(lambda: not any(name.endswith("large.json") for name in open_files()))


@needs_proc
def test_who_never_reads_holds_no_one_up(port):
    with ExitStack() as stack:
        for _ in range(20):
            lazy = stack.enter_context(socket.socket())
            lazy.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
            lazy.connect(("127.0.0.1", port))
            lazy.sendall(f"GET /large.json HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode() * 9)
        started = time.monotonic()
        assert ask(port, "/").status == 200
        assert time.monotonic() - started < 10
    wait_for(lambda: not any(name.endswith("large.json") for name in open_files()))
