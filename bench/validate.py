"""Ask the Nu HTML Checker about every page of the example and of the golden sites.

    python bench/validate.py VNU.JAR
    python bench/validate.py VNU.JAR --site FOLDER

With `--site`, one page of each kind of a built site is asked about, the longest. VNU.JAR is `node_modules/vnu-jar/build/dist/vnu.jar` after `npm install vnu-jar` in a folder outside
the repository; it needs Java. Errors end the run with 1. Warnings about the Content-Security-Policy
are left out: the checker takes 'self' to be its own address.
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from lighthouse import pages_of_each_kind

from pincite.build import build
from pincite.memo import Memo
from pincite.options import Options

ROOT = Path(__file__).resolve().parents[1]
SITES = {"example": ROOT} | {p.name: p for p in sorted((ROOT / "tests/golden").iterdir())}


def build_all(folder: Path) -> None:
    """Build each of `SITES` below *folder*, and leave nothing else there."""
    for name, inputs in SITES.items():
        project = folder / name
        for part in ("content", "seeds"):
            if (inputs / part).is_dir():
                shutil.copytree(inputs / part, project / part)
        build(project, Options(out=project / "site"), Memo())
        shutil.rmtree(project / "content")


def copy_each_kind(site: Path, folder: Path) -> None:
    """Put one page of each kind of *site* below *folder*."""
    for path in pages_of_each_kind(site):
        (folder / path).mkdir(parents=True, exist_ok=True)
        shutil.copyfile(site / path / "index.html", folder / path / "index.html")
    shutil.copyfile(site / "404.html", folder / "404.html")


def main() -> int:
    """Put the pages below a temporary folder, check all of them, print what is wrong."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("jar")
    parser.add_argument("--site", type=Path)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as work:
        if asked.site:
            copy_each_kind(asked.site, Path(work))
        else:
            build_all(Path(work))
        pages = sum(1 for _ in Path(work).rglob("*.html"))
        policy = r".*Content Security Policy.*"
        command = ["java", "-jar", asked.jar, "--skip-non-html", "--filterpattern", policy, work]
        ran = subprocess.run(command, capture_output=True, text=True, check=False)
        told = [line.replace(work, "") for line in ran.stderr.splitlines()]
    print("\n".join(told))
    errors = sum(": error" in line for line in told)
    print(f"{pages} pages, {errors} errors")
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main())
