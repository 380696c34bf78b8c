"""What Pincite's YAML leaves out, each with its reason and what to write instead.

Places are code points of the parsed text.
"""

import re
from typing import Any, Final

from pincite.base.diagnostics import Diagnostic, Label, error
from pincite.base.shown import shortened
from pincite.base.text import Span

MAX_FINDINGS: Final = 100

_BLANK_LINES: Final = re.compile(
    "(?>[ \t]*(?:#[^\r\n\x85\u2028\u2029]*)?(?:[\r\n\x85\u2028\u2029]|\\Z))*+[ \t]*"
)
_WORD: Final = re.compile(r"[^\s,\[\]{}]{1,40}|\S?")


class Findings:
    """Findings with places relative to *base*; beyond a hundred they are only counted."""

    def __init__(self, path: str, base: int) -> None:
        self.path = path
        self.base = base
        self.listed: list[Diagnostic] = []
        self.unlisted = 0
        self.last: Diagnostic | None = None

    def add(
        self,
        code: str,
        start: int,
        end: int,
        message: str,
        help: str | None = None,
        label: tuple[int, int, str] | None = None,
    ) -> None:
        if len(self.listed) >= MAX_FINDINGS:
            self.unlisted += 1
            return
        self.listed.append(self._finding(code, start, end, message, help, label))

    def end_with(
        self,
        code: str,
        start: int,
        end: int,
        message: str,
        help: str | None = None,
        label: tuple[int, int, str] | None = None,
    ) -> None:
        """Add the finding that ends the reading; it is listed whatever came before."""
        self.last = self._finding(code, start, end, message, help, label)

    def all(self) -> tuple[Diagnostic, ...]:
        found = self.listed
        if self.unlisted:
            more = f"{self.unlisted} more findings of this kind in this file are not listed"
            found = [*found, error("yaml-refused", found[-1].span, more)]
        return (*found, self.last) if self.last else tuple(found)

    def _finding(
        self,
        code: str,
        start: int,
        end: int,
        message: str,
        help: str | None,
        label: tuple[int, int, str] | None,
    ) -> Diagnostic:
        base = self.base
        labels = (
            (Label(span=Span(self.path, base + label[0], base + label[1]), text=label[2]),)
            if label
            else ()
        )
        span = Span(self.path, base + start, base + end)
        return error(code, span, message, help=help, labels=labels)


def unreadable(character: str) -> tuple[str, str]:
    number = f"U+{ord(character):04X}"
    if "\ud800" <= character <= "\udfff":
        return (
            f"half a surrogate pair ({number}) is no character",
            "the file was cut or converted wrongly; save it as UTF-8 and write the character again",
        )
    return f"the character {number} cannot stand in YAML", "delete it; it is usually invisible"


def refuse_properties(event: Any, body: str, findings: Findings) -> None:
    """Refuse the ``&anchor`` and ``!tag`` before a value."""
    at = event.start_mark.index
    word = _word(body, at)
    if event.anchor is not None:
        findings.add(
            "yaml-refused",
            *word,
            "anchors (`&…`) are not part of Pincite's YAML: a value stands where it is used",
            "remove it, or put text that begins with `&` in quotes",
        )
    if event.tag is not None:
        findings.add(
            "yaml-refused",
            *word,
            "tags (`!…`) are not part of Pincite's YAML: the key decides the type of its value",
            "remove it, or put text that begins with `!` in quotes",
        )


def refuse_alias(start: int, end: int, findings: Findings) -> None:
    findings.add(
        "yaml-refused",
        start,
        end,
        "aliases (`*…`) are not part of Pincite's YAML: a value stands where it is used",
        "write the value out, or put text that begins with `*` in quotes",
    )


def refuse_key(
    key: str, place: tuple[int, int], first: tuple[int, int] | None, findings: Findings
) -> None:
    """Refuse a key that stands twice (the *first* time there), merges or is null."""
    if first is not None:
        findings.add(
            "duplicate-key",
            *place,
            f"the key `{shortened(key)}` stands twice in this mapping",
            "keep one of the two; where a new item is meant, begin it with `- `",
            (*first, "first written here"),
        )
    elif key == "<<":
        findings.add(
            "yaml-refused",
            *place,
            "merge keys (`<<`) are not part of Pincite's YAML: a value stands where it is used",
            "write the keys out",
        )
    else:
        findings.add(
            "yaml-refused",
            *place,
            "a key is missing before this `:`" if not key else "null cannot be a key",
            "write the key" if not key else f'write "{key}" in quotes if it is text',
        )


def refuse_collection_key(at: int, body: str, findings: Findings) -> None:
    findings.add(
        "yaml-refused",
        *_word(body, at),
        "a list or mapping cannot be a key",
        "put text that begins with `[`, `{` or `?` in quotes",
    )


def refuse_rest(at: int, body: str, findings: Findings) -> None:
    """Refuse whatever follows the document; it is not parsed, so it costs nothing."""
    blank = _BLANK_LINES.match(body, at)
    at = blank.end() if blank else at
    if at == len(body):
        return
    place = _word(body, at)
    if body.startswith(("---", "...", "%"), at):
        findings.add(
            "yaml-refused",
            *place,
            "a second document begins here; a file holds one",
            "remove the line, or make the rest a file of its own",
        )
    else:
        findings.end_with(
            "yaml-syntax",
            *place,
            "this line does not belong to what stands above it",
            "check its indentation: keys of one mapping, and the `-` of one list, line up",
        )


def _word(body: str, at: int) -> tuple[int, int]:
    """Return the place of the word at *at*, never past the end."""
    found = _WORD.match(body, at)
    return (at, found.end()) if found else (at, at)
