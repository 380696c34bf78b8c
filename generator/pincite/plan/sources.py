"""A source's page: the archived text with its marks, who cites it, and where it comes from."""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from urllib.parse import urlencode

from markupsafe import Markup

from pincite.dates import html_datetime
from pincite.model import Paragraph, Source
from pincite.plan.citedby import begun_in, cited_by, ranges_in
from pincite.plan.coverage import coverage
from pincite.plan.exhibits import Citing
from pincite.plan.heads import head
from pincite.plan.lighting import SHEET, scattered
from pincite.plan.marking import Range, count_fragments, mark_paragraph
from pincite.plan.provenance import provenance
from pincite.plan.site import Site
from pincite.plan.urls import citation_anchor, output_path
from pincite.plan.views import Block, CitedBy, SourceView
from pincite.plan.words import direction

# Kana and ideographs: what is written with them has no spaces between words.
_SPACELESS = re.compile("[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_LINE = 90  # code points of context on either side where only quotes are republished


def source_page(
    site: Site,
    source: Source,
    citings: tuple[Citing, ...],
    pointers: tuple[tuple[str, str], ...],
) -> SourceView:
    """*citings* quote *source*, in order of their events; *pointers*, (event, title), do not."""
    words = site.words
    path = output_path("sources", source.id)
    by_paragraph: dict[str, list[Citing]] = defaultdict(list)
    for citing in citings:
        for id in dict.fromkeys(part[0] for part in citing.citation.parts):
            by_paragraph[id].append(citing)
    foreign = source.language != site.language
    return SourceView(
        head=head(
            site,
            path,
            title=source.title,
            description=words("say_source_description", name=source.name),
            current="sources",
            noindex=True,
            canonical=source.url,
            meta=_citation_meta(source),
        ),
        eyebrow=words("say_archived_source" if source.paragraphs else "say_source_record"),
        title=source.title,
        byline=_byline(site, source),
        lang=source.language if foreign else "",
        dir=direction(source.language) if foreign else "",
        facts=provenance(site, source, by_paragraph.keys()),
        note=source.note,
        coverage=coverage(site, source, citings, by_paragraph.keys()),
        blocks=_blocks(site, source, by_paragraph),
        pointers=tuple(
            CitedBy(title=title, href=site.addresses.event(id), note="")
            for id, title in dict.fromkeys(pointers)
        ),
        coins=_coins(source),
        sheet=SHEET if scattered(citings) else "",
    )


def is_held(source: Source, paragraph: Paragraph, cited: bool) -> bool:
    """Whether the text of *paragraph* may be reprinted whole."""
    if paragraph.retired:
        return False
    if source.republish == "cited":
        return cited or paragraph.kind == "heading"
    return source.republish == "full"


def _byline(site: Site, source: Source) -> str:
    authors = site.words.listed(list(source.authors))
    if source.publisher and authors:
        return site.words("say_byline", publisher=source.publisher, authors=authors)
    return source.publisher or authors


def _blocks(site: Site, source: Source, by_paragraph: dict[str, list[Citing]]) -> tuple[Block, ...]:
    blocks: list[Block] = []
    withheld: list[Paragraph] = []
    begun = begun_in(source, by_paragraph)
    marked: Counter[str] = Counter()  # how many marks each citation has so far
    for paragraph in source.paragraphs:
        citings = by_paragraph.get(paragraph.id, [])
        partly = source.republish == "quotes" and citings and not paragraph.retired
        if is_held(source, paragraph, bool(citings)) or partly or citings:
            if withheld:
                blocks.append(_withheld(site, source, withheld))
                withheld = []
            blocks.append(_block(site, source, paragraph, citings, marked, begun))
        elif paragraph.retired:
            if withheld:
                blocks.append(_withheld(site, source, withheld))
                withheld = []
            blocks.append(_retired(site, paragraph))
        else:
            withheld.append(paragraph)
    if withheld:
        blocks.append(_withheld(site, source, withheld))
    return tuple(blocks)


def _block(
    site: Site,
    source: Source,
    paragraph: Paragraph,
    citings: list[Citing],
    marked: Counter[str],
    begun: Mapping[tuple[str, str], str],
) -> Block:
    ranges = ranges_in(citings, paragraph.id)
    words = site.words
    number = paragraph.id.removeprefix("p")
    html, why = Markup(""), ""
    anchors: tuple[str, ...] = ()
    if is_held(source, paragraph, bool(citings)):
        html = mark_paragraph(paragraph.text, ranges, marked)
        if any(len(c.citation.parts) > 1 for c in citings):  # only these can go on elsewhere
            marked += count_fragments(paragraph.text, ranges)
    elif source.republish == "quotes":
        html, why = _excerpts(paragraph.text, ranges, marked), words("say_only_quotes")
    else:
        why = words("say_not_reprinted")
        anchors = tuple(
            citation_anchor(c.event, c.citation.n)
            for c in citings
            if c.citation.paragraph == paragraph.id
        )
    return Block(
        id=paragraph.id,
        number=words("say_pilcrow", n=number),
        label=words("say_paragraph", n=number),
        kind=paragraph.kind,
        html=html,
        held=bool(html),
        others=(),
        anchors=anchors,
        why=why,
        page=words("say_page", n=paragraph.page) if paragraph.page else "",
        cited_by=cited_by(site, citings, paragraph.id, begun),
        cited_by_label=words("say_cited_by_label", n=number),
    )


def _excerpts(text: str, ranges: list[Range], marked: Counter[str]) -> Markup:
    """Mark only the quoted words and the line round them, each stretch in a span of its own."""
    stretches: list[list[int]] = []
    for range_ in sorted(ranges):
        start, end = max(0, range_.start - _LINE), min(len(text), range_.end + _LINE)
        while 0 < start < range_.start and text[start - 1] != " ":
            start += 1
        while range_.end < end < len(text) and text[end] != " ":
            end -= 1
        if stretches and start <= stretches[-1][1]:
            stretches[-1][1] = max(stretches[-1][1], end)
        else:
            stretches.append([start, end])
    excerpts = []
    for start, end in stretches:
        inside = [
            r._replace(start=r.start - start, end=r.end - start)
            for r in ranges
            if start <= r.start and r.end <= end
        ]
        html = mark_paragraph(text[start:end], inside, marked)
        excerpts.append(Markup('<span class="excerpt">{}</span>').format(html))
        marked += count_fragments(text[start:end], inside)
    return Markup(" ").join(excerpts)


def _length(site: Site, run: list[Paragraph]) -> str:
    """Say how much text is left out: in words, or in characters where words have no spaces."""
    texts = [paragraph.text for paragraph in run]
    n = sum(len(text.split()) for text in texts)
    if sum(len(_SPACELESS.findall(text)) for text in texts) <= n:
        return site.words.count("say_word_count", n)
    return site.words.count("say_character_count", sum(len("".join(t.split())) for t in texts))


def _withheld(site: Site, source: Source, run: list[Paragraph]) -> Block:
    words = site.words
    numbers = [p.id.removeprefix("p") for p in run]
    number = numbers[0] if len(run) == 1 else f"{numbers[0]}–{numbers[-1]}"
    reason = words("say_nothing_cites" if source.republish == "cited" else "say_not_reprinted")
    what = words.count("say_withheld_paragraphs", len(run), words=_length(site, run))
    return Block(
        id=run[0].id,
        number=words("say_pilcrow", n=number),
        label=words("say_paragraph", n=number),
        kind="paragraph",
        html=Markup(""),
        held=False,
        others=tuple(p.id for p in run[1:]),
        anchors=(),
        why=f"{what} {reason}",
        page="",
        cited_by=(),
        cited_by_label="",
    )


def _retired(site: Site, paragraph: Paragraph) -> Block:
    words = site.words
    number = paragraph.id.removeprefix("p")
    return Block(
        id=paragraph.id,
        number=words("say_pilcrow", n=number),
        label=words("say_paragraph", n=number),
        kind=paragraph.kind,
        html=Markup(""),
        held=False,
        others=(),
        anchors=(),
        why=words("say_retired"),
        page="",
        cited_by=(),
        cited_by_label="",
    )


def _citation_meta(source: Source) -> tuple[tuple[str, str], ...]:
    """Highwire and Dublin Core tags, which reference managers read."""
    rows = [("citation_title", source.title), ("DC.title", source.title)]
    rows += [("citation_author", author) for author in source.authors]
    rows += [("DC.creator", author) for author in source.authors]
    if source.publisher:
        rows += [("citation_publisher", source.publisher), ("DC.publisher", source.publisher)]
    day = html_datetime(source.published) if source.published else ""
    if day:
        rows += [("citation_publication_date", day.replace("-", "/")), ("DC.date", day)]
    if source.language:
        rows += [("citation_language", source.language), ("DC.language", source.language)]
    if source.url:
        rows += [("citation_public_url", source.url), ("DC.identifier", source.url)]
    return tuple(rows)


_ZOTERO = {"article-newspaper": "newspaperArticle"}


def csl_type(source: Source) -> str:
    """Return what sort of thing reference managers take the source for."""
    return "article-newspaper" if source.publisher else "webpage" if source.url else "document"


def _coins(source: Source) -> str:
    """Return an OpenURL ContextObject in a SPAN (COinS), KEV form, Dublin Core, as Zotero reads it.

    What a newspaper's article stands in is its `source` there.
    """
    pairs = [
        ("ctx_ver", "Z39.88-2004"),
        ("rft_val_fmt", "info:ofi/fmt:kev:mtx:dc"),
        ("rft.type", _ZOTERO.get(kind := csl_type(source), kind)),
        ("rft.title", source.title),
        *(("rft.creator", author) for author in source.authors),
        ("rft.source", source.publisher),
        ("rft.publisher", source.publisher),
        ("rft.date", html_datetime(source.published) if source.published else ""),
        ("rft.identifier", source.url),
        ("rft.language", source.language),
    ]
    return urlencode([pair for pair in pairs if pair[1]])
