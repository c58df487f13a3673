"""RFC 3161 time stamps: from the configured authorities in their order, or from *seal* when there is none."""

from __future__ import annotations

import logging
import secrets
from base64 import b64decode, b64encode
from typing import cast
from urllib.parse import urlsplit

import requests
from cryptography import x509

from chassis.service import Runtime
from documents import sign, timestamps
from documents.timestamps import WrongTimestamp
from services.signing import issuers, outside
from services.signing.settings import SigningSettings
from services.signing.waits import TimestampAway

log = logging.getLogger(__name__)
LARGEST = 64 << 10
HEADERS = {"Content-Type": "application/timestamp-query", "Accept": "application/timestamp-reply"}


def timestamp(runtime: Runtime, digest: bytes) -> bytes:
    """A TimeStampToken over a SHA-256 digest, its imprint, nonce and signature checked.

    Raises `TimestampAway` when none of the configured authorities gives one; the level is never lowered to *seal*'s.
    """
    urls = cast(SigningSettings, runtime.settings).tsa_urls
    if not urls:
        return _from_seal(runtime, digest)
    failures = []
    for url in urls:
        try:
            return _ask(url, digest)
        except (requests.RequestException, outside.TooLarge, WrongTimestamp) as error:
            told = error if isinstance(error, WrongTimestamp) else type(error).__name__  # others may tell the password
            failures.append(f"{urlsplit(url).hostname}: {told}")
            log.warning("time-stamping authority %s: %s", urlsplit(url).hostname, told)
    raise TimestampAway("; ".join(failures))


def _ask(url: str, digest: bytes) -> bytes:
    nonce = secrets.randbits(63) | 1 << 62
    answer = outside.post(url, timestamps.request(digest, nonce), HEADERS, LARGEST)
    token = timestamps.token(answer, digest, nonce)
    _demand_provable(token)
    return token


def _demand_provable(token: bytes) -> None:
    """Raises WrongTimestamp when a certificate below a root says nowhere whether it was revoked (RFC 5280, 4.2.1.13).

    No archive with such a time stamp can be proven: it is told with the first one, not when everybody has signed.
    """
    for one in map(x509.load_der_x509_certificate, timestamps.certificates_of(token)):
        if one.subject != one.issuer and not issuers.tells_status(one):
            raise WrongTimestamp(f"the certificate of {issuers.name(one)} names neither OCSP nor CRL")


def _from_seal(runtime: Runtime, digest: bytes) -> bytes:
    """By the Cloud Signature Consortium's API v2, signatures/timestamp."""
    order = {"hash": b64encode(digest).decode(), "hashAlgo": sign.SHA256}
    answer = runtime.client.call("seal", "POST", "/internal/csc/v2/signatures/timestamp", order)
    return b64decode(answer["timestamp"])
