"""Reads a page's HTML to a tree, as a browser would; refuses what browsers would have to repair.

A page of the generator is plain and well nested. One that is not may look otherwise than it reads,
so that nothing could be said of it.
"""

import re
from collections.abc import Iterator
from html import unescape


def _names(words: str) -> frozenset[str]:
    return frozenset(words.split())


_VOID = _names("area base br col embed hr img input link meta source track wbr")
_RAW = frozenset(("script", "style"))
_RAW_WITH_ENTITIES = frozenset(("title", "textarea"))
# A browser reads what stands in these by other rules.
_REFUSED = _names("noscript iframe object plaintext xmp noembed noframes frameset math base")
_END_MAY_BE_LEFT_OUT = _names("p li dt dd tr td th thead tbody tfoot option optgroup body html")
_IN_PARAGRAPH = _names(
    "a abbr b bdi bdo br cite code data del dfn em i img ins kbd mark q s samp small span "
    "strong sub sup time u var wbr svg path title button label input select option ruby rt "
    "rp output progress circle rect line g use"
)
_TOKEN = re.compile(
    r"<(?:"
    r"!--(?!-?>)((?:(?!--).)*)-->"
    r"|!(doctype)[^<>]*>"
    r"|/([a-zA-Z][a-zA-Z0-9-]*)\s*>"
    r"""|([a-zA-Z][a-zA-Z0-9-]*)((?:\s+[^\s"'<>/=]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'=<>`/]+))?)*)"""
    r"\s*(/?)>"
    r")",
    re.DOTALL | re.IGNORECASE,
)
_ATTRIBUTE = re.compile(
    r"""([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`/]+)))?""", re.DOTALL
)
_DEEPEST = 200


class Unreadable(Exception):  # noqa: N818 - told as a fault of the page
    """The page is not plain HTML; *offset* (code points) is where that begins."""

    def __init__(self, message: str, offset: int) -> None:
        super().__init__(message)
        self.message = message
        self.offset = offset


class Node:
    """An element: its name in lower case, attributes, and what stands in it, in order."""

    __slots__ = ("attributes", "children", "tag")

    def __init__(self, tag: str, attributes: dict[str, str]) -> None:
        self.tag = tag
        self.attributes = attributes
        self.children: list[Node | str] = []

    @property
    def id(self) -> str:
        return self.attributes.get("id", "")

    @property
    def classes(self) -> list[str]:
        return self.attributes.get("class", "").split()

    @property
    def text(self) -> str:
        """Return the text content, as the DOM has it."""
        return "".join(
            child if isinstance(child, str) else child.text
            for child in self.children
            if isinstance(child, str) or child.tag not in _RAW
        )

    def walk(self) -> "Iterator[Node]":
        """Yield this element and all below it, in document order."""
        yield self
        for child in self.children:
            if isinstance(child, Node):
                yield from child.walk()


def parse_markup(html: str) -> Node:
    """Return the root of *html*'s tree. Raises Unreadable."""
    root = Node("", {})
    stack = [root]
    at = 0
    while True:
        opening = html.find("<", at)
        if opening != at:
            piece = html[at : opening if opening >= 0 else len(html)]
            stack[-1].children.append(unescape(piece) if "&" in piece else piece)
        if opening < 0:
            break
        token = _TOKEN.match(html, opening)
        if token is None:
            raise Unreadable("this is not plain HTML", opening)
        at = token.end()
        closed, opened = token[3], token[4]
        if closed:
            _close(stack, closed.lower(), opening)
        elif opened:
            at = _open(stack, token, opened.lower(), html, opening)
    if any(node.tag not in _END_MAY_BE_LEFT_OUT for node in stack[1:]):
        raise Unreadable(f"<{stack[-1].tag}> is never closed", len(html))
    return root


def _open(stack: list[Node], token: re.Match[str], tag: str, html: str, offset: int) -> int:
    """Add the element; return where reading goes on."""
    if tag in _REFUSED:
        raise Unreadable(f"<{tag}> has no place on such a page", offset)
    attributes: dict[str, str] = {}
    for found in _ATTRIBUTE.finditer(token[5]):
        name = found[1].lower()
        if name in attributes:
            raise Unreadable(f"the attribute {name} stands twice", offset)
        value = found[2] or found[3] or found[4] or ""
        attributes[name] = unescape(value) if "&" in value else value
    node = Node(tag, attributes)
    if tag not in _IN_PARAGRAPH and any(one.tag == "p" for one in stack):
        if stack[-1].tag != "p":
            raise Unreadable(f"<{tag}> cannot stand in a paragraph", offset)
        stack.pop()
    elif tag == "a" and any(one.tag == "a" for one in stack):
        raise Unreadable("a link cannot stand in a link", offset)
    if any(one.tag == "select" for one in stack) and tag not in {"option", "optgroup"}:
        raise Unreadable(f"<{tag}> cannot stand in a list of choices", offset)
    if tag != "template":  # what stands in one is not on the page
        stack[-1].children.append(node)
    if tag in _RAW or (tag in _RAW_WITH_ENTITIES and not _in_drawing(stack)):
        return _read_raw(node, html, token.end(), offset)
    if tag in _VOID or (token[6] and _in_drawing([*stack, node])):
        return token.end()
    if token[6]:
        raise Unreadable(f"<{tag}/> is not closed by its slash", offset)
    if len(stack) > _DEEPEST:
        raise Unreadable("the elements are nested too deeply", offset)
    stack.append(node)
    return token.end()


def _in_drawing(stack: list[Node]) -> bool:
    return any(node.tag == "svg" for node in stack)


def _read_raw(node: Node, html: str, start: int, offset: int) -> int:
    end = re.compile(rf"</{node.tag}\s*>", re.IGNORECASE).search(html, start)
    if end is None:
        raise Unreadable(f"<{node.tag}> is never closed", offset)
    text = html[start : end.start()]
    node.children.append(text if node.tag in _RAW else unescape(text))
    return end.end()


def _close(stack: list[Node], tag: str, offset: int) -> None:
    while len(stack) > 1:
        if stack[-1].tag == tag:
            stack.pop()
            return
        if stack[-1].tag not in _END_MAY_BE_LEFT_OUT:
            break
        stack.pop()
    raise Unreadable(f"</{tag}> closes nothing", offset)
