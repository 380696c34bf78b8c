"""What several processes make, waiting on the disk until it is kept: none of them holds it all."""

import marshal
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from pincite.spool import Place, Spool
from pincite.workers import share_out

T = TypeVar("T")


class Waiting(Mapping[str, bytes]):
    """Bytes by key, in a nameless file *beside* a folder."""

    def __init__(self, beside: Path) -> None:
        self._spool = Spool(beside)
        self._places: dict[str, Place] = {}

    def add(self, key: str, data: bytes) -> None:
        self._places[key] = self._spool.add(data)

    def sort(self) -> None:
        """Bring the keys in order."""
        self._places = dict(sorted(self._places.items()))

    def __getitem__(self, key: str) -> bytes:
        return self._spool.read(*self._places[key])

    def __contains__(self, key: object) -> bool:
        return key in self._places  # without reading any

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)


class _Made(NamedTuple):
    """Where what was made of an item waits."""

    number: int
    spool: int
    place: Place


def make_in_shares(
    items: Sequence[T],
    begin: Callable[[], Callable[[T], tuple[Any, ...] | None]],
    jobs: int,
    beside: Path,
) -> Iterator[Any] | None:
    """Return what is made of each item, in their order; None as soon as nothing is made of one.

    *begin* is called in each process and returns what makes plain values of an item there. They
    wait in files *beside* a folder.
    """
    # Each process writes a file of its own, which all have open: so it needs no name.
    spools = [Spool(beside, on_disk=jobs > 1) for _ in range(jobs)]
    free, end = os.pipe()
    os.write(end, b"".join(number.to_bytes(4, "little") for number in range(jobs)))
    os.close(end)

    def work(share: Iterator[tuple[int, T]]) -> tuple[list[_Made] | None, tuple[()]]:
        own = int.from_bytes(os.read(free, 4), "little")
        make = begin()
        done = []
        for number, item in share:
            made = make(item)
            if made is None:
                for _ in share:
                    pass  # so that nobody goes on
                return None, ()
            done.append(_Made(number, own, spools[own].add(marshal.dumps(tuple(made), 2))))
        spools[own].flush()
        return done, ()

    try:
        results = share_out(work, tuple(enumerate(items)), jobs, at_once=1)
    finally:
        os.close(free)
    done: list[_Made] = []
    for result in results:
        if result is None:
            return None
        done += result
    data = (spools[made.spool].read(*made.place) for made in sorted(done))
    return map(marshal.loads, data)  # they never left this program
