"""How much of a source is quoted, and where: a strip from its first word to its last."""

from collections.abc import Collection

from pincite.model import Source
from pincite.plan.exhibits import Citing
from pincite.plan.site import Site
from pincite.plan.views import Bar, Coverage

_GAP = 40  # code points between paragraphs, so that they can be told apart


def coverage(
    site: Site, source: Source, citings: tuple[Citing, ...], cited: Collection[str]
) -> Coverage | None:
    """Return the strip; None where there is no text."""
    paragraphs = [p for p in source.paragraphs if not p.retired and p.text]
    if not paragraphs:
        return None
    quoted = merge_ranges(citings)
    gap = min(_GAP, max(1, sum(len(p.text) for p in paragraphs) // (4 * len(paragraphs))))
    total = sum(len(p.text) + gap for p in paragraphs) - gap
    bars, at, covered = [], 0, 0
    for paragraph in paragraphs:
        held = paragraph.id in cited or source.republish == "full"
        length = len(paragraph.text)
        bars.append(_bar("held" if held else "not-held", at, length, total))
        for start, end in quoted.get(paragraph.id, ()):
            bars.append(_bar("quoted", at + start, end - start, total))
            covered += end - start
        at += length + gap
    words = site.words
    share = words(
        "say_per_cent", n=words.number(round(100 * covered / (total - gap * (len(paragraphs) - 1))))
    )
    return Coverage(
        share=share,
        label=words(
            "say_coverage",
            share=share,
            cited=words.number(len(cited)),
            all=words.number(len(paragraphs)),
        ),
        bars=tuple(bars),
    )


def merge_ranges(citings: tuple[Citing, ...]) -> dict[str, list[tuple[int, int]]]:
    """Return, for each paragraph's id, its quoted ranges in order and without overlaps."""
    quoted: dict[str, list[tuple[int, int]]] = {}
    for id, start, end in sorted(part for c in citings for part in c.citation.parts):
        ranges = quoted.setdefault(id, [])
        if ranges and start <= ranges[-1][1]:
            ranges[-1] = (ranges[-1][0], max(end, ranges[-1][1]))
        else:
            ranges.append((start, end))
    return quoted


def _bar(kind: str, start: int, length: int, total: int) -> Bar:
    return Bar(kind=kind, x=_per_cent(start, total), width=_per_cent(length, total))


def _per_cent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.2f}".rstrip("0").rstrip(".") + "%"
