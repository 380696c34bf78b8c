"""What several commands share: finding the project, printing findings, options."""

import os
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

import click

from pincite.base.diagnostics import Diagnostic, Failure, Severity
from pincite.base.text import Text

_MOST = 10  # warnings of one code that people are shown
FORMATS = ("human", "short", "json", "github", "sarif")

project_option = click.option(
    "--project",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The project's folder (default: this one, or the first above it that is one).",
)
format_option = click.option(
    "--format", "form", type=click.Choice(FORMATS), default="human", help="How findings look."
)
strict_option = click.option("--strict", is_flag=True, help="Refuse what is cited without a proof.")
quiet_option = click.option("--quiet", "-q", is_flag=True, help="Say nothing but errors.")
out_option = click.option(
    "--out", type=click.Path(path_type=Path), help="Where to write (default: site/)."
)


class Findings(Protocol):
    """Anything that has findings, and the texts they speak of."""

    @property
    def found(self) -> tuple[Diagnostic, ...]: ...

    @property
    def texts(self) -> Mapping[str, Text]: ...


def find_root(project: Path | None) -> Path:
    from pincite.load.project import find_project  # noqa: PLC0415 - a command pays for its needs

    return find_project((project or Path.cwd()).absolute())


def print_findings(checked: Findings, form: str, *, quiet: bool, all: bool = False) -> int:
    """Print what was found; return how many are errors.

    Findings for people go beside the result, findings for machines are the result. For people
    many warnings of one code are counted, so that they hide no other, unless *all* are wanted.
    """
    errors = tuple(d for d in checked.found if d.severity is Severity.ERROR)
    found = errors if quiet else checked.found
    if form == "human" and not found:
        return 0
    from pincite.report import render_findings  # noqa: PLC0415 - a command pays for its needs

    terminal = form == "human" and sys.stderr.isatty()
    text = render_findings(
        found,
        checked.texts,
        format=form,
        color=terminal and not os.environ.get("NO_COLOR"),
        width=shutil.get_terminal_size((100, 24)).columns,
        most=None if all else _MOST,
    )
    if text:
        click.echo(text.rstrip("\n"), err=form == "human")
    return len(errors)


def check_url(url: str | None) -> str | None:
    """Return *url* if it can be a site's canonical address."""
    from pincite.base.scalars import parse_url  # noqa: PLC0415
    from pincite.base.schema import Problem  # noqa: PLC0415
    from pincite.load.records import SITE_URL  # noqa: PLC0415

    read = parse_url(url, SITE_URL) if url else url
    if isinstance(read, Problem):
        raise Failure(f"--url {url}: {read.message}", help=read.help)
    return url


def shown(path: Path) -> str:
    """Return *path* as people write it from here."""
    try:
        return f"{path.relative_to(Path.cwd())}{os.sep}"
    except ValueError:
        return f"{path}{os.sep}"
