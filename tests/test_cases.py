"""Findings, told by example: a Markdown file for each code, files in, findings out.

A fence whose info string is a language and a path is a file of a project. What is expected of it
stands in its comments, ``# error: 11 [code] "part of the message"`` (the line is the comment's,
the number is the column), or in a fence ``findings``, a line each in the form of ``--format
short``. Every finding must be expected, and every expectation found. The language ``bytes``
resolves escapes, ``size`` makes a file of so many bytes, ``link`` a symbolic link.
"""

import re
from pathlib import Path

import pytest

from pincite.base.codes import CODES
from support import Site

FOLDER = Path(__file__).parent / "cases" / "findings"
FILES = sorted(FOLDER.glob("*.md"))
FENCE = re.compile(r"^(`{3,})([\w+]+)(?: +([^\n`]+))?\n(.*?)^\1$", re.MULTILINE | re.DOTALL)
COMMENT = re.compile(r'# (error|warning): (\d+) \[([a-z-]+)\](?: "(.*)")?\s*$')
LINE = re.compile(r"(.+?):(\d+):(\d+): (error|warning)\[([a-z-]+)\]: (.*)")


def sections(text: str) -> list[str]:
    """A file holds one project, or several: one for each heading of the second level."""
    parts = re.split(r"^(?=## )", text, flags=re.MULTILINE)
    return parts[1:] or parts


def cases():
    for path in FILES:
        for number, text in enumerate(sections(path.read_text("utf-8")), 1):
            yield pytest.param(text, id=f"{path.stem}-{number}")


def lay_out(site: Site, language: str, path: str, text: str) -> None:
    target = site.root / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.unlink(missing_ok=True)
    match language:
        case "bytes":
            site.write(path, text.encode().decode("unicode_escape").encode("latin-1"))
        case "size":
            with target.open("wb") as file:
                file.truncate(int(text))
        case "link":
            target.symlink_to(text.strip())
        case _:
            site.write(path, text)


@pytest.mark.parametrize("text", tuple(cases()))
def test_case(text, tmp_path):
    site = Site(tmp_path / "project")
    expected, built = [], False
    for _, language, path, body in FENCE.findall(text):
        if language == "findings":
            expected += [LINE.fullmatch(line).groups() for line in body.splitlines()]
        elif path:
            lay_out(site, language, path, body)
            built = built or path.startswith("templates/")
            for number, line in enumerate(body.splitlines(), 1):
                if found := COMMENT.search(line):
                    severity, column, code, part = found.groups()
                    expected.append((path, str(number), column, severity, code, part or ""))
    assert expected, "the case expects nothing"
    site.build() if built else site.check()
    left = site.report.splitlines()
    for path, line, column, severity, code, part in expected:
        start = f"{path}:{line}:{column}: {severity}[{code}]: "
        hit = next((one for one in left if one.startswith(start) and part in one), None)
        assert hit, f"not found: {start}{part}\nfound:\n" + "\n".join(left)
        left.remove(hit)
    assert left == [], "not expected"


@pytest.mark.parametrize("code", sorted(CODES))
def test_every_code_has_a_case(code):
    path = FOLDER / f"{code}.md"
    text = path.read_text("utf-8")
    assert text.startswith(f"# {code}\n")
    severity = CODES[code].severity
    assert re.search(rf"{severity}: \d+ \[{code}\]|{severity}\[{code}\]", text)


def test_no_case_is_of_an_unknown_code():
    assert {path.stem for path in FILES} <= set(CODES)


def test_the_base_of_the_cases_has_no_findings(tmp_path):
    assert Site(tmp_path / "project").check().report == ""
