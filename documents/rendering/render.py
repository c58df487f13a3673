"""Pages as pictures and as text, by pdfium."""

import io
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pypdfium2

from documents.errors import Refused

PIXELS = 24_000_000
SIDE = 16_000  # WebP holds 16,383


def page_image(source: Path, page: int, width: int) -> bytes:
    """One page (from 0) as displayed, as WebP of this width in pixels, less if the page would be too large.

    Refused pdf_page_missing, pdf_damaged.
    """
    with opened(source) as pdf:
        return _webp(pdf, page, width)


def page_images(source: Path, folder: Path, width: int, pages: Iterable[int] | None = None) -> tuple[Path, ...]:
    """Pages as WebP files `<page>.webp` in the folder, all of them if none are named; Refused like page_image."""
    with opened(source) as pdf:
        return tuple(_written(pdf, page, width, folder) for page in (range(len(pdf)) if pages is None else pages))


def page_text(source: Path, page: int) -> str:
    """The text of one page (from 0) in reading order as pdfium finds it; Refused pdf_page_missing, pdf_damaged."""
    with opened(source) as pdf:
        text = page_of(pdf, page).get_textpage().get_text_bounded()
    return str(text).replace("\r\n", "\n").replace("\ufffe", "-")


def prove(source: Path, side: int = 96) -> None:
    """Parse and render every page, small; Refused pdf_damaged if one cannot be."""
    with opened(source) as pdf:
        for page in range(len(pdf)):
            shown = page_of(pdf, page)
            _bitmap(shown, side).close()
            shown.close()


@contextmanager
def opened(source: Path) -> Iterator[Any]:
    """The file as a pdfium document that shows its fields; Refused pdf_damaged."""
    try:
        pdf = pypdfium2.PdfDocument(source)
    except pypdfium2.PdfiumError as error:
        raise Refused("pdf_damaged", str(error)) from error
    with pdf:
        _show_fields(pdf)
        yield pdf


def _show_fields(pdf: Any) -> None:
    """Have pdfium draw field widgets, without the colour it lays over them on a screen."""
    pdf.init_forms()
    if pdf.formenv:
        raw: Any = pypdfium2.raw
        raw.FPDF_SetFormFieldHighlightAlpha(pdf.formenv.raw, 0)


def page_of(pdf: Any, page: int) -> Any:
    """A page (from 0) of an open document; Refused pdf_page_missing, pdf_damaged."""
    if not 0 <= page < len(pdf):
        raise Refused("pdf_page_missing", f"page {page + 1} of {len(pdf)}")
    try:
        return pdf[page]
    except pypdfium2.PdfiumError as error:
        raise Refused("pdf_damaged", f"page {page + 1}: {error}") from error


def _bitmap(page: Any, width: int) -> Any:
    across, up = page.get_size()
    return drawn(page, min((width - 0.01) / across, SIDE / across, SIDE / up, (PIXELS / (across * up)) ** 0.5))


def drawn(page: Any, scale: float) -> Any:
    """The bitmap of an open page with its fields, `scale` pixels per user unit; Refused pdf_damaged."""
    try:
        return page.render(scale=scale, draw_annots=True, may_draw_forms=True)
    except pypdfium2.PdfiumError as error:
        raise Refused("pdf_damaged", str(error)) from error


def _webp(pdf: Any, page: int, width: int) -> bytes:
    bitmap = _bitmap(page_of(pdf, page), width)
    held = io.BytesIO()
    bitmap.to_pil().convert("RGB").save(held, "WEBP", quality=82, method=2)
    bitmap.close()
    return held.getvalue()


def _written(pdf: Any, page: int, width: int, folder: Path) -> Path:
    target = folder / f"{page}.webp"
    target.write_bytes(_webp(pdf, page, width))
    return target
