"""``pincite serve``: a preview that rebuilds and reloads with every save."""

from pathlib import Path

import click

from pincite.commands.shared import find_root, out_option, project_option


@click.command()
@project_option
@click.option("--port", type=click.IntRange(0, 65535), default=5500, help="0: any that is free.")
@click.option("--host", default="127.0.0.1", help="Address to listen on.")
@click.option("--open", "open_browser", is_flag=True, help="Open the site in a browser.")
@out_option
def serve(project: Path | None, port: int, host: str, open_browser: bool, out: Path | None) -> None:
    """Preview the site; it rebuilds and reloads with every save."""
    from pincite.preview import preview  # noqa: PLC0415

    root = find_root(project)
    preview(
        root,
        out or root / "site",
        host=host,
        port=port,
        open_browser=open_browser,
        announce=lambda text: click.echo(text, err=True),
    )
