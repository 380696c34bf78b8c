"""``build --cluster``: two workers of Dask render, and the site is the same to the byte.

Each cluster is of processes of its own on this machine. Whoever uses it is one of its own too: a
client of Dask leaves threads behind, with which no other test's build would fork.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from types import SimpleNamespace

import pytest

from pincite.base.diagnostics import Failure
from pincite.cluster.scheduler import Cluster, connected
from support import Site, event

pytest.importorskip("distributed")
ROOT = Path(__file__).parents[1]
WORKERS = 2


def environment(program=ROOT / "generator"):
    paths = os.pathsep.join((str(program), str(ROOT / "tests")))
    return {**os.environ, "PYTHONPATH": paths, "NO_COLOR": "1"}


def start(module, *told, program=ROOT / "generator"):
    command = [sys.executable, "-m", module, "--no-dashboard", *map(str, told)]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    return subprocess.Popen(command, env=environment(program), cwd=ROOT / "tests", **quiet)


@contextmanager
def running(*processes):
    try:
        yield processes
    finally:
        for process in processes:
            process.kill()
            process.wait()


def until(condition):
    """Return what *condition* gives once it is something."""
    for _ in range(6000):
        if found := condition():
            return found
        time.sleep(0.01)
    raise AssertionError("it never came")


@contextmanager
def scheduling(folder):
    file = folder / "scheduler.json"
    told = ("--port", 0, "--host", "127.0.0.1", "--scheduler-file", file)
    with running(start("distributed.cli.dask_scheduler", *told)):

        def address():
            with suppress(OSError, ValueError):
                return json.loads(file.read_text())["address"]

        yield until(address)


def worker(address, program=ROOT / "generator"):
    told = (address, "--nthreads", 1, "--no-nanny", "--host", "127.0.0.1")
    return start("distributed.cli.dask_worker", *told, program=program)


@contextmanager
def working(address, count=WORKERS, program=ROOT / "generator"):
    with running(*(worker(address, program) for _ in range(count))) as workers:
        tell(address, "wait", count)
        yield workers


def tell(address, task, *told):
    """Return what ``cluster_tasks.py`` prints."""
    command = [sys.executable, "cluster_tasks.py", address, task, *map(str, told)]
    done = subprocess.run(
        command, cwd=ROOT / "tests", env=environment(), capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout or "null")


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """Return a scheduler; each test brings the workers."""
    with scheduling(tmp_path_factory.mktemp("scheduler")) as address:
        yield address


@pytest.fixture
def site(tmp_path):
    site = Site(tmp_path / "project")
    events = (event(f"cracks-{n}", date=f"2025-01-{n % 28 + 1:02}") for n in range(60))
    return site.write("content/events/a.yaml", "".join(events))


def command(site, *told, out="far"):
    return [sys.executable, "-m", "pincite", "build", "--out", str(site.root / out), *told]


def build(site, *told, out="far"):
    return subprocess.run(
        command(site, *told, out=out),
        cwd=site.root,
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )


def tree(folder):
    """Return all files below *folder*, the manifest too."""
    files = {p.relative_to(folder).as_posix(): p for p in folder.rglob("*") if p.is_file()}
    return {path: file.read_bytes() for path, file in files.items()}


def left_by_clusters(site):
    return list((site.root / ".pincite").glob("cluster-*"))


def test_a_cluster_renders_the_same_bytes_at_first_and_after_an_edit(site, address):
    with working(address):
        for title in ("Cracks are found", "Cracks are seen"):
            site.write("content/events/b.yaml", event("more", title=title))
            done = build(site, "--cluster", address)
            assert done.returncode == 0, done.stderr
            assert build(site, "--jobs", "1", out="near").returncode == 0
            assert tree(site.root / "far") == tree(site.root / "near")
            assert left_by_clusters(site) == []


def test_a_worker_that_is_killed_while_it_renders_is_done_without(site, address):
    with working(address) as workers:
        running = subprocess.Popen(
            command(site, "--cluster", address),
            cwd=site.root,
            env=environment(),
            stderr=subprocess.PIPE,
            text=True,
        )
        until(lambda: any((site.root / ".pincite").glob("cluster-*/*")) or running.poll())
        workers[0].kill()
        assert running.poll() is None, "it had been done already"
        assert not (site.root / "far/index.html").exists()
        _, said = running.communicate(timeout=120)
        assert running.returncode == 0, said
    assert build(site, out="near").returncode == 0
    assert tree(site.root / "far") == tree(site.root / "near")


def test_a_template_that_fails_on_a_worker_is_a_finding(site, address):
    site.write("templates/event.html", "{{ page.nothing.at.all }}")
    with working(address, 1):
        done = build(site, "--cluster", address)
    assert done.returncode == 1
    assert "templates/event.html:1" in done.stderr
    assert not (site.root / "far").exists()
    assert left_by_clusters(site) == []


def test_a_worker_with_another_program_is_refused(site, address, tmp_path):
    shutil.copytree(ROOT / "generator", tmp_path / "other")
    (tmp_path / "other/pincite/__init__.py").write_text('__version__ = "0.0.7"\n')
    with working(address, 1, tmp_path / "other"):
        done = build(site, "--cluster", address)
    assert done.returncode == 2
    assert "has another program: Pincite 0.0.7" in done.stderr
    assert not (site.root / "far").exists()


def test_a_worker_without_the_program_is_refused(site, address, tmp_path):
    empty = tmp_path / "empty"  # whatever is installed here, a worker that starts there has none
    (empty / "pincite").mkdir(parents=True)
    (empty / "pincite/__init__.py").write_text("raise ModuleNotFoundError('no Pincite')\n")
    with working(address, 1, empty):
        done = build(site, "--cluster", address)
    assert done.returncode == 2
    assert "cannot use Pincite" in done.stderr


def test_a_cluster_without_workers_is_refused(site, address):
    done = build(site, "--cluster", address)
    assert done.returncode == 2
    assert "has no workers" in done.stderr


@pytest.mark.parametrize("wrong", ["tcp://127.0.0.1:1", "nonsense"])
def test_an_address_where_nothing_answers_is_refused(wrong):
    message, _ = tell(wrong, "double")
    assert message.startswith(f"no scheduler answers at {wrong}: ")


def test_without_dask_it_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(Failure, match="needs Dask") as failure, connected("tcp://127.0.0.1:1"):
        pass
    assert "pincite[cluster]" in failure.value.help


def test_tasks_come_back_whatever_becomes_of_their_workers(address, tmp_path):
    with working(address) as workers:
        assert tell(address, "double") == [[at, 2 * at] for at in range(20)]
        assert tell(address, "end_once", tmp_path / "mark") == [[at, at] for at in range(20)]
        assert sum(worker.poll() == -signal.SIGKILL for worker in workers) == 1
        assert tell(address, "refuse") in [[f"no {at}", "none"] for at in range(20)]
        message, _ = tell(address, "fail")
        assert "LookupError: lost " in message


class Late:
    """A task whose worker died before its value had come here: another does it again."""

    status = "pending"

    def __init__(self, *answers):
        self.answers = list(answers)

    def result(self, timeout):
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer


def test_a_value_that_is_lost_on_its_way_is_waited_for():
    client = SimpleNamespace(status="running", scheduler_info=lambda: {"workers": {"one": {}}})
    cluster = Cluster("tcp://127.0.0.1:1", client)
    assert cluster._result(Late(TimeoutError(), TimeoutError(), 7)) == 7
    failed = Late(TimeoutError("of the task itself"), 7)
    failed.status = "error"
    with pytest.raises(Failure, match="of the task itself"):
        cluster._result(failed)


def test_a_cluster_that_loses_all_workers_is_given_up(address):
    with working(address):
        message, _ = tell(address, "lose", "any")
    assert "it has had no worker" in message
