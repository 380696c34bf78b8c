"""What may stand in the YAML of a project: one table for reading, for editors and for the docs."""

from pincite.base.schema import (
    Choice,
    Custom,
    Field,
    Integer,
    Language,
    ListOf,
    MapOf,
    Nested,
    Nullable,
    Number,
    Path,
    Problem,
    Prose,
    Record,
    Sha256,
    Slug,
    Text,
    Timestamp,
    Url,
)
from pincite.dates import Date, DateProblem, parse_date
from pincite.model import BASES, CONFIDENCES, MODALITIES, QUALIFIERS, REPUBLISH, STANCES

SITE_URL = Url(schemes=("http", "https"), base=True)

UNKNOWN = "unknown"  # the word that stands for a date nobody knows
PARAGRAPH = r"p[1-9][0-9]{0,5}"
_FORMS = "write it like 2025-02-07, 2025-02, 2025, 2025-02~ (about) or 2025-02-07/2025-02-09"


def _read_date(text: str) -> Date | Problem:
    match parse_date(text):
        case DateProblem() as problem:
            help = f"write `{problem.suggestion}`" if problem.suggestion else _FORMS
            return Problem(
                code="bad-date",
                message=problem.message,
                start=problem.start,
                end=problem.end,
                help=help,
            )
        case date:
            return date


def _read_event_date(text: str) -> Date | Problem | None:
    return None if text == UNKNOWN else _read_date(text)


EDTF = Custom(
    name="EDTF date",
    parse=_read_date,
    json_schema={
        "type": "string",
        "description": "ISO 8601-2 (EDTF): 2025-02-07, 2025-02, 2025~, 2024-12/..",
    },
)
EVENT_DATE = Custom(
    name="EDTF date or `unknown`",
    parse=_read_event_date,
    json_schema={
        "type": "string",
        "description": "ISO 8601-2 (EDTF): 2025-02-07, 2025-02, 2025~; or the word unknown",
    },
)

LINE = Text(max_length=1_000)
LABEL = Text(max_length=200)
NOTE = Text(max_length=5_000, multiline=True)
_COLOUR = Text(pattern=r"#[0-9a-fA-F]{6}", form='"#9c1a0c"')

TRANSLATION = Record(
    name="translation",
    doc="The quoted words in another language.",
    fields=(
        Field("lang", Language(), required=True, doc="Language of the translation (BCP 47)."),
        Field("text", NOTE, required=True, doc="The translated words."),
        Field("by", LINE, doc="Who translated them."),
    ),
)

FIGURE = Record(
    name="figure",
    doc="A number that the claim gives; figures of the same measure are compared.",
    fields=(
        Field("measure", LABEL, required=True, doc="What is counted, in the same words each time."),
        Field("low", Number(), doc="The number, or the lower end of a range."),
        Field("high", Number(), doc="The upper end of a range."),
        Field("unit", LABEL, doc="In what it is counted, or how the source words it."),
        Field("qualifier", Choice(QUALIFIERS, what="qualifier"), doc="How exact the source is."),
    ),
)

CITATION = Record(
    name="citation",
    doc="The exact words of an archived source that support, dispute or mention the claim.",
    partial=True,
    fields=(
        Field(
            "source", Text(max_length=100), required=True, doc="Id of a file in content/sources."
        ),
        Field(
            "quote",
            ListOf(Text(max_length=20_000, multiline=True), or_one=True, max_items=50),
            doc="The source's own words, letter by letter; a list for several segments.",
        ),
        Field("paragraph", Text(pattern=PARAGRAPH, form="p7"), doc="Where they stand: p7."),
        Field(
            "occurrence",
            Integer(minimum=1, maximum=100_000),
            doc="Which one, where the same words stand several times.",
        ),
        Field("stance", Choice(STANCES, what="stance"), doc="What the words do to the claim."),
        Field("note", NOTE, doc="A remark of the editor's, shown below the quotation."),
        Field("translation", Nested(TRANSLATION), doc="The words in the reader's language."),
        Field(
            "unverified",
            NOTE,
            doc="Why there is no quotation yet. The page says plainly that nothing is proven.",
        ),
    ),
)

CITATIONS = ListOf(Nested(CITATION), or_one=True, max_items=500)

CLAIM = Record(
    name="claim",
    doc="One statement, who makes it, and the words it rests on.",
    partial=True,
    fields=(
        Field("text", Text(max_length=5_000, multiline=True), required=True, doc="The statement."),
        Field("attributed_to", LINE, doc="Who says so, in the source."),
        Field("confidence", Choice(CONFIDENCES, what="confidence"), doc="The editor's judgement."),
        Field("confidence_why", NOTE, doc="What the judgement rests on."),
        Field("figures", ListOf(Nested(FIGURE), max_items=100), doc="Numbers the claim gives."),
        Field("cite", CITATIONS, doc="The citations; or say why there is none in `uncited`."),
        Field("uncited", NOTE, doc="Why this claim cites nothing."),
    ),
)

MEDIUM = Record(
    name="medium",
    doc="An image, sound or film kept in content/media.",
    fields=(
        Field("file", Path(), required=True, doc="Its path below content/media."),
        Field("alt", NOTE, required=True, doc="What it shows, for those who cannot see it."),
        Field("caption", NOTE, doc="Shown below it."),
        Field("credit", LINE, doc="Who made it."),
        Field("license", LINE, doc="On what terms it is shown."),
        Field("source", Url(), doc="Where it was found."),
    ),
)

DATED_NOTE = Record(
    name="dated note",
    doc="What was changed, and when.",
    fields=(
        Field("date", EDTF, required=True, doc="The day of the change."),
        Field("note", NOTE, required=True, doc="What was wrong and what is right."),
    ),
)

NAMES = ListOf(LABEL, or_one=True, max_items=500)

EVENT = Record(
    name="event",
    doc="Something that happened, is said to have happened, or is expected.",
    partial=True,
    fields=(
        Field("id", Slug(), required=True, doc="Permanent: it is part of the address."),
        Field("date", EVENT_DATE, required=True, doc="When, in EDTF; or `unknown`."),
        Field("date_text", LINE, doc="The source's own words for the date."),
        Field("date_basis", Choice(BASES, what="basis"), doc="Whether the source states the date."),
        Field("title", LINE, required=True, doc="Plain text, one line."),
        Field("kind", Text(max_length=100), doc="One of the kinds of site.yaml."),
        Field("modality", Choice(MODALITIES, what="modality"), doc="Whether it has happened."),
        Field("actors", NAMES, doc="Who acts."),
        Field("recipients", NAMES, doc="On whom or for whom."),
        Field("places", NAMES, doc="Where."),
        Field("tags", NAMES, doc="Anything else to find it by."),
        Field("summary", Prose(max_length=20_000), doc="Context, in Markdown."),
        Field("claims", ListOf(Nested(CLAIM), max_items=500), doc="What is claimed."),
        Field("cite", CITATIONS, doc="Short for one claim whose text is the title."),
        Field("media", ListOf(Nested(MEDIUM), max_items=100), doc="Images, sound, film."),
        Field("related", ListOf(Text(max_length=100), max_items=100), doc="Ids of other events."),
        Field("aliases", ListOf(Slug(), max_items=100), doc="Ids it had before; they redirect."),
        Field("corrections", ListOf(Nested(DATED_NOTE), max_items=500), doc="What was corrected."),
        Field("withdrawn", Nested(DATED_NOTE), doc="When and why it was withdrawn."),
        Field("sensitive", NOTE, doc="Why its media are veiled; or `true`."),
        Field(
            "imported",
            MapOf(Text(max_length=100_000, multiline=True), key=Text(max_length=100)),
            doc="What another tool's file had and has no place here; kept, and not shown.",
        ),
    ),
)

ARCHIVE = Record(
    name="archive",
    doc="A copy kept elsewhere.",
    fields=(
        Field("url", Url(), required=True, doc="Address of the copy."),
        Field("at", Timestamp(), doc="When it was made."),
        Field("kind", LABEL, doc="wayback, perma, ghostarchive, wacz …"),
    ),
)

SOURCE = Record(
    name="source",
    doc="The front matter of content/sources/<id>.md.",
    partial=True,
    fields=(
        Field("title", LINE, required=True, doc="Its own title."),
        Field("publisher", LABEL, doc="Who published it."),
        Field("authors", NAMES, doc="Who wrote it."),
        Field("published", Nullable(EDTF), doc="When, in EDTF."),
        Field(
            "published_basis",
            Choice(("stated", "inferred", "unknown"), what="basis"),
            doc="Whether it says so itself.",
        ),
        Field("published_note", NOTE, doc="How the day was inferred."),
        Field("url", Nullable(Url()), doc="Its address when it was retrieved."),
        Field("url_note", NOTE, doc="Why there is no address."),
        Field("language", Language(), doc="Its language (BCP 47); default: the site's."),
        Field("retrieved_at", Timestamp(), doc="When it was retrieved (UTC)."),
        Field("retrieved_by", LINE, doc="Who retrieved it."),
        Field("tool", LINE, doc="With what it was retrieved, with version."),
        Field("archives", ListOf(Nested(ARCHIVE), max_items=100), doc="Copies kept elsewhere."),
        Field("snapshot", Path(), doc="The raw file in seeds/, exactly as received."),
        Field("sha256", Sha256(), doc="SHA-256 of the snapshot's bytes."),
        Field("republish", Choice(REPUBLISH, what="rule"), doc="How much of it may be reprinted."),
        Field(
            "publish_snapshot",
            Choice(("true", "false"), what="answer"),
            doc="Whether readers can download the snapshot; only what is reprinted in full can be.",
        ),
        Field(
            "dropped",
            ListOf(Text(max_length=5_000, multiline=True), max_items=5_000),
            doc="Blocks of the snapshot left out as boilerplate, by their first words.",
        ),
        Field("note", NOTE, doc="A remark of the editor's."),
    ),
)

PAGE = Record(
    name="page",
    doc="The front matter of content/pages/<name>.md.",
    partial=True,
    fields=(
        Field("title", LINE, required=True, doc="Title of the page."),
        Field("description", NOTE, doc="One sentence for search engines and previews."),
    ),
)

KIND = Record(
    name="kind",
    doc="A kind of event; its place in the list is its lane in the drawing.",
    fields=(
        Field("label", LABEL, required=True, doc="How it is called on the pages."),
        Field("description", NOTE, doc="What belongs to it."),
    ),
)

ERA = Record(
    name="era",
    doc="A stretch of time shown behind the drawing.",
    fields=(
        Field("label", LABEL, required=True, doc="Its name."),
        Field("from", EDTF, required=True, doc="First day."),
        Field("to", EDTF, required=True, doc="Last day."),
    ),
)

THEME = Record(
    name="theme",
    doc="What a site may change of its looks without a style sheet of its own.",
    fields=(
        Field("accent", _COLOUR, doc="The one colour: #9c1a0c."),
        Field("accent_dark", _COLOUR, doc="The same on dark paper."),
    ),
)

SITE = Record(
    name="site",
    doc="content/site.yaml.",
    partial=True,
    fields=(
        Field("format", Choice(("pincite/1",), what="format"), doc="The format of this project."),
        Field("title", LINE, required=True, doc="Title of the timeline."),
        Field("description", NOTE, doc="The standfirst: what this is, in a sentence or two."),
        Field("url", SITE_URL, doc="Canonical address of the site."),
        Field("language", Language(), doc="Language of the site (BCP 47), default en."),
        Field("author", LINE, doc="Who makes it."),
        Field("license", LINE, doc="On what terms its own texts may be used."),
        Field("republish", Choice(REPUBLISH, what="rule"), doc="Default for sources."),
        Field(
            "snapshots",
            Choice(("keep", "publish"), what="treatment"),
            doc="Whether readers can download snapshots of what is reprinted in full (keep).",
        ),
        Field("kinds", MapOf(Nested(KIND)), doc="Kinds of events, in the order of their lanes."),
        Field("eras", ListOf(Nested(ERA), max_items=200), doc="Stretches of time."),
        Field("featured", ListOf(Text(max_length=100), max_items=100), doc="Ids of events."),
        Field(
            "page_size", Integer(minimum=10, maximum=5_000), doc="Most events on one page (200)."
        ),
        Field(
            "warnings",
            MapOf(Choice(("ignore", "error"), what="treatment")),
            doc="How findings of warning level are treated, by code.",
        ),
        Field("theme", Nested(THEME), doc="Accent colours."),
    ),
)

NAME = Record(
    name="name",
    doc="An actor or place that events name.",
    fields=(
        Field("label", LABEL, required=True, doc="How it is called on the pages."),
        Field("aliases", NAMES, doc="Other ways to write it; events may use them."),
        Field("description", NOTE, doc="Who or what it is."),
        Field("wikidata", Text(pattern=r"Q[1-9][0-9]{0,12}", form="Q42"), doc="Its Wikidata id."),
        Field("lat", Number(minimum=-90, maximum=90), doc="Degrees north."),
        Field("lon", Number(minimum=-180, maximum=180), doc="Degrees east."),
        Field(
            "precision",
            Choice(("exact", "town", "region", "country"), what="precision"),
            doc="How exact the coordinates are.",
        ),
    ),
)

EVENTS = ListOf(Nested(EVENT))
NAMED = MapOf(Nested(NAME))

__all__ = ["EVENT", "EVENTS", "NAME", "NAMED", "PAGE", "SITE", "SOURCE"]
