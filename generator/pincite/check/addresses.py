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
        if fold_id(address.id) not in known:
            yield warning(
                "published-address-lost",
                address.place,
                f"`events/{address.id}/` was published, and no event has this address any more",
                help=did_you_mean(address.id, ids)
                or "give the event that it became `aliases`, or withdraw it instead of deleting it",
            )
