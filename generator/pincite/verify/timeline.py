"""``data/timeline.json`` to values; what is malformed in it becomes faults."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NamedTuple

from pincite.verify.fault import Fault
from pincite.verify.shape import FILE, NoJson, find_misfits, read_json

__all__ = [
    "FILE",
    "Citation",
    "Claim",
    "Event",
    "Paragraph",
    "Part",
    "Source",
    "Timeline",
    "parse_timeline",
]

FORMAT = "pincite/1"


class Part(NamedTuple):
    """Code points [start, end) of the text of *paragraph* (its id)."""

    paragraph: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    id: str
    kind: str
    text: str | None  # None: not republished
    sha256: str
    retired: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    id: str
    url: str
    title: str
    republish: str
    original_url: str | None
    archives: tuple[str, ...]  # addresses
    snapshot_sha256: str | None
    snapshot_url: str | None  # None: it is not published
    text_sha256: str | None
    paragraphs: Mapping[str, Paragraph]


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """A quotation; with *unverified* it is a reference that says why it proves nothing."""

    n: int
    source: str
    paragraph: str
    start: int
    end: int
    quote: str
    exact: str
    match: str
    stance: str
    note: str
    translation: str
    url: str
    live_url: str
    parts: tuple[Part, ...]
    unverified: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    measure: str
    digits: str  # of the number or range, or "" where programs write it in several ways
    unit: str
    qualifier: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    text: str
    attributed_to: str
    uncited: str
    figures: tuple[Figure, ...]
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    id: str
    url: str
    title: str
    edtf: str
    earliest: str | None
    latest: str | None
    date_text: str | None
    date_label: str
    kind: str
    modality: str
    names: tuple[str, ...]  # actors, recipients, places, tags
    claims: tuple[Claim, ...]
    corrections: tuple[str, ...]  # notes
    withdrawn: str  # its note, or ""
    aliases: tuple[str, ...]

    @property
    def citations(self) -> tuple[Citation, ...]:
        return tuple(c for claim in self.claims for c in claim.citations)

    def key(self, citation: Citation) -> str:
        """Return what names *citation* in anchors: ``<event>-<n>``."""
        return f"{self.id}-{citation.n}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    url: str
    events: Mapping[str, Event] = field(default_factory=dict)
    sources: Mapping[str, Source] = field(default_factory=dict)


def parse_timeline(data: bytes) -> tuple[Timeline | None, list[Fault]]:
    """Read the file; None with a fault for each thing in it that is not as it should be."""
    try:
        root = read_json(data)
    except NoJson as problem:
        return None, [Fault(file=FILE, where="the file", message=f"it is not JSON: {problem}")]
    said = root.get("format") if isinstance(root, dict) else None
    if isinstance(said, str) and said != FORMAT:
        message = "this format is not known"
        return None, [
            Fault(file=FILE, where="format", message=message, expected=FORMAT, found=said)
        ]
    if faults := [*find_misfits(root)]:
        return None, faults
    events = [_event(item) for item in root["events"]]
    sources = [_source(item) for item in root["sources"]]
    for what, ids in (
        ("events", [event.id for event in events]),
        ("sources", [source.id for source in sources]),
        *(
            (f"source {source['id']}, paragraphs", [one["id"] for one in source["paragraphs"]])
            for source in root["sources"]
        ),
    ):
        faults += _find_repeated(what, ids)
    if faults:
        return None, faults
    return Timeline(
        url=root["site"]["url"] or "",
        events={event.id: event for event in events},
        sources={source.id: source for source in sources},
    ), []


def _find_repeated(what: str, ids: list[str]) -> Iterator[Fault]:
    seen: set[str] = set()
    for number, id in enumerate(ids, 1):
        if id in seen:
            message = f"the id {id} stands twice"
            yield Fault(file=FILE, where=f"{what} {number}", message=message)
        seen.add(id)


def _source(item: Any) -> Source:
    return Source(
        id=item["id"],
        url=item["url"],
        title=item["title"],
        republish=item["republish"],
        original_url=item["original_url"],
        archives=tuple(archive["url"] for archive in item["archives"]),
        snapshot_sha256=item["snapshot_sha256"],
        snapshot_url=item.get("snapshot_url"),
        text_sha256=item["text_sha256"],
        paragraphs={
            one["id"]: Paragraph(
                id=one["id"],
                kind=one["kind"],
                text=one["text"],
                sha256=one["sha256"],
                retired=one.get("retired", False),
            )
            for one in item["paragraphs"]
        },
    )


def _event(item: Any) -> Event:
    date, withdrawn = item["date"], item.get("withdrawn")
    return Event(
        id=item["id"],
        url=item["url"],
        title=item["title"],
        edtf=date["edtf"],
        earliest=date["earliest"],
        latest=date["latest"],
        date_text=date["text"],
        date_label=date["label"],
        kind=item["kind"],
        modality=item["modality"],
        names=tuple(n for key in ("actors", "recipients", "places", "tags") for n in item[key]),
        claims=tuple(
            Claim(
                text=claim["text"],
                attributed_to=claim["attributed_to"] or "",
                uncited=claim.get("uncited", ""),
                figures=tuple(map(_figure, claim["figures"])),
                citations=tuple(map(_citation, claim["citations"])),
            )
            for claim in item["claims"]
        ),
        corrections=tuple(one["note"] for one in item["corrections"]),
        withdrawn=withdrawn["note"] if withdrawn else "",
        aliases=tuple(item.get("aliases", ())),
    )


def digits_of(number: str) -> str:
    """Return a written number's sign and digits: how it is grouped depends on the language."""
    sign = "-" if number.lstrip("\u200e\u200f\u061c")[:1] in tuple("-−") else ""
    return sign + "".join(digit for digit in number if "0" <= digit <= "9")


def _figure(item: Any) -> Figure:
    ends = [end for end in (item["low"], item["high"]) if end is not None]
    plain = all(end == 0 or 1e-6 <= abs(end) < 1e15 for end in ends)
    written = [format(Decimal(str(end)), "f").removesuffix(".0") for end in ends]
    digits = [digits_of(one) for one in dict.fromkeys(written)]
    return Figure(
        measure=item["measure"],
        digits="".join([*digits[:1], *(one.lstrip("-") for one in digits[1:])]) if plain else "",
        unit=item["unit"] or "",
        qualifier=item["qualifier"] or "",
    )


def _citation(item: Any) -> Citation:
    start, end, paragraph = item["start"] or 0, item["end"] or 0, item["paragraph"] or ""
    parts = tuple(Part(one["paragraph"], one["start"], one["end"]) for one in item.get("parts", ()))
    return Citation(
        n=item["n"],
        source=item["source"],
        paragraph=paragraph,
        start=start,
        end=end,
        quote=item["quote"] or "",
        exact=item["exact"] or "",
        match=item["match"] or "",
        stance=item["stance"],
        note=item.get("note", ""),
        translation=item["translation"]["text"] if "translation" in item else "",
        url=item["url"],
        live_url=item["live_url"] or "",
        parts=parts or (Part(paragraph, start, end),),
        unverified=item.get("unverified", ""),
    )
