"""Pages out of web archives as the proof reads them: every packing, and whatever bytes come."""

import gzip
import io
import zipfile
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pincite.link.proof import snapshot_blocks
from pincite.link.warc import find_archived_page

PAGE = b"<html><body><p>The harbour bridge was closed.</p></body></html>"
URL = "https://x.example/a"


def record(body, url=URL, kind="response", content="application/http; msgtype=response"):
    head = (
        f"WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\n"
        f"Content-Type: {content}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body + b"\r\n\r\n"


def answer(body=PAGE, *lines, status="200 OK", kind="text/html"):
    head = "\r\n".join((f"HTTP/1.1 {status}", f"Content-Type: {kind}", *lines))
    return head.encode() + b"\r\n\r\n" + body


def chunked(body, size=7):
    pieces = [body[at : at + size] for at in range(0, len(body), size)]
    return b"".join(b"%x\r\n%s\r\n" % (len(p), p) for p in pieces) + b"0\r\n\r\n"


def raw_deflate(body):
    pack = zlib.compressobj(wbits=-15)
    return pack.compress(body) + pack.flush()


def zipped(data):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("archive/a.warc.gz", gzip.compress(data))
    return out.getvalue()


INFO = record(b"software: x", kind="warcinfo", content="application/warc-fields")


@pytest.mark.parametrize(
    "data",
    [
        INFO + record(answer()),
        gzip.compress(INFO) + gzip.compress(record(answer())),
        zipped(INFO + record(answer())),
        record(answer(chunked(PAGE), "Transfer-Encoding: chunked")),
        record(answer(PAGE, "Transfer-Encoding: chunked")),
        record(answer(gzip.compress(PAGE), "Content-Encoding: gzip")),
        record(answer(zlib.compress(PAGE), "Content-Encoding: deflate")),
        record(answer(raw_deflate(PAGE), "Content-Encoding: deflate")),
        record(answer(PAGE, "Content-Encoding: gzip")),
        record(
            answer(
                chunked(gzip.compress(PAGE)), "Content-Encoding: gzip", "Transfer-Encoding: chunked"
            )
        ),
        record(PAGE, kind="resource", content="text/html"),
        record(answer(b"gone", status="404 Not Found")) + record(answer()),
        record(answer(b"\x89PNG", kind="image/png")) + record(answer()),
        record(answer(b"<p>Another</p>"), url="https://x.example/b") + record(answer()),
        gzip.compress(
            record(b"0" * 26_000_000, kind="resource", content="text/html") + record(answer())
        ),
    ],
)
def test_a_page_is_found(data):
    assert find_archived_page(data, URL + "#top") == PAGE
    assert snapshot_blocks("seeds/a.warc", data, URL) == ("The harbour bridge was closed.",)


@pytest.mark.parametrize(
    ("data", "url"),
    [
        (b"", URL),
        (record(answer(b"x", "Content-Encoding: br")), URL),
        (
            record(answer(), url="https://x.example/b")
            + record(answer(), url="https://x.example/c"),
            URL,
        ),
        (record(answer())[:-30], URL),
        (gzip.compress(record(answer()))[:-20], URL),
        (b"PK\x03\x04 no archive", URL),
    ],
)
def test_what_cannot_be_read_is_left_to_its_hash(data, url):
    assert find_archived_page(data, url) is None
    assert snapshot_blocks("seeds/a.warc.gz", data, url) is None


def test_the_only_page_needs_no_address():
    assert find_archived_page(record(answer()), "") == PAGE


@given(st.binary(max_size=300), st.integers(0, 400), st.sampled_from((0, 1, 2)))
def test_any_bytes_end(noise, at, form):
    whole = record(answer(chunked(PAGE), "Transfer-Encoding: chunked"))
    whole = (whole, gzip.compress(whole), zipped(whole))[form]
    data = whole[:at] + noise + whole[at:]
    found = find_archived_page(data, URL)
    assert found is None or isinstance(found, bytes)
