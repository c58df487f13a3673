"""Changing one's e-mail address, confirmed by a code to the new one."""

from __future__ import annotations

import uuid

from chassis.database import EVERYONE
from chassis.problem import Problem
from chassis.service import Runtime
from services.identity import codes, throttle
from services.identity.accounts import by_email, by_key
from services.identity.announce import announce_changed, announce_security
from services.identity.codes import AN_HOUR, PER_ADDRESS, Slot
from services.identity.models import Account

CHANGE, KNOWN = "change_email", "known_address"


def request_change_code(runtime: Runtime, account_id: uuid.UUID, email: str, ip: str) -> None:
    """Mail a code to the new address; one that has an account already is told so instead."""
    with runtime.db.transaction(EVERYONE) as session:
        account = by_key(session, account_id)
        throttle.count(session, f"address codes of {account_id}", PER_ADDRESS, AN_HOUR)
        mail = KNOWN if by_email(session, email) else CHANGE
        codes.request_code(runtime, session, Slot(CHANGE, email, str(account_id)), ip, account.language, mail)


def change_email(runtime: Runtime, account_id: uuid.UUID, email: str, code: str) -> Account:
    """Give the account its new address; raises code_wrong, and email_taken when somebody else was first.

    Whoever has the address can set a new password, so the caller has made sure that it is the person.
    """
    code_id = codes.spend_try(runtime, Slot(CHANGE, email, str(account_id)), code)
    with runtime.db.transaction(EVERYONE) as session:
        codes.consume(session, code_id)
        account = by_key(session, account_id, lock=True)
        if by_email(session, email):
            raise Problem(409, "email_taken")
        announce_security(session, account, "email_changed", email)  # to the old address
        account.email = email
        announce_changed(session, account)
    return account
