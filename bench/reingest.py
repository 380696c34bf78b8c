"""How well paragraph ids survive a newer edition: simulated edits on generated articles.

    PYTHONPATH=generator python bench/reingest.py [ARTICLES] [--texts FILE]

For every paragraph of the old edition the truth is known: which paragraph of the new one continues
it, if any. *right*: its id leads there (or is retired where nothing continues it); *wrong*: it leads
elsewhere; *dead*: it is retired although it goes on. Of two merged paragraphs only one can give
its id: that of the other leads there by its mark ``retired in p6``, counted apart as *led*, part
of *right*. Of twins, letter by letter, either will do. FILE is JSON with a list of lists of
paragraphs, to measure on real articles.
"""

import json
import random
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from pincite.ingest.alignment import align, find_merged

Edition = list[tuple[str, frozenset[int]]]  # each new paragraph, and the old ones it continues
NAMES = [
    "Kursk",
    "Pyongyang",
    "Seoul",
    "Moscow",
    "Kyiv",
    "Brussels",
    "Washington",
    "Rason",
    "Chongjin",
    "Beijing",
]
WHO = [
    "officials",
    "analysts",
    "residents",
    "soldiers",
    "engineers",
    "diplomats",
    "inspectors",
    "witnesses",
]
DID = [
    "reported",
    "denied",
    "confirmed",
    "described",
    "repeated",
    "questioned",
    "recorded",
    "published",
]
WHAT = [
    "a shipment of ammunition",
    "the loss of a bridge",
    "new deployments near the border",
    "a sharp fall in exports",
    "the arrival of two trains",
    "repairs to the harbour",
    "a visit by the minister",
    "tests of an engine",
    "the closing of a school",
    "strikes on a depot",
    "a survey of the coast",
    "cuts to the budget",
]
WHEN = [
    "on Monday",
    "in late January",
    "by mid-March",
    "since December",
    "in 2024",
    "last week",
    "overnight",
]
MORE = [
    "No figures were given.",
    "The claim could not be checked.",
    "Two people were hurt.",
    "A spokesman would not comment.",
    "Further talks are planned.",
    "The cost was put at {n} million euros.",
    "Some {n} people took part.",
    "It was the {n}th such case.",
    "Neighbouring countries protested.",
]


def make_article(rng: random.Random) -> list[str]:
    """Return 8 to 40 paragraphs: prose, headings, near-twins and true duplicates among them."""
    paragraphs: list[str] = []
    for _ in range(rng.randint(8, 40)):
        kind = rng.random()
        if kind < 0.1:
            paragraphs.append(f"{rng.choice(NAMES)} and {rng.choice(NAMES)} {rng.choice(WHEN)}")
        elif kind < 0.16 and paragraphs:  # a twin that differs in a name or a figure
            twin = rng.choice(paragraphs)
            paragraphs.append(twin.replace(rng.choice(NAMES), rng.choice(NAMES)) + " Again.")
        elif kind < 0.19 and paragraphs:
            paragraphs.append(rng.choice(paragraphs))
        else:
            paragraphs.append(" ".join(_sentence(rng) for _ in range(rng.randint(1, 5))))
    return paragraphs


def _sentence(rng: random.Random) -> str:
    if rng.random() < 0.3:
        return rng.choice(MORE).format(n=rng.randint(2, 900))
    return (
        f"{rng.choice(WHO).capitalize()} in {rng.choice(NAMES)} {rng.choice(DID)} "
        f"{rng.choice(WHAT)} {rng.choice(WHEN)}, {rng.randint(2, 99)} days after {rng.choice(WHO)} "
        f"from {rng.choice(NAMES)} {rng.choice(DID)} {rng.choice(WHAT)}."
    )


def _as_is(old: list[str]) -> Edition:
    return [(text, frozenset({at})) for at, text in enumerate(old)]


def insert(old: list[str], rng: random.Random) -> Edition:
    new = _as_is(old)
    new.insert(rng.randint(0, len(new)), (" ".join(_sentence(rng) for _ in range(3)), frozenset()))
    return new


def delete(old: list[str], rng: random.Random) -> Edition:
    new = _as_is(old)
    del new[rng.randrange(len(new))]
    return new


def fix_typos(old: list[str], rng: random.Random) -> Edition:
    return [(_typo(t, rng) if rng.random() < 0.2 else t, at) for t, at in _as_is(old)]


def _typo(text: str, rng: random.Random) -> str:
    for _ in range(1 + len(text) // 150):
        at = rng.randrange(len(text))
        text = text[:at] + rng.choice("aeinrst") + text[at + rng.randint(0, 1) :]
    return text


def typography(old: list[str], rng: random.Random) -> Edition:
    del rng
    table = str.maketrans({"'": "’", "-": "–"})
    return [(f"“{t.translate(table)}”".replace(" in ", " in\u00a0"), at) for t, at in _as_is(old)]


def merge(old: list[str], rng: random.Random) -> Edition:
    new = _as_is(old)
    at = rng.randrange(len(new) - 1)
    (one, first), (other, second) = new[at : at + 2]
    new[at : at + 2] = [(f"{one} {other}", first | second)]
    return new


def part(old: list[str], rng: random.Random) -> Edition:
    """Part the first long paragraph after a random place in two, at the end of a sentence."""
    new = _as_is(old)
    start = rng.randrange(len(new))
    for at in (*range(start, len(new)), *range(start)):
        text, before = new[at]
        middle = text.find(". ", len(text) // 3)
        if middle > 0:
            new[at : at + 1] = [(text[: middle + 1], before), (text[middle + 2 :], before)]
            break
    return new


def byline(old: list[str], rng: random.Random) -> Edition:
    return [(f"By {rng.choice(NAMES)} Correspondents", frozenset()), *_as_is(old)]


def mixed(old: list[str], rng: random.Random) -> Edition:
    """Insert, delete and mend at once, as a real newer edition does."""
    new = [
        (_typo(t, rng) if rng.random() < 0.15 else t, at)
        for t, at in _as_is(old)
        if rng.random() > 0.08
    ]
    for _ in range(rng.randint(0, 3)):
        new.insert(rng.randint(0, len(new)), (_sentence(rng) + " " + _sentence(rng), frozenset()))
    return new


def move(old: list[str], rng: random.Random) -> Edition:
    new = _as_is(old)
    new.insert(rng.randrange(len(new)), new.pop(rng.randrange(len(new))))
    return new


EDITS: dict[str, Callable[[list[str], random.Random], Edition]] = {
    "insert a paragraph": insert,
    "delete a paragraph": delete,
    "typo fixes in 20 %": fix_typos,
    "smart quotes + NBSP": typography,
    "merge two": merge,
    "part one in two": part,
    "byline first": byline,
    "several at once": mixed,
    "move a paragraph": move,
}


def judge(old: list[str], new: Edition) -> Counter[str]:
    """Count what becomes of the old edition's ids; the same words elsewhere are no other words."""
    texts = [text for text, _ in new]
    ids = align(old, texts)
    where = {number: at for at, number in enumerate(ids) if number is not None}
    merged = find_merged(old, texts, ids)
    found: Counter[str] = Counter()
    for number, text in enumerate(old):
        goes_on = {at for at, (_, before) in enumerate(new) if number in before}
        at = where.get(number, merged.get(number))
        if at is None:
            found["dead" if goes_on else "right"] += 1
            continue
        twins = {old[before] for before in new[at][1]}
        same = at in goes_on or texts[at] == text or text in twins
        found["right" if same else "wrong"] += 1
        found["led"] += number in merged
    return found


def measure(articles: list[list[str]], seed: int = 5) -> dict[str, Counter[str]]:
    rng = random.Random(seed)
    table: dict[str, Counter[str]] = {name: Counter() for name in EDITS}
    for article in articles:
        for name, edit in EDITS.items():
            table[name] += judge(article, edit(article, rng))
    return table


def main() -> None:
    arguments = sys.argv[1:]
    if "--texts" in arguments:
        articles = json.loads(Path(arguments[arguments.index("--texts") + 1]).read_text("utf-8"))
        articles = [article for article in articles if len(article) > 2]
    else:
        rng = random.Random(1)
        count = int(arguments[0]) if arguments else 1000
        articles = [make_article(rng) for _ in range(count)]
    print(f"{len(articles)} articles, {sum(map(len, articles))} paragraphs")
    print(f"{'edit':22} {'right':>8} {'(led)':>8} {'dead':>8} {'wrong':>8}")
    for name, row in measure(articles).items():
        total = row["right"] + row["dead"] + row["wrong"]
        shares = " ".join(f"{100 * row[key] / total:7.2f}%" for key in ("right", "led", "dead"))
        print(f"{name:22} {shares} {row['wrong']:8}")


if __name__ == "__main__":
    main()
