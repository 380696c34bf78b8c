"""``pincite links``: look at originals and archives, and keep what was found."""

import gc
import sys
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import click

from pincite.base.diagnostics import Failure
from pincite.base.text import Text
from pincite.commands.shared import find_root, project_option
from pincite.links.record import write_links
from pincite.load.links import parse_links
from pincite.load.project import LINKS
from pincite.model import LinkState

_MOST_DAYS = 36_500


@click.command()
@click.option("--since", metavar="DATE|DAYS", default="", help="Leave what was looked at since.")
@click.option("--only", metavar="ID", multiple=True, help="Only this source; may be repeated.")
@click.option(
    "--delay",
    type=click.FloatRange(0, 600),
    default=2.0,
    show_default=True,
    help="Seconds between two requests to the same host.",
)
@click.option("--json", "as_json", is_flag=True, help="A JSON object in place of sentences.")
@click.option("--allow-private", is_flag=True, help="Look at private and loopback addresses too.")
@click.option("--quiet", "-q", is_flag=True, help="Say only what is not as it should be.")
@project_option
def links(
    since: str,
    only: tuple[str, ...],
    delay: float,
    as_json: bool,
    allow_private: bool,
    quiet: bool,
    project: Path | None,
) -> None:
    """Look whether originals and archives are alive and still hold the quoted words.

    This goes to the network, slowly, and heeds robots.txt. What is found is kept in
    content/links.yaml after each source, so that a run can be broken off; --since goes on with it.
    Exit code 1: something is gone, or words do not stand where they stood.
    """
    from pincite.authored import write_authored  # noqa: PLC0415
    from pincite.build import check_project  # noqa: PLC0415
    from pincite.links.look import (  # noqa: PLC0415
        LIMITS,
        World,
        addresses_of,
        look_at_sources,
        quotes_of,
    )
    from pincite.links.say import links_json, say_source, say_sum  # noqa: PLC0415
    from pincite.memo import Memo  # noqa: PLC0415
    from pincite.net.fetch import fetch  # noqa: PLC0415
    from pincite.options import Options  # noqa: PLC0415

    moment = _moment(since)
    root = find_root(project)
    corpus = check_project(root, Options(out=root / "site"), Memo()).corpus
    gc.collect()
    sources = {source.id: source for source in corpus.sources}
    for id in only:
        if id not in sources:
            raise Failure(f"there is no source `{id}`", help="its id is the name of its file")
    chosen = tuple(source for source in corpus.sources if not only or source.id in only)
    before, known = _read(root)
    # Of sources and addresses that are not there any more nothing is kept.
    kept: dict[str, tuple[LinkState, ...]] = {}
    for id, states in known.items():
        if id in sources:
            urls = {url for _, url in addresses_of(sources[id])}
            kept[id] = tuple(state for state in states if state.url in urls)
    kept = {id: states for id, states in kept.items() if states}
    world = World(
        fetch=lambda method, url: fetch(
            url, limits=LIMITS, allow_private=allow_private, method=method
        ),
        now=lambda: datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        clock=time.monotonic,
        sleep=time.sleep,
        delay=delay,
    )
    for id, states in look_at_sources(chosen, quotes_of(corpus), known, world, since=moment):
        kept[id] = states
        fresh = write_links(kept)
        write_authored(root, LINKS, fresh, before=before)
        before = fresh
        if not as_json and (not quiet or any(map(_is_bad, states))):
            click.echo(say_source(sources[id], states))
    seen = {source.id: kept[source.id] for source in chosen if source.id in kept}
    if as_json:
        click.echo(links_json(seen, chosen))
    elif not quiet:
        click.echo(say_sum(seen))
    sys.exit(1 if any(_is_bad(state) for states in seen.values() for state in states) else 0)


def _is_bad(link: LinkState) -> bool:
    return link.state == "gone" or bool(link.lost)


def _read(root: Path) -> tuple[bytes | None, dict[str, tuple[LinkState, ...]]]:
    """Return the file as it is, and what it says."""
    try:
        data = (root / LINKS).read_bytes()
        value = data.decode("utf-8-sig")
    except FileNotFoundError:
        return None, {}
    except (OSError, UnicodeDecodeError):
        raise Failure(
            f"cannot read {root / LINKS}", help="it may be deleted; it is made anew"
        ) from None
    known, found = parse_links(Text(LINKS, value))
    if found:
        raise Failure(
            f"{LINKS} is not as `pincite links` writes it: {found[0].message}",
            help="it may be deleted; all is then looked at anew",
        )
    return data, known


def _moment(since: str) -> str:
    """Return --since as a timestamp that compares with those of the file; empty stays empty."""
    if not since:
        return ""
    try:
        if since.isdecimal() and len(since) <= 5 and int(since) <= _MOST_DAYS:
            moment = datetime.now(UTC) - timedelta(days=int(since))
            return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
        return date.fromisoformat(since).isoformat()
    except ValueError:
        raise Failure(
            f"--since {since} is neither a day nor a number of days",
            help="`--since 2025-02-07`, or `--since 30`",
        ) from None
