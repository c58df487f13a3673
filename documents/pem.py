"""Certificates as PEM files, named by what they are."""

import hashlib
from collections.abc import Sequence

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

ROOTS, OTHERS = "certs/roots.pem", "certs/others.pem"


def pem_files(certificates: Sequence[bytes]) -> list[tuple[str, bytes]]:
    """Each certificate (DER) as a file, then all roots and all others in one each, as openssl wants them."""
    read = map(x509.load_der_x509_certificate, dict.fromkeys(certificates))
    found = sorted(((_name(one), one) for one in read), key=lambda pair: pair[0])
    roots = [_pem(one) for name, one in found if name.startswith("certs/root-")]
    others = [_pem(one) for name, one in found if not name.startswith("certs/root-")]
    return [*((name, _pem(one)) for name, one in found), (ROOTS, b"".join(roots)), (OTHERS, b"".join(others))]


def _name(certificate: x509.Certificate) -> str:
    fingerprint = hashlib.sha256(certificate.public_bytes(Encoding.DER)).hexdigest()[:16]
    return f"certs/{_kind(certificate)}-{fingerprint}.pem"


def _kind(certificate: x509.Certificate) -> str:
    if certificate.issuer == certificate.subject:
        return "root"
    try:
        return "ca" if certificate.extensions.get_extension_for_class(x509.BasicConstraints).value.ca else "signer"
    except x509.ExtensionNotFound:
        return "signer"


def _pem(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(Encoding.PEM)
