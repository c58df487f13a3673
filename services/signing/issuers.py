"""What the issuer of a certificate publishes about it: OCSP (RFC 6960), CRL and its own certificate (RFC 5280)."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from typing import TypeVar, cast

import requests
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.serialization import Encoding, pkcs7
from cryptography.x509 import ocsp
from cryptography.x509.oid import AuthorityInformationAccessOID, NameOID, ObjectIdentifier

from services.signing import outside

log = logging.getLogger(__name__)
LARGEST_ANSWER = 64 << 10
LARGEST_LIST = 8 << 20
HEADERS = {"Content-Type": "application/ocsp-request", "Accept": "application/ocsp-response"}
FAULTS = (requests.RequestException, outside.TooLarge, ValueError)
Result = TypeVar("Result")


def name(certificate: x509.Certificate) -> str:
    """The common name, else the whole subject."""
    common = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(common[0].value) if common else certificate.subject.rfc4514_string()


def tells_status(certificate: x509.Certificate) -> bool:
    """Whether it names where to ask if it was revoked."""
    return bool(_access(certificate, AuthorityInformationAccessOID.OCSP) or _list_urls(certificate))


def named(certificate: x509.Certificate) -> list[x509.Certificate]:
    """The certificates at its caIssuers addresses (RFC 5280, 4.2.2.1): one in DER or PEM, or several in PKCS #7."""
    urls = _access(certificate, AuthorityInformationAccessOID.CA_ISSUERS)
    return _first(urls, lambda url: _certificates(outside.get(url, LARGEST_ANSWER))) or []


def ocsp_response(certificate: x509.Certificate, issuer: x509.Certificate) -> bytes | None:
    """A response in DER that says "good", None when none is to be had."""
    order = ocsp.OCSPRequestBuilder().add_certificate(certificate, issuer, SHA1()).build()  # noqa: S303 - the usual CertID
    body = order.public_bytes(Encoding.DER)

    def ask(url: str) -> bytes:
        answer = outside.post(url, body, HEADERS, LARGEST_ANSWER)
        response = ocsp.load_der_ocsp_response(answer)
        if response.response_status is not ocsp.OCSPResponseStatus.SUCCESSFUL:
            raise ValueError(f"OCSP says {response.response_status.name}")
        if response.serial_number != certificate.serial_number:
            raise ValueError("OCSP answers for another certificate")
        if response.certificate_status is not ocsp.OCSPCertStatus.GOOD:
            raise ValueError(f"OCSP says {response.certificate_status.name}")
        return answer

    return _first(_access(certificate, AuthorityInformationAccessOID.OCSP), ask)


def revocation_list(certificate: x509.Certificate, issuer: x509.Certificate) -> bytes | None:
    """The issuer's CRL in DER that does not have the certificate, None when none is to be had."""

    def fetch(url: str) -> bytes:
        data = outside.get(url, LARGEST_LIST)
        if data.lstrip().startswith(b"-----BEGIN"):
            data = x509.load_pem_x509_crl(data).public_bytes(Encoding.DER)
        if not is_good_by_list(data, certificate, issuer):
            raise ValueError("the list is another issuer's or has the certificate")
        return data

    return _first(_list_urls(certificate), fetch)


def is_good_by_list(data: bytes, certificate: x509.Certificate, issuer: x509.Certificate) -> bool:
    """Whether a CRL in DER is signed by the certificate's issuer, not by a namesake, and does not have it."""
    revocations = x509.load_der_x509_crl(data)
    key = cast(ec.EllipticCurvePublicKey, issuer.public_key())  # or any other that signs
    if revocations.issuer != certificate.issuer or not revocations.is_signature_valid(key):
        return False
    return revocations.get_revoked_certificate_by_serial_number(certificate.serial_number) is None


def _first(urls: Iterable[str], ask: Callable[[str], Result]) -> Result | None:
    for url in urls:
        try:
            return ask(url)
        except FAULTS as error:
            log.warning("%s: %s: %s", url, type(error).__name__, error)
    return None


def _certificates(data: bytes) -> list[x509.Certificate]:
    if data.lstrip().startswith(b"-----BEGIN"):
        return x509.load_pem_x509_certificates(data)
    try:
        return [x509.load_der_x509_certificate(data)]
    except ValueError:
        return pkcs7.load_der_pkcs7_certificates(data)


def _access(certificate: x509.Certificate, method: ObjectIdentifier) -> list[str]:
    try:
        extension = certificate.extensions.get_extension_for_class(x509.AuthorityInformationAccess).value
    except x509.ExtensionNotFound:
        return []
    return [url for one in extension if one.access_method == method for url in _web([one.access_location])]


def _list_urls(certificate: x509.Certificate) -> list[str]:
    try:
        extension = certificate.extensions.get_extension_for_class(x509.CRLDistributionPoints).value
    except x509.ExtensionNotFound:
        return []
    return [url for point in extension for url in _web(point.full_name or ())]


def _web(names: Iterable[x509.GeneralName]) -> list[str]:
    urls = [str(one.value) for one in names if isinstance(one, x509.UniformResourceIdentifier)]
    return [url for url in urls if url.startswith(("http://", "https://"))]
