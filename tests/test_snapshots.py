"""Snapshots are published where that is wanted and withholds nothing, and never run anywhere."""

import json
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from pincite.plan.snapshots import snapshot_path
from pincite.verify import Folder, verify_site
from support import ARTICLE, Site, article, event, source

DIGEST = sha256(article(*ARTICLE).encode()).hexdigest()
FILE = f"snapshots/{DIGEST}.txt"


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(tmp_path).write("content/events/all.yaml", event("cracks"))


def published(site: Site) -> list[str]:
    site.build()
    assert site.published is not None, site.report
    return [path for path in site.output() if path.startswith("snapshots/")]


def data_of(site: Site) -> dict:
    return json.loads((site.out / "data/timeline.json").read_bytes())["sources"][0]


def wish(site: Site, answer: str) -> None:
    more = f"publish_snapshot: {answer}\n" if answer else ""
    text = source(*ARTICLE, snapshot="seeds/bridge.txt", more=more)
    site.write("content/sources/bridge.md", text)


@pytest.mark.parametrize(
    ("site_wide", "own", "is_published"),
    [
        ("", "", False),
        ("keep", "", False),
        ("publish", "", True),
        ("", "true", True),
        ("publish", "false", False),
        ("keep", "true", True),
    ],
)
def test_only_what_is_wanted_is_published(
    site: Site, site_wide: str, own: str, is_published: bool
) -> None:
    if site_wide:
        site.edit(
            "content/site.yaml", "republish: full", f"republish: full\nsnapshots: {site_wide}"
        )
    wish(site, own)
    assert published(site) == ([FILE] if is_published else [])
    assert data_of(site).get("snapshot_url") == (FILE if is_published else None)
    link = site.page("sources/bridge/index.html").find("a", href=f"../../{FILE}")
    assert (link is not None) == is_published
    if is_published:
        assert site.output()[FILE] == article(*ARTICLE).encode()
        assert link.get_text() == "The archived file"


@pytest.mark.parametrize("republish", ["cited", "quotes", "none"])
def test_what_is_withheld_is_not_published_with_its_snapshot(site: Site, republish: str) -> None:
    site.edit("content/site.yaml", "republish: full", f"republish: {republish}\nsnapshots: publish")
    assert published(site) == []
    wish(site, "true")
    site.build()
    assert site.errors == ["bad-value"]
    assert f"the snapshot holds what `republish: {republish}` withholds" in site.report


def test_taking_it_back_removes_it(site: Site) -> None:
    wish(site, "true")
    assert published(site) == [FILE]
    wish(site, "")
    assert published(site) == []


def test_another_snapshot_has_another_address(site: Site) -> None:
    wish(site, "true")
    published(site)
    newer = (*ARTICLE[:2], ARTICLE[2].replace("repairs", "works"))
    site.write("seeds/bridge.txt", article(*newer))
    more = "publish_snapshot: true\n"
    text = source(*newer, snapshot="seeds/bridge.txt", more=more)
    site.write("content/sources/bridge.md", text)
    (path,) = published(site)
    assert path == f"snapshots/{sha256(article(*newer).encode()).hexdigest()}.txt"
    assert verify_site(Folder(site.out)).faults == ()


@pytest.mark.parametrize(
    ("name", "ending"),
    [
        ("a.txt", "txt"), ("a.PDF", "pdf"), ("a.warc.gz", "gz"), ("a", "txt"), ("a.html", "html.txt"),
        ("a.htm", "htm.txt"), ("a.svg", "svg.txt"), ("a.xhtml", "xhtml.txt"), ("a.md", "md.txt"),
        ("a.js", "js.txt"), ("a.h/../t", "txt"), ("a.é", "txt"), ("a.mhtml", "mhtml.txt"),
    ],
)  # fmt: skip
def test_nothing_received_has_a_name_that_browsers_run(site: Site, name: str, ending: str) -> None:
    wish(site, "true")
    site.build()
    (one,) = site.checked.corpus.sources
    path = snapshot_path(replace(one, snapshot=f"seeds/{name}"))
    assert path == f"snapshots/{DIGEST}.{ending}"


def test_a_page_is_proven_by_its_snapshot_too(site: Site) -> None:
    html = "<!doctype html><title>x</title><script>alert(1)</script>" + "".join(
        f"<p>{text.replace('two', '<b>two</b>')}</p>" for text in ARTICLE
    )
    digest = sha256(html.encode()).hexdigest()
    site.write("seeds/bridge.html", html)
    text = source(*ARTICLE, snapshot="seeds/bridge.txt", more="publish_snapshot: true\n")
    text = text.replace("bridge.txt", "bridge.html").replace(DIGEST, digest)
    site.write("content/sources/bridge.md", text)
    assert published(site) == [f"snapshots/{digest}.html.txt"]
    verdict = verify_site(Folder(site.out))
    assert (verdict.faults, verdict.snapshots) == ((), 1)
    path = site.out / f"snapshots/{digest}.html.txt"
    path.write_text(html.replace("<b>two</b>", "<b>ten</b>"))
    messages = {fault.message for fault in verify_site(Folder(site.out)).faults}
    assert messages == {
        "the snapshot does not have the recorded SHA-256",
        "the paragraph does not stand in the snapshot",
    }


def test_hosts_send_it_as_a_file(site: Site) -> None:
    wish(site, "true")
    published(site)
    rules = (site.out / "_headers").read_text("utf-8").split("\n/")
    (own,) = [rule for rule in rules if rule.startswith("snapshots/*")]
    assert "Content-Disposition: attachment" in own
    assert "Content-Security-Policy: sandbox" in own


@pytest.mark.parametrize(("ending", "is_said"), [("txt", False), ("pdf", True), ("docx", True)])
def test_a_source_page_says_where_text_is_not_compared(site, ending, is_said):
    snapshot = f"seeds/bridge.{ending}"
    site.write(snapshot, article(*ARTICLE))
    site.write("content/sources/bridge.md", source(*ARTICLE, snapshot=snapshot))
    site.build()
    assert site.published is not None, site.report
    page = (site.out / "sources/bridge/index.html").read_text("utf-8")
    assert ("compares no text" in page) is is_said
