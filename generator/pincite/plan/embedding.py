"""Pages for frames on other people's sites.

A framed page holds the claim, who makes it and its proof; every link leads out of the frame, to
the site itself. Nothing here needs a script.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from markupsafe import Markup

from pincite.model import Config, Name
from pincite.plan.card_image import can_draw, card_image, pillow_version
from pincite.plan.cards import card
from pincite.plan.embed_views import EmbeddingView, EmbedView
from pincite.plan.exhibits import Exhibit
from pincite.plan.heads import SITE_CARD, absolute, head
from pincite.plan.narrowing import Narrowed
from pincite.plan.oembed import (
    card_path,
    embed_code,
    embed_path,
    oembed_path,
    write_event,
    write_list,
)
from pincite.plan.page import Page
from pincite.plan.site import Site
from pincite.plan.urls import output_path
from pincite.plan.views import Link

# Two files for each event: a site with more has them for its featured events only.
MOST_EVENTS = 2000
_MOST_IN_LIST = 25


@dataclass(frozen=True, slots=True, kw_only=True)
class Sharing:
    """What there is of an event for those who share it."""

    embed: bool
    card: bool

    @property
    def digest_parts(self) -> tuple[object, ...]:
        return (self.embed, self.card)


@lru_cache
def _sharing(*, embed: bool, card: bool) -> Sharing:
    """Return the same value for the same: pages are compared by what they are made of."""
    return Sharing(embed=embed, card=card)


def sharing_of(config: Config, exhibits: tuple[Exhibit, ...]) -> dict[str, Sharing]:
    """Return event id → what there is to share; an image only where its letters can be set."""
    featured = frozenset(config.featured)
    few = len(exhibits) <= MOST_EVENTS
    return {
        e.event.id: _sharing(
            embed=few or e.event.id in featured,
            card=bool(config.url)
            and e.event.id in featured
            and can_draw(e.event.title, config.title),
        )
        for e in exhibits
    }


def sharing_pages(
    site: Site,
    exhibits: tuple[Exhibit, ...],
    narrowed: tuple[Narrowed, ...],
    sharing: dict[str, Sharing],
) -> Iterator[Page]:
    """Yield all that others can embed, and the images that stand for pages."""
    pillow = pillow_version() if site.url else ""
    if site.url and can_draw(site.title):
        yield Page(SITE_CARD, "", site_card, (site.title, site.url, pillow))
    for exhibit in exhibits:
        event, own = exhibit.event, sharing[exhibit.event.id]
        if own.embed:
            yield Page(embed_path(event.id), "embed.html", embed_event, (site, exhibit))
        if own.embed and site.url:
            path = oembed_path("events", event.id)
            yield Page(path, "", write_event, (site, exhibit, own.card))
        if own.card:
            date = site.words.date(event.date)
            above = date if can_draw(date) else ""
            yield Page(
                card_path(event.id), "", card_image, (event.title, above, site.title, pillow)
            )
    lists = []
    for n in narrowed:
        is_short = _is_short(n, sharing)
        if is_short:
            lists.append((n.sort, n.name))
            yield Page(
                output_path("embed", n.sort, n.name.id),
                "embed.html",
                embed_list,
                (site, n.sort, n.name, n.exhibits),
            )
        if site.url:
            label = site.words(f"say_{n.name.id}") if n.sort == "status" else n.name.label
            yield Page(
                oembed_path(n.sort, n.name.id),
                "",
                write_list,
                (site, n.sort, n.name.id, label, is_short),
            )
    example = next((e for e in exhibits if sharing[e.event.id].embed), None)
    yield Page(output_path("embed"), "embedding.html", embed_page, (site, example, tuple(lists)))


def site_card(title: str, url: str, pillow: str) -> bytes:
    shown = url.partition("://")[2].rstrip("/")
    return card_image(title, "", shown if can_draw(shown) else "", pillow)


def embed_event(site: Site, exhibit: Exhibit) -> EmbedView:
    event = exhibit.event
    own = output_path("events", event.id)
    return EmbedView(
        head=head(
            site,
            embed_path(event.id),
            title=event.title,
            noindex=True,
            canonical=absolute(site, own) if site.url else "",
        ),
        heading="",
        cards=(card(site, exhibit),),
        whole=Link(label=site.words("say_open_entry"), href=site.addresses.event(event.id)),
        origin=Link(label=site.title, href=site.addresses.page()),
    )


def embed_list(site: Site, sort: str, name: Name, exhibits: tuple[Exhibit, ...]) -> EmbedView:
    return EmbedView(
        head=head(
            site,
            output_path("embed", sort, name.id),
            title=name.label,
            noindex=True,
            canonical=absolute(site, output_path(sort, name.id)) if site.url else "",
        ),
        heading=name.label,
        cards=tuple(card(site, exhibit) for exhibit in exhibits),
        whole=Link(label=site.words("say_open_list"), href=site.addresses.page(sort, name.id)),
        origin=Link(label=site.title, href=site.addresses.page()),
    )


def embed_page(
    site: Site, example: Exhibit | None, lists: tuple[tuple[str, Name], ...]
) -> EmbeddingView:
    """The page that says what can be embedded, and how."""
    words = site.words
    paragraphs = [Markup("<p>{}</p>").format(words("say_embed_how"))]
    if not site.url:
        paragraphs.append(Markup("<p>{}</p>").format(words("say_embed_no_address")))
    elif example:
        code = embed_code(site, example)
        paragraphs.append(Markup('<pre class="copy"><code dir="ltr">{}</code></pre>').format(code))
        paragraphs.append(Markup("<p>{}</p>").format(words("say_embed_oembed")))
    if example:
        paragraphs.append(
            Markup('<p><a href="../{}">{}</a></p>').format(
                site.addresses.page("embed", "events", example.event.id), example.event.title
            )
        )
    paragraphs.append(Markup("<h2>{}</h2>").format(words("say_embed_views")))
    paragraphs.append(
        Markup('<p>{} <a href="../{}">{}</a></p>').format(
            words("say_embed_views_text"), site.addresses.page("search"), words("say_search")
        )
    )
    if lists:
        paragraphs.append(Markup("<h2>{}</h2>").format(words("say_embed_lists")))
        paragraphs.append(Markup("<p>{}</p>").format(words("say_embed_lists_text")))
        for sort in dict.fromkeys(sort for sort, _ in lists):
            links = Markup("").join(
                Markup('<dd><a href="../{}">{}</a></dd>').format(
                    site.addresses.page("embed", sort, name.id), name.label
                )
                for own, name in lists
                if own == sort
            )
            paragraphs.append(
                Markup('<dl class="names"><div><dt>{}</dt>{}</div></dl>').format(
                    words(f"say_one_of_{sort}"), links
                )
            )
    return EmbeddingView(
        head=head(
            site,
            output_path("embed"),
            title=words("say_embed"),
            description=words("say_embed_how"),
        ),
        title=words("say_embed"),
        body=Markup("\n").join(paragraphs),
        whole=words("say_open_list"),
    )


def _is_short(narrowed: Narrowed, sharing: dict[str, Sharing]) -> bool:
    few = len(narrowed.exhibits) <= _MOST_IN_LIST and len(sharing) <= MOST_EVENTS
    return few and narrowed.sort != "status"
