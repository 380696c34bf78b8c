"""HTML of other tools as Markdown: the words stay, what could be dangerous does not."""

import re

import pytest
from bs4 import BeautifulSoup
from hypothesis import example, given
from hypothesis import strategies as st

from pincite.importers.markup import escape, find_url, markdown_of, plain_of
from pincite.prose import parse_prose

CASES = [
    ("plain words", "plain words"),
    ("<p>One</p><p>Two</p>", "One\n\nTwo"),
    ("One<br>two", "One  \ntwo"),
    ("<b>bold</b> and <i>italic</i>", "**bold** and *italic*"),
    ('<a href="https://example.org/a">words</a>: more', "[words](https://example.org/a): more"),
    ('<a href="//example.org/a_(b)">w</a>', "[w](https://example.org/a_%28b%29)"),
    ('<a href="javascript:alert(1)">words</a>', "words"),
    ('<a href="#slide">words</a>', "words"),
    ("<ul><li>a</li><li>b</li></ul>", "- a\n- b"),
    ("<blockquote>said</blockquote>", "> said"),
    ("<script>alert(1)</script>x", "x"),
    ('x<img src="https://e.org/a.png">y', "xy"),
    ("2 * 3 [x] _y_ `z`", "2 \\* 3 \\[x\\] \\_y\\_ \\`z\\`"),
    ("# no heading", "\\# no heading"),
    ("1. no list", "1\\. no list"),
    ("- no list", "\\- no list"),
    ("&amp;amp; &lt;b&gt;", "&amp; <b>"),
    ("<h2>Head</h2>text", "**Head**\n\ntext"),
    ("<table><tr><td>a</td><td>b</td></tr></table>", "a b"),
    ("a &#0;&#8232;b", "a � b"),
    ("", ""),
]


@pytest.mark.parametrize(("html", "markdown"), CASES)
def test_markdown(html, markdown):
    assert markdown_of(html).text == markdown


def test_what_is_left_out_is_named():
    found = markdown_of(
        '<iframe src="https://e.org/v"></iframe><script>x</script><a href="x">y</a>'
    )
    assert found.media == ("https://e.org/v",)
    assert found.lost == ("<script>", "the link to `x`")


def test_titles_are_plain():
    assert plain_of("Tom &amp; <b>Jerry</b>\n again").text == "Tom & Jerry again"
    assert plain_of('<a href="https://e.org">x</a>').links == (("https://e.org", "x"),)


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("https://e.org/a b|c", "https://e.org/a%20b%7Cc"),
        ("//e.org/a", "https://e.org/a"),
        ("/static/a.png", None),
        ("ftp://e.org/a", None),
        ("https://", None),
        ("https://[", None),
        ("mailto:a@e.org", None),
        ("", None),
    ],
)
def test_urls(text, url):
    assert find_url(text) == url


def words_of(markdown):
    prose, problems = parse_prose(markdown)
    assert problems == ()
    assert prose.references == ()
    return BeautifulSoup(prose.html, "html.parser").get_text()


LINE = st.text(
    st.sampled_from("ab1. *_`[]()<>&#-+=~:|!\\\"'@{}/é") | st.characters(categories=["L", "P"]),
    max_size=40,
)


@given(LINE)
@example("*a* __b__ ***")
@example("[a](https://e.org)")
@example("[@source p1]")
@example("&amp; &#65; <b>")
@example("a\\*b")
def test_plain_words_stay_what_they_are(text):
    assert words_of(escape(text.strip())).split() == text.split()


TAGS = st.sampled_from(
    (
        "<p>",
        "</p>",
        "<b>",
        "</b>",
        "<i>",
        "</i>",
        "<ul>",
        "<li>",
        "</li>",
        "</ul>",
        "<br>",
        "<div>",
        '<a href="https://e.org/x">',
        "</a>",
        "<blockquote>",
        "</blockquote>",
        "<pre>",
        "<h1>",
        "</h1>",
        "<img src=x>",
        "<script>",
        "&lt;",
        "&#x2028;",
        "<!--",
        "-->",
        "<![CDATA[",
        "<svg>",
        "\n",
        "  ",
        "word",
        "1. ",
        "# ",
        "*",
        "_",
        "[",
        "](",
        "`",
        "> ",
        "- ",
        "<",
        "\\",
    )
)


@given(st.lists(TAGS, max_size=25).map("".join) | st.text(max_size=60))
def test_any_markup_gives_prose_that_is_taken(html):
    found = markdown_of(html)
    prose, problems = parse_prose(found.text)
    assert [p for p in problems if p.code != "markdown-refused"] == []
    assert not re.search(r"<(script|iframe|img|svg)", prose.html)


def test_deep_markup_ends():
    found = markdown_of("<div>" * 5_000 + "deep" + "</div>" * 5_000)
    assert "deep" in found.text
    assert "words" in markdown_of("<ul><li>" * 300 + "words").text
