"""The overview drawing: the reference's figures, and what holds for any timeline."""

import itertools
import random
import re
from pathlib import Path

import jinja2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pincite.dates.calendar import Day, day_from_number, day_number
from pincite.plan.drawing import Era, Lane, Mark, Publication, Speech, draw
from pincite.plan.drawing.density import count_cells
from pincite.plan.drawing.marks import Frame, pack_rows, sketch_mark
from pincite.plan.drawing.scale import make_scale, place
from pincite.plan.drawing.shapes import SHAPES, choose_shapes
from pincite.plan.drawing.ticks import MEDIUM, NARROW, make_ticks, say_year

TEMPLATES = Path(__file__).parent.parent / "templates"
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
LONG_MONTHS = (
    "يناير",
    "فبراير",
    "مارس",
    "أبريل",
    "مايو",
    "يونيو",
    "يوليو",
    "أغسطس",
    "سبتمبر",
    "أكتوبر",
    "نوفمبر",
    "ديسمبر",
)
WORDS = {
    "mark_comma": ", ",
    "overview": "Overview",
    "skip_drawing": "Skip the drawing",
    "no_date": "no date",
    "published": "Published",
    "counted": "{kind}, {period}: {events}",
    "bce": "BCE",
    "ce": "CE",
    "years_ago_thousand": "thousand years BCE",
    "years_ago_million": "million years ago",
    "years_ago_billion": "billion years ago",
    "years_ago_power": "10{power} years ago",
    "years_thousand": "thousand CE",
    "years_million": "million CE",
    "years_billion": "billion CE",
    "years_power": "10{power} CE",
    "short_million": "{n}\u00a0m",
    "short_billion": "{n}\u00a0bn",
    "unit_none": "years",
    "unit_thousand": "thousand",
    "unit_million": "million",
    "unit_billion": "billion",
    "group_mark": ",",
    "decimal_mark": ".",
    "gap": "{start} and {end}",
    "note_broken": "The scale is broken between {gaps}.",
    "note_logarithmic": "The scale is logarithmic: each step goes ten times further back, in years before {year}.",
    "note_counts": "Each bar counts the events of a period; the tallest stands for {events}.",
    "key_day": "A known day",
    "key_fading": "Fading: not known to the day",
    "key_interval": "From one day to another",
    "key_ongoing": "Still going on",
    "key_expected": "Expected, or possible",
    "key_denied": "Denied",
    "key_publication": "Bounds of publication",
}


def say_span(first, last):
    a, b = day_from_number(first), day_from_number(last)
    if (a.year, a.month) == (b.year, b.month):
        return (
            f"{MONTHS[a.month - 1]} {a.year}"
            if a.day < b.day
            else f"{a.day} {MONTHS[a.month - 1]} {a.year}"
        )
    if a.year == b.year and (a.month, a.day, b.month, b.day) == (1, 1, 12, 31):
        return str(a.year)
    return f"{MONTHS[a.month - 1]} {a.year} to {MONTHS[b.month - 1]} {b.year}"


def speech(*, rtl=False, months=MONTHS):
    return Speech(
        words=WORDS,
        months=months,
        say_span=say_span,
        say_count=lambda n: f"{n} event" if n == 1 else f"{n} events",
        find_page=lambda day: f"timeline/{'undated' if day is None else 'some'}/",
        rtl=rtl,
    )


def days(text):
    return day_number(Day(*map(int, text.split("-"))))


def span(id, lane, label, first=None, last=None, modality="occurred", *, about=False, shape=None):
    return Mark(
        id=id,
        href=f"#e-{id}",
        label=label,
        lane=lane,
        first=days(first) if first else None,
        last=days(last) if last else None,
        modality=modality,
        about=about,
        shape=shape,
    )


BOUNDS = ("2025-02-07", "2025-03-14")
REFERENCE = (
    span("kursk-redeployment", "deployment", "Zelensky: North Korean soldiers are back in Kursk, 7 February 2025", "2025-02-07", "2025-02-07"),
    span("troops-sent", "deployment", "Seoul’s intelligence agency estimates 11,000 soldiers sent, Undated"),
    span("reinforcements", "deployment", "More North Korean personnel expected in Russia, about 15 March 2025", "2025-03-15", "2025-03-15", "predicted", about=True),
    span("equipment-in-preparation", "shipment", "More equipment for Russia said to be in preparation, since about December 2024", "2024-12-01", None, "ongoing", about=True),
    span("ammunition-containers", "shipment", "US envoy: more than 1,000 containers of ammunition, Undated"),
    span("long-range-artillery", "shipment", "About 200 long-range guns supplied, Seoul says, some time between 7 February and 14 March 2025", *BOUNDS),
    span("technology-concern", "statement", "Seoul fears Russian technology is the price, some time between 7 February and 14 March 2025", *BOUNDS),
    span("overture-unanswered", "statement", "Trump’s interest in talks has had no answer, some time between 7 February and 14 March 2025", *BOUNDS),
    span("contingent-spent", "assessment", "At this rate the whole contingent could be spent, about 15 April 2025", "2025-04-15", "2025-04-15", "hypothetical", about=True),
    span("final-plan-year", "assessment", "A last push in the five-year arms plan, Undated", None, None, "predicted"),
    span("committee-briefing", "meeting", "Lawmakers in Seoul are briefed on the arms sent to Russia, some time between 7 February and 14 March 2025", *BOUNDS),
    span("missile-tests", "test", "Pyongyang steps up its missile tests, Undated", None, None, "ongoing"),
    span("losses-western-officials", "casualties", "Western officials put the dead at about 1,000, about 15 January 2025", "2025-01-15", "2025-01-15", about=True),
    span("losses-seoul", "casualties", "Seoul’s intelligence agency puts the dead at about 300, Undated"),
    span("kim-nuclear-site", "other", "State media report Kim’s visit to a nuclear-material plant, some time between 21 and 31 January 2025", "2025-01-21", "2025-01-31"),
)  # fmt: skip
LANES = tuple(Lane(id=kind, label=kind.capitalize(), path=path) for kind, path in SHAPES.items())
PUBLISHED = (
    Publication(
        href="source.html",
        label="EU Today, published some time between 7 February and 14 March 2025",
        first=days(BOUNDS[0]),
        last=days(BOUNDS[1]),
    ),
)
TITLE = "Events by kind, from December 2024 to April 2025. Each mark leads to its event in the list below."


def render(drawing):
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
    )
    return environment.get_template("parts/drawing.html").render(drawing=drawing)


def drawn(marks, lanes=LANES, **kwargs):
    return draw(marks, lanes, title=TITLE, speech=kwargs.pop("speech", speech()), **kwargs)


def figure(text):
    return float(text.removesuffix("%"))


def link_of(drawing, id):
    (link,) = (link for link in drawing.links if link.href == f"#e-{id}")
    return link


def many(count, seed=1, first="2014-01-01", last="2025-06-01"):
    choose = random.Random(seed)
    begin, end = days(first), days(last)
    return [
        Mark(
            id=f"ev-{i}",
            href=f"events/event-number-{i}/",
            label=f"Event number {i} with a title of usual length, 12 March 2024",
            lane=choose.choice(LANES).id,
            first=(day := choose.randint(begin, end)) if i % 50 else None,
            last=day + choose.choice((0, 0, 30)) if i % 50 else None,
        )
        for i in range(count)
    ]


# What the reference page shows, to the hundredth of a per cent.

PLACES = (
    ("kursk-redeployment", "54.77%", "84"),
    ("troops-sent", "4%", "84"),
    ("reinforcements", "74.39%", "108"),
    ("equipment-in-preparation", "73.84%", "136"),
    ("ammunition-containers", "4%", "136"),
    ("contingent-spent", "91.28%", "240"),
    ("final-plan-year", "4%", "240"),
    ("missile-tests", "4%", "296"),
    ("losses-western-officials", "42.24%", "324"),
    ("losses-seoul", "4%", "324"),
)


@pytest.fixture(scope="module")
def reference():
    return drawn(REFERENCE, publications=PUBLISHED)


@pytest.mark.parametrize(("id", "x", "y"), PLACES, ids=[place[0] for place in PLACES])
def test_the_shapes_stand_where_the_reference_has_them(reference, id, x, y):
    glyph = link_of(reference, id).glyph
    assert (glyph.x, glyph.y) == (x, y)


def test_a_span_known_by_its_bounds_fades_and_has_no_shape(reference):
    link = link_of(reference, "kim-nuclear-site")
    assert link.hit == ("45.51%", "340", "5.45%", "24")
    assert link.glyph is None
    assert [bar.opacity for bar in link.bars] == [
        "0.11",
        "0.2",
        "0.29",
        "0.38",
        "0.47",
        "0.56",
        "0.47",
        "0.38",
        "0.29",
        "0.2",
        "0.11",
    ]
    assert link.bars[5] == ("0.56", "47.51%", "348", "1.45%", "8")


def test_the_axis_of_the_reference(reference):
    assert reference.height == "367"
    assert reference.lines == (
        "70.5",
        "122.5",
        "174.5",
        "226.5",
        "254.5",
        "282.5",
        "310.5",
        "338.5",
    )
    assert [(t.x, t.text) for t in reference.texts if not t.upper] == [
        ("17.72%", "Dec"), ("34.61%", "Jan"), ("51.5%", "Feb"), ("66.76%", "Mar"), ("83.65%", "Apr"), ("4%", "no date"),
    ]  # fmt: skip
    assert [(t.x, t.text) for t in reference.texts if t.upper] == [
        ("17.72%", "2024"),
        ("34.61%", "2025"),
    ]
    assert reference.bounds == ("54.77%", "73.84%")
    assert not any(text.minor for text in reference.texts)
    assert [key.sign for key in reference.key] == [
        "day",
        "fading",
        "ongoing",
        "expected",
        "publication",
    ]
    assert reference.note == ""


def test_expected_events_hang_on_a_line_from_the_publication(reference):
    predicted, hypothetical = (
        link_of(reference, "reinforcements"),
        link_of(reference, "contingent-spent"),
    )
    assert predicted.dash == ("54.77%", "74.39%", "108", False)
    assert predicted.hit == ("54.77%", "96", "22.34%", "24")
    assert predicted.glyph.classes == "point hollow"
    assert hypothetical.dash == ("54.77%", "91.28%", "240", True)
    assert hypothetical.glyph.classes == "point hollow dotted"


def test_the_mirror_of_the_reference(reference):
    mirrored = drawn(REFERENCE, publications=PUBLISHED, speech=speech(rtl=True, months=LONG_MONTHS))
    assert [figure(x) for x in mirrored.ticks] == pytest.approx(
        [100 - figure(x) for x in reference.ticks]
    )
    assert mirrored.links[0].hit[0] == "26.16%"
    assert [bar.x for bar in mirrored.links[0].bars][:2] == ["44.83%", "44.43%"]
    assert [t.text for t in mirrored.texts if t.minor] == ["ديسمبر", "فبراير", "أبريل"]
    assert link_of(mirrored, "equipment-in-preparation").glyph.path == "M0-4H-4L-8 0-4 4H0z"


def test_the_markup_has_a_named_link_for_every_event(reference):
    html = render(reference)
    assert html.count("<a ") == len(REFERENCE) + len(PUBLISHED) + 1  # and the one that skips
    assert re.findall(r'<a href="#e-[^"]+" aria-label="">', html) == []
    for mark in REFERENCE:
        assert html.count(f'<a href="{mark.href}" aria-label="{mark.label}">') == 1
    assert "style=" not in html
    assert "<script" not in html


def test_text_is_escaped():
    lane = Lane(id="x", label="<b>&")
    mark = Mark(id="a", href='"><i>', label="<u>", lane="x", first=1, last=1)
    html = render(draw([mark], [lane], title="<s>", speech=speech(), eras=[Era(label="<q>")]))
    assert not re.search("<[busiq]>", html)


# One event of each form.

FORMS = (
    ({"first": 0, "last": 0}, "point"),
    ({"first": 0, "last": 0, "about": True}, "about"),
    ({"first": 0, "last": 90}, "span"),
    ({"first": 0, "last": 90, "shape": "interval"}, "span"),
    ({"first": 0, "last": 2}, "short"),
    ({"first": 0}, "span"),
    ({"last": 90}, "span"),
    ({"first": 0, "modality": "ongoing"}, "ongoing"),
    ({"first": 0, "shape": "ongoing"}, "ongoing"),
    ({"first": 0, "last": 90, "modality": "planned"}, "expected"),
    ({"first": 90, "last": 90, "modality": "predicted"}, "point"),
    ({}, "undated"),
    ({"modality": "ongoing"}, "undated"),
    ({"first": 90, "last": 0}, "span"),
)  # fmt: skip


@pytest.mark.parametrize(("fields", "form"), FORMS)
def test_the_form_follows_from_the_dates(fields, form):
    frame = Frame(scale=make_scale([-200, 300], [-200, 300], 9.0))
    mark = Mark(id="x", href="#", label="x", lane="x", **fields)
    assert sketch_mark(mark, frame).form == form


def test_known_ends_are_sharp_and_open_ends_fade_for_longer():
    frame = Frame(scale=make_scale([-200, 300], [-200, 300], 9.0))
    base = Mark(id="x", href="#", label="x", lane="x", first=0, last=90)
    from dataclasses import replace

    assert sketch_mark(replace(base, shape="interval"), frame).fades == (0, 0)
    assert sketch_mark(base, frame).fades == (2, 2)
    assert sketch_mark(replace(base, last=None), frame).fades[1] > 2
    assert sketch_mark(replace(base, first=None), frame).fades[0] > 2


def test_a_denied_event_is_struck_through():
    drawing = drawn([span("a", "test", "a", "2020-01-01", "2020-01-01", "denied"), REFERENCE[0]])
    assert link_of(drawing, "a").glyph.struck
    assert "denied" in [key.sign for key in drawing.key]
    assert 'class="strike"' in render(drawing)


# Scales.


def year(number, **fields):
    first = day_number(Day(number, 1, 1))
    return Mark(
        id=str(number),
        href=f"#e-{number}",
        label=str(number),
        lane="test",
        first=first,
        last=first,
        **fields,
    )


def test_an_outlier_breaks_the_scale_and_a_sentence_says_so():
    drawing = drawn([year(1142), *(year(n) for n in range(2015, 2026))])
    assert drawing.scale == "broken"
    assert drawing.note == "The scale is broken between 1142 and 2015."
    assert len(drawing.breaks) == 1
    assert "1142" in [text.text for text in drawing.texts]
    assert 'class="break"' in render(drawing)


def test_the_history_of_everything_is_logarithmic_and_says_so():
    ages = (
        -13_800_000_000,
        -4_540_000_000,
        -540_000_000,
        -66_000_000,
        -300_000,
        -10_000,
        -499,
        1969,
    )
    drawing = drawn([year(n) for n in ages])
    assert drawing.scale == "logarithmic"
    assert "logarithmic" in drawing.note
    assert "1969" in drawing.note
    places = [figure(link_of(drawing, n).glyph.x) for n in ages]
    assert min(b - a for a, b in itertools.pairwise(places)) > 4
    assert {"billion", "million", "thousand"} <= {text.text for text in drawing.texts}


@pytest.mark.parametrize(
    ("first", "last", "some"),
    [
        ("2025-02-03", "2025-02-09", {"Feb 2025", "5"}),
        ("2025-02-03", "2025-03-20", {"Feb 2025", "Mar 2025", "11"}),
        ("2024-03-01", "2025-11-01", {"2025", "Jan"}),
        ("1990-01-01", "2025-01-01", {"2000", "2010"}),
        ("1200-01-01", "2000-01-01", {"1500"}),
    ],
)
def test_ticks_are_round_dates(first, last, some):
    scale = make_scale([days(first), days(last)], [], 9.0)
    _, labels = make_ticks(scale, MONTHS, WORDS)
    assert some <= {label.text for label in labels}


@pytest.mark.parametrize(
    ("first", "last", "some"),
    [
        (-3000, 2000, {"BCE", "CE", "3000", "1", "2000"}),
        (-500, -300, {"BCE", "500", "400"}),
        (-13_000_000_000, 2000, {"billion years ago", "10", "0"}),
        (-300_000, 2000, {"thousand years BCE", "200"}),
        (170_000_000, 170_000_009, {"170,000,005"}),
        (-(10**30), 0, {"10²⁷ years ago", "1,000"}),
    ],
)
def test_far_years_have_units(first, last, some):
    bounds = [day_number(Day(n, 1, 1)) for n in (first, last)]
    _, labels = make_ticks(make_scale(bounds, [], 9.0), MONTHS, WORDS)
    assert some <= {label.text for label in labels}


@pytest.mark.parametrize(
    ("year", "said"),
    [
        (2025, "2025"),
        (-499, "500 BCE"),
        (0, "1 BCE"),
        (-13_800_000_000 + 1, "13.8 billion years ago"),
    ],
)
def test_years_are_said(year, said):
    assert say_year(year, WORDS).replace("\u00a0", " ") == said


# Crowds.


def test_crowded_timelines_are_counted_by_period_and_stay_light():
    marks = many(10_000)
    drawing = drawn(marks, publications=PUBLISHED)
    html = render(drawing)
    assert drawing.dense
    assert len(html.encode()) < 60_000
    assert 48 < len(drawing.links) <= 200
    assert re.search(r"Shipment, [\w ]+: \d+ events", html)
    said = [int(n) for link in drawing.links for n in re.findall(r": (\d+) events?$", link.label)]
    alone = [link for link in drawing.links if link.href.startswith("events/")]
    assert sum(said) + len(alone) == len(marks)


@pytest.mark.parametrize("count", [1, 40])
def test_many_lanes_stay_light_as_well(count):
    lanes = [Lane(id=f"k{i}", label=f"Kind number {i}") for i in range(count)]
    marks = [
        Mark(id=str(i), href=str(i), label="x" * 60, lane=f"k{i % count}", first=i, last=i)
        for i in range(9000)
    ]
    assert len(render(drawn(marks, lanes)).encode()) < 60_000


def test_a_lone_event_of_a_period_is_its_own_link():
    marks = [
        *many(300, first="2020-01-01", last="2021-01-01"),
        span("lone", "test", "Alone", "2030-05-05", "2030-05-05"),
    ]
    (lone,) = (link for link in drawn(marks).links if link.label == "Alone")
    assert lone.href == "#e-lone"


def test_many_undated_events_of_a_lane_are_one_mark_with_their_number():
    drawing = drawn([span(f"u{i}", "test", "u") for i in range(9)])
    (link,) = drawing.links
    assert (link.href, link.label, link.glyph.many) == (
        "timeline/undated/",
        "Test, no date: 9 events",
        "9",
    )
    assert drawing.ticks == ()


def test_a_timeline_without_events_draws_nothing():
    drawing = drawn([])
    assert (drawing.links, drawing.names, drawing.texts, drawing.key) == ((), (), (), ())
    assert "</figure>" in render(drawing)


def test_more_than_three_publications_are_left_out():
    assert len(drawn(REFERENCE, publications=PUBLISHED * 4).links) == len(REFERENCE)


def test_long_names_take_two_lines_and_are_told_in_full():
    drawing = drawn(
        [span("a", "k", "a")], [Lane(id="k", label="Life and its long unfolding history")]
    )
    (name,) = drawing.names
    assert [line for _, line in name.lines] == ["Life and its", "long unfoldin…"]
    assert "<title>Life and its long unfolding history</title>" in render(drawing)


def test_eras_are_bands_named_where_there_is_room():
    eras = [
        Era(label="Before", last=days("2025-01-01")),
        Era(
            label="A name much too long for a day of history" * 3,
            first=days("2025-01-01"),
            last=days("2025-01-02"),
        ),
    ]
    first, second = drawn(REFERENCE, eras=eras).bands
    assert (first.x, first.width, first.label, first.room) == ("9%", "25.61%", "Before", "")
    assert second.label == ""
    assert second.title.startswith("A name")


def test_every_kind_has_a_shape_and_the_first_ones_have_their_own():
    kinds = ["strike", *SHAPES, "protest", "court"]
    shapes = choose_shapes(kinds)
    assert len(set(shapes)) == len(kinds)
    assert shapes[1:9] == tuple(SHAPES.values())
    assert len(choose_shapes([f"k{i}" for i in range(99)])) == 99


# What holds for any timeline.

ANY_DAY = st.one_of(
    st.integers(700_000, 740_000),
    st.integers(-(10**6), 10**6),
    st.integers(-(10**13), 10**13),
    st.integers(-(10**40), 10**40),
)
MARKS = st.lists(
    st.builds(
        Mark,
        id=st.just("x"),
        href=st.uuids().map(str),
        label=st.just("A mark"),
        lane=st.sampled_from(["test", "other", "nowhere"]),
        first=st.none() | ANY_DAY,
        last=st.none() | ANY_DAY,
        shape=st.none()
        | st.sampled_from(["point", "about", "span", "interval", "ongoing", "undated"]),
        modality=st.sampled_from(
            ["occurred", "ongoing", "planned", "predicted", "hypothetical", "denied"]
        ),
        about=st.booleans(),
    ),
    max_size=40,
)
PERCENT = re.compile(r'(?<= )(x|x1|x2|width)="(-?[\d.]+)%"')


@settings(max_examples=60, deadline=None)
@given(MARKS, st.booleans(), st.lists(ANY_DAY, max_size=2))
def test_anything_is_drawn_within_the_plot_and_nothing_is_lost(marks, rtl, published):
    say = Speech(
        words=WORDS,
        months=MONTHS,
        say_span=lambda first, last: "a period",
        say_count=str,
        find_page=lambda day: "page",
        rtl=rtl,
    )
    publications = [Publication(href="s", label="s", first=day, last=day) for day in published]
    eras = [Era(label="era", first=day) for day in published]
    drawing = draw(marks, LANES, title="t", speech=say, publications=publications, eras=eras)
    html = render(drawing)
    assert all(-0.01 <= float(value) <= 100.01 for _, value in PERCENT.findall(html))
    hrefs = [link.href for link in drawing.links if not link.now]
    counted = sum(
        int(link.label.rsplit(" ", 1)[-1]) for link in drawing.links if link.href == "page"
    )

    assert sum(href != "page" for href in hrefs) + counted == len(marks)


@given(st.lists(ANY_DAY, min_size=1, max_size=30), ANY_DAY, ANY_DAY)
def test_a_scale_is_monotone(events, a, b):
    scale = make_scale(events, events, 9.0)
    a, b = sorted((a, b))
    assert 9 <= place(scale, a) <= place(scale, b) + 1e-9 <= 100.000001


@settings(deadline=None)
@given(st.lists(ANY_DAY, min_size=1, max_size=30), st.booleans())
def test_labels_never_overlap(events, undated):
    scale = make_scale(events, events, 9.0 if undated else 1.0)
    _, labels = make_ticks(scale, LONG_MONTHS, WORDS)
    for width, shown in (
        (MEDIUM, labels),
        (NARROW, [label for label in labels if not label.minor]),
    ):
        for upper in (False, True):
            row = sorted(label for label in shown if label.upper == upper)
            ends = [label.x * width / 100 + 7 * len(label.text) for label in row]
            starts = [label.x * width / 100 for label in row]
            assert all(end < start for end, start in zip(ends, starts[1:], strict=False))


@given(MARKS)
def test_marks_of_a_row_never_touch(marks):
    marks = [mark for mark in marks if mark.first is not None or mark.last is not None]
    found = [day for mark in marks for day in (mark.first, mark.last) if day is not None]
    frame = Frame(scale=make_scale(found, found, 9.0))
    sketches = [sketch_mark(mark, frame) for mark in marks]
    rows = {}
    for sketch, row in zip(sketches, pack_rows(sketches), strict=True):
        hang = sketch.hang * 100 / NARROW
        rows.setdefault(row, []).append((sketch.left - hang, sketch.right + hang))
    assert set(rows) == set(range(len(rows)))
    for taken in rows.values():
        taken.sort()
        assert all(a[1] <= b[0] for a, b in itertools.pairwise(taken))


@settings(deadline=None)
@given(MARKS)
def test_every_mark_is_counted_once(marks):
    found = [day for mark in marks for day in (mark.first, mark.last) if day is not None]
    cells = count_cells(marks, make_scale(found, found, 9.0), (1.0, 7.0))
    assert sum(len(cell.marks) for cell in cells) == len(marks)
    for cell in cells:
        assert 0 <= cell.left <= cell.right <= 100
        for mark in cell.marks:
            day = mark.first if mark.first is not None else mark.last
            assert (day is None) == (cell.first is None)
            assert day is None or cell.first <= day <= cell.last
