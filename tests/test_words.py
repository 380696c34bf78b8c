"""Sentences, lists and marks as each language has them, and what runs the other way set apart."""

import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pincite.base.codes import CODES
from pincite.dates import PHRASES, parse_date
from pincite.plan.findings import finding_words
from pincite.plan.periods import CENTURY, DECADE, YEAR, Period
from pincite.plan.wordfiles import read_words
from support import ROOT, built, parsed

THEME = {
    path.relative_to(ROOT / "templates").as_posix(): path.read_bytes()
    for path in (ROOT / "templates" / "i18n").glob("*.json")
}
LANGUAGES = sorted({re.sub("i18n/|(-[a-z]+)?[.]json", "", name) for name in THEME})


def words(language):
    return read_words(language, THEME)[0]


@pytest.mark.parametrize(
    ("language", "counted"),
    [
        ("en", ["1 event", "2 events", "5 events"]),
        ("he", ["אירוע אחד", "שני אירועים", "5 אירועים"]),
        ("ja", ["1件の出来事", "2件の出来事", "5件の出来事"]),
        ("ar", ["حدث واحد", "حدثان", "5 أحداث"]),
        ("ru", ["1 событие", "2 события", "5 событий"]),
    ],
)
def test_counts(language, counted):
    assert [words(language).count("say_events", n) for n in (1, 2, 5)] == counted


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ["-3", "0.0001", "1,234,567.891234", "999,999,999,999,999,999"]),
        ("de", ["-3", "0,0001", "1.234.567,891234", "999.999.999.999.999.999"]),
    ],
)
def test_numbers_are_never_rounded(language, said):
    numbers = (-3, 0.0001, 1234567.891234, 999_999_999_999_999_999)
    assert [words(language).number(n) for n in numbers] == said


@pytest.mark.parametrize(
    ("language", "listed", "joined"),
    [
        ("en", "1, 2 and 3", "a, b"),
        ("he", "1, 2 ו־3", "\u2068a\u2069, \u2068b\u2069"),
        ("ja", "1、2、3", "a、b"),
        ("ar", "1 و2 و3", "\u2068a\u2069، \u2068b\u2069"),
    ],
)
def test_lists(language, listed, joined):
    assert words(language).listed(["1", "2", "3"]) == listed
    assert words(language).joined("a", "", "b") == joined


def test_and_is_one_letter_in_hebrew_and_joined_to_hebrew_words():
    assert words("he").listed(["שנה", "יום"]) == "שנה ויום"
    assert words("he").listed(["שנה", "Times"]) == "שנה ו־\u2068Times\u2069"


def test_only_what_has_letters_from_left_to_right_is_set_apart():
    hebrew = words("he")
    assert hebrew("say_paragraph", n="7") == "פסקה 7"
    assert hebrew("say_by", name="דנה") == "בידי דנה"
    assert hebrew("say_by", name="Dana") == "בידי \u2068Dana\u2069"
    assert words("ja")("say_by", name="Dana") == "担当：Dana"


@pytest.mark.parametrize(
    ("language", "report", "date"),
    [
        ("zh", "证据报告", "约公元前500年"),
        ("zh-CN", "证据报告", "约公元前500年"),
        ("zh-Hans-HK", "证据报告", "约公元前500年"),
        ("zh-Hant", "證據報告", "約西元前500年"),
        ("zh-TW", "證據報告", "約西元前500年"),
        ("zh-Hant-MO", "證據報告", "約西元前500年"),
        ("zh-HK", "證據報告", "約西元前500年"),
    ],
)
def test_chinese_is_written_as_it_is_where_it_is_read(language, report, date):
    own = words(language)
    assert own("report") == report
    assert own.date(parse_date("-0499~")) == date


def test_no_simplified_letter_is_left_in_traditional_words():
    # Big5 has the traditional letters and none of those that only the simplified script has.
    files = [data.decode() for name, data in THEME.items() if name.startswith("i18n/zh-Hant")]
    text = "".join([*files, *PHRASES["zh-Hant"].values()])
    letters = set(re.findall(r"[\u4e00-\u9fff]", text))
    assert len(letters) > 400
    assert {letter for letter in letters if not letter.encode("big5", "ignore")} == set()
    assert not "证".encode("big5", "ignore")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_finding_that_may_be_published_is_said(language):
    table = words(language).table
    for code, about in CODES.items():
        said = f"finding_{code}" in table and f"finding_{code}_text" in table
        assert said == (about.severity != "error"), code
    own = json.loads(THEME.get(f"i18n/{language}-findings.json", b"{}"))
    assert set(own) == (set() if language == "en" else set(finding_words()))
    # Whoever reads the report reads it there: it does not speak of itself as of another page.
    assert not any("evidence report" in text for text in finding_words().values())


@pytest.mark.parametrize(
    ("period", "language", "label"),
    [
        (Period(size=DECADE, year=1990), "en", "1990 to 1999"),
        (Period(size=DECADE, year=1990), "ja", "1990年～1999年"),
        (Period(size=CENTURY, year=-500), "en", "501 BCE to 402 BCE"),
        (Period(size=CENTURY, year=0), "en", "1 BCE to 99 CE"),
        (Period(size=YEAR, year=-499), "he", "500 לפנה״ס"),
    ],
)
def test_periods(period, language, label):
    assert period.label(words(language)) == label


def test_what_has_no_spaces_is_measured_in_characters():
    withheld = parsed("japanese")["sources/shimbun/index.html"].select_one(".withheld .small")
    assert "計41字" in withheld.get_text()
    withheld = parsed("japanese")["sources/gazette/index.html"].select_one(".withheld .small")
    assert "計4語" in withheld.get_text()


def test_data_for_machines_hold_no_marks_of_direction():
    for path, data in built("arabic").items():
        if path.startswith("data/") and not path.endswith(".html"):
            assert "\u2068".encode() not in data, path


def test_a_date_is_the_same_in_a_list_and_alone():
    date = parse_date("{1960,1961}")
    assert words("he").date(date) == "1960 ו־1961"


@pytest.mark.parametrize(
    ("words", "key", "help"),
    [
        ('{"cited_by" "A"}', '"', "it holds words by key"),
        ('  {"x": "}", "cited_bye": 3}', '"cited_bye"', "did you mean `cited_by`?"),
        ('\n{"\\u0063ited_by": "{0} {"}', '"\\u0063ited_by"', "the English word is"),
    ],
)
def test_words_that_cannot_be_used_are_told_at_their_key(words, key, help):
    theme = {**THEME, "i18n/en.json": words.encode(), "i18n/shipped/en.json": THEME["i18n/en.json"]}
    usable, (found,), texts = read_words("en", theme)
    path, start, end = found.span
    assert texts[path].value[start:end] == key
    assert found.help.startswith(help)
    assert usable("cited_by") == json.loads(THEME["i18n/en.json"])["cited_by"]


OURS = {
    key: word
    for name in ("", "-said")
    for key, word in json.loads(THEME[f"i18n/en{name}.json"]).items()
}
PIECES = st.sampled_from(["{n}", "{", "}", "{{", "{n!r}", "{n:>9}", "{0}", "{n.x}", "\ud800", "a"])
TEXTS = st.lists(PIECES, max_size=4).map("".join)
VALUES = st.recursive(
    TEXTS | st.fixed_dictionaries({"other": TEXTS}) | st.none(),
    lambda some: st.dictionaries(st.sampled_from(["one", "other"]), some) | st.lists(some),
    max_leaves=4,
)


@settings(max_examples=40)
@given(st.dictionaries(st.sampled_from(sorted(OURS)), VALUES, max_size=5))
def test_whatever_stands_in_a_file_of_words_can_be_said(written):
    theme = {**THEME, "i18n/shipped/en.json": THEME["i18n/en.json"]}
    theme["i18n/en-findings.json"] = json.dumps(written).encode()
    usable, found, _ = read_words("en", theme)
    told = {d.message.split("`")[1] for d in found}
    for key in written:
        word, now = OURS[key], usable.table[key]
        assert now == (word if key in told else written[key])
        assert isinstance(now, type(word))
        blanks = dict.fromkeys({*re.findall(r"\{(\w+)\}", str(word))} - {"n"}, "x")
        if isinstance(word, dict):
            usable.count(key, 1, **blanks)
        else:
            usable(key, n="1", **blanks)


@settings(max_examples=40)
@given(st.binary(max_size=30) | st.text(max_size=30).map(str.encode))
def test_no_file_of_words_raises(data):
    assert read_words("en", {**THEME, "i18n/en-findings.json": data})


def test_nothing_is_wrong_with_our_own_words():
    for language in LANGUAGES:
        assert read_words(language, THEME)[1:] == ((), {})
