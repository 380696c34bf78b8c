"""Month names and the order of day, month and year in a language, from CLDR through Babel.

Babel is imported with the first date that is said; what it knows of a language is kept.
"""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

_Tokens = tuple[tuple[str, str], ...]  # ("field", "d") or ("chars", ". ")


# "And" is one letter in Hebrew, written to the next word; to what is not Hebrew, with a maqaf.
_BARE_AND = re.compile(r"(?<= )(ו)(?=\u2068?[^\W\u05d0-\u05ea])")


class Patterns(NamedTuple):
    """How one language writes a date. Digits are European ones everywhere."""

    locale: str
    day: _Tokens
    month: _Tokens
    year: _Tokens
    month_day: _Tokens
    names: tuple[str, ...]  # beside a day ("7 февраля"); the first is January
    names_alone: tuple[str, ...]
    names_short: tuple[str, ...]
    group: str  # between thousands

    @property
    def year_last(self) -> bool:
        fields = [value for kind, value in self.day if kind == "field"]
        return fields.index("y") > fields.index("M") if {"y", "M"} <= set(fields) else False

    @property
    def day_alone(self) -> str | None:
        """Return what follows a lone day ("." in "7. Februar"), or None if days come later."""
        if self.month_day[:1] != (("field", "d"),):
            return None
        after = self.month_day[1][1].rstrip() if len(self.month_day) > 1 else ""
        return "" if any(letter.isalpha() or letter == " " for letter in after) else after

    def numeral(self, day: int) -> str:
        """Say the number of a *day*: French alone has an ordinal, for the first."""
        return "1er" if day == 1 and self.locale.startswith("fr") else str(day)

    def fill(self, tokens: _Tokens, year: str, month: int, day: int, *, alone: bool) -> str:
        names = self.names_alone if alone else self.names
        values = {"y": year, "M": names[month - 1], "d": self.numeral(day), "N": str(month)}
        return "".join(values[value] if kind == "field" else value for kind, value in tokens)


@lru_cache(maxsize=64)
def patterns_of(language: str) -> Patterns:
    """Return the patterns of a BCP 47 *language*; of its base language or English if need be."""
    from babel import Locale  # noqa: PLC0415 - not paid for by commands that say no date
    from babel.core import UnknownLocaleError  # noqa: PLC0415

    locale = None
    tag = language.replace("-", "_")
    # Plain English means the day before the month; American English is asked for by name.
    for name in ("en_GB" if tag.casefold() == "en" else tag, tag.split("_")[0], "en_GB"):
        try:
            locale = Locale.parse(name)
            break
        except (UnknownLocaleError, ValueError, TypeError):
            continue
    assert locale is not None
    skeletons: Mapping[str, object] = locale.datetime_skeletons
    months = locale.months
    names = tuple(months["format"]["wide"][number] for number in range(1, 13))
    alone = _names_alone(str(locale)) or names
    short = _names_short(str(locale), names)
    symbols = locale.number_symbols.get("latn", {})
    return Patterns(
        locale=str(locale),
        day=_tokens(locale.date_formats["long"].pattern),
        month=_tokens(_pattern(skeletons, ("yMMMM", "yMMM"), "MMMM y")),
        year=_tokens(_pattern(skeletons, ("y",), "y")),
        month_day=_tokens(_pattern(skeletons, ("MMMMd", "MMMd"), "d MMMM")),
        names=names,
        names_alone=alone,
        names_short=short,
        group=symbols.get("group", ","),
    )


def _names_alone(locale: str) -> tuple[str, ...]:
    """Return the stand-alone month names of *locale*, or none if they are those beside a day.

    Babel 2.18 resolves "as beside a day" into a table that all languages share, after which French
    has Chinese months if Chinese was asked for before. So that lookup is never made here, and names
    left there by others are known by being another table's names beside a day.
    """
    from babel import localedata  # noqa: PLC0415

    table: object = localedata.load(locale)
    for key in ("months", "stand-alone", "wide"):
        table = _raw(table).get(key)
    if isinstance(table, tuple):
        table = table[1]  # a pair of the reference and what this language has of its own
    names = _twelve(table)
    beside: object = getattr(table, "base", None)
    for key in ("months", "format", "wide"):
        beside = _raw(beside).get(key)
    return () if names == _twelve(beside) else names


def _names_short(locale: str, names: tuple[str, ...]) -> tuple[str, ...]:
    """Return the short month names of *locale*; those it has none for are its *names*."""
    from babel import localedata  # noqa: PLC0415

    table: object = localedata.load(locale)
    for key in ("months", "format", "abbreviated"):
        table = _raw(table).get(key)
    if isinstance(table, tuple):
        table = table[1]
    short = _raw(table)
    return tuple(str(short.get(at, name)) for at, name in enumerate(names, start=1))


def _raw(table: object) -> Mapping[object, object]:
    """Unwrap a table of Babel's, so that looking into it changes nothing."""
    inner = getattr(table, "_data", table)
    return inner if isinstance(inner, Mapping) else {}


def _twelve(table: object) -> tuple[str, ...]:
    names = _raw(table)
    return tuple(str(names[at]) for at in range(1, 13)) if set(range(1, 13)) <= set(names) else ()


@lru_cache(maxsize=64)
def _styles(locale: str) -> Mapping[str, str]:
    from babel import Locale  # noqa: PLC0415

    available = Locale.parse(locale).list_patterns
    return {"and": "standard", "or": "or" if "or" in available else "standard"}


def join_words(patterns: Patterns, words: Sequence[str], conjunction: str) -> str:
    """Join "a", "b", "c" to "a, b or c"; *conjunction* is "and" or "or"."""
    from babel.lists import format_list  # noqa: PLC0415

    style = _styles(patterns.locale)[conjunction]
    said = format_list(words, style=style, locale=patterns.locale)  # type: ignore[arg-type]
    return _BARE_AND.sub(r"\1־", said) if patterns.locale.startswith("he") else said


def _pattern(skeletons: Mapping[str, object], names: tuple[str, ...], otherwise: str) -> str:
    for name in names:
        if name in skeletons:
            return str(getattr(skeletons[name], "pattern", skeletons[name]))
    return otherwise


def _tokens(pattern: str) -> _Tokens:
    from babel.dates import tokenize_pattern  # noqa: PLC0415

    tokens: list[tuple[str, str]] = []
    for kind, value in tokenize_pattern(pattern):
        if kind == "chars":
            # Line breaks are the theme's to forbid, so spaces are ordinary ones.
            tokens.append(("chars", str(value).replace("\xa0", " ").replace("\u202f", " ")))
        elif value[0] in "yd":
            tokens.append(("field", str(value[0])))
        elif value[0] in "ML":
            tokens.append(("field", "M" if int(value[1]) > 2 else "N"))
    return tuple(tokens)
