"""Web archives (WARC, WACZ): which pages they hold, and one page out of them."""

import zipfile
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from importlib import import_module
from io import BytesIO
from typing import IO, Any
from urllib.parse import urldefrag

from pincite.base.diagnostics import Failure

MOST_BYTES = 20_000_000  # of one page
_MOST_UNPACKED = 2_000_000_000  # of the archive inside a WACZ
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
    pages: dict[str, ArchivedPage] = {}
    for page in _read_pages(data):
        pages.setdefault(page.url, page)
    urls = tuple(pages)
    if not pages:
        raise Failure("the archive holds no web page", help="only answers of type text/html count")
    listed = "\n".join(f"    {url}" for url in urls[:_SHOWN])
    more = f"\n    and {len(urls) - _SHOWN} more" if len(urls) > _SHOWN else ""
    if not record and len(urls) > 1:
        raise Failure(
            f"the archive holds {len(urls)} web pages",
            help=f"say which with --record:\n{listed}{more}",
        )
    wanted = record or urls[0]
    for url, page in pages.items():
        if urldefrag(url)[0].rstrip("/") == urldefrag(wanted)[0].rstrip("/"):
            return page, urls
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
                f"the archive cannot be read: {type(problem).__name__}",
                help="it may be cut off; check it with `warcio check`",
            ) from None


def _streams(data: bytes, stack: ExitStack) -> Iterator[IO[bytes]]:
    if not data.startswith(b"PK"):
        yield BytesIO(data)
        return
    archive = stack.enter_context(zipfile.ZipFile(BytesIO(data)))
    for info in archive.infolist():
        if info.filename.endswith((".warc", ".warc.gz")):
            if info.file_size > _MOST_UNPACKED:
                raise Failure(f"{info.filename} in the archive is too large")
            yield stack.enter_context(archive.open(info))


def _read_record(entry: Any) -> ArchivedPage | None:
    if entry.rec_type not in {"response", "resource"}:
        return None
    headers = entry.http_headers
    kind = (headers or entry.rec_headers).get_header("Content-Type") or ""
    status = headers.get_statuscode() if headers else "200"
    media, _, rest = kind.partition(";")
    if media.strip().lower() not in {"text/html", "application/xhtml+xml"} or status != "200":
        return None
    body = entry.content_stream().read(MOST_BYTES + 1)
    if len(body) > MOST_BYTES:
        return None
    charset = rest.lower().partition("charset=")[2].partition(";")[0].strip(" \"'")
    at = entry.rec_headers.get_header("WARC-Date") or ""
    url = (entry.rec_headers.get_header("WARC-Target-URI") or "").strip("<>")
    return ArchivedPage(url=url, at=at, charset=charset, body=body) if url else None
