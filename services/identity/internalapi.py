"""What only the gateway asks: whom a login recognises, by password, code, passkey, or an issuer's word."""

from __future__ import annotations

from typing import Any

from flask_smorest import Blueprint

from chassis.access import access, runtime
from chassis.database import EVERYONE
from chassis.tokens import Kind
from services.identity import codes, external, login, passkeys, secondfactor
from services.identity.external import Identity
from services.identity.models import Account
from services.identity.registration import NewPerson, register_invited
from services.identity.schemas import Authenticated, CodeSent, Credentials
from services.identity.securityschemas import (
    CredentialOptions,
    ExternalAsk,
    ExternalLink,
    ExternalRegistration,
    FactorTry,
    InvitedRegistration,
    IssuerAct,
    PasskeyAsk,
    PasskeyTry,
)

internal = Blueprint("logins_internal", __name__, url_prefix="/internal")
GATEWAY = {"gateway"}


@internal.post("/authenticate")
@internal.arguments(Credentials)
@internal.response(200, Authenticated)
@access(Kind.SERVICE, callers=GATEWAY)
def authenticate(values: dict[str, str]) -> Any:
    """The account of an address and its password."""
    return _recognised(login.authenticate(runtime(), **values))


@internal.post("/second-factor")
@internal.arguments(FactorTry)
@internal.response(200, Authenticated)
@access(Kind.SERVICE, callers=GATEWAY)
def pass_second_factor(values: dict[str, Any]) -> Any:
    """The account, when the code is good."""
    return _recognised(secondfactor.check(runtime(), **values))


@internal.post("/passkeys/options")
@internal.arguments(PasskeyAsk)
@internal.response(200, CredentialOptions)
@access(Kind.SERVICE, callers=GATEWAY)
def begin_passkey_login(values: dict[str, Any]) -> Any:
    """What a browser needs to log in by a passkey."""
    return {"options": passkeys.begin(runtime(), passkeys.LOGIN, **values)}


@internal.post("/passkeys/verify")
@internal.arguments(PasskeyTry)
@internal.response(200, Authenticated)
@access(Kind.SERVICE, callers=GATEWAY)
def finish_passkey_login(values: dict[str, Any]) -> Any:
    """The account whose passkey it is; it has verified its user, so no second step follows."""
    return {"account": passkeys.finish(runtime(), passkeys.LOGIN, **values), "second_factors": []}


@internal.post("/external-logins")
@internal.arguments(ExternalAsk)
@internal.response(200)
@access(Kind.SERVICE, callers=GATEWAY)
def recognise(values: dict[str, Any]) -> Any:
    """What is to happen with somebody an issuer vouches for."""
    outcome, account = external.recognise(runtime(), Identity(**values["identity"]))
    found = Authenticated().dump(_recognised(account)) if account else None
    return {"outcome": outcome, "account": found}


@internal.post("/external-logins/registration")
@internal.arguments(ExternalRegistration)
@internal.response(201, Authenticated)
@access(Kind.SERVICE, callers=GATEWAY)
def register(values: dict[str, Any]) -> Any:
    """Make the account of somebody an issuer vouches for."""
    identity = Identity(**values["identity"])
    person = NewPerson(**values["person"], email=identity.email, language=values["language"], ip=values["ip"])
    return _recognised(external.register(runtime(), identity, person))


@internal.post("/invited-registrations")
@internal.arguments(InvitedRegistration)
@internal.response(201, Authenticated)
@access(Kind.SERVICE, callers=GATEWAY)
def register_by_invitation(values: dict[str, Any]) -> Any:
    """Make the account of somebody whose mailed invitation proves the address; they get no workspace of their own."""
    told = {name: values[name] for name in ("email", "language", "ip")}
    person = NewPerson(**values["person"], **told, own_workspace=False)
    return _recognised(register_invited(runtime(), person, values["password"]))


@internal.post("/external-logins/link/codes")
@internal.arguments(ExternalAsk)
@internal.response(202, CodeSent)
@access(Kind.SERVICE, callers=GATEWAY)
def mail_link_code(values: dict[str, Any]) -> Any:
    """Ask the owner of the account by mail."""
    external.request_link_code(runtime(), Identity(**values["identity"]), values["ip"])
    return codes.SENT


@internal.post("/external-logins/link")
@internal.arguments(ExternalLink)
@internal.response(200, Authenticated)
@access(Kind.SERVICE, callers=GATEWAY)
def link(values: dict[str, Any]) -> Any:
    """Link it to the account of its address."""
    identity = Identity(**values["identity"])
    if values["code"] is not None:
        return _recognised(external.link_by_code(runtime(), identity, values["code"]))
    return _recognised(external.link_by_password(runtime(), identity, values["password"] or "", values["ip"]))


@internal.post("/external-logins/proof")
@internal.arguments(IssuerAct)
@internal.response(204)
@access(Kind.SERVICE, callers=GATEWAY)
def prove_by_issuer(values: dict[str, Any]) -> None:
    """Keep that the issuer has just had the person of a session log in there."""
    external.prove(runtime(), Identity(**values["identity"]), values["account_id"], values["session"])


@internal.post("/external-logins/further")
@internal.arguments(IssuerAct)
@internal.response(204)
@access(Kind.SERVICE, callers=GATEWAY)
def link_further(values: dict[str, Any]) -> None:
    """Link a further login to the account of a session."""
    external.link_further(runtime(), Identity(**values["identity"]), values["account_id"], values["session"])


def _recognised(account: Account) -> dict[str, Any]:
    with runtime().db.read(EVERYONE) as session:
        return {"account": account, "second_factors": secondfactor.methods(session, account.id)}
