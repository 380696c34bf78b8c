"""Authors' prose: Markdown in, safe HTML and its references out.

Whatever the text, the HTML holds only the elements, attributes and URL schemes of an allow-list,
and the n-th placeholder in it belongs to the n-th reference.
"""

import html as entities
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from pincite.prose.fast import read_simple
from pincite.prose.reference import PLACEHOLDER, ProseProblem, Reference

__all__ = ["PAGE_LIMIT", "SUMMARY_LIMIT", "Prose", "ProseProblem", "Reference"]
__all__ += ["fill_references", "parse_prose"]

SUMMARY_LIMIT: Final = 20_000
PAGE_LIMIT: Final = 200_000

_CITATIONS = re.compile(rf"\s*\[{PLACEHOLDER}(?:; {PLACEHOLDER})*\]")
_TAG = re.compile(r"""<[^<>"]*+(?:"[^"]*+"[^<>"]*+)*+>""")


@dataclass(frozen=True, slots=True, kw_only=True)
class Prose:
    """Sanitised *html* in which a placeholder stands for each of *references*, in order."""

    html: str = ""
    references: tuple[Reference, ...] = ()

    @property
    def plain(self) -> str:
        """The words alone on one line, without citations: for descriptions and feeds."""
        text = self.html
        if self.references:
            labels = (r.label for r in self.references if r.kind != "citation")
            text = fill_references(_CITATIONS.sub("", text), labels)
        return " ".join(entities.unescape(_TAG.sub("", text)).split())


def parse_prose(
    markdown: str,
    *,
    limit: int = SUMMARY_LIMIT,
    heading_level: int = 3,
    is_page: bool = False,
) -> tuple[Prose, tuple[ProseProblem, ...]]:
    """Read Markdown. A text that is refused gives empty prose and one problem.

    A summary is shown on pages of several depths, so only a page (*is_page*), which has one
    address, may have relative links and ids on its headings. The highest heading becomes an
    element of *heading_level*: 3 for ``<h3>``.
    """
    simple = read_simple(markdown) if len(markdown) <= limit else None
    if simple is not None:
        return Prose(html=simple[0], references=simple[1]), ()
    return _read_any(markdown, limit, heading_level, is_page)


def fill_references(html: str, links: Iterable[str]) -> str:
    """Put the n-th of *links*, which must be safe HTML, where the n-th placeholder stands.

    Raises ``ValueError`` when there are not exactly as many links as placeholders.
    """
    first, *others = html.split(PLACEHOLDER)
    filled = [first]
    for link, text in zip(links, others, strict=True):
        filled += (link, text)
    return "".join(filled)


@lru_cache(maxsize=512)
def _read_any(
    markdown: str, limit: int, heading_level: int, is_page: bool
) -> tuple[Prose, tuple[ProseProblem, ...]]:
    # Markdown and nh3 cost 40 ms to import, which a build of simple summaries need not pay.
    from pincite.prose.markdown import read_markdown  # noqa: PLC0415

    found, references, problems = read_markdown(
        markdown, limit=limit, heading_level=heading_level, is_page=is_page
    )
    return Prose(html=found, references=references), problems
