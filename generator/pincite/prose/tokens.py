"""Tokens that stand in the Markdown for citations, addresses of this site and fenced code.

A token is made of noncharacters that the text cannot hold, so that each is found again wherever it
comes out, with its place in the text and the characters that were typed.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from pincite.prose.reference import CITATION, TARGET

_TOKEN = re.compile("\ufdd3([0-9]+)\ufdd4")
_MEANT = re.compile(rf"\\.|({CITATION})|\](?:\([ \t]*|:[ \t]*)<?({TARGET})")
_FENCE_OPENS = re.compile(r"[ ]{0,3}(`{3,}|~{3,})[^`]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """*typed* is the text at [start, end); *inside* the code of a fence, without the fence."""

    kind: Literal["citation", "target", "fence"]
    typed: str
    start: int
    end: int
    inside: str = ""


def stand_in_tokens(text: str) -> tuple[str, tuple[Token, ...]]:
    """Replace what has its own meaning by tokens; return the rest and the tokens."""
    parts: list[str] = []
    tokens: list[Token] = []
    at = 0
    for fence in [*find_fences(text), None]:
        end = fence.start if fence else len(text)
        for match in _MEANT.finditer(text, at, end):
            group = match.lastindex
            if group is None:
                continue
            start = match.start(group)
            parts += (text[at:start], f"\ufdd3{len(tokens)}\ufdd4")
            at = match.end(group)
            tokens.append(
                Token(
                    kind="citation" if group == 1 else "target",
                    typed=match[group],
                    start=start,
                    end=at,
                )
            )
        parts.append(text[at:end])
        if fence:
            parts.append(f"\n\n\ufdd3{len(tokens)}\ufdd4\n\n")
            tokens.append(fence)
            at = fence.end
    return "".join(parts), tuple(tokens)


def find_token(tokens: tuple[Token, ...], text: str) -> Token | None:
    """Return the token that *text* is, if it is just one."""
    match = _TOKEN.fullmatch(text.strip())
    return tokens[int(match[1])] if match else None


def split_tokens(tokens: tuple[Token, ...], text: str) -> Iterator[str | Token]:
    """Yield the texts between tokens and the tokens, in order."""
    for index, piece in enumerate(_TOKEN.split(text)):
        if index % 2:
            yield tokens[int(piece)]
        elif piece:
            yield piece


def find_fences(text: str) -> Iterator[Token]:
    """Yield fenced code; a fence that is never closed is left alone (``find_open_fence``)."""
    for start, end, code in _walk_fences(text):
        if code is not None:
            yield Token(kind="fence", typed=text[start:end], start=start, end=end, inside=code)


def find_open_fence(text: str) -> tuple[int, int] | None:
    """Return the place of a fence line that opens code and is never closed."""
    for start, end, code in _walk_fences(text):
        if code is None:
            return start, end
    return None


def _walk_fences(text: str) -> Iterator[tuple[int, int, str | None]]:
    """Yield [start, end) and the code of every fence; the code of an open one is missing."""
    mark, start, inside, opened = "", 0, 0, 0
    at = 0
    for line in text.splitlines(keepends=True):
        bare = line.rstrip()
        if not mark:
            match = _FENCE_OPENS.fullmatch(bare)
            if match:
                mark, start, inside, opened = match[1], at, at + len(line), at + len(bare)
        elif (
            bare.startswith((mark, f" {mark}", f"  {mark}", f"   {mark}"))
            and bare.lstrip(" ").strip(mark[0]) == ""
        ):
            yield start, at + len(bare), text[inside:at]
            mark = ""
        at += len(line)
    if mark:
        yield start, opened, None
