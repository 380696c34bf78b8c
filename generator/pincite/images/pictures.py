"""Images, written anew: nothing of a file is published but its pixels.

Metadata go, orientation is applied, colours become sRGB. The same bytes and the same encoders
give the same bytes; `encoders` names them. Arbitrary bytes give a `Refusal`, never an exception.
"""

import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from pincite.images.kinds import Refusal

if TYPE_CHECKING:
    from PIL import Image

WIDTHS = (480, 960, 1600)  # pixels of the variants; one not narrower than the image is left out
MAX_PIXELS = 50_000_000
MAX_SCANS = 100  # of a JPEG; ten are usual
MAX_CHUNKS = 50_000  # of a PNG; a camera or an editor writes some hundreds
_FORMATS = ("PNG", "JPEG", "WEBP", "GIF")  # whatever else Pillow can open is not opened
_DAMAGED = Refusal(
    reason="it is damaged or cut off, and cannot be read to its end",
    help="save it anew from the original",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """What is known of an image that can be shown; sizes in pixels, upright."""

    width: int
    height: int
    ending: str  # of the version in full size: .jpg or .png


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """One file to be made of an image."""

    width: int
    height: int
    format: str  # AVIF | WEBP | JPEG | PNG


def encoders() -> str:
    """Name the libraries that images are written with: others may write other bytes."""
    from PIL import __version__, features  # noqa: PLC0415 - a build without images has no need

    parts = [f"pillow {__version__}"]
    for name in ("jpg", "webp", "avif", "littlecms2"):
        if features.check(name):
            version = (features.version_module if name == "littlecms2" else features.version)(name)
            parts.append(f"{name} {version}")
    return ", ".join(parts)


def can_write_avif() -> bool:
    from PIL import features  # noqa: PLC0415

    return bool(features.check("avif"))


def examine(data: bytes) -> Picture | Refusal:
    """Read an image to its end and say what it is."""
    image = _open(data)
    if isinstance(image, Refusal):
        return image
    photograph = image.format in ("JPEG", "MPO")
    upright = _normalise(image)
    if isinstance(upright, Refusal):
        return upright
    width, height = upright.size
    opaque = upright.mode in ("L", "RGB")
    plain = photograph or (image.format == "WEBP" and opaque)
    return Picture(width=width, height=height, ending=".jpg" if plain else ".png")


def variants_of(picture: Picture, *, avif: bool) -> tuple[Variant, ...]:
    """Return what is made of an image: small ones of each format, last the full size."""
    widths = [width for width in WIDTHS if width < picture.width]
    if len(widths) < len(WIDTHS):
        widths.append(picture.width)
    sizes = [(w, max(1, round(picture.height * w / picture.width))) for w in widths]
    formats = ("AVIF", "WEBP") if avif else ("WEBP",)
    return (
        *(Variant(width=w, height=h, format=f) for f in formats for w, h in sizes),
        Variant(
            width=picture.width,
            height=picture.height,
            format="JPEG" if picture.ending == ".jpg" else "PNG",
        ),
    )


def write_variants(data: bytes, variants: tuple[Variant, ...]) -> Iterator[tuple[Variant, bytes]]:
    """Make the files of an image that `examine` accepted."""
    image = _open(data)
    assert not isinstance(image, Refusal)
    upright = _normalise(image)
    assert not isinstance(upright, Refusal)
    for variant in variants:
        yield variant, _write(upright, variant)


def _write(upright: "Image.Image", variant: Variant) -> bytes:
    from PIL import Image  # noqa: PLC0415

    if upright.size != (variant.width, variant.height):
        upright = upright.resize(
            (variant.width, variant.height), Image.Resampling.LANCZOS, reducing_gap=3.0
        )
    if variant.format == "JPEG" and upright.mode == "RGBA":
        upright = upright.convert("RGB")
    out = BytesIO()
    match variant.format:
        case "AVIF":
            upright.save(out, "AVIF", quality=60, speed=7, max_threads=1)
        case "WEBP":
            upright.save(out, "WEBP", quality=82, method=4, use_sharp_yuv=True)
        case "JPEG":
            upright.save(out, "JPEG", quality=86, optimize=True, progressive=True)
        case _:
            upright.save(out, "PNG", optimize=True)
    return out.getvalue()


def _open(data: bytes) -> "Image.Image | Refusal":
    """Open an image and look at its size, before a pixel is unpacked."""
    from PIL import Image  # noqa: PLC0415

    if _is_crowded(data):
        return Refusal(
            reason="it is made of more parts than any picture needs",
            help="open it in an image editor and save it anew",
        )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # our own bound is lower than the one it warns of
            image = Image.open(BytesIO(data), formats=_FORMATS)
            moves = getattr(image, "is_animated", False)  # counting its frames may take minutes
    except Image.DecompressionBombError:
        return _too_many_pixels()
    except Exception:  # noqa: BLE001 - decoders raise anything for hostile bytes
        return _DAMAGED
    if image.width * image.height > MAX_PIXELS:
        return _too_many_pixels()
    if moves and image.format != "MPO":  # a telephone's JPEG may hold a second one
        return Refusal(
            reason="it moves, and nothing can stop it",
            help="publish it as MP4 or WebM, which readers start and stop, or take one picture",
        )
    return image


def _is_crowded(data: bytes) -> bool:
    """Whether so many parts have to be gone through that it takes minutes, whatever their size.

    Each scan of a JPEG goes over all its pixels, and each chunk of a PNG is read by itself.
    """
    if data.startswith(b"\xff\xd8"):
        return data.count(b"\xff\xda") > MAX_SCANS
    if not data.startswith(b"\x89PNG"):
        return False
    at = 8
    for _ in range(MAX_CHUNKS):
        at += 12 + int.from_bytes(data[at : at + 4], "big")
        if at >= len(data):
            return False
    return True


def _too_many_pixels() -> Refusal:
    return Refusal(
        reason=f"it has more than {MAX_PIXELS // 1_000_000} million pixels", help="scale it down"
    )


def _normalise(image: "Image.Image") -> "Image.Image | Refusal":
    """Unpack an image: upright, in sRGB, eight bits a channel, and nothing besides pixels."""
    from PIL import ImageOps  # noqa: PLC0415

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            image.load()
            profile = image.info.get("icc_profile")
            try:
                upright = ImageOps.exif_transpose(image)
            except Exception:  # noqa: BLE001 - broken metadata do not make a picture unreadable
                upright = image
            plain = _eight_bits(upright)
            if isinstance(profile, bytes):
                plain = _to_srgb(plain, upright, profile)
    except Exception:  # noqa: BLE001
        return _DAMAGED
    plain.info = {}
    return plain


def _eight_bits(image: "Image.Image") -> "Image.Image":
    if image.mode.startswith("I") or image.mode == "F":
        from PIL import Image  # noqa: PLC0415

        return Image.eval(image.convert("I"), _high_byte).convert("L")
    if image.mode in ("L", "RGB", "RGBA"):
        return image if "transparency" not in image.info else image.convert("RGBA")
    has_alpha = image.mode in ("LA", "PA", "La", "RGBa") or "transparency" in image.info
    return image.convert("RGBA" if has_alpha else "L" if image.mode == "1" else "RGB")


def _high_byte(value: float) -> float:
    return value * (1 / 256)


def _to_srgb(plain: "Image.Image", original: "Image.Image", profile: bytes) -> "Image.Image":
    """Convert the colours; a profile that cannot be used is as good as none."""
    from PIL import ImageCms  # noqa: PLC0415

    image = original if original.mode in ("RGB", "RGBA", "L", "CMYK") else plain
    target = "RGBA" if plain.mode == "RGBA" else "RGB"
    try:
        changed = ImageCms.profileToProfile(
            image, BytesIO(profile), ImageCms.createProfile("sRGB"), outputMode=target
        )
    except Exception:  # noqa: BLE001
        return plain
    return changed if changed is not None else plain
