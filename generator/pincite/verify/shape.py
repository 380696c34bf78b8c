"""The shape of ``data/timeline.json``, key by key, and where a file does not have it.

It is the published schema (``docs/schema/timeline.schema.json``) in a few lines; the page
``/verify/`` has the same table (``templates/assets/verify/shape.js``).
"""

import json
import re
from collections.abc import Mapping
from typing import Any

from pincite.verify.fault import Fault

FILE = "data/timeline.json"

# A key with a question mark may be missing, a value with one may be null. A value is a kind, one
# of several words, the name of another table, or a list of one of these. Other keys may be added.
SHAPES: Mapping[str, Mapping[str, Any]] = {
    "timeline": {"format": "text", "site": "site", "events": ["event"], "sources": ["source"]},
    "site": {"title": "text", "description": "text", "url": "text?", "language": "text"},
    "event": {
        "id": "text", "url": "text", "title": "text", "date": "date", "kind": "text",
        "modality": "occurred|ongoing|planned|predicted|hypothetical|denied",
        "actors": ["text"], "recipients": ["text"], "places": ["text"], "tags": ["text"],
        "claims": ["claim"], "corrections": ["remark"], "summary?": "text", "media?": ["medium"],
        "sensitive?": "text", "withdrawn?": "remark", "related?": ["text"], "aliases?": ["text"],
    },
    "date": {
        "edtf": "text", "earliest": "day?", "latest": "day?", "text": "text?", "label": "text",
        "basis?": "stated|resolved|editor",
    },
    "remark": {"date": "text", "note": "text"},
    "medium": {
        "file": "text", "url": "text?", "alt": "text", "caption": "text?", "credit": "text?",
        "license": "text?", "source": "text?",
    },
    "claim": {
        "text": "text", "attributed_to": "text?", "confidence": "high|medium|low?",
        "confidence_why?": "text", "figures": ["figure"], "citations": ["citation"],
        "uncited?": "text",
    },
    "figure": {
        "measure": "text", "low": "number?", "high": "number?", "unit": "text?",
        "qualifier": "exact|approx|at-least|up-to?",
    },
    "citation": {
        "n": "place", "source": "text", "paragraph": "paragraph id", "start": "place",
        "end": "place", "quote": "text", "exact": "text", "match": "exact|normalised",
        "stance": "supports|disputes|mentions", "url": "text", "live_url": "text?",
        "parts?": ["part"], "note?": "text", "translation?": "translation",
    },
    "reference": {
        "n": "place", "source": "text", "paragraph": "paragraph id?", "start": "null",
        "end": "null", "quote": "null", "exact": "null", "match": "null",
        "stance": "supports|disputes|mentions", "url": "text", "live_url": "null",
        "note?": "text", "unverified": "text",
    },
    "part": {"paragraph": "paragraph id", "start": "place", "end": "place"},
    "translation": {"lang": "text", "text": "text", "by": "text?"},
    "source": {
        "id": "text", "url": "text", "title": "text", "publisher": "text?", "authors": ["text"],
        "published": "text?", "published_basis?": "stated|inferred|unknown", "language?": "text?",
        "original_url": "text?", "archives": ["archive"], "retrieved_at": "text?",
        "snapshot_sha256": "SHA-256?", "snapshot_url?": "text", "text_sha256": "SHA-256?",
        "republish": "full|cited|quotes|none", "paragraphs": ["paragraph"],
    },
    "archive": {"url": "text", "at": "text?", "kind": "text?"},
    "paragraph": {
        "id": "paragraph id", "text": "text?", "sha256": "SHA-256",
        "kind": "paragraph|heading|item|quotation|caption", "retired?": "true",
    },
}  # fmt: skip
_FORMS = {
    "SHA-256": re.compile(r"[0-9a-f]{64}"),
    "day": re.compile(r"\.\.|-?[0-9]{4,}-[0-9]{2}-[0-9]{2}"),
    "paragraph id": re.compile(r"p[0-9]+"),
}
_MOST = 2**53 - 1  # the largest whole number that every program reads alike
_HALF = re.compile("[\ud800-\udfff]")  # of a character: no text in UTF-8 has it


class NoJson(Exception):  # noqa: N818 - becomes a fault
    pass


def read_json(data: bytes) -> Any:
    """Return the value of *data*. Raises NoJson, also for what programs would read differently."""
    try:
        return json.loads(
            data.decode("utf-8"), parse_constant=_refuse_constant, object_pairs_hook=_read_object
        )
    except (ValueError, RecursionError) as problem:
        raise NoJson(str(problem)) from None


def find_misfits(value: object) -> list[Fault]:
    """Return a fault for everything in the file's *value* that does not have its shape."""
    faults: list[Fault] = []
    _find_in_object(value, "timeline", "", faults)
    return faults


def _find_in_object(value: object, name: str, where: str, faults: list[Fault]) -> None:
    if not isinstance(value, dict):
        faults.append(_fault(where, "this is not an object"))
        return
    if name == "citation" and "unverified" in value:
        name = "reference"
    where = _name(name, value, where)
    for key, kind in SHAPES[name].items():
        member = key.removesuffix("?")
        if member in value:
            _find(value[member], kind, where, member, faults)
        elif member is key:
            faults.append(_fault(_join(where, member), "this is missing"))


def _find(value: object, kind: Any, where: str, key: str, faults: list[Fault]) -> None:
    if isinstance(kind, list):
        if not isinstance(value, list):
            faults.append(_fault(_join(where, key), "this is not a list"))
            return
        for number, item in enumerate(value, 1):
            _find(item, kind[0], where, f"{key} {number}", faults)
        return
    bare = kind.removesuffix("?")
    if value is None and bare is not kind:
        return
    if bare in SHAPES:
        _find_in_object(value, bare, _join(where, key), faults)
    elif not _is(value, bare):
        found = value if isinstance(value, str) and not _HALF.search(value) else ""
        faults.append(_fault(_join(where, key), f"this is not {_say(bare)}", found))


def _is(value: object, kind: str) -> bool:
    match kind:
        case "text":
            return isinstance(value, str) and not _HALF.search(value)
        case "place":
            return type(value) is int and abs(value) <= _MOST
        case "number":
            return type(value) in (int, float)
        case "null":
            return value is None
        case "true":
            return value is True
        case _:
            return _is_word(value, kind)


def _is_word(value: object, kind: str) -> bool:
    if not isinstance(value, str):
        return False
    form = _FORMS.get(kind)
    return bool(form.fullmatch(value)) if form else value in kind.split("|")


def _say(kind: str) -> str:
    said = {"text": "a text", "place": "a whole number", "number": "a number"}
    if kind in said or kind in _FORMS:
        return said.get(kind) or f"a {kind}"
    return kind.replace("|", " or ")


def _name(name: str, value: Mapping[str, object], where: str) -> str:
    """Return how people name an object that has an id; *where* it stands for any other."""
    id = value.get("id")
    if name not in {"event", "source", "paragraph"} or not isinstance(id, str) or _HALF.search(id):
        return where
    return _join(where.rpartition(", ")[0], f"{name} {id}")


def _join(where: str, key: str) -> str:
    return f"{where}, {key}" if where else key


def _fault(where: str, message: str, found: str = "") -> Fault:
    return Fault(file=FILE, where=where or "the file", message=message, found=found)


def _read_object(members: list[tuple[str, object]]) -> dict[str, object]:
    """Refuse a key that stands twice: one program would read the first, another the last."""
    read = dict(members)
    if len(read) < len(members):
        seen: set[str] = set()
        twice = next(key for key, _ in members if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        raise ValueError(f"the key {twice!r} stands twice in an object")
    return read


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is no JSON")
