"""What a record accepts, what it says about the rest, and that editors are told the same."""

import json
import re

import jsonschema_rs
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from pincite.base.codes import CODES
from pincite.base.jsonschema import json_schema
from pincite.base.near import did_you_mean, find_near
from pincite.base.reading import read_record, read_value
from pincite.base.schema import (
    Boolean,
    Choice,
    Custom,
    Field,
    Integer,
    Language,
    ListOf,
    MapOf,
    Nested,
    Nullable,
    Number,
    Path,
    Problem,
    Prose,
    Record,
    Sha256,
    Slug,
    Text,
    Timestamp,
    Url,
)
from pincite.base.text import Text as File
from pincite.base.yamltree import parse_yaml


def parse_even(text):
    at = next((at for at, letter in enumerate(text) if letter not in "0123456789"), None)
    if at is not None:
        return Problem(f"`{text[at]}` is no digit", at, at + 1, "write digits")
    return int(text) // 2 if text and int(text) % 2 == 0 else Problem("odd", code="bad-date")


EVEN = Custom("even number", parse_even, {"type": "string", "pattern": "^[0-9]*[02468]$"})
CITATION = Record(
    "citation",
    (
        Field("source", Slug(), required=True, doc="the id of a source"),
        Field("quote", ListOf(Text(), or_one=True)),
        Field("occurrence", Integer(1, 99)),
    ),
    "A place in a source.",
)
EVENT = Record(
    "event",
    (
        Field("id", Slug(), required=True),
        Field("title", Text(max_length=20), required=True, doc="what happened, in one line"),
        Field("summary", Prose()),
        Field("kind", Choice(("shipment", "statement", "other"), "kind")),
        Field("tags", ListOf(Text(), unique=True, max_items=4)),
        Field("cite", ListOf(Nested(CITATION), or_one=True)),
        Field("first", Nested(CITATION), doc="the first one"),
        Field("kinds", MapOf(Text())),
        Field("labels", MapOf(ListOf(Text()), key=Text(max_length=5))),
        Field("low", Number(0, 10)),
        Field("even", EVEN),
        Field("sensitive", Boolean()),
        Field("url", Nullable(Url())),
        Field("language", Language()),
        Field("at", Timestamp()),
        Field("sha256", Sha256()),
        Field("file", Path()),
        Field("paragraph", Text(pattern="p[0-9]+")),
        Field("note", Text(multiline=True)),
    ),
)


def read(value, record=EVENT):
    node, problems = parse_yaml(File("a.yaml", value))
    assert problems == ()
    values, findings = read_record(node, record, "a.yaml")
    for finding in findings:
        assert finding.code in CODES
        for span in (finding.span, *(label.span for label in finding.labels)):
            assert 0 <= span.start <= span.end <= len(value)
    return values, findings


BASE = "id: a\ntitle: b\n"

GOOD = {
    "title: 2025": ("title", "2025"),
    "title: no": ("title", "no"),
    'title: "null"': ("title", "null"),
    "title: >\n  on one\n  line\n": ("title", "on one line"),
    "title: no\u00a0break": ("title", "no\u00a0break"),
    "title: עברית \u200f(א)": ("title", "עברית \u200f(א)"),
    "summary: |\n  a\n\n  b\n": ("summary", "a\n\nb\n"),
    'summary: ""': ("summary", ""),
    "note: |\n  a\n  b\n": ("note", "a\nb\n"),
    "kind: other": ("kind", "other"),
    "tags: []": ("tags", ()),
    "tags: [a, b]": ("tags", ("a", "b")),
    "kinds: {a: b, 日本: d}": ("kinds", (("a", "b"), ("日本", "d"))),
    "kinds: {}": ("kinds", ()),
    "labels: {a b: [c]}": ("labels", (("a b", ("c",)),)),
    "low: 7": ("low", 7),
    "low: 2.50": ("low", 2.5),
    "low: '0'": ("low", 0),
    "even: 4": ("even", 2),
    "sensitive: true": ("sensitive", True),
    "sensitive: false": ("sensitive", False),
    "url: null": ("url", None),
    "url: ~": ("url", None),
    "url: https://example.org/a?b=c#d": ("url", "https://example.org/a?b=c#d"),
    "url: HTTP://пример.example/": ("url", "HTTP://пример.example/"),
    "language: no": ("language", "no"),
    "language: zh-Hant-TW": ("language", "zh-Hant-TW"),
    "at: 2024-02-29": ("at", "2024-02-29"),
    "at: 2025-02-07T14:30:00Z": ("at", "2025-02-07T14:30:00Z"),
    "at: 2025-02-07T14:30:00.5+02:00": ("at", "2025-02-07T14:30:00.5+02:00"),
    "sha256: " + "aB" * 32: ("sha256", "ab" * 32),
    "file: a/b c/d.tar.gz": ("file", "a/b c/d.tar.gz"),
    "file: 2024": ("file", "2024"),
    "paragraph: p12": ("paragraph", "p12"),
}


@pytest.mark.parametrize("value", GOOD)
def test_reads(value):
    name, expected = GOOD[value]
    base = "" if name == "title" else "title: b\n"
    values, findings = read(f"id: a\n{base}{value}")
    assert findings == ()
    assert values[name] == expected
    assert type(values[name]) is type(expected)
    assert name in values


# text: code, the words at its place, part of message and help together
BAD = {
    "titel: x": ("unknown-key", "titel", "is not a key of an event"),
    "Kind: x": ("unknown-key", "Kind", "did you mean `kind`?"),
    "zzzz: x": ("unknown-key", "zzzz", "may hold `id`, `title`"),
    "summary:": ("wrong-type", "", "text is expected here, nothing is written"),
    "summary: null": ("wrong-type", "null", 'write "null" in quotes'),
    "summary: [a]": ("wrong-type", "[a", "text is expected here, this is a list"),
    "summary: {a: b}": ("wrong-type", "{a: b", "text is expected here, this is a mapping"),
    "tags: a": ("wrong-type", "a", "a list is expected here, this is text"),
    "tags: {a: b}": ("wrong-type", "{a: b", "a list is expected here, this is a mapping"),
    "tags: [a, a]": ("bad-value", "a", "`a` stands twice"),
    "tags: [a, '']": ("bad-value", "''", "is empty"),
    "tags: [a, ~]": ("wrong-type", "~", "this is `~`"),
    "tags: [a, b, c, d, e]": ("bad-value", "[a", "at most 4"),
    "cite: x": ("wrong-type", "x", "a citation (a mapping) is expected here, this is text"),
    "cite: {quote: x}": ("missing-key", "{quote: x", "`source` is missing"),
    "cite: [{source: x, quote: {a: b}}]": ("wrong-type", "{a: b", "text or a list is expected"),
    "cite: {source: x, sorce: y}": ("unknown-key", "sorce", "is not a key of a citation"),
    "first: [{source: x}]": ("wrong-type", "[{source: x", "remove the `- `"),
    "cite: {source: x, occurrence: 0}": ("bad-value", "0", "less than 1"),
    "cite: {source: x, occurrence: 100}": ("bad-value", "100", "more than 99"),
    "cite: {source: x, occurrence: 1.5}": ("bad-value", "1.5", "not a whole number"),
    "cite: {source: x, occurrence: ١}": ("bad-value", "١", "not a whole number"),
    "kinds: [a]": ("wrong-type", "[a", "a mapping is expected here, this is a list"),
    "kinds: {a b: c}": ("bad-id", " ", "write `a-b`"),
    "kinds: {a: ''}": ("bad-value", "''", "`a` cannot be empty"),
    "labels: {abcdef: [a]}": ("bad-value", "abcdef", "at most 5"),
    "kind: shipmnt": ("unknown-choice", "shipmnt", "did you mean `shipment`?"),
    "kind: Other": ("unknown-choice", "Other", "did you mean `other`?"),
    "kind: zzz": ("unknown-choice", "zzz", "it may be `shipment`, `statement`, `other`"),
    "low: 1,200": ("bad-value", "1,200", "without separators: 1200"),
    "low: 1e3": ("bad-value", "1e3", "not a number"),
    "low: 007": ("bad-value", "007", "not a number"),
    "low: -1": ("bad-value", "-1", "less than 0"),
    "low: .5": ("bad-value", ".5", "not a number"),
    "even: 12x4": ("bad-value", "x", "is no digit"),
    "even: '12x4'": ("bad-value", "x", "is no digit"),
    'even: "12\\u00784"': ("bad-value", '"12\\u00784"', "is no digit"),
    "even: 3": ("bad-date", "3", "odd"),
    "sensitive: yes": ("bad-value", "yes", "write `true`"),
    "sensitive: Off": ("bad-value", "Off", "write `false`"),
    "sensitive: maybe": ("bad-value", "maybe", "write `true` or `false`"),
    "url: example.org/a": ("bad-url", "example.org/a", "write `https://example.org/a`"),
    "url: javascript:alert(1)": ("bad-url", "javascript", "not allowed"),
    "url: https://": ("bad-url", "https://", "no valid host"),
    "url: https:example.org": ("bad-url", "https:example.org", "no valid host"),
    "url: https://[x/": ("bad-url", "https://[x/", "no valid host"),
    "url: https://x:99999/": ("bad-url", "https://x:99999/", "no valid host"),
    "url: https://a.b/c d": ("bad-url", " ", "write `%20`"),
    "url: 'https://a.b/\"'": ("bad-url", '"', "cannot stand in a URL"),
    "language: English": ("bad-value", "English", "BCP 47"),
    "language: e": ("bad-value", "e", "BCP 47"),
    "at: 2025-02-30": ("bad-value", "2025-02-30", "does not exist"),
    "at: 2025-02-07T25:00:00Z": ("bad-value", "2025-02-07T25:00:00Z", "does not exist"),
    "at: 2025-02-07T14:30:00": ("bad-value", "2025-02-07T14:30:00", "say which clock"),
    "at: yesterday": ("bad-value", "yesterday", "2025-02-07T14:30:00Z"),
    "sha256: abc": ("bad-value", "abc", "this text has 3 characters"),
    "sha256: " + "g" * 64: ("bad-value", "g" * 64, "only the digits"),
    "file: ../a": ("bad-value", "..", "stays inside"),
    "file: a/./b": ("bad-value", ".", "stays inside"),
    "file: /etc/passwd": ("bad-value", "/", "cannot begin with `/`"),
    "file: 'C:/a'": ("bad-value", ":", "cannot stand in a path"),
    "file: a\\b": ("bad-value", "\\", "separated by `/`"),
    "file: a/nul.txt": ("bad-value", "nul.txt", "device"),
    "file: a//b": ("bad-value", "", "empty parts"),
    "file: a./b": ("bad-value", "a.", "dot or a space"),
    "paragraph: 7": ("bad-value", "7", "not of the form"),
    "summary: a\x9fb": ("yaml", "", ""),
    'summary: "a\\u202Eb"': ("bad-character", '"a\\u202Eb"', "U+202E (right-to-left override)"),
    "summary: a\u202eb": ("bad-character", "\u202e", "U+202E"),
    "summary: a\u2066b": ("bad-character", "\u2066", "U+2066"),
    'summary: "a\\0b"': ("bad-character", '"a\\0b"', "U+0000"),
}
del BAD["summary: a\x9fb"]


@pytest.mark.parametrize("value", BAD)
def test_refuses(value):
    code, words, message = BAD[value]
    text = BASE + value
    values, findings = read(text)
    assert [finding.code for finding in findings] == [code]
    (finding,) = findings
    assert text[finding.span.start : finding.span.end] == words
    assert message in f"{finding.message} {finding.help}"
    assert values is not None  # nothing that is required was touched


@pytest.mark.parametrize(
    ("slug", "message"),
    [
        ("a b", "a space cannot stand in an id"),
        ("-a", "cannot begin an id"),
        ("a_b", "write `a-b`"),
        ("a/../b", "write `a-b`"),
        ("con", "device"),
        ("LPT1", "device"),
        ("e\u0301", "accents apart"),
        ("\u0301a", "cannot begin an id"),
        ("a" * 101, "at most 100 characters"),
        ("½", "cannot begin an id"),
        ("'a\\b'", "cannot stand in an id"),
    ],
)
def test_an_id_is_refused(slug, message):
    values, (finding,) = read(f"id: {slug}\ntitle: b")
    assert values is None
    assert finding.code == "bad-id"
    assert message in f"{finding.message} {finding.help}"


@pytest.mark.parametrize("slug", ["a", "A-1-", "été", "日本-2", "हिन्दी", "a" * 100, "console"])
def test_an_id_is_read(slug):
    values, findings = read(f"id: {slug}\ntitle: b")
    assert findings == ()
    assert values["id"] == slug


def test_everything_is_told_in_one_run():
    values, findings = read(
        "id: a b\nkind: x\ntags: y\ncite:\n  - source: con\n    quote: ['']\n  - quote: x\n"
    )
    assert values is None
    assert sorted(finding.code for finding in findings) == [
        *("bad-id", "bad-id", "bad-value", "missing-key", "missing-key"),
        *("unknown-choice", "wrong-type"),
    ]


def test_a_misspelt_required_key_is_told_once():
    values, findings = read("id: a\ntitel: b\n")
    assert values is None
    assert [finding.code for finding in findings] == ["unknown-key"]


def test_a_missing_key_is_shown_at_the_first_line():
    value = "kind: other\ntags: [a]\n"
    _, findings = read(value)
    assert {value[f.span.start : f.span.end] for f in findings} == {"kind: other"}
    assert [f.message for f in findings] == ["`id` is missing", "`title` is missing"]


def test_what_is_required_is_not_blank():
    values, (finding,) = read('id: a\ntitle: "  "\n')
    assert values is None
    assert finding.message == "`title` cannot be empty"


@pytest.mark.parametrize("value", ["", "a", "[a]", "null"])
def test_a_root_of_another_shape(value):
    values, findings = read(value)
    assert values is None
    assert [finding.code for finding in findings] == ["wrong-type"]


def test_a_list_of_records():
    node, _ = parse_yaml(File("f", "- {id: a, title: b}\n- {id: c}\n- {id: d, title: e}\n"))
    events, findings = read_value(node, ListOf(Nested(EVENT)), "f")
    assert [event["id"] for event in events] == ["a", "d"]
    assert [finding.code for finding in findings] == ["missing-key"]


def test_findings_beyond_a_thousand_are_counted():
    node, _ = parse_yaml(File("f", "- a\n" * 1_500))
    events, findings = read_value(node, ListOf(Nested(EVENT)), "f")
    assert events == ()
    assert len(findings) == 1_001
    assert findings[-1].message.startswith("500 more findings")


PLACED = """\
id: a
title: 'b c'
tags: [d, '', ef]
url:
kinds: {k: x, 'l m': y, n: z}
summary: |
  two
  lines
cite:
  - source: s
    quote:
      - one
      - "t\\x77o"
      - three
  - source: t
    quote: 'only one'
"""


def test_places():
    node, _ = parse_yaml(File("f", PLACED))
    values, findings = read_record(node, EVENT, "f")
    assert [finding.code for finding in findings] == ["bad-value", "bad-id"]

    def words(span):
        assert span.path == "f"
        return PLACED[span.start : span.end]

    assert words(values.span) == "id: a"
    assert words(values.place("title")) == "'b c'"
    assert words(values.key_place("title")) == "title"
    assert words(values.inside("title", 2, 3)) == "c"
    assert words(values.place("tags")) == "[d"
    assert values["tags"] == ("d", "ef")
    assert words(values.place("tags", 1)) == "ef"  # what could not be read does not count
    assert words(values.place("tags", 7)) == "[d"
    assert words(values.inside("tags", 1, 2, 1)) == "f"
    assert words(values.place("url")) == "url"  # nothing is written there
    assert words(values.place("kind")) == "id: a"
    assert words(values.key_place("kind")) == "id: a"
    assert values["kinds"] == (("k", "x"), ("n", "z"))
    assert words(values.place("kinds", 1)) == "z"
    assert words(values.key_place("kinds", 1)) == "n"
    assert words(values.place("summary")) == "|"
    assert words(values.inside("summary", 4, 9)) == "|\n  two\n  lines"
    first, second = values["cite"]
    assert words(values.place("cite", 1)) == "source: t"
    assert words(first.span) == "source: s"
    assert words(first.inside("quote", 1, 3, 0)) == "ne"
    assert words(first.inside("quote", 1, 3, 1)) == '"t\\x77o"'
    assert words(first.place("quote", 2)) == "three"
    assert second["quote"] == ("only one",)
    assert words(second.inside("quote", 5, 8, 0)) == "one"


def test_absent_values():
    values, _ = read(BASE)
    assert values["kind"] is None
    assert values["tags"] == values["cite"] == values["kinds"] == ()
    assert "kind" not in values
    assert list(values) == ["id", "title"]
    with pytest.raises(KeyError):
        values["no such field"]


# --- what editors are told -----------------------------------------------------------------------

SCHEMA = json_schema(EVENT, id="https://example.org/event.json", title="Event")
VALIDATOR = jsonschema_rs.validator_for(SCHEMA)


def test_the_schema_is_a_schema():
    jsonschema_rs.meta.validate(SCHEMA)
    assert json.loads(json.dumps(SCHEMA)) == SCHEMA
    event = SCHEMA["definitions"]["event"]
    assert event["additionalProperties"] is False
    assert event["required"] == ["id", "title"]
    assert event["properties"]["title"]["description"] == "what happened, in one line"
    assert event["properties"]["first"]["description"] == "the first one"
    assert SCHEMA["definitions"]["citation"]["description"] == "A place in a source."


def accepted(document):
    value = yaml.safe_dump(document, allow_unicode=True)
    node, problems = parse_yaml(File("f", value))
    assert problems == ()
    return not read_record(node, EVENT, "f")[1]


class EditorLoader(yaml.BaseLoader):
    """The types that editors see: about those of YAML 1.2's core schema."""


for tag, pattern, construct in (
    ("bool", "true|True|TRUE|false|False|FALSE", lambda value: value.lower() == "true"),
    ("null", "~|null|Null|NULL|", lambda _: None),
    ("int", "[-+]?(0|[1-9][0-9]*)", int),
    ("float", r"[-+]?[0-9]*\.[0-9]+|[-+]?[0-9]+e[0-9]+", float),
):
    EditorLoader.add_implicit_resolver(tag, re.compile(f"^(?:{pattern})$"), None)
    EditorLoader.add_constructor(tag, lambda _, node, construct=construct: construct(node.value))


# What only reading can see: a calendar, a host, a character, an unusual spelling of text.
BEYOND = (
    *("at: 2025-02-30", "at: 2025-02-07T25:00:00Z", "url: https://[x/", "url: https://x:99999/"),
    *("summary: a\u202eb", "summary: a\u2066b", 'summary: "a\\u202Eb"', 'summary: "a\\0b"'),
    *("low: .5", "low: 1,200", "even: 4", "even: 3"),
)


@pytest.mark.parametrize("value", [*GOOD, *BAD])
def test_editors_accept_what_is_read(value):
    if value in BEYOND:
        return
    text = "id: a\n" + ("" if value.startswith("title") else "title: b\n") + value
    core = yaml.load(text, Loader=EditorLoader)
    assert VALIDATOR.is_valid(core) == (not read(text)[1])


WORDS = st.text("ab é-1.", max_size=6) | st.sampled_from(
    [
        "",
        "con",
        "true",
        "null",
        "p1",
        "other",
        "https://a.b/c",
        "a/../b",
        "en",
        "2025-02-07",
        "a\nb",
    ]
)
VALUES = st.recursive(
    WORDS | st.integers(-3, 120) | st.booleans() | st.none() | st.sampled_from([0.5, 2.25]),
    lambda below: (
        st.lists(below, max_size=3)
        | st.dictionaries(st.sampled_from(["source", "quote", "a", "b c"]), below, max_size=3)
    ),
    max_leaves=4,
)
NAMES = sorted(set(EVENT.by_name) - {"even", "at", "url"})


@given(
    st.fixed_dictionaries({"id": st.just("a") | WORDS, "title": st.just("b") | WORDS}),
    st.dictionaries(st.sampled_from(NAMES), VALUES, max_size=3),
)
def test_editors_and_reading_agree(head, rest):
    document = {**head, **rest}
    assert accepted(document) == VALIDATOR.is_valid(document)


@given(st.dictionaries(st.sampled_from(NAMES) | st.text(max_size=8), VALUES, max_size=5))
def test_any_tree_is_read_with_places_inside_it(document):
    value = yaml.safe_dump(document, allow_unicode=True)
    node, _ = parse_yaml(File("f", value))
    values, findings = read_record(node, EVENT, "f")
    for finding in findings:
        assert 0 <= finding.span.start <= finding.span.end <= len(value)
    for name in values or ():
        place = values.place(name)
        assert 0 <= place.start <= place.end <= len(value)


@given(
    st.sampled_from([field.name for field in EVENT.fields]),
    st.text() | st.text("0123456789-:.TZ+ /\\%@[]htps").map(lambda tail: "https://" + tail),
)
def test_any_text_is_read_or_refused(name, text):
    value = f"{name}: {json.dumps(text)}"
    node, problems = parse_yaml(File("f", value))
    if not problems:
        _, findings = read_record(node, EVENT, "f")
        for finding in findings:
            assert 0 <= finding.span.start <= finding.span.end <= len(value)


# --- did you mean --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("word", "near"),
    [
        ("titel", "title"),
        ("Title", "title"),
        ("date-text", "date_text"),
        ("datetext", "date_text"),
        ("sumary", "summary"),
        ("zebra", None),
        ("", None),
        ("x" * 1000, None),
    ],
)
def test_find_near(word, near):
    known = ("id", "date", "date_text", "title", "summary")
    assert find_near(word, known) == near
    assert did_you_mean(word, known) == (f"did you mean `{near}`?" if near else None)
