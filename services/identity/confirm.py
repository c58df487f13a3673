"""The password asked once more, before what guards an account is changed."""

from __future__ import annotations

import uuid

from chassis.database import EVERYONE
from chassis.problem import Problem
from chassis.service import Runtime
from services.identity import login
from services.identity.accounts import by_key


def confirm_password(
    runtime: Runtime, account_id: uuid.UUID, password: str, ip: str, wrong: str = "password_wrong"
) -> str:
    """The stored hash of the account's password, empty when it has none and there is nothing to ask for.

    Raises ``wrong`` (422), and login_locked after too many wrong ones.
    """
    with runtime.db.read(EVERYONE) as session:
        account = by_key(session, account_id)
    if not account.has_password:
        return ""
    try:
        stored: str = login.authenticate(runtime, account.email, password, ip).password_hash
    except Problem as error:
        raise Problem(422, wrong) if error.code == "invalid_credentials" else error from error
    return stored
