"""The same payloads where text is read as something else: Markdown, names of keys, tables."""

import json
import re
import sys
import unicodedata

import pytest

from hostile.payloads import texts
from pincite.base.text import Text
from pincite.importers.formats import read_format
from pincite.importers.write import Existing, write_import
from pincite.load.config import parse_config
from pincite.load.events import parse_events
from pincite.load.sources import parse_source
from pincite.report import render_findings
from support import ROOT

PAYLOADS = texts()
PER_FILE = 90  # keys; of more findings in a file only the number is told
CONTROLS = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]")


@pytest.fixture(scope="module")
def targets():
    """Return what is fuzzed: each target holds what must be true of anything."""
    sys.path.insert(0, str(ROOT / "fuzz"))
    import targets

    yield targets
    sys.path.remove(str(ROOT / "fuzz"))


def test_no_payload_gets_through_markdown(targets):
    """Elements and attributes are those of a short list, and addresses lead to the web."""
    for payload in PAYLOADS[::3]:  # each in fifteen places
        line = " ".join(payload.split())
        written = (
            f"{payload}\n\n[x]({line}) [x](<{line}>) ![{line}]({line}) <{line}> [{line}][r]\n\n"
            f"# {line}\n\n- {payload}\n\n> {payload}\n\n| a |\n|---|\n| {line} |\n\n```{line}\n"
            f'{payload}\n```\n\n    {payload}\n\n[x](https://e.example "{line}")\n\n[r]: {line}\n'
        )
        targets.markdown(written.encode("utf-8", "surrogateescape"))


@pytest.mark.parametrize("place", ["events", "site", "source", "claims"])
def test_no_payload_gets_through_as_a_key(place):
    told = 0
    for at in range(0, len(PAYLOADS), PER_FILE):
        some = dict.fromkeys(PAYLOADS[at : at + PER_FILE])
        keys = [f"{json.dumps(key, ensure_ascii=False)}: x" for key in some]
        match place:
            case "events":
                text = Text("content/events/a.yaml", "- id: a\n" + indented(keys, 2))
                _, found = parse_events(text)
            case "claims":
                head = "- id: a\n  claims:\n  - text: x\n"
                text = Text("content/events/a.yaml", head + indented(keys, 4))
                _, found = parse_events(text)
            case "site":
                text = Text("content/site.yaml", "title: x\n" + indented(keys, 0))
                _, found = parse_config(text)
            case _:
                text = Text("content/sources/a.md", f"---\ntitle: x\n{indented(keys, 0)}---\n\nx\n")
                _, found = parse_source(text)
        told += sum(d.code in ("unknown-key", "yaml-key", "yaml-syntax") for d in found)
        for form in ("human", "short", "github"):
            shown = render_findings(found, {text.path: text}, format=form, color=False, width=100)
            assert not CONTROLS.search(shown), (form, CONTROLS.search(shown))
        json.loads(render_findings(found, {text.path: text}, format="json", color=False, width=100))
    assert told > 1_000


def indented(lines, width):
    return "".join(f"{' ' * width}{line}\n" for line in lines)


def test_a_table_of_payloads_becomes_events_that_say_the_same():
    """What is imported is written as YAML, and read back as it was."""
    plain = [" ".join(p.split()) for p in PAYLOADS[::2]]
    rows = [["date", "title", "summary"]]
    rows += [["2025-01-02", p, p] for p in plain if p.isprintable() and len(p) < 200]
    table = "".join(",".join('"' + c.replace('"', '""') + '"' for c in row) + "\n" for row in rows)
    columns = {"date": "date", "title": "title", "summary": "summary"}
    imported = read_format("csv", table.encode(), "a.csv", columns=columns)
    written = write_import(imported, Existing())
    titles = set()
    for path, text in written.files:
        assert re.fullmatch(r"content/(events|sources)/[a-z0-9.-]+\.(yaml|md)", path)
        if path.startswith("content/events/"):
            events, _ = parse_events(Text(path, text))
            titles |= {event.title for event in events}
            for event in events:
                letters = [c for c in event.id if not unicodedata.category(c).startswith("M")]
                assert re.fullmatch(r"[\w-]+", "".join(letters)), ascii(event.id)
    # Cells are read as HTML; what is none has to come through letter by letter.
    given = {row[1] for row in rows[1:] if not set(row[1]) & set("<&")}
    lost = given - titles
    assert len(given) > 500
    assert len(lost) < len(given) / 20, sorted(lost)[:20]
