"""The certificates *seal* issues (RFC 5280): a root, and below it certificates that sign documents.

A signing certificate has no extended key usage: it may sign any document, and readers that know only older usages
accept it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.x509.oid import NameOID

SKEW = timedelta(minutes=5)  # verifiers' clocks may be behind
LONGEST_NAME = 64  # ub-common-name and ub-organization-name, RFC 5280 appendix A.1; many readers count bytes


@dataclass(frozen=True, slots=True)
class Subject:
    """Who a certificate speaks of; ``serial`` tells two organisations of one name apart."""

    common_name: str
    organisation: str
    serial: str | None = None

    def name(self) -> x509.Name:
        """The distinguished name, each attribute cut to what the standard allows."""
        values = [(NameOID.ORGANIZATION_NAME, self.organisation), (NameOID.COMMON_NAME, self.common_name)]
        values += [(NameOID.SERIAL_NUMBER, self.serial)] if self.serial else []
        return x509.Name([x509.NameAttribute(oid, _cut(text)) for oid, text in values])


def issue_root(subject: Subject, key: ec.EllipticCurvePrivateKey, now: datetime, end: datetime) -> x509.Certificate:
    """A self-signed root; one issuing authority may stand between it and a signing certificate."""
    name = subject.name()
    builder = _begin(name, name, key.public_key(), key.public_key(), now, end)
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=1), critical=True)
    return builder.add_extension(_usage(key_cert_sign=True, crl_sign=True), critical=True).sign(key, SHA256())


def issue_signing(
    subject: Subject, key: ec.EllipticCurvePublicKey, issuer: x509.Certificate,
    issuer_key: ec.EllipticCurvePrivateKey, now: datetime, end: datetime,
) -> x509.Certificate:  # fmt: skip
    """A certificate that signs documents, valid no longer than its issuer."""
    end = min(end, issuer.not_valid_after_utc)
    builder = _begin(subject.name(), issuer.subject, key, issuer_key.public_key(), now, end)
    builder = builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
    usage = _usage(digital_signature=True, content_commitment=True)
    return builder.add_extension(usage, critical=True).sign(issuer_key, SHA256())


def _cut(text: str) -> str:
    return text.encode()[:LONGEST_NAME].decode(errors="ignore")


def _begin(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, issuer_key: ec.EllipticCurvePublicKey,
    now: datetime, end: datetime,
) -> x509.CertificateBuilder:  # fmt: skip
    builder = x509.CertificateBuilder(issuer, subject, key, x509.random_serial_number(), now - SKEW, end)
    builder = builder.add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
    return builder.add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key), critical=False)


def _usage(**wanted: bool) -> x509.KeyUsage:
    names = (
        "digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement",
        "key_cert_sign", "crl_sign", "encipher_only", "decipher_only",
    )  # fmt: skip
    return x509.KeyUsage(**{name: wanted.get(name, False) for name in names})
