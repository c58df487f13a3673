"""The agreement's id and a QR code in the left margin of every page, drawn before anything is certified."""

import hashlib
from pathlib import Path
from typing import Any

import pikepdf

from documents import geometry, pages, pikevalues, regular
from documents.geometry import PageBox
from documents.values import Name, Stream, numbers

SMALLEST = 140.0  # points a side: smaller pages have no margin to spare
EDGE, CODE, SIZE = 6.0, 30.0, 6.0  # points: distance from the edges, side of the code, size of the text
FONT = {"/Type": Name("/Font"), "/Subtype": Name("/Type1"), "/BaseFont": Name("/Helvetica")}


def stamp(source: Path, target: Path, text: str, address: str) -> None:
    """Write source to target with an ASCII text and the address as a QR code at the lower left of each page.

    What is there stays; pages smaller than SMALLEST are left alone. The same arguments give the same bytes.
    """
    with pikepdf.open(source) as pdf:
        to_pdf = pikevalues.Converter(pdf)
        form = Stream(
            {
                "/Type": Name("/XObject"),
                "/Subtype": Name("/Form"),
                "/BBox": [0, 0, EDGE + CODE, SMALLEST],
                "/Resources": {"/Font": {"/F": FONT}},
            },
            f"{_code(address)}\n{_line(text)}".encode("ascii"),
        )
        name = pikepdf.Name(f"/Stamp{hashlib.sha256(address.encode()).hexdigest()[:12]}")
        for page in pages.listed(pdf):
            _place(page, name, to_pdf(form))
        regular.save(pdf, target)


def _place(page: pikepdf.Page, name: pikepdf.Name, form: Any) -> None:
    box = pages.box(page)
    if min(box.size) < SMALLEST:
        return
    drawn = f"q {_upright(box)} cm {name} Do Q\n"
    left_open = _left_open(page)
    page.add_resource(form, pikepdf.Name.XObject, name)
    if left_open is None:
        page.contents_add(drawn.encode(), prepend=True)
        return
    page.contents_add(b"q\n", prepend=True)
    page.contents_add(("\n" + "Q " * (1 + left_open) + drawn).encode())


def _left_open(page: pikepdf.Page) -> int | None:
    """How many graphics states a page saves and does not restore (8.4.2): what follows would be drawn in the last.

    None if no reader gets to the end of the page, so that nothing behind it would be seen.
    """
    depth = 0
    try:
        for instruction in pikepdf.parse_content_stream(page, "q Q"):
            depth = depth + 1 if str(instruction.operator) == "q" else max(depth - 1, 0)
    except (pikepdf.PdfError, pikepdf.DataDecodingError):
        return None
    return depth


def _upright(box: PageBox) -> str:
    """The matrix from points as displayed, from the lower left corner, to user space."""
    a, b, c, d, e, f = geometry.matrix(box)
    unit = box.user_unit
    return " ".join(f"{value:.6f}" for value in (a / unit, b / unit, c / unit, d / unit, e, f))


def _code(address: str) -> str:
    """The QR code as rectangles on white, which also stands on a dark page."""
    from qrcode.constants import ERROR_CORRECT_M
    from qrcode.main import QRCode

    code: Any = QRCode(error_correction=ERROR_CORRECT_M, border=2)
    code.add_data(address)
    rows = code.get_matrix()
    side = CODE / len(rows)
    dots = [
        f"{numbers(EDGE + column * side, EDGE + CODE - (row + 1) * side, side, side)} re"
        for row, cells in enumerate(rows)
        for column, dark in enumerate(cells)
        if dark
    ]
    return "\n".join([f"1 g {numbers(EDGE, EDGE, CODE, CODE)} re f 0 g", *dots, "f"])


def _line(text: str) -> str:
    """The text upwards above the code."""
    escaped = text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
    return f"BT 0.25 g /F {numbers(SIZE)} Tf 0 1 -1 0 {numbers(EDGE + SIZE, EDGE + CODE + 4)} Tm ({escaped}) Tj ET"
