"""Which media the events show, and whether each can be shown: file → Medium, and findings.

Bytes come and go one file at a time; what a `Shelf` gives or keeps changes no result.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field

from pincite.base.diagnostics import Diagnostic, error
from pincite.base.digest import digest_bytes
from pincite.images.kinds import Refusal, find_kind
from pincite.images.pictures import Picture, Variant, can_write_avif, encoders, examine, variants_of
from pincite.model import Corpus


def _read_nothing(path: str) -> bytes:
    raise FileNotFoundError(path)


@dataclass(frozen=True, slots=True)
class Shelf:
    """Where bytes of media come from, and where what was made of them is kept.

    It takes no part in equality or digests: a `Medium` says which bytes are meant.
    """

    read: Callable[[str], bytes] = field(compare=False, repr=False)
    find: Callable[[str], bytes | None] = field(compare=False, repr=False)
    keep: Callable[[str, bytes], None] = field(compare=False, repr=False)
    read_seed: Callable[[str], bytes] = field(compare=False, repr=False, default=_read_nothing)


@dataclass(frozen=True, slots=True, kw_only=True)
class Medium:
    """A file of content/media that can be shown."""

    file: str
    kind: str  # image | audio | video
    type: str  # media type of the file as it is
    digest: str  # of its bytes
    width: int = 0  # pixels, of an image
    height: int = 0
    variants: tuple[Variant, ...] = ()  # the last one is the full size
    encoders: str = ""  # what images are written with: other encoders, other bytes


def survey(corpus: Corpus, shelf: Shelf) -> tuple[Mapping[str, Medium], tuple[Diagnostic, ...]]:
    """Look into every file that an event names. One that cannot be shown is reported there."""
    found: list[Diagnostic] = []
    known: dict[str, Medium | Refusal] = {}
    for event in corpus.events:
        for number, entry in enumerate(event.media):
            medium = known.get(entry.file)
            if medium is None:
                medium = known[entry.file] = _look(entry.file, shelf)
            if isinstance(medium, Refusal):
                found.append(
                    error(
                        "media-refused",
                        event.at.place("media", number),
                        f"`{entry.file}` is not published: {medium.reason}",
                        help=medium.help,
                    )
                )
    media = {file: m for file, m in sorted(known.items()) if isinstance(m, Medium)}
    return media, tuple(found)


def _look(file: str, shelf: Shelf) -> Medium | Refusal:
    try:
        data = shelf.read(file)
    except OSError as problem:
        return Refusal(
            reason=problem.strerror or "it cannot be read", help="mend the file, or its rights"
        )
    kind = find_kind(file, data)
    if isinstance(kind, Refusal):
        return kind
    digest = digest_bytes(data)
    if kind.name != "image":
        return Medium(file=file, kind=kind.name, type=kind.type, digest=digest)
    by = encoders()
    picture = _recall(shelf, kept_name(digest, by, "json"))
    if picture is None:
        picture = examine(data)
        shelf.keep(kept_name(digest, by, "json"), json.dumps(asdict(picture)).encode())
    if isinstance(picture, Refusal):
        return picture
    return Medium(
        file=file,
        kind="image",
        type=kind.type,
        digest=digest,
        width=picture.width,
        height=picture.height,
        variants=variants_of(picture, avif=can_write_avif()),
        encoders=by,
    )


def kept_name(digest: str, by: str, rest: str) -> str:
    """Return the name under which something made of a file by these encoders is kept."""
    return f"media/{digest}-{digest_bytes(by.encode())[:12]}.{rest}"


def _recall(shelf: Shelf, name: str) -> Picture | Refusal | None:
    data = shelf.find(name)
    try:
        facts = json.loads(data) if data else {}
        return Picture(**facts) if "ending" in facts else Refusal(**facts)
    except (ValueError, TypeError):
        return None
