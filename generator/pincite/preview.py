"""``pincite serve``: the pipeline in a loop, with what it parsed kept in memory."""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from pincite.amend.memory import Held, amend_held, hold
from pincite.amend.site import Amended
from pincite.base.diagnostics import Failure
from pincite.build import Checked, build
from pincite.memo import Memo
from pincite.options import Options
from pincite.publish import Published
from pincite.report import render_findings, summarise
from pincite.serve import Rebuild, Rebuilt
from pincite.serve.server import serve

_WATCHED = ("content", "templates", "seeds")
_MOST = 10  # warnings shown of one code: to write out thousands takes longer than the build


def preview(
    root: Path,
    out: Path,
    *,
    host: str,
    port: int,
    open_browser: bool,
    announce: Callable[[str], None],
) -> None:
    """Serve *out* and rebuild it with every change, until interrupted."""
    serve(
        root,
        out,
        rebuild_with_memo(root, out),
        tuple(root / name for name in _WATCHED),
        host=host,
        port=port,
        open_browser=open_browser,
        announce=announce,
    )


def rebuild_with_memo(root: Path, out: Path) -> Rebuild:
    """Return a rebuild that makes only what changed since it was last called.

    Data files are put off until nothing changes for a while: nobody looks at them meanwhile.
    """
    memo = Memo(lasting=True)
    holding: list[Held] = []  # what the last build that put nothing off made

    def rebuild(changed: frozenset[str] | None) -> Rebuilt:
        # Which names changed is not asked: files are compared, so that no change can be missed.
        options = Options(out=out, postpone=bool(changed))
        try:
            with _without_collecting():
                checked, published = _run(root, options, memo, holding)
        except Failure as failure:
            report = failure.message + (f"\n  help: {failure.help}" if failure.help else "")
            return Rebuilt(ok=False, changed=(), report=report, summary=failure.message)
        report = render_findings(
            checked.found, checked.texts, format="human", color=False, width=96, most=_MOST
        )
        if published is None:
            return Rebuilt(ok=False, changed=(), report=report, summary=summarise(checked.found))
        touched = (*published.written, *published.removed)
        summary = f"{len(touched)} files changed" if touched else "nothing changed"
        return Rebuilt(
            ok=True,
            changed=touched,
            report=report,
            summary=summary,
            unfinished=options.postpone,
        )

    return rebuild


def _run(
    root: Path, options: Options, memo: Memo, holding: list[Held]
) -> tuple[Checked | Amended, Published | None]:
    """Take the short way if it leads anywhere, else the whole one."""
    amended = amend_held(holding[0], options, memo) if holding and options.postpone else None
    if amended is not None:
        return amended, amended.published
    last = tuple(holding)
    holding.clear()
    checked, published = build(root, options, memo)
    if published is not None and not options.postpone:
        holding += hold(root, options, memo, checked, last)
    return checked, published


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Look for no cycles while a build makes values: they have none, and looking takes a third.

    What is kept afterwards is not looked through again; without cycles it is freed all the same.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()
