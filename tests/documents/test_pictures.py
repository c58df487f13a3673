"""A picture is encoded once, copied ever after, and looks as it did."""

import io
import random
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from PIL import Image

from documents.drawing import pictures
from documents.drawing.images import typed_signature
from documents.errors import Refused
from documents.fields import Field, Mark
from documents.geometry import Place
from documents.incremental import base
from documents.incremental.update import Update
from documents.revisions import append
from documents.sign import Act
from tests.documents import ceremony, makers
from tests.documents.authority import NOW, Signer

COLOURS = random.Random(1)


def png(image: Image.Image) -> bytes:
    held = io.BytesIO()
    image.save(held, "PNG")
    return held.getvalue()


def noise(mode: str, size: tuple[int, int]) -> Image.Image:
    bands = len(Image.new(mode, (1, 1)).getbands())
    return Image.frombytes(mode, size, COLOURS.randbytes(size[0] * size[1] * bands))


def gradient(mode: str) -> Image.Image:
    return Image.merge("RGB", [Image.linear_gradient("L")] * 3).convert(mode)


SAMPLES = {
    "a typed signature": typed_signature("Alice 张伟", "caveat"),
    "noise": png(noise("RGB", (37, 23))),
    "transparent noise": png(noise("RGBA", (31, 17))),
    "grey": png(noise("L", (19, 29))),
    "grey with transparency": png(noise("LA", (19, 29))),
    "a gradient": png(gradient("RGB")),
    "one colour": png(Image.new("RGB", (13, 7), (200, 20, 30))),
    "one pixel": png(noise("RGBA", (1, 1))),
    "black and white": png(noise("L", (33, 9)).convert("1")),
    "a palette": png(noise("RGB", (24, 24)).convert("P")),
    "sixteen bits": png(Image.new("I;16", (7, 7), 40000)),
}


@pytest.mark.parametrize("kind", SAMPLES)
def test_every_sample_is_as_it_was(kind: str, contract: Path) -> None:
    picture = pictures.decode(pictures.encode(SAMPLES[kind]))
    shown = written(contract, picture)
    with Image.open(io.BytesIO(SAMPLES[kind])) as image:
        wanted = image.convert("RGBA")
    assert (picture.width, picture.height) == wanted.size
    assert shown.tobytes() == wanted.tobytes()


def written(source: Path, picture: pictures.Picture) -> Image.Image:
    """The picture as another reader finds it in a file."""
    update = Update(base.read(source))
    ref = update.add(picture.stream)
    update.save(source, source.with_name("picture.pdf"))
    with pikepdf.open(source.with_name("picture.pdf")) as pdf:
        stream: Any = pdf.get_object(ref.number, 0)
        colours = pikepdf.PdfImage(stream).as_pil_image().convert("RGBA")
        if "/SMask" in stream:
            colours.putalpha(pikepdf.PdfImage(stream.SMask).as_pil_image().convert("L"))
        return colours


def test_what_has_no_colour_is_grey_and_what_is_opaque_has_no_mask() -> None:
    grey = pictures.decode(pictures.encode(SAMPLES["grey"])).stream.entries
    colour = pictures.decode(pictures.encode(SAMPLES["transparent noise"])).stream.entries
    assert (grey["/ColorSpace"], "/SMask" in grey) == ("/DeviceGray", False)
    assert (colour["/ColorSpace"], "/SMask" in colour) == ("/DeviceRGB", True)


def test_what_is_drawn_in_one_colour_keeps_that_colour_alone() -> None:
    entries = pictures.decode(pictures.encode(SAMPLES["a typed signature"])).stream.entries
    assert (entries["/ColorSpace"][0], entries["/BitsPerComponent"]) == ("/Indexed", 1)


def test_a_signature_is_small_and_the_same_each_time() -> None:
    encoded = pictures.encode(SAMPLES["a typed signature"])
    assert len(encoded) < len(SAMPLES["a typed signature"]) * 1.1
    assert encoded == pictures.encode(SAMPLES["a typed signature"])


@pytest.mark.parametrize("data", [b"", b"GIF89a", SAMPLES["noise"][:60], b"\x89PNG\r\n\x1a\n"])
def test_what_is_no_png_is_refused(data: bytes) -> None:
    with pytest.raises(Refused, match="image_damaged"):
        pictures.encode(data)


def test_a_png_of_too_many_pixels_is_refused_before_it_is_decoded() -> None:
    with pytest.raises(Refused, match=r"image_too_large|image_damaged"):
        pictures.encode(png(Image.new("1", (6000, 5000))))


def test_no_bit_of_an_encoded_picture_can_be_flipped() -> None:
    encoded = pictures.encode(SAMPLES["one pixel"])
    for place in range(len(encoded) * 8):
        broken = bytearray(encoded)
        broken[place // 8] ^= 1 << place % 8
        with pytest.raises(Refused, match="image_damaged"):
            pictures.decode(bytes(broken))


@pytest.mark.parametrize("data", [b"", pictures.MAGIC, SAMPLES["noise"], pictures.encode(SAMPLES["noise"])[:-1]])
def test_what_is_no_encoded_picture_is_refused(data: bytes) -> None:
    with pytest.raises(Refused, match="image_damaged"):
        pictures.decode(data)


def test_equal_pictures_are_written_once_in_a_revision(contract: Path, platform: Signer) -> None:
    form = [Field(f"s{row}", "alice", "stamp", 0, Place(0.1, row / 10, 0.2, 0.05)) for row in range(5)]
    prepared, plan = ceremony.prepared(contract, form, platform)
    marks = [Mark(field.id, "stamp", image=pictures.encode(makers.png(margin=4))) for field in form]
    done = prepared.with_name("done.pdf")
    append.append(prepared, done, plan, "alice", marks, Act(NOW))
    assert done.read_bytes().count(b"/Subtype /Image") == 2  # the picture and its soft mask
