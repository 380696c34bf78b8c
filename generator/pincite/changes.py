"""What two published ``timeline.json`` say differently, as values and in words.

An event or a source is the one with the same id; an event whose id changed is found by its alias.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any

from pincite.base.diagnostics import Failure
from pincite.base.yamltext import Value, yaml_text
from pincite.model import Change, Edition, FieldChange

FORMAT = "pincite/1"

_EVENT = {
    "title": "title",
    "kind": "kind",
    "modality": "modality",
    "actors": "actors",
    "recipients": "recipients",
    "places": "places",
    "tags": "tags",
    "summary": "summary",
    "related": "related events",
    "media": "media",
}
_DATE = {
    "edtf": "date (EDTF)",
    "label": "date",
    "text": "wording of the date",
    "basis": "basis of the date",
}
_CLAIM = {
    "text": "text",
    "attributed_to": "attribution",
    "confidence": "confidence",
    "confidence_why": "reason of the confidence",
    "figures": "figures",
    "uncited": "reason for no citation",
}
_CITATION = {
    "source": "source",
    "paragraph": "paragraph",
    "exact": "quotation",
    "stance": "stance",
    "note": "note",
    "translation": "translation",
    "unverified": "reason for no proof",
}
_SOURCE = {
    "title": "title",
    "publisher": "publisher",
    "authors": "authors",
    "published": "published",
    "published_basis": "basis of the publication date",
    "language": "language",
    "original_url": "address of the original",
    "archives": "archives",
    "retrieved_at": "retrieved",
    "snapshot_sha256": "SHA-256 of the snapshot",
    "republish": "what is reprinted",
}
_SITE = {"title": "title", "description": "description", "url": "address", "language": "language"}
_HEADER = """\
# What editions of this site said differently: the page of changes. `pincite changes --write` adds
# to it. Delete what readers need not be told.
"""
_ALIKE = 0.5  # two claims or citations less alike are not the same one, changed


def read_edition(data: bytes, name: str) -> Mapping[str, Any]:
    """Return a ``timeline.json`` as it is. Raises Failure when it is none."""
    try:
        edition = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise Failure(f"{name} is not JSON") from None
    said = edition.get("format") if isinstance(edition, dict) else None
    if said != FORMAT:
        raise Failure(
            f"{name} is not of the format {FORMAT}",
            help="give it the data/timeline.json of a published site, or the site",
        )
    for key in ("events", "sources"):
        items = edition.get(key)
        if not isinstance(items, list) or not all(
            isinstance(item, dict) and isinstance(item.get("id"), str) for item in items
        ):
            raise Failure(f"{name}: its {key} are not a list of objects with ids")
    return dict(edition)


def compare_editions(old: Mapping[str, Any], new: Mapping[str, Any]) -> tuple[Change, ...]:
    """Return all changes: the site's, then events in the new order, the removed last, sources."""
    return (
        *_compare_site(_object(old.get("site")), _object(new.get("site"))),
        *_compare_events(old["events"], new["events"]),
        *_compare_sources(old["sources"], new["sources"]),
    )


def editions_text(editions: Sequence[Edition]) -> bytes:
    """Return ``content/changes.yaml`` of *editions*, the newest first."""
    newest = sorted(editions, key=lambda edition: edition.date.sort_key, reverse=True)
    return (_HEADER + yaml_text([_edition(edition) for edition in newest], spaced=True)).encode()


def _edition(edition: Edition) -> Value:
    entry: dict[str, Value] = {"date": edition.date.edtf}
    if edition.note:
        entry["note"] = edition.note
    entry["changes"] = [_written(change) for change in edition.changes]
    return entry


def _written(change: Change) -> Value:
    entry: dict[str, Value] = {"kind": change.kind, "what": change.what, "id": change.id}
    entry["title"] = change.title
    if change.former_id:
        entry["former_id"] = change.former_id
    if change.notes:
        entry["notes"] = list(change.notes)
    if change.fields:
        entry["fields"] = [
            {
                "name": field.name,
                **({"old": field.old} if field.old else {}),
                **({"new": field.new} if field.new else {}),
            }
            for field in change.fields
        ]
    return entry


def _compare_site(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    fields = tuple(_differing(old, new, _SITE))
    if fields:
        title = _say(new.get("title"))
        yield Change(kind="changed", what="site", id="site", title=title, fields=fields)


def _compare_events(
    old: Sequence[Mapping[str, Any]], new: Sequence[Mapping[str, Any]]
) -> Iterator[Change]:
    before = {event["id"]: event for event in old}
    matched: set[str] = set()
    for event in new:
        former = event["id"]
        if former not in before:
            aliases = [id for id in _list(event.get("aliases")) if isinstance(id, str)]
            former = next((id for id in aliases if id in before), "")
        matched.add(former)
        if not former:
            yield _change("added", "event", event)
        elif (change := _compare_event(before[former], event)) is not None:
            yield change
    for event in old:
        if event["id"] not in matched:
            yield _change("removed", "event", event)


def _compare_event(old: Mapping[str, Any], new: Mapping[str, Any]) -> Change | None:
    fields = [
        *_differing(old, new, _EVENT),
        *_differing(_object(old.get("date")), _object(new.get("date")), _DATE),
        *_compare_claims(_objects(old.get("claims")), _objects(new.get("claims"))),
    ]
    kind = "changed"
    known = [_note(one) for one in _objects(old.get("corrections"))]
    notes = [_note(one) for one in _objects(new.get("corrections"))]
    fresh = tuple(note for note in notes if note not in known)
    gone = [note for note in known if note not in notes]
    fields += [FieldChange(name="correction", old=note, new="") for note in gone]
    if fresh:
        kind = "corrected"
    was, now = _object(old.get("withdrawn")), _object(new.get("withdrawn"))
    if now and not was:
        kind, fresh = "withdrawn", (*fresh, _note(now))
    elif was != now:
        fields.append(FieldChange(name="withdrawal", old=_note(was), new=_note(now)))
    former = old["id"] if old["id"] != new["id"] else ""
    if not (fields or fresh or former):
        return None
    return _change(kind, "event", new, former=former, fields=fields, notes=fresh)


def _compare_claims(
    old: Sequence[Mapping[str, Any]], new: Sequence[Mapping[str, Any]]
) -> Iterator[FieldChange]:
    for number, was, now in _pair(old, new, "text"):
        name = f"claim {number}" if len(old) > 1 or len(new) > 1 else "claim"
        if was is None or now is None:
            yield FieldChange(
                name=name,
                old=_say(was.get("text")) if was else "",
                new=_say(now.get("text")) if now else "",
            )
            continue
        for change in _differing(was, now, _CLAIM):
            yield _within(name, change)
        cited = (_objects(was.get("citations")), _objects(now.get("citations")))
        for place, before, after in _pair(*cited, "exact"):
            inner = f"{name}, citation {place}" if max(map(len, cited)) > 1 else f"{name}, citation"
            if before is None or after is None:
                yield FieldChange(name=inner, old=_cited(before), new=_cited(after))
            else:
                for change in _differing(before, after, _CITATION):
                    yield _within(inner, change)


def _compare_sources(
    old: Sequence[Mapping[str, Any]], new: Sequence[Mapping[str, Any]]
) -> Iterator[Change]:
    before = {source["id"]: source for source in old}
    after = {source["id"] for source in new}
    for source in new:
        was = before.get(source["id"])
        if was is None:
            yield _change("added", "source", source)
            continue
        fields = [*_differing(was, source, _SOURCE), *_compare_paragraphs(was, source)]
        if fields:
            yield _change("changed", "source", source, fields=fields)
    for source in old:
        if source["id"] not in after:
            yield _change("removed", "source", source)


def _compare_paragraphs(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[FieldChange]:
    was = {_say(p.get("id")): p for p in _objects(old.get("paragraphs"))}
    now = {_say(p.get("id")): p for p in _objects(new.get("paragraphs"))}
    for id in dict.fromkeys((*was, *now)):
        before, after = was.get(id, {}), now.get(id, {})
        if before.get("sha256") != after.get("sha256"):
            texts = [_say(p.get("text") or p.get("sha256")) for p in (before, after)]
            yield FieldChange(name=f"paragraph {id}", old=texts[0], new=texts[1])
        elif bool(before.get("retired")) != bool(after.get("retired")):
            words = ["retired" if p.get("retired") else "in use" for p in (before, after)]
            yield FieldChange(name=f"paragraph {id}", old=words[0], new=words[1])


def _pair(
    old: Sequence[Mapping[str, Any]], new: Sequence[Mapping[str, Any]], key: str
) -> Iterator[tuple[int, Mapping[str, Any] | None, Mapping[str, Any] | None]]:
    """Yield (number, old, new) of what is the same: equal in *key*, else the most alike of it.

    The number is that of the new one; of what is gone, that of the old one.
    """
    partner: dict[int, int] = {}
    free = list(range(len(old)))
    for at, item in enumerate(new):
        same = next((index for index in free if old[index].get(key) == item.get(key)), None)
        if same is not None:
            partner[at] = same
            free.remove(same)
    for at, item in enumerate(new):
        if at not in partner and free:
            ratio, best = max(
                (SequenceMatcher(None, _say(old[i].get(key)), _say(item.get(key))).ratio(), -i)
                for i in free
            )
            if ratio >= _ALIKE:
                partner[at] = -best
                free.remove(-best)
    for at, item in enumerate(new):
        yield at + 1, old[partner[at]] if at in partner else None, item
    for index in free:
        yield index + 1, old[index], None


def _differing(
    old: Mapping[str, Any], new: Mapping[str, Any], names: Mapping[str, str]
) -> Iterator[FieldChange]:
    for key, name in names.items():
        was, now = _say(old.get(key)), _say(new.get(key))
        if was != now:
            yield FieldChange(name=name, old=was, new=now)


def _change(
    kind: str,
    what: str,
    item: Mapping[str, Any],
    *,
    former: str = "",
    fields: Iterable[FieldChange] = (),
    notes: tuple[str, ...] = (),
) -> Change:
    return Change(
        kind=kind,
        what=what,
        id=item["id"],
        title=_say(item.get("title")),
        url=_say(item.get("url")),
        former_id=former,
        fields=tuple(fields),
        notes=notes,
    )


def _within(name: str, change: FieldChange) -> FieldChange:
    return FieldChange(name=f"{name}, {change.name}", old=change.old, new=change.new)


def _cited(citation: Mapping[str, Any] | None) -> str:
    if not citation:
        return ""
    words = citation.get("exact") or citation.get("unverified")
    return f"{_say(citation.get('source'))}, {_say(citation.get('paragraph'))}: {_say(words)}"


def _note(dated: Mapping[str, Any]) -> str:
    return f"{_say(dated.get('date'))}: {_say(dated.get('note'))}" if dated else ""


def _say(value: object) -> str:
    """Put a value of JSON in words."""
    match value:
        case None:
            return ""
        case str():
            return value
        case bool():
            return "yes" if value else "no"
        case list():
            return "; ".join(filter(None, map(_say, value)))
        case dict():
            return ", ".join(f"{key} {_say(value[key])}" for key in value if _say(value[key]))
        case _:
            return str(value)


def _object(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: object) -> Sequence[Any]:
    return value if isinstance(value, list) else []


def _objects(value: object) -> Sequence[Mapping[str, Any]]:
    return [item for item in _list(value) if isinstance(item, dict)]
