"""SIMILE Timeline: JSON (also NeatlineTime's) and XML.

An instant with an end happened once, some time in between; ``latestStart`` and ``earliestEnd``
say how far a beginning and an end are known.
"""

from collections.abc import Mapping
from typing import Any, Final

from pincite.importers.gathering import Fields, Gathering
from pincite.importers.jsontree import list_of, object_of, read_json, text_of
from pincite.importers.moments import (
    UNKNOWN,
    Moment,
    Reading,
    Refusal,
    hazy_stretch,
    one_moment,
    sometime,
)
from pincite.importers.values import Import, What
from pincite.importers.written import read_moment, read_written
from pincite.importers.xmltree import read_xml

FORMAT: Final = "simile"

_SHORT: Final = {
    "s": "start",
    "e": "end",
    "ls": "latestStart",
    "ee": "earliestEnd",
    "d": "description",
    "de": "durationEvent",
    "t": "title",
    "c": "color",
    "eid": "eventID",
}
_TIMES: Final = ("start", "latestStart", "earliestEnd", "end")
_HOME: Final = frozenset((*_TIMES, "title", "description", "isDuration", "durationEvent"))


def read_simile(data: bytes | str, name: str) -> Import:
    """Read either form; which it is shows in the first character."""
    gathering = Gathering(FORMAT, name, data)
    head = data[:200] if isinstance(data, str) else data[:200].decode("latin-1").replace("\0", "")
    if head.lstrip("\ufeff\u00ef\u00bb\u00bf\u00fe\u00ff \t\r\n").startswith("<"):
        _read_xml(gathering, data)
    else:
        _read_json(gathering, data)
    return gathering.finish()


def _read_json(gathering: Gathering, data: bytes | str) -> None:
    document = read_json(data)
    gathering.losses += document.losses
    root = document.root
    if root is None:
        return
    for key, value in object_of(root).items():
        if key not in {"events", "dateTimeFormat"}:
            message = f"`{key[:60]}: {text_of(value)[:120]}` of the whole timeline was left out"
            gathering.lose(1, "", What.NOTED, message)
    for event in list_of(root.get("events") if isinstance(root, dict) else root):
        if not isinstance(event, dict):
            gathering.lose(None, "", What.REFUSED, f"`{text_of(event)[:60]}` is no event")
            continue
        fields: dict[str, Any] = {
            _SHORT.get(str(key), str(key)): value for key, value in event.items()
        }
        said = text_of(fields.get("isDuration", fields.get("durationEvent")))
        # Without a word about it, the JSON of SIMILE takes an event with an end to last.
        _add(gathering, getattr(event, "line", None), fields, instant=said.lower() == "false")


def _read_xml(gathering: Gathering, data: bytes | str) -> None:
    document = read_xml(data)
    gathering.losses += document.losses
    root = document.root
    if root is None:
        return
    for key, value in root.attributes.items():
        if key != "date-time-format":
            message = f"`{key[:60]}: {value[:120]}` of the whole timeline was left out"
            gathering.lose(root.line, "", What.NOTED, message)
    for element in root.children:
        if element.name != "event":
            message = f"the element <{element.name[:40]}> is no event: {element.text[:120]}"
            gathering.lose(element.line, "", What.REFUSED, message)
            continue
        given: dict[str, Any] = dict(element.attributes)
        description = element.inner_html()
        given["description"] = "\n\n".join(
            part for part in (str(given.get("description", "")), description) if part
        )
        instant = given.get("isDuration", "").lower() != "true"
        _add(gathering, element.line, given, instant=instant)


def _add(
    gathering: Gathering, line: int | None, fields: Mapping[str, Any], *, instant: bool
) -> None:
    texts = {name: text_of(fields.get(name)) for name in _TIMES}
    link = text_of(fields.get("link"))
    rest = {k: v for k, v in fields.items() if k not in _HOME and k not in {"link", "image"}}
    if said := text_of(fields.get("isDuration", fields.get("durationEvent"))):
        rest["isDuration"] = said if texts["end"] else ""
    gathering.add(
        Fields(
            line=line,
            date=_date(texts, instant=instant),
            written=texts,
            title=text_of(fields.get("title")),
            text=text_of(fields.get("description")),
            links=[(link, "")] if link else [],
            media=[text_of(fields["image"])] if text_of(fields.get("image")) else [],
            rest=rest,
        )
    )


def _date(texts: Mapping[str, str], *, instant: bool) -> Reading:
    if texts["start"] and not any(texts[name] for name in _TIMES[1:]):
        return read_written(texts["start"])
    moments: dict[str, Moment | None] = {}
    for name in _TIMES:
        moment = read_moment(texts[name]) if texts[name] else None
        if isinstance(moment, Refusal):
            return Reading(UNKNOWN, refusals=(f"{name}: {moment.message}",), partial=True)
        moments[name] = moment
    start, latest_start, earliest_end, end = moments.values()
    if start is None:
        message = "it has no start" if any(texts.values()) else "there is no date"
        return Reading(UNKNOWN, refusals=(message,), partial=True)
    if end is None or instant:
        bounds = [bound for bound in (latest_start, earliest_end, end) if bound is not None]
        last = max(bounds, key=lambda m: (m.year, m.month or 12, m.day or 31, m.time))
        if len(set(bounds)) > 1:
            reading = sometime(start, last)
            return reading._replace(partial=True)
        return sometime(start, last) if bounds else one_moment(start)
    return hazy_stretch(start, latest_start, earliest_end, end)
