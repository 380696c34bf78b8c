"""Watching a project's inputs natively: one rebuild a burst, and no change is ever lost.

The operating system's queue keeps filling while a rebuild runs; what it holds then is the next
burst. livereload's own watcher polls, builds once a file and drops quick second edits, so this one
takes its place behind the same interface.
"""

import contextlib
import os
import threading
from collections import deque
from collections.abc import Callable, Iterator
from pathlib import Path

from livereload.watcher import Watcher
from tornado.ioloop import IOLoop
from watchfiles import Change, watch

from pincite.base.diagnostics import Failure
from pincite.serve import Rebuild, Rebuilt

_LONGEST_BURST = 50  # milliseconds
_QUIET = 10  # milliseconds without a change that end a burst
_HEARTBEAT = 50  # milliseconds between looks at whether a watched folder was replaced
_Identity = tuple[int, int]
_Changes = set[tuple[Change, str]]
_Found = dict[Path, tuple[int, int] | None]  # what each watched path was
_PATIENCE = 30  # heartbeats without a change, before what was put off is finished
_EDITOR_ENDINGS = ("~", ".swp", ".swx", ".tmp", ".bak", ".pyc", ".orig")


class InputWatcher(Watcher):  # type: ignore[misc]  # livereload has no types
    """Rebuilds in a thread of its own; results wait in *rebuilds* for the event loop's thread."""

    def __init__(
        self, project: Path, out: Path, watched: tuple[Path, ...], rebuild: Rebuild
    ) -> None:
        """Begin to watch at once, so that nothing changed during the first build is missed.

        Raises Failure when the system cannot watch that many folders.
        """
        super().__init__()
        self.rebuilds: deque[Rebuilt] = deque()
        self._rebuild = rebuild
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None
        for path in watched:
            self.watch(str(path))  # livereload watches the current folder when it knows of none
        self._bursts = find_bursts(project, out, watched, self._stopping)
        try:
            self._early = next(self._bursts)
        except OSError as error:
            raise Failure(
                f"cannot watch the project's files: {error.strerror or error}",
                help="raise the system's limit of watched folders (on Linux "
                "fs.inotify.max_user_watches), or set WATCHFILES_FORCE_POLLING=1",
            ) from error

    def start(self, callback: Callable[[], object]) -> bool:
        """Call *callback* on this thread's event loop after each rebuild, until ``stop``."""
        loop = IOLoop.current()

        def run() -> None:
            quiet, unfinished = 0, False
            for names in self._all_bursts():
                if self._stopping.is_set():
                    break
                quiet = 0 if names else quiet + 1
                if not names and not (unfinished and quiet >= _PATIENCE):
                    continue
                rebuilt = _rebuild_safely(self._rebuild, names)
                unfinished = rebuilt.unfinished
                if rebuilt.ok and not names:
                    continue  # nothing that anybody looks at
                self.rebuilds.append(rebuilt)
                with contextlib.suppress(RuntimeError):  # the loop closed while we were building
                    loop.add_callback(callback)

        self._thread = threading.Thread(target=run, name="pincite-rebuild", daemon=True)
        self._thread.start()
        return True  # livereload need not poll

    def stop(self, patience: float = 10.0) -> None:
        """Stop watching; a rebuild that is under way gets *patience* seconds to end."""
        self._stopping.set()
        if self._thread is not None:
            self._thread.join(patience)

    def _all_bursts(self) -> Iterator[frozenset[str]]:
        if self._early:
            yield self._early
        yield from self._bursts


def find_bursts(
    project: Path, out: Path, watched: tuple[Path, ...], stopping: threading.Event
) -> Iterator[frozenset[str]]:
    """Yield the inputs changed in each burst, relative to *project*; an empty set is a heartbeat.

    A watched path may be missing, appear, vanish or be replaced by another of its name, as when a
    branch is switched; then it is itself reported, for everything beneath it may have changed.
    The first value comes once watching has begun.
    """
    project, out = project.resolve(), out.resolve()
    watched = tuple(path.resolve() for path in watched)
    known, bursts, begun = _begin(watched, stopping)
    unseen = _name_inputs(begun, project, out)
    while not stopping.is_set():
        yield unseen
        changes = next(bursts, set())
        unseen = _name_inputs(changes, project, out)
        if not _find_replaced(changes, known, _look(watched)):
            continue
        # The next watch begins before the last one ends, and they are told apart by what each
        # found at its beginning: nothing that happens in between is lost.
        before, last = known, bursts
        known, bursts, begun = _begin(watched, stopping)
        changes |= begun | next(last, set())
        unseen = _name_inputs(changes, project, out)
        unseen |= {_relate(path, project) for path in _find_replaced(changes, before, known)}


def is_input(name: str) -> bool:
    """Tell whether *name* is an author's file rather than an editor's or a tool's scratch file."""
    parts = name.split("/")
    return not (
        any(part.startswith((".", "#")) and part != ".." for part in parts)
        or "__pycache__" in parts
        or parts[-1].endswith(_EDITOR_ENDINGS)
        or parts[-1] == "4913"  # Vim's probe for whether a folder can be written
    )


def _begin(
    watched: tuple[Path, ...], stopping: threading.Event
) -> tuple[_Found, Iterator[_Changes], _Changes]:
    """Return what is there, a watch of it that has begun, and what that has seen already."""
    while True:
        found = _look(watched)
        bursts = _watch([path for path, identity in found.items() if identity], stopping)
        try:
            return found, bursts, next(bursts, set())
        except FileNotFoundError:  # gone between the look and the watch: look again
            stopping.wait(_HEARTBEAT / 1000)


def _look(watched: tuple[Path, ...]) -> _Found:
    return {path: _identify(path) for path in watched}


def _find_replaced(changes: _Changes, before: _Found, now: _Found) -> set[Path]:
    gone = {path for kind, path in changes if kind is not Change.modified}
    # A new folder may get the number of the old one.
    return {path for path in before if before[path] != now[path] or str(path) in gone}


def _watch(present: list[Path], stopping: threading.Event) -> Iterator[_Changes]:
    if present:
        yield from watch(
            *present,
            watch_filter=None,  # the stock filter also looks at folders above the project
            debounce=_LONGEST_BURST,
            step=_QUIET,
            stop_event=stopping,
            rust_timeout=_HEARTBEAT,
            yield_on_timeout=True,
        )
    while not present and not stopping.is_set():
        yield set()
        stopping.wait(_HEARTBEAT / 1000)


def _name_inputs(changes: _Changes, project: Path, out: Path) -> frozenset[str]:
    paths = {Path(change[1]) for change in changes}
    names = {_relate(path, project) for path in paths if not path.is_relative_to(out)}
    return frozenset(name for name in names if is_input(name))


def _relate(path: Path, project: Path) -> str:
    try:
        return Path(os.path.relpath(path, project)).as_posix()
    except ValueError:  # on another Windows drive
        return path.as_posix()


def _identify(path: Path) -> _Identity | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _rebuild_safely(rebuild: Rebuild, names: frozenset[str]) -> Rebuilt:
    """Rebuild; a fault of the world or of Pincite becomes a report, and the preview goes on."""
    try:
        return rebuild(names)
    except Failure as failure:
        report = f"error: {failure.message}\n"
        if failure.help:
            report += f"  help: {failure.help}\n"
        return Rebuilt(ok=False, changed=(), report=report, summary=failure.message)
    except Exception as error:  # noqa: BLE001 - the thread must live to see the next save
        summary = f"the build itself failed: {type(error).__name__}: {error}"
        return Rebuilt(ok=False, changed=(), report=summary + "\n", summary=summary)
