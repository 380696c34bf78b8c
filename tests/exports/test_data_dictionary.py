"""docs/data.md is true: it names every file, every column and every key, and no others."""

import json
import re
from pathlib import Path

from pincite.exports.csv_table import COLUMNS
from pincite.exports.datapackage import DATAPACKAGE
from pincite.exports.items import LIMIT
from pincite.exports.moments import EPOCH
from pincite.exports.sitemap import SITEMAP
from pincite.exports.table import EXPORTS
from support import built

DOCS = Path(__file__).parents[2] / "docs"
TEXT = (DOCS / "data.md").read_text("utf-8")
SCHEMA = json.loads((DOCS / "schema/timeline.schema.json").read_text("utf-8"))


def section(heading):
    return re.split(r"^#+ ", TEXT.partition(f"\n{heading}\n")[2], maxsplit=1, flags=re.MULTILINE)[0]


def keys(text):
    """Return the names in the first column of the table in *text*."""
    cells = re.findall(r"^\| (`[^|]*) \|", text, re.MULTILINE)
    return [name for cell in cells for name in re.findall(r"`([^`]+)`", cell)]


def test_every_file_is_listed():
    listed = keys(TEXT.partition("\n## ")[0])
    paths = {export.path for export in EXPORTS} | {DATAPACKAGE, SITEMAP}
    assert len(listed) == len(paths)
    assert set(listed) == paths


def test_every_column_is_described():
    rows = re.findall(
        r"^\| `(\w+)` \| (\w+) \| (.*) \|$", section("## data/events.csv"), re.MULTILINE
    )
    assert rows == [tuple(column) for column in COLUMNS]


def test_every_key_of_the_schema_is_described():
    kinds = SCHEMA["$defs"]
    for heading, properties in (
        ("### An event", kinds["event"]["properties"]),
        ("### A claim", kinds["claim"]["properties"]),
        ("### A citation", kinds["citation"]["properties"] | kinds["pointer"]["properties"]),
        ("### A source", kinds["source"]["properties"]),
        ("## data/timeline.json", SCHEMA["properties"]),
    ):
        assert set(keys(section(heading))) == set(properties), heading


def test_numbers_are_those_of_the_code():
    feeds = section("## feed.xml and feed.json")
    assert f"The {LIMIT} newest" in feeds
    assert EPOCH in feeds


def names_in(value):
    match value:
        case dict():
            return {*value, *(name for one in value.values() for name in names_in(one))}
        case list():
            return {name for one in value for name in names_in(one)}
    return set()


def test_no_field_of_a_whole_site_is_undocumented():
    """What is really written, to the deepest key, stands in the text and in the schema."""
    files = built("everything")
    timeline = json.loads(files["data/timeline.json"])
    said = set(re.findall(r"`([a-z_0-9]+)`", TEXT))
    assert names_in(timeline) - said == set()
    assert names_in(timeline) - names_in(SCHEMA) == set()
    losses = json.loads(files["data/timelinejs.losses.json"])
    feed = json.loads(files["feed.json"])
    own = {name for item in feed["items"] for name in item["_pincite"]}
    assert (set(losses) | names_in(losses["events"]) | own) - said == set()
