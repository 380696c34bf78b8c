"""Events proposed from a source's sentences, as YAML to review: nothing in it is decided.

The quotations are the source's own characters. Every guess is marked ``# review``; what cannot be
told is left out or ``unknown``, with the reason beside it. English only.
"""

import json
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from pincite.ingest.attribution import Attribution, find_attribution
from pincite.ingest.eventids import make_id
from pincite.ingest.figures import Reading, find_figures
from pincite.ingest.lexicon import find_kind
from pincite.ingest.modality import has_verb, read_modality
from pincite.ingest.sentences import split_sentences
from pincite.ingest.tagging import Expression, find_dates_of
from pincite.model import Paragraph, Source

_TELLING_KINDS = ("casualties", "test", "meeting")  # enough to propose a sentence for
_SHORTEST = 4  # words of a quotation
_LONGEST = 2_000  # characters; what is longer is a list or a table and no sentence
_SHORTEST_TITLE, _LONGEST_TITLE = 30, 90
#: "On 14 September 2015, at 09:50 UTC, ": when and where, before what
_OPENING = re.compile(
    r"(?:(?i:on|in|at|by|between|from|during|after|before|within|since|until|as of|over|amid|as"
    r"|following|despite|under|with|for|within|later|earlier)\b"
    r" (?:[^,;:]|(?<=[0-9]):(?=[0-9])){1,80}, (?:[12][0-9]{3}, )?)+"
)
_TITLE_ENDS = re.compile(r"[,;:] |\.$| (?:which|while|where|although|though|because)\b")


class _Proposal(NamedTuple):
    paragraph: Paragraph
    quote: str
    occurrence: int  # which one in its paragraph; 0: it stands there once
    statement: str
    dates: tuple[Expression, ...]
    figures: tuple[Reading, ...]
    who: str
    who_doubt: str


def draft_events(source: Source, kinds: Iterable[str], taken: Iterable[str]) -> str:
    """Return a file of events proposed from *source*: those that are dated, told or counted.

    *kinds* are those of the site, others become ``other``; *taken* are ids not to be used.
    """
    if source.language and not source.language.casefold().startswith("en"):
        return f"# {source.id} is in `{source.language}`; only English is drafted.\n[]\n"
    proposals = tuple(_proposals(source))
    lines = [f"# Drafted from {source.id}. Every line marked “review” is a guess; see it through."]
    untold = sum(one.edtf is None for proposal in proposals for one in proposal.dates)
    if untold:
        lines.append(f"# {untold} date expressions could not be told; each says why.")
    if source.published is None:
        lines.append("# The source has no `published`: dates without a year stay unknown.")
    known = frozenset(kinds)
    used = {id.casefold() for id in taken}
    for proposal in proposals:
        lines += _event(source, proposal, known, used)
    return "\n".join(lines) + ("\n" if proposals else "\n[]\n")


def list_dates(source: Source) -> tuple[str, ...]:
    """Return a JSON line for each date expression: paragraph start end text edtf date_mod.

    *start* and *end* are code points of the paragraph's text.
    """
    return tuple(
        json.dumps(
            {
                "paragraph": paragraph.id,
                "start": one.start,
                "end": one.end,
                "text": one.text,
                "edtf": one.edtf,
                "date_mod": one.date_mod,
            },
            ensure_ascii=False,
        )
        for paragraph, dates in _dated(source)
        for one in dates
    )


def _dated(source: Source) -> Iterator[tuple[Paragraph, tuple[Expression, ...]]]:
    standing = [paragraph for paragraph in source.paragraphs if not paragraph.retired]
    found = find_dates_of((paragraph.text for paragraph in standing), source.published)
    return zip(standing, found, strict=True)


def _proposals(source: Source) -> Iterator[_Proposal]:
    for paragraph, dates in _dated(source):
        if paragraph.kind == "heading":
            continue
        speaker = ""  # the last one named in this paragraph, for "he" and "she"
        for start, end in split_sentences(paragraph.text):
            sentence = paragraph.text[start:end]
            own = tuple(one for one in dates if start <= one.start < end)
            said = find_attribution(sentence)
            figures = find_figures(sentence, [(d.start - start, d.end - start) for d in own])
            kind, _ = find_kind(sentence)
            if own or said or figures or kind in _TELLING_KINDS:
                who, doubt = _who(said, speaker)
                proposal = _proposal(paragraph, start, end, said)
                if proposal is not None:
                    yield proposal._replace(dates=own, figures=figures, who=who, who_doubt=doubt)
            if said and not said.is_pronoun:
                speaker = said.who


def _who(said: Attribution | None, speaker: str) -> tuple[str, str]:
    if said is None:
        return "", ""
    if said.is_pronoun:
        return speaker, f"“{said.who}” in the source" if speaker else ""
    return said.who, "who says so"


def _proposal(
    paragraph: Paragraph, start: int, end: int, said: Attribution | None
) -> _Proposal | None:
    text = paragraph.text
    quote = text[start:end].rstrip(" .!?…")
    if len(quote.split()) < _SHORTEST or len(quote) > _LONGEST:
        return None
    statement = text[start + said.start : start + said.end] if said else quote
    if not statement.strip(" .,;:“”\"'"):
        statement = quote
    times = text.count(quote)
    occurrence = text.count(quote, 0, start + len(quote)) if times > 1 else 0
    return _Proposal(paragraph, quote, occurrence, statement.strip(" ,;"), (), (), "", "")


def _event(
    source: Source, proposal: _Proposal, kinds: frozenset[str], used: set[str]
) -> Iterator[str]:
    title = _title(proposal.statement)
    kind, word = find_kind(proposal.quote)
    modality = read_modality(proposal.statement)
    yield ""
    yield f"- id: {make_id(title, used)} # review: permanent once published"
    yield from _date(proposal.dates)
    yield f"  title: {_quoted(title)} # review: from the sentence"
    if kind in kinds:
        yield f"  kind: {kind} # review: from “{word}”" if word else f"  kind: {kind} # review"
    yield f"  modality: {modality} # review: from tense and cue words"
    yield "  claims:"
    yield f"    - text: {_quoted(_sentence(proposal.statement))} # review: say it in your words"
    if proposal.who:
        yield f"      attributed_to: {_quoted(proposal.who)} # review: {proposal.who_doubt}"
    if proposal.figures:
        yield "      figures: # review: the same measure, the same words"
        for figure in proposal.figures:
            yield from _figure(figure)
    yield "      cite:"
    yield f"        - source: {source.id}"
    yield f"          paragraph: {proposal.paragraph.id}"
    if proposal.occurrence:
        yield f"          occurrence: {proposal.occurrence}"
    yield f"          quote: {_quoted(proposal.quote)}"


def _date(dates: tuple[Expression, ...]) -> Iterator[str]:
    told = next((one for one in dates if one.edtf is not None), None)
    if told is None:
        reason = f"“{dates[0].text}” {dates[0].problem}" if dates else "no date in the sentence"
        yield f"  date: unknown # review: {_comment(reason)}"
        if dates:
            yield f"  date_text: {_quoted(dates[0].text)}"
        return
    rule = f"{told.rule}, {told.date_mod}" if told.date_mod else told.rule
    yield f"  date: {_quoted(told.edtf or '')} # review: rule {rule}"
    yield f"  date_text: {_quoted(told.text)}"
    yield f"  date_basis: {told.basis} # review"
    for other in dates:
        if other is not told:
            yield f"  # also in the sentence: “{_comment(other.text)}” = {other.edtf or '?'}"


def _figure(figure: Reading) -> Iterator[str]:
    measure, unit = figure.measure[:200], figure.unit[:200]
    yield f"        - measure: {_quoted(measure[:1].upper() + measure[1:])}"
    if figure.lower is not None:
        yield f"          low: {figure.lower}"
    upper = figure.lower is not None or figure.qualifier == "up-to"
    yield f"          {'high' if upper else 'low'}: {figure.value}"
    yield f"          unit: {_quoted(unit)}"
    if figure.qualifier:
        yield f"          qualifier: {figure.qualifier}"


def _title(statement: str) -> str:
    words = " ".join(statement.split())
    if words[:1] in "“\"'":
        words = words.strip("“”\"' ")
    opening = _OPENING.match(words)
    if opening and len(words) - opening.end() >= _SHORTEST_TITLE:
        words = words[opening.end() :]
    for match in _TITLE_ENDS.finditer(words):
        if _SHORTEST_TITLE <= match.start() <= _LONGEST_TITLE and has_verb(words[: match.start()]):
            words = words[: match.start()]
            break
    if len(words) > _LONGEST_TITLE:
        words = words[: words.rfind(" ", 0, _LONGEST_TITLE)].rstrip(",;: ") + " …"
    return (words[:1].upper() + words[1:]).rstrip(" ,;:.") or "Untitled"


def _sentence(statement: str) -> str:
    words = " ".join(statement.split())
    return words[:1].upper() + words[1:].rstrip(".") + "."


def _quoted(words: str) -> str:
    """Return *words* as a double-quoted YAML scalar, which reads any characters back unchanged."""
    text = json.dumps(words, ensure_ascii=False)
    return re.sub(
        "[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]", lambda m: f"\\u{ord(m[0]):04x}", text
    )


def _comment(words: str) -> str:
    return " ".join(words.split())
