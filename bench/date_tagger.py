"""How often the date tagger of `draft` gives the annotated value, on TimeML-like data.

    python bench/date_tagger.py timenorm-train.tsv [--wrong]
    python bench/date_tagger.py FOLDER [--wrong]

The file has rows "expression, type, value", tab-separated; the first row of a document is its
date; a blank line ends a document. Each DATE expression is tagged alone, so nothing around it
tells past from future. Vague values (XXXX…, …_REF) are left out.

A FOLDER has whole texts, as TimeML (`*.tml`). There *found* and *value* count the annotated
calendar dates that one of our expressions overlaps, and *precision* the expressions of ours that
overlap an annotated one of any type, and of type DATE or TIME.

An annotated value is compared with ours after these steps: the date without its bounds or its
part (`../2025-03` and `[2025-03-11..2025-03-20]` both become 2025-03, `..` and `~` go), seasons
21-24 become SP SU FA WI, 33-36 Q1-Q4, 40-41 H1 H2, `199X` 199, Monday/Sunday the ISO week and
Saturday/Sunday that week with -WE. *value* asks for the annotated value to be a prefix of ours
(the measure of the published comparison), *same* for the same value in the same precision.
"""

import argparse
import datetime as dt
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

from pincite.dates import Date, parse_date
from pincite.ingest.tagging import find_dates, find_dates_of

_SEASONS = {
    "21": "SP",
    "22": "SU",
    "23": "FA",
    "24": "WI",
    "33": "Q1",
    "34": "Q2",
    "35": "Q3",
    "36": "Q4",
    "40": "H1",
    "41": "H2",
}
_PARAGRAPH = re.compile(r"(?:[^\n]|\n(?!\s*\n))+")
_CALENDAR = re.compile(r"[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?")


def read_documents(path: Path) -> Iterator[tuple[str, list[tuple[str, str, str]]]]:
    for block in path.read_text(encoding="utf-8").strip().split("\n\n"):
        rows = [tuple(line.split("\t")) for line in block.splitlines()]
        yield rows[0][2][:10], [(row[0], row[1], row[2]) for row in rows[1:]]


def to_timex(edtf: str) -> str:
    core = edtf.strip("[]{}").replace("~", "")
    first, _, last = core.replace("..", "/").strip("/").partition("/")
    if last and len(first) == len(last) == 10:
        start, end = (dt.date.fromisoformat(one) for one in (first, last))
        year, week, weekday = start.isocalendar()
        if edtf[0] != "[" and (end - start).days == 6 and weekday == 1:
            return f"{year}-W{week:02d}"
        if edtf[0] != "[" and (end - start).days == 1 and weekday == 6:
            return f"{year}-W{week:02d}-WE"
        if first[:7] == last[:7]:
            return first[:7]
    elif last:
        shared = [a for a, b in zip(first.split("-"), last.split("-"), strict=False) if a == b]
        return "-".join(shared) or first[:3]
    year, _, rest = first.partition("-")
    return f"{year}-{_SEASONS[rest]}" if rest in _SEASONS else first.rstrip("X")


def read_timeml(path: Path) -> tuple[str, str, list[tuple[int, int, str, str]]]:
    """Return the day of a text, the text, and its expressions: start, end, type, value."""
    document = ET.fromstring(path.read_bytes())
    made = document.find("DCT/TIMEX3")
    body = document.find("TEXT")
    assert made is not None
    assert body is not None
    pieces: list[str] = []
    found: list[tuple[int, int, str, str]] = []

    def walk(element: ET.Element) -> None:
        start = sum(map(len, pieces))
        pieces.append(element.text or "")
        for child in element:
            walk(child)
            pieces.append(child.tail or "")
        if element.tag == "TIMEX3":
            end = sum(map(len, pieces))
            found.append((start, end, element.attrib["type"], element.attrib["value"]))

    walk(body)
    return made.attrib["value"][:10], "".join(pieces), sorted(found)


def measure_texts(folder: Path, *, wrong: bool) -> None:
    count: Counter[str] = Counter()
    for path in sorted(folder.glob("*.tml")):
        day, text, annotated = read_timeml(path)
        published = parse_date(day)
        assert isinstance(published, Date)
        paragraphs = [(match.start(), match[0]) for match in _PARAGRAPH.finditer(text)]
        tagged = find_dates_of((words.replace("\n", " ") for _, words in paragraphs), published)
        ours = [
            (at + one.start, at + one.end, to_timex(one.edtf) if one.edtf else "")
            for (at, _), found in zip(paragraphs, tagged, strict=True)
            for one in found
        ]
        for start, end, kind, gold in annotated:
            if kind == "DATE" and _CALENDAR.fullmatch(gold):
                hits = [value for a, b, value in ours if a < end and start < b]
                right = any(value.startswith(gold) for value in hits if value)
                count.update(n=1, found=bool(hits), value=right)
                if wrong and not right:
                    sys.stdout.write(f"{path.name}\t{text[start:end]}\t{gold}\t{hits}\n")
        for start, end, value in ours:
            kinds = {kind for a, b, kind, _ in annotated if a < end and start < b}
            count.update(ours=1, any=bool(kinds), date=bool(kinds & {"DATE", "TIME"}))
            if wrong and not kinds:
                sys.stdout.write(f"{path.name}\t{text[start:end]}\t-\t{value}\n")
    n, m = count["n"], count["ours"]
    sys.stdout.write(
        f"running text: n={n} found={count['found'] / n:.3f} value={count['value'] / n:.3f}; "
        f"ours={m} precision={count['any'] / m:.3f}, of dates {count['date'] / m:.3f}\n"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("table", type=Path)
    parser.add_argument("--wrong", action="store_true", help="list what is not right")
    options = parser.parse_args()
    if options.table.is_dir():
        measure_texts(options.table, wrong=options.wrong)
        return
    counts: dict[str, Counter[str]] = {"calendar": Counter(), "all": Counter()}
    for day, rows in read_documents(options.table):
        published = parse_date(day)
        assert isinstance(published, Date)
        for text, kind, gold in rows:
            if kind in ("DURATION", "SET"):
                counts["all"]["not dates"] += 1
                counts["all"]["not dates, tagged"] += bool(find_dates(text, published))
            if kind != "DATE" or gold.startswith("XX") or gold.endswith("_REF") or text[0] == text:
                continue
            found = find_dates(text, published)
            ours = to_timex(found[0].edtf) if len(found) == 1 and found[0].edtf else ""
            right = bool(ours) and ours.startswith(gold)
            for name in ("all", "calendar") if _CALENDAR.fullmatch(gold) else ("all",):
                counts[name].update(n=1, found=bool(found), value=right, same=ours == gold)
            if options.wrong and not right:
                sys.stdout.write(f"{day}\t{text}\t{gold}\t{ours or '-'}\n")
    for name, count in counts.items():
        n = count["n"]
        sys.stdout.write(
            f"{name}: n={n} found={count['found'] / n:.3f} value={count['value'] / n:.3f} "
            f"same={count['same'] / n:.3f}\n"
        )
    spurious = counts["all"]["not dates, tagged"]
    sys.stdout.write(f"durations and sets: {counts['all']['not dates']}, tagged: {spurious}\n")


if __name__ == "__main__":
    main()
