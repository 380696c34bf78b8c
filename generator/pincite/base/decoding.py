"""Bytes of a text or a page to characters, by the bytes alone, so that the proof can do the same.

Bytes that are UTF-8 are UTF-8 whatever they claim; only then is a declaration believed.
"""

import codecs
import re
from typing import NamedTuple

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_HEAD_BYTES = 4096
_DECLARED = re.compile(
    rb"""<meta\s[^>]{0,400}?charset\s*=\s*["']?\s*([\w.:-]{2,40})|"""
    rb"""\A\s*<\?xml\s[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{2,40})""",
    re.IGNORECASE,
)
# What the labels mean on the web (WHATWG Encoding Standard), where Python takes them literally.
_MEANT = {
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "utf-16": "utf-8",
    "utf-16-le": "utf-8",
    "utf-16-be": "utf-8",
    "utf-32": "utf-8",
}
_NOT_TEXT = frozenset({"base64", "bz2", "hex", "quopri", "rot13", "uu", "zlib", "punycode", "idna"})


class Decoded(NamedTuple):
    text: str
    encoding: str
    doubt: str = ""  # a sentence, where the bytes and what is said of them disagree


def decode(data: bytes, header: str = "") -> Decoded:
    """Return the characters of *data*; every byte string has some.

    *header* is the charset that came with the answer; it counts only where the bytes say nothing,
    for it is not kept with the snapshot.
    """
    for bom, name in _BOMS:
        if data.startswith(bom):
            return _read(data[len(bom) :], name, "")
    declared = _find_declared(data)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        lies = bool(declared) and declared not in {"utf-8", ""} and not text.isascii()
        doubt = f"the page calls its characters {declared}; they are UTF-8" if lies else ""
        return Decoded(text, "utf-8", doubt)
    if declared == "utf-8" and not _is_mostly_utf8(data):
        return _read(
            data,
            "cp1252",
            "the page calls its characters UTF-8, they are not: read as Windows-1252",
        )
    if declared:
        return _read(data, declared, "")
    if _is_mostly_utf8(data):
        return _read(data, "utf-8", "")
    named = find_codec(header)
    if named and named != "utf-8":
        return _read(
            data, named, f"only the server said that the characters are {named}; the file does not"
        )
    return _read(data, "cp1252", "nothing says how the characters are coded: read as Windows-1252")


def find_codec(label: str) -> str:
    """Return Python's name of the codec that *label* means on the web; empty when there is none."""
    try:
        name = codecs.lookup(label.strip().strip("\"'").lower()).name
    except (LookupError, ValueError):
        return ""
    return "" if name in _NOT_TEXT else _MEANT.get(name, name)


def _find_declared(data: bytes) -> str:
    found = _DECLARED.search(data[:_HEAD_BYTES])
    return find_codec((found[1] or found[2]).decode("ascii")) if found else ""


def _read(data: bytes, name: str, doubt: str) -> Decoded:
    if name == "utf-8" or not _is_codec_of_text(name):
        name = "utf-8"
    text = data.decode(name, "replace")
    lost = text.count("\ufffd") - data.count("\ufffd".encode())
    if lost > 0:
        doubt = "; ".join(filter(None, (doubt, f"{lost} bytes are not {name}: see the �")))
    return Decoded(text, name, doubt)


def _is_codec_of_text(name: str) -> bool:
    try:
        return isinstance(b"a".decode(name, "replace"), str)
    except (LookupError, ValueError, TypeError):
        return False


def _is_mostly_utf8(data: bytes) -> bool:
    """Say whether *data* is UTF-8 with a few broken bytes, rather than something else."""
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    whole = sum(1 for character in text if character > "\x7f" and character != "\ufffd")
    return whole > 4 * broken
