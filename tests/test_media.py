"""Media: known by their bytes, written anew, small enough for each screen, made once."""

import struct
import wave
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms

from pincite.images.kinds import Kind, Refusal, find_kind
from pincite.images.pictures import (
    MAX_PIXELS,
    Picture,
    Variant,
    can_write_avif,
    encoders,
    examine,
    variants_of,
    write_variants,
)
from support import Site, event

EVENTS = "content/events/a.yaml"
SECRET = b"SecretCamera"


def picture(format="JPEG", size=(1200, 800), mode="RGB", **options):
    image = Image.linear_gradient("L").resize(size).convert(mode)
    if mode == "RGBA":
        image.putalpha(Image.linear_gradient("L").resize(size))
    out = BytesIO()
    image.save(out, format, **options)
    return out.getvalue()


def photograph(size=(1200, 800)):
    """A photograph that was taken with the camera on its side, and says where and with what."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = SECRET.decode()
    exif[0x8825] = {1: "N", 2: (50.0, 27.0, 0.0)}
    return picture(size=size, exif=exif, comment=SECRET)


def sound():
    out = BytesIO()
    with wave.open(out, "wb") as file:
        file.setparams((1, 1, 8000, 0, "NONE", ""))
        file.writeframes(bytes(800))
    return out.getvalue()


def film():
    boxes = ((b"ftyp", b"isom\0\0\0\0isom"), (b"moov", bytes(80)), (b"mdat", bytes(9)))
    return b"".join(struct.pack(">I", len(body) + 8) + name + body for name, body in boxes)


def ogg():
    return b"OggS\0\2" + bytes(20) + b"\1\4" + b"abcd"


def with_media(tmp_path, files, more=""):
    site = Site(tmp_path / "project")
    lines = "".join(f"    - {{file: {name}, alt: What {name} shows}}\n" for name in files)
    site.write(EVENTS, event("cracks", more=f"  media:\n{lines}{more}"))
    for name, data in files.items():
        site.write(f"content/media/{name}", data)
    return site


# ---- what a file is -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "data", "type"),
    [
        ("a.jpg", picture(), "image/jpeg"),
        ("a.PNG", picture("PNG"), "image/png"),
        ("a.webp", picture("WEBP"), "image/webp"),
        ("a.gif", picture("GIF", mode="P"), "image/gif"),
        ("a.wav", sound(), "audio/wav"),
        ("a.mp4", film(), "video/mp4"),
        ("a.ogg", ogg(), "audio/ogg"),
        ("a.mp3", b"ID3" + bytes(100), "audio/mpeg"),
        ("a.m4a", film().replace(b"isom", b"M4A ", 1), "audio/mp4"),
        ("a.webm", b"\x1a\x45\xdf\xa3\x93\x42\x82\x84webm" + bytes(90), "video/webm"),
    ],
)
def test_kinds(name, data, type):
    kind = find_kind(name, data)
    assert isinstance(kind, Kind)
    assert kind.type == type


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("a.svg", b"<svg/>", "scripts"),
        ("a.svg", b'\xef\xbb\xbf<?xml version="1.0"?><svg/>', "scripts"),
        ("a.png", b"<svg/>", "scripts"),
        ("a.jpg", picture("PNG"), "does not say"),
        ("a.png", b"MZ\x90\0", "no kind"),
        ("a.html", b"<!doctype html>", "no kind"),
        ("a.mp3", b"", "empty"),
        ("a.tiff", picture("TIFF"), "no kind"),
        ("a.wav", sound()[:-40], "cut off"),
        ("a.wav", sound() + b"PK\5\6" + bytes(18), "behind its end"),
        ("a.mp4", film()[:-1], "cut off"),
        ("a.mp4", film() + b"PK\3\4 and more", "behind its end"),
        ("a.ogg", ogg() + b"<html>", "behind its end"),
        ("a.mp3", b"ID3" + bytes(100) + b"PK\5\6" + bytes(18), "behind its end"),
    ],
)
def test_refusals(name, data, why):
    refusal = find_kind(name, data)
    assert isinstance(refusal, Refusal)
    assert why in refusal.reason
    assert refusal.help


@given(st.binary(max_size=80), st.sampled_from(["a.jpg", "a.mp4", "a", "a.svg", ""]))
def test_no_bytes_raise(data, name):
    assert isinstance(find_kind(name, data), Kind | Refusal)


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from([picture(size=(40, 30)), picture("PNG", (40, 30)), picture("WEBP", (40, 30))]),
    st.integers(0, 400),
    st.binary(min_size=1, max_size=6),
)
def test_damaged_images_are_refused_or_whole(data, at, noise):
    damaged = data[:at] + noise + data[at + len(noise) :]
    found = examine(damaged)
    if isinstance(found, Picture):
        list(write_variants(damaged, variants_of(found, avif=False)))


# ---- images ---------------------------------------------------------------------------------


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP"])
def test_an_image_that_is_cut_off_is_refused(format):
    data = picture(format, (300, 200))
    assert isinstance(examine(data), Picture)
    assert isinstance(examine(data[: len(data) // 2]), Refusal)


def test_a_bomb_is_refused_before_it_is_unpacked():
    width = MAX_PIXELS // 1000 + 1
    out = BytesIO()
    Image.new("1", (width, 1000)).save(out, "PNG")
    data = out.getvalue()
    assert len(data) < 100_000
    assert "pixels" in examine(data).reason
    huge = data[:16] + struct.pack(">II", 2**31 - 1, 2**31 - 1) + data[24:]
    assert isinstance(examine(huge), Refusal)


def test_what_moves_is_refused():
    frames = [Image.new("RGB", (8, 8), (n * 90, 0, 0)) for n in range(3)]
    out = BytesIO()
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:])
    assert "moves" in examine(out.getvalue()).reason


def test_a_photograph_is_turned_and_says_nothing_of_its_maker():
    data = photograph()
    assert SECRET in data
    found = examine(data)
    assert (found.width, found.height) == (800, 1200)
    for variant, made in write_variants(data, variants_of(found, avif=can_write_avif())):
        assert SECRET not in made
        image = Image.open(BytesIO(made))
        assert image.size == (variant.width, variant.height)
        assert not image.getexif()
        assert not {"icc_profile", "comment", "xmp", "exif"} & image.info.keys()


def test_colours_become_srgb():
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    data = picture(size=(20, 20), icc_profile=profile)  # one that does not fit is as good as none
    assert isinstance(examine(data), Picture)
    data = picture(size=(20, 20), icc_profile=b"no profile at all")
    assert isinstance(examine(data), Picture)


@pytest.mark.parametrize(
    ("mode", "format", "ending"),
    [
        *(("L", "JPEG", ".jpg"), ("CMYK", "JPEG", ".jpg"), ("1", "PNG", ".png")),
        *(("RGBA", "PNG", ".png"), ("LA", "PNG", ".png"), ("P", "PNG", ".png")),
        *(("I;16", "PNG", ".png"), ("RGBA", "WEBP", ".png"), ("RGB", "WEBP", ".jpg")),
    ],
)
def test_all_sorts_of_pixels(mode, format, ending):
    if mode == "I;16":
        image = Image.frombytes("I;16", (2, 1), struct.pack("<HH", 0, 0xFFFF))
        out = BytesIO()
        image.save(out, "PNG")
        data = out.getvalue()
    else:
        data = picture(format, (60, 40), mode)
    found = examine(data)
    assert found.ending == ending
    [*_, (_, full)] = write_variants(data, variants_of(found, avif=False))
    image = Image.open(BytesIO(full))
    assert image.size == (found.width, found.height)
    if mode == "I;16":  # white stays white when sixteen bits become eight
        assert [image.convert("L").getpixel((x, 0)) for x in (0, 1)] == [0, 255]


@given(st.integers(1, 5000), st.integers(1, 5000), st.booleans())
def test_no_variant_is_larger_than_the_image(width, height, avif):
    found = Picture(width=width, height=height, ending=".jpg")
    variants = variants_of(found, avif=avif)
    assert variants[-1] == Variant(width=width, height=height, format="JPEG")
    assert all(v.width <= width and 1 <= v.height <= height for v in variants)
    assert len({(v.width, v.format) for v in variants}) == len(variants)


def test_the_same_image_gives_the_same_bytes():
    data = photograph((300, 200))
    variants = variants_of(examine(data), avif=can_write_avif())
    assert list(write_variants(data, variants)) == list(write_variants(data, variants))
    assert "pillow" in encoders()


# ---- in a site ------------------------------------------------------------------------------


def test_an_event_shows_its_media(tmp_path):
    files = {
        "port.jpg": photograph(),
        "Notiz ä.png": picture("PNG", (300, 200)),
        "a/call.wav": sound(),
    }
    site = with_media(tmp_path, files).build()
    assert not site.errors
    page = site.page("events/cracks/index.html")
    images = page.select("figure.media img")
    assert [(i["width"], i["height"], i["alt"]) for i in images] == [
        ("800", "1200", "What port.jpg shows"),
        ("300", "200", "What Notiz ä.png shows"),
    ]
    output = site.output()
    from support import resolve

    for element in page.select(".media [src], .media [srcset]"):
        refs = [element["src"]] if element.has_attr("src") else []
        refs += [one.split()[0] for one in element.get("srcset", "").split(", ") if one]
        for ref in refs:
            assert resolve("events/cracks/index.html", ref)[0] in output
    assert output["media/a/call.wav"] == sound()
    assert page.select_one(".media audio")["aria-label"] == "What a/call.wav shows"
    assert SECRET not in b"".join(output.values())


def test_files_that_no_event_names_stay_at_home(tmp_path):
    site = with_media(tmp_path, {"port.jpg": picture()}).write("content/media/other.jpg", b"x")
    assert not [path for path in site.build().output() if "other.jpg" in path]


def test_a_veil_lies_over_what_may_hurt(tmp_path):
    site = with_media(tmp_path, {"a.jpg": picture()}, "  sensitive: It shows the dead.\n").build()
    veil = site.page("events/cracks/index.html").select_one("figure.media details.veil")
    assert "It shows the dead." in veil.summary.get_text()
    assert veil.find("img")["loading"] == "lazy"
    assert not veil.has_attr("open")


def test_images_are_made_once(tmp_path, monkeypatch):
    site = with_media(tmp_path, {"a.jpg": picture(), "b.wav": sound()}).build()
    first = site.output()
    monkeypatch.setattr("pincite.plan.media.write_variants", None)
    monkeypatch.setattr("pincite.images.survey.examine", None)
    assert site.build().rendered == {}
    for path in site.out.rglob("*.webp"):
        path.unlink()
    assert site.build().output() == first


def test_a_damaged_cache_is_none(tmp_path):
    site = with_media(tmp_path, {"a.jpg": picture()}).build()
    first = site.output()
    for path in (site.root / ".pincite/cache/media").iterdir():
        path.write_bytes(path.read_bytes()[:-1] + b"?")
    for path in site.out.rglob("*.webp"):
        path.unlink()
    assert site.build().output() == first


def test_another_image_under_the_same_name_has_the_same_address(tmp_path):
    site = with_media(tmp_path, {"a.jpg": picture()}).build()
    before = {path: data for path, data in site.output().items() if path.startswith("media/")}
    site.write("content/media/a.jpg", picture(quality=20))
    after = {p: data for p, data in site.build().output().items() if p.startswith("media/")}
    assert before.keys() == after.keys()
    assert all(before[path] != after[path] for path in before)


def test_what_is_refused_is_told_at_each_place_and_nothing_is_written(tmp_path):
    site = with_media(tmp_path, {"a.svg": b"<svg/>"}).build()
    assert site.errors == ["media-refused"]
    assert not site.out.exists() or not any(site.out.iterdir())
