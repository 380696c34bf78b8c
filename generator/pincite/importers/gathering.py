"""What every format has in common: from the fields of one record to an event in our words.

A format says which field is which; the date, the markup, the links and what is left over are
treated here alike, and whatever is done to them is noted as a loss.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import unquote, urlsplit

from pincite.base.yamltext import yaml_text
from pincite.dates import DateProblem, parse_date
from pincite.importers.markup import escape, find_url, markdown_of, plain_of
from pincite.importers.moments import UNKNOWN, Reading
from pincite.importers.values import Import, ImportedEvent, ImportedSource, Loss, What
from pincite.importers.written import find_doubt, says_the_same
from pincite.prose import parse_prose

LONGEST_TITLE: Final = 300
LONGEST_SUMMARY: Final = 20_000
LONGEST_LABEL: Final = 200
LONGEST_KEPT: Final = 100_000
MOST_SOURCES: Final = 400

_SENTENCE: Final = re.compile(r"(.{12,}?[.!?…])(?=\s+[\"'“‘(]?[A-Z0-9])", re.DOTALL)
_VAGUE: Final = frozenset(
    (
        *("here", "link", "source", "more", "read", "website", "article", "this", "click"),
        *("video", "the", "a", "on", "to"),
    )
)
_FILE: Final = re.compile(
    r"\.(?:jpe?g|png|gif|svg|webp|avif|bmp|ico|tiff?|mp[34]|m4[av]|og[gv]|oga|wav|webm|mov|flac)\Z",
    re.IGNORECASE,
)
_KEY: Final = re.compile(r"[^0-9a-z]+")


@dataclass(slots=True, kw_only=True)
class Fields:
    """The fields of one record, by what they are. *title* and *text* may hold HTML.

    *links* are (URL, words) of sources, *media* URLs or markup of media, *rest* everything else
    by the names of the format.
    """

    date: Reading
    line: int | None = None
    title: str = ""
    text: str = ""
    written: Mapping[str, str] = field(default_factory=dict)  # the date's fields as they stand
    display: str = ""
    basis: str = ""
    wish: str = ""
    groups: Iterable[str] = ()
    tags: Iterable[str] = ()
    places: Iterable[str] = ()
    actors: Iterable[str] = ()
    links: Iterable[tuple[str, str]] = ()
    sources: Iterable[str] = ()
    media: Iterable[str] = ()
    credits: Mapping[str, str] = field(default_factory=dict)  # HTML that speaks of the medium only
    rest: Mapping[str, Any] = field(default_factory=dict)
    is_markdown: bool = False


class Gathering:
    """Events, sources and losses of one input while it is read."""

    def __init__(self, format: str, name: str, data: bytes | str) -> None:
        raw = data if isinstance(data, bytes) else data.encode("utf-8", "replace")
        self.format = format
        self.name = name
        self.sha256 = hashlib.sha256(raw).hexdigest()
        self.events: list[ImportedEvent] = []
        self.sources: dict[str, ImportedSource] = {}
        self.losses: list[Loss] = []
        self.site: dict[str, Any] = {}

    def finish(self) -> Import:
        losses = sorted(self.losses, key=lambda loss: loss.line or 0)
        return Import(
            format=self.format,
            name=self.name,
            sha256=self.sha256,
            events=tuple(self.events),
            sources=tuple(self.sources.values()),
            losses=tuple(dict.fromkeys(losses)),
            site=yaml_text(self.site) if self.site else "",
        )

    def lose(self, line: int | None, record: str, what: What, message: str) -> None:
        self.losses.append(Loss(line, record[:80], what, message))

    def describe_site(self, title: str, description: str, line: int | None) -> None:
        """Keep what the input says about the whole timeline as a proposal for site.yaml."""
        for key, html in (("title", title), ("description", description)):
            words = plain_of(html).text
            if words and key not in self.site:
                self.site[key] = words[:5_000] if key == "description" else words[:1_000]
        message = "title and text of the whole timeline: see the proposal for content/site.yaml"
        self.lose(line, self.site.get("title", ""), What.NOTED, message)

    def add_era(self, label: str, date: Reading, line: int | None) -> None:
        """Keep an era as a proposal for site.yaml, where it has two ends."""
        label = plain_of(label).text[:LONGEST_LABEL]
        start, slash, end = date.edtf.partition("/")
        if date.edtf == UNKNOWN or not label or ".." in date.edtf or "[" in date.edtf:
            reason = "; ".join(date.refusals) or "it needs a label, a beginning and an end"
            self.lose(line, label, What.REFUSED, f"an era that cannot be read: {reason}")
            return
        era = {"label": label, "from": start, "to": end if slash else start}
        self.site.setdefault("eras", []).append(era)
        self.lose(line, label, What.NOTED, "an era: see the proposal for content/site.yaml")

    # --- events ----------------------------------------------------------------------------------

    def add(self, given: Fields) -> None:
        """Add one event. Nothing that *given* holds disappears without a loss that says so."""
        kept = _Kept()
        heading = plain_of(given.title)
        found = markdown_of(given.text)
        if given.is_markdown:
            found = found._replace(text=given.text.strip(), converted=False)
        title, summary = self._title(given, heading.text, found.text)
        links = [*given.links, *heading.links, *found.links]
        media = [*given.media, *heading.media, *found.media]
        for name, html in given.credits.items():
            kept.add(name, markdown_of(html).text)
        for address in dict.fromkeys(media):
            links += self._medium(address, kept)
        lost = (*heading.lost, *found.lost)
        keys = [*given.sources]
        for address, words in links:
            key = self.source_of(address, words)
            if key is None:
                kept.add("link", address)
                message = f"`{address[:120]}` is no address on the web: kept under `imported:`"
                self.lose(given.line, title, What.KEPT, message)
            else:
                keys.append(key)
        date = self._date(given, title, kept)
        edtf, date_text = self._display(given, title, date.edtf)
        for name, value in given.rest.items():
            kept.add(name, value)
        summary = self._prose(given, title, summary, kept)
        if found.converted:
            self.lose(given.line, title, What.CHANGED, "HTML became Markdown")
        if lost:
            names = ", ".join(lost)
            self.lose(given.line, title, What.REFUSED, f"left out of the text: {names}")
        for name, value in kept.fields.items():
            self.lose(given.line, title, What.KEPT, f"`{name}` is kept under `imported:`")
            if len(value) > LONGEST_KEPT:
                kept.fields[name] = value[:LONGEST_KEPT]
                message = (
                    f"`{name}` was cut: {len(value):,} characters, of which {LONGEST_KEPT:,} fit"
                )
                self.lose(given.line, title, What.REFUSED, message)
        self.events.append(
            ImportedEvent(
                line=given.line,
                date=edtf,
                title=title,
                wish=given.wish,
                date_text=date_text,
                date_basis=given.basis,
                groups=_labels(given.groups),
                tags=_labels(given.tags),
                places=_labels(given.places),
                actors=_labels(given.actors),
                summary=summary,
                sources=tuple(dict.fromkeys(keys))[:MOST_SOURCES],
                imported=tuple(kept.fields.items()),
            )
        )

    def _title(self, given: Fields, heading: str, text: str) -> tuple[str, str]:
        """Return title and summary; a record without a title lends the first of its words."""
        if heading:
            if len(heading) <= LONGEST_TITLE:
                return heading, text
            cut = _cut(heading)
            self.lose(given.line, cut, What.CHANGED, "the long title was cut, all of it is text")
            return cut, f"{escape(heading)}\n\n{text}".strip()
        plain = plain_of(given.text).text
        if plain:
            sentence = _SENTENCE.match(plain)
            first = sentence[1] if sentence else plain
            title = _cut(" ".join(first.split()))
            self.lose(
                given.line, title, What.CHANGED, "it has no title: the title is its beginning"
            )
            return title, "" if title == plain and escape(plain) == text else text
        title = f"Untitled (line {given.line})" if given.line else "Untitled"
        self.lose(given.line, title, What.CHANGED, "it has neither title nor text")
        return title, text

    def _prose(self, given: Fields, title: str, summary: str, kept: "_Kept") -> str:
        """Return *summary* as prose that Pincite takes, and keep it as it was where it is not."""
        if not summary:
            return ""
        if len(summary) > LONGEST_SUMMARY:
            kept.add("text", summary)
            message = f"more than {LONGEST_SUMMARY:,} characters: in full under `imported:`"
            self.lose(given.line, title, What.CHANGED, message)
            return ""
        for text in (summary, escape(summary)):
            prose, problems = parse_prose(text, heading_level=3)
            if not problems and not prose.references:
                return text
            if text is summary:
                reason = problems[0].message if problems else "it refers to ids of this site"
                message = f"its Markdown was taken as plain words: {reason}"
                self.lose(given.line, title, What.CHANGED, message)
        kept.add("text", summary)
        return ""

    def _date(self, given: Fields, title: str, kept: "_Kept") -> Reading:
        date = given.date
        if date.edtf != UNKNOWN:
            problem = parse_date(date.edtf)
            if isinstance(problem, DateProblem):
                date = Reading(UNKNOWN, refusals=(problem.message,), partial=True)
        for change in date.changes:
            self.lose(given.line, title, What.CHANGED, f"date: {change}")
        for refusal in date.refusals:
            message = f"date: {refusal}; the event is undated"
            self.lose(given.line, title, What.REFUSED, message)
        if date.partial or date.refusals:
            for name, value in given.written.items():
                kept.add(name, value)
        return date

    def _display(self, given: Fields, title: str, edtf: str) -> tuple[str, str]:
        """Return the date, made hazy where the display date says so, and that date's own words.

        A display date that is only another form of the date is no words of a source.
        """
        shown = plain_of(given.display).text[:1_000]
        if not shown or edtf == UNKNOWN:
            return edtf, shown
        doubt = find_doubt(shown, edtf)
        if doubt is not None:
            message = f"date: {edtf} became {doubt}, as the display date `{shown[:60]}` says"
            self.lose(given.line, title, What.CHANGED, message)
            return doubt, shown
        if says_the_same(shown, edtf):
            message = f"the display date `{shown[:60]}` only repeats the date and was left out"
            self.lose(given.line, title, What.NOTED, message)
            return edtf, ""
        return edtf, shown

    def _medium(self, address: str, kept: "_Kept") -> list[tuple[str, str]]:
        """Keep a medium by name; a page among media (not a file) is a source as well."""
        if "<" in address:
            inside = markdown_of(address)
            kept.add("media", "\n".join([*inside.media, inside.text]))
            pages = [page for url in inside.media for page in self._medium(url, kept)]
            # In the markup that platforms give out, the last link is that of the post itself.
            return [*pages, *((url, "") for url, _ in inside.links[-1:])]
        kept.add("media", address)
        url = find_url(address)
        if url is None:
            return []
        parts = urlsplit(url)
        is_map = "google." in parts.netloc and "/maps" in parts.path
        return [] if _FILE.search(parts.path) or is_map else [(url, "")]

    # --- sources ---------------------------------------------------------------------------------

    def source_of(self, address: str, words: str = "", **more: Any) -> str | None:
        """Return the key of the source at *address*, which is added when it is new."""
        url = find_url(address)
        if url is None:
            return None
        key = url.partition("#:~:")[0]
        if key not in self.sources:
            title = words if _is_title(words) else title_of_url(url)
            self.add_source(key, title, url=url, **more)
        return key

    def add_source(self, key: str, title: str, url: str = "", **more: Any) -> None:
        if url and "publisher" not in more:
            host = (urlsplit(url).hostname or "").removeprefix("www.")
            more["publisher"] = host[:LONGEST_LABEL]
        self.sources[key] = ImportedSource(key=key, title=_cut(title, 1_000), url=url, **more)


class _Kept:
    """Fields that have no home, by names that may be keys of ``imported:``."""

    def __init__(self) -> None:
        self.fields: dict[str, str] = {}

    def add(self, name: str, value: Any) -> None:
        from pincite.importers.jsontree import text_of  # noqa: PLC0415

        text = value if isinstance(value, str) else text_of(value)
        text = text.strip()
        if not text:
            return
        key = _KEY.sub("-", re.sub(r"(?<=[a-z])(?=[A-Z])", "-", name).lower()).strip("-")[:80]
        key = key or "field"
        if key in self.fields:
            if text in self.fields[key].split("\n"):
                return
            text = f"{self.fields[key]}\n{text}"
        self.fields[key] = text


def title_of_url(url: str) -> str:
    """Return an address as words for people: ``en.wikipedia.org: Ada Lovelace``."""
    parts = urlsplit(url)
    host = (parts.hostname or url).removeprefix("www.")
    path = [piece for piece in unquote(parts.path).split("/") if piece]
    last = " ".join(re.sub(r"[_+]", " ", path[-1]).split()) if path else ""
    last = "".join(c for c in last if c.isprintable() and c != "\ufffd")
    if parts.query and path and path[-1] in {"watch", "index.php", "story.php"}:
        last = f"{last}?{parts.query}"
    return f"{host}: {last}" if last else host


def _is_title(words: str) -> bool:
    words = words.strip()
    return (
        len(words) > 3
        and any(c.isalpha() for c in words)
        and not words.startswith(("http:", "https:", "www."))
        and not set(re.findall(r"\w+", words.lower())) <= _VAGUE
    )


def _cut(text: str, limit: int = LONGEST_TITLE) -> str:
    text = " ".join(text.split())
    if len(text) <= limit:
        return text
    short = text[: limit - 1]
    space = short.rfind(" ", limit // 2)
    return f"{short[:space] if space > 0 else short} …" if space > 0 else f"{short}…"


def _labels(words: Iterable[str]) -> tuple[str, ...]:
    """Return plain words, each once, short enough to be a name."""
    found = (plain_of(word).text[:LONGEST_LABEL].strip() for word in words)
    unique: dict[str, str] = {}
    for word in found:
        if word:
            unique.setdefault(word.casefold(), word)
    return tuple(unique.values())[:500]
