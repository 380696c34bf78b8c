"""The types of a schema in the words of messages."""

from pincite.base.schema import (
    Boolean,
    Choice,
    Custom,
    Integer,
    ListOf,
    MapOf,
    Nested,
    Number,
    Slug,
    Type,
    Url,
)
from pincite.base.yamltree import Mapping, Node, Sequence


def expected(kind: Type) -> str:
    """Return the type in words, with its article."""
    match kind:
        case ListOf() if kind.or_one:
            return f"{expected(kind.item)} or a list"
        case ListOf():
            return "a list"
        case MapOf():
            return "a mapping"
        case Nested():
            return f"{with_article(kind.record.name)} (a mapping)"
        case Integer():
            return "a whole number"
        case Number():
            return "a number"
        case Boolean():
            return "`true` or `false`"
        case Choice():
            return f"a {kind.what}"
        case Custom():
            return with_article(kind.name)
        case Slug():
            return "an id"
        case Url():
            return "a URL"
        case _:
            return "text"


def advice(kind: Type, node: Node) -> str:
    """Return how to turn what stands at *node* into a *kind*."""
    if isinstance(kind, (ListOf, MapOf, Nested)):
        if isinstance(kind, ListOf):
            return "write `- ` before each item, or the items in brackets: `[one, two]`"
        if isinstance(node, Sequence) and any(isinstance(i, Mapping) for i in node.items):
            return "only one is expected: remove the `- `"
        if isinstance(kind, Nested):
            keys = ", ".join(f"`{name}`" for name in kind.record.by_name)
            return f"write its keys on the lines below: {keys}"
        return "write `key: value` on the lines below"
    return "put text that begins with `[` or `{`, or holds a `: `, in quotes"


def with_article(name: str) -> str:
    return f"an {name}" if name[:1].lower() in "aeiou" else f"a {name}"
