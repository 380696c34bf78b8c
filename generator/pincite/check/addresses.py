"""Rules about addresses: what was published once must not lead nowhere."""

from collections.abc import Iterable, Iterator

from pincite.base.diagnostics import Diagnostic, warning
from pincite.base.near import did_you_mean
from pincite.link.corpus import fold_id
from pincite.load.published import PublishedAddress


def lost(
    events: Iterable[tuple[str, ...]], published: tuple[PublishedAddress, ...]
) -> Iterator[Diagnostic]:
    """Yield each published address that is neither an event's nor one of its aliases'.

    Of each event its id is given, its aliases after it.
    """
    if not published:
        return
    addresses = tuple(events)
    ids = {id for id, *_ in addresses}
    known = {fold_id(id) for some in addresses for id in some}
    for address in published:
        if address.folder == "events" and fold_id(address.id) not in known:
            yield _lost(
                address,
                "event",
                did_you_mean(address.id, ids)
                or "give the event that it became `aliases`, or withdraw it instead of deleting it",
            )


def lost_pages(
    sources: Iterable[str], pages: Iterable[str], published: tuple[PublishedAddress, ...]
) -> Iterator[Diagnostic]:
    """Yield each published address of a source or a page that has none any more, by their ids."""
    for folder, noun, ids in (("sources", "source", sources), ("", "page", pages)):
        of_these = [address for address in published if address.folder == folder]
        known = {fold_id(id): id for id in ids} if of_these else {}
        for address in of_these:
            if fold_id(address.id) not in known:
                yield _lost(
                    address,
                    noun,
                    did_you_mean(address.id, known.values())
                    or f"give the {noun}’s file its name back: others may have linked to it",
                )


def _lost(address: PublishedAddress, noun: str, help: str) -> Diagnostic:
    return warning(
        "published-address-lost",
        address.place,
        f"`{address.address}` was published, and no {noun} has this address any more",
        help=help,
    )
