"""``dir``: a folder of this machine, swapped as a whole; the one before stays beside it.

No visitor sees half of a site: the new one is laid out beside the old, then they trade names.
"""

import ctypes
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from pincite.base.diagnostics import Failure
from pincite.disk import discard
from pincite.publishing.difference import TIMELINE, Seen, compare, is_kept
from pincite.publishing.staging import Staged

_HERE, _EXCHANGE = -100, 2  # AT_FDCWD and RENAME_EXCHANGE of Linux


@dataclass(frozen=True, slots=True, kw_only=True)
class Folder:
    """*path* is absolute and no link; what is named in *keep* is carried over."""

    path: Path
    keep: tuple[str, ...]

    @property
    def name(self) -> str:
        return str(self.path)

    @property
    def previous(self) -> Path:
        return self.path.with_name(f".{self.path.name}.previous")

    @property
    def _fresh(self) -> Path:
        return self.path.with_name(f".{self.path.name}.next")

    def look(self, staged: Staged) -> Seen:
        self._tidy()
        if self.path.exists() and not self.path.is_dir():
            raise Failure(f"{self.path} is not a folder")
        there = {path: _digest(self.path / path) for path in sorted(_files(self.path))}
        here = {path: _digest(staged.folder / path) for path in staged.files}
        return Seen(
            difference=compare(here, there, self.keep),
            occupied=bool(there),
            timeline=(self.path / TIMELINE).read_bytes() if TIMELINE in there else b"",
        )

    def send(self, staged: Staged, seen: Seen) -> None:
        fresh = self._fresh
        fresh.mkdir(parents=True)
        try:
            self._lay_out(staged, seen, fresh)
        except BaseException:  # Ctrl-C too: what nobody will see is not left beside what they do
            discard(fresh)
            raise
        if not self.path.exists():
            fresh.rename(self.path)
            return
        shutil.copymode(self.path, fresh)
        discard(self.previous)
        # Under its last name first: so there is no moment at which the old one has another.
        fresh.rename(self.previous)
        if not _exchange(self.previous, self.path):
            # For a moment there is no folder: this system cannot trade two names at once.
            self.path.rename(fresh)
            self.previous.rename(self.path)
            fresh.rename(self.previous)

    def _lay_out(self, staged: Staged, seen: Seen, fresh: Path) -> None:
        touched = {*seen.difference.added, *seen.difference.changed}
        for path in staged.files:
            if path in touched:
                _copy(staged.folder / path, fresh / path)
            else:  # the same file as before: it keeps its time, and browsers their copy
                _link(self.path / path, fresh / path)
        for path in _files(self.path):
            if path not in staged.files and is_kept(path, self.keep):
                _link(self.path / path, fresh / path)

    def _tidy(self) -> None:
        """Undo what a publication that was killed has left."""
        if not os.path.lexists(self._fresh):
            return
        if not os.path.lexists(self.path) and self.previous.is_dir():
            self.previous.rename(self.path)  # it was killed while there was no folder
            self._fresh.rename(self.previous)
            return
        discard(self._fresh)


def folder_at(path: Path, root: Path, out: Path, keep: tuple[str, ...]) -> Folder:
    """Return the folder at *path*. Raises Failure where a project would be buried or mixed up."""
    target = path.resolve()
    own = (out.resolve(), *(root.resolve() / name for name in ("content", "seeds", "templates")))
    if root.resolve().is_relative_to(target) or any(
        target.is_relative_to(folder) or folder.is_relative_to(target) for folder in own
    ):
        raise Failure(
            f"{path} is a folder of the project itself",
            help="name a folder that the web server reads, or one that is not there yet",
        )
    return Folder(path=target, keep=keep)


def _files(folder: Path) -> Iterator[str]:
    for place, _, names in os.walk(folder):
        for name in names:
            yield (Path(place) / name).relative_to(folder).as_posix()


def _digest(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest() if path.is_file() else ""


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def _link(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        target.hardlink_to(source)
    except OSError:
        shutil.copy2(source, target, follow_symlinks=False)


def _exchange(one: Path, other: Path) -> bool:
    """Let two folders trade names in one step; false where the system does not offer it."""
    try:
        rename = ctypes.CDLL(None).renameat2
    except (AttributeError, OSError, TypeError):
        return False
    done: int = rename(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE)
    return done == 0
