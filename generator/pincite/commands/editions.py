"""Published editions, for commands that compare: from a file, a folder or the web."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pincite.base.diagnostics import Failure
from pincite.changes import read_edition

_FILE = "data/timeline.json"
_MISSING = (404, 410)


def read_published(name: str) -> dict[str, Any]:
    """Return the ``timeline.json`` that *name* is, or that stands in its place. Raises Failure."""
    edition = find_published(name)
    if edition is None:
        raise Failure(f"there is no {_FILE} at {name}")
    return edition


def find_published(name: str) -> dict[str, Any] | None:
    """Return the same, or None where nothing has been published yet."""
    if name.lower().startswith(("http://", "https://")):
        data = _fetch(name)
        return None if data is None else dict(read_edition(data, name))
    path = Path(name)
    path = path / _FILE if path.is_dir() else path
    try:
        return dict(read_edition(path.read_bytes(), str(path)))
    except FileNotFoundError:
        return None
    except OSError as problem:
        raise Failure(f"cannot read {path}: {problem.strerror}") from None


def event_ids(edition: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the ids at which *edition* has events, those of their aliases as well."""
    ids: list[str] = []
    for event in edition["events"]:
        aliases = event.get("aliases")
        ids.append(event["id"])
        ids += [one for one in aliases if isinstance(one, str)] if isinstance(aliases, list) else []
    return tuple(dict.fromkeys(ids))


def source_ids(edition: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the ids at which *edition* has sources."""
    return tuple(dict.fromkeys(source["id"] for source in edition["sources"]))


def _fetch(url: str) -> bytes | None:
    from pincite.net.fetch import Limits, fetch, shown  # noqa: PLC0415

    if not url.partition("?")[0].endswith(".json"):
        url = url.removesuffix("index.html").rstrip("/") + "/" + _FILE
    limits = Limits(bytes=500_000_000, seconds=300.0, idle_seconds=30.0)
    answer = fetch(url, limits=limits, allow_private=True, same_origin=True)
    if answer.status in _MISSING:
        return None
    if answer.status != 200:
        raise Failure(f"{shown(url)} answers {answer.status}")
    return answer.body
