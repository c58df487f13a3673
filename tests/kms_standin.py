"""AWS KMS as moto has it, made to sign digests as they are (MessageType DIGEST) and to keep off deleted keys."""

from __future__ import annotations

import sys
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec, padding
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed
from cryptography.hazmat.primitives.hashes import SHA256
from moto.core.exceptions import JsonRESTError
from moto.kms.exceptions import ValidationException
from moto.kms.responses import KmsResponse
from moto.kms.utils import ECDSAPrivateKey, RSAPrivateKey
from moto.server import main

DIGEST = Prehashed(SHA256())


def sign_ec(self: Any, message: bytes, signing_algorithm: str) -> bytes:
    assert signing_algorithm == "ECDSA_SHA_256"
    return bytes(self.private_key.sign(message, ec.ECDSA(DIGEST)))


def sign_rsa(self: Any, message: bytes, signing_algorithm: str) -> bytes:
    assert signing_algorithm == "RSASSA_PKCS1_V1_5_SHA_256"
    return bytes(self.private_key.sign(message, padding.PKCS1v15(), DIGEST))


def demand_digest(self: Any, sign: Any = KmsResponse.sign) -> str:
    if self._get_param("MessageType") != "DIGEST":
        raise ValidationException("this stand-in signs digests")
    demand_kept(self)
    return str(sign(self))


def delete_once(self: Any, schedule: Any = KmsResponse.schedule_key_deletion) -> str:
    demand_kept(self)
    return str(schedule(self))


def demand_kept(self: Any) -> None:
    if self.kms_backend.describe_key(self._get_param("KeyId")).key_state == "PendingDeletion":
        raise JsonRESTError("KMSInvalidStateException", "the key is pending deletion")


if __name__ == "__main__":
    ECDSAPrivateKey.sign, RSAPrivateKey.sign, KmsResponse.sign = sign_ec, sign_rsa, demand_digest
    KmsResponse.schedule_key_deletion = delete_once
    main(["-H", "127.0.0.1", "-p", sys.argv[1]])
