"""A verdict in words, and as JSON."""

import json
from typing import Any

from pincite.base.shown import counted, printable
from pincite.verify.check import Verdict
from pincite.verify.fault import Fault

_MOST = 100  # faults told to people
_LONGEST = 300  # characters of a text that is told in full


def say_verdict(verdict: Verdict) -> str:
    """Return lines for people: the faults, then what was checked."""
    lines: list[str] = []
    for fault in verdict.faults[:_MOST]:
        lines += _say_fault(fault)
    if len(verdict.faults) > _MOST:
        lines.append(f"… and {len(verdict.faults) - _MOST} more (--json lists them all)")
    if lines:
        lines.append("")
    if verdict.pages:
        lines.append(
            f"Read {counted(verdict.pages, 'page')} of {verdict.place}: "
            f"{counted(verdict.events, 'event')}, {counted(verdict.citations, 'citation')}, "
            f"{counted(verdict.sources, 'source')}, {counted(verdict.paragraphs, 'paragraph')}."
        )
    if verdict.faults:
        lines.append(f"The proof does not hold: {counted(len(verdict.faults), 'fault')}.")
        return "\n".join(lines)
    lines.append("The proof holds: every quotation stands, letter by letter, where its link leads.")
    if verdict.snapshots:
        lines.append(
            f"{counted(verdict.snapshots, 'snapshot')} is published: it has"
            if verdict.snapshots == 1
            else f"{counted(verdict.snapshots, 'snapshot')} are published: they have"
        )
        lines[-1] += " the recorded SHA-256, and the paragraphs stand there."
    if verdict.withheld:
        lines.append(
            f"For {counted(verdict.withheld, 'citation')} the site does not publish the paragraph, "
            "so that only the words themselves could be compared."
        )
    if verdict.unverified:
        lines.append(
            f"{counted(verdict.unverified, 'citation')} prove nothing, and the pages say so."
            if verdict.unverified > 1
            else "One citation proves nothing, and its page says so."
        )
    return "\n".join(lines)


def verdict_json(verdict: Verdict) -> str:
    """Return one JSON object; its faults have *expected*, *found* and *difference*."""
    document: dict[str, Any] = {
        "format": "pincite-verdict/1",
        "site": verdict.place,
        "holds": not verdict.faults,
        "pages": verdict.pages,
        "events": verdict.events,
        "sources": verdict.sources,
        "paragraphs": verdict.paragraphs,
        "citations": verdict.citations,
        "unverified": verdict.unverified,
        "withheld": verdict.withheld,
        "snapshots": verdict.snapshots,
        "faults": [
            {
                "file": fault.file,
                "where": fault.where,
                "message": fault.message,
                "expected": fault.expected or None,
                "found": fault.found or None,
                "difference": fault.difference or None,
            }
            for fault in verdict.faults
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=1)


def _say_fault(fault: Fault) -> list[str]:
    lines = [f"{_brief(fault.file)}: {_brief(fault.where)}: {_brief(fault.message)}"]
    if fault.difference:
        lines.append(f"  {printable(fault.difference)}")
    if fault.expected:
        lines.append(f"  expected: {_brief(fault.expected)}")
    if fault.found:
        lines.append(f"  found:    {_brief(fault.found)}")
    return lines


def _brief(text: str) -> str:
    text = printable(text)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
