"""Writes what belongs to the author: whole, one command at a time, and never over newer words.

What is half-written lies below ``.pincite``, so that nothing of ours is ever left among the
author's files; what changed since it was read is left as it is.
"""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pincite.base.diagnostics import Failure
from pincite.disk import STATE, lock, state_folder, write_whole

_PATIENCE = 10.0  # seconds; another command holds the lock while it writes one file
_PART = "arriving"


def write_authored(root: Path, path: str, data: bytes, *, before: str | bytes | None) -> None:
    """Put *data* in place of the author's file *path*, which is as it was read: *before*.

    *before* is None where there was none; text counts without its byte order mark. Raises Failure
    where the file is another by now, or cannot be written.
    """
    target = root / path
    try:
        with hold(root, "content", "another command is writing", _PATIENCE):
            if not target.parent.resolve().is_relative_to(root.resolve()):
                raise Failure(f"{target.parent} is a link that leads out of the project")
            there = _read(target)
            if there == data:
                return
            if there != before and (there is None or _text(there) != before):
                raise Failure(
                    f"{path} was changed while this ran, and is left as it is",
                    help="run the command again",
                )
            target.parent.mkdir(parents=True, exist_ok=True)
            _replace(root, target, data)
    except OSError as problem:
        raise Failure(f"cannot write {target}: {problem.strerror}") from None


@contextmanager
def hold(root: Path, what: str, told: str, patience: float = 0.0) -> Iterator[None]:
    """Keep other commands out of *what* for *patience* seconds at most, then say *told*."""
    try:
        path = state_folder(root) / f"lock-{what}"
        flags = os.O_WRONLY | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)
        file = os.fdopen(os.open(path, flags | getattr(os, "O_NONBLOCK", 0), 0o666), "wb")
    except OSError as problem:
        raise Failure(f"cannot write in {root / STATE}: {problem.strerror}") from None
    with file:
        deadline = time.monotonic() + patience
        while True:
            try:
                lock(file.fileno())
                break
            except OSError:
                if time.monotonic() >= deadline:
                    raise Failure(told, help="wait for it, or stop it") from None
            time.sleep(0.02)
        yield


def _read(target: Path) -> bytes | None:
    if not os.path.lexists(target):
        return None
    if not target.is_file():
        raise Failure(f"{target} is not a file", help="move it away")
    return target.read_bytes()


def _text(data: bytes) -> str:
    return data.decode("utf-8-sig", "replace")


def _replace(root: Path, target: Path, data: bytes) -> None:
    part = root / STATE / _PART
    write_whole(part, data)
    try:
        if target.exists():
            part.chmod(target.stat().st_mode & 0o7777)
        with part.open("r+b") as file:
            # The author has no other copy: this one must outlive a power cut.
            os.fsync(file.fileno())
        try:
            part.replace(target)
        except OSError:  # the folder may be another disk
            write_whole(target.with_name(f".{target.name}"), data)
            target.with_name(f".{target.name}").replace(target)
    finally:
        part.unlink(missing_ok=True)
