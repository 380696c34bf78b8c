"""A safe subset of YAML as a tree of plain values, each with its place in the file.

Every scalar is text: no value changes its meaning by the way it looks. What YAML has beyond
mappings, lists and text is refused with a reason. Arbitrary text never raises and never hangs.
"""

import re
from collections.abc import Callable
from typing import Any, Final, NamedTuple, TypeAlias

import yaml

from pincite.base.diagnostics import Diagnostic, warning
from pincite.base.text import Span, Text
from pincite.base.yamlrefusals import (
    Findings,
    refuse_alias,
    refuse_collection_key,
    refuse_key,
    refuse_properties,
    refuse_rest,
    unreadable,
)
from pincite.base.yamlsyntax import syntax_error

MAX_DEPTH: Final = 32

NULLS: Final = frozenset({"", "~", "null", "Null", "NULL"})


class Scalar(NamedTuple):
    """A piece of text; *start* and *end* are code points of the file and include the quotes."""

    value: str
    start: int
    end: int
    style: str = ""  # "" plain, else the character that opens it: ' " | >

    @property
    def plain(self) -> bool:
        return not self.style

    @property
    def is_null(self) -> bool:
        """Whether YAML would call this null: nothing, ``~`` or ``null`` without quotes."""
        return self.value in NULLS and not self.style

    def inside(self, start: int, end: int) -> tuple[int, int]:
        """Return the place of value[start:end] in the file, or of the whole scalar.

        Folding lines and resolving escapes only ever shortens, so a scalar as long as its slice
        of the file stands there letter for letter.
        """
        width = self.end - self.start
        if not self.style and len(self.value) == width:
            return self.start + start, self.start + end
        if self.style in {"'", '"'} and len(self.value) == width - 2:
            return self.start + 1 + start, self.start + 1 + end
        return self.start, self.end


class Sequence:
    __slots__ = ("end", "items", "start")

    def __init__(self, items: "list[Node]", start: int, end: int) -> None:
        self.items = items
        self.start = start
        self.end = end


class Mapping:
    """Entries in file order; *keys* gives the place of each key."""

    __slots__ = ("end", "entries", "keys", "start")

    def __init__(
        self, entries: "dict[str, Node]", keys: dict[str, Scalar], start: int, end: int
    ) -> None:
        self.entries = entries
        self.keys = keys
        self.start = start
        self.end = end


Node: TypeAlias = Scalar | Sequence | Mapping


def parse_yaml(
    text: Text, start: int = 0, end: int | None = None
) -> tuple[Node | None, tuple[Diagnostic, ...]]:
    """Parse the one YAML document in code points [start, end) of *text*.

    The tree is None where there is no document (nothing but comments) or no whole one (a syntax
    error, too deep). After a refusal reading goes on, so that one run tells everything; what was
    refused is left out of the tree, or stands in it as the text it was written as.
    """
    source = text.value[start:end]
    body = source.lstrip("\ufeff")
    start += len(source) - len(body)
    findings = Findings(text.path, start)
    body = _without_directives(body, findings)
    try:
        root = _build(body, start, findings)
    except (yaml.reader.ReaderError, UnicodeEncodeError):
        # The parser stops at the first such character; with stand-ins it tells about the rest.
        findings = Findings(text.path, start)
        body = _without_directives(body, findings)
        for match in _UNREADABLE.finditer(body):
            findings.add("yaml-syntax", match.start(), match.end(), *unreadable(match[0]))
        root = _build(_UNREADABLE.sub("\ufffd", body), start, findings)
    return root, (*findings.all(), *_find_cut_texts(root, body, start, text.path))


def _find_cut_texts(root: Node | None, body: str, start: int, path: str) -> list[Diagnostic]:
    """Warn of text that a `#` ends which its author may have meant as a number or a colour."""
    if " #" not in body and "\t#" not in body:
        return []
    marks = {match.start() + start: match for match in _CUTTING.finditer(body)}
    found = []
    waiting = [root] if marks and root is not None else []
    while waiting:
        node = waiting.pop()
        if isinstance(node, Scalar):
            mark = marks.get(node.end) if node.plain else None
            if mark:
                found.append(
                    warning(
                        "comment-in-text",
                        Span(path, start + mark.start(1), start + mark.end()),
                        "from this `#` on it is a comment, and no part of the text",
                        help='put the whole text in quotes ("…"), or a blank after the `#`',
                    )
                )
        else:
            waiting += node.items if isinstance(node, Sequence) else node.entries.values()
    return sorted(found, key=lambda d: d.span)


# --- building ------------------------------------------------------------------------------------

# What libyaml reads; outside of it are control characters, lone surrogates and noncharacters.
_UNREADABLE: Final = re.compile(
    "[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
)
# YAML 1.1 ends lines at these, so what hides behind one is a directive too.
_LEADING_LINES: Final = re.compile(
    "(?>(?:[ \t]*(?:#[^\r\n\x85\u2028\u2029]*)?|%[^\r\n\x85\u2028\u2029]*)[\r\n\x85\u2028\u2029])*+"
)
_DIRECTIVE: Final = re.compile("(?<![^\r\n\x85\u2028\u2029])%[^\r\n\x85\u2028\u2029]*")
# A comment that may have been meant as text: in `The mayor #1`, unlike in `The mayor # to check`.
_CUTTING: Final = re.compile(r"(?<=[^\s#])[ \t]+(#[^\W_][^\r\n]*)")
_WHITE: Final = " \t\r\n\x85\u2028\u2029"
_SPECIAL_KEYS: Final = NULLS | {"<<"}
_DISCARDED: Final = Scalar("", 0, 0)  # stands for a key whose value is read but not kept

_PARSER: Final[Any] = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader


def _without_directives(body: str, findings: Findings) -> str:
    """Blank out the ``%`` lines before the document: many of them take libyaml quadratic time."""
    if "%" not in body:
        return body
    head = _LEADING_LINES.match(body)
    length = head.end() if head else 0
    for match in _DIRECTIVE.finditer(body, 0, length):
        findings.add(
            "yaml-refused",
            match.start(),
            match.end(),
            "directives (`%…`) are not part of Pincite's YAML",
            "remove the line",
        )
    blank = _DIRECTIVE.sub(lambda match: " " * len(match[0]), body[:length])
    return blank + body[length:]


def _build(body: str, base: int, findings: Findings) -> Node | None:
    """Build the tree of *body*; offsets in the tree count from *base* before it."""
    parser = _PARSER(body)
    try:
        return _build_document(parser.get_event, body, base, findings)
    except yaml.reader.ReaderError:
        raise
    except yaml.MarkedYAMLError as fault:
        findings.end_with("yaml-syntax", *syntax_error(body, fault))
        return None
    finally:
        parser.dispose()


def _build_document(
    next_event: Callable[[], Any], body: str, base: int, findings: Findings
) -> Node | None:
    # Local names and one flat loop: this runs once for every scalar of every file.
    scalar_event, mapping_start, mapping_end = (
        yaml.ScalarEvent,
        yaml.MappingStartEvent,
        yaml.MappingEndEvent,
    )
    new = tuple.__new__
    stack: list[tuple[dict[str, Node] | None, dict[str, Scalar], list[Node], Any, int, bool]] = []
    entries: dict[str, Node] | None = None  # of the mapping being read; None in a list
    keys: dict[str, Scalar] = {}
    items: list[Node] = []
    key: Scalar | None = None
    start = last_end = base
    flow = False
    node: Node
    next_event()  # the stream's start
    if next_event().__class__ is yaml.StreamEndEvent:
        return None
    while True:
        event = next_event()
        kind = event.__class__
        if kind is scalar_event:
            value, style = event.value, event.style or ""
            at, end = event.start_mark.index + base, event.end_mark.index + base
            if style in {"|", ">"}:  # libyaml's end is the next token's start
                end = at + len(body[at - base : end - base].rstrip(_WHITE))
            node = new(Scalar, (value, at, end, style))
            if end > at:  # nothing written may stand anywhere, even after blank lines
                last_end = end
            if event.anchor is not None or event.tag is not None:
                refuse_properties(event, body, findings)
            if entries is not None and key is None:
                if value in entries or (value in _SPECIAL_KEYS and not style):
                    first = keys.get(value)
                    earlier = (first.start - base, first.end - base) if first else None
                    refuse_key(value, (at - base, end - base), earlier, findings)
                    key = _DISCARDED
                else:
                    key = node
                continue
        elif kind is mapping_start or kind is yaml.SequenceStartEvent:
            if event.anchor is not None or event.tag is not None:
                refuse_properties(event, body, findings)
            at = event.start_mark.index
            if len(stack) == MAX_DEPTH:
                findings.end_with(
                    "yaml-depth",
                    at,
                    min(at + 1, len(body)),
                    f"lists and mappings are nested more than {MAX_DEPTH} deep here",
                    "no Pincite file needs more than a few levels; reading stops here",
                )
                return None
            if entries is not None and key is None:
                refuse_collection_key(at, body, findings)
            stack.append((entries, keys, items, key, start, flow))
            entries = {} if kind is mapping_start else None
            keys, items, key, start, flow = {}, [], None, at + base, event.flow_style
            continue
        elif kind is mapping_end or kind is yaml.SequenceEndEvent:
            if flow:
                last_end = event.end_mark.index + base
            if kind is mapping_end:
                assert entries is not None
                node = Mapping(entries, keys, start, max(start, last_end))
            else:
                node = Sequence(items, start, max(start, last_end))
            entries, keys, items, key, start, flow = stack.pop()
        elif kind is yaml.AliasEvent:
            at, last_end = event.start_mark.index + base, event.end_mark.index + base
            node = Scalar(body[at - base : last_end - base], at, last_end)
            refuse_alias(at - base, last_end - base, findings)
            if entries is not None and key is None:
                key = _DISCARDED
                continue
        else:  # the document's end
            refuse_rest(event.end_mark.index, body, findings)
            return items[0]
        if entries is None:
            items.append(node)
        elif key is None:
            key = _DISCARDED  # a collection was the key
        else:
            if key is not _DISCARDED:
                entries[key.value] = node
                keys[key.value] = key
            key = None
