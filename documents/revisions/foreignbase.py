"""What an update needs to know of a file that others wrote and signed, so that nothing in it can be put right."""

import hashlib
import mmap
import re
from pathlib import Path

import pikepdf

from documents import pages
from documents.errors import Refused
from documents.incremental import base, existing
from documents.incremental.base import Base

HIGHEST_NUMBER = 8_388_607  # ISO 32000-1 annex C
REFERENCED = re.compile(rb"(?<!\d)(\d{1,7})\s+\d{1,5}\s+(?:R|obj)(?![A-Za-z])")


def opened(source: Path) -> pikepdf.Pdf:
    """The file as it stands: what would have to be repaired cannot be kept. Refused pdf_damaged.

    A limit to warnings is lifted meanwhile: with one, qpdf looks through all pages and adds what they lack.
    """
    limit = pikepdf.settings.get_qpdf_limits()["doc_max_warnings"]
    pikepdf.settings.set_qpdf_limits(doc_max_warnings=0)
    try:
        return pikepdf.open(source, attempt_recovery=False, inherit_page_attributes=False)
    except pikepdf.PdfError as error:
        raise Refused("pdf_damaged", f"to be repaired: {error}") from error
    finally:
        pikepdf.settings.set_qpdf_limits(doc_max_warnings=limit)


def read(source: Path, pdf: pikepdf.Pdf, wanted: int) -> Base:
    """The base for an update with `wanted` fields; Refused pdf_damaged, pdf_too_complex."""
    with source.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        last = base.LAST.search(data[-base.TAIL :])
        if last is None or data[:5] != b"%PDF-":
            raise Refused("pdf_damaged", "signed, with something before the header or after the end")
        offset = int(last[1])
        table = base.TABLE.match(data[offset : offset + 8]) is not None
        first = 1 + max(_highest(data), *(_highest(packed) for packed in _packed(pdf)), int(pdf.trailer["/Size"]) - 1)
        if first + 4 * wanted > HIGHEST_NUMBER:
            raise Refused("pdf_too_complex", f"an object is numbered {first - 1}")
        root, info = pdf.trailer["/Root"], pdf.trailer.get("/Info")
        about = existing.reference(info) if isinstance(info, pikepdf.Object) and info.is_indirect else None
        identifier = _identifier(pdf.trailer, data)
        return Base(len(data), offset, first, not table, existing.reference(root), about, identifier)


def _highest(data: bytes | mmap.mmap) -> int:
    """The highest number in use or referenced: a reference to nothing must not become one to an object of ours."""
    return max((int(found[1]) for found in REFERENCED.finditer(data)), default=0)


def _packed(pdf: pikepdf.Pdf) -> list[bytes]:
    """The contents of the object streams, in which references stand deflated."""
    return [
        item.read_bytes()
        for item in pdf.objects
        if isinstance(item, pikepdf.Stream) and pages.spelled(item.get("/Type")) == "/ObjStm"
    ]


def _identifier(trailer: pikepdf.Object, data: mmap.mmap) -> bytes:
    found = trailer.get("/ID")
    if isinstance(found, pikepdf.Array) and len(found) == 2:
        return bytes(found[0])
    return hashlib.sha256(data).digest()[:16]
