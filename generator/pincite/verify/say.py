"""A verdict in words, and as JSON."""

import json
from typing import Any

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
            f"Read {_count(verdict.pages, 'page')} of {verdict.place}: "
            f"{_count(verdict.events, 'event')}, {_count(verdict.citations, 'citation')}, "
            f"{_count(verdict.sources, 'source')}, {_count(verdict.paragraphs, 'paragraph')}."
        )
    if verdict.faults:
        lines.append(f"The proof does not hold: {_count(len(verdict.faults), 'fault')}.")
        return "\n".join(lines)
    lines.append("The proof holds: every quotation stands, letter by letter, where its link leads.")
    if verdict.withheld:
        lines.append(
            f"For {_count(verdict.withheld, 'citation')} the site does not publish the paragraph, "
            "so that only the words themselves could be compared."
        )
    if verdict.unverified:
        lines.append(
            f"{_count(verdict.unverified, 'citation')} prove nothing, and the pages say so."
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
    lines = [f"{_plain(fault.file)}: {_plain(fault.where)}: {_plain(fault.message)}"]
    if fault.difference:
        lines.append(f"  {_plain(fault.difference)}")
    if fault.expected:
        lines.append(f"  expected: {_brief(fault.expected)}")
    if fault.found:
        lines.append(f"  found:    {_brief(fault.found)}")
    return lines


def _brief(text: str) -> str:
    text = _plain(text)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _plain(text: str) -> str:
    """Return *text* without what could move a terminal's cursor or turn its writing round."""
    return "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in text)


def _count(n: int, noun: str) -> str:
    return f"{n:,} {noun}{'' if n == 1 else 's'}"
