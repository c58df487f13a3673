"""What the Cloud Signature Consortium's API v2 says of this service and of its credentials.

Only `platform` is listed. One-time credentials are told to who knows their name; authorities and the time stamp's
credential sign no documents, so they are none here.
"""

from __future__ import annotations

import base64
from collections.abc import Sequence
from datetime import datetime
from typing import Any, cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from chassis.database import EVERYONE, database_now
from chassis.problem import Problem
from chassis.service import Runtime
from services.seal.algorithms import ECDSA_SHA256, RSA_SHA256, algorithm_of, key_of
from services.seal.authority import Authority
from services.seal.issued import chain, newest, parsed
from services.seal.models import Certificate, OneTime
from services.seal.names import PLATFORM, is_one_time
from services.seal.settings import SealSettings

LISTED = (PLATFORM,)
METHODS = ("credentials/list", "credentials/info", "signatures/signHash", "signatures/timestamp")


def describe_service(runtime: Runtime) -> dict[str, Any]:
    """What this service is and can do (CSC API v2, info)."""
    organisation = cast(SealSettings, runtime.settings).organisation
    return {
        "specs": "2.0.0.2", "name": f"{organisation} seal", "logo": "", "region": "", "lang": "en-US",
        "description": "Signs digests with the platform's keys", "authType": ["external"], "methods": list(METHODS),
        "signAlgorithms": {"algos": [ECDSA_SHA256, RSA_SHA256]},
    }  # fmt: skip


def list_credentials(after: str, limit: int) -> dict[str, Any]:
    """A page of credential names and, when more follow, the token of the next page (credentials/list)."""
    names = [name for name in LISTED if name > after]
    more = {"nextPageToken": names[limit - 1]} if len(names) > limit else {}
    return {"credentialIDs": names[:limit], **more}


def describe_credential(runtime: Runtime, name: str, certificates: str = "chain") -> dict[str, Any]:
    """Key and certificates of a credential (credentials/info); ``certificates`` is none, single or chain.

    Raises a 404 problem for what is no credential that signs documents.
    """
    with runtime.db.read(EVERYONE) as session:
        if found := _present(session, runtime.parts, name):
            return _describe(session, found, certificates)
    with runtime.db.transaction(EVERYONE) as session:
        return _describe(session, signing_certificate(session, runtime.parts, name), certificates)


def signing_certificate(session: Session, authority: Authority, name: str) -> Certificate:
    """The certificate a credential signs documents with, made when there is none yet; raises a 404 problem."""
    found = newest(session, name) if is_one_time(name) else None
    if found is None and name not in LISTED:
        raise Problem(404, "credential_unknown")
    return found or authority.credential(session, name)


def root_certificates(runtime: Runtime) -> list[bytes]:
    """Every root there was, in DER, the newest first: what is to be trusted."""
    query = select(Certificate.der).where(Certificate.issuer_id.is_(None), Certificate.is_authority)
    with runtime.db.read(EVERYONE) as session:
        return list(session.scalars(query.order_by(Certificate.id.desc())))


def _present(session: Session, authority: Authority, name: str) -> Certificate | None:
    """The certificate of a credential when nothing must be written for it."""
    found = newest(session, name) if is_one_time(name) or name in LISTED else None
    return found if found and (is_one_time(name) or authority.serves(session, found)) else None


def _describe(session: Session, found: Certificate, certificates: str) -> dict[str, Any]:
    shown = {"none": [], "single": [found.der]}
    return {
        "key": _describe_key(session, found),
        "cert": _describe_certificate(
            found, shown[certificates] if certificates in shown else chain(session, found), database_now(session)
        ),
        "auth": {"mode": "implicit"}, "SCAL": "1", "multisign": 1 if is_one_time(found.credential) else 100,
    }  # fmt: skip


def _describe_key(session: Session, found: Certificate) -> dict[str, Any]:
    algorithm = algorithm_of(key_of(parsed(found)))
    once = session.get(OneTime, found.credential)
    curve = {"curve": algorithm.curve} if algorithm.curve else {}
    status = "disabled" if once and once.ended_at else "enabled"
    return {"status": status, "algo": list(algorithm.names), "len": algorithm.bits, **curve}


def _describe_certificate(found: Certificate, shown: Sequence[bytes], now: datetime) -> dict[str, Any]:
    """CSC API v2.0, 11.5: names by RFC 4514, times as GeneralizedTime."""
    certificate = parsed(found)
    return {
        "status": status_of(found, now),
        "certificates": [base64.b64encode(der).decode() for der in shown],
        "issuerDN": certificate.issuer.rfc4514_string(), "serialNumber": f"{certificate.serial_number:X}",
        "subjectDN": certificate.subject.rfc4514_string(),
        "validFrom": f"{certificate.not_valid_before_utc:%Y%m%d%H%M%SZ}",
        "validTo": f"{certificate.not_valid_after_utc:%Y%m%d%H%M%SZ}",
    }  # fmt: skip


def status_of(certificate: Certificate, now: datetime) -> str:
    """``valid``, ``expired`` or ``revoked``."""
    if certificate.revoked_at:
        return "revoked"
    return "valid" if certificate.not_after > now else "expired"
