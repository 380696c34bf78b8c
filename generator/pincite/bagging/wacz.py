"""A WACZ (Web Archive Collection Zipped, 1.1.1): the built site as a crawler would have kept it.

The records, their names and their order follow from the site; only the moment is given.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from hashlib import sha256
from html import unescape
from importlib import import_module
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit
from uuid import NAMESPACE_URL, uuid5
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from pincite import __version__
from pincite.base.diagnostics import Failure
from pincite.disk import discard
from pincite.model import Config
from pincite.publishing.difference import address_of
from pincite.publishing.types import type_of

_WARC, _INDEX, _PAGES = "archive/data.warc.gz", "indexes/index.cdx", "pages/pages.jsonl"
_FOR_HOSTS = ("_headers", ".nojekyll")  # no reader has ever seen them
_TITLE = re.compile(rb"<title>(.*?)</title>", re.DOTALL)
_BLOCK = 1 << 20


def write_wacz(
    out: Path, built: Iterable[str], file: Path, config: Config, moment: datetime
) -> int:
    """Write the archive to *file*, replacing it; return how many addresses it holds.

    *built* are the site's files in *out*; *moment* is in UTC. The site must have a ``url``.
    """
    if not config.url:
        raise Failure(
            "a web archive needs the address of the site",
            help="set `url` in content/site.yaml, or give `--url`",
        )
    paths = tuple(path for path in sorted(built) if path not in _FOR_HOSTS)
    at = f"{moment:%Y-%m-%dT%H:%M:%SZ}"
    try:
        with _beside(file) as folder:
            for part in (_WARC, _INDEX, _PAGES):
                (folder / part).parent.mkdir()
            index = _write_records(out, paths, folder / _WARC, config.url, at)
            (folder / _INDEX).write_text(index, "utf-8")
            (folder / _PAGES).write_text(_pages(out, paths, config.url, at), "utf-8")
            package = _package(folder, config, at)
            digest = {"path": "datapackage.json", "hash": f"sha256:{sha256(package).hexdigest()}"}
            (folder / "datapackage.json").write_bytes(package)
            (folder / "datapackage-digest.json").write_bytes(_json(digest))
            _zip(folder, folder / "made.zip", moment)
            (folder / "made.zip").replace(file)
    except OSError as problem:
        raise Failure(f"cannot write {file}: {problem.strerror}") from None
    return len(paths)


@contextmanager
def _beside(file: Path) -> Iterator[Path]:
    """Make a folder to work in; what one that was killed has left in it goes first."""
    folder = file.resolve().with_name(f".{file.resolve().name}.next")
    discard(folder)
    try:
        folder.mkdir()
        yield folder
    finally:
        discard(folder)


def url_of(site: str, path: str) -> str:
    """Return the address of the file *path* of the site at *site*."""
    return site + quote(address_of(path).removeprefix("./"), safe="/~!$&'()*+,;=:@")


def key_of(url: str) -> str:
    """Return what an index sorts *url* by (SURT): ``org,example)/bridge``."""
    parts = urlsplit(url)
    host = ",".join(reversed((parts.hostname or "").split(".")))
    port = f":{parts.port}" if parts.port else ""
    return f"{host}{port}){parts.path.rstrip('/').lower() or '/'}"


def _write_records(out: Path, paths: tuple[str, ...], warc: Path, site: str, at: str) -> str:
    """Write the records; return their index (CDXJ): a line each, in order of their keys."""
    writer: Any = _import("warcio.warcwriter").WARCWriter
    headers: Any = _import("warcio.statusandheaders").StatusAndHeaders
    index = []
    with warc.open("wb") as file:
        write = writer(file, gzip=True, warc_version="1.1")
        about = {"software": f"Pincite {__version__}", "format": "WARC File Format 1.1"}
        record = write.create_warcinfo_record("data.warc.gz", about)
        _date(record, f"{site}#warcinfo {at}", at)
        _write(write, record)
        for path in paths:
            data = (out / path).read_bytes()
            sent = [("Content-Type", type_of(path)), ("Content-Length", str(len(data)))]
            url = url_of(site, path)
            record = write.create_warc_record(
                url,
                "response",
                payload=BytesIO(data),
                http_headers=headers("200 OK", sent, protocol="HTTP/1.1"),
            )
            _date(record, f"{url} {at} {sha256(data).hexdigest()}", at)
            offset = file.tell()
            _write(write, record)
            entry = {
                "url": url,
                "mime": type_of(path).partition(";")[0],
                "status": "200",
                "digest": record.rec_headers.get_header("WARC-Payload-Digest"),
                "length": str(file.tell() - offset),
                "offset": str(offset),
                "filename": warc.name,
            }
            index.append(f"{key_of(url)} {re.sub('[^0-9]', '', at)} {json.dumps(entry)}\n")
    return "".join(sorted(index))


def _write(writer: Any, record: Any) -> None:
    writer.write_record(record)
    record.raw_stream.close()  # the writer keeps a copy in it, and leaves it to us


def _date(record: Any, name: str, at: str) -> None:
    """Give a record the moment, and an id that follows from what it is."""
    record.rec_headers.replace_header("WARC-Date", at)
    record.rec_headers.replace_header("WARC-Record-ID", f"<urn:uuid:{uuid5(NAMESPACE_URL, name)}>")


def _pages(out: Path, paths: tuple[str, ...], site: str, at: str) -> str:
    def lines() -> Iterator[Mapping[str, str]]:
        yield {"format": "json-pages-1.0", "id": "pages", "title": "All pages"}
        # The front page first: it is where a reader begins.
        pages = (path for path in paths if path.endswith("index.html"))
        for path in sorted(pages, key=lambda path: (path != "index.html", path)):
            url = url_of(site, path)
            title = _TITLE.search((out / path).read_bytes())
            named = unescape(title[1].decode("utf-8", "replace")).strip() if title else url
            yield {"id": uuid5(NAMESPACE_URL, url).hex, "url": url, "ts": at, "title": named}

    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines())


def _package(folder: Path, config: Config, at: str) -> bytes:
    package = {
        "profile": "data-package",
        "wacz_version": "1.1.1",
        "title": config.title,
        "description": config.description,
        "software": f"Pincite {__version__}",
        "created": at,
        "mainPageUrl": config.url,
        "mainPageDate": at,
        "resources": [
            {
                "name": path.rpartition("/")[2],
                "path": path,
                "hash": f"sha256:{_digest(folder / path)}",
                "bytes": (folder / path).stat().st_size,
            }
            for path in (_WARC, _INDEX, _PAGES)
        ],
    }
    return _json({key: value for key, value in package.items() if value})


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()


def _digest(path: Path) -> str:
    digest = sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


def _zip(folder: Path, target: Path, moment: datetime) -> None:
    """Store the parts uncompressed, as the format asks: replay reads them in place."""
    names = (_WARC, _INDEX, _PAGES, "datapackage.json", "datapackage-digest.json")
    with ZipFile(target, "w", ZIP_STORED) as file:
        for name in names:
            information = ZipInfo(name, moment.timetuple()[:6])
            information.external_attr = 0o644 << 16
            information.file_size = (folder / name).stat().st_size
            with file.open(information, "w") as part, (folder / name).open("rb") as source:
                while block := source.read(_BLOCK):
                    part.write(block)


def _import(module: str) -> Any:
    try:
        return import_module(module)
    except ImportError:
        name = module.partition(".")[0].replace("_", "-")
        raise Failure(f"this needs {name}", help="pip install 'pincite[archive]'") from None
