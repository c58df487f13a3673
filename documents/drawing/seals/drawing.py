"""A designed seal as a vector drawing and as a picture."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from documents.drawing import pictures
from documents.drawing.seals import chop, rimmed
from documents.drawing.seals.design import COLOURS, USUAL, Design
from documents.drawing.seals.shapes import operators
from documents.values import numbers

if TYPE_CHECKING:
    from PIL import Image

DPI = 600
BOLDER, ROOMY = 0.16, 14  # on the seal of 42 mm, with so many characters at most
CHOP_BOLDER = 0.016


@dataclass(frozen=True)
class Drawn:
    """A seal as operators of a content stream, in millimetres from its middle, with its size in millimetres.

    `spared` is left out of what `operators` paint: the white strokes of a yin chop.
    """

    operators: str
    width: float
    height: float
    colour: tuple[int, int, int]
    spared: str = ""


@dataclass(frozen=True)
class Made:
    """A designed seal as PNG, and as `pictures.decode` reads it where it is a drawing without spared strokes."""

    png: bytes
    drawing: bytes | None
    width: float
    height: float


def make(design: Design, dpi: int = DPI) -> Made:
    """The seal for keeping; refused like `draw`. For a child process."""
    drawn = draw(design)
    vector = None if drawn.spared else pictures.encode_drawing(drawn.operators, drawn.width, drawn.height)
    return Made(png(drawn, dpi), vector, drawn.width, drawn.height)


def draw(design: Design) -> Drawn:
    """Refused seal_text_missing, seal_text_too_long, seal_chop_text, text_not_drawable."""
    figure, words = (chop if design.shape == "square" else rimmed).draw(design)
    colour = COLOURS[design.colour]
    ink = numbers(*(level / 255 for level in colour))
    ink, painted = f"{ink} rg {ink} RG", f"{operators(figure)} f*"
    written = f"{numbers(_bolder(design))} w 1 j {operators(words)} B"
    if design.ink == "yin" and design.shape == "square":
        return Drawn(f"{ink} {painted}", design.width, design.height, colour, f"{ink} {written}")
    return Drawn(f"{ink} {painted} {written}", design.width, design.height, colour)


def png(drawn: Drawn, dpi: int = DPI) -> bytes:
    """The seal on nothing, in one colour, so many pixels an inch."""
    from PIL import Image, ImageChops

    size = round(drawn.width / 25.4 * dpi), round(drawn.height / 25.4 * dpi)
    alpha = _alpha(drawn, drawn.operators, size)
    if drawn.spared:
        alpha = ImageChops.subtract(alpha, _alpha(drawn, drawn.spared, size))
    solid = Image.new("RGBA", size, (*drawn.colour, 255))
    solid.putalpha(alpha)
    held = io.BytesIO()
    solid.save(held, "PNG", dpi=(dpi, dpi))
    return held.getvalue()


def _bolder(design: Design) -> float:
    """Millimetres that the strokes of words are thickened by, as ink does; less where they are narrow."""
    if design.shape == "square":
        return design.width * CHOP_BOLDER
    return BOLDER * design.width / USUAL["round"] * min(1.0, ROOMY / max(len(design.text), 1))


def _alpha(drawn: Drawn, painted: str, size: tuple[int, int]) -> Image.Image:
    """How much ink is where."""
    import pypdfium2

    raw: Any = pypdfium2.raw
    with pypdfium2.PdfDocument(_page(drawn, painted)) as pdf:
        bitmap = pypdfium2.PdfBitmap.new_native(*size, raw.FPDFBitmap_BGRA)
        bitmap.fill_rect((0, 0, 0, 0), 0, 0, *size)
        raw.FPDF_RenderPageBitmap(bitmap, pdf[0], 0, 0, *size, 0, 0)
        alpha: Image.Image = bitmap.to_pil().convert("RGBA").getchannel("A").copy()
        bitmap.close()
    return alpha


def _page(drawn: Drawn, painted: str) -> bytes:
    import pikepdf

    held = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(drawn.width, drawn.height))
        content = f"1 0 0 1 {numbers(drawn.width / 2, drawn.height / 2)} cm {painted}"
        pdf.pages[0].Contents = pdf.make_stream(content.encode())
        pdf.save(held)
    return held.getvalue()
