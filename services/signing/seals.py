"""Signatures of the platform, made by *seal* by the Cloud Signature Consortium's API v2; keys never come here."""

from __future__ import annotations

import hashlib
import logging
from base64 import b64decode, b64encode
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from chassis import sandbox
from chassis.service import Runtime
from documents import sign, timestamps
from documents.sign import Act, Reserved
from services.signing import archiving, jobs, timestamping
from services.signing.archiving import CAPACITIES, JUDGING, LIMITS, Archived
from services.signing.signatory import algorithm_of
from services.signing.waits import Unsound

log = logging.getLogger(__name__)
PLATFORM = "platform"


def certificates(runtime: Runtime, credential: str) -> list[bytes]:
    """The credential's chain in DER, its own certificate first, the root last; raises `Problem` when seal is away."""
    path = "/internal/csc/v2/credentials/info"
    answer = runtime.client.call("seal", "POST", path, {"credentialID": credential})
    return [b64decode(one) for one in answer["cert"]["certificates"]]


def seal(runtime: Runtime, credential: str, target: Path, reserved: Reserved) -> list[bytes]:
    """Sign what was reserved in ``target``, in place, with a signature time stamp (PAdES B-T).

    Returns the certificates in DER that signature and time stamp carry; raises `DoesNotFit`.
    """
    chain = certificates(runtime, credential)
    attributes = sign.signed_attributes(reserved.digest, chain[0])
    signature = _sign_hash(runtime, credential, chain[0], hashlib.sha256(attributes).digest())
    token = timestamping.timestamp(runtime, sign.signature_value_digest(signature))
    sign.embed(target, reserved, sign.cms(attributes, signature, chain, token))
    return [*chain, *timestamps.certificates_of(token)]


def seal_with_room(
    runtime: Runtime, target: Path, reserve: Callable[[int], Reserved], credential: str = PLATFORM
) -> list[bytes]:
    """`seal` in what ``reserve`` makes for a number of bytes: more when chain and time stamp need more than usual."""
    for capacity in CAPACITIES:
        try:
            return seal(runtime, credential, target, reserve(capacity))
        except sign.DoesNotFit:
            log.info("a signature of the platform needs more than %d bytes", capacity)
    raise sign.DoesNotFit(f"more than {CAPACITIES[-1]} bytes")


def seal_archived(runtime: Runtime, plain: Path, target: Path, act: Act) -> Archived:
    """Write a file of our own to ``target`` with the platform's invisible signature, archived (PAdES B-LTA).

    Raises `Unsound` when the result does not hold, `Waits` and `Problem` for what is away. That the certificates hold
    for long is judged where a document is archived: they are the same ones.
    """
    sealed = target.with_suffix(".sealed")

    def reserve(capacity: int) -> Reserved:
        return sandbox.run(jobs.seal, plain, sealed, replace(act, capacity=capacity), limits=LIMITS)

    certificates = seal_with_room(runtime, sealed, reserve)
    archived = archiving.archive(runtime, sealed, target, certificates)
    require_sound(target, archived, lasting=False)
    return archived


def require_sound(
    target: Path, archived: Archived, lasting: bool = True, after: int = 0, unstamped: bool = False
) -> None:
    """The gate: every signature and time stamp holds, and with ``lasting`` does so in two years; raises `Unsound`.

    Signatures that end at or before offset ``after`` came with the upload: they need only be untouched. With
    ``unstamped`` those without a time stamp, of an older version, may be among the others.
    """
    if found := sandbox.run(jobs.flaws, target, archived.roots, lasting, after, unstamped, limits=JUDGING):
        raise Unsound("; ".join(found))


def _sign_hash(runtime: Runtime, credential: str, certificate: bytes, digest: bytes) -> bytes:
    order = {
        "credentialID": credential, "hashes": [b64encode(digest).decode()], "hashAlgorithmOID": sign.SHA256,
        "signAlgo": algorithm_of(certificate),
    }  # fmt: skip
    answer = runtime.client.call("seal", "POST", "/internal/csc/v2/signatures/signHash", order)
    return b64decode(answer["signatures"][0])
