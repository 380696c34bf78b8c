"""Dates against the standard, said in words, and beside another library's reading of them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from pincite.dates import (
    PHRASES,
    PHRASES_EN,
    Date,
    DateProblem,
    Day,
    Kind,
    describe_date,
    html_datetime,
    parse_date,
    say_date,
)
from pincite.dates.english import find_english
from pincite.dates.locales import patterns_of
from pincite.dates.parse import LONGEST_TEXT
from pincite.dates.phrases import tables_of
from pincite.dates.problem import LONGEST_GUESS

HERE = Path(__file__).parent


def rows(name: str, separator: str) -> Iterator[list[str]]:
    for line in (HERE / name).read_text("utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            yield [cell.strip(" ") for cell in line.split(separator)]


def parsed(text: str) -> Date:
    date = parse_date(text)
    assert isinstance(date, Date), date
    return date


CASES = list(rows("cases.txt", "  "))
REFUSED = list(rows("refused.txt", " | "))
SAID = list(rows("said.txt", " | "))


@pytest.mark.parametrize(("text", "level", "earliest", "latest"), CASES)
def test_reads_the_standard(text: str, level: str, earliest: str, latest: str) -> None:
    found = describe_date(text)
    assert found["valid"] is True
    assert (str(found["level"]), found["earliest"] or "null", found["latest"] or "null") == (
        level,
        earliest,
        latest,
    )
    assert found["input"] == text
    assert found["text"]


@pytest.mark.parametrize(("text", "blamed", "offered"), REFUSED)
def test_refuses_with_an_offer(text: str, blamed: str, offered: str) -> None:
    problem = parse_date(text)
    assert isinstance(problem, DateProblem)
    assert 0 <= problem.start <= problem.end <= len(text)
    assert problem.suggestion == (None if offered == "-" else offered)
    if blamed == "-":
        assert problem.start == problem.end == len(text)
    else:
        assert text[problem.start : problem.end].strip() == (text if blamed == "*" else blamed)
    if problem.message.startswith("there is no ") and blamed != "*":
        assert problem.message.endswith(f"`{blamed}`")
    found = describe_date(text)
    assert found == dict.fromkeys(found) | {"input": text, "valid": False}


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "there is no date here"),
        (" ", "there is no date here"),
        ("unknown", "EDTF has no way to write a date of which nothing is known"),
        ("N.D.", "EDTF has no way to write a date of which nothing is known"),
        ("12345", "a year of more than four digits begins with `Y`"),
        (" 7 February 2025", "`7 February 2025` is not written as EDTF"),
        ("x" * 121, "this is not a date in EDTF"),
        ("201x", "an unspecified digit is a capital `X`"),
        (" 201x", "white space around the date"),
        ("2025/2024", "it ends before it begins"),
        ("[1985..1984]", "the range ends before it begins"),
        ("[1984", "a set that begins with `[` ends with `]`"),
        ("{1984]", "a set that begins with `{` ends with `}`"),
        ("2025-02-30", "February 2025 has 28 days"),
        ("1985-04-12T10:00:00/1986", "an interval in EDTF has no times of day"),
        ("[1985-04-12T10:00:00]", "a set in EDTF has no times of day"),
    ],
)
def test_says_why(text: str, why: str) -> None:
    problem = parse_date(text)
    assert isinstance(problem, DateProblem)
    assert problem.message == why


def test_the_longest_date() -> None:
    longest = f"[{'1984,' * 198}1984-12?]"
    assert len(longest) == LONGEST_TEXT
    assert isinstance(parse_date(longest), Date)
    problem = parse_date(longest.replace(",", ", ", 1))
    assert isinstance(problem, DateProblem)
    assert (problem.start, problem.end) == (LONGEST_TEXT, LONGEST_TEXT + 1)


@pytest.mark.parametrize(
    "text",
    [
        "1920 to whenever",
        "whenever to 1920",
        "1920 to since 1930",
        "since 1930 to 1940",
        "until",
        "",
    ],
)
def test_guesses_all_or_nothing(text: str) -> None:
    assert find_english(text) is None


def test_guesses_at_what_is_short() -> None:
    short = f"[{'1984,' * 22}1984-12] "
    assert len(short) == LONGEST_GUESS
    for text, offered in ((short, short.strip()), (f"{short} ", None)):
        problem = parse_date(text)
        assert isinstance(problem, DateProblem)
        assert problem.suggestion == offered


def test_tells_an_ambiguous_date_from_a_plain_one() -> None:
    ambiguous, plain = parse_date("7/2/2025"), parse_date("13/2/2025")
    assert isinstance(ambiguous, DateProblem)
    assert isinstance(plain, DateProblem)
    assert "2025-07-02" in ambiguous.message
    assert "American" not in plain.message


@pytest.mark.parametrize(("text", "language", "words"), SAID)
def test_says(text: str, language: str, words: str) -> None:
    assert say_date(parsed(text), language) == words


def test_says_with_the_phrases_it_is_given() -> None:
    date = parsed("2025-01-15~")
    assert say_date(date, "en", {"approximate": "round {date}"}) == "round 15 January 2025"
    assert say_date(date, "en", {"approximate": "{other} {date}"}) == "{other} 15 January 2025"
    assert say_date(date, "de", {}) == "about 15. Januar 2025"


@pytest.mark.parametrize("language", sorted(PHRASES))
def test_every_language_has_every_phrase(language: str) -> None:
    for key, english in PHRASES_EN.items():
        places = {
            place
            for place in ("date", "start", "end", "year", "season", "parts", "time", "doubts")
            if f"{{{place}}}" in english
        }
        assert all(f"{{{place}}}" in PHRASES[language][key] for place in places), key


def test_one_language_leaves_the_others_alone() -> None:
    # Babel 2.18 keeps Chinese names for French once Chinese was asked for.
    from babel.dates import get_month_names

    get_month_names("wide", "stand-alone", "zh")
    for language, name in (("fi", "joulukuu"), ("nl", "december"), ("it", "dicembre")):
        assert name in say_date(parsed("2024-12"), language)
    get_month_names("abbreviated", "stand-alone", "zh")
    for language, name in (("fr", "déc."), ("he", "דצמ׳"), ("ur", "دسمبر"), ("nl", "dec")):
        assert patterns_of(language).names_short[11] == name


@pytest.mark.parametrize(
    ("text", "uncertain", "approximate"),
    [
        ("2025", False, False),
        ("2025?", True, False),
        ("2025~", False, True),
        ("2025%", True, True),
        ("2024/2025-~03", False, True),
        ("[2024?, 2025]", True, False),
    ],
)
def test_doubts_anywhere_in_it_are_known(text: str, uncertain: bool, approximate: bool) -> None:
    date = parsed(text.replace(" ", ""))
    assert (date.uncertain, date.approximate) == (uncertain, approximate)


def test_no_year_zero_has_a_sign() -> None:
    problem = parse_date("-0000S2")
    assert isinstance(problem, DateProblem)
    assert (problem.start, problem.end, problem.suggestion) == (0, 1, "0000S2")


def test_a_language_of_a_country_nobody_knows_is_that_language() -> None:
    assert patterns_of("de-XX").names_short == patterns_of("de").names_short
    assert patterns_of("xx-de").names_short == patterns_of("en").names_short
    assert tables_of("zh-CN") == ("zh-CN", "zh")
    assert tables_of("zh-HK") == ("zh-HK", "zh-Hant", "zh")
    assert tables_of("en-HK") == ("en-HK", "en")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2025-02-07", "2025-02-07"),
        ("2025-02", "2025-02"),
        ("2025", "2025"),
        ("2025-02-07~", "2025-02-07"),
        ("[2025-02-07..2025-02-28]", "2025-02"),
        ("[2025-02-07..2025-03-14]", "2025"),
        ("[2024-12-21..2025-01-10]", ""),
        ("2024-12~/..", "2024-12"),
        ("../2025-03", "2025-03"),
        ("/1985", "1985"),
        ("../..", ""),
        ("..1985/1986", "1986"),
        ("1985/1986..", "1985"),
        ("..1985/1986..", ""),
        ("201X", ""),
        ("0000", ""),
        ("-0043-03-15", ""),
        ("0079", "0079"),
        ("Y170000002", "170000002"),
        ("1985-04-12T23:20:30", "1985-04-12T23:20:30"),
        ("1985-04-12T23:20:30Z", "1985-04-12T23:20:30Z"),
        ("1985-04-12T23:20:30-04", "1985-04-12T23:20:30-04:00"),
        ("1985-04-12T24:00:00", "1985-04-12"),
        ("0001-01-01T10:00:00", "0001-01-01T10:00:00"),
        ("0000-12-31T10:00:00", ""),
        ("0001", "0001"),
        ("{1960,1961-12..}", "1960"),
        ("[..1960-03,1961]", "1961"),
    ],
)
def test_html_datetime(text: str, value: str) -> None:
    assert html_datetime(parsed(text)) == value


@pytest.mark.parametrize(
    ("text", "qualifiers"),
    [
        ("2004-06-11%", ("%", "%", "%")),
        ("2004-06~-11", ("~", "~", "")),
        ("2004?-06-11", ("?", "", "")),
        ("?2004-06-~11", ("?", "", "~")),
        ("2004-%06-11", ("", "%", "")),
        ("?2004-06-04~", ("%", "~", "~")),
        ("2004?-06~-11", ("%", "~", "")),
        ("2004?", ("?", "", "")),
        ("2001-21~", ("~", "~", "")),
    ],
)
def test_qualifies_each_component(text: str, qualifiers: tuple[str, str, str]) -> None:
    assert parsed(text).parts[0].qualifiers == qualifiers


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("1985-04-12T23:20:30", Kind.DATETIME),
        ("1985-04-12", Kind.DAY),
        ("1985-04", Kind.MONTH),
        ("1985", Kind.YEAR),
        ("Y17E8", Kind.YEAR),
        ("2001-21", Kind.SEASON),
        ("201X", Kind.DECADE),
        ("20XX", Kind.CENTURY),
        ("1950S2", Kind.ESTIMATE),
        ("2004-XX", Kind.UNSPECIFIED),
        ("1985/..", Kind.INTERVAL),
        ("[1984]", Kind.ONE_OF),
        ("{1984}", Kind.ALL_OF),
    ],
)
def test_kind(text: str, kind: Kind) -> None:
    date = parsed(text)
    assert date.kind is kind
    assert date.lasts == (kind in (Kind.INTERVAL, Kind.ALL_OF))
    assert date.digest_parts == (text,)


def test_order() -> None:
    ordered = [
        "[..1985-06]", "../1985", "Y-17E7", "-0044", "0001", "1984-12-31", "1985-01-01",
        "1985-01", "/1985", "1985", "1985/", "1985/..", "1985-01-02", "2001-21", "Y17E8", "/..",
    ]  # fmt: skip
    assert sorted(ordered, key=lambda text: parsed(text).sort_key) == ordered
    same_day = ["1985-01-01~", "1985-01-01", "1985-01-01?"]
    assert sorted(same_day, key=lambda text: parsed(text).sort_key) == same_day


def bounds_elsewhere(text: str) -> tuple[str, str] | str:
    """The bounds the edtf package gives, or what it raises."""
    edtf = pytest.importorskip("edtf")
    try:
        date = edtf.parse_edtf(text)
        bounds = date.lower_strict(), date.upper_strict()
    except Exception as exception:  # noqa: BLE001 - it raises whatever comes its way
        return type(exception).__name__
    earliest, latest = (
        ".." if isinstance(bound, float) else Day(*bound[:3]).isoformat() for bound in bounds
    )
    return earliest, latest


def test_agrees_with_another_library_but_for_what_is_listed() -> None:
    listed = {text for (text,) in rows("oracle.txt", "\t")}
    different = set()
    for text in [row[0] for row in CASES + REFUSED]:
        found, elsewhere = describe_date(text), bounds_elsewhere(text)
        if found["valid"]:
            same = elsewhere == (found["earliest"], found["latest"])
        else:
            same = elsewhere == "EDTFParseException"
        if not same:
            different.add(text)
    assert different <= listed
    assert listed <= {row[0] for row in CASES + REFUSED}
