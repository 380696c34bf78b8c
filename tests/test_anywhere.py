"""``build --out scheme://…``: the place holds what was built, whatever happened on the way."""

import json
import re
from dataclasses import replace
from posixpath import join, normpath

import fsspec
import pytest
from click.testing import CliRunner

from pincite import cli
from pincite.base.diagnostics import Failure
from pincite.disk import BEGUN, MANIFEST
from pincite.publishing.anywhere import place_at, send
from support import Site, event

ADDRESS = "memory://bucket/site"
LINK = re.compile(r'href="([^"#]*)#(c-[^":]*)')


class Ending:
    """A file system that fails from its *left*-th change on."""

    def __init__(self, system, left):
        self.system, self.left = system, left
        self.protocol = system.protocol

    def __getattr__(self, name):
        does = getattr(self.system, name)
        if name not in ("pipe_file", "rm_file"):
            return does

        def change(*told, **more):
            if self.left <= 0:
                raise OSError("the line is dead")
            self.left -= 1
            return does(*told, **more)

        return change


@pytest.fixture
def place():
    system = fsspec.filesystem("memory")
    system.store.clear()
    system.pseudo_dirs[:] = [""]
    yield place_at(ADDRESS)
    system.store.clear()


@pytest.fixture
def site(tmp_path):
    site = Site(tmp_path / "project")
    site.write("content/events/a.yaml", event("cracks") + event("repairs", "about six months"))
    return site.build()


def held(place):
    return {path: place.read(path) for path in place.find()}


def built(site):
    files = {p.relative_to(site.out).as_posix(): p for p in site.out.rglob("*") if p.is_file()}
    return {path: file.read_bytes() for path, file in files.items()}


def dead_ends(files):
    """Yield the links to marks that are not there."""
    for path, data in files.items():
        for address, mark in LINK.findall(data.decode() if path.endswith(".html") else ""):
            target = normpath(join("/", path, "..", address)).lstrip("/")
            page = files.get(f"{target}/index.html" if address else path, b"")
            if f'id="{mark}"'.encode() not in page:
                yield path, address, mark


def test_a_place_holds_what_was_built(site, place):
    assert send(site.out, place).written == len(built(site)) - 1  # the manifest is not counted
    assert held(place) == built(site)
    assert any(LINK.search(data.decode()) for path, data in held(place).items() if "events" in path)
    assert send(site.out, place) == (0, 0)


def test_only_what_changed_is_sent_and_only_ours_is_removed(site, place):
    send(site.out, place)
    place.write("notes.txt", b"somebody's")
    site.write("content/events/a.yaml", event("cracks", title="Cracks are seen")).build()
    before, now = held(place), built(site)
    changed = [path for path in now if path != MANIFEST and before.get(path) != now[path]]
    gone = [path for path in before if path not in now and path != "notes.txt"]
    assert len(changed) < len(now) - 1
    assert gone
    assert send(site.out, place) == (len(changed), len(gone))
    assert held(place) == {**built(site), "notes.txt": b"somebody's"}


def test_what_went_missing_there_is_sent_again(site, place):
    send(site.out, place)
    place.remove(["events/cracks/index.html"])
    assert send(site.out, place) == (1, 0)
    assert held(place) == built(site)


@pytest.mark.parametrize("share", [0, 0.2, 0.4, 0.6, 0.8, 0.95, 1])
def test_a_sending_that_ends_in_between_leaves_no_dead_end_and_is_mended(site, place, share):
    send(site.out, place)
    moved = event("cracks", "its twelve pillars in late January") + event("closure", "to lorries")
    site.write("content/events/a.yaml", moved).build()
    changes = Ending(place.system, 10_000)
    fsspec_before = dict(place.system.store)
    send(site.out, replace(place, system=changes))
    needed = 10_000 - changes.left
    place.system.store.clear()
    place.system.store.update(fsspec_before)
    ending = Ending(place.system, int(share * (needed - 1)))
    with pytest.raises(Failure, match="the line is dead"):
        send(site.out, replace(place, system=ending))
    assert list(dead_ends(held(place))) == []
    send(site.out, place)
    assert held(place) == built(site)


def test_a_place_that_is_not_ours_is_left_alone(site, place):
    place.write("index.html", b"somebody's")
    with pytest.raises(Failure, match="no manifest of ours"):
        send(site.out, place)
    assert held(place) == {"index.html": b"somebody's"}


@pytest.mark.parametrize("path", ["../other/index.html", "/bucket/other", "a/../../x"])
def test_a_manifest_there_cannot_name_what_is_elsewhere(site, place, path):
    place.system.pipe_file("/bucket/other/index.html", b"somebody's")
    row = ["", "", "", "digest"]
    place.write(MANIFEST, json.dumps({"pages": {path: row, "gone.html": row}}).encode())
    place.write(BEGUN, json.dumps([path]).encode())
    place.write("gone.html", b"ours")
    send(site.out, place)
    assert held(place) == built(site)
    assert place.system.cat_file("/bucket/other/index.html") == b"somebody's"


@pytest.mark.parametrize("broken", [b"", b"[]", b'{"pages": 3}', b'{"pages": {"a": 1}}', b"\xff"])
def test_a_broken_manifest_there_is_none(site, place, broken):
    place.write(MANIFEST, broken)
    place.write(BEGUN, b"[]")
    send(site.out, place)
    assert held(place) == built(site)


def test_the_command_builds_and_sends(site, place, monkeypatch):
    monkeypatch.chdir(site.root)
    done = CliRunner().invoke(cli.main, ["build", "--out", ADDRESS])
    assert done.exit_code == 0, done.output
    assert f"{ADDRESS}: " in done.output
    assert {p: d for p, d in held(place).items() if p != MANIFEST} == site.output()
    again = CliRunner().invoke(cli.main, ["build", "--out", ADDRESS])
    assert f"{ADDRESS}: 0 written, 0 removed." in again.output


def test_a_folder_by_its_address_is_made(site, tmp_path):
    send(site.out, place_at(f"file://{tmp_path}/some/where"))
    assert {
        p.relative_to(tmp_path / "some/where").as_posix(): p.read_bytes()
        for p in (tmp_path / "some/where").rglob("*")
        if p.is_file()
    } == built(site)


@pytest.mark.parametrize(
    ("address", "said"), [("nosuch://a/b", "Protocol not known"), ("adl://a/b", "--out adl://a/b")]
)
def test_an_address_nobody_knows_is_refused(address, said):
    with pytest.raises(Failure, match=said):
        place_at(address)


def test_without_fsspec_it_says_what_to_install(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "fsspec.core", None)
    with pytest.raises(Failure, match="needs fsspec") as failure:
        place_at(ADDRESS)
    assert "pincite[cluster]" in failure.value.help
