"""Uploads that carry digital signatures already: what they allow, and whether those signatures are still good."""

import logging
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf

from documents import pages
from documents.errors import Refused

# what reading a broken file raises beside the errors of pyHanko
UNREADABLE = (
    ValueError, TypeError, LookupError, AttributeError, ArithmeticError, RecursionError, AssertionError,
    NotImplementedError, zlib.error, struct.error,
)  # fmt: skip
NO_CHANGES = 1  # /P of a signature field's lock, ISO 32000-2 table 236


def count(pdf: pikepdf.Pdf) -> int:
    """How many signature fields carry a signature or a document time stamp."""
    return len(list(_signed_fields(pdf)))


def require_open(pdf: pikepdf.Pdf) -> None:
    """Refused pdf_certified if the document is certified (DocMDP, 12.8.2.2), or a signature locks all of it.

    Usage rights (12.8.2.3) matter only beside a signature: from other files they are taken out.
    """
    permissions = pdf.Root.get("/Perms")
    granted = set(permissions.keys()) if isinstance(permissions, pikepdf.Dictionary) else set()
    signed = list(_signed_fields(pdf))
    if "/DocMDP" in granted or (signed and "/UR3" in granted):
        raise Refused("pdf_certified", "an entry in /Perms")
    for field in signed:
        if any(_locks(reference) for reference in _references(field)):
            raise Refused("pdf_certified", "a signature with DocMDP, or with FieldMDP over all fields")
        lock = field.get("/Lock")
        if isinstance(lock, pikepdf.Dictionary) and lock.get("/P") == NO_CHANGES:
            raise Refused("pdf_certified", "a signature that locks the document")


def _locks(reference: pikepdf.Object) -> bool:
    method, parameters = pages.spelled(reference.get("/TransformMethod")), reference.get("/TransformParams")
    action = parameters.get("/Action") if isinstance(parameters, pikepdf.Dictionary) else None
    return method == "/DocMDP" or (method == "/FieldMDP" and pages.spelled(action) in ("/All", "/Exclude"))


def _references(field: pikepdf.Object) -> list[pikepdf.Object]:
    return [item for item in array(field["/V"], "/Reference") if isinstance(item, pikepdf.Dictionary)]


def _signed_fields(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    """The signature fields with a value, /FT inherited; safe in trees that run in circles."""
    waiting: list[tuple[Any, Any]] = [(item, None) for item in array(pdf.Root.get("/AcroForm"), "/Fields")]
    seen: set[tuple[int, int]] = set()
    while waiting:
        field, inherited_kind = waiting.pop()
        if not isinstance(field, pikepdf.Dictionary) or (field.is_indirect and field.objgen in seen):
            continue
        seen.add(field.objgen)
        kind = field.get("/FT", inherited_kind)
        if kind == "/Sig" and isinstance(field.get("/V"), pikepdf.Dictionary):
            yield field
        waiting += [(kid, kind) for kid in array(field, "/Kids")]


def array(holder: Any, key: str) -> list[Any]:
    """The items of an array in a dictionary; none if either is something else."""
    found = holder.get(key) if isinstance(holder, pikepdf.Dictionary) else None
    return list(found) if isinstance(found, pikepdf.Array) else []


def broken(path: Path, expected: int) -> dict[str, str]:
    """The signatures that are not good, by field, and why: altered, or changed since beyond filling in and signing.

    `expected` is how many there are: what a validator does not even find is not good either. Who signed is not asked,
    so that the answer needs neither trust nor network. Refused pdf_damaged.
    """
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.pdf_utils.reader import PdfFileReader

    with path.open("rb") as file:
        try:
            found = PdfFileReader(file, strict=False).embedded_signatures
            names = [str(one.field_name) for one in found]
        except (PdfError, *UNREADABLE) as error:
            raise Refused("pdf_damaged", str(error)) from error
        flaws = {name: flaw for name, one in zip(names, found, strict=True) if (flaw := _flaw(one))}
    lost = {"": f"{len(found)} of {expected} found"} if len(found) != expected else {}
    return {**lost, **flaws}


def _flaw(embedded: Any) -> str:
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.sign.general import SigningError
    from pyhanko.sign.validation import validate_pdf_signature, validate_pdf_timestamp
    from pyhanko.sign.validation.errors import SignatureValidationError
    from pyhanko_certvalidator import ValidationContext

    logging.getLogger("pyhanko").setLevel(logging.CRITICAL)  # it warns of every signer whom nobody trusts
    nobody = ValidationContext(trust_roots=[], allow_fetching=False)
    judge = validate_pdf_timestamp if embedded.sig_object_type == "/DocTimeStamp" else validate_pdf_signature
    try:
        status = judge(embedded, nobody)
    except (SignatureValidationError, SigningError, PdfError, *UNREADABLE) as error:
        return f"{type(error).__name__}: {error}"
    if not (status.intact and status.valid):
        return "altered"
    level = status.modification_level
    return "changed since" if level is None or level.name == "OTHER" or status.docmdp_ok is False else ""
