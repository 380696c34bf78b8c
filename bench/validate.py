"""Ask the Nu HTML Checker about every page of the example and of the golden sites.

    python bench/validate.py VNU.JAR

VNU.JAR is `node_modules/vnu-jar/build/dist/vnu.jar` after `npm install vnu-jar` in a folder outside
the repository; it needs Java. Errors end the run with 1. Warnings about the Content-Security-Policy
are left out: the checker takes 'self' to be its own address.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from pincite.build import Options, build
from pincite.memo import Memo

ROOT = Path(__file__).resolve().parents[1]
SITES = {"example": ROOT} | {p.name: p for p in sorted((ROOT / "tests/golden").iterdir())}


def main(jar: str) -> int:
    """Build each site below a temporary folder, check all of their pages, print what is wrong."""
    with tempfile.TemporaryDirectory() as work:
        for name, inputs in SITES.items():
            project = Path(work) / name
            for part in ("content", "seeds"):
                if (inputs / part).is_dir():
                    shutil.copytree(inputs / part, project / part)
            build(project, Options(out=project / "site"), Memo())
            shutil.rmtree(project / "content")
        pages = sum(1 for _ in Path(work).rglob("*.html"))
        policy = r".*Content Security Policy.*"
        command = ["java", "-jar", jar, "--skip-non-html", "--filterpattern", policy, work]
        ran = subprocess.run(command, capture_output=True, text=True, check=False)
        told = [line.replace(work, "") for line in ran.stderr.splitlines()]
    print("\n".join(told))
    errors = sum(": error" in line for line in told)
    print(f"{pages} pages, {errors} errors")
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]) if len(sys.argv) == 2 else __doc__)
