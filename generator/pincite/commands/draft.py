"""``pincite draft SOURCE``: events proposed from its dated sentences, to be reviewed."""

from pathlib import Path

import click

from pincite.base.diagnostics import Failure
from pincite.base.near import did_you_mean
from pincite.commands.shared import find_root, print_findings, project_option


@click.command()
@click.argument("source")
@click.option("--dates", is_flag=True, help="Only the date expressions that were found.")
@click.option("--json", "as_json", is_flag=True, help="With --dates: a JSON object a line.")
@click.option("--write", is_flag=True, help="Into content/events/draft-SOURCE.yaml, if it is new.")
@project_option
def draft(source: str, dates: bool, as_json: bool, write: bool, project: Path | None) -> None:
    """Propose events from the sentences of SOURCE as YAML; every guess is marked `# review`."""
    from pincite.authored import write_authored  # noqa: PLC0415
    from pincite.build import check_project  # noqa: PLC0415
    from pincite.ingest.draft import draft_events, list_dates  # noqa: PLC0415
    from pincite.memo import Memo  # noqa: PLC0415
    from pincite.options import Options  # noqa: PLC0415

    if as_json and not dates:
        raise click.UsageError("--json goes with --dates; events are proposed as YAML")
    root = find_root(project)
    checked = check_project(root, Options(out=root / "site"), Memo())
    sources = {found.id: found for found in checked.corpus.sources}
    if source not in sources:
        print_findings(checked, "human", quiet=True)
        raise Failure(
            f"there is no source `{source}`",
            help=did_you_mean(source, sources) or "a source is a file in content/sources",
        )
    if dates:
        for line in list_dates(sources[source]):
            click.echo(line if as_json else _words(line))
        return
    kinds = [kind.id for kind in checked.corpus.config.kinds]
    taken = [event.id for event in checked.corpus.events]
    text = draft_events(sources[source], kinds, taken)
    if not write:
        click.echo(text, nl=False)
        return
    path = f"content/events/draft-{source}.yaml"
    if (root / path).exists():
        raise Failure(
            f"{root / path} is already there", help="review it, or rename it, and try again"
        )
    write_authored(root, path, text.encode(), before=None)
    click.echo(f"{root / path}: review every line that says so, then `pincite check`.")


def _words(line: str) -> str:
    import json  # noqa: PLC0415

    row = json.loads(line)
    return f"{row['paragraph']}: {row['text']} → {row['edtf'] or row.get('problem', '?')}"
