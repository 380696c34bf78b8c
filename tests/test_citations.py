"""The promise: every citation leads to the very words it quotes, in a text that is what it was.

Held for every golden site and for the repository's own.
"""

import json
import re
from hashlib import sha256

import pytest

from support import ROOT, SITES, built, ids_of, parsed, resolve


def timeline(name):
    return json.loads(built(name)["data/timeline.json"])


def folder(name):
    return ROOT if name == "example" else ROOT / "tests" / "golden" / name


def citations(data):
    for event in data["events"]:
        for claim in event["claims"]:
            for citation in claim["citations"]:
                yield event, citation


def parts_of(citation):
    whole = {key: citation[key] for key in ("paragraph", "start", "end")}
    return [(p["paragraph"], p["start"], p["end"]) for p in citation.get("parts", [whole])]


def same_paragraph(citation):
    return len({id for id, _, _ in parts_of(citation)}) == 1


def quoted_words(citation, paragraphs):
    """Return the quoted characters, paragraph by paragraph; where the text is not given, of `exact`."""
    letters = {}
    for id, start, end in parts_of(citation):
        for at in range(start, end):
            text = paragraphs[id]["text"]
            if text is not None:
                letters[id, at] = text[at]
            elif id == citation["paragraph"]:
                letters[id, at] = citation["exact"][at - citation["start"]]
    ids = dict.fromkeys(id for id, _, _ in parts_of(citation))
    return {id: "".join(v for k, v in sorted(letters.items()) if k[0] == id) for id in ids}


def marked_words(page):
    """Return the marked characters of a source's page: citation's key → paragraph → text."""
    found = {}
    for mark in page.find_all("mark", attrs={"data-cites": True}):
        block = mark.find_parent("p")["id"]
        for key in mark["data-cites"].split():
            words = found.setdefault(key, {})
            words[block] = words.get(block, "") + mark.get_text()
    return found


@pytest.mark.parametrize("index_links", [False, True])
@pytest.mark.parametrize("name", SITES)
def test_every_citation_link_lands_on_the_quoted_words(name, index_links):
    pages, data = parsed(name, index_links=index_links), timeline(name)
    known = {(e["id"], c["n"]): c for e, c in citations(data)}
    sources = {s["id"]: s for s in data["sources"]}
    addresses = {f"sources/{id}/index.html": source for id, source in sources.items()}
    by_fragment = {f"c-{event}-{n}": (event, n) for event, n in known}
    marked = {path: marked_words(pages[path]) for path in addresses}
    ids = {path: set(ids_of(pages[path])) for path in addresses}
    landed = set()
    for path, page in pages.items():
        for link in page.select("a.cite"):
            target, fragment = resolve(path, link["href"])
            assert target in addresses, f"{path}: {link['href']}"
            event, n = by_fragment[fragment]
            source, citation = addresses[target], known[event, n]
            assert citation["source"] == source["id"]
            assert fragment in ids[target], f"{path}: {link['href']}"
            paragraphs = {p["id"]: p for p in source["paragraphs"]}
            words = marked[target].get(f"{event}-{n}", {})
            if source["republish"] == "none":
                assert words == {}
            else:
                assert words == quoted_words(citation, paragraphs)
            landed.add((event, n))
    assert landed == {key for key, citation in known.items() if citation["match"]}


@pytest.mark.parametrize("name", SITES)
def test_the_quotation_beside_a_claim_is_what_is_marked(name):
    known = [citation for _, citation in citations(timeline(name))]
    seen = 0
    for page in parsed(name).values():
        for proof in page.select("figure.proof"):
            link = proof.select_one("a.cite")
            if link is None:
                assert proof.select_one("blockquote.quote") is None, "a quotation without its place"
                continue
            [words] = proof.select("blockquote.quote > p")
            address = link["href"].partition("#")[2]
            [citation] = [c for c in known if c["url"].endswith(f"#{address}")]
            if len(parts_of(citation)) == 1:
                assert words.get_text() == citation["exact"]
            else:
                pieces = re.split(r" (?:\[…\]|…) ", words.get_text())
                assert len(pieces) == len(parts_of(citation))
                first, last = pieces[0], pieces[-1]
                assert citation["exact"].startswith(first)
                assert citation["exact"].endswith(last) or not same_paragraph(citation)
            seen += 1
    assert seen


@pytest.mark.parametrize("name", SITES)
def test_the_data_say_what_the_pages_say(name):
    files, data = built(name), timeline(name)
    sources = {s["id"]: s for s in data["sources"]}
    for event in data["events"]:
        assert resolve("index.html", event["url"])[0] in files
        numbers = [c["n"] for claim in event["claims"] for c in claim["citations"]]
        assert numbers == list(range(1, len(numbers) + 1))
    for _, citation in citations(data):
        target, fragment = resolve("index.html", citation["url"])
        assert target in files
        if fragment:
            assert fragment in ids_of(parsed(name)[target]), citation["url"]
        if not citation["match"]:
            assert citation["exact"] is citation["quote"] is citation["live_url"] is None
            assert citation["unverified"]
            continue
        assert citation["match"] in ("exact", "normalised")
        paragraphs = {p["id"]: p for p in sources[citation["source"]]["paragraphs"]}
        text = paragraphs[citation["paragraph"]]["text"]
        assert len(citation["exact"]) == citation["end"] - citation["start"]
        if text is not None:
            assert citation["exact"] == text[citation["start"] : citation["end"]]
        if citation["match"] == "exact" and "parts" not in citation:
            assert " ".join(citation["exact"].split()) == " ".join(citation["quote"].split())
        original = sources[citation["source"]]["original_url"]
        assert bool(original) == bool(citation["live_url"])
        if original:
            address, _, directive = citation["live_url"].partition("#:~:text=")
            assert address == original.partition("#")[0]
            assert not set(' -&"<>') & set(directive)


@pytest.mark.parametrize("name", SITES)
def test_live_links_are_robust(name):
    """As the Robust Links specification has it: the original, a copy, and always a day."""
    sources = {s["id"]: s for s in timeline(name)["sources"]}
    for event, citation in citations(timeline(name)):
        if not citation["live_url"]:
            continue
        source, page = sources[citation["source"]], parsed(name)[f"events/{event['id']}/index.html"]
        (link, *_) = page.find_all("a", href=citation["live_url"])
        last = source["archives"][-1] if source["archives"] else {"url": None, "at": None}
        assert link["data-originalurl"] == source["original_url"]
        assert link.get("data-versionurl") == last["url"]
        assert link.get("data-versiondate") == (last["at"] or source["retrieved_at"])


@pytest.mark.parametrize("name", SITES)
def test_every_fingerprint_is_right(name):
    for source in timeline(name)["sources"]:
        texts = []
        for paragraph in source["paragraphs"]:
            text = paragraph["text"]
            if text is not None:
                assert sha256(text.encode()).hexdigest() == paragraph["sha256"]
                texts.append(text)
        kept = [p for p in source["paragraphs"] if not p.get("retired")]
        if kept and len(texts) == len(kept):
            assert sha256("\n\n".join(texts).encode()).hexdigest() == source["text_sha256"]
        if source["snapshot_sha256"]:
            front = (folder(name) / "content/sources" / f"{source['id']}.md").read_text("utf-8-sig")
            [line] = [x for x in front.splitlines() if x.startswith("snapshot: ")]
            data = (folder(name) / line.removeprefix("snapshot: ")).read_bytes()
            assert sha256(data).hexdigest() == source["snapshot_sha256"]


@pytest.mark.parametrize("name", SITES)
def test_no_more_is_reprinted_than_is_allowed(name):
    data = timeline(name)
    cited = {
        (c["source"], part[0]) for _, c in citations(data) if c["match"] for part in parts_of(c)
    }
    for source in data["sources"]:
        page = parsed(name)[f"sources/{source['id']}/index.html"]
        for paragraph in source["paragraphs"]:
            held = {
                "full": not paragraph.get("retired"),
                "cited": (source["id"], paragraph["id"]) in cited or paragraph["kind"] == "heading",
            }.get(source["republish"], False)
            assert (paragraph["text"] is not None) == held
            block = page.find(id=paragraph["id"])
            if held:
                assert block.name == "p"
                assert block.get_text() == paragraph["text"]
                assert {c.name for c in block.children if c.name} <= {"mark"}
                for inner in block.find_all(True):
                    assert inner.name == "mark" or (inner.name == "span" and not inner.contents)


def test_only_quoted_words_and_a_line_around_them_are_reprinted_where_only_they_may():
    page = parsed("everything")["sources/letters/index.html"]
    letters = (folder("everything") / "content/sources/letters.md").read_text("utf-8")
    for excerpt in page.select("p .excerpt"):
        assert excerpt.get_text() in letters
        assert len(excerpt.get_text()) < 300
    assert "A second letter" not in page.get_text()


@pytest.mark.parametrize("secret", ["The meeting ended at", "Nobody cites this", "A second letter"])
def test_what_may_not_be_reprinted_stands_in_no_file(secret):
    for path, data in built("everything").items():
        assert secret.encode() not in data, path


@pytest.mark.parametrize("name", SITES)
def test_sources_lead_back_to_all_that_cite_them(name):
    data = timeline(name)
    for source in data["sources"]:
        path = f"sources/{source['id']}/index.html"
        page = parsed(name)[path]
        back = {resolve(path, link["href"])[0] for link in page.select("a.cited-by")}
        assert back == {
            f"events/{event['id']}/index.html"
            for event, citation in citations(data)
            if citation["source"] == source["id"]
        }
