"""``pincite check``: everything is checked and nothing is written."""

import gc
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

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
def check(
    project: Path | None, form: str, strict: bool, quiet: bool, all_: bool, fix: bool
) -> None:
    """Check everything and write nothing, unless it is told to fix."""
    from pincite.build import Options, check_project  # noqa: PLC0415
    from pincite.memo import Memo  # noqa: PLC0415

    gc.disable()
    root = find_root(project)
    options = Options(out=root / "site", strict=strict)
    checked = check_project(root, options, Memo())
    if fix and _fix(root, checked):
        checked = check_project(root, options, Memo())
    errors = print_findings(checked, form, quiet=quiet, all=all_)
    if not errors and not quiet and form == "human":
        events = checked.corpus.events
        citations = sum(len(claim.citations) for event in events for claim in event.claims)
        click.echo(f"Events: {len(events)}. Citations: {citations}, and all of them hold.")
    sys.exit(1 if errors else 0)


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
