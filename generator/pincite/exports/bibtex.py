"""``data/references.bib``: the sources for BibTeX and BibLaTeX."""

import re

from pincite.dates import Date, Day, Kind
from pincite.exports.moments import moment_of_timestamp
from pincite.model import Corpus, Source
from pincite.plan.urls import Addresses
from pincite.plan.words import Words

_ESCAPES = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\{",
        "}": r"\}",
        "%": r"\%",
        "&": r"\&",
        "#": r"\#",
        "$": r"\$",
        "_": r"\_",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
    }
)
_IN_URL = str.maketrans({"{": "%7B", "}": "%7D", "\\": "%5C", '"': "%22", " ": "%20"})
_NOT_KEY = re.compile(r"[^A-Za-z0-9-]")
_PLAIN = (Kind.DAY, Kind.MONTH, Kind.YEAR)


def write_bibtex(corpus: Corpus, words: Words, addresses: Addresses) -> bytes:  # noqa: ARG001
    """Return an entry for each source, in order of their ids."""
    return "\n".join(_entry(source, words) for source in corpus.sources).encode()


def escape(text: str) -> str:
    """Return *text* on one line with TeX's own characters as commands."""
    return " ".join(text.split()).translate(_ESCAPES)


def _entry(source: Source, words: Words) -> str:
    fields = {
        "title": f"{{{escape(source.title)}}}",  # braced twice, so that capitals stay
        "author": " and ".join(f"{{{escape(author)}}}" for author in source.authors),
        "organization": escape(source.publisher),
        "date": _date(source.published) if source.published else "",
        "year": _year(source.published) if source.published else "",
        "url": source.url.translate(_IN_URL),
        "urldate": (moment_of_timestamp(source.retrieved_at) or "")[:10],
        "langid": escape(source.language),
        "note": _note(source, words),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    kind = "online" if source.url else "misc"
    return "\n".join((f"@{kind}{{{_key(source.id)},", *lines, "}\n"))


def _key(id: str) -> str:
    """Return an ASCII key: other letters of an id are written as their code points."""
    return _NOT_KEY.sub(lambda match: f"u{ord(match[0]):x}", id)


def _date(date: Date) -> str:
    """Return what BibLaTeX reads: a day, month, year, or a range of such days."""
    if date.kind in _PLAIN and 0 <= (date.parts[0].year or 0) <= 9999:
        return date.edtf
    days = [_day(day) for day in (date.earliest, date.latest) if day is not None]
    if len(days) < 2 or "" in days:
        return ""
    return "/".join(dict.fromkeys(days))


def _day(day: Day) -> str:
    return day.isoformat() if 0 < day.year <= 9999 else ""


def _year(date: Date) -> str:
    if date.earliest is None or date.latest is None or date.earliest.year != date.latest.year:
        return ""
    return str(date.earliest.year) if date.earliest.year > 0 else ""


def _note(source: Source, words: Words) -> str:
    notes = []
    if source.published is not None and source.published.kind not in _PLAIN:
        notes.append(escape(words.date(source.published)))
    notes += [rf"\url{{{archive.url.translate(_IN_URL)}}}" for archive in source.archives]
    if source.sha256:
        notes.append(f"SHA-256 {source.sha256}")
    return "; ".join(notes)
