"""``build --out scheme://…``: a built folder, file by file, to any place that fsspec knows.

Only what changed is sent, and only files are removed that the manifest there lists. A file that
somebody else changed there is not noticed: not to read all of it is what the manifest is for.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

from pincite.base.diagnostics import Failure
from pincite.disk import BEGUN, MANIFEST
from pincite.publishing.difference import Difference
from pincite.publishing.types import type_of
from pincite.publishing.waves import plan_waves

_AT_ONCE = 8  # files under way
# What each file system calls the media type; the others guess or have none.
_TYPE = {"s3": "ContentType", "gs": "content_type", "gcs": "content_type"}


class Sent(NamedTuple):
    written: int
    removed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A folder of a file system of fsspec. *folder* is as that one writes it."""

    system: Any
    folder: str
    name: str

    def find(self) -> frozenset[str]:
        """Return the paths of all files there."""
        with self._failing("list"):
            try:
                found = self.system.find(self.folder)
            except FileNotFoundError:
                return frozenset()
        start = len(self.folder.rstrip("/")) + 1
        return frozenset(path[start:] for path in found if path[start:])

    def read(self, path: str) -> bytes:
        with self._failing("read"):
            data: bytes = self.system.cat_file(self._at(path))
        return data

    def read_all(self, paths: Sequence[str]) -> Mapping[str, bytes]:
        with ThreadPoolExecutor(_AT_ONCE) as executor:
            return dict(zip(paths, executor.map(self.read, paths), strict=True))

    def write(self, path: str, data: bytes) -> None:
        told = {_TYPE[name]: type_of(path) for name in _protocols(self.system) if name in _TYPE}
        with self._failing("write to"):
            try:
                self.system.pipe_file(self._at(path), data, **told)
            except FileNotFoundError:  # a system that has folders, and not this one yet
                self.system.makedirs(self._at(path).rpartition("/")[0], exist_ok=True)
                self.system.pipe_file(self._at(path), data, **told)

    def write_all(self, files: Iterable[tuple[str, bytes]]) -> None:
        with ThreadPoolExecutor(_AT_ONCE) as executor:
            for _ in executor.map(lambda file: self.write(*file), files):
                pass

    def remove(self, paths: Iterable[str]) -> None:
        with self._failing("remove files from"):
            for path in paths:
                self.system.rm_file(self._at(path))

    def _at(self, path: str) -> str:
        return f"{self.folder.rstrip('/')}/{path}"

    @contextmanager
    def _failing(self, verb: str) -> Iterator[None]:
        try:
            yield
        except FileNotFoundError:
            raise
        except Exception as problem:  # noqa: BLE001 - each file system has faults of its own
            raise Failure(
                f"cannot {verb} {self.name}: {str(problem) or type(problem).__name__}",
                help="build again when this is mended: what was sent is not sent twice",
            ) from None


def place_at(address: str) -> Place:
    """Return the place at *address*. Who we are, its file system knows from its own places."""
    try:
        fsspec: Any = import_module("fsspec.core")
    except ImportError:
        raise Failure(
            f"--out {address} needs fsspec", help="pip install 'pincite[cluster]'"
        ) from None
    try:
        system, folder = fsspec.url_to_fs(address)
    except (ImportError, ValueError, OSError) as problem:
        raise Failure(
            f"--out {address}: {problem}", help="`s3://` needs s3fs, `gs://` gcsfs, `abfs://` adlfs"
        ) from None
    return Place(system=system, folder=str(folder), name=address)


def send(folder: Path, place: Place) -> Sent:
    """Bring *place* up to what was built in *folder*. Raises Failure where it does not allow it.

    Marks come before what leads to them and go after it, and the manifest comes last: a sending
    that is ended in between leaves no citation that leads nowhere, and the next one mends it.
    """
    manifest = (folder / MANIFEST).read_bytes()
    here = _contents(manifest)
    found = place.find()
    there = _contents(place.read(MANIFEST)) if MANIFEST in found else {}
    begun = _listed(place.read(BEGUN)) if BEGUN in found else frozenset()
    if found and not there and BEGUN not in found:
        raise Failure(
            f"{place.name} has files, and no manifest of ours",
            help="name an empty place, or empty this one",
        )
    known = {path: content for path, content in there.items() if path in found - begun}
    ours = {*there, *begun} & found
    difference = Difference(
        added=tuple(sorted(path for path in here if path not in found)),
        changed=tuple(sorted(p for p in here if p in found and known.get(p) != here[p])),
        removed=tuple(sorted(ours - here.keys())),
    )
    if not difference and BEGUN not in found:
        return Sent(0, 0)
    touched = (*difference.added, *difference.changed)

    def read(path: str) -> bytes:
        return (folder / path).read_bytes()

    waves = plan_waves(difference, read, place.read_all)
    place.write(BEGUN, json.dumps(sorted({*touched, *ours - here.keys(), *begun})).encode())
    place.write_all(waves.first.items())
    place.write_all((path, read(path)) for path in waves.pages)
    place.remove(waves.gone)
    place.write_all(waves.fewer.items())
    place.remove(waves.gone_sources)
    place.write(MANIFEST, manifest)
    place.remove([BEGUN])
    return Sent(len(touched), len(difference.removed))


def _contents(manifest: bytes) -> dict[str, str]:
    """Return path → digest of the files that a manifest lists; nothing where it is not whole."""
    try:
        return {
            str(path): str(row[3])
            for path, row in json.loads(manifest)["pages"].items()
            if row[3] and ".." not in path.split("/") and not path.startswith("/")
        }
    except (ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError):
        return {}


def _listed(begun: bytes) -> frozenset[str]:
    try:
        listed = json.loads(begun)
    except (ValueError, RecursionError):
        return frozenset()
    paths = listed if isinstance(listed, list) else []
    return frozenset(
        path
        for path in paths
        if isinstance(path, str) and ".." not in path.split("/") and not path.startswith("/")
    )


def _protocols(system: Any) -> tuple[str, ...]:
    named = system.protocol
    return (named,) if isinstance(named, str) else tuple(named)
