"""Findings as text: exact where a terminal could be fooled, and never an exception."""

import json
import re
from textwrap import dedent
from urllib.parse import unquote

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pincite.base.codes import CODES
from pincite.base.diagnostics import Diagnostic, Label, Severity, error, warning
from pincite.base.text import Span, Text
from pincite.report import FORMATS, render_findings, summarise
from pincite.report.cells import cells, visible, wrap

EVENTS = "content/events/a.yaml"
SOURCE = "content/sources/s.md"


def show(*found: Diagnostic, format="human", color=False, width=60, **files: str) -> str:
    texts = {path: Text(path, value) for path, value in files.items()}
    return render_findings(found, texts, format=format, color=color, width=width)


def human(value: str, start: int, end: int, **settings) -> str:
    """Return what is printed below the place of one finding in a file ``f``."""
    printed = show(error("bad-value", Span("f", start, end), "m"), f=value, **settings)
    lines = printed.splitlines()
    assert lines[0] == "error[bad-value]: m"
    assert lines[-2:] == ["", "1 error"]
    return "\n".join(lines[1:-2])


def block(text: str) -> str:
    return dedent(text).strip("\n")


def test_two_files_as_in_the_design():
    events = "- id: guns\n  cite:\n    quote: approximately 300 pieces of artillery\n"
    source = (
        "---\ntitle: T\n---\n\n[p1] It supplied approximately 200 pieces of artillery to Russia.\n"
    )
    a, b = events.index("approx"), source.index("approx")
    found = error(
        "quote-not-found",
        Span(EVENTS, a, len(events) - 1),
        "these words are not in `s`",
        labels=(Label(span=Span(SOURCE, b, b + 39), text="nearest words"),),
        note="- 300\n+ 200",
        help="quote the source letter by letter, or cite another paragraph",
    )
    assert show(found, width=100, **{EVENTS: events, SOURCE: source}) == dedent(
        """\
        error[quote-not-found]: these words are not in `s`
         --> content/events/a.yaml:3:12
          |
        3 |     quote: approximately 300 pieces of artillery
          |            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
         ::: content/sources/s.md:5:18
          |
        5 | [p1] It supplied approximately 200 pieces of artillery to Russia.
          |                  --------------------------------------- nearest words
          = note: - 300
                  + 200
          = help: quote the source letter by letter, or cite another paragraph

        1 error
        """
    )


def test_labels_in_the_same_file_share_its_excerpt():
    value = "".join(f"line {number}\n" for number in range(1, 13))
    found = warning(
        "duplicate-id",
        Span("f", value.index("12"), value.index("12") + 2),
        "m",
        labels=(
            Label(span=Span("f", 0, 4), text="first"),
            Label(span=Span("f", 5, 6), text="second"),
            Label(span=Span("f", 7, 11), text="third"),
        ),
        help="one two three four five six seven eight nine ten eleven twelve",
    )
    assert show(found, f=value, width=40) == dedent(
        """\
        warning[duplicate-id]: m
          --> f:12:6
           |
         1 | line 1
           | ---- first
           |      - second
         2 | line 2
           | ---- third
        ...
        12 | line 12
           |      ^^
           = help: one two three four five six
                   seven eight nine ten eleven
                   twelve

        1 warning
        """
    )


def test_wide_characters_count_two_cells_and_accents_none():
    assert human("북한: 長距離砲 ok", 4, 8) == block("""
         --> f:1:5
          |
        1 | 북한: 長距離砲 ok
          |       ^^^^^^^^
    """)
    assert human("cafe\u0301 noir", 6, 10).endswith("  |      ^^^^")
    decomposed = "\u1112\u1161\u11ab x"  # one syllable of Korean in three characters
    assert human(decomposed, 4, 5).endswith("  |    ^")


def test_tabs_are_expanded_to_stops():
    assert human("\ta:\tb", 4, 5) == block("""
         --> f:1:5
          |
        1 |     a:  b
          |         ^
    """)
    assert human("ab\tc", 2, 3).endswith("1 | ab  c\n  |   ^^")


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_line_ends(end):
    value = f"one{end}two{end}three"
    assert human(value, 3 + len(end), 6 + len(end)) == block("""
         --> f:2:1
          |
        2 | two
          | ^^^
    """)
    # A span over a line break is shown by its first line, at any of the break's characters.
    for start in range(1, 3 + len(end)):
        assert "1 | one\n" in human(value, start, len(value))
    assert human(value, 1, len(value)).endswith("  |  ^^")
    assert human(value, 3, 3).endswith("  |    ^")


def test_a_byte_order_mark_is_shown_since_it_shifts_the_columns():
    assert human("\ufefftitle: x", 8, 9) == block(r"""
         --> f:1:9
          |
        1 | \u{feff}title: x
          |                ^
    """)


def test_the_end_of_a_file():
    assert human("ab\n", 3, 3) == " --> f:2:1\n  |\n2 |\n  | ^"
    assert human("", 0, 0) == " --> f:1:1\n  |\n1 |\n  | ^"
    assert human("ab", 2, 2) == " --> f:1:3\n  |\n1 | ab\n  |   ^"
    assert human("ab", 70, 90) == human("ab", 2, 2)
    assert human("ab", -5, -1) == human("ab", 0, 0)
    assert human("abcd", 2, 1) == human("abcd", 2, 2)


def test_a_file_that_was_not_read_has_no_excerpt():
    gone = error("file-unreadable", Span("gone.yaml", 7, 9), "no permission", help="mend it")
    assert show(gone) == dedent(
        """\
        error[file-unreadable]: no permission
         --> gone.yaml:1:1
          = help: mend it

        1 error
        """
    )
    related = error(
        "media-missing",
        Span("f", 0, 1),
        "m",
        labels=(Label(span=Span("gone", 3, 4), text="should be here"),),
    )
    assert show(related, f="x").splitlines()[-4:] == [
        " ::: gone:1:1",
        "  = note: should be here",
        "",
        "1 error",
    ]


def test_long_lines_are_cut_around_the_place():
    value = "word " * 50 + "HERE" + " word" * 50
    at = value.index("HERE")
    assert human(value, at, at + 4, width=44) == block("""
         --> f:1:251
          |
        1 | …d word word word HERE word word word w…
          |                   ^^^^
    """)
    assert human(value, 5, 9, width=44).endswith(
        "1 | word word word word word word word word…\n  |      ^^^^"
    )
    assert human(value, len(value) - 4, len(value), width=44).endswith(
        "1 | …word word word word word word word word\n  |                                     ^^^^"
    )
    # Longer than the window: its beginning, with a little of what stands before.
    assert human(value, at, len(value), width=44).endswith(
        "1 | …ord word HERE word word word word word…\n  |           " + "^" * 29
    )


def test_places_far_apart_on_one_line_get_a_window_each():
    value = "word " * 30 + "ONE" + " word" * 30 + " TWO" + " word" * 30
    one, two = value.index("ONE"), value.index("TWO")
    found = error(
        "duplicate-key",
        Span("f", two, two + 3),
        "m",
        labels=(Label(span=Span("f", one, one + 3), text="first"),),
    )
    assert (
        show(found, f=value, width=44).splitlines()[2:-2]
        == block("""
          |
        1 | …d word word word ONE word word word wo…
          |                   --- first
        1 | …d word word word TWO word word word wo…
          |                   ^^^
    """).splitlines()
    )


def test_the_text_of_a_label_goes_below_where_there_is_no_room():
    found = error(
        "bad-value",
        Span("f", 0, 1),
        "m",
        labels=(Label(span=Span("f", 25, 35), text="here is why it is so"),),
    )
    assert show(found, f="x" * 35, width=40).splitlines()[3:-2] == [
        "1 | " + "x" * 35,
        "  | ^",
        "  | " + " " * 25 + "-" * 10,
        "  | " + " " * 16 + "here is why it is so",
    ]


def test_a_line_of_ten_megabytes_costs_what_is_shown_of_it(monkeypatch):
    import pincite.report.excerpt as module

    asked = []
    original = module.glyph
    monkeypatch.setattr(module, "glyph", lambda c: asked.append(c) or original(c))
    value = "é" * 10_000_000
    printed = human(value, 6_000_000, 6_000_004, width=80)
    assert printed.splitlines()[-1].strip() == "|" + " " * 37 + "^^^^"
    assert len(asked) < 2_000


def test_nothing_in_content_can_steer_the_terminal():
    nasty = "a\x1b[2Jb\u202ec\u2028d\x07\u0085e"
    printed = show(
        error(
            "bad-character",
            Span("f\n\x1b", 5, 6),
            f"m {nasty}\n\r",
            note=nasty,
            help=nasty,
            labels=(Label(span=Span("f\n\x1b", 0, 1), text=nasty),),
        ),
        width=200,
        **{"f\n\x1b": nasty},
    )
    assert all(line.isprintable() for line in printed.split("\n"))
    assert r"1 | a\u{1b}[2Jb\u{202e}c\u{2028}d\u{7}\u{85}e" in printed
    assert printed.startswith(r"error[bad-character]: m a\u{1b}[2J")
    assert r" --> f\n\u{1b}:1:6" in printed
    assert "  |           ^\n" in printed


def test_colour_adds_sequences_and_changes_nothing_else():
    found = [
        error(
            "bad-value",
            Span("f", 0, 2),
            "m",
            help="h",
            labels=(Label(span=Span("f", 3, 4), text="l"),),
        ),
        warning("quote-short", Span("f", 3, 4), "m"),
    ]
    coloured = show(*found, f="ab cd", color=True)
    assert "\x1b[1;31merror[bad-value]\x1b[0m" in coloured
    assert "\x1b[1;33mwarning[quote-short]\x1b[0m" in coloured
    assert re.sub(r"\x1b\[[\d;]*m", "", coloured) == show(*found, f="ab cd")


def test_findings_are_sorted_and_said_once():
    found = [
        warning("quote-short", Span("b", 0, 1), "m"),
        error("bad-value", Span("a", 9, 9), "z"),
        error("bad-value", Span("a", 9, 9), "y"),
        error("bad-id", Span("a", 9, 9), "z"),
        error("bad-value", Span("a", 2, 2), "z"),
        warning("quote-short", Span("b", 0, 1), "m"),
    ]
    expected = (
        "a:1:3: error[bad-value]: z\n"
        "a:2:2: error[bad-id]: z\n"
        "a:2:2: error[bad-value]: y\n"
        "a:2:2: error[bad-value]: z\n"
        "b:1:1: warning[quote-short]: m\n"
    )
    assert show(*found, format="short", a="1234567\n90", b="x") == expected
    assert show(*reversed(found), format="short", a="1234567\n90", b="x") == expected


def test_short_keeps_a_message_on_its_line():
    found = error("bad-value", Span("p\nq", 0, 0), "one\r\ntwo\u2028three\x1b")
    assert show(found, format="short") == (
        "p\\nq:1:1: error[bad-value]: one\\r\\ntwo\\u{2028}three\\u{1b}\n"
    )


def test_summary():
    an_error, a_warning = (
        error("bad-id", Span("f", 0, 0), "m"),
        warning("quote-short", Span("f", 0, 0), "m"),
    )
    assert summarise([]) == "no findings"
    assert summarise([an_error]) == "1 error"
    assert summarise([a_warning, an_error, an_error]) == "2 errors, 1 warning"
    assert summarise([a_warning, a_warning]) == "2 warnings"


def test_nothing_found():
    assert [show(format=name) for name in ("human", "short", "github")] == ["", "", ""]
    assert json.loads(show(format="json")) == {
        "format": "pincite-findings/1",
        "findings": [],
        "errors": 0,
        "warnings": 0,
    }
    assert json.loads(show(format="sarif"))["runs"][0]["results"] == []


def test_an_unknown_format_is_a_mistake_of_the_caller():
    with pytest.raises(ValueError, match="`xml` is not one of human, short"):
        show(format="xml")


LABELLED = error(
    "quote-not-found",
    Span("a: b%,é.yaml", 4, 7),
    "not in `s`: 100%\nreally",
    labels=(Label(span=Span(SOURCE, 0, 2), text="nearest {0} [x](1)"),),
    note="- a\n+ b",
    help="quote",
)
LABELLED_FILES = {"a: b%,é.yaml": "12\n4567\n", SOURCE: "hello"}


def test_json():
    document = json.loads(show(LABELLED, format="json", **LABELLED_FILES))
    assert document == {
        "format": "pincite-findings/1",
        "errors": 1,
        "warnings": 0,
        "findings": [
            {
                "code": "quote-not-found",
                "severity": "error",
                "message": "not in `s`: 100%\nreally",
                "note": "- a\n+ b",
                "help": "quote",
                "path": "a: b%,é.yaml",
                "start": 4,
                "end": 7,
                "line": 2,
                "column": 2,
                "end_line": 2,
                "end_column": 5,
                "labels": [
                    {
                        "path": SOURCE,
                        "start": 0,
                        "end": 2,
                        "line": 1,
                        "column": 1,
                        "end_line": 1,
                        "end_column": 3,
                        "text": "nearest {0} [x](1)",
                    }
                ],
            }
        ],
    }


def test_github():
    assert show(LABELLED, format="github", **LABELLED_FILES) == (
        "::error file=a%3A b%25%2Cé.yaml,line=2,endLine=2,col=2,endColumn=5,"
        "title=pincite quote-not-found::"
        "not in `s`: 100%25%0Areally%0A- a%0A+ b%0A"
        "content/sources/s.md:1:1: nearest {0} [x](1)%0Ahelp: quote\n"
    )


def test_github_takes_columns_only_within_a_line():
    printed = show(warning("quote-long", Span("f", 1, 4), "m"), format="github", f="ab\ncd")
    assert printed == "::warning file=f,line=1,endLine=2,title=pincite quote-long::m\n"


def test_sarif():
    document = json.loads(show(LABELLED, format="sarif", **LABELLED_FILES))
    assert document["version"] == "2.1.0"
    assert document["$schema"].endswith("/sarif-schema-2.1.0.json")
    [run] = document["runs"]
    assert run["columnKind"] == "unicodeCodePoints"
    driver = run["tool"]["driver"]
    assert driver["name"] == "Pincite"
    assert [rule["id"] for rule in driver["rules"]] == list(CODES)
    for rule in driver["rules"]:
        assert rule["defaultConfiguration"]["level"] == CODES[rule["id"]].severity
        assert rule["shortDescription"]["text"]
        assert rule["fullDescription"]["text"]
        assert rule["help"]["text"]
    [result] = run["results"]
    assert result["ruleId"] == "quote-not-found" == driver["rules"][result["ruleIndex"]]["id"]
    assert result["level"] == "error"
    assert result["message"]["text"] == "not in `s`: 100%\nreally\n- a\n+ b\nhelp: quote"
    assert result["locations"] == [
        {
            "physicalLocation": {
                "artifactLocation": {"uri": "a%3A%20b%25%2C%C3%A9.yaml", "uriBaseId": "%SRCROOT%"},
                "region": {"startLine": 2, "startColumn": 2, "endLine": 2, "endColumn": 5},
            }
        }
    ]
    [related] = result["relatedLocations"]
    assert related["id"] == 1
    # Braces and links have a meaning of their own in SARIF, so these must not look like them.
    assert related["message"]["text"] == "nearest {{0}} [x\\](1)"
    assert related["physicalLocation"]["artifactLocation"]["uri"] == SOURCE


def test_sarif_knows_only_rules_of_the_table():
    printed = show(error("not-a-code", Span("f", 0, 0), "m"), format="sarif")
    [result] = json.loads(printed)["runs"][0]["results"]
    assert result["ruleId"] == "not-a-code"
    assert "ruleIndex" not in result


def test_wrap_keeps_lines_that_fit_and_long_words():
    assert wrap("a  b\n   c", 10) == ["a  b", "   c"]
    assert wrap("one two three", 7) == ["one two", "three"]
    assert wrap("https://example.org/long x", 5) == ["https://example.org/long", "x"]
    assert wrap("", 5) == [""]
    assert wrap("長距離 長距離", 8) == ["長距離", "長距離"]


anything = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from("\n\r\t\x1b\u202e\u2028\ufeff\u0301長é{}[]()%:,"),
        st.characters(categories=["Cs"]),
    ),
    max_size=60,
)
paths = st.one_of(st.sampled_from(["f", "g", "gone"]), anything)
spans = st.builds(Span, paths, st.integers(-5, 200), st.integers(-5, 200))
diagnostics = st.builds(
    Diagnostic,
    code=st.one_of(st.sampled_from(list(CODES)), anything),
    severity=st.sampled_from(Severity),
    message=anything,
    span=spans,
    labels=st.lists(st.builds(Label, span=spans, text=anything), max_size=3).map(tuple),
    help=st.one_of(st.none(), anything),
    note=anything,
)


def test_many_warnings_of_a_code_hide_nothing_else():
    warnings = [warning("single-source", Span("f", n, n), f"w{n}") for n in range(30)]
    others = [error("bad-id", Span("f", n, n), f"e{n}") for n in range(30)]
    others += [warning("quote-short", Span("f", n, n), f"q{n}") for n in range(3)]
    printed = render_findings(
        (*warnings, *others), {}, format="human", color=False, width=80, most=3
    )
    assert [n for n in range(30) if f": w{n}\n" in printed] == [0, 1, 2]
    assert all(f": {d.message}\n" in printed for d in others)
    assert "warning[single-source]: … and 27 more\n" in printed
    assert "quote-short]: …" not in printed
    assert "check --all" in printed
    assert printed.endswith("\n\n30 errors, 33 warnings\n")
    whole = render_findings((*warnings, *others), {}, format="human", color=False, width=80)
    assert whole.count("warning[single-source]: w") == 30


@settings(max_examples=150, deadline=None)
@given(
    found=st.lists(diagnostics, max_size=4),
    first=anything,
    second=anything.map(lambda text: text * 4),
    width=st.integers(-3, 120),
)
@example(found=[error("bad-id", Span("f", 1, 1), "m")], first="\r\n", second="", width=0)
def test_any_finding_can_be_printed(found, first, second, width):
    texts = {"f": Text("f", first), "g": Text("g", second)}
    unique = len(set(found))
    printed = {
        name: render_findings(found, texts, format=name, color=False, width=width)
        for name in FORMATS
    }
    assert printed["short"].count("\n") == unique == len(printed["short"].splitlines())
    assert printed["github"].count("\n") == unique == len(printed["github"].splitlines())
    assert len(json.loads(printed["json"])["findings"]) == unique
    results = json.loads(printed["sarif"])["runs"][0]["results"]
    ordered = json.loads(printed["json"])["findings"]
    for result, finding in zip(results, ordered, strict=True):
        uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        assert uri.isascii()
        assert unquote(uri, errors="surrogatepass") == finding["path"]
    for name in ("human", "short", "github"):
        printed[name].encode()
        assert visible(printed[name].replace("\n", "")) == printed[name].replace("\n", "")
    again = render_findings(found[::-1], texts, format="human", color=False, width=width)
    assert again == printed["human"]


@settings(max_examples=200, deadline=None)
@given(
    value=anything.map(lambda text: text * 5),
    start=st.integers(0, 300),
    size=st.integers(0, 60),
    width=st.integers(40, 100),
)
def test_carets_stand_under_the_words(value, start, size, width):
    printed = human(value, start, start + size, width=width).splitlines()
    line, under = printed[2], printed[3]
    gutter = line.index(" |") + 3
    assert cells(line) <= max(width, gutter)
    assert cells(under) <= width + 1
    carets = under.count("^")
    assert carets >= 1
    # The cells above the carets hold the first of the marked characters; those without a cell
    # of their own belong to the one before and are left out here.
    marked = visible(re.split("[\r\n]", value[start : start + size])[0])
    marked = "".join(character for character in marked if cells(character))
    cell, above = gutter, ""
    for character in line[gutter:]:
        if under.index("^") <= cell < under.index("^") + carets and cells(character):
            above += character
        cell += cells(character)
    if "\t" not in value and marked:
        assert above
        assert marked.startswith(above.rstrip("…")[: len(marked)])
