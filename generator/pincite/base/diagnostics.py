"""What is wrong with the input, as values. Nothing in the core raises about content.

Wording: a message states the fact in lower case without a full stop; names and values stand in
backticks; only *help* says what to do.
"""

from dataclasses import dataclass
from enum import StrEnum

from pincite.base.text import Span


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A second place that explains the first; it may stand in another file."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnostic:
    """One finding. *code* is a key of ``pincite.base.codes.CODES``."""

    code: str
    severity: Severity
    message: str
    span: Span
    labels: tuple[Label, ...] = ()
    help: str | None = None
    note: str = ""  # what the span cannot show, under the carets: "nearest words", a word diff


class Failure(Exception):  # noqa: N818 - it is the world that failed, not the content
    """The world is not as it must be (no project here, disk full, port taken). Ends the command."""

    def __init__(self, message: str, *, help: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.help = help

    def __reduce__(self) -> tuple[object, ...]:
        """Let a failure travel from one process to another."""
        return (_revive, (self.__class__, self.args, self.__dict__))


def _revive(kind: type[Failure], args: tuple[object, ...], state: dict[str, object]) -> Failure:
    failure = kind.__new__(kind, *args)
    failure.__dict__.update(state)
    return failure


def error(
    code: str,
    span: Span,
    message: str,
    *,
    help: str | None = None,
    labels: tuple[Label, ...] = (),
    note: str = "",
) -> Diagnostic:
    return Diagnostic(
        code=code,
        severity=Severity.ERROR,
        message=message,
        span=span,
        labels=labels,
        help=help,
        note=note,
    )


def warning(
    code: str,
    span: Span,
    message: str,
    *,
    help: str | None = None,
    labels: tuple[Label, ...] = (),
) -> Diagnostic:
    return Diagnostic(
        code=code,
        severity=Severity.WARNING,
        message=message,
        span=span,
        labels=labels,
        help=help,
    )
