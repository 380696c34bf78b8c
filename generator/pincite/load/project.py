"""The only reader: a project's folder to texts, snapshots and theme. Decides nothing about content.

What cannot be read (a wrong encoding, a pipe, a link that leads out of the project) becomes a
finding; only a folder that is no project at all is a ``Failure``.
"""

import codecs
import errno
import os
import stat
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from hashlib import blake2b, sha256
from pathlib import Path

from pincite.again import Again
from pincite.base.diagnostics import Diagnostic, Failure, error
from pincite.base.near import did_you_mean
from pincite.base.text import Span, Text, digest_text

MAX_BYTES = 64 * 1024 * 1024
MAX_FOLDERS = 50  # inside one another
_BLOCK = 1 << 20  # bytes read at once of what may be large
SITE = "content/site.yaml"
LINKS = "content/links.yaml"  # written by `pincite links`
PUBLISHED = "content/published.txt"  # written by `pincite publish`
CHANGES = "content/changes.yaml"  # written by `pincite changes --write`
NAMES = {"content/actors.yaml": "actors", "content/places.yaml": "places"}
# What an author may mean, by where it stands: (folder, ending).
EVENTS = ("content/events/", (".yaml", ".yml"))
SOURCES = ("content/sources/", (".md",))
PAGES = ("content/pages/", (".md",))


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """All that a build reads but snapshots. Paths are relative to the project, with ``/``."""

    texts: Mapping[str, Text]
    media: Mapping[str, int]  # path below content/media → bytes
    theme: Mapping[str, bytes]  # name below templates/ → content; the site's own win
    found: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """A raw file as it was received. *data* is left out above 64 MB; its hash never is."""

    sha256: str
    size: int
    data: bytes = b""


def find_project(start: Path) -> Path:
    """Return the folder holding ``content/site.yaml``: *start* or one above it."""
    for folder in (start, *start.parents):
        if (folder / SITE).is_file():
            return folder
    raise Failure(
        f"no Pincite project here: {start} and the folders above it have no {SITE}",
        help="`pincite new DIR` makes one",
    )


def read_project(root: Path, again: Again | None = None, hold: int | None = None) -> Inputs:
    """Read texts, the list of media, and the theme; texts only where *again* has not got them.

    From *hold* letters on, texts are let go of, to be read again when they are asked for.
    """
    again, held = again or Again(), 0
    texts: dict[str, Text] = {}
    media: dict[str, int] = {}
    found: list[Diagnostic] = []
    home = root.resolve()
    for path, entry in _walk(root, "content", home, found):
        if path.startswith("content/media/"):
            with suppress(OSError):  # it was there a moment ago
                media[path.removeprefix("content/media/")] = entry.stat().st_size
        elif _is_text(path):
            text, problem = _read_text(path, entry, again, lasts=hold is None or held < hold)
            held += len(text.value)
            text.let_go()
            texts[path] = text
            if problem is not None:
                found.append(problem)
        elif not path.rpartition("/")[2].startswith("_") and not path.endswith("~"):
            found.append(_unexpected(path))
    theme = read_theme(root, home, found)
    return Inputs(texts=texts, media=media, theme=theme, found=tuple(found))


def read_snapshots(root: Path, paths: Iterable[str]) -> dict[str, Snapshot | None]:
    """Read the snapshots that sources name; None for one that is not there or not a file."""
    home = root.resolve()
    return {path: read_snapshot(root / path, home) for path in paths}


def read_medium(root: Path, file: str) -> bytes:
    """Read one file below ``content/media``."""
    return (root / "content/media" / file).read_bytes()


def read_seed(root: Path, path: str) -> bytes:
    """Read one snapshot whole. It must lie in the project."""
    if not _is_inside(str(root / path), root.resolve()):
        raise OSError(errno.EACCES, "it is a link that leads out of the project")
    return (root / path).read_bytes()


def read_defaults() -> dict[str, bytes]:
    """Return the theme that ships with Pincite: name below ``templates/`` → content."""
    package = Path(__file__).parents[1]
    folder = package / "templates"
    if not folder.is_dir():  # an editable install: the repository's own folder
        folder = package.parents[1] / "templates"
    return _read_folder(folder)


def read_some(root: Path, paths: Iterable[str]) -> dict[str, Text]:
    """Read the texts at *paths*; those that cannot be read are left out."""
    texts = {}
    for path in paths:
        with suppress(OSError, ValueError):
            texts[path] = Text(path, (root / path).read_bytes().decode("utf-8-sig", "replace"))
    return texts


def read_strictly(root: Path, paths: Iterable[str]) -> list[Text] | None:
    """Return the texts at *paths*; None where one cannot be read as it should be."""
    texts = []
    for path in paths:
        file = root / path
        try:
            if file.is_symlink() or file.stat().st_size > MAX_BYTES:
                return None
            texts.append(Text(path, file.read_bytes().decode("utf-8-sig")))
        except (OSError, UnicodeDecodeError):
            return None
    return texts


class Texts(Mapping[str, Text]):
    """The texts of a project, each read when it is asked for; *known* are not read."""

    def __init__(self, root: Path, known: Iterable[Text] = ()) -> None:
        self._root = root
        self._known: dict[str, Text | None] = {text.path: text for text in known}

    def __getitem__(self, path: str) -> Text:
        if path not in self._known:
            self._known[path] = read_some(self._root, (path,)).get(path)
        text = self._known[path]
        if text is None:
            raise KeyError(path)
        return text

    def __iter__(self) -> Iterator[str]:
        return iter([path for path, text in self._known.items() if text is not None])

    def __len__(self) -> int:
        return len(list(iter(self)))


def fingerprint(
    root: Path,
    folders: tuple[str, ...] = ("content", "seeds", "templates"),
    again: Again | None = None,
) -> str:
    """Return the digest of every file in *folders* that a build may read.

    Files that *again* knows are not read.
    """
    again = again or Again()
    return fingerprint_of(
        (path, again.of(path, entry.stat(), partial(_digest_file, entry.path)))
        for folder in folders
        for path, entry in _files_below(f"{root}{os.sep}{folder}", folder)
    )


def fingerprint_of(files: Iterable[tuple[str, str]]) -> str:
    """Return the digest of *files* (path, digest), in the order in which folders have them."""
    digest = blake2b(digest_size=16)
    for path, content in files:
        digest.update(f"{path}\0{content}\0".encode("utf-8", "surrogateescape"))
    return digest.hexdigest()


def _digest_file(file: str) -> str:
    digest = blake2b(digest_size=16)
    with open(file, "rb", buffering=0) as stream:  # noqa: PTH123 - many small files
        while block := stream.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


def _files_below(folder: str, path: str) -> Iterator[tuple[str, os.DirEntry[str]]]:
    try:
        entries = sorted(os.scandir(folder), key=lambda e: e.name)
    except FileNotFoundError:
        return
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            if path.count("/") > MAX_FOLDERS:
                raise OSError(f"{path} has folders without end")
            yield from _files_below(entry.path, f"{path}/{entry.name}")
        elif entry.is_file():
            yield f"{path}/{entry.name}", entry
        else:
            raise OSError(f"{path}/{entry.name} is not a file")


def library_versions(names: tuple[str, ...]) -> list[str]:
    """Return which versions of *names* are installed, as their folders' names say."""
    found = set()
    for folder in sys.path:
        with suppress(OSError):
            found |= {p.name.lower() for p in Path(folder or ".").glob("*.dist-info")}
    return sorted(n for n in found if n.startswith(tuple(f"{name}-" for name in names)))


def engine_files() -> list[bytes]:
    """Return the package's own code; what it says is part of what every page is made from."""
    package = Path(__file__).parents[1]
    return [path.read_bytes() for path in sorted(package.rglob("*.py"))]


def read_theme(
    root: Path, home: Path, found: list[Diagnostic], shipped: Mapping[str, bytes] | None = None
) -> dict[str, bytes]:
    """Read the theme: ours, and in its place what the site has of its own; add what is *found*.

    *shipped* is ours, where it has been read.
    """
    shipped = read_defaults() if shipped is None else shipped
    theme = dict(shipped)
    if not (root / "templates").is_dir():
        return theme
    for path, entry in _walk(root, "templates", home, found):
        name = path.removeprefix("templates/")
        try:
            if entry.stat().st_size > MAX_BYTES:
                found.append(_too_large(path, "a theme is made of small files"))
                continue
            theme[name] = Path(entry.path).read_bytes()
        except OSError as problem:
            found.append(_unreadable(path, problem.strerror or "it cannot be read"))
        if name.startswith("i18n/") and name in shipped and theme[name] != shipped[name]:
            theme["i18n/shipped/" + name.removeprefix("i18n/")] = shipped[name]
    return theme


def _read_folder(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.startswith(".")
    }


def _is_text(path: str) -> bool:
    return (
        path in (SITE, LINKS, PUBLISHED, CHANGES)
        or path in NAMES
        or any(
            path.startswith(folder) and path.endswith(ends)
            for folder, ends in (EVENTS, SOURCES, PAGES)
        )
    )


def _walk(
    root: Path, folder: str, home: Path, found: list[Diagnostic]
) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Yield regular files in order of their names; refuse what may lead out or never end."""
    try:
        entries = sorted(os.scandir(root / folder), key=lambda e: e.name)
    except OSError as problem:
        found.append(_unreadable(folder, problem.strerror or "it cannot be opened"))
        return
    for entry in entries:
        path = f"{folder}/{entry.name}"
        if entry.name.startswith((".", "#")):  # of an editor or a system, half written or hidden
            continue
        if not path.isprintable():  # lone surrogates and control characters
            shown = path.encode("ascii", "backslashreplace").decode()
            found.append(_unreadable(shown, "its name holds characters that cannot be shown"))
        elif entry.is_symlink() and not _is_inside(entry.path, home):
            found.append(_unreadable(path, "it is a link that leads out of the project"))
        elif entry.is_symlink() and not os.path.isfile(entry.path):  # noqa: PTH113 - never raises
            folder_too = os.path.isdir(entry.path)  # noqa: PTH112
            why = "to a folder" if folder_too else "that leads nowhere"
            found.append(_unreadable(path, f"it is a link {why}"))
        elif entry.is_dir():
            if path.count("/") > MAX_FOLDERS:
                why = f"more than {MAX_FOLDERS} folders stand inside one another"
                found.append(_unreadable(path, why))
                continue
            yield from _walk(root, path, home, found)
        elif not entry.is_file():
            found.append(_unreadable(path, "it is not a regular file"))
        else:
            yield path, entry


def _is_inside(path: str, home: Path) -> bool:
    """Whether *path* leads to a place in the project; links that lead in a circle do."""
    return Path(os.path.realpath(path)).is_relative_to(home)


def _read_text(
    path: str, entry: os.DirEntry[str], again: Again, *, lasts: bool
) -> tuple[Text, Diagnostic | None]:
    try:
        status = entry.stat()
        if status.st_size > MAX_BYTES:
            return Text(path, ""), _too_large(
                path, "split it: any number of files may stand in this folder"
            )
        return again.of(path, status, partial(_read_decoded, path, entry.path, lasts=lasts))
    except OSError as problem:
        return Text(path, ""), _unreadable(path, problem.strerror or "it cannot be read")


def _read_decoded(path: str, file: str, *, lasts: bool) -> tuple[Text, Diagnostic | None]:
    data = Path(file).read_bytes()
    try:
        again = None if lasts else partial(_read_again, path, file)
        return Text(path, data.decode("utf-8-sig"), again), None
    except UnicodeDecodeError as problem:
        # The text before the fault keeps its places; the rest is shown with replacement marks.
        at = len(data[: problem.start].decode("utf-8-sig"))
        if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            why = "the file is UTF-16, not UTF-8"
        else:
            why = f"byte {problem.start} is not UTF-8"
        return Text(path, data.decode("utf-8-sig", "replace")), error(
            "file-encoding",
            Span(path, at, at + 1),
            why,
            help="save the file as UTF-8",
        )


def _read_again(path: str, file: str, digest: str) -> str:
    """Return a text that was let go of. Raises Failure where the file says something else now."""
    with suppress(OSError, UnicodeDecodeError):
        value = Path(file).read_bytes().decode("utf-8-sig")
        if digest_text(value) == digest:
            return value
    raise Failure(f"{path} was changed while the site was built", help="build again")


def read_snapshot(path: Path, home: Path) -> Snapshot | None:
    """Read one; *home* is the project's folder without links."""
    try:
        if not _is_inside(str(path), home) or not stat.S_ISREG(path.stat().st_mode):
            return None
        if path.stat().st_size <= MAX_BYTES:
            data = path.read_bytes()
            return Snapshot(sha256=sha256(data).hexdigest(), size=len(data), data=data)
        digest, size = sha256(), 0
        with path.open("rb") as file:
            while block := file.read(1 << 20):
                digest.update(block)
                size += len(block)
        return Snapshot(sha256=digest.hexdigest(), size=size)
    except OSError:
        return None


def _unreadable(path: str, why: str) -> Diagnostic:
    return error("file-unreadable", Span(path, 0, 0), f"`{path}` is not read: {why}")


def _too_large(path: str, help: str) -> Diagnostic:
    message = f"the file has more than {MAX_BYTES // 1024 // 1024} MB"
    return error("file-too-large", Span(path, 0, 0), message, help=help)


def _unexpected(path: str) -> Diagnostic:
    known = (SITE, *NAMES, "content/events/x.yaml", "content/sources/x.md", "content/pages/x.md")
    return error(
        "file-unreadable",
        Span(path, 0, 0),
        f"nothing is read from `{path}`",
        help=did_you_mean(path, known)
        or "events are `.yaml` in content/events, sources and pages `.md`, media in content/media",
    )
