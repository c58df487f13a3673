"""Turn what annotations and form fields show into page content, so that nothing but the new fields can be filled."""

import re
from typing import Any

import pikepdf

from documents import pages, pikevalues
from documents.drawing import appearance
from documents.drawing.appearance import Frame
from documents.drawing.textlayout import FontSet
from documents.uploads import oldtexts

MULTILINE, PASSWORD = 1 << 12, 1 << 13  # of a text field's flags (12.7.5.3)


def flatten(pdf: pikepdf.Pdf, listed: list[pikepdf.Page]) -> None:
    """Draw every visible annotation into its page and drop the form; links stay links.

    Text fields without an appearance get one first.
    """
    form = pdf.Root.get("/AcroForm")
    renew = isinstance(form, pikepdf.Dictionary) and bool(form.get("/NeedAppearances", False))
    for page in listed:
        _draw_texts(pdf, page, renew)
    if isinstance(form, pikepdf.Dictionary) and "/NeedAppearances" in form:
        del form["/NeedAppearances"]
    links = [_take_links(page) for page in listed]
    pdf.flatten_annotations("screen")
    for page, kept in zip(listed, links, strict=True):
        _put_back(page, kept)
    if "/AcroForm" in pdf.Root:
        del pdf.Root["/AcroForm"]


def _take_links(page: pikepdf.Page) -> list[Any]:
    everything = list(page.obj.get("/Annots", []))
    links = [item for item in everything if item.get("/Subtype") == "/Link"]
    page.obj.Annots = pikepdf.Array([item for item in everything if item.get("/Subtype") != "/Link"])
    return links


def _put_back(page: pikepdf.Page, links: list[Any]) -> None:
    if links:
        page.obj.Annots = pikepdf.Array(links)
    elif "/Annots" in page.obj:
        del page.obj["/Annots"]


def _draw_texts(pdf: pikepdf.Pdf, page: pikepdf.Page, renew: bool) -> None:
    for widget in page.obj.get("/Annots", []):
        if widget.get("/Subtype") == "/Widget" and (renew or "/AP" not in widget):
            content, edges = _content(widget), pages.rect(widget.get("/Rect"))
            if content and edges:
                widget.AP = pikepdf.Dictionary(N=_drawn(pdf, widget, edges, content))


def _content(widget: pikepdf.Object) -> str:
    kind, value = pages.inherited(widget, "/FT"), pages.inherited(widget, "/V")
    if kind not in ("/Tx", "/Ch") or not isinstance(value, pikepdf.String):
        return ""
    return "*" * len(str(value)) if kind == "/Tx" and _flags(widget) & PASSWORD else str(value)


def _flags(widget: pikepdf.Object) -> int:
    found = pages.inherited(widget, "/Ff")
    return found if isinstance(found, int) else 0


def _drawn(pdf: pikepdf.Pdf, widget: pikepdf.Object, edges: pages.Rect, content: str) -> Any:
    x0, y0, x1, y1 = edges
    look = widget.get("/MK")
    rotate = pages.rotation(look.get("/R")) if isinstance(look, pikepdf.Dictionary) else 0
    across, up = x1 - x0, y1 - y0
    frame = Frame(up, across, rotate) if rotate in (90, 270) else Frame(across, up, rotate)
    fontset = FontSet()
    drawing = oldtexts.text(frame, content, fontset, _font_size(widget), bool(_flags(widget) & MULTILINE))
    return pikevalues.Converter(pdf)(drawing.stream(fontset.resources()))


def _font_size(widget: pikepdf.Object) -> float:
    """The size in the default appearance, 0 (automatic) read as the usual one (12.7.4.3)."""
    found = re.search(r"(\d+\.?\d*|\.\d+)\s+Tf", str(pages.inherited(widget, "/DA") or ""))
    return float(found[1]) if found and float(found[1]) > 0 else appearance.TEXT_SIZE
