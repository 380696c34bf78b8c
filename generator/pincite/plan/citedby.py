"""Who cites a paragraph, and where else the words of their quotations stand."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from pincite.model import Source
from pincite.plan.exhibits import Citing
from pincite.plan.marking import Range, count_fragments
from pincite.plan.site import Site
from pincite.plan.urls import citation_anchor, citation_key, encode
from pincite.plan.views import CitedBy, Link
from pincite.plan.words import Words


def begun_in(
    source: Source, by_paragraph: Mapping[str, list[Citing]]
) -> Mapping[tuple[str, str], str]:
    """Return (citation, paragraph) → anchor of the first words there, of those in several."""
    begun: dict[tuple[str, str], str] = {}
    marked: Counter[str] = Counter()
    if source.republish == "none":  # nothing is marked
        return begun
    for paragraph in source.paragraphs:
        citings = by_paragraph.get(paragraph.id, ())
        if paragraph.retired or not any(len(c.citation.parts) > 1 for c in citings):
            continue
        ranges = ranges_in(citings, paragraph.id)
        counts = count_fragments(paragraph.text, ranges)
        for c in citings:
            key = citation_key(c.event, c.citation.n)
            if len({part[0] for part in c.citation.parts}) > 1:
                earlier = marked[key]
                anchor = citation_anchor(c.event, c.citation.n)
                begun[key, paragraph.id] = f"{anchor}.{earlier + 1}" if earlier else anchor
        marked += counts
    return begun


def ranges_in(citings: Iterable[Citing], paragraph: str) -> list[Range]:
    return [
        Range(start, end, citation_key(c.event, c.citation.n), part)
        for c in citings
        for part, (id, start, end) in enumerate(c.citation.parts, 1)
        if id == paragraph
    ]


def _elsewhere(
    site: Site, group: list[Citing], here: str, begun: Mapping[tuple[str, str], str]
) -> tuple[Link, ...]:
    links: dict[str, Link] = {}
    for c in group:
        for id in dict.fromkeys(part[0] for part in c.citation.parts):
            anchor = begun.get((citation_key(c.event, c.citation.n), id))
            if anchor and id != here:
                label = site.words("say_pilcrow", n=id.removeprefix("p"))
                links.setdefault(anchor, Link(label=label, href=f"#{encode(anchor)}"))
    return tuple(links.values())


def cited_by(
    site: Site, citings: list[Citing], here: str, begun: Mapping[tuple[str, str], str]
) -> tuple[CitedBy, ...]:
    grouped: dict[str, list[Citing]] = defaultdict(list)
    for citing in citings:
        grouped[citing.event].append(citing)
    return tuple(
        CitedBy(
            title=group[0].title,
            href=site.addresses.event(id),
            note=_note(site.words, group),
            elsewhere=_elsewhere(site, group, here, begun) if begun else (),
        )
        for id, group in grouped.items()
    )


def _note(words: Words, group: list[Citing]) -> str:
    """Say which claims of an event cite a paragraph, where it has several, and which dispute it."""
    notes = []
    others = {c.claim for c in group if c.citation.stance != "disputes"}
    disputed = {c.claim for c in group if c.citation.stance == "disputes"}
    if group[0].claims > 1 and others:
        names = words.listed([words.number(claim) for claim in sorted(others)])
        notes.append(words.count("say_claims_named", len(others), list=names))
    if disputed:
        names = words.listed([words.number(claim) for claim in sorted(disputed)])
        notes.append(words("say_claim_disputed", list=names))
    return words("mark_semicolon").join(notes)
