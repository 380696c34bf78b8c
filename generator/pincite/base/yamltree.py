"""A safe subset of YAML as a tree of plain values, each with its place in the file.

Every scalar is text: no value changes its meaning by the way it looks. What YAML has beyond
mappings, lists and text is refused with a reason. Arbitrary text never raises and never hangs.
"""

import re
from collections.abc import Callable
from typing import Any, Final, NamedTuple, TypeAlias

import yaml

from pincite.base.diagnostics import Diagnostic, Label, error
from pincite.base.text import Span, Text
from pincite.base.yamlsyntax import syntax_error

MAX_BYTES: Final = 64 * 1024 * 1024
MAX_DEPTH: Final = 32
MAX_FINDINGS: Final = 100

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
    findings = _Findings(text.path, start)
    body = _without_directives(body, findings)
    try:
        root = _build(body, start, findings)
    except (yaml.reader.ReaderError, UnicodeEncodeError):
        # The parser stops at the first such character; with stand-ins it tells about the rest.
        findings = _Findings(text.path, start)
        body = _without_directives(body, findings)
        for match in _UNREADABLE.finditer(body):
            findings.add("yaml-syntax", match.start(), match.end(), *_unreadable(match[0]))
        root = _build(_UNREADABLE.sub("\ufffd", body), start, findings)
    return root, findings.all()


# --- building ------------------------------------------------------------------------------------

# What libyaml reads; outside of it are control characters, lone surrogates and noncharacters.
_UNREADABLE: Final = re.compile(
    "[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
)
_LEADING_DIRECTIVES: Final = re.compile(r"(?>(?:[ \t]*(?:#[^\r\n]*)?|%[^\r\n]*)(?:\r\n?|\n))*+")
_BLANK_LINES: Final = re.compile(r"(?>[ \t]*(?:#[^\r\n]*)?(?:\r\n?|\n|\Z))*+[ \t]*")
_DIRECTIVE: Final = re.compile(r"^%[^\r\n]*", re.MULTILINE)
_SPECIAL_KEYS: Final = NULLS | {"<<"}
_DISCARDED: Final = Scalar("", 0, 0)  # stands for a key whose value is read but not kept

_PARSER: Final[Any] = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader


class _Findings:
    """Findings with places relative to *base*; beyond a hundred they are only counted."""

    def __init__(self, path: str, base: int) -> None:
        self.path = path
        self.base = base
        self.listed: list[Diagnostic] = []
        self.unlisted = 0
        self.last: Diagnostic | None = None

    def add(
        self,
        code: str,
        start: int,
        end: int,
        message: str,
        help: str | None = None,
        label: tuple[int, int, str] | None = None,
    ) -> None:
        if len(self.listed) >= MAX_FINDINGS:
            self.unlisted += 1
            return
        self.listed.append(self._finding(code, start, end, message, help, label))

    def end_with(
        self,
        code: str,
        start: int,
        end: int,
        message: str,
        help: str | None = None,
        label: tuple[int, int, str] | None = None,
    ) -> None:
        """Add the finding that ends the reading; it is listed whatever came before."""
        self.last = self._finding(code, start, end, message, help, label)

    def all(self) -> tuple[Diagnostic, ...]:
        found = self.listed
        if self.unlisted:
            more = f"{self.unlisted} more findings of this kind in this file are not listed"
            found = [*found, error("yaml-refused", found[-1].span, more)]
        return (*found, self.last) if self.last else tuple(found)

    def _finding(
        self,
        code: str,
        start: int,
        end: int,
        message: str,
        help: str | None,
        label: tuple[int, int, str] | None,
    ) -> Diagnostic:
        base = self.base
        labels = (
            (Label(span=Span(self.path, base + label[0], base + label[1]), text=label[2]),)
            if label
            else ()
        )
        span = Span(self.path, base + start, base + end)
        return error(code, span, message, help=help, labels=labels)


def _without_directives(body: str, findings: _Findings) -> str:
    """Blank out the ``%`` lines before the document: many of them take libyaml quadratic time."""
    if "%" not in body:
        return body
    head = _LEADING_DIRECTIVES.match(body)
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


def _build(body: str, base: int, findings: _Findings) -> Node | None:
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
    next_event: Callable[[], Any], body: str, base: int, findings: _Findings
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
            at, last_end = event.start_mark.index + base, event.end_mark.index + base
            if style in {"|", ">"}:  # libyaml's end is the next token's start
                last_end = at + len(body[at - base : last_end - base].rstrip())
            node = new(Scalar, (value, at, last_end, style))
            if event.anchor is not None or event.tag is not None:
                _refuse_properties(event, body, findings)
            if entries is not None and key is None:
                if value in entries or (value in _SPECIAL_KEYS and not style):
                    key = _refuse_key(node, keys, base, findings)
                else:
                    key = node
                continue
        elif kind is mapping_start or kind is yaml.SequenceStartEvent:
            if event.anchor is not None or event.tag is not None:
                _refuse_properties(event, body, findings)
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
                _refuse_collection_key(at, body, findings)
                key = _DISCARDED
                stack.append((entries, keys, items, None, start, flow))
            else:
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
            _refuse_alias(at - base, last_end - base, findings)
            if entries is not None and key is None:
                key = _DISCARDED
                continue
        else:  # the document's end
            _refuse_rest(event.end_mark.index, body, findings)
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


# --- refusals ------------------------------------------------------------------------------------


def _unreadable(character: str) -> tuple[str, str]:
    number = f"U+{ord(character):04X}"
    if "\ud800" <= character <= "\udfff":
        return (
            f"half a surrogate pair ({number}) is no character",
            "the file was cut or converted wrongly; save it as UTF-8 and write the character again",
        )
    return f"the character {number} cannot stand in YAML", "delete it; it is usually invisible"


def _refuse_properties(event: Any, body: str, findings: _Findings) -> None:
    """Refuse the ``&anchor`` and ``!tag`` before a value."""
    at = event.start_mark.index
    word = _word(body, at)
    if event.anchor is not None:
        findings.add(
            "yaml-refused",
            *word,
            "anchors (`&…`) are not part of Pincite's YAML: a value stands where it is used",
            "remove it, or put text that begins with `&` in quotes",
        )
    if event.tag is not None:
        findings.add(
            "yaml-refused",
            *word,
            "tags (`!…`) are not part of Pincite's YAML: the key decides the type of its value",
            "remove it, or put text that begins with `!` in quotes",
        )


def _refuse_alias(start: int, end: int, findings: _Findings) -> None:
    findings.add(
        "yaml-refused",
        start,
        end,
        "aliases (`*…`) are not part of Pincite's YAML: a value stands where it is used",
        "write the value out, or put text that begins with `*` in quotes",
    )


def _refuse_key(node: Scalar, keys: dict[str, Scalar], base: int, findings: _Findings) -> Scalar:
    """Refuse a key that stands twice, merges or is null; its value is not kept."""
    place = (node.start - base, node.end - base)
    first = keys.get(node.value)
    if first is not None:
        findings.add(
            "duplicate-key",
            *place,
            f"the key `{node.value}` stands twice in this mapping",
            "keep one of the two",
            (first.start - base, first.end - base, "first written here"),
        )
    elif node.value == "<<":
        findings.add(
            "yaml-refused",
            *place,
            "merge keys (`<<`) are not part of Pincite's YAML: a value stands where it is used",
            "write the keys out",
        )
    else:
        findings.add(
            "yaml-refused",
            *place,
            "a key is missing before this `:`" if not node.value else "null cannot be a key",
            "write the key" if not node.value else f'write "{node.value}" in quotes if it is text',
        )
    return _DISCARDED


def _refuse_collection_key(at: int, body: str, findings: _Findings) -> None:
    findings.add(
        "yaml-refused",
        *_word(body, at),
        "a list or mapping cannot be a key",
        "put text that begins with `[`, `{` or `?` in quotes",
    )


def _refuse_rest(at: int, body: str, findings: _Findings) -> None:
    """Refuse whatever follows the document; it is not parsed, so it costs nothing."""
    blank = _BLANK_LINES.match(body, at)
    at = blank.end() if blank else at
    if at == len(body):
        return
    place = _word(body, at)
    if body.startswith(("---", "...", "%"), at):
        findings.add(
            "yaml-refused",
            *place,
            "a second document begins here; a file holds one",
            "remove the line, or make the rest a file of its own",
        )
    else:
        findings.end_with(
            "yaml-syntax",
            *place,
            "this line does not belong to what stands above it",
            "check its indentation: keys of one mapping, and the `-` of one list, line up",
        )


def _word(body: str, at: int) -> tuple[int, int]:
    """Return the place of the word at *at*, never past the end."""
    found = _WORD.match(body, at)
    return (at, found.end()) if found else (at, at)


_WORD: Final = re.compile(r"[^\s,\[\]{}]{1,40}|\S?")
