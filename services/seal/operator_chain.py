"""Whether an operator's certificates make a whole chain that may sign documents now (RFC 5280, 6)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import AuthorityInformationAccessOID

from chassis.settings import BadSettings
from services.seal.issued import is_authority
from services.seal.keys.port import Handle

CURVES = (ec.SECP256R1, ec.SECP384R1)
FEWEST_RSA_BITS = 2048


def whole_chain(key: Handle, certificates: Sequence[x509.Certificate]) -> tuple[x509.Certificate, ...]:
    """The key's certificate, its issuer, and so on to the root; raises `BadSettings` when one is missing."""
    public = key.public_key()
    chain = [one for one in certificates if one.public_key() == public][:1]
    if not chain:
        raise BadSettings("PLATFORM_KEY does not fit: none of the certificates in PLATFORM_CERTIFICATE is of this key.")
    while chain[-1].issuer != chain[-1].subject:
        issuer = next((one for one in certificates if one not in chain and _issued(one, chain[-1])), None)
        if issuer is None:
            missing = chain[-1].issuer.rfc4514_string()
            raise BadSettings(f"PLATFORM_CERTIFICATE is not whole: the certificate of the issuer {missing} is missing.")
        chain.append(issuer)
    return tuple(chain)


def require_fit(key: Handle, chain: Sequence[x509.Certificate], now: datetime) -> None:
    """Raise `BadSettings` for a weak key, for certificates out of their time, and for one not meant to sign.

    Also for one that does not tell where to ask for its revocation: what it seals would not last (PAdES B-LT). The
    signer's needs OCSP, since a list alone proves too little once the certificate has ended.
    """
    if not _strong(key):
        raise BadSettings("PLATFORM_KEY is wrong: it must be an EC P-256 or P-384 key, or RSA of 2048 bits or more.")
    for one in chain:
        _require_time(one, now)
    if not _may_sign(chain[0]):
        raise BadSettings("PLATFORM_CERTIFICATE is wrong: its key usage does not include nonRepudiation.")
    for one in chain:
        if one.issuer != one.subject and not (_asks_ocsp(one) or (one is not chain[0] and _names_list(one))):
            who = one.subject.rfc4514_string()
            raise BadSettings(f"PLATFORM_CERTIFICATE is wrong: {who} does not say where to ask for its revocation.")


def _issued(issuer: x509.Certificate, certificate: x509.Certificate) -> bool:
    try:
        certificate.verify_directly_issued_by(issuer)
    except (ValueError, TypeError, InvalidSignature):
        return False
    return is_authority(issuer)


def _strong(key: Handle) -> bool:
    if isinstance(key, ec.EllipticCurvePrivateKey):
        return isinstance(key.curve, CURVES)
    return key.key_size >= FEWEST_RSA_BITS


def _require_time(certificate: x509.Certificate, now: datetime) -> None:
    who = certificate.subject.rfc4514_string()
    if now < (begin := certificate.not_valid_before_utc):
        raise BadSettings(f"PLATFORM_CERTIFICATE is not valid yet: {who} begins on {begin.date()}.")
    if now >= (end := certificate.not_valid_after_utc):
        raise BadSettings(f"PLATFORM_CERTIFICATE has expired: {who} ended on {end.date()}.")


def _may_sign(certificate: x509.Certificate) -> bool:
    """Readers that go by EN 319 412-2, 4.3.2 believe in signatures by other keys, too, but not all do."""
    try:
        usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return True
    return usage.content_commitment


def _asks_ocsp(certificate: x509.Certificate) -> bool:
    try:
        access = certificate.extensions.get_extension_for_class(x509.AuthorityInformationAccess).value
    except x509.ExtensionNotFound:
        return False
    return any(one.access_method == AuthorityInformationAccessOID.OCSP for one in access)


def _names_list(certificate: x509.Certificate) -> bool:
    try:
        points = certificate.extensions.get_extension_for_class(x509.CRLDistributionPoints).value
    except x509.ExtensionNotFound:
        return False
    return any(point.full_name for point in points)
