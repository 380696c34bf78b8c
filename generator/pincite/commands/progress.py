"""How far a build is, on a terminal, once it has taken more than a second."""

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

_PATIENCE = 1.0  # seconds before anything is shown
_PAUSE = 0.1  # seconds between two pictures

Tell = Callable[[int, int], None]


@contextmanager
def showing_progress(*, wanted: bool) -> Iterator[Tell]:
    """Yield what is told how many of how many pages are done; it may show nothing at all."""
    if not wanted or not sys.stderr.isatty():
        yield lambda _done, _total: None
        return
    begun, process = time.monotonic(), os.getpid()
    bars: list[tuple[object, Callable[[int, int], None]]] = []
    last = 0.0

    def tell(done: int, total: int) -> None:
        nonlocal last
        now = time.monotonic()
        # Helpers are forked with this function; only the process that began draws.
        if os.getpid() != process or now - begun < _PATIENCE or now - last < _PAUSE:
            return
        last = now
        if not bars:
            bars.append(_bar())
        bars[0][1](done, total)

    try:
        yield tell
    finally:
        for bar, _ in bars:
            bar.stop()  # type: ignore[attr-defined]


def _bar() -> tuple[object, Callable[[int, int], None]]:
    from rich.console import Console  # noqa: PLC0415 - half of a small build, and rarely needed
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn  # noqa: PLC0415

    # It draws when told to: a thread of its own would keep the build from forking helpers.
    progress = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        console=Console(stderr=True),
        auto_refresh=False,
        transient=True,
    )
    task = progress.add_task("Rendering pages", total=None)
    progress.start()

    def show(done: int, total: int) -> None:
        progress.update(task, completed=done, total=total, refresh=True)

    return progress, show
