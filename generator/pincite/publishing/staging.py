"""A folder with exactly the files to be published, each as the build proved it."""

import gzip
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from pincite.base.diagnostics import Failure
from pincite.disk import STATE, digest_file, hold_lock

UNFINISHED = "publish-"  # how the name of a folder of ours begins while we publish
COMPRESSED = (".gz", ".br")
_WORTH_IT = 512  # bytes; smaller files fit a packet anyway
_TEXTS = (
    *(".html", ".css", ".js", ".json", ".jsonld", ".svg", ".xml"),
    *(".ics", ".csv", ".bib", ".txt", ".webmanifest"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Staged:
    folder: Path
    files: tuple[str, ...]  # relative to *folder*, with ``/``, sorted

    def read(self, path: str) -> bytes:
        return (self.folder / path).read_bytes()


@contextmanager
def stage(
    root: Path,
    out: Path,
    contents: Mapping[str, str],
    *,
    extra: Mapping[str, bytes],
    precompress: bool,
) -> Iterator[Staged]:
    """Bring the files of *contents* (path → digest) together, with *extra* ones beside them.

    Other files of *out*, and the manifest, stay where they are. Raises Failure when a file is not
    what was built.
    """
    with TemporaryDirectory(dir=root / STATE, prefix=UNFINISHED) as name:
        folder = Path(name) / "site"
        with hold_lock(root, out):
            for path, digest in contents.items():
                _take(out / path, folder / path, digest)
        for path, data in extra.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(data)
        files = {*contents, *extra}
        if precompress:
            files |= {made for path in sorted(files) for made in _compress(folder, path)}
        yield Staged(folder=folder, files=tuple(sorted(files)))


def _take(source: Path, target: Path, digest: str) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        target.hardlink_to(source)  # builds replace files, they never change one
    except OSError:  # another disk, or one without links
        try:
            data = source.read_bytes()
        except OSError as problem:
            raise Failure(f"cannot read {source}: {problem.strerror}") from None
        target.write_bytes(data)
    if digest_file(target) != digest:
        raise Failure(f"{source} was changed after it was built", help="build again")


def _compress(folder: Path, path: str) -> Iterator[str]:
    """Write compressed copies beside a text, where they are smaller; yield their paths."""
    if not path.endswith(_TEXTS):
        return
    data = (folder / path).read_bytes()
    if len(data) < _WORTH_IT:
        return
    for ending, compress in _compressors().items():
        small = compress(data)
        if len(small) < len(data):
            (folder / (path + ending)).write_bytes(small)
            yield path + ending


def _compressors() -> Mapping[str, Callable[[bytes], bytes]]:
    """Return what compresses, by ending. Neither writes a time: the same text, the same bytes."""
    found: dict[str, Callable[[bytes], bytes]] = {
        ".gz": lambda data: gzip.compress(data, compresslevel=9, mtime=0)
    }
    with suppress(ImportError):
        brotli: Any = import_module("brotli")
        found[".br"] = brotli.compress
    return found
