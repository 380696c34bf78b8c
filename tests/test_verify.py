"""Verification finds every single change of a published site, and names it; and finds nothing else."""

import json
import shutil
from collections.abc import Callable, Iterator
from functools import partial
from hashlib import sha256
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from click.testing import CliRunner

from pincite.commands.verify import verify
from pincite.verify import Fault, Folder, Verdict, verify_site
from pincite.verify.addresses import Target, find_target
from pincite.verify.fault import describe_difference
from pincite.verify.markup import Unreadable, parse_markup
from pincite.verify.page import read_page
from pincite.verify.say import say_verdict
from support import ARTICLE, ROOT, Site, article, event, source

TIMELINE = "data/timeline.json"
SOURCE = "sources/bridge/index.html"
EVENT = "events/closing/index.html"
WHOLE = sha256("\n\n".join(ARTICLE).encode()).hexdigest()
MORE = (
    "The mayor, Ann O’Neil, said that “no bridge” is safe for ever & promised help.",
    "A ferry will run every 20 minutes from the old pier, said the port.",
    "The ferry costs nothing, and the port pays for it.",
)
CLAIMS = """\
- id: closing
  date: 2025-03-03
  date_text: from 3 March 2025
  title: The bridge closes to lorries
  kind: statement
  modality: planned
  corrections: [{date: 2025-02-14, note: The day was given as 4 March.}]
  claims:
    - text: The bridge will be closed to lorries.
      attributed_to: The council
      cite:
        - source: bridge
          quote: The harbour bridge will close to lorries from 3 March 2025
        - {source: bridge, quote: close to lorries from 3 March 2025, stance: mentions}
    - text: Repairs take half a year.
      cite: {source: bridge, quote: expected to take about six months}
- id: segments
  date: 2025-02
  title: Cracks, and months of repairs
  cite:
    source: bridge
    quote: [Engineers found cracks, in late January]
- id: mayor
  date: unknown
  title: The mayor promises help
  claims:
    - text: No bridge is safe for ever.
      attributed_to: Ann O’Neil
      cite: {source: ferry, quote: “no bridge” is safe for ever & promised help}
    - text: The ferry is free.
      cite: {source: ferry, unverified: The timetable is not archived yet.}
"""


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A built site with overlaps, segments, a reference without proof and a withheld text."""
    site = Site(tmp_path_factory.mktemp("verify"))
    site.write("content/sources/ferry.md", source(*MORE, title="Ferry", snapshot="seeds/ferry.txt"))
    site.write("seeds/ferry.txt", article(*MORE))
    site.write("content/events/all.yaml", CLAIMS + event("cracks"))
    site.build()
    assert site.published is not None, site.report
    return site.out


@pytest.fixture
def copy(built: Path, tmp_path: Path) -> Path:
    return shutil.copytree(built, tmp_path / "site")


def look(root: Path) -> Verdict:
    return verify_site(Folder(root))


def change(root: Path, file: str, old: str, new: str) -> None:
    text = (root / file).read_text("utf-8")
    head, main, body = text.partition("<main") if file.endswith(".html") else ("", "", text)
    assert old in body, f"{old!r} is not in {file}"
    (root / file).write_bytes((head + main + body.replace(old, new, 1)).encode())


# --- what is whole ---------------------------------------------------------------------------------


def test_a_site_as_it_was_built_holds(built: Path) -> None:
    verdict = look(built)
    assert verdict.faults == ()
    assert (verdict.events, verdict.citations, verdict.unverified) == (4, 6, 1)


def test_the_example_site_holds(tmp_path: Path) -> None:
    site = Site(tmp_path / "example", bare=True).copy_from(ROOT).build()
    verdict = look(site.out)
    assert verdict.faults == ()
    assert verdict.citations >= 20


@pytest.mark.parametrize("republish", ["full", "cited", "quotes", "none"])
@pytest.mark.parametrize("index_links", [False, True])
def test_every_way_to_reprint_a_source_can_be_verified(
    tmp_path: Path, republish: str, index_links: bool
) -> None:
    site = Site(tmp_path).edit("content/site.yaml", "republish: full", f"republish: {republish}")
    site.write("content/events/all.yaml", CLAIMS.partition("- id: mayor")[0])
    site.build(index_links=index_links)
    assert site.published is not None, site.report
    verdict = look(site.out)
    assert verdict.faults == ()
    assert verdict.withheld == (4 if republish in {"quotes", "none"} else 0)


# --- every single change is found, and named -------------------------------------------------------

TAMPERINGS = {
    # what: (file, old, new, the file that is named, the place, the first that differs)
    "paragraph": (SOURCE, "twelve pillars", "twenty pillars", SOURCE, "paragraph p2", "character 41: expected “l” (U+006C), found “n” (U+006E)"),
    "a letter that looks the same": (SOURCE, "Engineers", "Еngineers", SOURCE, "paragraph p2", "character 1: expected “E” (U+0045), found “Е” (U+0415)"),
    "a space that looks the same": (SOURCE, "six months", "six\u00a0months", SOURCE, "paragraph p3", "found U+00A0 NO-BREAK SPACE"),
    "a space that cannot be seen": (SOURCE, "lorries", "lor\u200bries", SOURCE, "paragraph p1", "found U+200B ZERO WIDTH SPACE"),
    "a paragraph longer by a word": (SOURCE, "six months</mark>.", "six months</mark>, or more.", SOURCE, "paragraph p3", "expected “.” (U+002E), found “,” (U+002C)"),
    "a paragraph cut short": (SOURCE, ", the council said.", "", SOURCE, "paragraph p1", "expected “,” (U+002C), found the end"),
    "interface text in a paragraph": (SOURCE, "six months</mark>.", "six months</mark>.<sup>1</sup>", SOURCE, "paragraph p3", "expected the end, found “1” (U+0031)"),
    "mark moved to other words": (SOURCE, "six months</mark>.", "six</mark> months.", SOURCE, "citation closing-3", "found the end"),
    "anchor of a mark": (SOURCE, 'id="c-closing-3"', 'id="c-closing-4"', SOURCE, "citation closing-3", ""),
    "key of a mark": (SOURCE, 'data-cites="closing-3"', 'data-cites="closing-2"', SOURCE, "citation closing-3", ""),
    "mark for nothing": (SOURCE, "about six months</mark>.", 'about six months</mark><mark data-cites="closing-9">.</mark>', SOURCE, "paragraph p3", ""),
    "the anchor twice": (SOURCE, "<header", '<div id="c-closing-3"></div><header', SOURCE, "#c-closing-3", ""),
    "id of a paragraph": (SOURCE, '<p id="p3"', '<p id="p33"', SOURCE, "paragraph p3", ""),
    "quote on the event's page": (EVENT, "about six months", "about ten months", EVENT, "event closing, citation 3", "character 24: expected “s” (U+0073), found “t” (U+0074)"),
    "quote in the list": ("index.html", "about six months", "about six moons", "index.html", "event closing, citation 3", "expected “n” (U+006E), found “o” (U+006F)"),
    "context on the event's page": (EVENT, "The repairs are", "The works are", EVENT, "event closing, citation 3", "expected “r” (U+0072), found “w” (U+0077)"),
    "link of a citation": (EVENT, "#c-closing-3", "#c-closing-1", EVENT, "event closing, citation 3", ""),
    "link to another site": (EVENT, "../../sources/bridge/#c-closing-3", "https://example.com/#c-closing-3", EVENT, "event closing, citation 3", ""),
    "stance": (EVENT, 'data-stance="mentions"', 'data-stance="disputes"', EVENT, "event closing, citation 2", ""),
    "title": (EVENT, '<h1 class="title">The bridge closes', '<h1 class="title">The bridge opens', EVENT, "event closing", "character 12: expected “c” (U+0063), found “o” (U+006F)"),
    "title in the list": ("index.html", '">The bridge closes', '">A bridge closes', "index.html", "event closing", ""),
    "claim": (EVENT, "Repairs take half a year.", "Repairs take a year.", EVENT, "event closing", "character 14: expected “h” (U+0068), found “a” (U+0061)"),
    "claim added": (EVENT, "<p>Repairs take", "<p>It is sure.</p><p>Repairs take", EVENT, "event closing", ""),
    "attribution": (EVENT, '<p class="by">The council', '<p class="by">The mayor', EVENT, "event closing", ""),
    "date in words": (EVENT, "2025</time> <span", "2026</time> <span", EVENT, "event closing", "character 12: expected “5” (U+0035), found “6” (U+0036)"),
    "date for machines": (EVENT, 'datetime="2025-03-03"', 'datetime="2025-03-04"', EVENT, "event closing", "character 10"),
    "words of the date": ("index.html", "<q>from 3 March", "<q>from 5 March", "index.html", "event closing", ""),
    "EDTF": (EVENT, ">2025-03-03</code>", ">2025-03-05</code>", EVENT, "event closing", "character 10"),
    "modality": ("index.html", 'data-modality="planned"', 'data-modality="occurred"', "index.html", "event closing", ""),
    "kind": ("index.html", 'data-kind="statement"', 'data-kind="test"', "index.html", "event closing", ""),
    "correction": (EVENT, "The day was given as 4 March.", "The day was given as 3 March.", EVENT, "event closing", ""),
    "reason for no proof": ("events/mayor/index.html", "is not archived yet", "is archived", "events/mayor/index.html", "event mayor", ""),
    "cited by": (SOURCE, "../../events/cracks/", "../../events/crack/", SOURCE, "a “cited by” link", ""),
    "JSON: exact": (TIMELINE, '"exact":"expected to take about six months"', '"exact":"expected to take about ten months"', TIMELINE, "event closing, citation 3", "character 24: expected “s” (U+0073), found “t” (U+0074)"),
    "JSON: start": (TIMELINE, '"start":24', '"start":25', TIMELINE, "event closing, citation 2", ""),
    "JSON: negative start": (TIMELINE, '"start":24', '"start":-53', TIMELINE, "event closing, citation 2", ""),
    "JSON: paragraph": (TIMELINE, '"text":"Engineers found', '"text":"Engineers lost', TIMELINE, "source bridge, paragraph p2", ""),
    "JSON: hash of a paragraph": (TIMELINE, f'"sha256":"{sha256(ARTICLE[0].encode()).hexdigest()}"', f'"sha256":"{"0" * 64}"', TIMELINE, "source bridge, paragraph p1", "expected “0” (U+0030)"),
    "JSON: hash of the text": (TIMELINE, f'"text_sha256":"{WHOLE}"', f'"text_sha256":"{"0" * 64}"', TIMELINE, "source bridge", ""),
    "JSON: title": (TIMELINE, '"title":"The bridge closes', '"title":"The bridge opens', EVENT, "event closing", "character 12"),
    "JSON: claim": (TIMELINE, '"text":"Repairs take half', '"text":"Repairs take quarter', EVENT, "event closing", ""),
    "JSON: date": (TIMELINE, '"edtf":"2025-03-03"', '"edtf":"2025-03-13"', TIMELINE, "event closing, date", "character 9: expected “1” (U+0031), found “0” (U+0030)"),
    "JSON: no date": (TIMELINE, '"edtf":"2025-03-03"', '"edtf":"2025-02-30"', TIMELINE, "event closing, date", ""),
    "JSON: label": (TIMELINE, '"label":"3 March 2025"', '"label":"May 2025"', EVENT, "event closing", ""),
    "JSON: number of a citation": (TIMELINE, '"n":3', '"n":4', TIMELINE, "event closing", ""),
    "JSON: address of a citation": (TIMELINE, "#c-closing-3", "#c-closing-1", TIMELINE, "event closing, citation 3", ""),
    "JSON: source of a citation": (TIMELINE, '"source":"ferry"', '"source":"fairy"', TIMELINE, "event mayor, citation 1", ""),
    "JSON: paragraph of a citation": (TIMELINE, '"paragraph":"p3"', '"paragraph":"p9"', TIMELINE, "event closing, citation 3", ""),
    "JSON: format": (TIMELINE, '"pincite/1"', '"pincite/2"', TIMELINE, "format", "character 9"),
    "JSON: type": (TIMELINE, '"n":3', '"n":"3"', TIMELINE, "event closing, claims 2, citations 1, n", ""),
    "JSON: broken": (TIMELINE, '"n":3', '"n":', TIMELINE, "the file", ""),
    "table": ("data/events.csv", "about six months", "about ten months", "data/events.csv", "row 6, column quote", "character 24"),
    "table: title": ("data/events.csv", "The bridge closes", "The bridge opens", "data/events.csv", "row 4, column title", ""),
    "another file of data": ("data/references.json", "Bridge to close", "Bridge to stay", "data/references.json", "the file", ""),
    "a script's place": (SOURCE, "</main>", "<noscript>", SOURCE, "line", ""),
    "a comment that browsers end early": (SOURCE, "six months</mark>.", "six months</mark>.<!--> it is false -->", SOURCE, "line", ""),
    "a tag that closes nothing": (SOURCE, "six months</mark>.", "six months</mark>.</i>", SOURCE, "line", ""),
}  # fmt: skip


@pytest.mark.parametrize("name", TAMPERINGS)
def test_a_single_change_is_found_and_named(copy: Path, name: str) -> None:
    file, old, new, named, where, difference = TAMPERINGS[name]
    change(copy, file, old, new)
    verdict = look(copy)
    own = [f for f in verdict.faults if f.file == named and f.where.startswith(where)]
    assert own, say_verdict(verdict)
    assert any(difference in fault.difference for fault in own), own


def test_text_before_a_byte_order_or_with_another_encoding_is_refused(copy: Path) -> None:
    (copy / SOURCE).write_bytes(
        (copy / SOURCE).read_bytes().replace(b"Engineers", b"Engineers\xff")
    )
    assert any("is not UTF-8" in fault.message for fault in look(copy).faults)


def test_an_event_without_a_page_is_named(copy: Path) -> None:
    shutil.rmtree(copy / "events/closing")
    assert Fault(file=EVENT, where="the page", message="there is no such page") in look(copy).faults


def test_a_page_that_the_data_do_not_know_is_named(copy: Path) -> None:
    shutil.copytree(copy / "events/closing", copy / "events/invented")
    change(copy, "events/invented/index.html", 'id="e-closing"', 'id="e-invented"')
    faults = look(copy).faults
    assert {fault.file for fault in faults} == {"events/invented/index.html"}
    assert {fault.where for fault in faults} == {"the page", "event invented"}


def test_a_site_without_data_proves_nothing(copy: Path) -> None:
    (copy / TIMELINE).unlink()
    assert [fault.file for fault in look(copy).faults] == [TIMELINE]


def test_what_is_forged_in_page_and_data_alike_breaks_the_hash(copy: Path) -> None:
    """Only who recomputes the hashes too goes unseen, and then they are not the published ones."""
    for path in [p for p in copy.rglob("*") if p.suffix in {".html", ".json", ".csv"}]:
        path.write_text(path.read_text("utf-8").replace("six months", "ten months"), "utf-8")
    messages = {(fault.file, fault.where) for fault in look(copy).faults}
    assert (TIMELINE, "source bridge, paragraph p3") in messages
    assert (TIMELINE, "source bridge") in messages


# --- its parts -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("expected", "found", "said"),
    [
        ("1,000", "1,000", ""),
        ("", "x", ""),
        ("10", "11", "character 2: expected “0” (U+0030), found “1” (U+0031) in “11”"),
        ("😀a", "😀b", "character 2: expected “a” (U+0061), found “b” (U+0062) in “😀b”"),
        ("a b", "a\u00a0b", "character 2: expected U+0020 SPACE, found U+00A0 NO-BREAK SPACE in “a\u00a0b”"),
        ("ab", "abc", "character 3: expected the end, found “c” (U+0063) in “abc”"),
        ("e", "e\u0301", "character 2: expected the end, found U+0301 COMBINING ACUTE ACCENT in “e\u0301”"),
    ],
)  # fmt: skip
def test_the_first_that_differs_is_told(expected: str, found: str, said: str) -> None:
    assert describe_difference(expected, found) == said


@pytest.mark.parametrize(
    "html",
    [
        "<p>a<p", "<p>a</p></p>", "<b><i></b></i>", "a < b", "<!-- x -- y -->", "<!-->", "<!--->",
        "<p a=1 a=2>x</p>", "<div/>", "<b>", "<script>x", "<?php ?>", "<![CDATA[x]]>",
        "<a href=x><a href=y></a></a>", "<p><b><div></div></b></p>", "<base href=x>", "<iframe></iframe>",
        '<p class="a"id="b">x</p>', "<select><p>x</p></select>", "<b>" * 300,
    ],
)  # fmt: skip
def test_what_browsers_would_have_to_repair_is_refused(html: str) -> None:
    with pytest.raises(Unreadable):
        parse_markup(html)


def test_plain_markup_is_read_as_the_dom_has_it() -> None:
    root = parse_markup(
        "<!doctype html><ul><li>one<li>two</ul><p>a &amp; b<br>c<p title='x>y'>d"
        "<svg><path d=''/><title>t</title></svg><script>if (a < b) '</p>'</script>"
        "<template><p>unseen</p></template>"
    )
    assert [node.text for node in root.walk() if node.tag in {"li", "p"}] == [
        "one", "two", "a & bc", "dt",
    ]  # fmt: skip


def test_marks_have_their_places_in_code_points() -> None:
    page = read_page(
        '<p id="p1">😀 <mark id="c-a-1" data-cites="a-1">x</mark>'
        '<mark id="c-b-1" data-cites="a-1 b-1"><span id="c-a-1.2"></span>&amp;y</mark></p>'
    )
    first, second = page.passages["p1"].marks
    assert (first.start, first.end, first.keys) == (2, 3, ("a-1",))
    assert (second.start, second.end, second.ids) == (3, 5, ("c-b-1", "c-a-1.2"))


@pytest.mark.parametrize(
    ("file", "href", "target"),
    [
        ("index.html", "sources/a/#c-x-1", Target("sources/a/index.html", "c-x-1")),
        ("events/x/index.html", "../../sources/%C3%A4/#c-%C3%A4-1", Target("sources/ä/index.html", "c-ä-1")),
        ("events/x/index.html", "../../", Target("index.html", "")),
        ("events/x/index.html", "./", Target("events/x/index.html", "")),
        ("events/x/index.html", "#p1:~:text=a", Target("events/x/index.html", "p1")),
        ("a/index.html", "../b/index.html#q", Target("b/index.html", "q")),
        ("a/index.html", "../../b/", None),
        ("a/index.html", "/b/", None),
        ("a/index.html", "//host/b", None),
        ("a/index.html", "javascript:x", None),
        ("a/index.html", "http://[", None),
    ],
)  # fmt: skip
def test_links_lead_to_files(file: str, href: str, target: Target | None) -> None:
    assert find_target(file, href) == target


# --- the command, and a site on the web ------------------------------------------------------------


@pytest.fixture
def serve() -> Iterator[Callable[[Path], str]]:
    servers: list[tuple[ThreadingHTTPServer, Thread]] = []

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *args: object) -> None:
            pass

    def start(root: Path) -> str:
        server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(root)))
        thread = Thread(target=server.serve_forever)
        thread.start()
        servers.append((server, thread))
        return f"http://127.0.0.1:{server.server_port}/"

    yield start
    for server, thread in servers:
        server.shutdown()
        thread.join()
        server.server_close()


def test_a_site_under_a_path_of_the_web_is_verified_by_its_links(
    built: Path, copy: Path, serve: Callable[[Path], str]
) -> None:
    url = serve(copy.parent)
    result = CliRunner().invoke(verify, [url + "site", "--delay", "0", "--json"])
    assert result.exit_code == 0, result.output
    document = json.loads(result.stdout)
    here = look(built)
    assert document["holds"] is True
    assert document["citations"] == here.citations
    unlinked = [p for p in copy.rglob("*.html") if p.name == "404.html" or "embed" in p.parts]
    assert 0 < here.pages - document["pages"] <= len(unlinked)
    change(copy, "index.html", "about six months", "about ten months")
    result = CliRunner().invoke(verify, [url + "site/", "--delay", "0"])
    assert result.exit_code == 1
    assert "index.html: event closing, citation 3: the quotation shown" in result.output


@pytest.mark.parametrize("answer", ["", "/elsewhere"])
def test_a_site_that_cannot_be_read_is_a_failure(
    tmp_path: Path, serve: Callable[[Path], str], answer: str
) -> None:
    result = CliRunner().invoke(verify, [serve(tmp_path) + answer, "--delay", "0"])
    assert result.exit_code == 1
    assert "nothing can be proven" in result.output


def test_the_command_prints_nothing_that_moves_a_terminal(copy: Path) -> None:
    change(copy, EVENT, "about six months", "about \x1b[2Jsix\u202e months")
    result = CliRunner().invoke(verify, [str(copy)])
    assert result.exit_code == 1
    assert "\x1b" not in result.output
    assert "\u202e" not in result.output
    assert "\\u001B[2Jsix\\u202E months" in result.output


def test_quiet_says_nothing_of_what_holds(built: Path) -> None:
    result = CliRunner().invoke(verify, [str(built), "--quiet"])
    assert (result.exit_code, result.output) == (0, "")
