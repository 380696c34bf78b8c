"""Publishing to a repository, a folder, over rsync and to a bucket; then what stands there is read.

Nothing here leaves the machine: the repository is bare and local, the bucket is moto's.
"""

import gc
import gzip
import os
import re
import shutil
import subprocess
from http.client import HTTPConnection
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from nginx import NGINX, serving
from pincite import cli
from pincite.base.diagnostics import Failure
from pincite.exports.headers import POLICY, UNFRAMED
from pincite.publishing.bucket import bucket_at
from pincite.publishing.copying import remote_at
from pincite.publishing.difference import (
    Difference,
    Seen,
    address_of,
    addresses_of,
    compare,
    find_lost,
    is_kept,
    lasting_addresses,
)
from pincite.publishing.folder import folder_at
from pincite.publishing.types import type_of
from support import Site, event, read_folder

EVENTS = event("cracks", more="  aliases: [first-cracks]\n") + event("repairs")
ADDRESSES = ["events/cracks/", "events/first-cracks/", "events/repairs/", "sources/bridge/"]


@pytest.fixture
def site(tmp_path, monkeypatch):
    site = Site(tmp_path / "project")
    site.write("content/events/a.yaml", EVENTS)
    monkeypatch.chdir(site.root)
    for name, value in {
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_SYSTEM": os.devnull,
        "GIT_AUTHOR_NAME": "A. Walker",
        "GIT_AUTHOR_EMAIL": "walker@example.org",
        "GIT_COMMITTER_NAME": "A. Walker",
        "GIT_COMMITTER_EMAIL": "walker@example.org",
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_EC2_METADATA_DISABLED": "true",
    }.items():
        monkeypatch.setenv(name, value)
    return site


def publish(*arguments):
    try:
        return CliRunner().invoke(cli.main, ["publish", *map(str, arguments)], prog_name="pincite")
    finally:
        gc.enable()


def lines(result):
    return [
        line for line in result.stdout.splitlines() if re.match(r"(added|changed|removed) ", line)
    ]


def planned(site):
    """Return what was built, but what the output folder holds besides."""
    return {path: data for path, data in read_folder(site.out).items() if path != ".gitkeep"}


def test_what_an_address_is_needed_for_is_said(site, tmp_path):
    at = tmp_path / "www"
    assert "no feeds" not in publish("dir", at, "--project", site.root, "--dry-run").stderr
    site.edit("content/site.yaml", "url: https://example.org/harbour/\n", "")
    result = publish("dir", at, "--project", site.root, "--dry-run")
    assert (result.exit_code, "has no `url`, so there are no feeds" in result.stderr) == (0, True)
    quiet = publish("dir", at, "--project", site.root, "--dry-run", "--quiet")
    assert "no feeds" not in quiet.stderr


# ---- what would change, as values -----------------------------------------------------------


def test_difference():
    here = {"index.html": "1", "events/a/index.html": "2", "b.css": "3"}
    there = {"index.html": "1", "events/a/index.html": "0", "old.css": "4", "CNAME": "5"}
    assert compare(here, there, ("CNAME",)) == Difference(
        added=("b.css",), changed=("events/a/index.html",), removed=("old.css",), same=1
    )
    assert not compare(here, here, ())


NAMES = st.sampled_from(["index.html", "CNAME", ".well-known/x", "events/a/index.html", "b", "c"])
FILES = st.dictionaries(NAMES, st.sampled_from(["1", "2"]))


@given(FILES, FILES)
def test_what_differs_is_all_that_has_to_be_done(here, there):
    keep = ("CNAME", ".well-known")
    difference = compare(here, there, keep)
    after = {path: digest for path, digest in there.items() if path not in difference.removed}
    after |= {path: here[path] for path in (*difference.added, *difference.changed)}
    kept = {path: there[path] for path in there if is_kept(path, keep)}
    assert after == {**kept, **here}
    assert difference.same == len(here) - len(difference.added) - len(difference.changed)
    assert bool(difference) == (after != there)


def test_addresses():
    assert address_of("index.html") == "./"
    assert address_of("events/a/index.html") == "events/a/"
    assert address_of("404.html") == "404.html"
    assert addresses_of(["feed.xml", "feed.xml.gz", "feed.xml.br"]) == ("feed.xml",)
    assert lasting_addresses(
        [
            "events/b/index.html",
            "events/index.html",
            "events/a/card.png",
            "embed/events/a/index.html",
            "sources/index.html",
            "sources/s/index.html",
            "sources/s/quotes/index.html",
            "kinds/k/index.html",
            "report/index.html",
            "method/index.html",
            "index.html",
            "404.html",
        ]
    ) == ("events/b/", "method/", "sources/s/")


@pytest.mark.parametrize(
    ("path", "kept"),
    [("CNAME", True), (".well-known/acme", True), (".well-knownx", False), ("a/CNAME", False)],
)
def test_kept(path, kept):
    assert is_kept(path, ("CNAME", ".well-known/")) is kept


def test_lost_addresses_are_known_from_the_list_and_from_the_place():
    gone = Difference(removed=("events/b/index.html", "kinds/b/index.html"))
    staged = ("events/c/index.html", "index.html")
    assert find_lost(["events/a/", "events/c/"], staged, gone) == ("events/a/", "events/b/")


@pytest.mark.parametrize(
    "timeline", [b"", b"[]", b"{}", b"\xff", b'{"format": "other"}', b"[" * 10**5]
)
def test_what_is_no_pincite_site(timeline):
    assert not Seen(difference=Difference(), occupied=True, timeline=timeline).is_pincite


# ---- a folder -------------------------------------------------------------------------------


def test_folder(site, tmp_path):
    place = tmp_path / "www" / "timeline"
    dry = publish("dir", place, "--dry-run")
    assert dry.exit_code == 0, dry.output
    assert "added    events/cracks/" in lines(dry)
    assert not place.exists()
    assert not (site.root / "content/published.txt").exists()

    first = publish("dir", place)
    assert first.exit_code == 0, first.output
    assert read_folder(place) == planned(site)
    text = (site.root / "content/published.txt").read_text("utf-8")
    assert [line for line in text.splitlines() if not line.startswith("#")] == ADDRESSES
    assert sorted(p.name for p in place.parent.iterdir()) == ["timeline"]

    assert "is current" in publish("dir", place).stdout
    site.edit("content/events/a.yaml", "Cracks are found", "Cracks are seen")
    (place / "CNAME").write_text("timeline.example.org\n")
    (place / "poll").mkdir()
    (place / "poll/index.html").write_text("ours")
    style = next(place.glob("assets/*.css"))
    before = style.stat().st_mtime_ns
    listed = lines(publish("dir", place, "-n", "--keep", "poll"))
    assert "changed  events/cracks/" in listed
    assert not [line for line in listed if line.startswith(("removed", "added"))]
    assert publish("dir", place, "--keep", "poll").exit_code == 0
    assert (place / "CNAME").read_text() == "timeline.example.org\n"
    assert (place / "poll/index.html").read_text() == "ours"
    assert style.stat().st_mtime_ns == before
    assert b"Cracks are seen" in (place / "events/cracks/index.html").read_bytes()
    previous = place.parent / ".timeline.previous"
    assert b"Cracks are found" in (previous / "events/cracks/index.html").read_bytes()
    assert sorted(p.name for p in place.parent.iterdir()) == [".timeline.previous", "timeline"]


def test_what_is_published_does_not_change_with_the_next_build(site, tmp_path):
    place = tmp_path / "www"
    publish("dir", place)
    before = read_folder(place)
    site.edit("content/events/a.yaml", "Cracks are found", "Cracks are seen")
    site.build()
    assert read_folder(place) == before


def test_folder_without_the_exchange(site, tmp_path, monkeypatch):
    monkeypatch.setattr("pincite.publishing.folder._exchange", lambda one, other: False)
    place = tmp_path / "www"
    publish("dir", place)
    site.edit("content/events/a.yaml", "Cracks are found", "Cracks are seen")
    assert publish("dir", place).exit_code == 0
    assert read_folder(place) == planned(site)
    assert (tmp_path / ".www.previous/index.html").exists()


def test_nothing_is_published_that_does_not_hold(site, tmp_path):
    place = tmp_path / "www"
    publish("dir", place)
    before = read_folder(place)
    site.edit("content/events/a.yaml", "cracks in two", "cracks in nine")
    result = publish("dir", place)
    assert result.exit_code == 1
    assert "quote-not-found" in result.output
    assert "Nothing was published." in result.output
    assert read_folder(place) == before


def test_the_build_is_strict(site, tmp_path):
    site.write(
        "content/events/b.yaml",
        "- id: later\n  date: 2025\n  title: Later\n  cite: {source: bridge, unverified: not yet}\n",
    )
    assert site.build().errors == []
    result = publish("dir", tmp_path / "www")
    assert result.exit_code == 1
    assert not (tmp_path / "www").exists()


def test_a_published_address_is_not_dropped(site, tmp_path):
    place = tmp_path / "www"
    publish("dir", place)
    before = read_folder(place)
    site.write("content/events/a.yaml", event("cracks"))
    for arguments in (["-n"], []):
        result = publish("dir", place, *arguments)
        assert result.exit_code == 1
        assert "events/repairs/" in result.stderr
        assert "events/first-cracks/" in result.stderr
        assert "  events/cracks/" not in result.stderr
    assert read_folder(place) == before
    # The place alone knows it, and the project's list alone.
    (site.root / "content/published.txt").rename(tmp_path / "list")
    assert publish("dir", place).exit_code == 1
    (tmp_path / "list").rename(site.root / "content/published.txt")
    assert publish("dir", tmp_path / "elsewhere").exit_code == 1
    site.write(
        "content/events/a.yaml", EVENTS.replace("id: repairs", "id: mended\n  aliases: [repairs]")
    )
    assert publish("dir", place).exit_code == 0
    assert b"mended" in (place / "events/repairs/index.html").read_bytes()
    assert "events/mended/" in (site.root / "content/published.txt").read_text("utf-8")


def test_a_source_and_a_page_keep_their_addresses(site, tmp_path):
    place = tmp_path / "www"
    site.write("content/pages/method.md", "---\ntitle: Method\n---\n\nHow we work.\n")
    assert publish("dir", place).exit_code == 0
    (site.root / "content/pages/method.md").rename(site.root / "content/pages/methods.md")
    (site.root / "content/sources/bridge.md").rename(site.root / "content/sources/brigde.md")
    site.edit("content/events/a.yaml", "source: bridge", "source: brigde")
    text = (site.root / "content/events/a.yaml").read_text("utf-8")
    site.write("content/events/a.yaml", text.replace("source: bridge", "source: brigde"))
    result = publish("dir", place)
    assert result.exit_code == 1
    assert "  method/\n  sources/bridge/\n" in result.stderr
    assert (place / "sources/bridge/index.html").is_file()
    (site.root / "content/published.txt").unlink()
    result = check_published("--published", place)
    assert (result.exit_code, "  sources/bridge/\n" in result.output) == (1, True)


def test_an_address_may_be_let_go(site, tmp_path):
    place = tmp_path / "www"
    publish("dir", place)
    site.write("content/events/a.yaml", event("cracks"))
    result = publish("dir", place, "--allow-removed")
    assert result.exit_code == 0, result.output
    assert not (place / "events/repairs").exists()
    assert "repairs" not in (site.root / "content/published.txt").read_text("utf-8")
    assert "published-address-lost" not in publish("dir", place).output


def test_what_is_no_site_is_left_alone(site, tmp_path):
    place = tmp_path / "home"
    place.mkdir()
    (place / "thesis.txt").write_text("dear")
    result = publish("dir", place)
    assert result.exit_code == 2
    assert "no Pincite site" in result.stderr
    assert [p.name for p in place.iterdir()] == ["thesis.txt"]
    assert publish("dir", place, "--take-over").exit_code == 0
    assert read_folder(place) == planned(site)


@pytest.mark.parametrize("name", [".", "..", "site", "site/x", "content/x", "seeds", "templates/y"])
def test_folders_of_the_project_are_refused(site, name):
    with pytest.raises(Failure, match="folder of the project"):
        folder_at(site.root / name, site.root, site.out, ())


def test_only_what_was_built_is_published(site, tmp_path):
    site.build()
    (site.out / "secret.txt").write_text("mine")
    publish("dir", tmp_path / "www")
    assert not (tmp_path / "www/secret.txt").exists()
    assert not (tmp_path / "www/.manifest.json").exists()


def test_precompressed(site, tmp_path):
    import gzip

    brotli = pytest.importorskip("brotli")
    place = tmp_path / "www"
    assert publish("dir", place, "--precompress").exit_code == 0
    files = read_folder(place)
    for path in ("index.html", "data/timeline.json", "events/cracks/index.html"):
        assert gzip.decompress(files[f"{path}.gz"]) == files[path]
        assert brotli.decompress(files[f"{path}.br"]) == files[path]
        assert len(files[f"{path}.gz"]) < len(files[path])
    assert not [path for path in files if path.endswith(".png.gz")]
    assert "is current" in publish("dir", place, "--precompress").stdout
    # Left out another time, none of an older page stays behind.
    publish("dir", place)
    assert not [path for path in read_folder(place) if path.endswith((".gz", ".br"))]


# ---- rsync ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "place", ["", "-e sh", "--rsh=sh", "x@-oProxyCommand=sh:/www", "rsync://-x/"]
)
def test_options_are_no_places(place):
    with pytest.raises(Failure, match="no place to publish to"):
        remote_at(place, ())


def test_places_of_rsync():
    assert remote_at("walker@example.org:/srv/www", ()).place == "walker@example.org:/srv/www/"
    assert remote_at("example.org:", ()).place == "example.org:"


@pytest.mark.skipif(shutil.which("rsync") is None, reason="there is no rsync")
def test_rsync(site, tmp_path):
    place = tmp_path / "www"
    dry = publish("rsync", place, "--dry-run")
    assert dry.exit_code == 0, dry.output
    assert "added    events/cracks/" in lines(dry)
    assert not place.exists()
    assert publish("rsync", place).exit_code == 0
    assert read_folder(place) == planned(site)
    assert "is current" in publish("rsync", place).stdout
    (place / ".htaccess").write_text("ours")
    (place / "left.html").write_text("over")
    site.edit("content/events/a.yaml", "Cracks are found", "Cracks are seen")
    result = publish("rsync", place, "-n")
    assert {"changed  events/cracks/", "removed  left.html"} <= set(lines(result))
    assert "removed  .htaccess" not in lines(result)
    assert publish("rsync", place).exit_code == 0
    assert (place / ".htaccess").read_text() == "ours"
    (place / ".htaccess").unlink()
    assert read_folder(place) == planned(site)
    site.write("content/events/a.yaml", event("cracks"))
    assert publish("rsync", place).exit_code == 1
    assert (place / "events/repairs/index.html").exists()
    other = tmp_path / "home"
    other.mkdir()
    (other / "thesis.txt").write_text("dear")
    assert publish("rsync", other, "--allow-removed").exit_code == 2
    assert [p.name for p in other.iterdir()] == ["thesis.txt"]


# ---- a branch -------------------------------------------------------------------------------


def git(folder, *arguments):
    return subprocess.run(
        ["git", *arguments], cwd=folder, check=True, capture_output=True, text=True
    ).stdout


@pytest.fixture
def bare(site, tmp_path):
    bare = tmp_path / "remote.git"
    git(tmp_path, "init", "-q", "--bare", str(bare))
    git(site.root, "init", "-q", "-b", "main")
    site.write(".gitignore", "/site/\n/.pincite/\n")
    git(site.root, "add", ".")
    git(site.root, "commit", "-q", "-m", "Begin")
    git(site.root, "remote", "add", "origin", str(bare))
    return bare


def checked_out(bare, folder):
    git(folder.parent, "clone", "-q", "-b", "gh-pages", str(bare), str(folder))
    shutil.rmtree(folder / ".git")
    return folder


def test_branch(site, bare, tmp_path):
    dry = publish("gh-pages", "--dry-run")
    assert dry.exit_code == 0, dry.output
    assert "added    events/cracks/" in lines(dry)
    assert git(bare, "branch") == ""
    first = publish("gh-pages", "--cname", "timeline.example.org")
    assert first.exit_code == 0, first.output
    there = read_folder(checked_out(bare, tmp_path / "one"))
    assert there.pop("CNAME") == b"timeline.example.org\n"
    assert there == planned(site)
    assert ".nojekyll" in there
    head = git(site.root, "rev-parse", "--short=12", "HEAD").strip()
    message = git(bare, "log", "-1", "--format=%B", "gh-pages")
    assert message.startswith("Publish The harbour\n")
    assert f"Built from {head}" in message
    assert "is current" in publish("gh-pages").stdout
    assert git(bare, "rev-list", "--count", "gh-pages").strip() == "1"

    site.edit("content/events/a.yaml", "Cracks are found", "Cracks are seen")
    assert "changed  events/cracks/" in lines(publish("gh-pages", "-n"))
    assert publish("gh-pages").exit_code == 0
    assert "not committed" in git(bare, "log", "-1", "--format=%B", "gh-pages")
    there = read_folder(checked_out(bare, tmp_path / "two"))
    assert there.pop("CNAME") == b"timeline.example.org\n"
    assert there == planned(site)
    assert git(bare, "rev-list", "--count", "gh-pages").strip() == "2"
    assert git(site.root, "symbolic-ref", "--short", "HEAD").strip() == "main"

    site.write("content/events/a.yaml", event("cracks"))
    assert publish("gh-pages").exit_code == 1
    assert git(bare, "rev-list", "--count", "gh-pages").strip() == "2"


def test_a_branch_that_somebody_else_has_pushed(site, bare, tmp_path):
    """Another machine has published in between: its commit is built upon, not fought with."""
    publish("gh-pages")
    other = tmp_path / "other"
    git(tmp_path, "clone", "-q", "-b", "gh-pages", str(bare), str(other))
    (other / "stray.txt").write_text("stray")
    git(other, "add", ".")
    git(other, "commit", "-q", "-m", "Stray")
    git(other, "push", "-q")
    assert "removed  stray.txt" in lines(publish("gh-pages", "-n"))
    assert publish("gh-pages").exit_code == 0
    assert read_folder(checked_out(bare, tmp_path / "one")) == planned(site)
    assert git(bare, "rev-list", "--count", "gh-pages").strip() == "3"


def test_branches_that_are_refused(site, bare):
    git(site.root, "push", "-q", "origin", "main", "main:code")
    for arguments, why in (
        (["--branch", "main"], "this is what you work on"),
        (["--branch", "code"], "no Pincite site"),
        (["--branch", "a..b"], "no name of a branch"),
        (["--remote", "nowhere"], "no remote `nowhere`"),
        (["--remote=--upload-pack=sh"], "no remote"),
        (["--cname", "-x"], "no name of a host"),
    ):
        result = publish("gh-pages", *arguments)
        assert (result.exit_code, why in result.stderr) == (2, True), result.output
    assert git(bare, "log", "-1", "--format=%s", "code").strip() == "Begin"


def test_no_repository(site):
    result = publish("gh-pages")
    assert result.exit_code == 2
    assert "git repository" in result.stderr


def test_a_remote_that_is_gone(site, bare):
    shutil.rmtree(bare)
    result = publish("gh-pages")
    assert result.exit_code == 2
    assert "cannot reach origin" in result.stderr


# ---- a bucket -------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def endpoint():
    server = pytest.importorskip("moto.server").ThreadedMotoServer(
        ip_address="127.0.0.1", port=0, verbose=False
    )
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def client(site, endpoint):
    import boto3

    client = boto3.client("s3", endpoint_url=endpoint)
    client.create_bucket(Bucket="timelines")
    yield client
    for entry in client.list_objects_v2(Bucket="timelines").get("Contents", ()):
        client.delete_object(Bucket="timelines", Key=entry["Key"])
    client.delete_bucket(Bucket="timelines")
    client.close()


def objects(client, prefix="harbour/"):
    pages = client.get_paginator("list_objects_v2").paginate(Bucket="timelines", Prefix=prefix)
    return {
        entry["Key"].removeprefix(prefix): client.get_object(Bucket="timelines", Key=entry["Key"])
        for page in pages
        for entry in page.get("Contents", ())
    }


def bodies(client):
    return {path: answer["Body"].read() for path, answer in objects(client).items()}


def test_bucket(site, client, endpoint):
    to = ("s3", "s3://timelines/harbour", "--endpoint", endpoint)
    client.put_object(Bucket="timelines", Key="harbours.txt", Body=b"ours")
    dry = publish(*to, "-n")
    assert dry.exit_code == 0, dry.output
    assert "added    events/cracks/" in lines(dry)
    assert objects(client) == {}
    assert publish(*to).exit_code == 0
    there = objects(client)
    assert there["index.html"]["ContentType"] == "text/html; charset=utf-8"
    assert there["feed.json"]["ContentType"] == "application/feed+json; charset=utf-8"
    assert there["index.html"]["CacheControl"] == "public, max-age=0, must-revalidate"
    assert {path: a["Body"].read() for path, a in there.items()} == planned(site)
    written = {path: answer["LastModified"] for path, answer in there.items()}
    assert "is current" in publish(*to).stdout

    site.edit("content/events/a.yaml", "Cracks are found", "Cracks are seen")
    client.put_object(Bucket="timelines", Key="harbour/left.html", Body=b"over")
    listed = lines(publish(*to, "-n"))
    assert {"changed  events/cracks/", "removed  left.html"} <= set(listed)
    assert "changed  404.html" not in listed
    assert publish(*to).exit_code == 0
    there = objects(client)
    assert there["404.html"]["LastModified"] == written["404.html"]
    assert {path: a["Body"].read() for path, a in there.items()} == planned(site)
    assert client.get_object(Bucket="timelines", Key="harbours.txt")["Body"].read() == b"ours"

    site.write("content/events/a.yaml", event("cracks"))
    assert publish(*to).exit_code == 1
    assert "events/repairs/index.html" in objects(client)


def test_a_bucket_with_other_names_for_what_it_holds(site, client, endpoint):
    """Encrypted objects have ETags that are no digest: what was kept beside them counts."""
    to = ("s3", "s3://timelines/harbour", "--endpoint", endpoint)
    publish(*to)
    bucket = bucket_at("s3://timelines/harbour", endpoint, ())
    data = b"whatever"
    bucket._put("a.txt", data)
    assert bucket._name_of(data, "a.txt", {"a.txt": "opaque"}) == "opaque"
    assert bucket._name_of(b"else", "a.txt", {"a.txt": "opaque"}) != "opaque"
    bucket.client.close()


def test_buckets_that_are_refused(site, client, endpoint):
    for address, why in (
        ("timelines", "is no bucket"),
        ("s3:///x", "is no bucket"),
        ("s3://nowhere", "cannot publish to s3://nowhere/"),
    ):
        result = publish("s3", address, "--endpoint", endpoint)
        assert (result.exit_code, why in result.stderr) == (2, True), result.output
    client.put_object(Bucket="timelines", Key="harbour/thesis.txt", Body=b"dear")
    assert publish("s3", "s3://timelines/harbour", "--endpoint", endpoint).exit_code == 2
    assert bodies(client) == {"thesis.txt": b"dear"}


def test_types():
    assert type_of("x/index.html") == "text/html; charset=utf-8"
    assert type_of("data/references.bib").startswith("application/x-bibtex")
    assert type_of(".nojekyll") == "application/octet-stream"


# ---- read as readers do ---------------------------------------------------------------------


# What a host must call a file, by how its address ends.
SENT_AS = {
    "/": "text/html; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "javascript",
    ".json": "json",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".csv": "text/csv",
    ".ics": "text/calendar; charset=utf-8",
    ".bib": "application/x-bibtex; charset=utf-8",
    ".jsonld": "application/ld+json; charset=utf-8",
    ".txt": "text/plain",
    "feed.xml": "application/atom+xml; charset=utf-8",
    "feed.json": "application/feed+json; charset=utf-8",
    ".xml": "xml",
}
POLICY_OF_ALL = "; ".join(POLICY)
UNFRAMED_HERE = tuple(path.strip("/*") + "/" for path in UNFRAMED if path.strip("/*"))


def ask(address, **headers):
    parts = urlsplit(address)
    connection = HTTPConnection(parts.netloc, timeout=10)
    try:
        connection.request("GET", parts.path, headers=headers)
        response = connection.getresponse()
        data = response.read()
        return response.status, {name.lower(): v for name, v in response.getheaders()}, data
    finally:
        connection.close()


def crawl(start, *, compressed):
    """Follow every link and asset of this site; return the addresses that were read."""
    waiting, ids, wanted = [start], {}, []
    while waiting:
        address = waiting.pop()
        if address in ids:
            continue
        status, headers, data = ask(address)
        assert status == 200, address
        ending = next(e for e in sorted(SENT_AS, key=len, reverse=True) if address.endswith(e))
        assert SENT_AS[ending] in headers["content-type"], (address, headers["content-type"])
        assert headers["content-security-policy"].startswith(POLICY_OF_ALL), address
        assert headers["x-content-type-options"] == "nosniff"
        path = address.removeprefix(start)
        told = "frame-ancestors 'none'" in headers["content-security-policy"]
        assert told == (not path or path.startswith(UNFRAMED_HERE)), address
        if "/snapshots/" in address:
            assert headers["content-disposition"] == "attachment"
            assert headers["content-security-policy"].endswith("; sandbox")
        if compressed:
            _, packed, body = ask(address, **{"Accept-Encoding": "gzip"})
            if packed.get("content-encoding") == "gzip":
                assert gzip.decompress(body) == data, address
                assert packed["vary"] == "Accept-Encoding"
        ids[address] = set()
        if not address.endswith(("/", ".html")):
            continue
        page = BeautifulSoup(data, "html.parser")
        ids[address] = {element["id"] for element in page.find_all(id=True)}
        links = [e["href"] for e in page.select("a[href], link[href]")]
        links += [e["src"] for e in page.select("[src]")]
        links += [
            part.split()[0] for e in page.select("[srcset]") for part in e["srcset"].split(",")
        ]
        for link in links:
            target, fragment = urldefrag(urljoin(address, link))
            if urlsplit(target).netloc != urlsplit(start).netloc:
                continue
            assert target.startswith(start), f"{address} leads out of the site, to {link}"
            wanted.append((address, target, unquote(fragment.partition(":~:")[0])))
            waiting.append(target)
    for address, target, fragment in wanted:
        assert not fragment or fragment in ids[target] or not ids[target], f"{address}: #{fragment}"
    return {address.removeprefix(start) for address in ids}


@pytest.mark.parametrize("kind", ["dir", "gh-pages", "rsync", "s3"])
@pytest.mark.skipif(NGINX is None, reason="there is no nginx")
def test_all_is_sent_as_it_should_be_under_a_path(kind, site, bare, tmp_path, request):
    root = tmp_path / "www"
    place = root / "some/where"
    place.parent.mkdir(parents=True)
    text = (site.root / "content/sources/bridge.md").read_text().replace("sha256:", "publish_snapshot: true\nsha256:")  # fmt: skip
    site.write("content/sources/bridge.md", text)
    match kind:
        case "dir":
            result = publish("dir", place, "--precompress")
        case "rsync":
            if shutil.which("rsync") is None:
                pytest.skip("there is no rsync")
            result = publish("rsync", place, "--precompress")
        case "gh-pages":
            result = publish("gh-pages")
            checked_out(bare, place)
        case "s3":
            client = request.getfixturevalue("client")
            endpoint = request.getfixturevalue("endpoint")
            result = publish("s3", "s3://timelines/harbour", "--endpoint", endpoint)
            for path, data in bodies(client).items():
                (place / path).parent.mkdir(parents=True, exist_ok=True)
                (place / path).write_bytes(data)
    assert result.exit_code == 0, result.output
    with serving(root, tmp_path / "nginx", "/some/where/") as address:
        seen = crawl(address, compressed=kind in ("dir", "rsync"))
        for path in ("nowhere/", "events/nowhere/", "_headers", ".nojekyll", ".pincite.json"):
            status, headers, data = ask(address + path)
            assert (status, data) == (404, (place / "404.html").read_bytes()), path
            assert headers["content-security-policy"].startswith(POLICY_OF_ALL)
        status, headers, _ = ask(f"{address}events/cracks")
        assert (status, headers["location"]) == (301, "/some/where/events/cracks/")
        if kind == "dir":
            _, headers, data = ask(address, **{"Accept-Encoding": "gzip"})
            assert headers["content-encoding"] == "gzip"
            assert data == (place / "index.html.gz").read_bytes()  # not made while it was asked for
    assert {"", "events/cracks/", "events/repairs/", "sources/bridge/", "feed.xml"} <= seen
    assert any(path.startswith("snapshots/") for path in seen)
    assert len(seen) > 25


# ---- hosts that build by themselves -----------------------------------------------------------


def check_published(*arguments):
    try:
        return CliRunner().invoke(cli.main, ["check", *map(str, arguments)], prog_name="pincite")
    finally:
        gc.enable()


def test_what_is_published_is_compared_before_a_host_builds(site, tmp_path):
    place = tmp_path / "www"
    assert check_published("--published", place).exit_code == 0  # nothing yet, nothing to lose
    assert publish("dir", place).exit_code == 0
    (site.root / "content/published.txt").unlink()
    assert check_published("--published", place, "--quiet").output == ""
    site.write("content/events/a.yaml", event("cracks"))
    result = check_published("--published", place)
    assert result.exit_code == 1
    assert "  events/first-cracks/\n  events/repairs/\n" in result.output
    assert "--allow-removed" not in result.output
    site.write("content/events/a.yaml", event("holes", more="  aliases: [cracks, first-cracks, repairs]\n"))  # fmt: skip
    assert check_published("--published", place).exit_code == 0


@pytest.mark.skipif(NGINX is None, reason="there is no nginx")
def test_the_sites_own_address_is_asked(site, tmp_path):
    place = tmp_path / "www"
    assert publish("dir", place).exit_code == 0
    (site.root / "content/published.txt").unlink()
    site.write("content/events/a.yaml", event("cracks"))
    with serving(place, tmp_path / "nginx") as address:
        site.edit("content/site.yaml", "https://example.org/harbour/", address)
        assert check_published("--published").exit_code == 1
        site.edit("content/site.yaml", address, f"{address}not/yet/")
        result = check_published("--published")
        assert (result.exit_code, "yet." in result.output) == (0, True)
        site.edit("content/site.yaml", f"{address}not/yet/", address)
    down = check_published("--published")
    assert (down.exit_code, "was not compared" in down.output) == (0, True)
    assert check_published("--published", "--strict").exit_code == 1
    site.edit("content/site.yaml", f"url: {address}", "")
    nowhere = check_published("--published")
    assert (nowhere.exit_code, "has no `url`" in nowhere.output) == (2, True)
