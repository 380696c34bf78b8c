"""Stage 6: make the output folder hold exactly the planned files. The only writer.

Everything is rendered before anything is written, each file is replaced as a whole, and the
manifest comes last. Only files that the manifest says we wrote are ever removed.
"""

import json
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

from pincite.base.content import Bytes, blocks_of, digest_content
from pincite.base.derived import is_same
from pincite.base.diagnostics import Failure
from pincite.base.digest import Digests
from pincite.disk import BEGUN, MANIFEST, digest_file, stamp_of, write_whole
from pincite.manifest import (
    Records,
    Row,
    find_records,
    is_inside,
    is_text,
    manifest_text,
    stamps_after,
)
from pincite.plan.page import Page
from pincite.plan.views import Frame
from pincite.render.engine import Renderer
from pincite.spool import Place, Spool
from pincite.workers import share_out

_Fresh: TypeAlias = dict[str, Place | Bytes]  # path → where its bytes wait, or they themselves


#: Pages that were published before, each with the digest of its arguments, by path.
Seen: TypeAlias = Mapping[str, tuple[Page, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    contents: Mapping[str, str]  # each file's path → the digest of its content
    written: tuple[str, ...]
    removed: tuple[str, ...]
    read: tuple[str, ...]  # files whose stamps were not known
    why: dict[str, str]  # each rendered path, and the reason
    seen: Seen
    records: Records
    postponed: bool  # some pages are as they were, and not what they should be

    def stamps(self, out: Path, before: Mapping[str, Sequence[Any]]) -> dict[str, Sequence[Any]]:
        """Return the stamps of all files, with their digests; *before* are those of the others."""
        return stamps_after(out, self.contents, {*self.written, *self.read}, before)


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """What is known of earlier builds. It spares work, and cannot be seen in any file.

    *stamps* are those that files had when the last build left them, each with the digest of the
    content they then had; *digests* are values that the pages are made from, each with its own.
    *records* spare reading the manifest, if nobody has written it since.
    *views* are digests of what pages are made from, by path, where they are known.
    *made* gives path and content of the files of a page that others have rendered, else None.
    """

    stamps: Mapping[str, Sequence[Any]] = field(default_factory=dict)
    digests: Digests = field(default_factory=Digests)
    seen: Seen = field(default_factory=dict)
    records: Records | None = None
    views: Mapping[str, str] = field(default_factory=dict)
    made: Callable[[Page], Iterable[tuple[str, Bytes]] | None] = lambda _: None


def publish(
    pages: Sequence[Page],
    renderer: Renderer,
    frame: Frame,
    out: Path,
    *,
    jobs: int = 1,
    past: Past | None = None,
    advance: Callable[[int], None] = lambda _: None,
    postpone: bool = False,
    rest: Mapping[str, Row] | None = None,
) -> Published:
    """Bring *out* up to date. Raises Failure for a fault of a template or of the disk.

    With *postpone*, pages that can wait are left as they are, if they are there. *rest* are files
    that stay, beside those of *pages*.
    """
    past = past or Past()
    old, recorded = find_records(out, past.records)
    unfinished = _read_begun(out)
    for path in sorted({*unfinished, *old} if unfinished else ()):
        _remove(out, [f"{path}.part"])
    rest = rest or {}
    planned = {*rest, *(path for page in pages for path in page.paths)} if unfinished else set()
    old.update({path: _NONE for path in unfinished if path not in planned and path not in old})
    for template in sorted({page.template for page in pages if page.template}):
        renderer.closure(template)  # once, before the work is shared out

    def work(share: Iterator[Page]) -> tuple[_Share, Sequence[Callable[[], None]]]:
        done = _Share()
        spool = Spool(out) if len(pages) > _FEW else None  # what is little is held in memory
        press = _Press(renderer, frame, f"{out}{os.sep}", old, past, postpone, spool)
        for page in share:
            press.bring(page, done)
            advance(1)
        done.written = tuple(press.fresh)
        return done, _steps(out, press.fresh, press.spool)

    def before(step: int, shares: Sequence[_Share]) -> None:
        if step == _FIRST:
            written = sorted(path for share in shares for path in share.written)
            if written:
                _write(out, {BEGUN: json.dumps([*written, *unfinished]).encode()})
        elif step == _LAST:
            _remove(out, [path for path in _gone(old, shares, rest) if not _is_source(path)])

    # What is made of everything takes longest, so it comes first.
    shares = share_out(work, sorted(pages, key=lambda p: not p.outputs), jobs, before)
    new = {**rest, **{path: row for share in shares for path, row in share.rows.items()}}
    gone = _gone(old, shares, rest)
    _remove(out, gone)
    # While only contents differ, the manifest that is there tells the next build to compare them.
    recorded = recorded and new == old
    if not recorded and not (postpone and new.keys() == old.keys()):
        _write(out, {MANIFEST: manifest_text(new)})
        recorded = True
    _remove(out, [BEGUN])
    return Published(
        contents={path: new[path].content for path in sorted(new) if new[path].content},
        written=tuple(sorted(path for share in shares for path in share.written)),
        removed=tuple(path for path in gone if old[path].content),
        read=tuple(path for share in shares for path in share.read),
        why={path: reason for share in shares for path, reason in share.why.items()},
        seen={page.path: (page, row.view) for page in pages if (row := new[page.paths[0]]).view},
        records=Records(new, stamp_of(str(out / MANIFEST)), recorded),
        postponed=any(share.postponed for share in shares),
    )


_NONE = Row("", "", "", "")
_FEW = 500  # pages that need no more memory than the program itself
_FIRST, _LAST = 0, 2  # of the steps below
_MARK = re.compile(rb'id="(c-[^"<>]*)"')


def _steps(out: Path, fresh: _Fresh, spool: Spool | None) -> Sequence[Callable[[], None]]:
    """Return the writing in steps: marks come before what leads to them, and go after it.

    So a build that is killed in between leaves no citation that leads nowhere.
    """
    sources = {path: fresh[path] for path in fresh if _is_source(path)}
    pages = {path: fresh[path] for path in fresh if path not in sources}
    fewer: _Fresh = {}

    def add_marks() -> None:
        for path, place in sources.items():
            data = b"".join(blocks_of(_bytes_of(place, spool)))
            lost = _lost_marks(out / path, data)
            if lost:
                fewer[path] = place
                sources[path] = data.replace(b"</body>", lost + b"</body>")
        _write(out, sources, spool)

    def take_marks() -> None:
        _write(out, fewer, spool)
        if spool is not None:
            spool.close()

    return (add_marks, lambda: _write(out, pages, spool), take_marks)


def _bytes_of(place: Place | Bytes, spool: Spool | None) -> Bytes:
    if not isinstance(place, Place):
        return place
    assert spool is not None, "only what was spooled has a place"
    return spool.read(*place)


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


def _gone(
    old: Mapping[str, Row], shares: Sequence["_Share"], rest: Mapping[str, Row]
) -> tuple[str, ...]:
    kept = {path for path, row in rest.items() if row.content}
    kept |= {path for share in shares for path, row in share.rows.items() if row.content}
    return tuple(path for path in old if path not in kept)


def _read_begun(out: Path) -> tuple[str, ...]:
    """Return which files a build that was killed may have written; nothing if none was."""
    try:
        paths: Any = json.loads((out / BEGUN).read_bytes())
    except (OSError, ValueError, RecursionError):
        return ()
    listed = paths if isinstance(paths, list) else []
    return tuple(path for path in listed if is_text(path) and is_inside(path))


@dataclass(slots=True)
class _Share:
    """What became of the pages that one process took."""

    rows: dict[str, Row] = field(default_factory=dict)
    why: dict[str, str] = field(default_factory=dict)
    written: tuple[str, ...] = ()
    read: list[str] = field(default_factory=list)
    postponed: bool = False


class _Press:
    """Renders the pages that are not on disk as they should be; what is new waits in *fresh*."""

    def __init__(
        self,
        renderer: Renderer,
        frame: Frame,
        folder: str,
        old: Mapping[str, Row],
        past: Past,
        postpone: bool,
        spool: Spool | None,
    ) -> None:
        self._renderer = renderer
        self._frame = frame
        self._folder = folder
        self._old = old
        self._past = past
        self._postpone = postpone
        self._digests = past.digests
        self.spool = spool
        self.fresh: _Fresh = {}

    def bring(self, page: Page, done: _Share) -> None:
        """Render *page* if what is on disk is not what it would be."""
        renderer, old, paths = self._renderer, self._old, page.paths
        if self._postpone and page.can_wait and all(path in old for path in paths):
            done.rows.update({path: old[path]._replace(view="") for path in paths})
            done.postponed = True
            return
        closure = renderer.closure(page.template) if page.template else ""
        key = (renderer.engine, closure, self._view(page))
        rows = {path: row for path in paths if (row := old.get(path)) is not None}
        same = len(rows) == len(paths) and all(row[:3] == key for row in rows.values())
        if same and self._postpone:  # what others did to files is looked for when there is time
            done.rows.update(rows)
            return
        on_disk = {path: self._content(path, done) for path in paths}
        if same and all(row.content == on_disk[path] for path, row in rows.items()):
            done.rows.update(rows)
            return
        left = dict.fromkeys(paths)
        made = self._past.made(page)
        for path, data in render(page, renderer, self._frame) if made is None else made:
            left.pop(path)
            content = digest_content(data)
            done.rows[path] = Row(*key, content)
            if on_disk[path] != content:  # same bytes, same file, same time
                self.fresh[path] = self._hold(data)
        done.rows.update({path: Row(*key, "") for path in left})
        for path in paths:
            if reason := _stale(old.get(path), key, on_disk[path]):
                done.why[path] = reason

    def _hold(self, data: Bytes) -> Place | Bytes:
        """Return where *data* waits to be written; what is not in memory waits where it is."""
        if self.spool is None or not isinstance(data, bytes):
            return data
        return self.spool.add(data)

    def _view(self, page: Page) -> str:
        """Return the digest of what the page is made from."""
        if (known := self._past.views.get(page.path)) is not None:
            return known
        before = self._past.seen.get(page.path)
        if before is not None:  # comparing is quick where both are made of the same values
            last, view = before
            if last is page or (
                last.build is page.build and is_same(last.arguments, page.arguments)
            ):
                return view
        return view_of(page, self._digests)

    def _content(self, path: str, done: _Share) -> str:
        """Return the digest of what is on disk, empty where nothing is."""
        file = self._folder + path
        stamp = self._past.stamps.get(path)
        if stamp is not None and stamp_of(file) == tuple(stamp[:-1]):
            return str(stamp[-1])
        done.read.append(path)
        return digest_file(file)


def view_of(page: Page, digests: Digests) -> str:
    """Return the digest of what the page is made from."""
    return digests.of_parts((page.build.__qualname__, *page.arguments))


def render(page: Page, renderer: Renderer, frame: Frame) -> Iterable[tuple[str, Bytes]]:
    """Make a page's bytes from its arguments: yields path and content of each of its files."""
    view = page.build(*page.arguments)
    if page.template:
        yield page.path, renderer.render(page.template, view, frame)
    elif page.outputs:
        yield from view
    else:
        yield page.path, view


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


def _write(out: Path, fresh: _Fresh, spool: Spool | None = None) -> None:
    known: set[str] = set()
    for path in sorted(fresh):
        target = f"{out}{os.sep}{path}"
        try:
            _make_folder(out, path.rpartition("/")[0], known)
            write_whole(target, _bytes_of(fresh[path], spool))
        except OSError as problem:
            raise _stopped(f"write {target}", problem) from None


def _stopped(doing: str, problem: OSError) -> Failure:
    help = "every file on disk is whole; build again when this is mended"
    return Failure(f"cannot {doing}: {problem.strerror}", help=help)


def _make_folder(out: Path, folder: str, known: set[str]) -> None:
    """See that there is *folder* below *out*, and that no link in it leads out.

    What was seen is *known*; a folder that had to be made is no link.
    """
    if folder in known:
        return
    place = f"{out}{os.sep}{folder}" if folder else str(out)
    if folder:
        _make_folder(out, folder.rpartition("/")[0], known)
    try:
        os.mkdir(place)  # noqa: PTH102 - ten thousand times a build
    except FileNotFoundError:  # not even what the output folder is in
        out.mkdir(parents=True)
    except FileExistsError:
        if not os.path.isdir(place):  # noqa: PTH112
            raise
        linked = bool(folder) and os.path.islink(place)  # noqa: PTH114
        if linked and not Path(place).resolve().is_relative_to(out.resolve()):
            raise Failure(
                f"{place} leads out of {out}",
                help="remove the symbolic link; nothing is written outside the site",
            ) from None
    known.add(folder)


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
            raise _stopped(f"remove {out / path}", problem) from None
        with suppress(OSError):
            for folder in (out / path).parents:
                if folder == out:
                    break
                folder.rmdir()  # fails, and ends this, where something else is left in it
