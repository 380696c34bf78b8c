"""The upper half of the chain: what pages show of an event, against the data."""

from collections.abc import Iterator, Mapping, Sequence

from pincite.dates import Date, html_datetime, parse_date
from pincite.dates.describe import describe_date
from pincite.link.normalise import normalise
from pincite.verify.addresses import find_target
from pincite.verify.fault import Fault
from pincite.verify.page import Entry, PageText, Shown, on_one_line
from pincite.verify.sources import expected_words
from pincite.verify.timeline import FILE, Citation, Event, Source, Timeline, digits_of

UNKNOWN = "unknown"  # the date that nobody knows
_UNBROKEN = {0xA0: " ", 0x202F: " "}
_OMISSION = " […] "


def check_dates(timeline: Timeline) -> Iterator[Fault]:
    """Check that the bounds in the data are those of the date (ISO 8601-2:2019)."""
    for event in timeline.events.values():
        where = f"event {event.id}, date"
        if event.edtf == UNKNOWN:
            bounds: tuple[object, object] = (None, None)
        else:
            said = describe_date(event.edtf)
            if not said["valid"]:
                yield Fault(file=FILE, where=where, message=f"“{event.edtf}” is no EDTF date")
                continue
            bounds = (said["earliest"], said["latest"])
        for name, expected, found in (
            ("earliest", bounds[0], event.earliest),
            ("latest", bounds[1], event.latest),
        ):
            if expected != found:
                yield Fault(
                    file=FILE,
                    where=where,
                    message=f"`{name}` is not the {name} day of {event.edtf}",
                    expected=str(expected or "null"),
                    found=str(found or "null"),
                )


def check_entry(
    file: str, entry: Entry, timeline: Timeline, anchors: Mapping[str, frozenset[str]]
) -> Iterator[Fault]:
    """Check one ``article.event``; *anchors* are the ids on each page of a source."""
    where = f"event {entry.id}"
    event = timeline.events.get(entry.id)
    if event is None:
        yield Fault(file=file, where=where, message="the data knows no such event")
        return
    named = any(claim.text != event.title for claim in event.claims) or len(event.claims) != 1
    claims = [claim.text for claim in event.claims] if named else []
    by = [claim.attributed_to for claim in event.claims if claim.attributed_to]
    reasons = [citation.unverified for citation in event.citations if citation.unverified]
    reasons += [claim.uncited for claim in event.claims if claim.uncited]
    yield from _compare(file, where, "title", [event.title], entry.headings)
    yield from _compare(file, where, "claim", claims, entry.assertions)
    yield from _compare(file, where, "attribution", by, entry.by)
    yield from _check_date(file, where, event, entry)
    for what, expected, found in (
        ("kind", event.kind, entry.kind),
        ("modality", event.modality, entry.modality),
    ):
        if expected != found:
            message = f"its {what} is not the one in the data"
            yield Fault(file=file, where=where, message=message, expected=expected, found=found)
    if on_one_line(event.withdrawn) not in entry.notice or (entry.notice and not event.withdrawn):
        message = "that it was withdrawn, and why, is not what the data says"
        note, found = event.withdrawn, entry.notice
        yield Fault(file=file, where=where, message=message, expected=note, found=found)
    for reason in reasons:
        if not any(on_one_line(reason) in shown for shown in entry.unproven):
            message = "the reason why nothing is proven is not said"
            yield Fault(file=file, where=where, message=message, expected=reason)
    yield from _check_quotes(file, where, event, entry, timeline, anchors)


def check_event_page(file: str, page: PageText, event: Event) -> Iterator[Fault]:
    """Check what only the event's own page has: itself, once, its corrections and names."""
    where = f"event {event.id}"
    if [entry.id for entry in page.entries].count(event.id) != 1:
        yield Fault(file=file, where=where, message="the page does not show its event once")
    for note in event.corrections:
        if on_one_line(note) not in page.notes:
            message = "a correction is not shown as it is in the data"
            yield Fault(file=file, where=where, message=message, expected=note)
    shown = [figure for entry in page.entries if entry.id == event.id for figure in entry.figures]
    yield from _check_figures(file, where, event, shown)
    for name in event.names:
        if on_one_line(name) not in page.notes:
            message = "a name that the data has is not shown"
            yield Fault(file=file, where=where, message=message, expected=name)


def _check_figures(
    file: str, where: str, event: Event, shown: Sequence[tuple[str, ...]]
) -> Iterator[Fault]:
    """Check measures, units and qualifiers to the letter, numbers to the digit."""
    figures = [figure for claim in event.claims for figure in claim.figures]
    if shown and len(shown) != len(figures):
        message = "it does not show as many figures as the data has"
        expected, found = str(len(figures)), str(len(shown))
        yield Fault(file=file, where=where, message=message, expected=expected, found=found)
    for figure, (measure, number, unit, qualifier) in zip(figures, shown, strict=False):
        for what, expected, found in (
            ("measure", on_one_line(figure.measure), measure),
            ("number", figure.digits or digits_of(number), digits_of(number)),
            ("unit", on_one_line(figure.unit), unit),
            ("qualifier", figure.qualifier, qualifier),
        ):
            if expected != found:
                message = f"the {what} of a figure is not the one in the data"
                yield Fault(file=file, where=where, message=message, expected=expected, found=found)


def _check_date(file: str, where: str, event: Event, entry: Entry) -> Iterator[Fault]:
    date = None if event.edtf == UNKNOWN else parse_date(event.edtf)
    machine = html_datetime(date) if isinstance(date, Date) else ""
    # A page may keep a date on one line; that it does is not a change of its words.
    label, shown = (text.translate(_UNBROKEN) for text in (event.date_label, entry.date))
    rows = (
        ("date", label, shown),
        ("machine-readable date", machine, entry.datetime),
        ("wording of the date", event.date_text or "", entry.said or ""),
        ("EDTF date", event.edtf, event.edtf if entry.edtf is None else entry.edtf),
    )
    for what, expected, found in rows:
        if on_one_line(expected) != on_one_line(found):
            message = f"its {what} is not the one in the data"
            yield Fault(file=file, where=where, message=message, expected=expected, found=found)


def _check_quotes(
    file: str,
    where: str,
    event: Event,
    entry: Entry,
    timeline: Timeline,
    anchors: Mapping[str, frozenset[str]],
) -> Iterator[Fault]:
    proven = [citation for citation in event.citations if not citation.unverified]
    for number, shown in enumerate(entry.quotes):
        if number >= len(proven):
            message = "a quotation is shown that the data does not have"
            yield Fault(file=file, where=where, message=message, found=shown.quote)
            continue
        citation = proven[number]
        place = f"{where}, citation {citation.n}"
        yield from _check_link(file, place, event, citation, shown.href, anchors)
        yield from _check_quote(file, place, citation, shown, timeline.sources.get(citation.source))
    for citation in proven[len(entry.quotes) :]:
        message = f"citation {citation.n} is not shown"
        yield Fault(file=file, where=where, message=message, expected=citation.exact)


def _check_link(
    file: str,
    where: str,
    event: Event,
    citation: Citation,
    href: str,
    anchors: Mapping[str, frozenset[str]],
) -> Iterator[Fault]:
    found = find_target(file, href)
    expected = find_target("index.html", citation.url)
    if found is None or expected is None or found != expected:
        yield Fault(
            file=file,
            where=where,
            message="its link does not lead to its words",
            expected=f"#c-{event.key(citation)} in {expected.file if expected else citation.url}",
            found=href,
        )
    elif found.anchor not in anchors.get(found.file, frozenset()):
        message = f"its link leads to #{found.anchor}, which {found.file} does not have"
        yield Fault(file=file, where=where, message=message)


def _check_quote(
    file: str, where: str, citation: Citation, shown: Shown, source: Source | None
) -> Iterator[Fault]:
    expected = _find_misquotation(citation, shown.quote, source)
    if expected is not None:
        yield Fault(
            file=file,
            where=where,
            message="the quotation shown is not the one in the data",
            expected=expected,
            found=shown.quote,
        )
    if shown.stance != citation.stance:
        yield Fault(
            file=file,
            where=where,
            message="what the quotation does to the claim is not what the data says",
            expected=citation.stance,
            found=shown.stance,
        )
    for what, said, found in (
        ("note", citation.note, shown.note),
        ("translation", citation.translation, shown.translation),
        ("link to the original", citation.live_url, shown.live),
    ):
        if found is not None and found != on_one_line(said):
            message = f"its {what} is not the one in the data"
            yield Fault(file=file, where=where, message=message, expected=said, found=found)
    if shown.context is None or source is None:
        return
    if shown.context_mark != citation.exact:
        yield Fault(
            file=file,
            where=where,
            message="the words marked in the context are not the quotation",
            expected=citation.exact,
            found=shown.context_mark,
        )
    paragraph = source.paragraphs.get(citation.paragraph)
    if paragraph and paragraph.text is not None and shown.context != paragraph.text:
        yield Fault(
            file=file,
            where=where,
            message="the context is not the paragraph",
            expected=paragraph.text,
            found=shown.context,
        )


def _find_misquotation(citation: Citation, shown: str, source: Source | None) -> str | None:
    """Return what should be shown in place of *shown*; None when it is right.

    Segments from a paragraph that is not published are known only as the author wrote them.
    """
    words = [text for _, text in expected_words(citation, source)]
    if None not in words:
        joined = _OMISSION.join(text or "" for text in words)
        choices = (joined,) if len(words) == 1 else (joined, citation.quote)
        return None if shown in [choice.strip() for choice in choices] else joined
    pieces = shown.split(_OMISSION)
    written = normalise(citation.quote, 2).text
    right = shown == citation.quote or (
        len(pieces) == len(words)
        and all(
            piece == text if text is not None else normalise(piece, 2).text in written
            for piece, text in zip(pieces, words, strict=True)
        )
    )
    return None if right else citation.quote


def _compare(
    file: str, where: str, what: str, expected: Sequence[str], found: Sequence[str]
) -> Iterator[Fault]:
    for number in range(max(len(expected), len(found))):
        name = what if len(expected) < 2 else f"{what} {number + 1}"
        if number >= len(found):
            message = f"the {name} is not shown"
            yield Fault(file=file, where=where, message=message, expected=expected[number])
        elif number >= len(expected):
            message = f"a {what} is shown that the data does not have"
            yield Fault(file=file, where=where, message=message, found=found[number])
        elif on_one_line(expected[number]) != found[number]:
            yield Fault(
                file=file,
                where=where,
                message=f"the {name} is not the one in the data",
                expected=on_one_line(expected[number]),
                found=found[number],
            )
