"""Findings as workflow commands, which GitHub Actions turns into annotations of a change.

A finding is one line, whatever its texts contain.
"""

from collections.abc import Iterable, Mapping

from pincite.base.diagnostics import Diagnostic
from pincite.base.text import Text
from pincite.report.cells import split_lines, visible
from pincite.report.places import find_place


def render_github(found: Iterable[Diagnostic], texts: Mapping[str, Text]) -> str:
    return "".join(_command(finding, texts) for finding in found)


def _command(finding: Diagnostic, texts: Mapping[str, Text]) -> str:
    place = find_place(finding.span, texts)
    properties = {"file": finding.span.path, "line": place.line, "endLine": place.end_line}
    if place.line == place.end_line:
        # The runner takes columns only where both ends stand in one line.
        properties |= {"col": place.column, "endColumn": place.end_column}
    properties["title"] = f"pincite {finding.code}"
    listed = ",".join(f"{name}={_property(str(value))}" for name, value in properties.items())
    return f"::{finding.severity} {listed}::{_data(_message(finding, texts))}\n"


def _message(finding: Diagnostic, texts: Mapping[str, Text]) -> str:
    parts = [finding.message]
    if finding.note:
        parts.append(finding.note)
    for label in finding.labels:
        place = find_place(label.span, texts)
        parts.append(f"{label.span.path}:{place.line}:{place.column}: {label.text}")
    if finding.help:
        parts.append(f"help: {finding.help}")
    return "\n".join(parts)


def _data(text: str) -> str:
    """Escape what ends a command's message; line breaks reach the annotation."""
    return "%0A".join(visible(line).replace("%", "%25") for line in split_lines(text))


def _property(text: str) -> str:
    shown = visible(text).replace("%", "%25")
    return shown.replace(":", "%3A").replace(",", "%2C")
