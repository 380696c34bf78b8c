"""Work in several processes, in two steps: all of it is done before any of it takes effect.

Workers are forked, so they begin with all that was computed before and nothing is copied to them.
Where there is no fork, or other threads run, everything is done in this process.
"""

import multiprocessing
import os
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from multiprocessing.connection import Connection
from typing import Any, TypeVar

from pincite.base.diagnostics import Failure

T = TypeVar("T")
R = TypeVar("R")

#: Does the items it is given, one after the other; returns a result, and what makes it take effect.
Work = Callable[[Iterator[T]], tuple[R, Callable[[], None]]]

_CHUNK = 32  # items taken at once: few enough that no worker waits long for the last one


def default_jobs(items: int) -> int:
    """Return how many processes are worth starting for so many items."""
    if items < 500 or sys.platform in ("win32", "darwin") or threading.active_count() > 1:
        return 1
    return min(len(os.sched_getaffinity(0)), 8)


def share_out(work: Work[T, R], items: Sequence[T], jobs: int) -> list[R]:
    """Do *items* in *jobs* processes; return the results, none of which depends on *jobs*.

    Raises the first Failure of any worker, and then nothing has taken effect.
    """
    if jobs < 2 or len(items) < 2 or not hasattr(os, "fork"):
        result, commit = work(iter(items))
        commit()
        return [result]
    context = multiprocessing.get_context("fork")
    taken = context.Value("l", 0)
    pipes = [context.Pipe() for _ in range(jobs - 1)]
    helpers = [
        context.Process(target=_help, args=(end, work, items, taken), daemon=True)
        for _, end in pipes
    ]
    for helper in helpers:
        helper.start()
    try:
        result, commit = work(_take(items, taken))
        results = [result]
        failures: list[Failure] = []
        for pipe, end in pipes:
            end.close()
            state, value = _receive(pipe)
            (results if state == "done" else failures).append(value)
        if failures:
            raise failures[0]
        for pipe, _ in pipes:
            pipe.send("commit")
        commit()
        for pipe, _ in pipes:
            state, value = _receive(pipe)
            if state != "done":
                raise value
        return results
    finally:
        for pipe, _ in pipes:
            pipe.close()  # a helper that still waits sees the end, and ends
        for helper in helpers:
            helper.join()


def _take(items: Sequence[T], taken: Any) -> Iterator[T]:
    """Yield items that nobody else has taken, in order."""
    while True:
        with taken.get_lock():
            start = taken.value
            taken.value = start + _CHUNK
        if start >= len(items):
            return
        yield from items[start : start + _CHUNK]


def _help(end: Connection, work: Work[T, R], items: Sequence[T], taken: Any) -> None:
    try:
        result, commit = work(_take(items, taken))
        end.send(("done", result))
        if end.recv() == "commit":
            commit()
            end.send(("done", None))
    except Failure as failure:
        end.send(("failed", failure))
    except (EOFError, KeyboardInterrupt):
        pass  # the others gave up, and so do we
    except MemoryError:
        end.send(("failed", Failure("there is not enough memory", help="use fewer --jobs")))


def _receive(pipe: Connection) -> tuple[str, Any]:
    try:
        message: tuple[str, Any] = pipe.recv()
    except EOFError:
        return "failed", Failure(
            "a process that was helping has died",
            help="the system may have run out of memory: use --jobs 1",
        )
    return message
