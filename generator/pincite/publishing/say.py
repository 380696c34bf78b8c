"""Says what publishing changes: addresses, a line each, and how many there are."""

from collections.abc import Iterator

from pincite.publishing.difference import Difference, addresses_of


def say_addresses(difference: Difference) -> Iterator[str]:
    """Yield a line for each address that is added, changed or removed."""
    for word, paths in (
        ("added", difference.added),
        ("changed", difference.changed),
        ("removed", difference.removed),
    ):
        for address in addresses_of(paths):
            yield f"{word:<8} {address}"


def say_sum(difference: Difference) -> str:
    """Return how many files are what, in words."""
    return (
        f"{len(difference.added)} files added, {len(difference.changed)} changed, "
        f"{len(difference.removed)} removed, {difference.same} the same"
    )


_LET_GO = "; `--allow-removed` lets the address go"


def say_lost(lost: tuple[str, ...], way_out: str = _LET_GO) -> Iterator[str]:
    """Yield which addresses would be lost, and what can be done."""
    many = len(lost) != 1
    yield f"error: {len(lost)} published {'addresses' if many else 'address'} would lead nowhere"
    for address in lost:
        yield f"  {address}"
    yield (
        "  help: add the old id to the `aliases` of the event that it became, or withdraw the "
        f"event instead of deleting it; give a source or a page its name back{way_out}"
    )
