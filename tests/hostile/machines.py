"""A build that is killed at a chosen moment, and what must be true of the site after it."""

import json
import os
import re
import signal
import time
from collections.abc import Callable
from pathlib import Path

from support import Site, resolve

# What changes a file system, in the order in which the writer calls it.
CALLS = ("open", "write", "replace", "unlink", "mkdir", "rmdir")
CITATION = re.compile(r'href="([^"#]*sources/[^"#]*#c-[^"]*)"')
ID = re.compile(r'\bid="([^"]*)"')
UNTIL_THE_END = 10**9


def run_apart(
    site: Site,
    kill_at: int,
    *,
    in_helper: bool = False,
    way: Callable[..., object] = Site.build,
    **options: object,
) -> int:
    """Build in a process of its own that kills itself at its *kill_at*-th change of the disk.

    Return how it ended: 0, 1 where it raised, or minus the signal. With *in_helper* only processes
    that the build started count their changes, and kill themselves.
    """
    child = os.fork()
    if child == 0:
        code = 3
        try:
            os.setpgid(0, 0)
            _arm(kill_at, os.getpid() if in_helper else 0)
            way(site, **options)
            code = 0 if site.published else 1
        except BaseException:  # noqa: BLE001 - the parent is told by the code
            code = 2
        finally:
            os._exit(code)
    _, status = os.waitpid(child, 0)
    deadline = time.monotonic() + 30
    while lives(child):
        assert time.monotonic() < deadline, "a helper lives on without the first process"
        time.sleep(0.005)
    return os.waitstatus_to_exitcode(status)


def lives(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def count_changes(site: Site, way: Callable[..., object] = Site.build, **options: object) -> int:
    """Return how many changes of the disk a whole build makes in its first process."""
    changed = 0

    def count() -> None:
        nonlocal changed
        changed += 1

    undo = _wrap(count)
    try:
        way(site, **options)
    finally:
        undo()
    return changed


def _arm(kill_at: int, spared: int) -> None:
    left = kill_at

    def count() -> None:
        nonlocal left
        if os.getpid() == spared:
            return
        left -= 1
        if left < 0:
            os.kill(os.getpid(), signal.SIGKILL)

    _wrap(count)


def _wrap(count: Callable[[], None]) -> Callable[[], None]:
    kept = {name: getattr(os, name) for name in CALLS}

    def wrapped(name: str) -> Callable[..., object]:
        def call(*args: object, **named: object) -> object:
            if name != "open" or args[1] & (os.O_WRONLY | os.O_RDWR):  # type: ignore[operator]
                count()
            return kept[name](*args, **named)

        return call

    for name in CALLS:
        setattr(os, name, wrapped(name))

    def undo() -> None:
        for name, function in kept.items():
            setattr(os, name, function)

    return undo


def assert_whole(site: Site, *states: dict[str, bytes]) -> None:
    """Every file is one of its states as a whole, or a source between two of them."""
    for path, data in site.output().items():
        if path.endswith(".part"):
            continue
        known = [state[path] for state in states if path in state]
        if data in known:
            continue
        assert path.startswith("sources/"), f"{path} is neither as it was nor as it will be"
        without = re.sub(rb'(<span id="c-[^"]*"></span>)+</body>', b"</body>", data)
        assert without in known, path


def assert_citations_lead_somewhere(out: Path) -> int:
    """Every citation link on disk leads to an id on disk. Return how many there are."""
    pages = {p.relative_to(out).as_posix(): p.read_text("utf-8") for p in out.rglob("*.html")}
    ids = {path: set(ID.findall(text)) for path, text in pages.items() if "sources/" in path}
    count = 0
    for path, text in pages.items():
        for href in CITATION.findall(text):
            target, fragment = resolve(path, href)
            assert target in ids, (path, href)
            assert fragment in ids[target], (path, href)
            count += 1
    return count


def assert_no_debris(out: Path) -> None:
    left = [p for p in out.rglob("*") if p.name.endswith(".part") or "begun" in p.name]
    assert left == []
    json.loads((out / ".manifest.json").read_bytes())
