"""JSON that is the same for the same values: keys sorted, letters of all languages as they are."""

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from pincite.exports.pieces import Pieces

quoted = json.encoder.encode_basestring  # a text as JSON, its letters as they are

_COMPACT = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(",", ":"), check_circular=False
)
_INDENTED = json.JSONEncoder(ensure_ascii=False, sort_keys=True, indent=1)


def compact(value: object) -> str:
    """Return *value* on one line."""
    return _COMPACT.encode(value)


def indented(value: object) -> bytes:
    """Return *value* as a file for people to read and compare too."""
    return (_INDENTED.encode(value) + "\n").encode()


def members(texts: Mapping[str, str]) -> str:
    """Return an object of *texts*, JSON already; what is empty is left out.

    For what is written many times: whoever calls it gives the keys sorted.
    """
    return "{" + ",".join([f'"{key}":{text}' for key, text in texts.items() if text]) + "}"


def listed(texts: Iterable[str]) -> str:
    """Return a list of *texts*, JSON already."""
    return f"[{','.join(texts)}]"


def quoted_or_none(text: str) -> str:
    """Return *text* as JSON, or nothing: for a member that is left out where it is empty."""
    return quoted(text) if text else ""


def add_by_line(
    pieces: Pieces,
    members: Mapping[str, Any],
    lists: Mapping[str, Iterable[tuple[object, Callable[[], bytes], str]]],
) -> None:
    """Add an object of *members* and of *lists*, whose items, JSON already, take a line each."""
    lead = b"{"
    for key in sorted((*members, *lists)):
        pieces.add(lead + compact(key).encode() + b":")
        if key in members:
            pieces.add(compact(members[key]).encode())
        elif not pieces.add_list(b"[\n", b",\n", b"\n]", lists[key]):
            pieces.add(b"[]")
        lead = b",\n"
    pieces.add(b"}\n")


def by_line(members: Mapping[str, Any], lines: Mapping[str, Iterable[str]]) -> bytes:
    """Return an object of *members* and of lists whose items, JSON already, take a line each."""
    written = {key: compact(value).encode() for key, value in members.items()}
    for key, items in lines.items():
        # Encoded line by line: one letter beyond Latin-1 would double the whole in memory.
        joined = b",\n".join([item.encode() for item in items])
        written[key] = b"[\n%b\n]" % joined if joined else b"[]"
    body = b",\n".join(compact(key).encode() + b":" + written[key] for key in sorted(written))
    return b"{%b}\n" % body
