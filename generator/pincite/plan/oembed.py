"""What tells other people's sites which frames show a page of ours (oEmbed 1.0).

Each event that has a page for frames has a file of its own beside its page, and so has each
narrowed list; the heads of those pages name it. All addresses in it are absolute, so a site
without an address has none of this.
"""

import json
from urllib.parse import quote

from markupsafe import escape

from pincite.model import Event
from pincite.plan.card_image import HEIGHT as CARD_HEIGHT
from pincite.plan.card_image import WIDTH as CARD_WIDTH
from pincite.plan.exhibits import Exhibit
from pincite.plan.heads import absolute
from pincite.plan.site import Site
from pincite.plan.urls import output_path

_WIDTH = 640  # pixels
_HEIGHT_OF_LIST = 720
_LINE = 64  # letters of a line at that width
_TYPE = "application/json+oembed"
# Sort of a list → its name in the address of a selection, which scripts read.
_KEYS = {
    "kinds": "kind",
    "status": "modality",
    "voices": "voice",
    "actors": "actor",
    "places": "place",
    "tags": "tag",
}

Links = tuple[tuple[str, str, str], ...]


def oembed_path(*folder: str) -> str:
    return "/".join((*folder, "oembed.json"))


def embed_path(event: str) -> str:
    return output_path("embed", "events", event)


def card_path(event: str) -> str:
    return f"events/{event}/card.png"


def event_links(site: Site, event: Event, *, framed: bool) -> Links:
    """Return what the head of an event's page says of its oEmbed file."""
    return _links(site, event.title, "events", event.id) if framed else ()


def list_links(site: Site, label: str, sort: str, id: str) -> Links:
    """Return what the head of a narrowed list says of its oEmbed file."""
    return _links(site, label, sort, id)


def _links(site: Site, title: str, *folder: str) -> Links:
    if not site.url:
        return ()
    return ((_TYPE, title, absolute(site, oembed_path(*folder))),)


def embed_code(site: Site, exhibit: Exhibit) -> str:
    """Return the HTML that shows an event on another site; without an address there is none."""
    if not site.url:
        return ""
    event = exhibit.event
    return _frame(absolute(site, embed_path(event.id)), event.title, _height(exhibit))


def write_event(site: Site, exhibit: Exhibit, has_card: bool) -> bytes:
    event = exhibit.event
    answer = _answer(site, event.title, embed_code(site, exhibit), _height(exhibit))
    if has_card:
        answer |= {
            "thumbnail_url": absolute(site, card_path(event.id)),
            "thumbnail_width": CARD_WIDTH,
            "thumbnail_height": CARD_HEIGHT,
        }
    return _write(answer)


def write_list(site: Site, sort: str, id: str, label: str, is_short: bool) -> bytes:
    """A short list has a page for frames; a longer one is a selection on the page of embedding."""
    if is_short:
        address = absolute(site, output_path("embed", sort, id))
    else:
        address = f"{absolute(site, output_path('embed'))}?{_KEYS[sort]}={quote(id)}"
    code = _frame(address, label, _HEIGHT_OF_LIST)
    return _write(_answer(site, label, code, _HEIGHT_OF_LIST))


def _frame(address: str, title: str, height: int) -> str:
    return (
        f'<iframe src="{escape(address)}" title="{escape(title)}" width="{_WIDTH}"'
        f' height="{height}" loading="lazy"></iframe>'
    )


def _answer(site: Site, title: str, code: str, height: int) -> dict[str, object]:
    return {
        "version": "1.0",
        "type": "rich",
        "title": title,
        "provider_name": site.title,
        "provider_url": site.url,
        "html": code,
        "width": _WIDTH,
        "height": height,
    }


def _write(answer: dict[str, object]) -> bytes:
    return (json.dumps(answer, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def _height(exhibit: Exhibit) -> int:
    """Estimate, in pixels, how high an event's card is in a frame of the width we ask for."""
    lines = 8 - (-len(exhibit.event.title) // (_LINE * 3 // 4))
    for claim in exhibit.event.claims:
        lines += 3 - (-len(claim.text) // _LINE)
        for citation in claim.citations:
            text = getattr(citation, "exact", "") + citation.note
            lines += 3 - (-len(text) // _LINE)
    return min(900, max(240, lines * 24 // 12 * 12))
