"""The long way for prose: Python-Markdown, a writer that knows an allow-list, and nh3 after it.

The tree that Python-Markdown makes is written out by this module, which escapes all text and drops
every element it does not know; nh3 then cleans what was written as if it came from a stranger.
"""

import html as entities
import re
from dataclasses import replace
from functools import cache
from threading import Lock
from typing import Final
from urllib.parse import unquote
from xml.etree.ElementTree import Element

import nh3
from markdown import Markdown

from pincite.prose.bounds import find_refusal
from pincite.prose.emphasis import mend_emphasis
from pincite.prose.reference import (
    PLACEHOLDER,
    ProseProblem,
    Reference,
    parse_citations,
    parse_target,
)
from pincite.prose.tokens import Token, find_token, split_tokens, stand_in_tokens

_LABEL_OPENS, _LABEL_ENDS = "\ufdd1", "\ufdd2"
_LABEL = re.compile(f"{_LABEL_OPENS}([^{_LABEL_OPENS}{_LABEL_ENDS}]*){_LABEL_ENDS}")

_PLAIN_TAGS: Final = frozenset(
    {"p", "strong", "em", "code", "pre", "blockquote", "ul", "li", "hr", "br"}
    | {"table", "thead", "tbody", "tr", "th", "td"}
)
_VOID_TAGS: Final = frozenset({"hr", "br"})
_HEADINGS: Final = ("h1", "h2", "h3", "h4", "h5", "h6")
_SCHEMES: Final = ("http", "https", "mailto")
_SCHEME = re.compile(r"([^/?#:]*):")
_NOT_SLUG = re.compile(r"[\W_]+")
_INVISIBLE = re.compile(r"[\s\x00-\x20\x7f-\x9f\u200b-\u200f\u2028-\u202f\u2060\ufeff\ufffd]+")
# 1:1, so that places stay. Markdown, HTML and the placeholders use these for their own ends.
_UNFIT = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
# Of those, what is left of a placeholder that was cut.
_LEFT = re.compile("[\x02\x03\ufdd1-\ufdef]")
# What RFC 3986 lets stand in no address, though people type it.
_ENCODED = str.maketrans({c: f"%{ord(c):02X}" for c in '"<>\\^`{|} '})


def read_markdown(
    markdown: str, *, limit: int, heading_level: int, is_page: bool
) -> tuple[str, tuple[Reference, ...], tuple[ProseProblem, ...]]:
    """Return safe HTML with placeholders, its references in order, and the problems."""
    text = _UNFIT.sub("\ufffd", markdown)
    refusal = find_refusal(text, limit)
    if refusal is not None:
        return "", (), (refusal,)
    source, tokens = stand_in_tokens(text)
    try:
        root = _parse(source)
        # Authors begin with `#` or with `##`: either way no level is left out on the page.
        levels = (_HEADINGS.index(e.tag) for e in root.iter() if e.tag in _HEADINGS)
        level = heading_level - min(levels, default=0)
        writer = _Writer(text, tokens, heading_level=level, is_page=is_page)
        written = writer.write_document(root)
    except RecursionError:
        return "", (), (_refuse(markdown, "this is nested too deeply"),)
    safe = _cleaner().clean(written)
    labels = iter(_LABEL.findall(safe))
    references = tuple(
        reference if reference.kind == "citation" else replace(reference, label=next(labels))
        for reference in writer.references
    )
    filled = _LABEL.sub(PLACEHOLDER, safe)
    # An address may cut through what stands for something else, and then neither is whole.
    if filled.count(PLACEHOLDER) != len(references) or _LEFT.search(filled):
        refusal = _refuse(markdown, "this Markdown has no faithful HTML")
        return "", (), tuple(writer.problems) or (refusal,)
    return filled, references, tuple(writer.problems)


def _refuse(markdown: str, message: str) -> ProseProblem:
    return ProseProblem(
        code="markdown-refused",
        message=message,
        start=0,
        end=len(markdown),
        help="write it with simpler Markdown",
    )


def _parse(source: str) -> Element:
    markdown, lock = _markdown()
    with lock:  # one instance keeps state while it converts, and `serve` has threads
        try:
            lines = source.split("\n")
            for preprocessor in markdown.preprocessors:
                lines = preprocessor.run(lines)
            root = markdown.parser.parseDocument(lines).getroot()
            assert root is not None
            for processor in markdown.treeprocessors:
                changed = processor.run(root)
                root = root if changed is None else changed
            return root
        finally:
            markdown.reset()


@cache
def _markdown() -> tuple[Markdown, Lock]:
    markdown = Markdown(extensions=["tables", "sane_lists"])
    markdown.preprocessors.deregister("html_block")
    for name in ("html", "entity", "automail"):  # shown as typed
        markdown.inlinePatterns.deregister(name)
    mend_emphasis(markdown)
    return markdown, Lock()


@cache
def _cleaner() -> nh3.Cleaner:
    return nh3.Cleaner(
        tags={*_PLAIN_TAGS, *_HEADINGS[1:], "a", "ol"},
        attributes={
            "a": {"href", "title"},
            "ol": {"start"},
            **{heading: {"id"} for heading in _HEADINGS[1:]},
        },
        clean_content_tags=set(),
        generic_attribute_prefixes=set(),
        url_schemes=set(_SCHEMES),
    )


class _Writer:
    """Writes one tree as HTML and notes references and problems in the order of the HTML."""

    def __init__(
        self, text: str, tokens: tuple[Token, ...], *, heading_level: int, is_page: bool
    ) -> None:
        self.references: list[Reference] = []
        self.problems: list[ProseProblem] = []
        self._text = text
        self._tokens = tokens
        self._heading_level = heading_level
        self._is_page = is_page
        self._ids: dict[str, int] = {}  # how often each was wanted
        self._searched = 0  # where in the Markdown the last address was found

    def write_document(self, root: Element) -> str:
        return self._children(root, in_link=False).strip("\n")

    def _children(self, element: Element, *, in_link: bool) -> str:
        parts = [self._words(element.text, in_link=in_link)]
        for child in element:
            parts += (
                self._element(child, in_link=in_link),
                self._words(child.tail, in_link=in_link),
            )
        return "".join(parts)

    def _element(self, element: Element, *, in_link: bool) -> str:
        tag = element.tag
        if tag == "code":
            return f"<code>{_escape(self._typed(_undo_code_escape(element.text or '')))}</code>"
        if tag == "a":
            return self._link(element, in_link=in_link)
        if tag == "img":
            return self._image(element)
        if tag in _HEADINGS:
            return self._heading(element, in_link=in_link)
        if tag == "p" and len(element) == 0:
            fence = find_token(self._tokens, element.text or "")
            if fence is not None and fence.kind == "fence":
                return f"<pre><code>{_escape(fence.inside)}</code></pre>"
        inside = self._children(element, in_link=in_link)
        if tag == "ol":
            start = element.get("start", "")
            number = f' start="{start}"' if re.fullmatch("[0-9]{1,9}", start) else ""
            return f"<ol{number}>{inside}</ol>"
        if tag in _VOID_TAGS:
            return f"<{tag}>"
        return f"<{tag}>{inside}</{tag}>" if tag in _PLAIN_TAGS else inside

    def _words(self, text: str | None, *, in_link: bool) -> str:
        """Escape text, and let a placeholder stand for each citation in it."""
        parts: list[str] = []
        for piece in split_tokens(self._tokens, text or ""):
            if isinstance(piece, str):
                parts.append(_escape(piece))
                continue
            cited = parse_citations(piece.typed, piece.start) if piece.kind == "citation" else ()
            if cited and not in_link:
                self.references += cited
                parts.append(f"[{'; '.join(PLACEHOLDER for _ in cited)}]")
                continue
            parts.append(_escape(piece.typed))
            if piece.kind == "citation":
                self._problem(
                    "bad-reference",
                    "a citation inside a link" if cited else f"`{piece.typed}` is not a citation",
                    piece.start,
                    piece.end,
                    "put it after the link"
                    if cited
                    else r"write `[@source-id]`, `[@source-id p7]` or `[@one p1; @two p2]`; "
                    r"`\[@` shows the brackets as typed",
                )
        return "".join(parts)

    def _link(self, element: Element, *, in_link: bool) -> str:
        inside = self._children(element, in_link=True)
        href = element.get("href") or ""
        token = find_token(self._tokens, href)
        if in_link:
            return inside
        if token is not None and token.kind == "target":
            reference = parse_target(token.typed, "", token.start)
            if reference is None:
                self._problem(
                    "bad-reference",
                    f"`{token.typed}` is not an address of this site",
                    token.start,
                    token.end,
                    "write `event:its-id`, `source:its-id`, `source:its-id#p7` or `page:its-name`",
                )
                return inside
            self.references.append(reference)
            return f"{_LABEL_OPENS}{inside}{_LABEL_ENDS}"
        url = self._typed(href).strip()
        fault = _find_fault(url, relative=self._is_page)
        if fault:
            start, end = self._find_place(url)
            self._problem("bad-url", fault[0], start, end, fault[1])
            return inside
        title = self._typed(element.get("title") or "")
        attribute = f' title="{_escape(title)}"' if title else ""
        return f'<a href="{_escape(url.translate(_ENCODED))}"{attribute}>{inside}</a>'

    def _image(self, element: Element) -> str:
        start, end = self._find_place(self._typed(element.get("src") or ""))
        self._problem(
            "prose-image",
            "an image in prose is not shown",
            start,
            end,
            "put it under the event's `media`, with its `alt` and `credit`",
        )
        return _escape(self._typed(element.get("alt") or ""))

    def _heading(self, element: Element, *, in_link: bool) -> str:
        level = max(2, min(6, self._heading_level + _HEADINGS.index(element.tag)))
        inside = self._children(element, in_link=in_link)
        identity = ""
        if self._is_page:
            words = _LABEL.sub(r"\1", inside.replace(PLACEHOLDER, ""))
            identity = f' id="{self._unused_id(re.sub("<[^>]*>", "", words))}"'
        return f"<h{level}{identity}>{inside}</h{level}>"

    def _unused_id(self, heading: str) -> str:
        slug = _NOT_SLUG.sub("-", entities.unescape(heading).casefold()).strip("-")[:60]
        base = f"s-{slug or 'section'}"
        found = base
        while found in self._ids:
            self._ids[base] += 1
            found = f"{base}-{self._ids[base]}"
        self._ids[found] = 1
        return found

    def _typed(self, text: str) -> str:
        """Put back what was typed where a token has no meaning: in code and in attributes."""
        return "".join(
            piece if isinstance(piece, str) else piece.typed
            for piece in split_tokens(self._tokens, text)
        )

    def _find_place(self, url: str) -> tuple[int, int]:
        """Find an address in the Markdown, which is the whole text when it was written in parts."""
        at = self._text.find(url, self._searched) if url else -1
        at = at if at >= 0 else self._text.find(url) if url else -1
        if at < 0:
            return 0, len(self._text)
        self._searched = at + len(url)
        return at, self._searched

    def _problem(self, code: str, message: str, start: int, end: int, help: str) -> None:
        self.problems.append(
            ProseProblem(code=code, message=message, start=start, end=end, help=help)  # type: ignore[arg-type]
        )


def _find_fault(url: str, *, relative: bool) -> tuple[str, str] | None:
    """Say what is wrong with a link's address, and what to do about it."""
    if not url:
        return "a link without an address", "write `[text](https://…)`"
    if "\\" in url or "\ufffd" in url or url.startswith("//"):
        return f"`{url}` is not a plain address", "write it in full, with `https://`"
    for reading in (url, entities.unescape(url), unquote(url), unquote(entities.unescape(url))):
        scheme = _SCHEME.match(_INVISIBLE.sub("", reading))
        if scheme and scheme[1].lower() not in _SCHEMES:
            return (
                f"a link to `{scheme[1][:40]}:` is not allowed",
                "link to `https:`, `http:` or `mailto:`, or to `event:`, `source:` or `page:`",
            )
    if _SCHEME.match(url) is None and not relative:
        return (
            f"`{url}` is a relative link, and a summary is shown on several pages",
            "write `event:its-id`, `source:its-id` or `page:its-name`, or the whole URL",
        )
    if "href=" not in _cleaner().clean(f'<a href="{_escape(url)}">x</a>'):
        return f"`{url}` is not a valid URL", "correct the address"
    return None


def _escape(text: str) -> str:
    return (
        text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    )


def _undo_code_escape(text: str) -> str:
    """Undo the escaping that Python-Markdown does in code, and in code alone."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
