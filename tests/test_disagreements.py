"""Figures that disagree: which are compared, how they are drawn, what is left out."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pincite.plan.chart import Given, draw_chart
from support import ROOT, Site

EVENTS = "content/events/a.yaml"
QUOTE = "cracks in two of its twelve pillars"


def claims(*rows, withdrawn=""):
    """Each row is (event, speaker, the keys of a figure)."""
    text = ""
    for number, (id, who, figure) in enumerate(rows):
        text += (
            f"- id: {id}\n  date: 2025-0{number + 1}\n  title: What {id} says\n"
            + (withdrawn if id == "gone" else "")
            + f"  claims:\n    - text: The claim of {id}.\n"
            + (f"      attributed_to: {who}\n" if who else "")
            + f"      figures: [{{measure: Cracks, {figure}}}]\n"
            + f"      cite: {{source: bridge, quote: {QUOTE}}}\n"
        )
    return text


def build(tmp_path, text):
    return Site(tmp_path / "project").write(EVENTS, text).build()


def has_page(site):
    return (site.out / "disagreements/cracks/index.html").exists()


@pytest.mark.parametrize(
    ("first", "second", "disagree"),
    [
        (("Ann", "low: 300"), ("Ben", "low: 1000"), True),
        (("Ann", "low: 300"), ("Ann", "low: 1000"), False),  # one voice, one source: a change
        (("Ann", "low: 300"), ("Ben", "low: 300"), False),
        (("Ann", "low: 300"), ("Ben", "low: 300, qualifier: approx"), False),
        (("Ann", "low: 300"), ("Ben", "low: 300, qualifier: at-least"), True),
        (("Ann", "low: 300"), ("Ben", "low: 300, high: 400"), True),
        (("Ann", "low: 300"), ("Ben", "high: 300"), False),
        (("Ann", "low: 300"), ("", "low: 400"), True),  # the source itself speaks
    ],
)
def test_two_voices_and_two_figures_make_a_disagreement(tmp_path, first, second, disagree):
    site = build(tmp_path, claims(("one", *first), ("two", *second)))
    assert has_page(site) == disagree
    nav = site.page("index.html").select_one(".masthead nav").get_text()
    assert ("Disagreements" in nav) == disagree


def test_spellings_of_a_measure_are_one(tmp_path):
    text = claims(("one", "Ann", "low: 1"), ("two", "Ben", "low: 2"))
    site = build(tmp_path, text.replace("measure: Cracks", 'measure: "cracks!"', 1))
    assert has_page(site)
    for event in ("one", "two"):
        link = site.page(f"events/{event}/index.html").select_one(".figures a")
        assert link["href"] == "../../disagreements/cracks/"


def test_a_withdrawn_event_is_shown_aside(tmp_path):
    rows = (("one", "Ann", "low: 1"), ("two", "Ben", "low: 2"), ("gone", "Cy", "low: 999"))
    withdrawn = "  withdrawn: {date: 2025-06-01, note: It was a joke.}\n"
    site = build(tmp_path, claims(*rows, withdrawn=withdrawn))
    page = site.page("disagreements/cracks/index.html")
    assert "999" not in page.select_one("table").get_text()
    assert "999" not in page.select_one("svg.drawing").get_text()
    aside = page.find(id="aside").find_parent("section")
    assert "It was a joke." in aside.get_text()
    site = build(tmp_path, claims(*rows[:1], rows[2], withdrawn=withdrawn))
    assert not has_page(site)


def test_every_bar_leads_to_the_words_it_rests_on(tmp_path):
    site = Site(tmp_path / "project").copy_from(ROOT).build()
    for measure in ("killed", "injured-wounded-or-missing"):
        path = f"disagreements/north-korean-soldiers-{measure}/index.html"
        page = site.page(path)
        links = page.select("svg.drawing a")
        assert len(links) == 2
        for link in links:
            file, _, anchor = link["href"].removeprefix("../../").partition("#")
            source = site.page(f"{file}index.html")
            assert source.select(f'mark[id="{anchor}"], mark [id="{anchor}"]')
            assert link["aria-label"]
            assert link.select_one(".value").get_text() in link["aria-label"]


def test_the_example_gives_both_counts_with_their_speakers_and_units(tmp_path):
    site = Site(tmp_path / "project").copy_from(ROOT).build()
    page = site.page("disagreements/north-korean-soldiers-injured-wounded-or-missing/index.html")
    rows = [
        [" ".join(cell.get_text(" ").split()) for cell in row.find_all(["th", "td"])]
        for row in page.select("tbody tr")
    ]
    assert rows == [
        [
            "Western officials, unnamed about 15 January 2025 ; EU Today, ¶ 10",
            "3,000 no qualifier in the source",
            "soldiers wounded or missing",
        ],
        [
            "South Korea’s intelligence agency no date ; EU Today, ¶ 3",
            "2,700 no qualifier in the source",
            "soldiers injured",
        ],
    ]
    text = page.get_text()
    assert not re.search(r"\b(5,700|300 more|2,850)\b", text)  # no sum, difference or average
    for quote in page.select(".quote"):
        assert quote.find_parent(class_="claim").select_one(".by").get_text()


NUMBER = st.one_of(st.integers(-(10**30), 10**30), st.floats(allow_nan=False, allow_infinity=False))
FIGURE = st.builds(
    Given,
    low=NUMBER,
    high=st.none() | NUMBER,
    qualifier=st.sampled_from(["", "exact", "approx", "at-least", "up-to"]),
    who=st.text(max_size=90),
    when=st.text(max_size=30),
    said=st.text(max_size=60),
    label=st.text(max_size=5),
    href=st.just("x"),
)


def share(text):
    return float(text.removesuffix("%"))


@settings(max_examples=150, deadline=None)
@given(st.lists(FIGURE, min_size=1, max_size=6), st.booleans())
def test_whatever_is_given_stays_within_the_drawing(figures, rtl):
    chart = draw_chart(figures, "label", str, rtl=rtl)
    assert len(chart.rows) == len(figures)
    below = 0
    for row in chart.rows:
        places = [row.start, row.lead, *(glyph.x for glyph in row.glyphs)]
        assert all(-0.01 <= share(place) <= 100.01 for place in places)
        if row.span[1]:
            assert -0.01 <= share(row.span[0]) <= 100.01 - share(row.span[1])
        assert int(row.y) > below
        below = int(row.y)
    assert below < int(chart.height)
    assert 1 <= len(chart.ticks) <= 12


@given(st.lists(st.integers(0, 10**6), min_size=2, max_size=5, unique=True))
def test_a_larger_figure_stands_further_from_zero(numbers):
    figures = [
        Given(low=n, high=None, qualifier="", who="w", when="", said=str(n), label="", href="")
        for n in numbers
    ]
    for rtl in (False, True):
        chart = draw_chart(figures, "", str, rtl=rtl)
        places = [share(row.glyphs[0].x) for row in chart.rows]
        ordered = [place for _, place in sorted(zip(numbers, places, strict=True))]
        assert ordered == sorted(ordered, reverse=rtl)


def test_an_open_end_points_and_a_soft_one_fades():
    def glyphs(qualifier, high=None):
        figure = Given(
            low=500, high=high, qualifier=qualifier, who="", when="", said="", label="", href=""
        )
        far = Given(low=1000, high=None, qualifier="", who="", when="", said="", label="", href="")
        return draw_chart([figure, far], "", str, rtl=False).rows[0]

    assert glyphs("at-least").glyphs[-1].path.startswith("M0-6H28L36 0")
    assert glyphs("up-to").glyphs[-1].path.startswith("M0-6H-28L-36 0")
    assert len(glyphs("approx").glyphs[0].bars) == 11
    assert [len(glyph.bars) for glyph in glyphs("").glyphs] == [1]
    assert glyphs("", 1000).span == ("41%", "41%")
