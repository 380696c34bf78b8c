"""The ledger is read back as it was written, whatever the words are."""

from hypothesis import given
from hypothesis import strategies as st

from pincite.base.text import Text
from pincite.ingest.ledger import Row, one_line, row_text, source_text, written_kind
from pincite.load.sources import parse_source

KINDS = ("paragraph", "heading", "item", "quotation", "caption")
STARTS = (
    "",
    "# ",
    "- ",
    "> ",
    "1. ",
    "\\",
    "\\# ",
    "[p3] ",
    "* x",
    "\\[",
    "## ",
    "-",
    "12) ",
    ">",
    "---",
)


@st.composite
def all_rows(draw):
    texts = draw(st.lists(st.tuples(st.sampled_from(STARTS), st.text(max_size=40)), min_size=1))
    rows = []
    for number, (start, rest) in enumerate(texts, 1):
        text = one_line(start + rest)
        if any(map(str.isalnum, text)):
            kind = written_kind(draw(st.sampled_from(KINDS)), text)
            page = draw(st.sampled_from(("", "3")))
            retired = draw(st.booleans())
            merged = draw(st.sampled_from(("", "p1", "p70"))) if retired else ""
            rows.append(Row(f"p{number}", kind, text, page=page, retired=retired, merged=merged))
    return rows


@given(all_rows())
def test_what_is_written_is_read(rows):
    text = source_text({"title": "A title"}, rows)
    source, found = parse_source(Text("content/sources/x.md", text))
    assert {finding.code for finding in found} <= {"hidden-character"}  # of the words themselves
    read = [(p.id, p.kind, p.text, p.page, p.retired, p.merged) for p in source.paragraphs]
    assert read == [(r.id, r.kind, r.text, r.page, r.retired, r.merged) for r in rows]


def test_marks():
    assert row_text(Row("p7", "caption", "A bridge", page="3")) == "[p7 caption page 3] A bridge"
    assert (
        row_text(Row("p9", "paragraph", "- 5 degrees", retired=True))
        == "[p9 retired] \\- 5 degrees"
    )
    both = Row("p9", "caption", "A", page="3", retired=True, merged="p8")
    assert row_text(both) == "[p9 retired in p8 caption page 3] A"
    assert row_text(Row("p1", "heading", "Next", level=3)) == "[p1] ### Next"
