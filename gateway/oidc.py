"""Logging in by OpenID Connect: the authorization code flow with PKCE, state and nonce (OpenID Connect Core 1.0 §3.1).

What an issuer publishes is found by discovery and kept for a while; its keys are asked for anew when a token names one
that is not known yet.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

import requests
from authlib.common.errors import AuthlibBaseError
from authlib.common.security import generate_token
from authlib.integrations.requests_client import OAuth2Session
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from gateway.providers import Provider

KEEP_SECONDS = 600
FRESH_SECONDS = 5
LEEWAY = 60
TIMEOUT = (3.0, 6.0)
ALGORITHMS = frozenset(["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"])
ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")
KEY_TYPES = ("RSA", "EC", "OKP")


class IssuerAway(Exception):
    """The issuer does not answer, or what it publishes makes no sense."""


class Refused(Exception):
    """What came back does not prove who somebody is."""


class NotAfresh(Refused):
    """The issuer did not say that it has just asked the person anew."""


@dataclass(frozen=True, slots=True)
class Start:
    """Where to send the browser, and what the answer is checked against.

    ``since`` is when the person has to log in there at the earliest, in seconds since 1970; None lets an earlier
    login there do.
    """

    url: str
    state: str
    nonce: str
    verifier: str
    since: float | None = None


class Issuer:
    """One configured issuer; ``redirect_uri`` is our address it sends browsers back to."""

    def __init__(self, provider: Provider, redirect_uri: str) -> None:
        self.provider, self._redirect_uri = provider, redirect_uri
        self._kept: dict[str, tuple[float, Any]] = {}

    def start(self, *, afresh: bool = False) -> Start:
        """Begin a login, which the issuer shall ask for ``afresh`` (§3.1.2.1); raises `IssuerAway`."""
        wish: dict[str, Any] = {"prompt": "login", "max_age": 0} if afresh else {}
        nonce, verifier = generate_token(43), generate_token(64)
        with self._client() as client:
            endpoint, state = self._metadata()["authorization_endpoint"], generate_token(43)
            url, _ = client.create_authorization_url(endpoint, state, code_verifier=verifier, nonce=nonce, **wish)
        return Start(url, state, nonce, verifier, time.time() if afresh else None)

    def finish(self, code: str, nonce: str, verifier: str, since: float | None = None) -> dict[str, Any]:
        """The verified claims about somebody, with their e-mail address where the issuer tells it.

        Raises `Refused` when something does not fit, `NotAfresh` when they have not logged in since, and `IssuerAway`.
        """
        with self._client() as client:
            token = self._token(client, code, verifier)
            claims = self._verified(str(token.get("id_token", "")), nonce, token.get("access_token"))
            if since is not None:
                _demand_afresh(claims.get("auth_time"), since)
            endpoint = self._metadata().get("userinfo_endpoint")
            if "email" not in claims and endpoint and token.get("access_token"):
                claims = {**self._user_info(client, endpoint, claims["sub"]), **claims}
        return claims

    def _client(self) -> OAuth2Session:
        provider = self.provider
        methods = self._metadata().get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
        told = "client_secret_basic" if "client_secret_basic" in methods else "client_secret_post"
        client = OAuth2Session(
            provider.client_id, provider.client_secret or None, redirect_uri=self._redirect_uri, scope=provider.scope,
            token_endpoint_auth_method=told if provider.client_secret else "none", code_challenge_method="S256",
        )  # fmt: skip
        client.trust_env = False
        return client

    def _token(self, client: OAuth2Session, code: str, verifier: str) -> dict[str, Any]:
        try:
            token: dict[str, Any] = client.fetch_token(
                self._metadata()["token_endpoint"], grant_type="authorization_code", code=code, code_verifier=verifier,
                timeout=TIMEOUT, allow_redirects=False,
            )  # fmt: skip
        except AuthlibBaseError as error:
            raise Refused("the issuer refused the code") from error
        except (requests.RequestException, ValueError) as error:
            raise IssuerAway(self.provider.name) from error
        return token

    def _user_info(self, client: OAuth2Session, endpoint: str, subject: str) -> dict[str, Any]:
        try:
            told = client.get(endpoint, timeout=TIMEOUT, allow_redirects=False).json()
        except (requests.RequestException, ValueError, AuthlibBaseError) as error:
            raise IssuerAway(self.provider.name) from error
        if not isinstance(told, dict) or told.get("sub") != subject:
            raise Refused("the user info is about somebody else")
        return told

    def _verified(self, id_token: str, nonce: str, access_token: Any) -> dict[str, Any]:
        """The claims of an ID token (§3.1.3.7): signed by the issuer, for us, for this login, and still good."""
        try:
            decoded = self._decode(id_token)
            claims = CodeIDToken(
                decoded.claims, decoded.header,
                {"iss": {"essential": True, "value": self.provider.issuer},
                 "aud": {"essential": True, "value": self.provider.client_id}, "sub": {"essential": True}},
                {"nonce": nonce, "client_id": self.provider.client_id, "access_token": access_token},
            )  # fmt: skip
            claims.validate(leeway=LEEWAY)
        except (JoseError, ValueError, TypeError) as error:
            raise Refused("the ID token is not good") from error
        if not isinstance(claims["sub"], str) or not 1 <= len(claims["sub"]) <= 255:
            raise Refused("the subject is not one")
        return dict(claims)

    def _decode(self, id_token: str) -> jwt.Token:
        told = self._metadata().get("id_token_signing_alg_values_supported") or ["RS256"]
        allowed = sorted(ALGORITHMS.intersection(told))
        try:
            return jwt.decode(id_token, self._keys(KEEP_SECONDS), algorithms=allowed)
        except (JoseError, ValueError):
            return jwt.decode(id_token, self._keys(FRESH_SECONDS), algorithms=allowed)

    def _keys(self, keep: float) -> KeySet:
        published = self._get("keys", self._metadata()["jwks_uri"], keep).get("keys", [])
        usable = [key for key in published if key.get("kty") in KEY_TYPES and key.get("use", "sig") == "sig"]
        return KeySet.import_key_set({"keys": usable})

    def _metadata(self) -> dict[str, Any]:
        """What the issuer publishes (OpenID Connect Discovery 1.0 §4.3); it must be about itself."""
        address = self.provider.issuer.rstrip("/") + "/.well-known/openid-configuration"
        found = self._get("metadata", address, KEEP_SECONDS)
        secure = self.provider.issuer.startswith("https://")
        told = [str(found.get(name, "")) for name in ENDPOINTS]
        if found.get("issuer") != self.provider.issuer:
            raise IssuerAway(f"{address} is about another issuer")
        if not all(url.startswith("https://" if secure else ("https://", "http://")) for url in told):
            raise IssuerAway(f"{address} lacks an address")
        return found

    def _get(self, what: str, url: str, keep: float) -> dict[str, Any]:
        kept = self._kept.get(what)
        if kept and time.monotonic() - kept[0] < keep:
            return dict(kept[1])
        try:
            with requests.Session() as session:
                session.trust_env = False
                answer = session.get(url, timeout=TIMEOUT, allow_redirects=False)
            found = answer.json() if answer.status_code == 200 else None
        except (requests.RequestException, ValueError) as error:
            raise IssuerAway(url) from error
        if not isinstance(found, dict):
            raise IssuerAway(url)
        self._kept[what] = time.monotonic(), found
        return found


def _demand_afresh(at: Any, since: float) -> None:
    """``at`` is when the person logged in at the issuer: the claim auth_time (§2), which max_age makes it tell."""
    told = isinstance(at, int | float) and not isinstance(at, bool)
    if not told or not since - LEEWAY <= at <= time.time() + LEEWAY:
        raise NotAfresh("the issuer did not ask for a login")
