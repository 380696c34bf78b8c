"""JSON Schemas of all that an author writes, for editors that complete and check YAML."""

import json
from pathlib import Path

from pincite.base.jsonschema import json_schema
from pincite.base.schema import Record, Type
from pincite.disk import write_whole
from pincite.load.records import EVENTS, NAMED, PAGE, SITE, SOURCE

_TYPES: dict[str, tuple[Type | Record, str]] = {
    "events": (EVENTS, "A file of events"),
    "site": (SITE, "content/site.yaml"),
    "names": (NAMED, "content/actors.yaml or content/places.yaml"),
    "source": (SOURCE, "The front matter of a source"),
    "page": (PAGE, "The front matter of a page"),
}


def schema_texts() -> dict[str, str]:
    """Return the schema of each kind of file, by name, as JSON text."""
    return {
        name: json.dumps(
            json_schema(kind, id=f"https://pincite.example/schema/{name}.json", title=title),
            ensure_ascii=False,
            indent=2,
        )
        + "\n"
        for name, (kind, title) in _TYPES.items()
    }


def write_schemas(folder: Path) -> list[str]:
    """Write all schemas into *folder*; return their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, text in schema_texts().items():
        write_whole(folder / f"{name}.json", text.encode())
        written.append(str(folder / f"{name}.json"))
    return written
