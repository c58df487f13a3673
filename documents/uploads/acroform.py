"""The empty fields of a file's own form, before it is flattened (ISO 32000-2, 12.7)."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import pikepdf

from documents import pages
from documents.drawing import fonts
from documents.geometry import PageBox, Place
from documents.uploads.suggestion import MOST, Suggestion, displayed

HIDDEN = 1 << 1 | 1 << 5  # annotation flags Hidden and NoView (12.5.3)
READ_ONLY, REQUIRED = 1 << 0, 1 << 1  # field flags (12.7.4.1)
RADIO, BUTTON = 1 << 15, 1 << 16  # of buttons (12.7.5.2.1)
KINDS = {"/Tx": "text", "/Ch": "text", "/Sig": "signature", "/Btn": "checkbox"}
LABEL, LONGEST = 100, 2000
SMALLEST = 6.0  # points a side


def found(source: Path, page_count: int) -> list[Suggestion]:
    """The empty, visible fields of a file as it was uploaded, at most 1000; all of them for the first signer."""
    with pikepdf.open(source) as pdf:
        if "/AcroForm" not in pdf.Root:
            return []
        return list(islice(_found(pages.listed(pdf)[:page_count]), MOST))


def _found(listed: list[pikepdf.Page]) -> Iterator[Suggestion]:
    for number, page in enumerate(listed):
        box, annotations = pages.box(page), page.obj.get("/Annots")
        for widget in annotations if isinstance(annotations, pikepdf.Array) else ():
            if isinstance(widget, pikepdf.Dictionary) and pages.spelled(widget.get("/Subtype")) == "/Widget":
                one = _suggestion(widget, number, box)
                if one:
                    yield one


def _suggestion(widget: pikepdf.Object, number: int, box: PageBox) -> Suggestion | None:
    kind, flags = KINDS.get(pages.spelled(pages.inherited(widget, "/FT"))), _int(pages.inherited(widget, "/Ff"))
    edges = pages.rect(widget.get("/Rect"))
    unfit = _int(widget.get("/F")) & HIDDEN or flags & READ_ONLY or (kind == "checkbox" and flags & (RADIO | BUTTON))
    if kind is None or edges is None or unfit or _filled(widget, kind):
        return None
    place = _cut(displayed(box, edges))
    if min(place.width * box.size[0], place.height * box.size[1]) < SMALLEST:
        return None
    longest = _int(pages.inherited(widget, "/MaxLen"))
    return Suggestion(
        "form", kind, 1, number, place, _label(widget), bool(flags & REQUIRED) or kind == "signature",
        longest if kind == "text" and 0 < longest <= LONGEST else None,
    )  # fmt: skip


def _cut(place: Place) -> Place:
    """What of the place lies on the page."""
    x, y = max(place.x, 0.0), max(place.y, 0.0)
    right, low = min(place.x + place.width, 1.0), min(place.y + place.height, 1.0)
    return Place(round(x, 6), round(y, 6), round(max(right - x, 0.0), 6), round(max(low - y, 0.0), 6))


def _filled(widget: pikepdf.Object, kind: str) -> bool:
    """What is filled in already is drawn into the page."""
    value = pages.inherited(widget, "/V")
    if kind == "checkbox":
        return isinstance(value, pikepdf.Name) and pages.spelled(value) != "/Off"
    return isinstance(value, pikepdf.Dictionary) or (isinstance(value, pikepdf.String) and bool(bytes(value)))


def _label(widget: pikepdf.Object) -> str:
    given = next((value for value in map(widget.get, ("/TU", "/T")) if isinstance(value, pikepdf.String)), "")
    return fonts.clean(" ".join(str(given).split()))[:LABEL]


def _int(value: Any) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) else 0
