"""Files that come in with hostile text: web pages, PDFs, Markdown, web archives, pictures, sound.

Each maker takes ``deal``, which gives the next payload.
"""

import io
import json
import re
import struct
import zlib
from collections.abc import Callable
from html import escape

from PIL import Image, PngImagePlugin

Deal = Callable[[], str]
SAID = "On 3 March 2025 the harbour master wrote {} in a letter to the council of the town."
# What makes text of all that follows, so that no article would be left.
_SWALLOWS = re.compile(
    "<!|<(?:plaintext|textarea|title|xmp|listing|template|select|frameset)", re.IGNORECASE
)
# Names that a path may have; each is of some family that breaks out of somewhere.
NAMES = (
    "x' onerror=trap() y='",
    "&lt;img src=x onerror=trap()&gt;",
    "&quot; onload=&quot;trap()",
    "%3Cscript%3Etrap()%3C%2Fscript%3E",
    "{{ page.__class__ }}{% raw %}",
    "${trap()}`trap()`",
    "javascript&colon;trap()",
    "#x) [y](javascript;trap()) ![",
    "x, y 2x, https;evil.invalid",
    "..%2f..%2fetc%2fpasswd",
    "раураl ﷺ á́́́",
)


def web_page(deal: Deal, *, raw: bool) -> bytes:
    """Return an article with payloads in its head and body; *raw*: as markup, not as text."""

    def word() -> str:
        if not raw:
            return escape(deal())
        while _SWALLOWS.search(text := deal()):
            pass
        return text

    said = json.dumps(
        {
            "@type": "NewsArticle",
            "headline": deal(),
            "author": [{"name": deal()}, deal()],
            "publisher": {"name": deal()},
            "datePublished": "2025-03-04",
            "inLanguage": deal(),
            "url": deal(),
        }
    ).replace("</", "<\\/")
    names = ("og:title", "og:site_name", "author", "article:author", "og:url", "dc.date", "lang")
    meta = "".join(f'<meta property="{n}" content="{escape(deal())}">' for n in names)
    body = "".join(f"<p>{SAID.format(word())}</p>" for _ in range(20))
    body += f"<h2>{word()}</h2><ul>" + "".join(f"<li>{SAID.format(word())}</li>" for _ in range(4))
    body += f"</ul><blockquote><p>{SAID.format(word())}</p></blockquote>"
    body += f"<figure><img src=x alt='{escape(deal())}'><figcaption>{SAID.format(word())}"
    body += f"</figcaption></figure><table><tr><td>{word()}<td>{word()}</table>"
    body += f"<p><a href='{escape(deal())}'>{SAID.format(word())}</a></p>"
    return (
        f"<!doctype html><html lang='{escape(deal())}'><head><meta charset=utf-8>"
        f"<title>{word()}</title>{meta}<link rel=canonical href='{escape(deal())}'>"
        f"<script type=application/ld+json>{said}</script></head><body><article>"
        f"<h1>{word()} and the harbour</h1><p class=byline>By {word()}</p>"
        f"<time datetime='{escape(deal())}'>{word()}</time>{body}</article></body></html>"
    ).encode()


def markdown(deal: Deal) -> bytes:
    head = {key: deal() for key in ("title", "author", "publisher", "date", "url", "language")}
    front = "".join(f"{key}: {json.dumps(text)}\n" for key, text in head.items())
    body = "\n\n".join(SAID.format(deal()) for _ in range(30))
    return f"---\n{front}---\n\n# {deal()}\n\n{body}\n\n> {deal()}\n\n- {deal()}\n".encode()


def plain(deal: Deal) -> bytes:
    blocks = "\n\n".join(SAID.format(deal()) for _ in range(30))
    return f"{deal()}\n\nBy {deal()}\n\n{blocks}\n".encode()


def web_archive(deal: Deal, *, raw: bool) -> bytes:
    page = web_page(deal, raw=raw)
    url = "https://x.example/" + re.sub(r"[^!-~]", "", deal())
    answer = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nServer: {deal()}\r\n\r\n"
    body = answer.encode() + page
    return (
        f"WARC/1.1\r\nWARC-Type: response\r\nWARC-Date: 2025-03-05T00:00:00Z\r\n"
        f"WARC-Target-URI: {url}\r\nContent-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    ).encode() + body + b"\r\n\r\n"  # fmt: skip


def pdf(deal: Deal) -> bytes:
    """Return a document with payloads in its text, its title and author, and its XMP."""

    def word() -> str:
        while not (text := deal()).isascii():
            pass
        return text

    def string(text: str) -> bytes:
        return b"(" + re.sub(rb"([\\()])", rb"\\\1", text.encode()) + b")"

    drawn, height = [b"BT /F 18 Tf 1 0 0 1 50 780 Tm " + string(word()) + b" Tj"], 740
    for _ in range(24):
        drawn.append(b"/F 9 Tf 1 0 0 1 50 %d Tm " % height + string(SAID.format(word())) + b" Tj")
        height -= 28
    content = zlib.compress(b"\n".join([*drawn, b"ET"]))
    xmp = f"<x:xmpmeta><dc:title>{deal()}</dc:title><dc:creator>{deal()}</dc:creator>".encode()
    info = b"".join(b"/%b %b" % (key, string(word())) for key in (b"Title", b"Author", b"Subject"))
    fonts = b"<</Font<</F 5 0 R>>>>"
    objects = (
        b"<</Type/Catalog/Pages 2 0 R/Metadata 6 0 R/Lang %b>>" % string(word()),
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 1200 820]/Contents 4 0 R/Resources %b>>" % fonts,
        b"<</Length %d/Filter/FlateDecode>>\nstream\n%b\nendstream" % (len(content), content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        b"<</Type/Metadata/Subtype/XML/Length %d>>\nstream\n%b\nendstream" % (len(xmp), xmp),
        b"<<%b/CreationDate(D:20250304)>>" % info,
    )
    out, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    tail = b"trailer\n<</Size %d/Root 1 0 R/Info 7 0 R>>\n" % (len(objects) + 1)
    return out + head + table + tail + b"startxref\n%d\n%%%%EOF\n" % len(out)


# ---- media ------------------------------------------------------------------------------------


def pictures(deal: Deal) -> dict[str, bytes]:
    """Return pictures by their ending, with payloads wherever words can be kept in one."""
    image = Image.linear_gradient("L").convert("RGB").resize((600, 400))
    exif = Image.Exif()
    for tag in (0x010E, 0x010F, 0x013B, 0x8298, 0x9286, 0x9C9B):
        exif[tag] = deal()
    xmp = f"<x:xmpmeta><dc:title>{deal()}</dc:title></x:xmpmeta>".encode()
    words = PngImagePlugin.PngInfo()
    words.add_text("Title", deal(), zip=True)
    words.add_itxt("XML:com.adobe.xmp", xmp.decode())
    words.add_itxt("Comment", deal(), lang=deal()[:20], tkey=deal())
    made = {}
    for format, options in (
        ("JPEG", {"exif": exif, "xmp": xmp, "comment": deal().encode()}),
        ("PNG", {"exif": exif, "pnginfo": words}),
        ("WEBP", {"exif": exif, "xmp": xmp}),
        ("GIF", {"comment": deal().encode()[:250]}),
    ):
        out = io.BytesIO()
        image.save(out, format, **options)
        made[format.lower().replace("jpeg", "jpg")] = out.getvalue()
    return made


def _box(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body) + 8) + name + body


def _frame(name: bytes, body: bytes) -> bytes:
    size = bytes(len(body) >> shift & 127 for shift in (21, 14, 7, 0))
    return name + size + b"\0\0" + body


def sounds_and_films(deal: Deal) -> dict[str, bytes]:
    """Return a sound and a film by their ending, with payloads in all their tags."""
    tags = b"".join(
        _box(name, _box(b"data", b"\0\0\0\1\0\0\0\0" + deal().encode()))
        for name in (b"\xa9nam", b"\xa9ART", b"\xa9cmt", b"desc")
    )
    meta = _box(b"meta", bytes(4) + _box(b"ilst", tags))
    film = _box(b"ftyp", b"isom\0\0\0\0isom") + _box(b"free", deal().encode())
    film += _box(b"moov", _box(b"mvhd", bytes(100)) + _box(b"udta", meta))
    film += _box(b"mdat", deal().encode())
    frames = b"".join(
        _frame(name, b"\3" + deal().encode()) for name in (b"TIT2", b"TPE1", b"TXXX", b"WXXX")
    )
    frames += _frame(b"APIC", b"\3image/svg+xml\0\3\0<svg onload='trap()'/>")
    size = bytes(len(frames) >> shift & 127 for shift in (21, 14, 7, 0))
    sound = b"ID3\4\0\0" + size + frames + b"\xff\xfb\x90\x64" + bytes(413)
    return {"mp4": film, "mp3": sound}
