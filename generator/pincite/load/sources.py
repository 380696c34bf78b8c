"""Source files to sources: front matter, and the paragraph ledger below it.

Each block opens with its permanent id, ``[p7]``; in the brackets may also stand ``retired``,
``retired in p6`` (its words are part of p6 now),
``caption`` or ``page 3``. The marks ``#``, ``-`` and ``>`` make a heading, an item, a quotation;
a backslash before one keeps it as text.
"""

import re
from dataclasses import dataclass

from pincite.base.diagnostics import Diagnostic, Label, error, warning
from pincite.base.reading import read_record
from pincite.base.text import Span, Text
from pincite.base.values import Values
from pincite.load.front import read_id, split_front_matter
from pincite.load.hidden import find_in_source
from pincite.load.records import SOURCE
from pincite.model import Archive, Paragraph, Source

# Findings after which words may be missing from a source that stand in its file.
SPOILING = frozenset(("file-encoding", "stray-text", "duplicate-paragraph", "bad-paragraph-mark"))

#: What a source's text is made of: lines up to an empty one.
BLOCK = re.compile(r"[^\n]*\S[^\n]*(?:\n[^\n]*\S[^\n]*)*")
_MARK = re.compile(r"\[p([0-9]{1,9})((?:[ ,]+[\w-]+)*)\][ \t]*")
_ANSWERS = {"true": True, "false": False}
_ALMOST = re.compile(r"\[[pP¶§][^\]\n]{0,40}\]")
_KIND = re.compile(r"(#{1,6})[ \t]+|([-*+]|\d{1,9}[.)])[ \t]+|(>)[ \t]?|(\\)(?=[-#>*+\d\[\\])")
_ATTRIBUTES = re.compile(r"retired(?: in p[0-9]{1,9}(?![\w-]))?|caption|page[ -]?[\w-]+")


@dataclass(frozen=True, slots=True)
class _Block:
    start: int  # offset in the file
    text: str


def parse_source(text: Text) -> tuple[Source | None, tuple[Diagnostic, ...]]:
    """Read one file of ``content/sources``; its id is the file's name."""
    front, body, found = split_front_matter(text)
    if front is None:
        return None, found
    values, problems = read_record(front, SOURCE, text.path)
    paragraphs, more = _paragraphs(text, body)
    id, faults = read_id(text)
    found = (*found, *faults, *problems, *more, *find_in_source(text, body))
    if values is None:
        return None, found
    return _source(id, text.path, values, paragraphs), found


def _source(id: str, path: str, values: Values, paragraphs: tuple[Paragraph, ...]) -> Source:
    return Source(
        id=id,
        path=path,
        title=values["title"] or path,
        publisher=values["publisher"] or "",
        authors=values["authors"],
        published=values["published"],
        published_basis=values["published_basis"]
        or ("stated" if values["published"] else "unknown"),
        published_note=values["published_note"] or "",
        url=values["url"] or "",
        url_note=values["url_note"] or "",
        language=values["language"] or "",
        retrieved_at=values["retrieved_at"] or "",
        retrieved_by=values["retrieved_by"] or "",
        tool=values["tool"] or "",
        archives=tuple(
            Archive(url=a["url"], at=a["at"] or "", kind=a["kind"] or "")
            for a in values["archives"]
        ),
        snapshot=values["snapshot"] or "",
        sha256=values["sha256"] or "",
        republish=values["republish"] or "",
        publish_snapshot=_ANSWERS.get(values["publish_snapshot"]),
        dropped=values["dropped"],
        note=values["note"] or "",
        paragraphs=paragraphs,
        at=values,
    )


def _paragraphs(text: Text, body: int) -> tuple[tuple[Paragraph, ...], tuple[Diagnostic, ...]]:
    blocks = [_Block(m.start(), m.group()) for m in BLOCK.finditer(text.value, body)]
    marks = [_MARK.match(block.text) for block in blocks]
    if blocks and not any(marks):
        return _number(text, blocks)
    paragraphs: list[Paragraph] = []
    found: list[Diagnostic] = []
    places: dict[str, Span] = {}
    highest = max((int(mark[1]) for mark in marks if mark), default=0)
    for block, mark in zip(blocks, marks, strict=True):
        if mark is None:
            highest += 1
            found.append(_stray(text, block, highest))
            continue
        id, span = f"p{int(mark[1])}", Span(text.path, block.start, block.start + mark.end())
        if id in places:
            found.append(
                error(
                    "duplicate-paragraph",
                    span,
                    f"paragraph `{id}` stands here twice",
                    labels=(Label(span=places[id], text="first here"),),
                    help=f"a paragraph keeps its id for ever; give the new one `[p{highest + 1}]`",
                )
            )
            continue
        places[id] = span
        attributes = _ATTRIBUTES.findall(mark[2])
        if unknown := _ATTRIBUTES.sub("", mark[2]).strip(" ,"):
            found.append(
                error(
                    "bad-paragraph-mark",
                    span,
                    f"`{unknown}` means nothing in a paragraph's mark",
                    help="after the id may stand `retired`, `retired in p6`, `caption` or `page 3`",
                )
            )
        paragraphs.append(_paragraph(id, attributes, block, mark.end()))
    return tuple(paragraphs), tuple(found)


def _number(
    text: Text, blocks: list[_Block]
) -> tuple[tuple[Paragraph, ...], tuple[Diagnostic, ...]]:
    first = blocks[0]
    return tuple(_paragraph(f"p{n}", [], block, 0) for n, block in enumerate(blocks, 1)), (
        warning(
            "paragraphs-unnumbered",
            Span(text.path, first.start, first.start + min(20, len(first.text))),
            "the paragraphs have no ids, so their addresses may change",
            help="begin each with its permanent id: `[p1] …`",
        ),
    )


def _stray(text: Text, block: _Block, number: int) -> Diagnostic:
    if almost := _ALMOST.match(block.text):
        return error(
            "bad-paragraph-mark",
            Span(text.path, block.start, block.start + almost.end()),
            f"`{almost[0]}` is not a paragraph's mark",
            help=f"write it like this: `[p{number}]`",
        )
    end = block.text.find("\n")
    return error(
        "stray-text",
        Span(text.path, block.start, block.start + (end if end > 0 else len(block.text))),
        "this block has no id, while others have",
        help=f"begin it with `[p{number}]`, or join it to the paragraph above",
    )


def _paragraph(id: str, attributes: list[str], block: _Block, skip: int) -> Paragraph:
    raw = block.text[skip:]
    kind = "paragraph"
    if mark := _KIND.match(raw):
        kind = ("heading", "item", "quotation", "paragraph")[(mark.lastindex or 4) - 1]
        skip += mark.end()
        raw = raw[mark.end() :]
    if "caption" in attributes:
        kind = "caption"
    lines = [line.strip() for line in raw.split("\n")]
    if kind == "quotation":
        lines = [line.removeprefix(">").lstrip() for line in lines]
    value = " ".join(line for line in lines if line)
    retired = next((a for a in attributes if a.startswith("retired")), "")
    into = retired.partition(" in p")[2]
    pages = [a.removeprefix("page").strip(" -") for a in attributes if a.startswith("page")]
    return Paragraph(
        id=id,
        kind=kind,
        text=value,
        retired=bool(retired),
        merged=f"p{int(into)}" if into else "",
        page=pages[0] if pages else "",
        offset=block.start + skip,
        straight=raw.replace("\n", " ").startswith(value),
    )
