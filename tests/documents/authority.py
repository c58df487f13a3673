"""A certification authority for tests: a root, issuing authorities below it, people, OCSP, CRLs and time stamps."""

import hashlib
import itertools
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp
from cryptography.x509.oid import AuthorityInformationAccessOID, ExtendedKeyUsageOID, NameOID

from documents import sign, timestamps
from documents.longterm import ValidationData

Key = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
NOW = datetime.now(UTC).replace(microsecond=0)
STAMPING = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
URL = x509.UniformResourceIdentifier("http://pki.test/")  # validators look for OCSP where a certificate names it
ANSWERS = x509.AuthorityInformationAccess([x509.AccessDescription(AuthorityInformationAccessOID.OCSP, URL)])
LISTS = x509.CRLDistributionPoints([x509.DistributionPoint([URL], None, None, None)])
POLICY = "1.3.6.1.4.1.99999.1"


class Issuer:
    """An authority that issues certificates and tells whether they still hold."""

    def __init__(self, name: str, parent: "Issuer | None" = None, since: datetime = NOW - timedelta(days=1)) -> None:
        self.key: Key = ec.generate_private_key(ec.SECP256R1())
        self.name = _name(name)
        self.since = parent.since if parent else since
        self.revoked: dict[int, datetime] = {}
        self.delegates = parent.delegates if parent else False  # whether OCSP is signed by somebody else
        self.below: list[Issuer] = []
        self.certificate = (parent or self).issue(self.name, self.key, authority=True)
        self.chain: tuple[bytes, ...] = (self.certificate, *(parent.chain if parent else ()))
        if parent:
            parent.below.append(self)

    def issuing(self, name: str) -> "Issuer":
        """An authority below this one."""
        return Issuer(name, self)

    def signer(self, name: str, kind: str = "ec", until: datetime | None = None) -> "Signer":
        """A signer with a certificate in this name."""
        key: Key = ec.generate_private_key(ec.SECP256R1()) if kind == "ec" else rsa.generate_private_key(65537, 2048)
        return Signer(key, (self.issue(_name(name), key, until=until), *self.chain))

    def stamper(
        self,
        name: str = "Test TSA",
        usage: x509.ExtendedKeyUsage | None = STAMPING,
        critical: bool = True,
        kind: str = "ec",
        until: datetime | None = None,
    ) -> "Stamper":
        """A time-stamping authority, or one whose certificate says something else."""
        signer = self.signer("unused", kind)
        certificate = self.issue(_name(name), signer.key, until=until, usage=usage, critical=critical)
        return Stamper(signer.key, (certificate, *self.chain))

    def issue(
        self,
        subject: x509.Name,
        key: Key,
        authority: bool = False,
        until: datetime | None = None,
        usage: x509.ExtendedKeyUsage | None = None,
        critical: bool = True,
        unchecked: bool = False,
    ) -> bytes:
        """A certificate in DER, signed with this authority's key."""
        allowed = x509.KeyUsage(not authority, not authority, False, False, False, authority, authority, False, False)
        ends = until or NOW + timedelta(days=3650 if authority else 365)
        builder = x509.CertificateBuilder(
            self.name, subject, key.public_key(), x509.random_serial_number(), self.since, ends
        )
        builder = builder.add_extension(x509.BasicConstraints(authority, None), True).add_extension(allowed, True)
        builder = builder.add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), False)
        mine = x509.AuthorityKeyIdentifier.from_issuer_public_key(self.key.public_key())
        builder = builder.add_extension(mine, False)
        builder = builder.add_extension(ANSWERS, False).add_extension(LISTS, False) if subject != self.name else builder
        builder = builder.add_extension(usage, critical) if usage else builder
        builder = builder.add_extension(x509.OCSPNoCheck(), False) if unchecked else builder
        return builder.sign(self.key, hashes.SHA256()).public_bytes(Encoding.DER)

    def revoke(self, certificate: bytes, at: datetime = NOW) -> None:
        """From now on OCSP and CRLs name this certificate."""
        self.revoked[x509.load_der_x509_certificate(certificate).serial_number] = at

    def ocsp(self, certificate: bytes, at: datetime | None = None) -> bytes:
        """An OCSP response (RFC 6960) on a certificate of this authority."""
        key, named = self._responder() if self.delegates else (self.key, self.certificate)
        subject, issuer = (x509.load_der_x509_certificate(one) for one in (certificate, self.certificate))
        at = at or datetime.now(UTC)
        since = self.revoked.get(subject.serial_number)
        status = ocsp.OCSPCertStatus.REVOKED if since else ocsp.OCSPCertStatus.GOOD
        builder = ocsp.OCSPResponseBuilder().add_response(
            subject, issuer, hashes.SHA256(), status, at, at + timedelta(days=7), since, None
        )
        responder = x509.load_der_x509_certificate(named)
        signed = builder.responder_id(ocsp.OCSPResponderEncoding.HASH, responder)
        signed = signed.certificates([responder]) if self.delegates else signed
        return signed.sign(key, hashes.SHA256()).public_bytes(Encoding.DER)

    def _responder(self) -> tuple[Key, bytes]:
        """Somebody who answers for this authority, and whose own state nobody needs to check (RFC 6960, 4.2.2.2)."""
        key = ec.generate_private_key(ec.SECP256R1())
        usage = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.OCSP_SIGNING])
        return key, self.issue(_name("Responder"), key, usage=usage, critical=False, unchecked=True)

    def crl(self, at: datetime | None = None) -> bytes:
        """The list of what this authority has revoked (RFC 5280, 5)."""
        at = at or datetime.now(UTC)
        builder = x509.CertificateRevocationListBuilder(self.name, at, at + timedelta(days=7))
        mine = x509.AuthorityKeyIdentifier.from_issuer_public_key(self.key.public_key())
        builder = builder.add_extension(mine, False).add_extension(x509.CRLNumber(1), False)
        for serial, since in self.revoked.items():
            revoked = x509.RevokedCertificateBuilder(serial, since).build()
            builder = builder.add_revoked_certificate(revoked)
        return builder.sign(self.key, hashes.SHA256()).public_bytes(Encoding.DER)


class Authority(Issuer):
    """The root of a small world; issues to people itself, too."""

    def __init__(self, name: str = "Test Root", since: datetime = NOW - timedelta(days=1)) -> None:
        super().__init__(name, since=since)
        self.root = self.certificate

    def validation_data(
        self, certificates: Iterable[bytes], online: bool = True, at: datetime | None = None
    ) -> ValidationData:
        """What proves these certificates, as the seal service would say: by OCSP too if `online`, at that time."""
        issuers = {issuer.name: issuer for issuer in _all(self)}
        wanted = sorted(set(certificates) | {issuer.certificate for issuer in issuers.values()})
        named = {one: x509.load_der_x509_certificate(one).issuer for one in wanted if one != self.root}
        answers = tuple(issuers[name].ocsp(one, at) for one, name in named.items() if name in issuers)
        lists = tuple(issuer.crl(at) for issuer in issuers.values())
        return ValidationData(tuple(wanted), answers if online else (), lists)


class Signer:
    """Signs as the seal service would: digests in, signatures and chains out."""

    def __init__(self, key: Key, chain: tuple[bytes, ...], tsa: "Stamper | None" = None) -> None:
        self.key = key
        self.chain = chain
        self.tsa = tsa

    def stamped(self, tsa: "Stamper | None") -> "Signer":
        """The same, with every signature time-stamped."""
        return Signer(self.key, self.chain, tsa)

    def finish(self, target: Path, reserved: sign.Reserved) -> Path:
        """Sign what was reserved, time-stamped if there is someone to do so, and embed it."""
        attributes = sign.signed_attributes(reserved.digest, self.chain[0])
        signature = self.sign(attributes)
        token = self.tsa.token(sign.signature_value_digest(signature)) if self.tsa else None
        sign.embed(target, reserved, sign.cms(attributes, signature, self.chain, token))
        return target

    def sign(self, data: bytes) -> bytes:
        """The signature of data with SHA-256, as a key service would make it."""
        if isinstance(self.key, rsa.RSAPrivateKey):
            return self.key.sign(data, padding.PKCS1v15(), hashes.SHA256())
        return self.key.sign(data, ec.ECDSA(hashes.SHA256()))


class Stamper(Signer):
    """A time-stamping authority; its clock can be set."""

    def __init__(self, key: Key, chain: tuple[bytes, ...]) -> None:
        super().__init__(key, chain)
        self._serials = itertools.count(1)
        self.clock: datetime | None = None

    def token(self, digest: bytes) -> bytes:
        """A token for a SHA-256 digest, asked for and given by RFC 3161."""
        return timestamps.token(self.respond(timestamps.request(digest, 4711)), digest, 4711)

    def respond(self, request: bytes) -> bytes:
        """The TimeStampResp for a TimeStampReq."""
        query = timestamps.parse_request(request)
        info = timestamps.tst_info(query, next(self._serials), self.clock or datetime.now(UTC), POLICY)
        return timestamps.granted(self.signed(info, query.cert_req))

    def embed(self, target: Path, reserved: sign.Reserved) -> Path:
        """Put a document time stamp where it was reserved."""
        sign.embed(target, reserved, self.token(reserved.digest))
        return target

    def signed(self, info: bytes, certificates: bool = True) -> bytes:
        """The token around a TSTInfo."""
        attributes = sign.signed_attributes(hashlib.sha256(info).digest(), self.chain[0], sign.TST_INFO)
        return sign.cms(
            attributes,
            self.sign(attributes),
            self.chain,
            content_type=sign.TST_INFO,
            content=info,
            certificates=certificates,
        )


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def _all(issuer: Issuer) -> list[Issuer]:
    return [issuer, *(found for below in issuer.below for found in _all(below))]
