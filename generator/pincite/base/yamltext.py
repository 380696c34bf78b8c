"""Plain values as YAML for people: what is written here, ``parse_yaml`` reads back as it was.

Every scalar is text to that reader, so a number comes back as its digits. Text that other YAML
tools would take for a number, a boolean or null is put in quotes.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Final, TypeAlias

WIDTH: Final = 100  # columns; a longer text is folded at its spaces

Value: TypeAlias = str | int | float | Mapping[str, "Value"] | Sequence["Value"] | None


def yaml_text(value: Value, *, spaced: bool = False) -> str:
    """Write *value* as one YAML document that ends in a line break.

    Keys keep their order and have at most 1,000 characters. *spaced* puts an empty line between
    the items of a list at the root. Half a surrogate pair becomes U+FFFD, all other text stays.
    """
    lines: list[str] = []
    _write(value, "", "", lines)
    if spaced:
        lines = [
            f"\n{line}" if at and line.startswith("- ") else line for at, line in enumerate(lines)
        ]
    return "\n".join(lines) + "\n"


# --- collections ---------------------------------------------------------------------------------


def _write(value: Value, opening: str, indent: str, lines: list[str]) -> None:
    """Add *value* after *opening* (``key:`` or ``-`` with what stands before it, or nothing).

    *indent* is the indentation of what goes on the lines below.
    """
    if isinstance(value, Mapping) and value:
        _write_mapping(value, opening, indent, lines)
    elif isinstance(value, Sequence) and not isinstance(value, str) and value:
        _write_sequence(value, opening, indent, lines)
    else:
        space = " " if opening else ""
        if isinstance(value, str):
            written, below = _scalar(value, len(opening), indent)
        else:
            written, below = _word(value), []
        lines.append(f"{opening}{space}{written}")
        lines += below


def _write_mapping(
    entries: Mapping[str, Value], opening: str, indent: str, lines: list[str]
) -> None:
    # After "-" the first key stands on the same line.
    first = f"{opening} " if opening.endswith("-") else indent
    if opening and first is indent:
        lines.append(opening)
    for key, value in entries.items():
        _write(value, f"{first}{_one_line(key)}:", indent + "  ", lines)
        first = indent


def _write_sequence(items: Sequence[Value], opening: str, indent: str, lines: list[str]) -> None:
    flow = _flow(items, WIDTH - len(opening) - 1) if opening else None
    if flow is not None:
        lines.append(f"{opening} {flow}")
        return
    if opening:
        lines.append(opening)
    for item in items:
        _write(item, f"{indent}-", indent + "  ", lines)


def _flow(items: Sequence[Value], width: int) -> str | None:
    """Return ``[one, two]`` where all are short texts that fit on the line."""
    if len(items) > 20 or not all(isinstance(item, (str, int, float)) for item in items):
        return None
    words = [
        (_quoted(item) if _SPECIAL_IN_FLOW.search(item) else _one_line(item))
        if isinstance(item, str)
        else str(item)
        for item in items
    ]
    flow = f"[{', '.join(words)}]"
    return flow if len(flow) <= width else None


def _word(value: Value) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case Mapping():
            return "{}"
        case int() | float():
            return str(value)
        case _:
            return "[]"


# --- text ----------------------------------------------------------------------------------------

# What cannot stand between plain line breaks in any style but the quoted one: what YAML or its
# readers take for a line break or refuse, and what nobody could see.
_INVISIBLE: Final = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)
_NOT_PLAIN: Final = re.compile(
    r"\A(?:[\s\-?:,\[\]{}#&*!|>'\"%@`~=<.]|\Z)|:(?:\s|\Z)|\s#|\s\Z|\n"
    "|[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)
_TYPED: Final = re.compile(
    r"(?i:null|true|false|yes|no|on|off|y|n)"
    r"|[-+]?(?:0[xob][0-9a-fA-F_]+|[0-9][0-9_,]*(?:\.[0-9_]*)?(?:[eE][-+]?[0-9]+)?)"
    r"|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?"
)
_SPECIAL_IN_FLOW: Final = re.compile(r"[,\[\]{}:]")
_UNLIKE_A_BLOCK: Final = re.compile(r"\A[ \n]|\n\n\Z|^ +$|[^\S\n]\n?\Z", re.MULTILINE)
_ESCAPES: Final = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}


def _scalar(text: str, column: int, indent: str) -> tuple[str, list[str]]:
    """Return what stands on the line of the key, and the lines below it."""
    if _INVISIBLE.search(text):
        return _quoted(text), []
    if "\n" in text:
        if _UNLIKE_A_BLOCK.search(text):
            return _quoted(text), []
        below = indent or "  "
        kept = text.removesuffix("\n")
        mark = "|" if kept is not text and kept != text else "|-"
        return mark, [f"{below}{line}" if line else "" for line in kept.split("\n")]
    if column + len(text) > WIDTH and " " in text:
        if "  " in text or text[0] == " " or text[-1] == " ":
            return _quoted(text), []
        below = indent or "  "
        return ">-", _folded(text, below)
    return _one_line(text), []


def _folded(text: str, indent: str) -> list[str]:
    lines: list[str] = []
    line: list[str] = []
    length = len(indent)
    for word in text.split(" "):
        if line and length + len(word) > WIDTH:
            lines.append(indent + " ".join(line))
            line, length = [], len(indent)
        line.append(word)
        length += len(word) + 1
    lines.append(indent + " ".join(line))
    return lines


def _one_line(text: str) -> str:
    if _NOT_PLAIN.search(text) or _TYPED.fullmatch(text):
        return _quoted(text)
    return text


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    if "\n" in escaped or _INVISIBLE.search(escaped):
        escaped = _INVISIBLE.sub(_escape, escaped).replace("\n", "\\n")
    return f'"{escaped}"'


def _escape(match: re.Match[str]) -> str:
    character = match[0]
    number = ord(character)
    if 0xD800 <= number <= 0xDFFF:
        return "\ufffd"
    return _ESCAPES.get(character) or (f"\\x{number:02X}" if number < 256 else f"\\u{number:04X}")
