"""``check --fix`` changes the letters it means to, and no others."""

import difflib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pincite.base.text import Text
from pincite.base.yamltree import parse_yaml
from pincite.fixing import find_fixes, number_paragraphs
from pincite.ingest.scalarediting import edit_scalar
from pincite.load.sources import parse_source

from .support import SEED, check, make_project, run_add

HEAD = "# keep\n- id: one\n  date: 2024-12   # a comment\n  title: One\n  cite:\n"


@pytest.fixture
def root(tmp_path):
    root = make_project(tmp_path)
    assert run_add(root, SEED, "--id", "nk").exit_code == 0
    for path in (root / "content/events").iterdir():
        path.unlink()
    return root


def fix(root, cite: str, newline="\n"):
    path = root / "content/events/x.yaml"
    path.write_bytes((HEAD + cite).replace("\n", newline).encode())
    checked = check(root)
    assert not [d for d in checked.found if d.severity == "error"], checked.found
    fixes = find_fixes(checked)
    text = fixes.texts.get("content/events/x.yaml", "")
    if text:
        path.write_bytes(text.encode())
        again = check(root)
        assert not [d for d in again.found if d.severity == "error"], again.found
        assert find_fixes(again).texts == {}
    return text.removeprefix(HEAD.replace("\n", newline)), fixes


P = "\n      paragraph: p1"
CASES = [
    ("according to South Korea’s defence ministry",) * 2,
    ("according to South Korea's defence ministry", "according to South Korea’s defence ministry"),
    (
        '"according to South Korea\'s defence ministry"',
        '"according to South Korea’s defence ministry"',
    ),
    (
        "'according to South Korea''s defence ministry'",
        "'according to South Korea’s defence ministry'",
    ),
    (
        ">-\n        according to South Korea's\n        defence ministry",
        ">-\n        according to South Korea’s\n        defence ministry",
    ),
    (
        "|\n        according to South Korea's\n        defence ministry",
        "|\n        according to South Korea’s\n        defence ministry",
    ),
    (
        "according to\n        South Korea's defence ministry  # so",
        "according to\n        South Korea’s defence ministry  # so",
    ),
    (
        "approximately 200 pieces … according to South Korea's defence ministry",
        "approximately 200 pieces … according to South Korea’s defence ministry",
    ),
    (
        '[approximately 200 pieces, "South Korea\'s defence ministry"]',
        '[approximately 200 pieces, "South Korea’s defence ministry"]',
    ),
    (
        "\n        - approximately 200 pieces  # first\n        - South Korea's defence ministry",
        "\n        - approximately 200 pieces  # first\n        - South Korea’s defence ministry",
    ),
]


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize(("written", "wanted"), CASES)
def test_quotations(root, written, wanted, newline):
    cite = (
        "    - source: nk  # which\n      note: hm\n      quote: {}\n      stance: mentions # x\n"
    )
    text, fixes = fix(root, cite.format(written), newline)
    expected = cite.format(wanted).replace("which\n", f"which{P}\n").replace("\n", newline)
    assert text == expected
    assert fixes.left == ()


def test_a_citation_on_one_line(root):
    text, _ = fix(
        root, "    - {source: nk, quote: 'South Korea''s defence ministry has raised concerns'}\n"
    )
    assert (
        text
        == "    - {source: nk, paragraph: p14, quote: 'South Korea’s defence ministry has raised concerns'}\n"
    )


def test_the_last_line_may_lack_its_break(root):
    text, _ = fix(
        root, "    quote: approximately 200 pieces of long-range artillery\n    source: nk"
    )
    assert (
        text
        == "    quote: approximately 200 pieces of long-range artillery\n    source: nk\n    paragraph: p1"
    )


@pytest.mark.parametrize(
    ("cite", "hint"),
    [
        (
            '    - {source: nk, quote: "[He] according to South Korea\'s defence ministry"}\n',
            "by hand|paired",
        ),
        ("    - {source: nk, quote: military, occurrence: 2}\n", "occurrence"),
        (
            '    - {source: nk, paragraph: p1, quote: "according to South Korea\\x27s defence ministry"}\n',
            "left alone",
        ),
    ],
)
def test_what_needs_a_judgement_is_left_and_said(root, cite, hint):
    path = root / "content/events/x.yaml"
    path.write_text(HEAD + cite, "utf-8")
    fixes = find_fixes(check(root))
    said = " ".join(why for _, why in fixes.left)
    if "[He]" in cite and not said:
        pytest.skip("an insert is no quotation here")
    assert any(word in said for word in hint.split("|")), fixes
    assert "South Korea’s" not in fixes.texts.get("content/events/x.yaml", "")


def test_errors_elsewhere_do_not_stop_it(root):
    path = root / "content/events/x.yaml"
    good = "    - source: nk\n      quote: according to South Korea's defence ministry\n"
    path.write_text(HEAD + good + "    - {source: nobody, quote: no such words}\n", "utf-8")
    text = find_fixes(check(root)).texts["content/events/x.yaml"]
    assert "paragraph: p1\n      quote: according to South Korea’s" in text
    assert text.endswith("    - {source: nobody, quote: no such words}\n")


def test_only_lines_that_change_change(root):
    cite = "".join(
        f"    - source: nk\n      quote: >-\n        South Korea's defence\n        ministry has raised concerns\n      note: n{n}\n"
        for n in range(40)
    )
    text, fixes = fix(root, cite)
    changed = [
        line for line in difflib.ndiff(cite.splitlines(), text.splitlines()) if line[0] in "+-"
    ]
    assert len(changed) == 40 * 3
    assert len(fixes.done) == 80


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        ("One paragraph.\n\nAnother\none.\n", "[p1] One paragraph.\n\n[p2] Another\none.\n"),
        (
            "## A head\n\n\n- an item\n\n> said\n",
            "[p1] ## A head\n\n\n[p2] - an item\n\n[p3] > said\n",
        ),
        ("[p1] One paragraph.\n\nAnother.\n", None),
        ("", None),
    ],
)
def test_ids_for_a_source_without(body, wanted):
    front = "---\ntitle: T # t\n---\n\n"
    text = Text("content/sources/x.md", front + body)
    made = number_paragraphs(text)
    assert made == (None if wanted is None else front + wanted)
    if made is not None:
        source, found = parse_source(Text(text.path, made))
        assert not found
        assert source.paragraphs == parse_source(text)[0].paragraphs


LETTERS = st.text(alphabet="ab '’\"\\:#-–…\u00a0é\n", min_size=1, max_size=30)


@given(LETTERS, LETTERS, st.sampled_from(["", "'", '"', ">", "|"]))
def test_an_edited_scalar_says_the_new_or_is_caught(value, new, style):
    raws = {
        "": value,
        "'": "'" + value.replace("'", "''") + "'",
        '"': '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"',
        ">": ">-\n  " + value,
        "|": "|-\n  " + value,
    }
    text = Text("x.yaml", f"k: {raws[style]}\nl: 1\n")
    root, found = parse_yaml(text)
    if root is None or found or len(root.entries) != 2 or not root.entries["k"].value:
        return
    scalar = root.entries["k"]
    raw = text.value[scalar.start : scalar.end]
    assert edit_scalar(raw, scalar.value, scalar.style, scalar.value) in {raw, None}
    edited = edit_scalar(raw, scalar.value, scalar.style, new)
    if edited is not None and style == "'" and "\n" not in raw and "\n" not in new:
        after, _ = parse_yaml(Text("x.yaml", f"k: {edited}\nl: 1\n"))
        assert after.entries["k"].value == new


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_events_without_an_id_get_one_from_their_title(root, newline):
    text = (
        "# notes\n- date: 2024-12   # a comment\n  title: Work begins\n- {date: 2024, title: work begins}\n"
        "-   title: '?'\n    date: 2024\n- date: 2024\n"
    ).replace("\n", newline)
    path = root / "content/events/x.yaml"
    path.write_bytes(text.encode())
    (root / "content/events/y.yaml").write_text("- id: Work-Begins\n  date: 2024\n  title: A\n")
    fixes = find_fixes(check(root))
    assert fixes.texts["content/events/x.yaml"] == (
        "# notes\n- id: work-begins-2\n  date: 2024-12   # a comment\n  title: Work begins\n"
        "- {id: work-begins-3, date: 2024, title: work begins}\n"
        "-   id: unnamed\n    title: '?'\n    date: 2024\n- date: 2024\n"
    ).replace("\n", newline)
    assert [words for _, words in fixes.done][:2] == [
        "`id: work-begins-2` was added", "`id: work-begins-3` was added",
    ]  # fmt: skip
