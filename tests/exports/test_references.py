"""CSL-JSON and BibTeX of the sources, read by somebody else's parsers."""

import json

import bibtexparser
import jsonschema_rs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pincite.dates import Date, parse_date
from pincite.exports.bibtex import escape, write_bibtex
from pincite.exports.csl import csl_date, write_csl

# The part of CSL's data model that is written here, with its refusal of all other keys.
DATE = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "date-parts": {
            "type": "array",
            "minItems": 1,
            "maxItems": 2,
            "items": {
                "type": "array",
                "minItems": 1,
                "maxItems": 3,
                "prefixItems": [{"type": "integer", "not": {"const": 0}}],
                "items": {"type": "integer", "minimum": 1, "maximum": 31},
            },
        },
        "circa": {"type": "boolean"},
    },
    "required": ["date-parts"],
}
TEXTS = (
    "title",
    "container-title",
    "publisher",
    "URL",
    "language",
    "archive",
    "archive_location",
    "note",
)
CSL = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "type": "array",
    "items": {
        "type": "object",
        "required": ["type", "id"],
        "additionalProperties": False,
        "properties": {
            "id": {"type": "string"},
            "type": {"enum": ["article-newspaper", "webpage", "document"]},
            "author": {
                "type": "array",
                "items": {
                    "type": "object",
                    "additionalProperties": False,
                    "required": ["literal"],
                    "properties": {"literal": {"type": "string"}},
                },
            },
            "issued": DATE,
            "accessed": DATE,
            **{name: {"type": "string", "minLength": 1} for name in TEXTS},
        },
    },
}


def test_csl(site):
    items = json.loads(write_csl(*site))
    assert [e.message for e in jsonschema_rs.Draft202012Validator(CSL).iter_errors(items)] == []
    assert [item["id"] for item in items] == ["closed", "ledger", "record"]
    assert items[1] == {
        "id": "ledger",
        "type": "article-newspaper",
        "title": "Guns_and {50 %} & #shells",
        "author": [{"literal": "Ann Example"}, {"literal": "Bob {Braces}"}],
        "container-title": "The Daily_Paper",
        "publisher": "The Daily_Paper",
        "issued": {"date-parts": [[2025, 2, 8]]},
        "accessed": {"date-parts": [[2025, 2, 11]]},
        "URL": "https://news.example.com/a%20story?id=1&x=-2#top",
        "language": "en",
        "archive": "Example Archive",
        "archive_location": "https://archive.example.net/1",
        "note": "SHA-256 " + "0" * 64,
    }
    assert items[2] == {
        "id": "record",
        "type": "webpage",
        "title": "A mere record",
        "URL": "https://old.example.com/",
        "language": "en",
    }


@pytest.mark.parametrize(
    ("edtf", "parts", "circa"),
    [
        ("2025", [[2025]], False),
        ("2025-02", [[2025, 2]], False),
        ("2025-02-07", [[2025, 2, 7]], False),
        ("2025-02-07~", [[2025, 2, 7]], True),
        ("2025-02-07/2025-03-14", [[2025, 2, 7], [2025, 3, 14]], False),
        ("[2025-02-07..2025-03-14]", [[2025, 2, 7], [2025, 3, 14]], True),
        ("2025-02-07/..", [[2025, 2, 7]], False),
        ("..2025-02-07/2025-03-14", [[2025, 2, 7], [2025, 3, 14]], True),
        ("2025-02-07/2025-03-14..", [[2025, 2, 7], [2025, 3, 14]], True),
        ("2025-21", [[2025, 3, 1], [2025, 5, 31]], False),
        ("-0479", [[-480]], False),
    ],
)
def test_dates_of_csl(edtf, parts, circa):
    date = parse_date(edtf)
    assert isinstance(date, Date)
    assert csl_date(date) == {"date-parts": parts, **({"circa": True} if circa else {})}


def test_bibtex(site):
    library = bibtexparser.parse_string(write_bibtex(*site).decode())
    assert not library.failed_blocks
    entries = library.entries_dict
    assert list(entries) == ["closed", "ledger", "record"]
    ledger = entries["ledger"]
    assert ledger["ENTRYTYPE"] == "online"
    assert ledger["title"] == r"{Guns\_and \{50 \%\} \& \#shells}"
    assert ledger["author"] == r"{Ann Example} and {Bob \{Braces\}}"
    assert ledger["organization"] == r"The Daily\_Paper"
    assert (ledger["date"], ledger["year"]) == ("2025-02-08", "2025")
    assert ledger["urldate"] == "2025-02-11"
    assert ledger["url"] == "https://news.example.com/a%20story?id=1&x=-2#top"
    assert entries["closed"]["ENTRYTYPE"] == "misc"
    assert entries["closed"]["date"] == "2025-01-01/2025-01-31"
    assert entries["closed"]["note"].startswith("some time between")
    assert "year" not in entries["record"]


@given(st.text())
def test_escaping_leaves_no_command_of_tex(text):
    written = escape(text)
    for command in ("textbackslash{}", "textasciitilde{}", "textasciicircum{}"):
        written = written.replace("\\" + command, "")
    for character in "{}%&#$_":
        written = written.replace("\\" + character, "")
    assert not set(written) & set("\\{}%&#$_~^")
