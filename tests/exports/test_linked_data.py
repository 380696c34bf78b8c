"""Web Annotations and schema.org, expanded by PyLD with contexts of our own: nothing is fetched."""

import json
from dataclasses import replace
from urllib.parse import parse_qs

import pytest
from bs4 import BeautifulSoup
from pyld import jsonld

from pincite.dates import parse_date
from pincite.exports.annotations import write_annotations
from pincite.exports.jsonld import event_json_ld
from pincite.plan.exhibits import EventNames, exhibits_of
from support import SITES, built

OA, SCHEMA = "http://www.w3.org/ns/oa#", "https://schema.org/"
# The terms that are used here, as the Web Annotation vocabulary defines them.
ANNO = {
    "@context": {
        "@vocab": "urn:undefined:",
        "oa": OA,
        "as": "http://www.w3.org/ns/activitystreams#",
        "id": {"@id": "@id", "@type": "@id"},
        "type": {"@id": "@type", "@type": "@vocab"},
        **{
            name: f"oa:{name}"
            for name in (
                "Annotation",
                "FragmentSelector",
                "TextQuoteSelector",
                "TextPositionSelector",
                "TimeState",
                "exact",
                "prefix",
                "suffix",
                "start",
                "end",
                "sourceDate",
            )
        },
        "AnnotationPage": "as:OrderedCollectionPage",
        "AnnotationCollection": "as:OrderedCollection",
        "linking": "oa:linking",
        "motivation": {"@id": "oa:motivatedBy", "@type": "@vocab"},
        "body": {"@id": "oa:hasBody", "@type": "@id"},
        "target": {"@id": "oa:hasTarget", "@type": "@id"},
        "source": {"@id": "oa:hasSource", "@type": "@id"},
        "selector": {"@id": "oa:hasSelector", "@type": "@id"},
        "state": {"@id": "oa:hasState", "@type": "@id"},
        "refinedBy": {"@id": "oa:refinedBy", "@type": "@id"},
        "conformsTo": {"@id": "http://purl.org/dc/terms/conformsTo", "@type": "@id"},
        "cached": {"@id": "oa:cachedSource", "@type": "@id"},
        "value": "http://www.w3.org/1999/02/22-rdf-syntax-ns#value",
        "created": {
            "@id": "http://purl.org/dc/terms/created",
            "@type": "http://www.w3.org/2001/XMLSchema#dateTime",
        },
        "modified": {
            "@id": "http://purl.org/dc/terms/modified",
            "@type": "http://www.w3.org/2001/XMLSchema#dateTime",
        },
        "label": "http://www.w3.org/2000/01/rdf-schema#label",
        "creator": "http://purl.org/dc/terms/creator",
        "name": "http://xmlns.com/foaf/0.1/name",
        "total": "as:totalItems",
        "first": {"@id": "as:first", "@type": "@id"},
        "last": {"@id": "as:last", "@type": "@id"},
        "partOf": {"@id": "as:partOf", "@type": "@id"},
        "startIndex": "as:startIndex",
        "items": {"@id": "as:items", "@type": "@id", "@container": "@list"},
    }
}
CONTEXTS = {
    "http://www.w3.org/ns/anno.jsonld": ANNO,
    "https://schema.org": {
        "@context": {
            "@vocab": SCHEMA,
            "url": {"@type": "@id"},
            "archivedAt": {"@type": "@id"},
        }
    },
}


def expand(text):
    def load(url, _options):
        return {"document": CONTEXTS[url], "documentUrl": url, "contextUrl": None}

    return jsonld.expand(json.loads(text), {"documentLoader": load, "base": "urn:base:"})


@pytest.fixture(scope="module")
def page(site):
    return json.loads(write_annotations(*site))


def test_annotations_are_linked_data(site):
    (page,) = expand(write_annotations(*site))
    assert "urn:undefined:" not in json.dumps(page)
    items = page["http://www.w3.org/ns/activitystreams#items"][0]["@list"]
    assert [item["@id"].partition("#")[2] for item in items] == [
        "shells-1",
        "about-1",
        "gone-1",
        "guns-1",
        "guns-2",
        "été-2-1",
    ]
    for item in items:
        assert item["@type"] == [f"{OA}Annotation"]
        assert item[f"{OA}hasTarget"]


def test_the_local_target_finds_the_words(page):
    item = next(i for i in page["items"] if i["id"].endswith("#guns-1"))
    local, live = item["target"]
    assert item["body"] == "https://example.org/sub/events/guns/#claim-1"
    assert local["source"] == "https://example.org/sub/sources/ledger/"
    assert local["selector"]["value"] == "p2"
    quote, position = local["selector"]["refinedBy"]
    assert quote["exact"] == "“about 200” guns went east – said the well-known ministry"
    assert quote["prefix"] == "On 7 February, "
    assert quote["suffix"] == " of defence, naïvely 🙂 enough."
    assert position["end"] - position["start"] == len(quote["exact"])
    assert live["source"] == "https://news.example.com/a%20story?id=1&x=-2#top"
    assert live["state"]["sourceDate"] == "2025-02-11T04:30:00Z"
    assert live["state"]["cached"][1] == "https://archive.example.net/1"


def test_who_made_it_and_when_come_from_the_content(page):
    items = {item["id"].partition("#")[2]: item for item in page["items"]}
    assert {json.dumps(item["creator"]) for item in items.values()} == {'{"name": "A. N. Editor"}'}
    # The source was retrieved; the event was corrected later, or withdrawn; or neither is known.
    assert (items["shells-1"]["created"], "modified" in items["shells-1"]) == (
        "2025-02-11T04:30:00Z",
        False,
    )
    assert items["guns-1"]["modified"] == "2025-03-02T00:00:00Z"
    assert items["gone-1"]["modified"] == "2025-04-01T00:00:00Z"
    assert items["about-1"]["created"] == "2025-01-31T00:00:00Z"
    assert page["partOf"]["creator"] == {"name": "A. N. Editor"}


def test_each_segment_is_a_target(page):
    item = next(i for i in page["items"] if i["id"].endswith("#shells-1"))
    exact = [t["selector"]["refinedBy"][0]["exact"] for t in item["target"][:2]]
    assert exact == ["More shells are expected", "by the end of March"]
    assert item["body"] == "https://example.org/sub/events/shells/"


def test_no_text_leaks_that_may_not_be_reprinted(site, page):
    item = next(i for i in page["items"] if i["id"].endswith("#about-1"))
    assert "refinedBy" not in item["target"][0]["selector"]
    text = write_annotations(*site).decode()
    assert "may be quoted but" not in text.replace(
        "These words may be quoted but the paragraph", ""
    )
    assert "secret paragraph" not in text


def test_no_annotations_without_an_address(unplaced):
    assert write_annotations(*unplaced) is None


def graph(site, id, **changes):
    corpus = site[0]
    exhibit = next(x for x in exhibits_of(corpus) if x.event.id == id)
    exhibit = replace(exhibit, event=replace(exhibit.event, **changes))
    wanted = {*exhibit.event.actors, *exhibit.event.places, *exhibit.event.tags}
    names = EventNames(
        actors=tuple(n for n in corpus.actors if n.id in wanted),
        recipients=(),
        places=tuple(n for n in corpus.places if n.id in wanted),
        tags=tuple(n for n in corpus.tags if n.id in wanted),
    )
    return event_json_ld(exhibit, names, "", corpus.config.url, "../../")


def test_schema_org(site):
    nodes = {node["@id"]: node for node in expand(graph(site, "guns"))}
    base = "https://example.org/sub/"
    event = nodes[f"{base}events/guns/#event"]
    assert event["@type"] == [f"{SCHEMA}Event"]
    assert event[f"{SCHEMA}startDate"] == [{"@value": "2025-02-07"}]
    claim = nodes[f"{base}events/guns/#claim-1"]
    assert claim[f"{SCHEMA}appearance"] == [{"@id": f"{base}sources/ledger/#c-guns-1"}]
    assert claim[f"{SCHEMA}citation"] == [{"@id": f"{base}sources/closed/#c-guns-2"}]
    quotation = nodes[f"{base}sources/ledger/#c-guns-1"]
    assert quotation["@type"] == [f"{SCHEMA}Quotation"]
    (article,) = quotation[f"{SCHEMA}isPartOf"]
    assert nodes[article["@id"]][f"{SCHEMA}datePublished"] == [{"@value": "2025-02-08"}]


@pytest.mark.parametrize(
    ("edtf", "start", "end"),
    [
        ("2025-02-07/2025-03-14", "2025-02-07", "2025-03-14"),
        ("..2025-02-07/2025-03-14", None, None),  # nobody knows when it began
        ("2025-02-07/2025-03-14..", "2025-02-07", None),
    ],
)
def test_an_end_that_may_lie_further_out_is_not_given(site, edtf, start, end):
    nodes = json.loads(graph(site, "guns", date=parse_date(edtf)))["@graph"]
    event = next(node for node in nodes if node["@id"].endswith("events/guns/#event"))
    assert (event.get("startDate"), event.get("endDate")) == (start, end)


def test_every_reference_within_the_graph_leads_somewhere(site):
    text = graph(site, "guns")
    nodes = json.loads(text)["@graph"]
    ids = {node["@id"] for node in nodes}
    assert len(ids) == len(nodes)
    referred = [node.get("subjectOf", []) + node.get("appearance", []) for node in nodes]
    assert {r["@id"] for group in referred for r in group} <= ids


@pytest.mark.parametrize(
    ("id", "start", "end"),
    [("été-2", "2025-02-07", "2025-02-09"), ("about", None, None), ("salamis", None, None)],
)
def test_only_plain_dates(site, id, start, end):
    node = json.loads(graph(site, id))["@graph"][0]
    assert (node.get("startDate"), node.get("endDate")) == (start, end)


def test_what_did_not_happen_is_no_event(site):
    for modality in ("predicted", "hypothetical", "denied"):
        types = [n["@type"] for n in json.loads(graph(site, "guns", modality=modality))["@graph"]]
        assert "Event" not in types
        assert "Claim" in types
    assert graph(site, "gone") == ""
    assert "ClaimReview" not in graph(site, "guns")


def test_nothing_can_end_the_script(site):
    text = graph(site, "guns", title="</script><!-- & -->")
    assert not set(text) & set("<>&")
    assert json.loads(text)["@graph"][0]["name"] == "</script><!-- & -->"


def test_addresses_are_relative_without_a_base(unplaced):
    nodes = json.loads(graph(unplaced, "guns"))["@graph"]
    assert nodes[0]["@id"] == "../../events/guns/#event"
    assert all(node["@id"].startswith("../../") for node in nodes)


# --- what Zotero and search engines for scholars read on the page of a source ----------------------


@pytest.mark.parametrize("name", SITES)
def test_a_source_is_described_alike_in_all_vocabularies(name):
    files = built(name)
    zotero = {"article-newspaper": "newspaperArticle"}
    for item in json.loads(files["data/references.json"]):
        page = BeautifulSoup(files[f"sources/{item['id']}/index.html"], "html.parser")
        given = {meta["name"]: meta["content"] for meta in page.find_all("meta", attrs={"name": True})}  # fmt: skip
        coins = parse_qs(page.select_one("span.Z3988")["title"])
        authors = [author["literal"] for author in item.get("author", [])]
        for tag in ("citation_author", "DC.creator"):
            assert [meta["content"] for meta in page.find_all("meta", attrs={"name": tag})] == authors  # fmt: skip
        assert coins.get("rft.creator", []) == authors
        for key, highwire, dublin, kev in (
            ("title", "citation_title", "DC.title", "rft.title"),
            ("publisher", "citation_publisher", "DC.publisher", "rft.publisher"),
            ("language", "citation_language", "DC.language", "rft.language"),
            ("URL", "citation_public_url", "DC.identifier", "rft.identifier"),
            ("container-title", "", "", "rft.source"),
        ):
            said = [given.get(tag) for tag in (highwire, dublin) if tag]
            assert {*said, *coins.get(kev, [None])} == {item.get(key)}, key
        assert coins["rft.type"] == [zotero.get(item["type"], item["type"])]
        assert given.get("citation_publication_date", "").replace("/", "-") == given.get("DC.date", "")  # fmt: skip
        assert coins.get("rft.date", [""]) == [given.get("DC.date", "")]
        assert coins["rft_val_fmt"] == ["info:ofi/fmt:kev:mtx:dc"]
        assert "citation_journal_title" not in given  # it would make a paper of a journal of it
