"""A Record as JSON Schema, so that editors complete, explain and check what an author writes.

It accepts what ``base.reading`` accepts, but for what a schema cannot say (a day that does not
exist, a number out of range in quotes, invisible characters); draft 7, which every editor knows.
"""

from typing import Any, Final

from pincite.base import scalars
from pincite.base.schema import (
    Boolean,
    Choice,
    Custom,
    Field,
    Integer,
    Language,
    ListOf,
    MapOf,
    Nested,
    Nullable,
    Number,
    Path,
    Prose,
    Record,
    Sha256,
    Slug,
    Text,
    Timestamp,
    Type,
    Url,
)

# An editor takes `2025` for a number and `true` for a boolean; where text is meant, all are text.
_TEXTUAL: Final = ("string", "number", "boolean")
_ONE_LINE: Final = r"^[^\n]*\n?$"
_PATH: Final = (
    rf"^(?!([^/]*/)*(({scalars.DEVICE_NAME}) *(\.[^/]*)?|[^/]*[. ])(/|$))"
    r"""[^/<>:"|?*\\\x00-\x1f\x7f]+(/[^/<>:"|?*\\\x00-\x1f\x7f]+)*$"""
)


def json_schema(kind: Record | Type, *, id: str, title: str) -> dict[str, Any]:
    """Return the schema of a file that holds one *kind*; records in it are under definitions."""
    kind = Nested(kind) if isinstance(kind, Record) else kind
    records: dict[str, Record] = {}
    _collect(kind, records)
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "$id": id,
        "title": title,
        **_schema(kind, filled=False),
        "definitions": {
            name.replace(" ", "-"): _record_schema(record)
            for name, record in sorted(records.items())
        },
    }


def _collect(kind: Type, records: dict[str, Record]) -> None:
    match kind:
        case Nested(record):
            assert records.setdefault(record.name, record) == record, f"two records: {record.name}"
            for field in record.fields:
                _collect(field.type, records)
        case ListOf():
            _collect(kind.item, records)
        case MapOf():
            _collect(kind.value, records)
        case Nullable():
            _collect(kind.type, records)
        case _:
            pass


def _record_schema(record: Record) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": "object"}
    if record.doc:
        schema["description"] = record.doc
    schema["properties"] = {field.name: _field_schema(field) for field in record.fields}
    if record.required:
        schema["required"] = list(record.required)
    schema["additionalProperties"] = False
    return schema


def _field_schema(field: Field) -> dict[str, Any]:
    schema = _schema(field.type, filled=field.required)
    if not field.doc:
        return schema
    if "$ref" in schema:  # draft 7 ignores what stands beside a reference
        schema = {"allOf": [schema]}
    return {"description": field.doc, **schema}


def _schema(kind: Type, *, filled: bool) -> dict[str, Any]:
    """Return the schema of *kind*; text that is *filled* holds more than white space."""
    match kind:
        case Text():
            schema = _text(kind.max_length, filled=filled)
            if not kind.multiline:
                schema["allOf"] = [{"pattern": _ONE_LINE}]
            if kind.pattern is not None:
                schema["type"] = "string"  # a pattern says nothing about numbers
                schema.setdefault("allOf", []).append({"pattern": f"^(?:{kind.pattern})\\n?$"})
            return schema
        case Prose():
            return _text(kind.max_length, filled=filled)
        case Slug():
            return {
                "type": ["string", "integer", "boolean"],
                "pattern": scalars.SLUG_PATTERN,
                "maxLength": scalars.SLUG_LENGTH,
                "minimum": 0,
                "not": {"type": "string", "pattern": f"^({scalars.DEVICE_NAME})$"},
            }
        case Custom():
            return dict(kind.json_schema)
        case Choice():
            return {"enum": list(kind.values)}
        case Integer():
            number = {"type": "integer", **_bounds(kind)}
            return {"anyOf": [number, {"type": "string", "pattern": scalars.INTEGER_PATTERN}]}
        case Number():
            number = {"type": "number", **_bounds(kind)}
            return {"anyOf": [number, {"type": "string", "pattern": scalars.NUMBER_PATTERN}]}
        case Boolean():
            return {"enum": [True, False, "true", "false"]}
        case Url():
            return {"type": "string", "pattern": _url_pattern(kind)}
        case Language():
            return {"type": "string", "pattern": scalars.LANGUAGE_PATTERN, "maxLength": 35}
        case Timestamp():
            return {"type": "string", "pattern": scalars.TIMESTAMP_PATTERN}
        case Sha256():
            return {"type": "string", "pattern": scalars.SHA256_PATTERN}
        case Path():
            return {"type": list(_TEXTUAL), "pattern": _PATH}
        case ListOf():
            item = _schema(kind.item, filled=True)
            items = {"type": "array", "items": item, "maxItems": kind.max_items}
            if kind.unique:
                items["uniqueItems"] = True
            return {"anyOf": [item, items]} if kind.or_one else items
        case Nested():
            return {"$ref": f"#/definitions/{kind.record.name.replace(' ', '-')}"}
        case MapOf():
            return {
                "type": "object",
                "propertyNames": _schema(kind.key, filled=False),
                "additionalProperties": _schema(kind.value, filled=True),
                "maxProperties": kind.max_items,
            }
        case Nullable():
            return {"anyOf": [{"type": "null"}, _schema(kind.type, filled=filled)]}


def _text(max_length: int, *, filled: bool) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": list(_TEXTUAL), "maxLength": max_length}
    if filled:
        schema["pattern"] = r"\S"
    return schema


def _bounds(kind: Integer | Number) -> dict[str, float]:
    bounds = {"minimum": kind.minimum, "maximum": kind.maximum}
    return {name: bound for name, bound in bounds.items() if bound is not None}


def _url_pattern(kind: Url) -> str:
    def any_case(word: str) -> str:
        return "".join(
            f"[{letter}{letter.upper()}]" if letter.isalpha() else letter for letter in word
        )

    web = "|".join(any_case(name) for name in kind.schemes if name in {"http", "https"})
    rest = "|".join(any_case(name) for name in kind.schemes if name not in {"http", "https"})
    forms = ([f"({web})://[^/?#]"] if web else []) + ([f"({rest}):"] if rest else [])
    more = "?#" if kind.base else ""
    return rf"^({'|'.join(forms)})[^\s<>\"\\^`{{|}}{more}]*$"
