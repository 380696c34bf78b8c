"""Findings as text, for people and for programs. Nothing here writes: every function returns text.

The same findings in any order give the same text.
"""

from collections.abc import Iterable, Mapping

from pincite.base.diagnostics import Diagnostic
from pincite.base.text import Text
from pincite.report.explain import explain, find_near_codes
from pincite.report.github import render_github
from pincite.report.human import render_human, summarise
from pincite.report.json_document import render_json
from pincite.report.places import put_in_order
from pincite.report.sarif import render_sarif
from pincite.report.short import render_short

__all__ = ["FORMATS", "explain", "find_near_codes", "render_findings", "summarise"]

FORMATS = ("human", "short", "json", "github", "sarif")


def render_findings(
    found: Iterable[Diagnostic],
    texts: Mapping[str, Text],
    *,
    format: str,
    color: bool,
    width: int,
    most: int | None = None,
) -> str:
    """Return *found*, sorted by place and without repetitions, in one of ``FORMATS``.

    *texts* maps paths to the files that were read; a finding in another file is printed without
    an excerpt. *color* (ANSI sequences), *width* (cells of the terminal) and *most* (warnings that
    are shown of one code) matter to ``human`` only, which ends with the line of ``summarise``.
    What is not empty ends with a line break; ``json`` and ``sarif`` give a document even when
    nothing was found.
    """
    ordered = put_in_order(found)
    match format:
        case "human":
            return render_human(ordered, texts, color=color, width=width, most=most)
        case "short":
            return render_short(ordered, texts)
        case "json":
            return render_json(ordered, texts)
        case "github":
            return render_github(ordered, texts)
        case "sarif":
            return render_sarif(ordered, texts)
        case _:
            raise ValueError(f"`{format}` is not one of {', '.join(FORMATS)}")
