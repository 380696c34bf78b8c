"""``data/datapackage.json``: what the files in ``data/`` hold, with their sizes and hashes.

A Data Package as Frictionless Data defines it (version 1).
"""

import json
import re
from collections.abc import Iterable
from typing import Any, NamedTuple

from pincite.base.content import Bytes, digest_content
from pincite.exports.csv_table import COLUMNS, TABLE
from pincite.exports.index import without_empty
from pincite.exports.json_text import indented
from pincite.model import Corpus

DATAPACKAGE = "data/datapackage.json"

_FOLDER = "data/"
_LICENSE = re.compile(r"[-a-zA-Z0-9._]+")
_NOT_NAME = re.compile(r"[^-a-z0-9._]+")


class Resource(NamedTuple):
    """A file, as the package tells of it."""

    path: str
    media_type: str
    size: int
    sha256: str


def resource_of(path: str, content: Bytes, media_type: str) -> Resource:
    size = len(content) if isinstance(content, bytes) else content.size
    return Resource(path, media_type, size, digest_content(content))


def read_resources(package: bytes) -> dict[str, Resource]:
    """Return what a package of ours tells of its files, by their paths."""
    return {
        _FOLDER + row["path"]: Resource(
            _FOLDER + row["path"],
            row["mediatype"],
            row["bytes"],
            row["hash"].removeprefix("sha256:"),
        )
        for row in json.loads(package)["resources"]
    }


def datapackage(corpus: Corpus, files: Iterable[Resource]) -> bytes:
    """Describe *files*. Those outside ``data/`` are left out."""
    config = corpus.config
    package = without_empty(
        {
            "profile": "data-package",
            "name": "timeline",
            "title": config.title,
            "description": config.description,
            "homepage": config.url,
            "licenses": [{"name": config.license}] if _LICENSE.fullmatch(config.license) else [],
            "contributors": [{"title": config.author, "role": "author"}] if config.author else [],
            "resources": [
                _described(file) for file in sorted(files) if file.path.startswith(_FOLDER)
            ],
        }
    )
    return indented(package)


def _described(file: Resource) -> dict[str, Any]:
    name = file.path.removeprefix(_FOLDER)
    resource: dict[str, Any] = {
        "name": _NOT_NAME.sub("-", name.lower()),
        "path": name,
        "format": name.rpartition(".")[2],
        "mediatype": file.media_type,
        "encoding": "utf-8",
        "bytes": file.size,
        "hash": f"sha256:{file.sha256}",
        "profile": "data-resource",
    }
    if file.path == TABLE:
        resource["profile"] = "tabular-data-resource"
        resource["dialect"] = {"delimiter": ",", "lineTerminator": "\r\n", "doubleQuote": True}
        resource["schema"] = {"fields": [column._asdict() for column in COLUMNS]}
    return resource
