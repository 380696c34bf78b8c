"""A page for each event, and one at each of its former addresses."""

from collections.abc import Iterator, Mapping
from typing import Any

from pincite.base.derived import Derived
from pincite.images.survey import Medium
from pincite.model import Event, Name, Source
from pincite.plan.embedding import Sharing
from pincite.plan.events import event_page, redirect_page
from pincite.plan.exhibits import EventNames, Exhibit, cited_paragraphs
from pincite.plan.measures import measures_of
from pincite.plan.media import shown_of
from pincite.plan.page import Page
from pincite.plan.site import Site
from pincite.plan.urls import output_path
from pincite.prose import Prose


class Tables:
    """What ids stand for."""

    def __init__(
        self,
        actors: tuple[Name, ...],
        places: tuple[Name, ...],
        tags: tuple[Name, ...],
        sources: tuple[Source, ...],
    ) -> None:
        self.actors = {name.id: name for name in actors}
        self.places = {name.id: name for name in places}
        self.tags = {name.id: name for name in tags}
        self.sources = {source.id: source for source in sources}


_NO_MORE: tuple[tuple[()], tuple[()], tuple[()]] = ((), (), ())


def event_pages(
    site: Site,
    exhibits: tuple[Exhibit, ...],
    tables: Tables,
    measures: Mapping[str, str],
    media: Mapping[str, Medium],
    sharing: Mapping[str, Sharing],
    derived: Derived,
) -> Iterator[Page]:
    by_id = {exhibit.event.id: exhibit for exhibit in exhibits}
    last = len(exhibits) - 1
    for at, exhibit in enumerate(exhibits):
        event = exhibit.event
        related = tuple(
            (by_id[id].event.id, by_id[id].event.title, by_id[id].event.date)
            for id in event.related
        )
        compared = measures_of(event, measures) if measures else ()
        shown = shown_of(event, media) if event.media else ()
        more = (related, compared, shown) if related or compared or shown else _NO_MORE
        yield derived.of(
            _event,
            site,
            exhibit,
            *(
                exhibits[at - 1].event if at else None,
                exhibits[at + 1].event if at < last else None,
            ),
            tables,
            sharing[event.id],
            more,
        )
        for alias in event.aliases:
            yield Page(
                output_path("events", alias),
                "redirect.html",
                redirect_page,
                (site, alias, event.id, event.title),
            )


def _event(
    site: Site,
    exhibit: Exhibit,
    before: Event | None,
    after: Event | None,
    tables: Tables,
    sharing: Sharing,
    more: tuple[Any, Any, Any],
) -> Page:
    event = exhibit.event
    related, measures, media = more
    names = EventNames(
        actors=tuple(tables.actors[id] for id in event.actors),
        recipients=tuple(tables.actors[id] for id in event.recipients),
        places=tuple(tables.places[id] for id in event.places),
        tags=tuple(tables.tags[id] for id in event.tags),
    )
    return Page(
        output_path("events", event.id),
        "event.html",
        event_page,
        (
            site,
            exhibit,
            names,
            cited_paragraphs(event, tables.sources),
            related,
            (brief(before) if before else None, brief(after) if after else None),
            prose_links(event.summary, site, tables) if event.summary else (),
            measures,
            media,
            sharing,
        ),
    )


def prose_links(prose: Prose, site: Site, tables: Tables) -> tuple[tuple[str, str], ...]:
    """Return the address and the words of each reference of *prose*, in order."""
    if not prose.references:
        return ()
    links = []
    for reference in prose.references:
        match reference.kind:
            case "citation" | "source":
                anchor = reference.paragraph or ""
                text = tables.sources[reference.target].name
                if anchor:
                    number = site.words("say_pilcrow", n=anchor.removeprefix("p"))
                    text = site.words.joined(text, number)
                links.append((site.addresses.source(reference.target, anchor), text))
            case "event":
                links.append((site.addresses.event(reference.target), reference.target))
            case "page":
                links.append((site.addresses.page(reference.target), reference.target))
    return tuple(links)


def brief(event: Event) -> tuple[str, str]:
    return event.id, event.title
