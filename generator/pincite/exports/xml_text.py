"""Text in XML 1.0, which cannot hold every character, not even escaped.

The standard library's functions for this import all that fetches from the network.
"""

import re

_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def text(value: str) -> str:
    """Escape *value* as the content of an element; a forbidden character becomes U+FFFD."""
    plain = _FORBIDDEN.sub("\ufffd", value)
    return plain.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def attribute(value: str) -> str:
    """Return *value* as an attribute's value, in quotation marks."""
    # Bare tabs and line breaks would be read as spaces.
    escaped = text(value).replace('"', "&quot;").replace("\t", "&#9;")
    return '"' + escaped.replace("\n", "&#10;").replace("\r", "&#13;") + '"'
