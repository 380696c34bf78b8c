"""Finds that there is nothing to build: the same inputs, the same program, the same files there.

It imports no stage of the pipeline, so that finding this costs little. What the last build found
is told again.
"""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pincite.again import Again
from pincite.base.diagnostics import Diagnostic, Label, Severity
from pincite.base.digest import digest_bytes
from pincite.base.text import Span, Text
from pincite.disk import BEGUN, MANIFEST, read_left, stamps_of, write_left
from pincite.load.project import (
    engine_files,
    fingerprint,
    fingerprint_of,
    library_versions,
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


def find_unchanged(root: Path, out: Path, settings: str, *, quiet: bool) -> Unchanged | None:
    """Return what to say if building *out* with *settings* would change nothing.

    *quiet* leaves out what was found: none of it was an error, or there would be no site.
    """
    left = read_left(root, out)
    stamps = left.get("stamps")
    if not stamps or left.get("settings") != settings or (out / BEGUN).exists():
        return None
    try:
        if left["inputs"] != _inputs(root, again_of(left)):
            return None
        now = stamps_of(out, stamps)
        if any(tuple(stamps[path][:-1]) != stamp for path, stamp in now.items()):
            return None
        found = () if quiet else found_before(left)
    except (KeyError, TypeError, ValueError, OSError):
        return None
    paths = {label.span.path for d in found for label in d.labels} | {d.span.path for d in found}
    return Unchanged(files=left["files"], found=found, texts=read_some(root, sorted(paths)))


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
        return _inputs(root, again)
    except OSError:
        return ""


def changed_inputs(
    left: Mapping[str, Any], engine: str, again: Again
) -> tuple[str, frozenset[str]] | None:
    """Return the digest of all inputs as *again* saw them, and which files differ from *left*.

    None where the difference is another: files that came or went, another program or theme.
    """
    try:
        was = {path: row[-1] for path, row in left["read"].items()}
        now = {path: digest for path, (_, digest) in again.kept().items()}
        before = _digest(engine, ((path, was[path]) for path in now))
        if len(was) != len(now) or before != left["inputs"]:
            return None
    except (KeyError, TypeError, AttributeError):
        return None
    return _digest(engine, now.items()), frozenset(p for p in now if was[p] != now[p])


def _digest(engine: str, files: Iterable[tuple[str, str]]) -> str:
    return digest_bytes(f"{engine}\0{fingerprint_of(files)}".encode())


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


def _inputs(root: Path, again: Again) -> str:
    return digest_bytes(f"{engine_digest()}\0{fingerprint(root, again=again)}".encode())


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
