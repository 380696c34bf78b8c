"""Pages by reference: what a page is made of, with names in place of events and sources.

A page kept so is still right when an event in it says something else: with the event put in place
of its name it is the page that planning would give, as long as the event's facts are the same
(`pincite.plan.facts`).
"""

import marshal
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from functools import cache
from importlib import import_module
from operator import attrgetter
from typing import Any, NamedTuple, Protocol

from pincite.dates import Date, parse_date
from pincite.exports.pieces import Past
from pincite.images.pictures import Variant
from pincite.images.survey import Medium
from pincite.model import Archive, Config, Corpus, Era, Event, Kind, Media, Name, Paragraph, Source
from pincite.plan.embedding import Sharing
from pincite.plan.exhibits import Citing, EventNames, Exhibit, Outline, SourceHead
from pincite.plan.lists import Totals
from pincite.plan.measures import GivenFigure, Measure
from pincite.plan.page import Page
from pincite.plan.periods import Period
from pincite.plan.report import Evidence, Told, report_page
from pincite.plan.site import Site
from pincite.plan.urls import Addresses
from pincite.plan.views import Frame, Link
from pincite.plan.words import Phrases, Words

_MOST = 4000  # events on a page that is kept; with more it is quicker to plan anew
_PLAIN = frozenset((str, int, float, bool, bytes, type(None)))
# Values that are kept as they are, by what they are made of.
_RECORDS: Mapping[str, type] = {
    kind.__name__: kind
    for kind in (
        *(Archive, Era, Kind, Media, Name, Medium, Variant, Sharing, EventNames),
        *(GivenFigure, Measure, Period, Evidence, Addresses, Frame, Link, Site, Config, Totals),
    )
}
_BUILDERS = ("pincite.plan.", "pincite.exports.")  # where what builds pages is looked for


class Things(Protocol):
    """What names stand for."""

    def exhibit(self, id: str) -> Exhibit: ...
    def event(self, id: str) -> Event: ...
    def outline(self, event: str) -> Outline: ...
    def name(self, sort: int, number: int) -> Name: ...
    def citing(self, event: str, n: int) -> Citing: ...
    def source(self, id: str) -> Source: ...
    def head(self, source: str) -> SourceHead: ...
    def paragraph(self, source: str, id: str) -> Paragraph: ...

    @property
    def site(self) -> Site: ...
    @property
    def config(self) -> Config: ...
    @property
    def words(self) -> Words: ...
    @property
    def corpus(self) -> Corpus: ...
    @property
    def told(self) -> tuple[Told, ...]: ...
    @property
    def past(self) -> Past: ...


class Skeleton(NamedTuple):
    """A page by reference: *data* for `put_together`, and which events it shows."""

    path: str
    data: bytes | None  # None where the page cannot be kept
    events: tuple[str, ...]
    outlined: tuple[str, ...]  # events of which it shows no more than their outlines
    whole: bool  # made of all events: its digest changes with any
    told: bool  # shows what was found


@dataclass(slots=True)
class _Noted:
    events: dict[str, None]  # in the order in which the page has them
    whole: bool = False
    told: bool = False
    outlined: dict[str, None] = field(default_factory=dict)
    lost: bool = False  # something cannot be kept


class Skeletons:
    """Takes pages apart. *corpus* is what they are made of."""

    def __init__(self, corpus: Corpus) -> None:
        self._paragraphs = {
            id(paragraph): ["paragraph", source.id, paragraph.id]
            for source in corpus.sources
            for paragraph in source.paragraphs
        }
        self._known = {
            id(name): ["name", sort, number]
            for sort, names in enumerate((corpus.actors, corpus.places, corpus.tags))
            for number, name in enumerate(names)
        }
        self._ways: dict[type, Callable[[Any, _Noted], Any]] = {
            tuple: lambda value, noted: tuple([self._code(part, noted) for part in value]),
            dict: lambda value, _: ["table", *sorted(value.items())],
            Paragraph: lambda value, _: self._paragraphs[id(value)],
            Name: self._name,
            **_WRITE,
        }

    def take(self, page: Page) -> Skeleton | None:
        """Return a page by reference; None where it shows no event and nothing that was found."""
        noted = _Noted({})
        if page.build is report_page:  # what was found comes last
            noted.told = True
            arguments = (*self._code(page.arguments[:-1], noted), ["told"])
        else:
            arguments = self._code(page.arguments, noted)
        if not (noted.events or noted.whole or noted.told):
            return None
        data = None
        if not noted.lost and len(noted.events) + len(noted.outlined) <= _MOST:
            build = page.build
            row = (
                *(page.path, page.template, build.__module__, build.__qualname__),
                *(arguments, page.outputs, page.can_wait),
            )
            data = marshal.dumps(row, 2)
        events, outlined = tuple(noted.events), tuple(noted.outlined)
        return Skeleton(page.path, data, events, outlined, noted.whole, noted.told)

    def code(self, value: Any) -> Any:
        """Return plain values for a record, by what it is made of."""
        return self._record(value, _Noted({}))

    def _code(self, value: Any, noted: _Noted) -> Any:
        """Return plain values for *value*: a list is what stands for something else."""
        kind = value.__class__
        if kind in _PLAIN:
            return value
        way = self._ways.get(kind)
        if way is not None:
            return way(value, noted)
        if _RECORDS.get(kind.__name__) is kind:
            return self._record(value, noted)
        noted.lost = True
        if is_dataclass(value):  # what it shows has to be known
            self._code(tuple(getattr(value, f.name) for f in fields(value)), noted)
        return ["lost"]

    def _name(self, value: Name, noted: _Noted) -> Any:
        return self._known.get(id(value)) or self._record(value, noted)

    def _record(self, value: Any, noted: _Noted) -> list[Any]:
        kind = value.__class__
        parts = value if isinstance(value, tuple) else _taker(kind)(value)
        return ["record", kind.__name__, *[self._code(part, noted) for part in parts]]


def _event(id: str, noted: _Noted, *more: Any, what: str) -> list[Any]:
    noted.events[id] = None
    return [what, id, *more]


def _outline(value: Outline, noted: _Noted) -> list[Any]:
    noted.outlined[value.id] = None
    return ["outline", value.id]


def _corpus(_: Corpus, noted: _Noted) -> list[Any]:
    noted.whole = True
    return ["corpus"]


_WRITE: Mapping[type, Callable[[Any, _Noted], Any]] = {
    Exhibit: lambda value, noted: _event(value.event.id, noted, what="exhibit"),
    Event: lambda value, noted: _event(value.id, noted, what="event"),
    Citing: lambda value, noted: _event(value.event, noted, value.citation.n, what="citing"),
    Outline: _outline,
    Corpus: _corpus,
    Source: lambda value, _: ["source", value.id],
    SourceHead: lambda value, _: ["head", value.id],
    Date: lambda value, _: ["date", value.edtf],
    Site: lambda _, __: ["site"],
    Config: lambda _, __: ["config"],
    Words: lambda _, __: ["words"],
    Phrases: lambda _, __: ["phrases"],
    Past: lambda _, __: ["past"],
}


@cache
def _taker(kind: Any) -> Callable[[Any], tuple[Any, ...]]:
    names = _names(kind)
    if len(names) > 1:
        return attrgetter(*names)
    return lambda value: tuple(getattr(value, name) for name in names)


@cache
def _names(kind: Any) -> tuple[str, ...]:
    """Return the names of what a record is made of."""
    if issubclass(kind, tuple):
        names: tuple[str, ...] = kind._fields
        return names
    return tuple(field.name for field in fields(kind) if field.compare)


def put_together(data: bytes, things: Things) -> Page:
    """Return a page that was taken apart, of *things* as they are now."""
    path, template, module, name, arguments, outputs, can_wait = marshal.loads(data)  # noqa: S302
    assert module.startswith(_BUILDERS), module
    build = getattr(import_module(module), name)
    return Page(path, template, build, decode(arguments, things), outputs, can_wait)


def paths_of(data: bytes) -> tuple[tuple[str, ...], bool]:
    """Return the paths of a page that was taken apart, and whether it can wait."""
    path, *_, outputs, can_wait = marshal.loads(data)  # noqa: S302
    return outputs or (path,), can_wait


def decode(value: Any, things: Any) -> Any:
    """Return what `Skeletons.code` was given, of *things* as they are now (`Things`)."""
    if value.__class__ is tuple:
        return tuple([decode(part, things) for part in value])
    if value.__class__ is not list:
        return value
    what, *rest = value
    return _WAYS[what](things, *rest)


def _record(things: Things, name: str, *parts: Any) -> Any:
    kind = _RECORDS[name]
    values = [decode(part, things) for part in parts]
    return kind(**dict(zip(_names(kind), values, strict=True)))


def _date(_: Things, edtf: str) -> Date:
    date = parse_date(edtf)
    assert isinstance(date, Date), "it was one"
    return date


_WAYS: Mapping[str, Callable[..., Any]] = {
    "exhibit": lambda things, event: things.exhibit(event),
    "event": lambda things, event: things.event(event),
    "outline": lambda things, event: things.outline(event),
    "name": lambda things, sort, number: things.name(sort, number),
    "citing": lambda things, event, n: things.citing(event, n),
    "paragraph": lambda things, source, name: things.paragraph(source, name),
    "source": lambda things, source: things.source(source),
    "head": lambda things, source: things.head(source),
    "site": lambda things: things.site,
    "config": lambda things: things.config,
    "words": lambda things: things.words,
    "phrases": lambda things: Phrases(things.words.table, things.words.version),
    "corpus": lambda things: things.corpus,
    "told": lambda things: things.told,
    "past": lambda things: things.past,
    "table": lambda _, *items: dict(items),
    "date": _date,
    "record": _record,
}
