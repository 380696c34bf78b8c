"""Pages as real sites write them, and pages that are broken, lie or hold no article."""

import json

import pytest
from bs4 import BeautifulSoup

pytest.importorskip("trafilatura")

from pincite.base.decoding import decode
from pincite.base.diagnostics import Failure
from pincite.ingest.dom import read_blocks
from pincite.ingest.furniture import is_furniture, is_tail
from pincite.ingest.intake import Received, take_in
from pincite.ingest.metadata import read_metadata
from pincite.link.proof import snapshot_blocks

from .support import PAGES

SENTENCE = "The harbour bridge number {} was closed to all lorries on Monday after an inspection found cracks in it. "


def page(body: str, head: str = "<title>A title of some length</title>") -> bytes:
    return f"<!DOCTYPE html><html lang=en><head><meta charset=utf-8>{head}</head><body>{body}</body></html>".encode()


def prose(count: int) -> str:
    return "".join(f"<p>{SENTENCE.format(n)}{SENTENCE.format(n + 100)}</p>" for n in range(count))


def take(data: bytes, ending: str = ".html", charset: str = ""):
    return take_in(Received(data=data, ending=ending, charset=charset))


def shape(taken):
    return [(b.kind, b.text.split()[0], len(b.text.split())) for b in taken.article.blocks]


@pytest.mark.parametrize(
    ("name", "wanted", "kinds"),
    [
        (
            "wordpress",
            (
                "Harbour bridge closes after cracks found",
                "The Quay Courier",
                ("Mara Quill", "Tom Reed"),
                "2025-02-12",
                "en-GB",
            ),
            "ppchpiiiqpp",
        ),
        (
            "guardian",
            (
                "Grain ships leave port for first time in a year",
                "the Watch",
                ("Lena Ortiz",),
                "2024-08-02",
                "en",
            ),
            "ppppphpp",
        ),
        (
            "bbc",
            ("Dam inspectors warn of seepage", "BBD News", ("Iris Vane",), "2025-01-09", "en-GB"),
            "ppphpp",
        ),
        ("table", ("Counts of the wounded differ", "", (), "2025-03-01", "en"), "pppppp"),
        (
            "live",
            ("Storm Edda – live updates", "", ("Coast Radio newsroom",), "2025-01-24", "en"),
            "hphpphp",
        ),
    ],
)
def test_pages(name, wanted, kinds):
    article = take((PAGES / f"{name}.html").read_bytes()).article
    said = (article.title, article.publisher, article.authors, article.published, article.language)
    assert said == wanted
    assert article.published_basis == "stated"
    assert "".join(block.kind[0] for block in article.blocks) == kinds
    assert not any(is_furniture(block.text) or is_tail(block.text) for block in article.blocks)


@pytest.mark.parametrize(
    ("caption", "kept"),
    [
        ("The harbour as it was seen from the old bridge", True),
        ("The harbour", False),
        ("Photo: A. Walker, Gazette, with the help of the council", False),
        ("(Image credit: A. Walker and the whole of the harbour board)", False),
        ("© The Gazette and the council of the town, all of it", False),
    ],
)
def test_captions_that_tell_something_are_kept(caption, kept):
    prose = "<p>The harbour bridge was closed to all lorries on Monday after an inspection.</p>"
    figure = f"<figure><img src='a.png'><figcaption>{caption}</figcaption></figure>"
    body = f"{prose * 3}{figure}<p>It will stay so until autumn, the council said on Tuesday.</p>"
    page = f"<html><head><title>Bridge</title></head><body><article><h1>Bridge</h1>{figure}{body}{figure}</article></body></html>"
    article = take(page.encode()).article
    captions = [block.text for block in article.blocks if block.kind == "caption"]
    assert captions == [caption] * kept  # not the one above the text, and once only


def test_lines_that_begin_anew_are_no_broken_line():
    lines = (
        "1) The first thing that is said here is long",
        "http://x.example/the-first-thing-of-all",
    )
    prose = "<p>The harbour bridge was closed to all lorries on Monday after an inspection.</p>"
    page = f"<html><head><title>Bridge</title></head><body><article><h1>B</h1>{prose * 3}<p>{'<br>'.join(lines)}</p>{prose}</article></body></html>"
    assert set(lines) <= {block.text for block in take(page.encode()).article.blocks}


def test_nothing_disappears_silently():
    data = (PAGES / "wordpress.html").read_bytes()
    taken = take(data)
    kept = " ".join(" ".join(block.text.split()) for block in taken.article.blocks)
    for block in snapshot_blocks("x.html", data):
        assert " ".join(block.split()) in kept or block.startswith(taken.dropped), block


def test_a_line_break_parts_paragraphs_but_not_sentences():
    soup = BeautifulSoup(
        "<p>One thing.<br>Another thing.<br><br>A third thing that was said<br>goes on.</p>",
        "html.parser",
    )
    assert [b.text for b in read_blocks(soup)] == [
        "One thing.",
        "Another thing.",
        "A third thing that was said goes on.",
    ]


def test_hidden_text_is_not_text():
    soup = BeautifulSoup(
        '<p>Seen</p><p hidden>No</p><p style="display: none">No</p><script>no</script><span class="sr-only">No</span>',
        "html.parser",
    )
    assert [b.text for b in read_blocks(soup)] == ["Seen"]


def test_depth_costs_no_recursion():
    deep = "<div>" * 5_000 + prose(3) + "</div>" * 5_000
    blocks = read_blocks(BeautifulSoup(deep, "html.parser"))
    assert len(blocks) == 3


@pytest.mark.parametrize(
    "body",
    [
        "<div><p>{0}<p>{1}<p>{2}",
        "<article><p>{0}</b></i><p>{1}</div></p><div>{2}",
        "<article><p>{0}</p><!-- never closed <p>{1}</p><p>{2}</p> --><p>{1}</p><p>{2}</p></article",
        "<table><tr><td><p>{0}</p><p>{1}</p><p>{2}</p></table>",
    ],
)
def test_broken_markup(body):
    words = [SENTENCE.format(n) * 2 for n in range(3)]
    taken = take(page(body.format(*words)))
    assert [b.text for b in taken.article.blocks] == [word.strip() for word in words]


@pytest.mark.parametrize(
    ("body", "hint"),
    [
        ("", "no text at all"),
        ("<p>The bridge is closed.</p>", "“The bridge is closed.”"),
        (
            "<frameset><frame src=menu.html><frame src='main.html'></frameset>",
            "menu.html, main.html",
        ),
        ("<nav>" + "<a href=/>Somewhere else</a> " * 50 + "</nav>", "list of links"),
        ("<div id=root></div><script>render()</script>", "script"),
        ("<p>Please enable JavaScript to go on.</p>", "your own browser"),
    ],
)
def test_a_page_without_an_article_says_so(body, hint):
    with pytest.raises(Failure, match="no article") as caught:
        take(page(body))
    assert hint in caught.value.help


def test_a_huge_page_is_refused():
    with pytest.raises(Failure, match="million characters"):
        take(page("<p>" + "a" * 9_000_000))


CYRILLIC = "Мост через гавань закрыт для грузовиков с понедельника, сообщил городской совет. Ремонт займёт шесть месяцев. "


@pytest.mark.parametrize(
    ("data", "header", "encoding", "doubtful"),
    [
        ("né".encode(), "", "utf-8", False),
        ('<meta charset="iso-8859-1">né'.encode(), "", "utf-8", True),
        ('<meta charset="iso-8859-1">né “x”'.encode("cp1252"), "", "cp1252", False),
        (
            f'<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">{CYRILLIC}'.encode(
                "cp1251"
            ),
            "",
            "cp1251",
            False,
        ),
        (
            f"<?xml version='1.0' encoding='koi8-r'?>{CYRILLIC}".encode("koi8-r"),
            "utf-8",
            "koi8-r",
            False,
        ),
        (CYRILLIC.encode("koi8-r"), "koi8-r", "koi8-r", True),
        (CYRILLIC.encode("utf-16"), "", "utf-16-le", False),
        ("née là".encode("cp1252"), "", "cp1252", True),
        (CYRILLIC.encode() + b"\xff" + CYRILLIC.encode(), "", "utf-8", True),
        (b'<meta charset="base64">n\xe9', "", "cp1252", True),
        (b'<meta charset="utf-8">n\xe9e', "", "cp1252", True),
        (b"plain", "", "utf-8", False),
        (b"", "nonsense", "utf-8", False),
    ],
)
def test_charsets(data, header, encoding, doubtful):
    decoded = decode(data, header)
    assert decoded.encoding == encoding
    assert bool(decoded.doubt) == doubtful


def test_a_page_that_lies_about_its_charset():
    body = "".join(
        f"<p>“{SENTENCE.format(n)}” said the café’s owner, Zoë. {SENTENCE.format(n + 50)}</p>"
        for n in range(4)
    )
    data = page(body).replace(b"charset=utf-8", b"charset=iso-8859-1")
    taken = take(data)
    assert "café’s owner, Zoë" in taken.article.blocks[0].text
    assert any("utf-8" in doubt.lower() for doubt in taken.article.doubts)


def test_articles_in_scripts_that_part_no_words():
    words = "该部周一表示，由四十辆卡车组成的车队已离开港口，将于周五晚间抵达边境。"
    more = "目击者描述了过境点排起的长队，两名警卫受伤，救援人员向司机分发饮用水。"
    taken = take(page(f"<article><h1>车队离开港口</h1><p>{words}</p><p>{more}</p></article>"))
    assert [block.text for block in taken.article.blocks] == [words, more]
    plain = take(f"车队离开港口\n\n{words}\n\n{more}\n".encode(), ".txt")
    assert [block.text for block in plain.article.blocks] == [words, more]


def test_a_caption_below_the_last_paragraph_is_of_the_article():
    figure = "<figure><figcaption>Lorries wait at the border on Monday.</figcaption></figure>"
    taken = take(page(f"<article>{prose(3)}{figure}</article><aside>{figure}</aside>"))
    *paragraphs, last = taken.article.blocks
    assert (last.kind, last.text) == ("caption", "Lorries wait at the border on Monday.")
    assert {block.kind for block in paragraphs} == {"paragraph"}


def test_a_page_in_another_charset():
    data = page("".join(f"<p>{n} {CYRILLIC * 3}</p>" for n in range(4)))
    data = data.decode().replace("charset=utf-8", "charset=windows-1251").encode("cp1251")
    assert "Мост через гавань" in take(data).article.blocks[0].text


def ld(**entry):
    return f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", **entry})}</script>'


@pytest.mark.parametrize(
    ("head", "wanted"),
    [
        (
            ld(headline="A &amp; B", author="By Ann Lee and Bo Roe"),
            {"title": "A & B", "authors": ("Ann Lee", "Bo Roe")},
        ),
        (ld(headline=["x"], author=[{"name": ["Ann Lee"]}, None, 5]), {"authors": ("Ann Lee",)}),
        (
            '<script type="application/ld+json">{broken</script><meta name=author content="Ann Lee">',
            {"authors": ("Ann Lee",)},
        ),
        (ld(datePublished="2025-02-30"), {"published": ""}),
        (ld(datePublished="20250207T120000Z"), {"published": "2025-02-07"}),
        ('<meta name=pubdate content="2025/02/07 10:00">', {"published": "2025-02-07"}),
        ('<meta property="article:author" content="https://social.example/ann">', {"authors": ()}),
        (
            "<title>The bridge is closed | The Courier</title><meta property=og:site_name content='The Courier'>",
            {"title": "The bridge is closed"},
        ),
        ("<title>Kyiv - a city at war</title>", {"title": "Kyiv - a city at war"}),
        (
            '<link rel=canonical href="/a/b"><meta property=og:locale content=pt_BR>',
            {"url": "https://x.example/a/b", "language": "pt-BR"},
        ),
        ('<link rel=canonical href="javascript:alert(1)">', {"url": ""}),
        (ld(publisher={"name": "x" * 6_000}), {"publisher": ""}),
    ],
)
def test_metadata(head, wanted):
    said = read_metadata(BeautifulSoup(f"<head>{head}</head>", "html.parser"), "https://x.example/")
    assert {key: getattr(said, key) for key in wanted} == wanted


def test_days_that_differ_are_doubted():
    head = (
        ld(datePublished="2025-02-07")
        + '<meta property="article:published_time" content="2025-02-09">'
    )
    said = read_metadata(BeautifulSoup(head, "html.parser"))
    assert said.published == "2025-02-07"
    assert "2025-02-09" in said.doubts[0]
