"""The preview: what ``pincite serve`` asks of a build. The server itself is imported only by it."""

from collections.abc import Callable
from typing import NamedTuple


class Rebuilt(NamedTuple):
    """The outcome of one build. When *ok* is false the published site is as it was."""

    ok: bool
    changed: tuple[str, ...]  # files written or removed, relative to the site, with "/"
    report: str  # findings as plain text, "" when there are none
    summary: str  # one line: "2 errors", "3 files written"
    unfinished: bool = False  # something was put off until nothing changes for a while


Rebuild = Callable[[frozenset[str] | None], Rebuilt]
"""Builds after changes to the named inputs; ``None`` is the first build.

Names are relative to the project, with ``/``. A name may be a folder's, which stands for anything
beneath it, and may belong to something that is gone. No name at all: finish what was put off.
"""
