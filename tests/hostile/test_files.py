# ruff: noqa: PTH103, PTH123, PTH109, PTH102, PTH106 - some names are bytes, some paths too long
"""Names, links and sizes that lead out, collide or never end: a finding, and nothing outside."""

import json
import os
import re
import unicodedata
from contextlib import suppress

import pytest

from hostile.payloads import IDS, disguises
from pincite.base.diagnostics import Failure
from support import ARTICLE, Site, article, event, source


@pytest.fixture
def site(tmp_path):
    """Return a project in a folder whose neighbours must stay as they are."""
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside/secret.txt").write_text("secret")
    return Site(tmp_path / "p")


def outside(site):
    """Return everything in and beside the project that a build must not touch."""
    kept = {}
    for folder, folders, files in os.walk(site.root.parent):
        if folder.count("/d/") > 20:
            folders.clear()
        if folder == str(site.root):
            folders[:] = [name for name in folders if name not in ("site", ".pincite")]
        for name in files:
            path = f"{folder}/{name}"
            state = os.lstat(path)
            kept[path] = state.st_size, state.st_mtime_ns
    return kept


def build_and_look(site):
    """Build; whatever comes of it, nothing outside is touched. Return the codes of findings."""
    before = outside(site)
    site.checked = site.published = None
    with suppress(Failure):
        site.build()
        assert site.published or site.errors, "it did not build and did not say why"
    assert outside(site) == before
    return [d.code for d in site.checked.found] if site.checked else []


# ---- names -----------------------------------------------------------------------------------


@pytest.mark.parametrize("key", ["id", "alias", "source", "kind"])
def test_every_id_is_an_address_inside_or_is_refused(site, key):
    for text in IDS:
        # As escapes, which YAML reads the same way; but it knows no pairs of surrogates.
        written = json.dumps(text, ensure_ascii=not text.isprintable())
        if key == "id":
            site.write("content/events/a.yaml", event(written))
        elif key == "alias":
            site.write("content/events/a.yaml", event("a", more=f"  aliases: [{written}]\n"))
        elif key == "source":
            site.write("content/events/a.yaml", event("a", source=written))
        else:
            site.write("content/site.yaml", f"title: T\nkinds: {{{written}: {{label: L}}}}\n")
            site.write("content/events/a.yaml", event("a", more=f"  kind: {written}\n"))
        build_and_look(site)
        assert site.checked, text
        if site.published:
            for path in site.published.contents:
                assert all(part.strip(". ") for part in path.split("/") if part[0] != "."), path
                assert all(len(part.encode()) <= 255 for part in path.split("/")), path


def test_every_name_of_a_file_is_read_or_told(site):
    for folder, ending, text in (
        ("sources", ".md", source(*ARTICLE)),
        ("pages", ".md", "---\ntitle: T\n---\n\nx\n"),
        ("events", ".yaml", "[]\n"),
        ("media", ".png", "x"),
    ):
        for name in IDS:
            data = name.encode("utf-8", "surrogatepass")
            if b"/" in data or b"\0" in data or not data or len(data) > 240:
                continue
            path = os.fsencode(site.root / "content" / folder)
            os.makedirs(path, exist_ok=True)
            with open(path + b"/" + data + ending.encode(), "wb") as file:
                file.write(text.encode())
    build_and_look(site)
    assert len(site.errors) > 50


def test_a_path_of_a_snapshot_or_medium_stays_inside(site):
    for text in (*IDS, "../../outside/secret.txt", str(site.root.parent / "outside/secret.txt")):
        written = json.dumps(text)
        site.write("content/sources/s.md", source("x", more=f"snapshot: {written}\n"))
        medium = f"  media: [{{file: {written}, alt: x}}]\n"
        site.write("content/events/a.yaml", event("a", more=medium))
        build_and_look(site)
        assert site.errors, text
        if site.published:
            assert b"secret" not in b"".join(site.output().values())


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Strasse", "Straße"),
        ("abc", "ABC"),
        ("İ", "i̇"),
        ("ﬁ", "fi"),
        ("caf\u00e9", "cafe\u0301"),
        ("Å", "Å"),
        ("K", "K"),
        ("ς", "σ"),
        ("①", "1"),
    ],
)
def test_names_that_some_disks_cannot_tell_apart(site, one, two):
    tags = json.dumps([one, two], ensure_ascii=False)
    site.write("content/events/a.yaml", event("a", more=f"  tags: {tags}\n  actors: {tags}\n"))
    build_and_look(site)
    if site.published:
        seen = {}
        for path in site.published.contents:
            folded = unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())
            assert seen.setdefault(folded, path) == path


# ---- addresses -------------------------------------------------------------------------------

URLS = tuple(disguises())
SCHEME = re.compile(r'(?:href|src|content)="([^"]*)"')


def test_no_disguised_address_becomes_a_link(site):
    plain = [url for url in URLS if url.isprintable()]
    links = "".join(f"- [x]({url})\n- [y](<{url}>)\n- <{url}>\n" for url in plain)
    site.write("content/events/a.yaml", event("a"))
    for number, url in enumerate(URLS):
        more = f"url: {json.dumps(url)}\n"
        site.write(f"content/sources/s{number}.md", source("x", more=more))
        site.write(f"content/pages/q{number}.md", f"---\ntitle: T\n---\n\n[x]({url})\n\n<{url}>\n")
    build_and_look(site)
    refused = [d.span.path for d in site.checked.found if d.severity.value == "error"]
    for number, url in enumerate(URLS):
        if url.startswith("https:") or url.isspace():
            continue
        assert f"content/sources/s{number}.md" in refused, url
        (site.root / f"content/sources/s{number}.md").unlink()
    for path in (site.root / "content/pages").iterdir():
        if f"content/pages/{path.name}" in refused:
            path.unlink()
    for path in (site.root / "content/sources").glob("s*.md"):
        path.unlink()
    site.write("content/pages/links.md", f"---\ntitle: T\n---\n\n```\n{links}```\n")
    build_and_look(site)
    assert site.published, site.report
    for page in site.output().values():
        for address in SCHEME.findall(page.decode("latin-1")):
            assert not re.match(r"(?i)[\s\x00-\x20]*(javascript|data|vbscript|file|blob):", address)


# ---- links on the disk -----------------------------------------------------------------------


def link_as_state(site, away):
    (site.root / ".pincite").symlink_to(away)


def link_as_cache(site, away):
    (site.root / ".pincite").mkdir()
    (site.root / ".pincite/cache").symlink_to(away)


def link_as_site(site, away):
    site.out.symlink_to(away)


def link_as_folder_of_the_site(site, away):
    site.out.mkdir()
    (site.out / "events").symlink_to(away)


def link_as_unfinished_file(site, away):
    site.out.mkdir()
    for name in ("index.html", ".manifest.json", "feed.xml"):
        (site.out / f"{name}.part").symlink_to(away / "secret.txt")


def link_as_published_file(site, away):
    site.out.mkdir()
    (site.out / "index.html").symlink_to(away / "secret.txt")


def manifest_that_removes(site, away):
    site.out.mkdir()
    (site.out / "way").symlink_to(away)
    row = ["", "", "", "x"]
    pages = dict.fromkeys(("way/secret.txt", "../outside/secret.txt", "/etc/hostname"), row)
    (site.out / ".manifest.json").write_text(json.dumps({"pages": pages}))


def notes_that_remove(site, away):
    site.out.mkdir()
    (site.out / "way").symlink_to(away)
    (site.out / ".manifest.begun.json").write_text('["way/secret.txt", "../outside/secret.txt"]')


def link_in_content(site, away):
    (site.root / "content/pages").symlink_to(away)
    (site.root / "content/sources/x.md").symlink_to(away / "secret.txt")
    (site.root / "content/media").mkdir()
    (site.root / "content/media/x.png").symlink_to(away / "secret.txt")


def link_in_templates(site, away):
    (site.root / "templates").mkdir()
    (site.root / "templates/assets").symlink_to(away)


def seeds_that_lead_out(site, away):
    site.remove("seeds/bridge.txt")
    (site.root / "seeds/bridge.txt").symlink_to(away / "secret.txt")


def pipes_everywhere(site, away):
    for path in ("content/events/p.yaml", "content/media/p.png", "templates/p.html", "seeds/p"):
        (site.root / path).parent.mkdir(parents=True, exist_ok=True)
        os.mkfifo(site.root / path)


def pipes_in_the_site(site, away):
    site.out.mkdir()
    os.mkfifo(site.out / "index.html.part")


def devices(site, away):
    for path in ("content/events/z.yaml", "content/media/z.png", "templates/z.html", "seeds/z"):
        (site.root / path).parent.mkdir(parents=True, exist_ok=True)
        (site.root / path).symlink_to("/dev/zero")


WORLDS = (
    *(link_as_state, link_as_cache, link_as_site, link_as_folder_of_the_site),
    *(link_as_unfinished_file, link_as_published_file, manifest_that_removes, notes_that_remove),
    *(link_in_content, link_in_templates, seeds_that_lead_out, pipes_everywhere, pipes_in_the_site),
    devices,
)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes in folders")
@pytest.mark.parametrize("world", WORLDS, ids=lambda world: world.__name__)
def test_nothing_is_written_or_removed_outside(site, world):
    site.write("content/events/a.yaml", event("a"))
    world(site, site.root.parent / "outside")
    build_and_look(site)
    build_and_look(site)
    assert sorted(p.name for p in (site.root.parent / "outside").iterdir()) == ["secret.txt"]
    if site.published:
        assert b"secret" not in b"".join(site.output().values()), "what is outside was published"


def test_folders_in_folders_without_end(site):
    folder = site.root / "content/events"
    folder.mkdir()
    kept = os.getcwd()
    try:
        os.chdir(folder)
        for _ in range(1_200):
            os.mkdir("d")
            os.chdir("d")
        os.chdir(kept)
        assert "file-unreadable" in build_and_look(site)
    finally:
        os.chdir(folder)
        for _ in range(1_200):
            os.chdir("d")
        for _ in range(1_200):
            os.chdir("..")
            os.rmdir("d")
        os.chdir(kept)


# ---- sizes -----------------------------------------------------------------------------------

MB = 1_000_000
BIG = {
    "a line of 10 MB as title": ("events/a.yaml", lambda: event("a", title="x" * 10 * MB)),
    "a line of 10 MB as id": ("events/a.yaml", lambda: event("a" * 10 * MB)),
    "a line of 10 MB as summary": (
        "events/a.yaml",
        lambda: event("a", more=f"  summary: {'x ' * 5 * MB}x\n"),
    ),
    "a line of 10 MB as page": ("pages/a.md", lambda: f"---\ntitle: T\n---\n\n{'x' * 10 * MB}\n"),
    "a line of 10 MB of brackets": ("pages/a.md", lambda: f"---\ntitle: T\n---\n\n{'[' * 10 * MB}"),
    "a line of 10 MB in front": (
        "sources/a.md",
        lambda: f"---\ntitle: {'x' * 10 * MB}\n---\n\nx\n",
    ),
    "front matter that never ends": ("sources/a.md", lambda: "---\n" + "a: b\n" * MB),
    "200,000 keys": (
        "site.yaml",
        lambda: "title: T\n" + "".join(f"k{n}: v\n" for n in range(200_000)),
    ),
    "200,000 anchors": (
        "events/a.yaml",
        lambda: "".join(f"- &a{n} [*a{max(0, n - 1)}, *a{max(0, n - 1)}]\n" for n in range(50_000)),
    ),
    "a merge bomb": (
        "site.yaml",
        lambda: "a: &a {x: 1}\n" + "".join(f"b{n}: {{<<: [*a, *a, *a]}}\n" for n in range(10_000)),
    ),
    "10,000 lists in lists": ("events/a.yaml", lambda: "[" * 10_000 + "]" * 10_000),
    "10,000 mappings in mappings": ("events/a.yaml", lambda: "{a: " * 10_000),
    "10,000 levels of indentation": (
        "events/a.yaml",
        lambda: "".join(f"{' ' * n}a:\n" for n in range(3_000)),
    ),
    "a date of 5,000 digits": ("events/a.yaml", lambda: event("a", date=f"Y{'9' * 5_000}")),
    "an exponent of 5,000 digits": ("events/a.yaml", lambda: event("a", date=f"Y9E{'9' * 5_000}")),
    "a number of 5,000 digits": (
        "site.yaml",
        lambda: f"title: T\npage_size: {'9' * 5_000}\n",
    ),
    "a paragraph of 5,000 digits": (
        "sources/a.md",
        lambda: f"---\ntitle: T\n---\n\n[p1] y\n\n[p{'9' * 5_000}] x\n",
    ),
    "10,000 findings": ("events/a.yaml", lambda: "- x\n" * 10_000),
    "20,000 claims": (
        "events/a.yaml",
        lambda: (
            "- id: a\n  date: 2020\n  title: T\n  claims:\n"
            + "  - {text: x, uncited: y}\n" * 20_000
        ),
    ),
    "100,000 names": ("events/a.yaml", lambda: event("a", more=f"  tags: [{'x, ' * 100_000}x]\n")),
    "lists in quotes in lists": ("pages/a.md", lambda: "---\ntitle: T\n---\n\n" + "> - " * 5_000),
}


@pytest.mark.parametrize("case", BIG)
def test_what_is_too_much_is_a_finding(site, case):
    path, make = BIG[case]
    site.write(f"content/{path}", make())
    build_and_look(site)
    assert site.published is None
    assert site.errors
    assert len(site.report) < 200 * len(site.checked.found) + 1_000


def test_a_file_beyond_the_limit_is_not_read(site):
    for path in ("content/events/a.yaml", "content/sources/b.md", "templates/page.html"):
        site.write(path, b"")
        os.truncate(site.root / path, 65 * 1024 * 1024)  # no room is taken on the disk
    codes = build_and_look(site)
    assert codes.count("file-too-large") == 3


def test_many_paragraphs_are_fine(site):
    paragraphs = [f"Paragraph number {n} says that {n} is a number." for n in range(5_000)]
    site.write("content/sources/many.md", source(*paragraphs, snapshot="seeds/many.txt"))
    site.write("seeds/many.txt", article(*paragraphs))
    site.check()
    assert site.errors == []
