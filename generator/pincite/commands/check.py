"""``pincite check``: everything is checked and nothing is written."""

import gc
import sys
from pathlib import Path

import click

from pincite.commands.shared import (
    find_root,
    format_option,
    print_findings,
    project_option,
    quiet_option,
    strict_option,
)


@click.command()
@project_option
@format_option
@strict_option
@quiet_option
def check(project: Path | None, form: str, strict: bool, quiet: bool) -> None:
    """Check everything and write nothing."""
    from pincite.build import Memo, Options, check_project  # noqa: PLC0415

    gc.disable()
    root = find_root(project)
    checked = check_project(root, Options(out=root / "site", strict=strict), Memo())
    errors = print_findings(checked, form, quiet=quiet)
    if not errors and not quiet and form == "human":
        events = checked.corpus.events
        citations = sum(len(claim.citations) for event in events for claim in event.claims)
        click.echo(f"Events: {len(events)}. Citations: {citations}, and all of them hold.")
    sys.exit(1 if errors else 0)
