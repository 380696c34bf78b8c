"""Machines that fail: what a person reads then, how the command ends, and what is left."""

import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from hostile.machines import assert_no_debris
from pincite.base.diagnostics import Failure
from pincite.store import shares
from pincite.workers import share_out
from support import ROOT, Site, event, source

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="limits and signals of POSIX")


@pytest.fixture
def site(tmp_path):
    """Return a project in a folder whose name needs care."""
    site = Site(tmp_path / "a prójekt with пробел ☂")
    site.write("content/events/a.yaml", "".join(event(f"e{n}") for n in range(40)))
    return site


def start(site, *arguments, **options):
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT / "generator")}
    # Python's own files would be cut short too, and break whatever runs from this folder after.
    environment |= {"PYTHONDONTWRITEBYTECODE": "1"} | options.pop("env", {})
    return subprocess.Popen(
        [sys.executable, "-m", "pincite", "build", *arguments],
        cwd=site.root,
        env=environment,
        stdout=options.pop("stdout", subprocess.PIPE),
        stderr=subprocess.PIPE,
        start_new_session=True,
        **options,
    )


def end(process):
    _, told = process.communicate(timeout=120)
    assert b"Traceback" not in told, told.decode()
    return process.returncode, told.decode("utf-8", "replace")


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_ctrl_c(site, jobs):
    process = start(site, "--jobs", jobs)
    deadline = time.monotonic() + 60
    while not (site.root / ".pincite").exists() and time.monotonic() < deadline:
        time.sleep(0.002)  # until it has begun: before that Python itself is interrupted
    os.killpg(process.pid, signal.SIGINT)
    code, told = end(process)
    assert code in (130, -signal.SIGINT, 0)  # a shell says 130 to the first two
    assert code == 0 or told.splitlines()[-1] == "stopped"
    assert not list(site.root.rglob("*.part"))
    assert end(start(site))[0] == 0
    assert_no_debris(site.out)


@pytest.mark.parametrize("size", [0, 1_000, 10_000])
def test_a_disk_that_takes_no_more(site, size):
    limit = (resource.RLIMIT_FSIZE, (size, size))
    code, told = end(start(site, preexec_fn=lambda: resource.setrlimit(*limit)))
    assert code == 2
    assert "error: cannot write" in told
    assert not list(site.root.rglob("*.part"))
    code, told = end(start(site))
    assert code == 0, told
    clean = Site(site.root.parent / "clean").copy_from(site.root).build().output()
    assert site.output() == clean
    assert_no_debris(site.out)


@pytest.mark.parametrize(
    "options",
    [
        {"env": {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}},
        {"env": {"HOME": "/nonexistent", "TZ": "Pacific/Kiritimati", "LANG": "tr_TR.UTF-8"}},
        {"umask": 0o077},
        {"preexec_fn": lambda: os.close(0)},
        {"preexec_fn": lambda: os.close(1)},
        {"preexec_fn": lambda: [os.close(n) for n in (0, 1, 2)]},
        {"preexec_fn": lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (16, 16))},
    ],
    ids=["LC_ALL=C", "no home", "umask 077", "no stdin", "no stdout", "no streams", "16 files"],
)
def test_an_odd_machine_builds_the_same(site, options):
    code, told = end(start(site, **options))
    assert code == 0, told
    clean = Site(site.root.parent / "clean").copy_from(site.root).build().output()
    assert site.output() == clean


def test_nobody_can_be_told(site):
    with Path("/dev/full").open("wb") as full:
        code, told = end(start(site, stdout=full))
    assert code == 2
    assert "No space left" in told
    assert "Exception ignored" not in told


def test_a_clock_that_goes_back(site):
    before = site.build().output()
    for path in [*site.root.rglob("content/**/*.yaml"), *site.out.rglob("*")]:
        os.utime(path, (0, 0))
    site.edit("content/events/a.yaml", "id: e7", "id: e77")
    for path in site.root.rglob("content/**/*.yaml"):
        os.utime(path, (0, 0))
    after = site.build().output()
    assert "events/e77/index.html" in after
    assert "events/e77/index.html" not in before


def test_a_file_that_changes_while_it_is_read(site, monkeypatch):
    """The next build must see it: what a build remembers are the inputs before it read them."""
    from pincite import build as module

    real = module.read_project

    def read_and_change(*told):
        inputs = real(*told)
        site.edit("content/events/a.yaml", "id: e7", "id: e77")
        return inputs

    monkeypatch.setattr(module, "read_project", read_and_change)
    site.build()
    monkeypatch.undo()
    code, told = end(start(site))
    assert code == 0, told
    assert (site.out / "events/e77").is_dir()
    assert not (site.out / "events/e7").exists()


def test_a_text_that_is_not_held_and_changes_while_it_is_needed(site, monkeypatch):
    """The site stays as it was: it must not say half of one state and half of another."""
    from pincite import build as module

    before = site.build().output()
    real = module.read_project

    def read_and_change(*told):
        inputs = real(*told)
        site.edit("content/events/a.yaml", "id: e7", "id: e77")
        return inputs

    site.write("content/site.yaml", (site.root / "content/site.yaml").read_text() + "# more\n")
    monkeypatch.setattr(module, "_HELD", 0)
    monkeypatch.setattr(module, "read_project", read_and_change)
    with pytest.raises(Failure, match=r"a\.yaml was changed while the site was built"):
        site.build()
    assert site.output() == before


def test_files_that_vanish_while_they_are_read(site, monkeypatch):
    from pincite import build as module

    site.write("content/media/x.png", b"x")
    real = module.read_project

    def read_and_remove(root, *told):
        inputs = real(root, *told)
        shutil.rmtree(root / "content/media")
        (root / "seeds/bridge.txt").unlink()
        return inputs

    monkeypatch.setattr(module, "read_project", read_and_remove)
    site.build()
    assert "snapshot-missing" in site.errors


# ---- workers ---------------------------------------------------------------------------------


def numbers(share):
    return list(share), ()


def test_every_item_is_done_once():
    for count in (2, 3, 63, 64, 65, 5_000, 100_001):
        shares = share_out(numbers, range(count), 3)
        assert sorted(n for share in shares for n in share) == list(range(count))


@pytest.mark.parametrize("jobs", [2, 3, 5])
@pytest.mark.parametrize("step", [0, 1, 2])
def test_a_helper_that_dies_is_a_failure(jobs, step):
    """Whichever helper, wherever it is, and nobody waits for it for ever."""
    first = os.getpid()

    def die(at):
        if at == step and os.getpid() != first:
            os.kill(os.getpid(), signal.SIGKILL)

    def work(share):
        die(0)
        return list(share), (lambda: die(1), lambda: die(2))

    with pytest.raises(Failure, match="has died"):
        share_out(work, range(1_000), jobs)


@pytest.mark.parametrize("what", ["parse_source", "parse_events"])
def test_a_helper_that_dies_while_it_links_leaves_all_as_it_was(site, what, monkeypatch):
    for number in range(40):
        site.write(f"content/sources/s{number}.md", source("Some words."))
        site.write(f"content/events/b{number}.yaml", event(f"b{number}"))
    before = site.build().output()
    site.edit("content/site.yaml", "The harbour", "A harbour")
    first, parse = os.getpid(), getattr(shares, what)

    def die(*told):
        if os.getpid() != first:
            os.kill(os.getpid(), signal.SIGKILL)
        return parse(*told)

    monkeypatch.setattr(shares, what, die)
    with pytest.raises(Failure, match="has died"):
        site.build(jobs=3)
    assert site.output() == before
    monkeypatch.undo()
    clean = Site(site.root.parent / "clean", bare=True).copy_from(site.root).build().output()
    assert site.build(jobs=3).output() == clean


def test_a_helper_without_memory_is_a_failure():
    first = os.getpid()

    def work(share):
        if os.getpid() != first:
            raise MemoryError
        return list(share), ()

    with pytest.raises(Failure, match="not enough memory"):
        share_out(work, range(1_000), 3)


def test_no_step_begins_before_all_have_done_the_one_before(tmp_path):
    def note(what):
        with (tmp_path / "log").open("a") as log:
            log.write(f"{what}\n")

    def work(share):
        return list(share), tuple(lambda n=n: note(n) for n in range(3))

    share_out(work, range(1_000), 3, lambda step, results: note(f"{step}: {len(results)}"))
    log = (tmp_path / "log").read_text().split("\n")[:-1]
    assert log == ["0: 3", "0", "0", "0", "1: 3", "1", "1", "1", "2: 3", "2", "2", "2"]
