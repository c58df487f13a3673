"""Validation data: certificates, OCSP responses and revocation lists, and whose state they do not yet tell."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from asn1crypto.keys import PublicKeyInfo
from cryptography import x509
from cryptography.hazmat.primitives.hashes import Hash
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509 import ocsp


@dataclass(frozen=True)
class ValidationData:
    """What proves signatures later, all in DER: certificates with their roots, OCSP responses, revocation lists."""

    certificates: tuple[bytes, ...] = ()
    ocsp: tuple[bytes, ...] = ()
    crls: tuple[bytes, ...] = ()


def unproven(certificates: Iterable[bytes], data: ValidationData) -> list[bytes]:
    """The certificates on whose state `data` says nothing: neither OCSP nor a list of their issuer.

    Roots and responders that need no check (RFC 6960, 4.2.2.2.1) are never among them. ValueError for data that is
    not what it should be. Whether signatures are right and revocations recent is for the validation.
    """
    wanted = _parsed(certificates)
    issuers = [*wanted.values(), *_parsed(data.certificates).values()]
    lists = [x509.load_der_x509_crl(one).issuer for one in data.crls]
    answers = [answer for one in data.ocsp for answer in _answers(one)]
    return [one for one, parsed in wanted.items() if not _told(parsed, issuers, lists, answers)]


def timely(certificates: Iterable[bytes], data: ValidationData) -> ValidationData:
    """The data without what is younger than the certificates it speaks of, for a renewal.

    A certificate that has ended was proved by the archive before; later answers on it prove nothing, and validators
    take them for its state now (EN 319 102-1, 5.6.2.2). A list stays if a certificate of its issuer needs it.
    """
    known = _parsed([*certificates, *data.certificates])
    answers = tuple(one for one in data.ocsp if not _late(one, known.values()))
    unanswered = [known[one] for one in unproven(known, ValidationData(tuple(known), answers, ()))]
    lists = tuple(one for one in data.crls if _serves(one, known.values(), unanswered))
    return ValidationData(data.certificates, answers, lists)


def _serves(encoded: bytes, known: Iterable[x509.Certificate], unanswered: Sequence[x509.Certificate]) -> bool:
    """Whether a list speaks of no certificate that had ended, or one that had not is told by nothing else."""
    revoked = x509.load_der_x509_crl(encoded)
    mine = [one for one in known if one.issuer == revoked.issuer]
    living = [one for one in mine if one.not_valid_after_utc >= revoked.last_update_utc]
    return len(living) == len(mine) or any(one in unanswered for one in living)


def _late(encoded: bytes, known: Iterable[x509.Certificate]) -> bool:
    """Whether a response is on certificates that had ended."""
    ends = {one.serial_number: one.not_valid_after_utc for one in known}
    told = [(one.this_update_utc, ends.get(one.serial_number)) for one in _answers(encoded)]
    return bool(told) and all(end is not None and at > end for at, end in told)


def _parsed(certificates: Iterable[bytes]) -> dict[bytes, x509.Certificate]:
    return {one: x509.load_der_x509_certificate(one) for one in dict.fromkeys(certificates)}


def _answers(response: bytes) -> Iterator[ocsp.OCSPSingleResponse]:
    parsed = ocsp.load_der_ocsp_response(response)
    if parsed.response_status is ocsp.OCSPResponseStatus.SUCCESSFUL:
        yield from parsed.responses


def _told(
    certificate: x509.Certificate,
    issuers: Sequence[x509.Certificate],
    lists: Sequence[x509.Name],
    answers: Sequence[ocsp.OCSPSingleResponse],
) -> bool:
    if certificate.issuer in (certificate.subject, *lists) or _unchecked(certificate):
        return True
    mine = [answer for answer in answers if answer.serial_number == certificate.serial_number]
    keys = [issuer for issuer in issuers if issuer.subject == certificate.issuer]
    return any(_hash(issuer, answer) == answer.issuer_key_hash for answer in mine for issuer in keys)


def _unchecked(certificate: x509.Certificate) -> bool:
    try:
        certificate.extensions.get_extension_for_class(x509.OCSPNoCheck)
    except x509.ExtensionNotFound:
        return False
    return True


def _hash(issuer: x509.Certificate, answer: ocsp.OCSPSingleResponse) -> bytes:
    """The issuer's public key as an OCSP response names it: the bits without their tags (RFC 6960, 4.1.1)."""
    info = issuer.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    hashed = Hash(answer.hash_algorithm)
    hashed.update(bytes(PublicKeyInfo.load(info)["public_key"]))
    return hashed.finalize()
