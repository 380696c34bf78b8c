"""A small site with everything that an export has to say or to leave out, read from text."""

import pytest

from pincite.base.diagnostics import Severity
from pincite.base.text import Text
from pincite.link.corpus import link
from pincite.link.entries import Entries
from pincite.load.config import parse_config
from pincite.load.events import parse_events
from pincite.load.names import parse_names
from pincite.load.project import Snapshot, read_defaults
from pincite.load.sources import parse_source
from pincite.plan.urls import Addresses
from pincite.plan.wordfiles import read_words

CONFIG = """
title: Guns & “roses” <b>
description: A test, with commas; and semicolons
url: https://example.org/sub/
author: A. N. Editor
license: CC-BY-4.0
republish: cited
eras:
  - label: The <first> years
    from: -0499
    to: 2025-03
"""

PLACES = """
kyiv: {label: Kyiv, lat: 50.45, lon: 30.52}
"""

LEDGER = f"""---
title: "Guns_and {{50 %}} & #shells"
publisher: The Daily_Paper
authors: [Ann Example, "Bob {{Braces}}"]
published: 2025-02-08
url: https://news.example.com/a%20story?id=1&x=-2#top
language: en
retrieved_at: 2025-02-10T23:30:00-05:00
retrieved_by: A. N. Editor
archives:
  - {{url: "https://archive.example.net/1", at: 2025-02-11, kind: Example Archive}}
snapshot: seeds/ledger.txt
sha256: {"0" * 64}
---

[p1] ## Guns and *shells*

[p2] On 7 February, “about 200” guns went east – said the well-known ministry of defence, naïvely 🙂 enough.

[p3] Nobody has cited this secret paragraph at all.

[p4 retired] It has since vanished from the page.

[p5] More shells are expected to follow the guns by the end of March, officials said on Monday.
"""

CLOSED = """---
title: A closed source
published: "[2025-01-01..2025-01-31]"
published_basis: inferred
republish: none
---

[p1] These words may be quoted but the paragraph around them is not for us to print.
"""

RECORD = """---
title: A mere record
url: https://old.example.com/
---
"""

EVENTS = """
- id: guns
  date: 2025-02-07
  date_text: On 7 February
  date_basis: resolved
  title: "=Guns, “sent”; east"
  kind: shipment
  actors: [Ministry, "@cmd"]
  recipients: [East]
  places: [Kyiv]
  tags: [weapons]
  summary: Two *hundred* guns & more [@ledger p2].
  claims:
    - text: About 200 guns went east.
      attributed_to: The ministry
      confidence: high
      confidence_why: It should know.
      figures:
        - {measure: guns, low: 200, unit: pieces, qualifier: approx}
        - {measure: loss rate, low: 0.5, high: 1.25}
      cite:
        - source: ledger
          quote: "\\"about 200\\" guns went east - said the well-known ministry"
        - source: closed
          quote: These words may be quoted but the paragraph
          stance: disputes
          note: From elsewhere.
          translation: {lang: fr, text: Ces mots, by: ann}
    - text: Somebody said so.
      cite:
        - source: record
          unverified: Not archived yet.
          stance: mentions
    - text: It rained.
      uncited: Common knowledge.
  related: [shells]
  aliases: [guns-old]
  corrections:
    - {date: 2025-03-01, note: The number was <200>.}
    - {date: 2025-03-02, note: And again.}
- id: shells
  date: ../2025-03-31
  title: More shells expected
  kind: shipment
  modality: predicted
  cite:
    - source: ledger
      quote: [More shells are expected, by the end of March]
- id: été-2
  date: 2025-02-07/2025-02-09
  title: Three days
  cite:
    - {source: ledger, paragraph: p5, quote: officials said on Monday}
- id: about
  date: 2024-12-05~
  title: Some day
  cite: [{source: closed, quote: the paragraph around them is not for us to print}]
- id: salamis
  date: -0479-09
  title: Salamis
  claims: [{text: There was a battle., uncited: Everybody knows.}]
- id: bang
  date: Y-13800000000
  title: Bang
  claims: [{text: It began., uncited: Everybody knows.}]
- id: sometime
  date: unknown
  title: Undated
  cite: [{source: record, unverified: Lost.}]
- id: gone
  date: 2025-01-01
  title: Withdrawn
  cite: [{source: ledger, quote: said the well-known ministry of defence}]
  withdrawn: {date: 2025-04-01, note: It was about something else.}
"""


def read_site(**changes):
    """Read the site with lines of its configuration *changes*d, and link it without an error."""
    lines = [line for line in CONFIG.splitlines() if line.split(":")[0] not in changes]
    lines += [f"{key}: {value}" for key, value in changes.items() if value]
    config, found = parse_config(Text("content/site.yaml", "\n".join(lines)))
    events, more = parse_events(Text("content/events/e.yaml", EVENTS))
    places, last = parse_names(Text("content/places.yaml", PLACES))
    found = [*found, *more, *last]
    sources = []
    for id, text in (("ledger", LEDGER), ("closed", CLOSED), ("record", RECORD)):
        source, more = parse_source(Text(f"content/sources/{id}.md", text))
        sources.append(source)
        found += more
    corpus, more = link(
        Entries(config=config, events=events, sources=tuple(sources), pages=(), places=places),
        {"seeds/ledger.txt": Snapshot(sha256="0" * 64, size=7)},
        {},
    )
    errors = [d for d in (*found, *more) if d.severity is Severity.ERROR]
    assert not errors
    return corpus, read_words(config.language, read_defaults())[0], Addresses()


@pytest.fixture(scope="session")
def site():
    """(corpus, words, addresses) of a site with a canonical address."""
    return read_site()


@pytest.fixture(scope="session")
def unplaced():
    """Return the same site without a canonical address."""
    return read_site(url="")


@pytest.fixture(scope="session")
def make_site():
    """Return the reader, for a site with other settings."""
    return read_site
