"""A project in a folder of its own, and the few verbs that the tests of the pipeline need."""

import ctypes
import os
import shutil
from functools import cache
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import unquote

from bs4 import BeautifulSoup

from pincite.amend.process import amend
from pincite.base.diagnostics import Severity
from pincite.build import build, check_project
from pincite.disk import BEGUN, MANIFEST
from pincite.memo import Memo
from pincite.options import Options
from pincite.report import render_findings
from pincite.unchanged import look

ROOT = Path(__file__).parents[1]
SITES = ("everything", "example", "hostile", "minimal")

SITE = """\
format: pincite/1
title: The harbour
url: https://example.org/harbour/
republish: full
warnings: {single-source: ignore, source-unused: ignore}
"""

ARTICLE = (
    "The harbour bridge will close to lorries from 3 March 2025, the council said.",
    "Engineers found cracks in two of its twelve pillars in late January.",
    "The repairs are expected to take about six months.",
)


def article(*paragraphs: str) -> str:
    """Return the snapshot of an article of *paragraphs*."""
    return "\n\n".join(paragraphs) + "\n"


def source(*paragraphs: str, title: str = "Bridge to close", snapshot: str = "", more: str = ""):
    """Return a file of content/sources that nothing is missing from."""
    front = [f"title: {title}", "retrieved_at: 2025-02-12T09:30:00Z"]
    front += ["archives: [{url: https://archive.example/1}]", "publisher: The Gazette"]
    if snapshot:
        digest = sha256(article(*paragraphs).encode()).hexdigest()
        front += [f"snapshot: {snapshot}", f"sha256: {digest}"]
    body = "\n\n".join(f"[p{n}] {text}" for n, text in enumerate(paragraphs, 1))
    return "---\n" + "\n".join(front) + "\n" + more + "---\n\n" + body + "\n"


def event(
    id: str,
    quote: str = "cracks in two of its twelve pillars",
    *,
    source: str = "bridge",
    date: str = "2025-01",
    title: str = "Cracks are found",
    more: str = "",
) -> str:
    """Return one item of a file of events; *more* are lines of other keys, indented by two."""
    return (
        f"- id: {id}\n  date: {date}\n  title: {title}\n{more}"
        f"  cite: {{source: {source}, quote: {quote}}}\n"
    )


class Site:
    """Write files, build with the real pipeline, look at what came out."""

    def __init__(self, root: Path, *, bare: bool = False) -> None:
        self.root = root
        self.out = root / "site"
        self.memo = Memo()
        root.mkdir(parents=True, exist_ok=True)
        if not bare:
            self.write("content/site.yaml", SITE)
            self.write("content/sources/bridge.md", source(*ARTICLE, snapshot="seeds/bridge.txt"))
            self.write("seeds/bridge.txt", article(*ARTICLE))

    def write(self, path: str, value: str | bytes) -> "Site":
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(value if isinstance(value, bytes) else value.encode())
        return self

    def edit(self, path: str, old: str, new: str) -> "Site":
        text = (self.root / path).read_text("utf-8")
        assert old in text, f"{old!r} is not in {path}"
        return self.write(path, text.replace(old, new, 1))

    def remove(self, path: str) -> "Site":
        (self.root / path).unlink()
        return self

    def copy_from(self, folder: Path) -> "Site":
        """Bring the inputs of another project here."""
        for name in ("content", "seeds", "templates"):
            shutil.rmtree(self.root / name, ignore_errors=True)
            if (folder / name).is_dir():
                shutil.copytree(folder / name, self.root / name, symlinks=True)
        return self

    def build(self, *, warm: bool = False, **options) -> "Site":
        if not warm:
            self.memo = Memo()
        self.checked, self.published = build(self.root, Options(out=self.out, **options), self.memo)
        return self

    def amend(self, **options) -> bool:
        """Take the short way; say whether it led anywhere."""
        given = Options(out=self.out, **options)
        made = amend(self.root, given, look(self.root, self.out, given.settings))
        if made is not None:
            self.checked, self.published = made, made.published
        return made is not None

    def check(self, **options) -> "Site":
        self.checked = check_project(self.root, Options(out=self.out, **options), Memo())
        self.published = None
        return self

    @property
    def report(self) -> str:
        """All findings, a line each."""
        return render_findings(
            self.checked.found, self.checked.texts, format="short", color=False, width=80
        )

    @property
    def errors(self) -> list[str]:
        return [d.code for d in self.checked.found if d.severity is Severity.ERROR]

    @property
    def rendered(self) -> dict[str, str]:
        """The pages that the last build rendered, and why."""
        assert self.published is not None, self.report
        return self.published.why

    def output(self) -> dict[str, bytes]:
        return read_folder(self.out)

    def page(self, path: str) -> BeautifulSoup:
        return BeautifulSoup((self.out / path).read_bytes(), "html.parser")


def give_up_rights() -> None:
    """Let this process, if it is root's, read and write no more than its files allow their owner.

    What it starts has no more.
    """
    if os.geteuid():
        return
    libc = ctypes.CDLL(None, use_errno=True)
    lose = (1, 2)  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH
    for right in lose:
        assert libc.prctl(24, right, 0, 0, 0) == 0  # PR_CAPBSET_DROP: for what is started
    header = (ctypes.c_uint32 * 2)(0x20080522, 0)  # version 3, this process
    held = (ctypes.c_uint32 * 6)()  # effective, permitted and inheritable, twice
    assert libc.capget(header, held) == 0
    for set_ in range(3):
        held[set_] &= ~sum(1 << right for right in lose)
    assert libc.capset(header, held) == 0


def read_folder(folder: Path) -> dict[str, bytes]:
    """Return the files below *folder* but our own notes, by path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name not in (MANIFEST, BEGUN)
    }


def pages_of(files: dict[str, bytes]) -> dict[str, BeautifulSoup]:
    """Return every page of a site, parsed as browsers do it."""
    return {
        path: BeautifulSoup(data, "html5lib")
        for path, data in files.items()
        if path.endswith(".html")
    }


def ids_of(page: BeautifulSoup) -> list[str]:
    return [element["id"] for element in page.find_all(id=True)]


def resolve(path: str, href: str) -> tuple[str, str]:
    """Return the file and the fragment that the relative link *href* leads to from *path*."""
    address, _, fragment = href.partition("#")
    parts = path.split("/")[:-1]
    if not address:
        return path, unquote(fragment)
    for part in address.split("/"):
        if part == "..":
            assert parts, f"{href} leads out of the site from {path}"
            parts.pop()
        elif part not in ("", "."):
            parts.append(unquote(part))
    target = "/".join(parts)
    if address.endswith("/") or address in (".", ".."):
        target = f"{target}/index.html".lstrip("/")
    return target, unquote(fragment.partition(":~:")[0])


@cache
def built(name: str, *, index_links: bool = False) -> dict[str, bytes]:
    """Return the whole site of a golden project, or of the ``example`` that the repository is."""
    with TemporaryDirectory() as folder:
        site = Site(Path(folder) / "project", bare=True)
        site.copy_from(ROOT if name == "example" else ROOT / "tests" / "golden" / name)
        shutil.rmtree(site.root / "templates", ignore_errors=True)  # the example's are the shipped
        site.build(index_links=index_links)
        assert site.published is not None, site.report
        return site.output()


@cache
def parsed(name: str, *, index_links: bool = False) -> dict[str, BeautifulSoup]:
    """Return the pages of `built`, parsed once for all tests."""
    return pages_of(built(name, index_links=index_links))
