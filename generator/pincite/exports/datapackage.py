"""``data/datapackage.json``: what the files in ``data/`` hold, with their sizes and hashes.

A Data Package as Frictionless Data defines it (version 1).
"""

import re
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from pincite.exports.csv_table import COLUMNS, TABLE
from pincite.exports.index import without_empty
from pincite.exports.json_text import indented
from pincite.model import Corpus

DATAPACKAGE = "data/datapackage.json"

_FOLDER = "data/"
_LICENSE = re.compile(r"[-a-zA-Z0-9._]+")
_NOT_NAME = re.compile(r"[^-a-z0-9._]+")


def datapackage(corpus: Corpus, files: Mapping[str, tuple[bytes, str]]) -> bytes:
    """Describe *files*: path → (content, media type). Those outside ``data/`` are left out."""
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
                _resource(path, content, media_type)
                for path, (content, media_type) in sorted(files.items())
                if path.startswith(_FOLDER) and path != DATAPACKAGE
            ],
        }
    )
    return indented(package)


def _resource(path: str, content: bytes, media_type: str) -> dict[str, Any]:
    name = path.removeprefix(_FOLDER)
    resource: dict[str, Any] = {
        "name": _NOT_NAME.sub("-", name.lower()),
        "path": name,
        "format": name.rpartition(".")[2],
        "mediatype": media_type,
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{sha256(content).hexdigest()}",
        "profile": "data-resource",
    }
    if path == TABLE:
        resource["profile"] = "tabular-data-resource"
        resource["dialect"] = {"delimiter": ",", "lineTerminator": "\r\n", "doubleQuote": True}
        resource["schema"] = {"fields": [column._asdict() for column in COLUMNS]}
    return resource
