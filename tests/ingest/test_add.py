"""``pincite add`` from end to end: files, addresses, newer editions, and what it refuses."""

import gzip
import hashlib
import io
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from pincite.base.text import Text
from pincite.fixing import find_fixes
from pincite.link.search import living_id
from pincite.load.sources import parse_source

from .support import PAGES, SEED, check, codes, failure, make_project, read_source, run_add

PROSE = "The harbour bridge was closed to all lorries on Monday after an inspection."
TEXT = f"Bridge closed for months\n\nBy Ann Lee\n\n{PROSE}\n\nIt will stay so until autumn, the council said in its statement.\n\nThe third thing to know is that buses may still go over the bridge.\n"


@pytest.fixture
def root(tmp_path):
    return make_project(tmp_path)


def write(root, name, text):
    path = root.parent / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def files(root):
    return {p.relative_to(root).as_posix(): p.read_bytes() for p in root.rglob("*") if p.is_file()}


def test_a_text_file(root):
    path = write(root, "a.txt", TEXT)
    result = run_add(
        root,
        path,
        "--retrieved-at",
        "2025-02-12T09:00:00Z",
        "--by",
        "Ann",
        "--publisher",
        "The Courier",
        "--published",
        "2025-02",
        "--published-note",
        "It says so.",
        "--archive",
        "https://web.archive.org/web/20250212093000/https://x.example/",
        "--language",
        "en",
    )
    assert result.exit_code == 0, result.exception
    source = read_source(root, "bridge-closed-for-months")
    assert source.sha256 == hashlib.sha256(TEXT.encode()).hexdigest()
    assert (root / source.snapshot).read_bytes() == TEXT.encode()
    assert (source.title, source.publisher, source.authors) == (
        "Bridge closed for months",
        "The Courier",
        ("Ann Lee",),
    )
    assert (source.published.edtf, source.published_basis) == ("2025-02", "inferred")
    assert (source.retrieved_at, source.retrieved_by) == ("2025-02-12T09:00:00Z", "Ann")
    assert source.tool.startswith("pincite ")
    (archive,) = source.archives
    assert (archive.at, archive.kind) == ("2025-02-12T09:30:00Z", "wayback")
    assert [p.id for p in source.paragraphs] == ["p1", "p2", "p3"]
    assert codes(root, "content/sources/bridge-closed") == []
    assert "3 paragraphs" in result.output
    assert "no address" in result.output


@pytest.mark.parametrize("name", ["wordpress", "guardian", "bbc", "table", "live"])
def test_pages_pass_the_proof(root, name):
    assert run_add(root, PAGES / f"{name}.html", "--id", name).exit_code == 0
    assert codes(root, f"content/sources/{name}") == []


def test_the_seed(root):
    assert run_add(root, SEED, "--id", "nk").exit_code == 0
    assert codes(root, "content/sources/nk") == []
    assert len(read_source(root, "nk").paragraphs) == 18


def test_nothing_is_overwritten(root):
    before = files(root)
    one = write(root, "a.txt", TEXT)
    two = write(
        root,
        "b.txt",
        TEXT + "\nAnd this is new: the ferry sails every hour until the autumn comes.\n",
    )
    assert run_add(root, one).exit_code == run_add(root, two).exit_code == 0
    after = files(root)
    assert {k: after[k] for k in before} == before
    assert "content/sources/bridge-closed-for-months-2.md" in after
    assert "already" in failure(run_add(root, one)).message
    assert (
        "--update"
        in failure(
            run_add(root, write(root, "c.txt", TEXT + "More."), "--id", "bridge-closed-for-months")
        ).help
    )


def test_a_file_in_seeds_stays_where_it_is(root):
    path = root / "seeds/mine.txt"
    path.write_text(TEXT, "utf-8")
    assert run_add(root, path).exit_code == 0
    assert read_source(root, "bridge-closed-for-months").snapshot == "seeds/mine.txt"
    assert len(list((root / "seeds").iterdir())) == 2


def test_a_dry_run_writes_nothing(root):
    before = files(root)
    assert "Would write" in run_add(root, write(root, "a.txt", TEXT), "--dry-run").output
    assert files(root) == before


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.txt", b"", "nothing"),
        ("a.txt", b" \n \n", "nothing"),
        ("a.txt", b"\0\1\2" * 500, "not text"),
        ("a.docx", b"PK\3\4", "not read"),
        ("a.html", b"<p>Hello", "no article"),
        ("a.pdf", b"%PDF-1.4 broken", "the PDF is cut off or broken"),
        ("a.warc.gz", b"\x1f\x8bbroken", "the archive is cut off or broken"),
        ("a.warc", b"", "nothing"),
        ("a.wacz", b"PK\3\4broken", "the archive is cut off or broken"),
        ("a.pdf", b"no PDF at all", "it is no PDF"),
        ("a.html", b"\x89PNG\r\n\x1a\n" + bytes(90), "it is a PNG picture"),
        ("a.html", b"PK\3\4" + bytes(90), "it is a ZIP archive"),
        ("a.txt", b"{\\rtf1 The bridge closes on Monday.}", "it is a Rich Text document"),
        ("a.html", b"<p>" + bytes(range(1, 9)) * 90, "it is not text"),
    ],
)
def test_what_is_no_article_is_refused(root, name, data, message):
    before = files(root)
    assert message in failure(run_add(root, write(root, name, data))).message
    assert files(root) == before


@pytest.mark.parametrize(
    ("name", "advice"),
    [("a.docx", "save the text as .txt"), ("a.mht", "HTML only"), ("a.csv", "pincite import")],
)
def test_a_format_that_is_not_read_has_a_way_out(root, name, advice):
    assert advice in failure(run_add(root, write(root, name, b"PK"))).help


@pytest.mark.parametrize(
    "arguments",
    [
        ("nowhere.txt",),
        (".",),
        ("a.txt", "--id", "not an id"),
        ("a.txt", "--published", "7 February 2025"),
        ("a.txt", "--language", "!!"),
        ("a.txt", "--retrieved-at", "yesterday"),
        ("a.txt", "--archive", "ftp://x.example/"),
        ("a.txt", "--published-note", "why"),
        ("a.txt", "--update", "nobody"),
    ],
)
def test_what_is_wrong_on_the_command_line(root, arguments, monkeypatch):
    write(root, "a.txt", TEXT)
    monkeypatch.chdir(root.parent)
    before = files(root)
    failure(run_add(root, *arguments))
    assert files(root) == before


# --- newer editions --------------------------------------------------------------------------


def test_a_newer_edition(root):
    assert (
        run_add(
            root, write(root, "a.txt", TEXT), "--id", "b", "--retrieved-at", "2025-02-12"
        ).exit_code
        == 0
    )
    path = root / "content/sources/b.md"
    path.write_text(
        path.read_text("utf-8")
        .replace("published: null", "published: 2025-02-12  # mine")
        .replace(
            "url_note: The file came without its address.",
            "url_note: >-\n  Given on paper,\n  by hand.",
        ),
        "utf-8",
    )
    events = root / "content/events/b.yaml"
    events.write_text(
        "- id: one\n  date: 2025-02\n  title: One\n  cite:\n"
        "    - {source: b, quote: closed to all lorries on Monday after an inspection}\n"
        "    - {source: b, quote: It will stay so until autumn}\n"
        "    - {source: b, quote: buses may still go over the bridge, paragraph: p3}\n",
        "utf-8",
    )
    newer = TEXT.replace(
        "\n\nIt will stay so until autumn, the council said in its statement.", ""
    ).replace("Monday after", "Monday, after")
    newer = newer.replace(
        "\n\nThe third",
        "\n\nA wholly new paragraph stands here, which nobody has seen before today.\n\nThe third",
    )
    result = run_add(
        root, write(root, "b.txt", newer), "--update", "b", "--retrieved-at", "2025-03-01"
    )
    assert result.exit_code == 0, result.exception
    text = path.read_text("utf-8")
    assert "published: 2025-02-12  # mine\n" in text
    assert "url_note: >-\n  Given on paper,\n  by hand.\n" in text
    assert "retrieved_at: 2025-03-01\n" in text
    assert "2025-02-12T" not in text
    source = read_source(root, "b")
    assert [(p.id, p.retired) for p in source.paragraphs] == [
        ("p1", False),
        ("p2", True),
        ("p4", False),
        ("p3", False),
    ]
    assert source.sha256 == hashlib.sha256(newer.encode()).hexdigest()
    assert (root / source.snapshot).read_bytes() == newer.encode()
    assert len(list((root / "seeds").glob("bridge-closed*"))) == 2
    assert "1 as before" in result.output
    assert result.output.count("lost") == 2  # the comma, and the paragraph that has gone
    assert {code for code, _ in codes(root, "content/sources/b.md")} == set()
    # The paragraph comes back: so does its id.
    third = TEXT + "\nOne more thing stands at the very end of this newest edition of the text."
    assert (
        run_add(
            root, write(root, "c.txt", third), "--update", "b", "--retrieved-at", "2025-03-02"
        ).exit_code
        == 0
    )
    assert [p.id for p in read_source(root, "b").paragraphs if not p.retired] == [
        "p1",
        "p2",
        "p3",
        "p5",
    ]
    assert not [d for d in check(root).found if d.severity == "error"]


def test_paragraphs_that_became_one(root):
    second = "It will stay so until autumn, the council said in its statement."
    assert run_add(root, write(root, "a.txt", TEXT), "--id", "b").exit_code == 0
    events = root / "content/events/b.yaml"
    events.write_text(
        "# kept\n- id: one\n  date: 2025-02\n  title: One\n  cite:\n"
        "    - {source: b, quote: It will stay so until autumn, paragraph: p2}  # so\n",
        "utf-8",
    )
    newer = TEXT.replace(f"\n\n{second}", f" {second}")
    result = run_add(root, write(root, "b.txt", newer), "--update", "b")
    assert result.exit_code == 0, result.exception
    assert "1 became part of another (p2 in p1)" in result.output
    assert "the words stood in p2 and stand in p1 now" in result.output
    assert f"[p2 retired in p1] {second}" in (root / "content/sources/b.md").read_text("utf-8")
    checked = check(root)
    assert not [d for d in checked.found if d.severity == "error"]

    citation = next(e for e in checked.corpus.events if e.id == "one").claims[0].citations[0]
    assert (citation.paragraph, citation.exact) == ("p1", "It will stay so until autumn")
    fixes = find_fixes(checked).texts
    assert fixes["content/events/b.yaml"] == events.read_text("utf-8").replace(
        "paragraph: p2", "paragraph: p1"
    )
    # The next edition parts them again: the id returns to its words.
    assert run_add(root, write(root, "c.txt", TEXT + "\n"), "--update", "b").exit_code == 0
    assert [(p.id, p.retired, p.merged) for p in read_source(root, "b").paragraphs] == [
        ("p1", False, ""),
        ("p2", False, ""),
        ("p3", False, ""),
    ]


@pytest.mark.parametrize(
    ("marks", "wanted"),
    [
        (("p1", "p2 retired in p1", "p3"), "p1"),
        (("p1", "p2 retired in p3", "p3 retired in p1"), "p1"),
        (("p1", "p2 retired in p2", "p3"), "p2"),
        (("p1", "p2 retired in p3", "p3 retired in p2"), "p2"),
        (("p1", "p2 retired in p9", "p3"), "p2"),
        (("p1", "p2 retired", "p3"), "p2"),
    ],
)
def test_where_a_retired_paragraph_leads(marks, wanted):
    body = "\n\n".join(f"[{mark}] Words" for mark in marks)
    source, found = parse_source(Text("content/sources/x.md", f"---\ntitle: T\n---\n\n{body}\n"))
    assert not found
    assert living_id(source, "p2") == wanted
    assert living_id(source, "p1") == "p1"


def test_the_same_bytes_are_no_edition(root):
    path = write(root, "a.txt", TEXT)
    run_add(root, path, "--id", "b")
    assert "nothing has changed" in failure(run_add(root, path, "--update", "b")).message


def test_what_was_dropped_stays_dropped(root):
    run_add(root, write(root, "a.txt", TEXT), "--id", "b")
    path = root / "content/sources/b.md"
    text = (
        path.read_text("utf-8")
        .replace("[p3] The third thing to know is that buses may still go over the bridge.", "")
        .rstrip()
        + "\n"
    )
    text = text.replace(
        "dropped: [Bridge closed for months, By Ann Lee]",
        "dropped:\n  - Bridge closed for months # t\n  - By Ann Lee\n  - The third thing to know is\n",
    )
    path.write_text(text, "utf-8")
    result = run_add(
        root,
        write(
            root,
            "b.txt",
            TEXT.replace("until autumn", "until the autumn")
            + "\nA new one follows here, and it has quite a few words in it too.\n\nSubscribe now\n",
        ),
        "--update",
        "b",
    )
    assert result.exit_code == 0, result.exception
    assert [p.id for p in read_source(root, "b").paragraphs] == ["p1", "p2", "p3"]
    assert "A new one" in read_source(root, "b").paragraphs[2].text
    text = path.read_text("utf-8")
    assert (
        "  - Bridge closed for months # t\n  - By Ann Lee\n  - The third thing to know is\n  - Subscribe now\n"
        in text
    )
    assert codes(root, "content/sources/b.md") == []


# --- addresses -------------------------------------------------------------------------------


class Site(BaseHTTPRequestHandler):
    def do_GET(self):
        page = (PAGES / "bbc.html").read_bytes()
        answers = {
            "/a": (200, "text/html; charset=utf-8", page),
            "/moved": (302, "/a", b""),
            "/loop": (302, "/loop", b""),
            "/gone": (404, "text/html", b"no"),
            "/image": (200, "image/png", b"\x89PNG"),
            "/plain": (200, "text/plain", TEXT.encode()),
            "/octets.html": (200, "application/octet-stream", page),
        }
        status, kind, body = answers[self.path]
        self.send_response(status)
        self.send_header("Location" if status == 302 else "Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def site():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.mark.parametrize(
    ("path", "ending"),
    [("/a", ".html"), ("/moved", ".html"), ("/octets.html", ".html"), ("/plain", ".txt")],
)
def test_an_address(root, site, path, ending):
    result = run_add(root, site + path, "--allow-private", "--id", "x")
    assert result.exit_code == 0, result.exception
    source = read_source(root, "x")
    assert source.url == site + ("/a" if path == "/moved" else path)
    assert source.retrieved_at.endswith("Z")
    assert len(source.retrieved_at) == 20
    assert source.snapshot.endswith(ending)
    assert codes(root, "content/sources/x") == []


@pytest.mark.parametrize(
    ("path", "message"), [("/gone", "404"), ("/image", "image/png"), ("/loop", "circle")]
)
def test_an_address_that_gives_no_article(root, site, path, message):
    before = files(root)
    assert message in failure(run_add(root, site + path, "--allow-private")).message
    assert files(root) == before


def test_a_private_address_is_refused(root, site):
    assert "--allow-private" in failure(run_add(root, site + "/a")).help


# --- PDF and web archives --------------------------------------------------------------------


def make_pdf(pages: list[list[str]], title: str = "") -> bytes:
    """A small PDF with a line of text an entry, as a word processor sets them."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b""]
    kids = []
    for lines in pages:
        text = (
            b"BT /F1 11 Tf 14 TL 60 760 Td "
            + b" ".join(
                b"(%s) Tj T*" % line.replace("(", r"\(").replace(")", r"\)").encode("latin-1")
                for line in lines
            )
            + b" ET"
        )
        number = len(objects) + 1
        kids.append(number)
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents %d 0 R /Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>"
            % (number + 1)
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(text), text))
    objects[1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (
        len(kids),
        b" ".join(b"%d 0 R" % k for k in kids),
    )
    objects.append(b"<< /Title (%s) >>" % title.encode("latin-1"))
    out, places = io.BytesIO(b"%PDF-1.4\n"), []
    out.seek(0, 2)
    for number, body in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.write(b"".join(b"%010d 00000 n \n" % place for place in places))
    out.write(
        b"trailer << /Size %d /Root 1 0 R /Info %d 0 R >>\nstartxref\n%d\n%%%%EOF\n"
        % (len(objects) + 1, len(objects), start)
    )
    return out.getvalue()


PDF_PAGES = [
    [
        "Annual review",
        "State of the bridge",
        "The harbour bridge was inspected in January by four engineers of the municipal-",
        "ity, who found cracks in two of its twelve pillars and rust on the bearings of",
        "the northern span.",
        "The report recommends that no lorries be let over it until the repairs, which",
        "will take six months, have been finished and tested.",
        "1",
    ],
    [
        "Annual review",
        "Costs are put at 4.2 million euros, of which the region pays a third and the",
        "city the rest, the report says on its last page.",
        "2",
    ],
    [
        "Annual review",
        "The annex lists every pillar with the number and the width of its cracks, as",
        "they were measured between 20 and 31 January.",
        "3",
    ],
]


def test_a_pdf_keeps_its_pages(root):
    pytest.importorskip("pypdf")
    path = write(root, "r.pdf", make_pdf(PDF_PAGES, "The state of the harbour bridge"))
    result = run_add(root, path, "--id", "r")
    assert result.exit_code == 0, result.exception
    source = read_source(root, "r")
    assert source.title == "The state of the harbour bridge"
    assert [(p.kind, p.page) for p in source.paragraphs] == [
        ("heading", "1"),
        ("paragraph", "1"),
        ("paragraph", "1"),
        ("paragraph", "2"),
        ("paragraph", "3"),
    ]
    assert "municipality, who found" in source.paragraphs[1].text
    assert source.dropped == ("Annual review",)
    assert codes(root, "content/sources/r") == []


def test_a_pdf_without_text_is_refused(root):
    pytest.importorskip("pypdf")
    assert "no text" in failure(run_add(root, write(root, "r.pdf", make_pdf([["1"]])))).message


def make_warc(pages: dict[str, bytes]) -> bytes:
    """A WARC of answers, each record packed on its own, as crawlers write them."""
    pytest.importorskip("warcio")
    out = b""
    for number, (url, body) in enumerate(pages.items()):
        kind = "image/png" if url.endswith(".png") else "text/html; charset=utf-8"
        answer = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\n\r\n".encode() + body
        head = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{number}>\r\n"
            f"WARC-Target-URI: {url}\r\nWARC-Date: 2025-02-12T10:00:00Z\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n"
        )
        out += gzip.compress(head.encode() + answer + b"\r\n\r\n")
    return out


def test_a_web_archive(root):
    data = make_warc(
        {
            "https://x.example/i.png": b"\x89PNG",
            "https://x.example/bbc": (PAGES / "bbc.html").read_bytes(),
            "https://x.example/wp": (PAGES / "wordpress.html").read_bytes(),
        }
    )
    path = write(root, "c.warc.gz", data)
    which = failure(run_add(root, path))
    assert "2 web pages" in which.message
    assert "https://x.example/wp" in which.help
    assert "no page" in failure(run_add(root, path, "--record", "https://x.example/no")).message
    result = run_add(root, path, "--record", "https://x.example/bbc", "--id", "w")
    assert result.exit_code == 0, result.exception
    source = read_source(root, "w")
    assert (source.url, source.retrieved_at) == ("https://x.example/bbc", "2025-02-12T10:00:00Z")
    assert (root / source.snapshot).read_bytes() == data
    assert source.snapshot.endswith(".warc.gz")
    assert len(source.paragraphs) == 6
    assert codes(root, "content/sources/w") == []
    # The build reads the page in the archive: a changed word is found.
    ledger = root / "content/sources/w.md"
    ledger.write_text(ledger.read_text("utf-8").replace("Inspectors", "Nobody", 1), "utf-8")
    found = [code for code, _ in codes(root, "content/sources/w")]
    assert found[0] == "paragraph-not-in-snapshot"


@pytest.mark.parametrize(
    ("address", "url"),
    [
        ('https://x.example/a|"b c#d', "https://x.example/a%7C%22b%20c#d"),
        ("http://[x/", ""),
        ("https://a%3Cb/", ""),
    ],
)
def test_a_web_archive_names_a_page_as_no_source_could(root, address, url):
    page, other = ((PAGES / name).read_bytes() for name in ("bbc.html", "wordpress.html"))
    data = make_warc({"https://x.example/b": other, address: page})
    result = run_add(root, write(root, "c.warc.gz", data), "--record", address, "--id", "w")
    assert result.exit_code == 0, result.exception
    source = read_source(root, "w")
    assert source.url == url
    assert ("which is no address" in result.output) == (not url)
    # The same page is found again, where it has an address.
    proven = "paragraph-not-in-snapshot" not in dict(codes(root, "content/sources/w"))
    assert proven
    ledger = root / "content/sources/w.md"
    ledger.write_text(ledger.read_text("utf-8").replace("Inspectors", "Nobody", 1), "utf-8")
    found = "paragraph-not-in-snapshot" in dict(codes(root, "content/sources/w"))
    assert found == bool(url)


def test_a_web_archive_that_says_no_moment(root):
    page = (PAGES / "bbc.html").read_bytes()
    data = gzip.decompress(make_warc({"https://x.example/b": page}))
    data = data.replace(b"2025-02-12T10:00:00Z", b'2025-02-12T10:"<b>:0')
    assert run_add(root, write(root, "c.warc", data), "--id", "w").exit_code == 0
    assert read_source(root, "w").retrieved_at == ""


def test_a_wacz(root):
    import zipfile

    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(
            "archive/data.warc.gz",
            make_warc({"https://x.example/bbc": (PAGES / "bbc.html").read_bytes()}),
        )
        archive.writestr("datapackage.json", "{}")
    assert run_add(root, write(root, "c.wacz", out.getvalue()), "--id", "w").exit_code == 0
    assert read_source(root, "w").title == "Dam inspectors warn of seepage"
