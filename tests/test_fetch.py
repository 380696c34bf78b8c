"""Fetching ends, stays small, and goes nowhere it should not, whatever the other side does."""

import gzip
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress

import pytest

from pincite.net import fetch as module
from pincite.net.addresses import Endpoint, is_public
from pincite.net.fetch import Limits, Unfetchable, fetch, shown

QUICK = Limits(bytes=10_000, seconds=1.0, idle_seconds=0.4, redirects=3)
OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n"

Talk = Callable[[socket.socket, str], None]


@pytest.fixture
def server() -> Iterator[Callable[[Talk], str]]:
    """Start servers that read a request and then do as they are told, byte for byte."""
    stopped: list[Callable[[], None]] = []

    def start(talk: Talk) -> str:
        listening = socket.create_server(("127.0.0.1", 0))
        over = threading.Event()
        threads: list[threading.Thread] = []

        def answer(connection: socket.socket) -> None:
            with connection, suppress(OSError):
                connection.settimeout(5)
                request = b""
                while b"\r\n\r\n" not in request:
                    piece = connection.recv(4096)
                    if not piece:
                        return
                    request += piece
                talk(connection, request.decode("latin-1"))

        def accept() -> None:
            while not over.is_set():
                try:
                    connection, _ = listening.accept()
                except OSError:
                    return
                thread = threading.Thread(target=answer, args=(connection,))
                thread.start()
                threads.append(thread)

        accepting = threading.Thread(target=accept)
        accepting.start()

        def stop() -> None:
            over.set()
            with suppress(OSError):
                listening.shutdown(socket.SHUT_RDWR)
            listening.close()
            accepting.join(10)
            for thread in threads:
                thread.join(10)

        stopped.append(stop)
        return f"http://127.0.0.1:{listening.getsockname()[1]}/"

    yield start
    for stop in stopped:
        stop()


def say(data: bytes) -> Talk:
    return lambda connection, _: connection.sendall(data)


def for_ever(head: bytes, piece: bytes, pause: float = 0.0) -> Talk:
    def talk(connection: socket.socket, _: str) -> None:
        connection.sendall(head)
        stop = threading.Event()
        while not stop.wait(pause):
            connection.sendall(piece)

    return talk


def why(url: str, *, allow_private: bool = True, limits: Limits = QUICK, **more) -> str:
    with pytest.raises(Unfetchable) as caught:
        fetch(url, limits=limits, allow_private=allow_private, **more)
    return caught.value.why


# --- what answers well ------------------------------------------------------------------------------


def test_an_answer_is_returned_whatever_its_status(server) -> None:
    url = server(
        say(
            b"HTTP/1.1 404 No\r\nX-A: 1\r\nContent-Type: Text/HTML; charset=x\r\nContent-Length: 2\r\n\r\nno"
        )
    )
    answer = fetch(url + "a b?q=ü#part", limits=QUICK, allow_private=True)
    assert (answer.status, answer.body, answer.header("x-a")) == (404, b"no", "1")
    assert answer.media_type == "text/html"
    assert answer.url == url + "a%20b?q=%C3%BC"


def test_the_request_says_who_asks_and_nothing_of_the_reader(server) -> None:
    seen: list[str] = []

    def talk(connection: socket.socket, request: str) -> None:
        seen.append(request)
        connection.sendall(OK + b"\r\n")

    url = server(talk)
    fetch(url + "x?y", limits=QUICK, allow_private=True, method="HEAD")
    lines = seen[0].splitlines()
    assert lines[0] == "HEAD /x?y HTTP/1.1"
    assert f"Host: {url[7:-1]}" in lines
    names = {line.partition(":")[0] for line in lines[1:] if line}
    assert names == {"Host", "User-Agent", "Accept", "Accept-Encoding", "Connection"}


@pytest.mark.parametrize(
    "body",
    [
        b"Content-Length: 5\r\n\r\nhello",
        b"\r\nhello",
        b"Transfer-Encoding: chunked\r\n\r\n2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n",
        b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(b"hello", mtime=0),
    ],
)
def test_bodies_are_read_however_they_are_sent(server, body: bytes) -> None:
    assert fetch(server(say(OK + body)), limits=QUICK, allow_private=True).body == b"hello"


def test_redirects_are_followed_and_told(server) -> None:
    end = server(say(OK + b"\r\nthere"))
    url = server(say(b"HTTP/1.1 301 Moved\r\nLocation: " + end.encode() + b"x\r\n\r\n"))
    answer = fetch(url, limits=QUICK, allow_private=True)
    assert (answer.body, answer.url, answer.hops) == (b"there", end + "x", ((301, end + "x"),))
    assert why(url, same_origin=True) == "redirects"


# --- what does not ----------------------------------------------------------------------------------


HOSTILE = {
    "a body without end": (for_ever(OK + b"\r\n", b"x" * 5000), "too-large"),
    "a body without end, in chunks": (for_ever(OK + b"Transfer-Encoding: chunked\r\n\r\n", b"ff\r\n" + b"x" * 255 + b"\r\n"), "too-large"),
    "a body that is larger than it says": (say(OK + b"Content-Length: 99999999\r\n\r\n" + b"x" * 20_000), "too-large"),
    "a bomb": (say(OK + b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(b"0" * 50_000_000, mtime=0)), "too-large"),
    "a byte now and then": (for_ever(OK + b"\r\n", b"x", 0.2), "timeout"),
    "a header now and then": (for_ever(b"HTTP/1.1 200 OK\r\n", b"X: y\r\n", 0.2), "timeout"),
    "silence": (lambda connection, _: threading.Event().wait(0.8), "timeout"),
    "headers without end": (for_ever(b"HTTP/1.1 200 OK\r\n", b"X-A: yyyyyyyyyyyyyy\r\n"), "protocol"),
    "a header of a megabyte": (say(b"HTTP/1.1 200 OK\r\nX: " + b"y" * 1_000_000 + b"\r\n\r\n"), "protocol"),
    "greetings without end": (for_ever(b"", b"HTTP/1.1 100 Continue\r\n\r\n"), "too-large"),
    "no HTTP": (say(b"SSH-2.0-OpenSSH\r\n\r\n"), "protocol"),
    "a status that is none": (say(b"HTTP/1.1 abc OK\r\n\r\n"), "protocol"),
    "nothing": (say(b""), "unreachable"),
    "a body cut off": (say(OK + b"Content-Length: 100\r\n\r\nabc"), "unreachable"),
    "a chunk cut off": (say(OK + b"Transfer-Encoding: chunked\r\n\r\nff\r\nabc"), "protocol"),
    "a chunk of negative length": (say(OK + b"Transfer-Encoding: chunked\r\n\r\n-5\r\nabc"), "protocol"),
    "a broken archive": (say(OK + b"Content-Encoding: gzip\r\n\r\nnot gzip"), "protocol"),
    "a circle": (say(b"HTTP/1.1 302 Found\r\nLocation: /\r\n\r\n"), "redirects"),
    "a way to a file": (say(b"HTTP/1.1 302 Found\r\nLocation: file:///etc/passwd\r\n\r\n"), "refused"),
    "a way with a password": (say(b"HTTP/1.1 302 Found\r\nLocation: http://a:b@example.org/\r\n\r\n"), "refused"),
    "a way that is none": (say(b"HTTP/1.1 302 Found\r\nLocation: http://[\r\n\r\n"), "refused"),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_server_is_left_in_time(server, name: str) -> None:
    talk, expected = HOSTILE[name]
    assert why(server(talk)) == expected


def test_redirects_come_to_an_end(server) -> None:
    count = iter(range(100))

    def talk(connection: socket.socket, _: str) -> None:
        connection.sendall(b"HTTP/1.1 302 Found\r\nLocation: /%d\r\n\r\n" % next(count))

    assert why(server(talk)) == "redirects"
    assert next(count) == QUICK.redirects + 1


def test_tls_is_verified(server) -> None:
    url = server(say(b"not TLS at all"))
    assert why(url.replace("http:", "https:")) in {"tls", "timeout"}


def test_nobody_there() -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    assert why(f"http://127.0.0.1:{port}/") == "unreachable"


# --- where it does not go ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/", "http://localhost/", "http://0x7f.1/", "http://2130706433/",
        "http://[::1]/", "http://[::ffff:127.0.0.1]/", "http://0/", "http://169.254.169.254/latest/",
        "http://[64:ff9b::a00:1]/", "http://[2002:7f00:1::]/", "http://[::7f00:1]/",
        "file:///etc/passwd", "ftp://example.org/", "gopher://example.org/", "//example.org/", "",
        "http://user:secret@example.org/", "http://example.org:0/", "http://example.org:99999/",
        "http://exa mple/", "http://[", "http://\u2100/", "http://a\\b/", "http://.../",
    ],
)  # fmt: skip
def test_what_is_not_the_public_web_is_refused(url: str) -> None:
    assert why(url, allow_private=False) in {"refused", "unresolved"}


def test_a_redirect_to_a_private_address_is_refused_too(
    server, monkeypatch: pytest.MonkeyPatch
) -> None:
    inner = server(say(OK + b"\r\nsecret"))
    outer = server(say(b"HTTP/1.1 302 Found\r\nLocation: " + inner.encode() + b"\r\n\r\n"))
    port = int(outer[:-1].rpartition(":")[2])
    # The name of the outer server is taken for a public one; the inner address is judged.
    answers = iter([(Endpoint(socket.AF_INET, ("127.0.0.1", port)),)])
    public = iter([True])
    monkeypatch.setattr(module, "resolve", lambda host, port: next(answers, None) or resolved(port))
    monkeypatch.setattr(
        module, "is_public", lambda address: next(public, None) or is_public(address)
    )
    assert why(f"http://outer.example:{port}/", allow_private=False) == "refused"


def resolved(port: int) -> tuple[Endpoint, ...]:
    return (Endpoint(socket.AF_INET, ("127.0.0.1", port)),)


def test_one_private_address_of_several_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    several = (
        Endpoint(socket.AF_INET, ("93.184.215.14", 80)),
        Endpoint(socket.AF_INET, ("10.0.0.1", 80)),
    )
    monkeypatch.setattr(module, "resolve", lambda host, port: several)
    assert why("http://rebinding.example/", allow_private=False) == "refused"


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.215.14", True), ("2606:4700::1111", True), ("::ffff:93.184.215.14", True),
        ("10.1.2.3", False), ("172.16.0.1", False), ("192.168.1.1", False), ("100.64.0.1", False),
        ("127.8.8.8", False), ("0.0.0.0", False), ("255.255.255.255", False), ("224.0.0.1", False),
        ("198.18.0.1", False), ("fc00::1", False), ("fe80::1%eth0", False), ("ff02::1", False),
        ("::", False), ("::1", False), ("::ffff:10.0.0.1", False), ("2002:a00:1::", False),
        ("64:ff9b::192.168.0.1", False), ("64:ff9b::93.184.215.14", True), ("nonsense", False),
    ],
)  # fmt: skip
def test_which_addresses_are_public(address: str, public: bool) -> None:
    assert is_public(address) is public


def test_credentials_are_never_shown() -> None:
    assert "secret" not in shown("https://user:secret@example.org/x")
    with pytest.raises(Unfetchable) as caught:
        fetch("https://user:secret@example.org/x", limits=QUICK, allow_private=True)
    assert "secret" not in f"{caught.value} {caught.value.help}"
