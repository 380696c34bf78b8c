"""Rules about claims: what they rest on."""

import re
from collections.abc import Iterator, Mapping, Sequence

from pincite.base.diagnostics import Diagnostic, warning
from pincite.check.numbers import find_numbers, find_worded
from pincite.model import Citation, Claim, Event, Pointer, Source


def single_source(events: Sequence[Event], sources: Mapping[str, Source]) -> Iterator[Diagnostic]:
    """A claim that one source alone supports stands and falls with it."""
    if len(sources) == 1:
        return  # that is said once, of the source
    for event in events:
        for claim in event.claims:
            supporting = {c.source for c in claim.citations if c.stance == "supports"}
            if len(supporting) == 1:
                yield warning(
                    "single-source",
                    claim.at.place("text" if "text" in claim.at else "title"),
                    f"this claim rests on `{next(iter(supporting))}` alone",
                    help="cite a second source, if there is one",
                )


def number_not_quoted(events: Sequence[Event], _: Mapping[str, Source]) -> Iterator[Diagnostic]:
    """A number in a claim that stands in none of its quotations is the editor's, or a slip."""
    for event in events:
        for claim in event.claims:
            quotes = [c.exact for c in claim.citations if isinstance(c, Citation)]
            if quotes:
                yield from _numbers(event, claim, quotes)


def _numbers(event: Event, claim: Claim, quotes: list[str]) -> Iterator[Diagnostic]:
    claimed = dict.fromkeys(find_numbers(claim.text))
    if not claimed and not claim.figures:
        return
    key = "text" if "text" in claim.at else "title"
    quoted = {number for quote in quotes for ways in find_numbers(quote) for number in ways}
    quoted |= {number for quote in quotes for number in find_worded(quote)}
    if event.date:  # a claim may repeat its event's date
        quoted |= set(re.findall(r"\d+", event.date.edtf))
        quoted |= {number.lstrip("0") for number in quoted}
    for ways in claimed:
        if quoted.isdisjoint(ways):
            yield warning(
                "number-not-quoted",
                claim.at.place(key),
                f"`{ways[0]}` stands in none of the quotations of this claim",
                help="quote the words that give the number, or correct it",
            )
    for index, figure in enumerate(claim.figures):
        for value in dict.fromkeys(n for n in (figure.low, figure.high) if n is not None):
            if str(value) not in quoted:
                yield warning(
                    "number-not-quoted",
                    claim.at.place("figures", index),
                    f"the figure {value} stands in none of the quotations of this claim",
                    help="quote the words that give the number, or correct it",
                )


def unproven(events: Sequence[Event], sources: Mapping[str, Source]) -> Iterator[Diagnostic]:
    """What is said without proof is allowed, with a reason; the report counts it."""
    for event in events:
        for claim in event.claims:
            if claim.uncited:
                yield warning(
                    "uncited-with-reason",
                    claim.at.place("uncited"),
                    "this claim cites nothing, and says why",
                )
            for citation in claim.citations:
                if isinstance(citation, Pointer):
                    record = not sources[citation.source].paragraphs
                    yield warning(
                        "unproven-source" if record else "unverified-citation",
                        citation.at.place("source" if record else "unverified"),
                        f"`{citation.source}` is cited, but only its record is here"
                        if record
                        else f"nothing proves what is said of `{citation.source}` here",
                        help="archive the source's text and quote it"
                        if record
                        else "quote the words it rests on",
                    )
