"""Where a page's lines stand, and the paragraphs and headings that makes of them."""

import pytest

from pincite.ingest import pdf
from pincite.ingest.pdflayout import Layout, Line

_UPRIGHT = (1, 0, 0, 1, 0, 0)
_SENTENCE = "The river had risen by two metres within six hours, and no warning had been"


def _layout(*pieces):
    """Pieces are (text, height, size)."""
    layout = Layout()
    for text, height, size in pieces:
        layout.draw(text, _UPRIGHT, (1, 0, 0, 1, 72, height), None, size)
    return layout


def test_lines_that_are_set_apart_or_large_are_told():
    layout = _layout(
        ("Report of the", 700, 18), ("Commission", 678, 18), ("One two", 650, 10),
        ("three.", 638, 10), ("Four ", 620, 10), ("five six", 620, 10), ("seven.", 608, 10),
    )  # fmt: skip
    texts = ["Report of the", "Commission", "One two", "three.", "Four five six", "seven."]
    assert layout.lines(texts) == [
        Line("Report of the", False, True),
        Line("Commission", False, True),
        Line("One two", True, False),
        Line("three.", False, False),
        Line("Four five six", True, False),
        Line("seven.", False, False),
    ]


def test_what_was_not_drawn_that_way_is_not_told():
    assert _layout(("One", 700, 10)).lines(["One", "two"]) == [Line("One"), Line("two")]
    assert _layout().lines([]) == []


@pytest.mark.parametrize(
    ("lines", "wanted"),
    [
        (
            [Line(_SENTENCE), Line("given to anybody in the villages downstream. The operator denies"),
             Line("that it had been told."), Line("Witnesses told the Commission that the siren had not worked since", True),
             Line("the year 2019, when it had last been tested by the town.")],
            ["paragraph", "paragraph"],
        ),
        (
            [Line("1. Findings of fact", False, True), Line(_SENTENCE, True), Line("given.")],
            ["heading", "paragraph"],
        ),
        (
            [Line("Report of the", False, True), Line("Commission", False, True), Line(_SENTENCE, True)],
            ["heading", "paragraph"],
        ),
        (
            [Line(_SENTENCE), Line("given to anybody downstream, as the Commission found on its", True)],
            ["paragraph"],
        ),
    ],
)  # fmt: skip
def test_a_gap_parts_paragraphs_and_large_letters_make_headings(lines, wanted):
    assert [kind for _, kind in pdf._join(lines)] == wanted


def test_the_title_is_what_is_large_and_not_the_foot(monkeypatch):
    page = [
        Line("Flood Commission – Confidential"),
        Line("Report on the", True, True),
        Line("Flood", False, True),
        Line(f"{_SENTENCE} given.", True),
        Line("11/30/26, 7:02 PM Flood report", True),
        Line("file:///home/ana/report.html 1/1"),
    ]
    monkeypatch.setattr(pdf, "read_pages", lambda data: ([page], {"/Author": "(anonymous)"}))
    article = pdf.read_pdf(b"")
    assert (article.title, article.authors) == ("Report on the Flood", ())
    assert article.blocks[-1].text == f"{_SENTENCE} given."
    assert len(article.dropped) == 2
