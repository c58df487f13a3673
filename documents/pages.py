"""The page tree of an open pikepdf document, read without trusting it."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pikepdf

from documents.errors import Refused
from documents.geometry import PageBox

MAX_PAGES = 2000
DEPTH = 64
LETTER = (0.0, 0.0, 612.0, 792.0)

Rect = tuple[float, float, float, float]


def listed(pdf: pikepdf.Pdf) -> list[pikepdf.Page]:
    """The pages in order; Refused if there are none or more than MAX_PAGES. /Count is not looked at."""
    found: list[pikepdf.Page] = []
    try:
        for page in pdf.pages:
            found.append(page)
            if len(found) > MAX_PAGES:
                raise Refused("pdf_too_many_pages")
    except (pikepdf.PdfError, RuntimeError, ValueError) as error:
        raise Refused("pdf_damaged", f"page tree: {error}") from error
    if not found:
        raise Refused("pdf_no_pages")
    return found


def box(page: pikepdf.Page) -> PageBox:
    """What is shown of the page: CropBox cut to MediaBox, attributes inherited (7.7.3.4), /Rotate normalised."""
    media = rect(inherited(page.obj, "/MediaBox")) or LETTER
    crop = rect(inherited(page.obj, "/CropBox"))
    shown = _cut(crop, media) if crop else None
    x0, y0, x1, y1 = shown or media
    return PageBox(x0, y0, x1, y1, rotation(inherited(page.obj, "/Rotate")), _unit(page.obj.get("/UserUnit")))


def spelled(name: Any) -> str:
    """A PDF name as text whatever its bytes are (Chinese producers write GBK); empty if it is no name."""
    return bytes(name).decode("latin-1") if isinstance(name, pikepdf.Name) else ""


def inherited(node: pikepdf.Object, key: str) -> Any:
    """An inheritable attribute of a page, None if no ancestor has it."""
    for ancestor in _line(node):
        if key in ancestor:
            return ancestor[key]
    return None


def _line(node: pikepdf.Object) -> Iterator[pikepdf.Object]:
    ancestor: pikepdf.Object | None = node
    for _ in range(DEPTH):
        if not isinstance(ancestor, pikepdf.Dictionary):
            return
        yield ancestor
        ancestor = ancestor.get("/Parent")


def sizes(source: Path) -> list[list[float]]:
    """Width and height of each page of a file as displayed, in points."""
    with pikepdf.open(source) as pdf:
        return [[round(edge, 3) for edge in box(page).size] for page in listed(pdf)]


def rect(value: Any) -> Rect | None:
    """Four numbers as a rectangle with an area, normalised (7.9.5); None if it is none."""
    if not isinstance(value, pikepdf.Array) or len(value) != 4:
        return None
    edges = [_number(item) for item in value]
    if any(edge is None for edge in edges):
        return None
    a, b, c, d = (edge for edge in edges if edge is not None)
    sides = min(a, c), min(b, d), max(a, c), max(b, d)
    return sides if sides[2] > sides[0] and sides[3] > sides[1] else None


def _cut(inner: Rect, outer: Rect) -> Rect | None:
    x0, y0 = max(inner[0], outer[0]), max(inner[1], outer[1])
    x1, y1 = min(inner[2], outer[2]), min(inner[3], outer[3])
    return (x0, y0, x1, y1) if x1 > x0 and y1 > y0 else None


def rotation(value: Any) -> int:
    """A number of degrees as 0, 90, 180 or 270; 0 if it is none of them."""
    angle = _number(value)
    return int(angle) % 360 if angle is not None and angle % 90 == 0 else 0


def _unit(value: Any) -> float:
    unit = _number(value)
    return unit if unit is not None and unit > 0 else 1.0


def _number(value: Any) -> float | None:
    return float(value) if isinstance(value, int | float | Decimal) and not isinstance(value, bool) else None
