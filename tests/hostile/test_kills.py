"""A build that is killed at any change of the disk: whole files, whole links, and a next build."""

import os
import shutil
import signal

import pytest

from hostile.machines import (
    UNTIL_THE_END,
    assert_citations_lead_somewhere,
    assert_no_debris,
    assert_whole,
    count_changes,
    run_apart,
)
from support import Site, article, event, source

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are forked")

TWO = """\
- id: both
  date: 2025-02
  title: Both are told
  cite:
    - {source: bridge, quote: cracks in two of its twelve pillars}
    - {source: ferry, quote: The ferry will sail again}
"""
FERRY = ("The ferry will sail again from Monday.", "It carries forty cars.")


def start(site):
    """Write the state that edits begin with."""
    site.write("content/events/a.yaml", "".join(event(f"e{n}") for n in range(1, 7)) + TWO)
    site.write("content/sources/ferry.md", source(*FERRY, title="Ferry", snapshot="seeds/f.txt"))
    site.write("seeds/f.txt", article(*FERRY))


def add_event(site):
    site.write("content/events/b.yaml", event("new", "about six months"))


def remove_event(site):
    site.edit("content/events/a.yaml", event("e3"), "")


def remove_citation(site):
    site.edit(
        "content/events/a.yaml",
        "    - {source: bridge, quote: cracks in two of its twelve pillars}\n",
        "",
    )


def remove_source(site):
    site.edit("content/events/a.yaml", TWO, "")
    site.remove("content/sources/ferry.md")


def rename_everything(site):
    site.edit("content/site.yaml", "The harbour", "The port")
    text = (site.root / "content/events/a.yaml").read_text("utf-8")
    site.write("content/events/a.yaml", text.replace("id: e", "id: f"))


EDITS = (None, add_event, remove_event, remove_citation, remove_source, rename_everything)
KILLS = 4  # of each edit and number of processes


@pytest.fixture(scope="module", params=EDITS, ids=lambda e: e.__name__ if e else "cold")
def states(request, tmp_path_factory):
    """The folder before an edit, the edit, and the sites before and after it."""
    folder = tmp_path_factory.mktemp("kills")
    site = Site(folder / "start")
    start(site)
    before = site.build().output()
    if not request.param:
        shutil.rmtree(site.out)
        before = {}
    shutil.copytree(site.root, folder / "kept", symlinks=True)
    if request.param:
        request.param(site)
    changes = count_changes(site)
    assert site.published is not None
    return folder / "kept", request.param, before, site.output(), changes


def between(folder, states):
    """Return the project just after the edit, and before any build of it."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(states[0], folder, symlinks=True)
    site = Site(folder, bare=True)
    if states[1]:
        states[1](site)
    return site


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_build_that_is_killed(tmp_path, states, jobs):
    _, _, before, after, changes = states
    moments = sorted({changes * k // KILLS for k in range(KILLS)} | {changes - 1})
    killed = 0
    for moment in moments:
        site = between(tmp_path / "p", states)
        killed += run_apart(site, moment, jobs=jobs) == -signal.SIGKILL
        if not site.out.exists():
            continue
        assert_whole(site, before, after)
        assert_citations_lead_somewhere(site.out)
        site.build()
        assert site.output() == after
        assert_no_debris(site.out)
    assert killed >= (len(moments) if jobs == 1 else 1)


def test_an_amendment_that_is_killed(tmp_path):
    """The short way of a build, at each change of the disk."""

    def edited(name):
        site = Site(tmp_path / name)
        start(site)
        before = site.build().output()
        site.edit("content/events/a.yaml", "cracks in two of its twelve", "two of its twelve")
        return site, before

    site, before = edited("whole")
    changes = count_changes(site, Site.amend)
    assert site.published is not None
    after = site.output()
    assert changes > 20
    for moment in range(0, changes, 3):
        site, _ = edited(str(moment))
        assert run_apart(site, moment, way=Site.amend) == -signal.SIGKILL
        assert_whole(site, before, after)
        assert_citations_lead_somewhere(site.out)
        if moment % 2 or not site.amend():
            site.build()
        assert site.output() == after
        assert_no_debris(site.out)


@pytest.mark.parametrize("moment", [0, 9])
def test_a_helper_that_is_killed(tmp_path, states, moment):
    _, _, before, after, _ = states
    site = between(tmp_path / "p", states)
    code = run_apart(site, moment, in_helper=True, jobs=3)
    assert code in (0, 2)  # it had less to do, or a Failure was raised
    if site.out.exists():
        assert_whole(site, before, after)
        assert_citations_lead_somewhere(site.out)
    site.build()
    assert site.output() == after
    assert_no_debris(site.out)


def test_what_was_never_finished_is_forgotten_when_it_is_no_longer_wanted(tmp_path):
    site = Site(tmp_path / "p")
    start(site)
    before = site.build().output()
    add_event(site)
    assert run_apart(site, 60) == -signal.SIGKILL
    site.remove("content/events/b.yaml")
    site.build()
    assert site.output() == before
    assert not (site.out / "events/new").exists()
    assert_no_debris(site.out)


def test_helpers_end_with_the_first_process(tmp_path):
    """Else they would hold the lock for ever."""
    site = Site(tmp_path / "p")
    start(site)
    for moment in (3, 10, 40):
        run_apart(site, moment, jobs=4)
        assert run_apart(site, UNTIL_THE_END, jobs=4) == 0
        shutil.rmtree(site.out)
