"""Pages of prose: those of ``content/pages``, and the one for addresses that are not there."""

from markupsafe import Markup

from pincite.model import PageEntry
from pincite.plan.events import prose_html
from pincite.plan.heads import head
from pincite.plan.site import Site
from pincite.plan.urls import output_path
from pincite.plan.views import PageView


def prose_page(site: Site, page: PageEntry, links: tuple[tuple[str, str], ...]) -> PageView:
    return PageView(
        head=head(
            site,
            output_path(page.id),
            title=page.title,
            description=page.description or page.body.plain,
            current=page.id,
        ),
        title=page.title,
        body=prose_html(page.body, links, "../"),
    )


def missing_page(site: Site) -> PageView:
    """The page a host shows for an address that is not there, at whatever depth.

    Relative links would miss there, so they begin at the root that the site's ``url`` names.
    """
    words = site.words
    return PageView(
        head=head(
            site,
            "404.html",
            title=words("say_not_found"),
            noindex=True,
            canonical="",
            root=_root(site.url),
        ),
        title=words("say_not_found"),
        body=Markup("<p>{}</p>").format(words("say_not_found_text")),
    )


def _root(url: str) -> str:
    """Return the path of *url*, or nothing where it is not known."""
    if not url:
        return ""
    return "/" + url.partition("://")[2].partition("/")[2]
