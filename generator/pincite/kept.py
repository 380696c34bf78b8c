"""What is kept below .pincite/cache because it takes long to make; losing it costs only time.

Everything is kept under a name that says what it was made from and by what; a damaged file is
taken for none.
"""

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from pincite.base.digest import digest_bytes
from pincite.disk import STATE, write_whole

_CACHE = "cache"


def find_kept(root: Path, name: str) -> bytes | None:
    """Return what the project at *root* keeps under *name*, None where that is nothing whole."""
    try:
        head, _, data = (root / STATE / _CACHE / name).read_bytes().partition(b"\n")
    except OSError:
        return None
    return data if head == digest_bytes(data).encode() else None


def keep(root: Path, name: str, data: bytes) -> None:
    """Keep *data* for later builds, if the disk allows it."""
    path = root / STATE / _CACHE / name
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        if (root / STATE).is_symlink() or path.parent.is_symlink():
            return  # nothing is written through a link
        ignore = root / STATE / ".gitignore"
        if not ignore.exists():
            write_whole(ignore, b"*\n")
        write_whole(path, digest_bytes(data).encode() + b"\n" + data)


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
