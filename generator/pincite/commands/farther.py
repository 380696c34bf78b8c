"""What ``pincite build`` needs beyond this machine: places that are no folder, and a cluster."""

import re
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pincite.base.diagnostics import Failure
from pincite.base.digest import digest_bytes
from pincite.disk import STATE

if TYPE_CHECKING:
    from pincite.publishing.anywhere import Place

_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")


class Out(click.ParamType[Path | str]):
    """A folder, or the address of a place that fsspec knows, which stays a string."""

    name = "path"

    def convert(self, value: Any, param: Any, ctx: Any) -> Path | str:
        del param, ctx
        return str(value) if _ADDRESS.match(str(value)) else Path(value)


def find_out(root: Path, out: Path | str | None) -> "tuple[Path, Place | None]":
    """Return the folder to build in, and the place to send it to, if it is not that folder."""
    if not isinstance(out, str):
        return out or root / "site", None
    from pincite.publishing.anywhere import place_at  # noqa: PLC0415 - a command pays for its needs

    return root / STATE / f"out-{digest_bytes(out.encode())[:12]}", place_at(out)


def options_of_cluster(address: str | None) -> dict[str, Any]:
    """Return what is told a build besides, to have its pages rendered at *address*."""
    if address is None:
        return {}
    if find_spec("distributed") is None:
        raise Failure(
            "--cluster needs Dask", help="pip install 'pincite[cluster]', here and for each worker"
        )
    from pincite.cluster.sharing import shared  # noqa: PLC0415

    return {"elsewhere": partial(shared, address)}


def bring(folder: Path, place: "Place | None", *, quiet: bool, err: bool) -> None:
    """Send *folder* to *place*, and say what was sent."""
    if place is None:
        return
    from pincite.publishing.anywhere import send  # noqa: PLC0415

    sent = send(folder, place)
    if not quiet:
        click.echo(f"{place.name}: {sent.written} written, {sent.removed} removed.", err=err)
