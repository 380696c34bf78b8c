"""Whatever the text, reading it ends in a tree and findings whose places lie within it."""

import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from pincite.base.text import Text
from pincite.base.yamltree import Mapping, Node, Scalar, Sequence, parse_yaml

PIECES = st.sampled_from(
    [
        *"ab:-?[]{}|>'\"#&*!%@`~,.\\ \n\t\ré😀\x85\u2028\ufeff\x00\ud800",
        *(": ", "- ", "\n  ", "\n- ", "a: ", "<<: ", "---\n", "...\n", "null", "'' ", "%TAG a\n"),
    ]
)
YAMLISH = st.lists(PIECES, max_size=40).map("".join)


def plain(node: Node | None):
    match node:
        case Scalar():
            return node.value
        case Sequence():
            return [plain(item) for item in node.items]
        case Mapping():
            return {key: plain(value) for key, value in node.entries.items()}
    return None


def nodes(node: Node | None):
    if node is None:
        return
    yield node
    match node:
        case Sequence():
            for item in node.items:
                yield from nodes(item)
        case Mapping():
            yield from node.keys.values()
            for value in node.entries.values():
                yield from nodes(value)


@given(YAMLISH | st.text() | st.binary().map(lambda data: data.decode(errors="replace")))
@example("a: >+\n\n\n")
@example("? |\n\n")
@example("a:\n- b\nc: {}\n")
def test_any_text_is_read_with_places_inside_it(value):
    node, findings = parse_yaml(Text("f", value))
    for finding in findings:
        for span in (finding.span, *(label.span for label in finding.labels)):
            assert 0 <= span.start <= span.end <= len(value)
    for each in nodes(node):
        assert 0 <= each.start <= each.end <= len(value)
        if isinstance(each, Scalar) and each.plain and not findings:
            written = value[each.start : each.end]
            assert written == each.value or set(written) & set("\r\n\x85\u2028\u2029")
        if each.end > each.start:
            assert (
                value[each.end - 1] not in " \t\r\n\x85\u2028\u2029" or each.end == each.start + 1
            )


@given(YAMLISH | st.text(st.characters(exclude_categories=["Cs"])))
@example("- |\n  a\n\n- b\n")
def test_what_both_accept_is_the_same(value):
    node, findings = parse_yaml(Text("f", value))
    if findings:
        return
    try:
        other = yaml.load(value.lstrip("\ufeff"), Loader=yaml.CBaseLoader)
    except yaml.YAMLError:  # about what stands after the end of the document
        return
    assert plain(node) == other


@given(YAMLISH, st.text(max_size=5), st.text(max_size=5))
def test_a_part_is_read_as_it_is_alone(value, before, after):
    alone, found_alone = parse_yaml(Text("f", value))
    whole = Text("f", before + value + after)
    part, found = parse_yaml(whole, len(before), len(before) + len(value))
    assert plain(part) == plain(alone)
    moved = [(f.span.start - len(before), f.span.end - len(before), f.message) for f in found]
    assert moved == [(f.span.start, f.span.end, f.message) for f in found_alone]


TREES = st.recursive(
    st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"]), max_size=20),
    lambda below: (
        st.lists(below, max_size=4)
        | st.dictionaries(st.text("abcdé-_ ", max_size=8), below, max_size=4)
    ),
    max_leaves=12,
)


@given(TREES, st.booleans())
def test_what_is_written_is_read(tree, flow):
    value = yaml.dump(tree, allow_unicode=True, default_flow_style=flow, width=40)
    value = value.removesuffix("...\n")
    node, findings = parse_yaml(Text("f", value))
    assert findings == ()
    assert plain(node) == tree
