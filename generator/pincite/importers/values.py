"""What an import is: events and sources in our words, and what became of everything else."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class What(StrEnum):
    """What became of something that was read."""

    KEPT = "kept"  # under another name, or under `imported:`
    CHANGED = "changed"  # its form is another than it was
    REFUSED = "refused"  # it makes no sense, so it counts as not written
    NOTED = "noted"  # worth knowing; it stands nowhere but in this report


class Loss(NamedTuple):
    """What became of a part of the input. *line* counts from 1; *record* names the event."""

    line: int | None
    record: str
    what: What
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedSource:
    """A source that events name by *key*, which is its URL where it has one."""

    key: str
    title: str
    url: str = ""
    publisher: str = ""
    authors: tuple[str, ...] = ()
    published: str = ""  # EDTF
    language: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedEvent:
    """An event as it will be written. *date* is EDTF or ``unknown``; *summary* is Markdown.

    *groups* are the words of a group, type or category: a kind where the site has one of that
    name, else tags. *sources* are keys. *imported* keeps the fields that have no home here.
    """

    line: int | None
    date: str
    title: str
    wish: str = ""  # the id the input gives it
    date_text: str = ""
    date_basis: str = ""
    groups: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    summary: str = ""
    sources: tuple[str, ...] = ()
    imported: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Import:
    """One file that was read. *site* is YAML that may be pasted into ``content/site.yaml``."""

    format: str
    name: str
    sha256: str
    events: tuple[ImportedEvent, ...] = ()
    sources: tuple[ImportedSource, ...] = ()
    losses: tuple[Loss, ...] = ()
    site: str = ""
