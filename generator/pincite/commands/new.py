"""``pincite new``: a project to begin with, and what a host needs to publish it."""

from pathlib import Path
from shlex import quote

import click

from pincite.hosts import HOSTS


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--host", type=click.Choice(HOSTS), help="Write what this host needs, to a project as well."
)
def new(folder: Path, host: str | None) -> None:
    """Start a project in FOLDER, with a source, an event and a page to change.

    With --host, FOLDER may be a project already: only what the host needs is added.
    """
    from pincite.new import start_project  # noqa: PLC0415

    written = start_project(folder, host)
    if "content/site.yaml" in written:
        click.echo(f"A new timeline stands in {folder}: {len(written)} files.")
        click.echo(f"Next: cd {quote(str(folder))} && pincite serve --open")
    else:
        click.echo(f"Written for {host}, to be looked at and committed: {', '.join(written)}.")
