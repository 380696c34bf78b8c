"""Finds that there is nothing to build: the same inputs, the same program, the same files there.

It imports no stage of the pipeline, so that finding this costs little. What the last build found
is told again.
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pincite.again import Again
from pincite.base.diagnostics import Diagnostic, Label, Severity
from pincite.base.digest import digest_bytes
from pincite.base.text import Span, Text
from pincite.disk import BEGUN, MANIFEST, Stamp, read_left, stamp_of_left, stamps_of, write_left
from pincite.load.project import (
    engine_files,
    fingerprint,
    fingerprint_of,
    library_versions,
    read_defaults,
    read_some,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unchanged:
    """What there is to say of a build that had nothing to do."""

    files: int
    found: tuple[Diagnostic, ...]
    texts: Mapping[str, Text]


def engine_digest() -> str:
    """Return the digest of all that turns inputs into bytes, but the theme."""
    libraries = ("jinja2", "markdown", "nh3", "babel", "pyyaml", "pillow")
    versions = "\0".join(library_versions(libraries))
    return digest_bytes(versions.encode() + b"\0".join(engine_files()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What the last build left, and what there is to build from now."""

    left: Mapping[str, Any]
    stamp: Stamp | None  # of the file with what was left
    engine: str  # digest of the program
    shipped: Mapping[str, bytes]  # our own theme
    again: Again
    inputs: str  # digest of all inputs


def look(root: Path, out: Path, settings: str) -> Look | None:
    """Look at what is there; None where the last build left nothing of use."""
    stamp = stamp_of_left(root, out)
    left = read_left(root, out)
    if not left.get("stamps") or left.get("settings") != settings or (out / BEGUN).exists():
        return None
    engine, shipped, again = engine_digest(), read_defaults(), again_of(left)
    try:
        inputs = _digest(engine, shipped, fingerprint(root, again=again))
    except OSError:
        return None
    return Look(left=left, stamp=stamp, engine=engine, shipped=shipped, again=again, inputs=inputs)


def find_unchanged(root: Path, out: Path, seen: Look | None, *, quiet: bool) -> Unchanged | None:
    """Return what to say if building *out* would change nothing, as far as *seen* tells.

    *quiet* leaves out what was found: none of it was an error, or there would be no site.
    """
    try:
        if seen is None or seen.left["inputs"] != seen.inputs or not is_as_left(out, seen):
            return None
        found = () if quiet else found_before(seen.left)
        files = seen.left["files"]
    except (KeyError, TypeError, ValueError):
        return None
    paths = {label.span.path for d in found for label in d.labels} | {d.span.path for d in found}
    return Unchanged(files=files, found=found, texts=read_some(root, sorted(paths)))


def is_as_left(out: Path, seen: Look) -> bool:
    """Whether all files of the site have the stamps that the last build left them with."""
    stamps = seen.left["stamps"]
    now = stamps_of(out, stamps)
    return all(tuple(stamps[path][:-1]) == stamp for path, stamp in now.items())


def found_before(left: Mapping[str, Any]) -> tuple[Diagnostic, ...]:
    """Return what the last build found."""
    return tuple(map(_diagnostic, left["found"]))


def again_of(left: Mapping[str, Any]) -> Again:
    """Return the digests of inputs that the last build left."""
    with suppress(KeyError, TypeError, ValueError):
        rows = left["read"].items()
        return Again({path: ((a, b, c, d), digest) for path, (a, b, c, d, digest) in rows})
    return Again()


def inputs_before(root: Path, again: Again) -> str:
    """Return the digest of all inputs, to be taken before they are read for a build.

    It is empty where one of them is no file, or cannot be read: then nothing is ever unchanged.
    """
    try:
        return _digest(engine_digest(), read_defaults(), fingerprint(root, again=again))
    except OSError:
        return ""


def changed_inputs(seen: Look) -> frozenset[str] | None:
    """Return which files differ from what the last build read.

    None where the difference is another: files that came or went, another program or theme.
    """
    try:
        was = {path: row[-1] for path, row in seen.left["read"].items()}
        now = {path: digest for path, (_, digest) in seen.again.kept().items()}
        before = fingerprint_of((path, was[path]) for path in now)
        same = _digest(seen.engine, seen.shipped, before) == seen.left["inputs"]
    except (KeyError, TypeError, AttributeError):
        return None
    if len(was) != len(now) or not same:
        return None
    return frozenset(path for path in now if was[path] != now[path])


def _digest(engine: str, shipped: Mapping[str, bytes], files: str) -> str:
    """Return the digest of all inputs; *files* is that of the project's own."""
    ours = b"".join(f"{name}\0{len(data)}\0".encode() + data for name, data in shipped.items())
    return digest_bytes(f"{engine}\0{files}\0".encode() + ours)


def remember(
    root: Path,
    out: Path,
    settings: str,
    inputs: str,
    again: Again,
    contents: Mapping[str, str],
    stamps: Mapping[str, Sequence[Any]],
    found: tuple[Diagnostic, ...],
) -> None:
    """Leave for the next build what this one saw, what it found, and what stands there now.

    *stamps* are those of the files with *contents*.
    """
    left = {
        "settings": settings,
        "inputs": inputs,
        "read": {path: (*stamp, digest) for path, (stamp, digest) in again.kept().items()},
        "files": len(contents),
        "stamps": {
            **stamps,
            **{path: (*s, "") for path, s in stamps_of(out, (MANIFEST,)).items() if s is not None},
        },
        "found": [_row(d) for d in found],
    }
    write_left(root, out, left)


def _row(d: Diagnostic) -> list[Any]:
    labels = [[*label.span, label.text] for label in d.labels]
    return [d.code, d.severity.value, d.message, [*d.span], labels, d.help, d.note]


def _diagnostic(row: list[Any]) -> Diagnostic:
    code, severity, message, span, labels, help, note = row
    return Diagnostic(
        code=code,
        severity=Severity(severity),
        message=message,
        span=Span(*span),
        labels=tuple(Label(span=Span(*place), text=text) for *place, text in labels),
        help=help,
        note=note,
    )
