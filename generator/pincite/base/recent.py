"""A bounded memory of what was made lately, by identity of what it was made from."""

from typing import Generic, TypeVar

T = TypeVar("T")


class Recent(Generic[T]):
    """Keeps at least the last *size* results, at most twice as many.

    A key is an object's identity and a word; the object is kept with its result, so that its
    identity cannot become another's meanwhile.
    """

    __slots__ = ("_old", "_size", "_young")

    def __init__(self, size: int) -> None:
        self._size = size
        self._young: dict[tuple[int, str], tuple[object, T]] = {}
        self._old: dict[tuple[int, str], tuple[object, T]] = {}

    def find(self, source: object, word: str = "") -> T | None:
        key = (id(source), word)
        known = self._young.get(key)
        if known is None:
            known = self._old.get(key)
            if known is None:
                return None
            self._keep(key, known)
        return known[1]

    def keep(self, source: object, result: T, word: str = "") -> T:
        self._keep((id(source), word), (source, result))
        return result

    def _keep(self, key: tuple[int, str], value: tuple[object, T]) -> None:
        if len(self._young) >= self._size:
            self._young, self._old = {}, self._young
        self._young[key] = value
