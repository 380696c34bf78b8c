"""Publishing and its tools by themselves: pages that are a few bytes, and a folder."""

import json
import os
from pathlib import Path
from types import SimpleNamespace

import pytest

from pincite.base.content import digest_content
from pincite.base.diagnostics import Failure
from pincite.disk import (
    BEGUN,
    MANIFEST,
    STATE,
    hold_lock,
    read_left,
    stamp_of,
    stamps_of,
    write_left,
    write_whole,
)
from pincite.plan.page import Page
from pincite.publish import Past, publish

RENDERER = SimpleNamespace(engine="e1")


def same(data):
    return data


def files(pairs):
    yield from pairs


def page(path, data="x", **more):
    return Page(path, "", same, (data.encode(),), **more)


def put(out, *pages, renderer=RENDERER, **more):
    return publish(pages, renderer, None, out, **more)


def held(out):
    """Return every file below *out* but the manifest: path → text."""
    return {
        path.relative_to(out).as_posix(): path.read_text("utf-8")
        for path in sorted(out.rglob("*"))
        if path.is_file() and path.name != MANIFEST
    }


def test_a_page_is_written_once(tmp_path):
    out = tmp_path / "site"
    first = put(out, page("a.html"), page("b/c.html", "y"))
    assert held(out) == {"a.html": "x", "b/c.html": "y"}
    assert first.written == ("a.html", "b/c.html")
    assert first.why == {"a.html": "new page", "b/c.html": "new page"}
    assert first.contents == {"a.html": digest_content(b"x"), "b/c.html": digest_content(b"y")}
    kept = stamp_of(str(out / MANIFEST)), stamp_of(str(out / "a.html"))
    second = put(out, page("a.html"), page("b/c.html", "y"))
    assert (second.written, second.why, second.removed) == ((), {}, ())
    assert second.contents == first.contents
    assert (stamp_of(str(out / MANIFEST)), stamp_of(str(out / "a.html"))) == kept


def test_reasons_are_told(tmp_path):
    out = tmp_path / "site"
    put(out, page("a"), page("b"), page("c"), page("d"))
    (out / "b").unlink()
    (out / "c").write_text("other")
    done = put(out, page("a", "new"), page("b"), page("c"), page("d"))
    assert done.why == {
        "a": "content changed",
        "b": "file missing",
        "c": "file was changed by something else",
    }
    assert done.written == ("a", "b", "c")
    assert held(out) == {"a": "new", "b": "x", "c": "x", "d": "x"}
    done = put(out, page("a", "newer"), renderer=SimpleNamespace(engine="e2"))
    assert done.why == {"a": "Pincite itself and content changed"}
    assert (done.written, done.removed) == (("a",), ("b", "c", "d"))
    done = put(out, page("a", "newer"), renderer=SimpleNamespace(engine="e3"))
    assert (done.why, done.written) == ({"a": "Pincite itself changed"}, ())


def test_a_page_with_a_template(tmp_path):
    asked = []
    renderer = SimpleNamespace(
        engine="e",
        closure=lambda name: asked.append(name) or f"{name} 1",
        render=lambda name, view, frame: f"{name} {view} {frame}".encode(),
    )
    pages = [Page(name, "t.html", str, (number,)) for number, name in enumerate("ab")]
    done = publish(pages, renderer, "F", tmp_path)
    assert held(tmp_path) == {"a": "t.html 0 F", "b": "t.html 1 F"}
    assert set(asked) == {"t.html"}
    renderer.closure = lambda name: f"{name} 2"
    assert publish(pages, renderer, "F", tmp_path).why == dict.fromkeys("ab", "template changed")
    assert done.contents["a"] == digest_content(b"t.html 0 F")


def test_files_that_are_made_together(tmp_path):
    def both(*pairs):
        return Page("x", "", files, (pairs,), outputs=("m/1", "m/2"))

    done = put(tmp_path, both(("m/1", b"a"), ("m/2", b"b")))
    assert held(tmp_path) == {"m/1": "a", "m/2": "b"}
    done = put(tmp_path, both(("m/1", b"a")))
    assert (done.written, done.removed, held(tmp_path)) == ((), ("m/2",), {"m/1": "a"})
    done = put(tmp_path, both(("m/1", b"a")))
    assert (done.written, done.removed, done.why) == ((), (), {})
    done = put(tmp_path, both(("m/1", b"c"), ("m/2", b"b")))
    assert (done.written, held(tmp_path)) == (("m/1", "m/2"), {"m/1": "c", "m/2": "b"})
    assert put(tmp_path).removed == ("m/1", "m/2")
    assert not (tmp_path / "m").exists()


def test_what_can_wait_is_put_off_where_it_is_there(tmp_path):
    def pages(text):
        return page("a", text), page("b", text, can_wait=True)

    done = put(tmp_path, *pages("1"), postpone=True)
    assert (done.written, done.postponed) == (("a", "b"), False)
    done = put(tmp_path, *pages("2"), postpone=True)
    assert (done.written, done.postponed, held(tmp_path)) == (("a",), True, {"a": "2", "b": "1"})
    done = put(tmp_path, *pages("2"))
    assert (done.written, done.postponed, held(tmp_path)) == (("b",), False, {"a": "2", "b": "2"})


def test_a_hint_spares_the_reading_and_is_never_trusted_alone(tmp_path):
    put(tmp_path, page("a"))
    known = {"a": (*stamp_of(str(tmp_path / "a")), digest_content(b"x"))}
    assert put(tmp_path, page("a"), past=Past(stamps=known)).why == {}
    lie = {"a": (*stamp_of(str(tmp_path / "a")), digest_content(b"other"))}
    assert put(tmp_path, page("a"), past=Past(stamps=lie)).why == {
        "a": "file was changed by something else"
    }
    (tmp_path / "a").write_text("longer")
    assert put(tmp_path, page("a"), past=Past(stamps=known)).written == ("a",)


def test_progress_is_told_page_by_page(tmp_path):
    told = []
    put(tmp_path, page("a"), page("b"), advance=told.append)
    assert told == [1, 1]


def test_what_is_not_ours_stays(tmp_path):
    put(tmp_path, page("a/b/c"), page("d"))
    (tmp_path / "a/mine").write_text("mine")
    done = put(tmp_path, page("d"))
    assert done.removed == ("a/b/c",)
    assert held(tmp_path) == {"a/mine": "mine", "d": "x"}
    assert not (tmp_path / "a/b").exists()


SAFE = "a/b.html"


@pytest.mark.parametrize(
    "path", ["../up", "/tmp/x", "a//b", "", ".", "a/./b", "a/..", "a\\b", "c:x", "a\0b", 7]
)
def test_a_manifest_cannot_name_what_is_elsewhere(tmp_path, path):
    out = tmp_path / "site"
    put(out, page(SAFE))
    for name in ("up", "site/c:x", "site/a\\b"):
        (tmp_path / name).write_text("mine")
    manifest = json.loads((out / MANIFEST).read_bytes())
    manifest["pages"][str(path)] = manifest["pages"][SAFE]
    if path == 7:
        manifest["pages"][SAFE] = ["only", "three", "cells"]
    (out / MANIFEST).write_text(json.dumps(manifest), "utf-8")
    begun = [path, f"{path}"]
    (out / BEGUN).write_text(json.dumps(begun), "utf-8")
    done = put(out, page(SAFE))
    assert done.removed == (() if path != 7 else ("7",))
    assert all((tmp_path / name).exists() for name in ("up", "site/c:x", "site/a\\b"))
    assert not (out / BEGUN).exists()


@pytest.mark.parametrize("row", [["a", "b", "c"], ["a", "b", "c", 4], ["a", "b", "c", "d", "e"]])
def test_a_row_that_is_none_is_no_row(tmp_path, row):
    put(tmp_path, page("a"))
    manifest = json.loads((tmp_path / MANIFEST).read_bytes())
    manifest["pages"]["a"] = row
    (tmp_path / MANIFEST).write_text(json.dumps(manifest))
    assert put(tmp_path, page("a")).why == {"a": "new page"}


def test_the_manifest_is_a_line_a_page(tmp_path):
    put(tmp_path, page("b"), page("a"))
    first, *rows, last = (tmp_path / MANIFEST).read_text("utf-8").splitlines()
    assert first == '{"format": "pincite-manifest/1", "pages": {'
    assert [row[:4] for row in rows] == ['"a":', '"b":']
    assert last == "}}"


def test_what_a_killed_build_left_is_taken_away(tmp_path):
    put(tmp_path, page("a"), page("gone"))
    for name in ("a.part", "gone.part", "new/n.part", "new/n", "wanted"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("half")
    (tmp_path / BEGUN).write_text(json.dumps(["new/n", "wanted"]))
    done = put(tmp_path, page("a"), page("wanted"))
    assert held(tmp_path) == {"a": "x", "wanted": "x"}
    assert done.removed == ("gone",)
    assert done.why == {"wanted": "new page"}


def test_marks_come_first_and_go_last(tmp_path):
    """Whatever is on disk when a page is written, what it leads to is there."""
    source = "sources/s/index.html"

    def pages(*ids):
        marks = "".join(f'<mark id="c-{id}-1"></mark>' for id in ids)
        return [
            page(source, f"<body>{marks}</body>"),
            *(page(f"events/{id}", f"to c-{id}-1 of {ids}") for id in ids),
        ]

    put(tmp_path, *pages("a", "b"))
    seen = []
    real = os.replace

    def see(verb, target):
        text = (tmp_path / source).read_text("utf-8")
        name = os.path.relpath(target, tmp_path).replace(os.sep, "/")
        seen.append((verb + name, sorted(id for id in "abc" if f'id="c-{id}-1"' in text)))

    def watched(part, target):
        real(part, target)
        see("", target)

    def watched_unlink(path, **more):
        gone(path, **more)
        see("no ", path)

    gone = os.unlink
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "replace", watched)
        patch.setattr(os, "unlink", watched_unlink)
        put(tmp_path, *pages("b", "c"))
    assert seen == [
        (BEGUN, ["a", "b"]),
        (source, ["a", "b", "c"]),
        ("events/b", ["a", "b", "c"]),
        ("events/c", ["a", "b", "c"]),
        ("no events/a", ["a", "b", "c"]),
        (source, ["b", "c"]),
        (MANIFEST, ["b", "c"]),
        (f"no {BEGUN}", ["b", "c"]),
    ]
    assert '<span id="c-a-1"></span></body>' not in (tmp_path / source).read_text("utf-8")


def test_a_page_that_leads_to_marks_goes_before_they_do(tmp_path):
    put(tmp_path, page("sources/s", '<body><mark id="c-a-1"></mark></body>'), page("events/a"))
    order = []
    real = os.unlink
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            os, "unlink", lambda path, **more: order.append(str(path)) or real(path, **more)
        )
        put(tmp_path)
    ours = [path for path in order if "events" in path or "sources" in path]
    assert list(dict.fromkeys(path.rpartition("/")[2] for path in ours)) == ["a", "s"]


def test_nothing_is_written_or_removed_through_a_link(tmp_path):
    out, other = tmp_path / "site", tmp_path / "other"
    put(out, page("a/x"))
    (out / "a/x").unlink()
    (out / "a").rmdir()
    other.mkdir()
    (other / "x").write_text("mine")
    (out / "a").symlink_to(other)
    assert put(out).removed == ("a/x",)
    assert (other / "x").read_text() == "mine"
    with pytest.raises(Failure, match="leads out of") as problem:
        put(out, page("a/x"))
    assert "symbolic link" in problem.value.help
    assert (other / "x").read_text() == "mine"


def test_a_folder_in_the_way_is_told(tmp_path):
    put(tmp_path, page("a"))
    (tmp_path / "a").unlink()
    (tmp_path / "a/b").mkdir(parents=True)
    with pytest.raises(Failure, match=r"cannot write .*/a: Is a directory"):
        put(tmp_path, page("a"))
    assert held(tmp_path) == {BEGUN: '["a"]'}
    assert put(tmp_path, page("c")).written == ("c",)
    assert (tmp_path / "a/b").is_dir()


def test_what_cannot_be_removed_is_told(tmp_path, monkeypatch):
    put(tmp_path, page("a"), page("b"))

    def refuse(path, **_):
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(os, "unlink", refuse)
    with pytest.raises(Failure, match=r"cannot remove .*/b: Permission denied"):
        put(tmp_path, page("a"))


# The tools.


def test_a_file_is_replaced_as_a_whole(tmp_path):
    target = tmp_path / "f"
    for data in (b"one", b"", b"z" * 3_000_000, b"two"):
        write_whole(target, data)
        assert target.read_bytes() == data
    precious = tmp_path / "precious"
    precious.write_text("mine")
    (tmp_path / "f.part").symlink_to(precious)
    write_whole(target, b"three")
    assert (target.read_bytes(), precious.read_text()) == (b"three", "mine")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["f", "precious"]


def open_files():
    """Return how many files this process holds open, where the system tells."""
    listed = Path("/proc/self/fd")
    return len(list(listed.iterdir())) if listed.is_dir() else 0


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such rights")
def test_a_file_has_the_rights_that_files_have_here(tmp_path):
    (tmp_path / "other").write_bytes(b"")
    for again in (False, True):
        if again:
            (tmp_path / "f.part").write_bytes(b"half")
        write_whole(tmp_path / "f", b"x")
        assert (tmp_path / "f").stat().st_mode == (tmp_path / "other").stat().st_mode


@pytest.mark.parametrize("name", ["write", "close", "replace"])
def test_a_file_that_cannot_be_written_leaves_the_old_one(tmp_path, monkeypatch, name):
    target = tmp_path / "f"
    write_whole(target, b"old")
    real, failed = getattr(os, name), []

    def fail(*given):
        if failed:
            return real(*given)
        failed.append(given)
        raise OSError(28, "No space left on device")

    before = open_files()
    monkeypatch.setattr(os, name, fail)
    with pytest.raises(OSError, match="No space"):
        write_whole(target, b"new")
    monkeypatch.undo()
    assert target.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["f"]
    assert open_files() == before


def test_a_short_write_goes_on(tmp_path, monkeypatch):
    real = os.write
    monkeypatch.setattr(os, "write", lambda file, data: real(file, bytes(data[:2])))
    write_whole(tmp_path / "f", b"abcdefg")
    monkeypatch.undo()
    assert (tmp_path / "f").read_bytes() == b"abcdefg"


def test_one_build_of_a_folder_at_a_time(tmp_path):
    one, other = tmp_path / "one", tmp_path / "other"
    with hold_lock(tmp_path, one):
        with pytest.raises(Failure, match="another build is writing to"), hold_lock(tmp_path, one):
            pass
        with hold_lock(tmp_path, other):
            pass
    with hold_lock(tmp_path, one):
        pass
    assert (tmp_path / STATE / ".gitignore").read_bytes() == b"*\n"
    assert len(list((tmp_path / STATE).glob("lock-*"))) == 2


def test_a_lock_is_no_link_and_lies_behind_none(tmp_path):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    project = tmp_path / "project"
    project.mkdir()
    (project / STATE).symlink_to(elsewhere)
    with pytest.raises(Failure, match="is a link") as problem, hold_lock(project, project / "o"):
        pass
    assert "remove it" in problem.value.help
    assert list(elsewhere.iterdir()) == []
    (project / STATE).unlink()
    with hold_lock(project, project / "o"):
        pass
    (file,) = (project / STATE).glob("lock-*")
    file.unlink()
    file.symlink_to(elsewhere / "lock")
    with pytest.raises(Failure, match="cannot write in"), hold_lock(project, project / "o"):
        pass
    assert list(elsewhere.iterdir()) == []
    with pytest.raises(Failure, match="cannot write in"), hold_lock(project / "none", project):
        pass


def test_what_is_left_for_the_next_build(tmp_path):
    out = tmp_path / "site"
    assert read_left(tmp_path, out) == {}
    write_left(tmp_path, out, {"a": ["ü", 1]})
    assert {**read_left(tmp_path, out), "format": ""} == {"a": ["ü", 1], "format": ""}
    assert read_left(tmp_path, tmp_path / "other") == {}
    (file,) = (tmp_path / STATE).glob("left-*")
    assert file.read_bytes().isascii()
    for spoilt in ("[", "[1]", "7", '{"format": "pincite-left/0"}', "{}", "[" * 100_000):
        file.write_text(spoilt)
        assert read_left(tmp_path, out) == {}
    file.unlink()
    file.mkdir()
    write_left(tmp_path, out, {})
    assert read_left(tmp_path, out) == {}


def test_stamps(tmp_path):
    write_whole(tmp_path / "f", b"abc")
    status = (tmp_path / "f").stat()
    stamp = (3, status.st_mtime_ns, status.st_ctime_ns)
    assert stamps_of(tmp_path, ["f", "none"]) == {"f": stamp, "none": None}
