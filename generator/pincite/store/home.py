"""Where a linked corpus is kept, and for which context."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pincite.base.digest import digest_bytes
from pincite.base.text import Text
from pincite.disk import STATE, stamp_of
from pincite.kept import find_kept, keep
from pincite.load.project import EVENTS, SOURCES, Inputs, fingerprint
from pincite.unchanged import engine_digest


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """One project, built into one folder with the same settings."""

    root: Path
    out: Path
    settings: str

    @property
    def _name(self) -> str:
        return f"linked-{digest_bytes(str(self.out.resolve()).encode(errors='surrogateescape'))}"

    def find(self) -> bytes | None:
        return find_kept(self.root, self._name)

    def keep(self, data: bytes) -> None:
        keep(self.root, self._name, data)

    def context(self, inputs: Inputs) -> str:
        """Return the digest of all that the linking of events rests on, but their files.

        It is empty where nothing can be recalled. It holds when a file of ours was made here, which
        nobody can know who sends a project with its folder of state.
        """
        stamp = stamp_of(str(self.root / STATE / ".gitignore"))
        try:
            seeds = fingerprint(self.root, ("seeds",))
        except OSError:
            return ""
        if stamp is None:
            return ""
        parts = [engine_digest(), self.settings, repr(stamp), seeds]
        for text in inputs.texts.values():
            if not is_of_events(text.path):
                value = text.value.encode("utf-8", "surrogatepass")
                parts += (text.path, digest_bytes(value))
        parts += (f"{file} {size}" for file, size in inputs.media.items())
        return digest_bytes("\0".join(parts).encode("utf-8", "surrogateescape"))


def is_of_events(path: str) -> bool:
    folder, endings = EVENTS
    return path.startswith(folder) and path.endswith(endings)


def is_of_sources(path: str) -> bool:
    folder, endings = SOURCES
    return path.startswith(folder) and path.endswith(endings)


def texts_of_events(inputs: Inputs) -> Iterable[Text]:
    return [text for path, text in inputs.texts.items() if is_of_events(path)]
