"""``content/changes.yaml`` to what editions of the site said differently.

``pincite changes --write`` adds to it; an author may delete what should not be told, or add a note.
"""

from pincite.base.diagnostics import Diagnostic, error
from pincite.base.reading import read_value
from pincite.base.schema import Choice, Field, ListOf, Nested, Record
from pincite.base.schema import Text as TextType
from pincite.base.text import Span, Text
from pincite.base.yamltree import parse_yaml
from pincite.load.records import EDTF, NOTE
from pincite.model import CHANGES, Change, Edition, FieldChange

_WORDS = TextType(max_length=200_000, multiline=True)  # a paragraph may be long
_MOST = 100_000

FIELD = Record(
    name="field",
    doc="One field that says something else; without `old` it is new, without `new` it is gone.",
    fields=(
        Field("name", TextType(max_length=300), required=True, doc="What it is: claim 2, text."),
        Field("old", _WORDS, doc="What it was."),
        Field("new", _WORDS, doc="What it is."),
    ),
)
CHANGE = Record(
    name="change",
    doc="What happened to an event, a source or the site.",
    fields=(
        Field("kind", Choice(CHANGES, what="kind"), required=True, doc="What happened."),
        Field("what", Choice(("event", "source", "site"), what="thing"), doc="To what."),
        Field("id", TextType(max_length=300), doc="Its id."),
        Field("title", TextType(max_length=5_000, multiline=True), doc="Its title."),
        Field("former_id", TextType(max_length=300), doc="The id it had."),
        Field("notes", ListOf(NOTE, max_items=1_000), doc="Of corrections and a withdrawal."),
        Field("fields", ListOf(Nested(FIELD), max_items=_MOST), doc="What is different."),
    ),
)
EDITION = Record(
    name="edition",
    doc="An edition, and what it says differently from the one before.",
    fields=(
        Field("date", EDTF, required=True, doc="When it was published."),
        Field("note", NOTE, doc="What readers should know of it."),
        Field("changes", ListOf(Nested(CHANGE), max_items=_MOST), doc="The changes."),
    ),
)
EDITIONS = ListOf(Nested(EDITION), max_items=10_000)


def parse_changes(text: Text) -> tuple[tuple[Edition, ...], tuple[Diagnostic, ...]]:
    """Return the editions, the newest first, whatever the order of writing."""
    root, found = parse_yaml(text)
    if root is None:
        return (), found
    items, problems = read_value(root, EDITIONS, text.path)
    found = (*found, *problems)
    editions: dict[str, Edition] = {}
    for values in items or ():
        edition = Edition(
            date=values["date"],
            note=values["note"] or "",
            changes=tuple(
                Change(
                    kind=one["kind"],
                    what=one["what"] or "event",
                    id=one["id"] or "",
                    title=one["title"] or "",
                    former_id=one["former_id"] or "",
                    notes=tuple(one["notes"]),
                    fields=tuple(
                        FieldChange(name=f["name"], old=f["old"] or "", new=f["new"] or "")
                        for f in one["fields"]
                    ),
                )
                for one in values["changes"]
            ),
        )
        if edition.date.edtf in editions:
            at: Span = values.place("date")
            message = f"the edition of {edition.date.edtf} stands twice"
            found = (*found, error("bad-value", at, message, help="make one of the two"))
        editions[edition.date.edtf] = edition
    newest = sorted(editions.values(), key=lambda edition: edition.date.sort_key, reverse=True)
    return tuple(newest), found
