"""Uploaded logos: decoded anew, without empty margins, small enough for a mail."""

from __future__ import annotations

from documents.drawing import images, svg
from documents.drawing.images import MAX_PIXELS
from documents.errors import Refused

WIDEST, HIGHEST = 480, 160  # pixels: twice as large as they are shown
FAINT = 8  # of 255: what is fainter is a margin


def logo_image(data: bytes) -> bytes:
    """A PNG of an uploaded PNG, JPEG or SVG. For a child process with limits.

    Refused image_not_supported, image_too_large, image_damaged, image_empty, image_active.
    """
    picture = images.upright(svg.rendered(data, WIDEST * 2) if svg.is_svg(data) else data, MAX_PIXELS)
    seen = picture.getchannel("A").point([0] * FAINT + [255] * (256 - FAINT)).getbbox()
    if seen is None:
        raise Refused("image_empty")
    tight = picture.crop(seen)
    tight.thumbnail((WIDEST, HIGHEST))
    return images.png(tight)
