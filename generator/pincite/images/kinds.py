"""What a media file is, by its own bytes: never by its name alone.

Sound and film are published as they are, so their structure must account for every byte of the
file; images are written anew by ``pincite.images.pictures``.
"""

from dataclasses import dataclass

MAX_IMAGE_BYTES = 64 * 1024 * 1024
MAX_FILE_BYTES = 200 * 1024 * 1024
_TAIL = 66_000  # bytes in which the end of an appended ZIP archive would stand
_ADVICE = "publish a PNG, JPEG, WebP or GIF image, MP3, M4A, Ogg or WAV sound, or MP4 or WebM film"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A sort of file that is published: *type* is its media type."""

    name: str  # image | audio | video
    type: str
    endings: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Why a file is not published, and what to do."""

    reason: str
    help: str


_PNG = Kind(name="image", type="image/png", endings=(".png",))
_JPEG = Kind(name="image", type="image/jpeg", endings=(".jpg", ".jpeg", ".jpe"))
_WEBP = Kind(name="image", type="image/webp", endings=(".webp",))
_GIF = Kind(name="image", type="image/gif", endings=(".gif",))
_MP3 = Kind(name="audio", type="audio/mpeg", endings=(".mp3",))
_M4A = Kind(name="audio", type="audio/mp4", endings=(".m4a",))
_OGG = Kind(name="audio", type="audio/ogg", endings=(".ogg", ".oga", ".opus"))
_WAV = Kind(name="audio", type="audio/wav", endings=(".wav",))
_MP4 = Kind(name="video", type="video/mp4", endings=(".mp4", ".m4v"))
_WEBM = Kind(name="video", type="video/webm", endings=(".webm",))


def find_kind(file: str, data: bytes) -> Kind | Refusal:
    """Return what *data* is, or why it is not published; *file* is its name in content/media."""
    kind = _by_content(data)
    if kind is None:
        return _unknown(data)
    ending = "." + file.rpartition(".")[2].lower()
    if ending not in kind.endings:
        return Refusal(
            reason=f"its bytes are {kind.type}, which its name does not say",
            help=f"give it the ending `{kind.endings[0]}`",
        )
    most = MAX_IMAGE_BYTES if kind.name == "image" else MAX_FILE_BYTES
    if len(data) > most:
        return Refusal(
            reason=f"it has more than {most // 1024 // 1024} MB",
            help="make it smaller, or keep it elsewhere and name its address under `source`",
        )
    if kind.name != "image" and (not _is_whole(kind, data) or b"PK\5\6" in data[-_TAIL:]):
        return Refusal(
            reason="it is cut off, or holds something else behind its end",
            help="save it anew from the original",
        )
    return kind


def _by_content(data: bytes) -> Kind | None:
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return _PNG
    if data.startswith(b"\xff\xd8\xff"):
        return _JPEG
    if data.startswith((b"GIF87a", b"GIF89a")):
        return _GIF
    if data.startswith(b"RIFF"):
        return {b"WEBP": _WEBP, b"WAVE": _WAV}.get(data[8:12])
    if data.startswith(b"OggS\0"):
        return _OGG
    if data.startswith(b"\x1a\x45\xdf\xa3") and b"webm" in data[:64]:
        return _WEBM
    if data[4:8] == b"ftyp":
        brand = data[8:12]
        if brand.startswith((b"M4A", b"M4B")):
            return _M4A
        return _MP4 if brand in _FILM_BRANDS else None
    if data.startswith(b"ID3") or (data[:1] == b"\xff" and data[1:2] and data[1] & 0xE6 == 0xE2):
        return _MP3
    return None


_FILM_BRANDS = frozenset(
    (b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"M4V ", b"dash")
)


def _unknown(data: bytes) -> Refusal:
    start = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<svg", b"<?xml", b"<!doctype svg")) or b"<svg" in start:
        return Refusal(
            reason="an SVG can hold scripts and load files from elsewhere",
            help="export it as PNG",
        )
    if not data:
        return Refusal(reason="it is empty", help=_ADVICE)
    return Refusal(reason="its bytes are of no kind that is published", help=_ADVICE)


def _is_whole(kind: Kind, data: bytes) -> bool:
    match kind.type:
        case "audio/wav":
            return len(data) - 8 <= int.from_bytes(data[4:8], "little") + 1 <= len(data) - 6
        case "video/mp4" | "audio/mp4":
            return _has_boxes(data)
        case "audio/ogg":
            return _has_pages(data)
        case _:
            return len(data) > 64


def _has_boxes(data: bytes) -> bool:
    """Whether *data* is boxes from end to end (ISO/IEC 14496-12), an index among them."""
    at, found = 0, set()
    while at < len(data):
        size = int.from_bytes(data[at : at + 4], "big")
        if size == 1:
            size = int.from_bytes(data[at + 8 : at + 16], "big")
        elif size == 0:
            size = len(data) - at
        if size < 8 or at + size > len(data):
            return False
        found.add(data[at + 4 : at + 8])
        at += size
    return b"moov" in found


def _has_pages(data: bytes) -> bool:
    """Whether *data* is Ogg pages from end to end (RFC 3533)."""
    at = 0
    while at < len(data):
        if data[at : at + 4] != b"OggS" or at + 27 > len(data):
            return False
        segments = data[at + 26]
        at += 27 + segments + sum(data[at + 27 : at + 27 + segments])
    return at == len(data)
