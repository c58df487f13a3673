"""An authenticator in software: makes passkeys and answers challenges as a phone would (WebAuthn Level 2 §6)."""

from __future__ import annotations

import base64
import json
import os
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256

PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40


def b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def unb64(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


@dataclass
class Key:
    """A credential on the authenticator."""

    id: bytes
    private: ec.EllipticCurvePrivateKey
    user: bytes
    rp: str


@dataclass
class Authenticator:
    """Holds keys; ``verifies`` is whether it asks for a finger, ``origin`` the page it stands on."""

    origin: str = "http://signet.test"
    verifies: bool = True
    counter: int = 0
    keys: list[Key] = field(default_factory=list)

    def create(self, options: dict[str, Any]) -> dict[str, Any]:
        """A new passkey, as `navigator.credentials.create` gives it."""
        rp = options["rp"]["id"]
        key = Key(os.urandom(32), ec.generate_private_key(ec.SECP256R1()), unb64(options["user"]["id"]), rp)
        self.keys.append(key)
        attested = bytes(16) + len(key.id).to_bytes(2, "big") + key.id + cbor2.dumps(_cose(key.private))
        data = self._data(rp, ATTESTED) + attested
        client = self._client("webauthn.create", options["challenge"])
        attestation = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})
        response = {
            "clientDataJSON": b64(client), "attestationObject": b64(attestation), "transports": ["internal", "odd"],
        }  # fmt: skip
        return _credential(key, response)

    def get(self, options: dict[str, Any]) -> dict[str, Any]:
        """The newest fitting passkey's answer, as `navigator.credentials.get` gives it."""
        allowed = [unb64(one["id"]) for one in options.get("allowCredentials", [])]
        key = [one for one in self.keys if one.rp == options["rpId"] and (not allowed or one.id in allowed)][-1]
        self.counter += 1
        data, client = self._data(key.rp, 0), self._client("webauthn.get", options["challenge"])
        signature = key.private.sign(data + sha256(client).digest(), ec.ECDSA(SHA256()))
        response = {
            "clientDataJSON": b64(client), "authenticatorData": b64(data), "signature": b64(signature),
            "userHandle": b64(key.user),
        }  # fmt: skip
        return _credential(key, response)

    def _data(self, rp: str, flags: int) -> bytes:
        flags |= PRESENT | (VERIFIED if self.verifies else 0)
        return sha256(rp.encode()).digest() + bytes([flags]) + self.counter.to_bytes(4, "big")

    def _client(self, kind: str, challenge: str) -> bytes:
        return json.dumps({"type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": False}).encode()


def _credential(key: Key, response: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": b64(key.id), "rawId": b64(key.id), "type": "public-key", "response": response,
        "clientExtensionResults": {}, "authenticatorAttachment": "platform",
    }  # fmt: skip


def _cose(private: ec.EllipticCurvePrivateKey) -> dict[int, Any]:
    """ES256 on P-256 (RFC 9053 §2.1)."""
    numbers = private.public_key().public_numbers()
    return {1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32, "big"), -3: numbers.y.to_bytes(32, "big")}
