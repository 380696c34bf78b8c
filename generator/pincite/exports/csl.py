"""``data/references.json``: the sources as CSL-JSON, which reference managers and Pandoc read."""

from typing import Any

from pincite.dates import Date, Day, Kind
from pincite.exports.index import without_empty
from pincite.exports.json_text import indented
from pincite.exports.moments import moment_of_timestamp
from pincite.model import Corpus, Source
from pincite.plan.sources import csl_type
from pincite.plan.urls import Addresses
from pincite.plan.words import Words


def write_csl(corpus: Corpus, words: Words, addresses: Addresses) -> bytes:  # noqa: ARG001
    """Return a list with an item for each source, in order of their ids."""
    return indented([csl_item(source) for source in corpus.sources])


def csl_item(source: Source) -> dict[str, Any]:
    """Return one source. Names stay whole: nobody can say what part is the family's."""
    archive = source.archives[0] if source.archives else None
    accessed = moment_of_timestamp(source.retrieved_at)
    kind = csl_type(source)
    item: dict[str, Any] = {
        "id": source.id,
        "type": kind,
        "title": source.title,
        "author": [{"literal": author} for author in source.authors],
        "container-title": source.publisher if kind == "article-newspaper" else "",
        "publisher": source.publisher,
        "issued": csl_date(source.published) if source.published else None,
        "accessed": {"date-parts": [_numbers(accessed)]} if accessed else None,
        "URL": source.url,
        "language": source.language,
        "archive": archive.kind if archive else "",
        "archive_location": archive.url if archive else "",
        "note": f"SHA-256 {source.sha256}" if source.sha256 else "",
    }
    return without_empty(item)


def csl_date(date: Date) -> dict[str, Any] | None:
    """Return a CSL date: one day, month or year, or a range; ``circa`` where it is not certain."""
    certain = not (date.uncertain or date.approximate) and date.kind is not Kind.ONE_OF
    first, last = date.parts[0], date.parts[-1]
    circa = {} if certain and not (first.beyond or last.beyond) else {"circa": True}
    start, end = date.earliest or first.latest, date.latest or last.earliest
    if start is None and end is None:
        return None
    sizes = {Kind.YEAR: 1, Kind.MONTH: 2}
    if date.kind in sizes and start is not None:
        return {"date-parts": [_parts(start)[: sizes[date.kind]]], **circa}
    if start == end or start is None or end is None:
        known = start or end
        return {"date-parts": [_parts(known)], **circa} if known else None
    return {"date-parts": [_parts(start), _parts(end)], **circa}


def _parts(day: Day) -> list[int]:
    """CSL has no year 0: -1 is 1 BCE."""
    return [day.year if day.year > 0 else day.year - 1, day.month, day.day]


def _numbers(moment: str) -> list[int]:
    return [int(part) for part in moment[:10].split("-")]
