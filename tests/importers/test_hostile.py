"""Files that are broken, enormous or hostile: they end in losses, never in an exception."""

import json
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from importers.checking import settle
from pincite.importers.formats import READERS
from pincite.importers.sniff import sniff
from pincite.importers.values import What

HEADER = "Year,Month,Day,Headline,Text\n"

BOMB = (
    '<!DOCTYPE data [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]><data><event title="&c;">&c;</event></data>'
)
EXTERNAL = '<!DOCTYPE data [<!ENTITY x SYSTEM "file:///etc/passwd">]><data><event title="x">&x;</event></data>'
FAR = (
    '<!DOCTYPE data SYSTEM "http://127.0.0.1:1/x.dtd"><data><event title="x" start="2020"/></data>'
)

REFUSED = [
    ("simile", BOMB, "declares entities"),
    ("simile", EXTERNAL, "declares entities"),
    ("feed", BOMB.replace("data", "rss"), "declares entities"),
    ("simile", "<data>" + "<a>" * 500 + "</a>" * 500 + "</data>", "nested more than"),
    ("simile", "<data><event title='x'>&nothing;</event></data>", "this is not XML"),
    ("simile", "<data><event></data>", "this is not XML: mismatched tag"),
    ("simile", "<", "this is not XML"),
    ("feed", "", "this is not XML"),
    ("feed", "<html/>", "no feed with entries"),
    ("timelinejs-json", "[" * 100_000, "nested too deep"),
    ("timelinejs-json", "[" * 30, "this is not JSON"),
    ("timelinejs-json", '{"events": ' + "[" * 100_000 + "]" * 100_000 + "}", "nested too deep"),
    ("timelinejs-json", '{"events": ' + '{"a":' * 50_000 + "1" + "}" * 50_000 + "}", "too deep"),
    ("timelinejs-json", "{'events': []}", "a key in double quotes is expected at column 2"),
    ("timelinejs-json", '{"events": [1,]}', "a comma without an item after it"),
    ("timelinejs-json", '{"events": []} x', "more text after the end"),
    ("timelinejs-json", "[1]", "a timeline is an object"),
    ("timelinejs-json", '{"events": [7, null]}', "is no event"),
    ("records", "{}", "there is no list of records"),
    ("records", "7", "there is no list of records"),
    ("timelinejs-csv", "", "the table is empty"),
    ("timelinejs-csv", HEADER + '2020,1,1,"' + "x" * 1_100_000, "breaks off here"),
]


@pytest.mark.parametrize(("format", "text", "reason"), REFUSED, ids=[r[2] for r in REFUSED])
def test_refused(format, text, reason):
    imported = READERS[format](text, "x")
    refused = [loss.message for loss in imported.losses if loss.what is What.REFUSED]
    assert any(reason in message for message in refused), refused


def test_no_document_type_is_fetched():
    imported = READERS["simile"](FAR, "x.xml")
    assert [event.date for event in imported.events] == ["2020"]


def test_names_of_characters_as_in_html():
    imported = READERS["simile"](
        "<data><event start='2020' title='a&nbsp;b &eacute;'/></data>", "x"
    )
    assert imported.events[0].title == "a\u00a0b é"
    assert any("as in HTML" in loss.message for loss in imported.losses)


TEXT = "2020,1,2,Título “x”,Words\n"

ENCODED = {
    "utf-8 with a mark": (HEADER + TEXT).encode("utf-8-sig"),
    "utf-16": (HEADER + TEXT).encode("utf-16"),
    "windows-1252": (HEADER + TEXT).encode("cp1252"),
    "mac line ends": (HEADER + TEXT).replace("\n", "\r").encode(),
    "windows line ends": (HEADER + TEXT).replace("\n", "\r\n").encode(),
    "semicolons": (HEADER + TEXT).replace(",", ";").encode(),
    "tabs": (HEADER + TEXT).replace(",", "\t").encode(),
    "control characters": (HEADER + TEXT.replace("Words", "W\x00o\x1brds\u202e")).encode(),
}


@pytest.mark.parametrize("data", ENCODED.values(), ids=ENCODED)
def test_encodings(data):
    imported = READERS["timelinejs-csv"](data, "x.csv")
    settle(imported)
    event = imported.events[0]
    assert (event.date, event.title, event.summary) == ("2020-01-02", "Título “x”", "Words")


TABLES = [
    (HEADER + "2020,1,1,A,B,more,still\n", {"column-6": "more", "column-7": "still"}),
    (HEADER + "2020,1,1,A,B,,\n", {}),
    (HEADER + "2020,1\n", {}),
    ("Year,Month,Day,Headline,Headline\n2020,1,1,A,B\n", {"headline-2": "B"}),
    ("Year,,Headline\n2020,x,A\n", {"column-2": "x"}),
    ("Year,Headline,con,C:\\x,…\n2020,A,b,c,d\n", {"con": "b", "c-x": "c", "field": "d"}),
]


@pytest.mark.parametrize(("text", "kept"), TABLES)
def test_broken_tables(text, kept):
    imported = READERS["timelinejs-csv"](text, "x.csv")
    settle(imported)
    assert dict(imported.events[0].imported) == kept


def test_a_key_that_stands_twice_is_kept_twice():
    text = '{"events": [{"start_date": {"year": 1900}, "mood": "a", "mood": "b"}]}'
    imported = READERS["timelinejs-json"](text, "x.json")
    assert dict(imported.events[0].imported) == {"mood": "a", "mood-2": "b"}


def test_long_texts_are_cut_where_they_must_be_and_kept():
    long = "word " * 10_000
    rows = [
        {"date": "2020", "title": long[:2_000], "text": long, "url": "https://e.org/" + "x" * 3000}
    ]
    rows.append({"date": "x" * 5_000, "text": "y" * 5_000, "location": "z" * 900})
    imported = READERS["records"](json.dumps(rows), "x.json")
    settle(imported)
    first, second = imported.events
    assert len(first.title) <= 300
    assert dict(first.imported)["text"].count("word") >= 10_000
    assert len(second.places[0]) == 200
    assert dict(second.imported)["date"] == "x" * 5_000


def test_what_is_too_long_to_keep_is_cut_aloud():
    imported = READERS["records"](json.dumps([{"date": "2020", "mood": "x" * 100_001}]), "x.json")
    settle(imported)
    assert len(dict(imported.events[0].imported)["mood"]) == 100_000
    assert any("`mood` was cut" in loss.message for loss in imported.losses)


def test_many_events_of_one_title():
    rows = [{"date": f"20{n % 3}0", "title": "Same"} for n in range(300)]
    settle(READERS["records"](json.dumps(rows), "x.json"))


MARKED = st.text(st.characters(exclude_categories=["Cs"]), max_size=30) | st.sampled_from(
    (
        "<b>",
        "&#0;",
        "[@x]",
        "\u2028",
        "event:x",
        "![](x)",
        "2020-02-30",
        "-44",
        "0",
        "now",
        "CON",
        "<a href='https://e.org/%00'>x</a>",
        "https://e.org/\u202e",
        "1e9",
        "~",
        "null",
        "- a",
    )
)
CELLS = st.lists(st.lists(MARKED, min_size=1, max_size=5).map("".join), max_size=6)
VALUES = st.recursive(
    MARKED | st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False),
    lambda below: (
        st.lists(below, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                (
                    "date",
                    "text",
                    "title",
                    "url",
                    "start",
                    "end",
                    "events",
                    "start_date",
                    "year",
                    "media",
                    "sources",
                    "associations",
                    "timeline",
                    "headline",
                    "startDate",
                    "id",
                    "tags",
                    "description",
                    "paths",
                    "location",
                    "imported",
                    "month",
                    "latestStart",
                )
            ),
            below,
            max_size=5,
        )
    ),
    max_leaves=15,
)


@given(st.sampled_from(sorted(READERS)), st.binary(max_size=80) | MARKED)
def test_any_bytes(format, data):
    settle(READERS[format](data, "x"))
    sniff("x", data)


@given(st.sampled_from(["timelinejs-csv", "timelinesetter", "csv"]), st.lists(CELLS, max_size=4))
def test_any_table(format, rows):
    header = (
        '"date","Year","Headline","title","description","link"\n'
        if format == "csv"
        else '"Year","Month","Headline","Text","Display Date","Group"\n'
    )
    lines = [",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows]
    settle(READERS[format](header + "\n".join(lines), "x.csv"))


@given(st.sampled_from(["timelinejs-json", "simile", "timemap", "records"]), VALUES, VALUES)
def test_any_json(format, first, second):
    for value in (first, {"events": [first, second]}, {"timeline": {"date": [first]}}):
        text = json.dumps(value)
        settle(READERS[format](text, "x.json"))
        sniff("x.json", text)


@given(st.lists(MARKED | st.sampled_from(["\n", "2020: ", "# a\n", "key: ", "//", "- [x] "])))
def test_any_markwhen(pieces):
    settle(READERS["markwhen"]("".join(pieces), "x.mw"))


def test_cut_files_of_every_format():
    generator = random.Random(7)  # the same cuts every time
    files = {
        "timelinejs-csv": HEADER + TEXT * 3,
        "timelinejs-json": '{"events": [{"start_date": {"year": 1}, "text": {"text": "x"}}]}',
        "simile": "<data><event start='2020' title='x'>y &amp; z</event></data>",
        "feed": "<rss><channel><item><title>x</title></item></channel></rss>",
        "markwhen": "title: x\n\n2020-01: a\nkey: b\n\n- c\n",
    }
    for format, text in files.items():
        for _ in range(30):
            at = generator.randrange(len(text))
            settle(READERS[format](text[:at] + text[at + generator.randrange(4) :], "x"))
