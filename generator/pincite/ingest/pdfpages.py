"""The text of a PDF, read in a process of its own: what a PDF asks for cannot be known beforehand.

Run as a module, it takes the file from standard input and gives a JSON object: ``pages``, a list of
lists of lines (text, whether it is set apart, whether it is large), and ``meta``; or ``problem``, a
name.
"""

import json
import os
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from typing import Any

from pincite.base.diagnostics import Failure
from pincite.ingest.ledger import one_line
from pincite.ingest.pdflayout import Layout, Line

MOST_PAGES = 2_000
MOST_SECONDS = 300
MOST_BYTES = 2_000_000_000  # of memory, where the system can bound it
_TOO_MUCH = (
    f"reading the PDF takes more than {MOST_SECONDS // 60} minutes or {MOST_BYTES // 10**9} GB"
)


def read_pages(
    data: bytes, *, seconds: int = MOST_SECONDS
) -> tuple[list[list[Line]], dict[str, str]]:
    """Return the lines of each page, and the title and author. Raises Failure where there are none.

    At most *seconds* are spent.
    """
    paths = (str(Path(__file__).parents[2]), os.environ.get("PYTHONPATH", ""))
    try:
        done = subprocess.run(  # noqa: S603 - our own module; the file is its input alone
            [sys.executable, "-m", "pincite.ingest.pdfpages", str(seconds)],
            input=data,
            capture_output=True,
            check=False,
            timeout=seconds,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, paths))},
        )
        answer: Any = json.loads(done.stdout) if done.returncode == 0 else {"problem": "limit"}
    except (subprocess.TimeoutExpired, ValueError):
        answer = {"problem": "limit"}
    match answer.get("problem"):
        case None:
            return [[Line(*line) for line in page] for page in answer["pages"]], answer["meta"]
        case "missing":
            raise Failure(
                "reading PDF needs pypdf", help="install it with: pip install 'pincite[ingest]'"
            )
        case "locked":
            raise Failure("the PDF is locked with a password", help="save an open copy of it")
        case "limit":
            raise Failure(_TOO_MUCH, help="print the pages that you cite as a PDF of their own")
        case int() as count:
            raise Failure(
                f"the PDF has {count} pages; {MOST_PAGES} are read",
                help="part it, and add the part that you cite",
            )
        case name:
            raise Failure(
                f"the PDF is cut off or broken ({name})",
                help="download it anew, or open it in a viewer and print it as PDF",
            )


def main() -> None:
    _bound(int(sys.argv[1]))
    try:
        answer = _read(sys.stdin.buffer.read())
    except ImportError:
        answer = {"problem": "missing"}
    except MemoryError:
        answer = {"problem": "limit"}
    except Exception as problem:  # noqa: BLE001 - a broken PDF breaks its reader in many ways
        answer = {"problem": type(problem).__name__}
    sys.stdout.write(json.dumps(answer))


def _bound(seconds: int) -> None:
    try:
        import resource  # noqa: PLC0415 - not on Windows
    except ImportError:
        return
    for limit, most in ((resource.RLIMIT_AS, MOST_BYTES), (resource.RLIMIT_CPU, seconds)):
        _, hard = resource.getrlimit(limit)
        least = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(limit, (least, hard))


def _lines(page: Any) -> list[Line]:
    layout = Layout()
    text = page.extract_text(visitor_text=layout.draw) or ""
    return layout.lines([line for raw in text.split("\n") if (line := one_line(raw))])


def _read(data: bytes) -> dict[str, Any]:
    import pypdf  # noqa: PLC0415 - it is an extra

    reader = pypdf.PdfReader(BytesIO(data))
    if reader.is_encrypted and not reader.decrypt(""):
        return {"problem": "locked"}
    count = len(reader.pages)
    if count > MOST_PAGES:
        return {"problem": count}
    pages = [_lines(page) for page in reader.pages]
    meta: Any = reader.metadata or {}
    return {
        "pages": pages,
        "meta": {key: str(meta.get(key) or "") for key in ("/Title", "/Author")},
    }


if __name__ == "__main__":
    main()
