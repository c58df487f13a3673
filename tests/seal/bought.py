"""Certificates as an operator buys them, with what their authorities publish."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.hashes import SHA1, SHA256
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    KeySerializationEncryption,
    NoEncryption,
    PrivateFormat,
    pkcs12,
)
from cryptography.x509 import ocsp
from cryptography.x509.oid import AuthorityInformationAccessOID, NameOID

NOW = datetime.now(UTC)
DAY = timedelta(days=1)
RSA_SHA256 = "1.2.840.113549.1.1.11"
Key = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey | ed25519.Ed25519PrivateKey


@dataclass(frozen=True)
class Bought:
    """What an operator bought: a key and a chain, the signer's certificate first; what its authorities publish."""

    key: Key
    chain: Sequence[x509.Certificate]
    published: Mapping[str, Callable[[], bytes]] = field(default_factory=dict)

    def pem(self, folder: Path, encryption: KeySerializationEncryption | None = None) -> dict[str, str]:
        """The settings that name it as PEM files."""
        certificate, key = folder / "chain.pem", folder / "key.pem"
        certificate.write_bytes(b"".join(one.public_bytes(Encoding.PEM) for one in self.chain))
        private = self.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, encryption or NoEncryption())
        key.write_bytes(private)
        return {"PLATFORM_CERTIFICATE": str(certificate), "PLATFORM_KEY": str(key)}

    def pkcs12(self, folder: Path, password: bytes = b"open sesame") -> dict[str, str]:
        """The settings that name it as one PKCS#12 file."""
        data = pkcs12.serialize_key_and_certificates(
            b"signet", self.key, self.chain[0], self.chain[1:], BestAvailableEncryption(password)
        )
        (folder / "bought.p12").write_bytes(data)
        return {
            "PLATFORM_CERTIFICATE": str(folder / "bought.p12"), "PLATFORM_CERTIFICATE_PASSWORD": password.decode(),
        }  # fmt: skip


def allowed(**wanted: bool) -> x509.KeyUsage:
    names = (
        "digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement",
        "key_cert_sign", "crl_sign", "encipher_only", "decipher_only",
    )  # fmt: skip
    return x509.KeyUsage(**{name: wanted.get(name, False) for name in names})


def certificate(
    name: str, key: Key, issuer: x509.Certificate | None, issuer_key: Key, ca: bool, begin: datetime, end: datetime,
    *extensions: x509.ExtensionType,
) -> x509.Certificate:  # fmt: skip
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    serial = 2 if ca and issuer else 1
    issued_by = issuer.subject if issuer else subject
    builder = x509.CertificateBuilder(issued_by, subject, key.public_key(), serial, begin, end)
    builder = builder.add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
    builder = builder.add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    authority = x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key())
    for extension in (authority, *extensions):
        builder = builder.add_extension(extension, critical=isinstance(extension, x509.KeyUsage))
    return builder.sign(issuer_key, None if isinstance(issuer_key, ed25519.Ed25519PrivateKey) else SHA256())


def listed_at(url: str) -> x509.CRLDistributionPoints:
    """Where an issuer's list of revoked certificates is."""
    return x509.CRLDistributionPoints([x509.DistributionPoint([x509.UniformResourceIdentifier(url)], None, None, None)])


def asked_at(url: str) -> x509.AuthorityInformationAccess:
    """Where an issuer's OCSP responder is."""
    place = x509.UniformResourceIdentifier(url)
    return x509.AuthorityInformationAccess([x509.AccessDescription(AuthorityInformationAccessOID.OCSP, place)])


def good(certificate: x509.Certificate, issuer: x509.Certificate, key: Key) -> bytes:
    """An issuer's OCSP response in DER: the certificate is good."""
    now = datetime.now(UTC)
    builder = ocsp.OCSPResponseBuilder().add_response(
        certificate, issuer, SHA1(), ocsp.OCSPCertStatus.GOOD, now, now + DAY, None, None
    )
    builder = builder.responder_id(ocsp.OCSPResponderEncoding.HASH, issuer)
    assert not isinstance(key, ed25519.Ed25519PrivateKey)
    return builder.sign(key, SHA256()).public_bytes(Encoding.DER)


def empty_list(issuer: x509.Certificate, key: Key) -> bytes:
    """A list of revoked certificates with none on it, in DER."""
    builder = x509.CertificateRevocationListBuilder(issuer.subject, datetime.now(UTC), NOW + 7 * DAY)
    builder = builder.add_extension(x509.CRLNumber(1), critical=False)
    authority = x509.AuthorityKeyIdentifier.from_issuer_public_key(key.public_key())
    return builder.add_extension(authority, critical=False).sign(key, SHA256()).public_bytes(Encoding.DER)


def buy(
    key: Key | None = None, begin: datetime = NOW - DAY, end: datetime = NOW + 365 * DAY,
    usage: x509.KeyUsage | None = None, url: str | None = "http://ca.test",
) -> Bought:  # fmt: skip
    """A signer's certificate below an intermediate authority; two have the serial number 1."""
    key = key or ec.generate_private_key(ec.SECP256R1())
    root_key, middle_key = (ec.generate_private_key(ec.SECP384R1()) for _ in range(2))
    root_says = [listed_at(f"{url}/root.crl")] if url else []
    middle_says = [listed_at(f"{url}/middle.crl"), asked_at(f"{url}/ocsp")] if url else []
    signs, issues = (
        usage or allowed(digital_signature=True, content_commitment=True),
        allowed(key_cert_sign=True, crl_sign=True),
    )
    root = certificate("Bought Root", root_key, None, root_key, True, NOW - DAY, NOW + 3650 * DAY, issues)
    middle = certificate(
        "Bought CA", middle_key, root, root_key, True, NOW - DAY, NOW + 1000 * DAY, issues, *root_says
    )  # fmt: skip
    leaf = certificate("Acme Ltd", key, middle, middle_key, False, begin, end, signs, *middle_says)
    published = {
        "/root.crl": lambda: empty_list(root, root_key), "/middle.crl": lambda: empty_list(middle, middle_key),
        "/ocsp": lambda: good(leaf, middle, middle_key),
    }  # fmt: skip
    return Bought(key, [leaf, middle, root], published)
