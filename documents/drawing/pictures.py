"""Pictures as a PDF holds them: encoded once when a person adopts them, after that only copied (ISO 32000-2, 8.9).

An encoded picture is a head, the colours and, where something is transparent, the soft mask. A plane (colours or
mask) is either deflated samples or the deflated data of a PNG, which is what FlateDecode with a predictor reads. What
is drawn in one colour, as signatures are, keeps that colour alone. A seal that was designed here is kept as a drawing
instead: a head, its size and the deflated operators of a form XObject (8.10).
"""

import io
import struct
import zlib
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from documents.errors import Refused
from documents.values import Name, Stream, Value

if TYPE_CHECKING:
    from PIL import Image

MAX_PIXELS = 25_000_000
MAGIC = b"SGNTPIC1"
HEAD = struct.Struct(">8sIIBBBII")  # magic, width, height, components, predictor of colours and mask, lengths of both
DRAWING = b"SGNTVEC1"
DRAWING_HEAD = struct.Struct(">8sddI")  # magic, width and height in millimetres, length of the operators
CHECK = struct.Struct(">I")  # CRC-32 of all before it
PNG_PREDICTOR = 15
PREDICTORS = (0, PNG_PREDICTOR)
SPACES = {1: Name("/DeviceGray"), 3: Name("/DeviceRGB")}
ONE_COLOUR = 0  # components of a picture whose colours are three bytes: red, green, blue
LEVEL = 6
SIGNATURE = 8  # bytes before the first chunk of a PNG


@dataclass(frozen=True, eq=False, repr=False)
class Picture:
    """A picture as an XObject that fills the unit square, and its size in pixels, of a drawing in millimetres."""

    stream: Stream
    width: float
    height: float


def encode(png: bytes) -> bytes:
    """A PNG in the form that `decode` reads; the same PNG gives the same bytes. For a child process with limits.

    Refused image_damaged, image_too_large.
    """
    rgba = _opened(png)
    components, (predictor, colours) = _colours(rgba)
    alpha = rgba.getchannel("A")
    opaque = alpha.getextrema() == (255, 255)
    mask_predictor, mask = (0, b"") if opaque else _plane(alpha, filtered=components != ONE_COLOUR)
    head = HEAD.pack(
        MAGIC, rgba.width, rgba.height, components, predictor, mask_predictor, len(colours), len(mask)
    )  # fmt: skip
    content = head + colours + mask
    return content + CHECK.pack(zlib.crc32(content))


def decode(encoded: bytes) -> Picture:
    """What `encode` made, as an image XObject with its soft mask (11.6.5.2); nothing is inflated.

    Refused image_damaged for anything that is not exactly such a picture.
    """
    if encoded.startswith(DRAWING):
        return _decode_drawing(encoded)
    if len(encoded) < HEAD.size + CHECK.size:
        raise Refused("image_damaged", "too short for an encoded picture")
    magic, width, height, components, predictor, mask_predictor, size, mask_size = HEAD.unpack_from(encoded)
    colours, mask, end = HEAD.size, HEAD.size + size, HEAD.size + size + mask_size
    sound = (
        magic == MAGIC
        and (components in SPACES or (components, predictor, size) == (ONE_COLOUR, 0, 3))
        and predictor in PREDICTORS
        and mask_predictor in PREDICTORS
        and 0 < width * height <= MAX_PIXELS
        and len(encoded) == end + CHECK.size
        and CHECK.unpack_from(encoded, end)[0] == zlib.crc32(encoded[:end])
    )
    if not sound:
        raise Refused("image_damaged", "not an encoded picture")
    entries, data = _shown(width, height, components, predictor, encoded[colours:mask])
    if mask_size:
        entries["/SMask"] = Stream(_entries(width, height, 1, mask_predictor), encoded[mask:end])
    return Picture(Stream(entries, data), width, height)


def encode_drawing(operators: str, width: float, height: float) -> bytes:
    """A drawing in millimetres from its middle in the form that `decode` reads."""
    unit = f"{1 / width:.9f} 0 0 {1 / height:.9f} 0.5 0.5 cm"
    content = zlib.compress(f"{unit} {operators}".encode("ascii"), LEVEL)
    whole = DRAWING_HEAD.pack(DRAWING, width, height, len(content)) + content
    return whole + CHECK.pack(zlib.crc32(whole))


def _decode_drawing(encoded: bytes) -> Picture:
    """A form XObject in the unit square."""
    if len(encoded) < DRAWING_HEAD.size + CHECK.size:
        raise Refused("image_damaged", "too short for a drawing")
    _, width, height, size = DRAWING_HEAD.unpack_from(encoded)
    end = DRAWING_HEAD.size + size
    sound = len(encoded) == end + CHECK.size and CHECK.unpack_from(encoded, end)[0] == zlib.crc32(encoded[:end])
    if not sound or not (width > 0 and height > 0):
        raise Refused("image_damaged", "not a drawing")
    entries = {
        "/Type": Name("/XObject"),
        "/Subtype": Name("/Form"),
        "/BBox": [0, 0, 1, 1],
        "/Resources": {},
        "/Filter": Name("/FlateDecode"),
    }
    return Picture(Stream(entries, encoded[DRAWING_HEAD.size : end]), width, height)


def _opened(png: bytes) -> "Image.Image":
    from PIL import Image

    try:
        with Image.open(io.BytesIO(png), formats=["PNG"]) as image:
            if image.width * image.height > MAX_PIXELS:
                raise Refused("image_too_large", f"{image.width} x {image.height}")
            return image.convert("RGBA")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise Refused("image_damaged", str(error)) from error


def _colours(rgba: "Image.Image") -> tuple[int, tuple[int, bytes]]:
    """The number of components, and predictor and data of their plane."""
    colours = rgba.convert("RGB")
    lowest, highest = zip(*colours.getextrema(), strict=True)
    if lowest == highest:
        return ONE_COLOUR, (0, bytes(lowest))
    red, green, blue = colours.split()
    grey = red.tobytes() == green.tobytes() == blue.tobytes()
    return (1, _plane(red)) if grey else (3, _plane(colours))


def _plane(image: "Image.Image", filtered: bool = True) -> tuple[int, bytes]:
    """Predictor and data: plain samples or, if that is tried and smaller, rows filtered as in a PNG."""
    plain = zlib.compress(image.tobytes(), LEVEL)
    if not filtered:
        return 0, plain
    held = io.BytesIO()
    image.save(held, "PNG", compress_level=LEVEL)
    rows = _deflated(held.getvalue())
    return (PNG_PREDICTOR, rows) if len(rows) < len(plain) else (0, plain)


def _deflated(png: bytes) -> bytes:
    """The content of all IDAT chunks."""
    parts, at = [], SIGNATURE
    while at < len(png):
        length, kind = struct.unpack_from(">I4s", png, at)
        if kind == b"IDAT":
            parts.append(png[at + 8 : at + 8 + length])
        at += 12 + length
    return b"".join(parts)


def _shown(width: int, height: int, components: int, predictor: int, data: bytes) -> tuple[dict[str, Value], bytes]:
    """Entries and data of the colours; one colour is the only one of a palette, so a sample of it takes one bit."""
    if components != ONE_COLOUR:
        return _entries(width, height, components, predictor), data
    palette = {"/ColorSpace": [Name("/Indexed"), SPACES[3], 0, data], "/BitsPerComponent": 1}
    return {**_entries(width, height, 3, 0), **palette}, _zeros((width + 7) // 8 * height)


@lru_cache(32)
def _zeros(size: int) -> bytes:
    """So many zero bytes, deflated."""
    return zlib.compress(bytes(size), 1)


def _entries(width: int, height: int, components: int, predictor: int) -> dict[str, Value]:
    filtered = {"/Predictor": predictor, "/Colors": components, "/BitsPerComponent": 8, "/Columns": width}
    return {
        "/Type": Name("/XObject"),
        "/Subtype": Name("/Image"),
        "/Width": width,
        "/Height": height,
        "/ColorSpace": SPACES[components],
        "/BitsPerComponent": 8,
        "/Filter": Name("/FlateDecode"),
        **({"/DecodeParms": filtered} if predictor else {}),
    }
