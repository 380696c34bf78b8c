"""The command line: arguments to options, one call, findings to a terminal, an exit code.

0: fine. 1: findings at error level. 2: usage, or the world. A ``Failure`` is caught here and
nowhere else; anything else that is raised is a bug and shows its traceback.
"""

import gc
import os
import shutil
import sys
from pathlib import Path
from typing import Any

import click

from pincite import __version__
from pincite.base.diagnostics import Failure

FORMATS = ("human", "short", "json", "github", "sarif")


class Interface(click.Group):
    """Commands whose Failure is told in a line or two."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except Failure as failure:
            click.echo(f"error: {failure.message}", err=True)
            if failure.help:
                click.echo(f"  help: {failure.help}", err=True)
            ctx.exit(2)
        except BrokenPipeError:  # the reader of our output has gone: nothing is left to say
            sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
            ctx.exit(0)


project_option = click.option(
    "--project",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The project's folder (default: this one, or the first above it that is one).",
)
format_option = click.option(
    "--format", "form", type=click.Choice(FORMATS), default="human", help="How findings look."
)


@click.group(cls=Interface, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="pincite")
def main() -> None:
    """Annotated timelines in which every claim is pinned to the exact words of a source."""
    for stream in (sys.stdout, sys.stderr):
        # A console that cannot show a letter shows its code, rather than a traceback.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


@main.command()
@project_option
@format_option
@click.option("--strict", is_flag=True, help="Refuse what is cited without a proof.")
@click.option("--jobs", "-j", type=click.IntRange(1, 64), default=None, help="Processes to use.")
@click.option("--out", type=click.Path(path_type=Path), help="Where to write (default: site/).")
@click.option("--url", help="Canonical address, in place of site.yaml's.")
@click.option("--index-links", is_flag=True, help="Link to index.html, for reading from a disk.")
@click.option("--quiet", "-q", is_flag=True, help="Say nothing but errors.")
@click.option("--verbose", "-v", is_flag=True, help="Say why each page was rebuilt.")
def build(
    project: Path | None,
    form: str,
    strict: bool,
    jobs: int | None,
    out: Path | None,
    url: str | None,
    index_links: bool,
    quiet: bool,
    verbose: bool,
) -> None:
    """Build the site, proving every citation on the way."""
    gc.disable()  # a build makes values and keeps them: collecting costs time and frees nothing
    root = _root(project)
    out = out or root / "site"
    url = _checked_url(url)
    if not verbose:
        from pincite.unchanged import find_unchanged  # noqa: PLC0415 - a command pays for its needs

        rest = find_unchanged(root, out, repr((strict, url, index_links)))
        if rest is not None:
            _report(rest, form, quiet=quiet)
            if not quiet:
                click.echo(
                    f"{rest.files} files in {_shown(out)}: nothing has changed.",
                    err=form != "human",
                )
            return

    from pincite.build import Memo, Options  # noqa: PLC0415
    from pincite.build import build as run  # noqa: PLC0415

    options = Options(out=out, strict=strict, url=url, index_links=index_links, jobs=jobs)
    checked, published = run(root, options, Memo())
    errors = _report(checked, form, quiet=quiet)
    if published is None:
        click.echo(f"Nothing was written: {_shown(out)} is as it was.", err=True)
        sys.exit(1)
    if verbose:
        for path, reason in sorted(published.why.items()):
            click.echo(f"{path}: {reason}", err=True)
        for path in published.removed:
            click.echo(f"{path}: no longer planned, removed", err=True)
    if not quiet:
        click.echo(
            f"{len(published.paths)} files in {_shown(out)}: {len(published.written)} written, "
            f"{len(published.removed)} removed, the rest unchanged.",
            err=form != "human",
        )
    sys.exit(1 if errors else 0)


@main.command()
@project_option
@format_option
@click.option("--strict", is_flag=True, help="Refuse what is cited without a proof.")
@click.option("--quiet", "-q", is_flag=True, help="Say nothing but errors.")
def check(project: Path | None, form: str, strict: bool, quiet: bool) -> None:
    """Check everything and write nothing."""
    from pincite.build import Memo, Options, check_project  # noqa: PLC0415

    gc.disable()
    root = _root(project)
    checked = check_project(root, Options(out=root / "site", strict=strict), Memo())
    errors = _report(checked, form, quiet=quiet)
    if not errors and not quiet and form == "human":
        quotes = sum(len(c.citations) for e in checked.corpus.events for c in e.claims)
        click.echo(f"{len(checked.corpus.events)} events with {quotes} citations hold.")
    sys.exit(1 if errors else 0)


@main.command()
@project_option
@click.option("--port", type=click.IntRange(0, 65535), default=5500, help="0: any that is free.")
@click.option("--host", default="127.0.0.1", help="Address to listen on.")
@click.option("--open", "open_browser", is_flag=True, help="Open the site in a browser.")
@click.option("--out", type=click.Path(path_type=Path), help="Where to write (default: site/).")
def serve(project: Path | None, port: int, host: str, open_browser: bool, out: Path | None) -> None:
    """Preview the site; it rebuilds and reloads with every save."""
    from pincite.preview import preview  # noqa: PLC0415

    root = _root(project)
    preview(
        root,
        out or root / "site",
        host=host,
        port=port,
        open_browser=open_browser,
        announce=lambda text: click.echo(text, err=True),
    )


@main.command()
@click.argument("folder", type=click.Path(path_type=Path))
def new(folder: Path) -> None:
    """Start a project in FOLDER, with a source, an event and a page to change."""
    from pincite.new import start_project  # noqa: PLC0415

    written = start_project(folder)
    click.echo(f"A new timeline stands in {folder}: {len(written)} files.")
    click.echo(f"Next: cd {folder} && pincite serve --open")


@main.command()
@click.argument("code")
def explain(code: str) -> None:
    """Explain a finding, such as quote-not-found."""
    from pincite.report.explain import explain as say  # noqa: PLC0415
    from pincite.report.explain import find_near_codes  # noqa: PLC0415

    text = say(code)
    if text is None:
        near = find_near_codes(code)
        hint = f"did you mean {' or '.join(near)}?" if near else "docs/findings.md lists them all"
        raise Failure(f"there is no finding `{code}`", help=hint)
    click.echo(text.rstrip("\n"))


@main.command()
@click.argument("name", required=False)
@click.option("--write", type=click.Path(file_okay=False, path_type=Path), help="Write all here.")
def schema(name: str | None, write: Path | None) -> None:
    """Print the JSON Schema of events, site, source, page or names, for editors."""
    from pincite.schemas import schema_texts, write_schemas  # noqa: PLC0415

    texts = schema_texts()
    if write is not None:
        for path in write_schemas(write):
            click.echo(path)
        return
    name = name or "events"
    if name not in texts:
        raise Failure(f"there is no schema `{name}`", help=f"there are {', '.join(texts)}")
    click.echo(texts[name], nl=False)


@main.command()
@click.argument("edtf", nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help="A JSON object a line.")
@click.option("--language", default="en", help="Language to say dates in.")
def date(edtf: tuple[str, ...], as_json: bool, language: str) -> None:
    """Say what EDTF dates mean; `-` reads them from standard input, one a line."""
    import json  # noqa: PLC0415

    from pincite.dates import DateProblem, describe_date, parse_date, say_date  # noqa: PLC0415

    texts = [line for text in edtf for line in (map(_line, sys.stdin) if text == "-" else (text,))]
    valid = True
    for text in texts:
        found = parse_date(text)
        valid = valid and not isinstance(found, DateProblem)
        if as_json:
            click.echo(json.dumps(describe_date(text), ensure_ascii=False))
        elif isinstance(found, DateProblem):
            hint = f" (write {found.suggestion})" if found.suggestion else ""
            click.echo(f"{text}: {found.message}{hint}")
        else:
            row = describe_date(text)
            click.echo(
                f"{text}: {say_date(found, language)} "
                f"[{row['earliest'] or '?'} to {row['latest'] or '?'}, level {row['level']}]"
            )
    sys.exit(0 if valid else 1)


def _line(text: str) -> str:
    return text.rstrip("\r\n")


def _root(project: Path | None) -> Path:
    from pincite.load.project import find_project  # noqa: PLC0415

    return find_project((project or Path.cwd()).absolute())


def _checked_url(url: str | None) -> str | None:
    from pincite.base.scalars import parse_url  # noqa: PLC0415
    from pincite.base.schema import Problem, Url  # noqa: PLC0415

    if url:
        problem = parse_url(url, Url(schemes=("http", "https")))
        if isinstance(problem, Problem):
            raise Failure(f"--url {url}: {problem.message}", help=problem.help)
    return url


def _report(checked: Any, form: str, *, quiet: bool) -> int:
    """Print findings; return how many are errors. Warnings of one code are not told for ever."""
    from pincite.base.diagnostics import Severity  # noqa: PLC0415
    from pincite.report import render_findings  # noqa: PLC0415

    found = checked.found
    errors = [d for d in found if d.severity is Severity.ERROR]
    if quiet:
        found = errors
    color = form == "human" and sys.stderr.isatty() and not os.environ.get("NO_COLOR")
    width = shutil.get_terminal_size((100, 24)).columns
    text = render_findings(found, checked.texts, format=form, color=color, width=width)
    if text:
        # Findings for people go beside the result, findings for machines are the result.
        click.echo(text.rstrip("\n"), err=form == "human")
    return len(errors)


def _shown(path: Path) -> str:
    try:
        return str(path.relative_to(Path.cwd())) + os.sep
    except ValueError:
        return str(path) + os.sep
