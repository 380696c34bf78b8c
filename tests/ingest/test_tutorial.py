"""The tutorial's files and commands, in order, do what it says."""

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

pytest.importorskip("trafilatura")

from pincite.cli import main

DOC = Path(__file__).parents[2] / "docs/tutorial.md"
FENCE = re.compile(r"^```(\w+)(?: +([^\n`]+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def test_the_tutorial(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    ran = []
    for language, path, body in FENCE.findall(DOC.read_text("utf-8")):
        if path:
            Path(path).write_text(body, "utf-8")
        elif language == "console":
            for step in re.split(r"^\$ ", body, flags=re.MULTILINE)[1:]:
                command, _, printed = step.partition("\n")
                program, *arguments = shlex.split(command)
                if program == "cd":
                    monkeypatch.chdir(arguments[0])
                elif program == "rm":
                    for name in arguments:
                        Path(name).unlink()
                else:
                    result = CliRunner().invoke(main, arguments)
                    assert result.exit_code == 0, result.output
                    assert printed in ("", result.stdout)
                    ran.append(arguments[0])
    assert ran == ["new", "add", "quote", "check", "build"]
    page = Path("site/events/seepage-measured/index.html").read_text("utf-8")
    assert "sources/dam/#c-seepage-measured-1" in page
    assert 'id="p2"' in Path("site/sources/dam/index.html").read_text("utf-8")
    warned = CliRunner().invoke(main, ["check", "--format", "short"]).output
    assert "error" not in warned
    assert set(re.findall(r"warning\[([\w-]+)\]", warned)) <= {
        "single-source",
        "source-not-archived",
        "url-not-set",
    }
