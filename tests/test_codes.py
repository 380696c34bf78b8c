"""The table of codes is complete, and severities change only as they may."""

import re
from pathlib import Path

import pytest

from pincite.base.codes import CODES, STAGES, set_severities
from pincite.base.diagnostics import Diagnostic, Severity, error, warning
from pincite.base.text import Span
from pincite.report import explain, find_near_codes
from pincite.report.explain import render_reference

ROOT = Path(__file__).parents[1]
PLACE = Span("content/events/a.yaml", 0, 1)
STRICT = sorted(code for code, entry in CODES.items() if entry.strict)
REGENERATE = (
    "python -c 'from pincite.report.explain import render_reference as r; print(r(), end=str())'"
    " > docs/findings.md"
)


@pytest.mark.parametrize("code", CODES)
def test_each_code_says_what_it_means_and_what_to_do(code):
    entry = CODES[code]
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", code)
    assert entry.summary[0] == "`" or entry.summary[0].islower() or entry.summary[:4] == "YAML"
    assert entry.summary[-1] not in ".!?"
    assert "\n" not in entry.summary
    for prose in (entry.explanation, entry.way_out):
        assert prose[0].isupper() or prose[0] == "`"
        assert prose[-1] == "."
        assert "  " not in prose
        assert "\n" not in prose
    sentences = re.findall(r"[.:?](?= |$)", f"{entry.explanation} {entry.way_out}")
    assert 2 <= len(sentences) <= 8
    assert entry.example.strip() == entry.example != ""
    assert max(map(len, entry.example.splitlines())) <= 88
    assert isinstance(entry.severity, Severity)


def test_the_table_is_sorted_and_whole():
    assert list(CODES) == sorted(CODES)
    assert sum(len(entries) for entries in STAGES.values()) == len(CODES)


def test_the_table_cannot_be_changed():
    with pytest.raises(TypeError):
        CODES["quote-not-found"] = CODES["quote-short"]  # type: ignore[index]


def test_only_warnings_are_strict():
    assert STRICT == ["unproven-source", "unverified-citation"]
    assert all(CODES[code].severity is Severity.WARNING for code in STRICT)


def test_every_code_used_in_the_program_is_in_the_table():
    call = re.compile(r"\b(error|warning)\(\s*\"([a-z-]+)\"")
    keyword = re.compile(r"\bcode=\"([a-z]+-[a-z-]+)\"")
    for path in sorted((ROOT / "generator").rglob("*.py")):
        program = path.read_text(encoding="utf-8")
        for name, code in call.findall(program):
            assert code in CODES, f"{path.name}: {code}"
            assert CODES[code].severity == name, f"{path.name}: {code}"
        for code in keyword.findall(program):
            assert code in CODES, f"{path.name}: {code}"


def settle(*found: Diagnostic, strict: bool = False, **overrides: str) -> list[tuple[str, str]]:
    overrides = {code.replace("_", "-"): value for code, value in overrides.items()}
    settled = set_severities(found, overrides=overrides, strict=strict)
    return [(each.code, str(each.severity)) for each in settled]


SHORT = warning("quote-short", PLACE, "m")
LOST = error("quote-not-found", PLACE, "m")
UNPROVEN = warning("unverified-citation", PLACE, "m")


def test_warnings_can_be_ignored_or_made_errors():
    assert settle(SHORT) == [("quote-short", "warning")]
    assert settle(SHORT, quote_short="error") == [("quote-short", "error")]
    assert settle(SHORT, quote_short="ignore") == []
    assert settle(SHORT, UNPROVEN, quote_short="ignore") == [("unverified-citation", "warning")]


def test_errors_cannot_be_softened():
    assert settle(LOST, quote_not_found="ignore") == [("quote-not-found", "error")]
    mistaken = warning("quote-not-found", PLACE, "m")
    assert settle(mistaken, quote_not_found="ignore") == [("quote-not-found", "error")]


def test_strict_wins_over_the_settings_for_strict_codes_only():
    assert settle(UNPROVEN, strict=True) == [("unverified-citation", "error")]
    assert settle(UNPROVEN, strict=True, unverified_citation="ignore") == [
        ("unverified-citation", "error")
    ]
    assert settle(UNPROVEN, unverified_citation="ignore") == []
    assert settle(SHORT, strict=True) == [("quote-short", "warning")]
    assert settle(SHORT, strict=True, quote_short="ignore") == []


def test_everything_else_of_a_finding_stays():
    [settled] = set_severities([UNPROVEN], overrides={}, strict=True)
    assert (settled.message, settled.span) == (UNPROVEN.message, UNPROVEN.span)


def test_the_reference_is_what_the_table_says():
    reference = (ROOT / "docs" / "findings.md").read_text(encoding="utf-8")
    assert reference == render_reference(), f"renew it with: {REGENERATE}"


def test_the_reference_has_a_section_for_each_code():
    headings = re.findall(r"^### (.*)$", render_reference(), flags=re.MULTILINE)
    assert sorted(headings) == list(CODES)


def test_explain():
    assert explain("unverified-citation") == (
        "warning[unverified-citation]: a citation is published without a proof\n"
        "\n"
        "It is a link and a stated reason, with no quote that could be compared. The page\n"
        "says plainly that it is not proven.\n"
        "\n"
        "    - source: annual-report\n"
        "      unverified: only on paper so far\n"
        "\n"
        "Way out: Take in the text of the source with `pincite add`, and quote it.\n"
        "\n"
        "Set `unverified-citation` to `ignore` or `error` under `warnings` in\n"
        "`site.yaml`. `build --strict` makes it an error.\n"
    )
    assert "`ignore`" not in (explain("quote-not-found") or "")
    assert explain("quote-not-fond") is None


def test_near_codes():
    assert find_near_codes("quote-not-fond")[0] == "quote-not-found"
    assert find_near_codes("Quote-Short ")[0] == "quote-short"
    assert find_near_codes("zzzzzz") == ()
