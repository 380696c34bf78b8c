"""Where a finding stands, in lines and columns, and the order in which findings are printed."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from pincite.base.diagnostics import Diagnostic, Severity
from pincite.base.text import Span, Text


class Place(NamedTuple):
    """1-based lines and columns in code points; the end is the character after the last."""

    line: int
    column: int
    end_line: int
    end_column: int


def find_place(span: Span, texts: Mapping[str, Text]) -> Place:
    """Return the place of *span*; a file that is not in *texts* has only its first character."""
    text = texts.get(span.path)
    if text is None:
        return Place(1, 1, 1, 1)
    return Place(*text.locate(span.start), *text.locate(max(span.start, span.end)))


def put_in_order(found: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Sort by path, start, code and message, and drop findings that are equal in everything."""
    return tuple(sorted(dict.fromkeys(found), key=_rank))


def count(found: Iterable[Diagnostic]) -> tuple[int, int]:
    """Return how many of *found* are errors, and how many are warnings."""
    severities = [finding.severity for finding in found]
    return severities.count(Severity.ERROR), severities.count(Severity.WARNING)


def _rank(finding: Diagnostic) -> tuple[object, ...]:
    """Begin with what a reader sees; the rest makes the order total, whatever came first."""
    return (
        finding.span.path,
        finding.span.start,
        finding.code,
        finding.message,
        finding.span.end,
        finding.severity,
        finding.help or "",
        finding.note,
        tuple((label.span, label.text) for label in finding.labels),
    )
