"""A site whose every text is hostile, and the same site with harmless words in the same places."""

import json
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from support import Site, article, source

CLAIMS = 30  # of an event


class Placed(NamedTuple):
    """A payload, and the page on which a reader must find it as it was typed."""

    text: str
    page: str


def write_site(site: Site, payloads: Sequence[str]) -> list[Placed]:
    """Write a project in which each of *payloads* stands in a field; return where it is shown."""
    placed: list[Placed] = []
    left = iter(payloads)

    def take(page: str) -> str:
        text = next(left, "spent")
        placed.append(Placed(text, page))
        return json.dumps(text, ensure_ascii=False)

    site.write("content/site.yaml", _site(take))
    paragraphs = [next(left, f"spent {n} times") for n in range(120)]
    placed += [Placed(text, "sources/evil/index.html") for text in paragraphs]
    front = "".join(f"{key}: {take('sources/evil/index.html')}\n" for key in ("note", "url_note"))
    page = "sources/evil/index.html"
    front += f"authors: [{take(page)}, {take(page)}]\n"
    # A block that begins with a mark of Markdown is more than a paragraph, so words come first.
    blocks = [f"They wrote: {text}" for text in paragraphs]
    written = source(*blocks, title="T", snapshot="seeds/evil.txt", more=front)
    site.write("content/sources/evil.md", written)
    site.write("seeds/evil.txt", article(*blocks))
    number = 0
    while len(placed) < len(payloads):
        number += 1
        site.write(f"content/events/{number}.yaml", "".join(_event(number, take)))
    return placed


def _site(take: Callable[[str], str]) -> str:
    home = "index.html"
    return (
        f"title: {take(home)}\ndescription: {take(home)}\nauthor: {take(home)}\n"
        "url: https://example.org/h/\nrepublish: full\npage_size: 10\n"
        f"kinds:\n  odd: {{label: {take('kinds/odd/index.html')}, "
        f"description: {take('kinds/odd/index.html')}}}\n"
        f"eras: [{{label: {take(home)}, from: 2000, to: 2030}}]\n"
        "warnings: {single-source: ignore, source-unused: ignore, unverified-citation: ignore,\n"
        "  uncited-with-reason: ignore, number-not-quoted: ignore, date-text-not-quoted: ignore}\n"
    )


def _event(number: int, take: Callable[[str], str]) -> Iterator[str]:
    page = f"events/h{number}/index.html"
    yield f"- id: h{number}\n  date: {2000 + number}-01-02\n  kind: odd\n  title: {take(page)}\n"
    yield f"  date_text: {take(page)}\n"
    if number <= 2:  # each makes pages of its own
        for key in ("actors", "recipients", "places", "tags"):
            yield f"  {key}: [{take(page)}]\n"
    yield f"  corrections: [{{date: 2021, note: {take(page)}}}]\n"
    yield f"  withdrawn: {{date: 2021, note: {take(page)}}}\n  claims:\n"
    for claim in range(CLAIMS):
        yield f"  - text: {take(page)}\n    confidence: low\n    confidence_why: {take(page)}\n"
        if claim == 0 and number <= 2:
            yield f"    attributed_to: {take(page)}\n"
            yield f"    figures: [{{measure: {take(page)}, low: 5, unit: {take(page)}}}]\n"
        if claim % 3 == 0:
            yield f"    uncited: {take(page)}\n"
            continue
        yield (
            f"    cite:\n    - source: evil\n      unverified: {take(page)}\n"
            f"      note: {take(page)}\n"
            f"    - source: evil\n      paragraph: p{claim % 9 + 1}\n      quote: They wrote\n"
            f"      note: {take(page)}\n"
            f"      translation: {{lang: de, text: {take(page)}, by: {take(page)}}}\n"
        )
