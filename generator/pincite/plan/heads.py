"""The head of each page: titles, canonical addresses, Open Graph, and where the page stands."""

from pincite.plan.card_image import HEIGHT, WIDTH, can_draw
from pincite.plan.site import Site
from pincite.plan.urls import address_of, root_of
from pincite.plan.views import Head

SITE_CARD = "card.png"  # the image of a page that has none of its own
_LONGEST = 300


def head(
    site: Site,
    path: str,
    *,
    title: str,
    description: str = "",
    current: str = "",
    kind: str = "website",
    noindex: bool = False,
    canonical: str | None = None,
    meta: tuple[tuple[str, str], ...] = (),
    json_ld: str = "",
    root: str | None = None,
    image: str = "",
    alternates: tuple[tuple[str, str, str], ...] = (),
) -> Head:
    """Build the head of the page written at *path*; *canonical* is given where it is elsewhere.

    *image* is the path of the page's own image; another page has that of the site.
    """
    root = root_of(path) if root is None else root
    own = absolute(site, path) if site.url else ""
    brief = shorten(description)
    graph: tuple[tuple[str, str], ...] = ()
    if own and not noindex:
        graph = (
            ("og:type", kind),
            ("og:title", title),
            *((("og:description", brief),) if brief else ()),
            ("og:url", own),
            ("og:site_name", site.title),
            ("og:locale", site.language.replace("-", "_")),
            *_image(site, image, title if image else site.title),
        )
    return Head(
        path=path,
        root=root,
        home=site.addresses.home(root),
        title=title if title == site.title else f"{title} – {site.title}",
        description=brief,
        current=current,
        canonical=own if canonical is None else canonical,
        noindex=noindex,
        open_graph=graph,
        meta=meta,
        json_ld=json_ld,
        alternates=alternates,
    )


def _image(site: Site, path: str, alt: str) -> tuple[tuple[str, str], ...]:
    if not path and not can_draw(site.title):
        return ()
    return (
        ("og:image", absolute(site, path or SITE_CARD)),
        ("og:image:type", "image/png"),
        ("og:image:width", str(WIDTH)),
        ("og:image:height", str(HEIGHT)),
        ("og:image:alt", alt),
    )


def absolute(site: Site, path: str) -> str:
    """Return the canonical address of the page written at *path*."""
    return site.url + address_of(path)


def shorten(text: str) -> str:
    """Return *text* on one line, cut at a word where it is too long for a description."""
    line = " ".join(text[: 2 * _LONGEST].split())
    if len(line) <= _LONGEST:
        line = " ".join(text.split())
    if len(line) <= _LONGEST:
        return line
    return line[: _LONGEST - 1].rpartition(" ")[0] + "…"
