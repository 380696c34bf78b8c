"""What workers are given and what is made of it, with workers that are this process itself."""

from contextlib import contextmanager
from dataclasses import fields, replace
from functools import partial

import pytest

from pincite.base.diagnostics import Failure
from pincite.cluster import sharing, tasks
from pincite.options import Options
from pincite.unchanged import engine_digest
from support import Site, event


class Inline:
    """A cluster that does the last task first, twice, as if a worker had been lost."""

    def __init__(self, spoil):
        self.spoil = spoil
        self.rendered = 0

    def workers(self):
        return 3

    def each(self, do, told):
        for at in reversed(range(len(told))):
            do(*told[at])
            done = do(*told[at])
            if isinstance(done, Failure):
                raise done
            self.rendered += sum(spans is not None for spans in done.spans)
            self.spoil(told[at][0], done)
            yield at, done

    def tell_all(self, do):
        do()


@pytest.fixture
def site(tmp_path):
    site = Site(tmp_path / "project")
    return site.write("content/events/a.yaml", "".join(event(f"cracks-{n}") for n in range(30)))


@pytest.fixture
def share(monkeypatch, site):
    def build(spoil=lambda *_: None):
        """Build with others, then without; return how many pages the others rendered."""
        cluster = Inline(spoil)

        @contextmanager
        def connected(_address):
            yield cluster

        monkeypatch.setattr(sharing, "connected", connected)
        site.out = site.root / "far"
        site.build(elsewhere=partial(sharing.shared, "tcp://somewhere:1"))
        far = tree(site)
        site.out = site.root / "near"
        assert site.build().published is not None
        assert far == tree(site)
        assert list((site.root / ".pincite").glob("cluster-*")) == []
        return cluster.rendered

    yield build
    tasks.forget()


def tree(site):
    files = {p.relative_to(site.out).as_posix(): p for p in site.out.rglob("*") if p.is_file()}
    return {path: file.read_bytes() for path, file in files.items()}


def test_others_render_only_what_has_to_be(site, share):
    first = share()
    assert first > 60
    site.write("content/events/b.yaml", event("later", date="2026"))
    second = share()
    assert 0 < second < first
    assert share() == 0


@pytest.mark.parametrize("left", [b"", b"half"])
def test_what_is_lost_on_the_way_is_rendered_here(share, left):
    def spoil(job, done):
        if done.spool:
            (job.spool / done.spool).write_bytes(left)

    assert share(spoil) > 0


def test_a_file_that_is_gone_is_rendered_here(site, share):
    share()
    (site.root / "far/events/cracks-3/index.html").unlink()
    (site.root / "far/index.html").write_bytes(b"other")
    assert share() == 0


def test_a_folder_that_a_killed_build_left_is_cleared_away(site, share):
    share()
    locks = list((site.root / ".pincite").glob("lock-*"))
    for lock in locks:
        left = lock.with_name(f"{lock.name.replace('lock', 'cluster')}-abc")
        left.mkdir()
        (left / "0-1").write_bytes(b"half")
    site.out = site.root / "far"
    site.build(elsewhere=partial(sharing.shared, "tcp://somewhere:1"))
    others = list((site.root / ".pincite").glob("cluster-*"))
    assert len(others) == len(locks) - 1  # that of another place may be of a build under way


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"engine": "other"}, "another program"),
        ({"inputs": "other"}, "sees other files"),
        ({"pages": "other"}, "planned another site"),
    ],
)
def test_a_worker_that_differs_is_refused(site, monkeypatch, change, said):
    told = []

    @contextmanager
    def connected(_address):
        cluster = Inline(lambda *_: None)
        cluster.each = lambda _, tasks: told.extend(tasks) or ()
        yield cluster

    monkeypatch.setattr(sharing, "connected", connected)
    site.build(elsewhere=partial(sharing.shared, "tcp://somewhere:1"))
    job, start, stop = told[0]
    refused = tasks.render_some(replace(job, **change), start, stop)
    assert isinstance(refused, Failure)
    assert said in refused.message


def test_a_project_that_is_not_there_is_refused(site, tmp_path):
    given = dict.fromkeys([field.name for field in fields(tasks.Job)], "")
    nowhere = tmp_path / "nowhere"
    job = tasks.Job(
        **{**given, "engine": engine_digest(), "root": nowhere, "out": nowhere, "spool": nowhere}
    )
    refused = tasks.render_some(job, 0, 1)
    assert isinstance(refused, Failure)
    assert "does not see" in refused.message


def test_options_say_nothing_of_others_in_their_settings(site):
    assert Options(out=site.out).settings == Options(out=site.out, elsewhere=print).settings
