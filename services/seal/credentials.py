"""What the Cloud Signature Consortium's API v2 says of credentials."""

from __future__ import annotations

import base64
from typing import Any

from sqlalchemy import select

from chassis.database import EVERYONE, database_now
from chassis.service import Runtime
from services.seal.authority import RENEW_BEFORE, ROOT, Authority, chain, newest, require_credential
from services.seal.models import Certificate
from services.seal.sign_hash import ECDSA_SHA256

P256 = "1.2.840.10045.3.1.7"


def list_credentials(runtime: Runtime, after: str, limit: int) -> dict[str, Any]:
    """A page of credential names and, when more follow, the token of the next page (credentials/list)."""
    query = select(Certificate.credential).where(Certificate.credential != ROOT, Certificate.credential > after)
    with runtime.db.read(EVERYONE) as session:
        names = session.scalars(query.distinct().order_by(Certificate.credential).limit(limit + 1)).all()
    more = {"nextPageToken": names[limit - 1]} if len(names) > limit else {}
    return {"credentialIDs": list(names[:limit]), **more}


def describe_credential(runtime: Runtime, name: str) -> dict[str, Any]:
    """Key and certificates of a credential, the signer's first, the root last (credentials/info)."""
    certificates = [base64.b64encode(der).decode() for der in certificates_of(runtime, name)]
    return {
        "key": {"status": "enabled", "algo": [ECDSA_SHA256], "len": 256, "curve": P256},
        "cert": {"status": "valid", "certificates": certificates},
        "auth": {"mode": "implicit"}, "SCAL": "1", "multisign": 100,
    }  # fmt: skip


def certificates_of(runtime: Runtime, name: str) -> list[bytes]:
    """The chain of a credential in DER; written only when the certificate must be made or renewed."""
    require_credential(name)
    authority: Authority = runtime.parts
    with runtime.db.read(EVERYONE) as session:
        found = newest(session, name)
        if found and found.not_after - database_now(session) >= RENEW_BEFORE:
            return chain(session, found)
    with runtime.db.transaction(EVERYONE) as session:
        return chain(session, authority.credential(session, name))


def root_certificates(runtime: Runtime) -> list[bytes]:
    """Every root there was, in DER, the newest first: what is to be trusted."""
    query = select(Certificate.der).where(Certificate.credential == ROOT).order_by(Certificate.version.desc())
    with runtime.db.read(EVERYONE) as session:
        return list(session.scalars(query))
