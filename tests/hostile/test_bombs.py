"""Small files that would become large, or never end: each is refused by name, or costs little."""

import gzip
import io
import resource
import struct
import time
import zipfile
import zlib

import pytest

from pincite.base.diagnostics import Failure
from pincite.images.kinds import Refusal, find_kind
from pincite.images.pictures import MAX_CHUNKS, MAX_SCANS, examine
from pincite.ingest import webarchive
from pincite.ingest.pdf import read_pdf
from pincite.ingest.pdfpages import read_pages
from pincite.ingest.webarchive import find_page

MEMORY = 700 << 20  # bytes above what a test began with
TEXT = b"BT /F 12 Tf (Hello there, this is the text of a page that says much.) Tj ET\n"
PAGE = b"<html><body><p>Hello there, this is the text of a page that says much.</p></body></html>"


@pytest.fixture(autouse=True)
def bounded():
    """No test of these needs much memory; a bound that is lost would be found here."""
    with open("/proc/self/statm") as file:  # noqa: PTH123
        used = int(file.read().split()[0]) * resource.getpagesize()
    before = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (used + MEMORY, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_AS, before)


def deflated(size, byte=b"\0"):
    packer = zlib.compressobj(9)
    pieces = [packer.compress(byte * min(1 << 20, size - at)) for at in range(0, size, 1 << 20)]
    return b"".join(pieces) + packer.flush()


# ---- images -----------------------------------------------------------------------------------


def chunk(name, data):
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png(width, height, pixels=None, before=b"", after=b""):
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    data = deflated((width + 1) * height) if pixels is None else pixels
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        (chunk(b"IHDR", head), before, chunk(b"IDAT", data), chunk(b"IEND", b""), after)
    )


def jpeg(scans):
    """A progressive picture, whose last scan stands there so many times."""
    image = pytest.importorskip("PIL.Image")
    out = io.BytesIO()
    image.new("L", (64, 64)).save(out, "JPEG", progressive=True)
    data = out.getvalue()
    at = data.rfind(b"\xff\xda")
    return data[:-2] + data[at:-2] * scans + data[-2:]


GIF = b"GIF89a\1\0\1\0\x80\0\0\0\0\0\xff\xff\xff"
FRAME = b"!\xf9\4\0\0\0\0\0,\0\0\0\0\1\0\1\0\0\2\2D\1\0"

REFUSED_IMAGES = {
    "100,000 pixels wide and high": (lambda: png(100_000, 100_000, deflated(1 << 20)), "pixels"),
    "2,147,483,647 wide": (lambda: png(0x7FFFFFFF, 0x7FFFFFFF, b""), "pixels"),
    "50 million pixels and one row": (lambda: png(10_000, 5_001, b""), "pixels"),
    "words of a gigabyte": (
        lambda: png(9, 9, before=chunk(b"zTXt", b"a\0\0" + deflated(70 << 20)) * 15),
        "damaged",
    ),
    "more chunks than any": (
        lambda: png(9, 9, before=chunk(b"tEXt", b"a\0b") * MAX_CHUNKS),
        "parts",
    ),
    "more scans than any": (lambda: jpeg(MAX_SCANS), "parts"),
    "100,000 frames": (lambda: GIF + FRAME * 100_000 + b";", "moves"),
    "nothing but a head": (lambda: GIF, "damaged"),
    "half of it": (lambda: png(300, 300, deflated(301 * 300))[:60], "damaged"),
}


@pytest.mark.parametrize("name", REFUSED_IMAGES)
def test_an_image_that_is_a_bomb(name):
    pytest.importorskip("PIL")
    make, why = REFUSED_IMAGES[name]
    data = make()
    began = time.process_time()
    refused = examine(data)
    assert isinstance(refused, Refusal)
    assert why in refused.reason
    assert time.process_time() - began < 30


@pytest.mark.parametrize(
    ("file", "data"),
    [
        ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"),
        ("a.png", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
        ("a.tiff", b"II*\0" + bytes(100)),
        ("a.avif", b"\0\0\0\x1cftypavif" + bytes(100)),
        ("a.gif", b"\x89PNG\r\n\x1a\n" + bytes(100)),
        ("a.html", GIF + b";"),
        ("a.png", b"\n" + png(1, 1)),
        ("a.bmp", b"BM" + b"\xff" * 100),
        ("a.eps", b"%!PS-Adobe-3.0 EPSF-3.0\n(/etc/passwd) run"),
        ("a.jpg", b""),
    ],
)
def test_what_is_no_picture_is_never_opened(file, data):
    assert isinstance(find_kind(file, data), Refusal)


SCRIPT = b"<script>alert(document.domain)</script>"


def polyglots():
    gif = b"GIF89a=1/*" + b"\0" * 600
    return {
        "a GIF that is a script": gif,
        "a PNG with HTML behind it": png(2, 2, after=SCRIPT),
        "a PNG with HTML in its words": png(2, 2, before=chunk(b"tEXt", b"a\0" + SCRIPT)),
        "a PNG with a ZIP behind it": png(2, 2, after=b"PK\5\6" + bytes(18)),
        "a JPEG with a script in its comment": jpeg(0).replace(
            b"\xff\xd8", b"\xff\xd8\xff\xfe" + struct.pack(">H", 2 + len(SCRIPT)) + SCRIPT, 1
        ),
        "a JPEG with hostile EXIF": jpeg(0).replace(
            b"\xff\xd8",
            b"\xff\xd8\xff\xe1\0\x28Exif\0\0II*\0\x08\0\0\0\1\0\x12\1\3\0\xff\xff\xff\xff"
            + SCRIPT[:14],
            1,
        ),
    }


@pytest.mark.parametrize("name", list(polyglots()))
def test_nothing_of_a_polyglot_but_its_pixels_is_published(name):
    pictures = pytest.importorskip("pincite.images.pictures")
    data = polyglots()[name]
    seen = examine(data)
    if isinstance(seen, Refusal):
        return
    for _, made in pictures.write_variants(data, pictures.variants_of(seen, avif=False)):
        assert b"script" not in made
        assert b"alert" not in made
        assert b"PK\5\6" not in made


# ---- PDF --------------------------------------------------------------------------------------


def pdf(*objects):
    out, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    tail = b"trailer\n<</Size %d /Root 1 0 R>>\nstartxref\n%d\n" % (len(objects) + 1, len(out))
    return out + head + table + tail + b"%%EOF\n"


def document(content=b"", kids=b"[3 0 R]", filters=b"/FlateDecode", more=()):
    content = content or zlib.compress(TEXT)
    return pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids %b/Count 1>>" % kids,
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R"
        b"/Resources<</Font<</F 5 0 R>>>>>>",
        b"<</Length %d/Filter[%b]>>\nstream\n%b\nendstream" % (len(content), filters, content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        *more,
    )


PDFS = {
    "100 MB in a stream": lambda: document(deflated(100 << 20)),
    "streams in streams": lambda: document(
        zlib.compress(zlib.compress(deflated(200 << 20))), filters=b"/FlateDecode" * 3
    ),
    "a tree that holds itself": lambda: document(kids=b"[2 0 R]"),
    "a tree of 100,000 times one page": lambda: document(kids=b"[" + b"3 0 R " * 100_000 + b"]"),
    "a tree 3,000 deep": lambda: document(
        kids=b"[6 0 R]",
        more=[b"<</Type/Pages/Parent 2 0 R/Kids[%d 0 R]/Count 1>>" % n for n in range(7, 3007)],
    ),
    "lists 100,000 deep": lambda: pdf(b"[" * 100_000 + b"]" * 100_000),
    "nothing but objects": lambda: b"%PDF-1.4\n" + b"1 0 obj\n" * 20_000,
}


@pytest.mark.parametrize("name", PDFS)
def test_a_pdf_that_is_a_bomb(name):
    pytest.importorskip("pypdf")
    with pytest.raises(Failure, match="PDF"):
        read_pdf(PDFS[name]())


def test_a_pdf_that_never_ends():
    pytest.importorskip("pypdf")
    endless = document(zlib.compress(TEXT * 280_000))
    began = time.monotonic()
    with pytest.raises(Failure, match="takes more than"):
        read_pages(endless, seconds=2)
    assert time.monotonic() - began < 60


# ---- web archives -------------------------------------------------------------------------------


def warc(body, head=b"", kind=b"text/html", url=b"http://a.example/"):
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: %b\r\n%b\r\n%b" % (kind, head, body)
    return (
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:1>\r\n"
        b"WARC-Target-URI: %b\r\nWARC-Date: 2025-01-01T00:00:00Z\r\n"
        b"Content-Type: application/http;msgtype=response\r\nContent-Length: %d\r\n\r\n%b\r\n\r\n"
        % (url, len(answer), answer)
    )


def zipped(**files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in files.items():
            file.writestr(name, data)
    return out.getvalue()


@pytest.fixture
def small(monkeypatch):
    pytest.importorskip("warcio")
    monkeypatch.setattr(webarchive, "_MOST_UNPACKED", 20_000_000)


ARCHIVES = {
    "a record of 30 MB": lambda: gzip.compress(warc(bytes(30 << 20), kind=b"image/png")),
    "30 MB before the page": lambda: gzip.compress(
        warc(bytes(10 << 20), kind=b"image/png") * 3 + warc(PAGE)
    ),
    "three files of 10 MB": lambda: zipped(
        **{f"{n}.warc": warc(bytes(10 << 20), kind=b"image/png") for n in range(3)}
    ),
    "gzip in a ZIP": lambda: zipped(
        **{"a.warc.gz": gzip.compress(warc(bytes(30 << 20), kind=b"image/png"))}
    ),
}


@pytest.mark.parametrize("name", ARCHIVES)
def test_an_archive_that_is_a_bomb(small, name):
    with pytest.raises(Failure, match="unpacks to more than"):
        find_page(ARCHIVES[name]())


def test_an_archive_of_too_many_archives(small):
    with pytest.raises(Failure, match="1001 archives"):
        find_page(zipped(**{f"{n}.warc": b"" for n in range(1_001)}))


def test_a_body_that_is_a_bomb(small):
    """It is no page then; the next one is."""
    bombs = [warc(gzip.compress(bytes(100 << 20)), b"Content-Encoding: gzip\r\n", url=b"http://g/")]
    brotli = pytest.importorskip("brotli")
    packer = brotli.Compressor(quality=1)
    packed = b"".join(packer.process(bytes(1 << 20)) for _ in range(1_000)) + packer.finish()
    bombs.append(warc(packed, b"Content-Encoding: br\r\n", url=b"http://b/"))
    page, urls = find_page(b"".join(bombs) + warc(PAGE))
    assert page.body == PAGE
    assert urls == ("http://a.example/",)


def test_a_body_in_brotli_is_read(small):
    brotli = pytest.importorskip("brotli")
    page, _ = find_page(warc(brotli.compress(PAGE), b"Content-Encoding: br\r\n"))
    assert page.body == PAGE


@pytest.mark.parametrize(
    "name", ["../../../x.warc", "/etc/x.warc", "a\\..\\..\\x.warc", "C:x.warc"]
)
def test_names_in_an_archive_lead_nowhere(small, tmp_path, monkeypatch, name):
    monkeypatch.chdir(tmp_path)
    page, _ = find_page(zipped(**{name: warc(PAGE)}))
    assert page.body == PAGE
    assert list(tmp_path.iterdir()) == []
