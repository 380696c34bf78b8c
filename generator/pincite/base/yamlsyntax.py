"""What libyaml and PyYAML say about broken YAML, in words that help to mend it."""

import re
from typing import Final, TypeAlias

import yaml

# start and end in the parsed text, message, help, and a second place with its text
SyntaxProblem: TypeAlias = tuple[int, int, str, str | None, tuple[int, int, str] | None]


def syntax_error(body: str, fault: yaml.MarkedYAMLError) -> SyntaxProblem:
    """Return place and words for *fault*, found in *body* by either parser."""
    problem = _said(fault.problem)
    context = _said(fault.context)
    at = _index(fault.problem_mark, len(body))
    opened = _index(fault.context_mark, len(body)) if fault.context_mark else None
    character = body[at : at + 1]
    end = min(at + 1, len(body))

    if "quoted scalar" in context and "escape" not in problem and opened is not None:
        return (
            opened,
            opened + 1,
            "this quotation mark is never closed",
            "close it; an apostrophe in single quotes is `''`, and `\"` in double quotes `\\\"`",
            None,
        )
    if "escape" in problem or "hexadecimal" in problem:
        return (
            *_escape(body, at),
            "this is not an escape sequence of double-quoted text",
            "double the backslash, or use single quotes, where a backslash is just a backslash",
            None,
        )
    if character == "\t" or "tab character" in problem:
        return at, end, "a tab cannot indent YAML", "indent with spaces", None
    if "cannot start any token" in problem:
        name = "a backtick" if character == "`" else f"`{character}`"
        return at, end, f"a value cannot begin with {name}", "put it in quotes", None
    if "alias" in context or "anchor" in context:
        name = "alias" if "alias" in context else "anchor"
        place = opened if opened is not None else at
        return (
            place,
            end,
            f"text that begins with `{body[place : place + 1]}` reads as an {name}",
            "put it in quotes, or write the text as a block after `|`",
            None,
        )
    if "tag" in context or "tag" in problem:
        place = opened if opened is not None else at
        if body.startswith("%", place):
            return place, end, "a line cannot begin with `%`", "indent it or put it in quotes", None
        return place, end, "text that begins with `!` reads as a tag", "put it in quotes", None
    if "mapping values are not allowed" in problem:
        return _stray_colon(body, at)
    if "sequence entries are not allowed" in problem:
        return (
            at,
            end,
            "a list cannot begin on this line",
            "begin the list on the line after its key, or put text that begins with `- ` in quotes",
            None,
        )
    if "block scalar" in context:
        return (
            at,
            end,
            "a block of text after `|` or `>` cannot begin like this",
            "begin the text on the next line, each line indented by the same number of spaces",
            None,
        )
    if "flow" in context:
        return _unclosed(body, at, opened)
    if "could not find expected ':'" in problem:
        return _missing_colon(body, at, opened)
    return _misplaced(body, at, opened, context)


def _said(text: object) -> str:
    return text if isinstance(text, str) else ""


def _index(mark: object, length: int) -> int:
    index = getattr(mark, "index", 0)
    return max(0, min(int(index), length))


def _escape(body: str, at: int) -> tuple[int, int]:
    start = body.rfind("\\", 0, at + 1)
    return (start, min(start + 2, len(body))) if start >= 0 else (at, min(at + 1, len(body)))


_KEY_BEFORE: Final = re.compile(r"[^\r\n]*?\S:[ \t]+[^\r\n]*\S|[^\r\n]*?\?[ \t]")


def _stray_colon(body: str, at: int) -> SyntaxProblem:
    end = min(at + 1, len(body))
    line = max(body.rfind("\n", 0, at), body.rfind("\r", 0, at)) + 1
    if _KEY_BEFORE.match(body, line, at):
        return (
            at,
            end,
            "a `:` followed by a space cannot stand in a value without quotes",
            "put the whole value in quotes",
            None,
        )
    indented = len(body[line:at]) - len(body[line:at].lstrip(" "))
    return (
        line + indented,
        end,
        "this key is indented more than its neighbours, so it reads as part of the value above",
        "line it up with the keys of its mapping, or leave the key above without a value",
        None,
    )


_COMMENT: Final = re.compile(r"(?<=[ \t])#[^\s,\]}]+")


def _unclosed(body: str, at: int, opened: int | None) -> SyntaxProblem:
    if opened is None or body[opened : opened + 1] not in ("[", "{"):
        # Where an item was expected the parser does not say which bracket it is in.
        opened = max(body.rfind("[", 0, at), body.rfind("{", 0, at))
    if opened < 0:
        return at, min(at + 1, len(body)), "a `,` or closing bracket is missing here", None, None
    bracket = body[opened : opened + 1]
    closing = "}" if bracket == "{" else "]"
    if comment := _COMMENT.search(body, opened, at):
        return (
            *comment.span(),
            f"from this `#` on it is a comment, so no `{closing}` closes the `{bracket}` before it",
            f'put the text in quotes: `"{comment[0]}"`',
            (opened, opened + 1, "opened here"),
        )
    return (
        opened,
        min(opened + 1, len(body)),
        f"this `{bracket}` is not closed by `{closing}`, or a `,` is missing between its items",
        f"close it, separate items by `, `, or put text that begins with `{bracket}` in quotes",
        (at, min(at + 1, len(body)), "reading failed here"),
    )


def _missing_colon(body: str, at: int, opened: int | None) -> SyntaxProblem:
    start = at if opened is None else opened
    stop = min((i for i in (body.find("\n", start), body.find("\r", start)) if i >= 0), default=-1)
    return (
        start,
        len(body) if stop < 0 else stop,
        "a key and `:` are expected here",
        "write `key: value`; text that goes on over several lines is indented more than its key",
        None,
    )


def _opening(body: str, closing: int) -> tuple[int, int, str] | None:
    """Return where the text began that the mark at *closing* ends, if that was lines above."""
    mark, start = body[closing], closing
    while (start := body.rfind(mark, 0, start)) >= 0:
        if body[max(0, start - 1) : start] in ("", " ", "\n", "[", "{"):
            break
    if start < 0 or "\n" not in body[start:closing]:
        return None
    return start, start + 1, "the text in quotation marks begins here"


def _misplaced(body: str, at: int, opened: int | None, context: str) -> SyntaxProblem:
    end = min(at + 1, len(body))
    line = max(body.rfind("\n", 0, at), body.rfind("\r", 0, at)) + 1
    before, character = body[line:at].rstrip(" "), body[at:end]
    if before.endswith(("'", '"')):
        return (
            at,
            end,
            "text follows the closing quotation mark",
            "put the whole value in quotes; an apostrophe in single quotes is written `''`",
            _opening(body, line + len(before) - 1),
        )
    if before.strip():
        return (
            at,
            end,
            "this does not belong on this line",
            "put the whole value in quotes",
            None,
        )
    if character.isspace() and character not in " \t\r\n":
        return (
            at,
            end,
            f"U+{ord(character):04X}, a space of another kind, cannot indent YAML",
            "indent with plain spaces; it may have come from a web page or a word processor",
            None,
        )
    label = None if opened is None else (opened, min(opened + 1, len(body)), "begins here")
    what = "list" if "collection" in context or "sequence" in context else "mapping"
    return (
        at,
        end,
        f"this line does not fit the {what} above it",
        "check its indentation: keys of one mapping, and the `-` of one list, line up",
        label,
    )
