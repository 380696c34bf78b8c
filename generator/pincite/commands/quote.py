"""``pincite quote``: words of a source to the citation that proves them, ready to be pasted."""

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from pincite.base.diagnostics import Failure
from pincite.base.near import did_you_mean
from pincite.base.yamltext import yaml_text
from pincite.commands.shared import find_root, project_option
from pincite.link.quotes import Found, Missed, Place, SourceText, find_quote, quotable_text
from pincite.load.project import SOURCES, read_project
from pincite.load.sources import parse_source
from pincite.model import Source

_AROUND = 60  # characters shown on either side of a passage


@click.command()
@click.argument("source")
@click.argument("words", nargs=-1, required=True)
@click.option("--paragraph", metavar="P7", help="Look in this paragraph only.")
@click.option("--json", "as_json", is_flag=True, help="A JSON object for every place.")
@project_option
def quote(
    source: str, words: tuple[str, ...], paragraph: str | None, as_json: bool, project: Path | None
) -> None:
    """Print the citation of WORDS in SOURCE, or the nearest passages; `-` reads the words."""
    root = find_root(project)
    text = sys.stdin.read() if words == ("-",) else " ".join(words)
    found = _source(root, source)
    passages = quotable_text(found)
    if not passages.ids:
        raise Failure(
            f"`{source}` has no text to quote from",
            help=f"take it in: pincite add --update {source}",
        )
    texts = dict(zip(passages.ids, passages.texts, strict=True))
    if paragraph is not None and paragraph not in texts:
        raise Failure(f"`{source}` has no living paragraph `{paragraph}`")
    result = find_quote(passages, (text.strip(),), paragraph=paragraph, occurrence=None)
    if isinstance(result, Found):
        _print_found(source, [(result, None)], texts, as_json=as_json)
        return
    several = list(_each(passages, text.strip(), result, paragraph))
    if several:
        _print_found(source, several, texts, as_json=as_json)
        click.echo(f"{result.message}: choose one of these.", err=True)
    else:
        _print_missed(source, result, texts, as_json=as_json)
    sys.exit(1)


def make_citation(
    source: str, found: Found, texts: dict[str, str], occurrence: int | None
) -> dict[str, Any]:
    """Return the citation as it is written in an event."""
    exact = [texts[place.paragraph][place.start : place.end] for place in found.parts]
    citation: dict[str, Any] = {"source": source, "paragraph": found.paragraph}
    citation["quote"] = exact[0] if len(exact) == 1 else exact
    if occurrence is not None:
        citation["occurrence"] = occurrence
    return citation


def _source(root: Path, id: str) -> Source:
    inputs = read_project(root)
    folder, endings = SOURCES
    paths = {
        path.rpartition("/")[2].removesuffix(".md"): path
        for path in inputs.texts
        if path.startswith(folder) and path.endswith(endings)
    }
    if id not in paths:
        hint = did_you_mean(id, paths) or f"sources: {', '.join(list(paths)[:12]) or 'none'}"
        raise Failure(f"there is no source `{id}`", help=hint)
    source, _ = parse_source(inputs.texts[paths[id]])
    if source is None:
        raise Failure(f"{paths[id]} cannot be read", help="`pincite check` says why")
    return source


def _each(
    passages: SourceText, text: str, missed: Missed, paragraph: str | None
) -> Iterable[tuple[Found, int | None]]:
    """Yield the places of words that stand in several, each with what tells it from the others."""
    if missed.code not in {"quote-ambiguous", "quote-moved"}:
        return
    moved = [place.paragraph for place in missed.places]
    for name in (
        moved if missed.code == "quote-moved" else (paragraph,) if paragraph else passages.ids
    ):
        one = find_quote(passages, (text,), paragraph=name, occurrence=None)
        if isinstance(one, Found):
            yield one, None
        if isinstance(one, Found) or one.code != "quote-ambiguous":
            continue
        occurrence = 0
        while isinstance(one, Found) or not occurrence:
            occurrence += 1
            one = find_quote(passages, (text,), paragraph=name, occurrence=occurrence)
            if isinstance(one, Found):
                yield one, occurrence


def _print_found(
    source: str, found: list[tuple[Found, int | None]], texts: dict[str, str], *, as_json: bool
) -> None:
    told: dict[str, None] = {}  # each caution once, however many places have it
    for one, occurrence in found:
        citation = make_citation(source, one, texts, occurrence)
        if as_json:
            more = {
                "match": one.match,
                "start": one.start,
                "end": one.end,
                "cautions": [caution.message for caution in one.cautions],
            }
            click.echo(json.dumps({**citation, **more}, ensure_ascii=False))
        else:
            click.echo(yaml_text([citation]), nl=False)
            told.update(dict.fromkeys(caution.message for caution in one.cautions))
    for message in told:
        click.echo(f"caution: {message}", err=True)


def _print_missed(source: str, missed: Missed, texts: dict[str, str], *, as_json: bool) -> None:
    if as_json:
        near = [
            {"paragraph": p.paragraph, "quote": texts[p.paragraph][p.start : p.end]}
            for p in missed.places
        ]
        row = {"source": source, "error": missed.code, "message": missed.message, "nearest": near}
        click.echo(json.dumps({**row, "note": missed.note}, ensure_ascii=False))
        return
    click.echo(f"{source}: {missed.message}", err=True)
    if missed.note:
        click.echo(f"  {missed.note}", err=True)
    for place in missed.places[:5]:
        click.echo(f"  {place.paragraph}: {_shown(place, texts[place.paragraph])}", err=True)
    if missed.help:
        click.echo(f"  help: {missed.help}", err=True)


def _shown(place: Place, text: str) -> str:
    start, end = max(0, place.start - _AROUND), min(len(text), place.end + _AROUND)
    before = ("…" if start else "") + text[start : place.start]
    after = text[place.end : end] + ("…" if end < len(text) else "")
    return f"{before}[{text[place.start : place.end]}]{after}"
