"""The short way for simple prose: paragraphs of text, bold, italics, links and citations.

A whitelist: what it takes, it renders exactly as the long way (``prose_markdown``) would, and what
it is not sure of it leaves to that. Its grammar can produce no unsafe element or URL.
"""

import re

from pincite.prose.reference import (
    CITATION,
    PLACEHOLDER,
    TARGET,
    Reference,
    parse_citations,
    parse_target,
)

# Everything that means nothing to Markdown inside a line, in any script.
_TEXT = (
    r"[^\\`*_\[\]<!|\n\t\r\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"
    r"\u2028\u2029\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
_LINE_OPENS = r"(?:[^\W_]|[\"'“‘„«(¿¡$€£§—–…]|\*{1,2}[^\W_]|\[)"
# Markdown's rules for a star beside punctuation differ between versions; beside letters they agree.
_MARKED = rf"[^\W_](?:{_TEXT}*[^\W_])?"
# A host that every URL parser accepts: no port, no number at its end, no Punycode.
_URL = (
    r"https?://(?!\S*[Xx][Nn]--)(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,}"
    r"(?:/[A-Za-z0-9/._~%=+,;@-]*)?(?:\?[A-Za-z0-9/._~%=+,;@&-]*)?(?:\#[A-Za-z0-9/._~%=+,;@-]*)?"
)
_PIECE = re.compile(
    rf"((?:{_TEXT}++|!(?!\[)|<(?=[ 0-9])|\n(?={_LINE_OPENS}))++)"
    rf"|(?<![\w*])\*\*({_MARKED})\*\*(?![\w*])"
    rf"|(?<![\w*])\*({_MARKED})\*(?![\w*])"
    rf"|\[({_MARKED})\]\((?:({_URL})|({TARGET}))\)"
    rf"|({CITATION})"
)
_OPENS = re.compile(_LINE_OPENS)
_LIST_OR_BREAK = re.compile(r"^\d+[.)]|\s\n", re.MULTILINE)


def read_simple(markdown: str) -> tuple[str, tuple[Reference, ...]] | None:
    """Return HTML and references of simple prose, or nothing when it is not simple."""
    text = markdown.rstrip("\n")
    if not text:
        return "", ()
    written: list[str] = []
    references: list[Reference] = []
    start = 0
    while start >= 0:
        gap = text.find("\n\n", start)
        end = gap if gap >= 0 else len(text)
        if not _read_paragraph(text, start, end, written, references):
            return None
        start = gap + 2 if gap >= 0 else -1
        written.append("\n" if gap >= 0 else "")
    return "".join(written), tuple(references)


def _read_paragraph(
    text: str, start: int, end: int, written: list[str], references: list[Reference]
) -> bool:
    """Add the paragraph at [start, end) to *written*; false when it is not simple."""
    if (
        _OPENS.match(text, start, end) is None
        or text[end - 1].isspace()
        or (
            (text[start].isdigit() or text.find("\n", start, end) >= 0)
            and _LIST_OR_BREAK.search(text[start:end])
        )
    ):
        return False
    written.append("<p>")
    at = start
    for match in _PIECE.finditer(text, start, end):
        if match.start() != at:
            return False
        at = match.end()
        kind = match.lastindex
        if kind == 1:
            written.append(_escape(match[1]))
        elif kind == 2:
            written += ("<strong>", _escape(match[2]), "</strong>")
        elif kind == 3:
            written += ("<em>", _escape(match[3]), "</em>")
        elif kind == 5:
            address, label = match[5].replace("&", "&amp;"), _escape(match[4])
            written.append(f'<a href="{address}" rel="noopener noreferrer">{label}</a>')
        elif kind == 6:
            reference = parse_target(match[6], _escape(match[4]), match.start(6))
            if reference is None:
                return False
            references.append(reference)
            written.append(PLACEHOLDER)
        else:
            cited = parse_citations(match[7], match.start())
            if not cited:
                return False
            references += cited
            written.append(f"[{'; '.join(PLACEHOLDER for _ in cited)}]")
    written.append("</p>")
    return at == end


def _escape(text: str) -> str:
    return (
        text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\u00a0", "&nbsp;")
    )
