"""Plain text and Markdown to articles, by what they look like."""

import pytest

from pincite.base.text import Text
from pincite.ingest.intake import Received, take_in
from pincite.ingest.plaintext import read_plaintext
from pincite.link.normalise import fold_for_snapshot
from pincite.link.proof import what_is_left
from pincite.load.sources import parse_source

from .support import SEED

PROSE = "The harbour bridge was closed to all lorries on Monday after an inspection."
MORE = "Engineers said on Tuesday that the repairs would take about six months to finish."


def rows(article):
    return [(block.kind, block.text) for block in article.blocks]


def test_the_seed_article_comes_out_as_the_example_has_it():
    ledger = SEED.parents[1] / "content/sources/eu-today.md"
    wanted, _ = parse_source(Text("content/sources/eu-today.md", ledger.read_text("utf-8")))
    taken = take_in(Received(data=SEED.read_bytes(), ending=".txt"))
    assert rows(taken.article) == [(p.kind, p.text) for p in wanted.paragraphs]
    assert taken.article.title == wanted.title
    assert taken.article.authors == wanted.authors
    assert len(taken.dropped) == len(wanted.dropped)
    for brief, entry in zip(wanted.dropped, taken.dropped, strict=True):
        assert entry.startswith(brief) or brief.startswith(entry)


@pytest.mark.parametrize(
    ("text", "title", "authors", "published", "wanted"),
    [
        (f"A title\n\n{PROSE}\n", "A title", (), "", [("paragraph", PROSE)]),
        (
            f"Bridge closed for months\nBy Ann Lee and Bo Roe\n12 February 2025\n\n{PROSE}\n\nWhat next\n\n{MORE}",
            "Bridge closed for months",
            ("Ann Lee", "Bo Roe"),
            "2025-02-12",
            [("paragraph", PROSE), ("heading", "What next"), ("paragraph", MORE)],
        ),
        (
            f"Title here now\n\n{PROSE}\n{MORE}\n",
            "Title here now",
            (),
            "",
            [("paragraph", PROSE), ("paragraph", MORE)],
        ),
        (
            f"Title here now\n\n{PROSE}\n\n- one thing that was found\n- another thing\n\n{MORE}",
            "Title here now",
            (),
            "",
            [
                ("paragraph", PROSE),
                ("item", "one thing that was found"),
                ("item", "another thing"),
                ("paragraph", MORE),
            ],
        ),
        (
            f"Title here now\n\n{PROSE}\n\nRead also:\n\nSome other story of the day\n\n"
            + f"{MORE}\n\n" * 3,
            "Title here now",
            (),
            "",
            [("paragraph", PROSE)] + [("paragraph", MORE)] * 3,
        ),
        (
            f"Title here now\r\n\r\n{PROSE}\r\n\r\nAdvertisement\r\n\r\n{MORE}\r\n\r\nShare this\r\n\r\n© 2025 The Paper",
            "Title here now",
            (),
            "",
            [("paragraph", PROSE), ("paragraph", MORE)],
        ),
    ],
)
def test_plain_text(text, title, authors, published, wanted):
    article = read_plaintext(text)
    assert (article.title, article.authors, article.published) == (title, authors, published)
    assert rows(article) == wanted


def test_wrapped_lines_are_one_paragraph():
    text = (
        "A title\n\nThe harbour bridge was closed to all lorries on Monday, after engineers\n"
        "found cracks in two of its twelve pillars during an inspection of the whole\n"
        "structure in late January.\n\nNobody was hurt, and nobody was to blame, the council said.\n"
    )
    assert [block.text[-13:] for block in read_plaintext(text).blocks] == [
        "late January.",
        "council said.",
    ]


def test_markdown_marks():
    text = f"# The title of it\n\n{PROSE}\n\n## What next\n\n- one item that\n  goes on\n- two\n\n> Said in so many words.\n\n{MORE}\n"
    article = read_plaintext(text, markdown=True)
    assert article.title == "The title of it"
    assert rows(article) == [
        ("paragraph", PROSE),
        ("heading", "What next"),
        ("item", "one item that goes on"),
        ("item", "two"),
        ("quotation", "Said in so many words."),
        ("paragraph", MORE),
    ]


def test_what_is_left_out_below_a_prompt_is_said():
    article = read_plaintext(f"Title\n\n{(PROSE + ' ') * 5}\n\nLeave a comment\n\n{MORE}")
    assert [block.text for block in article.blocks] == [(PROSE + " ")[:-1] + (" " + PROSE) * 4]
    assert any("Leave a comment" in doubt for doubt in article.doubts)


def test_what_is_left_of_a_block_of_many_lines():
    lines = [f"Line number {n} of a table that has no empty lines at all" for n in range(60)]
    own = frozenset(map(fold_for_snapshot, lines[:-1]))
    longest = sorted(own, key=len, reverse=True)
    block = "\n".join(lines)
    folded = fold_for_snapshot(block)
    assert what_is_left(block, folded, own, longest) == fold_for_snapshot(lines[-1])
    whole = own | {fold_for_snapshot(lines[-1])}
    assert what_is_left(block, folded, whole, sorted(whole, key=len, reverse=True)) == ""
    # A line that is a paragraph too is no reason to lose the longer one that holds it.
    wrapped = fold_for_snapshot("\n".join(lines[:2]))
    both = frozenset((*whole, wrapped)) - {fold_for_snapshot(lines[1])}
    assert what_is_left(block, folded, both, sorted(both, key=len, reverse=True)) == ""


_TEXT = "The harbour bridge will close to lorries from 3 March, the city council said on Monday.\n"


@pytest.mark.parametrize(
    ("front", "wanted"),
    [
        ("title: Bridge\nauthor: Ana Sol\ndate: 2024-03-05", ("Bridge", ("Ana Sol",), "2024-03-05", "")),
        ('title: "Bridge: closed"\nauthors: [Ana Sol, \'Bo Li\']', ("Bridge: closed", ("Ana Sol", "Bo Li"), "", "")),
        ("title: Bridge\nsource: https://x.example/a\nauthor:\n  - '[[Ana Sol]]'\npublished: 5 March 2024",
         ("Bridge", ("Ana Sol",), "2024-03-05", "https://x.example/a")),
        ("title: Bridge\ndate: soon\nurl: javascript:1\ntags:\n  - Ana", ("Bridge", (), "", "")),
    ],
)  # fmt: skip
def test_front_matter_is_believed_and_no_text(front, wanted):
    article = read_plaintext(f"---\n{front}\n---\n\n{_TEXT}", markdown=True)
    assert (article.title, article.authors, article.published, article.url) == wanted
    assert rows(article) == [("paragraph", _TEXT.strip())]


def test_a_date_in_the_front_matter_that_is_none_is_doubted():
    article = read_plaintext(f"---\ndate: soon\n---\n{_TEXT}", markdown=True)
    assert any("“soon”" in doubt for doubt in article.doubts)


def test_plain_text_has_no_front_matter():
    article = read_plaintext(f"---\ntitle: Bridge\n---\n\n{_TEXT}")
    assert article.title != "Bridge"
