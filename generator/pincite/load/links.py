"""``content/links.yaml`` to what is known of sources' addresses.

``pincite links`` writes it and nothing else does; a build reads it and never looks itself.
"""

from pincite.base.diagnostics import Diagnostic
from pincite.base.reading import read_value
from pincite.base.schema import (
    Choice,
    Field,
    Integer,
    ListOf,
    MapOf,
    Nested,
    Record,
    Timestamp,
    Url,
)
from pincite.base.schema import Text as TextType
from pincite.base.text import Text
from pincite.base.yamltree import parse_yaml
from pincite.model import LINK_ROLES, LINK_STATES, LinkState

LINK = Record(
    name="link",
    doc="One address of a source, and how it was found.",
    fields=(
        Field("url", Url(), required=True, doc="The address, as the source has it."),
        Field("role", Choice(LINK_ROLES, what="role"), required=True, doc="original or archive."),
        Field("state", Choice(LINK_STATES, what="state"), required=True, doc="How it was found."),
        Field("since", Timestamp(), required=True, doc="When it was first found so."),
        Field("checked", Timestamp(), required=True, doc="When it was last looked at."),
        Field("code", Integer(minimum=100, maximum=999), doc="Status of HTTP."),
        Field("reason", TextType(max_length=1_000), doc="Why it is not alive."),
        Field("moved_to", Url(), doc="Where it is now."),
        Field("held", Integer(minimum=0), doc="How many quotations stand there."),
        Field("lost", ListOf(TextType(max_length=200)), doc="Those that do not: event and number."),
    ),
)
LINKS = MapOf(ListOf(Nested(LINK), max_items=1_000), max_items=1_000_000)


def parse_links(
    text: Text,
) -> tuple[dict[str, tuple[LinkState, ...]], tuple[Diagnostic, ...]]:
    """Return the addresses of each source, by the source's id."""
    root, found = parse_yaml(text)
    if root is None:
        return {}, found
    pairs, problems = read_value(root, LINKS, text.path)
    return {
        id: tuple(
            LinkState(
                url=values["url"],
                role=values["role"],
                state=values["state"],
                since=values["since"],
                checked=values["checked"],
                code=values["code"],
                reason=values["reason"] or "",
                moved_to=values["moved_to"] or "",
                held=values["held"],
                lost=values["lost"],
            )
            for values in links
        )
        for id, links in pairs or ()
    }, (*found, *problems)
