"""Rules for years and what is longer: figures, words, eras, decades, centuries, spans of years."""

import re
from collections.abc import Iterator

from pincite.ingest.tagging.rules import Reader, core_of, find_cores
from pincite.ingest.tagging.values import Core, Term
from pincite.ingest.tagging.worded import (
    CENTURY_AND_DECADE,
    PAIRED_YEAR,
    THOUSANDS_YEAR,
    WORDED_DECADE,
    decade_number,
    year_number,
)
from pincite.ingest.tagging.words import ERA, ORDINAL, START, YEAR, ordinal_number, short_year
from pincite.ingest.tagging.yeartraps import (
    is_bare_decade,
    is_bare_year,
    is_span_of_years,
    is_worded_year,
)


def find_years(words: str) -> Iterator[Core]:
    """Yield what years, decades and centuries *words* (plain text) may have; they may overlap."""
    return find_cores(_RULES, words)


def _decade(match: re.Match[str]) -> Core | None:
    year = match["year"]
    if year is None:
        return core_of(match, "decade", Term("decade", decade_number(match["words"].casefold())))
    if year.endswith("00") and int(year) < 1900:
        return core_of(match, "century", Term("century", int(year)))  # "the 1600s"
    return core_of(match, "decade", Term("decade", int(year)))


def _short_decade(match: re.Match[str]) -> Core | None:
    if not is_bare_decade(match.string, match.start("short"), match.end("short")):
        return None
    return core_of(match, "decade", Term("decade", 1900 + int(match["short"])))


def _century_and_decade(match: re.Match[str]) -> Core:
    century = 100 if match["century"].casefold() == "nineteen" else 0
    year = decade_number(match["tens"].casefold()) - 100 + century
    return core_of(match, "decade", Term("decade", year))


def _century(match: re.Match[str]) -> Core | None:
    number = ordinal_number(match["ordinal"])
    if not 1 <= number <= 30:
        return None
    before = (match["era"] or "").startswith("B")
    return core_of(
        match, "century", Term("century", 1 - 100 * number if before else number * 100 - 100)
    )


def _years(match: re.Match[str]) -> Core | None:
    first, last = match["first"], match["last"]
    end = int(first[: 4 - len(last)] + last)
    if not is_span_of_years(match.string, match.start(), match.end(), int(first), end):
        return None
    core = core_of(match, "years", Term("year", int(first)))
    return core._replace(last=Term("year", end), joint="to")


def _era_year(match: re.Match[str]) -> Core | None:
    number = int((match["old"] or match["after"]).replace(",", ""))
    if not number:
        return None
    before = (match["era"] or "").startswith("B")
    return core_of(match, "era-year", Term("year", 1 - number if before else number))


def _era_years(match: re.Match[str]) -> Core | None:
    first, last = int(match["first"]), int(match["last"])
    before = match["era"].startswith("B")
    if not first or not last or (first > last) != before:
        return None
    terms = [Term("year", 1 - number if before else number) for number in (first, last)]
    return core_of(match, "years", terms[0], terms[1], joint="to")


def _bare_year(match: re.Match[str]) -> Core | None:
    if not is_bare_year(match.string, match.start("year"), match.end("year")):
        return None
    return core_of(match, "year", Term("year", int(match["year"])))


def _old_year(match: re.Match[str]) -> Core:
    return core_of(match, "year", Term("year", int(match["old"])))


def _short_year(match: re.Match[str]) -> Core:
    return core_of(match, "short-year", Term("year", short_year(int(match["short"]))))


def _worded_year(match: re.Match[str]) -> Core | None:
    if not is_worded_year(match.string, match.start("words"), match.end()):
        return None
    return core_of(match, "worded-year", Term("year", year_number(match["words"])))


_DECADE = rf"(?:(?P<year>[12][0-9]{{2}}0)'?s(?![\w])|(?<=the )(?P<words>{WORDED_DECADE})(?![\w]))"
_YEARS = (
    r"(?P<first>1[0-9]{3}|20[0-9]{2})[-/](?P<last>[12][0-9]{3}|[0-9]{2})"
    r"(?![\w%/-]|[.,:][0-9])"
)
_ERA_YEAR = (
    rf"(?:(?P<old>[0-9]{{1,3}}(?:,[0-9]{{3}})+|[0-9]{{1,4}}) ?(?P<era>{ERA})"
    r"|(?:AD|A\.D\.) ?(?P<after>[0-9]{1,4})(?!\w))"
)
_YEAR = (
    r"(?:(?:the )?(?:fiscal|financial|school|academic|tax) year |fiscal |the year )?"
    rf"(?P<year>{YEAR})"
)
_ERA_YEARS = (
    rf"(?P<first>[1-9][0-9]{{0,3}}) ?(?:-|to) ?(?:c\. ?)?(?P<last>[1-9][0-9]{{0,3}})"
    rf" ?(?P<era>{ERA})"
)
_SHORT_YEAR = r"(?:(?<=in )|(?<=of )|(?<=since )|(?<=by )|(?<=until ))'(?P<short>[0-9]{2})(?![\w'])"
_RULES: tuple[tuple[re.Pattern[str], Reader], ...] = tuple(
    (re.compile(START + pattern), reader)
    for pattern, reader in (
        (_DECADE, _decade),
        (r"'?(?P<short>[2-9]0)'?s(?![\w])", _short_decade),
        (CENTURY_AND_DECADE, _century_and_decade),
        (rf"(?P<ordinal>{ORDINAL})[ -]century(?![\w])(?: (?P<era>{ERA}))?", _century),
        (_YEARS, _years),
        (_ERA_YEARS, _era_years),
        (_ERA_YEAR, _era_year),
        (_YEAR, _bare_year),
        (r"[Tt]he year (?P<old>[1-9][0-9]{1,2})(?![\w.,]*[0-9]|-| (?:of|and)\b)", _old_year),
        (_SHORT_YEAR, _short_year),
        (rf"(?:[Tt]he year )?(?P<words>{PAIRED_YEAR}|{THOUSANDS_YEAR})", _worded_year),
    )
)
