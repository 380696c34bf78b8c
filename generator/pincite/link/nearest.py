"""After a miss: the words of the source most like a quotation, and where the two differ.

This never verifies anything. A word diff is one line: what the quotation says stands in ``{-…-}``,
what the source says after it in ``{+…+}``.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from pincite.link.edges import NUMBER_WORDS
from pincite.link.hedges import UNITS, may_hedge, may_negate
from pincite.link.normalise import Normalised, normalise

CUT_OFF = 0.70  # unrelated paragraphs reach 0.54
_QUOTE_CHARACTERS = 800  # of the quotation; what follows is not compared
_ALL_CHARACTERS = 1_000_000  # of the source
_CANDIDATES = 4
_GIVE = 3  # words by which an end may be moved
_MOST_PAIRS = 300_000  # of equal words of two texts: 0.1 s
_KEPT_WORDS = 3  # of a stretch in which the two agree, on either side of a difference

_SIGNS = "%$€£¥₽₴"
# A letter, or a mark or a vowel sign that belongs to the one before it.
_LETTER = (
    r"(?:[^\W\d_]|[\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670"
    r"\u06d6-\u06ed\u0900-\u0963\u0971-\u09e5\u09f0-\u0a65\u0a70-\u0ae5\u0af0-\u0b65\u0b70-\u0be5"
    r"\u0bf0-\u0c65\u0c70-\u0ce5\u0cf0-\u0d65\u0d70-\u0de5])"
)
_TOKEN = re.compile(
    "[\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u2e80-\ua4cf\uf900-\ufaff\U00020000-\U0003ffff]"
    rf"|(?:(?<![^\s(\[])[+-])?\d(?:[\d.,]*\d)?|{_LETTER}+(?:'{_LETTER}+)*|[{_SIGNS}]"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Nearest:
    """The stretch [start, end) of paragraph number *index*, how alike it is, and what differs."""

    index: int
    start: int
    end: int
    score: float  # 0.70 to 1
    difference: str
    flags: tuple[str, ...]


class _Words:
    """A text's words and where they stand in it."""

    __slots__ = ("ends", "starts", "words")

    def __init__(self, text: str) -> None:
        found = list(_TOKEN.finditer(text))
        self.words = [token.group() for token in found]
        self.starts = [token.start() for token in found]
        self.ends = [token.end() for token in found]


def find_nearest(forms: Sequence[Normalised], quote: str) -> Nearest | None:
    """Return the words most like *quote* in *forms* (paragraphs at level 2), if any are like it."""
    from rapidfuzz import fuzz  # noqa: PLC0415 - only a miss pays for it
    from rapidfuzz.distance import Levenshtein  # noqa: PLC0415

    wanted = normalise(quote[:_QUOTE_CHARACTERS], 2).text
    sought = _Words(wanted)
    if not sought.words:
        return None
    best: tuple[float, int, float, int, int, int] | None = None
    for index, low, high in _windows(forms, sought.words):
        window = forms[index].text[low:high]
        aligned = fuzz.partial_ratio_alignment(wanted, window, score_cutoff=100 * CUT_OFF - 20)
        if aligned is None:
            continue
        for start, end in _ends(window, aligned.dest_start, aligned.dest_end):
            score = fuzz.ratio(wanted, window[start:end]) / 100
            found = _Words(window[start:end]).words
            words = Levenshtein.normalized_similarity(sought.words, found)
            apart = abs(len(sought.words) - len(found))  # a word for a word, at an edge too
            if score >= CUT_OFF and (best is None or (words, -apart, score) > best[:3]):
                best = words, -apart, score, index, low + start, low + end
    if best is None:
        return None
    _, _, score, index, start, end = best
    span = forms[index].find_span(start, end)
    if span is None:
        return None
    difference, flags = compare(wanted, forms[index].text[start:end])
    return Nearest(
        index=index,
        start=span[0],
        end=span[1],
        score=score,
        difference=difference,
        flags=flags,
    )


def _windows(forms: Sequence[Normalised], wanted: list[str]) -> list[tuple[int, int, int]]:
    """Return (paragraph, start, end) of the stretches that share most words with *wanted*."""
    need = Counter(word.lower() for word in wanted)
    length = len(wanted)
    longest = 3 * sum(map(len, wanted)) + 200  # characters, should a "word" be enormous
    ranked: list[tuple[int, int, int, int]] = []
    left = _ALL_CHARACTERS
    for index, form in enumerate(forms):
        text = form.text[:left]
        left -= len(text)
        have = _Words(text)
        words = [word.lower() for word in have.words]
        shared, most, where = 0, -1, 0
        seen: Counter[str] = Counter()
        for at, word in enumerate(words):
            seen[word] += 1
            shared += seen[word] <= need[word]
            if at >= length:
                gone = words[at - length]
                shared -= seen[gone] <= need[gone]
                seen[gone] -= 1
            if shared > most:
                most, where = shared, at
        if words:
            low = max(0, where - length - length // 4 - 2)
            high = min(len(words) - 1, where + length // 4 + 3)
            first = have.starts[low]
            ranked.append((-most, index, first, min(have.ends[high], first + longest)))
        if left <= 0:
            break
    ranked.sort()
    return [(index, low, high) for _, index, low, high in ranked[:_CANDIDATES]]


def _ends(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return stretches of whole words about [start, end): a word dropped moves the end along."""
    tokens = _Words(text)
    count = len(tokens.words)
    first = max(0, bisect_right(tokens.starts, start) - 1)
    last = min(count, bisect_left(tokens.ends, end) + 1)
    return [
        (tokens.starts[a], tokens.ends[b - 1])
        for a in range(max(0, first - _GIVE), min(count, first + _GIVE + 1))
        for b in range(max(a + 1, last - _GIVE), min(count, last + _GIVE) + 1)
    ]


def compare(quote: str, source: str) -> tuple[str, tuple[str, ...]]:
    """Return the word diff from *quote* to *source* in a line, and what kinds of word differ."""
    ours, theirs = quote.split(), source.split()
    parts: list[str] = []
    flags: set[str] = set()
    operations = _find_changes(ours, theirs)
    for number, (kind, a, b, c, d) in enumerate(operations):
        if kind == "equal":
            first, last = number == 0, number == len(operations) - 1
            parts.append(_shorten(ours[a:b], first=first, last=last))
            continue
        gone, come = " ".join(ours[a:b]), " ".join(theirs[c:d])
        parts.extend(filter(None, (gone and f"{{-{gone}-}}", come and f"{{+{come}+}}")))
        flags.update(_flag(_TOKEN.findall(gone), _TOKEN.findall(come)))
    return " ".join(parts), tuple(flag for flag, _ in _KINDS if flag in flags)


def _find_changes(ours: list[str], theirs: list[str]) -> Sequence[tuple[str, int, int, int, int]]:
    """Return SequenceMatcher's opcodes; where it would take long, one change between equal ends."""
    times = Counter(theirs)
    if sum(times[word] for word in ours) <= _MOST_PAIRS:
        return SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes()
    shorter = min(len(ours), len(theirs))
    start = next((n for n in range(shorter) if ours[n] != theirs[n]), shorter)
    end = 0
    while start + end < shorter and ours[-1 - end] == theirs[-1 - end]:
        end += 1
    a, b = len(ours) - end, len(theirs) - end
    found = [("equal", 0, start, 0, start), ("replace", start, a, start, b)]
    found.append(("equal", a, len(ours), b, len(theirs)))
    return [one for one in found if one[1] < one[2] or one[3] < one[4]]


def _shorten(words: list[str], *, first: bool, last: bool) -> str:
    """Return *words* with only those next to a difference kept."""
    if first and last:
        return " ".join(words)
    if first and len(words) > _KEPT_WORDS:
        return "… " + " ".join(words[-_KEPT_WORDS:])
    if last and len(words) > _KEPT_WORDS:
        return " ".join(words[:_KEPT_WORDS]) + " …"
    if len(words) > 2 * _KEPT_WORDS + 1:
        return " ".join([*words[:_KEPT_WORDS], "…", *words[-_KEPT_WORDS:]])
    return " ".join(words)


def _flag(gone: list[str], come: list[str]) -> list[str]:
    """Return the kinds of word that differ between what was taken out and what was put in."""
    differ = [*_without(gone, come), *_without(come, gone)]
    return [flag for flag, holds in _KINDS if any(map(holds, differ))]


def _without(words: list[str], others: list[str]) -> list[str]:
    """Return the *words* that *others* lack; how it is cased makes no other word of it."""
    left = Counter(other.casefold() for other in others)
    left.subtract(word.casefold() for word in words)
    return [word for word in words if left[word.casefold()] < 0]


_KINDS: tuple[tuple[str, Callable[[str], bool]], ...] = (
    (
        "a digit differs",
        lambda word: any(map(str.isdigit, word)) or word.lower() in NUMBER_WORDS,
    ),
    ("a negation differs", may_negate),
    ("a hedge differs", may_hedge),
    ("a unit differs", lambda word: word.lower() in UNITS or word in _SIGNS),
    ("a name differs", lambda word: word[0].isupper()),
)
