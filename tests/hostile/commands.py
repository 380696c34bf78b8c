"""The commands that write, each in a world of its own that can be laid out again and again.

A world is a folder: the project, what a command takes in, and the places that it brings things to.
"""

import gc
import logging
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache, partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from threading import Thread
from typing import Any

import brotli

import pincite
from hostile import machines
from hostile.test_kills import EDITS, start
from pincite import cli
from pincite.base.text import Text
from pincite.ingest.webpage import read_webpage
from pincite.load.links import parse_links
from pincite.load.project import LINKS
from support import Site, event, read_folder

MINE = ("content", "seeds", "templates")
ARTICLE = (
    "<!doctype html><html lang=en><title>Ferry to stop</title><body><article>"
    "<h1>Ferry to stop</h1><p>The ferry stops on Monday, said the harbour master on Friday.</p>"
    "<p>It carried two million passengers last year, more than in any year before that.</p>"
    "</article></body></html>"
)
SHEET = (
    "Year,Month,Day,Headline,Text,Media\n"
    "2024,5,1,Ferry opens,It opened.,https://news.example/ferry\n"
    "2025,2,3,Ferry stops,It stopped.,https://paper.example/stops\n"
)
ENVIRONMENT = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
    "GIT_AUTHOR_NAME": "A. Walker",
    "GIT_AUTHOR_EMAIL": "walker@example.org",
    "GIT_COMMITTER_NAME": "A. Walker",
    "GIT_COMMITTER_EMAIL": "walker@example.org",
    "AWS_ACCESS_KEY_ID": "test",
    "AWS_SECRET_ACCESS_KEY": "test",
    "AWS_DEFAULT_REGION": "us-east-1",
    "AWS_EC2_METADATA_DISABLED": "true",
    "SOURCE_DATE_EPOCH": "1740000000",
}


@dataclass(frozen=True, kw_only=True)
class Case:
    """A command, and the world that it is started in.

    *lay_out* is given a project that was built; *done* tells how a second run may end when the
    first one was killed after its last change; *sites* are the folders that hold a site.
    """

    name: str
    arguments: tuple[str, ...]
    lay_out: Callable[[Site], object]
    codes: tuple[int, ...] = (0,)
    done: tuple[int, ...] = (0,)
    sites: tuple[str, ...] = ("p/site",)
    swapped: tuple[str, ...] = ()  # files and folders that are replaced as a whole
    bucket: Any = None  # boto3's client, where ``www`` is the bucket of that name


def in_git(site: Site) -> None:
    def git(folder: Path, *arguments: str) -> None:
        subprocess.run(
            ["git", *arguments], cwd=folder, check=True, capture_output=True, env=_environment()
        )

    world = site.root.parent
    git(world, "init", "--bare", "--quiet", "code.git")
    git(site.root, "init", "--quiet", "--initial-branch=main")
    git(site.root, "remote", "add", "origin", "../code.git")
    site.write(".gitignore", "/site/\n/.pincite/\n")
    git(site.root, "add", "-A")
    git(site.root, "commit", "--quiet", "-m", "Begin")


def published(*to: str, also: Callable[[Site], None] = lambda _: None) -> Callable[[Site], None]:
    """Publish once, then edit so that pages and marks come and go."""

    def lay_out(site: Site) -> None:
        also(site)
        assert run(site.root.parent, ("publish", *to)) == 0
        edit_without_loss(site)

    return lay_out


def edit(site: Site) -> None:
    for change in (EDITS[1], EDITS[2], EDITS[3]):  # an event comes, one goes, a mark goes
        assert change is not None
        change(site)


def edit_without_loss(site: Site) -> None:
    for change in (EDITS[1], EDITS[3]):
        assert change is not None
        change(site)


def untidy(site: Site) -> None:
    """What `check --fix` puts right, in three files."""
    for number in range(3):
        words = event(f"u{number}", "'CRACKS in two  of its twelve pillars'")
        site.write(f"content/events/u{number}.yaml", words.replace("CRACKS", "cracks"))
    text = (site.root / "content/sources/ferry.md").read_text("utf-8")
    site.write("content/sources/ferry.md", re.sub(r"\[p\d+\] ", "", text))


def with_article(site: Site) -> None:
    site.write("../ferry.html", ARTICLE)


def with_renewed(site: Site) -> None:
    site.write("../bridge.txt", (site.root / "seeds/bridge.txt").read_text() + "\nIt is shut.\n")


def with_sheet(site: Site) -> None:
    site.write("../sheet.csv", SHEET)


def with_older(site: Site) -> None:
    """Keep the site as it was, and build it anew with other words."""
    shutil.copytree(site.out, site.root.parent / "www")
    edit_without_loss(site)
    assert run(site.root.parent, ("build",)) == 0


def bare(site: Site) -> None:
    shutil.rmtree(site.root)


CASES = (
    Case(name="cold", arguments=("build",), lay_out=lambda s: shutil.rmtree(s.out)),
    Case(name="incremental", arguments=("build",), lay_out=edit),
    Case(
        name="add",
        arguments=("add", "../ferry.html"),
        lay_out=with_article,
        done=(2,),
    ),
    Case(
        name="add --update",
        arguments=("add", "--update", "bridge", "../bridge.txt"),
        lay_out=with_renewed,
        done=(2,),
    ),
    Case(
        name="import",
        arguments=("import", "timelinejs-csv", "../sheet.csv"),
        lay_out=with_sheet,
    ),
    Case(name="check --fix", arguments=("check", "--fix"), lay_out=untidy),
    Case(
        name="changes --write",
        arguments=("changes", "../www", "site", "--write", "--date", "2025-03-01"),
        lay_out=with_older,
    ),
    Case(name="draft", arguments=("draft", "ferry", "--write"), lay_out=lambda _: None, done=(2,)),
    Case(
        name="new",
        arguments=("new", "../fresh", "--host", "gitlab"),
        lay_out=lambda _: None,
        done=(2,),
    ),
    Case(
        name="bag",
        arguments=("bag", "../bag"),
        lay_out=edit,
        done=(2,),
        swapped=("bag",),
    ),
    Case(
        name="bag --wacz",
        arguments=("bag", "--wacz", "../site.wacz"),
        lay_out=edit,
        swapped=("site.wacz",),
    ),
    Case(
        name="publish dir, new",
        arguments=("publish", "dir", "../www"),
        lay_out=edit,
        sites=("p/site", "www"),
        swapped=("www",),
    ),
    Case(
        name="publish dir",
        arguments=("publish", "dir", "../www", "--precompress"),
        lay_out=published("dir", "../www"),
        sites=("p/site", "www"),
        swapped=("www",),
    ),
    Case(
        name="publish rsync",
        arguments=("publish", "rsync", "../www"),
        lay_out=published("rsync", "../www"),
        sites=("p/site", "www"),
    ),
    Case(
        name="publish gh-pages",
        arguments=("publish", "gh-pages"),
        lay_out=published("gh-pages", also=in_git),
        sites=("p/site",),
    ),
)


@contextmanager
def with_bucket() -> Iterator[Case]:
    """Give the case of a bucket, and the server that holds it."""
    import boto3
    from moto.server import ThreadedMotoServer

    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    endpoint = f"http://{host}:{port}"
    names = {name.lower(): value for name, value in ENVIRONMENT.items() if "KEY" in name}
    client = boto3.client("s3", endpoint_url=endpoint, region_name="us-east-1", **names)
    client.create_bucket(Bucket="www")
    to = ("s3", "s3://www", "--endpoint", endpoint)
    yield Case(
        name="publish s3",
        arguments=("publish", *to),
        lay_out=published(*to),
        sites=("p/site", "www"),
        bucket=client,
    )
    server.stop()


@contextmanager
def with_originals() -> Iterator[Case]:
    """Give the case of looking at originals, and the server that has them."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = b"" if "robots" in self.path else ARTICLE.encode()
            self.send_response(200 if body else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_HEAD = do_GET  # noqa: N815

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()

    def lay_out(site: Site) -> None:
        for path in (site.root / "content/sources").glob("*.md"):
            text = path.read_text("utf-8")
            address = f"http://127.0.0.1:{server.server_address[1]}/{path.stem}"
            path.write_text(re.sub("https://archive.example/1", address, text), "utf-8")

    yield Case(
        name="links",
        arguments=("links", "--allow-private", "--delay", "0"),
        lay_out=lay_out,
        codes=(0, 1),  # it finds that words are lost
    )
    server.shutdown()
    server.server_close()


# ---- worlds -----------------------------------------------------------------------------------


@dataclass(kw_only=True)
class World:
    """A case, laid out once; *folder* is where it is laid out again for every run."""

    case: Case
    kept: Path
    folder: Path
    before: Mapping[str, bytes] = field(default_factory=dict)
    after: Mapping[str, bytes] = field(default_factory=dict)
    clean: Mapping[str, bytes] = field(default_factory=dict)  # the site of a build after it
    seconds: float = 0.0
    changes: int = 0

    @property
    def site(self) -> Site:
        return Site(self.folder / "p", bare=True)

    def lay_out(self) -> None:
        self.folder.mkdir(exist_ok=True)
        for path in self.folder.iterdir():  # the folder itself may be a disk of its own
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        shutil.copytree(self.kept, self.folder, symlinks=True, dirs_exist_ok=True)
        if self.case.bucket:
            _fill(self.case.bucket, self.folder / "www")


@cache
def load_all() -> None:
    """Load what commands load when they are called, so that no process that is forked has to."""
    for module in walk_packages(pincite.__path__, "pincite."):
        if ".cluster." not in module.name and not module.name.endswith("__main__"):
            import_module(module.name)
    for name in ("bagit", "ghp_import", "warcio"):
        import_module(name)
    read_webpage(ARTICLE)  # its library reads lists of words of a hundred languages


def make_world(case: Case, folder: Path) -> World:
    load_all()
    world = World(case=case, kept=folder / "kept", folder=folder / "w")
    world.folder.mkdir(parents=True)
    site = Site(world.folder / "p")
    start(site)
    site.edit("content/site.yaml", "warnings:", "# The port.\nwarnings:")
    site.build()
    case.lay_out(site)
    shutil.copytree(world.folder, world.kept, symlinks=True)
    world.before = state_of(world)
    if case.bucket:
        shutil.copytree(world.folder / "www", world.kept / "www")
    began = time.monotonic()
    assert run(world.folder, case.arguments) in case.codes, said(world.folder)
    world.seconds = time.monotonic() - began
    world.after = state_of(world)
    assert world.before != world.after, "it does nothing"
    assert_no_debris(world)
    assert run(world.folder, ("build",)) == 0, said(world.folder)
    world.clean = read_folder(site.out)
    world.lay_out()
    world.changes = count_changes(world)
    return world


def state_of(world: World) -> dict[str, bytes]:
    """Every file of the world but our own notes and git's; of a bare repository what it shows."""
    found = {}
    if world.case.bucket:
        _dump(world.case.bucket, world.folder / "www")
    for path, data in read_folder(world.folder).items():
        if not path.startswith(("p/.git/", "p/.pincite/", "code.git/")):
            found[path] = _TIMES.sub(rb"\1: 2025-01-01T00:00:00Z", data) if LINKS in path else data
    if (world.folder / "code.git").exists():
        found["code.git"] = tree_of(world.folder)
    return found


_TIMES = re.compile(rb"(since|checked): .*")


def _keys(client: Any) -> list[str]:
    pages = client.get_paginator("list_objects_v2").paginate(Bucket="www")
    return [entry["Key"] for page in pages for entry in page.get("Contents", ())]


def _dump(client: Any, folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    for key in _keys(client):
        (folder / key).parent.mkdir(parents=True, exist_ok=True)
        (folder / key).write_bytes(client.get_object(Bucket="www", Key=key)["Body"].read())


def _fill(client: Any, folder: Path) -> None:
    wanted = read_folder(folder)
    there = {key: client.get_object(Bucket="www", Key=key)["Body"].read() for key in _keys(client)}
    for key in there.keys() - wanted.keys():
        client.delete_object(Bucket="www", Key=key)
    for key, data in wanted.items():
        if there.get(key) != data:
            client.put_object(Bucket="www", Key=key, Body=data)


def tree_of(folder: Path) -> bytes:
    """The tree that the repository shows to its readers, after it was found whole."""
    for command in (["fsck", "--strict"], ["rev-parse", "gh-pages^{tree}"]):
        done = subprocess.run(
            ["git", "-C", str(folder / "code.git"), *command],
            check=False,
            capture_output=True,
            env=_environment(),
        )
        if done.returncode:
            assert command[0] == "rev-parse", done.stderr
            return b""
    return done.stdout


def _environment() -> dict[str, str]:
    return {**os.environ, **ENVIRONMENT}


# ---- running, and killing ----------------------------------------------------------------------


def run(
    world: Path,
    arguments: tuple[str, ...],
    *,
    kill_at: int | None = None,
    kill_after: float | None = None,
    before: Callable[[], object] = lambda: None,
) -> int:
    """Run a command in *world* in a process of its own; return how it ended.

    It is killed at its *kill_at*-th change of the disk or, with all that it started, after so many
    seconds. *before* is done in the process first.
    """
    child = os.fork()
    if child == 0:
        code = 99
        try:
            os.setpgid(0, 0)
            _be_apart(world)
            before()
            if kill_at is not None:
                sys.addaudithook(_killer(kill_at))
            try:
                cli.main(list(arguments), prog_name="pincite")
            except SystemExit as ended:
                code = ended.code if isinstance(ended.code, int) else 0
            except BaseException:  # noqa: BLE001 - the parent is told by the code
                traceback.print_exc()
            for stream in (sys.stdout, sys.stderr):
                stream.flush()
        finally:
            os._exit(code)
    if kill_after is not None:
        time.sleep(kill_after)
        for kill, whom in ((os.killpg, child), (os.kill, child)):
            try:
                kill(whom, signal.SIGKILL)
            except ProcessLookupError:
                continue
            break
    _, status = os.waitpid(child, 0)
    deadline = time.monotonic() + 30
    while machines.lives(child):
        assert time.monotonic() < deadline, "something lives on without the first process"
        time.sleep(0.005)
    return os.waitstatus_to_exitcode(status)


def _be_apart(world: Path) -> None:
    gc.disable()
    brotli.compress = partial(brotli.compress, quality=1)  # how small it gets is not asked here
    os.environ.update(ENVIRONMENT)
    project = world / "p"
    os.chdir(project if project.exists() else world)
    said = os.open(world.with_name("said"), os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    for stream in (1, 2):
        os.dup2(said, stream)
    sys.stdout = open(1, "w", closefd=False)  # noqa: SIM115
    sys.stderr = open(2, "w", closefd=False)  # noqa: SIM115


def said(world: Path) -> str:
    return world.with_name("said").read_text("utf-8", "replace")


_CHANGES = frozenset(
    (
        *("os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link", "os.symlink"),
        *("os.truncate", "os.chmod", "os.utime", "subprocess.Popen"),
    )
)
_TO_WRITE = os.O_WRONLY | os.O_RDWR


def is_change(event: str, arguments: tuple[object, ...]) -> bool:
    if event == "open":
        flags = arguments[2]
        return isinstance(flags, int) and bool(flags & _TO_WRITE)
    return event in _CHANGES


def _killer(kill_at: int) -> Callable[[str, tuple[object, ...]], None]:
    left = kill_at

    def hear(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal left
        if is_change(event, arguments):
            left -= 1
            if left < 0:
                os.kill(os.getpid(), signal.SIGKILL)

    return hear


def count_changes(world: World) -> int:
    """Return how many changes of the disk the whole command makes."""
    note = world.folder.with_name("count")
    note.unlink(missing_ok=True)
    changes = 0

    def listen() -> None:
        descriptor = os.open(note, os.O_WRONLY | os.O_CREAT)

        def hear(event: str, arguments: tuple[object, ...]) -> None:
            nonlocal changes
            if is_change(event, arguments):
                changes += 1
                os.pwrite(descriptor, str(changes).encode(), 0)

        sys.addaudithook(hear)

    assert run(world.folder, world.case.arguments, before=listen) in world.case.codes
    return int(note.read_bytes())


# ---- what must hold ----------------------------------------------------------------------------


def assert_survived(world: World) -> int:
    """Look at what a killed command has left. Return how many citation links were followed."""
    case, now = world.case, state_of(world)
    for path, data in now.items():
        is_mine = path.startswith(tuple(f"p/{name}/" for name in MINE))
        known = [state[path] for state in (world.before, world.after) if path in state]
        if path == f"p/{LINKS}":  # it grows, source by source
            assert parse_links(Text(LINKS, data.decode()))[1] == ()
            continue
        if is_mine or path == "code.git":
            assert known, f"{path} was not there and will not be"
            assert data in known, f"{path} is neither as it was nor as it will be"
    for path in world.before.keys() & world.after.keys():
        if path.startswith(tuple(f"p/{name}/" for name in MINE)):
            assert path in now, f"{path} has vanished"
    for name in case.swapped:
        whole = [_below(state, name) for state in (world.before, now, world.after)]
        assert whole[1] in (whole[0], whole[2]), f"{name} is neither as it was nor as it will be"
    links = 0
    for folder in case.sites:
        if (world.folder / folder).exists():
            states = [_below(state, folder) for state in (world.before, world.after)]
            states.append(dict(world.clean) if folder == "p/site" else {})
            machines.assert_whole(_At(world.folder / folder), *states)
            links += machines.assert_citations_lead_somewhere(world.folder / folder)
    return links


def assert_goes_on(world: World) -> None:
    """Run it again: it ends as one that was never killed, and leaves nothing else."""
    case = world.case
    code = run(world.folder, case.arguments)
    if code not in case.codes:  # then all had been done before it was killed
        assert code in case.done, said(world.folder)
    now, after = _but_the_site(state_of(world)), _but_the_site(world.after)
    assert now.keys() == after.keys(), sorted(now.keys() ^ after.keys())
    assert now == after, [path for path in now if now[path] != after[path]]
    assert run(world.folder, ("build",)) == 0, said(world.folder)
    assert read_folder(world.site.out) == world.clean
    assert_no_debris(world)


def assert_builds(world: World) -> None:
    """Whatever a command that was killed has left, the project can be built."""
    assert run(world.folder, ("build",)) == 0, said(world.folder)
    machines.assert_citations_lead_somewhere(world.site.out)


def _but_the_site(state: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return *state* without what the next build makes."""
    return {path: data for path, data in state.items() if not path.startswith("p/site/")}


def assert_no_debris(world: World) -> None:
    left = [
        path.relative_to(world.folder).as_posix()
        for path in world.folder.rglob("*")
        if ".git" not in path.parts
        and (
            path.name.endswith((".part", ".next"))
            or "begun" in path.name
            or path.name.startswith(("publish-", "arriving", ".~tmp~", ".wacz-"))
        )
    ]
    assert left == []


@dataclass
class _At:
    """What of a Site is asked for by the looks at one."""

    folder: Path

    def output(self) -> dict[str, bytes]:
        return {
            path: data
            for path, data in read_folder(self.folder).items()
            if not path.startswith(".") and "/." not in path
        }


def _below(state: Mapping[str, bytes], name: str) -> dict[str, bytes]:
    if name in state:
        return {"": state[name]}
    return {
        path.removeprefix(f"{name}/"): data
        for path, data in state.items()
        if path.startswith(f"{name}/")
    }
