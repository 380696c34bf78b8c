"""The date tagger, on sentences with traps, on the seed article and on whatever hypothesis finds."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pincite.dates import Date, day_number, parse_date
from pincite.ingest.sentences import split_sentences
from pincite.ingest.tagging import Expression, find_dates, find_dates_of
from pincite.ingest.tagging.absolute import find_absolute
from pincite.ingest.tagging.find import MAY_BE_DATED
from pincite.ingest.tagging.holidays import feast_day
from pincite.ingest.tagging.relative import find_relative
from pincite.ingest.tagging.years import find_years

_HERE = Path(__file__).parent
_SEED = next((_HERE.parent / "seeds").glob("000_*.txt"))


def _date(edtf):
    date = parse_date(edtf)
    assert isinstance(date, Date)
    return date


def _shown(expression: Expression) -> str:
    words = f"{expression.text} = {expression.edtf or '?'} {expression.date_mod}"
    return words.strip()


def _sentences():
    tables = (_HERE / "cases" / f"date_{name}.tsv" for name in ("sentences", "writing", "habits"))
    lines = (line for table in tables for line in table.read_text("utf-8").splitlines()[1:])
    for line in lines:
        published, sentence, expected = line.split("\t")
        yield pytest.param(
            None if published == "unknown" else _date(published),
            sentence,
            tuple(filter(None, expected.split(" | "))),
            id=sentence[:40],
        )


@pytest.mark.parametrize(("published", "sentence", "expected"), tuple(_sentences()))
def test_a_sentence_has_these_dates_and_no_others(published, sentence, expected):
    assert tuple(map(_shown, find_dates(sentence, published))) == expected


def test_the_seed_article_has_its_six_dates_and_no_others():
    found = find_dates(_SEED.read_text(encoding="utf-8"), _date("[2025-02-07..2025-03-14]"))
    assert [_shown(one) for one in found] == [
        "since at least December = 2024-12/.. ON_OR_BEFORE",
        "by mid-March 2025 = ../2025-03 ON_OR_BEFORE+MID",
        "as of mid-January = ../2025-01 ON_OR_BEFORE+MID",
        "by mid-April = ../2025-04 ON_OR_BEFORE+MID",
        "On 7 February = 2025-02-07",
        "in late January = [2025-01-21..2025-01-31] END",
    ]
    assert [one.basis for one in found] == ["resolved", "stated", *["resolved"] * 4]


def test_without_a_publication_date_only_stated_dates_are_told():
    found = find_dates(_SEED.read_text(encoding="utf-8"), None)
    assert len(found) == 6
    told = [one.edtf for one in found if one.edtf is not None]
    assert told == ["../2025-03"]
    assert {one.problem for one in found} == {"", "needs the publication date"}


def test_the_next_day_of_a_new_paragraph_counts_from_the_paragraph_before():
    texts = ("He left on 5 January 2019.", "The next day he died.", "A year earlier he was well.")
    found = list(find_dates_of(texts, _date("2025-02-12")))
    assert [_shown(one) for paragraph in found for one in paragraph] == [
        "on 5 January 2019 = 2019-01-05",
        "The next day = 2019-01-06",
        "A year earlier = 2024",
    ]


def test_a_paragraph_alone_is_read_as_the_first_of_a_text():
    text = "The next day he died; later that year she did."
    assert list(find_dates_of((text,), None)) == [find_dates(text, None)]
    assert [one.problem for one in find_dates(text, None)] == ["needs the date it counts from"] * 2


@pytest.mark.parametrize(
    ("feast", "year", "day"),
    [
        ("easter", 2000, "2000-04-23"),
        ("easter", 1943, "1943-04-25"),
        ("easter", 2008, "2008-03-23"),
        ("good friday", 2025, "2025-04-18"),
        ("thanksgiving", 2018, "2018-11-22"),
        ("memorial day", 2013, "2013-05-27"),
        ("labor day", 2025, "2025-09-01"),
        ("christmas eve", 1914, "1914-12-24"),
    ],
)
def test_a_feast_falls_on_its_day(feast, year, day):
    assert feast_day(feast, year).isoformat() == day


@given(st.integers(-3000, 9000))
def test_easter_is_a_sunday_of_spring(year):
    day = feast_day("easter", year)
    assert day_number(day) % 7 == 0
    assert (3, 22) <= day[1:] <= (4, 25)


def test_typography_does_not_move_places():
    text = "“Since\u00a0at least December” – and 2\u20135\u00a0June 2024 – it\u2019s ’90s"
    found = find_dates(text, _date("2025-02-12"))
    assert [one.edtf for one in found] == ["2024-12/..", "2024-06-02/2024-06-05", "199X"]
    assert all(text[one.start : one.end] == one.text for one in found)


_PIECES = st.sampled_from(
    tuple(
        """May March Sun in by since of the mid- late 7 30 February 2025 1914-18 , . ; ( ) from to
    between and 44 BC Friday last next year years week ago two later yesterday Today 's the 1990s
    third quarter century 19th 2,700 $ 3/4/2019 2024-02-30 will said onwards end of \u2013 \u00a0 x
    """.split()  # noqa: SIM905
    )
)


@given(
    st.one_of(st.text(max_size=60), st.lists(_PIECES, max_size=25).map(" ".join)),
    st.sampled_from(
        (None, "2025-02-12", "2024-02-29", "2025", "[2025-02-07..2025-03-14]", "-0043")
    ),
)
def test_any_text_gives_places_in_order_and_valid_dates(text, published):
    found = find_dates(text, None if published is None else _date(published))
    end = 0
    for one in found:
        assert end <= one.start < one.end <= len(text)
        assert one.text == text[one.start : one.end]
        assert (one.edtf is None) == bool(one.problem)
        assert one.edtf is None or isinstance(parse_date(one.edtf), Date)
        assert one.basis in ("stated", "resolved")
        end = one.end
    assert find_dates(text, None if published is None else _date(published)) == found


_NAMES = st.sampled_from(
    tuple(
        """Easter Christmas ten two the Q H AD BC c. last this same next ago later first of century
    nineteen eighties noughties in Eve Fourth July twenty thousand summer tonight latest and that
    """.split()  # noqa: SIM905
    )
)


@given(st.lists(_NAMES, max_size=9).map(" ".join))
def test_no_paragraph_that_is_passed_over_has_a_date(text):
    cores = (*find_absolute(text), *find_years(text), *find_relative(text))
    assert not cores or MAY_BE_DATED.search(text)


@given(st.text(max_size=80))
def test_what_is_stated_does_not_depend_on_the_publication_date(text):
    without = find_dates(text, None)
    later = find_dates(text, _date("2031-07-01"))
    assert [(one.start, one.end) for one in without] == [(one.start, one.end) for one in later]
    for one, other in zip(without, later, strict=True):
        assert one.edtf is None or one.edtf == other.edtf


@pytest.mark.parametrize("verb", ["may", "march", "second", "sun", "fall", "spring", "today's"[:3]])
def test_no_verb_is_a_date(verb):
    text = f"They {verb} go, and it {verb} be; we {verb} 7 times, 3 {verb} in 5 {verb} by {verb}."
    assert find_dates(text, _date("2025-02-12")) == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two! Three?", ["One.", "Two!", "Three?"]),
        ("Mr. Smith of the U.S. Army met Gen. Lee. He left.",
         ["Mr. Smith of the U.S. Army met Gen. Lee.", "He left."]),
        ("They flew to the U.S. The talks failed.", ["They flew to the U.S.", "The talks failed."]),
        ("It is No. 10 of J. K. Rowling Inc. shares.", ["It is No. 10 of J. K. Rowling Inc. shares."]),
        ("He said no. Then he left.", ["He said no.", "Then he left."]),
        ("“Go!” he said. “Now.” Then 3.5 percent fell.",
         ["“Go!” he said.", "“Now.”", "Then 3.5 percent fell."]),
        ("On Sept. 5 it fell. 2025 was worse", ["On Sept. 5 it fell.", "2025 was worse"]),
        ("One line\n\nand another", ["One line", "and another"]),
        ("  ", []),
    ],
)  # fmt: skip
def test_sentences(text, expected):
    assert [text[one.start : one.end] for one in split_sentences(text)] == expected


@given(st.text(alphabet=st.sampled_from("aB. !?\n”U.S"), max_size=60))
def test_sentences_keep_all_but_white_space(text):
    spans = split_sentences(text)
    assert "".join("".join(text[a:b].split()) for a, b in spans) == "".join(text.split())
