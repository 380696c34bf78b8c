"""The lower half of the chain: paragraphs stand in their snapshot, and its bytes are intact."""

import re
from collections.abc import Sequence
from html.parser import HTMLParser

from pincite.base.decoding import decode
from pincite.base.diagnostics import Diagnostic, error, warning
from pincite.base.text import Span
from pincite.link.nearest import CUT_OFF, compare
from pincite.link.normalise import fold_for_snapshot
from pincite.link.warc import find_archived_page
from pincite.load.project import Snapshot
from pincite.model import Source

_MOST_COMPARED = 20  # altered paragraphs of a source whose differences are told
_LONGEST_COMPARED = 20_000  # characters of a paragraph
_TEXT = (".txt", ".md", ".text")
_HTML = (".html", ".htm", ".xhtml")
_FEW = 20  # lines of a block that is compared paragraph by paragraph
_MOST_WORK = 50_000_000  # characters of a block times paragraphs
_ARCHIVES = (".warc", ".warc.gz", ".wacz")
_QUOTED = re.compile(r"^[ \t]*>[ \t]?", re.MULTILINE)  # Markdown's mark of a quotation
_LETTER = re.compile(r"\w")
_SILENT = frozenset(("script", "style", "template", "noscript", "head"))
_INLINE = frozenset(
    (
        *("a", "abbr", "b", "cite", "code", "em", "i", "mark", "q", "s", "small", "span"),
        *("strong", "sub", "sup", "time", "u", "wbr", "font", "bdi", "bdo", "del", "ins"),
    )
)


def prove_source(source: Source, snapshot: Snapshot | None) -> tuple[Diagnostic, ...]:
    """Return what breaks between *source* and its *snapshot*; nothing when all holds."""
    if not source.snapshot:
        return ()
    if snapshot is None:
        return (
            error(
                "snapshot-missing",
                source.at.place("snapshot"),
                f"there is no file `{source.snapshot}`",
                help="put the raw file there, exactly as it was received",
            ),
        )
    found = []
    if not source.sha256:
        found.append(
            error(
                "missing-key",
                source.at.place("snapshot"),
                "a snapshot is recorded without its `sha256`",
                help=f"if this file is the one you received, write `sha256: {snapshot.sha256}`",
            )
        )
    elif source.sha256 != snapshot.sha256:
        found.append(
            error(
                "snapshot-changed",
                source.at.place("sha256"),
                f"`{source.snapshot}` is no longer the file that was recorded",
                note=f"recorded {source.sha256}\nfound    {snapshot.sha256}",
                help="restore the file as it was received; a newer version is a new snapshot",
            )
        )
    blocks = snapshot_blocks(source.snapshot, snapshot.data, source.url)
    if blocks is None:
        return tuple(found)
    return (*found, *_compare(source, blocks))


def is_compared(path: str) -> bool:
    """Say whether paragraphs are looked for in a snapshot of this name; of a PDF they are not."""
    return path.lower().endswith(_ARCHIVES + _TEXT + _HTML)


def snapshot_blocks(path: str, data: bytes, url: str = "") -> tuple[str, ...] | None:
    """Return the text of a snapshot block by block; None when its format is not read here.

    Of a web archive the page at *url* is read, or its only one.
    """
    name = path.lower()
    if name.endswith(_ARCHIVES):
        page = find_archived_page(data, url)
        return None if page is None else snapshot_blocks("page.html", page)
    if not name.endswith(_TEXT + _HTML) or not data:
        return None
    text = decode(data).text.replace("\r\n", "\n").replace("\r", "\n")
    if name.endswith(".md"):
        text = _QUOTED.sub("", text)
    if name.endswith(_HTML):
        parser = _Blocks()
        parser.feed(text)
        parser.close()
        text = "".join(parser.pieces)
    return tuple(block for block in (part.strip() for part in text.split("\n\n")) if block)


def _compare(source: Source, blocks: tuple[str, ...]) -> list[Diagnostic]:
    found: list[Diagnostic] = []
    folded = [fold_for_snapshot(block) for block in blocks]
    known = dict(zip(blocks, folded, strict=True))  # mostly a paragraph is a block, to the letter
    whole = " ".join(folded)
    paragraphs = []
    altered: set[int] = set()
    last = 0  # they mostly follow one another, so each is looked for where the last one ended
    for paragraph in source.paragraphs:
        if paragraph.retired:
            continue
        text = known.get(paragraph.text)
        if text is None:
            text = fold_for_snapshot(paragraph.text)
        paragraphs.append(text)
        place = whole.find(text, last)
        last = place + len(text) if place >= 0 else last
        if place < 0 and text not in whole:
            at = paragraph.offset
            block = _nearest(text, folded) if len(found) < _MOST_COMPARED else None
            if block is not None:
                altered.add(block)
            found.append(
                error(
                    "paragraph-not-in-snapshot",
                    Span(source.path, at, at + len(paragraph.text) * paragraph.straight),
                    f"paragraph `{paragraph.id}` does not stand in `{source.snapshot}`",
                    note="" if block is None else compare(text, folded[block])[0],
                    help="restore the snapshot's words; notes of your own belong into events",
                )
            )
    rest = [n for n in range(len(blocks)) if n not in altered]
    return found + _lost(source, [blocks[n] for n in rest], [folded[n] for n in rest], paragraphs)


def _nearest(text: str, blocks: list[str]) -> int | None:
    """Return the number of the block that *text* is an altered copy of, if there is one."""
    from rapidfuzz import fuzz, process  # noqa: PLC0415 - only a fault pays for it

    near = [block if len(block) <= _LONGEST_COMPARED else "" for block in blocks]
    if len(text) > _LONGEST_COMPARED:
        return None
    best = process.extractOne(text, near, scorer=fuzz.ratio, score_cutoff=100 * CUT_OFF)
    return best[2] if best else None


def _lost(
    source: Source, blocks: list[str], folded: list[str], paragraphs: list[str]
) -> list[Diagnostic]:
    """Warn of blocks of the snapshot that are neither a paragraph nor dropped."""
    kept, own = " ".join(paragraphs), frozenset(paragraphs)
    # Words of which nothing is left when folded would be the beginning of every block.
    dropped = tuple(filter(None, map(fold_for_snapshot, source.dropped)))
    longest = sorted(paragraphs, key=len, reverse=True)
    found = []
    for block, text in zip(blocks, folded, strict=True):
        if not text or text in own or text in kept or text.startswith(dropped):
            continue
        text = what_is_left(block, text, own, longest)  # noqa: PLW2901
        if _LETTER.search(text) and not text.startswith(dropped):
            place = "dropped" if "dropped" in source.at else "snapshot"
            found.append(
                warning(
                    "snapshot-block-lost",
                    source.at.place(place),
                    f"neither a paragraph nor dropped is this block: `{_brief(block)}`",
                    help="add it as a paragraph, or to `dropped:` by its first words",
                )
            )
    return found


def what_is_left(block: str, folded: str, own: frozenset[str], longest: Sequence[str]) -> str:
    """Return what *block*, *folded*, holds beside the paragraphs *own*; *longest* has them sorted.

    A block may hold several paragraphs, mostly a line each. Of a block so large that looking for
    every paragraph in it would not end, only whole lines are compared.
    """
    lines = block.split("\n")
    rest = folded
    if len(lines) > _FEW:
        rest = " ".join(text for line in lines if (text := fold_for_snapshot(line)) not in own)
        if not _LETTER.search(rest):
            return ""
        if len(folded) * len(longest) <= _MOST_WORK:
            rest = folded  # a line of one paragraph may be all of another
    for paragraph in longest:
        if paragraph and len(paragraph) <= len(rest) and paragraph in rest:
            rest = rest.replace(paragraph, "").strip()
    return rest


def _brief(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 60 else words[:59].rstrip() + "…"


class _Blocks(HTMLParser):
    """Visible text of a page; an element that is not inline ends a block."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self._silent += tag in _SILENT
        if tag not in _INLINE:
            self.pieces.append(" " if tag == "br" else "\n\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        if tag not in _INLINE:
            self.pieces.append("\n\n")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.pieces.append(" ".join(data.split("\n")) if "\n\n" in data else data)
