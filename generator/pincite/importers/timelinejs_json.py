"""The JSON of TimelineJS: version 3 (events, start_date) or 1 and 2 (timeline, date, startDate)."""

import re
from collections.abc import Mapping
from typing import Any, Final

from pincite.importers.gathering import Fields, Gathering
from pincite.importers.jsontree import list_of, object_of, read_json, text_of
from pincite.importers.moments import Moment, Reading, Refusal
from pincite.importers.timelinejs import read_parts, read_slide_dates
from pincite.importers.values import Import, What
from pincite.importers.written import read_moment

FORMAT: Final = "timelinejs-json"

_SLIDE: Final = frozenset(
    ("start_date", "end_date", "text", "media", "group", "display_date", "location", "unique_id")
)
_OLD: Final = frozenset(("startDate", "endDate", "headline", "text", "asset", "tag", "tags"))


def read_timelinejs_json(data: bytes | str, name: str) -> Import:
    """Read a timeline of either version. Year -44 is 44 BCE there, which EDTF calls -0043."""
    gathering = Gathering(FORMAT, name, data)
    document = read_json(data)
    gathering.losses += document.losses
    root = document.root
    if root is None:
        return gathering.finish()
    if isinstance(root, dict) and isinstance(root.get("timeline"), dict):
        _read_old(gathering, root["timeline"])
        _note_other(gathering, root, {"timeline"})
    elif isinstance(root, dict):
        _read_new(gathering, root)
    else:
        gathering.lose(1, "", What.REFUSED, "a timeline is an object with `events`")
    return gathering.finish()


def _read_new(gathering: Gathering, root: dict[str, Any]) -> None:
    title = object_of(root.get("title"))
    if title:
        text = object_of(title.get("text"))
        line = getattr(title, "line", None)
        gathering.describe_site(text_of(text.get("headline")), text_of(text.get("text")), line)
        rest = [key for key in title if key != "text"]
        if rest:
            message = f"the title's {', '.join(rest)} have no place in a site and were left out"
            gathering.lose(line, gathering.site.get("title", ""), What.NOTED, message)
    for era in list_of(root.get("eras")):
        label = text_of(object_of(object_of(era).get("text")).get("headline"))
        gathering.add_era(label, _slide_date(object_of(era)), getattr(era, "line", None))
    for event in list_of(root.get("events")):
        if isinstance(event, dict):
            _add_slide(gathering, event)
        else:
            gathering.lose(None, "", What.REFUSED, f"`{text_of(event)[:60]}` is no event")
    _note_other(gathering, root, {"title", "eras", "events"})


def _note_other(gathering: Gathering, root: Mapping[str, Any], known: set[str]) -> None:
    for key, value in root.items():
        if key not in known:
            message = f"`{key[:60]}: {text_of(value)[:120]}` of the whole timeline was left out"
            gathering.lose(getattr(root, "line", None), "", What.NOTED, message)


def _add_slide(gathering: Gathering, slide: dict[str, Any]) -> None:
    text, media = slide.get("text"), object_of(slide.get("media"))
    words = object_of(text) or {"text": text_of(text)}
    location = object_of(slide.get("location"))
    start = object_of(slide.get("start_date"))
    end = object_of(slide.get("end_date"))
    display = text_of(slide.get("display_date")) or text_of(start.get("display_date"))
    rest = {f"text-{key}": v for key, v in words.items() if key not in {"headline", "text"}}
    rest |= {
        f"media-{key}": value
        for key, value in media.items()
        if key not in {"url", "caption", "credit", "link"}
    }
    rest |= {f"location-{key}": value for key, value in location.items() if key != "name"}
    rest |= {key: value for key, value in slide.items() if key not in _SLIDE}
    rest |= {f"start-{k}": start[k] for k in ("millisecond", "format") if start.get(k)}
    rest |= {f"end-{k}": end[k] for k in ("millisecond", "format", "display_date") if end.get(k)}
    gathering.add(
        Fields(
            line=getattr(slide, "line", None),
            date=_slide_date(slide),
            written={"start-date": _as_written(start), "end-date": _as_written(end)},
            display=display,
            wish=text_of(slide.get("unique_id")),
            title=text_of(words.get("headline")),
            text=text_of(words.get("text")),
            groups=map(text_of, list_of(slide.get("group"))),
            places=[text_of(location["name"])] if location.get("name") else [],
            media=[text_of(media["url"])] if media.get("url") else [],
            links=[(text_of(media["link"]), "")] if media.get("link") else [],
            credits={
                f"media-{key}": text_of(media[key])
                for key in ("credit", "caption")
                if media.get(key)
            },
            rest=rest,
        )
    )


def _as_written(date: Mapping[str, Any]) -> str:
    return ", ".join(f"{key} {text_of(value)}" for key, value in date.items() if text_of(value))


def _slide_date(slide: dict[str, Any]) -> Reading:
    return read_slide_dates(_parts(slide.get("start_date")), _parts(slide.get("end_date")))


def _parts(value: Any) -> Moment | Refusal | None:
    date = object_of(value)
    if not date and text_of(value):
        return _old_moment(text_of(value))
    hour, minute, second = (text_of(date.get(k)) for k in ("hour", "minute", "second"))
    time = f"{hour}:{(minute or '0').zfill(2)}:{(second or '0').zfill(2)}" if hour else ""
    parts = {key: text_of(date.get(key)) for key in ("year", "month", "day")}
    return read_parts({**parts, "time": time})


# --- versions 1 and 2 ----------------------------------------------------------------------------


def _read_old(gathering: Gathering, timeline: dict[str, Any]) -> None:
    line = getattr(timeline, "line", None)
    gathering.describe_site(text_of(timeline.get("headline")), text_of(timeline.get("text")), line)
    for era in list_of(timeline.get("era")):
        label = text_of(object_of(era).get("headline"))
        gathering.add_era(label, _old_date(object_of(era)), getattr(era, "line", None))
    for event in list_of(timeline.get("date")):
        if isinstance(event, dict):
            _add_old(gathering, event)
        else:
            gathering.lose(None, "", What.REFUSED, f"`{text_of(event)[:60]}` is no event")
    _note_other(gathering, timeline, {"headline", "text", "era", "date"})


def _add_old(gathering: Gathering, event: dict[str, Any]) -> None:
    asset = object_of(event.get("asset"))
    rest = {
        f"media-{key}": value
        for key, value in asset.items()
        if key not in {"media", "credit", "caption"}
    }
    rest |= {key: value for key, value in event.items() if key not in _OLD}
    tags = [*list_of(event.get("tag")), *list_of(event.get("tags"))]
    gathering.add(
        Fields(
            line=getattr(event, "line", None),
            date=_old_date(event),
            written={key: text_of(event.get(key)) for key in ("startDate", "endDate")},
            title=text_of(event.get("headline")),
            text=text_of(event.get("text")),
            groups=map(text_of, tags),
            media=[text_of(asset["media"])] if asset.get("media") else [],
            credits={
                f"media-{key}": text_of(asset[key])
                for key in ("credit", "caption")
                if asset.get(key)
            },
            rest=rest,
        )
    )


def _old_date(event: dict[str, Any]) -> Reading:
    start, end = (text_of(event.get(key)) for key in ("startDate", "endDate"))
    return read_slide_dates(_old_moment(start), _old_moment(end))


def _old_moment(text: str) -> Moment | Refusal | None:
    """Read ``2011,12,10`` (also with hour, minute, second), ``1600`` or ``12/10/2011``."""
    if not text:
        return None
    pieces = [piece.strip() for piece in text.split(",")]
    while pieces and not pieces[-1]:
        pieces.pop()
    if pieces and all(re.fullmatch(r"-?\d{1,18}", piece) for piece in pieces) and len(pieces) < 8:
        parts = dict(zip(("year", "month", "day"), pieces, strict=False))
        clock = [piece.zfill(2) for piece in pieces[3:6]]
        time = ":".join([*clock, "00"] if len(clock) == 1 else clock)
        return read_parts({**parts, "time": time})
    return read_moment(text, without_zero=True)
