"""What a command costs: wall and processor time, and the memory of all its processes together.

Processor time is that of the process and of all it waited for. Memory is the greatest sum over
the process and its descendants of their proportional set sizes, where a page that several share
counts once (``/proc/PID/smaps_rollup``, looked at some thirty times a second, less often where
looking takes long, so that it takes a twentieth of one core at most); a peak between two looks is
missed, but not one of a single process, which the system keeps.
"""

import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

PAUSE = 0.03  # seconds between two looks at memory, at least
SPARING = 20  # times that a look took are waited for before the next


class Cost(NamedTuple):
    """Seconds, seconds, and bytes / 2²⁰."""

    wall: float
    processor: float
    memory: float


class TooLongError(Exception):
    """A command was stopped because it took longer than it may."""


def measure(command: Sequence[str], folder: Path, limit: float) -> Cost:
    """Run *command* in *folder*; leave this script where it fails."""
    env = {**os.environ, "NO_COLOR": "1"}
    with tempfile.TemporaryFile() as log:
        start = time.monotonic()
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
        watch = Watch(process.pid, start + limit)
        watch.start()
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.monotonic() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        watch.stop()
        if watch.too_long:
            raise TooLongError
        if process.returncode:
            log.seek(0)
            sys.exit(f"{command} failed:\n{log.read().decode('utf-8', 'replace')[-2000:]}")
    memory = max(watch.peak, usage.ru_maxrss * 1024)
    return Cost(wall, usage.ru_utime + usage.ru_stime, memory / 2**20)


class Watch(threading.Thread):
    """Looks at the memory of a process and its descendants until it is stopped."""

    def __init__(self, pid: int, end: float) -> None:
        super().__init__(daemon=True)
        self.pid, self.end = pid, end
        self.peak = 0
        self.too_long = False
        self._stopped = threading.Event()

    def run(self) -> None:
        pause = PAUSE
        while not self._stopped.wait(pause):
            start = time.monotonic()
            self.peak = max(self.peak, sum(map(proportional_size, family(self.pid))))
            pause = max(PAUSE, SPARING * (time.monotonic() - start))
            if start > self.end and not self.too_long:
                self.too_long = True
                with suppress(OSError):
                    os.killpg(self.pid, 9)

    def stop(self) -> None:
        self._stopped.set()
        self.join()


def family(pid: int) -> Iterator[int]:
    """Yield *pid* and the processes below it."""
    yield pid
    with suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            with suppress(OSError):
                for child in (task / "children").read_bytes().split():
                    yield from family(int(child))


def proportional_size(pid: int) -> int:
    """Return bytes; a page shared by n processes counts an nth in each."""
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_bytes().splitlines():
            if line.startswith(b"Pss:"):
                return int(line.split()[1]) * 1024
    return 0
