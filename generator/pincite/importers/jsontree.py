"""JSON with the lines its objects begin on. Numbers stay as they are written; nothing raises."""

import json
import re
from bisect import bisect_right
from typing import Any, Final, NamedTuple

from pincite.importers.decode import clean, decode
from pincite.importers.values import Loss, What

PLACED: Final = 4  # levels of which the lines are known; below them only the values


class Placed(dict[str, Any]):
    """An object of the file; *line* is the one it begins on."""

    line: int = 1


class Document(NamedTuple):
    """*root* is None where the text is no JSON."""

    root: Any
    losses: tuple[Loss, ...] = ()


_SPACE: Final = re.compile(r"[ \t\n\r]*")


def read_json(data: bytes | str) -> Document:
    """Read one JSON value; strings come cleaned of characters that cannot stand in text."""
    text, notes = decode(data)
    losses = [Loss(None, "", What.CHANGED, note) for note in notes]
    starts = [0, *(match.end() for match in re.finditer("\n", text))]
    reader = _Reader(text, starts, losses)
    try:
        root, end = reader.value(reader.space(0), 0)
        end = reader.space(end)
        if end < len(text):
            raise json.JSONDecodeError("more text after the end", text, end)  # noqa: TRY301
    except json.JSONDecodeError as fault:
        line = bisect_right(starts, fault.pos)
        column = fault.pos - starts[line - 1] + 1
        message = f"this is not JSON: {fault.msg.lower().removesuffix(' at')} at column {column}"
        return Document(None, (*losses, Loss(line, "", What.REFUSED, message)))
    except RecursionError:
        message = "this JSON is nested too deep to be a timeline"
        return Document(None, (*losses, Loss(None, "", What.REFUSED, message)))
    return Document(_cleaned(root, 0), tuple(losses))


class _Reader:
    def __init__(self, text: str, starts: list[int], losses: list[Loss]) -> None:
        self.text = text
        self.starts = starts
        self.losses = losses
        self.decoder = json.JSONDecoder(
            parse_float=str, parse_int=str, parse_constant=str, object_pairs_hook=self.pairs
        )

    def pairs(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        """Keep the later values of a key that stands several times under names with a number."""
        found: dict[str, Any] = {}
        for key, value in pairs:
            self.add(found, key, value, None)
        return found

    def add(self, found: dict[str, Any], key: str, value: Any, line: int | None) -> None:
        name, number = key, 2
        while name in found:
            name, number = f"{key} {number}", number + 1
        if name != key:
            self.losses.append(Loss(line, "", What.CHANGED, f"the key `{key[:60]}` stands twice"))
        found[name] = value

    def space(self, at: int) -> int:
        match = _SPACE.match(self.text, at)
        return match.end() if match else at

    def value(self, at: int, depth: int) -> tuple[Any, int]:
        opening = self.text[at : at + 1]
        if depth < PLACED and opening == "{":
            return self.object(at, depth)
        if depth < PLACED and opening == "[":
            return self.array(at, depth)
        return self.decoder.raw_decode(self.text, at)

    def object(self, at: int, depth: int) -> tuple[Placed, int]:
        found = Placed()
        found.line = bisect_right(self.starts, at)
        at = self.space(at + 1)
        while self.text[at : at + 1] != "}":
            if self.text[at : at + 1] != '"':
                raise json.JSONDecodeError("a key in double quotes is expected", self.text, at)
            key, at = self.decoder.raw_decode(self.text, at)
            at = self.expect(self.space(at), ":")
            value, at = self.value(self.space(at), depth + 1)
            self.add(found, clean(key), value, found.line)
            at = self.after_item(at, "}")
        return found, at + 1

    def array(self, at: int, depth: int) -> tuple[list[Any], int]:
        items: list[Any] = []
        at = self.space(at + 1)
        while self.text[at : at + 1] != "]":
            value, at = self.value(at, depth + 1)
            items.append(value)
            at = self.after_item(at, "]")
        return items, at + 1

    def after_item(self, at: int, closing: str) -> int:
        """Return where the next item begins, or the *closing* bracket stands."""
        at = self.space(at)
        if self.text[at : at + 1] == closing:
            return at
        at = self.space(self.expect(at, ","))
        if self.text[at : at + 1] == closing:
            raise json.JSONDecodeError("a comma without an item after it", self.text, at)
        return at

    def expect(self, at: int, mark: str) -> int:
        if self.text[at : at + 1] != mark:
            raise json.JSONDecodeError(f"`{mark}` is expected", self.text, at)
        return at + 1


def _cleaned(value: Any, depth: int) -> Any:
    """Clean every string; what lies deeper than records ever do is written out as JSON."""
    if isinstance(value, str):
        return clean(value)
    if depth > 12 and isinstance(value, (dict, list)):
        try:
            return clean(json.dumps(value, ensure_ascii=False))
        except RecursionError:
            return "…"
    if isinstance(value, dict):
        for key, below in value.items():
            value[key] = _cleaned(below, depth + 1)
    elif isinstance(value, list):
        value[:] = [_cleaned(below, depth + 1) for below in value]
    return value


def text_of(value: Any) -> str:
    """Return a value as text: of a list its items with commas, of an object its JSON."""
    match value:
        case None:
            return ""
        case str():
            return value.strip()
        case bool():
            return "true" if value else "false"
        case list() if all(isinstance(item, str) for item in value):
            return ", ".join(value)
        case _:
            return json.dumps(value, ensure_ascii=False)


def object_of(value: Any) -> dict[str, Any]:
    """Return *value* if it is an object, else an empty one."""
    return value if isinstance(value, dict) else {}


def list_of(value: Any) -> list[Any]:
    """Return *value* if it is a list, an empty one for nothing, else a list of it."""
    return value if isinstance(value, list) else [] if value in (None, "") else [value]
