"""The dates of other tools, with their traps."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pincite.importers.markwhen_dates import Context, _work, read_dates
from pincite.importers.moments import Moment, Refusal, read_time
from pincite.importers.timelinejs import read_parts, read_slide_dates
from pincite.importers.written import find_doubt, read_written, says_the_same

WRITTEN = [
    ("Sat May 20 1961 00:00:00 GMT-0600", "1961-05-20"),
    ("Fri Nov 22 1963 13:00:00 GMT-0600", "1963-11-22T13:00:00-06:00"),
    ("Fri Nov 22 1963 13:00:00 GMT-0600 (Central Standard Time)", "1963-11-22T13:00:00-06:00"),
    ("May 28 2006 09:00:00 GMT", "2006-05-28T09:00:00Z"),
    ("Tue, 10 Jun 2003 04:00:00 +0200", "2003-06-10T04:00:00+02:00"),
    ("Tue, 10 Jun 2003 04:00:00 EDT", "2003-06-10T04:00:00-04:00"),
    ("2003-12-13T18:30:02.25+01:00", "2003-12-13T18:30:02+01:00"),
    ("2003-12-13 18:30", "2003-12-13T18:30:00"),
    ("2001-09-27", "2001-09-27"),
    ("20010927", "2001-09-27"),
    ("2001/9/27", "2001-09-27"),
    ("Feb. 18, 2003", "2003-02-18"),
    ("18 February 2003", "2003-02-18"),
    ("18th of February, 2003 at 9:30pm", "2003-02-18T21:30:00"),
    ("March 2003", "2003-03"),
    ("2003", "2003"),
    ("602", "0602"),
    ("10/21/2015", "2015-10-21"),
    ("10/2015", "2015-10"),
    ("500 BC", "-0499"),
    ("500 BCE", "-0499"),
    ("1 BC", "0000"),
    ("March 15, 44 BC", "-0043-03-15"),
    ("AD 33", "0033"),
    ("-0043", "-0043"),
    ("-13800000000", "Y-13800000000"),
    ("circa 520", "0520~"),
    ("c. 500 BC", "-0499~"),
    ("before 1500", "[..1500]"),
    ("early March 2020", "[2020-03-01..2020-03-10]"),
    ("1914-1918", "1914/1918"),
    ("1 May 2020 – 4 June 2020", "2020-05-01/2020-06-04"),
    ("2024-12/..", "2024-12/.."),
    ("1990s", "199X"),
]

REFUSED = [
    ("2020-13-40", "there is no month 13"),
    ("13/13/2020", "there is no month 13"),
    ("21/10/2015", "there is no month 21"),
    ("2020-00-01", "there is no month 00"),
    ("2021-02-30", "there is no day 30 in 2021-02"),
    ("Feb 30, 2021", "there is no day 30 in 2021-02"),
    ("29 February 1900", "there is no day 29 in 1900-02"),
    ("about 30 February 2021", "not a date that can be read for certain"),
    ("1 January 2020 25:00", "no time of day"),
    ("1 January 2020 10:00 XYZ", "no time zone"),
    ("0 BC", "there is no year 0 BCE"),
    ("Oct-06", "not a date that can be read for certain"),
    ("3/4/25", "not a date that can be read for certain"),
    ("soon", "not a date that can be read for certain"),
    ("2020 - 2019", "it ends (2019) before it begins (2020)"),
    ("", "there is no date"),
]


@pytest.mark.parametrize(("text", "edtf"), WRITTEN)
def test_reads(text, edtf):
    assert read_written(text).edtf == edtf


@pytest.mark.parametrize(("text", "reason"), REFUSED)
def test_refuses(text, reason):
    found = read_written(text)
    assert found.edtf == "unknown"
    assert reason in found.refusals[0]


def test_the_day_may_come_first():
    assert read_written("21/10/2015", day_first=True).edtf == "2015-10-21"
    assert read_written("3/4/2025").edtf == "2025-03-04"
    assert read_written("3/4/2025", day_first=True).edtf == "2025-04-03"


def test_a_year_with_a_sign_has_two_readings():
    assert read_written("-44").edtf == "-0044"
    assert read_written("-44", without_zero=True).edtf == "-0043"
    assert read_written("0", without_zero=True).edtf == "unknown"


SLIDES = [
    ({"year": "-500"}, None, "-0499"),
    ({"year": "-1"}, None, "0000"),
    ({"year": "0"}, None, "unknown"),
    ({"year": "-44", "month": "3", "day": "15"}, None, "-0043-03-15"),
    ({"year": "1,945"}, None, "1945"),
    ({"year": "602"}, {"year": "629"}, "0602/0629"),
    ({"year": "-13800000000"}, {"year": "-4500000000"}, "Y-13800000000/Y-4500000000"),
    ({"year": "2020", "month": "13", "day": "40"}, None, "unknown"),
    ({"year": "2021", "month": "2", "day": "30"}, None, "unknown"),
    ({"year": "2021", "month": "0"}, None, "unknown"),
    ({"year": "2020"}, {"year": "2019"}, "unknown"),
    ({"year": "2020", "day": "3"}, None, "unknown"),
    ({"month": "3"}, None, "unknown"),
    ({"year": "2020"}, {"month": "3"}, "unknown"),
    ({}, {"year": "2020"}, "unknown"),
    ({}, None, "unknown"),
    ({"year": "2020", "month": "5", "day": "1", "time": "9:30 PM"}, None, "2020-05-01T21:30:00"),
    ({"year": "2020", "month": "5", "day": "1", "time": "00:00"}, None, "2020-05-01T00:00:00"),
    ({"year": "2020", "time": "9:30"}, None, "unknown"),
    ({"year": "about 500"}, None, "unknown"),
    (
        {"year": "2020", "month": "5", "day": "1", "time": "9:00"},
        {"year": "2020", "month": "5", "day": "3", "time": "12:00"},
        "2020-05-01/2020-05-03",
    ),
    (
        {"year": "2020", "month": "5", "day": "1", "time": "9:00"},
        {"year": "2020", "month": "5", "day": "1", "time": "8:00"},
        "unknown",
    ),
]


@pytest.mark.parametrize(("start", "end", "edtf"), SLIDES)
def test_slides(start, end, edtf):
    found = read_slide_dates(read_parts(start), read_parts(end or {}))
    assert found.edtf == edtf
    assert (edtf == "unknown") == bool(found.refusals)


def test_a_shifted_year_is_said():
    found = read_slide_dates(read_parts({"year": "-500"}), None)
    assert "is 500 BCE" in found.changes[0]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("9:30", ("09:30:00", "")),
        ("9.30 am", ("09:30:00", "")),
        ("12 am", ("00:00:00", "")),
        ("12:05 p.m.", ("12:05:00", "")),
        ("23:59:59Z", ("23:59:59", "Z")),
        ("10:00 +05:30", ("10:00:00", "+05:30")),
        ("10:00 GMT+0000", ("10:00:00", "Z")),
    ],
)
def test_times(text, read):
    assert read_time(text) == read


@pytest.mark.parametrize("text", ["", "9", "24:00", "9:60", "13 pm", "noon"])
def test_times_refused(text):
    assert isinstance(read_time(text), Refusal)


def test_a_display_date_may_say_more():
    assert find_doubt("c. 520", "0520") == "0520~"
    assert find_doubt("before 1500", "1500") == "[..1500]"
    assert find_doubt("about 519", "0520") is None
    assert find_doubt("in the reign of Justinian", "0520") is None
    assert says_the_same("December 10, 1815", "1815-12-10")
    assert says_the_same("10/12/1815", "1815-12-10")
    assert not says_the_same("December 1815", "1815-12-10")


PREVIOUS = read_dates("1/27/2028 - 1 year", Context(False, None, {})).stretch
CONTEXT = Context(False, PREVIOUS, {"start": PREVIOUS})

MARKWHEN = [
    ("2004-06/2006-08", "2004-06/2006-08"),
    ("2018/6 months", "2018-01/2018-06"),
    ("2018 - 2 years", "2018/2019"),
    ("2023-04/4 months", "2023-04/2023-07"),
    ("10/2023 - 2 months", "2023-10/2023-11"),
    ("2025-01-31 - 1 month", "2025-01-31/2025-02-28"),
    ("2025-01-01 - 1 week", "2025-01-01/2025-01-08"),
    ("03/2222", "2222-03"),
    ("500 BCE - 44 BC", "-0499/-0043"),
    ("Jan 4 2025 8am", "2025-01-04T08:00:00"),
    ("November 8, 2022 9am - November 9, 2023, 10am", "2022-11-08/2023-11-09"),
    ("2024", "2024"),
    ("2024/2025", "2024/2025"),
    ("2025-01-22T15:00:00Z", "2025-01-22T15:00:00Z"),
    ("2025-01-03 every other week for 1 year", "2025-01-03"),
    ("1 year", "2029-01-27/2030-01-27"),
    ("!start.end - 2030", "2029-01-27/2030"),
    ("now", "unknown"),
    ("2005/now", "unknown"),
    ("after !start 3 weeks", "2029-01-27/2029-02-17"),
    ("before !start 2 weeks", "2028-01-13/2028-01-27"),
    ("by !start 1 month", "2027-12-27/2028-01-27"),
    ("!start 5 days", "2029-01-27/2029-02-01"),
    ("after !start 3 weeks - after !start 2 months", "2029-02-17/2029-03-27"),
    ("after !start.start 10 days", "2028-01-27/2028-02-06"),
    ("2025-01-03 - 1 work day", "2025-01-03/2025-01-06"),
    ("2025-01-03 - 5 weekdays", "2025-01-03/2025-01-10"),
    ("2025-01-04 / 3 business days", "2025-01-04/2025-01-08"),
    ("after !start 3 workdays", "2029-01-27/2029-01-31"),
    ("after !nobody 3 weeks", "unknown"),
    ("after !start 3 hours", "unknown"),
    ("after !nobody", "unknown"),
    ("13/45/2020", "unknown"),
    ("2025-02-30", "unknown"),
    ("Aug 30 9:45am", "unknown"),
]


@pytest.mark.parametrize(("text", "edtf"), MARKWHEN)
def test_markwhen(text, edtf):
    found = read_dates(text, CONTEXT)
    assert found is not None
    assert found.reading.edtf == edtf
    assert (edtf == "unknown") == bool(found.reading.refusals)


@pytest.mark.parametrize("text", ["Note", "see also", "https", "- item", "some words here", "May"])
def test_markwhen_knows_what_is_no_date(text):
    assert read_dates(text, CONTEXT) is None


@given(st.integers(-3000, 800_000), st.integers(-400, 400).filter(bool))
def test_working_days_are_mondays_to_fridays(number, count):
    end = _work(number, count)
    assert (end - 1) % 7 <= 4
    between = range(number + 1, end + 1) if count > 0 else range(end, number)
    assert sum((day - 1) % 7 <= 4 for day in between) == abs(count)


def test_a_moment_says_itself():
    assert Moment(-43, 3, 15).edtf == "-0043-03-15"
