"""PDFs of several producers and shapes, made on the spot."""

import io
import subprocess
import zlib
from pathlib import Path
from typing import Any

import pikepdf
from PIL import Image, ImageDraw
from reportlab.pdfgen.canvas import Canvas


def plain(path: Path, pages: int = 1, size: tuple[float, float] = (595, 842)) -> Path:
    """A file by reportlab with a line of text on each page."""
    canvas = Canvas(str(path), pagesize=size, invariant=True)
    for number in range(1, pages + 1):
        canvas.drawString(size[0] * 0.1, size[1] * 0.9, f"Page {number} of the contract")
        canvas.showPage()
    canvas.save()
    return path


def shaped(path: Path, pages: int = 1, **attributes: Any) -> Path:
    """A file by hand, page attributes as given; `inherit=True` puts them into the page tree."""
    inherit = attributes.pop("inherit", False)
    with pikepdf.new() as pdf:
        for _ in range(pages):
            pdf.add_blank_page(page_size=(400, 600))
            page = pdf.pages[-1].obj
            holder = pdf.Root.Pages if inherit else page
            if inherit:
                del page["/MediaBox"]
            for key, value in attributes.items():
                holder[f"/{key}"] = pikepdf.Array(value) if isinstance(value, list) else value
        pdf.save(path)
    return path


def qpdf(source: Path, target: Path, *options: str) -> Path:
    """The file as qpdf writes it with these options."""
    subprocess.run(["qpdf", *options, str(source), str(target)], check=True)
    return target


def bare(path: Path, *objects: bytes, root: int = 1) -> Path:
    """A file of these objects, numbered from 1, with a right cross-reference table."""
    parts, offsets, start = [b"%PDF-1.7\n"], [], 9
    for number, content in enumerate(objects, 1):
        offsets.append(start)
        parts.append(b"%d 0 obj\n%s\nendobj\n" % (number, content))
        start += len(parts[-1])
    size = len(objects) + 1
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    trailer = b"trailer\n<< /Size %d /Root %d 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, root, start)
    body = b"".join([*parts, b"xref\n0 %d\n0000000000 65535 f \n" % size, table, trailer])
    path.write_bytes(body)
    return path


def bomb(path: Path, rounds: int = 1, size: int = 512 << 20) -> Path:
    """A page whose content is `size` zeros, deflated as often as `rounds` says."""
    packer = zlib.compressobj(9)
    data = b"".join(packer.compress(bytes(1 << 20)) for _ in range(size >> 20)) + packer.flush()
    for _ in range(rounds - 1):
        data = zlib.compress(data, 9)
    filters = b"[" + b"/FlateDecode " * rounds + b"]"
    stream = b"<< /Length %d /Filter %s >>\nstream\n%s\nendstream" % (len(data), filters, data)
    return one_page(path, b"/Contents 4 0 R", stream)


def one_page(path: Path, entries: bytes = b"", *more: bytes, box: bytes = b"[0 0 400 600]") -> Path:
    """A file of one page with these entries; further objects are numbered from 4."""
    return bare(
        path,
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox %s %s >>" % (box, entries),
        *more,
    )


def png(width: int = 300, height: int = 120, colour: tuple[int, int, int] = (200, 0, 0), margin: int = 0) -> bytes:
    """A filled rectangle, transparent around it."""
    image = Image.new("RGBA", (width, height), (0, 0, 0, 0))
    ImageDraw.Draw(image).rectangle((margin, margin, width - 1 - margin, height - 1 - margin), fill=(*colour, 255))
    held = io.BytesIO()
    image.save(held, "PNG")
    return held.getvalue()
