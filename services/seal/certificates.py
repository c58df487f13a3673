"""The certificates *seal* issues (RFC 5280): a root, below it issuing authorities, and what signs and stamps.

A signing certificate has no extended key usage: it may sign any document, and readers that know only older usages
accept it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.x509.oid import AuthorityInformationAccessOID, ExtendedKeyUsageOID, NameOID

from services.seal.algorithms import PrivateKey, PublicKey

SKEW = timedelta(minutes=5)  # verifiers' clocks may be behind
LONGEST_NAME = 64  # ub-common-name and ub-organization-name, RFC 5280 appendix A.1; many readers count bytes


@dataclass(frozen=True, slots=True)
class Subject:
    """Who a certificate speaks of; ``serial`` tells two of one name apart. ``role`` ends the common name uncut."""

    common_name: str
    organisation: str
    serial: str | None = None
    role: str = ""

    def name(self) -> x509.Name:
        """The distinguished name, each attribute cut to what the standard allows."""
        common = _cut(self.common_name, LONGEST_NAME - len(self.role)) + self.role
        values = [(NameOID.ORGANIZATION_NAME, _cut(self.organisation)), (NameOID.COMMON_NAME, common)]
        values += [(NameOID.SERIAL_NUMBER, _cut(self.serial))] if self.serial else []
        return x509.Name([x509.NameAttribute(oid, text) for oid, text in values])


@dataclass(frozen=True, slots=True)
class Profile:
    """What a certificate is for. An authority has the number of authorities that may stand below it."""

    usage: frozenset[str]
    below: int | None = None
    purposes: tuple[x509.ObjectIdentifier, ...] = ()

    @property
    def authority(self) -> bool:
        return self.below is not None


ISSUES = frozenset({"key_cert_sign", "crl_sign"})
SIGNS = frozenset({"digital_signature", "content_commitment"})
ROOT = Profile(ISSUES, below=1)
ISSUING = Profile(ISSUES, below=0)
SIGNER = Profile(SIGNS)
TIME_STAMPER = Profile(SIGNS, purposes=(ExtendedKeyUsageOID.TIME_STAMPING,))  # RFC 3161, 2.3


@dataclass(frozen=True, slots=True)
class Places:
    """Where the issuer's certificate, its revocation list, and its OCSP responder are found."""

    certificate: str
    crl: str
    ocsp: str


@dataclass(frozen=True, slots=True)
class Issuer:
    """An authority's certificate with its key, and what it publishes where."""

    certificate: x509.Certificate
    key: PrivateKey
    places: Places


def issue_root(subject: Subject, key: PrivateKey, now: datetime, end: datetime) -> x509.Certificate:
    """A self-signed root; one issuing authority may stand between it and a signing certificate."""
    name = subject.name()
    builder = _begin(ROOT, name, name, key.public_key(), key.public_key(), now, end)
    return builder.sign(key, SHA256())


def issue(
    profile: Profile, subject: Subject, key: PublicKey, issuer: Issuer, now: datetime, end: datetime
) -> x509.Certificate:
    """A certificate valid no longer than its issuer's."""
    end = min(end, issuer.certificate.not_valid_after_utc)
    builder = _begin(profile, subject.name(), issuer.certificate.subject, key, issuer.key.public_key(), now, end)
    return _tell_places(builder, issuer.places).sign(issuer.key, SHA256())


def _cut(text: str, longest: int = LONGEST_NAME) -> str:
    return text.encode()[:longest].decode(errors="ignore")


def _begin(
    profile: Profile, subject: x509.Name, issuer: x509.Name, key: PublicKey, issuer_key: PublicKey, now: datetime,
    end: datetime,
) -> x509.CertificateBuilder:  # fmt: skip
    builder = x509.CertificateBuilder(issuer, subject, key, x509.random_serial_number(), now - SKEW, end)
    builder = builder.add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
    builder = builder.add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key), critical=False)
    builder = builder.add_extension(x509.BasicConstraints(profile.authority, profile.below), critical=True)
    builder = builder.add_extension(_usage(profile.usage), critical=True)
    return _with_purposes(builder, profile.purposes)


def _with_purposes(
    builder: x509.CertificateBuilder, purposes: Sequence[x509.ObjectIdentifier]
) -> x509.CertificateBuilder:
    return builder.add_extension(x509.ExtendedKeyUsage(purposes), critical=True) if purposes else builder


def _tell_places(builder: x509.CertificateBuilder, places: Places) -> x509.CertificateBuilder:
    """AuthorityInfoAccess and CRLDistributionPoints (RFC 5280, 4.2.2.1 and 4.2.1.13)."""
    kinds = (
        (AuthorityInformationAccessOID.OCSP, places.ocsp),
        (AuthorityInformationAccessOID.CA_ISSUERS, places.certificate),
    )
    access = [x509.AccessDescription(kind, x509.UniformResourceIdentifier(url)) for kind, url in kinds]
    point = x509.DistributionPoint([x509.UniformResourceIdentifier(places.crl)], None, None, None)
    builder = builder.add_extension(x509.AuthorityInformationAccess(access), critical=False)
    return builder.add_extension(x509.CRLDistributionPoints([point]), critical=False)


def _usage(wanted: frozenset[str]) -> x509.KeyUsage:
    names = (
        "digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement",
        "key_cert_sign", "crl_sign", "encipher_only", "decipher_only",
    )  # fmt: skip
    return x509.KeyUsage(**{name: name in wanted for name in names})
