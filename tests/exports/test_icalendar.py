"""timeline.ics: read by the icalendar library, and held to RFC 5545 line by line."""

from datetime import date

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pincite.exports.icalendar_file import _fold, _text, write_icalendar


@pytest.fixture(scope="module")
def calendar(site):
    return icalendar.Calendar.from_ical(write_icalendar(*site))


def components(calendar):
    return {str(c["URL"]).split("/")[-2]: c for c in calendar.walk("VEVENT")}


def test_only_stretches_of_days_are_in_it(calendar):
    assert set(components(calendar)) == {"guns", "%C3%A9t%C3%A9-2", "about", "gone"}
    assert int(calendar["X-PINCITE-SKIPPED"]) == 4
    assert calendar["VERSION"] == "2.0"
    assert calendar["PRODID"]


def test_days_and_intervals(calendar):
    guns, days = components(calendar)["guns"], components(calendar)["%C3%A9t%C3%A9-2"]
    assert (guns["DTSTART"].dt, guns["DTEND"].dt) == (date(2025, 2, 7), date(2025, 2, 8))
    assert (days["DTSTART"].dt, days["DTEND"].dt) == (date(2025, 2, 7), date(2025, 2, 10))


def test_texts_come_back_as_they_were(calendar):
    guns = components(calendar)["guns"]
    assert str(guns["SUMMARY"]) == "=Guns, “sent”; east"
    assert "“about 200” guns went east – said" in str(guns["DESCRIPTION"])
    assert [str(c) for c in guns["CATEGORIES"].cats] == ["Shipment", "weapons"]
    assert str(guns["LOCATION"]) == "Kyiv"
    assert str(calendar["NAME"]) == "Guns & “roses” <b>"


def test_what_changes_and_what_does_not(calendar, make_site):
    guns = components(calendar)["guns"]
    assert guns["DTSTAMP"].dt.isoformat() == "2025-03-02T00:00:00+00:00"
    assert int(guns["SEQUENCE"]) == 2
    again = icalendar.Calendar.from_ical(write_icalendar(*make_site(title="Other")))
    assert components(again)["guns"]["UID"] == guns["UID"]
    moved = make_site(url="https://example.org/elsewhere/")
    other = icalendar.Calendar.from_ical(write_icalendar(*moved))
    assert components(other)["guns"]["UID"] != guns["UID"]
    uids = [str(c["UID"]) for c in calendar.walk("VEVENT")]
    assert len(set(uids)) == len(uids)


def test_status(calendar):
    status = {id: str(c["STATUS"]) for id, c in components(calendar).items()}
    assert status["about"] == "TENTATIVE"
    assert status["gone"] == "CANCELLED"
    assert status["guns"] == "CONFIRMED"


def test_lines(site):
    data = write_icalendar(*site)
    lines = data.split(b"\r\n")
    assert lines.pop() == b""
    assert not any(b"\n" in line or b"\r" in line for line in lines)
    assert max(map(len, lines)) <= 75
    for line in lines:
        line.decode()
    assert any(line.startswith(b" ") for line in lines)


@given(st.text(st.characters(exclude_categories=("Cs",))))
def test_folding_can_be_undone(text):
    pieces = list(_fold(text))
    assert all(len(piece) <= 75 for piece in pieces)
    assert pieces[0].decode() + "".join(piece[1:].decode() for piece in pieces[1:]) == text
    assert all(piece.startswith(b" ") and len(piece) > 1 for piece in pieces[1:])


@given(st.text(st.characters(exclude_categories=("Cs", "Cc"))))
def test_any_text_comes_back(text):
    lines = (b"BEGIN:VEVENT", *_fold(f"SUMMARY:{_text(text)}"), b"END:VEVENT", b"")
    assert str(icalendar.Event.from_ical(b"\r\n".join(lines))["SUMMARY"]) == text


def test_no_calendar_without_an_address_or_days(unplaced):
    assert write_icalendar(*unplaced) is None
