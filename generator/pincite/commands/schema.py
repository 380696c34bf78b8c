"""``pincite schema``: JSON Schemas for editors."""

from pathlib import Path

import click

from pincite.base.diagnostics import Failure


@click.command()
@click.argument("name", required=False)
@click.option("--write", type=click.Path(file_okay=False, path_type=Path), help="Write all here.")
def schema(name: str | None, write: Path | None) -> None:
    """Print the JSON Schema of events, site, source, page or names, for editors."""
    from pincite.schemas import schema_texts, write_schemas  # noqa: PLC0415

    texts = schema_texts()
    if write is not None:
        for path in write_schemas(write):
            click.echo(path)
        return
    name = name or "events"
    if name not in texts:
        raise Failure(f"there is no schema `{name}`", help=f"there are {', '.join(texts)}")
    click.echo(texts[name], nl=False)
