"""What two editions of a site say differently is said, and nothing else is."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from pincite.changes import Change, compare_editions, read_edition
from pincite.commands.changes import changes
from support import ARTICLE, Site, article, event, source

CLAIMS = """\
- id: closing
  date: 2025-03-03
  title: The bridge closes to lorries
  actors: [Council]
  claims:
    - text: The bridge will be closed to lorries.
      attributed_to: The council
      figures: [{measure: Days, low: 180}]
      cite: {source: bridge, quote: The harbour bridge will close to lorries from 3 March 2025}
    - text: Repairs take half a year.
      cite: {source: bridge, quote: expected to take about six months}
"""


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(tmp_path).write("content/events/all.yaml", CLAIMS + event("cracks"))


def edition(site: Site) -> dict:
    site.build()
    assert site.published is not None, site.report
    return read_edition((site.out / "data/timeline.json").read_bytes(), "it")


def difference(
    site: Site, old: str, new: str, path: str = "content/events/all.yaml"
) -> list[Change]:
    before = edition(site)
    site.edit(path, old, new)
    return list(compare_editions(before, edition(site)))


def brief(change: Change) -> tuple[str, str, dict[str, tuple[str, str]]]:
    return change.kind, change.id, {f.name: (f.old, f.new) for f in change.fields}


def test_the_same_is_no_change(site: Site) -> None:
    assert compare_editions(edition(site), edition(site)) == ()


@pytest.mark.parametrize(
    ("old", "new", "fields"),
    [
        ("title: The bridge closes", "title: The bridge opens", {"title": ("The bridge closes to lorries", "The bridge opens to lorries")}),
        ("date: 2025-03-03", "date: 2025-03-04", {"date (EDTF)": ("2025-03-03", "2025-03-04"), "date": ("3 March 2025", "4 March 2025")}),
        ("actors: [Council]", "actors: [Council, Port]", {"actors": ("Council", "Council; Port")}),
        ("text: Repairs take half", "text: Repairs take about half", {"claim 2, text": ("Repairs take half a year.", "Repairs take about half a year.")}),
        ("      attributed_to: The council\n", "", {"claim 1, attribution": ("The council", "")}),
        ("low: 180", "low: 181", {"claim 1, figures": ("low 180, measure Days", "low 181, measure Days")}),
        ("quote: expected to take about six months", "quote: to take about six months", {"claim 2, citation, quotation": ("expected to take about six months", "to take about six months")}),
        ("about six months}", "about six months, stance: disputes}", {"claim 2, citation, stance": ("supports", "disputes")}),
        ("    - text: Repairs", "    - text: It is closed.\n      uncited: Seen by us.\n    - text: Repairs", {"claim 2": ("", "It is closed.")}),
    ],
)  # fmt: skip
def test_a_changed_field_is_told_in_both_wordings(
    site: Site, old: str, new: str, fields: dict
) -> None:
    (change,) = difference(site, old, new)
    assert brief(change) == ("changed", "closing", fields)
    assert change.url == "events/closing/"


def test_a_correction_and_a_withdrawal_are_told_as_such(site: Site) -> None:
    note = "  corrections: [{date: 2025-02-14, note: The day was wrong.}]\n"
    (change,) = difference(site, "  title: Cracks", note + "  title: Cracks")
    assert (change.kind, change.notes) == ("corrected", ("2025-02-14: The day was wrong.",))
    gone = "  withdrawn: {date: 2025-02-20, note: It was a rumour.}\n"
    (change,) = difference(site, "  title: Cracks", gone + "  title: Cracks")
    assert (change.kind, change.notes) == ("withdrawn", ("2025-02-20: It was a rumour.",))
    (change,) = difference(site, gone, "")
    assert brief(change) == (
        "changed",
        "cracks",
        {"withdrawal": ("2025-02-20: It was a rumour.", "")},
    )


def test_what_came_and_what_went(site: Site) -> None:
    before = edition(site)
    site.write("content/events/all.yaml", CLAIMS + event("new"))
    site.write(
        "content/sources/ferry.md",
        source("A ferry will run from the old pier.", title="Ferry", snapshot="seeds/f.txt"),
    )
    site.write("seeds/f.txt", article("A ferry will run from the old pier."))
    after = edition(site)
    assert [(c.kind, c.what, c.id) for c in compare_editions(before, after)] == [
        ("added", "event", "new"), ("removed", "event", "cracks"), ("added", "source", "ferry"),
    ]  # fmt: skip
    assert [(c.kind, c.what, c.id) for c in compare_editions(after, before)] == [
        ("added", "event", "cracks"), ("removed", "event", "new"), ("removed", "source", "ferry"),
    ]  # fmt: skip


def test_an_event_with_another_id_is_found_by_its_alias(site: Site) -> None:
    (change,) = difference(site, "- id: cracks\n", "- id: pillars\n  aliases: [cracks]\n")
    assert (change.kind, change.id, change.former_id, change.fields) == (
        "changed",
        "pillars",
        "cracks",
        (),
    )


def test_another_text_of_a_source_is_told_by_paragraph(site: Site) -> None:
    before = edition(site)
    newer = (ARTICLE[0], ARTICLE[1], ARTICLE[2].replace("repairs", "works"))
    site.write("content/sources/bridge.md", source(*newer, snapshot="seeds/bridge.txt"))
    site.write("seeds/bridge.txt", article(*newer))
    (change,) = compare_editions(before, edition(site))
    assert {field.name for field in change.fields} == {"paragraph p3", "SHA-256 of the snapshot"}
    assert change.fields[-1].new == newer[2]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "is not JSON"),
        ("[]", "is not of the format"),
        ('{"format":"pincite/2"}', "is not of the format"),
        ('{"format":"pincite/1"}', "its events are not a list"),
        ('{"format":"pincite/1","events":[{"id":1}],"sources":[]}', "its events are not a list"),
        ("[" * 100_000, "is not JSON"),
    ],
)
def test_what_is_no_edition_is_refused(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "x.json").write_text(text)
    result = CliRunner().invoke(changes, [str(tmp_path / "x.json"), str(tmp_path / "x.json")])
    assert message in str(result.exception)


def test_half_an_edition_is_no_traceback() -> None:
    odd = {
        "format": "pincite/1",
        "site": 3,
        "sources": [],
        "events": [
            {
                "id": "a",
                "claims": [1, {"citations": 2}],
                "date": [],
                "corrections": "x",
                "withdrawn": 1,
                "aliases": {},
            }
        ],
    }
    plain = {"format": "pincite/1", "sources": [], "events": [{"id": "a"}]}
    for old, new in ((odd, plain), (plain, odd)):
        assert all(isinstance(change, Change) for change in compare_editions(old, new))


@pytest.mark.parametrize("form", ["human", "json", "markdown"])
def test_the_command_tells_it_in_three_ways(site: Site, tmp_path: Path, form: str) -> None:
    edition(site)
    old = tmp_path / "old.json"
    old.write_bytes((site.out / "data/timeline.json").read_bytes())
    site.edit(
        "content/events/all.yaml", "title: Cracks are found", "title: '*Cracks* <b> were found'"
    )
    edition(site)
    result = CliRunner().invoke(changes, [str(old), str(site.out), "--format", form, "--exit-code"])
    assert result.exit_code == 1, result.output
    if form == "json":
        (change,) = json.loads(result.stdout)["changes"]
        assert change["fields"][0] == {
            "name": "title", "old": "Cracks are found", "new": "*Cracks* <b> were found",
        }  # fmt: skip
    elif form == "markdown":
        assert "## Changed\n\n- event cracks, “\\*Cracks\\* \\<b\\> were found”" in result.output
    else:
        assert "  title: “Cracks are found” → “*Cracks* <b> were found”\n" in result.output
        assert result.output.endswith("\n1 changed.\n")
    same = CliRunner().invoke(changes, [str(old), str(old), "--format", form, "--exit-code"])
    assert same.exit_code == 0
