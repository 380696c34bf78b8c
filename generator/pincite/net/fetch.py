"""Fetches one address of the web, from the public internet only, within limits of size and time.

The one door to the network: redirects are followed by hand and each target is judged as the first
was. Proxies of the environment are not used, for what lies behind one cannot be judged.
"""

import re
import ssl
import zlib
from dataclasses import dataclass
from http.client import HTTPException, HTTPResponse
from typing import Literal, NamedTuple
from urllib.parse import SplitResult, quote, urljoin, urlsplit, urlunsplit

from pincite import __version__
from pincite.base.diagnostics import Failure
from pincite.net.addresses import is_public, resolve
from pincite.net.wire import Deadline, Exhausted, Wire

AGENT = f"Pincite/{__version__} (checks citations)"
HEADER_BYTES = 256 * 1024
_REDIRECTS = frozenset((301, 302, 303, 307, 308))
_UNFIT = re.compile(r"[\x00-\x20\x7f\\]")
_SAFE = "%/:?#[]@!$&'()*+,;=~-._"
_PIECE = 64 * 1024

Why = Literal[
    "refused",  # we will not go there: scheme, credentials, an address that is not public
    "unresolved",  # the name means nothing
    "unreachable",  # nobody answers, or the connection broke
    "tls",  # the certificate or the handshake
    "timeout",
    "too-large",
    "redirects",  # too many, in a circle, or to another origin
    "protocol",  # what came is not HTTP
]


class Unfetchable(Failure):
    """No answer came from an address; a status of 404 would have been one."""

    def __init__(self, why: Why, message: str, *, help: str | None = None) -> None:
        super().__init__(message, help=help)
        self.why: Why = why


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one fetch may cost, redirects and all."""

    bytes: int = 20_000_000  # of a body, unpacked
    seconds: float = 60.0
    idle_seconds: float = 15.0  # of silence
    redirects: int = 5


class Hop(NamedTuple):
    """A redirect that was followed: its status, and where it led."""

    status: int
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """An answer, whatever its status. Names of headers are in lower case."""

    url: str  # where it came from in the end, without a fragment
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    hops: tuple[Hop, ...] = ()

    def header(self, name: str) -> str:
        """Return the first header *name*; empty when there is none."""
        return next((value for key, value in self.headers if key == name), "")

    @property
    def media_type(self) -> str:
        """Return the type without parameters, in lower case: ``text/html``."""
        return self.header("content-type").partition(";")[0].strip().lower()


def fetch(
    url: str,
    *,
    limits: Limits,
    allow_private: bool,
    method: Literal["GET", "HEAD"] = "GET",
    same_origin: bool = False,
) -> Fetched:
    """Return what *url* (http or https) answers. Raises Unfetchable.

    *allow_private* lets it connect to loopback, private and link-local addresses too. With
    *same_origin* a redirect to another scheme, host or port is refused.
    """
    deadline = Deadline(limits.seconds, limits.idle_seconds)
    hops: list[Hop] = []
    first = at = _checked(url)
    seen = {at.geturl()}
    while True:
        status, headers, body = _exchange(at, method, limits, deadline, allow_private)
        location = next((value for key, value in headers if key == "location"), "")
        if status not in _REDIRECTS or not location:
            return Fetched(
                url=at.geturl(), status=status, headers=headers, body=body, hops=tuple(hops)
            )
        at = _checked(_follow(at.geturl(), _readable(location)))
        hops.append(Hop(status, at.geturl()))
        if same_origin and (at.scheme, at.netloc) != (first.scheme, first.netloc):
            raise Unfetchable(
                "redirects", f"{shown(url)} leads to another site: {shown(at.geturl())}"
            )
        if at.geturl() in seen or len(hops) > limits.redirects:
            circle = at.geturl() in seen
            raise Unfetchable(
                "redirects",
                f"{shown(url)} leads {'in a circle' if circle else 'on and on'}",
            )
        seen.add(at.geturl())


def shown(url: str) -> str:
    """Return *url* for people: without the credentials somebody left in it, and not endless."""
    try:
        parts = urlsplit(url)
        bare = parts._replace(netloc=parts.netloc.rpartition("@")[2])
        text = urlunsplit(bare)
    except ValueError:
        text = "an address that is none"
    return text if len(text) <= 300 else text[:299] + "…"


def _checked(url: str) -> SplitResult:
    """Return *url* without its fragment, as it may stand in a request."""
    try:
        parts = urlsplit(url.strip())
        host, port = parts.hostname or "", parts.port
        ascii_host = host if ":" in host else host.encode("idna").decode("ascii")
    except (ValueError, UnicodeError):
        raise Unfetchable("refused", f"{shown(url)} is not an address") from None
    if parts.scheme not in ("http", "https") or not ascii_host:
        raise Unfetchable("refused", f"{shown(url)} is not an address of the web (http, https)")
    if parts.username is not None or parts.password is not None:
        raise Unfetchable(
            "refused",
            f"{shown(url)} holds a name or a password",
            help="leave them out: they would be published, and sent to whoever answers there",
        )
    if _UNFIT.search(ascii_host) or port == 0:
        raise Unfetchable("refused", f"{shown(url)} is not an address")
    netloc = f"[{ascii_host}]" if ":" in ascii_host else ascii_host
    if port is not None and port != {"http": 80, "https": 443}[parts.scheme]:
        netloc += f":{port}"
    path = quote(parts.path or "/", safe=_SAFE)
    return SplitResult(parts.scheme, netloc, path, quote(parts.query, safe=_SAFE), "")


def _follow(url: str, location: str) -> str:
    try:
        return urljoin(url, location)
    except ValueError:
        raise Unfetchable("refused", f"{shown(url)} leads to no address") from None


def _readable(location: str) -> str:
    """Undo the Latin-1 reading of a header that is UTF-8 in truth, as browsers do."""
    try:
        return location.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return location


def _exchange(
    at: SplitResult,
    method: str,
    limits: Limits,
    deadline: Deadline,
    allow_private: bool,
) -> tuple[int, tuple[tuple[str, str], ...], bytes]:
    url, host = at.geturl(), at.hostname or ""
    port = at.port or (443 if at.scheme == "https" else 80)
    try:
        endpoints = resolve(host, port)
    except OSError:
        raise Unfetchable("unresolved", f"{host} is not known to the name service") from None
    barred = [str(e.address[0]) for e in endpoints if not is_public(str(e.address[0]))]
    if barred and not allow_private:
        raise Unfetchable(
            "refused",
            f"{host} is {barred[0]}, which is not on the public internet",
            help="if it is meant, allow it with --allow-private",
        )
    wire = Wire(
        host,
        port,
        endpoints=endpoints,
        context=ssl.create_default_context() if at.scheme == "https" else None,
        deadline=deadline,
        most=limits.bytes + HEADER_BYTES,
    )
    target = at.path + (f"?{at.query}" if at.query else "")
    try:
        wire.request(
            method,
            target,
            headers={
                "User-Agent": AGENT,
                "Accept": "*/*",
                "Accept-Encoding": "gzip",
                "Connection": "close",
            },
        )
        response = wire.getresponse()
        headers = tuple((key.lower(), value) for key, value in response.getheaders())
        moved = response.status in _REDIRECTS and any(key == "location" for key, _ in headers)
        body = b"" if moved else _body(response, limits.bytes)
    except Exhausted:
        raise _too_large(url, limits.bytes) from None
    except ssl.SSLError as problem:
        # Certificate errors have a sentence for people, the others a code of OpenSSL's.
        detail = getattr(problem, "verify_message", "") or problem.reason or "no secure connection"
        raise Unfetchable("tls", f"{shown(url)}: {detail}") from None
    except TimeoutError:
        raise Unfetchable("timeout", f"{shown(url)} took too long") from None
    except OSError as problem:
        detail = problem.strerror or "the connection broke"
        raise Unfetchable("unreachable", f"{shown(url)}: {detail}") from None
    except (HTTPException, ValueError, zlib.error):
        raise Unfetchable("protocol", f"{shown(url)} does not answer as HTTP asks") from None
    finally:
        wire.hang_up()
    return response.status, headers, body


def _body(response: HTTPResponse, most: int) -> bytes:
    """Read to the end, unpacking; raises Exhausted beyond *most* bytes."""
    packed = (response.getheader("Content-Encoding") or "").strip().lower() in ("gzip", "x-gzip")
    unpack = zlib.decompressobj(31) if packed else None
    pieces: list[bytes] = []
    total = 0
    while piece := response.read(_PIECE):
        if unpack is not None:
            piece = unpack.decompress(piece, most - total + 1)
        total += len(piece)
        if total > most:
            raise Exhausted
        pieces.append(piece)
    if response.length or (unpack is not None and total and not unpack.eof):
        raise ConnectionError(0, "the connection broke in the middle")
    return b"".join(pieces)


def _too_large(url: str, most: int) -> Unfetchable:
    return Unfetchable("too-large", f"{shown(url)} is larger than {most / 1e6:g} MB")
