"""What a signed file holds: its signatures in the order of signing, and every certificate in them."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pikepdf
from asn1crypto import cms
from cryptography import x509

from documents.errors import Refused
from documents.revisions import foreignbase
from documents.timestamps.signature import signer_of

DOCUMENT_TIMESTAMP = "/ETSI.RFC3161"
TOKENS = ("signature_time_stamp_token",)
DEPTH = 32  # levels of fields below fields
UNREADABLE = (ValueError, TypeError, KeyError, IndexError, OverflowError, AttributeError, RecursionError)


class NotArchived(Exception):
    """The file has no document time stamp."""


def certificates(path: Path, after: int = 0) -> list[bytes]:
    """Every certificate of the file, once each, in DER: of signatures, of time stamps, of a security store.

    With `after` those of strangers are left out: of signatures that end at or before this offset, where an upload
    ended, and of the security store. Refused pdf_damaged for a file or a signature that cannot be read.
    """
    with opened(path) as pdf:
        return held(pdf, after)


def archive_ends(path: Path) -> datetime:
    """When the certificate of the last document time stamp ends; before that a new one has to be made.

    Raises NotArchived when there is none; Refused pdf_damaged.
    """
    with opened(path) as pdf:
        stamps = [one for one in signatures(pdf) if str(one.get("/SubFilter")) == DOCUMENT_TIMESTAMP]
        if not stamps:
            raise NotArchived(path.name)
        return _signer(_signed_data(stamps[-1])).not_valid_after_utc


def held(pdf: pikepdf.Pdf, after: int = 0) -> list[bytes]:
    """The certificates of an open file, as `certificates` tells them."""
    made = [one for one in signatures(pdf) if not after or _end(one) > after]
    signed = [one for signature in made for one in _all(_signed_data(signature))]
    return list(dict.fromkeys([*signed, *([] if after else stored(pdf, "/Certs"))]))


def opened(path: Path) -> pikepdf.Pdf:
    """The file as it stands, read only: nothing repaired, nothing inherited copied. Refused pdf_damaged."""
    return foreignbase.opened(path)


def signatures(pdf: pikepdf.Pdf) -> list[pikepdf.Object]:
    """The signature and time-stamp dictionaries of signed fields, in the order of signing."""
    signed = [field["/V"] for field in fields(pdf) if field.get("/FT") == pikepdf.Name.Sig and "/V" in field]
    return sorted(signed, key=_end)


def fields(pdf: pikepdf.Pdf) -> list[pikepdf.Object]:
    """The terminal fields that name their own type, as those of a prepared document do."""
    form = pdf.Root.get("/AcroForm")
    return list(_below(form.get("/Fields", []), DEPTH)) if isinstance(form, pikepdf.Dictionary) else []


def stored(pdf: pikepdf.Pdf, kind: str) -> list[bytes]:
    """The contents of the document security store of one kind: /Certs, /OCSPs or /CRLs (ISO 32000-2, 12.8.4.3)."""
    store = pdf.Root.get("/DSS")
    listed: Any = store.get(kind, []) if isinstance(store, pikepdf.Dictionary) else []
    return [stream.read_bytes() for stream in listed]


def _below(listed: Any, depth: int) -> Iterator[pikepdf.Object]:
    for field in listed if depth else []:
        if "/Kids" in field and "/FT" not in field:
            yield from _below(field["/Kids"], depth - 1)
        else:
            yield field


def _end(signature: pikepdf.Object) -> int:
    try:
        _, _, start, length = (int(number) for number in signature["/ByteRange"])
    except UNREADABLE as error:
        raise Refused("pdf_damaged", "a signature without a byte range") from error
    return start + length


def _signed_data(signature: pikepdf.Object) -> cms.SignedData:
    try:
        data: cms.SignedData = cms.ContentInfo.load(bytes(signature["/Contents"]))["content"]
        if not isinstance(data, cms.SignedData):
            raise ValueError("not signed data")
        return data
    except UNREADABLE as error:
        raise Refused("pdf_damaged", f"a signature that cannot be read: {error}") from error


def _all(data: cms.SignedData) -> list[bytes]:
    """The certificates of a SignedData, then those of the time stamps over its signatures."""
    try:
        found = [one.chosen.dump() for one in data["certificates"] or () if one.name == "certificate"]
        unsigned = [attribute for signer in data["signer_infos"] for attribute in signer["unsigned_attrs"] or ()]
        tokens = [token for one in unsigned if one["type"].native in TOKENS for token in one["values"]]
        return found + [one for token in tokens for one in _all(token["content"])]
    except UNREADABLE as error:
        raise Refused("pdf_damaged", f"a signature that cannot be read: {error}") from error


def _signer(data: cms.SignedData) -> x509.Certificate:
    """The certificate of the first signer. Refused pdf_damaged if it is missing."""
    found = signer_of(data)
    if found is None:
        raise Refused("pdf_damaged", "a time stamp without its certificate")
    return x509.load_der_x509_certificate(found.dump())
