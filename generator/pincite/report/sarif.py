"""Findings as SARIF 2.1.0 (OASIS Standard, with errata 01), for code scanning and editors.

Every code of the table is a rule, found or not, so that a rule's index never depends on content.
"""

import json
from collections.abc import Iterable, Mapping
from urllib.parse import quote

import pincite
from pincite.base.codes import CODES, Code
from pincite.base.diagnostics import Diagnostic
from pincite.base.text import Span, Text
from pincite.report.places import find_place

_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_ROOT = "%SRCROOT%"  # the name by which code scanning knows the top of the checkout


def render_sarif(found: Iterable[Diagnostic], texts: Mapping[str, Text]) -> str:
    rules = {code: number for number, code in enumerate(CODES)}
    run = {
        "tool": {
            "driver": {
                "name": "Pincite",
                "semanticVersion": pincite.__version__,
                "rules": [_rule(code, entry) for code, entry in CODES.items()],
            }
        },
        "columnKind": "unicodeCodePoints",
        "results": [_result(finding, texts, rules) for finding in found],
    }
    return (
        json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, sort_keys=True) + "\n"
    )


def _rule(code: str, entry: Code) -> dict[str, object]:
    return {
        "id": code,
        "shortDescription": _message(entry.summary),
        "fullDescription": _message(entry.explanation),
        "help": _message(f"{entry.explanation}\n\nExample:\n{entry.example}\n\n{entry.way_out}"),
        "defaultConfiguration": {"level": entry.severity},
    }


def _result(
    finding: Diagnostic, texts: Mapping[str, Text], rules: Mapping[str, int]
) -> dict[str, object]:
    parts = [finding.message, finding.note, f"help: {finding.help}" if finding.help else ""]
    result: dict[str, object] = {
        "ruleId": finding.code,
        "level": finding.severity,
        "message": _message("\n".join(part for part in parts if part)),
        "locations": [{"physicalLocation": _location(finding.span, texts)}],
    }
    if finding.code in rules:
        result["ruleIndex"] = rules[finding.code]
    if finding.labels:
        result["relatedLocations"] = [
            {
                "id": number,
                "message": _message(label.text),
                "physicalLocation": _location(label.span, texts),
            }
            for number, label in enumerate(finding.labels, 1)
        ]
    return result


def _location(span: Span, texts: Mapping[str, Text]) -> dict[str, object]:
    place = find_place(span, texts)
    # A colon in the first segment would make a scheme of it, so only slashes stay as they are.
    uri = quote(span.path.encode("utf-8", "surrogatepass"), safe="/")
    return {
        "artifactLocation": {"uri": uri, "uriBaseId": _ROOT},
        "region": {
            "startLine": place.line,
            "startColumn": place.column,
            "endLine": place.end_line,
            "endColumn": place.end_column,
        },
    }


def _message(text: str) -> dict[str, str]:
    """Return a message in which braces and brackets are plain text (SARIF §3.11.5, §3.11.6)."""
    return {"text": text.replace("{", "{{").replace("}", "}}").replace("](", "\\](")}
