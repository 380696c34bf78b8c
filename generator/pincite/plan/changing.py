"""The page of what editions of the site say differently; written only where something is told."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pincite.dates import html_datetime
from pincite.model import CHANGES, Change, Corpus, Edition, FieldChange
from pincite.plan.heads import head
from pincite.plan.page import Page
from pincite.plan.site import Site
from pincite.plan.urls import output_path
from pincite.plan.views import Head

_NO_ID = re.compile(r"[^0-9A-Za-z-]+")
_NUMBERED = re.compile(r"(.*?)( \d+| p\d+)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeEntry:
    """One event, source or the site; *href* is empty where it has no page (any more)."""

    label: str
    href: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeGroup:
    """What was added; or what was changed, and so on."""

    id: str
    heading: str
    entries: tuple[ChangeEntry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionView:
    id: str  # its anchor: the date
    date: str
    datetime: str
    note: str
    groups: tuple[ChangeGroup, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangesView:
    head: Head
    heading: str
    standfirst: str
    editions: tuple[EditionView, ...]


def change_pages(corpus: Corpus, site: Site, editions: tuple[Edition, ...]) -> Iterator[Page]:
    """Yield the page, where there is something to tell."""
    if editions:
        there = {("event", event.id) for event in corpus.events}
        there |= {("source", source.id) for source in corpus.sources}
        told = {(change.what, change.id) for edition in editions for change in edition.changes}
        linked = tuple(sorted(there & told))
        yield Page(output_path("changes"), "changes.html", changes_page, (site, editions, linked))


def changes_page(
    site: Site, editions: tuple[Edition, ...], there: tuple[tuple[str, str], ...]
) -> ChangesView:
    """Build the page; *there* are the events and sources that can be linked."""
    words = site.words
    return ChangesView(
        head=head(
            site,
            output_path("changes"),
            title=words("say_changes"),
            description=words("say_changes_intro"),
            current="changes",
        ),
        heading=words("say_changes"),
        standfirst=words("say_changes_intro"),
        editions=tuple(_edition(site, edition, frozenset(there)) for edition in editions),
    )


def _edition(site: Site, edition: Edition, there: frozenset[tuple[str, str]]) -> EditionView:
    said = site.words.date(edition.date)
    anchor = _NO_ID.sub("-", edition.date.edtf)
    return EditionView(
        id=anchor,
        date=said[:1].upper() + said[1:],
        datetime=html_datetime(edition.date),
        note=edition.note,
        groups=tuple(
            ChangeGroup(
                id=f"{anchor}-{kind}",
                heading=site.words(f"say_changes_{kind}"),
                entries=tuple(_entry(site, change, there) for change in own),
            )
            for kind in CHANGES
            if (own := [change for change in edition.changes if change.kind == kind])
        ),
    )


def _entry(site: Site, change: Change, there: frozenset[tuple[str, str]]) -> ChangeEntry:
    words = site.words
    href = ""
    if (change.what, change.id) in there:
        addresses = site.addresses
        page = addresses.event if change.what == "event" else addresses.source
        href = page(change.id)
    return ChangeEntry(
        label=words("say_changes_site") if change.what == "site" else change.title or change.id,
        href=href,
        lines=(
            *((words("say_changes_former", id=change.former_id),) if change.former_id else ()),
            *change.notes,
            *(_line(site, field) for field in change.fields),
        ),
    )


def _line(site: Site, field: FieldChange) -> str:
    """Put one field in words: what it was and what it is."""
    key = "was" if field.old and field.new else "now" if field.new else "gone"
    name = _name(site, field.name)
    return site.words(f"say_changes_{key}", name=name, old=field.old, new=field.new)


def _name(site: Site, name: str) -> str:
    """Say "claim 2, quotation" in the site's language; what is not known stays as it is."""
    said = []
    for part in name.split(", "):
        match = _NUMBERED.fullmatch(part)
        word, number = (match[1], match[2] or "") if match else (part, "")
        key = "say_field_" + re.sub(r"[^a-z0-9]+", "_", word.lower()).strip("_")
        said.append(str(site.words.table.get(key, word)) + number)
    return site.words.joined(*said)
