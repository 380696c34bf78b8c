"""Media: the files that are published of them, and how an event shows them.

A file's folder is its own name, so that its addresses stay when its content changes.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from pincite.base.diagnostics import Failure
from pincite.base.digest import digest_bytes
from pincite.images.pictures import Variant, write_variants
from pincite.images.survey import Medium, Shelf, kept_name
from pincite.model import Corpus, Event, Media
from pincite.plan.page import Page
from pincite.plan.urls import address_of
from pincite.plan.views import Picture

_ENDINGS = {"AVIF": ".avif", "WEBP": ".webp", "JPEG": ".jpg", "PNG": ".png"}
_TYPES = {"AVIF": "image/avif", "WEBP": "image/webp"}

# (as the author wrote it, what the file is)
Shown = tuple[Media, Medium]


def shown_of(event: Event, media: Mapping[str, Medium]) -> tuple[Shown, ...]:
    return tuple((entry, media[entry.file]) for entry in event.media if entry.file in media)


def media_pages(shelf: Shelf, media: Mapping[str, Medium]) -> Iterator[Page]:
    """Yield every file that is published of *media*."""
    for medium in media.values():
        if medium.kind == "image":
            for variant in medium.variants:
                path = _variant_path(medium, variant)
                yield Page(path, "", picture_file, (shelf, medium, variant))
        else:
            yield Page(f"media/{medium.file}", "", whole_file, (shelf, medium))


def picture_file(shelf: Shelf, medium: Medium, variant: Variant) -> bytes:
    """Return one version of an image; where it is not kept, all are made, and kept."""
    kept = shelf.find(_kept_variant(medium, variant))
    if kept is not None:
        return kept
    wanted = b""
    for made, data in write_variants(_read(shelf, medium), medium.variants):
        shelf.keep(_kept_variant(medium, made), data)
        if made == variant:
            wanted = data
    return wanted


def whole_file(shelf: Shelf, medium: Medium) -> bytes:
    """Return a sound or film as it is."""
    return _read(shelf, medium)


def pictures(shown: tuple[Shown, ...], veil: str) -> tuple[Picture, ...]:
    """Build the views; *veil* says why they are veiled, or is empty."""
    return tuple(_picture(entry, medium, veil) for entry, medium in shown)


def place_media(corpus: Corpus, media: Mapping[str, Medium]) -> Corpus:
    """Return *corpus* whose events say where each of their media is published."""
    return replace(
        corpus,
        events=tuple(
            replace(
                event,
                media=tuple(
                    replace(entry, path=_path_of(media[entry.file]))
                    if entry.file in media
                    else entry
                    for entry in event.media
                ),
            )
            if event.media
            else event
            for event in corpus.events
        ),
    )


def _path_of(medium: Medium) -> str:
    last = medium.variants[-1:]
    return _variant_path(medium, last[0]) if last else f"media/{medium.file}"


def _picture(entry: Media, medium: Medium, veil: str) -> Picture:
    path = _path_of(medium)
    formats = dict.fromkeys(v.format for v in medium.variants[:-1])
    return Picture(
        href=address_of(path),
        kind=medium.kind,
        alt=entry.alt,
        width=medium.width,
        height=medium.height,
        variants=tuple(
            (
                _TYPES[format],
                tuple(
                    (address_of(_variant_path(medium, v)), f"{v.width}w")
                    for v in medium.variants[:-1]
                    if v.format == format
                ),
            )
            for format in formats
        ),
        caption=entry.caption,
        credit=entry.credit,
        license=entry.license,
        source=entry.source,
        veil=veil,
    )


def _read(shelf: Shelf, medium: Medium) -> bytes:
    try:
        data = shelf.read(medium.file)
    except OSError as problem:
        raise Failure(f"cannot read content/media/{medium.file}: {problem.strerror}") from None
    if digest_bytes(data) != medium.digest:
        raise Failure(
            f"content/media/{medium.file} changed while the site was built", help="build again"
        )
    return data


def _variant_path(medium: Medium, variant: Variant) -> str:
    full = variant.format in ("JPEG", "PNG")
    name = "full" if full else str(variant.width)
    return f"media/{medium.file}/{name}{_ENDINGS[variant.format]}"


def _kept_variant(medium: Medium, variant: Variant) -> str:
    rest = f"{variant.width}{_ENDINGS[variant.format]}"
    return kept_name(medium.digest, medium.encoders, rest)
