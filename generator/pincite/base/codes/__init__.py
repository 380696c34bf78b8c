"""The table of all codes of findings, and the one place where severities are changed.

An error is never softened: settings and ``--strict`` act on warnings only.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType

from pincite.base.codes.entry import Code
from pincite.base.codes.pages import PAGES
from pincite.base.codes.quotes import QUOTES
from pincite.base.codes.reading import READING
from pincite.base.codes.sources import SOURCES
from pincite.base.diagnostics import Diagnostic, Severity

__all__ = ["CODES", "STAGES", "Code", "set_severities"]

STAGES: Mapping[str, Mapping[str, Code]] = MappingProxyType(
    {
        "Reading files": READING,
        "Sources and their snapshots": SOURCES,
        "Quotes and claims": QUOTES,
        "Names, media and pages": PAGES,
    }
)
"""The table in the order in which a build comes to it: heading → code → entry."""

CODES: Mapping[str, Code] = MappingProxyType(
    dict(sorted((code, entry) for stage in STAGES.values() for code, entry in stage.items()))
)
"""The whole table, sorted by code."""


def set_severities(
    found: Iterable[Diagnostic], *, overrides: Mapping[str, str], strict: bool
) -> tuple[Diagnostic, ...]:
    """Apply ``warnings`` of ``site.yaml`` (code → ``ignore`` or ``error``) and ``--strict``.

    Errors pass unchanged whatever *overrides* says. A code marked strict stays an error under
    *strict* even where the settings ignore it: what is asked for on the command line wins.
    """
    settled = []
    for finding in found:
        severity = _severity(finding, override=overrides.get(finding.code, ""), strict=strict)
        if severity is finding.severity:
            settled.append(finding)
        elif severity is not None:
            settled.append(replace(finding, severity=severity))
    return tuple(settled)


def _severity(finding: Diagnostic, *, override: str, strict: bool) -> Severity | None:
    """Return what *finding* counts as in the end; None if it is to be left out."""
    entry = CODES.get(finding.code)
    if finding.severity is Severity.ERROR:
        return Severity.ERROR
    if entry is not None and (entry.severity is Severity.ERROR or (strict and entry.strict)):
        return Severity.ERROR
    if override == "ignore":
        return None
    return Severity.ERROR if override == "error" else Severity.WARNING
