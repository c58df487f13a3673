"""The HTTP API of *identity*: registering, passwords, the account."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import g
from flask_smorest import Blueprint

from chassis.access import access, principal, runtime
from chassis.database import EVERYONE
from chassis.regions import region_names
from chassis.tokens import Kind
from services.identity import address, codes, consents, profile, proofs, registration, reset
from services.identity.accounts import by_key
from services.identity.schemas import (
    AccountView,
    CodeSent,
    ConsentVersions,
    EmailChange,
    EmailOnly,
    InternalAccountView,
    PasswordChange,
    PasswordReset,
    Preferences,
    PreferencesView,
    ProfileChange,
    RegionList,
    RegistrationForm,
)

public = Blueprint("identity", __name__, url_prefix="/api/v1", description="Accounts: registering, passwords, profile")
internal = Blueprint("identity_internal", __name__, url_prefix="/internal")
ANYBODY = (Kind.ANONYMOUS, Kind.USER, Kind.LINK)


@public.get("/registration/consents")
@public.response(200, ConsentVersions)
@access(*ANYBODY, workspace=False)
def consent_versions() -> Any:
    """The versions of the texts to agree to."""
    return consents.current_versions()


@public.get("/registration/regions")
@public.response(200, RegionList)
@access(*ANYBODY, workspace=False)
def list_regions() -> Any:
    """Every country and region, named in the reader's language."""
    return {"regions": [{"code": code, "name": name} for code, name in region_names(g.language).items()]}


@public.post("/registration/codes")
@public.arguments(EmailOnly)
@public.response(202, CodeSent)
@access(*ANYBODY, workspace=False)
def mail_registration_code(values: dict[str, str]) -> Any:
    """Mail a code to an address; the answer never tells whether it is registered."""
    registration.request_registration_code(runtime(), values["email"], principal().ip, g.language)
    return codes.SENT


@public.post("/registration")
@public.arguments(RegistrationForm)
@public.response(201, AccountView)
@access(*ANYBODY, workspace=False)
def register(values: dict[str, Any]) -> Any:
    """Make an account."""
    form = registration.Registration(**values, language=g.language, ip=principal().ip)
    return registration.register(runtime(), form)


@public.post("/password/codes")
@public.arguments(EmailOnly)
@public.response(202, CodeSent)
@access(*ANYBODY, workspace=False)
def mail_reset_code(values: dict[str, str]) -> Any:
    """Mail a code to set a forgotten password anew; the answer never tells whether the address is registered."""
    reset.request_reset_code(runtime(), values["email"], principal().ip, g.language)
    return codes.SENT


@public.post("/password")
@public.arguments(PasswordReset)
@public.response(204)
@access(*ANYBODY, workspace=False)
def reset_password(values: dict[str, str]) -> None:
    """Set a forgotten password anew; every session ends."""
    reset.reset_password(runtime(), **values)


@public.get("/account")
@public.response(200, AccountView)
@access(Kind.USER, workspace=False)
def show_account() -> Any:
    return _account()


@public.patch("/account")
@public.arguments(ProfileChange)
@public.response(200, AccountView)
@access(Kind.USER, workspace=False)
def change_account(values: dict[str, Any]) -> Any:
    return profile.change_profile(runtime(), principal().account, values, principal().ip)


@public.post("/account/email/codes")
@public.arguments(EmailOnly)
@public.response(202, CodeSent)
@access(Kind.USER, workspace=False)
def mail_change_code(values: dict[str, str]) -> Any:
    """Mail a code to the address that is to be the account's."""
    address.request_change_code(runtime(), principal().account, values["email"], principal().ip)
    return codes.SENT


@public.post("/account/email")
@public.arguments(EmailChange)
@public.response(200, AccountView)
@access(Kind.USER, workspace=False)
def change_email(values: dict[str, str]) -> Any:
    """Give the account another address, by the code that was mailed there and the password or a proof."""
    proofs.demand(runtime(), principal(), values.pop("password"))
    return address.change_email(runtime(), principal().account, **values)


@public.post("/account/password")
@public.arguments(PasswordChange)
@public.response(204)
@access(Kind.USER, workspace=False)
def change_password(values: dict[str, str]) -> None:
    """Change the password; every other session ends."""
    who = principal()
    reset.change_password(runtime(), who.account, values["old_password"], values["password"], who.session, who.ip)


@public.get("/account/preferences")
@public.response(200, PreferencesView)
@access(Kind.USER, workspace=False)
def show_preferences() -> Any:
    return _account()


@public.put("/account/preferences")
@public.arguments(Preferences)
@public.response(200, PreferencesView)
@access(Kind.USER, workspace=False)
def change_preferences(values: dict[str, Any]) -> Any:
    return profile.change_preferences(runtime(), principal().account, values, principal().ip)


@internal.get("/accounts/<uuid:account_id>")
@internal.response(200, InternalAccountView)
@access(Kind.SERVICE, callers={"gateway", "workspace", "agreement", "signing", "notify"})
def show_internal(account_id: UUID) -> Any:
    with runtime().db.read(EVERYONE) as session:
        return by_key(session, account_id)


def _account() -> Any:
    with runtime().db.read(EVERYONE) as session:
        return by_key(session, principal().account)
