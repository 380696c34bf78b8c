"""What is kept below .pincite/cache because it takes long to make; losing it costs only time.

Everything is kept under a name that says what it was made from and by what; a damaged file is
taken for none.
"""

from collections.abc import Iterable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from pincite.disk import STATE, write_whole

_CACHE = "cache"


def find_kept(root: Path, name: str, beginning: bytes = b"") -> bytes | None:
    """Return what the project at *root* keeps under *name*, but for its *beginning*.

    None where that is nothing whole, or begins otherwise.
    """
    try:
        with (root / STATE / _CACHE / name).open("rb") as file:
            head = file.readline().rstrip(b"\n")
            if file.read(len(beginning)) != beginning:
                return None
            data = file.read()
    except OSError:
        return None
    return data if head == _digest(beginning, data) else None


def keep(root: Path, name: str, *parts: bytes) -> None:
    """Keep *parts*, one after the other, for later builds, if the disk allows it."""
    path = root / STATE / _CACHE / name
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        if (root / STATE).is_symlink() or path.parent.is_symlink():
            return  # nothing is written through a link
        ignore = root / STATE / ".gitignore"
        if not ignore.exists():
            write_whole(ignore, b"*\n")
        write_whole(path, (_digest(*parts), b"\n", *parts))


def _digest(*parts: bytes) -> bytes:
    digest = sha256()
    for part in parts:
        digest.update(part)
    return digest.hexdigest().encode()


def kept_names(root: Path, beginning: str) -> frozenset[str]:
    """Return the names of what is kept that begin so."""
    try:
        names = {path.name for path in (root / STATE / _CACHE).iterdir()}
    except OSError:
        return frozenset()
    return frozenset(name for name in names if name.startswith(beginning))


def forget(root: Path, names: Iterable[str]) -> None:
    for name in names:
        with suppress(OSError):
            (root / STATE / _CACHE / name).unlink()
