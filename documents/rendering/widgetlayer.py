"""Form fields alone, without the page below them, by pdfium: to see a mark whose colour is that of the page."""

from typing import Any

import pypdfium2
from PIL import Image, ImageChops

from documents.fields import Field

SIDE = 240  # pixels of a field's longer side when it is looked at closely
WHITE, BLACK = (255, 255, 255, 255), (0, 0, 0, 255)
Colour = tuple[int, int, int, int]


def draw(page: Any, scale: float) -> Image.Image:
    """The fields of an open page on white paper; `scale` in pixels per user unit."""
    across, up = page.get_size()
    size = max(int(across * scale), 1), max(int(up * scale), 1)
    return _drawn(page, size, (0, 0), size, WHITE)


def places(page: Any) -> list[tuple[float, float, float, float]]:
    """The rectangles of all annotations that have an area, in user space, sorted."""
    raw: Any = pypdfium2.raw
    found = []
    for index in range(raw.FPDFPage_GetAnnotCount(page)):
        annotation, edges = raw.FPDFPage_GetAnnot(page, index), raw.FS_RECTF()
        if annotation and raw.FPDFAnnot_GetRect(annotation, edges):
            found.append((edges.left, edges.bottom, edges.right, edges.top))
        raw.FPDFPage_CloseAnnot(annotation)
    return sorted(edges for edges in found if edges[0] != edges[2] and edges[1] != edges[3])


def shows(before: Any, after: Any, field: Field) -> bool:
    """Whether the field draws something after that it did not draw before, looked at closely."""
    return any(
        ImageChops.difference(_close(before, field, paper), _close(after, field, paper)).getbbox() is not None
        for paper in (WHITE, BLACK)
    )


def _close(page: Any, field: Field, paper: Colour) -> Image.Image:
    """The field without its outermost pixels, where a neighbour's edge may show."""
    across, up = page.get_size()
    place = field.shown_at
    scale = SIDE / max(place.width * across, place.height * up)
    whole = round(across * scale), round(up * scale)
    size = max(round(place.width * across * scale), 3), max(round(place.height * up * scale), 3)
    corner = round(place.x * across * scale), round(place.y * up * scale)
    picture = _drawn(page, size, corner, whole, paper)
    return picture.crop((1, 1, size[0] - 1, size[1] - 1))


def _drawn(
    page: Any, size: tuple[int, int], corner: tuple[int, int], whole: tuple[int, int], paper: Colour
) -> Image.Image:
    """A cut-out of the page drawn `whole` pixels large."""
    raw: Any = pypdfium2.raw
    bitmap = pypdfium2.PdfBitmap.new_native(*size, raw.FPDFBitmap_BGR)
    bitmap.fill_rect(paper, 0, 0, *size)
    if page.formenv:
        raw.FPDF_FFLDraw(page.formenv, bitmap, page, -corner[0], -corner[1], *whole, 0, raw.FPDF_ANNOT)
    shown: Image.Image = bitmap.to_pil().convert("RGB").copy()
    bitmap.close()
    return shown
