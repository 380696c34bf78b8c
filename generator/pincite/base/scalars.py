"""Text that stands for a value: each function returns the value or the Problem with the text.

None of them raises, whatever the text.
"""

import re
import unicodedata
from datetime import date, datetime
from typing import Final, TypeVar
from urllib.parse import unquote, urlsplit

from pincite.base.near import did_you_mean
from pincite.base.schema import Choice, Integer, Number, Problem, Url
from pincite.base.shown import printable, shortened

SLUG_LENGTH: Final = 100
SLUG_BYTES: Final = 240  # file systems allow 255, and `.part` is written beside a page
SLUG_PATTERN: Final = r"^[\p{L}\p{Nd}][\p{L}\p{M}\p{Nd}-]*$"
DEVICE_NAME: Final = (
    "[cC][oO][nN]|[pP][rR][nN]|[aA][uU][xX]|[nN][uU][lL]|([cC][oO][mM]|[lL][pP][tT])[0-9]"
)
LANGUAGE_PATTERN: Final = "^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$"
TIMESTAMP_PATTERN: Final = (
    r"^[0-9]{4}-[0-9]{2}-[0-9]{2}"
    r"([Tt ][0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,9})?([Zz]|[+-][0-9]{2}:[0-9]{2}))?$"
)
SHA256_PATTERN: Final = "^[0-9A-Fa-f]{64}$"
INTEGER_PATTERN: Final = "^(0|-?[1-9][0-9]{0,17})$"
NUMBER_PATTERN: Final = r"^-?(0|[1-9][0-9]{0,17})(\.[0-9]{1,17})?$"

_N = TypeVar("_N", int, float)
_PLAIN_SLUG: Final = re.compile("[A-Za-z0-9][A-Za-z0-9-]*")
_DEVICE: Final = re.compile(DEVICE_NAME)
_LANGUAGE: Final = re.compile(LANGUAGE_PATTERN)
_TIMESTAMP: Final = re.compile(TIMESTAMP_PATTERN)
_SHA256: Final = re.compile(SHA256_PATTERN)
_INTEGER: Final = re.compile(INTEGER_PATTERN)
_NUMBER: Final = re.compile(NUMBER_PATTERN)
_NO_HOST: Final = re.compile(r"[\s#%/<>?@\\^|\x00-\x1f\x7f]")
_SCHEME: Final = re.compile("[A-Za-z][A-Za-z0-9+.-]*(?=:)")
_NOT_IN_PATH: Final = re.compile(r'[<>:"|?*\\\x00-\x1f\x7f]')
_WORDS_FOR_BOOLEAN: Final = {
    **dict.fromkeys(("yes", "y", "on", "1", "true"), "true"),
    **dict.fromkeys(("no", "n", "off", "0", "false"), "false"),
}


def parse_slug(text: str) -> str | Problem:
    """Return *text* if it may be a permanent id."""
    problem = _find_slug_problem(text)
    if problem is None:
        return text
    return problem if problem.help else problem._replace(help=_offer_slug(text))


def _find_slug_problem(text: str) -> Problem | None:
    if not text:
        return Problem("an id cannot be empty", code="bad-id")
    if len(text) > SLUG_LENGTH:
        return Problem(
            f"an id has at most {SLUG_LENGTH} characters, this one has {len(text)}",
            SLUG_LENGTH,
            len(text),
            "it becomes an address: a few words are enough",
            "bad-id",
        )
    if len(text.encode("utf-8", "replace")) > SLUG_BYTES:
        return Problem(
            f"this id takes more than {SLUG_BYTES} bytes, too many for the name of a folder",
            help="it becomes an address: a few words are enough",
            code="bad-id",
        )
    if not _PLAIN_SLUG.fullmatch(text):
        for at, character in enumerate(text):
            category = unicodedata.category(character)
            if category[0] == "L" or category == "Nd" or (at and category[0] == "M"):
                continue
            if at and character == "-":
                continue
            what = "a space" if character == " " else f"`{printable(character)}`"
            where = "stand in an id" if at else "begin an id"
            return Problem(f"{what} cannot {where}", at, at + 1, code="bad-id")
        if unicodedata.normalize("NFC", text) != text:
            return Problem(
                "this id is written with letters and accents apart (it is not in Unicode's form C)",
                help="write it anew on a keyboard: it looks the same and is another text",
                code="bad-id",
            )
    if _DEVICE.fullmatch(text):
        return Problem(
            f"`{text}` is the name of a device on Windows and cannot be a folder there",
            help=f"add a word, such as `{text}-1`",
            code="bad-id",
        )
    return None


def _offer_slug(text: str) -> str:
    kept = "".join(
        character if unicodedata.category(character)[0] in "LM" or character.isdecimal() else " "
        for character in unicodedata.normalize("NFC", text)
    )
    offer = "-".join(kept.split())
    rule = "an id holds letters, digits and `-`"
    return rule if _find_slug_problem(offer) else f"{rule}; write `{offer}`"


def parse_choice(text: str, kind: Choice) -> str | Problem:
    if text in kind.values:
        return text
    listed = ", ".join(f"`{value}`" for value in kind.values[:20])
    if len(kind.values) > 20:
        listed += f" and {len(kind.values) - 20} more"
    near = did_you_mean(text, kind.values)
    return Problem(
        f"`{shortened(text)}` is not a {kind.what}",
        help=f"{near} It may be {listed}" if near else f"it may be {listed}",
        code="unknown-choice",
    )


def parse_integer(text: str, kind: Integer) -> int | Problem:
    if not _INTEGER.match(text) or text.endswith("\n"):
        return Problem(
            f"`{shortened(text)}` is not a whole number", help="write digits only, such as 1200"
        )
    return _within(int(text), kind)


def parse_number(text: str, kind: Number) -> float | Problem:
    """Return an int where *text* has no fraction, else the nearest float (IEEE 754)."""
    if not _NUMBER.match(text) or text.endswith("\n"):
        way_out = "write digits, with a point before a fraction, such as 1200 or 12.5"
        if re.fullmatch(r"[-+]?[0-9]{1,3}([,'’_   .][0-9]{3})+", text):
            way_out = f"write it without separators: {re.sub('[^0-9-]', '', text)}"
        return Problem(f"`{shortened(text)}` is not a number", help=way_out)
    return _within(float(text) if "." in text else int(text), kind)


def _within(value: _N, kind: Integer | Number) -> _N | Problem:
    if kind.minimum is not None and value < kind.minimum:
        return Problem(f"{value} is less than {kind.minimum}, the least that makes sense here")
    if kind.maximum is not None and value > kind.maximum:
        return Problem(f"{value} is more than {kind.maximum}, the most that makes sense here")
    return value


def parse_boolean(text: str) -> bool | Problem:
    if text in {"true", "false"}:
        return text == "true"
    meant = _WORDS_FOR_BOOLEAN.get(text.casefold())
    return Problem(
        f"`{shortened(text)}` is neither `true` nor `false`",
        help=f"write `{meant}`" if meant else "write `true` or `false`",
    )


def parse_url(text: str, kind: Url) -> str | Problem:
    """Return *text* if it is an absolute URL of an allowed scheme; it is not changed."""
    found = re.search(r"[\s<>\"\\^`{|}\x00-\x1f]", text)
    if found:
        what = "white space" if found[0].isspace() else f"`{printable(found[0])}`"
        return Problem(
            f"{what} cannot stand in a URL",
            found.start(),
            found.end(),
            f"write `%{ord(found[0]):02X}` if it belongs there" if ord(found[0]) < 128 else None,
            "bad-url",
        )
    scheme = _SCHEME.match(text)
    listed = " or ".join(f"`{name}:`" for name in kind.schemes)
    if scheme is None or "." in scheme[0]:
        offer = f"write `https://{shortened(text)}`" if "." in text and text[:1] != "/" else None
        return Problem(f"a URL begins with {listed}", help=offer, code="bad-url")
    if scheme[0].lower() not in kind.schemes:
        return Problem(
            f"`{scheme[0]}:` links are not allowed here; a URL begins with {listed}",
            scheme.start(),
            scheme.end(),
            code="bad-url",
        )
    try:
        parts = urlsplit(text)
        complete = bool(parts.hostname) and (parts.port is None or parts.port >= 0)
        # Browsers decode a host, and go nowhere if what comes out is none.
        host = unicodedata.normalize("NFKC", unquote(parts.netloc.rpartition("@")[2]))
        complete = complete and not _NO_HOST.search(host)
    except ValueError:
        complete = False
    if scheme[0].lower() in {"http", "https"} and not (
        complete and text[scheme.end() :].startswith("://")
    ):
        return Problem("this URL names no valid host", code="bad-url")
    if kind.base and (found := re.search(r"[?#]", text)):
        return Problem(
            f"`{found[0]}` cannot stand in an address that others begin with",
            found.start(),
            found.end(),
            f"write `{shortened(text[: found.start()])}`",
            "bad-url",
        )
    return text


def parse_language(text: str) -> str | Problem:
    if _LANGUAGE.fullmatch(text) and len(text) <= 35:
        return text
    return Problem(
        f"`{shortened(text)}` is not a language tag",
        help="write the code of BCP 47, such as `en`, `uk`, `ko` or `pt-BR`",
    )


def parse_timestamp(text: str) -> str | Problem:
    """Return *text* if it is a real day or a real moment with its offset (RFC 3339)."""
    if not _TIMESTAMP.fullmatch(text):
        way_out = "write a day, 2025-02-07, or a moment with its offset, 2025-02-07T14:30:00Z"
        if _TIMESTAMP.fullmatch(text + "Z"):
            way_out = f"say which clock: `{text}Z` for UTC, or end with an offset such as `+02:00`"
        return Problem(f"`{shortened(text)}` is not a timestamp", help=way_out)
    try:
        if len(text) == 10:
            date.fromisoformat(text)
        else:
            datetime.fromisoformat(text.upper())
    except ValueError:
        return Problem(f"`{text}` does not exist in the calendar or on the clock")
    return text


def parse_sha256(text: str) -> str | Problem:
    if _SHA256.fullmatch(text):
        return text.lower()
    return Problem(
        f"a SHA-256 has 64 hexadecimal digits, this text has {len(text)} characters"
        if len(text) != 64
        else "a SHA-256 has only the digits 0 to 9 and a to f",
        help="copy it from `sha256sum FILE`",
    )


def parse_path(text: str) -> str | Problem:
    """Return *text* if it stays inside its folder and can be a file on every system."""
    wrong = _NOT_IN_PATH.search(text)
    if wrong:
        return Problem(
            f"`{printable(wrong[0])}` cannot stand in a path",
            wrong.start(),
            wrong.end(),
            "folders are separated by `/`" if wrong[0] == "\\" else "rename the file",
        )
    if text.startswith("/"):
        return Problem("a path cannot begin with `/`", 0, 1, "it is relative to its folder")
    at = 0
    for part in text.split("/"):
        stem = part.split(".")[0].rstrip(" ")
        problem = None
        if not part:
            problem = "a path cannot be empty or have empty parts"
        elif part in {".", ".."}:
            problem = f"`{part}` cannot stand in a path: a path stays inside its folder"
        elif _DEVICE.fullmatch(stem):
            problem = f"`{stem}` is the name of a device on Windows and cannot be a file there"
        elif part[-1] in ". ":
            problem = "a name that ends with a dot or a space cannot be a file on Windows"
        elif len(part.encode(errors="replace")) > 255:
            problem = "a name has at most 255 bytes"
        if problem:
            return Problem(problem, at, at + len(part))
        at += len(part) + 1
    return text
