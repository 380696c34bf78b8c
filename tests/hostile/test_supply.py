"""What is shipped: the same bytes each time, and nothing that does not belong to it."""

import os
import re
import subprocess
import sys
import tarfile
import tomllib
import zipfile

import pytest

from support import ROOT

SLOW = "builds two packages: set PINCITE_SLOW to run it"


@pytest.mark.skipif("PINCITE_SLOW" not in os.environ, reason=SLOW)
def test_packages_are_the_same_each_time(tmp_path):
    pytest.importorskip("build")
    made = []
    for name in ("one", "two"):
        out = tmp_path / name
        subprocess.run([sys.executable, "-m", "build", "--outdir", out, ROOT], check=True)
        made.append({path.name: path.read_bytes() for path in sorted(out.iterdir())})
    assert made[0] == made[1]
    [wheel] = (tmp_path / "one").glob("*.whl")
    [sdist] = (tmp_path / "one").glob("*.tar.gz")
    names = zipfile.ZipFile(wheel).namelist()
    assert all(name.startswith(("pincite/", "pincite-")) for name in names)
    assert "pincite/templates/page.html" in names
    with tarfile.open(sdist) as archive:
        assert not [n for n in archive.getnames() if "/site/" in n or "/.pincite/" in n]


def test_every_dependency_has_a_lowest_version():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    for wanted in project["dependencies"]:
        assert re.fullmatch(r"[a-z0-9-]+(\[[a-z]+\])?>=[0-9.]+[a-z0-9]*(; .+)?", wanted), wanted
    assert project["requires-python"] == ">=3.11"


def test_where_to_report_is_said():
    text = (ROOT / "SECURITY.md").read_text("utf-8")
    assert "docs/security.md" in text
