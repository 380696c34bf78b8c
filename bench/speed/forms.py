"""Writes the same events and sources as each program reads them: ``python forms.py FORM N FOLDER``.

The file of the first event is the one that is edited, so in every form it has a file of its own.
"""

import argparse
import hashlib
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import events as made
from events import Event, Source

ADDRESS = "https://timeline.example/"
HELD = 20_000  # events of which the text is held before it is written


def quoted(text: str) -> str:
    """Return a string of JSON, which is one of YAML too."""
    return json.dumps(text, ensure_ascii=False)


def put(folder: Path, path: str, text: str, *, more: bool = False) -> None:
    target = folder / path
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("a" if more else "w", encoding="utf-8", newline="\n") as file:
        file.write(text)


def event_head(event: Event, *extra: str) -> str:
    """Return an event as front matter in YAML, and its text."""
    lines = [
        "---",
        f"id: {event.id}",
        f"title: {quoted(event.title)}",
        f"date: {event.date}",
        f"category: {event.kind}",
        f"actors: [{', '.join(map(quoted, event.actors))}]",
        f"summary: {quoted(event.summary)}",
        *extra,
        "citations:",
    ]
    for cited in event.citations:
        lines += [
            f"  - source: {cited.source}",
            f"    paragraph: {cited.paragraph}",
            f"    quote: {quoted(cited.quote)}",
        ]
    return "\n".join([*lines, "---", ""]) + event.body


def source_head(source: Source, *extra: str) -> str:
    lines = [
        "---",
        f"id: {source.id}",
        f"title: {quoted(source.title)}",
        f"publisher: {quoted(source.publisher)}",
        f"date: {source.date}",
        *extra,
        "paragraphs:",
        *(f"  - {quoted(text)}" for text in source.paragraphs),
    ]
    return "\n".join([*lines, "---", ""])


def write_hugo(count: int, plain: bool, out: Path) -> None:
    """Hugo's form, which the floor reads too."""
    sources = made.make_sources(count, plain=plain)
    years = set()
    for event in made.make_events(count, sources, plain=plain):
        put(out, f"content/events/{event.id}.md", event_head(event))
        years.add(event.date[:4])
    for source in sources:
        put(out, f"content/sources/{source.id}.md", source_head(source))
    for year in sorted(years):
        put(out, f"content/timeline/{year}.md", f'---\ntitle: "{year}"\nyear: "{year}"\n---\n')


def write_eleventy(count: int, plain: bool, out: Path) -> None:
    sources = made.make_sources(count, plain=plain)
    for event in made.make_events(count, sources, plain=plain):
        put(out, f"content/events/{event.id}.md", event_head(event))
    for source in sources:
        put(out, f"content/sources/{source.id}.md", source_head(source))


def write_pelican(count: int, plain: bool, out: Path) -> None:
    """Pelican's metadata: `key: value` in lines, a line for each of several."""
    sources = made.make_sources(count, plain=plain)
    for event in made.make_events(count, sources, plain=plain):
        head = [
            f"Title: {event.title}",
            f"Date: {event.date}",
            f"Slug: {event.id}",
            f"Category: {event.kind}",
            f"Actors: {', '.join(event.actors)}",
            f"Summary: {event.summary}",
            *(f"Citation: {c.source}|{c.paragraph}|{c.quote}" for c in event.citations),
        ]
        put(out, f"content/events/{event.id}.md", "\n".join(head) + "\n\n" + event.body)
    for source in sources:
        head = [
            f"Title: {source.title}",
            f"Date: {source.date}",
            f"Slug: {source.id}",
            f"Publisher: {source.publisher}",
            *(f"Para: {text}" for text in source.paragraphs),
        ]
        put(out, f"content/pages/{source.id}.md", "\n".join(head) + "\n\n")


def write_docs(count: int, plain: bool, out: Path) -> dict[str, list[Event]]:
    """Write what MkDocs and Zensical share; return the events of each year."""
    sources = made.make_sources(count, plain=plain)
    years: dict[str, list[Event]] = {}
    for event in made.make_events(count, sources, plain=plain):
        put(out, f"docs/events/{event.id}.md", event_head(event, "template: event.html"))
        years.setdefault(event.date[:4], []).append(event)
    for source in sources:
        put(out, f"docs/sources/{source.id}.md", source_head(source, "template: source.html"))
    return dict(sorted(years.items()))


def write_mkdocs(count: int, plain: bool, out: Path) -> None:
    years = write_docs(count, plain, out)
    put(out, "docs/index.md", "---\ntitle: Timeline\ntemplate: home.html\n---\n")
    for year in years:
        head = f'---\ntitle: "{year}"\nyear: "{year}"\ntemplate: year.html\n---\n'
        put(out, f"docs/timeline/{year}.md", head)


def write_zensical(count: int, plain: bool, out: Path) -> None:
    """Templates of Zensical see no other pages: its years are written out, here, beforehand."""
    years = write_docs(count, plain, out)
    home = "".join(f"- [{year}](timeline/{year}.md)\n" for year in years)
    put(out, "docs/index.md", f"---\ntitle: Timeline\ntemplate: home.html\n---\n{home}")
    for year, some in years.items():
        rows = ["---", f'title: "{year}"', "template: main.html", "---", f"# {year}", ""]
        for event in sorted(some, key=lambda e: (e.date, e.id)):
            said = event.summary.replace("<", "&lt;")
            rows.append(f"- {event.date} [{event.title}](../events/{event.id}.md): {said}")
        put(out, f"docs/timeline/{year}.md", "\n".join(rows) + "\n")


def write_pincite(count: int, plain: bool, out: Path) -> None:
    """Pincite's form: events by year, month or day, with at most a thousand or so in a file."""
    kinds = "".join(f"  {kind}: {{label: {kind.title()}}}\n" for kind in made.KINDS)
    put(
        out,
        "content/site.yaml",
        f"title: Annotated timeline\nurl: {ADDRESS}\nlanguage: en\nrepublish: full\n"
        f"kinds:\n{kinds}",
    )
    sources = made.make_sources(count, plain=plain)
    letters = 4 if count <= 10_000 else 7 if count <= 120_000 else 10
    files: dict[str, list[str]] = {}
    for number, event in enumerate(made.make_events(count, sources, plain=plain), 1):
        name = event.id if number == 1 else event.date[:letters]
        files.setdefault(name, []).append("\n".join(event_rows(event)) + "\n")
        if number % HELD == 0 or number == count:
            for held, rows in files.items():
                put(out, f"content/events/{held}.yaml", "".join(rows), more=True)
            files = {}
    for source in sources:
        raw = "\n\n".join(source.paragraphs) + "\n"
        put(out, f"seeds/{source.id}.txt", raw)
        put(out, f"content/sources/{source.id}.md", "\n".join(source_rows(source, raw)) + "\n")


def event_rows(event: Event) -> Iterator[str]:
    yield f"- id: {event.id}"
    yield f"  date: {quoted(event.when)}"
    yield f"  title: {quoted(event.title)}"
    yield f"  kind: {event.kind}"
    if event.expected:
        yield "  modality: predicted"
    yield f"  actors: [{', '.join(map(quoted, event.actors))}]"
    yield "  summary: |"
    for line in event.body.rstrip("\n").split("\n"):
        yield "    " + line if line else ""
    yield "  claims:"
    yield f"    - text: {quoted(event.summary)}"
    if event.figure:
        measure, voice, low, high = event.figure
        yield f"      attributed_to: {quoted(voice)}"
        yield f"      figures: [{{measure: {quoted(measure)}, low: {low}, high: {high}}}]"
    yield "      cite:"
    for cited in event.citations:
        yield f"        - source: {cited.source}"
        yield f"          paragraph: p{cited.paragraph}"
        yield f"          quote: {quoted(cited.quote)}"


def source_rows(source: Source, raw: str) -> Iterator[str]:
    yield "---"
    yield f"title: {quoted(source.title)}"
    yield f"publisher: {quoted(source.publisher)}"
    yield f"published: {source.date}"
    yield "published_basis: stated"
    yield f"url: https://example.org/{source.id}"
    yield f"archives: [{{url: https://archive.example.org/{source.id}}}]"
    yield f"language: {source.language}"
    yield "retrieved_at: 2025-12-31T00:00:00Z"
    yield f"snapshot: seeds/{source.id}.txt"
    yield f"sha256: {hashlib.sha256(raw.encode()).hexdigest()}"
    yield "---\n"
    yield "\n\n".join(f"[p{at}] {text}" for at, text in enumerate(source.paragraphs, 1))


FORMS: dict[str, Callable[[int, bool, Path], None]] = {
    "hugo": write_hugo,
    "eleventy": write_eleventy,
    "pelican": write_pelican,
    "mkdocs": write_mkdocs,
    "zensical": write_zensical,
    "pincite": write_pincite,
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("form", choices=sorted(FORMS))
    parser.add_argument("count", type=int)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--plain", action="store_true", help="nothing that others cannot say")
    told = parser.parse_args()
    FORMS[told.form](told.count, told.plain, told.folder)


if __name__ == "__main__":
    main()
