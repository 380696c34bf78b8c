"""``pincite changes OLD NEW``: what two editions of a site say differently."""

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from pincite.base.diagnostics import Failure
from pincite.base.shown import printable
from pincite.changes import KINDS, Change, FieldChange, compare_editions, read_edition

_FILE = "data/timeline.json"
_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#|~])")
_HEADINGS = {
    "added": "Added",
    "changed": "Changed",
    "corrected": "Corrected",
    "withdrawn": "Withdrawn",
    "removed": "Removed",
}


@click.command()
@click.argument("old")
@click.argument("new")
@click.option(
    "--format",
    "form",
    type=click.Choice(("human", "json", "markdown")),
    default="human",
    show_default=True,
    help="How the changes look.",
)
@click.option("--exit-code", is_flag=True, help="Exit with 1 when there are changes.")
def changes(old: str, new: str, form: str, exit_code: bool) -> None:
    """Say what was added, changed, corrected, withdrawn or removed between OLD and NEW.

    Each is a timeline.json, or the folder or address of a published site.
    """
    found = compare_editions(_read(old), _read(new))
    match form:
        case "json":
            click.echo(_json(found))
        case "markdown":
            click.echo("\n".join(_markdown(found)))
        case _:
            click.echo("\n".join(_human(found)))
    sys.exit(1 if exit_code and found else 0)


def _read(name: str) -> dict[str, object]:
    if name.lower().startswith(("http://", "https://")):
        return dict(read_edition(_fetch(name), name))
    path = Path(name)
    path = path / _FILE if path.is_dir() else path
    try:
        return dict(read_edition(path.read_bytes(), str(path)))
    except OSError as problem:
        raise Failure(f"cannot read {path}: {problem.strerror}") from None


def _fetch(url: str) -> bytes:
    from pincite.net.fetch import Limits, fetch, shown  # noqa: PLC0415

    if not url.partition("?")[0].endswith(".json"):
        url = url.removesuffix("index.html").rstrip("/") + "/" + _FILE
    limits = Limits(bytes=500_000_000, seconds=300.0, idle_seconds=30.0)
    answer = fetch(url, limits=limits, allow_private=True, same_origin=True)
    if answer.status != 200:
        raise Failure(f"{shown(url)} answers {answer.status}")
    return answer.body


def _human(found: tuple[Change, ...]) -> Iterator[str]:
    if not found:
        yield "Both say the same."
        return
    for change in found:
        yield _plain(f"{_HEADINGS[change.kind]}: {_name(change)}")
        if change.former_id:
            yield f"  its id was {_plain(change.former_id)}"
        for note in change.notes:
            yield f"  {_plain(note)}"
        for field in change.fields:
            yield f"  {_plain(_say_field(field))}"
    yield ""
    yield _sum(found)


def _markdown(found: tuple[Change, ...]) -> Iterator[str]:
    yield "# Changes"
    yield ""
    if not found:
        yield "Nothing has changed."
        return
    yield _sum(found)
    for kind in KINDS:
        own = [change for change in found if change.kind == kind]
        if not own:
            continue
        yield ""
        yield f"## {_HEADINGS[kind]}"
        yield ""
        for change in own:
            yield f"- {_escaped(_name(change))}"
            if change.former_id:
                yield f"    - its id was {_escaped(change.former_id)}"
            for note in change.notes:
                yield f"    - {_escaped(note)}"
            for field in change.fields:
                yield f"    - {_escaped(_say_field(field))}"


def _json(found: tuple[Change, ...]) -> str:
    document = {
        "format": "pincite-changes/1",
        "changes": [
            {
                "kind": change.kind,
                "what": change.what,
                "id": change.id,
                "title": change.title,
                "url": change.url or None,
                "former_id": change.former_id or None,
                "notes": change.notes,
                "fields": [
                    {"name": field.name, "old": field.old or None, "new": field.new or None}
                    for field in change.fields
                ],
            }
            for change in found
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=1)


def _name(change: Change) -> str:
    return "the site" if change.what == "site" else f"{change.what} {change.id}, “{change.title}”"


def _say_field(field: FieldChange) -> str:
    if not field.old:
        return f"{field.name}: now “{field.new}”"
    if not field.new:
        return f"{field.name}: no longer “{field.old}”"
    return f"{field.name}: “{field.old}” → “{field.new}”"


def _sum(found: tuple[Change, ...]) -> str:
    counts = []
    for kind in KINDS:
        number = sum(change.kind == kind for change in found)
        if number:
            counts.append(f"{number:,} {kind}")
    return ", ".join(counts) + "."


def _escaped(text: str) -> str:
    return _MARKDOWN.sub(r"\\\1", _plain(text))


def _plain(text: str) -> str:
    return printable(" ".join(text.split()))
