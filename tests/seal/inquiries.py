"""What anybody asks about certificates of *seal*."""

from __future__ import annotations

from urllib.parse import urlsplit

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp

from tests.seal.desk import Desk

Chain = list[x509.Certificate]


def ask(desk: Desk, request: bytes, **options: object) -> bytes:
    answer = desk.kit.request("POST", "/pki/ocsp", data=request, content_type="application/ocsp-request", **options)
    assert (answer.status_code, answer.content_type) == (200, "application/ocsp-response")
    return answer.data


def question(leaf: x509.Certificate, issuer: x509.Certificate, algorithm: hashes.HashAlgorithm | None = None) -> bytes:
    builder = ocsp.OCSPRequestBuilder().add_certificate(leaf, issuer, algorithm or hashes.SHA1())
    return builder.build().public_bytes(Encoding.DER)


def state(desk: Desk, chain: Chain) -> ocsp.OCSPCertStatus:
    return ocsp.load_der_ocsp_response(ask(desk, question(*chain[:2]))).certificate_status


def issuer_hashes(
    leaf: x509.Certificate, issuer: x509.Certificate, algorithm: hashes.HashAlgorithm
) -> tuple[bytes, bytes]:
    asked = ocsp.OCSPRequestBuilder().add_certificate(leaf, issuer, algorithm).build()
    return asked.issuer_name_hash, asked.issuer_key_hash


def fetch(desk: Desk, url: str) -> bytes:
    """What an address in a certificate leads to."""
    assert url.startswith("http://signet.test/pki/")
    answer = desk.kit.request("GET", urlsplit(url).path)
    assert answer.status_code == 200
    return answer.data


def list_url(certificate: x509.Certificate) -> str:
    (point,) = certificate.extensions.get_extension_for_class(x509.CRLDistributionPoints).value
    assert point.full_name
    return str(point.full_name[0].value)


def access_url(certificate: x509.Certificate, method: x509.ObjectIdentifier) -> str:
    found = certificate.extensions.get_extension_for_class(x509.AuthorityInformationAccess).value
    return next(str(one.access_location.value) for one in found if one.access_method == method)


def revocation_list(desk: Desk, certificate: x509.Certificate) -> x509.CertificateRevocationList:
    return x509.load_der_x509_crl(fetch(desk, list_url(certificate)))


def number_of(revoked: x509.CertificateRevocationList) -> int:
    return revoked.extensions.get_extension_for_class(x509.CRLNumber).value.crl_number
