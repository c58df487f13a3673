"""Somebody who signs in rehearsals: a key that is forgotten at once, and a certificate that nobody trusts."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from documents import sign
from documents.sign import Act, Reserved

ACT = Act(datetime(2000, 1, 1, tzinfo=UTC), "Somebody")


@dataclass(frozen=True)
class Somebody:
    """A signer for this once; the certificate is DER."""

    key: ec.EllipticCurvePrivateKey
    certificate: bytes

    def finish(self, path: Path, reserved: Reserved) -> None:
        """Put a signature where a file has room for it."""
        attributes = sign.signed_attributes(reserved.digest, self.certificate)
        signature = self.key.sign(attributes, ec.ECDSA(hashes.SHA256()))
        sign.embed(path, reserved, sign.cms(attributes, signature, [self.certificate]))


def somebody() -> Somebody:
    """A new one."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Rehearsal")])
    now = datetime.now(UTC)
    builder = x509.CertificateBuilder(name, name, key.public_key(), 1, now - timedelta(days=1), now + timedelta(days=1))
    usage = x509.KeyUsage(True, True, False, False, False, False, False, False, False)
    signed = builder.add_extension(usage, True).sign(key, hashes.SHA256())
    return Somebody(key, signed.public_bytes(Encoding.DER))
