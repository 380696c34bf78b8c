"""What a worker does: it plans the site as the builder did, and renders some of its pages.

The project is on a disk that all share. What was linked is recalled from there, so planning again
costs little; whatever differs from the builder's plan is refused.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import NamedTuple
from uuid import uuid4

from pincite.again import Again
from pincite.base.content import blocks_of
from pincite.base.diagnostics import Failure
from pincite.base.digest import Digests, digest
from pincite.build import check_project
from pincite.disk import read_left, write_whole
from pincite.manifest import Row, read_manifest
from pincite.memo import Memo
from pincite.options import Options
from pincite.plan.page import Page
from pincite.plan.views import Frame
from pincite.publish import render, view_of
from pincite.render.engine import Renderer, Theme
from pincite.store.home import Home
from pincite.unchanged import engine_digest, inputs_before


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One build, as its builder tells of it. *root*, *out* and *spool* are on the shared disk."""

    root: Path
    out: Path
    spool: Path
    strict: bool
    url: str | None
    index_links: bool
    engine: str  # digest of the program
    inputs: str  # digest of all that the builder read
    pages: str  # digest of what it planned


class Span(NamedTuple):
    """Bytes of one file of the site, in a file of the spool."""

    path: str
    start: int
    size: int


class Rendered(NamedTuple):
    """Some pages: the digest of what each is made from, and its files where it was rendered."""

    spool: str  # name of the file
    views: tuple[str, ...]
    spans: tuple[tuple[Span, ...] | None, ...]


def in_order(pages: Sequence[Page]) -> tuple[Page, ...]:
    """Return the pages as tasks count them: what is made of everything takes longest."""
    return tuple(sorted(pages, key=lambda page: not page.outputs))


def digest_plan(pages: Sequence[Page]) -> str:
    """Return a digest that tells one plan from another, but for what pages are made from."""
    return digest(tuple((page.path, page.template, page.outputs) for page in pages))


def render_some(job: Job, start: int, stop: int) -> Rendered | Failure:
    """Render those of the pages from *start* to *stop* that were not published before."""
    try:
        planned = _plan_again(job)
        with planned.lock:  # a renderer serves one thread
            return _render(job, planned, start, stop)
    except Failure as failure:
        return failure  # a value, so that it is not tried again


def forget() -> None:
    """Let go of the last plan."""
    _plan_again.cache_clear()


class _Planned(NamedTuple):
    pages: tuple[Page, ...]
    renderer: Renderer
    frame: Frame
    digests: Digests
    old: dict[str, Row]
    lock: Lock


@lru_cache(maxsize=1)
def _plan_again(job: Job) -> _Planned:
    """Plan the site, once for all tasks of a build."""
    if engine_digest() != job.engine:
        raise Failure(
            "a worker has another program than the builder",
            help="install the same version of Pincite and of its libraries in both places",
        )
    if not (job.root / "content").is_dir():
        raise Failure(
            f"a worker does not see {job.root}",
            help="the project has to be on a disk that all machines have at the same path",
        )
    if inputs_before(job.root, Again()) != job.inputs:
        raise Failure(
            "a worker sees other files in the project than the builder",
            help="if the project was edited meanwhile, build again",
        )
    options = Options(
        out=job.out,
        strict=job.strict,
        url=job.url,
        index_links=job.index_links,
        jobs=1,
        postpone=True,  # the builder keeps what is linked
    )
    home = Home(
        root=job.root,
        out=job.out,
        settings=options.settings,
        engine=job.engine,
        stamps=read_left(job.root, job.out).get("stamps", {}),
    )
    checked = check_project(job.root, options, Memo(), home)
    pages = in_order(checked.plan.pages) if checked.plan else ()
    if checked.plan is None or digest_plan(pages) != job.pages:
        raise Failure("a worker planned another site than the builder", help="build again")
    return _Planned(
        pages,
        Renderer(Theme(files=checked.inputs.theme), job.engine),
        checked.plan.site.frame,
        checked.digests,
        read_manifest(job.out),
        Lock(),
    )


def _render(job: Job, planned: _Planned, start: int, stop: int) -> Rendered:
    views: list[str] = []
    spans: list[tuple[Span, ...] | None] = []
    spooled = bytearray()
    for page in planned.pages[start:stop]:
        view = view_of(page, planned.digests)
        views.append(view)
        if _is_published(page, view, planned):
            spans.append(None)
            continue
        made: list[Span] = []
        for path, data in render(page, planned.renderer, planned.frame):
            start = len(spooled)
            for block in blocks_of(data):
                spooled += block
            made.append(Span(path, start, len(spooled) - start))
        spans.append(tuple(made))
    name = f"{start}-{uuid4().hex}" if spooled else ""
    if name:
        try:
            write_whole(job.spool / name, bytes(spooled))
        except OSError as problem:
            raise Failure(
                f"a worker cannot write to {job.spool}: {problem.strerror}",
                help="the project has to be on a disk that all machines can write to",
            ) from None
    return Rendered(name, tuple(views), tuple(spans))


def _is_published(page: Page, view: str, planned: _Planned) -> bool:
    """Whether the last build made the same; the builder sees whether it is still there."""
    renderer = planned.renderer
    key = (renderer.engine, renderer.closure(page.template) if page.template else "", view)
    rows = [planned.old.get(path) for path in page.paths]
    return all(row is not None and tuple(row)[:3] == key for row in rows)


def read_span(spool: Path, name: str, span: Span) -> bytes | None:
    """Return the bytes of a file, None where they cannot be had."""
    with suppress(OSError), (spool / name).open("rb") as file:
        file.seek(span.start)
        data = file.read(span.size)
        return data if len(data) == span.size else None
    return None
