"""Ids for events that have none, made from their titles; no two alike, whatever their case."""

from collections.abc import Iterator
from typing import NamedTuple

from pincite.base.scalars import parse_slug
from pincite.base.yamltree import Mapping, Node, Scalar, Sequence
from pincite.link.names import slug

_WORDS = 6


class Missing(NamedTuple):
    """Where in a file's text to put *words*, so that its event number *event* has the *id*."""

    place: int
    words: str
    event: int
    id: str


def make_id(title: str, used: set[str]) -> str:
    """Return an id from the first words of *title*, and add it to *used*, which has no capitals."""
    stem = "-".join(slug(title).split("-")[:_WORDS])
    if not isinstance(parse_slug(stem), str):
        stem = f"event-{stem}"  # too short, or a name that Windows keeps for itself
    id, number = stem, 2
    while id.casefold() in used:
        id, number = f"{stem[:90].rstrip('-')}-{number}", number + 1
    used.add(id.casefold())
    return id


def find_ids(root: Node | None) -> Iterator[str]:
    """Yield the ids that a file of events gives, as they are compared."""
    for _, event in _events(root):
        id = event.entries.get("id")
        if isinstance(id, Scalar):
            yield id.value.casefold()


def find_missing(text: str, root: Node | None, used: set[str]) -> Iterator[Missing]:
    """Yield an id for every event of the file that has a title and none; *used* gets it too."""
    for number, event in _events(root):
        title = event.entries.get("title")
        if "id" in event.entries or not isinstance(title, Scalar) or not title.value.strip():
            continue
        id = make_id(title.value, used)
        if text[event.start : event.start + 1] == "{":
            yield Missing(event.start + 1, f"id: {id}, ", number, id)
            continue
        end = text.find("\n", event.start)
        broken = "\r\n" if end > 0 and text[end - 1] == "\r" else "\n"
        indent = event.start - text.rfind("\n", 0, event.start) - 1
        yield Missing(event.start, f"id: {id}{broken}{' ' * indent}", number, id)


def _events(root: Node | None) -> Iterator[tuple[int, Mapping]]:
    if isinstance(root, Sequence):
        for number, item in enumerate(root.items):
            if isinstance(item, Mapping):
                yield number, item
