"""``data/timeline.json`` to values; what is malformed in it becomes faults."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from pincite.verify.fault import Fault

FILE = "data/timeline.json"
FORMAT = "pincite/1"


class Part(NamedTuple):
    """Code points [start, end) of the text of *paragraph* (its id)."""

    paragraph: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    id: str
    text: str | None  # None: not republished
    sha256: str
    retired: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    id: str
    url: str
    title: str
    republish: str
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
    stance: str
    url: str
    parts: tuple[Part, ...]
    unverified: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    text: str
    attributed_to: str
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
    language: str
    url: str
    events: Mapping[str, Event] = field(default_factory=dict)
    sources: Mapping[str, Source] = field(default_factory=dict)


class _Malformed(Exception):  # noqa: N818 - becomes a fault
    def __init__(self, where: str, message: str) -> None:
        super().__init__(message)
        self.where = where
        self.message = message


def parse_timeline(data: bytes) -> tuple[Timeline | None, list[Fault]]:
    """Read the file. Events and sources that are malformed are left out, with a fault each."""
    try:
        root = json.loads(data.decode("utf-8"), parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as problem:
        return None, [Fault(file=FILE, where="the file", message=f"it is not JSON: {problem}")]
    faults: list[Fault] = []
    try:
        top = _Object(root, "the file")
        if (said := top.text("format")) != FORMAT:
            return None, [
                Fault(
                    file=FILE,
                    where="format",
                    message="this format is not known",
                    expected=FORMAT,
                    found=said,
                )
            ]
        site = _Object(top.value("site", dict), "site")
        sources = _read_all(top, "sources", _source, faults)
        events = _read_all(top, "events", _event, faults)
        timeline = Timeline(
            language=site.text("language"),
            url=site.optional("url") or "",
            events=events,
            sources=sources,
        )
    except _Malformed as problem:
        return None, [*faults, Fault(file=FILE, where=problem.where, message=problem.message)]
    return timeline, faults


class _Object:
    """A JSON object, and the way to it for messages."""

    __slots__ = ("members", "where")

    def __init__(self, value: object, where: str) -> None:
        if not isinstance(value, dict):
            raise _Malformed(where, "this is not an object")
        self.members: dict[str, Any] = value
        self.where = where

    def value(self, key: str, *types: type) -> Any:
        if key not in self.members:
            raise _Malformed(f"{self.where}, {key}", "this is missing")
        value = self.members[key]
        if not isinstance(value, types) or (isinstance(value, bool) and bool not in types):
            kinds = " or ".join(_NAMES[one] for one in types)
            raise _Malformed(f"{self.where}, {key}", f"this is not {kinds}")
        return value

    def text(self, key: str) -> str:
        text: str = self.value(key, str)
        return text

    def optional(self, key: str) -> str | None:
        if self.members.get(key) is None:
            return None
        return self.text(key)

    def objects(self, key: str) -> "tuple[_Object, ...]":
        return tuple(
            _Object(item, f"{self.where}, {key} {number}")
            for number, item in enumerate(self.value(key, list), 1)
        )

    def texts(self, key: str) -> tuple[str, ...]:
        items = self.members.get(key, [])
        if not isinstance(items, list) or not all(isinstance(item, str) for item in items):
            raise _Malformed(f"{self.where}, {key}", "this is not a list of texts")
        return tuple(items)


_NAMES = {str: "text", int: "a whole number", list: "a list", dict: "an object", bool: "a truth"}


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is no JSON")


def _read_all(top: _Object, key: str, read: Any, faults: list[Fault]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for number, item in enumerate(top.value(key, list), 1):
        try:
            value = read(_Object(item, f"{key} {number}"))
        except _Malformed as problem:
            faults.append(Fault(file=FILE, where=problem.where, message=problem.message))
            continue
        if value.id in found:
            message = f"the id {value.id} stands twice"
            faults.append(Fault(file=FILE, where=f"{key} {number}", message=message))
        found[value.id] = value
    return found


def _source(item: _Object) -> Source:
    item.where = f"source {item.text('id')}"
    paragraphs: dict[str, Paragraph] = {}
    for one in item.objects("paragraphs"):
        one.where = f"{item.where}, paragraph {one.text('id')}"
        if one.text("id") in paragraphs:
            raise _Malformed(one.where, "it stands twice")
        paragraphs[one.text("id")] = Paragraph(
            id=one.text("id"),
            text=one.optional("text"),
            sha256=one.text("sha256"),
            retired=bool(one.members.get("retired")),
        )
    return Source(
        id=item.text("id"),
        url=item.text("url"),
        title=item.text("title"),
        republish=item.text("republish"),
        snapshot_sha256=item.optional("snapshot_sha256"),
        snapshot_url=item.optional("snapshot_url"),
        text_sha256=item.optional("text_sha256"),
        paragraphs=paragraphs,
    )


def _event(item: _Object) -> Event:
    item.where = f"event {item.text('id')}"
    date = _Object(item.value("date", dict), f"{item.where}, date")
    withdrawn = item.members.get("withdrawn")
    return Event(
        id=item.text("id"),
        url=item.text("url"),
        title=item.text("title"),
        edtf=date.text("edtf"),
        earliest=date.optional("earliest"),
        latest=date.optional("latest"),
        date_text=date.optional("text"),
        date_label=date.text("label"),
        kind=item.text("kind"),
        modality=item.text("modality"),
        claims=tuple(
            Claim(
                text=claim.text("text"),
                attributed_to=claim.optional("attributed_to") or "",
                citations=tuple(map(_citation, claim.objects("citations"))),
            )
            for claim in item.objects("claims")
        ),
        corrections=tuple(one.text("note") for one in item.objects("corrections")),
        withdrawn=""
        if withdrawn is None
        else _Object(withdrawn, f"{item.where}, withdrawn").text("note"),
        aliases=item.texts("aliases"),
    )


def _citation(item: _Object) -> Citation:
    item.where = f"{item.where.partition(',')[0]}, citation {item.value('n', int)}"
    unverified = item.optional("unverified") or ""
    proven = not unverified
    start = item.value("start", int) if proven else 0
    end = item.value("end", int) if proven else 0
    paragraph = item.text("paragraph") if proven else item.optional("paragraph") or ""
    parts = tuple(
        Part(one.text("paragraph"), one.value("start", int), one.value("end", int))
        for one in (item.objects("parts") if "parts" in item.members else ())
    )
    return Citation(
        n=item.value("n", int),
        source=item.text("source"),
        paragraph=paragraph,
        start=start,
        end=end,
        quote=item.text("quote") if proven else "",
        exact=item.text("exact") if proven else "",
        stance=item.text("stance"),
        url=item.text("url"),
        parts=parts or (Part(paragraph, start, end),),
        unverified=unverified,
    )
