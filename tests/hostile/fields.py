"""A site with payloads in every field that the schema knows, so that a new key is never forgotten.

Each text ends with a mark of its own, by which it is found wherever a page shows it.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from hashlib import sha256
from itertools import count, cycle
from typing import Final, NamedTuple

from hostile.payloads import families, texts
from pincite.base.schema import (
    Choice,
    Custom,
    Integer,
    Language,
    ListOf,
    MapOf,
    Nested,
    Nullable,
    Number,
    Prose,
    Slug,
    Text,
    Timestamp,
    Type,
    Url,
)
from pincite.load.changes import EDITIONS
from pincite.load.links import LINKS
from pincite.load.records import CITATION as CITATION_RECORD
from pincite.load.records import CLAIM as CLAIM_RECORD
from pincite.load.records import EVENTS, NAMED, PAGE, SITE, SOURCE
from pincite.prose import PAGE_LIMIT, parse_prose
from support import ROOT, Site, article

# What each file of a project is read by.
FILES: Final[Mapping[str, Type]] = {
    "site": Nested(SITE),
    "events": EVENTS,
    "source": Nested(SOURCE),
    "page": Nested(PAGE),
    "names": NAMED,
    "links": LINKS,
    "changes": EDITIONS,
}
# Texts of any words that stand for something else: they are looked up, not shown.
NAMES_OF_THINGS: Final = frozenset(
    (
        *("events.kind", "events.related", "events.cite.source", "events.claims.cite.source"),
        *("site.featured", "links.(value).lost"),
    )
)
# Kept with an event, or names what was left out; docs/formats.md says so.
NOT_SHOWN: Final = frozenset(("events.imported.(key)", "events.imported.(value)", "source.dropped"))
# Addresses that may be written, and must stay addresses.
URLS: Final = (
    "https://evil.invalid/x'onmouseover='trap()",
    "https://evil.invalid/&quot;onmouseover=&quot;trap()",
    "https://evil.invalid/&#34;&#62;&#60;script&#62;trap()",
    "https://evil.invalid/%22%3E%3Cscript%3Etrap()%3C/script%3E",
    "https://evil.invalid/;javascript:trap()//",
    "https://javascript@evil.invalid/:trap()",
    "HTTPS://EVIL.INVALID/?a=1&lt=2&copy=3&javascript:trap()",
    "http://evil.invalid/#:~:text=,trap()",
    "https://evil.invalid/)](javascript:trap())[x](",
    "https://evil.invalid/'));trap();//",
    "https://еvil.invalid/раураl",
)
CITATION, CLAIM = Nested(CITATION_RECORD), Nested(CLAIM_RECORD)
DOT: Final = "tests/golden/everything/content/media/dot.png"
QUOTES: Final = ("events.claims.cite.quote", "events.cite.quote")
N_EVENTS, N_CLAIMS, N_SOURCES, N_PAGES = 40, 32, 24, 20
QUIET: Final = (
    *("single-source", "source-unused", "unverified-citation", "uncited-with-reason"),
    *("number-not-quoted", "date-text-not-quoted"),
)


class Placed(NamedTuple):
    """A payload, the field it stands in, and its mark."""

    text: str
    field: str
    mark: str


def leaves(kind: Type, path: str) -> Iterator[tuple[str, Type]]:
    """Yield each field below *kind* that holds no others, by its keys joined with ``.``."""
    match kind:
        case Nested():
            for field in kind.record.fields:
                yield from leaves(field.type, f"{path}.{field.name}")
        case ListOf():
            yield from leaves(kind.item, path)
        case Nullable():
            yield from leaves(kind.type, path)
        case MapOf():
            yield f"{path}.(key)", kind.key
            yield from leaves(kind.value, f"{path}.(value)")
        case _:
            yield path, kind


@cache
def all_leaves() -> Mapping[str, Type]:
    return {path: kind for name, root in FILES.items() for path, kind in leaves(root, name)}


def takes_words(path: str) -> bool:
    """Tell whether the field takes any words for what they say."""
    kind = all_leaves()[path]
    plain = isinstance(kind, Text) and kind.pattern is None
    return (plain or isinstance(kind, Prose)) and path not in NAMES_OF_THINGS


class Payloads:
    """Deals payloads to fields: to each first one of every family, then on through all of them."""

    def __init__(self) -> None:
        self.placed: list[Placed] = []
        self._families = [cycle(some) for some in families().values()]
        self._all = cycle(texts())
        self._passed: list[str] = []  # over: what did not fit where its turn came
        self._dealt: Counter[str] = Counter()

    def deal(
        self, path: str, kind: Type | None = None, fits: Callable[[str], bool] = lambda _: True
    ) -> str:
        """Return the next payload for a field, one that *fits*, with its mark."""
        kind = kind or all_leaves().get(path)
        room = getattr(kind, "max_length", 2_000) - 20

        def suits(text: str) -> bool:
            rest = _is_prose(text) if isinstance(kind, Prose) else fits(text)
            return len(text) < room and rest

        number = self._dealt[path]
        self._dealt[path] += 1
        if number < len(self._families):
            text = next(text for text in self._families[number] if suits(text))
        else:
            text = self._next(suits)
        mark = f"zq{list(self._dealt).index(path)}x{number}z"
        self.placed.append(Placed(text, path, mark))
        return f"{text} {mark}"

    def _next(self, suits: Callable[[str], bool]) -> str:
        for at, text in enumerate(self._passed):
            if suits(text):
                return self._passed.pop(at)
        while not suits(text := next(self._all)):
            self._passed.append(text)
        return text

    def deal_many(self, path: str) -> str:
        """Return as many as the field has room for, one after another."""
        most = min(all_leaves()[path].max_length, 2_000) - 250  # type: ignore[union-attr]
        made: list[str] = []
        while sum(map(len, made)) + len(made) < most:
            made.append(self.deal(path))
        return " ".join(made)


class Filler:
    """Fills records: with payloads wherever there is room for words, else with what is valid.

    *given* says, by path, what a field holds instead; None leaves it out. *counts* says how many
    items a list or a mapping has, two where nothing is said.
    """

    def __init__(
        self,
        deal: Callable[[str, Type], str],
        given: Mapping[str, object] = {},
        counts: Mapping[str, int] = {},
    ) -> None:
        self._deal, self._given, self._counts = deal, given, counts
        self._urls, self._slugs = cycle(URLS), count()

    def fill(self, kind: Type, path: str) -> object:
        if path in self._given:
            value = self._given[path]
            return value() if callable(value) else value
        numbers = range(self._counts.get(path, 2))
        match kind:
            case Nested():
                pairs = [
                    (f.name, self.fill(f.type, f"{path}.{f.name}")) for f in kind.record.fields
                ]
                return {name: value for name, value in pairs if value is not None}
            case ListOf():
                return [self.fill(kind.item, path) for _ in numbers]
            case Nullable():
                return self.fill(kind.type, path)
            case MapOf():
                keys = [self.fill(kind.key, f"{path}.(key)") for _ in numbers]
                return {str(key): self.fill(kind.value, f"{path}.(value)") for key in keys}
            case Text(pattern=None) | Prose():
                return self._deal(path, kind)
            case Text():
                return kind.form.strip('"')
            case Choice():
                return kind.values[0]
            case Integer() | Number():
                return str(max(int(kind.minimum or 0), 5))
            case Language():
                return "de"
            case Timestamp():
                return "2025-01-02"
            case Custom():
                return "2025"
            case Url():
                return next(self._urls)
            case Slug():
                return f"k{next(self._slugs)}"
        raise AssertionError(f"say what {path} holds: {kind}")


def write_site(site: Site, payloads: Payloads) -> None:
    """Write a project in which every field that takes words holds payloads."""
    labels = _write_names(site, payloads)
    quotes = _write_sources(site, payloads)
    _write_pages(site, payloads)
    _write_events(site, payloads, quotes, labels)


def write_front(site: Site, payloads: Payloads) -> None:
    """Write no more than site.yaml, whose own fields have room for a few payloads only."""
    given: dict[str, object] = {
        f"site.{key}": payloads.deal_many(f"site.{key}")
        for key in ("title", "description", "author", "license")
    }
    given |= {"site.url": "https://example.org/h/", "site.republish": "full", "site.language": "en"}
    given |= {"site.featured": None, "site.page_size": "20"}
    given |= {"site.warnings": dict.fromkeys(QUIET, "ignore")}
    names = iter([f"kind-{n}" for n in range(20)])
    given |= {"site.kinds.(key)": lambda: next(names)}
    counts = {"site.kinds": 20, "site.eras": 20}
    site.write("content/site.yaml", _yaml("site", payloads, given, counts))


def _yaml(
    name: str,
    payloads: Payloads,
    given: Mapping[str, object] = {},
    counts: Mapping[str, int] = {},
) -> str:
    value = Filler(payloads.deal, given, counts).fill(FILES[name], name)
    return json.dumps(value, ensure_ascii=False, indent=0) + "\n"  # JSON is YAML as well


def _write_names(site: Site, payloads: Payloads) -> dict[str, list[str]]:
    """Write all but sources, pages and events; return the names that events must use."""
    write_front(site, payloads)
    labels = {}
    for name in ("actors", "places"):
        written = _yaml("names", payloads, counts={"names": 10})
        labels[name] = [entry["label"] for entry in json.loads(written).values()]
        site.write(f"content/{name}.yaml", written)
    days, counts = count(1), {"changes": 18, "changes.changes": 3}
    title, turn = "changes.changes.title", count()
    given: dict[str, object] = {
        "changes.date": lambda: f"2025-01-{next(days):02}",
        title: lambda: payloads.deal(title) if next(turn) % 2 else None,  # then its id is shown
    }
    site.write("content/changes.yaml", _yaml("changes", payloads, given, counts))
    ids = iter([f"s{n}" for n in range(N_SOURCES)])
    urls = iter([_url(n) for n in range(N_SOURCES) for _ in range(2)])
    given = {"links.(key)": lambda: next(ids), "links.(value).url": lambda: next(urls)}
    given |= {"links.(value).lost": [], "links.(value).state": "closed"}
    site.write("content/links.yaml", _yaml("links", payloads, given, {"links": N_SOURCES}))
    return labels


def _write_sources(site: Site, payloads: Payloads) -> list[tuple[str, ...]]:
    """Write sources; return the words of each that are quoted, which are its first paragraphs."""
    quotes = []
    for number in range(N_SOURCES):
        blocks = [f"They wrote: {payloads.deal(path, fits=_is_quotable)}" for path in QUOTES]
        blocks += [f"They wrote: {payloads.deal('source.(paragraph)')}" for _ in range(10)]
        dropped = f"Left out: {payloads.deal('source.dropped')}"
        snapshot = article(*blocks, dropped)
        given = {
            "source.snapshot": f"seeds/s{number}.txt",
            "source.sha256": sha256(snapshot.encode()).hexdigest(),
            "source.url": _url(number) if number % 4 else None,  # then a note says why
            "source.republish": "full",
            "source.dropped": [dropped],
        }
        body = "\n\n".join(f"[p{n}] {text}" for n, text in enumerate(blocks, 1))
        front = _yaml("source", payloads, given)
        site.write(f"content/sources/s{number}.md", f"---\n{front}---\n\n{body}\n")
        site.write(f"seeds/s{number}.txt", snapshot)
        quotes.append(tuple(blocks[: len(QUOTES)]))
    return quotes


def _write_pages(site: Site, payloads: Payloads) -> None:
    for number in range(N_PAGES):
        body = "\n\n".join(payloads.deal("page.(body)", Prose()) for _ in range(20))
        front = _yaml("page", payloads)
        site.write(f"content/pages/q{number}.md", f"---\n{front}---\n\n{body}\n")


def _write_events(
    site: Site, payloads: Payloads, quotes: list[tuple[str, ...]], labels: dict[str, list[str]]
) -> None:
    site.write("content/media/dot.png", (ROOT / DOT).read_bytes())
    events = FILES["events"]
    assert isinstance(events, ListOf)
    turn = count()
    for number in range(N_EVENTS):

        def cite(path: str) -> list[object]:
            made = []
            for proven in (True, False) * (4 if path == "events.cite" else 1):
                at, place = next(turn) % N_SOURCES, QUOTES.index(f"{path}.quote")
                given: dict[str, object] = {f"{path}.source": f"s{at}", f"{path}.occurrence": None}
                given |= {f"{path}.paragraph": f"p{place + 1}" if proven else None}
                given |= {f"{path}.quote": quotes[at][place] if proven else None}
                given |= {f"{path}.unverified": None} if proven else {}
                made.append(Filler(payloads.deal, given).fill(CITATION, path))
            return made

        def claim(at: int, path: str = "events.claims") -> dict[str, object]:
            given: dict[str, object] = {f"{path}.cite": lambda: cite(f"{path}.cite")}
            given |= {f"{path}.attributed_to": None} if at else {}  # each is a page
            given |= {f"{path}.uncited": None} if at % 4 else {f"{path}.cite": None}
            made = Filler(payloads.deal, given).fill(CLAIM, path)
            assert isinstance(made, dict)
            return made

        short = number % 8 == 0
        given: dict[str, object] = {
            "events.id": f"h{number}",
            "events.date": f"{2000 + number}-01-02",
            "events.kind": f"kind-{number % 20}",
            "events.claims": None if short else [claim(at) for at in range(N_CLAIMS)],
            "events.cite": (lambda: cite("events.cite")) if short else None,
            "events.media.file": "dot.png",
            "events.related": [f"h{N_EVENTS - 1 - number}"],
            "events.aliases": [f"old-{number}"],
        }
        for name, declared in labels.items():
            if number < len(declared):
                given[f"events.{name}"] = [declared[number]]
        if number % 2:
            given["events.withdrawn"] = None
        counts = dict.fromkeys(("events.actors", "events.recipients", "events.places"), 1)
        made = Filler(payloads.deal, given, counts).fill(events.item, "events")
        text = json.dumps([made], ensure_ascii=False, indent=0)
        site.write(f"content/events/{number:02}.yaml", f"{text}\n")


def _url(number: int) -> str:
    return URLS[number % len(URLS)]


def _is_quotable(text: str) -> bool:
    """Tell whether a citation repeats *text* as it is: brackets and dots mean something in one."""
    return not set(text) & set("[]…")


@cache
def _is_prose(text: str) -> bool:
    """Tell whether Markdown lets *text* pass; test_places tries what it refuses."""
    prose, problems = parse_prose(f"{text} zq1x1z", limit=PAGE_LIMIT, is_page=False)
    return not problems and not prose.references
