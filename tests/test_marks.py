"""Marks are flat, keep the text, and each citation's fragments are together its words."""

from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from pincite.plan.marking import Range, count_fragments, mark_paragraph

ALPHABET = "ab<&>\"'  \u00ad\u2019\u05d0\U0001f600"


@st.composite
def marked(draw):
    text = draw(st.text(ALPHABET, max_size=30))
    place = st.integers(-2, len(text) + 2)
    keys = st.sampled_from(("a-1", "a-2", "long-id-1", "é-1", "b-1", "b-10"))
    ranges = draw(st.lists(st.builds(Range, place, place, keys, st.integers(1, 3)), max_size=9))
    return text, ranges


def wanted(text, ranges):
    """Return the code points that each key quotes."""
    places: dict[str, set[int]] = {}
    for r in ranges:
        inside = set(range(max(r.start, 0), min(r.end, len(text))))
        if inside:
            places.setdefault(r.key, set()).update(inside)
    return places


def parse(html):
    # It would make one blank of several, where there is nothing else between two tags.
    kept = {"p"}
    return BeautifulSoup(f"<p>{html}</p>", "html.parser", preserve_whitespace_tags=kept).p


def test_what_began_in_another_paragraph_is_numbered_on():
    ranges = [Range(0, 3, "a-1"), Range(4, 7, "b-1")]
    html = mark_paragraph("One two", ranges, {"a-1": 2})
    assert [mark["id"] for mark in parse(html)("mark")] == ["c-a-1.3", "c-b-1"]
    assert count_fragments("One two", ranges) == {"a-1": 1, "b-1": 1}


def fragments(paragraph, key):
    return [m for m in paragraph.find_all("mark") if key in m["data-cites"].split()]


@given(marked())
def test_the_text_is_unchanged(case):
    text, ranges = case
    assert parse(mark_paragraph(text, ranges)).get_text() == text


@given(marked())
def test_fragments_of_a_citation_are_its_words(case):
    text, ranges = case
    paragraph = parse(mark_paragraph(text, ranges))
    places = wanted(text, ranges)
    for key, inside in places.items():
        words = "".join(text[i] for i in sorted(inside))
        assert "".join(m.get_text() for m in fragments(paragraph, key)) == words
    cited = {key for m in paragraph.find_all("mark") for key in m["data-cites"].split()}
    assert cited == places.keys()


@given(marked())
def test_marks_are_flat_and_never_empty(case):
    paragraph = parse(mark_paragraph(*case))
    for mark in paragraph.find_all("mark"):
        assert mark.parent is paragraph
        assert mark.get_text()
        assert all(child.name == "span" and not child.contents for child in mark.find_all(True))


@given(marked())
def test_each_fragment_has_its_id_and_no_id_comes_twice(case):
    paragraph = parse(mark_paragraph(*case))
    ids = [tag["id"] for tag in paragraph.find_all(id=True)]
    assert len(ids) == len(set(ids))
    for key in wanted(*case):
        for n, mark in enumerate(fragments(paragraph, key), 1):
            wanted_id = f"c-{key}" if n == 1 else f"c-{key}.{n}"
            assert wanted_id in (mark.get("id"), *(span["id"] for span in mark.find_all("span")))


@given(marked())
def test_citations_stand_in_their_order_in_each_mark(case):
    text, ranges = case
    order = list(dict.fromkeys(r.key for r in ranges if wanted(text, [r])))
    for mark in parse(mark_paragraph(text, ranges)).find_all("mark"):
        keys = mark["data-cites"].split()
        assert keys == sorted(keys, key=order.index)


@given(marked())
def test_neighbours_that_touch_differ(case):
    for mark in parse(mark_paragraph(*case)).find_all("mark"):
        after = mark.next_sibling
        if getattr(after, "name", None) == "mark":
            assert after["data-cites"] != mark["data-cites"]


@given(marked())
def test_classes_lead_to_all_fragments_and_to_no_other_mark(case):
    paragraph = parse(mark_paragraph(*case))
    marks = paragraph.find_all("mark")
    for key in wanted(*case):
        first = paragraph.find(id=f"c-{key}")
        start = next(i for i, m in enumerate(marks) if m is first or first in m.contents)
        classes = first.get("class", [])
        run = next((int(c.removeprefix("run-")) for c in classes if c.startswith("run-")), 1)
        steps = [int(c.removeprefix("and-")) for c in classes if c.startswith("and-")]
        lit = [start, *(start + k - 1 for k in (steps or range(2, run + 1)))]
        assert [marks[i] for i in lit] == fragments(paragraph, key)


def test_a_second_quotation_on_the_same_letter_stands_on_a_span():
    html = mark_paragraph(
        "Of them 300 were killed, 2,700 hurt.", [Range(8, 23, "west-2"), Range(8, 35, "seoul-1")]
    )
    assert html == (
        'Of them <mark id="c-west-2" data-cites="west-2 seoul-1">'
        '<span id="c-seoul-1" class="run-2"></span>300 were killed</mark>'
        '<mark id="c-seoul-1.2" data-cites="seoul-1">, 2,700 hurt</mark>.'
    )


def test_a_quotation_that_begins_within_another_has_the_mark_for_itself():
    html = mark_paragraph("one two three", [Range(0, 7, "a-1"), Range(4, 13, "a-3")])
    assert html == (
        '<mark id="c-a-1" class="run-2" data-cites="a-1">one </mark>'
        '<mark id="c-a-3" class="run-2" data-cites="a-1 a-3"><span id="c-a-1.2"></span>two</mark>'
        '<mark id="c-a-3.2" data-cites="a-3"> three</mark>'
    )


def test_segments_of_one_quotation_are_counted_through():
    html = mark_paragraph(
        "one two three", [Range(0, 3, "a-1", 1), Range(8, 13, "a-1", 2), Range(4, 7, "b-1")]
    )
    assert html == (
        '<mark id="c-a-1" class="run-2 and-3" data-cites="a-1">one</mark> '
        '<mark id="c-b-1" data-cites="b-1">two</mark> '
        '<mark id="c-a-1.2" data-cites="a-1">three</mark>'
    )


def test_everything_is_escaped():
    html = mark_paragraph('a<b "c" & d', [Range(1, 7, 'x"><script>-1')])
    assert "<script" not in html
    assert "a<mark" in html
    assert "&lt;b &#34;c&#34;</mark> &amp; d" in html


def test_identical_ranges_share_a_mark_and_empty_ones_leave_none():
    html = mark_paragraph("abc", [Range(0, 3, "a-1"), Range(0, 3, "a-2"), Range(2, 2, "a-3")])
    assert html == ('<mark id="c-a-1" data-cites="a-1 a-2"><span id="c-a-2"></span>abc</mark>')
