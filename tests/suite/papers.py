"""PDFs of different producers for the whole way through."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import typst

from signet.demo.contract import sample_contract

LEASE = """
= Lease 租賃合同
#set text(font: ("Libertinus Serif", "Noto Sans CJK SC"), lang: "en")
#lorem(400)
#table(columns: 3, [Rent], [Deposit], [Term], [1,200], [2,400], [24 months])
#lorem(300)
"""


def reportlab_contract() -> bytes:
    """Two pages of A4 by ReportLab."""
    return sample_contract()


def typst_lease(folder: Path) -> bytes:
    """A tagged PDF 1.7 with object streams by Typst."""
    source = folder / "lease.typ"
    source.write_text(LEASE)
    return bytes(typst.compile(source))


def turned_scan() -> bytes:
    """Pages of several sizes, turned by 90° and 270° and cropped, as scanners write them; by qpdf's library."""
    pdf = pikepdf.open(io.BytesIO(sample_contract()))
    for page, turn in zip(pdf.pages, (90, 270), strict=True):
        page.obj.Rotate = turn
        page.obj.CropBox = pikepdf.Array([30, 40, 560, 800])
    out = io.BytesIO()
    pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate, linearize=True)
    return out.getvalue()


def odd_pages() -> bytes:
    """A page for each turn, a cropped one, and a cropped and turned one, all of different sizes."""
    pdf = pikepdf.new()
    for number, (turn, crop) in enumerate(((0, 0), (90, 0), (180, 0), (270, 0), (0, 1), (90, 1))):
        width, height = 420 + 60 * number, 800 - 50 * number
        page = pdf.add_blank_page(page_size=(width, height))
        page.obj.Rotate = turn
        if crop:
            page.obj.CropBox = pikepdf.Array([31, 47, width - 23, height - 61])
    out = io.BytesIO()
    pdf.save(out)
    return out.getvalue()


def papers(folder: Path) -> dict[str, bytes]:
    """All of them, by name."""
    return {"reportlab": reportlab_contract(), "typst": typst_lease(folder), "scan": turned_scan()}
