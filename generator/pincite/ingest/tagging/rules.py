"""Rules that find dates: a pattern, and what reads the words it matched."""

import re
from collections.abc import Callable, Iterable, Iterator

from pincite.ingest.tagging.values import Core, Term

#: Gives None where the words, seen closely, are no date.
Reader = Callable[[re.Match[str]], Core | None]
Rules = Iterable[tuple[re.Pattern[str], Reader]]


def find_cores(rules: Rules, words: str) -> Iterator[Core]:
    """Yield what *rules* find in *words*, rule by rule; they may overlap."""
    for pattern, reader in rules:
        for match in pattern.finditer(words):
            core = reader(match)
            if core is not None:
                yield core


def core_of(
    match: re.Match[str], rule: str, term: Term, last: Term | None = None, joint: str = ""
) -> Core:
    return Core(match.start(), match.end(), rule, term, last, joint)
