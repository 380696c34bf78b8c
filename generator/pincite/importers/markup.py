"""HTML of other tools to clean Markdown: words, emphasis, lists and links; media are only named."""

import re
from html import unescape
from typing import Any, Final, NamedTuple
from urllib.parse import quote

from pincite.base.scalars import parse_url
from pincite.base.schema import Problem, Url
from pincite.importers.decode import clean


class Markup(NamedTuple):
    """*links* are (URL, words) of what is linked, *media* URLs; *lost* names what was left out."""

    text: str
    links: tuple[tuple[str, str], ...] = ()
    media: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    converted: bool = False


DEEPEST: Final = 60  # elements inside one another; what is deeper is read as words alone

_LOOKS_LIKE_HTML: Final = re.compile(r"<[A-Za-z/!]|&[A-Za-z#][A-Za-z0-9]*;")
_SPACES: Final = re.compile(r"[ \t\n\f\r]+")
_SPECIAL: Final = re.compile(r"[\\`*\[\]]|(?<![^\W_])_|_(?![^\W_])")
_OPENS: Final = re.compile(
    r"(?m)^(\s*)(#|>|[-+](?=\s)|[-=_~]{3,}|:(?=\s)|(?P<n>\d{1,9})(?=[.)]\s))"
)
_BAD_IN_URL: Final = re.compile(r"[\s<>\"\\^`{|}\x00-\x1f]")
_URL: Final = Url()

_BLOCKS: Final = frozenset(
    (
        "address",
        "article",
        "aside",
        "body",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "header",
        "html",
        "main",
        "nav",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "tfoot",
        "thead",
        "tr",
    )
)
_MEDIA: Final = {
    **dict.fromkeys(("img", "iframe", "video", "audio", "source", "embed", "track"), "src"),
    "object": "data",
}
_UNSEEN: Final = frozenset(("script", "style", "template", "noscript", "head", "svg", "math"))


def find_url(text: str) -> str | None:
    """Return *text* as an http(s) URL, with what cannot stand in one percent-encoded, or None."""
    text = text.strip()
    if text.startswith("//"):
        text = f"https:{text}"
    if text[:5].lower() not in {"http:", "https"} or len(text) > 2_000:
        return None
    text = _BAD_IN_URL.sub(lambda match: quote(match[0]), text)
    return None if isinstance(parse_url(text, _URL), Problem) else text


def escape(text: str) -> str:
    """Return plain text as Markdown that says the same."""
    return _escape_openings(_escape_inline(text))


def _escape_inline(text: str) -> str:
    # Pincite's prose shows `<` and `&` as they are typed.
    return _SPECIAL.sub(r"\\\g<0>", text.replace("\x1e", " "))


def _escape_openings(text: str) -> str:
    return _OPENS.sub(lambda m: f"{m[1]}{m['n']}\\" if m["n"] else f"{m[1]}\\{m[2]}", text)


def markdown_of(html: str) -> Markup:
    """Turn a fragment of HTML, or plain text, into Markdown. Nothing in it is fetched."""
    if not _LOOKS_LIKE_HTML.search(html):
        paragraphs = re.split(r"\n\s*\n", html)
        words = [escape(_SPACES.sub(" ", paragraph).strip()) for paragraph in paragraphs]
        return Markup("\n\n".join(word for word in words if word))
    writer = _Writer()
    try:
        writer.children(_parse(html), 0)
    except RecursionError:
        return Markup(
            escape(_SPACES.sub(" ", clean(unescape(html))).strip()), lost=("deep markup",)
        )
    return Markup(
        writer.finish(),
        tuple(dict.fromkeys(writer.links)),
        tuple(dict.fromkeys(writer.media)),
        tuple(dict.fromkeys(writer.lost)),
        converted=True,
    )


def plain_of(html: str) -> Markup:
    """Turn HTML into plain text on one line."""
    if not _LOOKS_LIKE_HTML.search(html):
        return Markup(_SPACES.sub(" ", html).strip())
    found = markdown_of(html)
    try:
        words = _parse(html).get_text()
    except RecursionError:
        words = unescape(html)
    return found._replace(text=_SPACES.sub(" ", clean(words)).strip())


def _parse(html: str) -> Any:
    # Only an import needs Beautiful Soup, and only for text that has markup.
    import warnings  # noqa: PLC0415

    from bs4 import BeautifulSoup, MarkupResemblesLocatorWarning  # noqa: PLC0415

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", MarkupResemblesLocatorWarning)
        return BeautifulSoup(html, "html.parser")


class _Writer:
    """Paragraphs as they are written; *line* is the one that is not finished."""

    def __init__(self) -> None:
        self.blocks: list[str] = []
        self.line: list[str] = []
        self.prefix = ""
        self.links: list[tuple[str, str]] = []
        self.media: list[str] = []
        self.lost: list[str] = []

    def finish(self) -> str:
        self.end_block()
        text = "\n\n".join(self.blocks)
        return re.sub(r"(?m)^([ >]*(?:-|\d+\.) .*)\n\n(?=[ >]*(?:-|\d+\.) )", r"\1\n", text)

    def end_block(self) -> None:
        text = _SPACES.sub(" ", "".join(self.line)).strip()
        text = re.sub(r" ?\x1e ?", "  \n", text.strip(" \x1e"))
        self.line = []
        if text:
            text = _escape_openings(text)
            first, quoted = self.prefix, self.prefix.replace("- ", "  ")
            self.blocks.append(first + text.replace("\n", f"\n{quoted}"))

    def children(self, node: Any, depth: int) -> None:
        for child in node.children:
            name = getattr(child, "name", None)
            if name is None:
                if type(child).__name__ in {"NavigableString", "CData"}:  # no comment, no doctype
                    self.line.append(_escape_inline(clean(str(child))))
            elif depth > DEEPEST:
                self.line.append(_escape_inline(clean(child.get_text())))
            else:
                self.element(child, name, depth + 1)

    def element(self, node: Any, name: str, depth: int) -> None:
        if name in _UNSEEN:
            self.lost.append(f"<{name}>")
        elif name in _MEDIA:
            self.medium(node, name, depth)
        elif name == "br":
            self.line.append("\x1e")
        elif name == "hr":
            self.end_block()
        elif name == "a":
            self.link(node, depth)
        elif name in {"em", "i", "cite", "strong", "b", "code"}:
            self.marked(node, "**" if name in {"strong", "b"} else "*", depth)
        elif name in {"h1", "h2", "h3", "h4", "h5", "h6"}:
            self.end_block()
            self.marked(node, "**", depth)
            self.end_block()
        elif name in {"ul", "ol", "menu"}:
            self.end_block()
            self.children(node, depth)
            self.end_block()
        elif name in {"li", "blockquote"}:
            self.end_block()
            outer = self.prefix
            mark = "> " if name == "blockquote" else "- "
            self.prefix = outer.replace("- ", "  ") + mark if outer.count(" ") < 8 else outer
            self.children(node, depth)
            self.end_block()
            self.prefix = outer
        elif name in {"td", "th"}:
            self.children(node, depth)
            self.line.append(" ")
        elif name in _BLOCKS:
            self.end_block()
            self.children(node, depth)
            self.end_block()
        else:
            self.children(node, depth)

    def medium(self, node: Any, name: str, depth: int) -> None:
        url = clean(str(node.get(_MEDIA[name]) or "")).strip()
        if url:
            self.media.append(url)
        elif name not in {"video", "audio", "object"}:
            self.lost.append(f"<{name}> without an address")
        self.children(node, depth)

    def marked(self, node: Any, mark: str, depth: int) -> None:
        inner = self.inside(node, depth)
        words = inner.strip()
        # Emphasis inside emphasis, or over the end of a line, is more than Markdown can be sure of.
        if not words or "*" in words.replace("\\*", "") or "\x1e" in words:
            self.line.append(inner)
            return
        before, after = inner[: len(inner) - len(inner.lstrip())], inner[len(inner.rstrip()) :]
        last = self.line[-1][-1:] if self.line and self.line[-1] else ""
        gap = " " if last == "*" else ""
        self.line.append(f"{before}{gap}{mark}{words}{mark}{after}")

    def link(self, node: Any, depth: int) -> None:
        inner = self.inside(node, depth)
        words = _SPACES.sub(" ", inner.replace("\x1e", " ")).strip()
        address = clean(str(node.get("href") or "")).strip()
        url = find_url(address)
        if url is None:
            if address:
                self.lost.append(f"the link to `{address[:200]}`")
            self.line.append(inner)
            return
        self.links.append((url, _SPACES.sub(" ", clean(node.get_text())).strip()))
        safe = url.replace("(", "%28").replace(")", "%29").replace("*", "%2A")
        if not words or "](" in words:
            self.line.append(inner)
        else:
            self.line.append(f"[{words}]({safe})")

    def inside(self, node: Any, depth: int) -> str:
        """Return what *node* holds as one piece of a line; blocks in it end that line as usual."""
        outer, self.line = self.line, []
        blocks = len(self.blocks)
        self.children(node, depth)
        inner = "".join(self.line)
        self.line = outer
        if len(self.blocks) > blocks:  # a block inside an inline element: keep the order of words
            moved, self.blocks = self.blocks[blocks:], self.blocks[:blocks]
            inner = "\x1e".join([re.sub(r"^[ >-]+", "", text) for text in moved] + [inner])
        return inner
