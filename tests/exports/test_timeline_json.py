"""data/timeline.json: the contract, its published schema, and the proof that it carries."""

import json
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from urllib.parse import unquote

import jsonschema_rs
import pytest

from pincite.exports.table import write_exports
from pincite.exports.timeline_json import write_timeline
from pincite.model import Media
from pincite.plan.urls import Addresses

SCHEMA = json.loads(
    (Path(__file__).parents[2] / "docs/schema/timeline.schema.json").read_text("utf-8")
)
VALIDATOR = jsonschema_rs.Draft202012Validator(SCHEMA)


@pytest.fixture(scope="module")
def timeline(site):
    return json.loads(write_timeline(*site))


def event(timeline, id):
    return next(event for event in timeline["events"] if event["id"] == id)


def source(timeline, id):
    return next(source for source in timeline["sources"] if source["id"] == id)


def test_the_schema_accepts_it(timeline):
    assert [error.message for error in VALIDATOR.iter_errors(timeline)] == []


@pytest.mark.parametrize(
    "break_it",
    [
        lambda t: t.update(format="pincite/2"),
        lambda t: t["site"].pop("url"),
        lambda t: t["events"][0].pop("date"),
        lambda t: t["events"][0]["date"].update(earliest="7 February"),
        lambda t: event(t, "guns")["claims"][0]["citations"][0].update(exact=None),
        lambda t: event(t, "guns")["claims"][0]["citations"][0].update(match="fuzzy"),
        lambda t: event(t, "guns")["claims"][1]["citations"][0].update(quote="made up"),
        lambda t: source(t, "ledger")["paragraphs"][0].update(sha256="0"),
        lambda t: source(t, "ledger").pop("text_sha256"),
    ],
)
def test_the_schema_refuses_what_breaks_it(site, break_it):
    broken = json.loads(write_timeline(*site))
    break_it(broken)
    assert not VALIDATOR.is_valid(broken)


def test_keys_are_sorted_and_a_line_holds_an_event(site, timeline):
    text = write_timeline(*site).decode()
    assert text == text.rstrip("\n") + "\n"
    json.loads(
        text,
        object_pairs_hook=lambda pairs: (
            pairs == sorted(pairs, key=lambda p: p[0]) or pytest.fail(str(pairs))
        ),
    )
    lines = [json.loads(line.rstrip(",")) for line in text.splitlines() if '"claims":' in line]
    assert lines == timeline["events"]


def test_an_event_has_exactly_these_keys(timeline):
    required = {"id", "url", "title", "date", "kind", "modality", "actors", "recipients", "places"}
    required |= {"tags", "claims", "corrections"}
    assert set(event(timeline, "salamis")) == required
    more = {"summary", "related", "aliases"}
    assert set(event(timeline, "guns")) == required | more
    assert event(timeline, "guns")["summary"] == "Two hundred guns & more."
    assert event(timeline, "guns")["actors"] == ["Ministry", "@cmd"]
    assert event(timeline, "guns")["url"] == "events/guns/"
    assert event(timeline, "été-2")["url"] == "events/%C3%A9t%C3%A9-2/"
    assert event(timeline, "gone")["withdrawn"] == {
        "date": "2025-04-01",
        "note": "It was about something else.",
    }


def test_dates_are_as_the_date_command_says_them(timeline):
    assert event(timeline, "guns")["date"] == {
        "edtf": "2025-02-07",
        "earliest": "2025-02-07",
        "latest": "2025-02-07",
        "text": "On 7 February",
        "label": "7 February 2025",
        "basis": "resolved",
    }
    shells = event(timeline, "shells")["date"]
    assert (shells["earliest"], shells["latest"], shells["text"]) == ("..", "2025-03-31", None)
    assert event(timeline, "salamis")["date"]["earliest"] == "-0479-09-01"
    assert event(timeline, "sometime")["date"] == {
        "edtf": "unknown",
        "earliest": None,
        "latest": None,
        "text": None,
        "label": "Undated",
    }


def test_events_are_in_order_of_time(timeline):
    ids = [event["id"] for event in timeline["events"]]
    assert ids == ["shells", "bang", "salamis", "about", "gone", "guns", "été-2", "sometime"]


def test_citations_are_numbered_across_claims(timeline):
    numbers = [c["n"] for claim in event(timeline, "guns")["claims"] for c in claim["citations"]]
    assert numbers == [1, 2, 3]


def test_a_citation_holds_the_sources_own_words(timeline):
    citation = event(timeline, "guns")["claims"][0]["citations"][0]
    assert citation == {
        "n": 1,
        "source": "ledger",
        "paragraph": "p2",
        "start": 15,
        "end": 15 + len(citation["exact"]),
        "quote": '"about 200" guns went east - said the well-known ministry',
        "exact": "“about 200” guns went east – said the well-known ministry",
        "match": "normalised",
        "stance": "supports",
        "url": "sources/ledger/#c-guns-1",
        "live_url": citation["live_url"],
    }
    base, _, fragment = citation["live_url"].partition("#")
    assert base == "https://news.example.com/a%20story?id=1&x=-2"
    assert fragment.startswith(":~:text=%E2%80%9Cabout%20200%E2%80%9D")
    assert "well%2Dknown" in fragment


def test_the_proof_can_be_recomputed(timeline):
    checked = 0
    for entry in timeline["events"]:
        for claim in entry["claims"]:
            for citation in claim["citations"]:
                if "unverified" in citation:
                    continue
                paragraphs = {
                    p["id"]: p for p in source(timeline, citation["source"])["paragraphs"]
                }
                text = paragraphs[citation["paragraph"]]["text"]
                if text is not None:
                    assert text[citation["start"] : citation["end"]] == citation["exact"]
                    checked += 1
    assert checked == 4


def test_a_pointer_says_that_nothing_is_proven(timeline):
    assert event(timeline, "guns")["claims"][1]["citations"] == [
        {
            "n": 3,
            "source": "record",
            "paragraph": None,
            "start": None,
            "end": None,
            "quote": None,
            "exact": None,
            "match": None,
            "stance": "mentions",
            "url": "sources/record/",
            "live_url": None,
            "unverified": "Not archived yet.",
        }
    ]
    assert event(timeline, "guns")["claims"][2]["uncited"] == "Common knowledge."


def test_segments_have_their_places(timeline):
    citation = event(timeline, "shells")["claims"][0]["citations"][0]
    text = next(p["text"] for p in source(timeline, "ledger")["paragraphs"] if p["id"] == "p5")
    segments = [text[part["start"] : part["end"]] for part in citation["parts"]]
    assert segments == ["More shells are expected", "by the end of March"]
    assert citation["exact"] == text[citation["parts"][0]["start"] : citation["parts"][1]["end"]]


def test_only_what_may_be_reprinted_is(timeline):
    ledger = {p["id"]: p for p in source(timeline, "ledger")["paragraphs"]}
    assert ledger["p1"]["text"] == "Guns and *shells*"
    assert ledger["p1"]["kind"] == "heading"
    assert ledger["p2"]["text"].startswith("On 7 February")
    assert ledger["p3"]["text"] is None
    assert ledger["p4"]["text"] is None
    assert ledger["p4"]["retired"] is True
    assert "retired" not in ledger["p3"]
    assert [p["text"] for p in source(timeline, "closed")["paragraphs"]] == [None]


def test_hashes_are_those_of_the_plain_text(timeline):
    texts = {
        "p1": "Guns and *shells*",
        "p3": "Nobody has cited this secret paragraph at all.",
    }
    for paragraph in source(timeline, "ledger")["paragraphs"]:
        text = texts.get(paragraph["id"], paragraph["text"])
        if text is not None:
            assert paragraph["sha256"] == sha256(text.encode()).hexdigest()
    whole = "These words may be quoted but the paragraph around them is not for us to print."
    closed = source(timeline, "closed")
    assert closed["text_sha256"] == sha256(whole.encode()).hexdigest()
    assert source(timeline, "record")["text_sha256"] is None


def test_full_and_quotes(make_site):
    for republish, held in (("full", 4), ("quotes", 0), ("none", 0)):
        timeline = json.loads(write_timeline(*make_site(republish=republish)))
        texts = [p["text"] for p in source(timeline, "ledger")["paragraphs"]]
        assert sum(text is not None for text in texts) == held


def test_addresses_do_not_depend_on_how_pages_link(site):
    """`events/<id>/`, whatever `--index-links` does; encoded as in links, with letters of all kinds."""
    corpus, words, addresses = site
    others = tuple(write_exports(corpus, words, Addresses(index_links=True)))
    assert others == tuple(write_exports(corpus, words, addresses))
    timeline = json.loads(write_timeline(*site))
    for one in (*timeline["events"], *timeline["sources"]):
        folder = "events" if "claims" in one else "sources"
        assert unquote(one["url"]) == f"{folder}/{one['id']}/"
        assert one["url"].isascii()
    citation = event(timeline, "guns")["claims"][0]["citations"][0]
    assert citation["url"] == "sources/ledger/#c-guns-1"


def test_media_are_told_with_their_addresses(make_site):
    corpus, words, addresses = make_site()
    whole = Media(file="a/über.jpg", alt="A gun", caption="One.", path="media/a/über.jpg/full.jpg")
    lost = Media(file="b.mp3", alt="A shot")
    events = tuple(
        replace(one, media=(whole, lost), sensitive="The dead are shown.")
        if one.id == "guns"
        else one
        for one in corpus.events
    )
    timeline = json.loads(write_timeline(replace(corpus, events=events), words, addresses))
    assert VALIDATOR.is_valid(timeline), [e.message for e in VALIDATOR.iter_errors(timeline)]
    guns = event(timeline, "guns")
    assert guns["sensitive"] == "The dead are shown."
    assert guns["media"] == [
        {
            "file": "a/über.jpg", "url": "media/a/%C3%BCber.jpg/full.jpg", "alt": "A gun",
            "caption": "One.", "credit": None, "license": None, "source": None,
        },
        {
            "file": "b.mp3", "url": None, "alt": "A shot",
            "caption": None, "credit": None, "license": None, "source": None,
        },
    ]  # fmt: skip
    assert "media" not in event(timeline, "shells")


def test_without_an_address(unplaced):
    timeline = json.loads(write_timeline(*unplaced))
    assert timeline["site"]["url"] is None
    assert VALIDATOR.is_valid(timeline)
