"""Web archives (WARC, WACZ): which pages they hold, and one page out of them."""

import gzip
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from importlib import import_module
from io import BufferedReader, BytesIO, RawIOBase
from typing import IO, Any

from pincite.base.diagnostics import Failure
from pincite.link.warc import plain, spelled

MOST_BYTES = 20_000_000  # of one page
_MOST_UNPACKED = 2_000_000_000  # of all that an archive holds
_MOST_FILES = 1_000  # archives in one WACZ
_SHOWN = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchivedPage:
    url: str
    at: str  # RFC 3339, when it was received
    charset: str  # as the server said; may be empty
    body: bytes


def find_page(data: bytes, record: str = "") -> tuple[ArchivedPage, tuple[str, ...]]:
    """Return the page *record* (the only page where it is empty), and the addresses of all.

    Raises Failure where there is none, or where it must be said which.
    """
    wanted = plain(record)
    first: ArchivedPage | None = None
    found: ArchivedPage | None = None
    seen: dict[str, None] = {}
    for page in _read_pages(data):  # one at a time: all of them may be more than memory holds
        first = first or page
        if found is None and plain(page.url) == wanted:
            found = page
        seen[page.url] = None
    urls = tuple(seen)
    if first is None:
        raise Failure("the archive holds no web page", help="only answers of type text/html count")
    listed = "\n".join(f"    {url}" for url in urls[:_SHOWN])
    more = f"\n    and {len(urls) - _SHOWN} more" if len(urls) > _SHOWN else ""
    if not record and len(urls) > 1:
        raise Failure(
            f"the archive holds {len(urls)} web pages",
            help=f"say which with --record:\n{listed}{more}",
        )
    if not record:
        return first, urls
    if found is not None:
        return found, urls
    raise Failure(f"the archive has no page {record}", help=f"it has:\n{listed}{more}")


def _read_pages(data: bytes) -> Iterator[ArchivedPage]:
    try:
        # It is an extra, so it is looked for by name when it is wanted.
        iterate: Any = import_module("warcio.archiveiterator").ArchiveIterator
    except ImportError:
        raise Failure(
            "reading web archives needs warcio",
            help="install it with: pip install 'pincite[ingest]'",
        ) from None
    with ExitStack() as stack:
        try:
            for stream in _streams(data, stack):
                for entry in iterate(stream):
                    if (page := _read_record(entry)) is not None:
                        yield page
        except Failure:
            raise
        except Exception as problem:  # noqa: BLE001 - a broken archive breaks its reader anyhow
            raise Failure(
                f"the archive is cut off or broken ({type(problem).__name__})",
                help="it may be cut off; check it with `warcio check`",
            ) from None


def _streams(data: bytes, stack: ExitStack) -> Iterator[IO[bytes]]:
    """Yield what the archive holds, unpacked; all of it together is bounded."""
    budget = [_MOST_UNPACKED]
    if not data.startswith(b"PK"):
        yield _unpacked(BytesIO(data), budget)
        return
    archive = stack.enter_context(zipfile.ZipFile(BytesIO(data)))
    # Nothing is written under the names in it, so it does not matter where they lead.
    names = [i for i in archive.infolist() if i.filename.endswith((".warc", ".warc.gz"))]
    if len(names) > _MOST_FILES:
        raise Failure(f"the archive holds {len(names)} archives; {_MOST_FILES} are read")
    for info in names:
        with archive.open(info) as member:
            yield _unpacked(member, budget)


def _unpacked(stream: IO[bytes], budget: list[int]) -> IO[bytes]:
    head = stream.read(2)
    stream.seek(0)
    if head != b"\x1f\x8b":
        return BufferedReader(_Bounded(stream, budget), 1 << 16)
    plain = gzip.GzipFile(fileobj=stream)
    plain.peek(1)  # raises where it is none
    return BufferedReader(_Bounded(plain, budget), 1 << 16)


class _Bounded(RawIOBase):
    """Reads *stream*, and raises Failure when *budget*, which others share, is spent."""

    def __init__(self, stream: Any, budget: list[int]) -> None:
        self._stream = stream
        self._budget = budget

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        try:
            data = self._stream.read(len(buffer))
        except EOFError:  # cut off: what stood before the cut can be read
            data = b""
        self._budget[0] -= len(data)
        if self._budget[0] < 0:
            raise Failure(
                f"the archive unpacks to more than {_MOST_UNPACKED // 10**9} GB",
                help="take the page that you cite out of it",
            )
        buffer[: len(data)] = data
        return len(data)


def _read_record(entry: Any) -> ArchivedPage | None:
    if entry.rec_type not in {"response", "resource"}:
        return None
    headers = entry.http_headers
    kind = (headers or entry.rec_headers).get_header("Content-Type") or ""
    status = headers.get_statuscode() if headers else "200"
    media, _, rest = kind.partition(";")
    if media.strip().lower() not in {"text/html", "application/xhtml+xml"} or status != "200":
        return None
    body = _body(entry, (headers.get_header("Content-Encoding") or "") if headers else "")
    if body is None or len(body) > MOST_BYTES:
        return None
    charset = rest.lower().partition("charset=")[2].partition(";")[0].strip(" \"'")
    at = entry.rec_headers.get_header("WARC-Date") or ""
    url = (entry.rec_headers.get_header("WARC-Target-URI") or "").strip("<>")
    return ArchivedPage(url=spelled(url), at=at, charset=charset, body=body) if url else None


def _body(entry: Any, encoding: str) -> bytes | None:
    """Read a body; None where it cannot be unpacked within bounds."""
    if encoding.strip().lower() != "br":
        data: bytes = entry.content_stream().read(MOST_BYTES + 1)
        return data
    # A few letters of Brotli can stand for any number, and warcio unpacks all at once.
    entry.http_headers.remove_header("Content-Encoding")
    packed = entry.content_stream().read(MOST_BYTES + 1)
    try:
        unpack: Any = import_module("brotli").Decompressor()
        data = unpack.process(packed, output_buffer_limit=MOST_BYTES + 1)
    except (ImportError, TypeError):  # there is none, or one that cannot be bounded
        return None
    return data
