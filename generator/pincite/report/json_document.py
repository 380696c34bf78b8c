"""Findings as one JSON document, ``pincite-findings/1``: keys sorted, ASCII, nothing that varies.

Lines and columns count from 1 in code points, ``start`` and ``end`` from 0; ends are exclusive.
"""

import json
from collections.abc import Mapping, Sequence

from pincite.base.diagnostics import Diagnostic
from pincite.base.text import Span, Text
from pincite.report.places import count, find_place


def render_json(found: Sequence[Diagnostic], texts: Mapping[str, Text]) -> str:
    errors, warnings = count(found)
    document = {
        "format": "pincite-findings/1",
        "errors": errors,
        "warnings": warnings,
        "findings": [_finding(finding, texts) for finding in found],
    }
    return json.dumps(document, sort_keys=True) + "\n"


def _finding(finding: Diagnostic, texts: Mapping[str, Text]) -> dict[str, object]:
    return _where(finding.span, texts) | {
        "code": finding.code,
        "severity": finding.severity,
        "message": finding.message,
        "note": finding.note,
        "help": finding.help,
        "labels": [_where(label.span, texts) | {"text": label.text} for label in finding.labels],
    }


def _where(span: Span, texts: Mapping[str, Text]) -> dict[str, object]:
    place = find_place(span, texts)
    return {
        "path": span.path,
        "start": span.start,
        "end": span.end,
        "line": place.line,
        "column": place.column,
        "end_line": place.end_line,
        "end_column": place.end_column,
    }
