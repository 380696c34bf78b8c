"""A paragraph of a source as HTML: its text, and flat marks over the words that are quoted.

The text is never changed, marks never nest, and a citation's fragments together are its words.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from markupsafe import Markup, escape


class Range(NamedTuple):
    """Code points [start, end) of a paragraph that the citation *key* ("<event>-<n>") quotes.

    A quotation in several segments has a range for each; *part* counts them from 1.
    """

    start: int
    end: int
    key: str
    part: int = 1


class _Fragment(NamedTuple):
    start: int
    end: int
    keys: tuple[str, ...]  # of the citations that quote these words, in order of citation


_NONE: Mapping[str, int] = MappingProxyType({})


def mark_paragraph(
    text: str, ranges: Sequence[Range], earlier: Mapping[str, int] = _NONE
) -> Markup:
    """Mark *ranges* in *text*; citations stand in the order in which *ranges* first name them.

    Where ranges overlap the text is cut into adjacent marks. The first fragment of a citation
    bears the id ``c-<key>``, later ones ``c-<key>.2`` and so on; an id for which the mark has no
    room stands on an empty span at its start. Beside the first id ``run-<k>`` gives the number of
    fragments where there are more than one; where marks of others stand between them, ``and-<k>``
    names each later fragment by its place, the first being 1. Ranges without a letter are ignored.

    *earlier* counts the fragments that a citation has in texts before this one on the page: they
    are numbered on from there, since an id stands on a page once.
    """
    if not ranges:
        return escape(text)
    fragments = _cut(text, ranges)
    places: dict[str, list[int]] = {}
    for place, fragment in enumerate(fragments):
        for key in fragment.keys:
            places.setdefault(key, []).append(place)
    html: list[str] = []
    end = 0
    for place, fragment in enumerate(fragments):
        html += (
            _escaped(text[end : fragment.start]),
            _mark(text, fragment, place, places, earlier),
        )
        end = fragment.end
    html.append(_escaped(text[end:]))
    return Markup("".join(html))  # noqa: S704 - every piece of it is escaped


def count_fragments(text: str, ranges: Sequence[Range]) -> Counter[str]:
    """Count the fragments of each citation that `mark_paragraph` makes of the same."""
    return Counter(key for fragment in _cut(text, ranges) for key in fragment.keys)


def _cut(text: str, ranges: Sequence[Range]) -> list[_Fragment]:
    """Cut *text* wherever a citation begins or ends; only quoted pieces are returned."""
    order: dict[str, int] = {}
    turns: dict[int, list[tuple[str, int]]] = {}  # where, to which citations, what happens
    for range_ in ranges:
        start, end = max(range_.start, 0), min(range_.end, len(text))
        if start < end:
            order.setdefault(range_.key, len(order))
            turns.setdefault(start, []).append((range_.key, 1))
            turns.setdefault(end, []).append((range_.key, -1))
    fragments: list[_Fragment] = []
    depth: dict[str, int] = {}  # the parts of one citation may overlap too
    last = 0
    for at in sorted(turns):
        if depth:
            keys = tuple(sorted(depth, key=order.__getitem__))
            before = fragments[-1] if fragments else None
            if before and before.end == last and before.keys == keys:
                fragments[-1] = before._replace(end=at)
            else:
                fragments.append(_Fragment(last, at, keys))
        for key, step in turns[at]:
            depth[key] = depth.get(key, 0) + step
        depth = {key: count for key, count in depth.items() if count}
        last = at
    return fragments


def _mark(
    text: str,
    fragment: _Fragment,
    place: int,
    places: dict[str, list[int]],
    earlier: Mapping[str, int],
) -> str:
    ids = [_identify(key, place, places[key], earlier.get(key, 0)) for key in fragment.keys]
    if len(ids) > 1:
        # A citation that begins here has the first claim to the mark's own id: links lead to it.
        ids.sort(key=lambda one: not one.first)
    own, *others = ids
    spans = "".join(f"<span{_say_id(other)}></span>" for other in others)
    cites = _escaped(" ".join(fragment.keys))
    words = _escaped(text[fragment.start : fragment.end])
    return f'<mark{_say_id(own)} data-cites="{cites}">{spans}{words}</mark>'


class _Id(NamedTuple):
    id: str
    first: bool
    classes: str


def _identify(key: str, place: int, places: list[int], earlier: int) -> _Id:
    index = earlier + places.index(place)
    if index:
        return _Id(f"c-{key}.{index + 1}", first=False, classes="")
    count = len(places)
    classes = [f"run-{count}"] if count > 1 else []
    if places[-1] - place >= count:
        classes += [f"and-{other - place + 1}" for other in places[1:]]
    return _Id(f"c-{key}", first=True, classes=" ".join(classes))


def _say_id(one: _Id) -> str:
    classes = f' class="{one.classes}"' if one.classes else ""
    return f' id="{_escaped(one.id)}"{classes}'


def _escaped(text: str) -> str:
    """Return *text* escaped; a short text rarely needs it."""
    if "&" in text or "<" in text or ">" in text or "'" in text or '"' in text:
        return str(escape(text))
    return text
