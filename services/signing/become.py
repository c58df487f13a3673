"""A recipient becomes somebody else: by the sender's correction, or by handing over."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from chassis.ids import new_key
from chassis.problem import Problem
from chassis.service import Runtime
from services.signing import aggregate, evidence, links
from services.signing.fill import EMPTY
from services.signing.invite import send_link
from services.signing.locking import unlock
from services.signing.models import Ceremony, Field, Former, Recipient
from services.signing.open_ceremony import prefill

Person = dict[str, str]


def become(
    runtime: Runtime, session: Session, ceremony: Ceremony, recipient: Recipient, person: Person, now: datetime
) -> dict[str, Any]:
    """Make the recipient this person (name, email, language); the earlier links are dead.

    Returns what the next entry of the evidence, which must be recorded at once, says of it. With another address
    everything that was done under the old one is taken back. The caller holds the ceremony's row. Raises 422
    recipient_duplicate.
    """
    everybody = aggregate.recipients(session, ceremony)
    if any(one.email == person["email"] and one.id != recipient.id for one in everybody):
        raise Problem(422, "recipient_duplicate")
    moved = person["email"] != recipient.email
    _remember(session, ceremony, recipient)
    recipient.name, recipient.email, recipient.language = person["name"], person["email"], person["language"]
    recipient.commitment_key = runtime.sealer.seal(secrets.token_hex(32))
    links.revoke(session, recipient, now)
    if moved:
        unlock(session, recipient)
        _begin_anew(session, ceremony, recipient)
    identifier = str(recipient.id)
    committed = evidence.commitment(runtime.sealer, recipient, identifier, [recipient.name, recipient.email])
    return {"recipient_id": identifier, "person": committed, "other_address": moved}


def invite_again(
    runtime: Runtime, session: Session, ceremony: Ceremony, recipient: Recipient, moved: bool, now: datetime
) -> None:
    """A new link for who had one: an invitation for somebody new."""
    if recipient.invited_at:
        send_link(runtime, session, ceremony, recipient, "invitation" if moved else "resent", now)


def _remember(session: Session, ceremony: Ceremony, recipient: Recipient) -> None:
    session.add(
        Former(
            id=new_key(), workspace_id=ceremony.workspace_id, agreement_id=ceremony.id, recipient_id=recipient.id,
            until=ceremony.evidence_count + 1, name=recipient.name, email=recipient.email,
            commitment_key=recipient.commitment_key,
        )
    )  # fmt: skip


def _begin_anew(session: Session, ceremony: Ceremony, recipient: Recipient) -> None:
    recipient.viewed_at = recipient.consented_at = recipient.consent_version = None
    for field in session.scalars(select(Field).where(Field.recipient_id == recipient.id)):
        for name, value in EMPTY.items():
            setattr(field, name, value)
        prefill(field, ceremony.sent_at)
