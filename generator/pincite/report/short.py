"""One line for each finding, ``path:line:col: severity[code]: message``, for editors and grep."""

from collections.abc import Iterable, Mapping

from pincite.base.diagnostics import Diagnostic
from pincite.base.text import Text
from pincite.report.cells import visible
from pincite.report.places import find_place


def render_short(found: Iterable[Diagnostic], texts: Mapping[str, Text]) -> str:
    return "".join(_line(finding, texts) for finding in found)


def _line(finding: Diagnostic, texts: Mapping[str, Text]) -> str:
    place = find_place(finding.span, texts)
    where = f"{finding.span.path}:{place.line}:{place.column}"
    return visible(f"{where}: {finding.severity}[{finding.code}]: {finding.message}") + "\n"
