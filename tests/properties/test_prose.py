"""Prose, for any text: it never raises, it is safe, what is typed is shown, both ways agree."""

# ruff: noqa: RUF005, SIM905 - between bars, quotation marks need no care

import html as entities
import re

from bs4 import BeautifulSoup
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pincite.prose import fill_references, parse_prose
from pincite.prose.fast import read_simple
from pincite.prose.markdown import read_markdown
from pincite.prose.reference import PLACEHOLDER

PIECES = st.sampled_from(
    "a|B |two words|1. |- |*|**|_|`|```\n|[|]|(|)|](|[@a]|[@a-b p7]|[@a p1; @b]|[e](event:x)|(page:y)"
    "|[l](https://e.org/?a=1&b=2)|http://x.yz|javascript:|data:|<|>|</p>|<script>|<img src=x |onerror=1"
    "|\"|'|&|&lt;|&#xFDD0;|\n|\n\n|  \n|    |> |# |---|===|~|\\|!|![|:|{|}|é|日本|\u00a0|\u2028"
    "|\ufdd0|\ufdd1|\ufdd2|\ufdd3|0|\ufdd4|\x02|\x03|\x00|\ud800|\t|\r|[r]: |[r]|. |, |**b**|*i*".split(
        "|"
    )
    + ["|", "|-|-|\n", "\n|a|"]
)
MARKDOWN = st.lists(PIECES, max_size=16).map("".join) | st.text(max_size=60)
SIMPLE = st.lists(
    st.sampled_from(
        [
            "a",
            "B c",
            " ",
            " ",
            ", ",
            ".",
            "\n",
            "\n\n",
            "**b c**",
            "*i*",
            "[l](https://e.org/x_y)",
            "[@a p7]",
            "&",
            "< 5",
            ">",
            '"',
            "’",
            "é",
            "日本",
            "\u00a0",
            "\u202f",
            "~",
            "-",
            "–",
            "1",
            ". ",
            "#",
            ":",
            "!",
            "(",
            ")",
            "[x](event:y)",
            "\u3000",
            "+ ",
            "= ",
        ]
    ),
    max_size=14,
).map("".join)
PLAIN_TAGS = "p,strong,em,code,pre,blockquote,ul,li,hr,br,table,thead,tbody,tr,th,td"
ALLOWED: dict[str, set[str]] = {
    **{name: set() for name in PLAIN_TAGS.split(",")},
    "a": {"href", "title", "rel"},
    "ol": {"start"},
    **{f"h{level}": {"id"} for level in range(2, 7)},
}


@settings(max_examples=400, deadline=None)
@given(MARKDOWN, st.booleans())
def test_any_text_gives_safe_html_and_places_inside_it(markdown, is_page):
    prose, problems = parse_prose(markdown, is_page=is_page)
    for element in BeautifulSoup(prose.html, "html5lib").body.find_all(True):
        assert element.name in ALLOWED
        assert set(element.attrs) <= ALLOWED[element.name]
        if element.name == "a":
            scheme = re.match(r"\s*([^/?#:]*):", element["href"])
            assert scheme[1].lower() in {"http", "https", "mailto"} if scheme else is_page
    assert prose.html.count(PLACEHOLDER) == len(prose.references)
    filled = fill_references(prose.html, ["<a>x</a>" for _ in prose.references])
    assert PLACEHOLDER not in filled
    assert not re.search("[\x00-\x08\ud800-\udfff\ufdd1-\ufdef]", filled + prose.plain)
    for place in (*prose.references, *problems):
        assert 0 <= place.start <= place.end <= len(markdown)
    for reference in prose.references:
        assert reference.target in markdown[reference.start : reference.end]


@settings(max_examples=400, deadline=None)
@given(
    st.lists(
        st.sampled_from(["*", "*", "**", "_", "a", "b", " ", "[@x]", "`q`", "\\*"]), max_size=14
    )
)
@example(list("*a**b*cd"))
@example(["**", "a", "*", "b", "`q`", "**", "_", "a", "*", "b"])
def test_no_letter_is_lost_amid_marks_of_emphasis(pieces):
    markdown = "".join(pieces).strip()
    prose, problems = parse_prose(markdown)
    shown = re.sub("[^abq]", "", prose.plain)
    assert problems or shown == re.sub("[^abq]", "", markdown.replace("[@x]", ""))
    assert problems or len(prose.references) == markdown.count("[@x]")


@settings(max_examples=200, deadline=None)
@given(st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=40))
def test_escaped_text_appears_as_typed(text):
    typed = re.sub(r"([\\`*_{}\[\]()>#+.!|:~=&<@-])", r"\\\1", text)
    shown = re.sub(r"\\([<@:~=&|])", r"\1", typed)  # Markdown itself escapes none of these
    prose, problems = parse_prose(f"x{shown}x")
    assert problems == ()
    assert prose.references == ()
    assert prose.html.startswith("<p>x")
    assert entities.unescape(re.sub("<[^>]*>", "", prose.html)) == f"x{text}x"


@settings(max_examples=200, deadline=None)
@given(st.text(st.sampled_from("ab <>&\"'/=;#x0123"), min_size=1, max_size=40))
def test_plain_text_has_no_tags_but_those_that_were_typed(text):
    assert parse_prose(f"x {text} x")[0].plain == " ".join(f"x {text} x".split())


@settings(max_examples=600, deadline=None)
@given(SIMPLE | MARKDOWN)
def test_the_short_way_agrees_with_the_long(markdown):
    short = read_simple(markdown)
    if short is not None:
        assert (*short, ()) == read_markdown(markdown, limit=10**6, heading_level=3, is_page=False)
