"""Timelines that people made, from the repositories of the tools themselves."""

from pathlib import Path

import pytest

from importers.checking import settle
from pincite.importers.formats import read_format
from pincite.importers.sniff import sniff
from pincite.importers.values import What

SAMPLES = Path(__file__).parents[3] / "shared" / "samples"

pytestmark = pytest.mark.skipif(not SAMPLES.is_dir(), reason="the samples are not here")

COUNTS = {  # events, of them undated
    "01-timelinejs-women-in-computing.csv": ("timelinejs-csv", 10, 0),
    "03-timelinejs-eras.json": ("timelinejs-json", 20, 0),
    "06-timelinejs-all-media-types.json": ("timelinejs-json", 41, 0),
    "07-timelinejs-v1-user-interface.json": ("timelinejs-json", 22, 0),
    "09-simile-jfk.xml": ("simile", 130, 0),
    "11-simile-films.json": ("simile", 100, 0),
    "12-timelinesetter-test.csv": ("timelinesetter", 6, 0),
    "14-markwhen-test.mw": ("markwhen", 31, 5),
    "15-timemap-domain.json": ("timemap", 11, 0),
}


def read(name):
    data = (SAMPLES / name).read_bytes()
    format = sniff(name, data)
    assert format is not None
    return read_format(format, data, name)


@pytest.mark.parametrize("name", COUNTS)
def test_every_event_is_read_written_and_loaded(name):
    imported = read(name)
    _, events, _ = settle(imported)
    undated = sum(event.date is None for event in events)
    assert (imported.format, len(events), undated) == COUNTS[name]
    assert imported.losses


@pytest.mark.parametrize("name", COUNTS)
def test_a_renamed_file_is_known_by_its_content(name):
    data = (SAMPLES / name).read_bytes()
    assert sniff("file", data) == COUNTS[name][0]


def test_every_loss_of_a_record_says_where_it_is():
    for name in COUNTS:
        imported = read(name)
        lines = (SAMPLES / name).read_bytes().count(b"\n") + 1
        for loss in imported.losses:
            assert loss.line is None or 1 <= loss.line <= lines
        assert all(event.line for event in imported.events)


def test_the_sheet():
    imported = read("01-timelinejs-women-in-computing.csv")
    by_title = {event.title: event for event in imported.events}
    assert by_title["Ada Lovelace"].date == "1815-12-10/1852-11-27"
    assert by_title["Ada Lovelace"].sources == (
        "https://en.wikipedia.org/wiki/Ada_Lovelace",
        "https://en.wikipedia.org/wiki/Analytical_Engine",
    )
    assert by_title["...And the women who made it work"].date == "1943-07/1946"
    assert '"The Mother of the Internet"' in by_title
    assert "title: Women in Computing" in imported.site


def test_eras_become_a_proposal():
    assert '- label: Era Test 650-700\n    from: "0650"\n    to: "0700"' in (
        read("03-timelinejs-eras.json").site
    )


def test_times_and_zones_of_simile():
    events = {event.line: event for event in read("09-simile-jfk.xml").events}
    dates = {event.date for event in events.values()}
    assert "1963-11-22T13:00:00-06:00" in dates
    assert events[9].date == "1963-05-01/1963-06-01"
    assert events[943].date == "[1978-01-01..1979-01-01]"
    assert dict(events[943].imported)["start"] == "Jan 01 1978 00:00:00 GMT-0600"


def test_a_header_that_is_one_name_short():
    imported = read("12-timelinesetter-test.csv")
    assert {group for event in imported.events for group in event.groups} == {
        "Brock Savelkoul",
        "Derrick Junge",
    }
    assert any("column 5 is empty everywhere" in loss.message for loss in imported.losses)
    third = imported.events[2]
    assert (third.date, third.date_text) == ("2003-12-01", "December 2003")


def test_markwhen_dates():
    events = {event.line: event for event in read("14-markwhen-test.mw").events}
    assert events[52].date == "2024-01"
    assert events[37].date == "2023-04/2023-07"
    assert events[40].date == "2023-03/2024-02"
    assert events[57].date == "2023-01-03"
    assert dict(events[57].imported)["repeats"] == "every other week for 1 year"
    assert events[11].date == "unknown"
    assert events[104].places == ("Hawaii", "Alaska")
    assert events[24].tags == ("Project1", "Michelle")
    assert "- ☐ checkbox thing" in events[24].summary


def test_timemap_sources_are_records():
    imported = read("15-timemap-domain.json")
    _, events, sources = settle(imported)
    assert len(sources) == 8
    first = next(event for event in events if event.title.startswith("Person A appears"))
    assert first.date.edtf == "2015-10-10T16:20:00"
    assert first.places == ("Al Araqib",)
    assert first.claims[0].citations[0].source == "gaza"
    odd = imported.events[9]
    assert odd.date == "2014-11-09T13:45:00"
    assert any(loss.what is What.CHANGED and "13.45" in loss.message for loss in imported.losses)
