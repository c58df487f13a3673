"""Events of *identity*: accounts and their credentials."""

from marshmallow import fields

from contracts.event_type import A_TIME, KEYS, Contract, EventType, key, moment, text


class AccountRegistered(Contract):
    """``own_workspace`` is false for who was invited: they join the workspace that invites them, and get no other."""

    account_id = key()
    email = text()
    name = text()
    language = text()
    region = text()
    newsletter = fields.Boolean(required=True)
    time_zone = text(required=False)
    own_workspace = fields.Boolean(required=False)


class AccountChanged(Contract):
    account_id = key()
    email = text()
    name = text()
    language = text()
    time_zone = text()
    date_format = text()
    default_workspace_id = key(allow_none=True)


class PasswordChanged(Contract):
    account_id = key()
    email = text()
    name = text()
    language = text()
    keep_session = text(allow_none=True)


class CodeRequested(Contract):
    purpose = text()
    email = text()
    language = text()
    sealed_code = text(allow_none=True)
    expires_at = moment()


class LoginLocked(Contract):
    """``step`` is password or second_factor."""

    account_id = key()
    email = text()
    name = text()
    language = text()
    until = moment()
    step = text(required=False)
    time_zone = text(required=False)


class SecurityChanged(Contract):
    """``email`` is where its owner is told, ``detail`` belongs to the change (a name, a number, an address)."""

    account_id = key()
    email = text()
    name = text()
    language = text()
    change = text()
    detail = text()


_WHO = {"account_id": KEYS[1], "email": "alice@example.com", "name": "Alice Tan", "language": "en"}

EVENTS = (
    EventType(
        "identity.account_registered.v1",
        "A person has registered.",
        ("workspace", "agreement", "billing"),
        AccountRegistered,
        {**_WHO, "region": "SG", "newsletter": False, "time_zone": "Asia/Singapore", "own_workspace": True},
    ),
    EventType(
        "identity.account_changed.v1",
        "Name, address, language or preferences have changed.",
        ("workspace", "agreement", "billing", "gateway"),
        AccountChanged,
        {**_WHO, "time_zone": "Asia/Singapore", "date_format": "YYYY-MM-DD HH:mm", "default_workspace_id": None},
    ),
    EventType(
        "identity.password_changed.v1",
        "A password was changed or reset; every session but `keep_session` ends.",
        ("gateway", "notify"),
        PasswordChanged,
        {**_WHO, "keep_session": None},
    ),
    EventType(
        "identity.code_requested.v1",
        "A code is to be mailed. `purpose` is register, known_address (no code), reset_password, change_email "
        "or link_login.",
        ("notify",),
        CodeRequested,
        {
            "purpose": "register",
            "email": "alice@example.com",
            "language": "en",
            "sealed_code": "gAAAA…",
            "expires_at": A_TIME,
        },
    ),
    EventType(
        "identity.login_locked.v1",
        "Logging in failed so often that it is locked for a while.",
        ("notify",),
        LoginLocked,
        {**_WHO, "until": A_TIME, "step": "password", "time_zone": "Asia/Singapore"},
    ),
    EventType(
        "identity.security_changed.v1",
        "What guards an account has changed. `change` is two_factor_on, two_factor_off, recovery_code_used, "
        "passkey_added, passkey_removed, login_linked, login_unlinked or email_changed (told to the old address).",
        ("notify",),
        SecurityChanged,
        {**_WHO, "change": "passkey_added", "detail": "Alice's phone"},
    ),
)
