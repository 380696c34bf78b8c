"""``pincite build``: the site, proving every citation on the way."""

import gc
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pincite.commands.farther import Out, bring, find_out, options_of_cluster
from pincite.commands.progress import showing_progress
from pincite.commands.shared import (
    Findings,
    check_url,
    find_root,
    format_option,
    print_findings,
    project_option,
    quiet_option,
    shown,
    strict_option,
)

if TYPE_CHECKING:
    from pincite.publish import Published


@click.command()
@project_option
@format_option
@strict_option
@click.option("--jobs", "-j", type=click.IntRange(1, 64), default=None, help="Processes to use.")
@click.option("--out", type=Out(), help="Where to write (default: site/): a folder or an address.")
@click.option("--cluster", metavar="ADDRESS", help="Scheduler of a Dask cluster that renders.")
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
    out: Path | str | None,
    cluster: str | None,
    url: str | None,
    index_links: bool,
    quiet: bool,
    verbose: bool,
    timings: bool,
) -> None:
    """Build the site, proving every citation on the way."""
    gc.disable()  # a build makes values and keeps them: collecting costs time and frees nothing
    root = find_root(project)
    folder, place = find_out(root, out)
    url = check_url(url)
    seen = None
    if not verbose:
        from pincite.unchanged import find_unchanged, look  # noqa: PLC0415 - a command pays for it

        seen = look(root, folder, repr((strict, url, index_links)))
        rest = find_unchanged(root, folder, seen, quiet=quiet)
        if rest is not None:
            print_findings(rest, form, quiet=quiet)
            if not quiet:
                click.echo(
                    f"{rest.files} files in {shown(folder)}: nothing has changed.",
                    err=form != "human",
                )
            bring(folder, place, quiet=quiet, err=form != "human")
            return

    from pincite.amend.process import amend  # noqa: PLC0415
    from pincite.options import Options  # noqa: PLC0415

    advance = say_times() if timings else lambda _: None
    with showing_progress(wanted=not quiet and not timings) as tell:
        options = Options(
            out=folder,
            strict=strict,
            url=url,
            index_links=index_links,
            jobs=None if cluster else jobs,  # what it leaves behind forbids forking
            advance=advance,
            tell=tell,
            **options_of_cluster(cluster),
        )
        checked: Findings
        published: Published | None
        amended = amend(root, options, seen) if cluster is None else None
        if amended is not None:
            checked, published = amended, amended.published
        else:
            from pincite.build import build as run  # noqa: PLC0415
            from pincite.memo import Memo  # noqa: PLC0415

            checked, published = run(root, options, Memo())
    errors = print_findings(checked, form, quiet=quiet)
    if published is None:
        click.echo(
            f"Nothing was written: {place.name if place else shown(folder)} is as it was.", err=True
        )
        sys.exit(1)
    if verbose:
        for path, reason in sorted(published.why.items()):
            click.echo(f"{path}: {reason}", err=True)
        for path in published.removed:
            click.echo(f"{path}: no longer planned, removed", err=True)
    if not quiet:
        click.echo(
            f"{len(published.contents)} files in {shown(folder)}: "
            f"{len(published.written)} written, {len(published.removed)} removed, "
            "the rest unchanged.",
            err=form != "human",
        )
    bring(folder, place, quiet=quiet, err=form != "human")
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
