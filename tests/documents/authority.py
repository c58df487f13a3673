"""A small certificate authority for tests: a root, and certificates for whoever signs."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from documents import sign

Key = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
NOW = datetime.now(UTC).replace(microsecond=0)


class Authority:
    """Signs as the seal service would: digests in, signatures and chains out."""

    def __init__(self) -> None:
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Test Root")])
        self.root = self._certificate(self._name, self._key, authority=True)

    def signer(self, name: str, kind: str = "ec") -> "Signer":
        """A signer with a certificate in this name."""
        key: Key = ec.generate_private_key(ec.SECP256R1()) if kind == "ec" else rsa.generate_private_key(65537, 2048)
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        return Signer(key, (self._certificate(subject, key, authority=False), self.root))

    def _certificate(self, subject: x509.Name, key: Key, authority: bool) -> bytes:
        usage = x509.KeyUsage(not authority, not authority, False, False, False, authority, authority, False, False)
        builder = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(self._name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(NOW - timedelta(days=1))
            .not_valid_after(NOW + timedelta(days=365))
            .add_extension(x509.BasicConstraints(authority, None), True)
            .add_extension(usage, True)
        )
        return builder.sign(self._key, hashes.SHA256()).public_bytes(Encoding.DER)


class Signer:
    """A key with its chain."""

    def __init__(self, key: Key, chain: tuple[bytes, ...]) -> None:
        self._key = key
        self.chain = chain

    def finish(self, target: Path, reserved: sign.Reserved) -> Path:
        """Sign what was reserved and embed it."""
        attributes = sign.signed_attributes(reserved.digest, self.chain[0])
        sign.embed(target, reserved, sign.cms(attributes, self.sign(attributes), self.chain))
        return target

    def sign(self, data: bytes) -> bytes:
        """The signature of data with SHA-256, as a key service would make it."""
        if isinstance(self._key, rsa.RSAPrivateKey):
            return self._key.sign(data, padding.PKCS1v15(), hashes.SHA256())
        return self._key.sign(data, ec.ECDSA(hashes.SHA256()))
