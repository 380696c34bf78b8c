"""The index of searching: what is in it, that it is the same for the same site, and how it is cut."""

import json
import re

import pytest

from pincite.exports.search_index import divide_shards
from pincite.plan.words import bind_date
from support import ROOT, Site, article, event, source

SHEET = "content/events/a.yaml"


def read(files, name):
    """Return what the file of *name* gives when it is run."""
    text = files[f"data/search/{name}.js"].decode()
    called = re.fullmatch(r'pincite\("([\w-]+)",(.*)\);\n', text, re.DOTALL)
    assert called
    assert called[1] == name
    return json.loads(called[2])


@pytest.fixture(scope="module")
def example(tmp_path_factory):
    return Site(tmp_path_factory.mktemp("example")).copy_from(ROOT).build()


def test_the_index_has_every_event_once_and_in_order(example):
    files = example.output()
    events = json.loads(files["data/timeline.json"])["events"]
    directory = read(files, "directory")
    rows = [
        row for n in range(len(directory["sizes"])) for row in read(files, f"facts-{n}")["rows"]
    ]
    assert [(row[0], row[1], row[2]) for row in rows] == [
        (e["id"], e["title"], bind_date(e["date"]["label"])) for e in events
    ]
    assert sum(directory["sizes"]) == len(events)


def test_values_are_those_of_the_event_and_their_counts_those_of_its_pages(example):
    files = example.output()
    events = {e["id"]: e for e in json.loads(files["data/timeline.json"])["events"]}
    facts = read(files, "facts-0")
    names = read(files, "directory")["names"]
    counts = {}
    for row in facts["rows"]:
        said = [
            [table[value] for value in values]
            for table, values in zip(facts["names"], row[5:], strict=True)
        ]
        own = events[row[0]]
        assert said[0] == [own["kind"]]
        assert said[1] == [own["modality"]]
        assert set(said[6]) == {c["source"] for claim in own["claims"] for c in claim["citations"]}
        for sort, values in zip(
            ("kinds", "status", "voices", "actors", "places", "tags", "sources"), said, strict=True
        ):
            for value in values:
                assert value in [name[0] for name in names[sort]]
                counts[sort, value] = counts.get((sort, value), 0) + 1
    page = example.page("search/index.html")
    shown = {}
    for link in page.select(".filters a"):
        sort, value, _ = link["href"].removeprefix("../").split("/")
        shown[sort, value] = int(link.select_one(".count").text)
    assert shown == counts


def test_texts_hold_claims_voices_and_quotations(example):
    files = example.output()
    rows = read(files, "facts-0")["rows"]
    texts = dict(zip([row[0] for row in rows], read(files, "texts-0"), strict=True))
    for own in json.loads(files["data/timeline.json"])["events"]:
        for claim in own["claims"]:
            said = [claim["attributed_to"], *(c["exact"] for c in claim["citations"])]
            for words in filter(None, said):
                assert " ".join(words.split()) in texts[own["id"]]
            assert claim["text"] in (own["title"], *texts[own["id"]].split("\n"))


@pytest.mark.parametrize(
    ("date", "months"),
    [
        ("2025-02", [24301, 24301]),
        ("2025", [24300, 24311]),
        ("[2025-02-07..2025-03-14]", [24301, 24302]),
        ("2024-12/..", [24299, None]),
        ("-0499", [-5988, -5977]),
        ("Y170000002", [2040000024, 2040000035]),
        ("unknown", [None, None]),
    ],
)
def test_months_count_from_the_year_nought(tmp_path, date, months):
    site = Site(tmp_path).write(SHEET, event("a", date=f'"{date}"')).build()
    assert site.published, site.report
    assert read(site.output(), "facts-0")["rows"][0][3:5] == months


def test_what_an_author_writes_stays_a_string(tmp_path):
    words = '</script><!-- \\u0022); "alert(1)" // and so on'
    title = 'A </script> "title" \\'
    site = Site(tmp_path)
    site.write("content/sources/bridge.md", source(words, snapshot="seeds/bridge.txt"))
    site.write("seeds/bridge.txt", article(words))
    site.write(SHEET, event("a", quote=json.dumps(words), title=json.dumps(title))).build()
    assert site.published, site.report
    files = site.output()
    assert read(files, "facts-0")["rows"][0][1] == title
    assert words in read(files, "texts-0")[0]


def test_a_site_without_events_can_be_searched(tmp_path):
    site = Site(tmp_path).build()
    assert site.published, site.report
    files = site.output()
    assert read(files, "directory")["sizes"] == []
    assert "search/index.html" in files


def test_an_insertion_changes_one_shard(tmp_path):
    def sheet(ids):
        return "".join(event(f"e{n:05}", date=f"{n + 1:04}") for n in ids)

    site = Site(tmp_path).write(SHEET, sheet(n for n in range(2000) if n != 30)).check()
    before = divide_shards(site.checked.corpus.events)
    site.write(SHEET, sheet(range(2000))).check()
    after = divide_shards(site.checked.corpus.events)
    assert len(before) > 2
    assert before[1:] == after[1:]
    assert [e.id for shard in after for e in shard] == [f"e{n:05}" for n in range(2000)]


def test_searching_without_a_script_offers_every_list(example):
    page = example.page("search/index.html")
    sorts = [p["id"] for p in page.select(".filters .labelled > p")]
    assert sorts == [
        "f-kinds",
        "f-status",
        "f-voices",
        "f-actors",
        "f-places",
        "f-tags",
        "f-sources",
    ]
    for link in page.select(".filters a"):
        path = link["href"].split("#")[0].removeprefix("../")
        assert (example.out / path / "index.html").is_file()
