"""``pincite new``: a project to begin with."""

from pathlib import Path

import click


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
def new(folder: Path) -> None:
    """Start a project in FOLDER, with a source, an event and a page to change."""
    from pincite.new import start_project  # noqa: PLC0415

    written = start_project(folder)
    click.echo(f"A new timeline stands in {folder}: {len(written)} files.")
    click.echo(f"Next: cd {folder} && pincite serve --open")
