"""The HTTP API of what guards an account: authenticator app, recovery codes, passkeys, logins elsewhere."""

from __future__ import annotations

from typing import Any

from flask_smorest import Blueprint

from chassis.access import access, principal, runtime
from chassis.database import EVERYONE
from chassis.ids import parse_public_id
from chassis.tokens import Kind
from services.identity import external, passkeys, proofs, recovery, secondfactor, totp
from services.identity.accounts import by_key
from services.identity.models import Totp
from services.identity.securityschemas import (
    CredentialOptions,
    Enrolment,
    ExternalLoginList,
    FactorCode,
    NewPasskey,
    PasskeyList,
    PasskeyName,
    PasskeyView,
    PasswordAgain,
    PasswordAndCode,
    ProofForm,
    ProofState,
    RecoveryCodes,
    SecurityState,
)

public = Blueprint("security", __name__, url_prefix="/api/v1/account", description="Two-factor login and passkeys")


@public.get("/security")
@public.response(200, SecurityState)
@access(Kind.USER, workspace=False)
def show_security() -> Any:
    """How the account is guarded."""
    account_id = principal().account
    with runtime().db.read(EVERYONE) as session:
        row = session.get(Totp, account_id)
        since = row.confirmed_at if row else None
        return {
            "has_password": by_key(session, account_id).has_password,
            "totp": {"on": bool(since), "since": since, "recovery_codes_left": recovery.left(session, account_id)},
            "passkeys": passkeys.count(session, account_id), "logins": len(external.of_account(session, account_id)),
            "proof": proofs.find(session, account_id, principal().session),
        }  # fmt: skip


@public.post("/proofs")
@public.arguments(ProofForm)
@public.response(201, ProofState)
@access(Kind.USER, workspace=False, idempotent=False)
def prove(values: dict[str, Any]) -> Any:
    """Prove in this session that it is oneself: by password, by a code, or by a passkey. Good for ten minutes."""
    live, who = runtime(), principal()
    match values["method"]:
        case proofs.PASSWORD:
            proofs.by_password(live, who, values["password"])
        case proofs.PASSKEY:
            proofs.by_passkey(live, who, values["credential"])
        case method:
            proofs.by_code(live, who, method, values["code"])
    with live.db.read(EVERYONE) as session:
        return proofs.find(session, who.account, who.session)


@public.post("/proofs/passkey/options")
@public.response(200, CredentialOptions)
@access(Kind.USER, workspace=False, idempotent=False)
def begin_proof() -> Any:
    """What the browser needs to prove it by a passkey; good for five minutes."""
    return {"options": proofs.begin_passkey(runtime(), principal())}


@public.post("/totp")
@public.arguments(PasswordAgain)
@public.response(201, Enrolment)
@access(Kind.USER, workspace=False)
def begin_totp(values: dict[str, str]) -> Any:
    """Begin with an authenticator app: its secret, also as a QR code. Two-factor login is on once confirmed."""
    proofs.demand(runtime(), principal(), values["password"])
    secret, email = secondfactor.begin(runtime(), principal().account)
    uri = totp.address(secret, email)
    path, size = totp.qr_path(uri)
    return {"secret": secret, "uri": uri, "qr_path": path, "qr_size": size}


@public.post("/totp/confirm")
@public.arguments(FactorCode)
@public.response(200, RecoveryCodes)
@access(Kind.USER, workspace=False)
def confirm_totp(values: dict[str, str]) -> Any:
    """Switch two-factor login on by a first code; tells the recovery codes this once."""
    return {"recovery_codes": secondfactor.confirm(runtime(), principal().account, values["code"])}


@public.post("/totp/recovery-codes")
@public.arguments(PasswordAndCode)
@public.response(200, RecoveryCodes)
@access(Kind.USER, workspace=False)
def renew_recovery_codes(values: dict[str, str]) -> Any:
    """New recovery codes in place of those before."""
    _demand_both(**values)
    return {"recovery_codes": secondfactor.renew_codes(runtime(), principal().account)}


@public.post("/totp/disable")
@public.arguments(PasswordAndCode)
@public.response(204)
@access(Kind.USER, workspace=False)
def disable_totp(values: dict[str, str]) -> None:
    """Switch two-factor login off."""
    _demand_both(**values)
    secondfactor.disable(runtime(), principal().account)


def _demand_both(password: str, code: str) -> None:
    """Password or proof, and a code, which need not be given again by who proved it by one."""
    live, who = runtime(), principal()
    proofs.demand(live, who, password)
    if not code and proofs.by_code_already(live, who):
        return
    secondfactor.check(live, who.account, secondfactor.method_of(code), code, who.ip)


@public.get("/passkeys")
@public.response(200, PasskeyList)
@access(Kind.USER, workspace=False)
def list_passkeys() -> Any:
    with runtime().db.read(EVERYONE) as session:
        return {"passkeys": passkeys.of_account(session, principal().account)}


@public.post("/passkeys/options")
@public.arguments(PasswordAgain)
@public.response(200, CredentialOptions)
@access(Kind.USER, workspace=False)
def begin_passkey(values: dict[str, str]) -> Any:
    """What the browser needs to make a passkey; good for five minutes in this browser."""
    proofs.demand(runtime(), principal(), values["password"])
    return {"options": passkeys.begin_registration(runtime(), principal().account, principal().browser)}


@public.post("/passkeys")
@public.arguments(NewPasskey)
@public.response(201, PasskeyView)
@access(Kind.USER, workspace=False)
def add_passkey(values: dict[str, Any]) -> Any:
    """Keep the passkey the browser made."""
    who = principal()
    return passkeys.finish_registration(runtime(), who.account, who.browser, values["name"], values["credential"])


@public.patch("/passkeys/<passkey_id>")
@public.arguments(PasskeyName)
@public.response(200, PasskeyView)
@access(Kind.USER, workspace=False)
def rename_passkey(values: dict[str, str], passkey_id: str) -> Any:
    return passkeys.rename(runtime(), principal().account, parse_public_id("psk", passkey_id), values["name"])


@public.delete("/passkeys/<passkey_id>")
@public.response(204)
@access(Kind.USER, workspace=False)
def remove_passkey(passkey_id: str) -> None:
    """Take a passkey off the account; asks for a proof."""
    proofs.demand(runtime(), principal())
    passkeys.remove(runtime(), principal().account, parse_public_id("psk", passkey_id))


@public.get("/logins")
@public.response(200, ExternalLoginList)
@access(Kind.USER, workspace=False)
def list_logins() -> Any:
    """Where else the person logs in."""
    with runtime().db.read(EVERYONE) as session:
        return {"logins": external.of_account(session, principal().account)}


@public.delete("/logins/<login_id>")
@public.response(204)
@access(Kind.USER, workspace=False)
def unlink_login(login_id: str) -> None:
    """No longer log in there; asks for a proof."""
    proofs.demand(runtime(), principal())
    external.unlink(runtime(), principal().account, parse_public_id("ext", login_id))
