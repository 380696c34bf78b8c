"""``timeline.ics``: the events that a calendar can hold, as iCalendar (RFC 5545).

Only one certain stretch of days goes in: a day, or an interval with both ends. The rest is counted
in ``X-PINCITE-SKIPPED``. Written by hand, since a library takes seconds for a large site; the
tests read it with one.
"""

import re
from collections.abc import Iterable, Iterator
from functools import partial
from hashlib import sha1

from pincite.base.content import Bytes
from pincite.dates import Date, Day, Kind, day_from_number, day_number
from pincite.exports.index import Index, citations_of
from pincite.exports.moments import changed
from pincite.exports.pieces import Given, given
from pincite.model import Corpus, Event
from pincite.plan.urls import Addresses
from pincite.plan.words import Words

CALENDAR = "timeline.ics"

_LONGEST = 75  # octets in a line, without its end
# As many octets as a line has room for, or one less where it is indented; a letter stays whole.
_FIRST = re.compile(rb"(?s).{1,75}(?![\x80-\xbf])")
_REST = re.compile(rb"(?s).{1,74}(?![\x80-\xbf])")
_URL_NAMESPACE = bytes.fromhex("6ba7b811 9dad 11d1 80b4 00c04fd430c8")  # RFC 9562, 6.6
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f]")
_TENTATIVE = ("planned", "predicted", "hypothetical", "denied")


def write_icalendar(
    corpus: Corpus, words: Words, addresses: Addresses, have: Given | None = None
) -> Bytes | None:
    """Return the calendar; None without a canonical address, or when it would hold no event.

    A UID is made from the event's address, so it stays the same as long as that does.
    """
    config = corpus.config
    if not config.url or not has_days(corpus):
        return None
    events = [event for event in corpus.events if _days(event.date)]
    have = have or given(corpus, words, addresses)
    kinds = {kind.id: kind.label for kind in config.kinds}
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Pincite//Pincite//EN",
        "CALSCALE:GREGORIAN",
        f"NAME:{_text(config.title)}",
        f"X-WR-CALNAME:{_text(config.title)}",
        f"URL:{_uri(config.url)}",
        f"X-PINCITE-SKIPPED:{len(corpus.events) - len(events)}",
    ]
    pieces = have.pieces(CALENDAR, corpus, words)
    pieces.add(_octets(lines))
    for event in events:
        kind = kinds.get(event.kind, event.kind)
        pieces.add_piece(event, partial(_entry, event, kind, have.index))
    pieces.add(_octets(["END:VCALENDAR"]))
    return pieces.whole()


def _entry(event: Event, kind: str, index: Index) -> bytes:
    return _octets(_component(event, kind, index))


def _octets(lines: Iterable[str]) -> bytes:
    folded: list[bytes] = []
    for line in lines:
        if len(line) <= _LONGEST and line.isascii():  # most
            folded.append(line.encode())
        else:
            folded += _fold(line)
    folded.append(b"")
    return b"\r\n".join(folded)


def _component(event: Event, kind: str, index: Index) -> Iterator[str]:
    assert event.date is not None, "the undated are left out"
    days = _days(event.date)
    assert days is not None, "what is not some days is left out"
    url = index.event_url(event.id)
    yield "BEGIN:VEVENT"
    yield f"UID:{_uid(url)}"
    yield f"DTSTAMP:{changed(event, index).replace('-', '').replace(':', '')}"
    yield f"DTSTART;VALUE=DATE:{_day(days[0])}"
    yield f"DTEND;VALUE=DATE:{_day(days[1])}"
    yield f"SUMMARY:{_text(event.title)}"
    yield f"DESCRIPTION:{_text(_description(event, index))}"
    yield f"CATEGORIES:{','.join(map(_text, (kind, *(index.tags[name] for name in event.tags))))}"
    if event.places:
        yield f"LOCATION:{_text('; '.join(index.places[name] for name in event.places))}"
    yield f"URL:{_uri(url)}"
    yield f"STATUS:{_status(event)}"
    yield f"SEQUENCE:{len(event.corrections) + (event.withdrawn is not None)}"
    yield "TRANSP:TRANSPARENT"  # nobody is busy because of it
    yield f"X-PINCITE-EDTF:{_text(event.date.edtf)}"
    yield f"X-PINCITE-MODALITY:{event.modality}"
    yield "END:VEVENT"


def has_days(corpus: Corpus) -> bool:
    """Whether any event falls on days: a calendar without entries is none (RFC 5545, 3.6)."""
    return any(_days(event.date) for event in corpus.events)


def _days(date: Date | None) -> tuple[Day, Day] | None:
    """Return the first day and the day after the last; None for what is not a stretch of days."""
    if date is None or date.kind not in (Kind.DAY, Kind.DATETIME, Kind.INTERVAL):
        return None
    first, last = date.earliest, date.latest
    if first is None or last is None:
        return None
    after = day_from_number(day_number(last) + 1)
    return (first, after) if first.year >= 1 and after.year <= 9999 else None


def _status(event: Event) -> str:
    if event.withdrawn:
        return "CANCELLED"
    doubtful = event.date is not None and (event.date.uncertain or event.date.approximate)
    return "TENTATIVE" if doubtful or event.modality in _TENTATIVE else "CONFIRMED"


def _description(event: Event, index: Index) -> str:
    lines = [index.label(event.date)]
    if event.withdrawn:
        lines.append(event.withdrawn.note)
    if event.summary:
        lines.append(event.summary.plain)
    for citation in citations_of(event):
        url = index.citation_url(citation.source, event.id, citation.n)
        lines.append(f"“{citation.exact}” {index.sources[citation.source].name} {url}")
    return "\n".join(filter(None, lines))


def _day(day: Day) -> str:
    return day.isoformat().replace("-", "")


def _text(value: str) -> str:
    plain = value
    if not plain.isprintable():  # line ends are not, either
        plain = _CONTROL.sub("", plain.replace("\r\n", "\n").replace("\r", "\n"))
    plain = plain.replace("\\", r"\\")
    return plain.replace(";", r"\;").replace(",", r"\,").replace("\n", r"\n")


def _uri(value: str) -> str:
    return _CONTROL.sub("", value)


def _fold(line: str) -> list[bytes]:
    """Break *line* into pieces of at most 75 octets, never inside a letter."""
    octets = line.encode("utf-8", "surrogatepass")
    first = _FIRST.match(octets)
    if first is None:
        return [octets]
    return [first[0], *[b" " + rest for rest in _REST.findall(octets, first.end())]]


def _uid(url: str) -> str:
    """Return the UUID of *url* (version 5), as ``uuid.uuid5``, which costs a look at the system."""
    digest = sha1(_URL_NAMESPACE + url.encode(), usedforsecurity=False).hexdigest()
    variant = "89ab"[int(digest[16], 16) % 4]
    return f"{digest[:8]}-{digest[8:12]}-5{digest[13:16]}-{variant}{digest[17:20]}-{digest[20:32]}"
