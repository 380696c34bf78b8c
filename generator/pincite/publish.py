"""Stage 6: make the output folder hold exactly the planned files. The only writer.

Everything is rendered before anything is written, each file is replaced as a whole, and the
manifest comes last. Only files that the manifest says we wrote are ever removed.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple, TypeAlias

from pincite.base.diagnostics import Failure
from pincite.base.digest import Digests, digest_bytes
from pincite.disk import BEGUN, MANIFEST, stamp_of, write_whole
from pincite.plan.page import Page
from pincite.plan.views import Frame
from pincite.render.engine import Renderer
from pincite.workers import share_out

_Fresh: TypeAlias = dict[str, bytes | Callable[[], bytes]]  # or what makes them again


class Row(NamedTuple):
    """What is remembered of one published file: the parts of its key, and its content."""

    engine: str
    template: str
    view: str
    content: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    contents: Mapping[str, str]  # each file's path → the digest of its content
    written: tuple[str, ...]
    removed: tuple[str, ...]
    why: dict[str, str]  # each rendered path, and the reason


def publish(
    pages: Sequence[Page],
    renderer: Renderer,
    frame: Frame,
    out: Path,
    *,
    jobs: int = 1,
    stamps: Mapping[str, Sequence[Any]] = MappingProxyType({}),
    digests: Sequence[tuple[object, str]] = (),
    advance: Callable[[int], None] = lambda _: None,
) -> Published:
    """Bring *out* up to date. Raises Failure for a fault of a template or of the disk.

    *stamps* are those that files had when the last build left them, each with the digest of the
    content they then had; *digests* are values that the pages are made from, each with its own.
    """
    old = _read_manifest(out)
    unfinished = _read_begun(out)
    for path in sorted({*unfinished, *old} if unfinished else ()):
        _remove(out, [f"{path}.part"])
    planned = {path for page in pages for path in page.paths} if unfinished else set()
    old.update({path: _NONE for path in unfinished if path not in planned and path not in old})
    for template in sorted({page.template for page in pages if page.template}):
        renderer.closure(template)  # once, before the work is shared out

    def work(share: Iterator[Page]) -> tuple[_Share, Sequence[Callable[[], None]]]:
        done = _Share()
        fresh: _Fresh = {}
        known = Digests(digests)
        for page in share:
            _bring(page, renderer, frame, out, old, stamps, known, done, fresh)
            advance(1)
        done.written = tuple(fresh)
        return done, _steps(out, fresh)

    def before(step: int, shares: Sequence[_Share]) -> None:
        if step == _FIRST:
            written = sorted(path for share in shares for path in share.written)
            if written:
                _write(out, {BEGUN: json.dumps([*written, *unfinished]).encode()})
        elif step == _LAST:
            _remove(out, [path for path in _gone(old, shares) if not _is_source(path)])

    # What is made of everything takes longest, so it comes first.
    shares = share_out(work, sorted(pages, key=lambda p: not p.outputs), jobs, before)
    new = {path: row for share in shares for path, row in share.rows.items()}
    gone = _gone(old, shares)
    _remove(out, gone)
    if new != old:
        _write(out, {MANIFEST: _manifest(new)})
    _remove(out, [BEGUN])
    return Published(
        contents={path: new[path].content for path in sorted(new) if new[path].content},
        written=tuple(sorted(path for share in shares for path in share.written)),
        removed=tuple(path for path in gone if old[path].content),
        why={path: reason for share in shares for path, reason in share.why.items()},
    )


_NONE = Row("", "", "", "")
_FIRST, _LAST = 0, 2  # of the steps below
_MARK = re.compile(rb'id="(c-[^"<>]*)"')


def _steps(out: Path, fresh: _Fresh) -> Sequence[Callable[[], None]]:
    """Return the writing in steps: marks come before what leads to them, and go after it.

    So a build that is killed in between leaves no citation that leads nowhere.
    """
    sources = {path: fresh[path] for path in fresh if _is_source(path)}
    pages = {path: fresh[path] for path in fresh if path not in sources}
    fewer: _Fresh = {}

    def add_marks() -> None:
        for path, data in sources.items():
            assert isinstance(data, bytes)
            lost = _lost_marks(out / path, data)
            if lost:
                fewer[path] = data
                sources[path] = data.replace(b"</body>", lost + b"</body>")
        _write(out, sources)

    return (add_marks, lambda: _write(out, pages), lambda: _write(out, fewer))


def _lost_marks(path: Path, data: bytes) -> bytes:
    """Return empty stand-ins for the marks that are on disk and not in *data*."""
    try:
        before = _MARK.findall(path.read_bytes())
    except OSError:
        return b""
    now = set(_MARK.findall(data))
    return b"".join(b'<span id="%b"></span>' % mark for mark in before if mark not in now)


def _is_source(path: str) -> bool:
    return path.startswith("sources/")


def _gone(old: Mapping[str, Row], shares: Sequence["_Share"]) -> tuple[str, ...]:
    kept = {path for share in shares for path, row in share.rows.items() if row.content}
    return tuple(path for path in old if path not in kept)


def _read_begun(out: Path) -> tuple[str, ...]:
    """Return which files a build that was killed may have written; nothing if none was."""
    try:
        paths: Any = json.loads((out / BEGUN).read_bytes())
    except (OSError, ValueError, RecursionError):
        return ()
    listed = paths if isinstance(paths, list) else []
    return tuple(path for path in listed if _is_text(path) and _is_inside(path))


@dataclass(slots=True)
class _Share:
    """What became of the pages that one process took."""

    rows: dict[str, Row] = field(default_factory=dict)
    why: dict[str, str] = field(default_factory=dict)
    written: tuple[str, ...] = ()


def _bring(
    page: Page,
    renderer: Renderer,
    frame: Frame,
    out: Path,
    old: Mapping[str, Row],
    stamps: Mapping[str, Sequence[Any]],
    digests: Digests,
    done: _Share,
    fresh: _Fresh,
) -> None:
    """Render *page* if what is on disk is not what it would be."""
    key = (
        renderer.engine,
        renderer.closure(page.template) if page.template else "",
        digests.of_parts((page.build.__qualname__, *page.arguments)),
    )
    on_disk = {path: _content(out / path, stamps.get(path)) for path in page.paths}
    reasons = {path: _stale(old.get(path), key, on_disk[path]) for path in page.paths}
    if not any(reasons.values()):
        done.rows.update({path: old[path] for path in page.paths})
        return
    made = render(page, renderer, frame)
    for path in page.paths:
        data = made.get(path)
        content = "" if data is None else digest_bytes(data)
        done.rows[path] = Row(*key, content)
        if reasons[path]:
            done.why[path] = reasons[path] or ""
        if data is not None and on_disk[path] != content:  # same bytes, same file, same time
            fresh[path] = partial(_make_again, page) if page.large else data


def render(page: Page, renderer: Renderer, frame: Frame) -> Mapping[str, bytes]:
    """Make a page's bytes from its arguments: path → content."""
    view = page.build(*page.arguments)
    if page.template:
        return {page.path: renderer.render(page.template, view, frame)}
    made: Mapping[str, bytes] = view if page.outputs else {page.path: view}
    return made


def _make_again(page: Page) -> bytes:
    data: bytes = page.build(*page.arguments)
    return data


def _stale(row: Row | None, key: tuple[str, str, str], on_disk: str) -> str | None:
    """Say why a page must be rendered; None when it need not be."""
    if row is None:
        return "new page"
    names = ("Pincite itself", "template", "content")
    changed = [n for n, was, now in zip(names, row, key, strict=False) if was != now]
    if changed:
        return " and ".join(changed) + " changed"
    if on_disk != row.content:
        return "file missing" if not on_disk else "file was changed by something else"
    return None


def _content(path: Path, stamp: Sequence[Any] | None) -> str:
    """Return the digest of what is on disk, empty where nothing is."""
    if stamp is not None and stamp_of(str(path)) == tuple(stamp[:-1]):
        return str(stamp[-1])
    try:
        with open(path, "rb", buffering=0) as file:  # noqa: PTH123 - Path.open costs twice as much
            return digest_bytes(file.read())
    except OSError:
        return ""


def _read_manifest(out: Path) -> dict[str, Row]:
    """Return what was published; a manifest that cannot be read is none at all."""
    try:
        data: Any = json.loads((out / MANIFEST).read_bytes())
        return {
            path: Row(*row)
            for path, row in data["pages"].items()
            if _is_inside(path) and len(row) == len(Row._fields) and all(map(_is_text, row))
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {}


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _is_inside(path: str) -> bool:
    parts = path.split("/")
    # Every part has a letter: this refuses a leading slash and an empty path, too.
    return all(parts) and not {".", ".."} & set(parts) and not set("\\:\0") & set(path)


def _manifest(rows: dict[str, Row]) -> bytes:
    lines = ",\n".join(
        f"{json.dumps(path)}: {json.dumps(list(rows[path]))}" for path in sorted(rows)
    )
    return f'{{"format": "pincite-manifest/1", "pages": {{\n{lines}\n}}}}\n'.encode()


def _write(out: Path, fresh: _Fresh) -> None:
    made: set[Path] = set()
    root = out.resolve()
    for path in sorted(fresh):
        target = out / path
        try:
            if target.parent not in made:
                if not target.parent.resolve().is_relative_to(root):
                    raise Failure(
                        f"{target.parent} leads out of {out}",
                        help="remove the symbolic link; nothing is written outside the site",
                    )
                target.parent.mkdir(parents=True, exist_ok=True)
                made.add(target.parent)
            data = fresh[path]
            write_whole(target, data if isinstance(data, bytes) else data())
        except OSError as problem:
            raise Failure(
                f"cannot write {target}: {problem.strerror}",
                help="every file on disk is whole; build again when this is mended",
            ) from None


def _remove(out: Path, gone: Sequence[str]) -> None:
    root = out.resolve() if gone else out
    for path in gone:
        if not (out / path).parent.resolve().is_relative_to(root):
            continue  # a symbolic link leads out: what is there is not ours
        try:
            (out / path).unlink()
        except (FileNotFoundError, NotADirectoryError):
            continue
        except OSError as problem:
            if (out / path).is_dir():
                continue  # it is no file of ours any more
            raise Failure(
                f"cannot remove {out / path}: {problem.strerror}",
                help="every file on disk is whole; build again when this is mended",
            ) from None
        with suppress(OSError):
            for folder in (out / path).parents:
                if folder == out:
                    break
                folder.rmdir()  # fails, and ends this, where something else is left in it
