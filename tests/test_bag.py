"""Copies for an archive are what they say: read by the tools of those who made the formats."""

import gc
import gzip
import json
import shutil
import subprocess
import sys
from io import BytesIO
from zipfile import ZIP_STORED, ZipFile

import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner

from pincite import cli
from pincite.bagging.wacz import key_of, url_of
from support import Site, event, read_folder, resolve

bagit = pytest.importorskip("bagit")
MOMENT = "1700000000"  # 2023-11-14T22:13:20Z


@pytest.fixture
def site(tmp_path, monkeypatch):
    site = Site(tmp_path / "project")
    site.write("content/events/a.yaml", event("cracks") + event("brücke"))
    monkeypatch.chdir(site.root)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", MOMENT)
    return site


def bag(*arguments):
    try:
        return CliRunner().invoke(cli.main, ["bag", *map(str, arguments)], prog_name="pincite")
    finally:
        gc.enable()


# ---- a bag ----------------------------------------------------------------------------------


def test_a_bag_holds_all_there_is(site, tmp_path):
    site.write("templates/assets/extra.css", "p { color: red }")
    site.write("content/.DS_Store", "x")
    result = bag(tmp_path / "bag")
    assert result.exit_code == 0, result.output
    read = bagit.Bag(str(tmp_path / "bag"))
    read.validate()
    assert read.algorithms == ["sha256"]
    assert read.info["External-Identifier"] == "https://example.org/harbour/"
    assert read.info["Bagging-Date"] == "2023-11-14"
    payload = read_folder(tmp_path / "bag/data")
    inputs = ("content/site.yaml", "content/events/a.yaml", "seeds/bridge.txt")
    for path in (*inputs, "content/sources/bridge.md", "templates/assets/extra.css"):
        assert payload.pop(path) == (site.root / path).read_bytes()
    assert payload == {f"site/{path}": data for path, data in site.output().items()}


def test_a_bag_shows_what_was_changed(site, tmp_path):
    bag(tmp_path / "bag")
    page = tmp_path / "bag/data/site/events/cracks/index.html"
    page.write_bytes(page.read_bytes().replace(b"two", b"six"))
    with pytest.raises(bagit.BagValidationError):
        bagit.Bag(str(tmp_path / "bag")).validate()


def test_the_same_bag_twice(site, tmp_path):
    bag(tmp_path / "one")
    shutil.rmtree(site.out)
    shutil.rmtree(site.root / ".pincite")
    bag(tmp_path / "two")
    assert read_folder(tmp_path / "one") == read_folder(tmp_path / "two")


def test_links_out_of_the_project_are_not_bagged(site, tmp_path):
    (tmp_path / "diary.txt").write_text("dear")
    (site.root / "seeds/diary.txt").symlink_to(tmp_path / "diary.txt")
    assert bag(tmp_path / "bag").exit_code == 0
    assert not (tmp_path / "bag/data/seeds/diary.txt").exists()


@pytest.mark.parametrize("place", ["content/bag", "taken", "taken/file"])
def test_places_that_are_refused(site, place):
    site.write("taken/file", "mine")
    result = bag(place)
    assert result.exit_code == 2, result.output
    assert (site.root / "taken/file").read_text() == "mine"
    assert [p.name for p in (site.root / "taken").iterdir()] == ["file"]
    assert not (site.root / "content/bag").exists()


def test_what_does_not_hold_is_not_bagged(site, tmp_path):
    site.edit("content/events/a.yaml", "cracks in two", "cracks in nine")
    result = bag(tmp_path / "bag")
    assert result.exit_code == 1
    assert "Nothing was written." in result.output
    assert not (tmp_path / "bag").exists()


def test_a_moment_that_is_none(site, tmp_path, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "yesterday")
    assert bag(tmp_path / "bag").exit_code == 2


# ---- a web archive --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/",
        "https://timeline.example.org/Harbour/",
        "http://example.org:8080/a/events/br%C3%BCcke/",
        "https://example.org/feed.xml",
    ],
)
def test_keys_are_those_of_the_library(url):
    assert key_of(url) == pytest.importorskip("surt").surt(url)


def replay(path):
    """Return what a replay finds: address → (type, bytes), each through the index."""
    from warcio.archiveiterator import ArchiveIterator

    found = {}
    with ZipFile(path) as file:
        assert {part.compress_type for part in file.infolist()} == {ZIP_STORED}
        warc = file.read("archive/data.warc.gz")
        for line in file.read("indexes/index.cdx").decode().splitlines():
            entry = json.loads(line.split(" ", 2)[2])
            at = int(entry["offset"])
            member = warc[at : at + int(entry["length"])]
            gzip.decompress(member)  # a whole member, which is what a replay asks for
            records = ArchiveIterator(BytesIO(member), check_digests="raise")
            record = next(records)
            assert record.rec_headers["WARC-Target-URI"] == entry["url"]
            assert record.http_headers.get_statuscode() == entry["status"] == "200"
            data = record.content_stream().read()
            found[entry["url"]] = (record.http_headers["Content-Type"], data)
            assert next(records, None) is None
    return found


@pytest.fixture
def archive(site, tmp_path):
    pytest.importorskip("warcio")
    result = bag("--wacz", tmp_path / "site.wacz")
    assert result.exit_code == 0, result.output
    return tmp_path / "site.wacz"


def validates(archive):
    """Return what the validator of the format's makers says, in a process of its own."""
    pytest.importorskip("wacz")
    program = (
        "import sys; from wacz.main import main; sys.exit(main(['validate', '-f', sys.argv[1]]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(archive)], capture_output=True, text=True, check=False
    )
    return done.returncode == 0 and "Validation succeeded" in done.stdout


def test_the_validator_of_the_format_is_content(archive, tmp_path):
    assert validates(archive)
    other = tmp_path / "other.wacz"
    with ZipFile(archive) as whole, ZipFile(other, "w") as copy:
        for part in whole.infolist():
            data = whole.read(part)
            copy.writestr(part, data.replace(b"The harbour", b"The airport"))
    assert not validates(other)


def test_every_address_is_in_the_archive_as_it_was_built(site, archive):
    found = replay(archive)
    files = {
        path: data for path, data in site.output().items() if path not in ("_headers", ".nojekyll")
    }
    assert {url: data for url, (_, data) in found.items()} == {
        url_of("https://example.org/harbour/", path): data for path, data in files.items()
    }
    assert found["https://example.org/harbour/"][0] == "text/html; charset=utf-8"
    assert "https://example.org/harbour/events/br%C3%BCcke/" in found


def test_links_lead_to_what_is_in_the_archive(site, archive):
    found = replay(archive)
    for path, data in site.output().items():
        if not path.endswith("index.html") or path.startswith("embed/"):
            continue
        for link in BeautifulSoup(data, "html.parser").select("a[href]"):
            if "://" not in link["href"] and not link["href"].startswith("mailto:"):
                target, _ = resolve(path, link["href"])
                assert url_of("https://example.org/harbour/", target) in found, link["href"]


def test_its_list_of_pages(archive):
    with ZipFile(archive) as file:
        head, *pages = map(json.loads, file.read("pages/pages.jsonl").decode().splitlines())
        package = json.loads(file.read("datapackage.json"))
    assert head["format"] == "json-pages-1.0"
    assert pages[0]["url"] == package["mainPageUrl"] == "https://example.org/harbour/"
    assert pages[0]["title"] == "The harbour"
    assert {page["ts"] for page in pages} == {"2023-11-14T22:13:20Z"}
    assert len({page["id"] for page in pages}) == len(pages)


def test_the_same_archive_twice(site, archive, tmp_path):
    bag("--wacz", tmp_path / "again.wacz")
    assert archive.read_bytes() == (tmp_path / "again.wacz").read_bytes()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["again.wacz", "project", "site.wacz"]


def test_an_archive_needs_an_address(site, tmp_path):
    site.edit("content/site.yaml", "url: https://example.org/harbour/\n", "")
    result = bag("--wacz", tmp_path / "site.wacz")
    assert result.exit_code == 2
    assert "--url" in result.output
    assert not (tmp_path / "site.wacz").exists()
    given = bag("--wacz", tmp_path / "site.wacz", "--url", "https://example.net/")
    assert given.exit_code == 0
    assert "https://example.net/events/cracks/" in replay(tmp_path / "site.wacz")
