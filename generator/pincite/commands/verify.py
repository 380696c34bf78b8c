"""``pincite verify DIR|URL``: recompute the proof of a published site from its own files."""

import sys
from pathlib import Path

import click

from pincite.base.diagnostics import Failure


@click.command()
@click.argument("site")
@click.option("--json", "as_json", is_flag=True, help="A JSON object in place of sentences.")
@click.option(
    "--delay",
    type=click.FloatRange(0, 60),
    default=0.05,
    show_default=True,
    help="Seconds between two requests to a site on the web.",
)
@click.option("--quiet", "-q", is_flag=True, help="Say nothing when the proof holds.")
def verify(site: str, as_json: bool, delay: float, quiet: bool) -> None:
    """Recompute the whole proof of SITE, a folder or an address, from its own files alone.

    Exit code 0: the proof holds. 1: something published is not what it should be. 2: the site
    cannot be read.
    """
    from pincite.verify import Folder, Place, Web, verify_site  # noqa: PLC0415
    from pincite.verify.say import say_verdict, verdict_json  # noqa: PLC0415

    place: Place
    if site.lower().startswith(("http://", "https://")):
        place = Web(site, delay=delay)
    elif Path(site).is_dir():
        place = Folder(Path(site))
    else:
        raise Failure(
            f"{site} is neither a folder nor an address of the web",
            help="`pincite verify site`, or `pincite verify https://example.org/timeline/`",
        )
    shows = sys.stderr.isatty() and not quiet and not as_json

    def advance(done: int, known: int) -> None:
        if shows and (done % 100 == 0 or done == known):
            click.echo(f"\r{done:,} of {known:,} pages", nl=False, err=True)

    verdict = verify_site(place, advance=advance)
    if shows:
        click.echo("\r" + " " * 40 + "\r", nl=False, err=True)
    if as_json:
        click.echo(verdict_json(verdict))
    elif verdict.faults or not quiet:
        click.echo(say_verdict(verdict))
    sys.exit(1 if verdict.faults else 0)
