"""The repository is itself a site: what it says of the article in ``seeds/`` is in the article."""

import json
import re
from hashlib import sha256

import pytest

from support import ROOT, Site, built

SEED = "seeds/000_d06e6ac7dba8fc6a.txt"
SHA256 = "33862c095e261ab46b5b9a907316f3b1a423e393f069b087d8b427015ec3f7cf"


@pytest.fixture(scope="module")
def data():
    return json.loads(built("example")["data/timeline.json"])


def test_the_seed_is_as_it_was_received():
    assert sha256((ROOT / SEED).read_bytes()).hexdigest() == SHA256


def test_the_example_has_no_error_and_hides_no_warning(tmp_path):
    site = Site(tmp_path / "example", bare=True).copy_from(ROOT).check()
    assert site.errors == []
    assert "warnings:" not in (ROOT / "content/site.yaml").read_text("utf-8")


def test_every_event_is_proven(data):
    assert len(data["events"]) >= 10
    for event in data["events"]:
        assert event["claims"], event["id"]
        for claim in event["claims"]:
            assert claim["citations"] or claim["uncited"]
            assert all(c["exact"] for c in claim["citations"])


def test_every_quotation_stands_in_the_seed(data):
    seed = " ".join((ROOT / SEED).read_text("utf-8").split())
    for event in data["events"]:
        for claim in event["claims"]:
            for citation in claim["citations"]:
                assert citation["exact"] in seed


def test_every_dated_statement_of_the_article_is_there(data):
    """Each of these words in the article is quoted by an event, or is its `date_text`."""
    said = " ".join(
        [c["exact"] for e in data["events"] for claim in e["claims"] for c in claim["citations"]]
        + [e["date"]["text"] or "" for e in data["events"]]
    )
    for words in (
        "since at least December",
        "more than 1,000 containers of ammunition",
        "approximately 200 pieces of long-range artillery",
        "around 11,000 troops",
        "approximately 300",
        "2,700",
        "mid-January",
        "3,000 wounded or missing",
        "late January",
        "7 February",
        "by mid-March 2025",
        "by mid-April",
        "nuclear-powered submarines",
    ):
        assert words in said, words


def test_predictions_are_not_told_as_facts(data):
    by_text = {e["date"]["text"] or "": e for e in data["events"]}
    for words in ("by mid-March 2025", "by mid-April"):
        [event] = [e for text, e in by_text.items() if words in text]
        assert event["modality"] in ("predicted", "hypothetical")


def test_what_had_happened_when_the_article_appeared_has_no_earliest_day(data):
    """The days on which it appeared date what it reports as said, never what it reports as done."""
    [published] = {source["published"] for source in data["sources"]}
    for event in data["events"]:
        if event["date"]["edtf"] == published:
            assert event["kind"] == "statement", event["id"]
    by_id = {event["id"]: event["date"] for event in data["events"]}
    for id in ("long-range-artillery", "committee-briefing"):
        assert (by_id[id]["earliest"], by_id[id]["latest"]) == ("..", "2025-03-14")


def test_the_two_counts_of_the_dead_stand_against_each_other(data):
    counts = {
        figure["low"]
        for event in data["events"]
        for claim in event["claims"]
        for figure in claim["figures"]
        if "killed" in figure["measure"]
    }
    assert {300, 1000} <= counts
    assert any(path.startswith("disagreements/") for path in built("example"))


def test_nothing_is_invented_about_the_source(data):
    [source] = data["sources"]
    assert source["original_url"] is None
    assert source["retrieved_at"] is None
    assert source["published_basis"] == "inferred"
    assert source["snapshot_sha256"] == SHA256
    assert source["republish"] == "cited"


def test_every_figure_of_a_claim_stands_in_its_quotations(data):
    for event in data["events"]:
        for claim in event["claims"]:
            quoted = re.sub(
                r"(?<=\d),(?=\d{3})", "", " ".join(c["exact"] for c in claim["citations"])
            )
            for figure in claim["figures"]:
                for number in (figure["low"], figure["high"]):
                    assert number is None or str(number) in quoted, (event["id"], figure)


def test_editors_find_the_schemas():
    for path in sorted((ROOT / "content/events").glob("*.yaml")):
        first = path.read_text("utf-8").splitlines()[0]
        assert first == "# yaml-language-server: $schema=../../docs/schema/events.json"
    assert (ROOT / "docs/schema/events.json").is_file()
