"""Every date expression of a text, in order: rules find the words, the publication date the rest.

A pure function of the text and the date; nothing here knows today's date.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator

from pincite.dates import Date, Day, day_from_number, day_number, parse_date
from pincite.ingest.sentences import Sentence, split_sentences
from pincite.ingest.tagging.absolute import find_absolute
from pincite.ingest.tagging.cues import look
from pincite.ingest.tagging.modifiers import (
    Modifiers,
    lend_year,
    read_modifiers,
    read_range,
    write,
)
from pincite.ingest.tagging.relative import find_relative
from pincite.ingest.tagging.resolve import resolve
from pincite.ingest.tagging.story import Told, read_on
from pincite.ingest.tagging.values import Core, Expression, Point, Term
from pincite.ingest.tagging.words import plain
from pincite.ingest.tagging.years import find_years

_LONGEST = 800  # days of a publication date that are tried one by one
#: What a paragraph has that is worth reading for dates: all rules ask for one of these.
MAY_BE_DATED = re.compile(
    r"[0-9]|day|week|month|quarter|year|decade|centur|fortnight|night|morning|afternoon|evening"
    r"|morrow|spring|summer|autumn|fall|winter|teen|twelve|eleven|twenty|thousand|ties|half"
    r"|semester|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|christmas|easter|hallow"
    r"|thanksgiving|new year|guy fawkes",
    re.IGNORECASE,
)
_NEEDS_DATE = "needs the publication date"
_NEEDS_ANCHOR = "needs the date it counts from"
_NO_SUCH_DAY = "there is no such day"


def find_dates(text: str, published: Date | None) -> tuple[Expression, ...]:
    """Return the date expressions of *text*, in order, without overlap; places are code points.

    *published* is the date of publication; where it spans several days, what depends on it is
    told only if all of them give the same answer. None if it is not known.
    """
    return next(find_dates_of((text,), published))


def find_dates_of(texts: Iterable[str], published: Date | None) -> Iterator[tuple[Expression, ...]]:
    """Yield the date expressions of each paragraph; "the next day" counts from the one before."""
    days = _days_of(published)
    earlier: Point | None = None
    for text in texts:
        found, anchor = _find(text, days, earlier)
        earlier = anchor or earlier
        yield found


def _find(
    text: str, days: tuple[Day, ...], earlier: Point | None
) -> tuple[tuple[Expression, ...], Point | None]:
    """Return the expressions of a paragraph, and the last point in time that it settled."""
    words = plain(text)
    if not MAY_BE_DATED.search(words):
        return (), None
    sentences = split_sentences(text)
    found: list[Expression] = []
    anchor: Point | None = None
    story: Told | None = None
    for written, modifiers in _phrases(words):
        before = anchor or (earlier if _counts_on(written, found) else None)
        if written.rule == "same" and not found and before is None:
            continue  # "that year" of something that is not dated here
        sentence = _sentence_at(sentences, written.start)
        ahead = look(words, sentence, written, modifiers.bound)
        core, told = read_on(words, sentence, written, modifiers, story, days, ahead)
        edtf, problem, point = _settle(core, modifiers, days, before, ahead)
        told = told or (story is not None and core.term.which == "after")
        follows = core.rule.endswith("-of-story")
        story = Told(point, modifiers, sentence, follows) if told and point else None
        stated = written.term.stated or (written.last is not None and written.last.stated)
        found.append(
            Expression(
                start=modifiers.start,
                end=modifiers.end,
                text=text[modifiers.start : modifiers.end],
                edtf=edtf,
                date_mod=modifiers.label(core),
                basis="stated" if stated else "resolved",
                rule=core.rule,
                problem=problem,
            )
        )
        anchor = point or anchor
    return tuple(found), anchor


def _counts_on(core: Core, found: list[Expression]) -> bool:
    """Say whether *core* opens its paragraph and may count from a date of the one before."""
    return not found and (core.rule == "counted-on" or core.term.unit in ("day", "week"))


def _days_of(published: Date | None) -> tuple[Day, ...]:
    if published is None or published.earliest is None or published.latest is None:
        return ()
    first, last = day_number(published.earliest), day_number(published.latest)
    if last - first >= _LONGEST:
        return ()
    return tuple(day_from_number(number) for number in range(first, last + 1))


def _sentence_at(sentences: tuple[Sentence, ...], place: int) -> Sentence:
    return sentences[bisect_right(sentences, place, key=lambda one: one.start) - 1]


def _phrases(words: str) -> Iterator[tuple[Core, Modifiers]]:
    """Yield the cores that stand, longest first where they overlap, ranges joined."""
    cores = _without_overlap(words)
    index, free = 0, 0  # nothing before *free* may be taken by a preposition
    while index < len(cores):
        core = cores[index]
        index += 1
        if index < len(cores):
            joined = read_range(words, core, cores[index], free)
            if joined is not None:
                core = joined
                index += 1
            else:
                core = lend_year(words, core, cores[index])
        stop = cores[index].start if index < len(cores) else len(words)
        modifiers = read_modifiers(words, core, free, stop)
        free = modifiers.end
        yield core, modifiers


def _without_overlap(words: str) -> tuple[Core, ...]:
    cores = sorted(
        (*find_absolute(words), *find_years(words), *find_relative(words)),
        key=lambda core: (core.start, -core.end),
    )
    kept: list[Core] = []
    for core in cores:
        if not kept or core.start >= kept[-1].end:
            kept.append(core)
    return tuple(kept)


def _settle(
    core: Core, modifiers: Modifiers, days: tuple[Day, ...], anchor: Point | None, ahead: int
) -> tuple[str | None, str, Point | None]:
    """Return the EDTF or None, the problem or "", and the point that later words may count from."""
    if core.problem:
        return None, core.problem, None
    references = days
    if core.term.which in OF_STORY:
        if anchor is None:
            return None, _NEEDS_ANCHOR, None
        term = core.term._replace(year=anchor.year + OF_STORY[core.term.which], which="")
        core = core._replace(term=term)
    if core.term.which == "after":
        references = _anchor_days(core.term, anchor)
        if not references and core.term.unit in ("year", "month") and core.rule == "ago":
            references = days  # "a year earlier" in a report of figures: before the report
        if not references:
            return None, _NEEDS_ANCHOR, None
    elif _is_stated(core):
        references = (Day(2000, 1, 1),)  # any will do
    if not references:
        return None, _NEEDS_DATE, None
    answers = {_answer(core, modifiers, day, ahead) for day in references}
    if len(answers) > 1:
        return None, _NEEDS_DATE, None
    edtf, point = answers.pop()
    if edtf is None or not isinstance(parse_date(edtf), Date):
        return None, _NO_SUCH_DAY, None
    return edtf, "", point


def _is_stated(core: Core) -> bool:
    """Say whether the words give the date: "between 7 March and 9 April 2019" too."""
    if core.last is None:
        return core.term.stated
    return core.last.stated and (core.term.stated or (core.term.month > 0 and not core.term.which))


def _anchor_days(term: Term, anchor: Point | None) -> tuple[Day, ...]:
    """Return the days of the date mentioned before, if it is precise enough to count from."""
    if anchor is None:
        return ()
    if anchor.unit in ("day", "week", "weekend"):
        return (Day(anchor.year, anchor.month, anchor.day),)
    if anchor.unit == "month" and term.unit in ("month", "year"):
        return (Day(anchor.year, anchor.month, 1),)
    same = term.unit == "year" and anchor.unit in ("year", "season")
    return (Day(anchor.year, 1, 1),) if same else ()


def _answer(
    core: Core, modifiers: Modifiers, day: Day, ahead: int
) -> tuple[str | None, Point | None]:
    if core.last is None:
        point = _point(core.term, day, ahead)
        return (None if point is None else write(core, modifiers, point, None)), point
    last = _point(core.last, day, ahead)
    if last is None:
        return None, None
    first = _first_of(core.term, last, day, ahead)
    if first is not None and first[1:] > last[1:] and not core.last.stated and first.day:
        last = _point(core.last, Day(*first[1:]), 1)  # "from today through Nov. 17"
    if first is None or last is None or first[1:] > last[1:]:
        return None, None
    return write(core, modifiers, first, last), last


def _first_of(term: Term, last: Point, day: Day, ahead: int) -> Point | None:
    """Give the start of a range the year of its end, or the year before."""
    if term.year is None and term.month and not term.which:
        year = last.year if (term.month, term.day) <= (last.month, last.day) else last.year - 1
        return resolve(term._replace(year=year), day, ahead)
    return _point(term, day, ahead)


#: "in March of that year": years from the date mentioned before
OF_STORY = {
    **dict.fromkeys(("that year", "same year", "that same year"), 0),
    "following year": 1,
    "previous year": -1,
}
_OF_YEAR = re.compile(r"(?P<which>last|this|next) year")
_SHIFT = {"last": -1, "this": 0, "next": 1}


def _point(term: Term, day: Day, ahead: int) -> Point | None:
    """Resolve *term*, after giving it the year of "last year", "this year" or "next year"."""
    match = _OF_YEAR.fullmatch(term.which)
    if match is None:
        return resolve(term, day, ahead)
    year = day.year + _SHIFT[match["which"]]
    return resolve(term._replace(year=year, which=""), day, ahead)
