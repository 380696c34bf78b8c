"""Prose that is too much for Python-Markdown is refused here, before it is read.

Its block parsers recurse once for each list or quote mark, and several parsers take quadratic time;
so depth and an estimate of the work are bounded. The scan itself is linear.
"""

import re
from collections.abc import Iterator
from typing import Final

from pincite.prose.reference import ProseProblem
from pincite.prose.tokens import find_open_fence

_DEEPEST: Final = 12
_MOST_WORK: Final = 8_000_000  # steps of about 70 ns
_MOST_BLOCKS: Final = 20_000

_MARKS = re.compile(r"(?:[ ]*+(?:>|(?:[-+*]|[0-9]++\.)(?=[ ])))++")
_MARK = re.compile(r">|[-+*]|[0-9]++\.")
_RULE = re.compile(r"[ ]{0,3}(?:(?:-[ ]{0,2}){3,}+|(?:\*[ ]{0,2}){3,}+|(?:_[ ]{0,2}){3,}+)[ ]*")
_INDENTED_MARK = re.compile(r"[ ]{48,}(?:>|[-+*][ ]|[0-9]++\.[ ])")
_BLANK = re.compile(r"\n[^\S\n]*\n")
_TICKS = re.compile(r"`+")
_RESTART = re.compile(
    r"^[ >]*(?:#|\[[^\[\]]*\]:|(?:[-=*_+][-=*_+ \t]*|[0-9]+\.[ \t]*)$)", re.MULTILINE
)
_MARKUP = re.compile(r"[\\`*_<!\[]")
_BRACKET = re.compile(r"[\[\]()`\\\"']")


def find_refusal(markdown: str, limit: int) -> ProseProblem | None:
    """Return why *markdown* is not read, if so; *limit* is its greatest length in characters."""
    if len(markdown) > limit:
        return _refused(
            f"{len(markdown):,} characters of Markdown, and {limit:,} is the most",
            limit,
            len(markdown),
            "shorten it, or move some of it to a page of its own",
        )
    fence = find_open_fence(markdown)
    if fence is not None:
        return _refused("a code fence is opened and never closed", *fence, "close it")
    deep = _find_depth(markdown)
    if deep is not None:
        return _refused(
            f"more than {_DEEPEST} lists and quotations inside one another", *deep, "nest them less"
        )
    left = _MOST_WORK
    for number, (start, block) in enumerate(_split_blocks(markdown)):
        left -= _estimate_work(block.replace("\r", "\n"))
        if left < 0 or number > _MOST_BLOCKS:
            return _refused(
                "too many brackets, code marks, headings or lines to read in a second",
                start,
                start + len(block),
                "close brackets and code marks, and part the text with empty lines",
            )
    return None


def _refused(message: str, start: int, end: int, help: str) -> ProseProblem:
    return ProseProblem(code="markdown-refused", message=message, start=start, end=end, help=help)


def _find_depth(markdown: str) -> tuple[int, int] | None:
    at = 0
    for line in markdown.splitlines(keepends=True):
        spaced = line.rstrip().expandtabs(4)
        marks = _MARKS.match(spaced)
        if marks and (
            _INDENTED_MARK.match(spaced)
            or (len(_MARK.findall(marks[0])) > _DEEPEST and not _RULE.fullmatch(spaced))
        ):
            return at, at + len(line.rstrip())
        at += len(line)
    return None


def _split_blocks(markdown: str) -> Iterator[tuple[int, str]]:
    at = 0
    for match in _BLANK.finditer(markdown):
        yield at, markdown[at : match.start()]
        at = match.end()
    yield at, markdown[at:]


def _estimate_work(block: str) -> int:
    """Estimate the steps that Python-Markdown takes beyond reading once: about 70 ns each.

    What looks like a heading or rule has it read the rest of the block again, a code mark looks for
    its like, and each piece of markup that is found has it copy the block.
    """
    runs = _TICKS.findall(block)
    seekers = len(runs) if "\\" in block or len(set(runs)) > 1 else 0
    restarts = len(_RESTART.findall(block))
    markup = len(_MARKUP.findall(block))
    return (
        (seekers + restarts) * len(block)
        + 300 * block.count("\n")
        + markup * len(block) // 256
        + 4 * _measure_brackets(block)
    )


def _measure_brackets(block: str) -> int:
    """Sum the distances from each opening bracket of *block* to what closes it, or to the end."""
    total = 0
    squares: list[int] = []
    rounds: list[int] = []
    quoted = -1  # the last place of a mark after which a bracket may be one that closes nothing
    for match in _BRACKET.finditer(block):
        mark, at = match[0], match.start()
        if mark == "[":
            squares.append(at)
        elif mark == "(":
            rounds.append(at)
        elif mark in "])":
            places = squares if mark == "]" else rounds
            if places:
                place = places.pop()
                if mark == "]" or block.startswith("]", place - 1):
                    total += (at if place > quoted else len(block)) - place
        elif mark in "`\\" or rounds:
            quoted = at
    return total + sum(len(block) - place for places in (squares, rounds) for place in places)
