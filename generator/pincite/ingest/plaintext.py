"""A plain text, as somebody copied or saved it from a web page, to an article.

Blank lines part blocks. The first running text begins the article; what stands above it is its
head (title, byline, breadcrumb), and from a prompt such as “Read also” downwards nothing is kept
unless the article goes on.
"""

import re
from collections import Counter

from pincite.dates import DateProblem, parse_date
from pincite.ingest.article import Article, Block, Kind
from pincite.ingest.frontmatter import Front, read_front
from pincite.ingest.furniture import (
    find_authors,
    is_furniture,
    is_prose,
    is_tail,
    is_wrapped,
)

_BLANK = re.compile(r"\n[^\S\n]*(?:\n[^\S\n]*)+")
_MARKS: tuple[tuple[re.Pattern[str], Kind], ...] = (
    (re.compile(r"#{1,6}[ \t]+"), "heading"),
    (re.compile(r"(?:[-*+•‣▪◦–]|\d{1,3}[.)])[ \t]+"), "item"),
    (re.compile(r">[ \t]?"), "quotation"),
)
_URL = re.compile(r"(?:(?:url|source|link)\s*:\s*)?(https?://\S+)", re.IGNORECASE)
_DATED = re.compile(
    r"(?:(?:first |last )?(?:published|posted|date|updated)(?: on| at)?\s*:?\s*)?(.{6,40})",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(
    r"^(?:mon|tues?|wed(?:nes)?|thurs?|fri|sat(?:ur)?|sun)(?:day)?,?\s+", re.IGNORECASE
)
_LONGEST_HEADING = 120
_NOT_OF_A_HEADING = (".", ",", ";", ":", "…", "-", "–")
_SMALLEST_REST = 0.25  # of the prose: that much after a prompt, and the article goes on


def read_plaintext(text: str, *, markdown: bool = False) -> Article:
    """Return the article in *text*; with *markdown* its marks make headings, items, quotations."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n\n")
    front = read_front(text) if markdown else Front(text)
    text = front.rest
    groups = [_lines(part, markdown=markdown) for part in _BLANK.split(text.strip("\n"))]
    if markdown or any(is_prose(line) for group in groups for line in group):
        lines = [(line, number) for number, group in enumerate(groups) for line in group]
    else:
        lines = [(" ".join(group), number) for number, group in enumerate(groups) if group]
    texts = [line for line, _ in lines]
    start = next((at for at, line in enumerate(texts) if _begins(line, markdown)), len(texts))
    title = front.title or _find_title(texts[:start] or texts[:1], texts)
    if not title and start:
        title = texts[0]
    head = _read_head(texts[:start], front)
    body = texts[start:]
    kept, cut = _without_tail(body)
    blocks: list[Block] = []
    for at, line in enumerate(kept):
        if is_furniture(line) or line == title or _follows_prompt(kept, at):
            continue
        kind, words = _kind(line, kept[at + 1 :], markdown=markdown)
        if not (kind == "heading" and words == title):
            blocks.append(Block(text=words, kind=kind))
    doubts = [*head.doubts]
    if cut:
        prose = [line for line in cut if is_prose(line)]
        if prose:
            doubts.append(
                f"everything below “{cut[0][:60]}” was left out, "
                f"running text too: “{prose[0][:60]}”"
            )
    if not title:
        doubts.append("no title was found")
    return Article(
        title=title,
        publisher=front.publisher,
        language=front.language,
        authors=head.authors,
        published=head.published,
        published_basis="stated" if head.published else "unknown",
        url=head.url,
        blocks=tuple(blocks),
        doubts=tuple(doubts),
    )


def _lines(part: str, *, markdown: bool) -> list[str]:
    """Return the paragraphs of one block: its lines, or all of it where it was only wrapped."""
    lines = [" ".join(line.split()) for line in part.split("\n") if line.strip()]
    if len(lines) < 2:
        return lines
    if not (markdown or is_wrapped(lines)):
        return lines
    joined: list[str] = []
    for line in lines:
        if joined and not any(mark.match(line) for mark, _ in _MARKS):
            joined[-1] += " " + line
        else:
            joined.append(line)
    return joined


def _begins(line: str, markdown: bool) -> bool:
    marked = markdown and any(mark.match(line) for mark, _ in _MARKS)
    return is_prose(line) and not marked and not is_furniture(line)


def _find_title(head: list[str], texts: list[str]) -> str:
    """Return the line of the head that is said again, as titles are; else its likeliest line."""
    likely = [
        line.lstrip("# ").strip()
        for line in head
        if len(line) <= 300
        and not find_authors(line)
        and not _URL.fullmatch(line)
        and not is_furniture(line)
        and not _find_date(line)
    ]
    said = Counter(
        {line: sum(line in other for other in texts[: len(head) + 40]) for line in likely if line}
    )
    again = [line for line in likely if said[line] > 1 and len(line.split()) > 2]
    if again:
        return max(again, key=lambda line: (said[line], len(line)))
    marked = [line for line in head if line.startswith("# ")]
    if marked:
        return marked[0].lstrip("# ").strip()
    return next((line for line in likely if len(line.split()) > 2), likely[0] if likely else "")


def _read_head(head: list[str], front: Front) -> Article:
    authors, url, doubts = front.authors, front.url, []
    published = _find_date(front.published[:10]) or _find_date(front.published)
    if front.published and not published:
        doubts.append(f"the date “{front.published[:40]}” in its front matter could not be read")
    for line in head:
        authors = authors or find_authors(line)
        published = published or _find_date(line)
        if not url and (found := _URL.fullmatch(line)):
            url = found[1]
    if not authors:
        doubts.append("no byline was found")
    return Article(authors=authors, published=published, url=url, doubts=tuple(doubts))


def _find_date(line: str) -> str:
    """Return the EDTF of a line that is nothing but a date (and a clock time after it)."""
    found = _DATED.fullmatch(line) if len(line) <= 80 and any(map(str.isdigit, line)) else None
    if not found:
        return ""
    words = re.sub(r"[,\s]+(?:at\s+)?\d{1,2}[:.]\d\d.*$", "", found[1])
    words = _WEEKDAY.sub("", words)
    date = parse_date(words)
    if not isinstance(date, DateProblem):
        return words if len(words) >= 8 else ""
    offer = date.suggestion or ""
    return offer if re.fullmatch(r"\d{4}-\d\d-\d\d", offer) else ""


def _without_tail(body: list[str]) -> tuple[list[str], list[str]]:
    """Part *body* at the prompt after which little prose comes."""
    prose = [len(line) if is_prose(line) and not is_furniture(line) else 0 for line in body]
    total = sum(prose) or 1
    seen = 0
    for at, line in enumerate(body):
        if seen and is_tail(line) and sum(prose[at:]) < _SMALLEST_REST * total:
            return body[:at], body[at:]
        seen += prose[at]
    last = max((at for at, size in enumerate(prose) if size), default=len(body) - 1)
    # Short lines at the very end are the page's; items and quotations are the article's.
    end = last + 1
    while end < len(body) and any(mark.match(body[end]) for mark, _ in _MARKS):
        end += 1
    return body[:end], body[end:]


def _follows_prompt(lines: list[str], at: int) -> bool:
    """Say whether a line is such a prompt amid the article, or the link below one."""
    if is_tail(lines[at]):
        return True
    return at > 0 and is_tail(lines[at - 1]) and not is_prose(lines[at])


def _kind(line: str, following: list[str], *, markdown: bool) -> tuple[Kind, str]:
    for mark, kind in _MARKS:
        found = mark.match(line)
        if found and (markdown or kind == "item") and line[found.end() :].strip():
            return kind, line[found.end() :].strip().rstrip(
                "#"
            ).rstrip() if kind == "heading" else (line[found.end() :].strip())
    short = len(line) <= _LONGEST_HEADING and len(line.split()) <= 14
    if (
        short
        and not markdown
        and not line.endswith(_NOT_OF_A_HEADING)
        and not line[0].islower()
        and not (line[0] in "“\"‘'«" and line[-1] in "”\"’'»")
        and any(map(is_prose, following[:2]))
    ):
        return "heading", line
    return "paragraph", line
