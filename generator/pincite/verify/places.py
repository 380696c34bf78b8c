"""Where a published site is read from: a folder, or the web. Nothing is ever written."""

import os
import stat
import time
from pathlib import Path
from typing import Protocol
from urllib.parse import quote, urlsplit, urlunsplit

from pincite.base.diagnostics import Failure
from pincite.net.fetch import Limits, Unfetchable, fetch, shown

LIMITS = Limits(bytes=500_000_000, seconds=300.0, idle_seconds=30.0)
MOST_BYTES = 500_000_000
_SAFE = "/-._~!$&'()*+,;=:@"


class Place(Protocol):
    """A published site. Files are named relative to its root, with ``/``, not encoded."""

    name: str

    def read(self, file: str) -> bytes | None:
        """Return the content of *file*; None when there is none. Raises Failure."""

    def pages(self) -> tuple[str, ...] | None:
        """Return all pages there are, in order; None where only links can tell."""


class Folder:
    """A site in a folder. Links that lead out of it are not followed."""

    def __init__(self, root: Path) -> None:
        self.name = str(root)
        self._root = root
        self._home = root.resolve()

    def read(self, file: str) -> bytes | None:
        path = self._root / file
        try:
            if not path.resolve().is_relative_to(self._home):
                return None
            status = path.stat()
            if not stat.S_ISREG(status.st_mode):
                return None
            if status.st_size > MOST_BYTES:
                raise Failure(f"{path} is too large to be read")
            return path.read_bytes()
        except (FileNotFoundError, NotADirectoryError, ValueError):
            return None
        except OSError as problem:
            raise Failure(f"cannot read {path}: {problem.strerror}") from None

    def pages(self) -> tuple[str, ...]:
        found = []
        for folder, _, names in os.walk(self._root):
            inner = Path(folder).relative_to(self._root).as_posix()
            found += [
                name if inner == "." else f"{inner}/{name}"
                for name in names
                if name.endswith((".html", ".htm"))
            ]
        return tuple(sorted(found))


class Web:
    """A site at an address, read a file at a time with *delay* seconds between."""

    def __init__(self, url: str, *, delay: float = 0.0) -> None:
        parts = urlsplit(url)
        path = parts.path.removesuffix("index.html")
        if not path.endswith("/"):
            path += "/"
        self._base = urlunsplit(parts._replace(path=path, query="", fragment=""))
        self.name = shown(self._base)
        self._delay = delay
        self._asked = False

    def read(self, file: str) -> bytes | None:
        folder, _, name = file.rpartition("/")
        address = f"{folder}/" if folder and name == "index.html" else file
        url = self._base + quote("" if address == "index.html" else address, safe=_SAFE)
        if self._asked:
            time.sleep(self._delay)
        self._asked = True
        try:
            # Who names a private address means it; same_origin keeps redirects from leaving it.
            answer = fetch(url, limits=LIMITS, allow_private=True, same_origin=True)
        except Unfetchable as problem:
            raise Failure(problem.message, help=problem.help) from None
        if answer.status in (404, 410):
            return None
        if answer.status != 200:
            raise Failure(f"{shown(url)} answers {answer.status}")
        return answer.body

    def pages(self) -> None:
        return None
