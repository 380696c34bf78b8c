"""The site as values: as its authors wrote it (``…Entry``), then linked.

After linking an unresolved name cannot be expressed: a ``Citation`` is a quotation that was found,
a ``Pointer`` says in words that nothing was proven. ``at`` tells where a value was written; it
takes no part in equality or in digests.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from pincite.base.text import Span
from pincite.base.values import Values
from pincite.dates import Date
from pincite.prose import Prose

MODALITIES = ("occurred", "ongoing", "planned", "predicted", "hypothetical", "denied")
STANCES = ("supports", "disputes", "mentions")
BASES = ("stated", "resolved", "editor")
QUALIFIERS = ("exact", "approx", "at-least", "up-to")
CONFIDENCES = ("high", "medium", "low")
REPUBLISH = ("full", "cited", "quotes", "none")
LINK_ROLES = ("original", "archive")
# alive: it answers. moved: it answers at another address, for good. gone: it does not exist any
# more. failing: it did not answer this time. closed: we may not look, though a reader might.
LINK_STATES = ("alive", "moved", "gone", "failing", "closed")

CHANGES = ("added", "changed", "corrected", "withdrawn", "removed")


# ---- the site -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldChange:
    """One field in words; empty means that there was, or is, nothing."""

    name: str  # such as "claim 2, quotation"
    old: str
    new: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What happened to an event, a source or the site itself (*what*)."""

    kind: str  # one of CHANGES
    what: str  # event | source | site
    id: str
    title: str
    url: str = ""  # relative to the site, of the newer edition where there is one
    former_id: str = ""
    fields: tuple[FieldChange, ...] = ()
    notes: tuple[str, ...] = ()  # of corrections and withdrawals, each with its date


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """What an edition of the site, published at *date*, says differently from the one before."""

    date: Date
    note: str = ""
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    id: str
    label: str
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Era:
    label: str
    start: Date
    end: Date


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """What ``content/site.yaml`` says, defaults filled in."""

    title: str
    description: str = ""
    url: str = ""  # canonical base, ending in "/"; empty: no feed, sitemap or Open Graph
    language: str = "en"
    author: str = ""
    license: str = ""
    republish: str = "cited"
    publish_snapshots: bool = False  # of sources that are reprinted in full
    kinds: tuple[Kind, ...]
    eras: tuple[Era, ...] = ()
    featured: tuple[str, ...] = ()
    page_size: int = 200
    warnings: Mapping[str, str]
    theme: Mapping[str, str]
    at: Values | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """An actor, place or tag with a page of its own; declared, or just used."""

    id: str  # the slug in its address
    label: str
    aliases: tuple[str, ...] = ()
    description: str = ""
    wikidata: str = ""
    lat: int | float | None = None  # degrees
    lon: int | float | None = None
    precision: str = ""
    at: Values | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class PageEntry:
    """A content page: ``content/pages/<id>.md``."""

    id: str
    title: str
    description: str
    body: Prose
    body_start: int = field(compare=False, repr=False)  # offset of the body in its file
    at: Values = field(compare=False, repr=False)

    def place(self, start: int, end: int) -> Span:
        """Return where characters [start, end) of the body stand in the file."""
        return Span(self.at.span.path, self.body_start + start, self.body_start + end)


# ---- sources --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """One block of the ledger. *text* is plain: a heading without its ``#``s."""

    id: str
    kind: str  # paragraph, heading, item, quotation or caption
    text: str
    retired: bool = False
    merged: str = ""  # where its words stand now, if it is retired and became part of another
    page: str = ""  # locator in a paged snapshot
    # Where the text stands in its file, and whether it stands there letter by letter.
    offset: int = field(default=0, compare=False, repr=False)
    straight: bool = field(default=True, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Archive:
    url: str
    at: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkState:
    """One address of a source, as it was at *checked* (RFC 3339, UTC)."""

    url: str
    role: str  # one of LINK_ROLES
    state: str  # one of LINK_STATES
    since: str  # when it was first found in this state, without another between
    checked: str
    code: int | None = None  # HTTP status, where there was one
    reason: str = ""  # in words, where it is not alive
    moved_to: str = ""
    held: int | None = None  # quotations that stand there; None: its text was not read
    lost: tuple[str, ...] = ()  # keys ("<event>-<n>") of those that do not


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """An archived article, or the mere record of one (no paragraphs)."""

    id: str
    path: str
    title: str
    publisher: str = ""
    authors: tuple[str, ...] = ()
    published: Date | None = None
    published_basis: str = "unknown"
    published_note: str = ""
    url: str = ""
    url_note: str = ""
    language: str = ""
    retrieved_at: str = ""
    retrieved_by: str = ""
    tool: str = ""
    archives: tuple[Archive, ...] = ()
    snapshot: str = ""
    sha256: str = ""
    snapshot_bytes: int = 0
    publish_snapshot: bool | None = None  # None: as the site has it; once linked, whether it is
    republish: str = "cited"
    dropped: tuple[str, ...] = ()
    note: str = ""
    links: tuple[LinkState, ...] = ()  # how its addresses were when they were last looked at
    paragraphs: tuple[Paragraph, ...] = ()
    at: Values = field(compare=False, repr=False)

    @property
    def name(self) -> str:
        """How a citation calls it: the publisher, else the title."""
        return self.publisher or self.title


# ---- events, as written ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Translation:
    lang: str
    text: str
    by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number somebody gives; with both ends it is a range."""

    measure: str
    low: int | float | None = None
    high: int | float | None = None
    unit: str = ""
    qualifier: str = ""  # empty: the source gives none


@dataclass(frozen=True, slots=True, kw_only=True)
class CitationEntry:
    source: str
    segments: tuple[str, ...] = ()
    paragraph: str | None = None
    occurrence: int | None = None
    stance: str = "supports"
    note: str = ""
    translation: Translation | None = None
    unverified: str = ""
    at: Values = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimEntry:
    text: str
    attributed_to: str = ""
    confidence: str = ""
    confidence_why: str = ""
    figures: tuple[Figure, ...] = ()
    citations: tuple[CitationEntry, ...] = ()
    uncited: str = ""
    at: Values = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Media:
    file: str
    alt: str
    caption: str = ""
    credit: str = ""
    license: str = ""
    source: str = ""
    path: str = ""  # where it is published, below the site's root; the plan knows


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    date: Date
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EventEntry:
    id: str
    date: Date | None  # None: unknown, listed as undated
    date_text: str = ""
    date_basis: str = ""
    title: str
    kind: str = "other"
    modality: str = "occurred"
    actors: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    summary: Prose | None = None
    claims: tuple[ClaimEntry, ...] = ()
    title_is_claim: bool = False  # written with `cite` in place of `claims`
    media: tuple[Media, ...] = ()
    related: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    corrections: tuple[Correction, ...] = ()
    withdrawn: Correction | None = None
    sensitive: str = ""  # why a veil lies over its media; empty: none does
    at: Values = field(compare=False, repr=False)


# ---- linked ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """A quotation that was found: code points [start, end) of one paragraph's text.

    *parts* holds a (paragraph, start, end) for each quoted segment; one that was written in one
    piece has one. *exact* is the source's own characters of the whole reach.
    """

    n: int  # counts an event's citations across its claims, from 1
    source: str
    paragraph: str
    start: int
    end: int
    parts: tuple[tuple[str, int, int], ...]
    quote: str
    exact: str
    match: str  # exact | normalised
    stance: str = "supports"
    note: str = ""
    translation: Translation | None = None
    at: Values = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pointer:
    """A reference to a source without a proof, and the reason its author gives."""

    n: int
    source: str
    paragraph: str
    reason: str
    stance: str = "supports"
    note: str = ""
    at: Values = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    number: int
    text: str
    attributed_to: str = ""
    confidence: str = ""
    confidence_why: str = ""
    figures: tuple[Figure, ...] = ()
    citations: tuple[Citation | Pointer, ...] = ()
    uncited: str = ""
    at: Values = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    id: str
    date: Date | None
    date_text: str = ""
    date_basis: str = ""
    title: str
    kind: str = "other"
    modality: str = "occurred"
    actors: tuple[str, ...] = ()  # ids of names
    recipients: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    summary: Prose | None = None
    claims: tuple[Claim, ...] = ()
    title_is_claim: bool = False
    media: tuple[Media, ...] = ()
    related: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    corrections: tuple[Correction, ...] = ()
    withdrawn: Correction | None = None
    sensitive: str = ""
    at: Values = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Corpus:
    """Everything, linked. *events* are in order of time, the undated last."""

    config: Config
    events: tuple[Event, ...]
    sources: tuple[Source, ...]
    actors: tuple[Name, ...]
    places: tuple[Name, ...]
    tags: tuple[Name, ...]
    pages: tuple[PageEntry, ...]

    @property
    def digest_parts(self) -> tuple[object, ...]:
        """What the corpus is made of; its parts are digested one by one."""
        return (
            *(self.config, self.events, self.sources),
            *(self.actors, self.places, self.tags, self.pages),
        )
