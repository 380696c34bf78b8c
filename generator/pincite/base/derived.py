"""Values made of other values, made once as long as a preview keeps those.

A preview asks for the same again after every save. Made again, a value would be equal; given out
again, it is the same, and all that is made of it is known to be the same without a look.
"""

from collections.abc import Callable
from typing import Any, TypeVar

T = TypeVar("T")

_LEAVES = frozenset((str, int, bool, bytes, type(None)))


class Derived:
    """It cannot be seen in any result, but that what was equal is the same."""

    def __init__(self) -> None:
        self._old: dict[tuple[object, ...], tuple[tuple[object, ...], Any]] = {}
        self._new: dict[tuple[object, ...], tuple[tuple[object, ...], Any]] = {}

    def of(self, make: Callable[..., T], *sources: object) -> T:
        """Return ``make(*sources)``; *make* is pure, and *sources* are known by identity."""
        key = (make, *map(id, sources))
        kept = self._new.get(key)
        if kept is None:
            # The sources are kept too: an id is only their own as long as they live.
            kept = self._new[key] = self._old.get(key) or (sources, make(*sources))
        result: T = kept[1]
        return result

    def forget_unused(self) -> None:
        """Let go of what was not asked for since this was called last."""
        self._old, self._new = self._new, {}


class Passing(Derived):
    """Keeps nothing: for a build after which there is none."""

    def of(self, make: Callable[..., T], *sources: object) -> T:
        return make(*sources)


def is_same(one: object, other: object) -> bool:
    """Whether two values are made of the same parts; values of equal parts may be told apart.

    Never true of values that have different digests (`pincite.base.digest`).
    """
    if one is other:
        return True
    kind = one.__class__
    if kind is not other.__class__:
        return False
    if isinstance(one, tuple) and isinstance(other, tuple):
        return len(one) == len(other) and all(map(is_same, one, other))
    if kind in _LEAVES:
        return one == other
    parts = getattr(one, "digest_parts", None)
    return parts is not None and is_same(parts, getattr(other, "digest_parts", None))
