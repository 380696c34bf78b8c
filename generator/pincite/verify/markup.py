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
_REFUSED = _names("noscript iframe object plaintext xmp noembed noframes frameset math")
_END_MAY_BE_LEFT_OUT = _names("p li dt dd tr td th thead tbody tfoot option optgroup body html")
_SIBLINGS = {  # an element that ends where its next sibling begins
    "li": ("li",),
    "dt": ("dt", "dd"),
    "dd": ("dt", "dd"),
    "td": ("td", "th"),
    "th": ("td", "th"),
    "tr": ("tr",),
    "option": ("option",),
}
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
    tree = _Tree(html)
    at = 0
    while True:
        opening = html.find("<", at)
        if opening != at:
            piece = html[at : opening if opening >= 0 else len(html)]
            tree.nodes[-1].children.append(unescape(piece) if "&" in piece else piece)
        if opening < 0:
            break
        token = _TOKEN.match(html, opening)
        if token is None:
            raise Unreadable("this is not plain HTML", opening)
        if token[4]:
            at = tree.open(token, token[4].lower(), opening)
        else:
            if token[3]:
                tree.close(token[3].lower(), opening)
            at = token.end()
    if any(tag not in _END_MAY_BE_LEFT_OUT for tag in tree.tags[1:]):
        raise Unreadable(f"<{tree.tags[-1]}> is never closed", len(html))
    return tree.nodes[0]


class _Tree:
    """The elements that are open while *html* is read, the root first."""

    def __init__(self, html: str) -> None:
        self._html = html
        self.nodes = [Node("", {})]
        self.tags = [""]

    def open(self, token: re.Match[str], tag: str, offset: int) -> int:
        """Add the element that begins with *token*; return where reading goes on."""
        tags = self.tags
        if tag in _REFUSED:
            raise Unreadable(f"<{tag}> has no place on such a page", offset)
        if tag not in _IN_PARAGRAPH and "p" in tags:
            if tags[-1] != "p":
                raise Unreadable(f"<{tag}> cannot stand in a paragraph", offset)
            self._pop()
        elif tag == "a" and "a" in tags:
            raise Unreadable("a link cannot stand in a link", offset)
        if "select" in tags and tag not in {"option", "optgroup"}:
            raise Unreadable(f"<{tag}> cannot stand in a list of choices", offset)
        if (siblings := _SIBLINGS.get(tag)) and tags[-1] in siblings:
            self._pop()
        node = Node(tag, _read_attributes(token[5], offset))
        if tag == "base" and "href" in node.attributes:
            raise Unreadable("<base> would lead all links elsewhere", offset)
        if tag != "template":  # what stands in one is not on the page
            self.nodes[-1].children.append(node)
        in_drawing = tag == "svg" or "svg" in tags
        if tag in _RAW or (tag in _RAW_WITH_ENTITIES and not in_drawing):
            return self._read_raw(node, token.end(), offset)
        if tag in _VOID or (token[6] and in_drawing):
            return token.end()
        if token[6]:
            raise Unreadable(f"<{tag}/> is not closed by its slash", offset)
        if len(tags) > _DEEPEST:
            raise Unreadable("the elements are nested too deeply", offset)
        self.nodes.append(node)
        tags.append(tag)
        return token.end()

    def close(self, tag: str, offset: int) -> None:
        while len(self.tags) > 1:
            last = self.tags[-1]
            if last != tag and last not in _END_MAY_BE_LEFT_OUT:
                break
            self._pop()
            if last == tag:
                return
        raise Unreadable(f"</{tag}> closes nothing", offset)

    def _pop(self) -> None:
        self.nodes.pop()
        self.tags.pop()

    def _read_raw(self, node: Node, start: int, offset: int) -> int:
        end = re.compile(rf"</{node.tag}\s*>", re.IGNORECASE).search(self._html, start)
        if end is None:
            raise Unreadable(f"<{node.tag}> is never closed", offset)
        text = self._html[start : end.start()]
        node.children.append(text if node.tag in _RAW else unescape(text))
        return end.end()


def _read_attributes(text: str, offset: int) -> dict[str, str]:
    attributes: dict[str, str] = {}
    if text:
        for name, double, single, bare in _ATTRIBUTE.findall(text):
            key = name.lower()
            if key in attributes:
                raise Unreadable(f"the attribute {key} stands twice", offset)
            value = double or single or bare
            attributes[key] = unescape(value) if "&" in value else value
    return attributes
