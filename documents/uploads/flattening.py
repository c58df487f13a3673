"""Turn what annotations and form fields show into page content, so that nothing but the new fields can be filled."""

import re
from typing import Any

import pikepdf

from documents import pages, pikevalues
from documents.drawing import appearance
from documents.drawing.appearance import Frame
from documents.drawing.textlayout import FontSet


def flatten(pdf: pikepdf.Pdf, listed: list[pikepdf.Page]) -> None:
    """Draw every visible annotation into its page and drop the form; links stay links.

    Text fields without an appearance get one first. Refused text_not_drawable, text_too_long.
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
    return str(value) if kind in ("/Tx", "/Ch") and isinstance(value, pikepdf.String) else ""


def _drawn(pdf: pikepdf.Pdf, widget: pikepdf.Object, edges: pages.Rect, content: str) -> Any:
    x0, y0, x1, y1 = edges
    look = widget.get("/MK")
    rotate = pages.rotation(look.get("/R")) if isinstance(look, pikepdf.Dictionary) else 0
    across, up = x1 - x0, y1 - y0
    frame = Frame(up, across, rotate) if rotate in (90, 270) else Frame(across, up, rotate)
    fontset = FontSet()
    drawing = appearance.text(frame, content, fontset, _font_size(widget))
    return pikevalues.Converter(pdf)(drawing.stream(fontset.resources()))


def _font_size(widget: pikepdf.Object) -> float:
    """The size in the default appearance, 0 (automatic) read as the usual one (12.7.4.3)."""
    found = re.search(r"([\d.]+)\s+Tf", str(pages.inherited(widget, "/DA") or ""))
    return float(found[1]) if found and float(found[1]) > 0 else appearance.TEXT_SIZE
