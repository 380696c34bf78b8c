"""A bag (BagIt, RFC 8493): the site, and what it was made from, each file with its SHA-256.

The same project on the same day is the same bag, byte for byte; the library that writes the
manifests reads all of it back before the bag is in its place.
"""

import os
import shutil
from collections.abc import Iterable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

from pincite import __version__
from pincite.base.diagnostics import Failure
from pincite.disk import discard
from pincite.model import Config

_INPUTS = ("content", "seeds", "templates")


def write_bag(
    root: Path, out: Path, built: Iterable[str], folder: Path, config: Config, day: str
) -> int:
    """Write the bag into *folder*, which must be new or empty; return how many files it holds.

    *built* are the site's files in *out*, *day* is the day of bagging (ISO 8601).
    """
    bagit = import_bagit()
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Failure(f"{folder} is not empty", help="name a folder that is not there yet")
    if any(folder.resolve().is_relative_to((root / name).resolve()) for name in _INPUTS):
        raise Failure(f"{folder} would be a part of itself", help="name a folder elsewhere")
    fresh = folder.resolve().with_name(f".{folder.resolve().name}.next")
    try:
        discard(fresh)
        fresh.mkdir(parents=True)
        for path in built:
            _copy(out / path, fresh / "site" / path)
        for path in _inputs(root):
            _copy(root / path, fresh / path)
        bagit.make_bag(str(fresh), _information(config, day), checksums=["sha256"])
        _put_in_order(fresh / "tagmanifest-sha256.txt")
        bagit.Bag(str(fresh)).validate()
        if folder.exists():
            folder.rmdir()
        fresh.rename(folder)
    except bagit.BagError as problem:
        raise Failure(f"the bag does not hold: {problem}") from None
    except OSError as problem:
        where = problem.filename or folder
        raise Failure(f"cannot write the bag: {where}: {problem.strerror}") from None
    finally:
        discard(fresh)
    return sum(len(names) for _, _, names in os.walk(folder / "data"))


def _put_in_order(manifest: Path) -> None:
    """Sort lines that bagit writes in the order in which this disk keeps its files."""
    lines = manifest.read_bytes().splitlines(keepends=True)
    lines.sort(key=lambda line: line.partition(b" ")[2])
    manifest.write_bytes(b"".join(lines))


def import_bagit() -> Any:
    try:
        return import_module("bagit")
    except ImportError:
        raise Failure("this needs bagit", help="pip install 'pincite[archive]'") from None


def _information(config: Config, day: str) -> dict[str, str]:
    """Return what bag-info.txt says; a value is a line."""
    description = ": ".join(part for part in (config.title, config.description) if part)
    information = {
        "Source-Organization": config.author,
        "External-Description": description,
        "External-Identifier": config.url,
        "Bagging-Date": day,
        "Bag-Software-Agent": f"Pincite {__version__}",
    }
    return {name: " ".join(value.split()) for name, value in information.items() if value}


def _inputs(root: Path) -> Iterator[str]:
    """Yield the author's files; hidden ones and links out of the project are not theirs to give."""
    home = root.resolve()
    for name in _INPUTS:
        for place, folders, files in os.walk(root / name):
            folders[:] = sorted(folder for folder in folders if not folder.startswith("."))
            for file in sorted(files):
                path = Path(place) / file
                if not file.startswith(".") and path.resolve().is_relative_to(home):
                    yield path.relative_to(root).as_posix()


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)
