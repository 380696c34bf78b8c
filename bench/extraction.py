"""How well articles are found in pages, beside trafilatura alone, on scrapinghub's benchmark.

    PYTHONPATH=generator python bench/extraction.py FOLDER

FOLDER is a copy of github.com/scrapinghub/article-extraction-benchmark (181 pages, their texts in
``ground-truth.json``). Text F1 is over 4-word shingles, precision and recall averaged over pages;
paragraph F1 counts paragraphs whose letters are all right, over all pages. The ground truth has
neither captions nor standfirsts, so a third row leaves captions out.
"""

import gzip
import json
import re
import sys
from collections import Counter
from pathlib import Path

from bs4 import BeautifulSoup
from trafilatura import bare_extraction

from pincite.base.decoding import decode
from pincite.ingest.dom import read_blocks
from pincite.ingest.metadata import read_metadata
from pincite.ingest.selection import select


def shingles(text: str) -> Counter[tuple[str, ...]]:
    words = re.findall(r"\w+", text)
    count = max(1, len(words) - 3)
    return Counter(tuple(words[at : at + 4]) for at in range(count) if words)


def paragraphs(text: str) -> Counter[str]:
    return Counter(filter(None, (re.sub(r"\W+", "", line) for line in text.split("\n"))))


def score(pairs: list[tuple[str, str]]) -> str:
    precisions, recalls, same = [], [], 0
    right = given = wanted = 0
    for true, found in pairs:
        a, b = shingles(true), shingles(found)
        both = sum((a & b).values())
        precisions.append(both / b.total() if b else 1.0)
        recalls.append(both / a.total() if a else 1.0)
        p, q = paragraphs(true), paragraphs(found)
        right, given, wanted = right + (p & q).total(), given + q.total(), wanted + p.total()
        same += p == q
    precision, recall = sum(precisions) / len(pairs), sum(recalls) / len(pairs)
    text = 2 * precision * recall / (precision + recall)
    return (
        f"text F1 {text:.3f} (P {precision:.3f} R {recall:.3f})  "
        f"paragraph F1 {2 * right / (given + wanted):.3f}  all right {same}/{len(pairs)}"
    )


def main() -> None:
    folder = Path(sys.argv[1])
    truth = json.loads((folder / "ground-truth.json").read_text("utf-8"))
    rows: dict[str, list[tuple[str, str]]] = {}
    for name, entry in sorted(truth.items()):
        text = decode(gzip.decompress((folder / f"html/{name}.html.gz").read_bytes())).text
        document = bare_extraction(text, favor_precision=True, include_comments=False)
        taken = (document.text or "") if document else ""
        soup = BeautifulSoup(text, "html.parser")
        blocks = select(read_blocks(soup), taken, read_metadata(soup).title).blocks
        for what, found in (
            ("trafilatura", taken),
            ("pincite", "\n".join(b.text for b in blocks)),
            ("pincite, no captions", "\n".join(b.text for b in blocks if b.kind != "caption")),
        ):
            rows.setdefault(what, []).append((entry["articleBody"], found))
    for what, pairs in rows.items():
        print(f"{what:22} {score(pairs)}")


if __name__ == "__main__":
    main()
