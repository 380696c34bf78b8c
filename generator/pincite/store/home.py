"""Where a linked corpus is kept, and for which context."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pincite.again import Again
from pincite.base.digest import Digests, digest_bytes
from pincite.base.text import Text
from pincite.disk import STATE, digest_file, read_at, stamp_of
from pincite.exports.pieces import Past
from pincite.kept import find_kept, forget, keep, kept_names
from pincite.load.project import EVENTS, SOURCES, Inputs, fingerprint
from pincite.spool import Spool
from pincite.store.chunks import dump, open_chunks
from pincite.store.parts import Whole


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """One project, built into one folder with the same settings."""

    root: Path
    out: Path
    settings: str
    engine: str  # digest of the program
    stamps: Mapping[str, Sequence[Any]]  # of the published files: `pincite.publish.Past`

    def open(self) -> Whole | None:
        """Return the linked corpus that is kept here, to be read a chunk at a time."""
        return open_chunks(find_kept(self.root, self._head), self._find_chunk)

    def keep(self, whole: Whole) -> None:
        """Keep the chunks of *whole* and then what speaks of them, and forget all others."""
        there = kept_names(self.root, self._chunk(""))
        # One that is there already is written all the same: it may be damaged.
        head, own = dump(whole, lambda digest, data: keep(self.root, self._chunk(digest), data))
        keep(self.root, self._head, head)
        forget(self.root, there - set(map(self._chunk, own)))

    @property
    def _head(self) -> str:
        return f"linked-{self._out}"

    def _chunk(self, digest: str) -> str:
        return f"rows-{self._out}-{digest}"

    def _find_chunk(self, digest: str) -> bytes | None:
        return find_kept(self.root, self._chunk(digest))

    def past(self, digests: Digests) -> Past:
        """Return what the last build made of the data files; *digests* are those of this one."""
        stamps = self.stamps

        def look(path: str) -> str:
            stamp, file = stamps.get(path), self.out / path
            if stamp is not None and stamp_of(str(file)) == tuple(stamp[:-1]):
                return str(stamp[-1])
            return digest_file(file)

        return Past(
            digest=digests.of,
            look=look,
            read=lambda path, start, size: read_at(self.out / path, start, size),
            find=self.find_ours,
            keep=self.keep_ours,
            room=lambda: Spool(self.out),
        )

    def find_ours(self, name: str) -> bytes | None:
        """Return what this program kept here under *name*."""
        return find_kept(self.root, f"{name}-{self._out}", self._secret)

    def keep_ours(self, name: str, data: bytes) -> None:
        keep(self.root, f"{name}-{self._out}", self._secret, data)

    @property
    def _out(self) -> str:
        return digest_bytes(str(self.out.resolve()).encode(errors="surrogateescape"))

    @property
    def _secret(self) -> bytes:
        return f"{self.engine} {self._stamp}\n".encode()

    @property
    def _stamp(self) -> str:
        """When a file of ours was made here: what nobody else can know.

        So nothing is taken for ours that came with a project and its folder of state.
        """
        return repr(stamp_of(str(self.root / STATE / ".gitignore")))

    def context(self, inputs: Inputs, again: Again) -> str:
        """Return the digest of all that the linking of events rests on, but their files.

        It is empty where nothing can be recalled.
        """
        try:
            seeds = fingerprint(self.root, ("seeds",), again)
        except OSError:
            return ""
        again.forget_unused()
        parts = [self.engine, self.settings, self._stamp, seeds]
        for text in inputs.texts.values():
            if not is_of_events(text.path):
                parts += (text.path, text.digest)
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
