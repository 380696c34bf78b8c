"""Findings as a compiler prints them: place, the line itself, carets under it, and what helps.

Whatever stands in content or messages, a finding cannot draw outside its own lines.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from pincite.base.diagnostics import Diagnostic, Severity
from pincite.base.text import Span, Text
from pincite.report.cells import cells, visible, wrap
from pincite.report.excerpt import Excerpt, cut_line
from pincite.report.places import count, find_place

_NARROWEST = 40
_BOLD, _RED, _YELLOW, _BLUE, _CYAN = "1", "1;31", "1;33", "1;34", "1;36"


def summarise(found: Iterable[Diagnostic]) -> str:
    """Return ``2 errors, 1 warning``, or ``no findings``."""
    errors, warnings = count(found)
    counts = [
        f"{number} {noun}" if number == 1 else f"{number} {noun}s"
        for number, noun in ((errors, "error"), (warnings, "warning"))
        if number
    ]
    return ", ".join(counts) or "no findings"


def render_human(
    found: Sequence[Diagnostic],
    texts: Mapping[str, Text],
    *,
    color: bool,
    width: int,
    most: int | None = None,
) -> str:
    """Print *found*, but of the warnings of one code only the first *most*, and how many more."""
    if not found:
        return ""
    page = _Page(texts=texts, width=max(width, _NARROWEST), color=color)
    shown, left_out = _first(found, most)
    blocks = ["\n".join(_finding(finding, page)) for finding in shown]
    more = [
        f"{page.paint(f'warning[{visible(code)}]', _YELLOW)}: … and {number} more"
        for code, number in sorted(left_out.items())
    ]
    if more:
        blocks.append("\n".join([*more, "All of them are told by `pincite check --all`."]))
    return "\n\n".join([*blocks, summarise(found)]) + "\n"


def _first(
    found: Sequence[Diagnostic], most: int | None
) -> tuple[Sequence[Diagnostic], Mapping[str, int]]:
    """Return what is shown, and how many of each code are not. Every error is."""
    if most is None:
        return found, {}
    counts: Counter[str] = Counter()
    shown = []
    for finding in found:
        counts[finding.code] += finding.severity is not Severity.ERROR
        if finding.severity is Severity.ERROR or counts[finding.code] <= most:
            shown.append(finding)
    return shown, {code: number - most for code, number in counts.items() if number > most}


class _Page(NamedTuple):
    """What every finding is printed with."""

    texts: Mapping[str, Text]
    width: int
    color: bool

    def paint(self, text: str, style: str) -> str:
        return f"\x1b[{style}m{text}\x1b[0m" if self.color and text else text


class _Mark(NamedTuple):
    """A place to underline. The first place of a finding has carets, the others have dashes."""

    span: Span
    text: str
    sign: str
    style: str


def _finding(finding: Diagnostic, page: _Page) -> list[str]:
    style = _RED if finding.severity is Severity.ERROR else _YELLOW
    files: dict[str, list[_Mark]] = {}
    for mark in (
        _Mark(finding.span, "", "^", style),
        *(_Mark(label.span, label.text, "-", _BLUE) for label in finding.labels),
    ):
        files.setdefault(mark.span.path, []).append(mark)
    shown = [mark.span for marks in files.values() for mark in marks]
    gutter = max(len(str(find_place(span, page.texts).line)) for span in shown)

    head = page.paint(f"{finding.severity}[{visible(finding.code)}]", style)
    lines = [f"{head}{page.paint(f': {visible(finding.message)}', _BOLD)}"]
    for number, marks in enumerate(files.values()):
        lines += _file(marks, page, gutter, arrow=":::" if number else "-->")
    for name, text in (("note", finding.note), ("help", finding.help or "")):
        lines += _remark(name, text, page, gutter)
    return lines


def _file(marks: list[_Mark], page: _Page, gutter: int, *, arrow: str) -> list[str]:
    """Print the places of one finding in one file, in the order of the file."""
    first = marks[0].span
    place = find_place(first, page.texts)
    where = f"{visible(first.path)}:{place.line}:{place.column}"
    lines = [f"{' ' * gutter}{page.paint(arrow, _BLUE)} {where}"]
    text = page.texts.get(first.path)
    if text is None:
        said = [mark.text for mark in marks if mark.text]
        return lines + [row for each in said for row in _remark("note", each, page, gutter)]

    bar = page.paint(f"{' ' * gutter} |", _BLUE)
    lines.append(bar)
    previous = 0
    for excerpt, under in _excerpts(text, marks, page.width - gutter - 3):
        if previous and excerpt.line > previous + 1:
            lines.append(page.paint("...", _BLUE))
        previous = excerpt.line
        number = page.paint(f"{excerpt.line:>{gutter}} |", _BLUE)
        lines.append(f"{number} {excerpt.shown}".rstrip())
        lines += [
            f"{bar} {row}" for mark in under for row in _underline(mark, excerpt, page, gutter)
        ]
    return lines


def _excerpts(text: Text, marks: list[_Mark], width: int) -> list[tuple[Excerpt, list[_Mark]]]:
    """Group *marks* by line, each line once unless it is too long to show them together."""
    by_line: dict[int, list[_Mark]] = {}
    for mark in sorted(marks, key=lambda mark: (mark.span.start, mark.span.end)):
        by_line.setdefault(text.locate(mark.span.start)[0], []).append(mark)
    cut = []
    for together in by_line.values():
        start, end = together[0].span.start, max(mark.span.end for mark in together)
        excerpt = cut_line(text, start, end, width)
        if len(together) == 1 or all(
            excerpt.shows(mark.span.start) and excerpt.shows(mark.span.end) for mark in together
        ):
            cut.append((excerpt, together))
        else:
            cut += [(cut_line(text, *mark.span[1:], width), [mark]) for mark in together]
    return cut


def _underline(mark: _Mark, excerpt: Excerpt, page: _Page, gutter: int) -> list[str]:
    """Print the signs under *mark*, and its text after them, or below where there is no room."""
    start = excerpt.cell(mark.span.start)
    signs = mark.sign * max(1, excerpt.cell(mark.span.end) - start)
    row = " " * start + page.paint(signs, mark.style)
    if not mark.text:
        return [row]
    said, width = visible(mark.text), page.width - gutter - 3
    if start + len(signs) + 1 + cells(said) <= width:
        return [f"{row} {page.paint(said, mark.style)}"]
    rows = wrap(mark.text, width)
    indent = " " * max(0, min(start, width - max(cells(each) for each in rows)))
    return [row, *(f"{indent}{page.paint(each, mark.style)}" for each in rows)]


def _remark(name: str, text: str, page: _Page, gutter: int) -> list[str]:
    """Print ``= help: …``, its later lines in line with the first."""
    if not text:
        return []
    sign = f"{' ' * (gutter + 1)}= "
    indent = len(sign) + len(name) + 2
    first, *rest = wrap(text, max(page.width - indent, _NARROWEST // 2))
    opening = f"{page.paint(sign, _BLUE)}{page.paint(f'{name}:', _CYAN)} {first}"
    return [opening, *(f"{' ' * indent}{line}".rstrip() for line in rest)]
