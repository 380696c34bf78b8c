"""Prose that is too much for Python-Markdown is refused here, before it is read.

Its parsers recurse once for each list or quote mark and look ahead from each bracket, so depth and
the product of marks and length are bounded; the scan itself takes linear time.
"""

import re

from pincite.load.prose_reference import ProseProblem
from pincite.load.prose_tokens import find_open_fence


def find_refusal(markdown: str, limit: int) -> ProseProblem | None:
    """Return why *markdown* is not read, if so; *limit* is its greatest length in characters."""
    if len(markdown) > limit:
        return _refused(
            f"{len(markdown):,} characters of Markdown, and {limit:,} is the most",
            limit,
            len(markdown),
            "move some of it to a page of its own",
        )
    fence = find_open_fence(markdown)
    if fence is not None:
        return _refused("a code fence is opened and never closed", *fence, "close it")
    return None


def _refused(message: str, start: int, end: int, help: str) -> ProseProblem:
    return ProseProblem(code="markdown-refused", message=message, start=start, end=end, help=help)
