"""Reading a tree by a Record: every value typed, every finding with its place, all in one run.

Nothing raises, whatever the tree; asking Values for a name its Record does not have does.
"""

import re
import unicodedata
from collections.abc import Callable
from typing import Any, Final

from pincite.base.diagnostics import Diagnostic, Label, error
from pincite.base.near import find_near
from pincite.base.scalars import (
    parse_boolean,
    parse_choice,
    parse_integer,
    parse_language,
    parse_number,
    parse_path,
    parse_sha256,
    parse_slug,
    parse_timestamp,
    parse_url,
)
from pincite.base.schema import (
    Boolean,
    Choice,
    Custom,
    Integer,
    Language,
    ListOf,
    MapOf,
    Nested,
    Nullable,
    Number,
    Path,
    Problem,
    Prose,
    Record,
    Sha256,
    Slug,
    Text,
    Timestamp,
    Type,
    Url,
)
from pincite.base.shown import shortened
from pincite.base.text import Span
from pincite.base.typewords import advice, expected, with_article
from pincite.base.values import Values, first_line
from pincite.base.yamltree import NULLS, Mapping, Node, Scalar, Sequence

MAX_FINDINGS: Final = 1_000


def read_record(
    node: Node | None, record: Record, path: str
) -> tuple[Values | None, tuple[Diagnostic, ...]]:
    """Read *node* as *record*; None where it is no mapping or lacks what is required.

    A value that cannot be read is a finding and counts as absent; an unreadable item of a list
    is left out of the tuple.
    """
    value, findings = read_value(node, Nested(record), path)
    return value, findings


def read_value(node: Node | None, kind: Type, path: str) -> tuple[Any, tuple[Diagnostic, ...]]:
    """Read *node* as *kind*, such as the list of records at the root of a file."""
    reading = _Reading(path)
    value = reading.value(kind, node if node is not None else Scalar("", 0, 0))
    if reading.unlisted:
        more = f"{reading.unlisted} more findings of this kind in this file are not listed"
        reading.findings.append(error("bad-value", reading.findings[-1].span, more))
    return (None if value is _UNREADABLE else value), tuple(reading.findings)


# --- the types -----------------------------------------------------------------------------------

_UNREADABLE: Final = object()
_BAD_CHARACTERS: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\u206a-\u206f"
    "\ud800-\udfff\ufdd0-\ufdef\ufff9-\ufffb\ufffe\uffff]"
)


_PARSERS: Final[dict[type, Callable[[str, Any], object]]] = {
    Slug: lambda text, _: parse_slug(text),
    Custom: lambda text, kind: kind.parse(text),
    Choice: parse_choice,
    Integer: parse_integer,
    Number: parse_number,
    Boolean: lambda text, _: parse_boolean(text),
    Url: parse_url,
    Language: lambda text, _: parse_language(text),
    Timestamp: lambda text, _: parse_timestamp(text),
    Sha256: lambda text, _: parse_sha256(text),
    Path: lambda text, _: parse_path(text),
}


class _Reading:
    """The findings of one reading; a value is _UNREADABLE after a finding about it."""

    __slots__ = ("findings", "kept", "path", "unlisted")

    def __init__(self, path: str) -> None:
        self.path = path
        self.findings: list[Diagnostic] = []
        self.unlisted = 0
        self.kept: tuple[int, ...] | None = None  # left by the list or map read last

    def value(self, kind: Type, node: Node) -> Any:
        return _READERS[kind.__class__](self, kind, node)

    def find(
        self,
        code: str,
        place: tuple[int, int],
        message: str,
        help: str | None = None,
        labels: tuple[Label, ...] = (),
    ) -> object:
        if len(self.findings) >= MAX_FINDINGS:
            self.unlisted += 1
            return _UNREADABLE
        span = Span(self.path, *place)
        self.findings.append(error(code, span, message, help=help, labels=labels))
        return _UNREADABLE

    def record(self, kind: Nested, node: Node) -> object:
        record = kind.record
        if node.__class__ is not Mapping:
            return self.unexpected(kind, node)
        assert isinstance(node, Mapping)
        values: dict[str, Any] = {}
        kept: dict[str, tuple[int, ...]] | None = None
        by_name = record.by_name
        meant: set[str | None] = set()  # keys that were misspelt; they are not missing as well
        for name, below in node.entries.items():
            entry = by_name.get(name)
            if entry is None:
                meant.add(self.unknown_key(record, node, name))
                continue
            value = _READERS[entry.type.__class__](self, entry.type, below)
            if value is _UNREADABLE:
                continue
            if entry.required and value.__class__ is str and (not value or value.isspace()):
                self.find("bad-value", first_line(below), f"`{name}` cannot be empty")
                continue
            values[name] = value
            if self.kept is not None:
                kept = {**kept, name: self.kept} if kept else {name: self.kept}
                self.kept = None
        missing = [name for name in record.required if name not in values]
        for name in missing:
            if name not in node.entries and name not in meant:
                doc = by_name[name].doc
                self.find(
                    "missing-key",
                    first_line(node),
                    f"`{name}` is missing",
                    f"add `{name}: …`" + (f" ({doc})" if doc else ""),
                )
        if missing and not record.partial:
            return _UNREADABLE
        return Values(record, self.path, node, values, kept)

    def unknown_key(self, record: Record, node: Mapping, name: str) -> str | None:
        """Find that *name* is no key of *record*; return the key that was probably meant."""
        if len(self.findings) >= MAX_FINDINGS:  # it is counted, and no longer looked into
            self.unlisted += 1
            return None
        near = find_near(name, [known for known in record.by_name if known not in node.entries])
        listed = "it may hold " + ", ".join(f"`{known}`" for known in record.by_name)
        self.find(
            "unknown-key",
            (node.keys[name].start, node.keys[name].end),
            f"`{shortened(name)}` is not a key of {with_article(record.name)}",
            f"did you mean `{near}`?" if near else listed,
        )
        return near

    def items(self, kind: ListOf, node: Node) -> object:
        if node.__class__ is not Sequence:
            single = kind.item.__class__ is Nested and node.__class__ is Mapping
            if kind.or_one and (node.__class__ is Scalar or single):
                value = self.value(kind.item, node)
                return _UNREADABLE if value is _UNREADABLE else (value,)
            return self.unexpected(kind, node)
        assert isinstance(node, Sequence)
        nodes = node.items
        if len(nodes) > kind.max_items:
            return self.find(
                "bad-value",
                first_line(node),
                f"this list has {len(nodes)} items; at most {kind.max_items} are allowed",
            )
        read, item = _READERS[kind.item.__class__], kind.item
        values: list[Any] = [read(self, item, below) for below in nodes]
        self.kept = None
        for at, value in enumerate(values):
            if value.__class__ is str and (not value or value.isspace()):
                values[at] = self.find("bad-value", first_line(nodes[at]), "this item is empty")
        if kind.unique:
            self.refuse_repeated(values, nodes)
        if any(value is _UNREADABLE for value in values):
            self.kept = tuple(at for at, value in enumerate(values) if value is not _UNREADABLE)
            values = [value for value in values if value is not _UNREADABLE]
        return tuple(values)

    def refuse_repeated(self, values: list[Any], nodes: list[Node]) -> None:
        first: dict[Any, int] = {}
        for at, value in enumerate(values):
            if value is _UNREADABLE or not isinstance(value, (str, int, float)):
                continue
            earlier = first.setdefault(value, at)
            if earlier != at:
                span = Span(self.path, *first_line(nodes[earlier]))
                values[at] = self.find(
                    "bad-value",
                    first_line(nodes[at]),
                    f"`{shortened(str(value))}` stands twice in this list",
                    "remove one of the two",
                    (Label(span=span, text="first written here"),),
                )

    def pairs(self, kind: MapOf, node: Node) -> object:
        if node.__class__ is not Mapping:
            return self.unexpected(kind, node)
        assert isinstance(node, Mapping)
        if len(node.entries) > kind.max_items:
            return self.find(
                "bad-value",
                first_line(node),
                f"this mapping has {len(node.entries)} keys; at most {kind.max_items} are allowed",
            )
        pairs, kept = [], []
        for at, (name, below) in enumerate(node.entries.items()):
            key = self.value(kind.key, node.keys[name])
            value = self.value(kind.value, below)
            if value.__class__ is str and (not value or value.isspace()):
                value = self.find("bad-value", first_line(below), f"`{name}` cannot be empty")
            if key is not _UNREADABLE and value is not _UNREADABLE:
                pairs.append((key, value))
                kept.append(at)
        self.kept = tuple(kept) if len(kept) < len(node.entries) else None
        return tuple(pairs)

    def nullable(self, kind: Nullable, node: Node) -> object:
        if isinstance(node, Scalar) and node.is_null:
            return None
        return self.value(kind.type, node)

    def text(self, kind: Text | Prose, node: Node) -> object:
        value = self.scalar(kind, node)
        if value is None:
            return _UNREADABLE
        assert isinstance(node, Scalar)
        if len(value) > kind.max_length:
            return self.find(
                "bad-value",
                first_line(node),
                f"this text has {len(value)} characters; at most {kind.max_length} are allowed",
            )
        if kind.__class__ is Text:
            assert isinstance(kind, Text)
            if "\n" in value and not kind.multiline:
                if value.find("\n") < len(value) - 1:
                    return self.find(
                        "bad-value",
                        first_line(node),
                        "this text has to stand on one line",
                        "a block after `>` joins its lines; a blank line still breaks it",
                    )
                value = value[:-1]
            if kind.pattern is not None and not re.fullmatch(kind.pattern, value):
                return self.find(
                    "bad-value",
                    first_line(node),
                    f"`{shortened(value)}` is not of the form that is needed here",
                    f"write it like this: {kind.form}" if kind.form else None,
                )
        return value

    def parsed(self, kind: Any, node: Node) -> object:
        text = self.scalar(kind, node)
        if text is None:
            return _UNREADABLE
        assert isinstance(node, Scalar)
        value = _PARSERS[kind.__class__](text, kind)
        if value.__class__ is not Problem:
            return value
        assert isinstance(value, Problem)
        place = first_line(node)
        if value.start is not None and value.end is not None and text == node.value:
            place = node.inside(value.start, value.end)
        return self.find(value.code, place, value.message, value.help)

    def scalar(self, kind: Any, node: Node) -> str | None:
        """Return the text, or None after a finding."""
        if node.__class__ is not Scalar:
            self.unexpected(kind, node)
            return None
        value, _, _, style = node
        if not style:
            if value in NULLS:
                self.unexpected(kind, node)
                return None
        elif style in "|>" and kind.__class__ is not Prose and not getattr(kind, "multiline", 0):
            value = value.rstrip("\n")
        if not value.isprintable() and not value.replace("\n", " ").isprintable():
            assert isinstance(node, Scalar)
            return self.without_bad_characters(node, value)
        return value

    def without_bad_characters(self, node: Scalar, value: str) -> str | None:
        """Return the unprintable *value* if it holds no more than no-break spaces and the like."""
        seen: set[str] = set()
        for match in _BAD_CHARACTERS.finditer(value):
            character = match[0]
            if character not in seen:
                seen.add(character)
                name = unicodedata.name(character, "").lower() or "a control character"
                self.find(
                    "bad-character",
                    node.inside(match.start(), match.end()),
                    f"U+{ord(character):04X} ({name}) cannot stand in text",
                    "delete it; it is usually invisible and came along with a copy",
                )
        return None if seen else value

    def unexpected(self, kind: Type, node: Node) -> object:
        """Find that *node* is of another shape than *kind*."""
        while isinstance(kind, Nullable):
            kind = kind.type
        if isinstance(node, Scalar) and node.is_null:
            return self.find(
                "wrong-type",
                (node.start, node.end),
                f"{expected(kind)} is expected here, "
                + ("nothing is written" if not node.value else f"this is `{node.value}`"),
                "write a value, or remove the key"
                if not node.value
                else f'remove the key, or write "{node.value}" in quotes if it is a word',
            )
        found = {Scalar: "text", Sequence: "a list", Mapping: "a mapping"}[type(node)]
        message = f"{expected(kind)} is expected here, this is {found}"
        return self.find("wrong-type", first_line(node), message, advice(kind, node))


_READERS: Final[dict[type, Callable[[_Reading, Any, Node], Any]]] = {
    Text: _Reading.text,
    Prose: _Reading.text,
    ListOf: _Reading.items,
    MapOf: _Reading.pairs,
    Nested: _Reading.record,
    Nullable: _Reading.nullable,
    **dict.fromkeys(_PARSERS, _Reading.parsed),
}
