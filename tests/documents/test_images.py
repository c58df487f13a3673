"""Pictures of signatures and seals: uploaded ones are made safe, typed and drawn ones are made."""

import io
import math
import struct
import zlib

import pytest
from PIL import Image, ImageDraw
from PIL.PngImagePlugin import PngInfo

from documents.drawing import fonts, images
from documents.errors import Refused
from tests.documents.makers import png


def opened(data: bytes) -> Image.Image:
    with Image.open(io.BytesIO(data)) as image:
        image.load()
    return image


def scan(kind: str = "JPEG") -> bytes:
    """A red seal on paper that is not quite white."""
    image = Image.new("RGB", (600, 400), (228, 225, 218))
    ImageDraw.Draw(image).ellipse((150, 50, 450, 350), outline=(200, 20, 30), width=12)
    held = io.BytesIO()
    image.save(held, kind, exif=exif(6)) if kind == "JPEG" else image.save(held, kind)
    return held.getvalue()


def exif(orientation: int) -> bytes:
    found = Image.Exif()
    found[0x0112] = orientation
    found[0x010F] = "CAMERA"
    return found.tobytes()


def refusal(data: bytes) -> str:
    with pytest.raises(Refused) as caught:
        images.clean_image(data, remove_white=True)
    return caught.value.code


def test_paper_becomes_transparent_and_the_seal_stays_red() -> None:
    cleaned = opened(images.clean_image(scan("PNG"), remove_white=True))
    assert (cleaned.format, cleaned.mode) == ("PNG", "RGBA")
    assert cleaned.getpixel((cleaned.width // 2, cleaned.height // 2))[3] == 0
    stroke = cleaned.getpixel((cleaned.width // 2, 6 + max(600, 400) // 50))
    assert stroke[0] > 150 and stroke[1] < 80 and stroke[3] == 255


def test_the_picture_is_cropped_to_what_is_to_be_seen() -> None:
    cleaned = opened(images.clean_image(scan("PNG"), remove_white=True))
    assert abs(cleaned.width - 325) < 6 and abs(cleaned.height - 325) < 6


def test_a_photo_is_turned_upright_and_loses_its_metadata() -> None:
    cleaned = images.clean_image(scan("JPEG"), remove_white=False)
    assert opened(cleaned).size == (400, 600)
    assert b"CAMERA" not in cleaned


def test_text_chunks_of_a_png_are_dropped() -> None:
    held, notes = io.BytesIO(), PngInfo()
    notes.add_text("Comment", "SECRET")
    opened(png()).save(held, "PNG", pnginfo=notes)
    assert b"SECRET" in held.getvalue()
    assert b"SECRET" not in images.clean_image(held.getvalue(), remove_white=False)


def test_a_large_picture_is_made_smaller() -> None:
    assert max(opened(images.clean_image(png(4000, 1000), remove_white=False)).size) == images.KEPT


def test_only_png_and_jpeg_are_taken() -> None:
    held = io.BytesIO()
    Image.new("RGB", (10, 10)).save(held, "GIF")
    for data in (b"", b"<svg/>", held.getvalue(), b"%PDF-1.7"):
        assert refusal(data) == "image_not_supported"


def test_a_png_that_claims_to_be_huge_is_refused_by_its_header() -> None:
    header = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 6, 0, 0, 0)
    chunk = b"IHDR" + header
    data = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + chunk + struct.pack(">I", zlib.crc32(chunk))
    data += struct.pack(">I", 1000) + b"IDAT" + bytes(10)
    assert refusal(data) == "image_too_large"


@pytest.mark.parametrize("cut", [60, 200])
def test_half_a_picture_is_damaged(cut: int) -> None:
    image = Image.effect_noise((200, 200), 80)
    held = io.BytesIO()
    image.save(held, "PNG")
    assert refusal(held.getvalue()[:cut]) == "image_damaged"


def test_an_empty_sheet_is_no_signature() -> None:
    held = io.BytesIO()
    Image.new("RGB", (100, 100), "white").save(held, "PNG")
    assert refusal(held.getvalue()) == "image_empty"


@pytest.mark.parametrize("style", images.STYLES)
@pytest.mark.parametrize("name", ["Alice Wonderland", "张伟明", "José 李 Łukasz", "x", "W" * 60])
def test_a_name_is_written_in_every_style(style: str, name: str) -> None:
    written = opened(images.typed_signature(name, style))
    assert written.mode == "RGBA"
    assert written.getchannel("A").getextrema() == (0, 255)
    assert written.width <= images.TYPED_WIDTH * 1.4
    assert written.height > 60 or len(name) > 30


def test_a_name_that_cannot_be_written_is_refused() -> None:
    with pytest.raises(Refused, match="text_not_drawable"):
        images.typed_signature("😀", "caveat")
    with pytest.raises(Refused, match="image_empty"):
        images.typed_signature("  \n", "caveat")
    with pytest.raises(ValueError, match="unknown style"):
        images.typed_signature("Alice", "comic")


def test_strokes_are_drawn_where_the_pen_went() -> None:
    drawn = opened(images.drawn_signature([[(0.1, 0.5), (0.5, 0.5), (0.9, 0.5)], [(0.5, 0.2), (0.5, 0.8)]]))
    assert drawn.width > drawn.height
    assert drawn.getpixel((drawn.width // 2, drawn.height // 2))[3] == 255
    assert drawn.getpixel((drawn.width // 4, drawn.height // 4))[3] == 0


def test_a_dot_is_a_stroke() -> None:
    assert opened(images.drawn_signature([[(0.5, 0.5)]])).width > 3


@pytest.mark.parametrize(
    ("strokes", "code"),
    [
        ([], "image_empty"),
        ([[]], "image_empty"),
        ([[(math.nan, 0.5)]], "image_damaged"),
        ([[(5.0, 0.5)]], "image_damaged"),
        ([[(0.5, 0.5)] * (images.MAX_POINTS + 1)], "image_too_large"),
    ],
)
def test_strokes_that_make_no_sense_are_refused(strokes: list[list[tuple[float, float]]], code: str) -> None:
    with pytest.raises(Refused, match=code):
        images.drawn_signature(strokes)


def test_a_pad_of_no_shape_is_refused() -> None:
    with pytest.raises(Refused, match="image_damaged"):
        images.drawn_signature([[(0.5, 0.5)]], aspect=math.nan)


def test_the_same_name_gives_the_same_bytes() -> None:
    assert images.typed_signature("Alice", "caveat") == images.typed_signature("Alice", "caveat")


@pytest.mark.parametrize("charset", ["gb2312", "big5"])
def test_every_chinese_name_is_written_in_one_hand(charset: str) -> None:
    listed = (chr(code) for code in range(0x4E00, 0xA000))
    assert not [char for char in listed if _in(charset, char) and not fonts.glyph(fonts.KAI, char)]


def _in(charset: str, char: str) -> bool:
    return char.encode(charset, "ignore") != b""
