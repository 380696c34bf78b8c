"""What each template is told: small frozen values, strings ready to show, lists in order.

An ``href`` is relative to the root of the site; a template writes ``{{ page.root }}{{ href }}``.
A ``Markup`` is safe HTML; every other string is escaped by the template.
"""

from dataclasses import dataclass

from markupsafe import Markup

from pincite.plan.drawing import Drawing
from pincite.plan.words import Phrases


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    label: str
    href: str
    count: str = ""  # a number to stand beside it, formatted
    note: str = ""
    current: bool = False
    shape: str = ""  # a kind's or modality's shape, for parts/shape.html
    modality: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What every page shows round its own content. Nothing here changes with an event."""

    title: str
    language: str
    dir: str  # ltr | rtl
    author: str
    license: str
    nav: tuple[Link, ...]  # main navigation; `note` is the key that a page names as current
    pages: tuple[Link, ...]  # content pages
    data: tuple[Link, ...]  # downloads
    feed: str  # href of the Atom feed, empty without a canonical address
    styles: tuple[str, ...]  # hrefs of style sheets
    scripts: tuple[str, ...]
    fingerprint: str  # SHA-256 of the snapshot, where there is just one
    words: Phrases  # interface words that templates name themselves
    generator: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What belongs between <head> and </head> of one page, and where the page stands."""

    path: str  # output path, events/x/index.html
    root: str  # "../../", or "" on the front page
    home: str  # href of the front page from here
    title: str
    description: str
    current: str  # key of the navigation entry that is this page, or ""
    canonical: str  # absolute, or ""
    noindex: bool = False
    open_graph: tuple[tuple[str, str], ...] = ()
    meta: tuple[tuple[str, str], ...] = ()  # citation_title and the like
    json_ld: str = ""  # ready JSON, "<" escaped
    alternates: tuple[tuple[str, str, str], ...] = ()  # (type, title, href)


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    label: str  # "about 15 January 2025"
    datetime: str  # for <time>, or ""
    said: str  # the source's own words
    said_lang: str  # language of the source, where it is not the page's
    basis: str  # "Year inferred", or ""
    edtf: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """A kind or a modality: shape beside word."""

    id: str
    label: str
    shape: str  # name of the shape in parts/shape.html


@dataclass(frozen=True, slots=True, kw_only=True)
class Translated:
    lang: str
    dir: str
    text: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """The whole paragraph round a quotation: plain text.

    *pieces* reach from its first word to its last; what it leaves out between them is not quoted.
    """

    before: str
    pieces: tuple[tuple[str, bool], ...]  # text, whether it is quoted
    after: str
    cut: bool = False  # only the line round it may be reprinted


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """A quotation beside its claim, or the reason why there is none."""

    key: str  # "<event>-<n>"
    href: str  # sources/<sid>/#c-<event>-<n>
    origin: str  # "EU Today, "
    paragraph: str  # "¶ 10", kept on one line
    quote: str  # the source's own characters; empty where nothing is proven
    lang: str  # of the quotation, where it is not the page's
    dir: str
    stance: str  # supports | disputes | mentions
    stance_words: str  # "Disputed by …", or ""
    note: str
    translation: Translated | None
    match: str  # "Word for word, characters 250 to 335"
    context: Context | None  # on the event's own page
    live: str  # absolute address with a text fragment, or ""
    original: str  # for Robust Links
    version: str
    version_date: str
    unverified: str  # why nothing is proven, or ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureView:
    number: str
    qualifier: str  # key: exact | approx | at-least | up-to
    qualifier_words: str
    measure: str
    unit: str
    href: str  # of the disagreement it takes part in, or ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimView:
    number: int
    name: str  # "Claim 1"
    text: str
    by: str
    is_title: bool  # the claim is the event's title; it is not said twice
    proofs: tuple[Proof, ...]
    uncited: str
    figures: tuple[FigureView, ...]
    confidence: str  # "Confidence: medium.", or ""
    confidence_why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """An event in a list: when, what, proof."""

    id: str
    href: str
    when: When
    kind: Tag
    modality: Tag | None  # None: it has happened
    title: str
    claims: tuple[ClaimView, ...]
    withdrawn: str  # "Withdrawn on …: why", or ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """One file of content/media, ready to show."""

    href: str
    kind: str  # image | audio | video
    alt: str
    width: int
    height: int
    variants: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]  # (type, ((href, "480w") …))
    caption: str
    credit: str
    license: str
    source: str
    veil: str  # why it is veiled, or ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    label: str
    datetime: str
    text: str
    title: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EventView:
    head: Head
    card: Card
    summary: Markup
    names: tuple[tuple[str, tuple[Link, ...]], ...]  # ("Actors", links) …
    media: tuple[Picture, ...]
    corrections: tuple[Dated, ...]
    related: tuple[Link, ...]  # note: the date said
    copy: Markup  # the citation to copy
    embed: str  # HTML to copy into another site, or ""
    embed_page: str  # href of the page on embedding
    before: Link | None
    after: Link | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A stretch of time and its events: one heading of a list."""

    id: str  # anchor, t-2025-02
    label: str
    count: str  # "5 events"
    note: str
    cards: tuple[Card, ...] = ()
    rows: tuple[Link, ...] = ()  # where there are too many for cards; note: the date said


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    number: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """One line of ways to narrow the list; each is a link to a page."""

    id: str
    label: str
    links: tuple[Link, ...]  # empty href: none of these, said not linked


@dataclass(frozen=True, slots=True, kw_only=True)
class ListView:
    """The front page, a period, or the list narrowed to a kind, actor, place or tag."""

    head: Head
    is_front: bool
    above: Link | None  # the index that this page belongs to
    eyebrow: str  # "Actor", "Kind"; empty on the front page
    heading: str
    standfirst: str
    tally: tuple[Tally, ...]
    drawing: Drawing | None
    filters: tuple[Filter, ...]
    periods: tuple[Filter, ...]  # index of periods, where one page cannot hold all
    featured: tuple[Card, ...]
    groups: tuple[Group, ...]
    facts: tuple[Link, ...]  # Wikidata, coordinates
    pager: tuple[Link, ...]
    before: Link | None
    after: Link | None


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexView:
    """All kinds, actors, places, tags, periods or sources, with counts."""

    head: Head
    heading: str
    standfirst: str
    groups: tuple[Filter, ...]
    embedding: str = ""  # href of the page that says how to embed, where that is offered


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedBy:
    title: str
    href: str
    note: str  # "claims 1 and 2", "claim 1, which these words dispute"
    elsewhere: tuple[Link, ...] = ()  # other paragraphs of quotations that are cited here


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A paragraph of a source, or a run of paragraphs that are not reprinted."""

    id: str
    number: str  # "¶ 7", "¶ 16–17"
    label: str  # "Paragraph 7"
    kind: str  # paragraph | heading | item | quotation | caption
    html: Markup  # the text with its marks; empty where withheld
    held: bool  # reprinted, in whole or in part
    others: tuple[str, ...]  # further ids that stand here
    anchors: tuple[str, ...]  # ids of citations whose words are not reprinted
    why: str  # why it is not reprinted
    page: str
    cited_by: tuple[CitedBy, ...]
    cited_by_label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One line of the provenance: a name, a value, what it means."""

    name: str
    value: str
    said: str = ""  # *value* as it stands inside a sentence, where others may need it
    href: str = ""
    note: str = ""
    hash: tuple[str, ...] = ()  # a fingerprint, eight by eight
    code: str = ""  # a command to type
    times: tuple[tuple[str, str], ...] = ()  # (datetime, words) of dates in *value*
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    kind: str  # held | quoted | not-held
    x: str
    width: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    share: str  # "51 per cent"
    label: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceView:
    head: Head
    eyebrow: str
    title: str
    byline: str
    lang: str
    dir: str
    facts: tuple[Fact, ...]
    note: str
    coverage: Coverage | None
    blocks: tuple[Block, ...]
    pointers: tuple[CitedBy, ...]  # events that point here without a quotation
    coins: str  # OpenURL ContextObject for reference managers
    sheet: str = ""  # href of the style sheet that quotations in several pieces need


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    cells: tuple[str, ...]
    links: tuple[Link, ...] = ()
    href: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A kind of thing to know: what, why it matters, where."""

    id: str
    heading: str
    code: str
    text: str
    items: tuple[Row, ...] = ()
    columns: tuple[str, ...] = ()  # with columns the items are a table


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportView:
    head: Head
    standfirst: str
    tally: tuple[Tally, ...]
    findings: tuple[Finding, ...]
    corrections: tuple[Dated, ...]
    clear: tuple[tuple[str, str], ...]  # (what was looked for and not found, code)


@dataclass(frozen=True, slots=True, kw_only=True)
class PageView:
    head: Head
    title: str
    body: Markup


@dataclass(frozen=True, slots=True, kw_only=True)
class RedirectView:
    head: Head
    target: str  # href
    title: str
