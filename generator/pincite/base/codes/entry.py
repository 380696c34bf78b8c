"""What is said about one code of finding."""

from dataclasses import dataclass

from pincite.base.diagnostics import Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """An entry of the table.

    *summary* is one lower-case clause without a full stop. *explanation* says what the finding
    means and why it matters, *example* is content that causes it, *way_out* says what to do.
    *strict* marks a warning that ``build --strict`` turns into an error.
    """

    severity: Severity
    summary: str
    explanation: str
    example: str
    way_out: str
    strict: bool = False
