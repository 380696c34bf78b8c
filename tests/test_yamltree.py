"""What is read as YAML, where it stands, and what is refused in which words."""

import pytest
import yaml

from pincite.base import yamltree
from pincite.base.text import Text
from pincite.base.yamltree import MAX_DEPTH, Mapping, Node, Scalar, Sequence, parse_yaml


def plain(node: Node | None):
    match node:
        case Scalar():
            return node.value
        case Sequence():
            return [plain(item) for item in node.items]
        case Mapping():
            return {key: plain(value) for key, value in node.entries.items()}
    return None


def parse(value: str):
    node, findings = parse_yaml(Text("a.yaml", value))
    for finding in findings:
        for span in (finding.span, *(label.span for label in finding.labels)):
            assert span.path == "a.yaml"
            assert 0 <= span.start <= span.end <= len(value)
    return node, findings


READ = {
    "words keep their spelling": (
        "a: NO\nb: on\nc: 2025-02\nd: 1e3\ne: 12:30\nf: 0o7\ng: ~",
        {"a": "NO", "b": "on", "c": "2025-02", "d": "1e3", "e": "12:30", "f": "0o7", "g": "~"},
    ),
    "keys keep their spelling": ("no: a\n1: b\ntrue: c\n", {"no": "a", "1": "b", "true": "c"}),
    "blocks": ("a: |\n  x\n  y\nb: >-\n  x\n  y\n", {"a": "x\ny\n", "b": "x y"}),
    "quotes": ("a: 'it''s'\nb: \"\\u00e9\\n\"\n", {"a": "it's", "b": "é\n"}),
    "flow": ("{a: [b, {c: d}], e: }", {"a": ["b", {"c": "d"}], "e": ""}),
    "lists in lists": ("- - a: b\n  - c\n-\n  d", [[{"a": "b"}, "c"], "d"]),
    "byte order mark": ("\ufeffa: b", {"a": "b"}),
    "document marks": ("# first\n---\na: b\n...\n# last\n", {"a": "b"}),
    "carriage returns": ("a: b\r\nc:\r\n  - d\r\n", {"a": "b", "c": ["d"]}),
    "nothing": ("", None),
    "only a comment": ("# nothing\n", None),
    "a percent sign in quotes": ('a: "\n%b"\n', {"a": " %b"}),
    "a lone value": ("a", "a"),
    "null as a quoted key": ('"": a\n"null": b\n"<<": c', {"": "a", "null": "b", "<<": "c"}),
}


@pytest.mark.parametrize(("value", "tree"), READ.values(), ids=READ)
@pytest.mark.parametrize("parser", [yaml.CSafeLoader, yaml.SafeLoader], ids=["libyaml", "python"])
def test_reads(monkeypatch, parser, value, tree):
    monkeypatch.setattr(yamltree, "_PARSER", parser)
    node, findings = parse(value)
    assert findings == ()
    assert plain(node) == tree


# text: (code, the words at its place, part of the message), what is still read
REFUSED = {
    "a: &x b\n": (("yaml-refused", "&x", "anchors"), {"a": "b"}),
    "a: &x [b]\n": (("yaml-refused", "&x", "anchors"), {"a": ["b"]}),
    "a: *x\nb: c": (("yaml-refused", "*x", "aliases"), {"a": "*x", "b": "c"}),
    "*a : b\nc: d": (("yaml-refused", "*a", "aliases"), {"c": "d"}),
    "a: !!int 1\n": (("yaml-refused", "!!int", "tags"), {"a": "1"}),
    "a: !x {b: c}\n": (("yaml-refused", "!x", "tags"), {"a": {"b": "c"}}),
    "!!python/object/apply:os.system [ls]": (
        ("yaml-refused", "!!python/object/apply:os.system", "tags"),
        ["ls"],
    ),
    "<<: {a: b}\nc: d": (("yaml-refused", "<<", "merge keys"), {"c": "d"}),
    "a: 1\nb: 2\na: 3": (("duplicate-key", "a", "`a` stands twice"), {"a": "1", "b": "2"}),
    "a: 1\n'a': 3": (("duplicate-key", "'a'", "`a` stands twice"), {"a": "1"}),
    "? [a]\n: b\nc: d": (("yaml-refused", "[", "cannot be a key"), {"c": "d"}),
    "{{a: b}: c, d: e}": (("yaml-refused", "{", "cannot be a key"), {"d": "e"}),
    "~: a\nb: c": (("yaml-refused", "~", "null"), {"b": "c"}),
    "? \n: a": (("yaml-refused", "", "a key is missing"), {}),
    "a: b\n---\nc: d": (("yaml-refused", "---", "second document"), {"a": "b"}),
    "%YAML 1.1\n---\na: b": (("yaml-refused", "%YAML 1.1", "directives"), {"a": "b"}),
    "# c\r\n%TAG ! x:\r\n--- a": (("yaml-refused", "%TAG ! x:", "directives"), "a"),
    "a: b\n...\nc": (("yaml-syntax", "c", "does not belong"), {"a": "b"}),
    "a: x\0y": (("yaml-syntax", "\0", "U+0000"), {"a": "x\ufffdy"}),
    "a: \x1b[0m": (("yaml-syntax", "\x1b", "U+001B"), {"a": "\ufffd[0m"}),
    "a: x\ud800\nb: c": (("yaml-syntax", "\ud800", "surrogate"), {"a": "x\ufffd", "b": "c"}),
    "a: b: c\n": (("yaml-syntax", ":", "without quotes"), None),
    "- a: b\n  title: Kyiv: a city": (("yaml-syntax", ":", "without quotes"), None),
    "a: x\n b: y\n": (("yaml-syntax", "b:", "indented more"), None),
    "a:\n\tb: c\n": (("yaml-syntax", "\t", "tab"), None),
    "a: x\n\ty: z": (("yaml-syntax", "\t", "tab"), None),
    'a: "x\nb: c\n': (("yaml-syntax", '"', "never closed"), None),
    "a: 'it's'\n": (("yaml-syntax", "s", "closing quotation mark"), None),
    'a: "x" y\n': (("yaml-syntax", "y", "closing quotation mark"), None),
    'a: "\\q"\n': (("yaml-syntax", "\\q", "escape"), None),
    'a: "\\uD800"\n': (("yaml-syntax", "\\u", "escape"), None),
    "a: @x\n": (("yaml-syntax", "@", "cannot begin with `@`"), None),
    "a: `x`\n": (("yaml-syntax", "`", "cannot begin with a backtick"), None),
    "a: 5%\nb: %x\n": (("yaml-syntax", "%", "cannot begin with `%`"), None),
    "a: **bold** text\n": (("yaml-syntax", "**", "reads as an alias"), None),
    "a: & b\n": (("yaml-syntax", "& ", "reads as an anchor"), None),
    "a: !<x\n": (("yaml-syntax", "!<x\n", "reads as a tag"), None),
    "a: [x\nb: c\n": (("yaml-syntax", "[", "not closed by `]`"), None),
    "a: {x: y\nb: c\n": (("yaml-syntax", "{", "not closed by `}`"), None),
    "a: - b\n": (("yaml-syntax", "-", "list cannot begin"), None),
    "a: | x\n  y\n": (("yaml-syntax", "x", "cannot begin like this"), None),
    "a: b\nfoo\nc: d\n": (("yaml-syntax", "foo", "a key and `:`"), None),
    "- a\nb: c\n": (("yaml-syntax", "b", "does not fit the list"), None),
    "a:\n  - b\n - c\n": (("yaml-syntax", "-", "does not fit the mapping"), None),
    "a: b\n%TAG x\n": (("yaml-syntax", "%TAG x", "cannot begin with `%`"), None),
    "a: ]\n": (("yaml-syntax", "]", "does not belong"), None),
    "[" * 33: (("yaml-depth", "[", "more than 32 deep"), None),
    "- " * 33 + "a": (("yaml-depth", "-", "more than 32 deep"), None),
}


@pytest.mark.parametrize("value", REFUSED)
def test_refuses(value):
    (code, words, message), tree = REFUSED[value]
    node, findings = parse(value)
    assert [finding.code for finding in findings] == [code]
    assert value[findings[0].span.start : findings[0].span.end] == words
    assert message in findings[0].message
    assert findings[0].help
    assert plain(node) == tree


@pytest.mark.parametrize("value", sorted(REFUSED.keys() - {'a: "\\uD800"\n'}))
def test_refuses_without_libyaml(monkeypatch, value):
    monkeypatch.setattr(yamltree, "_PARSER", yaml.SafeLoader)
    (code, _, _), tree = REFUSED[value]
    node, findings = parse(value)
    assert {finding.code for finding in findings} == {code}
    assert plain(node) == tree


def test_tells_everything_in_one_run():
    _, findings = parse("a: &x 1\na: 2\nb: *x\n<<: !t {}\nc: d: e\n")
    assert [finding.code for finding in findings] == [
        *("yaml-refused", "duplicate-key", "yaml-refused", "yaml-refused", "yaml-refused"),
        "yaml-syntax",
    ]


def test_a_duplicate_points_at_the_first():
    value = "title: a\nid: b\ntitle: c\n"
    _, (finding,) = parse(value)
    assert finding.span[1:] == (15, 20)
    assert [label.span[1:] for label in finding.labels] == [(0, 5)]


def test_a_mark_that_closes_lines_below_points_at_where_it_began():
    for value, start in (('a: "b\nc: "d"\n', 3), ('a: "b" c\n', None)):
        _, (finding,) = parse(value)
        assert [label.span.start for label in finding.labels] == ([] if start is None else [start])


@pytest.mark.parametrize(
    ("value", "message", "help", "opened"),
    [
        ("a: {b: #ff0000}\n", "from this `#` on it is a comment", '`"#ff0000"`', 3),
        ("a: [b, #c, d]\ne: f\n", "from this `#` on it is a comment", '`"#c"`', 3),
        ("a: [b, c\n", "this `[` is not closed by `]`", "close it", None),
        ("a: [b,\n", "this `[` is not closed by `]`", "close it", None),
    ],
)
def test_a_bracket_that_is_not_closed(value, message, help, opened):
    _, (finding,) = parse(value)
    assert finding.message.startswith(message)
    assert help in finding.help
    assert opened is None or finding.labels[0].span.start == opened


def test_findings_beyond_a_hundred_are_counted():
    _, findings = parse("- *x\n" * 150 + "- a: b: c")
    assert len(findings) == 102
    assert findings[-2].message.startswith("50 more findings")
    assert findings[-1].code == "yaml-syntax"


def test_depth_up_to_the_limit():
    node, findings = parse("[" * MAX_DEPTH + "]" * MAX_DEPTH)
    assert findings == ()
    assert node is not None


HOSTILE = {
    "brackets": "[" * 100_000,
    "dashes": "- " * 20_000,
    "braces": "{a: " * 20_000,
    "question marks": "? " * 20_000,
    "many documents": "--- a\n" * 40_000,
    "directives": "%TAG !a! tag:x,2000:\n" * 40_000 + "--- a",
    "directives after a carriage return": "%TAG !a! tag:x,2000:\r" * 40_000 + "--- a",
    "directives after a line separator": "\u2028%TAG !a! tag:x,2000:\u2028" * 20_000 + "--- a",
    "directives at the end": "a: b\n" + "%TAG !a! tag:x,2000:\n" * 40_000,
    "anchors": "".join(f"- &a{n} x\n" for n in range(20_000)),
    "blank lines": "a: |\n" + " \n" * 100_000 + "  x",
    "blank lines after a document": "a: b\n...\n" + " \n" * 100_000 + "  x",
    "comments": "#x\n" * 100_000 + "a: b",
    "control characters": "\x07" * 100_000,
    "bytes that are not text": bytes(range(256)).decode(errors="replace") * 100,
    "surrogates": "\ud800" * 10_000,
    "one long line": "[" + "a: b, " * 20_000 + "]",
    "alias bomb": "a: &a [x]\n"
    + "".join(f"{c}: &{c} [*{p},*{p}]\n" for p, c in zip("abcdefg", "bcdefgh", strict=True)),
}


@pytest.mark.parametrize("value", HOSTILE.values(), ids=HOSTILE)
def test_hostile_input_is_read_in_bounds(value):
    _, findings = parse(value)
    assert len(findings) <= 102


def test_every_character_is_read_or_refused():
    """The parser's own table and ours agree; otherwise a character would end in a traceback."""
    for first in range(0x80, 0x110000, 0x8000):
        value = "".join(map(chr, range(first, min(first + 0x8000, 0x110000))))
        parse("a: '" + value + "'")


def test_places_are_characters():
    value = 'é: "日本😀x"\nk😀: {a: b, ç: [x, y]}\nblock: |\n  abc\n\n# end\nlast: z'
    node, _ = parse(value)
    assert isinstance(node, Mapping)

    def words(key):
        return value[node.entries[key].start : node.entries[key].end]

    assert [value[key.start : key.end] for key in node.keys.values()] == [*node.entries]
    assert words("é") == '"日本😀x"'
    assert words("k😀") == "{a: b, ç: [x, y]}"
    assert words("block") == "|\n  abc"
    assert words("last") == "z"


def test_the_end_of_a_collection_is_its_last_character():
    value = "- a:\n    - b\n    - c: |\n        d\n\n\n# comment\n- []\n"
    node, _ = parse(value)
    assert isinstance(node, Sequence)
    first, second = node.items
    assert value[first.start : first.end] == "a:\n    - b\n    - c: |\n        d"
    assert value[second.start : second.end] == "[]"
    assert value[node.start : node.end] == value.rstrip()


def test_a_part_of_a_file_keeps_its_places():
    value = "---\ntitle: é\nbad: *x\n---\n[p1] a: b: c"
    start, end = 4, value.index("---", 4)
    node, (finding,) = parse_yaml(Text("s.md", value), start, end)
    assert isinstance(node, Mapping)
    title = node.entries["title"]
    assert value[title.start : title.end] == "é"
    assert value[finding.span.start : finding.span.end] == "*x"


@pytest.mark.parametrize(
    ("value", "place"),
    [
        ("plain text", "te"),
        ("'plain text'", "te"),
        ('"plain text"', "te"),
        ("'it''s text'", "'it''s text'"),
        ('"pla\\u0069n text"', '"pla\\u0069n text"'),
        ("--- |\n plain text", "|\n plain text"),
        (">-\n  plain text", ">-\n  plain text"),
        ("plain\n\ntext", "plain\n\ntext"),
        ("plain\ntext", "te"),
    ],
)
def test_a_place_inside_a_scalar(value, place):
    node, _ = parse(value)
    assert isinstance(node, Scalar)
    at = node.value.index("te")
    start, end = node.inside(at, at + 2)
    assert value[start:end] == place
