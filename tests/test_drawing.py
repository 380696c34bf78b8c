"""The overview drawing: the reference's figures, and what holds for any timeline."""

import random
import re
from pathlib import Path

import jinja2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pincite.dates.calendar import Day, day_from_number, day_number
from pincite.plan.density import count_cells
from pincite.plan.drawing import Era, Lane, Mark, Publication, Speech, draw
from pincite.plan.marks import Frame, pack_rows, sketch_mark
from pincite.plan.scale import make_scale, place
from pincite.plan.shapes import SHAPES, choose_shapes
from pincite.plan.ticks import MEDIUM, NARROW, make_ticks, say_year

TEMPLATES = Path(__file__).parent.parent / "templates"
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
LONG_MONTHS = ("يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو", "يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر")
WORDS = {
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
        return f"{MONTHS[a.month - 1]} {a.year}" if a.day < b.day else f"{a.day} {MONTHS[a.month - 1]} {a.year}"
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
