"""What a reader should be warned about although every quoted word was found."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from pincite.link.edges import UNSPACED
from pincite.link.hedges import find_hedge
from pincite.link.readings import Reading

SHORT_WORDS = 4
SHORT_CHARACTERS = 8  # in scripts that put no spaces between words
LONG_CHARACTERS = 600


@dataclass(frozen=True, slots=True, kw_only=True)
class Caution:
    """A warning about a quotation that was found."""

    code: str
    message: str
    help: str | None = None


def find_cautions(
    reading: Reading, stretches: Sequence[tuple[str, str, int, int]]
) -> Iterator[Caution]:
    """Yield the warnings about a quotation read so, found in these (id, text, start, end)."""
    words = [text[start:end] for _, text, start, end in stretches]
    if is_short(" ".join(words)):
        yield Caution(
            code="quote-short",
            message="so short a quotation may stand anywhere",
            help=f"quote at least {SHORT_WORDS} words",
        )
    length = sum(map(len, words))
    if length > LONG_CHARACTERS:
        yield Caution(
            code="quote-long",
            message=f"the quotation has {length} characters",
            help="quote only the words that prove the claim",
        )
    if reading.trimmed:
        yield Caution(
            code="quote-edge",
            message="found only without the punctuation at its edge",
            help="the source does not have it there; leave it out of the quotation",
        )
    if reading.inserted:
        yield Caution(
            code="editorial-insert",
            message="the words in brackets are not the source's",
            help="quote the source's own words, and explain them in `note`",
        )
    if stretches[0][0] != stretches[-1][0]:
        yield Caution(
            code="quote-spans-paragraphs",
            message=f"the quotation runs over `{stretches[0][0]}` and `{stretches[-1][0]}`",
            help="make it two citations",
        )
    outside = list(filter(None, dict.fromkeys(_find_hedges(stretches))))
    if outside:
        yield Caution(
            code="hedge-outside-quote",
            message="just outside the quotation stands "
            + " and ".join(f"`{hedge}`" for hedge in outside),
            help="quote these words too, or say so in the claim",
        )


def _find_hedges(stretches: Sequence[tuple[str, str, int, int]]) -> Iterator[str | None]:
    """Yield what softens each stretch from outside the quotation; another stretch is inside it."""
    for number, (name, text, start, end) in enumerate(stretches):
        floor, ceiling = 0, len(text)
        if number and stretches[number - 1][0] == name:
            floor = stretches[number - 1][3]
        if number + 1 < len(stretches) and stretches[number + 1][0] == name:
            ceiling = stretches[number + 1][2]
        yield find_hedge(text, start, end, floor=floor, ceiling=ceiling)


def is_short(text: str) -> bool:
    """Say whether *text* has fewer words (or letters, where words are not spaced) than needed."""
    if not text.isascii() and UNSPACED.search(text):
        return sum(map(str.isalnum, text)) < SHORT_CHARACTERS
    words = (word for word in text.split() if any(map(str.isalnum, word)))
    return len(tuple(islice(words, SHORT_WORDS))) < SHORT_WORDS
