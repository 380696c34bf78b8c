"""``rsync``: a folder of another machine or of this one, brought up to date by rsync."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from pincite.base.diagnostics import Failure
from pincite.publishing.difference import TIMELINE, Difference, Seen
from pincite.publishing.running import Ran, insist, run
from pincite.publishing.staging import Staged
from pincite.publishing.waves import plan_waves

_NOT_THERE = (3, 23)  # codes of rsync: no such folder, no such file
# By content, since a clean checkout gives every file a new time; unchanged files keep theirs.
_HOW = (
    *("--recursive", "--checksum", "--chmod=D755,F644", "--protect-args", "--8-bit-output"),
    *("--delay-updates", "--out-format=%i %n"),
)
_OPTION = re.compile(r"(?:^|@|^rsync://)-")


@dataclass(frozen=True, slots=True, kw_only=True)
class Remote:
    """*place* is what rsync takes as a target, and ends in a slash."""

    place: str
    keep: tuple[str, ...]

    @property
    def name(self) -> str:
        return self.place

    def look(self, staged: Staged) -> Seen:
        occupied, timeline = self._find(staged.folder)
        ran = self._run(staged.folder, "--dry-run", *(self._deleting if occupied else ()))
        return Seen(
            difference=_read(ran.text, len(staged.files)),
            occupied=occupied,
            timeline=timeline,
        )

    def send(self, staged: Staged, seen: Seen) -> None:
        with TemporaryDirectory(dir=staged.folder.parent) as name:

            def read_there(paths: Sequence[str]) -> Mapping[str, bytes]:
                return self._read_there(paths, Path(name))

            waves = plan_waves(seen.difference, staged.read, read_there)
            if waves.first:
                first = Path(name) / "first"
                for path, data in waves.first.items():
                    (first / path).parent.mkdir(parents=True, exist_ok=True)
                    (first / path).write_bytes(data)
                self._run(first)
        if waves.first or waves.gone_sources:
            deleting = self._deleting if waves.gone else ()
            self._run(staged.folder, "--exclude=/sources/", *deleting)
        self._run(staged.folder, *(self._deleting if seen.difference.removed else ()))

    def _read_there(self, paths: Sequence[str], folder: Path) -> Mapping[str, bytes]:
        """Bring files from the place to *folder*; those that are not there are left out."""
        if not paths:
            return {}
        (folder / "wanted").write_bytes(b"".join(path.encode() + b"\0" for path in paths))
        wanted = ("--from0", f"--files-from={folder / 'wanted'}", "--protect-args")
        run(("rsync", *wanted, "--", self.place, f"{folder / 'there'}/"), folder)
        there = {path: folder / "there" / path for path in paths}
        return {path: file.read_bytes() for path, file in there.items() if file.is_file()}

    @property
    def _deleting(self) -> tuple[str, ...]:
        kept = (f"--filter=protect /{entry.rstrip('/')}" for entry in self.keep)
        return ("--delete-after", *kept)

    def _run(self, folder: Path, *options: str) -> Ran:
        return insist(
            ("rsync", *_HOW, *options, "--", f"{folder}/", self.place),
            folder,
            f"cannot publish to {self.place}",
        )

    def _find(self, folder: Path) -> tuple[bool, bytes]:
        """Return whether anything stands at the place, and its timeline."""
        listed = run(("rsync", "--list-only", "--protect-args", "--", self.place), folder)
        if listed.code in _NOT_THERE:
            return False, b""
        if listed.code:
            insist(("rsync", "--list-only", "--", self.place), folder, f"cannot reach {self.place}")
        names = [line.split(maxsplit=4)[-1] for line in listed.text.splitlines() if line.strip()]
        with TemporaryDirectory() as name:
            wanted = f"{self.place}{TIMELINE}"
            ran = run(("rsync", "--protect-args", "--", wanted, f"{name}/timeline"), folder)
            timeline = b"" if ran.code else (Path(name) / "timeline").read_bytes()
        return bool(set(names) - {"."}), timeline


def remote_at(place: str, keep: tuple[str, ...]) -> Remote:
    """Return the place that rsync knows as *place*. Raises Failure where it may be an option."""
    if not place or _OPTION.search(place) or "\0" in place:
        raise Failure(
            f"`{place}` is no place to publish to",
            help="`user@host:/srv/www/timeline`, or a folder",
        )
    return Remote(place=place if place.endswith(("/", ":")) else f"{place}/", keep=keep)


def _read(lines: str, files: int) -> Difference:
    """Read what rsync would do: eleven letters, a space and a path on each line."""
    added: list[str] = []
    changed: list[str] = []
    removed: list[str] = []
    for line in lines.splitlines():
        what, path = line[:11], line[12:]
        if not path or path.endswith("/"):
            continue
        if what.startswith("*deleting"):
            removed.append(path)
        elif what[:2] in ("<f", ">f"):
            (added if what[2:] == "+" * 9 else changed).append(path)
    return Difference(
        added=tuple(sorted(added)),
        changed=tuple(sorted(changed)),
        removed=tuple(sorted(removed)),
        same=files - len(added) - len(changed),
    )
