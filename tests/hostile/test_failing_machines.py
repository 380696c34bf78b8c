"""Machines that fail under every command that writes: what is told, how it ends, what is left."""

import contextlib
import importlib
import os
import resource
import shutil
import signal
import subprocess
import threading
import time

import pytest

from hostile import commands
from hostile.commands import CASES, assert_goes_on, assert_survived, make_world, said
from support import give_up_rights

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="limits and signals of POSIX")

NAMED = {case.name: case for case in CASES}
WRITING = (
    *("incremental", "add", "add --update", "import", "check --fix", "draft"),
    *("new", "bag", "bag --wacz", "publish dir"),
)
MORE = ("publish rsync", "publish gh-pages", "changes --write", "links")
QUICK = ("add", "add --update", "import", "check --fix", "draft", "new")


@pytest.fixture(scope="module")
def worlds(tmp_path_factory):
    """Lay each world out once."""
    made: dict[str, commands.World] = {}
    with contextlib.ExitStack() as stack:

        def world_of(name: str) -> commands.World:
            if name not in made:
                served = name == "links"
                case = stack.enter_context(commands.with_originals()) if served else NAMED[name]
                made[name] = make_world(case, tmp_path_factory.mktemp("world"))
            return made[name]

        yield world_of


# ---- a full disk ------------------------------------------------------------------------------


@contextlib.contextmanager
def small_disk(folder, size):
    """Put a disk of *size* bytes in place of *folder*."""
    folder.mkdir(exist_ok=True)
    options = ["-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
    if (
        os.geteuid()
        or subprocess.run(["mount", *options], capture_output=True, check=False).returncode
    ):
        pytest.skip("no disk can be mounted here")
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def fill(folder, left):
    """Leave *left* bytes free."""
    with (folder / "filler").open("wb") as file:
        room = shutil.disk_usage(folder).free - left
        while room > 0:
            room -= file.write(b"\0" * min(room, 1 << 16))


@pytest.mark.parametrize("name", WRITING)
def test_a_full_disk(worlds, name):
    world = worlds(name)
    shutil.rmtree(world.folder)
    with small_disk(world.folder, 12_000_000):
        told = set()
        for left in (0, 40_000) if name in QUICK else (0,):
            world.lay_out()
            fill(world.folder, left)
            code = commands.run(world.folder, world.case.arguments)
            assert code in (2, *world.case.codes), said(world.folder)
            assert "Traceback" not in said(world.folder)
            if code == 2:
                told.add(said(world.folder))
                assert "No space left" in said(world.folder)
            (world.folder / "filler").unlink()
            assert_survived(world)
            assert not [p for p in world.folder.rglob("*") if p.name.endswith((".part", ".next"))]
            assert_goes_on(world)
        assert told


# ---- rights that are lost ---------------------------------------------------------------------


PLACES = {
    "cold": ("p", "p/.pincite"),
    "incremental": ("p/site/events/e3", "p/site/sources/bridge", "p/site", "p/.pincite"),
    "add": ("p/seeds", "p/content/sources", "p/.pincite"),
    "add --update": ("p/seeds", "p/content/sources"),
    "import": ("p/content/events", "p/content/sources"),
    "check --fix": ("p/content/events",),
    "draft": ("p/content/events",),
    "bag": (".", "p/site"),
    "publish dir": (".", "p/.pincite"),
}


@pytest.mark.parametrize(
    ("name", "place"), [(name, place) for name, places in PLACES.items() for place in places]
)
def test_rights_that_are_lost(worlds, name, place):
    world = worlds(name)
    world.lay_out()
    (world.folder / place).chmod(0o500)
    try:
        code = commands.run(world.folder, world.case.arguments, before=give_up_rights)
        assert "Traceback" not in said(world.folder)
        assert code in (0, 2), said(world.folder)
        assert code == 0 or "ermission denied" in said(world.folder)
        assert_survived(world)
    finally:
        (world.folder / place).chmod(0o755)
    assert_goes_on(world)


@pytest.mark.parametrize("path", ["content/events/a.yaml", "content/events", "site", "seeds"])
def test_what_may_not_be_read_is_told(worlds, path):
    world = worlds("incremental")
    world.lay_out()
    (world.folder / "p" / path).chmod(0)
    try:
        code = commands.run(world.folder, ("build",), before=give_up_rights)
    finally:
        (world.folder / "p" / path).chmod(0o755)
    assert code in (1, 2)
    assert "error" in said(world.folder)
    assert "Traceback" not in said(world.folder)
    assert_goes_on(world)


# ---- too little memory --------------------------------------------------------------------------


def with_little_memory(extra):
    """Leave *extra* bytes above what is in use."""
    with open("/proc/self/statm") as file:  # noqa: PTH123
        used = int(file.read().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (used + extra, used + extra))


# Not with --precompress: brotli ends the whole process where it gets no memory.
@pytest.mark.parametrize(
    "name", ["cold", "add", "import", "check --fix", "bag", "publish dir, new"]
)
@pytest.mark.parametrize("extra", [1 << 20])
def test_too_little_memory(worlds, name, extra):
    if not os.path.exists("/proc/self/statm"):  # noqa: PTH110
        pytest.skip("the memory in use is not known here")
    world = worlds(name)
    world.lay_out()
    for module in ("publishing.folder", "bagging.bag", "ingest.webpage", "importers.formats"):
        importlib.import_module(f"pincite.{module}")  # which may fail in ways of its own
    code = commands.run(
        world.folder, world.case.arguments, before=lambda: with_little_memory(extra)
    )
    # Python's compiler says SystemError at times, which is taken for the template's.
    assert code in (2, *world.case.codes) or "SystemError" in said(world.folder), said(world.folder)
    assert_survived(world)
    assert_goes_on(world)


# ---- Ctrl-C -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "part"),
    [
        *((name, part) for name in WRITING for part in (0.7, 0.97)),
        *((name, 0.9) for name in MORE),
    ],
)
def test_ctrl_c(worlds, name, part):
    """At a change of the disk, so that it is always the same moment."""
    world = worlds(name)
    world.lay_out()
    left = int(world.changes * part)

    def interrupt(event, arguments):
        nonlocal left
        if commands.is_change(event, arguments):
            left -= 1
            if left == -1:
                os.kill(os.getpid(), signal.SIGINT)

    def listen():
        import sys

        sys.addaudithook(interrupt)

    code = commands.run(world.folder, world.case.arguments, before=listen)
    assert code in (130, *world.case.codes), said(world.folder)
    assert code != 130 or said(world.folder).endswith("stopped\n")
    assert "Traceback" not in said(world.folder)
    assert_survived(world)
    left_over = [p for p in world.folder.rglob("*") if p.name.endswith((".part", ".next"))]
    assert left_over == []
    assert_goes_on(world)


# ---- two at once ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", ["cold", "add", "add --update", "import", "check --fix", "bag --wacz", "publish dir"]
)
def test_two_at_once(worlds, name):
    """One of them may be told that another is at work; both together do what one would do."""
    world = worlds(name)
    world.lay_out()
    codes = []

    def work():
        codes.append(commands.run(world.folder, world.case.arguments))

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(codes) <= {2, *world.case.codes}, said(world.folder)
    assert set(codes) & set(world.case.codes), said(world.folder)
    assert_goes_on(world)


# ---- what changes meanwhile -------------------------------------------------------------------


@pytest.mark.parametrize("name", ["check --fix", "add --update"])
def test_what_the_author_writes_meanwhile_is_not_lost(worlds, name):
    world = worlds(name)
    world.lay_out()
    edited = "content/events/u1.yaml" if name == "check --fix" else "content/sources/bridge.md"
    path = world.folder / "p" / edited
    after = path.read_bytes() + b"\n# This was written just now.\n"

    def save():
        from pincite import authored

        real = authored._read

        def read(target):
            if target == path:
                path.write_bytes(after)
            return real(target)

        authored._read = read

    code = commands.run(world.folder, world.case.arguments, before=save)
    assert code == 2
    assert "was changed while this ran" in said(world.folder)
    assert path.read_bytes() == after


def test_a_clock_that_goes_back(worlds):
    """What is younger than now is looked at all the same."""
    world = worlds("incremental")
    world.lay_out()
    later = time.time() + 10**8
    for path in world.folder.rglob("*"):
        os.utime(path, (later, later), follow_symlinks=False)
    assert_goes_on(world)
