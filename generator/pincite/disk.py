"""The writer's tools: whole files, a lock between builds, and what the last build left.

Only this module and ``publish`` write below a project; it imports little, because finding that
nothing has changed should cost little.
"""

import json
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from typing import Any

from pincite.base.content import Bytes, blocks_of
from pincite.base.diagnostics import Failure
from pincite.base.digest import digest_bytes

STATE = ".pincite"
MANIFEST = ".manifest.json"
# Lists the files that are being replaced, while they are. Where a build finds it, the one before
# was killed, and what that one left behind is ours although no manifest says so.
BEGUN = ".manifest.begun.json"
# Size and times of a file in the output folder. They are a hint that it need not be read again;
# whatever else they are, its content is read and digested.
Stamp = tuple[int, int, int]


_BLOCK = 1 << 20  # bytes read at once of what may be large
_ANEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)


def write_whole(target: Path | str, data: Bytes | tuple[bytes, ...]) -> None:
    """Write *data* beside *target* and put it in its place, so that no reader sees half of it."""
    part = f"{target}.part"
    file = -1
    try:
        try:
            file = os.open(part, _ANEW, 0o666)
        except FileExistsError:  # of a build that was killed; or a link, which must not be followed
            os.unlink(part)  # noqa: PTH108 - beside os.open
            file = os.open(part, _ANEW, 0o666)
        for block in blocks_of(data):
            view = memoryview(block)
            while view:
                view = view[os.write(file, view) :]
        os.close(file)
        file = -1
        os.replace(part, target)  # noqa: PTH105 - beside os.open
    except BaseException:
        with suppress(OSError):
            if file >= 0:
                os.close(file)
        with suppress(OSError):
            os.unlink(part)  # noqa: PTH108 - beside os.open
        raise


def read_at(path: Path | str, start: int, size: int) -> bytes:
    """Read *size* bytes from *start* on, fewer where the file ends.

    The file is not kept open: where it is, some systems do not let another take its place.
    """
    with open(path, "rb", buffering=0) as file:  # noqa: PTH123 - Path costs twice as much
        file.seek(start)
        return file.read(size)


def digest_file(path: Path | str) -> str:
    """Return the SHA-256 of a file, empty where none can be read."""
    digest = sha256()
    try:
        with open(path, "rb", buffering=0) as file:  # noqa: PTH123 - Path costs twice as much
            while block := file.read(_BLOCK):
                digest.update(block)
    except OSError:
        return ""
    return digest.hexdigest()


def discard(folder: Path) -> None:
    """Remove a folder that nobody is to see, if it is there. Ctrl-C meanwhile waits for that."""
    try:
        shutil.rmtree(folder, ignore_errors=True)
    except KeyboardInterrupt:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def refuse_output(root: Path, out: Path) -> None:
    """Refuse an output folder whose files we could mistake for ours, or bury the project in."""
    root, target, inside = root.resolve(), out.resolve(), out.is_relative_to(root)
    if inside and not target.is_relative_to(root):
        raise Failure(
            f"{out} is a link that leads out of the project",
            help="remove it, and say with `--out` where the site is to be written",
        )
    kept = [root / name for name in ("content", "templates", "seeds", "generator", "tests", ".git")]
    if root.is_relative_to(target) or any(target.is_relative_to(folder) for folder in kept):
        raise Failure(
            f"the site cannot be written to {out}", help="choose an empty folder, such as site/"
        )
    if target.exists() and not target.is_dir():
        raise Failure(f"{out} is not a folder")


@contextmanager
def hold_lock(root: Path, out: Path) -> Iterator[None]:
    """Keep other builds of the same folder out; the lock ends with the process, however it ends."""
    try:
        path = _state_file(root, out, "lock")
        flags = os.O_WRONLY | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)
        file = os.fdopen(os.open(path, flags | getattr(os, "O_NONBLOCK", 0), 0o666), "wb")
    except OSError as problem:
        raise Failure(f"cannot write in {root / STATE}: {problem.strerror}") from None
    with file:
        try:
            lock(file.fileno())
        except OSError:
            raise Failure(
                f"another build is writing to {out}", help="wait for it, or stop it"
            ) from None
        yield


def read_left(root: Path, out: Path) -> Mapping[str, Any]:
    """Return what the last build of *out* left to know; what cannot be read is nothing."""
    try:
        left = json.loads(_state_file(root, out, "left").read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    return left if isinstance(left, dict) and left.get("format") == _FORMAT else {}


def stamp_of_left(root: Path, out: Path) -> Stamp | None:
    """Return the stamp of what `read_left` reads."""
    try:
        return stamp_of(str(_state_file(root, out, "left")))
    except OSError:  # there is no place for it, as the build will say
        return None


def write_left(root: Path, out: Path, left: Mapping[str, Any]) -> None:
    """Keep *left* for the next build. It may be lost at any time: that costs time only."""
    with suppress(OSError):
        text = json.dumps({**left, "format": _FORMAT}, ensure_ascii=True, separators=(",", ":"))
        write_whole(_state_file(root, out, "left"), text.encode())


def stamp_of(path: str) -> Stamp | None:
    """Return the stamp of a file, None where there is none."""
    try:
        status = os.stat(path)  # noqa: PTH116 - ten thousand times a build
    except OSError:
        return None
    return (status.st_size, status.st_mtime_ns, status.st_ctime_ns)


def stamps_of(out: Path, paths: Iterable[str]) -> dict[str, Stamp | None]:
    folder = f"{out}{os.sep}"
    return {path: stamp_of(folder + path) for path in paths}


_FORMAT = "pincite-left/2"


def _state_file(root: Path, out: Path, what: str) -> Path:
    """Return a file of ours in the project, of its own for each output folder."""
    name = digest_bytes(str(out.resolve()).encode("utf-8", "surrogateescape"))[:12]
    return state_folder(root) / f"{what}-{name}"


def state_folder(root: Path) -> Path:
    """Return the folder of ours in the project, which is made if need be, and is no link."""
    folder = root / STATE
    if folder.is_symlink():
        raise Failure(f"{folder} is a link", help="remove it: nothing is written through it")
    folder.mkdir(exist_ok=True)
    if not (folder / ".gitignore").exists():
        write_whole(folder / ".gitignore", b"*\n")
    return folder


def lock(file: int) -> None:
    """Lock an open file. Raises OSError where another process has."""
    try:
        import fcntl  # noqa: PLC0415 - not on Windows
    except ImportError:
        import msvcrt  # noqa: PLC0415

        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
    else:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
