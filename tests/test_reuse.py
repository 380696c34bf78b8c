"""What spares work between builds and within one: it costs nothing but time to lose, and never shows."""

import os
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pincite.again import Again
from pincite.base.derived import Derived, is_same
from pincite.base.digest import digest
from pincite.base.text import Text
from pincite.build import build
from pincite.disk import MANIFEST
from pincite.load.events import parse_events
from pincite.memo import Memo
from pincite.options import Options
from pincite.spool import Spool
from pincite.store.slices import blank_others, cut, fit
from support import Site, event

VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-2, 2)
    | st.sampled_from((0.0, -0.0, 1.0, "", "a", b"")),
    lambda inner: st.lists(inner, max_size=3).map(tuple),
    max_leaves=8,
)


@given(VALUES, VALUES)
def test_what_is_the_same_has_one_digest(one, other):
    assert is_same(one, one)
    if is_same(one, other):
        assert digest(one) == digest(other)


def test_numbers_that_only_compare_as_equal_are_told_apart():
    for one, other in ((1, 1.0), (1, True), (0.0, -0.0)):
        assert one == other
        assert not is_same((one,), (other,))


def test_what_was_derived_is_given_again_until_it_is_not_asked_for():
    derived, source = Derived(), object()
    made = derived.of(lambda_of := (lambda _: object()), source)
    derived.forget_unused()
    assert derived.of(lambda_of, source) is made
    assert derived.of(lambda_of, object()) is not made
    derived.forget_unused()
    derived.forget_unused()
    assert derived.of(lambda_of, source) is not made


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "a"
    path.write_text("old")
    old = time.time() - 100
    os.utime(path, (old, old))
    return path


def test_a_file_is_read_again_when_its_stamp_is_new(file):
    again = Again()

    def read():
        return again.of("a", file.stat(), file.read_text)

    assert read() == "old"
    file.write_text("new")
    os.utime(file, (0, 0))  # whatever its time of change says, that of its status is new
    assert read() == "new"


def test_what_had_not_rested_is_read_again(file, monkeypatch):
    """Two changes within one tick of a clock leave one stamp."""
    status, again = file.stat(), Again()
    for passed, expected in ((1, "new"), (10, "old")):
        changed = max(status.st_mtime_ns, status.st_ctime_ns)
        monkeypatch.setattr(time, "time_ns", lambda now=changed + passed * 10**9: now)
        again = Again()
        assert again.of("a", status, lambda: "old") == "old"
        again.forget_unused()
        assert again.of("a", status, lambda: "new") == expected


@pytest.mark.parametrize("size", [1, 10_000, 5_000_000])
def test_a_spool_gives_what_it_took(tmp_path, size):
    spool = Spool(tmp_path / "not" / "there")
    data = [bytes([n]) * (size + n) for n in range(5)]
    places = [spool.add(some) for some in data]
    for place, some in reversed(list(zip(places, data, strict=True))):
        assert spool.read(*place) == some
    assert list(tmp_path.iterdir()) == []
    spool.close()


TRICKS = {
    "an item in a block": "- id: a\n  title: |\n    x\n    - y\n- id: b\n  title: c\n",
    "a comment before": "# first\n\n- id: a\n- id: b\n",
    "no space": "-\n  id: a\n- id: b\n",
    "a nested list": "- id: a\n  tags:\n  - x\n  - y\n- id: b\n",
    "two documents": "- id: a\n---\n- id: b\n",
    "an end": "- id: a\n...\n",
    "a directive": "%YAML 1.1\n---\n- id: a\n",
    "a quotation over lines": '- id: a\n  title: "x\n\n    - y"\n- id: b\n',
    "lone CR": "- id: a\r- id: b\n- id: c\n",
    "a mapping": "events:\n- id: a\n",
    "CR LF": "- id: a\r\n- id: b\r\n",
    "a line separator": "- id: a\u2028- id: b\n",
    "nothing": "",
}


@pytest.mark.parametrize("text", TRICKS.values(), ids=TRICKS)
def test_a_slice_is_read_as_it_is_in_its_file(text):
    """Wherever slices are trusted, what each gives alone is what the whole file gives."""
    slices = cut(text)
    entries, found = parse_events(Text("e.yaml", text))
    places = [entry.at.span.start for entry in entries]
    if any(f.code.startswith("yaml") for f in found) or not fit(slices, places):
        return
    for piece, entry in zip(slices, entries, strict=True):
        [alone], _ = parse_events(Text("e.yaml", blank_others(text, [piece])))
        assert alone == entry
        assert alone.at.span == entry.at.span


EDITS = (
    ("title: Event e3", 'title: "an open quotation'),
    ('title: "an open quotation', "title: |\n    in a block\n\n    - with an item"),
    ("- id: e5", "---\n- id: e5"),
    ("---\n- id: e5", "# a remark\n- id: e5"),
    ("- id: e7\n", "- id: e7 \r\n"),
    ("- id: e1\n", "-\n  id: e1\n"),
    ("date: 2025-01", "date: 2025-02"),
)


@pytest.mark.parametrize("lasting", [True, False])
def test_a_file_of_many_events_edited_again_and_again(tmp_path, lasting):
    site = Site(tmp_path / "project")
    path = "content/events/many.yaml"
    site.write(path, "".join(event(f"e{n}", title=f"Event e{n}") for n in range(12)))
    memo, options = Memo(lasting=lasting), Options(out=site.out)
    assert build(site.root, options, memo)[1] is not None
    for old, new in EDITS:
        text = (site.root / path).read_bytes().decode()
        assert old in text, old
        (site.root / path).write_bytes(text.replace(old, new, 1).encode())
        checked, published = build(site.root, options, memo if lasting else Memo())
        clean = Site(tmp_path / "clean", bare=True).copy_from(site.root).build()
        assert (published is None) == (clean.published is None), (old, checked.found)
        if published is None:
            assert [f.code for f in checked.found] == [f.code for f in clean.checked.found]
        else:
            assert site.output() == clean.output()
        clean.root.rename(tmp_path / f"clean-{EDITS.index((old, new))}")


def test_data_files_are_put_off_and_then_caught_up(tmp_path):
    site = Site(tmp_path / "project").write("content/events/a.yaml", event("a", title="First"))
    memo = Memo(lasting=True)
    build(site.root, Options(out=site.out), memo)
    before = (site.out / "data/timeline.json").read_bytes()
    site.edit("content/events/a.yaml", "First", "Second")
    _, published = build(site.root, Options(out=site.out, postpone=True), memo)
    assert published is not None
    assert published.postponed
    assert "Second" in (site.out / "events/a/index.html").read_text("utf-8")
    assert (site.out / "data/timeline.json").read_bytes() == before
    _, published = build(site.root, Options(out=site.out), memo)
    assert published is not None
    assert not published.postponed
    clean = Site(tmp_path / "clean", bare=True).copy_from(site.root).build()
    assert site.output() == clean.output()


def test_what_was_put_off_is_caught_up_by_another_process(tmp_path):
    site = Site(tmp_path / "project").write("content/events/a.yaml", event("a", title="First"))
    memo = Memo(lasting=True)
    build(site.root, Options(out=site.out), memo)
    site.edit("content/events/a.yaml", "First", "Second")
    build(site.root, Options(out=site.out, postpone=True), memo)
    site.build()  # the preview was killed before it came to it
    clean = Site(tmp_path / "clean", bare=True).copy_from(site.root).build()
    assert site.output() == clean.output()
    assert Path(site.out / "data/timeline.json").read_bytes().count(b"Second") > 0


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# nothing\n",
        " - a: b\n",
        "a: b\n- c: d\n",
        "---\n- a: b\n",
        "- a: b\n...\n- c: d\n",
        "- a: b\r---\r\n- c: d\n",
        "- a: b\x85...\n- c: d\n",
        "- a: b\u2028%x\n- c: d\n",
        "- a: b\n\ufeff- c: d\n",
        "# a\x01\n- b: c\n",
        "# a\x85b: c\n- d: e\n",
    ],
)
def test_what_yaml_may_read_otherwise_is_not_cut(text):
    assert cut(text) == ()


def test_what_is_cut_reaches_to_the_end():
    text = "# ä😀\r\n\n- a: b\r\n  c: d\r\n# e\n- f: g"
    assert [text[piece.start : piece.end] for piece in cut(text)] == [
        "- a: b\r\n  c: d\r\n# e\n",
        "- f: g",
    ]


def test_a_preview_and_another_process_in_turn_end_as_a_clean_build(tmp_path):
    site = Site(tmp_path / "project")
    for id in "abc":
        site.write(f"content/events/{id}.yaml", event(id, title=f"First {id}"))
    memo = Memo(lasting=True)
    build(site.root, Options(out=site.out), memo)
    site.edit("content/events/a.yaml", "First", "Second")
    build(site.root, Options(out=site.out, postpone=True), memo)
    site.edit("content/events/b.yaml", "First", "Second")
    site.build()
    site.edit("content/events/a.yaml", "Second", "First")
    build(site.root, Options(out=site.out, postpone=True), memo)
    site.edit("content/events/c.yaml", "First", "Second")
    build(site.root, Options(out=site.out, postpone=True), memo)
    _, published = build(site.root, Options(out=site.out), memo)
    assert published is not None
    clean = Site(tmp_path / "clean", bare=True).copy_from(site.root).build()
    assert site.output() == clean.output()
    assert (site.out / MANIFEST).read_bytes() == (clean.out / MANIFEST).read_bytes()
