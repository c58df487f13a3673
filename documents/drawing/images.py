"""Pictures of signatures and seals: uploaded ones made safe, typed and drawn ones made. All are PNG with alpha."""

import io
import math
import warnings
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from documents.drawing import fonts
from documents.drawing.fonts import CAVEAT, CJK, DANCING, KAI, LATIN, Face
from documents.errors import Refused

if TYPE_CHECKING:
    from PIL import Image, ImageFont

MAX_PIXELS = 25_000_000
KEPT = 1600  # pixels on the longer side of what is kept: 600 dpi on a field of 68 mm
TYPED_SIZE = 220
TYPED_WIDTH = 2400
DRAWN_WIDTH = 1400
OVERSAMPLE = 2
MAX_POINTS = 20_000
INK = (16, 24, 64)
SLANT = 0.12  # what upright ideographs are slanted by beside a quick hand

Point = tuple[float, float]


@dataclass(frozen=True)
class Style:
    """A way to write a name: the face for Latin, that for ideographs and their slant, what the style is called."""

    latin: Face
    han: Face
    slant: float
    names: dict[str, str]


STYLES: dict[str, Style] = {
    "caveat": Style(CAVEAT, KAI, SLANT, {"en": "Quick hand", "zh-Hans": "行楷", "zh-Hant": "行楷"}),
    "dancing": Style(DANCING, KAI, 0.0, {"en": "Elegant hand", "zh-Hans": "楷书", "zh-Hant": "楷書"}),
    "plain": Style(LATIN, CJK, 0.0, {"en": "Plain", "zh-Hans": "工整", "zh-Hant": "工整"}),
}


def clean_image(data: bytes, remove_white: bool, max_pixels: int = MAX_PIXELS) -> bytes:
    """An uploaded PNG or JPEG upright, cropped, without metadata, at most KEPT pixels a side.

    `remove_white` makes paper transparent. The size is read from the header before anything is decoded. Refused
    image_not_supported, image_too_large, image_damaged, image_empty.
    """
    picture = upright(data, max_pixels)
    picture.thumbnail((KEPT, KEPT))
    return png(_tight(_without_paper(picture) if remove_white else picture))


def square_image(data: bytes, side: int, max_pixels: int = MAX_PIXELS) -> bytes:
    """The middle of an uploaded PNG or JPEG as a square WebP of `side` pixels; refused like `clean_image`."""
    from PIL import ImageOps

    held = io.BytesIO()
    ImageOps.fit(upright(data, max_pixels), (side, side)).save(held, "WEBP", quality=88, method=4, exact=False)
    return held.getvalue()


def upright(data: bytes, max_pixels: int) -> "Image.Image":
    """An uploaded PNG or JPEG decoded, turned as its camera was; its size is read from the header first."""
    from PIL import Image, ImageOps, UnidentifiedImageError

    try:
        with warnings.catch_warnings(action="ignore"), Image.open(io.BytesIO(data), formats=["PNG", "JPEG"]) as image:
            if image.width * image.height > max_pixels:
                raise Refused("image_too_large", f"{image.width} x {image.height}")
            image.draft("RGB", (KEPT * 2, KEPT * 2))
            return _shallow(ImageOps.exif_transpose(image)).convert("RGBA")
    except UnidentifiedImageError as error:
        raise Refused("image_not_supported") from error
    except Image.DecompressionBombError as error:
        raise Refused("image_too_large", str(error)) from error
    except (OSError, ValueError, SyntaxError, EOFError) as error:
        raise Refused("image_damaged", str(error)) from error


def _shallow(image: "Image.Image") -> "Image.Image":
    """Grey of 16 bits as grey of 8: converting alone would make everything but the darkest white."""
    return image.convert("I").point(lambda level: level * (1 / 257)).convert("L") if image.mode[:1] == "I" else image


def typed_signature(name: str, style: str) -> bytes:
    """A name written in one of STYLES; characters its faces lack come from the text fonts. Refused text_not_drawable.

    ValueError for an unknown style; Refused image_empty if the name has nothing to draw.
    """
    from PIL import Image

    if style not in STYLES:
        raise ValueError(f"unknown style {style!r}")
    line = " ".join(fonts.require_drawable(name).split())
    runs = _runs(line, STYLES[style])
    across = sum(_font(face, TYPED_SIZE).getlength(text) for face, text in runs)
    size = max(int(TYPED_SIZE * min(1.0, TYPED_WIDTH / max(across, 1.0))), 12)
    canvas = Image.new("RGBA", (int(across * size / TYPED_SIZE) + size * 3, size * 3), (*INK, 0))
    x = float(size)
    for face, text in runs:
        slant = STYLES[style].slant if face is STYLES[style].han else 0.0
        canvas.alpha_composite(_written(canvas.size, text, _font(face, size), x, size * 2.0, slant))
        x += _font(face, size).getlength(text)
    return png(_tight(_inked(canvas)))


def drawn_signature(strokes: Iterable[Sequence[Point]], aspect: float = 3.0) -> bytes:
    """Strokes of points in fractions (0 to 1) of a pad, origin top left, `aspect` its width by its height.

    Refused image_empty for no stroke, image_too_large for more than MAX_POINTS points, image_damaged for points that
    are not on the pad.
    """
    from PIL import Image, ImageDraw

    taken = [list(stroke) for stroke in strokes]
    _check(taken, aspect)
    across = DRAWN_WIDTH * OVERSAMPLE
    up = max(int(across / min(max(aspect, 0.2), 20.0)), 1)
    canvas = Image.new("RGBA", (across, up), (*INK, 0))
    pen = ImageDraw.Draw(canvas)
    thick = across * 0.0065
    for stroke in taken:
        line = smooth([(x * across, y * up) for x, y in stroke])
        pen.line(line, fill=(*INK, 255), width=round(thick), joint="curve")
        for x, y in line:
            pen.ellipse((x - thick / 2, y - thick / 2, x + thick / 2, y + thick / 2), fill=(*INK, 255))
    return png(_tight(_inked(canvas.reduce(OVERSAMPLE))))


def smooth(points: Sequence[Point], steps: int = 6) -> list[Point]:
    """Points on a Catmull-Rom curve through the given points."""
    if len(points) < 3:
        return list(points)
    padded = [points[0], *points, points[-1]]
    curve = [
        _between(padded[start : start + 4], step / steps) for start in range(len(padded) - 3) for step in range(steps)
    ]
    return [*curve, points[-1]]


def _between(four: Sequence[Point], t: float) -> Point:
    a, b, c, d = four

    def axis(p: float, q: float, r: float, s: float) -> float:
        return q + 0.5 * t * (r - p + t * (2 * p - 5 * q + 4 * r - s + t * (3 * (q - r) + s - p)))

    return axis(a[0], b[0], c[0], d[0]), axis(a[1], b[1], c[1], d[1])


def _check(strokes: list[list[Point]], aspect: float) -> None:
    points = [value for stroke in strokes for point in stroke for value in point]
    if not points:
        raise Refused("image_empty")
    if len(points) > 2 * MAX_POINTS:
        raise Refused("image_too_large", f"{len(points) // 2} points")
    if not math.isfinite(aspect):
        raise Refused("image_damaged", "a pad without an aspect")
    if not all(math.isfinite(value) and -0.01 <= value <= 1.01 for value in points):
        raise Refused("image_damaged", "a point is not on the pad")


def _inked(image: "Image.Image") -> "Image.Image":
    """The same strokes in exactly one colour: what is drawn smaller rounds colours, and one colour takes no room."""
    from PIL import Image

    solid = Image.new("RGBA", image.size, (*INK, 255))
    solid.putalpha(image.getchannel("A"))
    return solid


def _without_paper(image: "Image.Image") -> "Image.Image":
    """What is as bright as the paper becomes transparent, what is clearly darker stays, with a soft edge between."""
    from PIL import Image, ImageChops

    flat = Image.new("RGBA", image.size, "white")
    flat.alpha_composite(image)
    darkest = darkest_channel(flat)
    white = paper(darkest)
    clear, solid = white * 0.92, white * 0.62
    ramp = [round(255 * min(max((clear - level) / (clear - solid), 0.0), 1.0)) for level in range(256)]
    image.putalpha(ImageChops.multiply(image.getchannel("A"), darkest.point(ramp)))
    return image


def darkest_channel(image: "Image.Image") -> "Image.Image":
    """The smallest of red, green and blue: a red seal is as far from paper as black ink."""
    from PIL import ImageChops

    red, green, blue, _ = image.split()
    return ImageChops.darker(ImageChops.darker(red, green), blue)


def paper(level: "Image.Image", share: float = 0.7) -> int:
    """The brightness that a share of the picture does not exceed by much: paper, not its highlights; at least 128."""
    histogram = level.histogram()
    wanted, passed = sum(histogram) * share, 0
    for value, count in enumerate(histogram):
        passed += count
        if passed >= wanted:
            return max(value, 128)
    return 255


def _tight(image: "Image.Image") -> "Image.Image":
    """Cropped to what is to be seen, with a margin of 2 %; Refused image_empty."""
    seen = image.getchannel("A").point([0] * 16 + [255] * 240).getbbox()
    if seen is None:
        raise Refused("image_empty")
    margin = max(image.size) // 50
    left, top, right, bottom = seen
    return image.crop(
        (
            max(left - margin, 0),
            max(top - margin, 0),
            min(right + margin, image.width),
            min(bottom + margin, image.height),
        )
    )


def png(image: "Image.Image") -> bytes:
    from PIL import Image

    seen = image.getchannel("A").point([0] + [255] * 255)
    bare = Image.composite(image, Image.new("RGBA", image.size, (*INK, 0)), seen)
    held = io.BytesIO()
    bare.save(held, "PNG", optimize=False, compress_level=6)
    return held.getvalue()


def _runs(line: str, style: Style) -> list[tuple[Face, str]]:
    runs: list[tuple[Face, str]] = []
    for char in line:
        wished = (face for face in (style.latin, style.han) if fonts.glyph(face, char))
        face = next(wished, None) or fonts.face_of(char) or CJK
        if runs and (runs[-1][0] is face or char == " "):
            runs[-1] = (runs[-1][0], runs[-1][1] + char)
        else:
            runs.append((face, char))
    return runs


def _written(
    size: tuple[int, int], text: str, font: "ImageFont.FreeTypeFont", x: float, baseline: float, slant: float
) -> "Image.Image":
    from PIL import Image, ImageDraw

    layer = Image.new("RGBA", size, (*INK, 0))
    ImageDraw.Draw(layer).text((x, baseline), text, font=font, fill=(*INK, 255), anchor="ls")
    if not slant:
        return layer
    shear = (1, slant, -slant * baseline, 0, 1, 0)
    return layer.transform(size, Image.Transform.AFFINE, shear, Image.Resampling.BICUBIC)


@cache
def _font(face: Face, size: int) -> "ImageFont.FreeTypeFont":
    from PIL import ImageFont

    return ImageFont.truetype(str(face.path), size, index=face.index, layout_engine=ImageFont.Layout.BASIC)
