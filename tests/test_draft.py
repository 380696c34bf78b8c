"""Events proposed from a source: every one of the example site, and nothing that does not load."""

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from pincite.base.text import Text
from pincite.cli import main
from pincite.dates import Date, parse_date
from pincite.ingest.attribution import find_attribution
from pincite.ingest.draft import draft_events, list_dates
from pincite.ingest.figures import find_figures
from pincite.ingest.lexicon import find_kind
from pincite.ingest.modality import read_modality
from pincite.load.events import parse_events
from pincite.load.sources import parse_source

_ROOT = Path(__file__).parent.parent
_KINDS = (
    "deployment",
    "shipment",
    "statement",
    "assessment",
    "meeting",
    "test",
    "casualties",
    "other",
)


def _source(text, id="eu-today"):
    source, _ = parse_source(Text(f"content/sources/{id}.md", text))
    assert source is not None
    return source


def _example():
    return _source((_ROOT / "content/sources/eu-today.md").read_text(encoding="utf-8"))


def _made(body, front="published: 2025-02-12"):
    return _source(f"---\ntitle: T\n{front}\n---\n\n{body}\n", "made")


def _entries(text):
    entries, found = parse_events(Text("content/events/draft.yaml", text))
    assert found == ()
    return entries


def _quotes(event):
    return {
        (citation.paragraph, " ".join(citation.segments))
        for claim in event.claims
        for citation in claim.citations
    }


def _written_events():
    for path in sorted((_ROOT / "content/events").glob("*.yaml")):
        yield from parse_events(Text(path.name, path.read_text(encoding="utf-8")))[0]


@pytest.mark.parametrize("event", tuple(_written_events()), ids=lambda event: event.id)
def test_every_event_of_the_example_is_proposed(event):
    drafted = [
        quote for one in _entries(draft_events(_example(), _KINDS, ())) for quote in _quotes(one)
    ]
    assert any(
        paragraph == wanted_paragraph and (quote in wanted or wanted.rstrip(".") in quote)
        for paragraph, quote in drafted
        for wanted_paragraph, wanted in _quotes(event)
    )


@pytest.mark.parametrize(
    "event",
    [e for e in _written_events() if e.date_basis in ("stated", "resolved")],
    ids=lambda e: e.id,
)
def test_every_date_of_the_example_is_proposed_in_its_own_words(event):
    drafted = {one.date_text: one for one in _entries(draft_events(_example(), _KINDS, ()))}
    assert drafted[event.date_text].date is not None
    assert drafted[event.date_text].date_basis == event.date_basis
    assert drafted[event.date_text].modality == event.modality


def test_figures_of_the_example_are_those_of_the_site():
    drafted = {
        (figure.low, figure.qualifier)
        for event in _entries(draft_events(_example(), _KINDS, ()))
        for claim in event.claims
        for figure in claim.figures
    }
    assert drafted == {
        (200, "approx"), (11000, "approx"), (300, "approx"), (2700, ""), (1000, "at-least"), (1000, "approx"), (3000, ""),
    }  # fmt: skip


def test_ids_that_are_taken_are_not_used_again():
    first = [one.id for one in _entries(draft_events(_example(), _KINDS, ()))]
    second = [one.id for one in _entries(draft_events(_example(), _KINDS, first))]
    assert not set(first) & set(second)
    assert len(set(second)) == len(second)


def test_guesses_are_marked():
    for line in draft_events(_example(), _KINDS, ()).splitlines():
        if re.match(
            r"(?:- id|  (?:date|title|kind|modality|date_basis)|    - text|      attributed_to):",
            line,
        ):
            assert "# review" in line


def test_a_date_that_cannot_be_told_is_unknown_and_says_why():
    text = draft_events(
        _made("[p1] The troops left the town on 7 February.", "published: null"), _KINDS, ()
    )
    (event,) = _entries(text)
    assert event.date is None
    assert event.date_text == "on 7 February"
    assert "date: unknown # review: “on 7 February” needs the publication date" in text


def test_a_pronoun_gets_the_name_before_it():
    source = _made(
        "[p1] President Ana Sol said that it rains. On Monday, she warned that roads could flood."
    )
    events = _entries(draft_events(source, _KINDS, ()))
    assert [event.claims[0].attributed_to for event in events] == ["President Ana Sol"] * 2


def test_the_same_words_twice_are_told_apart():
    source = _made("[p1] The town was shelled on Monday. The town was shelled on Monday.")
    events = _entries(draft_events(source, _KINDS, ()))
    assert [event.claims[0].citations[0].occurrence for event in events] == [1, 2]


def test_other_languages_are_not_drafted():
    text = draft_events(_made("[p1] Am 7. Februar 2025.", "language: de"), _KINDS, ())
    assert _entries(text) == ()
    assert "only English" in text


def test_dates_alone_are_json_lines():
    lines = [json.loads(line) for line in list_dates(_example())]
    assert len(lines) == 6
    paragraphs = {one.id: one.text for one in _example().paragraphs}
    for line in lines:
        assert list(line) == ["paragraph", "start", "end", "text", "edtf", "date_mod"]
        assert paragraphs[line["paragraph"]][line["start"] : line["end"]] == line["text"]
        assert isinstance(parse_date(line["edtf"]), Date)


def test_json_is_for_dates_only():
    result = CliRunner().invoke(main, ["draft", "eu-today", "--json", "--project", str(_ROOT)])
    assert result.exit_code == 2
    assert "--json goes with --dates" in result.output


@pytest.mark.parametrize(
    ("sentence", "who", "statement"),
    [
        ("Troops left, according to the ministry.", "the ministry", "Troops left"),
        ("According to the ministry, troops left.", "the ministry", "troops left"),
        ("The ministry said that troops left.", "The ministry", "troops left"),
        ("“Troops left,” the ministry said.", "the ministry", "Troops left"),
        ("“Troops left,” said Ana Sol.", "Ana Sol", "Troops left"),
        ("The mayor, Ana Sol, confirmed that troops left.", "Ana Sol, The mayor", "troops left"),
        ("On 7 May, officials at the port (KP) have reported that ships sank.", "officials at the port", "ships sank"),
        ("Giving judgment, Lady Justice Farrow said that tanks were full.", "Lady Justice Farrow", "tanks were full"),
        ("In 1916 Albert Einstein predicted that waves exist.", "Albert Einstein", "waves exist"),
        ("The inquiry on Friday found that ships sank.", "The inquiry", "ships sank"),
        ("Two ships sank, the Karsan Monitoring Group has documented.", "the Karsan Monitoring Group", "Two ships sank"),
        ("Mr May has denied that he sank ships.", "Mr May", "Mr May has denied that he sank ships"),
        ("Ships sank in a storm off the coast.", None, ""),
        ("It is said that ships sank.", None, ""),
    ],
)  # fmt: skip
def test_attribution(sentence, who, statement):
    found = find_attribution(sentence)
    assert (found.who if found else None) == who
    if found:
        assert sentence[found.start : found.end] == statement


@pytest.mark.parametrize(
    ("statement", "modality"),
    [
        ("troops arrived and will stay", "occurred"),
        ("troops have arrived", "occurred"),
        ("troops are expected to arrive", "predicted"),
        ("troops will arrive", "predicted"),
        ("the vote is scheduled for May", "planned"),
        ("it plans to send troops", "planned"),
        ("troops could arrive", "hypothetical"),
        ("they may leave in May", "hypothetical"),
        ("troops have been preparing", "ongoing"),
        ("the army denied the attack", "denied"),
        ("Mr May has denied that he sank ships", "denied"),
        ("she was denied a visa", "occurred"),
        ("the firm must pay by May", "planned"),
        ("it must have sunk", "occurred"),
        ("work is to begin in September", "planned"),
        ("residents expect a hearing", "predicted"),
        ("the police should publish it", "hypothetical"),
        ("the group could confirm only two", "occurred"),
        ("no other group could repeat it", "occurred"),
        ("Peace in May", "occurred"),
    ],
)
def test_modality(statement, modality):
    assert read_modality(statement) == modality


@pytest.mark.parametrize(
    ("sentence", "figures"),
    [
        ("approximately 200 pieces of artillery", [(200, "approx", "pieces")]),
        ("more than 1,000 containers", [(1000, "at-least", "containers")]),
        ("up to 12,000 soldiers", [(12000, "up-to", "soldiers")]),
        ("some 1.5 million people fled", [(1500000, "approx", "people")]),
        ("40 million cubic metres of gas were lost", [(40000000, "", "cubic metres")]),
        ("20 litres per second over 12 square kilometres", [(20, "", "litres per second"), (12, "", "square kilometres")]),
        ("40 degrees Celsius, 1,000 US dollars, $1.5bn", [(40, "", "degrees Celsius"), (1000, "", "US dollars"), (1500000000, "", "dollars")]),
        ("12 guns, approximately 200 pieces of long-range artillery", [(12, "", "guns"), (200, "approx", "pieces")]),
        ("He is 45 years old and 1.8 metres tall", [(1.8, "", "metres")]),
        ("a 7-8 vote, and a 45-year-old", []),
        ("$5 million was lost, a fall of 3.5 percent", [(5000000, "", "dollars"), (3.5, "", "per cent")]),
        ("hundreds of troops and a five-year plan", []),
        ("Route 66, 5-3, 10:30 and 1,5", []),
        ("Section 12 of the Act, Articles 5 and 6 of the law, at 09:50:45 UTC", []),
        ("At least 37 of those arrested remain missing", [(37, "at-least", "arrested")]),
    ],
)  # fmt: skip
def test_figures(sentence, figures):
    assert [(f.value, f.qualifier, f.unit) for f in find_figures(sentence, ())] == figures


@pytest.mark.parametrize(
    ("sentence", "measures"),
    [
        ("3,400 cubic metres of contaminated water between two weirs", ["contaminated water"]),
        ("The Group met 94 people, among them 40 relatives of the missing", ["people", "relatives of the missing"]),
        ("1,000 troops have been killed", ["troops, killed"]),
    ],
)  # fmt: skip
def test_a_measure_is_what_was_counted_and_what_befell_it(sentence, measures):
    assert [figure.measure for figure in find_figures(sentence, ())] == measures


@pytest.mark.parametrize(
    ("sentence", "title"),
    [
        ("On 14 September 2015, at 09:50:45 UTC, both detectors recorded the same signal.",
         "Both detectors recorded the same signal"),
        ("The space mission LISA, led by ESA, is expected to be launched in 2034.",
         "The space mission LISA, led by ESA, is expected to be launched in 2034"),
        ("A spokesman said that it was judging and would reply “in due course”.",
         "It was judging and would reply “in due course”"),
        ("“They took everyone who could walk,” a farmer said.", "They took everyone who could walk"),
        ("The Court heard in 2009 that the firm had let water out of all its tanks, which it denied.",
         "The Court heard in 2009 that the firm had let water out of all its tanks"),
    ],
)  # fmt: skip
def test_a_title_tells_what_happened(sentence, title):
    (event,) = _entries(
        draft_events(_made(f"[p1] In 2009 it fell.\n\n[p2] {sentence}"), _KINDS, ())
    )[1:]
    assert event.title == title


@pytest.mark.parametrize(
    ("sentence", "low", "high"),
    [
        ("Between 3,000 and 5,000 troops died.", 3000, 5000),
        ("from 10 to 20 per cent of voters", 10, 20),
        ("10\u201315 people were hurt", 10, 15),
        ("$3-5 million was lost", 3000000, 5000000),
    ],
)
def test_a_range_has_both_its_ends(sentence, low, high):
    (figure,) = find_figures(sentence, ())
    assert (figure.lower, figure.value) == (low, high)
    text = draft_events(_made(f"[p1] The army said that {sentence}"), _KINDS, ())
    (event,) = _entries(text)
    ((written,),) = [claim.figures for claim in event.claims]
    assert (written.low, written.high) == (low, high)


def test_a_date_is_no_figure():
    assert find_figures("on 7 February troops", [(0, 13)]) == ()


def test_the_narrow_kind_goes_before_the_wide():
    assert find_kind("The ministry said troops were killed") == ("casualties", "killed")
    assert find_kind("The ministry said nothing new") == ("statement", "said")
    assert find_kind("A quiet day") == ("other", "")


_WORDS = st.sampled_from(
    tuple(
        """The ministry said that he she “ ” : # ' " - [ ] { } troops killed 300 1,000 about in May 7
        February 2025 , . ! ... reported by according to null ~ * & % @ \\ é 中 con nul aux x will""".split()  # noqa: SIM905
    )
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(_WORDS, min_size=1, max_size=30).map(" ".join), min_size=1, max_size=4))
def test_any_draft_loads_and_quotes_its_paragraph_exactly(paragraphs):
    source = _made("\n\n".join(f"[p{n}] {text}" for n, text in enumerate(paragraphs, 1)))
    texts = {one.id: one.text for one in source.paragraphs}
    for event in _entries(draft_events(source, _KINDS, ())):
        for paragraph, quote in _quotes(event):
            assert quote in texts[paragraph]
