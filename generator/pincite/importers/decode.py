"""Bytes to text that may stand in a content file, whatever the bytes; nothing raises."""

import re
from typing import Final, NamedTuple

#: What the reader of records refuses, but for the ends of lines, which are folded.
_BAD: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069"
    "\ud800-\udfff\ufdd0-\ufdef\ufeff\ufffe\uffff]"
)
_BREAKS: Final = re.compile("\r\n?|[\u2028\u2029\x85]")
_BOMS: Final = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))


class Decoded(NamedTuple):
    """*text* has line feeds only; *notes* say in words what was not as it should be."""

    text: str
    notes: tuple[str, ...] = ()


def decode(data: bytes | str) -> Decoded:
    """Decode UTF-8 or UTF-16 with a mark, UTF-8 without, else Windows-1252."""
    notes: list[str] = []
    text = data.removeprefix("\ufeff") if isinstance(data, str) else _decode_bytes(data, notes)
    return Decoded(clean(text, notes), tuple(notes))


def clean(text: str, notes: list[str] | None = None) -> str:
    """Fold line breaks to line feeds and leave out characters that cannot stand in text."""
    text = _BREAKS.sub("\n", text)
    if text.isascii() and text.isprintable():
        return text
    cleaned, count = _BAD.subn("", text)
    if count and notes is not None:
        many = "characters" if count > 1 else "character"
        notes.append(f"{count} invisible {many} that cannot stand in text (control marks) left out")
    return cleaned


def _decode_bytes(data: bytes, notes: list[str]) -> str:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            text = data[len(mark) :].decode(encoding, "replace")
            if "\ufffd" in text:
                notes.append(f"bytes that are not {encoding.upper()} became U+FFFD")
            return text
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        notes.append("the file is not UTF-8 and was read as Windows-1252; look at the accents")
        return data.decode("cp1252", "replace")
