"""One page out of a web archive, for the proof: read with the standard library, in bounds.

What this reader does not know (Brotli, segmented records, other versions) it leaves unread, and
then the archive is proven by its bytes alone.
"""

import gzip
import re
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import IO, Final, cast
from urllib.parse import quote

_MOST_UNPACKED: Final = 300_000_000  # bytes of all that an archive holds
_MOST_PAGE: Final = 20_000_000  # bytes of one page
_MOST_RECORD: Final = 25_000_000
_PIECE: Final = 1_000_000
_MOST_FILES: Final = 1_000  # archives in one WACZ
_LONGEST_LINE: Final = 16_384
_MOST_LINES: Final = 200  # of a record's head
_PAGES: Final = (b"text/html", b"application/xhtml+xml")
_NO_ADDRESS: Final = re.compile(r'[\s<>"\\^`{|}\x00-\x1f\x7f\ud800-\udfff]')
_BROKEN = (OSError, EOFError, ValueError, zlib.error, zipfile.BadZipFile, KeyError, RuntimeError)


def find_archived_page(data: bytes, url: str) -> bytes | None:
    """Return the page at *url*, or the only one, as its server sent it and unpacked; else None."""
    wanted = plain(url)
    first: bytes | None = None
    count = 0
    try:
        for address, body in _pages(data):
            if wanted and plain(address) == wanted:
                return body
            first = body if first is None else first
            count += 1
    except _BROKEN:
        return None
    return first if count == 1 else None


def spelled(url: str) -> str:
    """Return *url* as a source can name it: what cannot stand in an address is percent-encoded."""
    return _NO_ADDRESS.sub(lambda found: quote(found[0], errors="replace"), url)


def plain(url: str) -> str:
    """Return what two addresses of one page have in common."""
    return spelled(url.partition("#")[0].rstrip("/"))


def _pages(data: bytes) -> Iterator[tuple[str, bytes | None]]:
    left = _MOST_UNPACKED
    for stream in _streams(data):
        while (record := _read_record(stream, left)) is not None:
            head, body, length = record
            left -= length
            if len(body) != length:
                continue  # larger than a page may be
            kind = head.get(b"warc-type", b"")
            address = head.get(b"warc-target-uri", b"").strip(b"<>").decode("utf-8", "replace")
            if kind == b"resource" and head.get(b"content-type", b"").lower().startswith(_PAGES):
                yield address, body
            elif kind == b"response" and address:
                page = _response(body)
                if page is not None:
                    yield address, page[0]


def _streams(data: bytes) -> Iterator[IO[bytes]]:
    if not data.startswith(b"PK"):
        yield _unpacked(BytesIO(data))
        return
    with zipfile.ZipFile(BytesIO(data)) as archive:
        names = [n for n in archive.namelist() if n.endswith((".warc", ".warc.gz"))]
        for name in names[:_MOST_FILES]:
            with archive.open(name) as member:
                yield _unpacked(member)


def _unpacked(stream: IO[bytes]) -> IO[bytes]:
    packed = stream.read(2) == b"\x1f\x8b"
    stream.seek(0)
    return cast("IO[bytes]", gzip.GzipFile(fileobj=stream)) if packed else stream


def _read_record(stream: IO[bytes], most: int) -> tuple[dict[bytes, bytes], bytes, int] | None:
    """Read the next record and its length; None at the end. Raises ValueError where it is none.

    Of a record that is larger than a page may be, nothing is kept.
    """
    line = b"\r\n"
    while line in (b"\r\n", b"\n"):
        line = stream.readline(_LONGEST_LINE)
    if not line:
        return None
    if not line.startswith(b"WARC/"):
        raise ValueError
    head = _head(iter(lambda: stream.readline(_LONGEST_LINE), b""))
    length = int(head[b"content-length"])
    if not 0 <= length <= most:
        raise ValueError
    if length > _MOST_RECORD:
        for at in range(0, length, _PIECE):
            stream.read(min(_PIECE, length - at))
        return head, b"", length
    body = stream.read(length)
    return (head, body, length) if len(body) == length else None


def _head(lines: Iterator[bytes]) -> dict[bytes, bytes]:
    found: dict[bytes, bytes] = {}
    for line, _ in zip(lines, range(_MOST_LINES), strict=False):
        if not line.strip():
            break
        name, _, value = line.partition(b":")
        found[name.strip().lower()] = value.strip()
    return found


def _response(data: bytes) -> tuple[bytes | None] | None:
    """Return the page of an HTTP answer, None in it where it cannot be unpacked; None for none."""
    head, _, body = data.partition(b"\r\n\r\n")
    status, *lines = head.split(b"\r\n")
    said = _head(iter(lines))
    if status.split()[1:2] != [b"200"]:
        return None
    if not said.get(b"content-type", b"").lower().startswith(_PAGES):
        return None
    if said.get(b"transfer-encoding", b"").lower() == b"chunked":
        body = _unchunked(body)
    encoding = said.get(b"content-encoding", b"").lower()
    if encoding in (b"gzip", b"x-gzip", b"deflate"):
        return (_inflated(body),)
    return (body if encoding in (b"", b"identity") and len(body) <= _MOST_PAGE else None,)


def _unchunked(body: bytes) -> bytes:
    """Join the chunks; an archive may have joined them already, and kept the header."""
    pieces: list[bytes] = []
    at = 0
    while True:
        end = body.find(b"\r\n", at, at + 64)
        size = body[at:end].partition(b";")[0].strip() if end >= 0 else b""
        try:
            length = int(size, 16)
        except ValueError:
            return b"".join(pieces) if pieces else body
        if length == 0:
            return b"".join(pieces)
        pieces.append(body[end + 2 : end + 2 + length])
        at = end + 2 + length + 2


def _inflated(body: bytes) -> bytes | None:
    for window in (47, -15):  # gzip or zlib by its head, or deflate without one
        try:
            unpack = zlib.decompressobj(window)
            data = unpack.decompress(body, _MOST_PAGE + 1)
        except zlib.error:
            continue
        return data if len(data) <= _MOST_PAGE else None
    return body if len(body) <= _MOST_PAGE else None  # it was unpacked when it was archived
