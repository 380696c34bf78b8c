"""The page of one event: its claims beside their proof, and all that belongs to it."""

from functools import lru_cache

from markupsafe import Markup, escape

from pincite.base.recent import Recent
from pincite.dates import Date, html_datetime
from pincite.exports.jsonld import event_json_ld
from pincite.model import Name, Paragraph
from pincite.plan.cards import build_card
from pincite.plan.embedding import Sharing
from pincite.plan.exhibits import EventNames, Exhibit, SourceHead
from pincite.plan.heads import absolute, head
from pincite.plan.media import Shown, pictures
from pincite.plan.oembed import card_path, embed_code, event_links
from pincite.plan.site import Site
from pincite.plan.urls import encode, output_path
from pincite.plan.views import Dated, EventView, Link, RedirectView
from pincite.plan.words import Words, direction
from pincite.prose import Prose, fill_references

# Sources as they stand in a citation to copy, by the words round them: many events cite the same.
_COPIED: Recent[str] = Recent(1024)


def event_page(
    site: Site,
    exhibit: Exhibit,
    names: EventNames,
    paragraphs: tuple[tuple[str, Paragraph], ...],
    related: tuple[tuple[str, str, Date | None], ...],
    neighbours: tuple[tuple[str, str] | None, tuple[str, str] | None],
    prose_links: tuple[tuple[str, str], ...],
    measures: tuple[tuple[str, str], ...],
    media: tuple[Shown, ...],
    sharing: Sharing,
) -> EventView:
    """Build the view.

    *neighbours* are (id, title) of the events before and after; *prose_links*, one for each
    reference of the summary, are (address, text).
    """
    event, words = exhibit.event, site.words
    path = output_path("events", event.id)
    card = build_card(
        site,
        exhibit,
        {(source, paragraph.id): paragraph for source, paragraph in paragraphs},
        dict(measures),
    )
    summary = event.summary.plain if event.summary else ""
    description = summary
    if not description:
        claims = " ".join(claim.text for claim in event.claims)
        description = card.when.label + words("mark_colon") + claims
    before, after = neighbours
    return EventView(
        head=head(
            site,
            path,
            title=event.title,
            description=description,
            current="timeline",
            kind="article",
            json_ld=event_json_ld(exhibit, names, summary, site.url, "../../"),
            image=card_path(event.id) if sharing.card else "",
            alternates=event_links(site, event, framed=sharing.embed),
        ),
        card=card,
        summary=prose_html(event.summary, prose_links, "../../"),
        names=tuple(
            (words(f"say_{sort}"), tuple(_name_link(site, sort, name) for name in group))
            for sort, group in (
                ("actors", names.actors),
                ("recipients", names.recipients),
                ("places", names.places),
                ("tags", names.tags),
            )
            if group
        ),
        media=pictures(media, event.sensitive),
        corrections=tuple(
            Dated(
                label=words.date(c.date),
                datetime=html_datetime(c.date),
                text=c.note,
            )
            for c in sorted(event.corrections, key=lambda c: c.date.sort_key)
        ),
        related=tuple(
            Link(
                label=title,
                href=site.addresses.event(id),
                note=words.date(date),
            )
            for id, title, date in related
        ),
        copy=_copy(site, exhibit, path),
        embed=embed_code(site, exhibit) if sharing.embed else "",
        embed_page=site.addresses.page("embed"),
        before=_neighbour(site, before),
        after=_neighbour(site, after),
    )


def redirect_page(site: Site, alias: str, id: str, title: str) -> RedirectView:
    """The page at a former address: it leads on, with no script."""
    path = output_path("events", alias)
    return RedirectView(
        head=head(
            site,
            path,
            title=title,
            noindex=True,
            canonical=absolute(site, output_path("events", id)) if site.url else "",
        ),
        target=site.addresses.event(id),
        title=title,
    )


def prose_html(prose: Prose | None, links: tuple[tuple[str, str], ...], root: str) -> Markup:
    """Fill the references of *prose* with links as seen from a page whose root is *root*."""
    if prose is None:
        return Markup("")
    anchors = []
    for reference, (address, text) in zip(prose.references, links, strict=True):
        label = reference.label or escape(text)
        css = ' class="reference"' if reference.kind == "citation" else ""
        anchors.append(f'<a{css} href="{escape(root + address)}">{label}</a>')
    return Markup(fill_references(prose.html, anchors))  # noqa: S704 - sanitised by pincite.prose


def _name_link(site: Site, sort: str, name: Name) -> Link:
    folder = "actors" if sort == "recipients" else sort
    return Link(label=name.label, href=site.addresses.page(folder, name.id))


def _neighbour(site: Site, neighbour: tuple[str, str] | None) -> Link | None:
    if neighbour is None:
        return None
    id, title = neighbour
    return Link(label=title, href=site.addresses.event(id))


def _copy(site: Site, exhibit: Exhibit, path: str) -> Markup:
    """Return the reference to this entry that a reader may copy."""
    event, words = exhibit.event, site.words
    address = absolute(site, path) if site.url else f"events/{encode(event.id)}/"
    # What has no letters of its own direction would be torn apart in a line from right to left.
    isolated = direction(site.language) == "rtl"
    text = _escaped(words.table["say_cite_quoting" if exhibit.sources else "say_cite"]).format(
        title=_in_quotes(words, escape(event.title), isolated),
        site=f"<i>{_escaped(site.title)}</i>",
        address=f'<bdi dir="ltr">{escape(address)}</bdi>' if isolated else escape(address),
        sources=_escaped(words.table["mark_semicolon"]).join(
            [_copied_source(words, source, isolated) for source in exhibit.sources]
        ),
    )
    return Markup(text)  # noqa: S704 - all that is not ours is escaped


def _copied_source(words: Words, source: SourceHead, isolated: bool) -> str:
    key = f"{words.version} {isolated}"
    known = _COPIED.find(source, key)
    if known is not None:
        return known
    name = escape(source.name)
    parts = [
        f"<bdi>{name}</bdi>" if isolated else name,
        _in_quotes(words, escape(source.title), isolated),
    ]
    if source.sha256:
        digest = f"SHA-256 {source.sha256[:8]}…{source.sha256[-8:]}"
        parts.append(f'<bdi dir="ltr">{digest}</bdi>' if isolated else digest)
    return _COPIED.keep(source, _escaped(words.table["mark_comma"]).join(filter(None, parts)), key)


def _in_quotes(words: Words, title: str, isolated: bool) -> str:
    whole = f"<bdi>{title}</bdi>" if isolated else title
    return _escaped(words.table["say_in_quotes"]).format(text=whole)


@lru_cache(maxsize=2048)
def _escaped(text: str) -> str:
    """Return *text* escaped; for what stands on many pages."""
    return str(escape(text))
