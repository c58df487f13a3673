"""Signatures made by *seal*, by the Cloud Signature Consortium's API v2; keys never come here."""

from __future__ import annotations

import hashlib
from base64 import b64decode, b64encode
from pathlib import Path
from uuid import UUID

from chassis.service import Runtime
from documents import sign
from documents.sign import Reserved

PLATFORM = "platform"


def workspace(workspace_id: UUID) -> str:
    """The credential that signs for the signers of a workspace's agreements."""
    return f"workspace:{workspace_id}"


def certificates(runtime: Runtime, credential: str) -> list[bytes]:
    """The credential's chain in DER, its own certificate first, the root last; raises `Problem` when seal is away."""
    path = "/internal/csc/v2/credentials/info"
    answer = runtime.client.call("seal", "POST", path, {"credentialID": credential})
    return [b64decode(one) for one in answer["cert"]["certificates"]]


def seal(runtime: Runtime, credential: str, target: Path, reserved: Reserved) -> bytes:
    """Sign what was reserved in ``target``, in place; returns the root certificate in DER."""
    chain = certificates(runtime, credential)
    attributes = sign.signed_attributes(reserved.digest, chain[0])
    signature = _sign_hash(runtime, credential, hashlib.sha256(attributes).digest())
    sign.embed(target, reserved, sign.cms(attributes, signature, chain))
    return chain[-1]


def _sign_hash(runtime: Runtime, credential: str, digest: bytes) -> bytes:
    order = {
        "credentialID": credential, "hashes": [b64encode(digest).decode()], "hashAlgorithmOID": sign.SHA256,
        "signAlgo": sign.ECDSA_SHA256,
    }  # fmt: skip
    answer = runtime.client.call("seal", "POST", "/internal/csc/v2/signatures/signHash", order)
    return b64decode(answer["signatures"][0])
