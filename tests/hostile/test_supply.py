"""What is shipped: the same bytes each time, and nothing that does not belong to it."""

import hashlib
import os
import re
import subprocess
import sys
import tarfile
import tomllib
import zipfile

import pytest
import yaml

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


USES = re.compile(r"uses: ([\w./-]+)@(\S+)(.*)")


def test_actions_are_pinned_to_commits():
    files = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
    used = [match for file in files for match in USES.findall(file.read_text("utf-8"))]
    assert len(files) >= 2
    assert used
    for name, commit, said in used:
        assert re.fullmatch("[0-9a-f]{40}", commit), name
        assert re.fullmatch(r" # v\d+\.\d+\.\d+", said), name
    for file in files:
        workflow = yaml.safe_load(file.read_text("utf-8"))
        assert workflow["permissions"] == {"contents": "read"}
        for job in workflow["jobs"].values():
            assert job["timeout-minutes"] <= 60


def test_every_vendored_file_is_the_one_that_was_recorded():
    """What is minified was made elsewhere; nothing else of the kind may be in the repository."""
    made = [
        path
        for folder in ("templates", "generator", "tests", "docs")
        for path in (ROOT / folder).rglob("*.min.*")
    ]
    recorded = (ROOT / "tests/browser/vendor/README.md").read_text("utf-8")
    assert [path.name for path in made] == ["axe.min.js"]
    for path in made:
        assert f"`{hashlib.sha256(path.read_bytes()).hexdigest()}`" in recorded


def test_where_to_report_is_said():
    text = (ROOT / "SECURITY.md").read_text("utf-8")
    assert "docs/security.md" in text
