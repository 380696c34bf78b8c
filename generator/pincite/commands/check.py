"""``pincite check``: everything is checked and nothing is written."""

import gc
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pincite.base.diagnostics import Failure
from pincite.commands.shared import (
    find_root,
    format_option,
    print_findings,
    project_option,
    quiet_option,
    strict_option,
)

if TYPE_CHECKING:  # the pipeline is loaded when the command runs
    from pincite.build import Checked


@click.command()
@project_option
@format_option
@strict_option
@quiet_option
@click.option("--all", "all_", is_flag=True, help="Show every warning, on a terminal too.")
@click.option("--fix", is_flag=True, help="Put right what needs no judgement, in the files.")
@click.option(
    "--published",
    metavar="SITE",
    is_flag=False,
    flag_value="",
    help="Also compare with what is published, at the site's own address or at SITE: no address "
    "of an event may be lost.",
)
def check(
    project: Path | None,
    form: str,
    strict: bool,
    quiet: bool,
    all_: bool,
    fix: bool,
    published: str | None,
) -> None:
    """Check everything and write nothing, unless it is told to fix."""
    from pincite.build import check_project  # noqa: PLC0415
    from pincite.memo import Memo  # noqa: PLC0415
    from pincite.options import Options  # noqa: PLC0415

    gc.disable()
    root = find_root(project)
    options = Options(out=root / "site", strict=strict)
    checked = check_project(root, options, Memo())
    if fix and _fix(root, checked):
        checked = check_project(root, options, Memo())
    errors = print_findings(checked, form, quiet=quiet, all=all_ or not sys.stderr.isatty())
    if published is not None:
        errors += _compare(checked, published, strict=strict)
    if not errors and not quiet and form == "human":
        events = checked.corpus.events
        citations = sum(len(claim.citations) for event in events for claim in event.claims)
        click.echo(f"Events: {len(events)}. Citations: {citations}, and all of them hold.")
    sys.exit(1 if errors else 0)


def _compare(checked: "Checked", site: str, *, strict: bool) -> int:
    """Say which published addresses would be lost; return how many errors that is."""
    from pincite.commands.editions import (  # noqa: PLC0415
        event_ids,
        find_published,
        source_ids,
    )
    from pincite.net.fetch import Unfetchable  # noqa: PLC0415
    from pincite.publishing.say import say_lost  # noqa: PLC0415

    site = site or checked.corpus.config.url
    if not site:
        raise Failure(
            "content/site.yaml has no `url`, so nobody knows where the site is published",
            help="`--published https://example.org/timeline/`, or the folder of what is published",
        )
    try:
        edition = find_published(site)
    except Unfetchable as problem:
        # Before the first time there may be no such host; a site that is down can be mended.
        click.echo(
            f"{'error' if strict else 'warning'}: {site} was not compared: {problem.message}",
            err=True,
        )
        return int(strict)
    if edition is None:
        click.echo(f"Nothing has been published at {site} yet.", err=True)
        return 0
    here = {id for event in checked.corpus.events for id in (event.id, *event.aliases)}
    lost = tuple(f"events/{id}/" for id in event_ids(edition) if id not in here)
    sources = {source.id for source in checked.corpus.sources}
    lost += tuple(f"sources/{id}/" for id in source_ids(edition) if id not in sources)
    for line in say_lost(lost, way_out="") if lost else ():
        click.echo(line, err=True)
    return len(lost)


def _fix(root: Path, checked: "Checked") -> bool:
    """Write what can be mended; say what was done, and what was left and why."""
    from pincite.authored import write_authored  # noqa: PLC0415
    from pincite.fixing import find_fixes  # noqa: PLC0415

    fixes = find_fixes(checked)
    for path, text in fixes.texts.items():
        write_authored(root, path, text.encode(), before=checked.texts[path].value)
    for span, what in (*fixes.done, *fixes.left):
        line, column = checked.texts[span.path].locate(span.start)
        click.echo(f"{span.path}:{line}:{column}: {what}", err=True)
    return bool(fixes.texts)
