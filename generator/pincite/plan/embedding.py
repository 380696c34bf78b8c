"""Pages for frames on other people's sites, and what tells those sites of them (oEmbed 1.0).

A framed page holds the claim, who makes it and its proof; every link leads out of the frame, to
the site itself. Nothing here needs a script.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from markupsafe import Markup, escape

from pincite.model import Config, Event, Name
from pincite.plan.card_image import HEIGHT as CARD_HEIGHT
from pincite.plan.card_image import WIDTH as CARD_WIDTH
from pincite.plan.card_image import can_draw, card_image, pillow_version
from pincite.plan.cards import card
from pincite.plan.embed_views import EmbeddingView, EmbedView
from pincite.plan.exhibits import Exhibit
from pincite.plan.heads import SITE_CARD, absolute, head
from pincite.plan.narrowing import Narrowed
from pincite.plan.page import Page
from pincite.plan.site import Site
from pincite.plan.urls import output_path
from pincite.plan.views import Link

# Two files for each event: a site with more has them for its featured events only.
MOST_EVENTS = 2000
_MOST_IN_LIST = 25
_WIDTH = 640  # pixels
_LINE = 64  # letters of a line at that width
_OEMBED = "application/json+oembed"


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
            yield Page(_embed_path(event.id), "embed.html", embed_event, (site, exhibit))
        if own.embed and site.url:
            path = oembed_path(event.id)
            yield Page(path, "", write_oembed, (site, exhibit, own.card))
        if own.card:
            date = site.words.date(event.date)
            above = date if can_draw(date) else ""
            yield Page(
                card_path(event.id), "", card_image, (event.title, above, site.title, pillow)
            )
    lists = tuple(
        (n.sort, n.name) for n in narrowed if _is_short(n, sharing) and n.sort != "status"
    )
    for n in narrowed:
        if (n.sort, n.name) in lists:
            yield Page(
                output_path("embed", n.sort, n.name.id),
                "embed.html",
                embed_list,
                (site, n.sort, n.name, n.exhibits),
            )
    example = next((e for e in exhibits if sharing[e.event.id].embed), None)
    yield Page(output_path("embed"), "embedding.html", embed_page, (site, example, lists))


def card_path(event: str) -> str:
    return f"events/{event}/card.png"


def oembed_path(event: str) -> str:
    return f"events/{event}/oembed.json"


def site_card(title: str, url: str, pillow: str) -> bytes:
    shown = url.partition("://")[2].rstrip("/")
    return card_image(title, "", shown if can_draw(shown) else "", pillow)


def oembed_links(site: Site, event: Event, sharing: Sharing) -> tuple[tuple[str, str, str], ...]:
    """Return what the head of an event's page says of its oEmbed file; addresses are absolute."""
    if not (sharing.embed and site.url):
        return ()
    return ((_OEMBED, event.title, absolute(site, oembed_path(event.id))),)


def embed_code(site: Site, exhibit: Exhibit) -> str:
    """Return the HTML that shows an event on another site; without an address there is none."""
    if not site.url:
        return ""
    event = exhibit.event
    address = absolute(site, _embed_path(event.id))
    return (
        f'<iframe src="{escape(address)}" title="{escape(event.title)}" width="{_WIDTH}"'
        f' height="{_height(exhibit)}" loading="lazy"></iframe>'
    )


def write_oembed(site: Site, exhibit: Exhibit, has_card: bool) -> bytes:
    event = exhibit.event
    answer: dict[str, object] = {
        "version": "1.0",
        "type": "rich",
        "title": event.title,
        "provider_name": site.title,
        "provider_url": site.url,
        "html": embed_code(site, exhibit),
        "width": _WIDTH,
        "height": _height(exhibit),
    }
    if has_card:
        answer |= {
            "thumbnail_url": absolute(site, card_path(event.id)),
            "thumbnail_width": CARD_WIDTH,
            "thumbnail_height": CARD_HEIGHT,
        }
    return (json.dumps(answer, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def embed_event(site: Site, exhibit: Exhibit) -> EmbedView:
    event = exhibit.event
    own = output_path("events", event.id)
    return EmbedView(
        head=head(
            site,
            _embed_path(event.id),
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
    label = site.words(f"say_{name.id}") if sort == "status" else name.label
    return EmbedView(
        head=head(
            site,
            output_path("embed", sort, name.id),
            title=label,
            noindex=True,
            canonical=absolute(site, output_path(sort, name.id)) if site.url else "",
        ),
        heading=label,
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


def _embed_path(event: str) -> str:
    return output_path("embed", "events", event)


def _is_short(narrowed: Narrowed, sharing: dict[str, Sharing]) -> bool:
    return len(narrowed.exhibits) <= _MOST_IN_LIST and len(sharing) <= MOST_EVENTS


def _height(exhibit: Exhibit) -> int:
    """Estimate, in pixels, how high an event's card is in a frame of the width we ask for."""
    lines = 8 - (-len(exhibit.event.title) // (_LINE * 3 // 4))
    for claim in exhibit.event.claims:
        lines += 3 - (-len(claim.text) // _LINE)
        for citation in claim.citations:
            text = getattr(citation, "exact", "") + citation.note
            lines += 3 - (-len(text) // _LINE)
    return min(900, max(240, lines * 24 // 12 * 12))
