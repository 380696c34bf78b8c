"""The head of each page: titles, canonical addresses, Open Graph, and where the page stands."""

from pincite.plan.site import Site
from pincite.plan.urls import address_of, root_of
from pincite.plan.views import Head

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
) -> Head:
    """Build the head of the page written at *path*; *canonical* is given where it is elsewhere."""
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
    )


def absolute(site: Site, path: str) -> str:
    """Return the canonical address of the page written at *path*."""
    return site.url + address_of(path)


def shorten(text: str) -> str:
    """Return *text* on one line, cut at a word where it is too long for a description."""
    line = " ".join(text.split())
    if len(line) <= _LONGEST:
        return line
    return line[: _LONGEST - 1].rpartition(" ")[0] + "…"
