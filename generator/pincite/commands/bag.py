"""``pincite bag``: a copy for an archive, of the site and of all that it was made from."""

import os
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import click

from pincite.base.diagnostics import Failure
from pincite.commands.shared import (
    check_url,
    find_root,
    print_findings,
    project_option,
    quiet_option,
    strict_option,
)


@click.command()
@click.argument("place", type=click.Path(path_type=Path))
@click.option("--wacz", is_flag=True, help="A web archive of the site, in place of a bag.")
@strict_option
@click.option("--url", help="Canonical address, in place of site.yaml's.")
@quiet_option
@project_option
def bag(
    place: Path, wacz: bool, strict: bool, url: str | None, quiet: bool, project: Path | None
) -> None:
    """Build, and write a copy for an archive to PLACE, a folder that is not there yet.

    A bag holds the site, content/, seeds/ and templates/ with their checksums. With --wacz, PLACE
    is a file that web archives and ReplayWeb.page can show.
    """
    from pincite.build import build  # noqa: PLC0415 - a command pays for its needs
    from pincite.memo import Memo  # noqa: PLC0415 - a command pays for its needs
    from pincite.options import Options  # noqa: PLC0415 - a command pays for its needs

    root = find_root(project)
    out = root / "site"
    moment = _moment()
    options = Options(out=out, strict=strict, url=check_url(url))
    checked, published = build(root, options, Memo())
    print_findings(checked, "human", quiet=quiet)
    if published is None:
        click.echo("Nothing was written.", err=True)
        sys.exit(1)
    config = checked.corpus.config
    if wacz:
        from pincite.bagging.wacz import write_wacz  # noqa: PLC0415

        count = write_wacz(out, published.contents, place, config, moment)
        told = f"{place}: a web archive of {count} addresses."
    else:
        from pincite.bagging.bag import write_bag  # noqa: PLC0415

        day = moment.date().isoformat()
        count = write_bag(root, out, published.contents, place, config, day)
        told = f"{place}: a bag of {count} files, each with its SHA-256."
    if not quiet:
        click.echo(told)


def _moment() -> datetime:
    """Return now, or the moment that SOURCE_DATE_EPOCH names, for the same bytes another time."""
    named = os.environ.get("SOURCE_DATE_EPOCH")
    try:
        return datetime.fromtimestamp(int(named) if named else int(time.time()), UTC)
    except (ValueError, OverflowError, OSError):
        raise Failure(
            f"SOURCE_DATE_EPOCH={named} is not a number of seconds", help="as `date +%s` prints"
        ) from None
