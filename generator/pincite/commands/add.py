"""``pincite add``: an article comes in, as a snapshot that is never changed and a source to review.

Here is what is written and what is said of it; the making is in ``pincite.ingest``.
"""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import click

from pincite.authored import write_authored
from pincite.base.diagnostics import Failure
from pincite.base.scalars import parse_language, parse_slug, parse_timestamp, parse_url
from pincite.base.schema import Problem, Url
from pincite.base.shown import counted, printable
from pincite.commands.arrival import Arrival, receive
from pincite.commands.shared import find_root, project_option
from pincite.commands.storing import (
    name_tool,
    place_snapshot,
    prove_text,
)
from pincite.dates import DateProblem, parse_date
from pincite.ingest.intake import Intake, take_in
from pincite.ingest.newsource import NewSource, Said, make_source
from pincite.load.project import SOURCES, Inputs, read_project
from pincite.load.sources import parse_source
from pincite.model import Source

_WEB = Url(schemes=("http", "https"))


@click.command()
@click.argument("target", metavar="FILE|URL")
@click.option("--update", metavar="SOURCE", help="Take it in as a newer edition of this source.")
@click.option("--dry-run", is_flag=True, help="Show what would be written, and write nothing.")
@click.option("--id", "id_", help="The source's id (default: from its title).")
@click.option("--title", help="Its title, in place of what it says itself.")
@click.option("--publisher", help="Who published it.")
@click.option("--author", "authors", multiple=True, help="Who wrote it; may be repeated.")
@click.option("--published", metavar="EDTF", help="When it was published, as it states.")
@click.option("--published-note", help="How --published was inferred, where it states no day.")
@click.option("--language", help="Its language (BCP 47): en, uk, pt-BR.")
@click.option("--url", help="Its address, for a file.")
@click.option("--archive", "archives", multiple=True, metavar="URL", help="A copy kept elsewhere.")
@click.option("--retrieved-at", metavar="MOMENT", help="When a file was retrieved (RFC 3339).")
@click.option("--by", "retrieved_by", help="Who retrieved it.")
@click.option("--record", metavar="URL", default="", help="Which page of a web archive.")
@click.option("--allow-private", is_flag=True, help="Fetch from private networks too.")
@project_option
def add(
    target: str,
    update: str | None,
    dry_run: bool,
    id_: str | None,
    title: str | None,
    publisher: str | None,
    authors: tuple[str, ...],
    published: str | None,
    published_note: str | None,
    language: str | None,
    url: str | None,
    archives: tuple[str, ...],
    retrieved_at: str | None,
    retrieved_by: str | None,
    record: str,
    allow_private: bool,
    project: Path | None,
) -> None:
    """Take in an article: text, HTML, Markdown, PDF, WARC or WACZ; a file or an address."""
    root = find_root(project)
    said = Said(
        id=id_ or "",
        title=title or "",
        publisher=publisher or "",
        authors=authors,
        published=published or "",
        published_note=published_note or "",
        language=language or "",
        url=url or "",
        archives=archives,
        retrieved_at=retrieved_at or "",
        retrieved_by=retrieved_by or "",
    )
    _check(said)
    arrival = receive(target, record, root, allow_private=allow_private)
    if arrival.at and not said.retrieved_at:
        said = replace(said, retrieved_at=arrival.at)
    if update:
        from pincite.commands.renewing import renew  # noqa: PLC0415 - only this reads events

        renew(root, update, arrival, said, dry_run=dry_run)
    else:
        _take_new(root, arrival, said, dry_run=dry_run)


# --- what is given ---------------------------------------------------------------------------


def _check(said: Said) -> None:
    """Refuse on the command line what would be refused in the file."""
    problems = [
        ("--id", said.id and parse_slug(said.id)),
        ("--language", said.language and parse_language(said.language)),
        ("--retrieved-at", said.retrieved_at and parse_timestamp(said.retrieved_at)),
        ("--url", said.url and parse_url(said.url, _WEB)),
        *(("--archive", parse_url(address, _WEB)) for address in said.archives),
    ]
    for option, problem in problems:
        if isinstance(problem, Problem):
            raise Failure(f"{option}: {problem.message}", help=problem.help)
    if said.published:
        date = parse_date(said.published)
        if isinstance(date, DateProblem):
            offer = f"write --published {date.suggestion}" if date.suggestion else None
            raise Failure(f"--published: {date.message}", help=offer)
    elif said.published_note:
        raise Failure("--published-note explains --published, which is missing")


# --- a new source ----------------------------------------------------------------------------


def _take_new(root: Path, arrival: Arrival, said: Said, *, dry_run: bool) -> None:
    inputs = read_project(root)
    known = _sources(inputs)
    for source in known:
        if source.sha256 == arrival.sha256:
            raise Failure(
                f"these bytes are the snapshot of `{source.id}` already",
                help=f"its text is in {source.path}",
            )
    if said.id and f"content/sources/{said.id}.md" in inputs.texts:
        raise Failure(
            f"there is a source `{said.id}` already",
            help=f"a newer edition of it comes in with --update {said.id}",
        )
    taken = take_in(arrival.received)
    made = make_source(
        taken,
        said if said.url or not arrival.url else _with_url(said, taken, arrival),
        sha256=arrival.sha256,
        ending=arrival.received.ending,
        tool=name_tool(taken),
        taken_ids=[source.id for source in known],
        snapshot=arrival.inside,
    )
    made = place_snapshot(root, made, arrival)
    source = prove_text(made.path, made.text, arrival)
    if not dry_run:
        if not arrival.inside:
            write_authored(root, made.snapshot, arrival.received.data, before=None)
        if (root / made.path).exists():
            raise Failure(f"{made.path} is there already", help="choose another --id")
        write_authored(root, made.path, made.text.encode(), before=None)
    click.echo("\n".join(map(printable, _review(made, source, taken, dry_run=dry_run))))


def _with_url(said: Said, taken: Intake, arrival: Arrival) -> Said:
    """The page's own address counts where it is of the site that answered."""
    own = taken.article.url
    same = own and urlsplit(own).hostname == urlsplit(arrival.url).hostname
    return replace(said, url=own if same else arrival.url)


def _review(made: NewSource, source: Source, taken: Intake, *, dry_run: bool) -> Iterable[str]:
    counts = dict.fromkeys(("paragraph", "heading", "item", "quotation", "caption"), 0)
    for paragraph in source.paragraphs:
        counts[paragraph.kind] += 1
    said = ", ".join(counted(n, kind) for kind, n in counts.items() if n)
    yield f"{'Would write' if dry_run else 'Wrote'} {made.path}: {said}."
    yield f"  snapshot   {made.snapshot}"
    yield f"  title      {source.title}"
    yield f"  publisher  {source.publisher or '?'}"
    yield f"  authors    {', '.join(source.authors) or '?'}"
    date = source.published.edtf if source.published is not None else "?"
    yield f"  published  {date} ({source.published_basis})"
    yield f"  address    {source.url or '?'}"
    yield f"  language   {source.language or '?'}"
    if taken.dropped:
        yield f"  left out   {counted(len(taken.dropped), 'block')}, named under `dropped:`"
    doubts = [*taken.article.doubts, *_gaps(source)]
    if doubts:
        yield "To check:"
        yield from (f"  - {doubt}" for doubt in dict.fromkeys(doubts))
    if not dry_run:
        yield f"Next: read it through, then `pincite draft {made.id}`."


def _gaps(source: Source) -> Iterable[str]:
    if source.published is None:
        yield "when it was published is not known: set `published`, or dates in it stay open"
    if not source.url:
        yield "it has no address: set `url`, or say why not in `url_note`"
    if not source.retrieved_at:
        yield "when it was retrieved is not known: --retrieved-at says it"


def _sources(inputs: Inputs) -> list[Source]:
    folder, endings = SOURCES
    read = (
        parse_source(text)[0]
        for path, text in inputs.texts.items()
        if path.startswith(folder) and path.endswith(endings)
    )
    return [source for source in read if source is not None]
