"""Words that turn a statement round or soften it, and which of them stand just outside a quotation.

What stands outside is looked at in English only: elsewhere nothing is said rather than something
wrong. Where such a word differs, or would vanish behind brackets, it counts in any language here.
"""

import re


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


NEGATIONS = _words("""
    not no never without neither nor none nobody nothing cannot denied denies deny denying
    refuted refutes rejected false falsely untrue unlikely hardly barely failed fails unable
    ain't
""")
HEDGES = _words("""
    may might could allegedly alleged reportedly apparently purportedly purported supposedly
    supposed seemingly seems seem appears appear possibly possible probably probable perhaps
    likely potentially suggest suggests suggested suggesting estimate estimates estimated
    believe believes believed claim claims claimed claiming unconfirmed unverified unclear
    whether suspected suspect suspects rumoured rumored rumours rumors speculated presumably
    presumed expected expects expect intended intends planned if
""")
QUALIFIERS = _words("""
    about approximately around nearly almost roughly some over under least most than circa
""")
UNITS = _words("""
    hundred hundreds thousand thousands million millions billion billions trillion trillions
    dozen dozens percent pct bn mln tn tonne tonnes ton tons kg kilogram kilograms g gram grams
    km kilometre kilometres kilometer kilometers mile miles m metre metres meter meters cm mm
    foot feet inch inches litre litres barrel barrels hour hours minute minutes second seconds
    day days week weeks month months year years decade decades euro euros dollar dollars pound
    pounds rouble roubles ruble rubles yuan won hryvnia kw mw gw degrees celsius fahrenheit
    knots
""")

_NEGATIONS_ELSEWHERE = _words("""
    не ни нет нельзя никогда никто ничего без
    ні немає ніколи ніхто нічого
    nicht kein keine keinen keinem keiner keines nie niemals niemand nichts ohne weder
    ne pas jamais aucun aucune sans rien non
    nunca jamás ningún ninguno ninguna sin nada nadie tampoco
    لا لم لن ليس ليست غير بدون دون ولا ولم ولن وليس
    לא אין בלי ללא אינו אינה אינם ולא שלא ואין
""")
_HEDGES_ELSEWHERE = _words("""
    якобы предположительно возможно вероятно может могут
    нібито імовірно ймовірно можливо може можуть
    angeblich mutmaßlich vermutlich möglicherweise wahrscheinlich vielleicht könnte könnten soll
    sollen dürfte dürften etwa
    prétendument apparemment peut-être probablement pourrait pourraient serait seraient environ
    supuestamente presuntamente quizá quizás probablemente posiblemente podría podrían habría
    habrían
    ربما قد زعم يزعم مزعوم محتمل يحتمل نحو حوالي
    אולי לכאורה ייתכן כנראה עשוי עשויה עשויים בערך
""")
# Chinese, Japanese and Korean write these without a space on either side.
_NEGATION_INSIDE = re.compile("[不没沒無无未非]|ない|なかっ|ません|않|없|아니|못")
_HEDGE_INSIDE = re.compile(
    "可能|或许|或許|据称|據稱|据报|據報|涉嫌|约|約|かもしれ|みられ|おそらく|恐らく"
    "|추정|아마|것으로 보인"
)

_ALL = NEGATIONS | HEDGES
_WORD = re.compile(r"[a-z]+")
_TOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_SENTENCE_END = re.compile(r"(?<!\b[A-Z])[.!?…][\"'”’»)\]]*\s+(?=[\"'“‘«(\[]?[^\W\d_a-z]|$)|[;\n]")
_ENDED = re.compile(r"(?<!\b[A-Z])[.!?…;][\"'”’»)\]]*$")
_TURN = re.compile(r"[,—–]\s*(?:and|but|while|yet|whereas|although|though)\b", re.IGNORECASE)
_CLAUSE = re.compile(
    r"\b(?:and|but|while|yet|which|who|whose|that|where|when|as|because|although|though|or|so|if|"
    r"whether)\b",
    re.IGNORECASE,
)
_REACH = 80  # characters looked at on either side


def is_negation(word: str) -> bool:
    plain = word.lower().replace("’", "'")
    return plain in NEGATIONS or plain.endswith("n't")


def is_hedge(word: str) -> bool:
    """Say whether *word* softens; “May” with a capital is taken for the month."""
    return word.lower() in HEDGES and word != "May"


def may_negate(word: str) -> bool:
    """Say whether *word* turns a statement round in any of the languages known here."""
    return (
        is_negation(word)
        or word.lower().startswith(("n'", "n’"))
        or word.lower() in _NEGATIONS_ELSEWHERE
        or _NEGATION_INSIDE.search(word) is not None
    )


def may_hedge(word: str) -> bool:
    """Say whether *word* softens a statement, or a figure, in any of the languages known here."""
    return (
        is_hedge(word)
        or word.lower() in QUALIFIERS
        or word.lower() in _HEDGES_ELSEWHERE
        or _HEDGE_INSIDE.search(word) is not None
    )


def find_hedge(
    text: str, start: int, end: int, *, floor: int = 0, ceiling: int | None = None
) -> str | None:
    """Return the words from a negation or hedge to the quotation text[start:end], or from it on.

    Only text[floor:ceiling] counts as outside it.

    Looks four words back and three ahead, never over the end of a sentence or into the next clause.
    Before a figure, a qualifier ("up to", "about") counts too.
    """
    if start > floor:
        window = text[max(floor, start - _REACH) : start]
        figure = text[start].isdigit()
        if figure or _may_soften(window, slice(-4, None)):
            found = _find_before(window, figure=figure)
            if found:
                return found
    ceiling = len(text) if ceiling is None else ceiling
    ended = not text[end - 1].isalnum() and _ENDED.search(text, max(start, end - 4), end)
    if end < ceiling and not ended:
        window = text[end : min(end + _REACH, ceiling)]
        if _may_soften(window, slice(3)):
            return _find_after(window)
    return None


def _may_soften(window: str, near: slice) -> bool:
    """Say whether it is worth looking closer; nearly always it is not."""
    plain = window.lower()
    if not plain.isascii():
        plain = plain.replace("’", "'")
    words = plain.split()[near]
    return (
        not _ALL.isdisjoint(words)
        or "n't" in plain
        or not _ALL.isdisjoint(_WORD.findall(" ".join(words)))
    )


def _find_before(window: str, *, figure: bool) -> str | None:
    for stop in (_SENTENCE_END, _TURN):
        *_, last = [0, *(stop_at.end() for stop_at in stop.finditer(window))]
        window = window[last:]
    words = list(_TOKEN.finditer(window))[-4:]
    for word in words:
        if is_negation(word.group()) or is_hedge(word.group()):
            return window[word.start() :].strip(" ,")
    if figure and words and _qualifies(window, words[-1].group()):
        return window[words[-2 if len(words) > 1 else -1].start() :].strip()
    return None


def _find_after(window: str) -> str | None:
    for stop in (_SENTENCE_END, _CLAUSE):
        cut = stop.search(window)
        window = window[: cut.start()] if cut else window
    for word in list(_TOKEN.finditer(window))[:3]:
        if is_negation(word.group()) or is_hedge(word.group()):
            return window[: word.end()].strip(" ,")
    return None


def _qualifies(window: str, last: str) -> bool:
    return last.lower() in QUALIFIERS or window.rstrip().lower().endswith("up to")
