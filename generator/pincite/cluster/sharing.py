"""Lets a cluster render the pages of a build; the builder writes them, as it does its own.

Workers leave what they rendered in a folder below .pincite/, on the disk that all share. A page
that cannot be had from there is rendered by the builder.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from tempfile import mkdtemp
from typing import TypeAlias

from pincite.base.digest import digest_bytes
from pincite.build import Checked
from pincite.cluster.scheduler import Cluster, connected
from pincite.cluster.tasks import (
    Job,
    Rendered,
    Span,
    digest_plan,
    forget,
    in_order,
    read_span,
    render_some,
)
from pincite.disk import STATE, discard
from pincite.options import Options
from pincite.plan.page import Page
from pincite.publish import Past, Seen
from pincite.store.home import Home

_Made: TypeAlias = Callable[[Page], tuple[tuple[str, bytes], ...] | None]

_EACH = 8  # tasks for each worker, so that none waits long for the last one
_FEWEST, _MOST = 16, 512  # pages of a task


@contextmanager
def shared(
    address: str,
    root: Path,
    options: Options,
    home: Home,
    inputs: str,
    checked: Checked,
    past: Past,
) -> Iterator[Past]:
    """Have the pages of *checked* rendered by the cluster at *address*; yield it besides *past*.

    What was rendered is gone at the end. *inputs* is the digest of what the builder read. Raises
    Failure, a fault of a template too.
    """
    pages = in_order(checked.plan.pages) if checked.plan else ()
    place = digest_bytes(str(options.out.resolve()).encode(errors="surrogateescape"))[:12]
    for left in (root / STATE).glob(f"cluster-{place}-*"):  # by a build that was killed
        discard(left)
    spool = Path(mkdtemp(prefix=f"cluster-{place}-", dir=root / STATE))
    spool.chmod((root / STATE).stat().st_mode & 0o777)  # workers may be other users
    job = Job(
        root=root,
        out=options.out,
        spool=spool,
        strict=options.strict,
        url=options.url,
        index_links=options.index_links,
        engine=home.engine,
        inputs=inputs,
        pages=digest_plan(pages),
    )
    try:
        with connected(address) as cluster:
            seen, made = _gather(cluster, job, pages, options.tell)
            cluster.tell_all(forget)
        yield replace(past, seen=seen, made=made)
    finally:
        discard(spool)


def _gather(
    cluster: Cluster, job: Job, pages: tuple[Page, ...], tell: Callable[[int, int], None]
) -> tuple[Seen, _Made]:
    tasks = list(_cut(pages, cluster.workers()))
    seen: dict[str, tuple[Page, str]] = {}
    found: dict[str, tuple[str, tuple[Span, ...]]] = {}
    done = 0
    told = [(job, start, stop) for start, stop in tasks]
    for at, rendered in cluster.each(render_some, told):
        start, stop = tasks[at]
        _note(pages[start:stop], rendered, seen, found)
        done += stop - start
        tell(done, len(pages))
    return seen, partial(_find, job.spool, found)


def _cut(pages: tuple[Page, ...], workers: int) -> Iterator[tuple[int, int]]:
    """Cut the pages into tasks; what is made of everything is a task of its own."""
    alone = sum(bool(page.outputs) for page in pages)
    yield from ((at, at + 1) for at in range(alone))
    size = min(_MOST, max(_FEWEST, -(-len(pages) // (workers * _EACH))))
    yield from ((at, min(at + size, len(pages))) for at in range(alone, len(pages), size))


def _note(
    pages: tuple[Page, ...],
    rendered: Rendered,
    seen: dict[str, tuple[Page, str]],
    found: dict[str, tuple[str, tuple[Span, ...]]],
) -> None:
    for page, view, spans in zip(pages, rendered.views, rendered.spans, strict=True):
        seen[page.path] = (page, view)
        if spans is not None:
            found[page.path] = (rendered.spool, spans)


def _find(
    spool: Path, found: Mapping[str, tuple[str, tuple[Span, ...]]], page: Page
) -> tuple[tuple[str, bytes], ...] | None:
    name, spans = found.get(page.path, ("", None))
    if spans is None:
        return None
    read = ((span.path, read_span(spool, name, span)) for span in spans)
    made = tuple((path, data) for path, data in read if data is not None)
    return made if len(made) == len(spans) else None
