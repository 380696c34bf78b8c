"""Every file of data that a site gives away: where it is, what makes it, what the pages call it."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from pincite.exports.annotations import ANNOTATIONS, write_annotations
from pincite.exports.atom import ATOM, write_atom
from pincite.exports.bibtex import write_bibtex
from pincite.exports.csl import write_csl
from pincite.exports.csv_table import TABLE, write_csv
from pincite.exports.datapackage import DATAPACKAGE, Resource, datapackage, resource_of
from pincite.exports.headers import write_headers
from pincite.exports.icalendar_file import CALENDAR, write_icalendar
from pincite.exports.jsonfeed import JSONFEED, write_jsonfeed
from pincite.exports.pieces import Past, given
from pincite.exports.robots import write_robots
from pincite.exports.timeline_json import TIMELINE, write_timeline
from pincite.exports.timelinejs import (
    LOSSES,
    TIMELINEJS,
    write_losses,
    write_timelinejs,
)
from pincite.model import Corpus
from pincite.plan.urls import Addresses
from pincite.plan.words import Words

# From a corpus, words and addresses to bytes; what is large is told what it has as well.
Write = Callable[..., bytes | None]


class Export(NamedTuple):
    """One file. *write* returns None where the site cannot have it."""

    path: str
    needs_url: bool  # only a site with a canonical address has it
    write: Write
    media_type: str
    title_key: str  # key of the words that name it; empty for what is not offered to readers
    large: bool = False  # made of a piece for each event


# The sitemap is not here: it may be several files (``exports.sitemap.write_sitemap``).
EXPORTS = (
    Export(TIMELINE, False, write_timeline, "application/json", "say_data_timeline", True),
    Export(TABLE, False, write_csv, "text/csv", "say_data_csv", True),
    Export(TIMELINEJS, False, write_timelinejs, "application/json", "say_data_timelinejs", True),
    Export(LOSSES, False, write_losses, "application/json", "say_data_losses"),
    Export(
        "data/references.json",
        False,
        write_csl,
        "application/vnd.citationstyles.csl+json",
        "say_data_csl",
    ),
    Export("data/references.bib", False, write_bibtex, "application/x-bibtex", "say_data_bibtex"),
    Export(
        ANNOTATIONS, True, write_annotations, "application/ld+json", "say_data_annotations", True
    ),
    Export(ATOM, True, write_atom, "application/atom+xml", "say_data_atom"),
    Export(JSONFEED, True, write_jsonfeed, "application/feed+json", "say_data_jsonfeed"),
    Export(CALENDAR, True, write_icalendar, "text/calendar", "say_data_calendar", True),
    Export("robots.txt", False, write_robots, "text/plain", ""),
    Export("_headers", False, write_headers, "text/plain", ""),
)
DATAPACKAGE_TITLE = "say_data_datapackage"


class Written(NamedTuple):
    path: str
    content: bytes
    media_type: str


def write_exports(
    corpus: Corpus, words: Words, addresses: Addresses, past: Past | None = None
) -> Iterator[Written]:
    """Yield all exports there are, one after the other, the data package last."""
    have = given(corpus, words, addresses, past)
    resources: list[Resource] = []
    for export in EXPORTS:
        told = (corpus, words, addresses, have) if export.large else (corpus, words, addresses)
        content = export.write(*told)
        if content is not None:
            resources.append(resource_of(export.path, content, export.media_type))
            yield Written(export.path, content, export.media_type)
    yield Written(DATAPACKAGE, datapackage(corpus, resources), "application/json")
