"""What happens in the suite, and the mails that become of it: shared by the tests of mails and of how they look."""

from __future__ import annotations

from dataclasses import dataclass, field
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from typing import Any

from sqlalchemy import select

from chassis.database import EVERYONE
from chassis.outbox import Event
from contracts.catalogue import CATALOGUE
from contracts.event_type import ALICE, BOB
from services.notify.models import Mail
from services.notify.words import security
from services.notify.write import write_mail
from tests.service_kit import Kit

LINK = "https://signet.test/sign/sgl_" + "x" * 43
CODE = "482913"
TO_ALICE, TO_BOB = ("alice@example.com", "en"), ("bob@example.com", "zh-Hans")


@dataclass(frozen=True)
class Happening:
    """An event (the catalogue's example with ``data`` in it) and whom its letters go to, by template."""

    type: str
    letters: dict[str, list[tuple[str, str]]]
    data: dict[str, Any] = field(default_factory=dict)


def _codes() -> list[Happening]:
    purposes = ("register", "reset_password", "change_email", "link_login")
    known = Happening(
        "identity.code_requested.v1", {"known_address": [TO_ALICE]}, {"purpose": "known_address", "sealed_code": None}
    )
    return [
        *(Happening("identity.code_requested.v1", {purpose: [TO_ALICE]}, {"purpose": purpose}) for purpose in purposes),
        known,
    ]


def _security() -> list[Happening]:
    details = {"recovery_code_used": "7", "login_linked": "Google", "email_changed": "alice@new.example"}
    changes = [name for name in security.EN if name not in ("link_login", "second_factor_locked")]
    return [
        Happening(
            "identity.security_changed.v1", {change: [TO_ALICE]},
            {"change": change, "detail": details.get(change, "MacBook")},
        )
        for change in changes
    ]  # fmt: skip


HAPPENINGS = (
    *_codes(),
    Happening("identity.password_changed.v1", {"password_changed": [TO_ALICE]}),
    Happening("identity.login_locked.v1", {"login_locked": [TO_ALICE]}),
    Happening("identity.login_locked.v1", {"second_factor_locked": [TO_ALICE]}, {"step": "second_factor"}),
    *_security(),
    *(
        Happening("signing.invited.v1", {purpose: [TO_BOB]}, {"purpose": purpose})
        for purpose in ("invitation", "reminder", "deadline_changed", "resent")
    ),
    Happening("signing.code_requested.v1", {"sign_code": [TO_BOB]}),
    Happening("signing.locked.v1", {"locked": [TO_ALICE]}),
    Happening("signing.reassigned.v1", {"reassigned": [TO_ALICE]}),
    Happening("workspace.member_invited.v1", {"member_invited": [TO_BOB]}),
    Happening("workspace.changed.v1", {}),
    Happening("workspace.removals_announced.v1", {"removals_announced": [TO_ALICE]}),
    Happening("agreement.voided.v1", {"voided": [TO_ALICE, TO_BOB]}),
    Happening("agreement.declined.v1", {"declined": [TO_ALICE, TO_BOB]}),
    Happening("agreement.expired.v1", {"expired": [TO_ALICE, TO_BOB]}),
    Happening("agreement.completed.v1", {"completed": [TO_ALICE, TO_BOB]}),
    Happening("billing.plan_changed.v1", {"plan_changed": [TO_ALICE]}),
    Happening("billing.plan_changed.v1", {}, {"order_id": None}),
    *(
        Happening(f"billing.{letter}.v1", {letter: [TO_ALICE]})
        for letter in ("plan_ending", "plan_ended", "envelopes_low", "exhausted")
    ),
)


def sealed(kit: Kit, value: Any) -> Any:
    """Event data whose secrets open."""
    if isinstance(value, dict):
        return {name: _seal(kit, name, inner) for name, inner in value.items()}
    return [sealed(kit, one) for one in value] if isinstance(value, list) else value


def _seal(kit: Kit, name: str, value: Any) -> Any:
    if name.startswith("sealed_") and value:
        return kit.runtime.sealer.seal(CODE if "code" in name else LINK)
    return sealed(kit, value)


def spoken(value: Any, language: str) -> Any:
    """Event data in which everybody reads one language."""
    if isinstance(value, dict):
        return {name: language if name == "language" else spoken(inner, language) for name, inner in value.items()}
    return [spoken(one, language) for one in value] if isinstance(value, list) else value


def happen(kit: Kit, what: Happening, language: str | None = None, **data: Any) -> Event:
    """Let it happen, as the catalogue's example tells it; in one language when one is named."""
    full = {**CATALOGUE[what.type].example, **what.data, **data}
    return kit.deliver(what.type, **sealed(kit, spoken(full, language) if language else full))


def rows(kit: Kit) -> list[Mail]:
    """The queue, oldest first."""
    with kit.runtime.db.read(EVERYONE) as session:
        return list(session.scalars(select(Mail).order_by(Mail.created_at, Mail.id)))


def mail_of(kit: Kit, row: Mail) -> EmailMessage:
    """A row's mail as it would come over the wire."""
    parsed = BytesParser(policy=policy.default).parsebytes(write_mail(kit.runtime, row).as_bytes())
    assert isinstance(parsed, EmailMessage)
    return parsed


def body(mail: EmailMessage, kind: str) -> str:
    """The plain or html part."""
    part = mail.get_body((kind,))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")


__all__ = ["ALICE", "BOB", "CODE", "HAPPENINGS", "LINK", "Happening", "body", "happen", "mail_of", "rows"]
