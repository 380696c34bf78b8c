"""What a code means, for ``pincite explain`` and for the reference that the guide contains."""

import difflib
import textwrap

from pincite.base.codes import CODES, STAGES, Code
from pincite.base.diagnostics import Severity

_WIDTH = 80


def explain(code: str) -> str | None:
    """Return what ``pincite explain`` prints about *code*; None if there is no such code."""
    entry = CODES.get(code)
    if entry is None:
        return None
    parts = [
        f"{entry.severity}[{code}]: {entry.summary}",
        textwrap.fill(entry.explanation, _WIDTH),
        textwrap.indent(entry.example, "    "),
        textwrap.fill(f"Way out: {entry.way_out}", _WIDTH),
        textwrap.fill(_settings(code, entry), _WIDTH),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def find_near_codes(code: str) -> tuple[str, ...]:
    """Return at most three codes that may have been meant by *code*, the nearest first."""
    return tuple(difflib.get_close_matches(code.strip().lower(), CODES, n=3))


def render_reference() -> str:
    """Return ``docs/findings.md``, which is this and nothing else."""
    parts = [
        "# Findings",
        textwrap.dedent(
            """\
            Everything that `pincite build` and `pincite check` can find, with an example and the
            way out. `pincite explain CODE` prints the same on a terminal.

            An **error** keeps the site from being built; what was published before stays as it
            was. A **warning** does not. In `content/site.yaml` a warning can be silenced or made
            an error; an error cannot be softened:

            ```yaml
            warnings:
              single-source: ignore
              source-not-archived: error
            ```

            Warnings marked *strict* become errors with `build --strict`, even if they are
            ignored in `site.yaml`.

            This page is made from the table of codes; a test holds the two together."""
        ),
    ]
    for heading, entries in STAGES.items():
        parts.append(f"## {heading}")
        parts += [_section(code, entry) for code, entry in sorted(entries.items())]
    return "\n\n".join(parts) + "\n"


def _section(code: str, entry: Code) -> str:
    mark = ", *strict*" if entry.strict else ""
    summary = entry.summary[0].upper() + entry.summary[1:]
    return "\n\n".join(
        [
            f"### {code}",
            f"**{entry.severity.capitalize()}**{mark}. {summary}.",
            entry.explanation,
            f"```text\n{entry.example}\n```",
            f"*Way out:* {entry.way_out}",
        ]
    )


def _settings(code: str, entry: Code) -> str:
    if entry.severity is Severity.ERROR:
        return ""
    strict = " `build --strict` makes it an error." if entry.strict else ""
    return f"Set `{code}` to `ignore` or `error` under `warnings` in `site.yaml`.{strict}"
