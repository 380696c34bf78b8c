"""Files of an import: permanent ids, nothing overwritten, nothing twice, and a report of it all."""

import json

from hypothesis import given
from hypothesis import strategies as st

from importers.checking import load, settle
from pincite.base.scalars import parse_slug
from pincite.importers.records import read_records
from pincite.importers.report import loss_document, loss_report
from pincite.importers.slugs import slug_of, unique_slug
from pincite.importers.timelinejs_json import read_timelinejs_json
from pincite.importers.write import Existing, read_existing, write_import

ROWS = [
    {"date": "2020-05-01", "title": "A meeting", "url": "https://e.org/a", "type": "Meeting"},
    {"date": "2020-06-01", "title": "A meeting", "tags": ["North"]},
    {"date": "2019", "title": "A test", "mood": "grim"},
    {"date": "-0043-03-15", "title": "Caesar dies"},
    {"title": "Some day"},
]


def records(rows=ROWS, name="rows.json"):
    return read_records(json.dumps(rows), name)


def test_a_file_a_year_and_one_for_the_undated():
    written, events, sources = settle(records())
    assert [path for path, _ in written.files] == [
        "content/events/imported-records-0044-bce.yaml",
        "content/events/imported-records-2019.yaml",
        "content/events/imported-records-2020.yaml",
        "content/events/imported-records-undated.yaml",
        "content/sources/e-org-a.md",
    ]
    assert [event.id for event in events] == [
        "caesar-dies",
        "a-test",
        "a-meeting",
        "a-meeting-2020-06-01",
        "some-day",
    ]
    assert sources[0].url == "https://e.org/a"


def test_what_is_written():
    written = write_import(records(ROWS[:1]))
    text = dict(written.files)["content/events/imported-records-2020.yaml"]
    assert text.splitlines()[0].startswith("# Imported by pincite ")
    assert text.splitlines()[1:3] == ["# format: records", "# file: rows.json"]
    assert text.partition("\n- ")[2] == (
        "id: a-meeting\n"
        "  date: 2020-05-01\n"
        "  title: A meeting\n"
        "  tags: [Meeting]\n"
        "  cite:\n"
        "    - source: e-org-a\n"
        "      unverified: imported from JSON records rows.json, line 1; not archived yet\n"
    )


def test_the_same_input_gives_the_same_bytes():
    assert write_import(records()) == write_import(records())


def test_what_the_author_wrote_keeps_its_ids_and_files():
    own = "- id: A-Meeting\n  date: 2001\n  title: x\n  claims: [{text: x, uncited: y}]\n"
    texts = {
        "content/events/own.yaml": own,
        "content/sources/e-org-a.md": "---\ntitle: x\nurl: https://other.example/\n---\n",
    }
    written, events, _ = settle(records(), read_existing(texts))
    assert "a-meeting" not in {event.id for event in events}
    assert not {path for path, _ in written.files} & set(texts)
    assert "content/sources/e-org-a-2.md" in dict(written.files)


def test_a_source_the_project_has_is_used():
    texts = {"content/sources/mine.md": "---\ntitle: x\nurl: https://e.org/a\n---\n"}
    _, events, sources = settle(records(), read_existing(texts))
    assert sources == []
    cited = {c.source for event in events for claim in event.claims for c in claim.citations}
    assert cited == {"mine"}


def test_a_file_that_was_changed_is_left_alone():
    texts = dict(write_import(records()).files)
    path = "content/events/imported-records-2019.yaml"
    texts[path] = texts[path].replace("A test", "My own words")
    again = write_import(records(), read_existing(texts))
    assert again.conflicts == (path,)
    assert again.files == ()
    assert "changed since it was imported" in again.losses[0].message


def test_a_file_that_an_older_pincite_wrote_is_written_anew():
    texts = dict(write_import(records()).files)
    path = "content/events/imported-records-2019.yaml"
    texts[path] = texts[path].replace("# Imported by pincite ", "# Imported by pincite 0.0.1, not ")
    again = write_import(records(), read_existing(texts))
    assert [name for name, _ in again.files] == [path]


def test_another_version_of_the_file_is_not_imported_over_it():
    texts = dict(write_import(records()).files)
    again = write_import(records(ROWS[:2]), read_existing(texts))
    assert again.files == ()
    assert "another version of `rows.json`" in again.losses[0].message


def test_another_file_of_the_same_format_gets_names_of_its_own():
    texts = dict(write_import(records()).files)
    other = records([{"date": "2020", "title": "A meeting"}], "other.json")
    written = write_import(other, read_existing(texts))
    assert [path for path, _ in written.files] == ["content/events/imported-records-2-2020.yaml"]
    events, _ = load(written)
    assert events[0].id == "a-meeting-2020"
    texts |= dict(written.files)
    assert write_import(other, read_existing(texts)).files == ()
    assert write_import(records(), read_existing(texts)).files == ()


def test_groups_become_kinds_where_the_site_has_them():
    document = {"timeline": {"date": [{"startDate": "2020", "headline": "x", "tag": "Meeting"}]}}
    imported = read_timelinejs_json(json.dumps(document), "x.json")
    _, plain, _ = settle(imported)
    assert (plain[0].kind, plain[0].tags) == ("other", ("Meeting",))
    _, known, _ = settle(imported, Existing(kinds=("meeting", "other")))
    assert (known[0].kind, known[0].tags) == ("meeting", ())


def test_the_report_accounts_for_everything():
    imported = records([*ROWS, {"date": "2020-13-01", "title": "Odd"}])
    written = write_import(imported)
    text = loss_report(imported, written)
    assert text.startswith("rows.json (JSON records): 6 events, 2 of them undated, 1 source\n")
    assert "there is no month 13" in text
    assert "`mood` is kept under `imported:`" in text
    document = loss_document(imported, written)
    assert json.loads(json.dumps(document)) == document
    assert document["events"] == 6
    assert sum(document["counts"].values()) == len(document["losses"])
    assert {"refused", "changed", "kept", "noted"} == set(document["counts"])


def test_the_short_report_counts_what_repeats_itself():
    imported = records([{"date": "2020", "title": f"T{n}", "mood": "x"} for n in range(500)])
    written = write_import(imported)
    assert len(loss_report(imported, written).splitlines()) < 30
    assert "500 times: `mood` is kept" in loss_report(imported, written)
    assert len(loss_report(imported, written, full=True).splitlines()) > 500


SLUGS = {
    "Ada Lovelace": "ada-lovelace",
    "The “First” PhD, in Computer Science!": "the-first-phd-in-computer-science",
    "Rózsa Péter": "rózsa-péter",
    "It's 2020's": "its-2020s",
    "북한": "북한",
    "CON": "con-1",
    "…": "",
    "x" * 200: "x" * 60,
    "word " * 30: "word-" * 11 + "word",
    "\u0301abc": "abc",
    "½ x²": "x",
}


def test_slugs():
    for text, slug in SLUGS.items():
        assert slug_of(text) == slug


@given(st.text(max_size=80))
def test_any_title_gives_an_id_or_nothing(text):
    slug = slug_of(text)
    assert not slug or parse_slug(slug) == slug
    assert parse_slug(unique_slug((slug,), {slug.casefold(), "event"}, "event"))
