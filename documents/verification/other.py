"""A file signed elsewhere: what pyHanko finds in it, and our own look at what each signature leaves out."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from asn1crypto import crl, ocsp, x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.sign.validation.errors import NoDSSFoundError
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

from documents.verification import ranges
from documents.verification.agreement import Reading, demand_last_canonical
from documents.verification.assessing import Found
from documents.verification.breakage import BROKEN
from documents.verification.judge import Evidence
from documents.verification.report import Reason, Role
from documents.verification.syntax import Malformed

SEAL = "seal"
FARTHEST = 1 << 16  # bytes from the end in which a file's last startxref must stand
LEVELS = {
    ModificationLevel.NONE: (),
    ModificationLevel.LTA_UPDATES: ("archive_data",),
    ModificationLevel.FORM_FILLING: ("form_filling", "signature_added"),
}


@dataclass(frozen=True)
class _Signed:
    """A filled signature field."""

    name: str
    embedded: EmbeddedPdfSignature | None
    problem: str = ""


def read(data: Any, file: Any, trust: Sequence[bytes]) -> Reading:
    """Every signature of a file; raises Malformed unreadable when no PDF can be made out."""
    if data.rfind(b"startxref") < max(len(data) - FARTHEST, 0):
        raise Malformed("unreadable", "no startxref near the end")  # looking for it line by line would take long
    try:
        reader = PdfFileReader(file, strict=False)
        if reader.encrypted:
            raise Malformed("unreadable", "encrypted")
        signed = _signed(reader)
    except BROKEN as error:
        raise Malformed("unreadable", str(error)[:200]) from error
    reading = Reading()
    for one in signed:
        _note(data, one, reading)
    reading.found.sort(key=lambda one: one.covered.end if one.covered else 0)
    reading.evidence = _evidence(reader, reading)
    _demand_last(data, reading)
    if _is_paper(reading):
        demand_last_canonical(data, reading, trust)
    return reading


def _is_paper(reading: Reading) -> bool:
    """Whether it is a certificate of completion of ours, which is as strictly written as an agreement."""
    first = reading.found[0] if reading.found else None
    return bool(first and first.field == SEAL and first.docmdp == 1)


def _signed(reader: PdfFileReader) -> list[_Signed]:
    """All signature fields with a value; enumerating stops at none of them."""
    from pyhanko.sign.fields import enumerate_sig_fields

    found = []
    for given, value, reference in enumerate_sig_fields(reader, filled_status=True):
        name = str(given)  # what pyHanko gives holds on to its reader
        try:
            found.append(_Signed(name, EmbeddedPdfSignature(reader, reference.get_object(), name)))
        except BROKEN as error:
            found.append(_Signed(name, None, _broken(value) or f"{error}"[:200]))
    return found


def _broken(value: Any) -> str:
    """The code for a signature dictionary that cannot be read as one; empty when it is none of the known ways."""
    if not isinstance(value, dict):
        return ""
    if "/Contents" not in value:
        return "contents_missing"
    return "byterange_missing" if "/ByteRange" not in value else ""


def _note(data: Any, one: _Signed, reading: Reading) -> None:
    if one.embedded is None:
        code, detail = (one.problem, "") if one.problem.isidentifier() else ("signature_invalid", one.problem)
        reading.reasons.append(Reason(code, detail, one.name))
        reading.found.append(Found(one.name, "approval", None))
        return
    found = Found(one.name, "approval", None)
    try:
        found = replace(found, covered=ranges.checked(data, _plain(one.embedded)))
        found = _described(found, one.embedded)
        found = replace(found, changes=_changes(one.embedded, one.name, reading))
    except Malformed as error:
        reading.reasons.append(Reason(error.code, error.detail, one.name))
    except BROKEN as error:
        reading.reasons.append(Reason("structure_damaged", str(error)[:200], one.name))
    reading.found.append(found)


def _plain(embedded: EmbeddedPdfSignature) -> dict[str, Any]:
    numbers = [int(item) if isinstance(item, int) else item for item in embedded.byte_range]
    return {"/ByteRange": numbers, "/Contents": bytes(embedded.pkcs7_content)}


def _changes(embedded: EmbeddedPdfSignature, name: str, reading: Reading) -> tuple[str, ...]:
    embedded.external_digests[embedded.external_md_algorithm] = b""  # hashed elsewhere, once for all
    embedded.compute_integrity_info()
    summary = embedded.summarise_integrity_info()
    level = getattr(summary["diff_result"], "modification_level", ModificationLevel.OTHER)
    if level is ModificationLevel.OTHER or not summary["docmdp_ok"]:
        reading.reasons.append(Reason("not_permitted", str(summary["diff_result"])[:200], name))
        return ("not_permitted",)
    return LEVELS.get(level, ("not_permitted",))


def _described(found: Found, embedded: EmbeddedPdfSignature) -> Found:
    certifies = _certifies(embedded)
    role: Role = "certification" if certifies else "approval"
    if embedded.sig_object_type == "/DocTimeStamp":
        role = "time_stamp"
    level = embedded.docmdp_level.value if certifies and embedded.docmdp_level else None
    return replace(found, role=role, claimed=str(embedded.sig_object.get("/M", "")), docmdp=level)


def _certifies(embedded: EmbeddedPdfSignature) -> bool:
    references = embedded.sig_object.get("/Reference", ())
    return any(one.get_object().get("/TransformMethod") == "/DocMDP" for one in references)


def _demand_last(data: Any, reading: Reading) -> None:
    """The last signature must cover the file to its end, and no two may end at the same place."""
    ends = [one.covered.end for one in reading.found if one.covered]
    if len(set(ends)) < len(ends):
        reading.reasons.append(Reason("signatures_overlap"))
    if ends and ends[-1] != len(data):
        rest = bytes(data[ends[-1] :])
        code = "unsigned_update" if b"startxref" in rest else "bytes_after_end"
        reading.reasons.append(Reason(code, f"{len(rest)} bytes", reading.found[-1].field))


def _evidence(reader: PdfFileReader, reading: Reading) -> Evidence:
    try:
        store = DocumentSecurityStore.read_dss(reader)
        return Evidence(
            [x509.Certificate.load(_data(one)) for one in store.certs.values()],
            [ocsp.OCSPResponse.load(_data(one)) for one in store.ocsps],
            [crl.CertificateList.load(_data(one)) for one in store.crls],
        )
    except NoDSSFoundError:
        return Evidence()
    except BROKEN as error:
        reading.reasons.append(Reason("dss_changed", str(error)[:200]))
        return Evidence()


def _data(reference: Any) -> bytes:
    data: bytes = reference.get_object().data
    return data
