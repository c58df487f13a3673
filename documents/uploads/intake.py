"""Take an uploaded PDF in: refuse what cannot be used, make the rest harmless and regular, prove it can be shown."""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from shutil import copyfile
from typing import Any

import pikepdf

from documents import pages, regular
from documents.errors import Refused
from documents.geometry import PageBox
from documents.rendering import render
from documents.revisions import foreignbase
from documents.uploads import bombs, extendrehearsal, flattening, names, presigned, rehearsal, stripping

HEADER = 1024  # bytes in which "%PDF-" must come, as Acrobat has it
SMALLEST, LARGEST = 3.0, 14_400.0  # user units a side, ISO 32000-2 annex C.2
LARGEST_POINTS = 1_000_000.0
TITLE = 200
LOCKED = "(encryption dictionary"  # what qpdf says where it cannot decrypt: with certificates instead of a password
MALFORMED = (pikepdf.PdfError, pikepdf.DataDecodingError, RuntimeError, OverflowError, UnicodeDecodeError)
LIMITS: dict[str, Any] = {
    "doc_max_warnings": 5000,
    "parser_max_nesting": 50,  # below what verification reads
    "parser_max_container_size": 1_000_000,
    "max_stream_filters": bombs.MAX_FILTERS,
    "flate_max_memory": bombs.ONE_STREAM,
    "png_max_memory": bombs.ONE_STREAM,
    "tiff_max_memory": bombs.ONE_STREAM,
    "run_length_max_memory": bombs.ONE_STREAM,
}


@dataclass(frozen=True)
class Intake:
    """A file taken in: its pages, and SHA-256 (hex), size (bytes) of what was written; the title it names itself by.

    `signatures` is how many it carries already: such a file is kept byte for byte.
    """

    pages: tuple[PageBox, ...]
    sha256: str
    size: int
    title: str | None
    signatures: int = 0

    @property
    def signed(self) -> bool:
        """True if the file must never be rewritten."""
        return self.signatures > 0


def inspect(source: Path, target: Path) -> Intake:
    """Normalise source into target: decrypted, repaired, without active content, old fields flattened.

    A file that others have signed is copied as it is, and refused where it would have to be changed. The same file
    gives the same bytes. Refused with one of the pdf_ codes.
    Meant for a child process with limits: it sets the limits of qpdf for the whole process.
    """
    require_header(source)
    pikepdf.settings.set_qpdf_limits(**LIMITS)
    try:
        with _open(source) as pdf:
            signatures, title = _earlier(pdf), _title(pdf)
            boxes = _keep(source, target, pdf) if signatures else _normalise(pdf, target)
    except (MemoryError, RecursionError) as error:
        raise Refused("pdf_too_complex", type(error).__name__) from error
    except MALFORMED as error:
        raise Refused("pdf_damaged", str(error)) from error
    render.prove(target)
    if signatures:
        extendrehearsal.rehearse(target, boxes, signatures)
    else:
        rehearsal.rehearse(target, boxes)
    return Intake(boxes, sha256(target), target.stat().st_size, title, signatures)


def require_header(source: Path) -> None:
    """Refused pdf_not_a_pdf if the file does not begin like a PDF."""
    with source.open("rb") as file:
        if b"%PDF-" not in file.read(HEADER):
            raise Refused("pdf_not_a_pdf")


def sha256(path: Path) -> str:
    """The SHA-256 of a file, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _open(source: Path) -> pikepdf.Pdf:
    try:
        return pikepdf.open(source)
    except pikepdf.PasswordError as error:
        raise Refused("pdf_encrypted") from error
    except MALFORMED as error:
        raise Refused("pdf_encrypted" if LOCKED in str(error) else "pdf_damaged", str(error)) from error


def _earlier(pdf: pikepdf.Pdf) -> int:
    """How many signatures the file carries; Refused pdf_certified if they let nobody sign after them."""
    if not isinstance(pdf.trailer.get("/Root"), pikepdf.Dictionary):
        raise Refused("pdf_damaged", "no catalog")
    presigned.require_open(pdf)
    return presigned.count(pdf)


def _normalise(pdf: pikepdf.Pdf, target: Path) -> tuple[PageBox, ...]:
    bombs.require_harmless(pdf)
    names.mend(pdf)
    listed = pages.listed(pdf)
    stripping.unwanted_annotations(listed)
    stripping.strip(pdf)
    flattening.flatten(pdf, listed)
    boxes = tuple(_regular(page, number) for number, page in enumerate(listed, 1))
    regular.save(pdf, target)
    return boxes


def _keep(source: Path, target: Path, repaired: pikepdf.Pdf) -> tuple[PageBox, ...]:
    """Copy a signed file; Refused if it acts, is encrypted or damaged."""
    if repaired.is_encrypted:
        raise Refused("pdf_encrypted", "signed and encrypted")
    with foreignbase.opened(source) as pdf:
        bombs.require_harmless(pdf)
        listed = pages.listed(pdf)
        stripping.require_passive(pdf, listed)
        boxes = tuple(_sized(page, number) for number, page in enumerate(listed, 1))
    copyfile(source, target)
    return boxes


def _regular(page: pikepdf.Page, number: int) -> PageBox:
    """Write the page's geometry out where every viewer reads it the same; Refused pdf_page_size."""
    box = _sized(page, number)
    shown = [round(edge, 5) for edge in (box.x0, box.y0, box.x1, box.y1)]
    page.obj.MediaBox = pikepdf.Array(shown)
    page.obj.CropBox = pikepdf.Array(shown)
    page.obj.Rotate = box.rotate
    page.obj.Type = pikepdf.Name.Page
    if "/ByteRange" in page.obj:  # makes a signature of whatever has it
        del page.obj["/ByteRange"]
    if "/UserUnit" in page.obj and box.user_unit == 1.0:
        del page.obj["/UserUnit"]
    return pages.box(page)


def _sized(page: pikepdf.Page, number: int) -> PageBox:
    """The page's box; Refused pdf_page_size."""
    box = pages.box(page)
    if min(box.units) < SMALLEST or max(box.units) > LARGEST or max(box.size) > LARGEST_POINTS:
        raise Refused("pdf_page_size", f"page {number}: {box.units[0]:.0f} x {box.units[1]:.0f}")
    return box


def _title(pdf: pikepdf.Pdf) -> str | None:
    info = pdf.trailer.get("/Info")
    title = info.get("/Title") if isinstance(info, pikepdf.Dictionary) else None
    text = " ".join(str(title).split())[:TITLE] if isinstance(title, pikepdf.String) else ""
    return text or None
