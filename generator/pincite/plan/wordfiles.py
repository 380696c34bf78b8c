"""Files of interface words, ``templates/i18n/*.json``, and what is wrong with them.

A word fits where the one it replaces stood, or it is left out with a finding: whoever fills words
in afterwards meets no other shape.
"""

import json
import re
from collections.abc import Iterator, Mapping
from string import Formatter
from typing import Any

from pincite.base.diagnostics import Diagnostic, error
from pincite.base.digest import digest_bytes
from pincite.base.near import did_you_mean
from pincite.base.shown import shortened
from pincite.base.text import Span, Text
from pincite.dates.phrases import tables_of
from pincite.plan.findings import finding_words
from pincite.plan.words import Words

FOLDER = "i18n/"
SHIPPED = "i18n/shipped/"  # where the reader keeps our words that a site's own file hides
PARTS = ("", "-said", "-extra", "-script", "-verify", "-findings")
_CODE = "words-refused"
_SHAPE = 'it holds words by key: `{"key": "words"}`, a comma between two and none after the last'
_NO_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def read_words(
    language: str, theme: Mapping[str, bytes]
) -> tuple[Words, tuple[Diagnostic, ...], Mapping[str, Text]]:
    """Return the interface words of *language*, English where a language lacks one.

    With them come the findings, and the texts that these stand in.
    """
    table: dict[str, Any] = dict(finding_words())
    content, found, texts = [], [], {}
    for name in dict.fromkeys(("en", *reversed(tables_of(language)))):
        for folder in (SHIPPED, FOLDER):  # what a site leaves out of a file, ours says
            for part in PARTS:
                file = f"{folder}{name}{part}.json"
                if file in theme:
                    content.append(theme[file])
                    text, words, faults = _read_table(f"templates/{file}", theme[file], table)
                    table.update(words)
                    if faults:
                        found += faults
                        texts[text.path] = text
    version = digest_bytes(b"".join(content))
    return Words(language=language, version=version, table=table), tuple(found), texts


def _read_table(
    path: str, data: bytes, known: Mapping[str, Any]
) -> tuple[Text, dict[str, Any], list[Diagnostic]]:
    """Read one file; each word must fit where the word it replaces stood."""
    try:
        text = Text(path, data.decode("utf-8-sig"))
    except UnicodeDecodeError as problem:
        text = Text(path, data.decode("utf-8-sig", "replace"))
        at = len(data[: problem.start].decode("utf-8-sig"))
        why = f"byte {problem.start} is not UTF-8"
        place = Span(path, at, at + 1)
        return text, {}, [error("file-encoding", place, why, help="save the file as UTF-8")]
    try:
        table = json.loads(text.value)
    except json.JSONDecodeError as problem:
        why = problem.msg[:1].lower() + problem.msg[1:]
        return text, {}, [_refused(text, problem.pos, problem.pos + 1, f"no JSON: {why}", _SHAPE)]
    except (ValueError, RecursionError):  # a number without end, lists inside one another
        return text, {}, [_refused(text, 0, 1, "no words can be read from this", _SHAPE)]
    if not isinstance(table, dict):
        return text, {}, [_refused(text, 0, 1, "this is no object of words by key", _SHAPE)]
    words: dict[str, Any] = {}
    found: list[Diagnostic] = []
    for key, word, start, end in _entries(text.value):
        fault = _fault(key, word, known)
        if key in words:
            fault = f"`{shortened(key)}` stands here a second time", "keep one of them"
        if fault:
            found.append(_refused(text, start, end, *fault))
        else:
            words[key] = word
    return text, words, found


def _refused(text: Text, start: int, end: int, message: str, help: str) -> Diagnostic:
    return error(_CODE, Span(text.path, start, end), message, help=help)


def _entries(text: str) -> Iterator[tuple[str, Any, int, int]]:
    """Yield each key of the object that *text* is, its value, and the place of the key."""
    decoder = json.JSONDecoder()

    def skip(at: int) -> int:
        while text[at] in " \t\n\r":
            at += 1
        return at

    at = skip(skip(0) + 1)
    while text[at] != "}":
        key, end = decoder.raw_decode(text, at)
        word, after = decoder.raw_decode(text, skip(skip(end) + 1))
        yield key, word, at, end
        at = skip(after)
        if text[at] == ",":
            at = skip(at + 1)


def _fault(key: str, word: object, known: Mapping[str, Any]) -> tuple[str, str] | None:
    """Return what is wrong with *word*, and the way out."""
    name = f"`{shortened(key)}`"
    model = known.get(key, word)
    if not (isinstance(word, str) or _are_forms(word)):
        help = did_you_mean(key, known) if key not in known else None
        return f"{name} is no text, nor texts by plural category", help or _SHAPE
    texts = _texts(word)
    if any(map(_NO_TEXT.search, texts)):
        return f"{name} holds a character that cannot stand in text", "delete it"
    meant = f"the English word is {json.dumps(model, ensure_ascii=False)}"
    if isinstance(word, str) != isinstance(model, str):
        shape = "text" if isinstance(model, str) else "texts by plural category"
        return f"{name} must be {shape}", meant
    allowed = {field for text in _texts(model) for field in _fields(text)}
    if any(not _fields(text) <= allowed for text in texts):
        return (
            f"{name} cannot be filled in",
            f"{meant}; what stands in braces there may stand in braces here, and nothing else",
        )
    return None


def _are_forms(word: object) -> bool:
    """Whether *word* is texts by plural category."""
    return (
        isinstance(word, dict)
        and "other" in word
        and all(isinstance(form, str) for form in word.values())
    )


def _texts(word: Any) -> tuple[str, ...]:
    return (word,) if isinstance(word, str) else tuple(word.values())


def _fields(text: str) -> set[str]:
    """Return what stands in braces in *text*; an impossible name where it is more than a name."""
    try:
        parts = [part for part in Formatter().parse(text) if part[1] is not None]
    except ValueError:
        return {"{"}
    return {"{" if form or conversion else str(name) for _, name, form, conversion in parts}
