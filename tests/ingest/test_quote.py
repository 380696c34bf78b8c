"""``pincite quote`` prints citations that hold as they stand, or says what is near."""

import json

import pytest

from pincite.base.text import Text
from pincite.load.events import parse_events

from .support import SEED, check, failure, make_project, run_add, run_quote


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    root = make_project(tmp_path_factory.mktemp("quote"))
    assert run_add(root, SEED, "--id", "nk").exit_code == 0
    return root


def cited(output: str):
    text = "- id: x\n  date: 2025\n  title: X\n  cite:\n" + "".join(
        f"    {line}\n" for line in output.splitlines()
    )
    events, found = parse_events(Text("content/events/x.yaml", text))
    assert not found, found
    return events[0].claims[0].citations


@pytest.mark.parametrize(
    ("words", "paragraph", "segments"),
    [
        (
            "approximately 200 pieces of long-range artillery",
            "p1",
            ("approximately 200 pieces of long-range artillery",),
        ),
        (
            "according to South Korea's defence ministry",
            "p1",
            ("according to South Korea’s defence ministry",),
        ),
        (
            "approximately 300 are believed … 2,700 others",
            "p3",
            ("approximately 300 are believed", "2,700 others"),
        ),
    ],
)
def test_words_that_stand_there(root, words, paragraph, segments):
    result = run_quote(root, "nk", words)
    assert result.exit_code == 0
    (citation,) = cited(result.output)
    assert (citation.source, citation.paragraph, citation.segments) == ("nk", paragraph, segments)


def test_words_come_from_standard_input_too(root):
    words = "Western officials estimate that,\nas of mid-January"
    assert (
        run_quote(root, "nk", "-", stdin=words).output
        == run_quote(root, "nk", *words.split()).output
    )
    assert "paragraph: p10" in run_quote(root, "nk", "-", stdin=words).output


def test_every_place_of_words_that_stand_in_several_is_a_citation_that_holds(root):
    result = run_quote(root, "nk", "North Korea", "--json")
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert result.exit_code == 1
    assert len(rows) == 13
    assert [row["occurrence"] for row in rows if "occurrence" in row]
    path = root / "content/events/many.yaml"
    path.write_text(
        "- id: many\n  date: 2025\n  title: Many\n  cite:\n"
        + "".join(
            f"    {line}\n" for line in run_quote(root, "nk", "North Korea").stdout.splitlines()
        ),
        "utf-8",
    )
    checked = check(root)
    path.unlink()
    assert not [d for d in checked.found if d.severity == "error"]
    (event,) = [e for e in checked.corpus.events if e.id == "many"]
    places = [(c.paragraph, c.start) for c in event.claims[0].citations]
    assert len(set(places)) == 13


def test_words_that_do_not_stand_there(root):
    result = run_quote(root, "nk", "approximately 300 pieces of long-range artillery")
    assert result.exit_code == 1
    assert "p1" in result.stderr
    assert "[approximately 200 pieces" in result.stderr
    assert result.stdout == ""
    row = json.loads(
        run_quote(root, "nk", "approximately 300 pieces of artillery", "--json").stdout
    )
    assert row["error"] == "quote-not-found"
    assert row["nearest"][0]["paragraph"] == "p1"


def test_what_cannot_be_quoted_from(root):
    assert "nk" in failure(run_quote(root, "nkk", "words")).help
    assert "p99" in failure(run_quote(root, "nk", "words", "--paragraph", "p99")).message
    assert run_quote(root, "nk", "   ").exit_code == 1
