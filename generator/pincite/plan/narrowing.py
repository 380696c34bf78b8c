"""The sorts by which a list can be narrowed: each value of each has a page of its own."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pincite.link.names import slug
from pincite.model import MODALITIES, Corpus, Name
from pincite.plan.exhibits import Exhibit


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrowed:
    """One value of a sort and the events that have it, in order."""

    sort: str  # kinds | status | actors | places | tags | voices
    name: Name
    exhibits: tuple[Exhibit, ...]
    shape: str = ""


def narrow(corpus: Corpus, exhibits: tuple[Exhibit, ...]) -> tuple[Narrowed, ...]:
    """Return every way to narrow the list that leaves something, in the order it is offered."""
    kinds = tuple(
        Name(id=kind.id, label=kind.label, description=kind.description)
        for kind in corpus.config.kinds
    )
    voices = {
        slug(claim.attributed_to): Name(id=slug(claim.attributed_to), label=claim.attributed_to)
        for exhibit in reversed(exhibits)
        for claim in exhibit.event.claims
        if claim.attributed_to
    }
    sorts: tuple[tuple[str, tuple[Name, ...], Callable[[Exhibit], Iterator[str]]], ...] = (
        ("kinds", kinds, lambda e: iter((e.event.kind,))),
        (
            "status",
            tuple(Name(id=modality, label=modality) for modality in MODALITIES),
            lambda e: iter((e.event.modality,)),
        ),
        ("voices", tuple(sorted(voices.values(), key=lambda n: n.label.casefold())), _voices),
        ("actors", corpus.actors, lambda e: iter((*e.event.actors, *e.event.recipients))),
        ("places", corpus.places, lambda e: iter(e.event.places)),
        ("tags", corpus.tags, lambda e: iter(e.event.tags)),
    )
    found = []
    for sort, names, values in sorts:
        groups: dict[str, list[Exhibit]] = {name.id: [] for name in names}
        for exhibit in exhibits:
            for value in dict.fromkeys(values(exhibit)):
                groups[value].append(exhibit)
        found += [
            Narrowed(
                sort=sort,
                name=name,
                exhibits=tuple(groups[name.id]),
                shape=groups[name.id][0].shape if sort == "kinds" else "",
            )
            for name in names
            if groups[name.id]
        ]
    return tuple(found)


def _voices(exhibit: Exhibit) -> Iterator[str]:
    return (slug(c.attributed_to) for c in exhibit.event.claims if c.attributed_to)
