"""``pincite date``: what EDTF dates mean."""

import json
import sys

import click


# A year before 0 begins with a hyphen, and is no option.
@click.command(context_settings={"ignore_unknown_options": True})
@click.argument("edtf", nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help="A JSON object a line.")
@click.option("--language", default="en", help="Language to say dates in.")
def date(edtf: tuple[str, ...], as_json: bool, language: str) -> None:
    """Say what EDTF dates mean; `-` reads them from standard input, one a line."""
    from pincite.dates import DateProblem, describe_date, parse_date  # noqa: PLC0415

    texts = [line for text in edtf for line in (map(_line, sys.stdin) if text == "-" else (text,))]
    valid = True
    for text in texts:
        found = parse_date(text)
        valid = valid and not isinstance(found, DateProblem)
        if as_json:
            click.echo(json.dumps(describe_date(text, language), ensure_ascii=False))
        elif isinstance(found, DateProblem):
            hint = f" (write {found.suggestion})" if found.suggestion else ""
            click.echo(f"{text}: {found.message}{hint}")
        else:
            row = describe_date(text, language)
            click.echo(
                f"{text}: {row['text']} "
                f"[{row['earliest'] or '?'} to {row['latest'] or '?'}, level {row['level']}]"
            )
    sys.exit(0 if valid else 1)


def _line(text: str) -> str:
    return text.rstrip("\r\n")
