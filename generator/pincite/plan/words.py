"""What the pages say, in the site's language: sentences with numbers, dates and names in them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from unicodedata import bidirectional

from pincite.dates import Date, say_date
from pincite.dates.locales import join_words, patterns_of

RTL = frozenset(("ar", "arc", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "syr", "ug", "ur", "yi"))

_SAID = 32_768  # dates whose words are kept
# The spaces between day and month, and between month and year.
_WITHIN_DATE = re.compile(
    r"(?<=\b\d) (?=[^\W\d]{3,} \d{4})|(?<=\b\d\d) (?=[^\W\d]{3,} \d{4})"  # 7 February 2025
    r"|(?<=\b\d) (?=[A-Z]\w)|(?<=\b\d\d) (?=[A-Z]\w)"  # 7 February and …
    r"|(?<=[^\W\d]{3}) (?=\d{4}\b)"  # February 2025
)


@lru_cache(maxsize=64)
def direction(language: str) -> str:
    return "rtl" if language.split("-", maxsplit=1)[0].lower() in RTL else "ltr"


def isolate(value: object) -> object:
    """Put a text that has letters from left to right between the isolates of Unicode."""
    if isinstance(value, str) and any(bidirectional(letter) == "L" for letter in value):
        return f"\u2068{value}\u2069"
    return value


class Phrases:
    """The words that templates name themselves, as attributes; equal when of the same files."""

    def __init__(self, table: Mapping[str, Any], version: str) -> None:
        vars(self).update(table)  # found without a detour: a page names dozens of them
        self._version = version

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Phrases) and self._version == other._version

    def __hash__(self) -> int:
        return hash(self._version)

    def __repr__(self) -> str:
        return f"Phrases({self._version!r})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Templates of sentences by key; a value is text, or texts by plural category (CLDR)."""

    language: str
    version: str  # digest of the table: all that distinguishes two of the same language
    table: Mapping[str, Any] = field(compare=False, repr=False)
    # Dates in words by what is written, which is all that two dates are equal by.
    said: dict[str, str] = field(default_factory=dict, compare=False, repr=False)

    def __call__(self, key: str, **values: object) -> str:
        """Return the sentence *key* with its *values* filled in."""
        text: str = self.table[key]
        return text.format_map(self._all_apart(values)) if values else text

    def count(self, key: str, n: int, **values: object) -> str:
        """Return the form of *key* that *n* takes; ``{n}`` in it is the number, formatted."""
        forms = self.table[key]
        form: str = forms.get(_plural(self.language, n)) or forms["other"]
        return form.format_map({"n": self.number(n), **self._all_apart(values)})

    def number(self, n: float) -> str:
        return _number(self.language, n)

    def date(self, date: Date | None) -> str:
        if date is None:
            undated: str = self.table["say_undated"]
            return undated
        said = self.said.get(date.edtf)
        if said is None:
            if len(self.said) >= _SAID:
                self.said.clear()
            said = self.said[date.edtf] = say_date(date, self.language)
        return said

    def joined(self, *parts: str) -> str:
        """Put those of *parts* that are not empty one after another, as in a caption."""
        mark: str = self.table["mark_comma"]
        return mark.join(self._apart(part) for part in parts if part)

    def listed(self, items: list[str]) -> str:
        """Join *items* as the language lists things."""
        return _listed(self.language, tuple(map(self._apart, items)))

    def _all_apart(self, values: dict[str, object]) -> dict[str, object]:
        if direction(self.language) == "ltr":
            return values
        return {key: isolate(value) for key, value in values.items()}

    def _apart(self, value: Any) -> Any:
        """Isolate what runs from left to right, so that it moves nothing beside it."""
        return isolate(value) if direction(self.language) == "rtl" else value


@lru_cache(maxsize=4096)
def _number(language: str, n: float) -> str:
    if isinstance(n, int) and -1000 < n < 1000 and language.startswith("en"):
        return str(n)  # spares the import where nothing needs grouping
    from babel.numbers import format_decimal  # noqa: PLC0415 - costs as much as a small build

    # Not rounded: a figure is said as it was written.
    return format_decimal(n, locale=_locale(language), decimal_quantization=False)


@lru_cache(maxsize=1024)
def _plural(language: str, n: int) -> str:
    if language.startswith("en"):
        return "one" if n == 1 else "other"
    return str(_locale_object(language).plural_form(n))


def _listed(language: str, items: tuple[str, ...]) -> str:
    if len(items) < 2:
        return "".join(items)
    if language.startswith("en"):
        return ", ".join(items[:-1]) + " and " + items[-1]
    return join_words(patterns_of(language), items, "and")


def _locale(language: str) -> str:
    return str(_locale_object(language))


@lru_cache(maxsize=8)
def _locale_object(language: str) -> Any:
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415

    parts = language.split("-")
    for end in range(len(parts), 0, -1):
        try:
            return Locale.parse("-".join(parts[:end]), sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    return Locale("en")


def month_names(language: str) -> tuple[str, ...]:
    """Return the twelve short names of months."""
    return patterns_of(language).names_short


@lru_cache(maxsize=2048)  # many events have the same date
def bind_date(said: str) -> str:
    """Keep the day, month and year of a date that is *said* on one line."""
    return _WITHIN_DATE.sub("\u00a0", said)
