"""The time stamp authority (RFC 3161, RFC 5816): the database's clock, signed by the credential `tsa`."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import cast

from sqlalchemy.orm import Session

from chassis.database import EVERYONE, database_now
from chassis.ids import new_key
from chassis.problem import Problem
from chassis.service import Runtime
from documents import sign
from documents.timestamps import BadRequest, Query, granted, parse_request, rejected, tst_info
from documents.timestamps.responder import SIZES
from services.seal.algorithms import sign_digest
from services.seal.authority import Authority
from services.seal.issued import chain
from services.seal.names import TSA
from services.seal.settings import SealSettings
from services.seal.sign_hash import record

ACCURACY = timedelta(seconds=1)


def respond(runtime: Runtime, request: bytes, caller: str) -> bytes:
    """The TimeStampResp to a TimeStampReq, both in DER, whatever it is."""
    try:
        query = parse_request(request)
        with runtime.db.transaction(EVERYONE) as session:
            return granted(stamp(session, runtime.parts, query, policy_of(runtime), caller))
    except BadRequest as error:
        return rejected(error.failure)


def timestamp(runtime: Runtime, digest: bytes, algorithm: str, nonce: str | None, caller: str) -> bytes:
    """A token over a digest (CSC API v2, signatures/timestamp); the nonce is in hex. Raises a 422 problem."""
    if SIZES.get(algorithm) != len(digest):
        raise Problem(422, "algorithm_not_supported" if algorithm not in SIZES else "hash_length")
    query = Query(digest, algorithm, int(nonce, 16) if nonce else None, None, cert_req=True)
    with runtime.db.transaction(EVERYONE) as session:
        return stamp(session, runtime.parts, query, policy_of(runtime), caller)


def policy_of(runtime: Runtime) -> str:
    """The policy our time stamps name."""
    return cast(SealSettings, runtime.settings).tsa_policy


def stamp(session: Session, authority: Authority, query: Query, policy: str, caller: str) -> bytes:
    """A time stamp token in DER; raises BadRequest when another policy is asked for.

    The time is cut to the second, so that what is asked of revocation later is never older than the stamp.
    """
    certificate = authority.credential(session, TSA)
    now = database_now(session).replace(microsecond=0)
    content = tst_info(query, new_key().int, now, policy, ACCURACY)
    certificates = chain(session, certificate)
    attributes = sign.signed_attributes(hashlib.sha256(content).digest(), certificates[0], sign.TST_INFO)
    digest = hashlib.sha256(attributes).digest()
    record(session, certificate, [digest], caller)
    signature = sign_digest(authority.keys.load(session, certificate.key_ref), digest)
    return sign.cms(
        attributes, signature, certificates, content_type=sign.TST_INFO, content=content, certificates=query.cert_req
    )
