"""Proof that certificates were not revoked, for the document's own store: from *seal*, else from their issuers.

What *seal* did not issue is asked for at the addresses that the certificate itself names. Only certificates of
authorities that the operator has chosen are followed; strangers' in an uploaded file are left as they are.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.serialization import Encoding

from chassis.service import Runtime
from services.signing import issuers
from services.signing.waits import RevocationAway

LONGEST_CHAIN = 8


@dataclass
class Proof:
    """Certificates, OCSP responses and revocation lists in DER; each once, in the order found."""

    certificates: dict[bytes, None] = field(default_factory=dict)
    ocsp: dict[bytes, None] = field(default_factory=dict)
    crls: dict[bytes, None] = field(default_factory=dict)


@dataclass(frozen=True)
class Collected:
    """What was found; the certificates in DER that *seal* did not issue, and those with proof up to a root."""

    proof: Proof
    strangers: frozenset[bytes]
    proven: frozenset[bytes]


def collect(runtime: Runtime, certificates: Sequence[bytes], follow: Collection[bytes]) -> Collected:
    """Chains, OCSP responses and CRLs for certificates in DER; of those *seal* did not issue only for ``follow``.

    Raises `RevocationAway` when an issuer's answer is not to be had, `Problem` when *seal* is away.
    """
    answer = _from_seal(runtime, certificates)
    found = Proof()
    for kept, name in ((found.certificates, "certificates"), (found.ocsp, "ocsp"), (found.crls, "crls")):
        kept.update(dict.fromkeys(b64decode(one) for one in answer[name]))
    found.certificates.update(dict.fromkeys(certificates))
    strangers = {certificates[index] for index in answer["unknown"]}
    followed = strangers.intersection(follow)
    proven = set(found.certificates) - (strangers - followed)
    for one in followed:
        proven.update(_follow(found, x509.load_der_x509_certificate(one)))
    return Collected(found, frozenset(strangers), frozenset(proven))


def _from_seal(runtime: Runtime, certificates: Sequence[bytes]) -> dict[str, Any]:
    order = {"certificates": [b64encode(one).decode() for one in certificates]}
    answer: dict[str, Any] = runtime.client.call("seal", "POST", "/internal/validation-data", order)
    return answer


def _follow(found: Proof, certificate: x509.Certificate) -> list[bytes]:
    """Find proof for a certificate and for each above it, up to its root; returns those above."""
    above: list[bytes] = []
    while not _is_root(certificate):
        if len(above) == LONGEST_CHAIN:
            raise RevocationAway(f"{issuers.name(certificate)}: its chain does not end")
        issuer = _issuer(found, certificate)
        above.append(issuer.public_bytes(Encoding.DER))
        found.certificates.setdefault(above[-1])
        _prove(found, certificate, issuer)
        certificate = issuer
    return above


def is_root(certificate: bytes) -> bool:
    """Whether a certificate in DER names itself as its issuer."""
    return _is_root(x509.load_der_x509_certificate(certificate))


def _is_root(certificate: x509.Certificate) -> bool:
    return certificate.subject == certificate.issuer


def _issuer(found: Proof, certificate: x509.Certificate) -> x509.Certificate:
    known = [x509.load_der_x509_certificate(one) for one in found.certificates]
    for candidates in (known, issuers.named(certificate)):
        for one in candidates:
            if _issued(one, certificate):
                return one
    raise RevocationAway(f"{issuers.name(certificate)}: its issuer's certificate is not to be had")


def _issued(issuer: x509.Certificate, certificate: x509.Certificate) -> bool:
    try:
        certificate.verify_directly_issued_by(issuer)
    except (ValueError, TypeError, InvalidSignature):
        return False
    return True


def _prove(found: Proof, certificate: x509.Certificate, issuer: x509.Certificate) -> None:
    """An OCSP response or a CRL that says the certificate is good; raises `RevocationAway`.

    A root's list is wanted beside OCSP: it is what validators look into for the root itself.
    """
    if any(issuers.is_good_by_list(one, certificate, issuer) for one in found.crls):
        return
    if response := issuers.ocsp_response(certificate, issuer):
        found.ocsp.setdefault(response)
    if response and not _is_root(issuer):
        return
    if revocations := issuers.revocation_list(certificate, issuer):
        found.crls.setdefault(revocations)
    elif not response:
        raise RevocationAway(f"{issuers.name(certificate)}: neither OCSP nor CRL is to be had")
