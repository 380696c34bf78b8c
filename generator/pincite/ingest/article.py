"""What reading a snapshot gives: an article's blocks and what is known of it, nothing invented.

A reader of one format returns an ``Article``; what it left out is found later, by comparison with
the snapshot, so that no reader can lose text in silence.
"""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["paragraph", "heading", "item", "quotation", "caption"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One paragraph to be, as plain text on one line."""

    text: str
    kind: Kind = "paragraph"
    page: str = ""  # locator in a paged snapshot
    level: int = 2  # of a heading, 1 to 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """An article as it was read. *doubts* are sentences for the review."""

    title: str = ""
    publisher: str = ""
    authors: tuple[str, ...] = ()
    published: str = ""  # EDTF
    published_basis: Literal["stated", "inferred", "unknown"] = "unknown"
    published_note: str = ""
    language: str = ""  # BCP 47
    url: str = ""  # the address the page gives as its own
    blocks: tuple[Block, ...] = ()
    dropped: tuple[str, ...] = ()  # what a reader left out of a format that only it can read
    doubts: tuple[str, ...] = ()
    tool: str = ""  # the library that read it, with its version
