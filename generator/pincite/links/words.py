"""Whether quotations still stand in a page as it is today; matched as the build matches them."""

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from pincite.link.proof import snapshot_blocks
from pincite.link.quotes import Found, Missed, SourceText, find_quote
from pincite.net.fetch import Fetched

_HTML = ("text/html", "application/xhtml+xml")
_PLAIN = ("text/plain", "text/markdown")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_HEAD = 4_096  # bytes in which a page names its encoding
_LEAST = 200  # characters; a page with less is made by its scripts, and cannot be read here


class Standing(NamedTuple):
    """How many quotations stand, and the keys of those that do not."""

    held: int
    lost: tuple[str, ...]


def can_read(media_type: str) -> bool:
    return media_type in _HTML or media_type in _PLAIN


def find_standing(
    answer: Fetched, quotes: Mapping[str, tuple[tuple[str, ...], ...]]
) -> Standing | None:
    """Look for *quotes* (key → groups of segments) in *answer*; None when it cannot be read.

    A group is what stands together in one paragraph. What stands more than once stands.
    """
    if not quotes or not can_read(answer.media_type):
        return None
    name = "page.html" if answer.media_type in _HTML else "page.txt"
    blocks = snapshot_blocks(name, _decode(answer).encode()) or ()
    if sum(map(len, blocks)) < _LEAST:
        return None
    # A figure or an advertisement may part a paragraph, so the whole is looked through as well.
    whole = " ".join(block for block in blocks)
    texts = (_text_of(blocks), _text_of((whole,)))
    lost = [
        key
        for key, groups in quotes.items()
        if not all(any(_stands(text, group) for text in texts) for group in groups)
    ]
    return Standing(held=len(quotes) - len(lost), lost=tuple(lost))


def _text_of(blocks: Iterable[str]) -> SourceText:
    return SourceText(
        [(f"b{n}", " ".join(block.split())) for n, block in enumerate(blocks, 1)],
    )


def _stands(text: SourceText, segments: tuple[str, ...]) -> bool:
    match find_quote(text, segments, paragraph=None, occurrence=None):
        case Found():
            return True
        case Missed(code=code):
            return code == "quote-ambiguous"


def _decode(answer: Fetched) -> str:
    """Decode as browsers do: the header's encoding, else the one the page names, else UTF-8."""
    said = _CHARSET.search(answer.header("content-type"))
    own = _CHARSET.search(answer.body[:_HEAD].decode("latin-1"))
    encoding = said[1] if said else own[1] if own else "utf-8"
    if not said and encoding.lower().startswith("utf-16"):
        encoding = "utf-8"  # or its name could not have been read
    for name in (encoding, "utf-8"):
        try:
            return answer.body.decode(name)
        except (LookupError, UnicodeDecodeError):
            continue
    return answer.body.decode("cp1252", "replace")
