"""``pincite add``: an article comes in, as a snapshot that is never changed and a source to review.

Here is what is written and what is said of it; the making is in ``pincite.ingest``.
"""

import os
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import click

from pincite import __version__
from pincite.base.diagnostics import Failure, Severity
from pincite.base.scalars import parse_language, parse_slug, parse_timestamp, parse_url
from pincite.base.schema import Problem, Url
from pincite.base.shown import printable
from pincite.base.text import Text
from pincite.commands.arrival import Arrival, receive
from pincite.dates import DateProblem, parse_date
from pincite.disk import write_whole
from pincite.ingest.affected import Affected, find_affected
from pincite.ingest.intake import Intake, take_in
from pincite.ingest.leftovers import find_leftovers
from pincite.ingest.newsource import NewSource, Said, make_slug, make_source
from pincite.ingest.renewal import renew_ledger, renewed_text
from pincite.link.proof import prove_source, snapshot_blocks
from pincite.load.project import SOURCES, Inputs, Snapshot, find_project, read_project
from pincite.load.sources import parse_source
from pincite.model import Source

_SHOWN = 12
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
@click.option(
    "--project",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The project's folder (default: this one, or the first above it that is one).",
)
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
    root = find_project((project or Path.cwd()).absolute())
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
        _renew(root, update, arrival, said, dry_run=dry_run)
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
        tool=_tool(taken),
        taken_ids=[source.id for source in known],
        snapshot=arrival.inside,
    )
    made = _place(root, made, arrival)
    source = _proven(made.path, made.text, arrival)
    if not dry_run:
        if not arrival.inside:
            _write(root / made.snapshot, arrival.received.data)
        if (root / made.path).exists():
            raise Failure(f"{made.path} is there already", help="choose another --id")
        _write(root / made.path, made.text.encode())
    click.echo("\n".join(map(printable_line, _review(made, source, taken, dry_run=dry_run))))


def _with_url(said: Said, taken: Intake, arrival: Arrival) -> Said:
    """The page's own address counts where it is of the site that answered."""
    own = taken.article.url
    same = own and urlsplit(own).hostname == urlsplit(arrival.url).hostname
    return replace(said, url=own if same else arrival.url)


def _place(root: Path, made: NewSource, arrival: Arrival) -> NewSource:
    """Find the raw file a name under which no other bytes stand."""
    if arrival.inside:
        return made
    stem = made.snapshot.removesuffix(arrival.received.ending)[: -len("-12345678")]
    for digits in (8, 12, 20, 64):
        path = f"{stem}-{arrival.sha256[:digits]}{arrival.received.ending}"
        if _is_free(root / path, arrival.received.data):
            return NewSource(
                id=made.id,
                path=made.path,
                snapshot=path,
                text=made.text.replace(
                    f"\nsnapshot: {made.snapshot}\n", f"\nsnapshot: {path}\n", 1
                ),
            )
    raise Failure(f"{made.snapshot} and its likes are taken", help="look into seeds/")


def _is_free(path: Path, data: bytes) -> bool:
    try:
        return not path.exists() or path.read_bytes() == data
    except OSError:
        return False


def _proven(path: str, text: str, arrival: Arrival) -> Source:
    """Read back what will be written, as the build does. What it refuses is a bug of ours."""
    source, found = parse_source(Text(path, text))
    data = arrival.received.data
    if source is not None:
        kept = Snapshot(sha256=arrival.sha256, size=len(data), data=data)
        found += prove_source(source, kept)
    errors = [d for d in found if d.severity is Severity.ERROR]
    if source is None or errors:
        raise Failure(
            f"what was read does not hold: {errors[0].message if errors else 'no source'}",
            help="save the text alone as .txt and add that",
        )
    return source


def _review(made: NewSource, source: Source, taken: Intake, *, dry_run: bool) -> Iterable[str]:
    counts = dict.fromkeys(("paragraph", "heading", "item", "quotation", "caption"), 0)
    for paragraph in source.paragraphs:
        counts[paragraph.kind] += 1
    said = ", ".join(f"{n} {kind}{'s' * (n != 1)}" for kind, n in counts.items() if n)
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
        yield f"  left out   {_count(len(taken.dropped), 'block')}, named under `dropped:`"
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


def _tool(taken: Intake) -> str:
    return "; ".join(filter(None, (f"pincite {__version__}", taken.article.tool)))


# --- a newer edition -------------------------------------------------------------------------


def _renew(root: Path, id: str, arrival: Arrival, said: Said, *, dry_run: bool) -> None:
    from pincite.build import Memo, Options, load  # noqa: PLC0415 - only this reads the events

    inputs = read_project(root)
    entries, _ = load(inputs, Options(out=root / "site"), Memo())
    old = next((source for source in entries.sources if source.id == id), None)
    if old is None:
        raise Failure(
            f"there is no source `{id}`",
            help=f"there are {', '.join(s.id for s in entries.sources[:_SHOWN]) or 'none'}",
        )
    if old.sha256 == arrival.sha256:
        raise Failure(f"these bytes are the snapshot of `{id}` already: nothing has changed")
    taken = take_in(arrival.received)
    renewal = renew_ledger(old, taken.article.blocks)
    blocks = snapshot_blocks(f"x{arrival.received.ending}", arrival.received.data)
    living = [row.text for row in renewal.rows if not row.retired]
    dropped = (
        find_leftovers(blocks, living, old.dropped)
        if blocks is not None
        else tuple(words for words in taken.dropped if words not in old.dropped)
    )
    ending = arrival.received.ending
    name = arrival.inside or f"seeds/{make_slug(old.title)}-{arrival.sha256[:8]}{ending}"
    made = NewSource(id=id, path=old.path, snapshot=name, text="")
    name = _place(root, made, arrival).snapshot
    text = renewed_text(
        inputs.texts[old.path],
        renewal.rows,
        {
            "retrieved_at": said.retrieved_at or taken.received_at or None,
            "retrieved_by": said.retrieved_by or None,
            "tool": _tool(taken),
            "snapshot": name,
            "sha256": arrival.sha256,
        },
        dropped,
    )
    new = _proven(old.path, text, arrival)
    if [p.id for p in new.paragraphs] != [row.id for row in renewal.rows]:
        raise Failure(f"{old.path} cannot be carried over", help="does `pincite check` accept it?")
    if not dry_run:
        if not arrival.inside:
            _write(root / name, arrival.received.data)
        _write(root / old.path, text.encode())
    affected = find_affected(entries.events, old, new)
    lines = [
        f"{'Would renew' if dry_run else 'Renewed'} {old.path} from {name}.",
        (
            f"  {len(renewal.same)} paragraphs as they were, {_ids('edited', renewal.edited)}, "
            f"{_ids('new', renewal.added)}, {_ids('retired', renewal.retired)}."
        ),
    ]
    if renewal.moved:
        lines.append(f"  {_ids('in another place', renewal.moved)}.")
    if old.snapshot:
        lines.append(f"  The snapshot before stays: {old.snapshot}.")
    lines += [f"  - {doubt}" for doubt in taken.article.doubts]
    lines += _told(affected, inputs)
    click.echo("\n".join(map(printable_line, lines)))


def _told(affected: Sequence[Affected], inputs: Inputs) -> list[str]:
    broken = [one for one in affected if one.outcome != "holds"]
    if not affected:
        return ["No event cites it."]
    lines = [
        f"{_count(len(affected), 'citation')}: {len(affected) - len(broken)} hold as they are."
    ]
    for one in broken:
        line, column = inputs.texts[one.span.path].locate(one.span.start)
        lines.append(
            f"  {one.span.path}:{line}:{column}: {one.event}: {one.outcome}: {one.message}"
        )
    return lines


def _ids(what: str, ids: tuple[str, ...]) -> str:
    shown = ", ".join(ids[:_SHOWN]) + (" …" if len(ids) > _SHOWN else "")
    return f"{len(ids)} {what}" + (f" ({shown})" if ids else "")


# --- small things ----------------------------------------------------------------------------


def _sources(inputs: Inputs) -> list[Source]:
    folder, endings = SOURCES
    read = (
        parse_source(text)[0]
        for path, text in inputs.texts.items()
        if path.startswith(folder) and path.endswith(endings)
    )
    return [source for source in read if source is not None]


def _write(path: Path, data: bytes) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists() or path.read_bytes() != data:
            write_whole(path, data)
    except OSError as problem:
        raise Failure(f"cannot write {os.fspath(path)}: {problem.strerror}") from None


def _count(number: int, word: str) -> str:
    return f"{number} {word}{'s' * (number != 1)}"


def printable_line(text: str) -> str:
    """Return *text* without what could steer a terminal."""
    return text if text.isprintable() else "".join(map(printable, text))
