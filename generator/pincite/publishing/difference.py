"""What publishing would change, as values: paths of files, and the addresses they stand for."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from pincite.plan.pages import FOLDERS
from pincite.publishing.staging import COMPRESSED, Staged

TIMELINE = "data/timeline.json"
# What is put beside a site by its host or its owner, and is never part of one.
KEPT = ("CNAME", ".htaccess", ".well-known/")
_PAGE = re.compile(r"((?:(?:events|sources)/)?([^/]+)/)index\.html")


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Paths relative to the site, sorted. *same* counts files that need not be touched."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    same: int = 0

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A place as it was found. *timeline* is what stands there as ``data/timeline.json``."""

    difference: Difference
    occupied: bool  # it holds files already
    timeline: bytes = b""

    @property
    def is_pincite(self) -> bool:
        """Whether a Pincite site stands there; only from such a place files are removed."""
        try:
            value: Any = json.loads(self.timeline)
        except (ValueError, RecursionError):
            return False
        return isinstance(value, dict) and str(value.get("format", "")).startswith("pincite/")


class Target(Protocol):
    """A place to publish to. Both verbs raise Failure where the world does not allow it."""

    @property
    def name(self) -> str: ...

    def look(self, staged: Staged) -> Seen: ...

    def send(self, staged: Staged, seen: Seen) -> None: ...


def compare(here: Mapping[str, str], there: Mapping[str, str], keep: Iterable[str]) -> Difference:
    """Compare files by their digests; what is to be kept there is no difference."""
    keep = tuple(keep)
    both = here.keys() & there.keys()
    changed = tuple(sorted(path for path in both if here[path] != there[path]))
    return Difference(
        added=tuple(sorted(here.keys() - there.keys())),
        changed=changed,
        removed=tuple(p for p in sorted(there.keys() - here.keys()) if not is_kept(p, keep)),
        same=len(both) - len(changed),
    )


def is_kept(path: str, keep: Iterable[str]) -> bool:
    """Whether *path* is one of *keep*, or stands in a folder that is."""
    names = tuple(entry.rstrip("/") for entry in keep)
    return any(path == name or path.startswith(f"{name}/") for name in names)


def address_of(path: str) -> str:
    """Return the address that the file *path* answers at, relative to the site's root."""
    return path.removesuffix("index.html") or "./"


def addresses_of(paths: Iterable[str]) -> tuple[str, ...]:
    """Return the addresses of *paths*; compressed copies have none of their own."""
    return tuple(address_of(path) for path in paths if not path.endswith(COMPRESSED))


def lasting_addresses(paths: Iterable[str]) -> tuple[str, ...]:
    """Return the addresses of events, their aliases, sources and pages of prose among *paths*.

    The other pages are made of these, and of the names in them.
    """
    found = filter(None, map(_PAGE.fullmatch, paths))
    return tuple(sorted(match[1] for match in found if match[1].rstrip("/") not in FOLDERS))


def find_lost(
    known: Iterable[str], staged: Iterable[str], difference: Difference
) -> tuple[str, ...]:
    """Return lasting addresses that were published, as *known* or at the place, and would go."""
    lost = set(known) | set(lasting_addresses(difference.removed))
    return tuple(sorted(lost - set(lasting_addresses(staged))))
