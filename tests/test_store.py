"""What is kept of linking may be lost, spoilt or foreign: that costs time and never shows."""

import shutil
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

import pincite.build
from pincite.base.digest import digest
from pincite.model import Event, Source
from pincite.plan.fragments import live_address
from pincite.store.codec import PlaceLost, codec_of
from support import ROOT, SITES, Site, event, source

EVENTS = "content/events/a.yaml"
OTHERS = "content/events/b.yaml"


@pytest.fixture
def site(tmp_path):
    site = Site(tmp_path / "project")
    site.write(EVENTS, event("cracks", more="  actors: [Council]\n  tags: [a]\n"))
    site.write(OTHERS, event("repairs", "expected to take about six months", more="  tags: [a]\n"))
    site.write("content/sources/other.md", source("One two three four.", title="Another"))
    return site.build()


@pytest.fixture
def links(monkeypatch):
    """Count how often everything is linked."""
    counted = []

    def link(*told):
        counted.append(told)
        return at_once(*told)

    def link_in_shares(*told):
        linked = in_shares(*told)
        if linked is not None:  # else it is left to the other
            counted.append(told)
        return linked

    at_once, in_shares = pincite.build.link, pincite.build.link_in_shares
    monkeypatch.setattr(pincite.build, "link", link)
    monkeypatch.setattr(pincite.build, "link_in_shares", link_in_shares)
    return counted


def kept(site):
    [path] = (site.root / ".pincite/cache").glob("linked-*")
    return path


def is_clean(site):
    clean = Site(site.root.parent / "clean", bare=True).copy_from(site.root).build()
    same = (clean.output(), clean.report) == (site.output(), site.report)
    shutil.rmtree(clean.root)
    return same


@pytest.mark.parametrize("name", SITES)
def test_what_is_coded_comes_back(name, tmp_path):
    folder = ROOT if name == "example" else ROOT / "tests/golden" / name
    corpus = Site(tmp_path / "project", bare=True).copy_from(folder).check().checked.corpus
    for kind, values in ((Event, corpus.events), (Source, corpus.sources)):
        codec = codec_of(kind)
        back = tuple(codec.decode(codec.encode(value)) for value in values)
        assert back == values
        assert list(map(digest, back)) == list(map(digest, values))
        for value in back:
            with pytest.raises(PlaceLost):
                value.at.span  # noqa: B018


EDITS = {
    "a title": (EVENTS, "title: Cracks are found", "title: Cracks were found"),
    "a quotation": (OTHERS, "expected to take about six months", "The repairs are expected"),
    "a date that changes the order": (EVENTS, "date: 2025-01", "date: 2026-01"),
    "a comment": (EVENTS, "- id", "# moved\n- id"),
    "one more event": (
        EVENTS,
        "- id: cracks",
        event("more", more="  tags: [a]\n") + "- id: cracks",
    ),
    "an alias": (EVENTS, "  tags", "  aliases: [before]\n  tags"),
    "a way to another": (EVENTS, "  tags", "  related: [repairs]\n  tags"),
    "a warning": (EVENTS, "title: Cracks are found", "title: 14 cracks are found"),
}


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_what_stays_within_its_file_links_nothing_else(site, links, edit):
    site.edit(*edit).build()
    assert links == []
    assert is_clean(site)


FAR = {
    "a new name": (EVENTS, "[Council]", "[Council, Mayor]"),
    "another spelling": (EVENTS, "[Council]", "[council]"),
    "a name's last mention": (EVENTS, "  actors: [Council]\n", ""),
    "a new id": (EVENTS, "id: cracks", "id: broken"),
    "an id that is taken": (EVENTS, "id: cracks", "id: repairs"),
    "an alias that is taken": (EVENTS, "  tags", "  aliases: [Repairs]\n  tags"),
    "a quotation that is nowhere": (EVENTS, "cracks in two of", "cracks in some of"),
    "another source": (EVENTS, "source: bridge", "source: other"),
    "the words of a source": ("content/sources/other.md", "One two", "Ones two"),
    "a setting": ("content/site.yaml", "republish: full", "republish: cited"),
}


@pytest.mark.parametrize("edit", FAR.values(), ids=FAR)
def test_what_reaches_further_links_everything(site, links, edit):
    before = site.output()
    site.edit(*edit).build()
    assert len(links) == 1
    if site.published is not None:
        assert is_clean(site)
    else:
        assert site.output() == before


def test_a_file_that_goes_links_everything(site, links):
    site.remove(EVENTS).build()
    assert len(links) == 1
    assert is_clean(site)


@pytest.mark.parametrize("damage", ["gone", "cut", "changed", "folder"])
@pytest.mark.parametrize("what", ["linked-*", "rows-*"])
def test_what_was_kept_may_be_spoilt(site, links, what, damage):
    path = max((site.root / ".pincite/cache").glob(what), key=lambda path: path.stat().st_size)
    data = path.read_bytes()
    path.unlink()
    match damage:
        case "cut":
            path.write_bytes(data[:-100])
        case "changed":
            half = len(data) // 2
            path.write_bytes(data[:half] + bytes([data[half] ^ 1]) + data[half + 1 :])
        case "folder":
            path.mkdir()
    site.edit(*EDITS["a title"]).build()
    assert len(links) == 1
    assert is_clean(site)


def test_what_another_project_kept_is_not_taken(site, links, tmp_path):
    other = Site(tmp_path / "other").write(EVENTS, event("cracks", title="False")).build()
    links.clear()
    kept(site).write_bytes(kept(other).read_bytes())
    site.edit(*EDITS["a title"]).build()
    assert len(links) == 1
    assert is_clean(site)


def test_what_came_with_a_project_is_not_taken(site, links, tmp_path):
    """Else whoever sends a project could send proofs along."""
    shutil.copytree(site.root, tmp_path / "sent", symlinks=True)
    sent = Site(tmp_path / "sent", bare=True)
    name = kept(site).name
    [own] = (sent.root / ".pincite/cache").glob("linked-*")
    sent.build()  # so that there is a place for it
    own.replace(own.with_name(name))
    sent.edit(*EDITS["a title"])
    links.clear()
    for path in (sent.root / ".pincite/cache").glob("linked-*"):
        path.write_bytes(kept(site).read_bytes())
    sent.build()
    assert len(links) == 1


def test_what_an_older_version_kept_is_not_taken(site, links, monkeypatch):
    monkeypatch.setattr("pincite.build.engine_digest", lambda: "another")
    site.edit(*EDITS["a title"]).build()
    assert len(links) == 1
    assert is_clean(site)


@pytest.mark.parametrize("damage", ["gone", "cut", "swapped", "edited"])
def test_what_was_kept_of_files_may_be_spoilt(site, damage):
    kept = sorted((site.root / ".pincite/cache").glob("pieces-*"))
    assert len(kept) > 3
    for path, other in zip(kept, kept[1:] + kept[:1], strict=True):
        match damage:
            case "gone":
                path.unlink()
            case "cut":
                path.write_bytes(path.read_bytes()[:-1])
            case "swapped":
                path.write_bytes(other.read_bytes())
            case "edited":
                for file in filter(Path.is_file, (site.out / "data").iterdir()):
                    file.write_bytes(file.read_bytes().replace(b"six months", b"few months"))
    site.edit(*EDITS["a title"]).build()
    assert is_clean(site)


@pytest.mark.parametrize("edit", [FAR["a new name"], FAR["a setting"], EDITS["a quotation"]])
def test_pieces_are_made_again_where_something_else_would_come_out(site, edit):
    assert is_clean(site.edit(*edit).build())


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_an_address_of_words_is_encoded_as_the_library_does(words):
    said = " ".join(words.split())
    if said and len(words) <= 300:
        expected = quote(said, safe="").replace("-", "%2D")
        assert (
            live_address("https://a.example/#b", words) == f"https://a.example/#:~:text={expected}"
        )
