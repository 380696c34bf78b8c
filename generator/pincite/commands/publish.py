"""``pincite publish``: a clean strict build, then the site to where its readers find it."""

import re
import sys
from collections.abc import Callable, Mapping
from functools import partial, reduce
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import click

from pincite.base.diagnostics import Failure
from pincite.commands.shared import find_root, print_findings, project_option, quiet_option

if TYPE_CHECKING:
    from pincite.publishing.difference import Target

_HOST = re.compile(r"(?!-)[A-Za-z0-9-]{1,63}(?:\.(?!-)[A-Za-z0-9-]{1,63})+")
_NOTHING: Mapping[str, bytes] = MappingProxyType({})
_NO_URL = (
    "note: content/site.yaml has no `url`, so there are no feeds, calendar, sitemap and cards, "
    "and the links of 404.html lead to the root of the host"
)
_COMMON = (
    project_option,
    click.option(
        "--dry-run", "-n", is_flag=True, help="List what would change, and change nothing."
    ),
    click.option(
        "--allow-removed", is_flag=True, help="Let published addresses of events lead nowhere."
    ),
    click.option(
        "--take-over", is_flag=True, help="Replace what is there, though it is no Pincite site."
    ),
    click.option(
        "--keep",
        multiple=True,
        metavar="PATH",
        help="Leave this file or folder at the place as it is; may be repeated.",
    ),
    quiet_option,
)
_precompress = click.option(
    "--precompress", is_flag=True, help="Add .gz files (and .br, with brotli) for the web server."
)


def _common(function: Callable[..., None]) -> Callable[..., None]:
    return reduce(lambda inner, option: option(inner), reversed(_COMMON), function)


@click.group()
def publish() -> None:
    """Publish the site, after a clean strict build.

    Exit code 1: the build found an error, or a published address would be lost; nothing was
    published.
    """


@publish.command("gh-pages")
@click.option("--branch", default="gh-pages", show_default=True, help="The branch to write.")
@click.option("--remote", default="origin", show_default=True, help="The remote to push to.")
@click.option("--cname", metavar="HOST", help="The site's own host name, kept as CNAME.")
@_common
def gh_pages(branch: str, remote: str, cname: str | None, **given: Any) -> None:
    """Commit the site to a branch of its own, and push it."""
    if cname is not None and not _HOST.fullmatch(cname):
        raise Failure(f"--cname {cname} is no name of a host", help="`timeline.example.org`")

    def at(root: Path, out: Path, title: str, keep: tuple[str, ...]) -> "Target":
        from pincite.publishing.branch import Branch  # noqa: PLC0415

        del out
        return Branch(root=root, remote=remote, branch=branch, title=title, keep=keep)

    _publish(at, extra={"CNAME": f"{cname}\n".encode()} if cname else _NOTHING, **given)


@publish.command()
@click.argument("target")
@_precompress
@_common
def rsync(target: str, **given: Any) -> None:
    """Bring TARGET, as in user@host:/srv/www/timeline, up to date with rsync."""

    def at(root: Path, out: Path, title: str, keep: tuple[str, ...]) -> "Target":
        from pincite.publishing.copying import remote_at  # noqa: PLC0415

        del root, out, title
        # rsync runs elsewhere, so a folder of this machine is named in full.
        local = ":" not in target.partition("/")[0] and not target.startswith("-")
        return remote_at(str(Path(target).absolute()) if local and target else target, keep)

    _publish(at, **given)


@publish.command("dir")
@click.argument("folder", type=click.Path(path_type=Path))
@_precompress
@_common
def folder(folder: Path, **given: Any) -> None:
    """Swap FOLDER as a whole; the one before stays beside it, hidden."""

    def at(root: Path, out: Path, title: str, keep: tuple[str, ...]) -> "Target":
        from pincite.publishing.folder import folder_at  # noqa: PLC0415

        del title
        return folder_at(folder, root, out, keep)

    _publish(at, **given)


@publish.command()
@click.argument("target")
@click.option("--endpoint", metavar="URL", help="A service that is not Amazon's.")
@_common
def s3(target: str, endpoint: str | None, **given: Any) -> None:
    """Bring TARGET, s3://bucket/folder, up to date. Only what changed is sent."""

    def at(root: Path, out: Path, title: str, keep: tuple[str, ...]) -> "Target":
        from pincite.publishing.bucket import bucket_at  # noqa: PLC0415

        del root, out, title
        return bucket_at(target, endpoint, keep)

    _publish(at, **given)


def _publish(
    at: Callable[[Path, Path, str, tuple[str, ...]], "Target"],
    *,
    project: Path | None,
    dry_run: bool,
    allow_removed: bool,
    take_over: bool,
    keep: tuple[str, ...],
    quiet: bool,
    precompress: bool = False,
    extra: Mapping[str, bytes] = _NOTHING,
) -> None:
    from pincite.build import build  # noqa: PLC0415 - a command pays for its needs
    from pincite.memo import Memo  # noqa: PLC0415 - a command pays for its needs
    from pincite.options import Options  # noqa: PLC0415 - a command pays for its needs
    from pincite.publishing.difference import KEPT  # noqa: PLC0415
    from pincite.publishing.publication import Wanted, publish_site  # noqa: PLC0415
    from pincite.publishing.say import say_addresses, say_lost, say_sum  # noqa: PLC0415

    root = find_root(project)
    out = root / "site"
    checked, published = build(root, Options(out=out, strict=True), Memo())
    print_findings(checked, "human", quiet=quiet)
    if published is None:
        click.echo("Nothing was published.", err=True)
        sys.exit(1)
    if not checked.corpus.config.url and not quiet:
        click.echo(_NO_URL, err=True)
    target = at(root, out, checked.corpus.config.title, (*KEPT, *keep))
    wanted = Wanted(
        dry_run=dry_run,
        allow_removed=allow_removed,
        take_over=take_over,
        precompress=precompress,
    )
    announce = partial(click.echo, err=True) if not quiet else lambda _: None
    publication = publish_site(
        root, out, published.contents, target, wanted, extra=extra, announce=announce
    )
    difference = publication.seen.difference
    if dry_run:
        for line in say_addresses(difference):
            click.echo(line)
    if publication.lost and not allow_removed:
        for line in say_lost(publication.lost):
            click.echo(line, err=True)
        click.echo("Nothing was published.", err=True)
        sys.exit(1)
    if not quiet:
        told = (
            f"{target.name}: {say_sum(difference)}" if difference else f"{target.name} is current"
        )
        click.echo(f"{told}.")
