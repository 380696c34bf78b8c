"""Markwhen text: a header, sections, and events that begin with a date and a colon."""

import re
from typing import Final, NamedTuple

from pincite.importers.decode import decode
from pincite.importers.gathering import Fields, Gathering
from pincite.importers.markwhen_dates import Context, Found, Stretch, read_dates
from pincite.importers.values import Import, What

FORMAT: Final = "markwhen"

_HEADER: Final = re.compile(r"(#?[\w./-]+(?: [\w-]+)?):(?:\s+(.*)|$)|\s+\S.*|\}|\]")
_SECTION: Final = re.compile(r"\s*(?:(#{1,6})\s+|(?:group|section)\s+|(?:group|section)$)(.*)")
_SECTION_END: Final = re.compile(r"\s*end(?:Group|Section)\s*")
_COLON: Final = re.compile(r":(?!\d\d(?!\d))(?![/\\])")
_TAG: Final = re.compile(r"(?<![\w/&#])#([\w./-]*\w)")
_PERCENT: Final = re.compile(r"(?<!\S)(\d{1,3})%(?!\S)")
_BOX: Final = re.compile(r"\A\s*\[( ?|x|X)\](?!\()\s*")
_IMAGE: Final = re.compile(r"!\[([^\[\]\n]*)\]\(([^()\s]*)\)")
_LINK: Final = re.compile(r"(?<!!)\[([^\[\]\n]*)\]\(([^()\s]*(?:\([^()\s]*\)[^()\s]*)*)\)")
_PROPERTY: Final = re.compile(r"\s*([A-Za-z][\w-]{0,40}):(?:\s+(.*))?")


class _Entry(NamedTuple):
    line: int
    date: str
    found: Found
    first: str
    properties: dict[str, str]
    below: list[str]
    sections: tuple[str, ...]


def read_markwhen(data: bytes | str, name: str) -> Import:
    """Read Markwhen of any version. Figures have the month first unless ``dateFormat: d/…``."""
    gathering = Gathering(FORMAT, name, data)
    text, notes = decode(data)
    for note in notes:
        gathering.lose(None, "", What.CHANGED, note)
    lines = text.split("\n")
    body, day_first = _read_header(lines, gathering)
    _Reading(gathering, day_first=day_first).read(lines, body)
    return gathering.finish()


def _read_header(lines: list[str], gathering: Gathering) -> tuple[int, bool]:
    """Read the header; return the index of the first line after it, and the order in figures."""
    context = Context(day_first=False, previous=None, by_id={})
    at, fields, day_first = 0, {}, False
    fenced = bool(lines) and lines[0].strip() == "---"
    at += fenced
    for number in range(at, len(lines)):
        line = lines[number]
        at = number
        if fenced and line.strip() == "---":
            at += 1
            break
        match = _HEADER.fullmatch(line)
        if line.strip().startswith("//") or not line.strip() or (fenced and match is None):
            continue
        if match is None or (not fenced and _split(line, context) is not None):
            break
        if match[1]:
            fields[match[1]] = (number + 1, (match[2] or "").strip().strip("\"'"))
        at = number + 1
    title, description = (fields.get(key, (1, ""))[1] for key in ("title", "description"))
    if title or description:
        gathering.describe_site(title, description, fields.get("title", (1, ""))[0])
    for key, (line_number, value) in fields.items():
        if key.casefold() == "dateformat":
            day_first = value.lower().startswith("d")
            gathering.lose(line_number, "", What.NOTED, f"dates in figures are read as `{value}`")
        elif key not in {"title", "description"}:
            message = f"`{key}: {value[:120]}` of the header was left out"
            gathering.lose(line_number, "", What.NOTED, message)
    return at, day_first


def _split(line: str, context: Context) -> tuple[str, Found, str] | None:
    """Split an event's first line into its date and its text."""
    for count, colon in enumerate(_COLON.finditer(line)):
        if count == 6:
            break
        date = line[: colon.start()].strip()
        if not date or len(date) > 200:
            continue
        found = read_dates(date, context)
        if found is not None:
            return date, found, line[colon.end() :].strip()
    return None


class _Reading:
    def __init__(self, gathering: Gathering, *, day_first: bool) -> None:
        self.gathering = gathering
        self.day_first = day_first
        self.previous: Stretch | None = None
        self.by_id: dict[str, Stretch] = {}
        self.sections: list[tuple[int, str]] = []

    def read(self, lines: list[str], at: int) -> None:
        entry: _Entry | None = None
        for number, line in enumerate(lines[at:], at + 1):
            if line.lstrip().startswith("//"):
                comment = line.strip().lstrip("/").strip()
                if comment:
                    message = f"a comment was left out: {comment[:200]}"
                    self.gathering.lose(number, "", What.NOTED, message)
                continue
            section = _SECTION.fullmatch(line)
            if section or _SECTION_END.fullmatch(line) or "_-_-_break_-_-_" in line:
                self.finish(entry)
                entry = None
                self.enter(section, line, number)
                continue
            split = _split(line, Context(self.day_first, self.previous, self.by_id))
            if split is not None:
                self.finish(entry)
                sections = tuple(title for _, title in self.sections)
                entry = _Entry(number, *split, {}, [], sections)
                self.remember(entry, None)
            elif entry is not None:
                self.continue_event(entry, line)
            elif line.strip():
                message = f"it belongs to no event and was left out: {line.strip()[:200]}"
                self.gathering.lose(number, "", What.REFUSED, message)
        self.finish(entry)

    def enter(self, section: re.Match[str] | None, line: str, number: int) -> None:
        if section is not None:
            level = len(section[1]) if section[1] else 0
            while level and self.sections and self.sections[-1][0] >= level:
                self.sections.pop()
            self.sections.append((level, section[2].strip()))
        elif "break" in line:
            self.gathering.lose(number, "", What.NOTED, "a page break: what follows is in one list")
        elif self.sections:
            self.sections.pop()

    def continue_event(self, entry: _Entry, line: str) -> None:
        match = _PROPERTY.fullmatch(line)
        if match and not entry.below:
            entry.properties[match[1]] = (match[2] or "").strip().strip("\"'")
            self.remember(entry, entry.properties.get("id"))
        else:
            entry.below.append(line)

    def remember(self, entry: _Entry, id: str | None) -> None:
        """Keep the stretch of an event for those that refer to it."""
        known = entry.found.stretch
        self.previous = known
        if known is not None:
            for name in (id, *re.findall(r"(?<!\S)!([\w-]+)", entry.first)):
                if name:
                    self.by_id[name] = known

    def finish(self, entry: _Entry | None) -> None:
        if entry is None:
            return
        first, rest = entry.first, {}
        box = _BOX.match(first)
        if box:
            rest["completed"] = "true" if box[1] in {"x", "X"} else "false"
            first = first[box.end() :]
        percent = _PERCENT.search(first)
        if percent:
            rest["percent"] = percent[1]
            first = (first[: percent.start()] + first[percent.end() :]).strip()
        section_text = " ".join(entry.sections)
        tags = [*_TAG.findall(section_text), *_TAG.findall(first)]
        body = "\n".join(entry.below).strip("\n ")
        tags += _TAG.findall(body)
        places, links, media = [], [], []
        for words, address in _LINK.findall(first + "\n" + body):
            if address in {"location", "map"}:
                places.append(words)
            elif address.startswith(("http://", "https://", "//")):
                links.append((address, words))
        for words, address in _IMAGE.findall(first + "\n" + body):
            media.append(address)
            if words:
                rest["media-alt"] = words
        title, below = _without_tags(_plain(first)), _markdown(body)
        rest["section"] = " / ".join(_without_tags(t) for t in entry.sections if t)
        properties = {k: v for k, v in entry.properties.items() if k not in {"id", "location"}}
        location = entry.properties.get("location", "")
        groups = [_without_tags(title) for title in entry.sections]
        if entry.found.repeats:
            message = f"it is repeated `{entry.found.repeats}`; only the first time is imported"
            self.gathering.lose(entry.line, title, What.CHANGED, message)
            rest["repeats"] = entry.found.repeats
        self.gathering.add(
            Fields(
                line=entry.line,
                date=entry.found.reading,
                written={"date": entry.date},
                wish=entry.properties.get("id", ""),
                title=title.replace("&", "&amp;").replace("<", "&lt;"),
                text=below,
                is_markdown=True,
                groups=groups,
                tags=[tag.replace("_", " ") for tag in tags],
                places=[*places, *([location] if location else [])],
                links=links,
                media=media,
                rest=rest | properties,
            )
        )


def _plain(text: str) -> str:
    """Return the words of a line without its links, images and references."""
    text = _IMAGE.sub(lambda match: match[1], text)
    text = _LINK.sub(lambda match: match[1], text)
    return re.sub(r"(?<!\S)!(?=[\w-]+(?:\s|$))\S+", "", text).strip()


def _without_tags(text: str) -> str:
    """Leave out tags at the end, and of those in the middle only the mark before them."""
    text = re.sub(r"(?:\s*(?<![\w/&#])#[\w./-]*\w)+\s*\Z", "", text)
    return " ".join(_TAG.sub(r"\1", text).split())


def _markdown(body: str) -> str:
    """Return the lines below an event as Markdown that Pincite reads: no images, no places."""
    body = _IMAGE.sub(lambda match: match[1], body)
    body = _LINK.sub(lambda m: m[0] if m[2].startswith(("http://", "https://")) else m[1], body)
    lines: list[str] = []
    for line in body.split("\n"):
        line = re.sub(r"^(\s*[-*] )\[( ?|x|X)\] ?", lambda m: f"{m[1]}{_box(m[2])} ", line)  # noqa: PLW2901
        if re.fullmatch(r"\s*(?:[-*] )?(?:(?<!\S)#[\w./-]+\s*)+", line):
            continue
        if (
            lines
            and re.match(r"\s*[-*] ", line)
            and lines[-1]
            and not re.match(r"\s*[-*] ", lines[-1])
        ):
            lines.append("")  # Markdown begins a list only after an empty line
        lines.append(re.sub(r"^(\s*)#(?=\w)", r"\1\\#", line.rstrip()))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")


def _box(mark: str) -> str:
    return "☒" if mark in {"x", "X"} else "☐"
