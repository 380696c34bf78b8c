"""A site with all that can be proven, and single changes of it that verification must name.

The command and the page /verify/ are held to this one table (test_verify.py, browser/test_verify.py).
"""

from hashlib import sha256
from pathlib import Path

from support import ARTICLE, Site, article, event, source

TIMELINE = "data/timeline.json"
SOURCE = "sources/bridge/index.html"
EVENT = "events/closing/index.html"
WHOLE = sha256("\n\n".join(ARTICLE).encode()).hexdigest()
MORE = (
    "The mayor, Ann O’Neil, said that “no bridge” is safe for ever & promised help.",
    "A ferry will run every 20 minutes from the old pier, said the port.",
    "The ferry costs nothing, and the port pays for it.",
)
FERRY = sha256(article(*MORE).encode()).hexdigest()
SNAPSHOT = f"snapshots/{FERRY}.txt"
CLAIMS = """\
- id: closing
  date: 2025-03-03
  date_text: from 3 March 2025
  title: The bridge closes to lorries
  kind: statement
  modality: planned
  actors: [The council]
  corrections: [{date: 2025-02-14, note: The day was given as 4 March.}]
  claims:
    - text: The bridge will be closed to lorries.
      attributed_to: The council
      cite:
        - source: bridge
          quote: The harbour bridge will close to lorries from 3 March 2025
        - {source: bridge, quote: close to lorries from 3 March 2025, stance: mentions}
    - text: Repairs take half a year.
      figures: [{measure: Cost of the repairs, low: 2500, high: 3000.5, unit: euros, qualifier: at-least}]
      cite:
        source: bridge
        quote: expected to take about six months
        note: Only the larger repairs are meant.
        translation: {lang: de, text: etwa sechs Monate}
- id: cost
  date: 2025-02-01
  title: What it costs
  claims: [{text: It costs nothing., uncited: Nobody has said yet.}]
  withdrawn: {date: 2025-02-15, note: It was made up.}
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


def build_site(root: Path) -> Path:
    """Build a site with overlaps, segments, a reference without proof and a withheld text."""
    site = Site(root)
    ferry = source(
        *MORE, title="Ferry", snapshot="seeds/ferry.txt", more="publish_snapshot: true\n"
    )
    bridge = source(
        *ARTICLE, snapshot="seeds/bridge.txt", more="url: https://gazette.example/bridge\n"
    )
    site.write("content/sources/bridge.md", bridge)
    site.write("content/sources/ferry.md", ferry)
    site.write("seeds/ferry.txt", article(*MORE))
    site.write("content/events/all.yaml", CLAIMS + event("cracks"))
    site.build()
    assert site.published is not None, site.report
    return site.out


def change(root: Path, file: str, old: str, new: str) -> None:
    """Change the first *old* in *file*, below the head of a page."""
    text = (root / file).read_text("utf-8")
    head, main, body = text.partition("<main") if file.endswith(".html") else ("", "", text)
    assert old in body, f"{old!r} is not in {file}"
    (root / file).write_bytes((head + main + body.replace(old, new, 1)).encode())


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
    "note": (EVENT, "Only the larger repairs", "Only the smaller repairs", EVENT, "event closing, citation 3", "character 10: expected “l” (U+006C), found “s” (U+0073)"),
    "translation": (EVENT, "etwa sechs Monate", "etwa zehn Monate", EVENT, "event closing, citation 3", "character 6"),
    "link to the original": (EVENT, "https://gazette.example/bridge#", "https://gazette.example/bride#", EVENT, "event closing, citation 1", "character 29"),
    "words of the link to the original": (EVENT, "close%20to%20lorries%20from%203%20March", "close%20to%20lorries%20from%204%20March", EVENT, "event closing, citation 1", ""),
    "name": (EVENT, ">The council</a></dd>", ">The county</a></dd>", EVENT, "event closing", ""),
    "figure": (EVENT, "<dd>2,500–", "<dd>3,500–", EVENT, "event closing", "character 1: expected “2” (U+0032), found “3” (U+0033)"),
    "measure of a figure": (EVENT, "Cost of the repairs", "Cost of the bridge", EVENT, "event closing", "character 13"),
    "unit of a figure": (EVENT, '<span class="unit">euros', '<span class="unit">pounds', EVENT, "event closing", "character 1"),
    "qualifier of a figure": (EVENT, 'data-qualifier="at-least"', 'data-qualifier="exact"', EVENT, "event closing", ""),
    "reason for no citation": ("events/cost/index.html", "Nobody has said yet", "Somebody has said", "events/cost/index.html", "event cost", ""),
    "withdrawn": ("events/cost/index.html", "It was made up", "It was found", "events/cost/index.html", "event cost", ""),
    "JSON: figure": (TIMELINE, '"low":2500', '"low":2501', EVENT, "event closing", "character 4: expected “1” (U+0031), found “0” (U+0030)"),
    "JSON: not withdrawn": (TIMELINE, ',"withdrawn":{"date":"2025-02-15","note":"It was made up."}', "", "events/cost/index.html", "event cost", ""),
    "title of a source": (SOURCE, ">Bridge to close</h1>", ">Bridge to stay</h1>", SOURCE, "source bridge", "character 11: expected “c” (U+0063), found “s” (U+0073)"),
    "hash shown of a snapshot": ("sources/ferry/index.html", f"<span>{FERRY[:8]}</span>", f"<span>{'0' * 8}</span>", "sources/ferry/index.html", "source ferry", "character 1"),
    "link to an archived copy": (SOURCE, 'href="https://archive.example/1"', 'href="https://archive.example/2"', SOURCE, "source bridge", ""),
    "cited by": (SOURCE, "../../events/cracks/", "../../events/crack/", SOURCE, "a “cited by” link", ""),
    "snapshot": (SNAPSHOT, "20 minutes", "30 minutes", SNAPSHOT, "source ferry, paragraph p2", ""),
    "snapshot: what is no paragraph": (SNAPSHOT, "from the old", "from  the old", SNAPSHOT, "source ferry", "character"),
    "JSON: hash of a snapshot": (TIMELINE, f'"snapshot_sha256":"{FERRY}"', f'"snapshot_sha256":"{"0" * 64}"', SNAPSHOT, "source ferry", "expected “0” (U+0030)"),
    "JSON: address of a snapshot": (TIMELINE, f'"snapshot_url":"snapshots/{FERRY}.txt"', '"snapshot_url":"snapshots/x.txt"', "snapshots/x.txt", "source ferry", ""),
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
    "JSON: quote": (TIMELINE, '"quote":"expected to take about six months"', '"quote":"expected to take about ten months"', TIMELINE, "event closing, citation 3", "character 24"),
    "JSON: quote in segments": (TIMELINE, '"quote":"Engineers found cracks … in', '"quote":"Engineers found no cracks … in', TIMELINE, "event segments, citation 1", "character 17"),
    "JSON: match": (TIMELINE, '"match":"exact"', '"match":"normalised"', TIMELINE, "event cracks, citation 1", ""),
    "JSON: live_url": (TIMELINE, '"live_url":"https://gazette.example/bridge#', '"live_url":"https://gazette.example/#', TIMELINE, "event cracks, citation 1", ""),
    "JSON: words of live_url": (TIMELINE, "will%20close%20to%20lorries", "will%20open%20to%20lorries", TIMELINE, "event closing, citation 1", ""),
    "JSON: note": (TIMELINE, "Only the larger repairs", "Only the smaller repairs", EVENT, "event closing, citation 3", ""),
    "JSON: name": (TIMELINE, '"actors":["The council"]', '"actors":["The county"]', EVENT, "event closing", ""),
    "JSON: title of a source": (TIMELINE, '"title":"Bridge to close"', '"title":"Bridge to stay"', SOURCE, "source bridge", "character 11: expected “s” (U+0073), found “c” (U+0063)"),
    "JSON: original": (TIMELINE, '"original_url":"https://gazette.example/bridge"', '"original_url":"https://gazette.example/bride"', SOURCE, "source bridge", ""),
    "JSON: a text taken out": (TIMELINE, f'"text":"{ARTICLE[2]}"', '"text":null', TIMELINE, "source bridge, paragraph p3", ""),
    "JSON: how much is reprinted": (TIMELINE, '"republish":"full"', '"republish":"quotes"', TIMELINE, "source bridge, paragraph p1", ""),
    "JSON: id of a paragraph": (TIMELINE, '"id":"p3"', '"id":"p9"', TIMELINE, "event closing, citation 3", ""),
    "JSON: a paragraph twice": (TIMELINE, '"id":"p3"', '"id":"p2"', TIMELINE, "source bridge, paragraphs 3", ""),
    "JSON: a key twice": (TIMELINE, '"n":3', '"n":3,"n":3', TIMELINE, "the file", ""),
    "JSON: a key twice, written in two ways": (TIMELINE, '"n":3', r'"\u006e":4,"n":3', TIMELINE, "the file", ""),
    "JSON: half a character": (TIMELINE, '"note":"Only', r'"note":"\ud800Only', TIMELINE, "event closing, claims 2, citations 1, note", ""),
    "JSON: no words": (TIMELINE, '"end":49', '"end":0', TIMELINE, "event closing, citation 3", ""),
    "JSON: a word that is none of its kind": (TIMELINE, '"match":"exact"', '"match":"fuzzy"', TIMELINE, "event cracks, claims 1, citations 1, match", ""),
    "JSON: missing": (TIMELINE, '"stance":"mentions",', "", TIMELINE, "event closing, claims 1, citations 2, stance", ""),
    "JSON: a byte order mark": (TIMELINE, '{"events"', '\ufeff{"events"', TIMELINE, "the file", ""),
    "JSON: the key of a prototype": (TIMELINE, '"id":"mayor"', '"id":"__proto__"', TIMELINE, "event __proto__, citation 1", ""),
    "JSON: nothing but a list": (TIMELINE, '{"events":[', "[[", TIMELINE, "the file", ""),
    "JSON: no number": (TIMELINE, '"n":3', '"n":NaN', TIMELINE, "the file", ""),
    "JSON: type": (TIMELINE, '"n":3', '"n":"3"', TIMELINE, "event closing, claims 2, citations 1, n", ""),
    "JSON: broken": (TIMELINE, '"n":3', '"n":', TIMELINE, "the file", ""),
    "table": ("data/events.csv", "about six months", "about ten months", "data/events.csv", "row 7, column quote", "character 24"),
    "table: title": ("data/events.csv", "The bridge closes", "The bridge opens", "data/events.csv", "row 5, column title", ""),
    "another file of data": ("data/references.json", "Bridge to close", "Bridge to stay", "data/references.json", "the file", ""),
    "a script's place": (SOURCE, "</main>", "<noscript>", SOURCE, "line", ""),
    "a comment that browsers end early": (SOURCE, "six months</mark>.", "six months</mark>.<!--> it is false -->", SOURCE, "line", ""),
    "a tag that closes nothing": (SOURCE, "six months</mark>.", "six months</mark>.</i>", SOURCE, "line", ""),
}  # fmt: skip
