"""What authors' prose may point to: a paragraph of a source, another event, source or page.

A reference is written once, as ``[@source-id p7]`` or as the address of a link (``event:…``); both
ways of reading prose use the one grammar that stands here.
"""

import re
from dataclasses import dataclass
from typing import Final, Literal

ReferenceKind = Literal["citation", "event", "source", "page"]

#: Stands in the HTML for one reference. A Unicode noncharacter: text that holds it is cleaned.
PLACEHOLDER: Final = "\ufdd0"

_ID = r"[^\W_](?:[^\W_]|-)*"
#: ``[@…]`` on at most two lines; whether its inside is well formed is for ``parse_citations``.
CITATION: Final = r"\[@[^\[\]\n\\]*(?:\n[ ]*[^\[\]\s\\][^\[\]\n\\]*)?\]"
#: The address of a link to a thing of this site.
TARGET: Final = r"(?:event|source|page):[^\s<>()\\]*"

_CITED = re.compile(rf"@({_ID})(?:,?\s+(p[0-9]{{1,6}}))?")
_TARGET = re.compile(rf"(event|source|page):({_ID})(?:(?<=\w)#(p[0-9]{{1,6}}))?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """One place of the prose that points to a thing of this site.

    *start* and *end* are code points of the Markdown text. *label* is the link's text as safe HTML,
    empty for a citation, whose text is the caller's to say. *paragraph* is ``p7`` or nothing.
    """

    kind: ReferenceKind
    target: str
    paragraph: str | None = None
    label: str = ""
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ProseProblem:
    """A fault of the prose; *start* and *end* are code points of the Markdown text."""

    code: Literal["markdown-refused", "bad-url", "bad-reference", "prose-image"]
    message: str
    start: int
    end: int
    help: str


def parse_citations(group: str, start: int) -> tuple[Reference, ...]:
    """Read ``[@a p1; @b]``, which begins at *start*; empty when it is not well formed."""
    found: list[Reference] = []
    at = 1
    for part in group[1:-1].split(";"):
        written = part.strip()
        match = _CITED.fullmatch(written)
        if match is None:
            return ()
        begin = start + at + part.index(written)
        found.append(
            Reference(
                kind="citation",
                target=match[1],
                paragraph=match[2],
                start=begin,
                end=begin + len(written),
            )
        )
        at += len(part) + 1
    return tuple(found)


def parse_target(address: str, label: str, start: int) -> Reference | None:
    """Read ``event:losses-seoul``, ``source:eu-today#p7`` or ``page:method``."""
    match = _TARGET.fullmatch(address)
    if match is None or (match[3] and match[1] != "source"):
        return None
    return Reference(
        kind=match[1],  # type: ignore[arg-type] # the pattern allows exactly these three
        target=match[2],
        paragraph=match[3],
        label=label,
        start=start,
        end=start + len(address),
    )
