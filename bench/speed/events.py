"""Made-up events and sources, always the same, as Pincite and as Hugo read them.

An event has one to three citations; a site of N events has N/10 sources of twelve paragraphs. The
first event has a file of its own, so that editing it is editing one event.
"""

import datetime as dt
import hashlib
import json
import random
from pathlib import Path

CATEGORIES = ["deployment", "shipment", "statement", "sanction", "strike", "agreement"]
ACTORS = [
    "Norland",
    "Sudavia",
    "Ostria",
    "Kelmark",
    "Varenia",
    "Teluria",
    "Arkona",
    "Belmoria",
    "Cassia",
    "Dravia",
    "Eldmark",
    "Farrow Union",
    "Gorland",
    "Harvia",
    "Ismark",
    "Jorland",
    "Kirovia",
    "Lethia",
    "Marland",
    "Nordia",
]
WORDS = [
    "the",
    "of",
    "and",
    "to",
    "in",
    "a",
    "that",
    "for",
    "on",
    "with",
    "as",
    "by",
    "at",
    "from",
    "it",
    "was",
    "were",
    "has",
    "have",
    "had",
    "its",
    "their",
    "this",
    "which",
    "ministry",
    "defence",
    "official",
    "report",
    "government",
    "parliament",
    "committee",
    "briefing",
    "spokesman",
    "general",
    "colonel",
    "minister",
    "president",
    "agency",
    "intelligence",
    "analyst",
    "observer",
    "satellite",
    "image",
    "photo",
    "port",
    "railway",
    "border",
    "depot",
    "warehouse",
    "factory",
    "convoy",
    "vessel",
    "cargo",
    "container",
    "aircraft",
    "drone",
    "missile",
    "artillery",
    "ammunition",
    "shell",
    "rocket",
    "launcher",
    "vehicle",
    "engine",
    "unit",
    "brigade",
    "regiment",
    "battalion",
    "division",
    "soldier",
    "officer",
    "instructor",
    "technician",
    "engineer",
    "volunteer",
    "contractor",
    "shipment",
    "delivery",
    "transfer",
    "export",
    "import",
    "purchase",
    "contract",
    "agreement",
    "treaty",
    "protocol",
    "statement",
    "letter",
    "note",
    "announced",
    "confirmed",
    "denied",
    "reported",
    "estimated",
    "suggested",
    "claimed",
    "warned",
    "declared",
    "published",
    "recorded",
    "observed",
    "arrived",
    "departed",
    "crossed",
    "entered",
    "left",
    "moved",
    "stored",
    "loaded",
    "unloaded",
    "inspected",
    "tested",
    "repaired",
    "replaced",
    "damaged",
    "approximately",
    "nearly",
    "more",
    "less",
    "than",
    "about",
    "around",
    "several",
    "dozens",
    "hundreds",
    "thousands",
    "first",
    "second",
    "third",
    "last",
    "next",
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
    "Monday",
    "Tuesday",
    "Friday",
    "north",
    "south",
    "east",
    "west",
    "northern",
    "southern",
    "eastern",
    "western",
    "coastal",
    "central",
    "regional",
    "local",
    "foreign",
    "domestic",
    "joint",
    "new",
    "old",
    "recent",
    "earlier",
    "later",
    "additional",
    "further",
    "previous",
    "current",
    "strategic",
    "technical",
    "military",
    "civilian",
    "economic",
    "week",
    "month",
    "year",
    "day",
    "morning",
    "evening",
    "night",
    "quarter",
    "period",
    "stage",
    "phase",
    "round",
    "meeting",
    "visit",
    "talks",
    "exercise",
    "training",
    "river",
    "bridge",
    "road",
    "airfield",
    "station",
    "harbour",
    "region",
    "province",
    "district",
    "capital",
    "town",
    "village",
    "camp",
    "base",
    "range",
    "zone",
    "sanctions",
    "exports",
    "prices",
    "fuel",
    "grain",
    "steel",
    "equipment",
    "supplies",
    "support",
    "assistance",
    "aid",
    "funding",
    "budget",
    "cost",
    "tonnes",
    "source",
    "document",
    "record",
    "archive",
    "article",
    "paragraph",
    "photograph",
    "video",
    "channel",
    "newspaper",
    "broadcaster",
    "correspondent",
    "said",
    "told",
    "added",
    "wrote",
    "described",
    "noted",
    "according",
    "during",
    "after",
    "before",
    "since",
    "until",
    "while",
    "between",
    "against",
    "under",
    "over",
    "not",
    "no",
    "other",
    "another",
    "same",
    "such",
    "both",
    "each",
    "many",
    "most",
    "some",
    "any",
    "few",
    "all",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
]
SPECIAL = ["“quoted remarks”", "R&D", "Müller", "São Telmo", "’s", "20–30", "€4m", "3 < 5"]
PUBLISHERS = ["Daily Record", "EU Wire", "Harbour Post", "The Northern Observer"]
EPOCH = dt.date(2015, 1, 1)
DAYS = 3653  # ten years


def sentence(rng, n):
    w = rng.choices(WORDS, k=n)
    if rng.random() < 0.15:
        w[rng.randrange(1, n)] = rng.choice(SPECIAL)
    w[0] = w[0][:1].upper() + w[0][1:]
    return " ".join(w) + "."


def paragraph(rng, words):
    out = []
    while words > 0:
        n = rng.randint(9, 19)
        out.append(sentence(rng, n))
        words -= n
    return " ".join(out)


def model(n, seed=7):
    rng = random.Random(seed)
    ns = max(1, n // 10)
    sources = [
        {
            "id": f"s{i:05d}",
            "title": "Report " + sentence(rng, 7)[:-1].replace(": ", " "),
            "publisher": rng.choice(PUBLISHERS),
            "date": (EPOCH + dt.timedelta(rng.randrange(DAYS))).isoformat(),
            "paragraphs": [paragraph(rng, 54) for _ in range(12)],
        }
        for i in range(1, ns + 1)
    ]
    events = []
    for i in range(1, n + 1):
        cites = []
        for _ in range(rng.randint(1, 3)):
            s = sources[rng.randrange(ns)]
            k = rng.randrange(12)
            w = s["paragraphs"][k].split(" ")
            ln = rng.randint(8, 20)
            a = rng.randrange(max(1, len(w) - ln))
            cites.append({"source": s["id"], "paragraph": k + 1, "quote": " ".join(w[a : a + ln])})
        p1, p2 = paragraph(rng, 45).split(" "), paragraph(rng, 45).split(" ")
        a = rng.randrange(3, 20)
        p1[a] = "**" + p1[a].strip("*.,<&") + "**" if p1[a].isalpha() else "**troops**"
        a = rng.randrange(22, 35)
        p1[a] = "**units**"
        a = rng.randrange(3, 30)
        p2[a] = f"[the full account](https://example.org/news/{i}?ref=a&n={i % 97})"
        events.append(
            {
                "id": f"e{i:06d}",
                "title": sentence(rng, 8)[:-1],
                "date": (EPOCH + dt.timedelta(rng.randrange(DAYS))).isoformat(),
                "category": rng.choice(CATEGORIES),
                "actors": rng.sample(ACTORS, rng.randint(1, 3)),
                "summary": sentence(rng, 18),
                "citations": cites,
                "body": " ".join(p1) + "\n\n" + " ".join(p2) + "\n",
            }
        )
    return events, sources


def q(text):
    """A JSON string is a double-quoted scalar of YAML, too."""
    return json.dumps(text, ensure_ascii=False)


def put(root, rel, text):
    path = Path(root) / rel
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8", newline="\n")


def yaml_event(e, extra=()):
    lines = [
        "---",
        "id: " + e["id"],
        "title: " + q(e["title"]),
        "date: " + e["date"],
        "category: " + e["category"],
        "actors: [" + ", ".join(map(q, e["actors"])) + "]",
        "summary: " + q(e["summary"]),
        *extra,
        "citations:",
    ]
    for c in e["citations"]:
        lines += [
            "  - source: " + c["source"],
            f"    paragraph: {c['paragraph']}",
            "    quote: " + q(c["quote"]),
        ]
    return "\n".join([*lines, "---", ""]) + e["body"]


def yaml_source(s, extra=()):
    lines = [
        "---",
        "id: " + s["id"],
        "title: " + q(s["title"]),
        "publisher: " + q(s["publisher"]),
        "date: " + s["date"],
        *extra,
        "paragraphs:",
    ]
    lines += ["  - " + q(p) for p in s["paragraphs"]]
    return "\n".join([*lines, "---", ""])


def years(events):
    return sorted({e["date"][:4] for e in events})


def hugo(events, sources, out):
    for e in events:
        put(out, f"content/events/{e['id']}.md", yaml_event(e))
    for s in sources:
        put(out, f"content/sources/{s['id']}.md", yaml_source(s))
    for y in years(events):
        put(out, f"content/timeline/{y}.md", f'---\ntitle: "{y}"\nyear: "{y}"\n---\n')


def pincite(events, sources, out):
    """Pincite's own form : one file of events a year, a ledger file and a snapshot a source."""
    put(
        out,
        "content/site.yaml",
        "title: Annotated timeline\nurl: https://example.org/timeline/\nlanguage: en\n"
        "republish: full\nkinds:\n"
        + "".join(f"  {c}: {{label: {c.title()}}}\n" for c in CATEGORIES),
    )
    first, rest = events[0], events[1:]  # the event that the rebuild edits has a file of its own
    for name, some in [
        (first["id"], [first]),
        *((y, [e for e in rest if e["date"].startswith(y)]) for y in years(events)),
    ]:
        rows = []
        for e in some:
            rows += [
                f"- id: {e['id']}",
                f"  date: {e['date']}",
                f"  title: {q(e['title'])}",
                f"  kind: {e['category']}",
                f"  actors: [{', '.join(map(q, e['actors']))}]",
                "  summary: |",
            ]
            rows += ["    " + line if line else "" for line in e["body"].rstrip("\n").split("\n")]
            rows += ["  claims:", f"    - text: {q(e['summary'])}", "      cite:"]
            for c in e["citations"]:
                rows += [
                    f"        - source: {c['source']}",
                    f"          paragraph: p{c['paragraph']}",
                    f"          quote: {q(c['quote'])}",
                ]
        put(out, f"content/events/{name}.yaml", "\n".join(rows) + "\n")
    for s in sources:
        raw = "\n\n".join(s["paragraphs"]) + "\n"
        put(out, f"seeds/{s['id']}.txt", raw)
        put(
            out,
            f"content/sources/{s['id']}.md",
            f"---\ntitle: {q(s['title'])}\npublisher: {q(s['publisher'])}\npublished: {s['date']}\npublished_basis: stated\n"
            f"url: https://example.org/{s['id']}\nlanguage: en\nretrieved_at: 2025-12-31T00:00:00Z\n"
            f"snapshot: seeds/{s['id']}.txt\nsha256: {hashlib.sha256(raw.encode()).hexdigest()}\n---\n\n"
            + "\n\n".join(f"[p{i}] {p}" for i, p in enumerate(s["paragraphs"], 1))
            + "\n",
        )
