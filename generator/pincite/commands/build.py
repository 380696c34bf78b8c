"""``pincite build``: the site, proving every citation on the way."""

import gc
import sys
import time
from collections.abc import Callable
from pathlib import Path

import click

from pincite.commands.progress import showing_progress
from pincite.commands.shared import (
    check_url,
    find_root,
    format_option,
    out_option,
    print_findings,
    project_option,
    quiet_option,
    shown,
    strict_option,
)


@click.command()
@project_option
@format_option
@strict_option
@click.option("--jobs", "-j", type=click.IntRange(1, 64), default=None, help="Processes to use.")
@out_option
@click.option("--url", help="Canonical address, in place of site.yaml's.")
@click.option("--index-links", is_flag=True, help="Link to index.html, for reading from a disk.")
@quiet_option
@click.option("--verbose", "-v", is_flag=True, help="Say why each page was rebuilt.")
@click.option("--timings", is_flag=True, help="Say what each stage took.")
def build(
    project: Path | None,
    form: str,
    strict: bool,
    jobs: int | None,
    out: Path | None,
    url: str | None,
    index_links: bool,
    quiet: bool,
    verbose: bool,
    timings: bool,
) -> None:
    """Build the site, proving every citation on the way."""
    gc.disable()  # a build makes values and keeps them: collecting costs time and frees nothing
    root = find_root(project)
    out = out or root / "site"
    url = check_url(url)
    if not verbose:
        from pincite.unchanged import find_unchanged  # noqa: PLC0415 - a command pays for its needs

        rest = find_unchanged(root, out, repr((strict, url, index_links)))
        if rest is not None:
            print_findings(rest, form, quiet=quiet)
            if not quiet:
                click.echo(
                    f"{rest.files} files in {shown(out)}: nothing has changed.",
                    err=form != "human",
                )
            return

    from pincite.build import Options  # noqa: PLC0415
    from pincite.build import build as run  # noqa: PLC0415
    from pincite.memo import Memo  # noqa: PLC0415

    advance = say_times() if timings else lambda _: None
    with showing_progress(wanted=not quiet and not timings) as tell:
        options = Options(
            out=out,
            strict=strict,
            url=url,
            index_links=index_links,
            jobs=jobs,
            advance=advance,
            tell=tell,
        )
        checked, published = run(root, options, Memo())
    errors = print_findings(checked, form, quiet=quiet)
    if published is None:
        click.echo(f"Nothing was written: {shown(out)} is as it was.", err=True)
        sys.exit(1)
    if verbose:
        for path, reason in sorted(published.why.items()):
            click.echo(f"{path}: {reason}", err=True)
        for path in published.removed:
            click.echo(f"{path}: no longer planned, removed", err=True)
    if not quiet:
        click.echo(
            f"{len(published.contents)} files in {shown(out)}: {len(published.written)} written, "
            f"{len(published.removed)} removed, the rest unchanged.",
            err=form != "human",
        )
    sys.exit(1 if errors else 0)


def say_times() -> Callable[[str], None]:
    """Return what tells, on standard error, the time that each stage took."""
    last = time.perf_counter(), time.process_time()

    def advance(stage: str) -> None:
        nonlocal last
        now = time.perf_counter(), time.process_time()
        wall, used = now[0] - last[0], now[1] - last[1]
        click.echo(f"{stage:24}{wall:8.3f} s, of them computing {used:.3f} s", err=True)
        last = now

    return advance
