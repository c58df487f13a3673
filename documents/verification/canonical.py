"""What no signature covers: the value of the last one itself. In our own files it has exactly one form.

Certificates, unsigned attributes and version numbers within a CMS can be changed without its signature noticing; so
they are held against what we write (RFC 5652; EN 319 122-1).
"""

from collections.abc import Iterable, Sequence
from typing import Any

from asn1crypto import cms, core
from cryptography import x509
from cryptography.exceptions import InvalidSignature

from documents.verification.breakage import BROKEN
from documents.verification.syntax import Malformed

DEEPEST = 40
TOKEN = "signature_time_stamp_token"  # noqa: S105 - the name of an attribute


def demand(data: bytes, known: Sequence[bytes]) -> None:
    """Raises Malformed unless a CMS is DER, holds no more than a signature needs, and its certificates hold together.

    `known` are certificates (DER) from elsewhere that may have issued one in it.
    """
    _demand_der(data, 0, len(data), DEEPEST)
    content = cms.ContentInfo.load(data, strict=True)
    _demand_signed_data(content["content"], known)


def _demand_der(data: bytes, at: int, end: int, depth: int) -> None:
    """Values one after the other, each with its shortest length, to the end (X.690, 10.1)."""
    while at < end:
        if depth == 0 or end - at < 2 or data[at] & 0x1F == 0x1F:
            raise Malformed("contents_altered", f"no DER at {at}")
        constructed, count = data[at] & 0x20, data[at + 1] & 0x7F if data[at + 1] & 0x80 else 0
        start = at + 2 + count
        length = int.from_bytes(data[at + 2 : start]) if count else data[at + 1]
        shortest = not count or (length >= 0x80 and length.bit_length() > 8 * (count - 1))
        if not shortest or data[at + 1] == 0x80 or start + length > end:
            raise Malformed("contents_altered", f"no DER at {at}")
        if constructed:
            _demand_der(data, start, start + length, depth - 1)
        at = start + length


def _demand_signed_data(signed: cms.SignedData, known: Sequence[bytes]) -> None:
    info = signed["signer_infos"][0]
    kind = signed["encap_content_info"]["content_type"].native
    digests = [one["algorithm"].native for one in signed["digest_algorithms"]]
    versions = signed["version"].native, info["version"].native
    if len(signed["signer_infos"]) != 1 or digests != [info["digest_algorithm"]["algorithm"].native]:
        raise Malformed("contents_altered", "more than one signer")
    if versions not in ((("v1", "v1"),) if kind == "data" else (("v3", "v1"),)) or len(signed["crls"] or ()):
        raise Malformed("contents_altered", f"versions {versions}")
    held = [one.chosen.dump() for one in signed["certificates"] if one.name == "certificate"]
    if len(held) != len(signed["certificates"]) or len(set(held)) != len(held):
        raise Malformed("contents_altered", "certificates")
    _demand_issued(held, known)
    for attribute in _unsigned(info):
        if attribute["type"].native != TOKEN or len(attribute["values"]) != 1:
            raise Malformed("contents_altered", "an attribute that is not signed")
        _demand_signed_data(attribute["values"][0]["content"], known)


def _unsigned(info: Any) -> Iterable[Any]:
    attributes = info["unsigned_attrs"]
    return () if isinstance(attributes, core.Void) else attributes


def _demand_issued(held: Sequence[bytes], known: Sequence[bytes]) -> None:
    """Each certificate beside the signer's is known byte for byte, or issued by one that is there."""
    issuers = [x509.load_der_x509_certificate(one) for one in dict.fromkeys([*held, *known])]
    for one in held:
        if one not in known and not _issued(x509.load_der_x509_certificate(one), issuers):
            raise Malformed("contents_altered", "a certificate that nobody here issued")


def _issued(certificate: x509.Certificate, issuers: Sequence[x509.Certificate]) -> bool:
    for issuer in issuers:
        try:
            certificate.verify_directly_issued_by(issuer)
        except (InvalidSignature, *BROKEN):
            continue
        return True
    return False
