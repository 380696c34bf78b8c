"""Recomputes the whole proof of a published site from what it publishes, and from nothing else."""

import re
from collections import defaultdict, deque
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from html import unescape

from pincite.verify.addresses import file_of, find_target
from pincite.verify.events import check_dates, check_entry, check_event_page
from pincite.verify.fault import Fault
from pincite.verify.markup import Unreadable
from pincite.verify.page import PageText, read_page
from pincite.verify.places import Place
from pincite.verify.snapshots import check_snapshot
from pincite.verify.sources import check_data, check_source_page
from pincite.verify.tables import PACKAGE, TABLE, check_package, check_table
from pincite.verify.timeline import FILE, Citation, Event, Source, Timeline, parse_timeline

_MOST_PAGES = 1_000_000
_OWN_FOLDERS = ("events/", "sources/")


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What was looked at, and what does not hold."""

    place: str
    faults: tuple[Fault, ...]
    pages: int = 0
    events: int = 0
    sources: int = 0
    paragraphs: int = 0
    citations: int = 0  # that claim to be proven
    unverified: int = 0  # that say of themselves that they are not
    snapshots: int = 0  # that are published and were compared
    withheld: int = 0  # proven ones whose paragraph's text is not published


def verify_site(
    place: Place, *, advance: Callable[[int, int], None] = lambda _, __: None
) -> Verdict:
    """Check everything. *advance* is told pages read and pages known. Raises Failure."""
    data = place.read(FILE)
    if data is None:
        fault = Fault(
            file=FILE, where="the file", message="there is none, so nothing can be proven"
        )
        return Verdict(place=place.name, faults=(fault,))
    timeline, faults = parse_timeline(data)
    if timeline is None or faults:  # with half the data every page would seem wrong
        return Verdict(place=place.name, faults=tuple(faults))
    faults += [*check_data(timeline), *check_dates(timeline)]
    pages, found = _check_pages(place, timeline, advance)
    faults += found
    published = [source for source in timeline.sources.values() if source.snapshot_url]
    for source in published:
        faults += check_snapshot(source, place)
    if (table := place.read(TABLE)) is not None:
        faults += check_table(table, timeline)
    if (package := place.read(PACKAGE)) is not None:
        faults += check_package(package, place)
    citations = [c for event in timeline.events.values() for c in event.citations]
    return Verdict(
        place=place.name,
        faults=tuple(faults),
        pages=pages,
        events=len(timeline.events),
        sources=len(timeline.sources),
        paragraphs=sum(len(source.paragraphs) for source in timeline.sources.values()),
        snapshots=len(published),
        citations=sum(not c.unverified for c in citations),
        unverified=sum(bool(c.unverified) for c in citations),
        withheld=sum(_is_withheld(c, timeline) for c in citations if not c.unverified),
    )


def _check_pages(
    place: Place, timeline: Timeline, advance: Callable[[int, int], None]
) -> tuple[int, list[Fault]]:
    """Check sources first, for the other pages lead to their anchors."""
    faults: list[Fault] = []
    sources = {file_of(source.url): source for source in timeline.sources.values()}
    events = {file_of(event.url): event for event in timeline.events.values()}
    aliases = {
        f"events/{alias}/index.html"
        for event in timeline.events.values()
        for alias in event.aliases
    }
    citings: dict[str, list[tuple[Event, Citation]]] = defaultdict(list)
    for event in timeline.events.values():
        for citation in event.citations:
            citings[citation.source].append((event, citation))
    anchors: dict[str, frozenset[str]] = {}
    listed = place.pages()
    others = _in_sitemap(place, timeline.url) if listed is None else listed
    todo = deque(dict.fromkeys((*sources, *events, "index.html", *others)))
    known = set(todo)
    count = 0
    while todo and count < _MOST_PAGES:
        file = todo.popleft()
        page, found = _read(place, file)
        faults += found
        count += 1
        advance(count, len(known))
        if page is None:
            continue
        if file in sources:
            source = sources[file]
            anchors[file] = page.ids
            faults += check_source_page(file, page, source, citings[source.id])
        elif file in events:
            faults += check_event_page(file, page, events[file])
        elif _is_stray(file, aliases):
            message = "the data knows nothing of this page"
            faults.append(Fault(file=file, where="the page", message=message))
        for entry in page.entries:
            faults += check_entry(file, entry, timeline, anchors)
        faults += _check_links(file, page, anchors, events)
        if listed is None:
            for target in (find_target(file, href) for href in page.links):
                if target and target.file.endswith(".html") and target.file not in known:
                    known.add(target.file)
                    todo.append(target.file)
    return count, faults


def _read(place: Place, file: str) -> tuple[PageText | None, list[Fault]]:
    data = place.read(file) if file else None
    if data is None:
        return None, [Fault(file=file or FILE, where="the page", message="there is no such page")]
    try:
        html = data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as problem:
        message = f"byte {problem.start} is not UTF-8"
        return None, [Fault(file=file, where="the page", message=message)]
    try:
        page = read_page(html)
    except Unreadable as problem:
        line = html.count("\n", 0, problem.offset) + 1
        around = html[problem.offset : problem.offset + 60].replace("\n", " ")
        return None, [Fault(file=file, where=f"line {line}", message=problem.message, found=around)]
    return page, [
        Fault(file=file, where=f"#{id}", message="this anchor stands on the page more than once")
        for id in page.repeated
    ]


def _in_sitemap(place: Place, url: str) -> Iterator[str]:
    """Yield the pages that the site's own map names; the others are found by their links."""
    data = place.read("sitemap.xml") if url else None
    for address in re.findall(r"<loc>([^<]*)</loc>", (data or b"").decode("utf-8", "replace")):
        if unescape(address).startswith(url):
            file = file_of(unescape(address)[len(url) :])
            if file.endswith(".html"):
                yield file


def _check_links(
    file: str, page: PageText, anchors: dict[str, frozenset[str]], events: Collection[str]
) -> Iterator[Fault]:
    """Check each a.cite of the page, also those in prose, and each a.cited-by."""
    for href in page.cites:
        target = find_target(file, href)
        if target is None or target.anchor not in anchors.get(target.file, frozenset()):
            yield Fault(
                file=file,
                where="a citation link",
                message="it leads to no place in a source",
                found=href,
            )
    for href in page.cited_by:
        target = find_target(file, href)
        if target is None or target.file not in events:
            yield Fault(
                file=file, where="a “cited by” link", message="it leads to no event", found=href
            )


def _is_stray(file: str, aliases: set[str]) -> bool:
    """Say whether *file* stands where only pages of events and sources do."""
    folder = file.partition("/")[0] + "/"
    return folder in _OWN_FOLDERS and file.count("/") > 1 and file not in aliases


def _is_withheld(citation: Citation, timeline: Timeline) -> bool:
    source: Source | None = timeline.sources.get(citation.source)
    paragraph = source.paragraphs.get(citation.paragraph) if source else None
    return paragraph is None or paragraph.text is None
