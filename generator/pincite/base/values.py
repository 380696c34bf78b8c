"""A mapping that was read: typed values by key, each with its place in the file."""

from collections.abc import Iterator
from typing import Any

from pincite.base.schema import ListOf, MapOf, Record
from pincite.base.text import Span
from pincite.base.yamltree import Mapping, Node, Scalar, Sequence

_ABSENT = object()  # most keys are, and an exception for each takes time


class Values:
    """Typed values by key, and their places.

    It keeps its part of the tree for the places, so it is meant to be turned into an entry and
    let go.
    """

    __slots__ = ("_kept", "_node", "_path", "_record", "_values")

    def __init__(
        self,
        record: Record,
        path: str,
        node: Mapping,
        values: dict[str, Any],
        kept: dict[str, tuple[int, ...]] | None,
    ) -> None:
        self._record = record
        self._path = path
        self._node = node
        self._values = values
        self._kept = kept

    def __getitem__(self, name: str) -> Any:
        """Return the value; ``()`` for a list or map that is not written, None for the rest."""
        value = self._values.get(name, _ABSENT)
        return self._record.absent[name] if value is _ABSENT else value

    def __contains__(self, name: object) -> bool:
        """Whether the key is written, be its value readable or not."""
        return name in self._node.entries

    def holds(self, name: str) -> bool:
        """Whether something is written there, be it readable or not; an empty list is nothing."""
        node = self._node.entries.get(name)
        return node is not None and not (isinstance(node, Sequence) and not node.items)

    def __iter__(self) -> Iterator[str]:
        """Yield the names of the values that could be read, in file order."""
        return iter(self._values)

    @property
    def span(self) -> Span:
        """The first line of the record."""
        return Span(self._path, *first_line(self._node))

    def key_place(self, name: str, index: int | None = None) -> Span:
        """Return the place of the key, or of the index-th key of the map it holds."""
        node = self._node.entries.get(name)
        if index is not None and isinstance(node, Mapping):
            keys = tuple(node.keys.values())
            index = self._index(name, index)
            if index < len(keys):
                return self._span(keys[index])
        key = self._node.keys.get(name)
        return self._span(key) if key is not None else self.span

    def place(self, name: str, index: int | None = None) -> Span:
        """Return the place of the value or of its index-th item.

        Where that takes up no room it is the key's; where the key is not written, the record's.
        """
        node = self._find(name, index)
        return self._span(node) if node is not None else self.key_place(name)

    def inside(self, name: str, start: int, end: int, index: int | None = None) -> Span:
        """Return the place of value[start:end].

        It is that of the whole scalar where letters and places do not go together: in a block, a
        folded line, a text with escapes.
        """
        node = self._find(name, index)
        if isinstance(node, Scalar):
            return Span(self._path, *node.inside(start, end))
        return self.place(name, index)

    def _find(self, name: str, index: int | None) -> Node | None:
        """Return the node if it is written and takes up room."""
        node = self._node.entries.get(name)
        if index is not None and node is not None and not isinstance(node, Scalar):
            items = node.items if isinstance(node, Sequence) else tuple(node.entries.values())
            index = self._index(name, index)
            if isinstance(self._record.by_name[name].type, (ListOf, MapOf)) and index < len(items):
                node = items[index] if items[index].end > items[index].start else node
        return node if node is not None and node.end > node.start else None

    def _index(self, name: str, index: int) -> int:
        """Return where the index-th value that could be read stands among those written."""
        kept = self._kept.get(name) if self._kept else None
        return kept[index] if kept is not None and index < len(kept) else index

    def _span(self, node: Node) -> Span:
        return Span(self._path, *first_line(node))


def first_line(node: Node) -> tuple[int, int]:
    """Return a place that marks *node* by its beginning; a collection may span many lines."""
    start = node.start
    if isinstance(node, Scalar):
        return start, start + 1 if node.style in {"|", ">"} else node.end
    while isinstance(node, (Mapping, Sequence)):
        if isinstance(node, Sequence):
            if not node.items:
                return start, node.end
            node = node.items[0]
        else:
            if not node.keys:
                return start, node.end
            name, key = next(iter(node.keys.items()))
            below = node.entries[name]
            if not isinstance(below, Scalar) or below.style in {"|", ">"}:
                return start, key.end
            node = below
    return start, max(start, node.start + 1 if node.style in {"|", ">"} else node.end)
