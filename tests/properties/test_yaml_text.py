"""Values written as YAML are read back as they were, whatever the text in them."""

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from pincite.base.text import Text
from pincite.base.yamltext import WIDTH, yaml_text
from pincite.base.yamltree import Mapping, Node, Scalar, Sequence, parse_yaml


def plain(node: Node | None):
    match node:
        case Scalar():
            return node.value
        case Sequence():
            return [plain(item) for item in node.items]
        case Mapping():
            return {key: plain(value) for key, value in node.entries.items()}
    return None


def read(text: str):
    node, findings = parse_yaml(Text("f.yaml", text))
    assert findings == (), text
    return plain(node)


PIECES = st.sampled_from(
    [
        *"ab:-?[]{}|>'\"#&*!%@`~,.\\ \n\t\ré😀=<0_+\x00\x07\x1f\x7f",
        *("\x85", "\xa0", "\u2028", "\u202e", "\ufeff", "\uffff", ": ", " #", "- ", "\n  ", "..."),
        *("---\n", "null", "NO", "1e3", "12:30", "2025-02-07", "word word ", "  "),
    ]
)
TEXTS = st.lists(PIECES, max_size=30).map("".join) | st.text(
    st.characters(exclude_categories=["Cs"]), max_size=200
)
TREES = st.recursive(
    TEXTS,
    lambda below: (
        st.lists(below, max_size=4)
        | st.dictionaries(TEXTS | st.text(max_size=8), below, max_size=4)
    ),
    max_leaves=12,
)


@given(TREES)
@example("a\n")
@example("a\n\n")
@example("a\n \nb")
@example({"a": ["x" * 120, "x " * 60 + "x"]})
@example({"a": {"<<": "b", "": "~", "null": "null"}})
@example(["...", "---", "%a", "? a", "a:"])
@example([[["a"]], [{"b": [{"c": {}}, []]}]])
def test_what_is_written_is_read_back(tree):
    assert read(yaml_text(tree)) == whole(tree)
    if isinstance(tree, list) and tree:
        assert read(yaml_text(tree, spaced=True)) == whole(tree)


def whole(tree):
    """Half surrogates, which hypothesis may put in keys, come back as the stand-in."""
    match tree:
        case str():
            return tree.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        case list():
            return [whole(item) for item in tree]
        case _:
            return {whole(key): whole(value) for key, value in tree.items()}


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=40))
def test_other_tools_read_it_as_text(text):
    try:
        other = yaml.safe_load(yaml_text({"a": text}))["a"]
    except yaml.YAMLError:
        raise AssertionError(text) from None
    # YAML 1.1 types a day; YAML 1.2, which editors read, does not.
    assert other == text or other.__class__.__name__ in ("date", "datetime")


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ({"a": "b c"}, "a: b c\n"),
        ({"date": "2025-02-07"}, "date: 2025-02-07\n"),
        ({"date": "[2025-02..2025-03]"}, 'date: "[2025-02..2025-03]"\n'),
        ({"a": "1984", "b": 1984, "c": True, "d": None}, 'a: "1984"\nb: 1984\nc: true\nd: null\n'),
        ({"a": "NO"}, 'a: "NO"\n'),
        ({"actors": ["Kim", "A, B"]}, 'actors: [Kim, "A, B"]\n'),
        ({"a": [], "b": {}}, "a: []\nb: {}\n"),
        ({"a": "b\nc"}, "a: |-\n  b\n  c\n"),
        ({"a": "b\n\nc\n"}, "a: |\n  b\n\n  c\n"),
        ([{"a": "b", "c": {"d": "e"}}], "- a: b\n  c:\n    d: e\n"),
        ({"a": "\u202eb\x00"}, 'a: "\\u202Eb\\x00"\n'),
        ({"a": "it's"}, "a: it's\n"),
        ({"a": 'so "quoted"'}, 'a: so "quoted"\n'),
        ({"a": '"quoted"'}, 'a: "\\"quoted\\""\n'),
    ],
)
def test_looks_as_people_write_it(value, written):
    assert yaml_text(value) == written


def test_long_text_is_folded_at_spaces():
    text = " ".join(["word"] * 60)
    written = yaml_text([{"text": text}])
    assert written.startswith("- text: >-\n    word word")
    assert max(map(len, written.splitlines())) <= WIDTH
    assert read(written) == [{"text": text}]


def test_items_can_stand_apart():
    assert yaml_text([{"a": "b"}, {"a": "c"}], spaced=True) == "- a: b\n\n- a: c\n"
