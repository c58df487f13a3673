"""Passkeys (WebAuthn Level 2): discoverable credentials that verify their user, so that one alone logs in.

A ceremony's challenge belongs to the browser that began it and is used up by the first answer, right or wrong.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Sequence
from hashlib import sha256
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import base64url_to_bytes
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from chassis.database import EVERYONE, database_now
from chassis.ids import new_key
from chassis.problem import Problem, not_found
from chassis.service import Runtime
from services.identity import ceremonies, login, throttle
from services.identity.accounts import by_key
from services.identity.announce import announce_security
from services.identity.ceremonies import Site
from services.identity.models import Account, ExternalLogin, Passkey

MOST = 20
REGISTER, LOGIN, PROVE = "register", "login", "prove"
MALFORMED = (WebAuthnException, ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError)
Credential = dict[str, Any]


def begin_registration(runtime: Runtime, account_id: uuid.UUID, browser: str) -> dict[str, Any]:
    """What `navigator.credentials.create` wants; raises passkeys_full beyond `MOST`."""
    with runtime.db.transaction(EVERYONE) as session:
        account = by_key(session, account_id, lock=True)
        known = of_account(session, account_id)
        if len(known) >= MOST:
            raise Problem(409, "passkeys_full")
        challenge = ceremonies.begin(session, REGISTER, browser, str(account_id))
    site = ceremonies.site_of(runtime)
    options = generate_registration_options(
        rp_id=site.host, rp_name="Signet", user_id=account_id.bytes, user_name=account.email,
        user_display_name=account.name, challenge=challenge, exclude_credentials=_descriptors(known),
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED, user_verification=UserVerificationRequirement.REQUIRED
        ),
    )  # fmt: skip
    return _as_json(options)


def finish_registration(
    runtime: Runtime, account_id: uuid.UUID, browser: str, name: str, credential: Credential
) -> Passkey:
    """Keep the new passkey; raises passkey_wrong (422) and passkey_known (409)."""
    challenge, owner = ceremonies.take(runtime, REGISTER, browser)
    if owner != str(account_id):
        raise ceremonies.wrong()
    passkey = _verified_new(ceremonies.site_of(runtime), challenge, account_id, name, credential)
    with runtime.db.transaction(EVERYONE) as session:
        account = by_key(session, account_id, lock=True)
        if session.scalar(select(Passkey.id).where(Passkey.digest == passkey.digest)):
            raise Problem(409, "passkey_known")
        if count(session, account_id) >= MOST:
            raise Problem(409, "passkeys_full")
        passkey.created_at = database_now(session)
        session.add(passkey)
        announce_security(session, account, "passkey_added", name)
    return passkey


def _verified_new(site: Site, challenge: bytes, account_id: uuid.UUID, name: str, credential: Credential) -> Passkey:
    try:
        new = verify_registration_response(
            credential=credential, expected_challenge=challenge, expected_rp_id=site.host,
            expected_origin=site.origin, require_user_verification=True,
        )  # fmt: skip
        transports = [one for one in credential["response"].get("transports") or [] if one in ceremonies.TRANSPORTS]
    except MALFORMED as error:
        raise ceremonies.wrong() from error
    return Passkey(
        id=new_key(), account_id=account_id, name=name, digest=_digest(new.credential_id), sign_count=new.sign_count,
        credential_id=new.credential_id, public_key=new.credential_public_key, synced=new.credential_backed_up,
        transports=transports, last_used_at=None,
    )  # fmt: skip


def begin(runtime: Runtime, purpose: str, browser: str, account_id: uuid.UUID | None) -> dict[str, Any]:
    """What `navigator.credentials.get` wants: any passkey of this site, or only those of an account."""
    with runtime.db.transaction(EVERYONE) as session:
        allowed = of_account(session, account_id) if account_id else []
        challenge = ceremonies.begin(session, purpose, browser, str(account_id or ""))
    options = generate_authentication_options(
        rp_id=ceremonies.site_of(runtime).host, challenge=challenge, allow_credentials=_descriptors(allowed),
        user_verification=UserVerificationRequirement.REQUIRED,
    )  # fmt: skip
    return _as_json(options)


def finish(runtime: Runtime, purpose: str, browser: str, credential: Credential, ip: str) -> Account:
    """The account whose passkey answered the browser's challenge; raises passkey_wrong (422)."""
    login.admit_ip(runtime, ip)
    challenge, owner = ceremonies.take(runtime, purpose, browser)
    try:
        with runtime.db.transaction(EVERYONE) as session:
            passkey = _find(session, credential)
            if owner not in ("", str(passkey.account_id)):
                raise ceremonies.wrong()
            _use(session, ceremonies.site_of(runtime), challenge, passkey, credential)
            return by_key(session, passkey.account_id)
    except MALFORMED as error:
        raise _failed(runtime, ip) from error
    except Problem as problem:
        raise _failed(runtime, ip) from problem


def _failed(runtime: Runtime, ip: str) -> Problem:
    with runtime.db.transaction(EVERYONE) as session:
        throttle.note(session, throttle.of("failures", ip), login.WINDOW)
    return ceremonies.wrong()


def _find(session: Session, credential: Credential) -> Passkey:
    found = _digest(base64url_to_bytes(credential["rawId"]))
    passkey: Passkey | None = session.scalars(
        select(Passkey).where(Passkey.digest == found).with_for_update()
    ).one_or_none()
    handle = credential["response"].get("userHandle")
    if passkey is None or (handle and base64url_to_bytes(handle) != passkey.account_id.bytes):
        raise ceremonies.wrong()
    return passkey


def _use(session: Session, site: Site, challenge: bytes, passkey: Passkey, credential: Credential) -> None:
    """Verify the answer and count the signature: a counter that does not grow tells of a copied key (§7.2)."""
    seen = verify_authentication_response(
        credential=credential, expected_challenge=challenge, expected_rp_id=site.host, expected_origin=site.origin,
        credential_public_key=passkey.public_key, credential_current_sign_count=passkey.sign_count,
        require_user_verification=True,
    )  # fmt: skip
    passkey.sign_count, passkey.last_used_at = seen.new_sign_count, database_now(session)
    passkey.synced = seen.credential_backed_up


def of_account(session: Session, account_id: uuid.UUID) -> Sequence[Passkey]:
    """A person's passkeys, oldest first."""
    return session.scalars(select(Passkey).where(Passkey.account_id == account_id).order_by(Passkey.id)).all()


def count(session: Session, account_id: uuid.UUID) -> int:
    """How many passkeys a person has."""
    return session.scalar(select(func.count()).select_from(Passkey).where(Passkey.account_id == account_id)) or 0


def rename(runtime: Runtime, account_id: uuid.UUID, key: uuid.UUID | None, name: str) -> Passkey:
    """Call a passkey something else; raises the 404 problem."""
    with runtime.db.transaction(EVERYONE) as session:
        passkey = _own(session, account_id, key)
        passkey.name = name
    return passkey


def remove(runtime: Runtime, account_id: uuid.UUID, key: uuid.UUID | None) -> None:
    """Take a passkey off the account; raises the 404 problem, and last_login (409) when it is the only way in."""
    with runtime.db.transaction(EVERYONE) as session:
        account = by_key(session, account_id, lock=True)
        passkey = _own(session, account_id, key)
        if not account.has_password and count(session, account_id) == 1 and not _comes_by_issuer(session, account_id):
            raise Problem(409, "last_login")
        session.delete(passkey)
        announce_security(session, account, "passkey_removed", passkey.name)


def _comes_by_issuer(session: Session, account_id: uuid.UUID) -> bool:
    return bool(session.scalar(select(func.count()).where(ExternalLogin.account_id == account_id)))


def _own(session: Session, account_id: uuid.UUID, key: uuid.UUID | None) -> Passkey:
    query = select(Passkey).where(Passkey.id == key, Passkey.account_id == account_id)
    passkey: Passkey | None = session.scalars(query).one_or_none()
    if passkey is None:
        raise not_found()
    return passkey


def _descriptors(passkeys: Sequence[Passkey]) -> list[PublicKeyCredentialDescriptor]:
    return [PublicKeyCredentialDescriptor(id=one.credential_id) for one in passkeys]


def _digest(credential_id: bytes) -> str:
    return sha256(credential_id).hexdigest()


def _as_json(options: Any) -> dict[str, Any]:
    plain: dict[str, Any] = json.loads(options_to_json(options))
    return plain
