"""Uploaded pictures of seals: the paper taken out, the ink as it was, edges without a trace of white."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from documents.drawing import images, svg
from documents.drawing.images import KEPT, MAX_PIXELS
from documents.errors import Refused

if TYPE_CHECKING:
    from PIL import Image

FAINT = 48  # of 255: less ink is not part of the seal's outline
BRIGHTEST = 0.95  # of a scan, whose brightest twentieth is paper
PAPER = 0.93  # of the brightness of paper: what is brighter is paper too
CORNER = 0.08  # of a side
SQUARE = 1.08  # longer by shorter side of what is still as high as wide
SMALLEST, LARGEST = 5.0, 100.0  # millimetres
USUAL_ROUND, USUAL_CHOP, USUAL = 42.0, 20.0, 40.0  # millimetres of the longer side


@dataclass(frozen=True)
class SealImage:
    """A PNG with transparency, and how large such a seal usually is: millimetres of its longer side."""

    png: bytes
    usual: float


def seal_image(data: bytes, max_pixels: int = MAX_PIXELS) -> SealImage:
    """An uploaded PNG, JPEG or SVG as a seal, cropped to its ink. For a child process with limits.

    Refused image_not_supported, image_too_large, image_flat, image_damaged, image_empty, image_active.
    """
    picture = images.upright(svg.rendered(data, KEPT) if svg.is_svg(data) else data, max_pixels)
    picture.thumbnail((KEPT, KEPT))
    tight = _cropped(_inked(picture))
    if min(tight.size) * svg.FLATTEST < max(tight.size):
        raise Refused("image_flat", f"{tight.width} x {tight.height}")
    own = svg.longer_side(data) if svg.is_svg(data) else None
    return SealImage(images.png(tight), _own(own, picture, tight) or _usual(tight))


def _own(longer: float | None, picture: Image.Image, tight: Image.Image) -> float | None:
    """The longer side of the ink of a picture that says how large it is; None for what is no size of a seal."""
    size = longer and round(longer * max(tight.size) / max(picture.size), 1)
    return size if size and SMALLEST <= size <= LARGEST else None


def _inked(picture: Image.Image) -> Image.Image:
    """How much ink there is on each spot, and its colour without the paper's share.

    A spot of an edge is ink and paper mixed: what is between the brightness of both tells the share, and with the
    paper's light taken out the colour is that of the ink.
    """
    from PIL import Image, ImageChops

    flat = Image.new("RGBA", picture.size, "white")
    flat.alpha_composite(picture)
    channels = flat.split()[:3]
    darkest = images.darkest_channel(flat)
    paper = images.paper(darkest, BRIGHTEST)
    share = darkest.point(_ramp(paper * PAPER, _ink(darkest, paper)))
    light = [images.paper(channel, BRIGHTEST) for channel in channels]
    rest = ImageChops.invert(share)
    pure = [
        ImageChops.subtract(channel, rest.point([min(round(level * bright / 255), 255) for level in range(256)]))
        for channel, bright in zip(channels, light, strict=True)
    ]
    bound = [ImageChops.darker(channel, share) for channel in pure]
    return Image.merge("RGBa", (*bound, share)).convert("RGBA")


def _cropped(picture: Image.Image) -> Image.Image:
    """Exactly what has ink: its edge is the edge of the seal that is measured when it is printed."""
    seen = picture.getchannel("A").point([0] * FAINT + [255] * (256 - FAINT)).getbbox()
    if seen is None:
        raise Refused("image_empty")
    return picture.crop(seen)


def _ink(darkest: Image.Image, paper: int) -> float:
    """How dark full ink is: the middle of what is clearly darker than paper."""
    histogram = darkest.histogram()[: max(int(paper * 0.6), 1)]
    wanted, passed = sum(histogram) / 2, 0
    for level, count in enumerate(histogram):
        passed += count
        if count and passed >= wanted:
            return float(level)
    return paper * 0.5


def _ramp(clear: float, solid: float) -> list[int]:
    return [round(255 * min(max((clear - level) / (clear - solid), 0.0), 1.0)) for level in range(256)]


def _usual(picture: Image.Image) -> float:
    """A round seal is usually larger than a name chop, which has ink in its corners."""
    across, up = picture.size
    if max(across / up, up / across) > SQUARE:
        return USUAL
    dx, dy = max(int(across * CORNER), 1), max(int(up * CORNER), 1)
    alpha = picture.getchannel("A")
    corners = [alpha.crop((x, y, x + dx, y + dy)) for x in (0, across - dx) for y in (0, up - dy)]
    inked = sum(one.point([0] * 128 + [255] * 128).getbbox() is not None for one in corners)
    return USUAL_CHOP if inked >= 3 else USUAL_ROUND
