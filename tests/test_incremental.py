"""What each edit costs, that it never shows in the result, and that nothing is lost on the way."""

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from pincite.base.diagnostics import Failure
from pincite.disk import BEGUN, hold_lock
from pincite.publish import MANIFEST
from support import ROOT, Site, event, source

EVENTS = "content/events/a.yaml"


@pytest.fixture
def site(tmp_path):
    site = Site(tmp_path / "project")
    site.write(EVENTS, event("cracks") + event("repairs", "expected to take about six months"))
    site.write("content/sources/other.md", source("One two three four.", title="Another"))
    site.write("content/pages/method.md", "---\ntitle: Method\n---\n\nText.\n")
    return site.build()


def html(paths):
    """Return the pages among *paths*, but their twins for embedding."""
    return {p for p in paths if p.endswith(".html") and not p.startswith("embed/")}


def test_the_first_build_writes_everything(site):
    assert set(site.published.written) == set(site.output())
    assert set(site.rendered.values()) == {"new page"}


@pytest.mark.parametrize("warm", [True, False])
def test_a_second_build_renders_and_writes_nothing(site, warm):
    before = {path: path.stat().st_mtime_ns for path in site.out.rglob("*")}
    site.build(warm=warm)
    assert site.rendered == {}
    assert (site.published.written, site.published.removed) == ((), ())
    assert {path: path.stat().st_mtime_ns for path in site.out.rglob("*")} == before


def test_a_comment_renders_nothing(site):
    site.write(EVENTS, "# moved down\n\n" + (site.root / EVENTS).read_text())
    assert site.build().rendered == {}


def test_a_comment_above_a_text_renders_nothing(site):
    site.edit("content/sources/bridge.md", "publisher:", "# What it is:\npublisher:")
    assert site.build().rendered == {}


def test_a_file_divided_in_two_renders_nothing(site):
    items = (site.root / EVENTS).read_text().split("\n- ")
    site.write(EVENTS, items[0] + "\n").write("content/events/b.yaml", "- " + items[1])
    assert site.build().rendered == {}


def test_a_title_renders_only_the_pages_that_show_it(site):
    site.edit(EVENTS, "title: Cracks are found", "title: Cracks were found")
    site.build()
    assert html(site.published.written) == {
        "index.html",
        "events/cracks/index.html",
        "events/repairs/index.html",  # the way to its neighbour
        "kinds/other/index.html",
        "sources/bridge/index.html",  # cited by
        "status/occurred/index.html",
        "timeline/2025/index.html",
    }
    assert set(site.rendered.values()) == {"content changed"}
    assert "sources/other/index.html" not in site.rendered
    assert "method/index.html" not in site.rendered


def test_words_of_a_source_render_its_own_page_and_those_that_quote_it(site):
    site.edit("content/sources/other.md", "One two", "One or two").build()
    assert html(site.rendered) == {"sources/other/index.html"}
    path = "content/sources/bridge.md"
    site.edit(path, "publisher: The Gazette", "publisher: The Herald").build()
    assert html(site.rendered) >= {"sources/bridge/index.html", "events/cracks/index.html"}
    assert "sources/other/index.html" not in site.rendered


def test_a_part_of_the_theme_renders_the_pages_that_reach_it(site):
    part = (ROOT / "templates/404.html").read_text("utf-8")
    site.write("templates/404.html", part + "<!-- more -->").build()
    assert site.rendered == {"404.html": "template changed"}


def test_a_part_that_all_pages_share_renders_them_all(site):
    part = (ROOT / "templates/parts/colophon.html").read_text("utf-8")
    site.write("templates/parts/colophon.html", part + "<!-- more -->").build()
    redirects = {path for path, page in site.output().items() if b"colophon" not in page}
    assert html(site.rendered) >= html(site.output()) - redirects


def test_a_change_of_the_theme_that_changes_no_byte_writes_nothing(site):
    part = (ROOT / "templates/parts/colophon.html").read_text("utf-8")
    site.write("templates/parts/colophon.html", "{#- a remark -#}" + part).build()
    assert len(site.rendered) > 5
    assert site.published.written == ()


def test_an_asset_renders_itself(site):
    site.write("templates/assets/more.txt", "More.").build()
    assert site.published.written == ("assets/more.txt",)
    site.write("templates/assets/more.txt", "Less.").build()
    assert site.published.written == ("assets/more.txt",)
    site.remove("templates/assets/more.txt").build()
    assert site.published.removed == ("assets/more.txt",)


def test_a_new_version_of_the_program_renders_everything_and_writes_nothing(site, monkeypatch):
    monkeypatch.setattr("pincite.build.engine_digest", lambda: "another")
    site.build()
    assert set(site.rendered.values()) == {"Pincite itself changed"}
    assert set(site.rendered) == set(site.output())
    assert site.published.written == ()


def test_a_renamed_event_moves(site):
    site.edit(EVENTS, "id: cracks", "id: broken").build()
    assert "events/cracks/index.html" in site.published.removed
    assert not (site.out / "events/cracks").exists()
    assert (site.out / "events/broken/index.html").is_file()


def test_an_alias_keeps_the_old_address(site):
    site.edit(EVENTS, "id: cracks\n", "id: broken\n  aliases: [cracks]\n").build()
    assert "events/cracks/index.html" not in site.published.removed
    [link] = site.page("events/cracks/index.html").find_all("a", href="../../events/broken/")
    assert link.text == "Cracks are found"


def test_a_deleted_file_takes_its_pages_along(site):
    site.remove("content/sources/other.md").remove("content/pages/method.md").build()
    assert set(site.published.removed) == {"sources/other/index.html", "method/index.html"}
    assert not (site.out / "sources/other").exists()
    assert not (site.out / "method").exists()


def test_what_a_killed_build_never_wrote_is_not_told_as_removed(site):
    (site.out / BEGUN).write_text('["events/never/index.html"]')
    site.build()
    assert site.published.removed == ()
    assert not (site.out / BEGUN).exists()


def test_files_of_others_stay(site):
    (site.out / "CNAME").write_text("example.org")
    (site.out / "events/cracks/notes.txt").write_text("Mine.")
    site.write(EVENTS, event("repairs", "expected to take about six months")).build()
    assert "events/cracks/index.html" in site.published.removed
    assert (site.out / "CNAME").read_text() == "example.org"
    assert (site.out / "events/cracks/notes.txt").read_text() == "Mine."


@pytest.mark.parametrize("damage", ["changed", "cut", "missing"])
def test_damaged_output_is_healed(site, damage):
    before = site.output()
    target = site.out / "events/cracks/index.html"
    match damage:
        case "changed":
            target.write_text("oops")
        case "cut":
            target.write_bytes(target.read_bytes()[:100])
        case "missing":
            target.unlink()
    site.build()
    assert set(site.rendered) == {"events/cracks/index.html"}
    assert site.output() == before


GARBAGE = [
    None,
    "",
    "{",
    "[]",
    '{"pages": []}',
    '{"pages": {"index.html": 7}}',
    '{"pages": {"index.html": [1, 2, 3, 4]}}',
    '{"pages": {"../../precious.txt": ["a", "b", "c", "d"]}}',
    '{"pages": {"/etc/hostname": ["a", "b", "c", "d"]}}',
    '{"pages": {"": ["a", "b", "c", "d"], "a\\u0000b": ["a", "b", "c", "d"]}}',
    '{"pages": {"events": ["a", "b", "c", "d"]}}',
    "[" * 100_000,
    b"\xff\xfe",
]


@pytest.mark.parametrize("garbage", GARBAGE, ids=range(len(GARBAGE)))
def test_a_manifest_that_is_lost_or_spoilt_costs_only_time(site, garbage):
    before = site.output()
    precious = site.root.parent / "precious.txt"
    precious.write_text("Mine.")
    manifest = site.out / MANIFEST
    if garbage is None:
        manifest.unlink()
    else:
        manifest.write_bytes(garbage if isinstance(garbage, bytes) else garbage.encode())
    site.build()
    assert site.published.written == ()
    assert site.output() == before
    assert precious.read_text() == "Mine."
    assert site.build().rendered == {}


def test_the_manifest_says_no_more_than_it_must(site):
    rows = json.loads((site.out / MANIFEST).read_text("utf-8"))["pages"]
    assert set(rows) == set(site.output())
    assert str(site.root) not in (site.out / MANIFEST).read_text("utf-8")


def test_an_error_leaves_the_site_as_it_was(site):
    before = site.output()
    site.edit(EVENTS, "title: Cracks are found", "title: Other")
    site.edit(EVENTS, "two of its twelve", "three of its twelve").build()
    assert site.published is None
    assert site.errors == ["quote-not-found"]
    assert site.output() == before


def test_a_fault_of_a_template_leaves_the_site_as_it_was(site):
    before = site.output()
    site.edit(EVENTS, "title: Cracks are found", "title: Other")
    text = (ROOT / "templates/names.html").read_text("utf-8")
    site.write("templates/names.html", text.replace("<main", "{{ page.gone }}<main")).build()
    assert site.published is None
    assert site.errors == ["template-fault"]
    assert site.report.startswith("templates/names.html:")
    assert site.output() == before


def test_findings_are_told_again_by_a_warm_build(site):
    site.edit(EVENTS, "two of its twelve", "three of its twelve")
    first = site.build(warm=True).report
    assert "quote-not-found" in first
    assert site.build(warm=True).report == first


def test_a_place_is_never_stale(site):
    site.edit(EVENTS, "two of its twelve", "three of its twelve")
    lines = [int(site.build(warm=True).report.split(":")[1])]
    site.write(EVENTS, "#\n#\n" + (site.root / EVENTS).read_text())
    lines.append(int(site.build(warm=True).report.split(":")[1]))
    assert lines[1] == lines[0] + 2


def test_the_same_text_in_two_files_is_told_of_in_both(site):
    bad = "- id: x\n  date: 2025-02-30\n  title: X\n"
    site.write("content/events/b.yaml", bad).write("content/events/c.yaml", bad)
    report = site.build(warm=True).report
    assert "content/events/b.yaml:2:" in report
    assert "content/events/c.yaml:2:" in report


def test_a_lock_keeps_a_second_build_out(site):
    with hold_lock(site.root, site.out), pytest.raises(Failure, match="another build"):
        site.build()
    assert site.build().rendered == {}


def test_a_lock_of_another_folder_does_not(site):
    with hold_lock(site.root, site.root / "elsewhere"):
        assert site.build().rendered == {}


def test_the_lock_of_a_killed_build_ends_with_it(site):
    code = (
        "import os, signal, sys; from pathlib import Path; from pincite.disk import hold_lock\n"
        f"with hold_lock(Path({str(site.root)!r}), Path({str(site.out)!r})):\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    subprocess.run(  # noqa: PLW1510
        [sys.executable, "-c", code], env={**os.environ, "PYTHONPATH": str(ROOT / "generator")}
    )
    assert site.build().rendered == {}


@pytest.mark.parametrize(
    "out",
    [".", "..", "content", "content/site", "templates/x", "seeds", ".git/x", "content/site.yaml"],
)
def test_an_output_that_would_bury_the_project_is_refused(site, out):
    site.out = site.root / out
    with pytest.raises(Failure):
        site.build()
    assert (site.root / EVENTS).is_file()


def test_a_link_to_the_content_is_refused_as_output(site):
    site.out = site.root / "link"
    site.out.symlink_to(site.root / "content")
    with pytest.raises(Failure):
        site.build()


def test_a_link_in_the_site_that_leads_out_is_not_followed(site):
    outside = site.root.parent / "outside"
    outside.mkdir()
    (site.out / "events/new").symlink_to(outside)
    site.write("content/events/b.yaml", event("new"))
    with pytest.raises(Failure, match="leads out of"):
        site.build()
    assert list(outside.iterdir()) == []


def test_a_link_in_place_of_a_page_is_replaced_and_what_it_leads_to_stays(site):
    precious = site.root.parent / "precious.txt"
    precious.write_text("Mine.")
    page = site.out / "events/cracks/index.html"
    page.unlink()
    page.symlink_to(precious)
    site.build()
    assert not page.is_symlink()
    assert precious.read_text() == "Mine."


def test_a_folder_in_place_of_a_page_is_told(site):
    page = site.out / "events/cracks/index.html"
    page.unlink()
    page.mkdir()
    with pytest.raises(Failure, match="cannot write"):
        site.build()


def test_published_files_can_be_read_by_a_web_server(site):
    mask = os.umask(0)
    os.umask(mask)
    for path in site.out.rglob("*"):
        if path.is_file():
            assert stat.S_IMODE(path.stat().st_mode) == 0o666 & ~mask


def test_a_disk_that_is_full_leaves_whole_files(site, monkeypatch):
    before = site.output()
    site.edit(EVENTS, "title: Cracks are found", "title: Cracks were found")
    real, left = os.write, [3]

    def write(file, data):
        left[0] -= 1
        if left[0] < 0:
            raise OSError(28, "No space left on device")
        return real(file, bytes(data)[:200] if left[0] == 0 else data)

    monkeypatch.setattr("pincite.disk.os.write", write)
    with pytest.raises(Failure, match="No space left"):
        site.build()
    monkeypatch.undo()
    after = site.output()
    clean = Site(site.root.parent / "clean").copy_from(site.root).build().output()
    assert set(after) == set(before)
    assert all(data in (before[path], clean[path]) for path, data in after.items())
    assert site.build().output() == clean


def test_nothing_is_left_beside_the_pages(site):
    assert not list(site.out.rglob("*.part"))
    assert sorted(p.name for p in site.out.glob(".*")) == [MANIFEST, ".nojekyll"]


def build_apart(root: Path, out: Path, cwd: Path, **environment: str):
    code = (
        "import sys; from pathlib import Path; from pincite.build import *\n"
        "c, p = build(Path(sys.argv[1]), Options(out=Path(sys.argv[2])), Memo()); assert p, c.found"
    )
    subprocess.run(
        [sys.executable, "-c", code, str(root), str(out)],
        cwd=cwd,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT / "generator"), **environment},
        check=True,
    )


def test_the_same_input_gives_the_same_bytes_anywhere(tmp_path):
    """Neither the clock, the folder, the language of the system nor the order of hashes counts."""
    here, there = tmp_path / "here", tmp_path / "there" / "deep"
    Site(here, bare=True).copy_from(ROOT)
    Site(there, bare=True).copy_from(ROOT)
    for path in sorted(there.rglob("*.yaml"), reverse=True):
        os.utime(path, (1, 1))
    build_apart(here, here / "site", here, TZ="Pacific/Kiritimati", PYTHONHASHSEED="1", LC_ALL="C")
    build_apart(
        Path("..") / "there" / "deep",
        there / "site",
        here,
        TZ="America/St_Johns",
        PYTHONHASHSEED="2",
        LC_ALL="C.UTF-8",
    )
    one, two = Site(here, bare=True), Site(there, bare=True)
    assert one.output() == two.output()
    assert (one.out / MANIFEST).read_bytes() == (two.out / MANIFEST).read_bytes()
