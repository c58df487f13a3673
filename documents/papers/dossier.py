"""What a finished PDF carries about its own signatures: who signed with which certificate, and what proves them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pikepdf
from asn1crypto import cms, x509

from documents import timestamps

STREAMS = (("certificates", "/Certs"), ("ocsp", "/OCSPs"), ("crls", "/CRLs"))


@dataclass(frozen=True)
class Applied:
    """One signature or document time stamp of a file.

    ``serial`` is hexadecimal; ``stamped_at`` is the trusted time, None without a time stamp; ``stamped_by`` names the
    time-stamping authority.
    """

    field: str
    subject: str
    issuer: str
    serial: str
    is_timestamp: bool
    stamped_at: datetime | None = None
    stamped_by: str = ""


@dataclass(frozen=True)
class Dossier:
    """Signatures in the order they were made; certificates, OCSP responses and CRLs in DER, each once."""

    applied: tuple[Applied, ...]
    certificates: tuple[bytes, ...]
    ocsp: tuple[bytes, ...]
    crls: tuple[bytes, ...]

    @property
    def archive(self) -> Applied | None:
        """The last document time stamp."""
        return next((one for one in reversed(self.applied) if one.is_timestamp), None)

    def by_field(self, name: str) -> Applied | None:
        """The signature in an AcroForm field."""
        return next((one for one in self.applied if one.field == name), None)


def dossier(path: Path) -> Dossier:
    """Read a file of our own; nothing is validated here."""
    with pikepdf.open(path) as pdf:
        signed = sorted(_signed(pdf), key=lambda one: one[2])
        kept = {name: list(_streams(pdf, key)) for name, key in STREAMS}
    applied = tuple(_applied(name, data) for name, data, _ in signed)
    inside = [one for _, data, _ in signed for one in _certificates(data)]
    found = {name: tuple(dict.fromkeys(values)) for name, values in kept.items()}
    return Dossier(applied, tuple(dict.fromkeys([*inside, *found["certificates"]])), found["ocsp"], found["crls"])


def _signed(pdf: pikepdf.Pdf) -> Iterator[tuple[str, bytes, int]]:
    """Name, CMS, and how far it covers the file, of each signature field that is filled."""
    for field in pdf.Root.get("/AcroForm", pikepdf.Dictionary()).get("/Fields", []):
        value: Any = field.get("/V")
        if field.get("/FT") == "/Sig" and isinstance(value, pikepdf.Dictionary) and "/Contents" in value:
            covered = [int(one) for one in value.ByteRange]
            yield str(field.get("/T", "")), bytes(value.Contents), covered[-2] + covered[-1]


def _streams(pdf: pikepdf.Pdf, key: str) -> Iterator[bytes]:
    for one in pdf.Root.get("/DSS", pikepdf.Dictionary()).get(key, []):
        yield bytes(one.read_bytes())


def _applied(field: str, data: bytes) -> Applied:
    content = cms.ContentInfo.load(data)["content"]
    signer, token = content["signer_infos"][0], _token(content["signer_infos"][0])
    own = _own(content, signer)
    is_stamp = content["encap_content_info"]["content_type"].native == "tst_info"
    stamp = cms.ContentInfo.load(data).dump() if is_stamp else token
    return Applied(
        field=field, subject=_common_name(own.subject) if own else "", issuer=_common_name(own.issuer) if own else "",
        serial=f"{own.serial_number:X}" if own else "", is_timestamp=is_stamp,
        stamped_at=timestamps.time_of(stamp) if stamp else None, stamped_by=_maker(stamp) if stamp else "",
    )  # fmt: skip


def _own(content: Any, signer: Any) -> x509.Certificate | None:
    """The signer's certificate of a SignedData."""
    wanted = signer["sid"]
    one: x509.Certificate
    for one in (one.chosen for one in content["certificates"] or () if one.name == "certificate"):
        if wanted.name == "subject_key_identifier":
            if one.key_identifier == wanted.chosen.native:
                return one
        elif one.serial_number == wanted.chosen["serial_number"].native:
            return one
    return None


def _token(signer: Any) -> bytes | None:
    """The signature time stamp among the unsigned attributes (RFC 3161, appendix A)."""
    for attribute in signer["unsigned_attrs"] or ():
        if attribute["type"].native == "signature_time_stamp_token":
            encoded: bytes = attribute["values"][0].dump()
            return encoded
    return None


def _maker(token: bytes) -> str:
    content = cms.ContentInfo.load(token)["content"]
    own = _own(content, content["signer_infos"][0])
    return _common_name(own.subject) if own else ""


def _common_name(name: x509.Name) -> str:
    native = name.native
    return str(native.get("common_name") or native.get("organization_name") or name.human_friendly)


def _certificates(data: bytes) -> Iterator[bytes]:
    content = cms.ContentInfo.load(data)["content"]
    yield from (one.chosen.dump() for one in content["certificates"] or () if one.name == "certificate")
    for signer in content["signer_infos"]:
        if token := _token(signer):
            yield from timestamps.certificates_of(token)
