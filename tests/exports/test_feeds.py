"""Atom (RFC 4287) and JSON Feed 1.1, read by somebody else's parser and held to the rules' musts."""

import json
import re
from dataclasses import replace
from xml.etree import ElementTree as ET

import feedparser
import pytest

from pincite.exports.atom import write_atom
from pincite.exports.items import LIMIT
from pincite.exports.jsonfeed import write_jsonfeed
from pincite.exports.moments import EPOCH, moment_of_timestamp

ATOM = "{http://www.w3.org/2005/Atom}"
RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
IDS = [
    "https://example.org/sub/events/gone/#withdrawn",
    "https://example.org/sub/events/gone/",
    "https://example.org/sub/events/guns/#correction-2",
    "https://example.org/sub/events/guns/",
    "https://example.org/sub/events/guns/#correction-1",
    "https://example.org/sub/events/%C3%A9t%C3%A9-2/",
    "https://example.org/sub/events/shells/",
    "https://example.org/sub/events/about/",
    "https://example.org/sub/events/salamis/",
    "https://example.org/sub/events/bang/",
    "https://example.org/sub/events/sometime/",
]


@pytest.fixture(scope="module")
def atom(site):
    return ET.fromstring(write_atom(*site))


def test_feedparser_reads_it(site):
    feed = feedparser.parse(write_atom(*site))
    assert not feed.bozo
    assert feed.version == "atom10"
    assert feed.feed.title == "Guns & “roses” <b>"
    assert [entry.id for entry in feed.entries] == IDS
    guns = feed.entries[3]
    assert guns.title == "=Guns, “sent”; east"
    assert guns.published == "2025-02-11T04:30:00Z"
    assert guns.updated == "2025-03-02T00:00:00Z"
    assert "Two hundred guns &amp; more." in guns.content[0].value
    assert 'href="https://example.org/sub/sources/ledger/#c-guns-1"' in guns.content[0].value


def test_what_rfc_4287_demands(atom):
    for parent in (atom, *atom.iter(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert len(parent.findall(f"{ATOM}{name}")) == 1
        assert RFC3339.fullmatch(parent.findtext(f"{ATOM}updated"))
    assert atom.find(f"{ATOM}author/{ATOM}name").text == "A. N. Editor"
    links = {link.get("rel"): link.get("href") for link in atom.findall(f"{ATOM}link")}
    assert links["self"] == "https://example.org/sub/feed.xml"
    ids = [entry.findtext(f"{ATOM}id") for entry in atom.iter(f"{ATOM}entry")]
    assert len(set(ids)) == len(ids)
    updated = [entry.findtext(f"{ATOM}updated") for entry in atom.iter(f"{ATOM}entry")]
    assert updated == sorted(updated, reverse=True)
    assert atom.findtext(f"{ATOM}updated") == updated[0]


def test_what_bears_no_time_gets_the_documented_one(atom):
    last = list(atom.iter(f"{ATOM}entry"))[-1]
    assert last.findtext(f"{ATOM}updated") == EPOCH


def test_json_feed(site):
    feed = json.loads(write_jsonfeed(*site))
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["feed_url"] == "https://example.org/sub/feed.json"
    assert [item["id"] for item in feed["items"]] == IDS
    for item in feed["items"]:
        assert {"id", "url", "title", "content_html", "date_published", "tags"} <= set(item)
        assert RFC3339.fullmatch(item["date_modified"])
        assert item["date_published"] <= item["date_modified"]
        assert not [key for key in item if "." in key]
    assert feed["items"][6]["_pincite"] | {"about": ""} == {
        "about": "",
        "edtf": "../2025-03-31",
        "earliest": "..",
        "latest": "2025-03-31",
        "kind": "shipment",
        "modality": "predicted",
    }


def test_content_is_escaped(site):
    feed = json.loads(write_jsonfeed(*site))
    correction = next(i for i in feed["items"] if i["id"].endswith("#correction-1"))
    assert correction["content_html"] == "<p>1 March 2025: The number was &lt;200&gt;.</p>"


def test_characters_that_xml_lacks(site):
    corpus, *rest = site
    config = replace(corpus.config, title="a\x0bb\ufffe<")
    feed = ET.fromstring(write_atom(replace(corpus, config=config), *rest))
    assert feed.findtext(f"{ATOM}title") == "a\ufffdb\ufffd<"


def test_a_feed_is_bounded(site):
    corpus, *rest = site
    salamis = next(event for event in corpus.events if event.id == "salamis")
    many = tuple(replace(salamis, id=f"e{n}") for n in range(LIMIT + 5))
    feed = json.loads(write_jsonfeed(replace(corpus, events=many), *rest))
    assert len(feed["items"]) == LIMIT
    assert feed["items"][0]["id"].endswith(f"/e{LIMIT + 4}/")


def test_an_empty_site(site):
    corpus, *rest = site
    empty = replace(corpus, events=())
    assert not feedparser.parse(write_atom(empty, *rest)).bozo
    assert json.loads(write_jsonfeed(empty, *rest))["items"] == []


@pytest.mark.parametrize(
    ("timestamp", "moment"),
    [
        ("2025-02-10", "2025-02-10T00:00:00Z"),
        ("2025-02-10T12:00:00Z", "2025-02-10T12:00:00Z"),
        ("2025-02-10 12:00:00.123456789z", "2025-02-10T12:00:00Z"),
        ("2025-02-10t23:30:00-05:00", "2025-02-11T04:30:00Z"),
        ("0001-01-01T00:00:00+05:00", None),
        ("2025-02-30", None),
        ("", None),
    ],
)
def test_moments(timestamp, moment):
    assert moment_of_timestamp(timestamp) == moment
