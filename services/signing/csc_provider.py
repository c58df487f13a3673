"""A signing service outside, by the Cloud Signature Consortium's API v2, in the place of *seal* for the signers' acts.

Its credential must sign by itself (authorisation mode ``implicit``): nobody is there to type a PIN or a code.
"""

from __future__ import annotations

import logging
import time
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import requests
from cryptography import x509

from chassis.client import plain_session
from chassis.problem import unavailable
from chassis.settings import BadSettings
from documents import sign
from services.signing.csc_access import Access, ClientCredentials, FixedToken, post
from services.signing.signatory import Act, algorithm_of

if TYPE_CHECKING:
    from services.signing.settings import SigningSettings

log = logging.getLogger(__name__)
KEEP_SECONDS = 60.0
RSA = "1.2.840.113549.1.1.1"  # with the hash said beside it


@dataclass(frozen=True, slots=True)
class Credential:
    """What the provider says of its credential: the chain in DER, what it signs with, and whom it asks before."""

    chain: tuple[bytes, ...]
    algorithm: str
    mode: str
    enabled: bool


@dataclass
class CscProvider:
    """The provider at ``url``; what it says of its credential is kept for a minute."""

    url: str
    credential: str
    access: Access
    session: requests.Session = field(default_factory=lambda: plain_session(None))
    _known: tuple[Credential, float] | None = field(default=None, init=False)

    def chain(self, act: Act) -> list[bytes]:
        return list(self._credential().chain)

    def sign(self, act: Act, attributes_digest: bytes) -> bytes:
        order = {
            "credentialID": self.credential, "hashes": [b64encode(attributes_digest).decode()],
            "hashAlgorithmOID": sign.SHA256, "signAlgo": self._credential().algorithm, "operationMode": "S",
        }  # fmt: skip
        try:
            return b64decode(self._ask("signatures/signHash", order)["signatures"][0], validate=True)
        except (requests.RequestException, LookupError, TypeError, ValueError) as error:
            self._known = None  # the provider may have a new certificate
            log.warning("CSC_URL does not sign: %s", error)
            raise unavailable() from error

    def describe(self) -> Credential:
        """Ask what the credential is; raises `requests.RequestException`, or ValueError for an answer that is none."""
        order = {"credentialID": self.credential, "certificates": "chain", "certInfo": False, "authInfo": True}
        try:
            return _read(self._ask("credentials/info", order))
        except (LookupError, TypeError) as error:
            raise ValueError(f"{type(error).__name__} {error}") from error

    def _credential(self) -> Credential:
        if self._known and time.monotonic() < self._known[1]:
            return self._known[0]
        try:
            found = self.describe()
        except (requests.RequestException, ValueError) as error:
            log.warning("CSC_URL does not tell of its credential: %s", error)
            raise unavailable() from error
        if flaw := _flaw(found):
            log.error("CSC_CREDENTIAL cannot be used: %s", flaw)
            raise unavailable()
        self._known = found, time.monotonic() + KEEP_SECONDS
        return found

    def _ask(self, path: str, body: Mapping[str, Any]) -> Mapping[str, Any]:
        """The answer of a method; a token that is refused is replaced once."""
        try:
            return self._post(path, body, self.access.token(self.session))
        except requests.HTTPError as error:
            if error.response is None or error.response.status_code != requests.codes.unauthorized:
                raise
        return self._post(path, body, self.access.token(self.session, fresh=True))

    def _post(self, path: str, body: Mapping[str, Any], token: str) -> Mapping[str, Any]:
        return post(self.session, f"{self.url}/{path}", json=body, headers={"Authorization": f"Bearer {token}"})


def open_provider(settings: SigningSettings) -> CscProvider | None:
    """The provider of configuration, None without one.

    Raises `BadSettings` for a provider that asks somebody before it signs, for one that refuses the credential, and for
    missing settings. One that is away is told in the log: acts wait for it.
    """
    if not settings.csc_url:
        return None
    provider = CscProvider(settings.csc_url, _required(settings, "csc_credential"), _access(settings))
    try:
        flaw = _flaw(provider.describe())
    except (requests.exceptions.InvalidJSONError, ValueError) as error:
        raise BadSettings(f"CSC_URL is wrong: what answers there does not speak the CSC API v2 ({error}).") from error
    except requests.RequestException as error:
        if error.response is not None and error.response.status_code < 500:
            raise BadSettings(f"CSC_CREDENTIAL cannot be used: the provider answers {error}.") from error
        log.warning("CSC_URL is away, acts wait for it: %s", error)
        return provider
    if flaw:
        raise BadSettings(f"CSC_CREDENTIAL cannot be used: {flaw}.")
    return provider


def _access(settings: SigningSettings) -> Access:
    if settings.csc_token:
        return FixedToken(settings.csc_token)
    client, secret = _required(settings, "csc_client_id"), _required(settings, "csc_client_secret")
    return ClientCredentials(f"{settings.csc_url}/oauth2/token", client, secret)


def _required(settings: SigningSettings, name: str) -> str:
    value: str = getattr(settings, name)
    if not value:
        raise BadSettings(f"{name.upper()} is missing: CSC_URL names a signing provider.")
    return value


def _flaw(found: Credential) -> str | None:
    """Why the credential does not sign by itself, None when it does."""
    if found.mode != "implicit":
        return (
            f"the provider asks for authorisation ({found.mode}) before each signature, and nobody is there to give it"
        )
    return None if found.enabled else "the provider says that its key or certificate is not in use"


def _read(answer: Mapping[str, Any]) -> Credential:
    """CSC API v2, 11.5; raises LookupError, TypeError or ValueError for an answer of another form."""
    key, cert = answer["key"], answer["cert"]
    chain = tuple(b64decode(one, validate=True) for one in cert["certificates"])
    x509.load_der_x509_certificate(chain[0])
    own = algorithm_of(chain[0])
    wanted = (own, RSA) if own == sign.RSA_SHA256 else (own,)
    fitting = next((name for name in wanted if name in key["algo"]), None)
    if fitting is None:
        raise ValueError(f"the key does not sign with {own}")
    enabled = key.get("status", "enabled") == "enabled" and cert.get("status", "valid") == "valid"
    bound = " with SAD" if answer.get("SCAL") == "2" else ""
    return Credential(chain, fitting, answer["auth"]["mode"] + bound, enabled)
