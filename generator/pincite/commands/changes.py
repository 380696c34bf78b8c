"""``pincite changes OLD NEW``: what two editions of a site say differently."""

import json
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import click

from pincite.base.diagnostics import Failure
from pincite.base.shown import printable
from pincite.changes import compare_editions
from pincite.commands.editions import read_published
from pincite.commands.shared import find_root
from pincite.model import CHANGES, Change, Edition, FieldChange

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
@click.option(
    "--write",
    is_flag=True,
    help="Tell them to readers too: add them to content/changes.yaml, the page of changes.",
)
@click.option("--date", "day", help="With --write: when the newer edition appeared (today).")
@click.option("--note", default="", help="With --write: a sentence for readers.")
@click.option(
    "--project",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="With --write: the project's folder; without it, this one or one above it.",
)
def changes(
    old: str,
    new: str,
    form: str,
    exit_code: bool,
    write: bool,
    day: str | None,
    note: str,
    project: Path | None,
) -> None:
    """Say what was added, changed, corrected, withdrawn or removed between OLD and NEW.

    Each is a timeline.json, or the folder or address of a published site.
    """
    if (day or note or project) and not write:
        raise click.UsageError("--date, --note and --project belong to --write")
    found = compare_editions(read_published(old), read_published(new))
    if write:
        _write(found, day, note, project)
    match form:
        case "json":
            click.echo(_json(found))
        case "markdown":
            click.echo("\n".join(_markdown(found)))
        case _:
            click.echo("\n".join(_human(found)))
    sys.exit(1 if exit_code and found else 0)


def _write(found: tuple[Change, ...], day: str | None, note: str, project: Path | None) -> None:
    """Put *found* into the project as the edition of *day*, in place of another of that day."""
    from pincite.authored import write_authored  # noqa: PLC0415
    from pincite.base.text import Text  # noqa: PLC0415
    from pincite.changes import editions_text  # noqa: PLC0415
    from pincite.dates import Date, parse_date  # noqa: PLC0415
    from pincite.load.changes import parse_changes  # noqa: PLC0415
    from pincite.load.project import CHANGES as FILE  # noqa: PLC0415

    date = parse_date(day or f"{datetime.now(UTC):%Y-%m-%d}")
    if not isinstance(date, Date):
        raise Failure(f"--date {day} is no date: {date.message}", help="`--date 2025-02-07`")
    root = find_root(project)
    before: bytes | None = None
    editions: tuple[Edition, ...] = ()
    if (root / FILE).exists():
        try:
            before = (root / FILE).read_bytes()
            editions, problems = parse_changes(Text(FILE, before.decode("utf-8-sig")))
        except (OSError, UnicodeDecodeError):
            raise Failure(f"cannot read {root / FILE}") from None
        if problems:
            raise Failure(
                f"{FILE} has faults: {problems[0].message}", help="`pincite check` tells them all"
            )
    if not found:
        return
    fresh = Edition(date=date, note=note, changes=found)
    kept = [edition for edition in editions if edition.date != date]
    write_authored(root, FILE, editions_text((fresh, *kept)), before=before)
    click.echo(f"{FILE} tells the edition of {date.edtf}.", err=True)


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
    for kind in CHANGES:
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
    for kind in CHANGES:
        number = sum(change.kind == kind for change in found)
        if number:
            counts.append(f"{number:,} {kind}")
    return ", ".join(counts) + "."


def _escaped(text: str) -> str:
    return _MARKDOWN.sub(r"\\\1", _plain(text))


def _plain(text: str) -> str:
    return printable(" ".join(text.split()))
