"""Looking at rendered pages."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
from PIL import ImageChops, ImageOps


def picture(path: Path, page: int, width: int = 1000):
    """A page as displayed, with its form fields, as a grey image."""
    pdf = pypdfium2.PdfDocument(path)
    try:
        pdf.init_forms()
        sheet = pdf[page if page >= 0 else len(pdf) + page]
        return sheet.render(scale=width / sheet.get_width(), may_draw_forms=True).to_pil().convert("L")
    finally:
        pdf.close()


def ink(path: Path, page: int, x: float, y: float, width: float, height: float) -> bool:
    """Whether something is drawn inside a rectangle given in fractions of the displayed page."""
    image = picture(path, page)
    across, down = image.size
    box = tuple(round(v) for v in (x * across, y * down, (x + width) * across, (y + height) * down))
    return ImageOps.invert(image.crop(box)).point(lambda v: 255 if v > 60 else 0).getbbox() is not None


def differ(first: Path, second: Path, page: int) -> tuple[int, int, int, int] | None:
    """The box in which two pages differ, in pixels of a picture 1,000 wide."""
    box: tuple[int, int, int, int] | None = ImageChops.difference(picture(first, page), picture(second, page)).getbbox()
    return box
