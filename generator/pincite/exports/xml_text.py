"""Text in XML 1.0, which cannot hold every character, not even escaped."""

import re
from xml.sax.saxutils import escape, quoteattr

_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def text(value: str) -> str:
    """Escape *value* as the content of an element; a forbidden character becomes U+FFFD."""
    return escape(_FORBIDDEN.sub("\ufffd", value))


def attribute(value: str) -> str:
    """Return *value* as an attribute's value, in quotation marks."""
    return quoteattr(_FORBIDDEN.sub("\ufffd", value))
