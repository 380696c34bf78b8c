"""A newer edition of a source: the ledger carried over, the front matter changed where it must.

Ids stay with their words. Nothing that the author wrote is touched but the keys that say which
snapshot this is; a vanished paragraph stays, retired, with its old words.
"""

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pincite.base.text import Text
from pincite.base.yamltext import Value, yaml_text
from pincite.base.yamltree import Mapping as MappingNode
from pincite.base.yamltree import Scalar
from pincite.base.yamltree import Sequence as SequenceNode
from pincite.ingest.alignment import align, find_merged
from pincite.ingest.article import Block
from pincite.ingest.ledger import Row, row_text
from pincite.link.normalise import fold_for_snapshot
from pincite.load.front import split_front_matter
from pincite.load.sources import BLOCK
from pincite.model import Paragraph, Source

_ID = re.compile(r"\[p0*(\d+)[^\]\n]*\]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Renewal:
    """The rows of the new ledger, and what became of the old one's, by id."""

    rows: tuple[Row, ...]
    same: tuple[str, ...]
    edited: tuple[str, ...]
    added: tuple[str, ...]
    retired: tuple[str, ...]
    merged: tuple[tuple[str, str], ...]  # of the retired ones: what they became part of
    moved: tuple[str, ...]


def renew_ledger(old: Source, blocks: Sequence[Block]) -> Renewal:
    """Give the paragraphs of the new edition their ids."""
    living = [p for p in old.paragraphs if not p.retired]
    texts, newer = [p.text for p in living], [b.text for b in blocks]
    numbers = align(texts, newer)
    merged = find_merged(texts, newer, numbers)
    pairs = _without_dropped(old, blocks, numbers)
    gone = {fold_for_snapshot(p.text): p for p in old.paragraphs if p.retired}
    highest = max((int(p.id[1:]) for p in old.paragraphs), default=0)
    rows: list[Row] = []
    order: list[int] = []
    same: list[str] = []
    edited: list[str] = []
    added: list[str] = []
    for block, number in pairs:
        if number is not None:
            before = living[number]
            order.append(number)
            unchanged = before.text == block.text
            (same if unchanged else edited).append(before.id)
            rows.append(_row(before.id, block, before))
        elif (back := gone.pop(fold_for_snapshot(block.text), None)) is not None:
            edited.append(back.id)
            rows.append(_row(back.id, block, back))
        else:
            highest += 1
            added.append(f"p{highest}")
            rows.append(_row(f"p{highest}", block, None))
    kept = {row.id for row in rows}
    into = {living[a].id: living[numbers[at] or 0].id for a, at in merged.items()}
    into = {id: keeper for id, keeper in into.items() if id not in kept}
    return Renewal(
        rows=_with_retired(old.paragraphs, rows, into),
        merged=tuple(into.items()),
        same=tuple(same),
        edited=tuple(edited),
        added=tuple(added),
        retired=tuple(p.id for p in living if p.id not in kept),
        moved=tuple(living[n].id for n in _out_of_order(order)),
    )


def _row(id: str, block: Block, before: Paragraph | None) -> Row:
    """An author's choice of kind outlives a new edition."""
    kind = block.kind if before is None else before.kind
    return Row(id, kind, block.text, page=block.page, level=max(2, block.level))


def _without_dropped(
    old: Source, blocks: Sequence[Block], numbers: tuple[int | None, ...]
) -> list[tuple[Block, int | None]]:
    """Leave out what is new to the ledger but was dropped from the edition before."""
    dropped = tuple(filter(None, map(fold_for_snapshot, old.dropped)))
    # A word or two begin much else: they drop only what they say in full.
    telling = tuple(words for words in dropped if len(words.split()) > 2)
    exact = frozenset(dropped)

    def is_dropped(text: str) -> bool:
        return text in exact or (bool(telling) and text.startswith(telling))

    return [
        (block, number)
        for block, number in zip(blocks, numbers, strict=True)
        if number is not None or not is_dropped(fold_for_snapshot(block.text))
    ]


def _with_retired(
    old: Sequence[Paragraph], rows: list[Row], into: Mapping[str, str]
) -> tuple[Row, ...]:
    """Put what has vanished back after the paragraph that it followed."""
    kept = {row.id for row in rows}
    after: dict[str, list[Row]] = {}
    last = ""
    for paragraph in old:
        if paragraph.id in kept:
            last = paragraph.id
        else:
            after.setdefault(last, []).append(
                Row(
                    paragraph.id,
                    paragraph.kind,
                    paragraph.text,
                    paragraph.page,
                    retired=True,
                    merged=into.get(paragraph.id, paragraph.merged),
                )
            )
    found = after.get("", [])
    for row in rows:
        found = [*found, row, *after.get(row.id, [])]
    return tuple(found)


def _out_of_order(order: list[int]) -> list[int]:
    """Return the fewest of *order* without which it would ascend."""
    ends: list[int] = []  # place of the smallest last member of a run of each length
    values: list[int] = []  # and that member
    before: list[int] = []
    for at, number in enumerate(order):
        low = bisect_left(values, number)
        before.append(ends[low - 1] if low else -1)
        ends[low : low + 1] = [at]
        values[low : low + 1] = [number]
    stay = set()
    at = ends[-1] if ends else -1
    while at >= 0:
        stay.add(at)
        at = before[at]
    return [number for at, number in enumerate(order) if at not in stay]


# --- the file --------------------------------------------------------------------------------


def renewed_text(
    text: Text, rows: Sequence[Row], front: Mapping[str, Value], dropped: Sequence[str]
) -> str:
    """Return the source's file with the new ledger, *front*'s keys, and *dropped* added to it.

    A block that says what it said stays letter by letter as it was written.
    """
    tree, body, _ = split_front_matter(text)
    assert isinstance(tree, MappingNode)
    head = _with_front(text.value[:body], tree, front, dropped)
    written = {}
    for block in BLOCK.finditer(text.value, body):
        if mark := _ID.match(block.group()):
            written[f"p{mark[1]}"] = block.group()
    blocks = []
    for row in rows:
        was = written.get(row.id, "")
        fresh = row_text(row)
        blocks.append(was if _says(was) == _says(fresh) else _like(was, fresh))
    line = "\r\n" if "\r\n" in text.value[:body] else "\n"
    return head + line + (line * 2).join(blocks) + line


def _says(block: str) -> str:
    """Return a block without its layout: marks, white space and a heading's level."""
    return " ".join(re.sub(r"^(\[[^\]]*\]) #+ ", r"\1 ## ", " ".join(block.split())).split())


def _like(was: str, fresh: str) -> str:
    """Keep the level that a heading was given."""
    level = re.match(r"\[[^\]]*\]\s+(#{1,6})\s", was)
    return re.sub(r"^(\[[^\]]*\] )#{1,6} ", rf"\g<1>{level[1]} ", fresh) if level else fresh


def _with_front(
    head: str, tree: MappingNode, front: Mapping[str, Value], dropped: Sequence[str]
) -> str:
    """Return *head* with *front*'s values in their places; new keys go to its end, None goes."""
    edits: list[tuple[int, int, str]] = []
    last = head.rstrip().rfind("---")
    added = ""
    for key, value in front.items():
        node = tree.entries.get(key)
        line = yaml_text({key: value})
        if value is None:
            if node is not None:
                end = head.find("\n", max(tree.keys[key].end, node.end)) + 1
                edits.append((head.rfind("\n", 0, tree.keys[key].start) + 1, end, ""))
        elif node is None:
            added += line
        elif isinstance(node, Scalar):
            start = node.start if node.end > node.start else tree.keys[key].end + 1
            space = "" if node.end > node.start else " "
            edits.append((start, max(start, node.end), space + line[len(key) + 2 :].rstrip("\n")))
    if dropped:
        node = tree.entries.get("dropped")
        if isinstance(node, SequenceNode) and node.items and head[node.start] != "[":
            items = yaml_text(list(dropped))
            column = node.start - head.rfind("\n", 0, node.start) - 1
            indented = "".join(" " * column + line + "\n" for line in items.splitlines())
            end = head.find("\n", node.items[-1].end)
            edits.append((end, end, "\n" + indented.rstrip("\n")))
        elif isinstance(node, SequenceNode):
            old = [item.value for item in node.items if isinstance(item, Scalar)]
            block = yaml_text({"dropped": [*old, *dropped]})
            edits.append(
                (node.start, node.end, "\n" + block.partition("\n")[2].rstrip("\n"))
                if not block.startswith("dropped: ")
                else (node.start, node.end, block[9:].rstrip("\n"))
            )
        else:
            added += yaml_text({"dropped": list(dropped)})
    for start, end, words in sorted(edits, reverse=True):
        head = head[:start] + words + head[end:]
        last += len(words) - (end - start)
    return head[:last] + added + head[last:]
