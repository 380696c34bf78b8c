"""Every file of data that a site gives away: where it is, what makes it, what the pages call it."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import NamedTuple, TypeAlias

from pincite.base.content import Bytes
from pincite.exports.annotations import ANNOTATIONS, write_annotations
from pincite.exports.atom import ATOM, write_atom
from pincite.exports.bibtex import write_bibtex
from pincite.exports.csl import write_csl
from pincite.exports.csv_table import TABLE, write_csv
from pincite.exports.datapackage import (
    DATAPACKAGE,
    Resource,
    datapackage,
    read_resources,
    resource_of,
)
from pincite.exports.headers import write_headers
from pincite.exports.icalendar_file import CALENDAR, write_icalendar
from pincite.exports.index import index_of
from pincite.exports.jsonfeed import JSONFEED, write_jsonfeed
from pincite.exports.pieces import Caught, Given, Past, amend_pieces, given
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
Write = Callable[..., Bytes | None]


class Export(NamedTuple):
    """One file. *write* returns None where the site cannot have it."""

    path: str
    needs_url: bool  # only a site with a canonical address has it
    write: Write
    media_type: str
    title_key: str  # key of the words that name it; empty for what is not offered to readers
    large: bool = False  # made of a piece for each event
    newest: bool = False  # made of the newest events alone


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
    Export(ATOM, True, write_atom, "application/atom+xml", "say_data_atom", newest=True),
    Export(
        JSONFEED,
        True,
        write_jsonfeed,
        "application/feed+json",
        "say_data_jsonfeed",
        newest=True,
    ),
    Export(CALENDAR, True, write_icalendar, "text/calendar", "say_data_calendar", True),
    Export("robots.txt", False, write_robots, "text/plain", ""),
    Export("_headers", False, write_headers, "text/plain", ""),
)
DATAPACKAGE_TITLE = "say_data_datapackage"


class Written(NamedTuple):
    path: str
    content: Bytes
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


class Amended(NamedTuple):
    """Events whose words changed, each corpus with the sources they cite."""

    before: Corpus
    after: Corpus
    newest: Corpus | None  # the events that feeds tell of, where one of them changed


#: Whether, and how, several are made at once.
Apply: TypeAlias = Callable[
    [Callable[[Export], "_Remade | None"], Iterable[Export]], Iterable["_Remade | None"]
]


class _Remade(NamedTuple):
    file: Written
    resource: Resource


class AmendmentLostError(LookupError):
    """A data file is not as the last build left it."""


def amend_exports(
    amended: Amended, words: Words, addresses: Addresses, past: Past, apply: Apply = map
) -> tuple[Written, ...]:
    """Return the data files of a site in which only words of some events changed.

    The files that do not tell of what changed are left out. Raises AmendmentLostError.
    """
    remade = partial(_amend_export, amended, words, addresses, past)
    files = [one for one in apply(remade, EXPORTS) if one is not None]
    try:
        resources = read_resources(past.read(DATAPACKAGE, 0, -1))
    except (OSError, ValueError, KeyError, TypeError):
        raise AmendmentLostError(DATAPACKAGE) from None
    resources.update((one.file.path, one.resource) for one in files)
    package = datapackage(amended.after, resources.values())
    return (*(one.file for one in files), Written(DATAPACKAGE, package, "application/json"))


def _amend_export(
    amended: Amended, words: Words, addresses: Addresses, past: Past, export: Export
) -> _Remade | None:
    """Return one file; None where it does not tell of what changed."""
    before, after, newest = amended
    content: Bytes | None = None
    if export.large:
        old = _catch(export, before, words, addresses, past)
        new = _catch(export, after, words, addresses, past)
        if old.pieces:
            content = amend_pieces(past, export.path, old, new)
            if content is None:
                raise AmendmentLostError(export.path)
    elif export.newest and newest:
        content = export.write(newest, words, addresses)
    if content is None:
        return None
    return _Remade(
        Written(export.path, content, export.media_type),
        resource_of(export.path, content, export.media_type),
    )


def _catch(
    export: Export, corpus: Corpus, words: Words, addresses: Addresses, past: Past
) -> Caught:
    """Return the pieces of a file that the events of *corpus* make."""
    caught = Caught(past)
    export.write(corpus, words, addresses, Given(index_of(corpus, words, addresses), past, caught))
    return caught
