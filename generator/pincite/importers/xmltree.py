"""XML as elements with their lines. Entities are never declared and nothing is ever fetched."""

import html
import re
from html.entities import html5
from typing import Any, Final, NamedTuple
from xml.parsers import expat

from pincite.importers.decode import clean
from pincite.importers.values import Loss, What

DEEPEST: Final = 60
LARGEST: Final = 64 * 1024 * 1024  # bytes

_XML_ENTITIES: Final = frozenset(("lt", "gt", "amp", "quot", "apos"))
_NAMED: Final = re.compile(rb"&([A-Za-z][A-Za-z0-9]{1,30});")
_XHTML: Final = "http://www.w3.org/1999/xhtml"


class Element:
    """*name* is local, in lower case; *namespace* may be empty; *text* is its own text."""

    __slots__ = ("attributes", "children", "line", "name", "namespace", "pieces")

    def __init__(self, name: str, namespace: str, attributes: dict[str, str], line: int) -> None:
        self.name = name
        self.namespace = namespace
        self.attributes = attributes
        self.line = line
        self.children: list[Element] = []
        self.pieces: list[str | Element] = []

    @property
    def text(self) -> str:
        return clean("".join(piece for piece in self.pieces if isinstance(piece, str))).strip()

    def find_all(self, *names: str) -> list["Element"]:
        return [child for child in self.children if child.name in names]

    def first_text(self, *names: str) -> str:
        return next((child.text for child in self.children if child.name in names), "")

    def inner_html(self) -> str:
        """Return what it holds, with the markup of elements inside it (Atom's ``type=xhtml``)."""
        if not self.children:
            return self.text
        return clean("".join(map(_written, self.pieces)))


class Document(NamedTuple):
    """*root* is None where the data is no XML that may be read."""

    root: Element | None
    losses: tuple[Loss, ...] = ()


class _RefusedError(Exception):
    pass


def read_xml(data: bytes | str) -> Document:
    """Read an XML document. What declares entities is refused (bombs are made of them)."""
    given = isinstance(data, str)
    raw = data.removeprefix("\ufeff").encode(errors="replace") if isinstance(data, str) else data
    if len(raw) > LARGEST:
        return _refused(None, f"more than {LARGEST // 2**20} MB of XML")
    raw = raw.replace(b"\0", b"") if raw[:2] not in {b"\xff\xfe", b"\xfe\xff"} else raw
    try:
        return Document(_build(raw, "utf-8" if given else None))
    except _RefusedError as refusal:
        return _refused(None, str(refusal))
    except (expat.ExpatError, ValueError, LookupError) as fault:
        first: Exception = fault
    # Files written by hand use HTML's names for characters, which XML does not know.
    mended = _NAMED.sub(_character, raw)
    if mended != raw:
        try:
            note = "names of characters that XML does not know (`&nbsp;`) were read as in HTML"
            root = _build(mended, "utf-8" if given else None)
            return Document(root, (Loss(None, "", What.CHANGED, note),))
        except (_RefusedError, expat.ExpatError, ValueError, LookupError) as fault:
            first = fault
    line = getattr(first, "lineno", None)
    reason = expat.ErrorString(first.code) if isinstance(first, expat.ExpatError) else str(first)
    return _refused(line, f"this is not XML: {reason}")


def _refused(line: int | None, message: str) -> Document:
    return Document(None, (Loss(line, "", What.REFUSED, message),))


def _character(match: re.Match[bytes]) -> bytes:
    name = match[1].decode("ascii")
    character = html5.get(f"{name};", "")
    if name in _XML_ENTITIES or not character:
        return match[0]
    return "".join(f"&#{ord(c)};" for c in character).encode("ascii")


def _build(raw: bytes, encoding: str | None) -> Element:
    parser = expat.ParserCreate(encoding, "\n")
    parser.buffer_text = True
    root = Element("", "", {}, 0)
    stack = [root]

    def start(name: str, attributes: dict[str, str]) -> None:
        if len(stack) > DEEPEST:
            raise _RefusedError(f"elements are nested more than {DEEPEST} deep")
        namespace, _, local = name.rpartition("\n")
        named = {key.rpartition("\n")[2]: clean(value) for key, value in attributes.items()}
        lower = local if namespace == _XHTML else local.lower()
        element = Element(lower, namespace, named, parser.CurrentLineNumber)
        stack[-1].children.append(element)
        stack[-1].pieces.append(element)
        stack.append(element)

    def end(_: str) -> None:
        stack.pop()

    def words(text: str) -> None:
        stack[-1].pieces.append(text)

    def refuse(*_: Any) -> None:
        raise _RefusedError("the file declares entities, which no timeline needs and attacks use")

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = words
    parser.EntityDeclHandler = refuse
    parser.UnparsedEntityDeclHandler = refuse
    parser.Parse(raw, True)
    return root.children[0]


def _written(piece: str | Element) -> str:
    if isinstance(piece, str):
        return html.escape(piece, quote=False)
    attributes = "".join(f' {k}="{html.escape(v)}"' for k, v in piece.attributes.items())
    inner = "".join(map(_written, piece.pieces))
    return f"<{piece.name}{attributes}>{inner}</{piece.name}>"
