"""Internal tokens: who is asking, said for 60 seconds to one audience and signed with Ed25519 (RFC 8037, RFC 7519).

The gateway speaks for people; a service speaks for itself. A token's issuer is the `kid` of the key that signed it, so
no service can speak for the gateway.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet, OKPKey

LIFETIME = 60
LEEWAY = 5
ALGORITHMS = ["Ed25519", "EdDSA"]


class Kind(StrEnum):
    """How somebody came in."""

    ANONYMOUS = "anonymous"
    USER = "user"
    LINK = "link"
    SERVICE = "service"


@dataclass(frozen=True, slots=True)
class Principal:
    """Who asks. ``subject`` is an account key, the hash of a signing link, or a service's name.

    ``browser`` is the hash of the cookie that tells one browser from another; ``email`` is a verified address.
    """

    kind: Kind
    subject: str = ""
    workspace: UUID | None = None
    roles: frozenset[str] = frozenset()
    email: str = ""
    name: str = ""
    browser: str = ""
    ip: str = ""
    user_agent: str = ""
    session: str = ""

    @property
    def account(self) -> UUID:
        """The account's key; only for kind USER."""
        return UUID(self.subject)

    def told(self) -> dict[str, str]:
        """The person as events name who did something; only for kind USER."""
        return {"account_id": self.subject, "name": self.name, "email": self.email, "ip": self.ip}

    def claims(self) -> dict[str, Any]:
        return {
            "kind": self.kind.value, "sub": self.subject, "ws": str(self.workspace) if self.workspace else None,
            "roles": sorted(self.roles), "email": self.email, "name": self.name, "browser": self.browser,
            "ip": self.ip, "ua": self.user_agent, "sid": self.session,
        }  # fmt: skip

    @classmethod
    def from_claims(cls, claims: Mapping[str, Any]) -> Principal:
        return cls(
            kind=Kind(claims["kind"]), subject=claims["sub"], workspace=UUID(claims["ws"]) if claims["ws"] else None,
            roles=frozenset(claims["roles"]), email=claims["email"], name=claims["name"], browser=claims["browser"],
            ip=claims["ip"], user_agent=claims["ua"], session=claims["sid"],
        )  # fmt: skip


class BadToken(Exception):
    """The token is missing, wrong, expired, or says more than its issuer may."""


class TokenIssuer:
    """Mints tokens with this process's own key."""

    def __init__(self, private_jwk: str | Mapping[str, Any], clock: Callable[[], float] = time.time) -> None:
        self._key = OKPKey.import_key(_as_dict(private_jwk))
        self.name = str(self._key.kid)
        self._clock = clock

    def mint(self, audience: str, principal: Principal) -> str:
        """A token for one service that is good for 60 seconds."""
        now = int(self._clock())
        header = {"alg": "Ed25519", "kid": self.name, "typ": "JWT"}
        claims = {"iss": self.name, "aud": audience, "iat": now, "exp": now + LIFETIME, **principal.claims()}
        return jwt.encode(header, claims, self._key, algorithms=ALGORITHMS)


class TokenVerifier:
    """Checks tokens meant for one audience against the suite's public keys."""

    def __init__(self, audience: str, trust: str | Mapping[str, Any], clock: Callable[[], float] = time.time) -> None:
        self._audience, self._clock = audience, clock
        self._keys: KeySet = KeySet.import_key_set(_as_dict(trust))  # type: ignore[arg-type]

    def verify(self, token: str) -> Principal:
        """The principal the token speaks of; raises `BadToken`."""
        try:
            decoded = jwt.decode(token, self._keys, algorithms=ALGORITHMS)
            claims, issuer = decoded.claims, decoded.header["kid"]
            principal = Principal.from_claims(claims)
        except (JoseError, KeyError, ValueError, TypeError) as error:
            raise BadToken("not a token of this suite") from error
        if claims.get("iss") != issuer or claims.get("aud") != self._audience:
            raise BadToken("issuer or audience")
        if not claims["iat"] - LEEWAY <= self._clock() <= claims["exp"] + LEEWAY:
            raise BadToken("expired")
        if issuer != "gateway" and (principal.kind is not Kind.SERVICE or principal.subject != issuer):
            raise BadToken("only the gateway speaks for people")
        return principal


def _as_dict(value: str | Mapping[str, Any]) -> dict[str, Any]:
    import json

    loaded: dict[str, Any] = json.loads(value) if isinstance(value, str) else dict(value)
    return loaded


def new_token_key(name: str) -> dict[str, Any]:
    """A fresh private JWK whose `kid` is the service's name."""
    return dict(OKPKey.generate_key("Ed25519", {"kid": name, "use": "sig"}, private=True).as_dict(private=True))


def public_keys(private_jwks: list[dict[str, Any]]) -> dict[str, Any]:
    """The JWKS to trust, for a list of private JWKs."""
    return {"keys": [dict(OKPKey.import_key(jwk).as_dict(private=False)) for jwk in private_jwks]}
