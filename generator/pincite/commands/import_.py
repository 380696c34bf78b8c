"""``pincite import FORMAT FILE``: another tool's timeline to files to review, and what was lost."""

import json
import sys
from pathlib import Path

import click

from pincite.base.diagnostics import Failure
from pincite.base.near import did_you_mean
from pincite.commands.shared import find_root, project_option

_MOST = 64 * 1024 * 1024


@click.command("import")
@click.argument("format")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--column",
    "columns",
    multiple=True,
    metavar="KEY=HEADER",
    help="With csv: which column holds what, as in `date=When`. May be given several times.",
)
@click.option("--day-first", is_flag=True, help="3/4/2025 is the 3rd of April.")
@click.option("--full", is_flag=True, help="Report every record, not the first few of a kind.")
@click.option("--json", "as_json", is_flag=True, help="The report as JSON.")
@click.option("--dry-run", is_flag=True, help="Report, and write nothing.")
@project_option
def import_(
    format: str,
    file: Path,
    columns: tuple[str, ...],
    day_first: bool,
    full: bool,
    as_json: bool,
    dry_run: bool,
    project: Path | None,
) -> None:
    """Turn FILE, a timeline in FORMAT (or `auto`), into events and sources of this project.

    What the author wrote is never touched, nothing is fetched, and nothing is dropped silently.
    Exit code 1: something was refused, or stands in the way.
    """
    from pincite.authored import write_authored  # noqa: PLC0415
    from pincite.importers.formats import READERS, read_format  # noqa: PLC0415
    from pincite.importers.report import loss_document, loss_report  # noqa: PLC0415
    from pincite.importers.sniff import find_fault, sniff  # noqa: PLC0415
    from pincite.importers.write import read_existing, write_import  # noqa: PLC0415
    from pincite.load.project import EVENTS  # noqa: PLC0415

    root = find_root(project)
    if file.stat().st_size > _MOST:
        raise Failure(f"{file} has more than {_MOST >> 20} MB", help="split it")
    data = file.read_bytes()
    name = format
    if format == "auto":
        name = sniff(file.name, data) or ""
        if not name and (fault := find_fault(data)):
            raise Failure(f"{file.name}: {fault}", help="is it whole? Export or download it anew")
        if not name:
            raise Failure(
                f"{file.name} is in no format that is known",
                help=f"name one: {', '.join(READERS)}; for any table: csv --column date=…",
            )
    elif format not in READERS:
        raise Failure(
            f"there is no format `{format}`",
            help=did_you_mean(format, READERS) or f"there are auto, {', '.join(READERS)}",
        )
    mapping = dict(_pair(column) for column in columns)
    imported = read_format(name, data, file.name, columns=mapping or None, day_first=day_first)
    texts, kinds = _texts_and_kinds(root)
    written = write_import(imported, read_existing(texts, kinds))
    if not dry_run:
        # Sources first, so that what is there when this is broken off can be built.
        for path, text in sorted(written.files, key=lambda file: file[0].startswith(EVENTS[0])):
            write_authored(root, path, text.encode(), before=texts.get(path))
    if as_json:
        click.echo(json.dumps(loss_document(imported, written), ensure_ascii=False, indent=2))
    else:
        click.echo(loss_report(imported, written, full=full).rstrip("\n"))
    refused = any(loss.what == "refused" for loss in (*imported.losses, *written.losses))
    sys.exit(1 if written.conflicts or refused else 0)


def _pair(column: str) -> tuple[str, str]:
    key, equals, header = column.partition("=")
    if not equals or not key.strip() or not header.strip():
        raise Failure(f"--column {column} names no column", help="write --column date=When")
    return key.strip(), header.strip()


def _texts_and_kinds(root: Path) -> tuple[dict[str, str], list[str]]:
    from pincite.load.config import EMPTY, parse_config  # noqa: PLC0415
    from pincite.load.project import EVENTS, SITE, SOURCES, read_project  # noqa: PLC0415

    inputs = read_project(root)
    config = parse_config(inputs.texts[SITE])[0] if SITE in inputs.texts else EMPTY
    folders = (EVENTS[0], SOURCES[0])
    texts = {path: text.value for path, text in inputs.texts.items() if path.startswith(folders)}
    return texts, [kind.id for kind in config.kinds]
