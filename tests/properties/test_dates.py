"""What holds of every date: bounds in order, an order that is total, and no text that raises."""

import re

from hypothesis import example, given
from hypothesis import strategies as st

from pincite.dates import (
    Date,
    DateProblem,
    Day,
    day_from_number,
    day_number,
    describe_date,
    html_datetime,
    parse_date,
    say_date,
)
from pincite.dates.grammar import parse_expression

digits = st.sampled_from("0123456789X")
marks = st.sampled_from(["", "", "", "?", "~", "%"])
years = st.one_of(
    st.builds(
        lambda sign, year: sign + "".join(year),
        st.sampled_from(["", "", "-"]),
        st.lists(digits, min_size=4, max_size=4),
    ),
    st.integers(1000, 2100).map(str),
    st.integers(10_000, 10**9).map(lambda year: f"Y{year}"),
    st.sampled_from(["Y-17E7", "Y17E8", "1950S2", "Y3388E2S3"]),
)
months = st.one_of(st.integers(0, 42).map("{:02d}".format), st.sampled_from(["XX", "1X", "X2"]))
days = st.one_of(st.integers(0, 32).map("{:02d}".format), st.sampled_from(["XX", "3X", "X9"]))
plain = st.one_of(
    st.builds("".join, st.tuples(years, marks)),
    st.builds("".join, st.tuples(marks, years, marks, st.just("-"), marks, months, marks)),
    st.builds(
        "".join,
        st.tuples(
            *(years, marks, st.just("-"), marks, months, marks, st.just("-"), marks, days, marks)
        ),
    ),
    st.dates().map(str),
    st.datetimes(timezones=st.none()).map(lambda moment: f"{moment:%Y-%m-%dT%H:%M:%SZ}".zfill(20)),
)
ends = st.one_of(plain, st.sampled_from(["", ".."]))
members = st.one_of(plain, st.builds("{}..{}".format, plain, plain))
expressions = st.one_of(
    plain,
    st.builds("{}/{}".format, ends, ends),
    st.builds(
        lambda items, brackets: brackets[0] + ",".join(items) + brackets[1],
        st.lists(members, min_size=1, max_size=4),
        st.sampled_from(["[]", "{}"]),
    ),
)
near_misses = st.text("0123456789XYESTZuxyeop-/.,?~%[]{}() :+", max_size=30)
words = st.lists(
    st.sampled_from(
        [
            "mid-",
            "early",
            "circa",
            "about",
            "between",
            "and",
            "to",
            "from",
            "since",
            "before",
            "the",
            "of",
            ",",
            "7",
            "2025",
            "1920s",
            "Feb",
            "March",
            "/",
            "-",
            "BC",
            "500",
            "20th",
            "century",
            "spring",
            "?",
            "Q1",
            "unknown",
            "open",
        ]
    ),
    max_size=7,
).map(" ".join)


@given(st.one_of(st.text(), near_misses, words, expressions))
@example("9" * 5_000)
@example("Y" + "9" * 900)
@example("Y1E999999999")
@example("Y1E99S" + "9" * 900)
@example("[" * 1_000)
@example("between " * 100)
@example("\ud800")
@example("²⁰²⁵")
@example("٢٠٢٥-٠٢-٠٧")
def test_any_text_is_a_date_or_a_problem(text: str) -> None:
    result = parse_date(text)
    if isinstance(result, Date):
        assert result.edtf == text
        assert text.isascii()
    else:
        assert 0 <= result.start <= result.end <= len(text)
        assert result.message
        if result.suggestion is not None:
            assert isinstance(parse_date(result.suggestion), Date)
    assert set(describe_date(text)) == {"input", "valid", "level", "earliest", "latest", "text"}


@given(expressions)
def test_bounds_are_in_order_and_hold_every_part(text: str) -> None:
    date = parse_date(text)
    if isinstance(date, DateProblem):
        return
    if date.earliest is not None and date.latest is not None:
        assert date.earliest <= date.latest
    for part in date.parts:
        if part.earliest is None or part.latest is None:
            continue
        for bound in (part.earliest, part.latest):
            assert day_from_number(day_number(bound)) == bound  # it is a day that exists
    assert not (date.start_open and date.earliest)
    assert not (date.end_open and date.latest)


@given(expressions, expressions)
def test_order_agrees_with_the_bounds(one: str, other: str) -> None:
    first, second = parse_date(one), parse_date(other)
    if isinstance(first, DateProblem) or isinstance(second, DateProblem):
        return
    if first.earliest is not None and second.earliest is not None:
        if first.earliest != second.earliest:
            assert (first.sort_key < second.sort_key) == (first.earliest < second.earliest)
        elif first.latest is not None and second.latest is not None:
            assert (first.sort_key < second.sort_key) == (first.latest < second.latest)
    if first.start_open and not second.start_open:
        assert first.sort_key < second.sort_key


@given(expressions, st.sampled_from(["en", "en-US", "de", "ru", "zh", "ar", "ko", "fa", "xx"]))
def test_every_date_can_be_said(text: str, language: str) -> None:
    date = parse_date(text)
    if isinstance(date, DateProblem):
        return
    said = say_date(date, language)
    assert said.strip()
    # Spaces are ordinary ones, but between the thousands of a long year.
    assert not set(re.sub(r"(?<=[0-9])[\xa0\u202f](?=[0-9]{3})", "", said)) & set("{}\xa0\u202f")
    value = html_datetime(date)
    assert value == "" or value[:4].isdecimal()


@given(st.integers(-(10**12), 10**12))
@example(0)
@example(1)
def test_day_numbers_round_trip_in_steps_of_one(number: int) -> None:
    day = day_from_number(number)
    assert day_number(day) == number
    assert day < day_from_number(number + 1)


@given(st.dates())
def test_day_numbers_are_those_of_the_standard_library(date) -> None:
    assert day_number(Day(date.year, date.month, date.day)) == date.toordinal()


@given(st.dates())
def test_the_quick_way_to_a_day_is_the_same_as_the_long_one(date) -> None:
    text = date.isoformat()
    assert repr(parse_date(text)) == repr(parse_expression(text))
