"""An Import as content files: events by year, sources as records, each with a header that tells.

The header holds the SHA-256 of the input and of what follows it. What bears our header and was not
touched since may be written anew; anything else that stands in the way is reported and left alone.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from pincite import __version__
from pincite.base.text import Text
from pincite.base.yamltext import yaml_text
from pincite.dates import Date, parse_date
from pincite.importers.moments import UNKNOWN
from pincite.importers.slugs import slug_of, unique_slug
from pincite.importers.values import Import, ImportedEvent, ImportedSource, Loss, What
from pincite.load.events import parse_events
from pincite.load.sources import parse_source

EVENTS: Final = "content/events/"
SOURCES: Final = "content/sources/"
LABELS: Final[Mapping[str, str]] = {
    "timelinejs-csv": "TimelineJS sheet",
    "timelinejs-json": "TimelineJS JSON",
    "simile": "SIMILE Timeline",
    "markwhen": "Markwhen",
    "timemap": "TimeMap",
    "timelinesetter": "TimelineSetter",
    "csv": "CSV",
    "feed": "feed",
    "records": "JSON records",
}

_HEADER: Final = re.compile(
    r"(?:---\n)?# Imported by pincite [^\n]*\n# format: ([a-z-]+)\n# file: ([^\n]*)\n"
    r"# sha256: ([0-9a-f]{64})\n# body: ([0-9a-f]{64})\n"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Existing:
    """What the project has already. *texts* are the files below content/events and /sources.

    *event_ids* and *source_ids* give the path each stands in, *source_urls* a URL's source.
    """

    texts: Mapping[str, str] = field(default_factory=dict)
    event_ids: Mapping[str, str] = field(default_factory=dict)
    source_urls: Mapping[str, str] = field(default_factory=dict)
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """*files* are (path, text) to write; *unchanged* stand there already, letter for letter.

    *conflicts* are paths that hold something else: they are not among the files.
    """

    files: tuple[tuple[str, str], ...] = ()
    unchanged: tuple[str, ...] = ()
    conflicts: tuple[str, ...] = ()
    losses: tuple[Loss, ...] = ()


def read_existing(texts: Mapping[str, str], kinds: Iterable[str] = ()) -> Existing:
    """Find ids and addresses in the project's files, path to text; faults in them do not matter."""
    event_ids: dict[str, str] = {}
    source_urls: dict[str, str] = {}
    for path, text in texts.items():
        if path.startswith(EVENTS):
            for event in parse_events(Text(path, text))[0]:
                for id in (event.id, *event.aliases):
                    event_ids.setdefault(id, path)
        elif path.startswith(SOURCES):
            source = parse_source(Text(path, text))[0]
            if source is not None and source.url:
                source_urls.setdefault(source.url, source.id)
    return Existing(texts=texts, event_ids=event_ids, source_urls=source_urls, kinds=tuple(kinds))


def write_import(imported: Import, existing: Existing | None = None) -> Written:
    """Lay *imported* out as files. The same input beside the same project gives the same files."""
    existing = existing or Existing()
    earlier = _earlier_version(imported, existing)
    if earlier is not None:
        message = (
            f"another version of `{imported.name}` was imported into {earlier}: remove the files"
            " of that import first, so that no event stands there twice"
        )
        loss = Loss(None, "", What.REFUSED, message)
        return Written(conflicts=(earlier,), losses=(loss,))
    stem = _stem(imported, existing)
    source_ids, source_files = _source_files(imported, existing)
    wanted = [*_event_files(imported, existing, stem, source_ids), *source_files]
    files, unchanged, conflicts, losses = [], [], [], []
    for path, text in wanted:
        there = existing.texts.get(path)
        if there == text:
            unchanged.append(path)
        elif there is None or _is_untouched(there, imported.sha256):
            files.append((path, text))
        else:
            conflicts.append(path)
            message = f"{path} was changed since it was imported and is left as it is"
            losses.append(Loss(None, "", What.NOTED, message))
    return Written(
        files=tuple(files),
        unchanged=tuple(unchanged),
        conflicts=tuple(conflicts),
        losses=tuple(losses),
    )


# --- what is there already -----------------------------------------------------------------------


def _earlier_version(imported: Import, existing: Existing) -> str | None:
    for path, text in existing.texts.items():
        match = _HEADER.match(text)
        same = match is not None and match.group(1, 2) == (imported.format, _shown(imported.name))
        if match is not None and same and match[3] != imported.sha256:
            return path
    return None


def _is_ours(text: str, sha256: str) -> bool:
    match = _HEADER.match(text)
    return match is not None and match[3] == sha256


def _is_untouched(text: str, sha256: str) -> bool:
    match = _HEADER.match(text)
    return (
        match is not None
        and match[3] == sha256
        and match[4] == hashlib.sha256(text[match.end() :].encode()).hexdigest()
    )


def _stem(imported: Import, existing: Existing) -> str:
    """Return ``imported-<format>``, with a number where another input has that already."""
    number = 1
    while True:
        stem = f"imported-{imported.format}" + (f"-{number}" if number > 1 else "")
        name = re.compile(
            rf"{re.escape(EVENTS + stem)}-(?:\d{{4}}|y?\d{{4,}}(?:-bce)?|undated)\.yaml"
        )
        others = [
            text
            for path, text in existing.texts.items()
            if name.fullmatch(path) and not _is_ours(text, imported.sha256)
        ]
        if not others:
            return stem
        number += 1


def _shown(name: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in name).split())[:200]


def _with_header(body: str, imported: Import) -> str:
    digest = hashlib.sha256(body.encode()).hexdigest()
    return (
        f"# Imported by pincite {__version__}\n# format: {imported.format}\n"
        f"# file: {_shown(imported.name)}\n# sha256: {imported.sha256}\n# body: {digest}\n{body}"
    )


# --- events --------------------------------------------------------------------------------------


def _event_files(
    imported: Import, existing: Existing, stem: str, source_ids: Mapping[str, str]
) -> list[tuple[str, str]]:
    taken = {
        id.casefold()
        for id, path in existing.event_ids.items()
        if not _is_ours(existing.texts.get(path, ""), imported.sha256)
    }
    kinds = {slug_of(kind): kind for kind in existing.kinds}
    by_year: dict[str, list[dict[str, Any]]] = {}
    for event in imported.events:
        year, dated = _year_of(event.date)
        title = slug_of(event.title)
        wishes = (slug_of(event.wish), title, f"{title}-{dated}" if title and dated else "")
        id = unique_slug(wishes, taken, "event")
        by_year.setdefault(year, []).append(_event(event, id, imported, source_ids, kinds))
    return [
        (
            f"{EVENTS}{stem}-{year}.yaml",
            _with_header(yaml_text(events, spaced=True), imported),
        )
        for year, events in sorted(by_year.items())
    ]


def _year_of(edtf: str) -> tuple[str, str]:
    """Return the year for the file's name, and what tells events of one title apart."""
    date = parse_date(edtf) if edtf != UNKNOWN else None
    if not isinstance(date, Date):
        return "undated", ""
    bound = date.earliest or date.latest
    if bound is None:
        return "undated", ""
    name = f"{bound.year:04d}" if bound.year > 0 else f"{1 - bound.year:04d}-bce"
    day = slug_of(edtf.partition("T")[0]) if bound.year > 0 else name
    return name, day


def _event(
    event: ImportedEvent,
    id: str,
    imported: Import,
    source_ids: Mapping[str, str],
    kinds: Mapping[str, str],
) -> dict[str, Any]:
    kind = next((kinds[slug_of(g)] for g in event.groups if slug_of(g) in kinds), "")
    words = [g for g in event.groups if not kind or slug_of(g) != slug_of(kind)]
    tags = {tag.casefold(): tag for tag in (*words, *event.tags)}
    where = f"{LABELS.get(imported.format, imported.format)} {_shown(imported.name)}"
    where += f", line {event.line}" if event.line else ""
    entry: dict[str, Any] = {"id": id, "date": event.date}
    entry |= {"date_text": event.date_text, "date_basis": event.date_basis, "title": event.title}
    entry |= {"kind": kind, "actors": list(event.actors), "places": list(event.places)}
    entry |= {"tags": list(tags.values()), "summary": event.summary}
    entry = {key: value for key, value in entry.items() if value}
    if event.sources:
        reason = f"imported from {where}; not archived yet"
        keys = dict.fromkeys(source_ids[key] for key in event.sources)
        entry["cite"] = [{"source": source, "unverified": reason} for source in keys]
    else:
        entry["claims"] = [{"text": event.title, "uncited": f"imported from {where}"}]
    if event.imported:
        entry["imported"] = dict(event.imported)
    return entry


# --- sources -------------------------------------------------------------------------------------


def _source_files(
    imported: Import, existing: Existing
) -> tuple[dict[str, str], list[tuple[str, str]]]:
    """Return the ids of sources by key, and the files of those the project does not have."""
    own = {
        _source_id(path): text
        for path, text in existing.texts.items()
        if path.startswith(SOURCES) and _is_ours(text.removeprefix("---\n"), imported.sha256)
    }
    taken = {_source_id(path).casefold() for path in existing.texts if path.startswith(SOURCES)} - {
        id.casefold() for id in own
    }
    ids: dict[str, str] = {}
    files: list[tuple[str, str]] = []
    for source in imported.sources:
        known = existing.source_urls.get(source.url) if source.url else None
        if known is not None and known not in own:
            ids[source.key] = known
            continue
        host = slug_of(source.publisher)
        title = slug_of(source.title)
        is_record = source.key != source.url or "." not in source.publisher
        named = title if is_record or title.startswith(host) else ""
        both = title if title.startswith(host) else slug_of(f"{source.publisher} {source.title}")
        id = unique_slug((named, both), taken, "source")
        ids[source.key] = id
        files.append((f"{SOURCES}{id}.md", _source(source, imported)))
    return ids, files


def _source_id(path: str) -> str:
    return path.rpartition("/")[2].removesuffix(".md")


def _source(source: ImportedSource, imported: Import) -> str:
    where = f"{LABELS.get(imported.format, imported.format)} {_shown(imported.name)}"
    notes = [f"Imported from {where}; not archived yet.", source.note]
    entry: dict[str, Any] = {"title": source.title, "publisher": source.publisher}
    entry |= {"authors": list(source.authors), "published": source.published, "url": source.url}
    entry |= {"url_note": "" if source.url else "the import gives no address"}
    note = "\n".join(filter(None, notes))
    entry |= {"language": source.language, "note": note[:4_990] + ("…" if note[4_990:] else "")}
    body = yaml_text({key: value for key, value in entry.items() if value})
    return f"---\n{_with_header(f'{body}---{chr(10)}', imported)}"
