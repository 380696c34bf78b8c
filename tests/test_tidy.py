"""Style, format and types, where the tools are installed."""

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize(
    "command",
    [
        ("ruff", "check", "--no-cache", "--quiet", "."),
        ("ruff", "format", "--no-cache", "--check", "--quiet", "."),
        ("mypy", "--no-error-summary"),
    ],
    ids=["lint", "format", "types"],
)
def test_tidy(command):
    tool, *arguments = command
    if find_spec(tool) is None:
        pytest.skip(f"{tool} is not installed")
    run = subprocess.run(
        [sys.executable, "-m", tool, *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr
