"""Digests of frozen values: equal values give equal digests on every machine.

What takes part in a value's equality takes part in its digest, and nothing else: places stay out.
A value that holds large shared ones, or that is more than what it equals by, names what it is made
of in a property ``digest_parts``.
"""

import marshal
from collections.abc import Callable, Iterable
from dataclasses import fields, is_dataclass
from functools import lru_cache
from hashlib import blake2b
from operator import attrgetter
from typing import Any

_PLAIN = frozenset((str, int, float, bool, bytes, type(None)))
_SHORT = 8  # members of a tuple that is not worth a digest of its own


def digest(value: object) -> str:
    """Return 32 hex digits."""
    # Version 2 of marshal's format knows no references: shared and equal values look the same.
    return digest_bytes(marshal.dumps(_structure(value), 2))


def digest_bytes(data: bytes) -> str:
    return blake2b(data, digest_size=16).hexdigest()


class Digests:
    """Digests of tuples of shared values, each computed once. Lives for one build.

    *known* are values with their digests, *before* those of the build before.
    """

    def __init__(
        self, known: Iterable[tuple[object, str]] = (), before: "Digests | None" = None
    ) -> None:
        self._known: dict[int, tuple[object, str]] = {}
        self.know(known)
        self._before = before._known if before else {}  # noqa: SLF001 - one of its own kind

    def know(self, known: Iterable[tuple[object, str]]) -> None:
        """Take in values with their digests."""
        self._known.update((id(pair[0]), pair) for pair in known)

    def of(self, value: object) -> str:
        """Return the digest of *value*; members of a tuple are digested, and kept, one by one."""
        known = self._known.get(id(value))
        if known is not None:
            return known[1]
        known = self._before.get(id(value))
        if known is not None:
            self._known[id(value)] = known
            return known[1]
        parts = value if value.__class__ is tuple else getattr(value, "digest_parts", None)
        result = self.of_parts(parts) if parts else digest(value)
        # The value is kept too: an id is only its own as long as the value lives.
        self._known[id(value)] = (value, result)
        return result

    def of_parts(self, parts: tuple[object, ...]) -> str:
        """Return the digest of a tuple that is asked for once."""
        return digest_bytes(marshal.dumps([self._packed(part) for part in parts], 2))

    def _packed(self, part: object) -> object:
        """Return what stands for *part*: plain values themselves, a digest in a list for others."""
        kind = part.__class__
        if kind in _PLAIN:
            return part
        # Before it is looked for: what was asked for earlier must not change any digest.
        if kind is tuple and len(part) <= _SHORT:  # type: ignore[arg-type]
            return tuple(map(self._packed, part))  # type: ignore[call-overload]
        known = self._known.get(id(part))
        return [known[1] if known is not None else self.of(part)]


def _structure(value: Any) -> Any:
    """Return *value* as nested tuples of plain values, each led by what it is."""
    kind = value.__class__
    if kind in _PLAIN:
        return value
    if kind is tuple:
        return tuple(map(_structure, value))
    name, take = _reader(kind)
    return (name, *map(_structure, take(value)))


@lru_cache(maxsize=256)
def _reader(kind: type) -> tuple[str, Callable[[Any], tuple[Any, ...]]]:
    """Return the name of a type, and how the parts of its values are taken."""
    if hasattr(kind, "digest_parts"):
        return kind.__name__, attrgetter("digest_parts")
    if is_dataclass(kind):
        names = [f.name for f in fields(kind) if f.compare]
        if len(names) > 1:
            return kind.__name__, attrgetter(*names)
        return kind.__name__, lambda value: tuple(getattr(value, name) for name in names)
    if issubclass(kind, tuple):
        return kind.__name__, tuple
    if issubclass(kind, dict):
        return "dict", lambda value: tuple(sorted(value.items()))
    if issubclass(kind, str):
        return kind.__name__, lambda value: (str.__str__(value),)
    return kind.__name__, lambda value: (repr(value),)
