"""Try at upload that somebody can sign after those who have, and that what they signed stays valid."""

import tempfile
from pathlib import Path

import pikepdf

from documents.errors import Refused
from documents.fields import Field
from documents.geometry import PageBox, Place
from documents.revisions import append, extend
from documents.uploads import presigned
from documents.uploads.somebody import ACT, somebody

WHOLE_PAGE = Place(0.0, 0.0, 1.0, 1.0)
UNHEARD = "rehearsal-0c5d8f1e"  # begins the id of a field that no file has
FAULTS = (pikepdf.PdfError, ValueError, KeyError, TypeError, AttributeError)


def rehearse(taken: Path, pages: tuple[PageBox, ...], signatures: int) -> None:
    """Extend a copy of a file with this many signatures on every page, and sign it.

    Refused pdf_signature_broken if a signature is not good as it is, pdf_signed if it is not afterwards, pdf_damaged
    when a step fails.
    """
    flaws = presigned.broken(taken, signatures)
    if flaws:
        raise Refused("pdf_signature_broken", str(flaws))
    with tempfile.TemporaryDirectory(dir=taken.parent) as folder:
        try:
            signed = _signed(taken, Path(folder), len(pages))
        except FAULTS as error:
            raise Refused("pdf_damaged", f"{type(error).__name__}: {error}") from error
        flaws = presigned.broken(signed, signatures + 1)
    if flaws:
        raise Refused("pdf_signed", str(flaws))


def _signed(taken: Path, folder: Path, pages: int) -> Path:
    """The file with a field on every page, and the last one signed."""
    fields = [Field(f"{UNHEARD}-{page}", f"{page}", "signature", page, WHOLE_PAGE) for page in range(pages)]
    extended, signed = folder / "extended.pdf", folder / "signed.pdf"
    plan = extend.prepare_signed(taken, extended, fields)
    reserved = append.append(extended, signed, plan, fields[-1].recipient, [], ACT)
    somebody().finish(signed, reserved)
    return signed
