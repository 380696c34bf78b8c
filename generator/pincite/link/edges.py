"""Whether a stretch of text ends where words and numbers end, so that nothing was cut off them.

“000 troops” is not in “11,000 troops”, nor “lethal aid” in “non-lethal aid”, nor “5” in
“5 million”.
"""

import re
import unicodedata

from pincite.link.normalise import INVISIBLE, JOINERS

_HYPHENS = frozenset("-‐‑‒–−")
_APOSTROPHES = frozenset("'’ʼ")
_CURRENCY = "$€£¥₽₴₹₩₪₺₦₫₱₡₿¢"
_REACH = 40  # characters looked at on either side

_SMALL = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|"
    "sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
)
_LARGE = "hundred|thousand|million|billion|trillion|dozen"
NUMBER_WORDS = frozenset(f"{_SMALL}|{_LARGE}".split("|"))
_MAGNITUDE = rf"(?:{_LARGE}|mln|bn|tn|percent|per\s?cent|percentage)\b"
_MAGNITUDE_NEXT = re.compile(_MAGNITUDE, re.IGNORECASE)
_NUMBER_NEXT = re.compile(rf"(?:and\s+)?(?:{_SMALL}|{_LARGE})\b", re.IGNORECASE)
_NUMBER_LAST = re.compile(rf"(?:\d|\b(?:{_SMALL}|{_LARGE}|a|few|several|half))$", re.IGNORECASE)
_LARGE_LAST = re.compile(rf"\b(?:{_LARGE})(?:\s+and)?$", re.IGNORECASE)
_TENS_LAST = re.compile(r"\b(?:twen|thir|for|fif|six|seven|eigh|nine)ty$", re.IGNORECASE)
_CROWD_LAST = re.compile(r"\b(?:tens|hundreds|thousands)(\s+of)?$", re.IGNORECASE)
_CROWD_NEXT = re.compile(r"(of\s+)?(?:thousands|millions|billions)\b", re.IGNORECASE)
_GROUP_LAST = re.compile(r"(?<!\d)\d{1,3}(?:\s\d{3})*$")
_GROUP_NEXT = re.compile(r"\d{3}(?!\d)")
_UNIT_NEXT = re.compile(rf"[%‰‱°℃℉{_CURRENCY}]")
_UNIT_LAST = re.compile(rf"[{_CURRENCY}]$|(?<!\d)(?<!\d )[~≈<>≤≥±+]$")  # “3 < 5” has two figures
_WORD_BEFORE = re.compile(r"\S*\s?$")
_WORD_AFTER = re.compile(r"\s?\S*")
_ELISION = re.compile(
    r"(?:^|[^\w'’])(?:[ldjmtsc]|qu|jusqu|lorsqu|puisqu|quoiqu|un|all|dall|dell|nell|sull)['’]$",
    re.IGNORECASE,
)
_POSSESSIVE = re.compile(r"['’]s(?!\w)", re.IGNORECASE)
_NEEDS_NO_LOOK = re.compile(r"[A-Za-z]+")
_NEEDS_A_LOOK = frozenset(
    f"{_SMALL}|{_LARGE}|mln|bn|tn|percent|per|percentage|a|few|several|half|and|of|tens|hundreds|"
    "thousands|millions|billions".split("|")
)
_LAST_WORD = re.compile(r"[A-Za-z]+$")


def stands_alone(text: str, start: int, end: int) -> bool:
    """Say whether text[start:end] (not empty) begins and ends between words and between numbers."""
    return not (cuts_word(text, start) or cuts_word(text, end))


def name_cut_words(text: str, start: int, end: int) -> str:
    """Return text[start:end] with what was cut off it, for a message."""
    for _ in range(2):  # a figure may have its unit after a space
        if cuts_word(text, start):
            start = _WORD_BEFORE.search(text, max(0, start - _REACH), start).start()  # type: ignore[union-attr]
        if cuts_word(text, end):
            end = _WORD_AFTER.match(text, end, end + _REACH).end()  # type: ignore[union-attr]
    return text[start:end]


def cuts_word(text: str, at: int) -> bool:
    """Say whether a cut before text[at] goes through a character, a word or a figure."""
    if at <= 0 or at >= len(text):
        return False
    left, right = text[at - 1], text[at]
    if left == " " and right.isalpha():  # by far the most frequent edges, settled without a search
        word = _NEEDS_NO_LOOK.match(text, at)
        if word and word.group().lower() not in _NEEDS_A_LOOK:
            return False
    if left.isalpha() and (right == " " or (right in ".,;" and text[at + 1 : at + 2] in ("", " "))):
        word = _LAST_WORD.search(text, max(0, at - 12), at)
        if word and word.group().lower() not in _NEEDS_A_LOOK:
            return False
    if _inside_character(left, right):
        return True
    before = text[max(0, at - _REACH) : at].translate(_UNSEEN)
    after = text[at : at + _REACH].translate(_UNSEEN)
    if not before or not after:
        return False
    return _adjoin(before, after) or _one_figure(before, after)


_UNSEEN = {**INVISIBLE, **dict.fromkeys(map(ord, JOINERS))}


def _inside_character(left: str, right: str) -> bool:
    return (
        (right > "\u02ff" and unicodedata.category(right)[0] == "M")
        or "\u200d" in (left, right)
        or "\U0001f3fb" <= right <= "\U0001f3ff"
    )


def _adjoin(before: str, after: str) -> bool:
    """Say whether the two sides hang together without a space between them."""
    left, right = before[-1], after[0]
    if _is_word(left) and _is_word(right):
        return _both_count(left, right) or (_is_spaced(left) and _is_spaced(right))
    if right in _CURRENCY and left.isalpha():
        return True  # US$5
    if right.isdigit() and left in _HYPHENS:
        return True  # a sign, or the second half of a range
    if right == "+" and left.isdigit():
        return True
    if _is_word(left) and len(after) > 1 and _is_word(after[1]):
        return _binds(left, right, after[1], before + right, after)
    if _is_word(right) and len(before) > 1 and _is_word(before[-2]):
        return _binds(before[-2], left, right, before, left + after)
    return False


def _binds(left: str, joint: str, right: str, before: str, after: str) -> bool:
    """Say whether *joint*, between two letters or digits, makes one word of them."""
    if joint in _HYPHENS or joint in "&@_":
        return True
    if left.isdigit() and right.isdigit():
        return joint in ".,:/·٫٬'’"
    if joint == ".":  # U.S, example.org; but a sentence may follow without a space
        return not (right.isupper() and not left.isupper())
    if joint in _APOSTROPHES:  # Korea’s may lose its ’s, l’armée its l’; can’t not its ’t
        return not (_POSSESSIVE.match(after) or _ELISION.search(before))
    return False


def _one_figure(before: str, after: str) -> bool:
    """Say whether the two sides, a space apart at most, are parts of one figure."""
    left, right = before.rstrip(), after.lstrip()
    gap = len(before) - len(left) + len(after) - len(right)
    if gap > 1 or not left or not right:
        return False
    if left[-1].isdigit():
        if _UNIT_NEXT.match(right) or _MAGNITUDE_NEXT.match(right):
            return True
        if gap and _GROUP_LAST.search(left) and _GROUP_NEXT.match(right):
            return True
    if right[0].isdigit() and _UNIT_LAST.search(left):
        return True
    if not gap:
        return False
    if _NUMBER_LAST.search(left) and _MAGNITUDE_NEXT.match(right):
        return True
    if (_LARGE_LAST.search(left) or _TENS_LAST.search(left)) and _NUMBER_NEXT.match(right):
        return True
    crowd, of = _CROWD_LAST.search(left), _CROWD_NEXT.match(right)
    return bool(crowd and of and (crowd[1] or of[1]))  # “tens of thousands”


def _is_word(character: str) -> bool:
    return character.isalnum() or unicodedata.category(character)[0] == "M"


def _both_count(left: str, right: str) -> bool:
    """Say whether both are numerals, of any script: 3万 is one figure."""
    return (
        unicodedata.numeric(left, None) is not None and unicodedata.numeric(right, None) is not None
    )


def _is_spaced(character: str) -> bool:
    """Say whether the character's script puts spaces between words."""
    return character < "\u0e00" or not UNSPACED.match(character)


# Thai, Lao, Tibetan, Burmese, Khmer; Han, kana, bopomofo, Yi; halfwidth kana; the later Han planes.
UNSPACED = re.compile(
    "[\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u2e80-\u312f\u31a0-\u4dbf\u4e00-\ua4cf\uf900-\ufaff"
    "\uff66-\uff9f\U00020000-\U0003ffff]"
)
