"""Frozen values to plain ones and back: what their annotations say decides how.

A value that was coded and decoded is equal to what it was, and has the same digest. Places are
left out: whoever asks a decoded value for its place gets `PlaceLost`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from enum import StrEnum
from functools import cache
from sys import intern
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from pincite.base.values import Values
from pincite.dates import Date, parse_date

#: One way: from a value to what stands for it, or back. None where that is the same.
Way = Callable[[Any], Any] | None


class PlaceLost(Exception):  # noqa: N818 - it says what has happened, not that anything is wrong
    """Somebody asked where a value stands that was not read from its file."""


class NoPlace(Values):
    """Stands where the places of a decoded value would be."""

    __slots__ = ()

    def __init__(self) -> None:
        pass

    def __getattribute__(self, name: str) -> Any:
        raise PlaceLost(name)

    def __getitem__(self, name: str) -> Any:
        raise PlaceLost(name)

    def __contains__(self, name: object) -> bool:
        raise PlaceLost(name)


@dataclass(frozen=True, slots=True)
class Codec:
    """Both ways of one type. What *encode* gives is made of tuples, text, numbers and None."""

    encode: Callable[[Any], Any]
    decode: Callable[[Any], Any]


@cache
def codec_of(kind: type) -> Codec:
    """Return the codec of a frozen dataclass.

    Raises TypeError where an annotation in it says something that cannot be coded.
    """
    encode, decode = _ways(kind)
    return Codec(encode or _same, decode or _same)


# Of equal texts in these fields there is one in memory, however many values have it.
_REPEATED = frozenset(
    (
        *(
            "id",
            "source",
            "paragraph",
            "kind",
            "modality",
            "stance",
            "match",
            "qualifier",
            "target",
        ),
        *("actors", "recipients", "places", "tags", "attributed_to", "measure", "unit", "language"),
        *("code", "help"),
    )
)
_TWINS = (("quote", "exact"),)  # fields of one value that are equal most of the time


def _same(value: Any) -> Any:
    return value


def _ways(kind: Any) -> tuple[Way, Way]:
    origin = get_origin(kind)
    if kind in (str, int, float, bool, bytes, NoneType) or origin is Literal:
        return None, None
    if kind is Date:
        return _edtf, _dates()
    if origin in (Union, UnionType):
        return _union(get_args(kind))
    if origin is tuple:
        return _tuple(get_args(kind))
    if isinstance(kind, type) and is_dataclass(kind):
        return _record(kind)
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return str.__str__, kind
    if isinstance(kind, type) and issubclass(kind, tuple):
        return tuple, kind._make  # type: ignore[attr-defined]  # a span, or another of plain values
    raise TypeError(f"{kind} cannot be coded")


def _edtf(date: Date) -> str:
    return date.edtf


def _dates() -> Callable[[str], Date]:
    @cache
    def read(edtf: str) -> Date:
        date = parse_date(edtf)
        if not isinstance(date, Date):
            raise TypeError(f"{edtf!r} is no date")
        return date

    return read


def _union(kinds: tuple[Any, ...]) -> tuple[Way, Way]:
    some = tuple(kind for kind in kinds if kind is not NoneType)
    ways = [_ways(kind) for kind in some]
    if all(encode is None for encode, _ in ways):
        return None, None
    if len(some) == 1:
        return _optional(*ways[0])
    encoders: Mapping[type, tuple[int, Way]] = {
        kind: (number, encode)
        for number, (kind, (encode, _)) in enumerate(zip(some, ways, strict=True))
    }
    decoders = tuple(decode or _same for _, decode in ways)

    def encode_one(value: Any) -> Any:
        if value is None:
            return None
        number, encode = encoders[value.__class__]
        return (number, value if encode is None else encode(value))

    def decode_one(value: Any) -> Any:
        return None if value is None else decoders[value[0]](value[1])

    return encode_one, decode_one


def _optional(encode: Way, decode: Way) -> tuple[Way, Way]:
    there, back = encode or _same, decode or _same
    return (
        lambda value: None if value is None else there(value),
        lambda value: None if value is None else back(value),
    )


def _tuple(kinds: tuple[Any, ...]) -> tuple[Way, Way]:
    if len(kinds) == 2 and kinds[1] is Ellipsis:
        encode, decode = _ways(kinds[0])
        if encode is None or decode is None:
            return None, None
        return (
            lambda value: tuple(map(encode, value)),
            # Most are empty, and the empty tuple is one for all.
            lambda value: tuple(map(decode, value)) if value else (),
        )
    if any(_ways(kind) != (None, None) for kind in kinds):
        raise TypeError(f"{kinds} cannot be coded")
    return None, None


def _record(kind: type) -> tuple[Way, Way]:
    hints = get_type_hints(kind)
    kept = [field.name for field in fields(kind) if not _is_place(hints[field.name])]
    lost = [field.name for field in fields(kind) if _is_place(hints[field.name])]
    ways = [_ways_of_field(name, hints[name]) for name in kept]
    twins = [(kept.index(one), kept.index(two)) for one, two in _TWINS if {one, two} <= {*kept}]
    special = [
        (at, encode or _same, decode or _same)
        for at, (encode, decode) in enumerate(ways)
        if (encode, decode) != (None, None)
    ]
    # Slots are set one by one: the constructor of a frozen class takes three times as long.
    setters = [getattr(kind, name).__set__ for name in kept]
    no_place = NoPlace()
    blanks = [getattr(kind, name).__set__ for name in lost]
    new: Any = kind.__new__

    def encode(value: Any) -> Any:
        row = [getattr(value, name) for name in kept]
        for at, encode_part, _ in special:
            row[at] = encode_part(row[at])
        return tuple(row)

    def decode(row: Any) -> Any:
        if special:
            row = list(row)
            for at, _, decode_part in special:
                row[at] = decode_part(row[at])
            for one, two in twins:
                if row[one] == row[two]:
                    row[two] = row[one]
        value = new(kind)
        for setter, part in zip(setters, row, strict=True):
            setter(value, part)
        for blank in blanks:
            blank(value, no_place)
        return value

    return encode, decode


def _ways_of_field(name: str, kind: Any) -> tuple[Way, Way]:
    if name in _REPEATED:
        if kind is str:
            return _same, intern
        if kind == tuple[str, ...]:
            return _same, lambda value: tuple(map(intern, value)) if value else ()
    return _ways(kind)


def _is_place(hint: Any) -> bool:
    return hint is Values or Values in get_args(hint)
