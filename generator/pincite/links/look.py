"""Looks at the addresses of sources, one after the other, as seldom and as slowly as is polite."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal
from urllib.parse import urlsplit

from pincite.links.robots import Robots
from pincite.links.words import can_read, find_standing
from pincite.model import Citation, Corpus, LinkState, Source
from pincite.net.fetch import Fetched, Limits, Unfetchable

LIMITS = Limits(bytes=20_000_000, seconds=45.0, idle_seconds=15.0, redirects=5)
_PERMANENT = frozenset((301, 308))
_GONE = frozenset((404, 410))
_CLOSED = frozenset((401, 402, 403, 407, 429, 451))

Quotes = Mapping[str, tuple[tuple[str, ...], ...]]
Method = Literal["GET", "HEAD"]


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """All that a look depends on but the addresses: the net and the clock. Seconds."""

    fetch: Callable[[Method, str], Fetched]  # raises Unfetchable
    now: Callable[[], str]  # RFC 3339, UTC
    clock: Callable[[], float]
    sleep: Callable[[float], object]
    delay: float


def look_at_sources(
    sources: tuple[Source, ...],
    quotes: Mapping[str, Quotes],
    known: Mapping[str, tuple[LinkState, ...]],
    world: World,
    *,
    since: str = "",
) -> Iterator[tuple[str, tuple[LinkState, ...]]]:
    """Yield (source id, its addresses) as each source is done; those without any are left out.

    What was looked at since *since* (a timestamp in UTC; empty: never) is taken from *known*.
    """
    net = _Polite(world)
    for source in sources:
        before = {link.url: link for link in known.get(source.id, ())}
        found = []
        for role, url in addresses_of(source):
            old = before.get(url)
            if old is not None and since and old.checked >= since:
                found.append(replace(old, role=role))
                continue
            new = _look(net, url, role, quotes.get(source.id, {}), world.now())
            if old is not None and old.state == new.state:
                new = replace(new, since=old.since)
            found.append(new)
        if found:
            yield source.id, tuple(found)


def addresses_of(source: Source) -> tuple[tuple[str, str], ...]:
    """Return (role, address) of the original and the archives, each address once."""
    rows = [("original", source.url)] if source.url else []
    rows += [("archive", archive.url) for archive in source.archives]
    seen: dict[str, str] = {}
    for role, url in rows:
        if url.startswith(("http://", "https://")):
            seen.setdefault(url, role)
    return tuple((role, url) for url, role in seen.items())


def quotes_of(corpus: Corpus) -> dict[str, dict[str, tuple[tuple[str, ...], ...]]]:
    """Return source id → "<event>-<n>" → the quoted words, segments grouped by paragraph."""
    texts = {source.id: {p.id: p.text for p in source.paragraphs} for source in corpus.sources}
    found: dict[str, dict[str, tuple[tuple[str, ...], ...]]] = {}
    for event in corpus.events:
        for claim in event.claims:
            for citation in claim.citations:
                if isinstance(citation, Citation):
                    groups: dict[str, list[str]] = {}
                    for id, start, end in citation.parts:
                        words = texts[citation.source][id][start:end]
                        groups.setdefault(id, []).append(words)
                    key = f"{event.id}-{citation.n}"
                    found.setdefault(citation.source, {})[key] = tuple(
                        tuple(group) for group in groups.values()
                    )
    return found


class _Polite:
    """The net, waiting between two requests to the same host, and obeying what it asks for."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._last: dict[str, float] = {}
        self._robots = Robots(lambda _, url: self._ask("GET", url, 0.0))

    def ask(self, method: Method, url: str) -> Fetched | None:
        """Return the answer; None when the site does not want to be read. Raises Unfetchable."""
        if not self._robots.allows(url):
            return None
        return self._ask(method, url, self._robots.delay(url))

    def _ask(self, method: Method, url: str, wanted: float) -> Fetched:
        host = urlsplit(url).netloc
        world = self._world
        if host in self._last:
            wait = self._last[host] + max(world.delay, wanted) - world.clock()
            if wait > 0:
                world.sleep(wait)
        try:
            return world.fetch(method, url)
        finally:
            self._last[host] = world.clock()


def _look(net: _Polite, url: str, role: str, quotes: Quotes, now: str) -> LinkState:
    link = LinkState(url=url, role=role, state="alive", since=now, checked=now)
    try:
        answer = net.ask("HEAD", url)
        # Many servers answer HEAD wrongly, so that only a good answer is taken from it.
        if answer is not None and (
            answer.status != 200
            or not answer.media_type
            or (quotes and can_read(answer.media_type))
        ):
            answer = net.ask("GET", url)
    except Unfetchable as problem:
        if problem.why in {"protocol", "timeout", "unreachable", "too-large"}:
            return _look_again(net, link, quotes)
        return _unanswered(link, problem)
    if answer is None:
        return replace(link, state="closed", reason="the site’s robots.txt does not allow it")
    return _judge(link, answer, quotes)


def _look_again(net: _Polite, link: LinkState, quotes: Quotes) -> LinkState:
    """Ask with GET, where HEAD was not answered at all."""
    try:
        answer = net.ask("GET", link.url)
    except Unfetchable as problem:
        return _unanswered(link, problem)
    assert answer is not None
    return _judge(link, answer, quotes)


def _unanswered(link: LinkState, problem: Unfetchable) -> LinkState:
    match problem.why:
        case "too-large":
            return replace(link, reason="it is too large to be looked through")
        case "refused":
            return replace(link, state="closed", reason=problem.message)
        case _:  # a name that nobody knows too: it may be our own line that is down
            return replace(link, state="failing", reason=problem.message)


def _judge(link: LinkState, answer: Fetched, quotes: Quotes) -> LinkState:
    link = replace(link, code=answer.status)
    if answer.status in _GONE:
        return replace(link, state="gone", reason=f"it answers {answer.status}")
    if answer.status in _CLOSED:
        return replace(link, state="closed", reason=f"it answers {answer.status}")
    if not 200 <= answer.status < 300:
        return replace(link, state="failing", reason=f"it answers {answer.status}")
    if answer.hops and answer.hops[0].status in _PERMANENT and answer.url != link.url:
        link = replace(link, state="moved", moved_to=answer.url)
    standing = find_standing(answer, quotes)
    if standing is not None:
        link = replace(link, held=standing.held, lost=standing.lost)
    return link
