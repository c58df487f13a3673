"""Try at upload what will be done after sending, so that it cannot fail when people have already signed."""

import tempfile
from pathlib import Path

import pikepdf

from documents.errors import Refused
from documents.fields import Field, Mark
from documents.geometry import PageBox, Place
from documents.revisions import append, prepare
from documents.uploads import join, presigned
from documents.uploads.somebody import ACT, Somebody, somebody
from documents.verification import verify

WHOLE_PAGE = Place(0.0, 0.0, 1.0, 1.0)
FAULTS = (pikepdf.PdfError, ValueError, KeyError, TypeError, AttributeError)
CLOSELY = 60  # pages: pyHanko takes 5 to 15 ms for one
SIGNATURES = 2  # the certification, and that of somebody
OF_SOMEBODY = {"chain_wrong", "root_not_trusted"}  # what is to be said of a certificate that nobody trusts


def rehearse(taken: Path, pages: tuple[PageBox, ...]) -> None:
    """Join, prepare, append to and verify a copy of a file taken in; Refused pdf_damaged when a step fails."""
    with tempfile.TemporaryDirectory(dir=taken.parent) as folder:
        try:
            signed = _signed(taken, Path(folder), len(pages) - 1, somebody())
        except FAULTS as error:
            raise Refused("pdf_damaged", f"{type(error).__name__}: {error}") from error
        if flaws := _flaws(signed, len(pages)):
            raise Refused("pdf_damaged", f"signed, it would not hold: {flaws}")


def _signed(taken: Path, folder: Path, last: int, signer: Somebody) -> Path:
    """The file certified, with marks on its first and last page, and signed."""
    fields = [
        Field("sign", "somebody", "signature", last, WHOLE_PAGE),
        Field("tick", "somebody", "checkbox", 0, WHOLE_PAGE),
    ]
    joined, prepared, signed = (folder / f"{step}.pdf" for step in ("joined", "prepared", "signed"))
    join.join([taken], joined, ["Rehearsal"])
    made = prepare.prepare(joined, prepared, fields, ACT)
    signer.finish(prepared, made.reserved)
    marks = [Mark("tick", "checkbox", checked=True)]
    signer.finish(signed, append.append(prepared, signed, made.plan, "somebody", marks, ACT))
    return signed


def _flaws(signed: Path, pages: int) -> list[str]:
    """What those who judge a finished file find wrong with this one; pyHanko judges only files that are not long."""
    reasons = [one for one in verify(signed, []).reasons if one.code not in OF_SOMEBODY]
    found = [f"{one.code} {one.detail}" for one in reasons]
    return found + (list(presigned.broken(signed, SIGNATURES).values()) if pages <= CLOSELY else [])
