"""CSV and data package, validated by Frictionless; TimelineJS and the report of what it loses."""

import csv
import io
import json
from dataclasses import replace
from hashlib import sha256

import pytest
from frictionless import Package, system
from hypothesis import given
from hypothesis import strategies as st

from pincite.exports.csv_table import COLUMNS, guard, write_csv
from pincite.exports.table import write_exports
from pincite.exports.timelinejs import REASONS, write_losses, write_timelinejs
from pincite.model import Media


@pytest.fixture(scope="module")
def rows(site):
    return list(csv.DictReader(io.StringIO(write_csv(*site).decode(), newline="")))


def test_a_row_for_each_citation(rows):
    keys = [(row["event_id"], row["claim"], row["citation"]) for row in rows]
    assert keys == [
        ("shells", "1", "1"),
        ("bang", "1", ""),
        ("salamis", "1", ""),
        ("about", "1", "1"),
        ("gone", "1", "1"),
        ("guns", "1", "1"),
        ("guns", "1", "2"),
        ("guns", "2", "3"),
        ("guns", "3", ""),
        ("été-2", "1", "1"),
        ("sometime", "1", "1"),
    ]
    assert list(rows[0]) == [column.name for column in COLUMNS]


def test_cells(rows):
    guns = rows[5]
    assert guns["title"] == "'=Guns, “sent”; east"
    assert guns["actors"] == "Ministry; @cmd"
    assert guns["quote"] == "“about 200” guns went east – said the well-known ministry"
    assert (guns["lat"], guns["lon"]) == ("50.45", "30.52")
    assert guns["citation_url"] == "https://example.org/sub/sources/ledger/#c-guns-1"
    assert guns["archive_url"] == "https://archive.example.net/1"
    assert rows[2]["date_edtf"] == "'-0479-09"
    assert rows[7]["unverified"] == "Not archived yet."
    assert rows[8]["uncited"] == "Common knowledge."
    assert rows[4]["withdrawn"] == "2025-04-01"


def test_lines_end_as_rfc_4180_has_it(site):
    data = write_csv(*site)
    assert data.endswith(b"\r\n")
    assert data.count(b"\r\n") == data.count(b"\n") == 12


@given(st.text())
def test_no_cell_is_a_formula(text):
    assert str(guard(text))[:1] not in set("=+-@\t\r\n＝＋－＠")
    assert str(guard(text)).removeprefix("'") == text.removeprefix("'")


def test_numbers_are_let_alone():
    assert guard(-33.5) == -33.5


def test_frictionless_accepts_the_package(site, tmp_path):
    files = {file.path: file.content for file in write_exports(*site)}
    for path, content in files.items():
        if path.startswith("data/"):
            (tmp_path / path).parent.mkdir(exist_ok=True)
            (tmp_path / path).write_bytes(content)
    with system.use_context(trusted=True):
        package = Package(str(tmp_path / "data/datapackage.json"))
        report = package.get_resource("events.csv").validate()
    assert report.valid, report.flatten()
    assert {resource.path for resource in package.resources} == {
        path.removeprefix("data/") for path in files if path.startswith("data/")
    } - {"datapackage.json"}


def test_the_package_vouches_for_every_byte(site):
    files = {file.path: file.content for file in write_exports(*site)}
    package = json.loads(files["data/datapackage.json"])
    for resource in package["resources"]:
        content = files[f"data/{resource['path']}"]
        assert resource["bytes"] == len(content)
        assert resource["hash"] == "sha256:" + sha256(content).hexdigest()


@pytest.fixture(scope="module")
def slides(site):
    timeline = json.loads(write_timelinejs(*site))
    assert set(timeline) == {"scale", "title", "events", "eras"}
    return {slide["unique_id"]: slide for slide in timeline["events"]}


def test_slides(slides):
    assert set(slides) == {"shells", "salamis", "about", "guns", "été-2"}
    assert slides["guns"]["start_date"] == {"year": 2025, "month": 2, "day": 7}
    assert "end_date" not in slides["guns"]
    assert slides["guns"]["display_date"] == "7 February 2025"
    assert slides["guns"]["autolink"] is False
    assert slides["guns"]["group"] == "Shipment"
    assert slides["été-2"]["end_date"] == {"year": 2025, "month": 2, "day": 9}


@pytest.mark.parametrize(
    ("names", "sensitive", "url", "shown", "lost"),
    [
        (["a.jpg"], "", "https://example.org/sub/", "https://example.org/sub/media/a.jpg", False),
        (["a b.mp3", "b.jpg"], "", "https://example.org/sub/", "https://example.org/sub/media/a%20b.mp3", True),
        (["a.jpg"], "Blood.", "https://example.org/sub/", None, True),
        (["a.ogg"], "", "https://example.org/sub/", None, True),
        (["a.jpg"], "", "", None, True),
    ],
)  # fmt: skip
def test_media_go_along_where_timelinejs_can_show_them(
    make_site, names, sensitive, url, shown, lost
):
    corpus, words, addresses = make_site(url=url)
    media = tuple(
        Media(file=name, alt="It", credit="A <b>", path=f"media/{name}") for name in names
    )
    events = tuple(
        replace(e, media=media, sensitive=sensitive) if e.id == "guns" else e for e in corpus.events
    )
    told = (replace(corpus, events=events), words, addresses)
    slide = next(
        s for s in json.loads(write_timelinejs(*told))["events"] if s["unique_id"] == "guns"
    )
    assert slide.get("media", {}).get("url") == shown
    if shown:
        assert slide["media"] == {"url": shown, "alt": "It", "credit": "A &lt;b&gt;"}
    report = {e["id"]: e["lost"] for e in json.loads(write_losses(*told))["events"]}
    assert ("media" in report["guns"]) == lost
    rows = csv.DictReader(io.StringIO(write_csv(*told).decode(), newline=""))
    cells = {row["media"] for row in rows if row["event_id"] == "guns"}
    assert cells == {"; ".join(url + f"media/{name}".replace(" ", "%20") for name in names)}


def test_there_is_no_year_0(site, slides):
    assert slides["salamis"]["start_date"] == {"year": -480, "month": 9}
    era = json.loads(write_timelinejs(*site))["eras"][0]
    assert era["start_date"] == {"year": -500, "month": 1, "day": 1}
    assert era["text"] == {"headline": "The &lt;first&gt; years"}


def test_losses_account_for_every_event(site, slides):
    report = json.loads(write_losses(*site))
    lost = {event["id"]: event["lost"] for event in report["events"]}
    assert lost == {
        "shells": ["open-date", "modality"],
        "bang": ["far-year"],
        "about": ["uncertain-date"],
        "gone": ["withdrawn"],
        "guns": ["names", "figures", "confidence", "corrections"],
        "sometime": ["undated"],
    }
    assert report["written"] == len(slides)
    assert report["written"] + report["left_out"] == 8
    assert set(report["reasons"]) == {key for keys in lost.values() for key in keys} <= set(REASONS)
