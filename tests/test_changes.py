"""What two editions of a site say differently is said, and nothing else is."""

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from pincite.changes import compare_editions, read_edition
from pincite.commands.changes import changes
from pincite.model import Change
from support import ARTICLE, ROOT, Site, article, event, source

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


# --- the page of changes ---------------------------------------------------------------------------


def told(site: Site, tmp_path: Path, old: str, new: str, *options: str) -> Site:
    """Change *old* to *new*, tell readers of it, and build again."""
    edition(site)
    before = tmp_path / "old.json"
    before.write_bytes((site.out / "data/timeline.json").read_bytes())
    site.edit("content/events/all.yaml", old, new)
    edition(site)
    arguments = [str(before), str(site.out), "--write", "--project", str(site.root), *options]
    result = CliRunner().invoke(changes, arguments)
    assert result.exit_code == 0, result.output
    site.build()
    assert site.published is not None, site.report
    return site


def test_readers_are_told_on_a_page_that_every_page_leads_to(site: Site, tmp_path: Path) -> None:
    edition(site)
    assert "changes/index.html" not in site.output()
    assert "changes/" not in (site.out / "index.html").read_text("utf-8")
    new = "title: 'Cracks are *found* & <b>seen</b>'\n  corrections: [{date: 2025-02-14, note: It said less.}]"
    told(
        site, tmp_path, "title: Cracks are found", new, "--date", "2025-02-15", "--note", "A slip."
    )
    page = site.page("changes/index.html")
    assert [h.get_text() for h in page.main.find_all(["h1", "h2", "h3"])] == [
        "Changes", "15 February 2025", "Corrected",
    ]  # fmt: skip
    assert page.main.section.p.get_text() == "A slip."
    (entry,) = page.main.section.ul.find_all("li", recursive=False)
    assert entry.a["href"] == "../events/cracks/"
    assert [li.get_text() for li in entry.ul.find_all("li")] == [
        "2025-02-14: It said less.",
        "Title: “Cracks are found”, now “Cracks are *found* & <b>seen</b>”",
        "Claim, Text: “Cracks are found”, now “Cracks are *found* & <b>seen</b>”",
    ]
    assert page.find(id="2025-02-15").time["datetime"] == "2025-02-15"
    for path, other in (("index.html", "changes/"), ("events/cracks/index.html", "../../changes/")):
        assert site.page(path).footer.find("a", href=other), path
    assert (
        "<loc>https://example.org/harbour/changes/</loc>" in (site.out / "sitemap.xml").read_text()
    )


def test_what_has_no_page_any_more_is_told_without_a_link(site: Site, tmp_path: Path) -> None:
    told(site, tmp_path, event("cracks"), "", "--date", "2025-02-15")
    (entry,) = site.page("changes/index.html").main.section.ul.find_all("li", recursive=False)
    assert (entry.get_text(strip=True), entry.a) == ("Cracks are found", None)


def test_telling_changes_no_edition_and_telling_twice_is_telling_once(
    site: Site, tmp_path: Path
) -> None:
    told(site, tmp_path, "title: Cracks", "title: More cracks", "--date", "2025-02-15")
    first = (site.root / "content/changes.yaml").read_bytes()
    again = [str(tmp_path / "old.json"), str(site.out), "--write", "--project", str(site.root)]
    CliRunner().invoke(changes, [*again, "--date", "2025-02-15"])
    assert (site.root / "content/changes.yaml").read_bytes() == first
    CliRunner().invoke(changes, [*again, "--date", "2025-03"])
    site.build()
    headings = [h.get_text() for h in site.page("changes/index.html").main.find_all("h2")]
    assert headings == ["March 2025", "15 February 2025"]
    same = [str(site.out), str(site.out), "--write", "--project", str(site.root)]
    CliRunner().invoke(changes, same)
    site.build()
    assert len(site.page("changes/index.html").main.find_all("h2")) == 2


def test_in_another_language_the_fields_have_its_names(site: Site, tmp_path: Path) -> None:
    site.edit("content/site.yaml", "title: The harbour", "title: The harbour\nlanguage: de")
    told(site, tmp_path, "text: Repairs take half", "text: Repairs take about half")
    (line,) = site.page("changes/index.html").main.section.ul.ul.find_all("li")
    assert line.get_text().startswith("Aussage 2, Text: „Repairs take half a year.“, jetzt „")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--date", "2025-02-30", "--write"], "is no date"),
        (["--note", "x"], "belong to --write"),
    ],
)
def test_what_cannot_be_told_is_refused(site: Site, options: list[str], message: str) -> None:
    edition(site)
    arguments = [str(site.out), str(site.out), *options]
    result = CliRunner().invoke(changes, arguments)
    assert message in result.output + str(result.exception)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("- date: 2025-02-30\n", "bad-date"),
        ("- date: 2025-02-14\n- date: 2025-02-14\n", "bad-value"),
        ("- date: 2025-02-14\n  changes: [{kind: improved}]\n", "unknown-choice"),
        ("- note: x\n", "missing-key"),
        ("[", "yaml-syntax"),
    ],
)
def test_faults_of_the_file_are_findings(site: Site, text: str, code: str) -> None:
    site.write("content/changes.yaml", text).build()
    assert site.errors == [code]


def test_names_of_fields_are_all_known_in_every_language() -> None:
    """What `compare_editions` calls a field can be said on a page in words of the language."""
    source = (ROOT / "generator/pincite/changes.py").read_text("utf-8")
    names = set(re.findall(r'^    "[a-z_0-9]+": "([^"]+)",$', source, re.MULTILINE))
    names |= {"claim", "citation", "correction", "withdrawal", "paragraph"}
    keys = {"say_field_" + re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_") for name in names}
    table = json.loads((ROOT / "templates/i18n/en-said.json").read_text("utf-8"))
    assert len(keys) > 30
    assert keys <= table.keys()
