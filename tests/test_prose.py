"""Prose: what each piece of Markdown becomes, what is refused, and that nothing hostile gets out."""

import html as entities
import itertools
import re

import pytest
from bs4 import BeautifulSoup

from pincite.prose import SUMMARY_LIMIT, Prose, fill_references, parse_prose
from pincite.prose.fast import read_simple
from pincite.prose.markdown import read_markdown
from pincite.prose.reference import PLACEHOLDER

PLAIN = "p,strong,em,code,pre,blockquote,ul,li,hr,br,table,thead,tbody,tr,th,td"
ALLOWED: dict[str, set[str]] = {
    **{name: set() for name in PLAIN.split(",")},
    "a": {"href", "title", "rel"},
    "ol": {"start"},
    **{f"h{level}": {"id"} for level in range(2, 7)},
}


def assert_safe(html: str) -> None:
    """The HTML, as a browser would parse it, holds nothing but what the allow-list names."""
    for element in BeautifulSoup(html, "html5lib").body.find_all(True):
        assert element.name in ALLOWED, html
        assert set(element.attrs) <= ALLOWED[element.name], html
        if element.name == "a":
            address = re.sub(r"[\x00-\x20]", "", element["href"]).lower()
            scheme = re.match(r"([^/?#:]*):", address)
            assert scheme is None or scheme[1] in {"http", "https", "mailto"}, html
            assert not address.startswith(("//", "\\")), html
            assert element["rel"] == ["noopener", "noreferrer"], html
        if element.name.startswith("h") and "id" in element.attrs:
            assert element["id"].startswith("s-")


def read(markdown: str, **options: object) -> Prose:
    prose, problems = parse_prose(markdown, **options)
    assert problems == ()
    return prose


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("", ""),
        (" \n\n", ""),
        ("one\n\ntwo", "<p>one</p>\n<p>two</p>"),
        ("a **b** *c* `d`", "<p>a <strong>b</strong> <em>c</em> <code>d</code></p>"),
        ("***a*** *b **c***", "<p><strong><em>a</em></strong> <em>b <strong>c</strong></em></p>"),
        ("R&D, 3 < 5, &copy; &lt;", "<p>R&amp;D, 3 &lt; 5, &amp;copy; &amp;lt;</p>"),
        ("<b>x</b>", "<p>&lt;b&gt;x&lt;/b&gt;</p>"),
        ("<!-- x -->", "<p>&lt;!-- x --&gt;</p>"),
        ("`a &lt; <b>`", "<p><code>a &amp;lt; &lt;b&gt;</code></p>"),
        ("# A\n\n## B", "<h3>A</h3>\n<h4>B</h4>"),
        ("###### deep", "<h3>deep</h3>"),  # whatever the highest heading is
        ("# a\n\n###### deep", "<h3>a</h3>\n<h6>deep</h6>"),
        ("a  \nb", "<p>a<br>\nb</p>"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("3. a\n4. b", '<ol start="3">\n<li>a</li>\n<li>b</li>\n</ol>'),
        ("> a", "<blockquote>\n<p>a</p>\n</blockquote>"),
        ("```py\na < b\n```", "<pre><code>a &lt; b\n</code></pre>"),
        ("~~~\n```\n~~~", "<pre><code>```\n</code></pre>"),
        ("---", "<hr>"),
        (r"\*a\* 1\. \_", "<p>*a* 1. _</p>"),
        ("snake_case_name", "<p>snake_case_name</p>"),
        (
            '[a](https://x.org/?a=1&b=2 "t < u")',
            '<p><a href="https://x.org/?a=1&amp;b=2" title="t &lt; u" rel="noopener noreferrer">a</a></p>',
        ),
        (
            "<https://x.org/>",
            '<p><a href="https://x.org/" rel="noopener noreferrer">https://x.org/</a></p>',
        ),
        (
            "[a](mailto:a@x.org)",
            '<p><a href="mailto:a@x.org" rel="noopener noreferrer">a</a></p>',
        ),
    ],
)
def test_renders(markdown, html):
    assert read(markdown).html == html


def test_renders_tables():
    html = read("|a|b|\n|-|-:|\n|1|**2**|").html
    assert "<td><strong>2</strong></td>" in html
    assert "style" not in html


def test_headings_of_a_page_have_ids_that_are_pincites_to_give_away():
    page = read(
        "# The *method* [@a]\n\n# The method\n\n# ***\n\n# Ж", is_page=True, heading_level=2
    )
    assert re.findall(r'<h2 id="([^"]*)"', page.html) == [
        "s-the-method",
        "s-the-method-2",
        "s-section",
        "s-ж",
    ]


def references_of(markdown: str) -> list[tuple[object, ...]]:
    prose = read(markdown)
    for reference in prose.references:
        typed = markdown[reference.start : reference.end]
        assert reference.target in typed
        assert (reference.paragraph or "") in typed
    assert prose.html.count(PLACEHOLDER) == len(prose.references)
    return [(r.kind, r.target, r.paragraph, r.label) for r in prose.references]


@pytest.mark.parametrize("more", ["", " `slow`"])
@pytest.mark.parametrize(
    ("markdown", "references"),
    [
        ("Said [@eu-today].", [("citation", "eu-today", None, "")]),
        ("Said [@eu-today p7].", [("citation", "eu-today", "p7", "")]),
        ("Said [@eu-today, p7].", [("citation", "eu-today", "p7", "")]),
        (
            "Said [@a p1; @b;\n@é-2 p12].",
            [
                ("citation", "a", "p1", ""),
                ("citation", "b", None, ""),
                ("citation", "é-2", "p12", ""),
            ],
        ),
        ("[@a]: he said", [("citation", "a", None, "")]),
        ("[the losses](event:losses-seoul)", [("event", "losses-seoul", None, "the losses")]),
        ("[R&D](source:eu-today#p7)", [("source", "eu-today", "p7", "R&amp;D")]),
        ("[x](page:method) [@b]", [("page", "method", None, "x"), ("citation", "b", None, "")]),
    ],
)
def test_references(markdown, references, more):
    assert references_of(markdown + more) == references


def test_references_in_rich_places():
    assert references_of(
        "[*a* b](event:x)\n\n[l][r]\n\n- in a list [@a]\n\n> quoted [@b p2]\n\n[r]: page:y"
    ) == [
        ("event", "x", None, "<em>a</em> b"),
        ("page", "y", None, "l"),
        ("citation", "a", None, ""),
        ("citation", "b", "p2", ""),
    ]


@pytest.mark.parametrize(
    "markdown",
    [
        r"\[@a]",
        "`[@a p7]`",
        "    [@a]",
        "```\n[@a] [x](event:y)\n```",
        "x `](event:y)`",
        "](event:y",
    ],
)
def test_what_only_looks_like_a_reference_is_shown_as_typed(markdown):
    prose = read(markdown)
    assert prose.references == ()
    typed = markdown.replace("\\", "").replace("`", "").strip()
    assert typed in BeautifulSoup(prose.html, "html5lib").text


def test_fill_references():
    prose = read("a [@x p1; @y] [b](event:e)")
    assert fill_references(prose.html, ["<i>1</i>", "2", "3"]) == "<p>a [<i>1</i>; 2] 3</p>"
    with pytest.raises(ValueError):
        fill_references(prose.html, ["1", "2"])


def test_plain():
    assert (
        read("# H\n\na **b** & `<c>` [@x p1; @y p2], [l](event:e)\n\n- d\n- e").plain
        == "H a b & <c>, l d e"
    )


@pytest.mark.parametrize(
    ("markdown", "code", "place"),
    [
        ("[a](javascript:alert(1))", "bad-url", "javascript:alert(1)"),
        ("b [a](ftp://x.org/)", "bad-url", "ftp://x.org/"),
        ("[a](//x.org/)", "bad-url", "//x.org/"),
        ("[a](../events/x/)", "bad-url", "../events/x/"),
        ("[a](http://1.2.3.4.5/)", "bad-url", "http://1.2.3.4.5/"),
        ("[a]()", "bad-url", "[a]()"),
        ("see [@eu today p7]", "bad-reference", "[@eu today p7]"),
        ("see [@a p7 p8]", "bad-reference", "[@a p7 p8]"),
        ("[a [@b] c](https://x.org)", "bad-reference", "[@b]"),
        ("[a](page:x#p2)", "bad-reference", "page:x#p2"),
        ("[a](event:)", "bad-reference", "event:"),
        ("![a](b.png)", "prose-image", "b.png"),
        ("x\n\n```\ncode", "markdown-refused", "```"),
        ("a\n" + "> " * 13 + "b", "markdown-refused", "> " * 13 + "b"),
    ],
)
def test_problems(markdown, code, place):
    prose, (problem,) = parse_prose(markdown)
    assert (problem.code, markdown[problem.start : problem.end]) == (code, place)
    assert problem.message
    assert problem.help
    assert prose.references == ()
    assert "<a" not in prose.html.replace('<a href="https://x.org"', "")


def test_relative_links_belong_to_pages():
    assert 'href="../x/#y"' in read("[a](../x/#y)", is_page=True).html


@pytest.mark.parametrize(
    "unit",
    [
        "- ",
        "1. ",
        ">",
        "> - ",
        "- >",
        "-\t",
        "* > 1. ",
        "[",
        "![",
        "[a](",
        "[`]`",
        "[\\]",
        "``a`",
        "a\n=\n",
        "# a\n",
        "---\n",
        "\n- ",
        "\\",
        "> # a\n",
    ],
)
def test_too_much_is_refused_before_it_costs_time(unit):
    markdown = unit * (199_999 // len(unit)) + "a"  # `- - -` alone is a rule
    prose, (problem,) = parse_prose(markdown, limit=200_000)
    assert problem.code == "markdown-refused"
    assert prose == Prose()
    assert 0 <= problem.start < problem.end <= len(markdown)


def test_long_prose_that_is_sound_is_read():
    paragraph = (
        "It's `code` and [a](https://x.org/a_b) with [@source-id p7] and **bold** \\* text. " * 8
    )
    table = "|a|b|\n|-|-|\n" + "| [x](https://x.org) `y` | it's [@a p1] |\n" * 150
    items = "- [x](https://x.org) 'says' [@b]\n" * 400
    markdown = f"# Heading\n\n{paragraph}\n\n" * 150 + table + "\n\n" + items
    prose, problems = parse_prose(markdown, limit=200_000)
    assert problems == ()
    assert len(prose.references) == 150 * 8 + 150 + 400


def test_length_is_bounded():
    _, (problem,) = parse_prose("a" * (SUMMARY_LIMIT + 1))
    assert (problem.code, problem.start) == ("markdown-refused", SUMMARY_LIMIT)


EVENTS = [
    "onerror=alert(1)",
    "ONLOAD=alert(1)",
    'onclick="alert(1)"',
    "onfocus=alert(1) autofocus",
    "style=x:expression(1)",
    "srcdoc='<b>'",
]
ELEMENTS = [
    "img src=x",
    "svg",
    "script",
    "iframe",
    "body",
    "math",
    "a href=javascript:alert(1)",
    "video",
    "details open",
    "input",
    "object data=data:,x",
    "form action=javascript:1",
]
SHAPES = [
    "<{e} {v}>",
    "<{e}/{v}>x</{n}>",
    "<{e}\n{v}\n>",
    "\\<{e} {v}>",
    "`x` <{e} {v}>",
    "- <{e} {v}>",
    "&lt;{e} {v}&gt;",
    '[a](https://x.org "<{e} {v}>")',
    '[<{e} {v}>](https://x.org/">)',
    "[@a<{e} {v}>]",
    "```\n</code></pre><{e} {v}>\n```",
]


@pytest.mark.parametrize("shape", SHAPES)
def test_no_element_gets_out(shape):
    for element, event in itertools.product(ELEMENTS, EVENTS):
        markdown = shape.format(e=element, v=event, n=element.split()[0])
        for is_page in (True, False):
            prose, _ = parse_prose(markdown, is_page=is_page)
            assert_safe(prose.html)
        assert event.split("=")[0] in entities.unescape(prose.html)


SCHEMES = [
    "javascript",
    "JaVaScRiPt",
    "vbscript",
    "data",
    "file",
    "blob",
    "about",
    "view-source",
    "java\tscript",
    "java\u00adscript",
    "\x01javascript",
    "java\x00script",
    "&#106;avascript",
    "&#x6A;avascript",
    "javascript&colon",
    "%6Aavascript",
    "\u200bjavascript",
    " javascript",
    "feed:javascript",
    "jar:http",
    "http:javascript",
]
LINKS = [
    "[a]({s}:alert(1))",
    "[a](<{s}:alert(1)>)",
    "[a]( {s}:alert(1) 't')",
    "[a][r]\n\n[r]: {s}:alert(1)",
    "[a][r]\n\n[r]: <{s}:alert(1)>",
    "<{s}://alert(1)>",
    "[*a*]({s}://x.org/%0aalert(1))",
    "[a]({s}&colon;alert(1))",
    "[a]({s}&#58;alert(1))",
    "[a]({s}%3Aalert(1))",
    "![a]({s}:alert(1))",
]


@pytest.mark.parametrize("link", LINKS)
def test_no_disguised_scheme_gets_out(link):
    for scheme in SCHEMES:
        markdown = link.format(s=scheme)
        for is_page in (True, False):
            prose, problems = parse_prose(markdown, is_page=is_page)
            assert_safe(prose.html)
            if "<a" in prose.html and not is_page:
                assert re.search(r'href="http:', prose.html), markdown
            elif "<a" not in prose.html and scheme == "javascript" and link.startswith("["):
                assert [p.code for p in problems] == ["bad-url"]
                assert "a" in prose.plain


def test_a_placeholder_cannot_be_typed():
    for typed in (
        PLACEHOLDER,
        "\ufdd3" + "0\ufdd4",
        "&#xFDD0;",
        "&#64976;",
        "\ufdd1x\ufdd2",
        "\x02klzzwxh:0000\x03",
        "\\\ufdd0",
    ):
        prose = read(f"a {typed} b [@c]")
        assert prose.html.count(PLACEHOLDER) == len(prose.references) == 1


def test_hostile_code_points_never_raise():
    for number in [
        *range(256),
        0xAD,
        0x200B,
        0x2028,
        0xD800,
        0xDFFF,
        0xFDD0,
        0xFEFF,
        0xFFFE,
        0xFFFF,
        0x1FFFF,
        0x10FFFF,
    ]:
        prose, _ = parse_prose(f"a {chr(number)} **b** `{chr(number)}`{chr(number)}")
        assert_safe(prose.html)


@pytest.mark.parametrize(
    "markdown",
    [
        "Plain.",
        "Two\nlines, “quoted”, 20–30 and €4m: R&D; 3 < 5 > 2; (so) [@a p7].\n\n**Bold** and *italic*.",
        "[the account](https://example.org/news/1?ref=a&n=1#x) [seen](event:a-b) ~300 {x} 日本 no\u00a0break",
    ],
)
def test_the_short_way_takes_simple_prose_and_agrees_with_the_long(markdown):
    short = read_simple(markdown)
    assert short is not None
    assert (*short, ()) == read_markdown(markdown, limit=1000, heading_level=3, is_page=False)


def test_an_address_that_cuts_through_a_citation_is_refused():
    for written in ('[x]([y]ee[y]a**]<"[x]([@a]', '[x](e**[@a]`q`"(>a**a![>[@a]'):
        prose, (problem,) = parse_prose(written, is_page=True)
        assert (prose.html, problem.code) == ("", "markdown-refused")
