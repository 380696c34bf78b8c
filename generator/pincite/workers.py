"""Work in several processes, in steps: all of it is done before any of it takes effect.

Workers are forked, so they begin with all that was computed before and nothing is copied to them.
Where there is no fork, or other threads run, everything is done in this process. Whichever process
dies, the others notice and end.
"""

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TypeVar

from pincite.base.diagnostics import Failure

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

T = TypeVar("T")
R = TypeVar("R")

#: Does the items it is given, one after the other; returns a result, and the steps in which it
#: takes effect, as many in every process.
Work = Callable[[Iterator[T]], tuple[R, Sequence[Callable[[], None]]]]

_CHUNK = 32  # pages taken at once: few enough that no worker waits long for the last one
_MOST_CHUNKS = 1_000  # their numbers, of four bytes each, wait in a pipe, which holds a page


def default_jobs(items: int) -> int:
    """Return how many processes are worth starting for so many items."""
    if items < 500 or sys.platform in ("win32", "darwin") or threading.active_count() > 1:
        return 1
    return min(len(os.sched_getaffinity(0)), 8)


def share_out(
    work: Work[T, R],
    items: Sequence[T],
    jobs: int,
    before: Callable[[int, Sequence[R]], None] = lambda _step, _results: None,
    at_once: int = _CHUNK,
) -> list[R]:
    """Do *items* in *jobs* processes; return the results, none of which depends on *jobs*.

    A process takes *at_once* items at a time, more where there are very many.
    No step begins before every process has done the one before, and *before* is called in between
    with the step's number and all results. Raises the first Failure of any worker; if that was in
    the work, nothing has taken effect.
    """
    if jobs < 2 or len(items) < 2 or not hasattr(os, "fork"):
        result, steps = work(iter(items))
        for number, step in enumerate(steps):
            before(number, [result])
            step()
        return [result]
    import multiprocessing  # noqa: PLC0415 - most builds need no help

    context = multiprocessing.get_context("fork")
    chunk = max(at_once, -(-len(items) // _MOST_CHUNKS))
    numbers = _chunk_numbers(-(-len(items) // chunk))
    pipes = [context.Pipe() for _ in range(jobs - 1)]

    def share() -> Iterator[T]:
        # Reading a pipe needs no lock, which a process that is killed would never give back.
        while number := os.read(numbers, 4):
            start = int.from_bytes(number, "little") * chunk
            yield from items[start : start + chunk]

    helpers = [
        context.Process(target=_help, args=(at, pipes, work, share), daemon=True)
        for at in range(len(pipes))
    ]
    for helper in helpers:
        helper.start()
    # Each process keeps only its own ends: so the end of any of them is seen by the others.
    for _, end in pipes:
        end.close()
    ours = [pipe for pipe, _ in pipes]
    begun = False
    try:
        result, steps = work(share())
        results = [result, *_receive_all(ours)]
        for number, step in enumerate(steps):
            before(number, results)
            begun = True
            for pipe in ours:
                with suppress(OSError):  # that it has died is found when its answer is missing
                    pipe.send("step")
            step()
            _receive_all(ours)
    except BaseException:
        for helper in helpers:
            if not begun:
                helper.terminate()
        raise
    else:
        return results
    finally:
        os.close(numbers)
        for pipe in ours:
            pipe.close()  # a helper that still waits sees the end, and ends
        for helper in helpers:
            helper.join()


def _chunk_numbers(count: int) -> int:
    """Return a pipe to read the numbers of all chunks from, four bytes each, by any process."""
    numbers, end = os.pipe()
    os.write(end, b"".join(n.to_bytes(4, "little") for n in range(count)))
    os.close(end)
    return numbers


def _help(
    at: int,
    pipes: Sequence[tuple["Connection", "Connection"]],
    work: Work[T, R],
    share: Callable[[], Iterator[T]],
) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the first process decides
    for number, (theirs, other) in enumerate(pipes):
        theirs.close()
        if number != at:
            other.close()
    end = pipes[at][1]
    with suppress(EOFError, OSError):  # the others gave up, or died, and so do we
        try:
            result, steps = work(share())
            end.send(("done", result))
            for step in steps:
                end.recv()
                step()
                end.send(("done", None))
        except Failure as failure:
            end.send(("failed", failure))
        except MemoryError:
            end.send(("failed", Failure("there is not enough memory", help="use fewer --jobs")))


def _receive_all(pipes: Sequence["Connection"]) -> list[Any]:
    answers = [_receive(pipe) for pipe in pipes]
    for state, value in answers:
        if state != "done":
            raise value
    return [value for _, value in answers]


def _receive(pipe: "Connection") -> tuple[str, Any]:
    try:
        message: tuple[str, Any] = pipe.recv()
    except (EOFError, OSError):
        return "failed", Failure(
            "a process that was helping has died",
            help="the system may have run out of memory: use --jobs 1",
        )
    return message
