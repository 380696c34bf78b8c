"""Links into live pages: text fragments (WICG Scroll to Text Fragment)."""

import re
from functools import lru_cache
from urllib.parse import quote

_LONGEST = 300  # a longer text is named by its first and last words
_WORDS = 5
_ODD = re.compile("[^A-Za-z0-9_.~%]")
_COMMON = (("%", "%25"), (" ", "%20"), (",", "%2C"), ("-", "%2D"))  # the first is in all others


def live_address(url: str, exact: str) -> str:
    """Return *url* with a fragment that makes browsers scroll to *exact* and highlight it."""
    base = url.partition("#")[0]
    words = exact.split()
    if not words:
        return url
    if len(exact) <= _LONGEST or len(words) < 2 * _WORDS:
        return f"{base}#:~:text={_term(' '.join(words))}"
    start, end = " ".join(words[:_WORDS]), " ".join(words[-_WORDS:])
    return f"{base}#:~:text={_term(start)},{_term(end)}"


def _term(text: str) -> str:
    """Encode one term; a bare ``-`` would be read as the end of a prefix."""
    for letter, code in _COMMON:
        text = text.replace(letter, code)
    for letter in set(_ODD.findall(text)):
        text = text.replace(letter, _encode(letter))
    return text


@lru_cache(maxsize=1024)
def _encode(letter: str) -> str:
    return quote(letter, safe="")
